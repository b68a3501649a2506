//! Straight quotes, hyphens and dots in raw text, set as a printer would in the site's language.
//!
//! As in WordPress each run of text between two tags is looked at alone, and code is left alone.

mod marks;
mod signs;

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use crate::content::shortcode_grammar;

pub use crate::content::texturize::signs::Signs;

/// Elements in which text is shown as it is written.
const VERBATIM: [&str; 6] = ["pre", "code", "kbd", "style", "script", "tt"];

/// Sets the quotes, dashes and dots of `html`.
pub fn texturize<'h>(html: &'h str, signs: &Signs) -> Cow<'h, str> {
    if !html.bytes().any(is_special) {
        return Cow::Borrowed(html);
    }
    let mut texturizer = Texturizer { set: String::new(), copied: 0, verbatim: Vec::new() };
    let mut position = 0;
    while position < html.len() {
        let end = match html.as_bytes()[position] {
            b'<' => texturizer.tag(html, position),
            b'[' => texturizer.shortcode(html, position),
            _ => None,
        };
        let end = end.unwrap_or_else(|| {
            let end = text_end(html, position);
            texturizer.text(html, position, end, signs);
            end
        });
        position = end;
    }
    if texturizer.copied == 0 {
        return Cow::Borrowed(html);
    }
    texturizer.set.push_str(&html[texturizer.copied..]);
    Cow::Owned(texturizer.set)
}

struct Texturizer<'h> {
    set: String,
    /// Up to where the source is in `set`.
    copied: usize,
    /// The elements around in which text stays as it is.
    verbatim: Vec<&'h str>,
}

impl<'h> Texturizer<'h> {
    /// Passes over the tag or comment at `start`, and returns its end.
    fn tag(&mut self, html: &'h str, start: usize) -> Option<usize> {
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            return Some(
                memchr::memmem::find(rest.as_bytes(), b"-->")
                    .map_or(html.len(), |at| start + at + 3),
            );
        }
        let end = tag_end(html, start);
        let inside = html[start + 1..end].trim_end_matches('>');
        let (name, is_end) = inside.strip_prefix('/').map_or((inside, false), |name| (name, true));
        if let Some(found) = VERBATIM.iter().find(|verbatim| is_named(name, verbatim)) {
            if !is_end {
                self.verbatim.push(found);
            } else if self.verbatim.last() == Some(found) {
                self.verbatim.pop();
            }
        }
        self.ampersands(html, start, end);
        Some(end)
    }

    /// Passes over one of WordPress's own shortcodes.
    fn shortcode(&mut self, html: &'h str, start: usize) -> Option<usize> {
        shortcode_grammar::bracket_end(html, start)
    }

    fn text(&mut self, html: &str, start: usize, end: usize, signs: &Signs) {
        let text = &html[start..end];
        if self.verbatim.is_empty() && text.bytes().any(is_special) {
            let marks = marks::find(text, signs);
            for mark in marks {
                self.replace(html, start + mark.start, start + mark.end, signs.of(mark.sign));
            }
        } else {
            self.ampersands(html, start, end);
        }
    }

    /// Writes out the ampersands that start no character reference.
    fn ampersands(&mut self, html: &str, start: usize, end: usize) {
        let mut position = start;
        while let Some(next) = memchr(b'&', &html.as_bytes()[position..end]) {
            let at = position + next;
            if !is_reference(&html.as_bytes()[at..]) {
                self.replace(html, at, at + 1, "&#038;");
            }
            position = at + 1;
        }
    }

    fn replace(&mut self, html: &str, start: usize, end: usize, sign: &str) {
        self.set.push_str(&html[self.copied..start]);
        self.set.push_str(sign);
        self.copied = end;
    }
}

/// Returns whether what follows a `<` or `</` is the tag `name`. To WordPress only a space ends a name.
fn is_named(inside: &str, name: &str) -> bool {
    let rest = inside.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
}

/// Returns where the tag at `start` ends. A value in quotation marks may hold `>`.
fn tag_end(html: &str, start: usize) -> usize {
    let bytes = html.as_bytes();
    let is_tag = matches!(bytes.get(start + 1), Some(b'/' | b'a'..=b'z' | b'A'..=b'Z'));
    let Some(first) = memchr(b'>', &bytes[start..]).map(|at| start + at + 1) else {
        return html.len();
    };
    if !is_tag || memchr2(b'"', b'\'', &bytes[start..first]).is_none() {
        return first;
    }
    crate::content::html::tag::tag_end(bytes, start + 1).map_or(first, |(end, _)| end)
}

