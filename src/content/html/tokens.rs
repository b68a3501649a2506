//! Cuts HTML into tokens as the WHATWG tokenizer does, without copying.
//!
//! Every byte of the source belongs to exactly one token, so that what a token's kind does not
//! need can be copied as it stands.

use memchr::{memchr, memmem};

use crate::content::html::names::{is_raw, lower_case};
use crate::content::html::tag::{ends_name, skip, tag_end};

/// A piece of the source.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Token<'a> {
    /// Of its first byte.
    pub start: usize,
    /// After its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind<'a> {
    /// Text with entities.
    Text,
    /// What stands in a script, a style sheet and the like: text without entities.
    Raw,
    /// `<![CDATA[…]]>` within SVG or `MathML`: text without entities.
    Cdata,
    /// Such as `<p class="x">`.
    Start(Tag<'a>),
    /// Such as `</p>`. The name is lower-case if it is HTML's.
    End(&'a str),
    /// A comment; also all other markup that shows nothing, such as `<?php` or an unfinished tag.
    Comment,
}

/// A start tag.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tag<'a> {
    /// Lower-case if it is HTML's.
    pub name: &'a str,
    /// What stands between the name and `>`.
    pub attributes: &'a str,
    /// Whether it ends with `/>`, which counts only within SVG and `MathML`.
    pub is_self_closing: bool,
}

/// Cuts `html` into tokens.
pub fn tokenize(html: &str) -> Tokens<'_> {
    Tokens { html, position: 0, raw: None, foreign: 0 }
}

/// The tokens of a source, in order.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    position: usize,
    /// The element whose raw text comes next.
    raw: Option<&'a str>,
    /// How many `svg` and `math` elements are open.
    foreign: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.position;
        if let Some(name) = self.raw.take() {
            let end = raw_end(self.html, start, name);
            if end > start {
                return Some(self.token(end, Kind::Raw));
            }
        }
        let rest = self.html.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        if rest[0] == b'<'
            && let Some((end, kind)) = self.markup(start)
        {
            return Some(self.token(end, kind));
        }
        let end = text_end(self.html.as_bytes(), start + 1);
        Some(self.token(end, Kind::Text))
    }
}

