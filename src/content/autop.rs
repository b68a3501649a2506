//! Classic text to HTML: empty lines part paragraphs, single line breaks are line breaks.

use crate::content::html::tokens::{Kind, tokenize};

/// Returns classic text, with line ends as Unix writes them, as HTML.
pub fn to_html(text: &str) -> String {
    let mut pieces = Pieces::default();
    for token in tokenize(text) {
        let source = &text[token.start..token.end];
        if pieces.kept.is_some() {
            pieces.keep(token.kind, source);
        } else {
            pieces.add(token.kind, source);
        }
    }
    pieces.print()
}

/// Text between two places where a paragraph may start or end: an opening block tag may stand
/// first, a closing one last.
#[derive(Default)]
struct Piece<'a> {
    start: Option<(&'a str, &'a str)>,
    inline: Vec<Inline<'a>>,
    end: Option<(&'a str, &'a str)>,
    /// Is one block that is left as it is.
    is_whole: bool,
}

enum Inline<'a> {
    Text(&'a str),
    Markup(&'a str),
    /// `<br>`, as written.
    Break(&'a str),
}

#[derive(Default)]
struct Pieces<'a> {
    done: Vec<Piece<'a>>,
    current: Piece<'a>,
    /// The element around whose content is left as it is, and how many of its name are open.
    kept: Option<(&'a str, usize)>,
}

impl<'a> Pieces<'a> {
    /// Adds a token.
    fn add(&mut self, kind: Kind<'a>, source: &'a str) {
        match kind {
            Kind::Text => self.text(source),
            Kind::Start(tag) if is_kept(tag.name) && !tag.is_self_closing => {
                if is_kept_block(tag.name) {
                    self.part();
                    self.current.is_whole = true;
                }
                self.current.inline.push(Inline::Markup(source));
                self.kept = Some((tag.name, 1));
            }
            Kind::Start(tag) if tag.name == "hr" => {
                self.part();
                self.current.start = Some((tag.name, source));
                self.part();
            }
            Kind::Start(tag) if is_block(tag.name) => {
                self.part();
                self.current.start = Some((tag.name, source));
            }
            Kind::End(name) if is_block(name) => {
                self.current.end = Some((name, source));
                self.part();
            }
            Kind::Start(tag) if tag.name == "br" => self.line_break(source),
            _ => self.current.inline.push(Inline::Markup(source)),
        }
    }

    /// Adds a token within an element that is left as it is.
    fn keep(&mut self, kind: Kind<'a>, source: &'a str) {
        let Some((name, depth)) = self.kept else { return };
        let is_player = matches!(name, "video" | "audio" | "object" | "select");
        let is_text = kind == Kind::Text;
        self.current.inline.push(Inline::Markup(if is_player && is_text {
            source.trim_ascii()
        } else {
            source
        }));
        let depth = match kind {
            Kind::Start(tag) if tag.name == name => depth + 1,
            Kind::End(end) if end == name => depth - 1,
            _ => depth,
        };
        self.kept = (depth > 0).then_some((name, depth));
        if depth == 0 && is_kept_block(name) {
            self.part();
        }
    }

    /// Ends the current piece, if there is anything in it.
    fn part(&mut self) {
        let piece = std::mem::take(&mut self.current);
        if piece.start.is_some() || piece.end.is_some() || !piece.is_blank() {
            self.done.push(piece);
        }
    }

    /// Adds text, and parts it at empty lines.
    fn text(&mut self, text: &'a str) {
        let mut rest = text;
        while let Some((before, after)) = split_at_empty_line(rest) {
            self.current.inline.push(Inline::Text(before));
            self.part();
            rest = after;
        }
        if !rest.is_empty() {
            self.current.inline.push(Inline::Text(rest));
        }
    }

    /// Adds a line break. Two in a row part paragraphs.
    fn line_break(&mut self, source: &'a str) {
        let mut before = self.current.inline.iter().rev();
        let is_second = loop {
            match before.next() {
                Some(Inline::Text(text)) if text.trim_ascii().is_empty() => {}
                Some(Inline::Break(_)) => break true,
                _ => break false,
            }
        };
        if is_second {
            while !matches!(self.current.inline.pop(), Some(Inline::Break(_)) | None) {}
            self.part();
        } else {
            self.current.inline.push(Inline::Break(source));
        }
    }

    fn print(mut self) -> String {
        self.part();
        let mut html = String::new();
        for piece in &self.done {
            piece.print(&mut html);
            html.push('\n');
        }
        html
    }
}

impl Piece<'_> {
    fn is_blank(&self) -> bool {
        self.inline
            .iter()
            .all(|inline| matches!(inline, Inline::Text(text) if text.trim_ascii().is_empty()))
    }

    fn print(&self, html: &mut String) {
        if let Some((_, source)) = self.start {
            html.push_str(source);
        }
        if !self.is_blank() {
            let opened = self.start.map_or("", |(name, _)| name);
            let closed = self.end.map_or("", |(name, _)| name);
            let opens = self.start.is_none() && !self.is_whole || opened == "blockquote";
            let is_cut_paragraph = opened == "p" && closed.is_empty();
            if opens {
                html.push_str("<p>");
            }
            self.print_inline(html, closed);
            if opens && closed != "p" || is_cut_paragraph {
                html.push_str("</p>");
            }
        }
        if let Some((_, source)) = self.end {
            html.push_str(source);
        }
    }

    fn print_inline(&self, html: &mut String, closed: &str) {
        let is_light = |inline: &Inline<'_>| match inline {
            Inline::Text(text) => text.trim_ascii().is_empty(),
            Inline::Break(_) => true,
            Inline::Markup(_) => false,
        };
        // A break at the end of a paragraph shows nothing.
        let heavy =
            self.inline.iter().rposition(|inline| !is_light(inline)).map_or(0, |last| last + 1);
        for (index, inline) in self.inline[..heavy].iter().enumerate() {
            match inline {
                Inline::Markup(source) | Inline::Break(source) => html.push_str(source),
                Inline::Text(text) => {
                    let text = if index == 0 { text.trim_ascii_start() } else { text };
                    let text = if index + 1 == heavy { text.trim_ascii_end() } else { text };
                    let follows_break =
                        index > 0 && matches!(self.inline[index - 1], Inline::Break(_));
                    print_lines(html, text, follows_break);
                }
            }
        }
        let ends_line =
            matches!(self.inline.last(), Some(Inline::Text(text)) if text.ends_with('\n'));
        if ends_line && keeps_last_break(closed) {
            html.push_str("<br />\n");
        }
    }
}