/// Returns where the text that starts at `start` ends: before the next tag or shortcode.
fn text_end(html: &str, start: usize) -> usize {
    let mut position = start + 1;
    while let Some(next) =
        html.as_bytes().get(position..).and_then(|rest| memchr2(b'<', b'[', rest))
    {
        let at = position + next;
        if html.as_bytes()[at] == b'<' || shortcode_grammar::bracket_end(html, at).is_some() {
            return at;
        }
        position = at + 1;
    }
    html.len()
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"' | b'-' | b'.' | b'`' | b'&' | b'x' | b'(')
}

/// Returns whether a character reference, or what looks like one, starts with this `&`.
fn is_reference(source: &[u8]) -> bool {
    let ends = |start: usize, max: usize, is_part: fn(u8) -> bool| {
        let rest = &source[start..];
        let length = rest.iter().take(max + 1).take_while(|byte| is_part(**byte)).count();
        (1..=max).contains(&length) && rest.get(length) == Some(&b';')
    };
    match source.get(1) {
        Some(b'#') => {
            ends(2, 32, |byte| byte.is_ascii_digit())
                || matches!(source.get(2), Some(b'x' | b'X'))
                    && ends(3, 32, |byte| byte.is_ascii_hexdigit())
        }
        Some(_) => ends(1, 8, |byte| byte.is_ascii_alphabetic() || matches!(byte, b'1'..=b'4')),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(texturize(html, &Signs::of_language("en")), expected);
    }

    #[track_caller]
    fn check_in(language: &str, html: &str, expected: &str) {
        assert_eq!(texturize(html, &Signs::of_language(language)), expected);
    }

    #[test]
    fn quotes_open_and_close() {
        check("\"Yes,\" she said, 'maybe'.", "“Yes,” she said, ‘maybe’.");
        check("(\"a\") [\"b\"]", "(“a”) [“b”]");
        check("\"a 'b' c\"", "“a ‘b’ c”");
    }

    #[test]
    fn apostrophes_are_curled() {
        check("Don't, the boys' '90s 'tis 'em", "Don’t, the boys’ ’90s ’tis ’em");
        check("in '45 and '46'", "in ’45 and ’46’");
    }

    #[test]
    fn feet_and_inches_have_primes() {
        check("6' tall, 30\" wide, 5' by 9'", "6′ tall, 30″ wide, 5′ by 9′");
        check("\"a 27\"", "“a 27”");
        check("'0.42' \"0.42\"", "‘0.42’ “0.42”");
        check("\"a 5\" ``b''", "“a 5″ “b”");
        check("'a 5' 'tis", "‘a 5′ ’tis");
        check("''tis", "”tis");
    }

    #[test]
    fn dashes_and_dots_are_set() {
        check("a -- b--c---d - e", "a — b–c—d – e");
        check("xn--a wait...", "xn--a wait…");
        check("a (tm) 3x4 0x1f ``b''", "a ™ 3×4 0x1f “b”");
    }

    #[test]
    fn tags_code_and_comments_stay() {
        check("<a title=\"'b' > c\">\"d\"</a>", "<a title=\"'b' > c\">“d”</a>");
        check(
            "<pre>\"a\" <b>'b'</b></pre> <code>--</code>",
            "<pre>\"a\" <b>'b'</b></pre> <code>--</code>",
        );
        check("<!-- \"a\" -->", "<!-- \"a\" -->");
        check("<kbd\nid=\"a\">\"b\"</kbd>", "<kbd\nid=\"a\">“b”</kbd>");
        check("[caption width=\"3\"]\"a\"[/caption]", "[caption width=\"3\"]“a”[/caption]");
    }

    #[test]
    fn text_is_looked_at_between_tags() {
        check("\"<em>a</em>\" b", "“<em>a</em>” b");
    }

    #[test]
    fn bare_ampersands_are_written_out() {
        check("a & b &amp; c &copy d &#38;", "a &#038; b &amp; c &#038;copy d &#38;");
    }

    #[test]
    fn every_language_has_its_own_quotes() {
        check_in("de", "\"a 'b' c\" -- d's", "„a ‚b‘ c“ — d’s");
        check_in("de", "'s ist 'so'", "’s ist ’so‘");
        check_in("fr-FR", "\"a 'b' c\"", "«\u{a0}a ‘b’ c\u{a0}»");
        check_in("bo", "\"བོད་\"", "“བོད་”");
    }
}