impl<'a> Tokens<'a> {
    fn token(&mut self, end: usize, kind: Kind<'a>) -> Token<'a> {
        let start = std::mem::replace(&mut self.position, end);
        Token { start, end, kind }
    }

    /// Reads the markup at `start`, where a `<` stands. `None` if it is text after all.
    fn markup(&mut self, start: usize) -> Option<(usize, Kind<'a>)> {
        let bytes = self.html.as_bytes();
        match bytes.get(start + 1)? {
            b'!' => Some(self.declaration(start)),
            b'?' => Some((after(bytes, start, b'>'), Kind::Comment)),
            b'/' => match bytes.get(start + 2)? {
                first if first.is_ascii_alphabetic() => Some(self.end_tag(start)),
                _ => Some((after(bytes, start + 2, b'>'), Kind::Comment)),
            },
            first if first.is_ascii_alphabetic() => Some(self.start_tag(start)),
            _ => None,
        }
    }

    fn declaration(&self, start: usize) -> (usize, Kind<'a>) {
        let bytes = self.html.as_bytes();
        let rest = &bytes[start..];
        if rest.starts_with(b"<!--") {
            return (comment_end(bytes, start + 4), Kind::Comment);
        }
        if self.foreign > 0 && rest.starts_with(b"<![CDATA[") {
            let end = memmem::find(rest, b"]]>").map_or(bytes.len(), |end| start + end + 3);
            return (end, Kind::Cdata);
        }
        (after(bytes, start, b'>'), Kind::Comment)
    }

    fn end_tag(&mut self, start: usize) -> (usize, Kind<'a>) {
        let (name, name_end) = self.name(start + 2);
        let Some((end, _)) = tag_end(self.html.as_bytes(), name_end) else {
            return (self.html.len(), Kind::Comment);
        };
        if matches!(name, "svg" | "math") {
            self.foreign = self.foreign.saturating_sub(1);
        }
        (end, Kind::End(name))
    }

    fn start_tag(&mut self, start: usize) -> (usize, Kind<'a>) {
        let (name, name_end) = self.name(start + 1);
        let Some((end, is_self_closing)) = tag_end(self.html.as_bytes(), name_end) else {
            return (self.html.len(), Kind::Comment);
        };
        if matches!(name, "svg" | "math") && !is_self_closing {
            self.foreign += 1;
        } else if self.foreign == 0 && is_raw(name) {
            self.raw = Some(name);
        }
        let attributes = self.html[name_end..end - 1].trim_ascii();
        (end, Kind::Start(Tag { name, attributes, is_self_closing }))
    }

    fn name(&self, start: usize) -> (&'a str, usize) {
        let bytes = self.html.as_bytes();
        let length = bytes[start..].iter().take_while(|&&byte| !ends_name(byte)).count();
        let name = &self.html[start..start + length];
        (lower_case(name), start + length)
    }
}

/// Returns where the text that starts before `start` ends: before the next `<` that starts markup.
fn text_end(bytes: &[u8], mut start: usize) -> usize {
    while let Some(next) = bytes.get(start..).and_then(|rest| memchr(b'<', rest)) {
        let bracket = start + next;
        let starts_markup = match bytes.get(bracket + 1) {
            Some(b'/') => bytes.get(bracket + 2).is_some(),
            Some(b'!' | b'?') => true,
            Some(next) => next.is_ascii_alphabetic(),
            None => false,
        };
        if starts_markup {
            return bracket;
        }
        start = bracket + 1;
    }
    bytes.len()
}

/// Returns where the comment ends whose text starts at `start`.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    if rest.starts_with(b">") {
        return start + 1;
    }
    if rest.starts_with(b"->") {
        return start + 2;
    }
    let mut position = start;
    while let Some(dashes) = memmem::find(&bytes[position..], b"--") {
        position = skip(bytes, position + dashes + 2, |byte| byte == b'-');
        let rest = &bytes[position..];
        if rest.starts_with(b">") {
            return position + 1;
        }
        if rest.starts_with(b"!>") {
            return position + 2;
        }
    }
    bytes.len()
}

/// Returns where the raw text of the element `name` ends, which starts at `start`.
fn raw_end(html: &str, start: usize, name: &str) -> usize {
    match name {
        "plaintext" => html.len(),
        "script" => script_end(html.as_bytes(), start),
        _ => {
            let mut position = start;
            while let Some(next) = memmem::find(&html.as_bytes()[position..], b"</") {
                if names(html.as_bytes(), position + next + 2, name) {
                    return position + next;
                }
                position += next + 2;
            }
            html.len()
        }
    }
}

/// Returns whether an end tag after the script `text` would end it.
pub fn ends_script(text: &str) -> bool {
    script_end(format!("{text}</script>").as_bytes(), 0) == text.len()
}

/// Returns where a script ends. Within `<!-- … -->`, scripts may hold `<script>…</script>`.
fn script_end(bytes: &[u8], start: usize) -> usize {
    let mut is_escaped = false;
    let mut is_nested = false;
    let mut position = start;
    while let Some(next) = memchr::memchr2(b'<', b'-', &bytes[position..]) {
        let found = position + next;
        let rest = &bytes[found..];
        position = found + 1;
        if rest.starts_with(b"<!--") && !is_escaped {
            is_escaped = true;
            // `<!-->` and `<!--->` end at once: the dashes count for both ends.
            position = found + 2;
        } else if rest.starts_with(b"-->") {
            is_escaped = false;
            is_nested = false;
        } else if rest.starts_with(b"</") && names(bytes, found + 2, "script") {
            if !is_nested {
                return found;
            }
            is_nested = false;
        } else if is_escaped && rest[0] == b'<' && names(bytes, found + 1, "script") {
            is_nested = true;
        }
    }
    bytes.len()
}

