//! Fonts, sizes of type, and how text is set.

use super::values::kebab_case;
use super::{Supports, fluid};
use crate::content::block_html::attributes::Attributes;

const PROPERTIES: [(&str, &str); 8] = [
    ("fontStyle", "font-style"),
    ("fontWeight", "font-weight"),
    ("letterSpacing", "letter-spacing"),
    ("lineHeight", "line-height"),
    ("textColumns", "column-count"),
    ("textDecoration", "text-decoration"),
    ("textTransform", "text-transform"),
    ("writingMode", "writing-mode"),
];

/// Adds how a block's text is set.
pub fn add(supports: &mut Supports, attributes: &Attributes) {
    let typography = |name| attributes.at(&["style", "typography", name]);
    let align = attributes.text(&["style", "typography", "textAlign"]);
    if let Some(align) = align.or_else(|| attributes.text(&["textAlign"])) {
        supports.class(format!("has-text-align-{}", kebab_case(align)));
    }
    match attributes.text(&["fontSize"]) {
        Some(name) => supports.class(format!("has-{}-font-size", kebab_case(name))),
        None => {
            if let Some(size) = typography("fontSize").and_then(fluid::size) {
                supports.declare("font-size", size);
            }
        }
    }
    match attributes.text(&["fontFamily"]) {
        Some(name) => supports.class(format!("has-{}-font-family", kebab_case(name))),
        None => {
            if let Some(family) = attributes.text(&["style", "typography", "fontFamily"]) {
                supports.declare("font-family", family);
            }
        }
    }
    for (name, property) in PROPERTIES {
        if let Some(value) = attributes.written(&["style", "typography", name]) {
            supports.declare(property, value);
        }
    }
}