/// Returns whether WordPress leaves the line break that stands before an end tag.
fn keeps_last_break(closed: &str) -> bool {
    !matches!(
        closed,
        "" | "p"
            | "li"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "th"
            | "pre"
            | "td"
            | "ul"
            | "ol"
            | "blockquote"
            | "figcaption"
    )
}

/// Prints text with a `<br />` at each line's end.
fn print_lines(html: &mut String, text: &str, follows_break: bool) {
    let mut lines = text.split('\n');
    let mut line = lines.next().unwrap_or_default();
    let mut has_break = follows_break && line.trim_ascii().is_empty();
    for next in lines {
        html.push_str(if has_break { line } else { line.trim_ascii_end() });
        html.push_str(if has_break { "\n" } else { "<br />\n" });
        has_break = false;
        line = next;
    }
    html.push_str(line);
}

/// Cuts `text` in two around its first empty line.
fn split_at_empty_line(text: &str) -> Option<(&str, &str)> {
    let mut position = 0;
    while let Some(next) = memchr::memchr(b'\n', &text.as_bytes()[position..]) {
        let end = position + next;
        let after = text[end + 1..].trim_start_matches([' ', '\t', '\x0c']);
        if let Some(after) = after.strip_prefix('\n') {
            return Some((&text[..end], after));
        }
        position = text.len() - after.len();
    }
    None
}

/// Returns whether the content of an element is not laid out.
fn is_kept(name: &str) -> bool {
    matches!(name, "script" | "textarea" | "svg" | "math" | "select" | "video" | "audio" | "object")
        || is_kept_block(name)
}

/// Returns whether an element is not laid out, and stands outside paragraphs.
fn is_kept_block(name: &str) -> bool {
    matches!(name, "pre" | "style")
}

/// Returns whether an element stands outside paragraphs.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "area"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "legend"
            | "li"
            | "map"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(to_html(text).trim_end(), expected);
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        check("a\n\nb\n \nc", "<p>a</p>\n<p>b</p>\n<p>c</p>");
        check("", "");
    }

    #[test]
    fn lines_end_with_breaks() {
        check("a\nb<br>\nc", "<p>a<br />\nb<br>\nc</p>");
        check("a<br><br />b", "<p>a</p>\n<p>b</p>");
    }

    #[test]
    fn blocks_stand_outside_paragraphs() {
        check("a\n<div>b</div>\nc", "<p>a</p>\n<div>b</div>\n<p>c</p>");
        check("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>");
        check("a<hr />b", "<p>a</p>\n<hr />\n<p>b</p>");
    }

    #[test]
    fn text_in_blocks() {
        check("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>");
        check("<td>a\n\nb</td>", "<td>a\n<p>b</p></td>");
        check("<p>a\n\nb</p>", "<p>a</p>\n<p>b</p>");
    }

    #[test]
    fn preformatted_text_is_left_alone() {
        check("a\n<pre>b\n\n\nc</pre>\nd", "<p>a</p>\n<pre>b\n\n\nc</pre>\n<p>d</p>");
        check("<script>a\n\nb</script>", "<p><script>a\n\nb</script></p>");
    }

    #[test]
    fn players_are_left_in_their_line() {
        check(
            "<video>\n<source src=\"a\">\n\nb\n</video>",
            "<p><video><source src=\"a\">b</video></p>",
        );
    }

    #[test]
    fn breaks_at_the_end_of_a_paragraph_go() {
        check("a<br>\n\nb", "<p>a</p>\n<p>b</p>");
        check("<details>a\n</details>", "<details>a<br />\n</details>");
    }

    #[test]
    fn comments_stay() {
        check("a\n\n<!--more-->\n\nb", "<p>a</p>\n<p><!--more--></p>\n<p>b</p>");
    }
}
