//! Plain text of HTML.

use std::borrow::Cow;

use crate::content::html::entities::{Place, decode};
use crate::content::html::names::separates;
use crate::content::html::tokens::{Kind, Tag, tokenize};

/// Returns what a reader sees of `html`, for titles and names: entities decoded, tags gone, white
/// space collapsed.
pub fn plain_text(html: &str) -> String {
    let mut text = Collapsed::default();
    for piece in pieces(html) {
        text.push(&piece);
    }
    text.finish()
}

/// Cuts `html` into pieces of visible text. A piece of one space stands for the end of a block.
pub fn pieces(html: &str) -> impl Iterator<Item = Cow<'_, str>> {
    visible(html).map(|part| match part {
        Part::Text(text) => text,
        Part::Edge => " ".into(),
    })
}

/// Cuts `html` into pieces of visible text, as they are written.
pub fn runs(html: &str) -> impl Iterator<Item = Cow<'_, str>> {
    visible(html).filter_map(|part| match part {
        Part::Text(text) => Some(text),
        Part::Edge => None,
    })
}

/// What readers see of HTML.
enum Part<'h> {
    Text(Cow<'h, str>),
    /// The start or end of a block.
    Edge,
}

fn visible(html: &str) -> impl Iterator<Item = Part<'_>> {
    // The name of the element that is passed over, and how many of its name are open.
    let mut hidden: Option<(&str, usize)> = None;
    tokenize(html).filter_map(move |token| {
        let source = &html[token.start..token.end];
        if let Some((name, depth)) = hidden {
            hidden = match token.kind {
                Kind::End(end) if end == name => (depth > 1).then_some((name, depth - 1)),
                Kind::Start(tag) if tag.name == name && !tag.is_self_closing => {
                    Some((name, depth + 1))
                }
                _ => hidden,
            };
            return None;
        }
        match token.kind {
            Kind::Text => Some(Part::Text(decode(source, Place::Text))),
            Kind::Start(tag) if is_hidden(tag) => {
                hidden = Some((tag.name, 1));
                is_player(tag.name).then_some(Part::Edge)
            }
            Kind::Start(tag) if separates(tag.name) => Some(Part::Edge),
            Kind::End(name) if separates(name) => Some(Part::Edge),
            _ => None,
        }
    })
}

/// Returns whether what an element holds is no part of the text: drawings, marks of footnotes, notes of
/// plugins that stand within a sentence, and what players hold for browsers that cannot play.
fn is_hidden(tag: Tag<'_>) -> bool {
    const NOTES: [&str; 4] = [
        "modern-footnotes-footnote__note",
        "footnote_tooltip",
        "footnote_referrer",
        "\"easy-footnote\"",
    ];
    let is_mark = match tag.name {
        "sup" => ["data-fn=", "data-mfn="].iter().any(|it| tag.attributes.contains(it)),
        "span" if tag.attributes.contains("footnote") => {
            NOTES.iter().any(|class| tag.attributes.contains(class))
        }
        _ => false,
    };
    let is_hidden = matches!(tag.name, "template" | "svg" | "math") || is_player(tag.name);
    is_mark || is_hidden && !tag.is_self_closing
}

fn is_player(name: &str) -> bool {
    matches!(name, "audio" | "video")
}

/// Text in which white space is one space, and none at the edges.
#[derive(Debug, Default)]
pub struct Collapsed {
    text: String,
}

impl Collapsed {
    /// Adds a piece.
    pub fn push(&mut self, piece: &str) {
        let mut is_parted = self.text.is_empty() || self.text.ends_with(' ');
        let mut copied = 0;
        let mut position = 0;
        while let Some(rest) = piece.as_bytes().get(position..).filter(|rest| !rest.is_empty()) {
            if rest[0] > b' ' && rest[0] != NO_BREAK_SPACE[0] {
                is_parted = false;
                position += 1;
                continue;
            }
            let space = space(rest);
            // A single space stays as it is, with the words around it.
            if space > 0 && (is_parted || rest[0] != b' ') {
                self.text.push_str(&piece[copied..position]);
                self.text.push_str(if is_parted { "" } else { " " });
                copied = position + space;
            }
            is_parted = space > 0;
            position += space.max(1);
        }
        self.text.push_str(&piece[copied..]);
    }

    /// Returns the text so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text
    }
}

/// U+00A0.
const NO_BREAK_SPACE: [u8; 2] = [0xc2, 0xa0];

/// Returns the length of the white space that `text` starts with and that may be collapsed: one
/// character, or none.
fn space(text: &[u8]) -> usize {
    match text {
        [b' ' | b'\n' | b'\t' | b'\r' | b'\x0c', ..] => 1,
        _ if text.starts_with(&NO_BREAK_SPACE) => NO_BREAK_SPACE.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(plain_text(html), expected);
    }

    #[test]
    fn tags_go_and_entities_are_read() {
        check("Fish &amp; <em>chips</em>&nbsp;&#8211; 2", "Fish & chips – 2");
        check(" <p>a</p>\n<p>b<br>c</p> ", "a b c");
        check("1 < 2", "1 < 2");
    }

    #[test]
    fn what_is_not_shown_is_no_text() {
        check("a<script>b</script><style>c</style><!-- d --><svg><title>e</title></svg>f", "af");
    }

    #[test]
    fn what_players_hold_for_old_browsers_is_no_text() {
        check("a<audio src=x><a href=x>x</a></audio>b<video src=y />c", "a b c");
    }

    #[test]
    fn marks_of_footnotes_are_no_text() {
        check("a<sup data-fn=\"x\" class=\"fn\"><a href=\"#x\">1</a></sup> b<sup>2</sup>", "a b2");
    }

    #[test]
    fn notes_within_a_sentence_are_no_text() {
        check(
            "a<sup data-mfn=\"1\"><a>1</a></sup><span class=\"modern-footnotes-footnote__note\">b<span>c</span>d</span> e",
            "a e",
        );
        check(
            "a<span class=\"footnote_referrer\"><a><sup>[1]</sup></a><span>b</span></span>.",
            "a.",
        );
        check("a<span class=\"easy-footnote\"><a><sup>1</sup></a></span> b", "a b");
    }

    #[test]
    fn titles_keep_what_is_escaped() {
        check("The &lt;b&gt; tag", "The <b> tag");
    }
}
