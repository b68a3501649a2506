//! Margins, padding and heights.

use serde_json::Value;

use crate::content::block_html::supports::Supports;
use crate::content::block_html::supports::known::Support;
use crate::content::blocks::attributes::{Attributes, written};

/// The sides of a box, in the order WordPress names them.
pub const SIDES: [&str; 4] = ["top", "right", "bottom", "left"];

/// Adds a block's space and size, as far as it has a say in them.
pub fn add(supports: &mut Supports, attributes: &Attributes, has: impl Fn(Support) -> bool) {
    for (kind, support) in [("padding", Support::Padding), ("margin", Support::Margin)] {
        let value = attributes.at(&["style", "spacing", kind]);
        let Some(value) = value.filter(|_| has(support)) else { continue };
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
    let least = attributes.written(&["style", "dimensions", "minHeight"]);
    if let Some(least) = least.filter(|_| has(Support::MinHeight)) {
        supports.declare("min-height", least);
    }
}
