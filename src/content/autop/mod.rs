//! Classic text to HTML: empty lines part paragraphs, single line breaks are line breaks.

mod lines;
mod names;

use crate::content::html::tokens::{Kind, tokenize};

use lines::{Edges, print_lines, split_at_empty_line};
use names::{is_alike, is_block, is_kept, is_kept_block, is_quiet, keeps_last_break, takes_break};

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
    /// Ends in the middle of a `textarea`, which shows even what WordPress writes there.
    is_cut_field: bool,
}

enum Inline<'a> {
    Text(&'a str),
    /// Text whose lines do not end with breaks.
    Quiet(&'a str),
    Markup(&'a str),
    /// `<br>`, as written.
    Break(&'a str),
}

impl Inline<'_> {
    fn is_space(&self) -> bool {
        matches!(self, Inline::Text(text) | Inline::Quiet(text) if text.trim_ascii().is_empty())
    }

    fn tag(&self) -> Option<&str> {
        match self {
            Inline::Markup(source) => Some(source),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Pieces<'a> {
    done: Vec<Piece<'a>>,
    current: Piece<'a>,
    /// The element around whose content is left as it is, and how many of its name are open.
    kept: Option<(&'a str, usize)>,
    /// The element around in which line breaks are none.
    quiet: Option<&'a str>,
    /// Within a `textarea`.
    in_field: bool,
}

impl<'a> Pieces<'a> {
    /// Adds a token.
    fn add(&mut self, kind: Kind<'a>, source: &'a str) {
        match kind {
            Kind::Start(tag) => self.in_field = tag.name == "textarea",
            Kind::End(_) => self.in_field = false,
            _ => {}
        }
        match kind {
            Kind::Text | Kind::Raw => self.text_with_tags(source),
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
            Kind::Start(tag) if is_quiet(tag.name) && !tag.is_self_closing => {
                self.current.inline.push(Inline::Markup(source));
                self.quiet = self.quiet.or(Some(tag.name));
            }
            Kind::End(name) if self.quiet == Some(name) => {
                self.current.inline.push(Inline::Markup(source));
                self.quiet = None;
            }
            _ => self.current.inline.push(Inline::Markup(source)),
        }
    }

    /// Adds text. What stands between `<` and `>` is a tag to WordPress, whatever it is.
    fn text_with_tags(&mut self, text: &'a str) {
        let mut rest = text;
        while let Some(start) = memchr::memchr(b'<', rest.as_bytes()) {
            self.text(&rest[..start]);
            let end = memchr::memchr(b'>', &rest.as_bytes()[start..]);
            let end = end.map_or(rest.len(), |end| start + end + 1);
            self.current.inline.push(Inline::Markup(&rest[start..end]));
            rest = &rest[end..];
        }
        self.text(rest);
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
            self.line(before);
            self.current.is_cut_field = self.in_field;
            self.part();
            rest = after;
        }
        if !rest.is_empty() {
            self.line(rest);
        }
    }

    /// Adds text without an empty line.
    fn line(&mut self, text: &'a str) {
        self.current.inline.push(match self.quiet {
            Some(_) => Inline::Quiet(text),
            None => Inline::Text(text),
        });
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
        self.inline.iter().all(Inline::is_space)
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
            let opens = opens && !self.first_tag().is_some_and(is_alike);
            if opens {
                html.push_str("<p>");
            }
            self.print_inline(html, closed);
            let ends = closed.is_empty() && self.last_tag().is_some_and(is_alike);
            if (opens && closed != "p" || is_cut_paragraph || self.is_cut_field) && !ends {
                html.push_str("</p>");
            }
        }
        if let Some((_, source)) = self.end {
            html.push_str(source);
        }
    }

    /// Returns the tag that stands first.
    fn first_tag(&self) -> Option<&str> {
        self.inline.iter().find(|inline| !inline.is_space()).and_then(Inline::tag)
    }

    /// Returns the tag that stands last.
    fn last_tag(&self) -> Option<&str> {
        self.inline.iter().rfind(|inline| !inline.is_space()).and_then(Inline::tag)
    }

    fn edges(&self, index: usize) -> Edges {
        let before = index.checked_sub(1).map(|before| &self.inline[before]);
        Edges {
            before: before
                .is_some_and(|it| matches!(it, Inline::Break(_)) || it.tag().is_some_and(is_alike)),
            after: self.inline.get(index + 1).and_then(Inline::tag).is_some_and(takes_break),
        }
    }

    fn print_inline(&self, html: &mut String, closed: &str) {
        let is_light =
            |inline: &Inline<'_>| inline.is_space() || matches!(inline, Inline::Break(_));
        // A break at the end of a paragraph shows nothing.
        let heavy =
            self.inline.iter().rposition(|inline| !is_light(inline)).map_or(0, |last| last + 1);
        for (index, inline) in self.inline[..heavy].iter().enumerate() {
            match inline {
                Inline::Markup(source) | Inline::Break(source) => html.push_str(source),
                Inline::Text(text) | Inline::Quiet(text) => {
                    let text = if index == 0 { text.trim_ascii_start() } else { text };
                    let text = if index + 1 == heavy { text.trim_ascii_end() } else { text };
                    if matches!(inline, Inline::Quiet(_)) {
                        html.push_str(text);
                    } else {
                        print_lines(html, text, self.edges(index));
                    }
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
    fn fields_hold_what_is_made_of_their_text() {
        check(
            "<form><textarea>a\n\nb\nc</textarea></form>",
            "<form><textarea>a</p>\n<p>b<br />\nc</textarea></p></form>",
        );
    }

    #[test]
    fn drawings_are_parted_at_empty_lines_alone() {
        check("<svg>\n<g>\n</g></svg>", "<p><svg>\n<g>\n</g></svg></p>");
        check("<svg>\n\n<path/>\n\na</svg>", "<p><svg></p>\n<path/>\n<p>a</svg></p>");
    }

    #[test]
    fn tags_that_begin_like_those_of_blocks_stand_in_no_paragraph() {
        check("<picture><img></picture>", "<picture><img></picture>");
        check("a\n<picture>\n<img></picture>\nb", "<p>a\n<picture>\n<img></picture>\nb</p>");
        check("a <picture><img></picture>\n\nb", "<p>a <picture><img></picture>\n<p>b</p>");
    }

    #[test]
    fn what_stands_between_angle_brackets_is_a_tag() {
        check("a < b\n\nc > d\ne", "<p>a < b\n\nc > d<br />\ne</p>");
        check("a <b\n\nc", "<p>a <b\n\nc</p>");
    }

    #[test]
    fn comments_stay() {
        check("a\n\n<!--more-->\n\nb", "<p>a</p>\n<p><!--more--></p>\n<p>b</p>");
    }
}
