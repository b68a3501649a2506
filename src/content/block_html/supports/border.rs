//! Borders and round corners.

use serde_json::Value;

use crate::content::block_html::supports::Supports;
use crate::content::block_html::supports::spacing::SIDES;
use crate::content::block_html::supports::values::kebab_case;
use crate::content::blocks::attributes::{Attributes, written};

const CORNERS: [(&str, &str); 4] = [
    ("topLeft", "border-top-left-radius"),
    ("topRight", "border-top-right-radius"),
    ("bottomRight", "border-bottom-right-radius"),
    ("bottomLeft", "border-bottom-left-radius"),
];

/// Adds a block's border.
pub fn add(supports: &mut Supports, attributes: &Attributes) {
    match attributes.at(&["style", "border", "radius"]) {
        Some(Value::Object(corners)) => {
            for (corner, property) in CORNERS {
                if let Some(value) = corners.get(corner).and_then(length) {
                    supports.declare(property, value);
                }
            }
        }
        Some(radius) => {
            if let Some(radius) = length(radius) {
                supports.declare("border-radius", radius);
            }
        }
        None => {}
    }
    if let Some(width) = attributes.at(&["style", "border", "width"]).and_then(length) {
        supports.declare("border-width", width);
    }
    let custom = attributes.text(&["style", "border", "color"]);
    let named = attributes.text(&["borderColor"]);
    if custom.is_some() || named.is_some() {
        supports.class("has-border-color");
    }
    match (named, custom) {
        (Some(name), _) => supports.class(format!("has-{}-border-color", kebab_case(name))),
        (None, Some(color)) => supports.declare("border-color", color),
        (None, None) => {}
    }
    if let Some(style) = attributes.text(&["style", "border", "style"]) {
        supports.declare("border-style", style);
    }
    for side in SIDES {
        for part in ["width", "color", "style"] {
            if let Some(value) = attributes.at(&["style", "border", side, part]).and_then(length) {
                supports.declare(format!("border-{side}-{part}"), value);
            }
        }
    }
}

/// A number alone counts pixels.
fn length(value: &Value) -> Option<String> {
    let text = written(value)?;
    let is_number = value.is_number() && text != "0";
    Some(if is_number { format!("{text}px") } else { text })
}
