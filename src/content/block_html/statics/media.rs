//! Pictures, covers and files.

use std::borrow::Cow;

use crate::content::block_html::opening::{self, Additions};
use crate::content::blocks::attributes::Attributes;
use crate::content::html::tokens::Tag;

/// Marks a picture that opened in front of the page.
pub fn lightbox(attributes: &Attributes, additions: &mut Additions) {
    let links = attributes.text(&["linkDestination"]).unwrap_or("none");
    if links == "none" {
        additions.outer.classes.push("wp-lightbox-container".to_owned());
    }
}

/// A cover of a certain height has no shape of its own.
pub fn cover(attributes: &Attributes, additions: &mut Additions) {
    let has_height = attributes.written(&["minHeight"]).is_some()
        || attributes.written(&["style", "dimensions", "minHeight"]).is_some();
    if attributes.written(&["style", "dimensions", "aspectRatio"]).is_some() {
        additions.outer.style = "min-height:unset".to_owned();
    } else if has_height {
        additions.outer.style = "aspect-ratio:unset".to_owned();
    }
}

/// Puts a picture behind a cover: after the layer that dims it.
pub fn with_picture(html: &str, picture: &str) -> String {
    let dims = html.find("wp-block-cover__background");
    let end = dims.and_then(|at| html[at..].find("</span>").map(|end| at + end + "</span>".len()));
    match end {
        Some(end) => [&html[..end], picture, &html[end..]].concat(),
        None => html.to_owned(),
    }
}

/// Names the preview of a document.
pub fn with_named_preview(html: &str) -> Cow<'_, str> {
    let is_preview = |tag: Tag<'_>| tag.name == "object";
    opening::change(html, is_preview, |attributes| {
        let label = match attributes.get("aria-label") {
            Some(name) if !name.is_empty() => format!("Embed of {name}."),
            _ => "PDF embed".to_owned(),
        };
        attributes.set("aria-label", label);
    })
}
