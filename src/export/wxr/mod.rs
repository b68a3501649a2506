//! WordPress's own export in XML (WXR), as its administrators download it under “Tools”.
//!
//! The file is cut into pieces, each of them a part of its text: a post's body is found again where
//! it stands. What is read of it is what is read of the database, so nothing in it is public unless
//! it says so.

mod attachments;
mod channel;
mod items;
mod menus;
mod xml;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::broken::{self, Broken};
use crate::export::copies::Copies;
use crate::export::reader::{Located, Reader, WholeBody};
use crate::export::wxr::items::Item;
use crate::export::wxr::xml::{Element, Fields};
use crate::model::SiteRecord;

/// Items that one thread reads before it asks for more.
const CHUNK: usize = 64;

/// How often reading goes on behind what is no XML.
const MAXIMUM_BREAKS: usize = 100;

/// Reads the export in `located`.
pub(super) fn read(located: Located<'_>) -> Copies {
    let mut head = Fields::default();
    let mut items = Vec::new();
    let breaks = cut(located.text, &mut |element| match element.name {
        "item" => items.push(element.inner),
        _ => head.push(element),
    });
    let mut reader = Reader::new(located);
    let known = channel::read(&mut reader, &head);
    let mut all = reader.copies;
    let read_chunk = |chunk: &[&str]| {
        let mut reader = Reader::new(located);
        chunk.iter().for_each(|item| items::read(&mut reader, item, &known));
        reader.copies
    };
    let chunks: Vec<Copies> = items.par_chunks(CHUNK).map(read_chunk).collect();
    chunks.into_iter().for_each(|copies| all.append(copies));
    let site_icon = channel::site_icon(&head, &all.attachments);
    all.sites.push(SiteRecord { site_icon, ..SiteRecord::default() });
    all.diagnostics.extend(breaks.iter().map(|broken| tell(located, broken)));
    all
}

/// Returns the text in a piece of XML, such as a body's.
pub(super) fn text(piece: &str) -> Cow<'_, str> {
    xml::text(piece)
}

/// Returns the text in an item, and the HTML that is kept with it of what it embeds.
pub(super) fn body(item: &str) -> WholeBody<'_> {
    let item = Item::of(item);
    let text = item.fields.text("content:encoded").unwrap_or_default();
    WholeBody { text, embeds: item.embeds().map(Into::into).collect() }
}

/// Gives what the file says of the site, and each item, to `sink`. Returns where it is no XML: what
/// stands in the items after that is given all the same.
fn cut<'a>(text: &'a str, sink: &mut dyn FnMut(Element<'a>)) -> Vec<Broken> {
    let mut breaks: Vec<Broken> = Vec::new();
    let mut start = 0;
    while let Err(broken) = xml::children(&text[start..], &["rss", "channel"], sink) {
        let offset = start + broken.offset;
        breaks.push(Broken { offset, ..broken });
        let Some(next) = xml::next_item(text, offset + 1) else { break };
        if breaks.len() == MAXIMUM_BREAKS {
            let message = "too much of it is broken, and the rest is not read".to_owned();
            breaks.push(Broken { offset: next, message, is_cut: false });
            break;
        }
        start = next;
    }
    breaks
}

fn tell(located: Located<'_>, broken: &Broken) -> Diagnostic {
    let bytes = located.text.as_bytes();
    let position = Some(broken::position(bytes, broken.offset.min(bytes.len())));
    let location = Location { position, ..Location::file(located.name) };
    let message = format!("not XML here: {}; what is whole is read", broken.message);
    let help = if broken.is_cut {
        "the file ends too early: export it again, or in smaller parts"
    } else {
        "export it again, or correct the file"
    };
    Diagnostic::error("invalid-xml", message, location).with_help(help)
}
