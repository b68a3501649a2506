//! Pictures and gradients behind a block.

use serde_json::Value;

use crate::content::block_html::supports::Supports;
use crate::content::blocks::attributes::Attributes;

/// Returns what a background makes of a block's outermost tag. `None` if it has none.
pub fn of(attributes: &Attributes) -> Option<Supports> {
    let background = |name| attributes.at(&["style", "background", name]);
    let image = background("backgroundImage");
    let gradient = attributes.text(&["style", "background", "gradient"]);
    let mut supports = Supports::default();
    let picture = match image {
        Some(Value::String(image)) if !image.is_empty() => Some(image.clone()),
        Some(image) => image.get("url").and_then(Value::as_str).map(url),
        None => None,
    };
    let has_picture = picture.is_some();
    let layers: Vec<String> = gradient.map(str::to_owned).into_iter().chain(picture).collect();
    if !layers.is_empty() {
        supports.declare("background-image", layers.join(", "));
    }
    let text = |name| background(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let size = text("backgroundSize").or(has_picture.then_some("cover"));
    let is_within = has_picture && size == Some("contain");
    let position = text("backgroundPosition").or(is_within.then_some("50% 50%"));
    if let Some(position) = position {
        supports.declare("background-position", position);
    }
    if let Some(repeat) = text("backgroundRepeat") {
        supports.declare("background-repeat", repeat);
    }
    if let Some(size) = size {
        supports.declare("background-size", size);
    }
    if let Some(attachment) = text("backgroundAttachment") {
        supports.declare("background-attachment", attachment);
    }
    // What says how a picture lies is written even if there is none: the theme may have one.
    if layers.is_empty() && supports.style().is_empty() {
        return None;
    }
    supports.class("has-background");
    Some(supports)
}

/// Returns an address as a value, whatever it holds.
fn url(address: &str) -> String {
    let mut safe = String::from("url('");
    for c in address.trim().chars() {
        match c {
            '\'' | '"' | '(' | ')' | '\\' | '<' | '>' | ';' | '{' | '}' | '[' | ']' | '@' | ' '
            | '\n' | '\r' | '\t' => safe.push_str(&format!("%{:02X}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe + "')"
}