/// Returns whether a tag's `name` stands at `start`, and ends there.
fn names(bytes: &[u8], start: usize, name: &str) -> bool {
    let end = start + name.len();
    let Some(found) = bytes.get(start..end) else { return false };
    found.eq_ignore_ascii_case(name.as_bytes())
        && bytes.get(end).is_some_and(|&byte| ends_name(byte))
}

/// Returns where the first `wanted` at or after `start` ends.
fn after(bytes: &[u8], start: usize, wanted: u8) -> usize {
    memchr(wanted, &bytes[start..]).map_or(bytes.len(), |found| start + found + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::html::tag::attributes;

    /// Checks the tokens of `html`, one a line.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let tokens = tokenize(html).map(|token| {
            let source = &html[token.start..token.end];
            match token.kind {
                Kind::Text => format!("text {source}"),
                Kind::Raw => format!("raw {source}"),
                Kind::Cdata => format!("cdata {source}"),
                Kind::Comment => format!("comment {source}"),
                Kind::End(name) => format!("end {name}"),
                Kind::Start(tag) => {
                    let mut line = format!("start {}", tag.name);
                    for attribute in attributes(tag.attributes) {
                        line += &format!(" {}", attribute.name);
                        line +=
                            &attribute.value.map(|value| format!("=[{value}]")).unwrap_or_default();
                    }
                    line + if tag.is_self_closing { " /" } else { "" }
                }
            }
        });
        assert_eq!(tokens.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn tags_part_texts() {
        check("a<P>b</P>", &["text a", "start p", "text b", "end p"]);
        check("1 < 2 <3", &["text 1 < 2 <3"]);
        check("<My-Tag/>", &["start My-Tag /"]);
    }

    #[test]
    fn attributes_are_quoted_in_any_way() {
        check(
            r#"<a href='x>y' title="a 'b'" data-x=1/2 checked class = c>"#,
            &["start a href=[x>y] title=[a 'b'] data-x=[1/2] checked class=[c]"],
        );
        check("<a href=x/>", &["start a href=[x/]"]);
        check("<img src=\"x\"/>", &["start img src=[x] /"]);
        check("<a =b c='d'e>", &["start a =b c=[d] e"]);
    }

    #[test]
    fn markup_that_shows_nothing() {
        check("<!-- a > b -->c", &["comment <!-- a > b -->", "text c"]);
        check(
            "<!-->c<!--->d<!-- --!>e",
            &["comment <!-->", "text c", "comment <!--->", "text d", "comment <!-- --!>", "text e"],
        );
        check(
            "<?php x ?></ a><!DOCTYPE html>",
            &["comment <?php x ?>", "comment </ a>", "comment <!DOCTYPE html>"],
        );
        check("a <b title='", &["text a ", "comment <b title='"]);
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        check("<style>a</b></STYLE >c", &["start style", "raw a</b>", "end style", "text c"]);
        check("<textarea></textarea>", &["start textarea", "end textarea"]);
        check("<title>a", &["start title", "raw a"]);
    }

    #[test]
    fn scripts_may_hold_scripts_within_comments() {
        let script = "<!-- <script>a</script> -->b";
        check(
            &format!("<script>{script}</script>c"),
            &["start script", &format!("raw {script}"), "end script", "text c"],
        );
    }

    #[test]
    fn foreign_elements_are_not_raw() {
        check(
            "<svg><title>a<b/></title><![CDATA[<c>]]></svg><![CDATA[d]]>",
            &[
                "start svg",
                "start title",
                "text a",
                "start b /",
                "end title",
                "cdata <![CDATA[<c>]]>",
                "end svg",
                "comment <![CDATA[d]]>",
            ],
        );
    }
}
