//! Pictures, covers and files.

use std::borrow::Cow;

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::opening::{self, Additions};
use crate::content::block_html::sheet::Sheet;
use crate::content::html::tokens::Tag;

/// Marks a picture that opened in front of the page.
pub fn lightbox(attributes: &Attributes, additions: &mut Additions) {
    let links = attributes.text(&["linkDestination"]).unwrap_or("none");
    if links == "none" {
        additions.outer.classes.push("wp-lightbox-container".to_owned());
    }
}

/// A picture in two colours is shown without colour: to map its own onto two takes a drawing that
/// WordPress puts at the end of the page.
pub fn duotone(attributes: &Attributes, sheet: &mut Sheet) -> Option<String> {
    let told = attributes.at(&["style", "color", "duotone"])?;
    let is_set = told.is_array() || told.as_str().is_some_and(|name| name != "unset");
    is_set.then(|| sheet.add("wp-duotone-", "& img{filter:grayscale(1)}"))
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
