//! Classic text to HTML: empty lines part paragraphs, single line breaks are line breaks.

mod lines;
mod names;
mod shape;

use crate::content::autop::lines::{Edges, print_lines, split_at_empty_line};
use crate::content::autop::names::{
    is_alike, is_block, is_kept, is_kept_block, is_quiet, keeps_last_break, takes_break,
};
use crate::content::autop::shape::{Shape, is_small};
use crate::content::html::tokens::{Kind, tokenize};

/// Returns classic text, with line ends as Unix writes them, as HTML.
pub fn to_html(text: &str) -> String {
    let shape = Shape::of(text);
    let mut pieces = Pieces { shape, ..Pieces::default() };
    let mut tokens = tokenize(text).peekable();
    let mut before = None;
    while let Some(token) = tokens.next() {
        let mut source = &text[token.start..token.end];
        if pieces.kept.is_some() {
            pieces.keep(token.kind, source);
        } else {
            let after = tokens.peek().map(|next| next.kind);
            if before.is_some_and(|kind| shape.takes_space_after(kind)) {
                source = source.trim_ascii_start();
            }
            if after.is_some_and(|kind| shape.takes_space_before(kind)) {
                source = source.trim_ascii_end();
            }
            pieces.add(token.kind, source, token.start);
        }
        before = Some(token.kind);
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

    fn ends_line(&self) -> bool {
        matches!(self, Inline::Text(text) if text.trim_end_matches([' ', '\t']).ends_with('\n'))
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
    shape: Shape,
    /// The element around whose content is left as it is.
    kept: Option<&'a str>,
    /// The element around in which line breaks are none.
    quiet: Option<&'a str>,
    /// Within a `textarea`.
    in_field: bool,
}

impl<'a> Pieces<'a> {
    /// Adds a token that starts at `position`.
    fn add(&mut self, kind: Kind<'a>, source: &'a str, position: usize) {
        match kind {
            Kind::Start(tag) => self.in_field = tag.name == "textarea",
            Kind::End(_) => self.in_field = false,
            _ => {}
        }
        match kind {
            Kind::Text | Kind::Raw => self.text_with_tags(source),
            Kind::Start(_) | Kind::End(_) if !is_small(source) => {
                self.current.inline.push(Inline::Markup(source));
            }
            Kind::Start(tag) if is_kept(tag.name) && self.shape.has_end(tag.name, position) => {
                if is_kept_block(tag.name) {
                    self.part();
                    self.current.is_whole = true;
                }
                self.current.inline.push(Inline::Markup(source));
                self.kept = Some(tag.name);
            }
            // What was preformatted ended before.
            Kind::End("pre") if self.shape.has_preformatted => {}
            Kind::Start(tag) if tag.name == "hr" => {
                self.part();
                self.current.start = Some((tag.name, source));
                self.part();
            }
            Kind::Start(tag) if is_block(tag.name) => {
                self.part();
                self.current.start = Some((tag.name, source));
            }
            Kind::End(name) if self.shape.ends_block(name) => {
                self.current.end = Some((name, source));
                self.part();
            }
            Kind::Start(_) if matches!(source, "<br>" | "<br/>" | "<br />") => {
                self.line_break(source);
            }
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
        self.current.inline.push(Inline::Markup(source));
        if let (Kind::End(end), Some(name)) = (kind, self.kept)
            && end == name
        {
            self.kept = None;
            if is_kept_block(name) {
                self.part();
            }
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
        } else if self.current.start.is_none() && self.current.is_blank() && self.ends_with_break()
        {
            // Empty lines between the two make no difference.
            self.current = self.done.pop().unwrap_or_default();
            while !matches!(self.current.inline.pop(), Some(Inline::Break(_)) | None) {}
            self.part();
        } else {
            self.current.inline.push(Inline::Break(source));
        }
    }

    /// Returns whether a break stands last in the piece before, which an empty line ended.
    fn ends_with_break(&self) -> bool {
        self.done.last().is_some_and(|piece| {
            let last = piece.inline.iter().rfind(|inline| !inline.is_space());
            piece.end.is_none() && matches!(last, Some(Inline::Break(_)))
        })
    }

    fn print(mut self) -> String {
        self.part();
        let mut html = String::new();
        let mut is_after_open_item = false;
        for piece in &self.done {
            let start = html.len();
            piece.print(&mut html);
            if is_after_open_item && !takes_break(&html[start..]) {
                html.insert_str(start - 1, "<br />");
            }
            is_after_open_item = piece.is_open_item();
            html.push('\n');
        }
        if is_after_open_item {
            html.insert_str(html.len() - 1, "<br />");
        }
        html
    }
}

impl Piece<'_> {
    fn is_blank(&self) -> bool {
        self.inline.iter().all(Inline::is_space)
    }

    /// Returns whether it is one line of a list of which nothing tells the end.
    fn is_open_item(&self) -> bool {
        let mut texts = self.inline.iter().map(|inline| match inline {
            Inline::Text(text) | Inline::Quiet(text) => text.trim_ascii(),
            Inline::Markup(source) | Inline::Break(source) => source,
        });
        self.start.is_some_and(|(name, _)| name == "li")
            && self.end.is_none()
            && !self.is_blank()
            && !texts.any(|text| text.contains('\n'))
            && !self.last_tag().is_some_and(is_alike)
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
        let keeps_last = keeps_last_break(closed);
        // A break at the end of a paragraph shows nothing.
        let is_heavy = |inline: &Inline<'_>| match keeps_last {
            true => !inline.is_space(),
            false => !is_light(inline),
        };
        let heavy = self.inline.iter().rposition(is_heavy).map_or(0, |last| last + 1);
        // After a tag on several lines a break stays.
        let mut is_at_edge = !self.start.is_some_and(|(_, source)| source.contains('\n'));
        for (index, inline) in self.inline[..heavy].iter().enumerate() {
            match inline {
                // The first break after a block's tag is none.
                Inline::Break(_) if is_at_edge => {}
                Inline::Markup(source) | Inline::Break(source) => html.push_str(source),
                Inline::Text(text) | Inline::Quiet(text) => {
                    let text = match (index, is_at_edge) {
                        (0, true) => text.trim_ascii_start(),
                        _ => text,
                    };
                    let text = if index + 1 == heavy { text.trim_ascii_end() } else { text };
                    if matches!(inline, Inline::Quiet(_)) {
                        html.push_str(text);
                    } else {
                        print_lines(html, text, self.edges(index));
                    }
                }
            }
            is_at_edge = match inline {
                Inline::Markup(source) => is_alike(source),
                Inline::Break(_) => false,
                Inline::Text(text) | Inline::Quiet(text) => {
                    let has_break = text.contains('\n') && (index > 0 || self.start.is_some());
                    is_at_edge && inline.is_space() && !has_break
                }
            };
        }
        self.print_last_break(html, heavy, closed);
    }

    /// Prints the break that the source has after what was printed, of so many parts.
    fn print_last_break(&self, html: &mut String, heavy: usize, closed: &str) {
        let ends_line = self.inline.last().is_some_and(Inline::ends_line);
        let has_break =
            self.inline[..heavy].last().is_some_and(|it| matches!(it, Inline::Break(_)));
        if ends_line && keeps_last_break(closed) && !self.is_plain_field(closed) {
            html.push_str(if has_break { "\n" } else { "<br />\n" });
        }
        // Of two breaks at the end one goes.
        let is_second =
            |pair: &[Inline<'_>]| pair[0].ends_line() && matches!(pair[1], Inline::Break(_));
        if heavy > 0 && self.inline[heavy - 1..].windows(2).any(is_second) {
            html.push_str("<br />");
        }
    }

    /// Returns whether it is the last paragraph of an address or a form, without any tags.
    fn is_plain_field(&self, closed: &str) -> bool {
        matches!(closed, "address" | "form")
            && self.start.is_none()
            && self.inline.iter().all(|inline| matches!(inline, Inline::Text(_)))
    }
}

#[cfg(test)]
mod tests;
