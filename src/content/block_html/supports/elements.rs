//! Colours of the links, buttons and headings within a block.

use std::fmt::Write;

use crate::content::block_html::sheet::{Sheet, is_rule_value};
use crate::content::block_html::supports::values;
use crate::content::blocks::attributes::Attributes;

const LINK: &str = "a:where(:not(.wp-element-button))";

/// Adds the rules for the elements within a block, and returns its class for them. `None` if it
/// says nothing of them.
pub fn class(attributes: &Attributes, sheet: &mut Sheet) -> Option<String> {
    attributes.at(&["style", "elements"])?;
    let mut rules = String::new();
    let button = "& .wp-element-button, & .wp-block-button__link";
    push(&mut rules, attributes, button, &["button"]);
    push(&mut rules, attributes, &format!("& {LINK}"), &["link"]);
    push(&mut rules, attributes, &format!("& {LINK}:hover"), &["link", ":hover"]);
    let all: Vec<String> = (1..=6).map(|level| format!("& h{level}")).collect();
    push(&mut rules, attributes, &all.join(", "), &["heading"]);
    for level in 1..=6 {
        push(&mut rules, attributes, &format!("& h{level}"), &[&format!("h{level}")]);
    }
    (!rules.is_empty()).then(|| sheet.add("wp-elements-", &rules))
}

fn push(rules: &mut String, attributes: &Attributes, selector: &str, element: &[&str]) {
    let value = |name| {
        let path = [&["style", "elements"], element, &["color", name]].concat();
        attributes.text(&path).map(values::css).filter(|value| is_rule_value(value))
    };
    let mut declarations = String::new();
    for (name, property) in
        [("text", "color"), ("background", "background-color"), ("gradient", "background")]
    {
        if let Some(value) = value(name) {
            let _ = write!(declarations, "{property}:{value};");
        }
    }
    if !declarations.is_empty() {
        let _ = write!(rules, "{selector}{{{declarations}}}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_their_color() {
        let mut sheet = Sheet::default();
        let attributes = Attributes::read(
            r##"{"style":{"elements":{"link":{"color":{"text":"#fff"},":hover":{"color":{"text":"var:preset|color|a"}}}}}}"##,
        );
        let class = class(&attributes, &mut sheet).unwrap();
        assert_eq!(
            sheet.element(),
            format!(
                "<style>.{class} {LINK}{{color:#fff;}}.{class} {LINK}:hover{{color:var(--wp--preset--color--a);}}</style>"
            )
        );
        assert_eq!(super::class(&Attributes::default(), &mut sheet), None);
    }
}
