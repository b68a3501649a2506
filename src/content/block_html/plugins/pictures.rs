//! Blocks that name their pictures: stories, comparisons of two, galleries.

use serde_json::Value;

use crate::content::block_html::dynamic::wrapper::attribute;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::html::entities::push_text;

const GALLERY: &str = "<figure class=\"wp-block-gallery has-nested-images columns-default is-cropped is-layout-flex wp-block-gallery-is-layout-flex\">";

/// Prints the pictures. Returns whether there are any.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let files: Vec<&Value> = match &*place.block.name {
        "jetpack/story" => list(attributes.at(&["mediaFiles"])),
        "jetpack/image-compare" => {
            ["imageBefore", "imageAfter"].iter().filter_map(|name| attributes.at(&[name])).collect()
        }
        // WordPress's own shortcode is put in its place, and shown later.
        _ => {
            let ids: Vec<String> = attributes.ids(&["ids"]).iter().map(u64::to_string).collect();
            if !ids.is_empty() {
                let gallery = ["[gallery ids=\"", &ids.join(","), "\" link=\"file\"]"];
                renderer.html.extend(gallery);
            }
            return !ids.is_empty();
        }
    };
    let mut shown = String::new();
    files.into_iter().for_each(|file| push(&mut shown, file));
    let is_shown = !shown.is_empty();
    if is_shown {
        renderer.html.extend([GALLERY, &shown, "</figure>"]);
    }
    is_shown
}

fn list(value: Option<&Value>) -> Vec<&Value> {
    value.and_then(Value::as_array).into_iter().flatten().collect()
}

fn push(shown: &mut String, file: &Value) {
    let text = |name: &str| file.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
    let Some(url) = text("url") else { return };
    let is_film = text("type") == Some("video")
        || text("mime").is_some_and(|kind| kind.starts_with("video/"));
    if is_film {
        let source = attribute("src", Some(url)) + &attribute("aria-label", text("alt"));
        shown.extend(["<figure class=\"wp-block-video\"><video controls", &source, "></video>"]);
    } else {
        let id = file.get("id").and_then(Value::as_u64).map(|id| format!("wp-image-{id}"));
        let alt = attribute("alt", Some(text("alt").unwrap_or_default()));
        let source = attribute("src", Some(url)) + &alt + &attribute("class", id.as_deref());
        shown.extend(["<figure class=\"wp-block-image\"><img", &source, ">"]);
    }
    if let Some(caption) = text("caption") {
        shown.push_str("<figcaption class=\"wp-element-caption\">");
        push_text(shown, caption);
        shown.push_str("</figcaption>");
    }
    shown.push_str("</figure>");
}
