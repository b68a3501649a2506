//! Colours of text and background, and gradients.

use crate::content::block_html::supports::Supports;
use crate::content::block_html::supports::known::Support;
use crate::content::block_html::supports::values::kebab_case;
use crate::content::blocks::attributes::Attributes;

/// Adds the colours of a block: those it has.
pub fn add(supports: &mut Supports, attributes: &Attributes, has: impl Fn(Support) -> bool) {
    if has(Support::Text) {
        text(supports, attributes);
    }
    if has(Support::Background) {
        background(supports, attributes, has);
    }
}

fn text(supports: &mut Supports, attributes: &Attributes) {
    let (named, custom) =
        (attributes.text(&["textColor"]), attributes.text(&["style", "color", "text"]));
    if named.is_some() || custom.is_some() {
        supports.class("has-text-color");
    }
    match (named, custom) {
        (Some(name), _) => supports.class(format!("has-{}-color", kebab_case(name))),
        (None, Some(color)) => supports.declare("color", color),
        (None, None) => {}
    }
}

fn background(supports: &mut Supports, attributes: &Attributes, has: impl Fn(Support) -> bool) {
    let has_gradients = has(Support::Gradient);
    let color = attributes.text(&["backgroundColor"]);
    let custom = attributes.text(&["style", "color", "background"]);
    let gradient = attributes.text(&["gradient"]).filter(|_| has_gradients);
    let own = attributes.text(&["style", "color", "gradient"]).filter(|_| has_gradients);
    if color.or(custom).or(gradient).or(own).is_some() {
        supports.class("has-background");
    }
    match (color, custom) {
        (Some(name), _) => supports.class(format!("has-{}-background-color", kebab_case(name))),
        (None, Some(color)) => supports.declare("background-color", color),
        (None, None) => {}
    }
    match (gradient, own) {
        (Some(name), _) => {
            supports.class(format!("has-{}-gradient-background", kebab_case(name)));
        }
        (None, Some(gradient)) => supports.declare("background", gradient),
        (None, None) => {}
    }
}
