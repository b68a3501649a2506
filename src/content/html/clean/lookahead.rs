//! What the rewrite has to know of an element before it prints its start tag.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::entities::{Place, decode};
use crate::content::html::markup::Markup;
use crate::content::html::names::separates;
use crate::content::html::tokens::Kind;

/// What a paragraph holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Filling {
    /// White space at most.
    Nothing,
    /// Only what shows nothing, such as a script or a comment.
    Hidden,
    /// Text or elements.
    Something,
}

/// Tells what stands between the tags of a paragraph.
pub fn filling(markup: &Markup<'_>, start: usize) -> Filling {
    let mut filling = Filling::Nothing;
    let mut index = start + 1;
    let end = markup.end_of(start);
    while index < end {
        match markup.tokens[index].kind {
            Kind::Text if is_blank(markup.source(index)) => {}
            Kind::Comment if is_more(markup.source(index)) => filling = Filling::Hidden,
            Kind::Comment => {}
            Kind::Start(tag)
                if matches!(tag.name, "script" | "style" | "link" | "meta" | "base") =>
            {
                filling = Filling::Hidden;
                index = markup.end_of(index);
            }
            _ => return Filling::Something,
        }
        index += 1;
    }
    filling
}

/// Returns whether lines of text would run into each other if the element at `start` went.
pub fn parts_text(markup: &Markup<'_>, start: usize) -> bool {
    let shows_nothing = |index: &usize| match markup.tokens[*index].kind {
        Kind::Text => is_blank(markup.source(*index)),
        Kind::Comment => true,
        _ => false,
    };
    let is_inline = |index: usize| match markup.tokens[index].kind {
        Kind::Start(tag) => !separates(tag.name),
        Kind::End(name) => !separates(name),
        _ => true,
    };
    let before = (0..start).rev().find(|index| !shows_nothing(index));
    let after = (markup.end_of(start) + 1..markup.tokens.len()).find(|index| !shows_nothing(index));
    before.is_some_and(is_inline) && after.is_some_and(is_inline)
}

/// Returns whether a comment is WordPress's `<!--more-->`, which may hold words of its own.
pub fn is_more(comment: &str) -> bool {
    let Some(rest) = comment.strip_prefix("<!--more") else { return false };
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Returns the text of the element at `start`.
pub fn text(markup: &Markup<'_>, start: usize) -> String {
    let mut text = String::new();
    for index in start + 1..markup.end_of(start) {
        let source = markup.source(index);
        match markup.tokens[index].kind {
            Kind::Text => text.push_str(&decode(source, Place::Text)),
            Kind::Cdata => {
                text.push_str(source.trim_start_matches("<![CDATA[").trim_end_matches("]]>"));
            }
            _ => {}
        }
    }
    text
}

/// Returns what stands in the element at `start`, as it is written.
pub fn written(markup: &Markup<'_>, start: usize) -> String {
    (start + 1..markup.end_of(start)).map(|index| markup.source(index)).collect()
}

/// Returns the attribute `wanted` of all elements called `name` in the element at `start`.
pub fn inner(markup: &Markup<'_>, start: usize, name: &str, wanted: &str) -> Vec<String> {
    let tags = (start + 1..markup.end_of(start)).filter_map(|index| markup.start_tag(index));
    tags.filter(|tag| tag.name == name)
        .filter_map(|tag| Attributes::read(tag).get(wanted).map(Into::into))
        .collect()
}

/// Returns whether an element shows words or a picture: what is only read aloud, and signs, do not count.
pub fn shows_words(markup: &Markup<'_>, start: usize) -> bool {
    let mut index = start + 1;
    while index < markup.end_of(start) {
        match markup.tokens[index].kind {
            Kind::Text if !is_blank(markup.source(index)) => return true,
            Kind::Start(tag) => {
                let attributes = Attributes::read(tag);
                let is_aside = matches!(tag.name, "svg" | "noscript" | "script" | "style")
                    || attributes.is("aria-hidden", "true")
                    || attributes.has_class_like(|class| {
                        matches!(class, "screen-reader-text" | "sr-only" | "elementor-screen-only")
                    });
                if is_aside {
                    index = markup.end_of(index);
                }
            }
            _ => {}
        }
        index += 1;
    }
    false
}

/// Returns whether text may stand where the token at `index` is: not between the rows of a table.
pub fn may_hold_text(markup: &Markup<'_>, index: usize) -> bool {
    let is_around = |start: &usize| markup.end_of(*start) > index;
    let parent =
        (0..index).rev().filter(is_around).find_map(|start| match markup.tokens[start].kind {
            Kind::Start(tag) => Some(tag.name),
            _ => None,
        });
    !matches!(
        parent.unwrap_or(""),
        "ul" | "ol"
            | "dl"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "colgroup"
            | "select"
            | "optgroup"
            | "video"
            | "audio"
            | "object"
    )
}

/// Returns whether text shows nothing. A hard space does: authors use it to keep a line free.
fn is_blank(text: &str) -> bool {
    text.trim_ascii().is_empty()
}
