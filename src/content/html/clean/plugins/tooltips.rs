//! Words that a sheet shows while a mouse is over others: they stand beside those.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::ledger::Fate;

/// Classes of such words.
const CLASSES: [&str; 7] = [
    "tooltip-content",
    "tooltip-inner",
    "tooltip-text",
    "tooltip_content",
    "tooltip_text",
    "tooltips-text",
    "tooltiptext",
];

/// Returns whether a class is of such words. The theme sets them apart from those before them.
pub fn is_tooltip(class: &str) -> bool {
    CLASSES.contains(&class)
}

/// Parts such words from those before them.
pub fn parted(
    body: &mut Body<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if !is_beside(element, attributes) {
        return None;
    }
    counting::part(body, "tooltips", Fate::Converted);
    Some(Verdict::BeginWith(" ".to_owned()))
}

/// Returns whether an element of a line holds such words.
pub fn is_beside(element: Element<'_>, attributes: &Attributes<'_>) -> bool {
    element.name == "span" && attributes.has_class_like(is_tooltip)
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn tooltips_stand_beside() {
        check(
            "<p>a<span class=\"tooltip\">lake<span class=\"tooltiptext\" style=\"visibility:hidden\" onclick=\"x\">It is deep.</span></span> b</p>",
            "<p>a<span class=\"tooltip\">lake<span class=\"tooltiptext\"> It is deep.</span></span> b</p>",
            &["unsafe-markup"],
        );
    }
}
