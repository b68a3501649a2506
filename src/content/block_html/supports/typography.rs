//! Fonts, sizes of type, and how text is set.

use crate::content::block_html::supports::known::Support;
use crate::content::block_html::supports::values::kebab_case;
use crate::content::block_html::supports::{Supports, fluid};
use crate::content::blocks::attributes::Attributes;

const PROPERTIES: [(&str, &str, Support); 8] = [
    ("fontStyle", "font-style", Support::Typography),
    ("fontWeight", "font-weight", Support::Typography),
    ("letterSpacing", "letter-spacing", Support::Typography),
    ("lineHeight", "line-height", Support::Typography),
    ("textColumns", "column-count", Support::TextColumns),
    ("textDecoration", "text-decoration", Support::Decoration),
    ("textTransform", "text-transform", Support::Typography),
    ("writingMode", "writing-mode", Support::WritingMode),
];

/// Adds how a block's text is set, as far as the block has a say in it.
pub fn add(supports: &mut Supports, attributes: &Attributes, has: impl Fn(Support) -> bool) {
    let typography = |name| attributes.at(&["style", "typography", name]);
    let align = attributes.text(&["style", "typography", "textAlign"]);
    let align = align.or_else(|| attributes.text(&["textAlign"]));
    if let Some(align) = align.filter(|_| has(Support::TextAlign)) {
        supports.class(format!("has-text-align-{}", kebab_case(align)));
    }
    match attributes.text(&["fontSize"]) {
        _ if !has(Support::FontSize) => {}
        Some(name) => supports.class(format!("has-{}-font-size", kebab_case(name))),
        None => {
            if let Some(size) = typography("fontSize").and_then(fluid::size) {
                supports.declare("font-size", size);
            }
        }
    }
    match attributes.text(&["fontFamily"]) {
        _ if !has(Support::Typography) => {}
        Some(name) => supports.class(format!("has-{}-font-family", kebab_case(name))),
        None => {
            if let Some(family) = attributes.text(&["style", "typography", "fontFamily"]) {
                supports.declare("font-family", family);
            }
        }
    }
    for (name, property, support) in PROPERTIES {
        let value = attributes.written(&["style", "typography", name]);
        if let Some(value) = value.filter(|_| has(support)) {
            supports.declare(property, value);
        }
    }
}
