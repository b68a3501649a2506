//! Margins, padding, sizes and shadows.

use serde_json::Value;

use super::Supports;
use crate::content::block_html::attributes::{Attributes, written};

/// The sides of a box, in the order WordPress names them.
pub const SIDES: [&str; 4] = ["top", "right", "bottom", "left"];

/// Adds a block's space and size.
pub fn add(supports: &mut Supports, attributes: &Attributes) {
    for kind in ["padding", "margin"] {
        let Some(value) = attributes.at(&["style", "spacing", kind]) else { continue };
        if let Value::Object(sides) = value {
            for side in SIDES {
                if let Some(value) = sides.get(side).and_then(written) {
                    supports.declare(format!("{kind}-{side}"), value);
                }
            }
        } else if let Some(value) = written(value) {
            supports.declare(kind, value);
        }
    }
    for (name, property) in [("minHeight", "min-height"), ("aspectRatio", "aspect-ratio")] {
        if let Some(value) = attributes.written(&["style", "dimensions", name]) {
            supports.declare(property, value);
        }
    }
    if let Some(shadow) = attributes.text(&["style", "shadow"]) {
        supports.declare("box-shadow", shadow);
    }
}
