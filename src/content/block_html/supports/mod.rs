//! What every block may be given: colours, type, space, borders and so on, as classes and styles.

pub mod background;
pub mod elements;
pub mod fluid;
pub mod known;
pub mod spacing;
pub mod values;
pub mod visibility;

mod border;
mod colors;
mod typography;

use crate::content::block_html::opening::Change;
use crate::content::block_html::sheet::is_value;
use crate::content::block_html::supports::known::Support;
use crate::content::blocks::attributes::Attributes;

/// What a block's attributes make of its outermost tag.
#[derive(Clone, Debug, Default)]
pub struct Supports {
    /// In the order WordPress adds them.
    pub classes: Vec<String>,
    declarations: Vec<(String, String)>,
}

impl Supports {
    /// Adds a class.
    pub fn class(&mut self, class: impl Into<String>) {
        self.classes.push(class.into());
    }

    /// Adds a declaration, if its value is one.
    pub fn declare(&mut self, property: impl Into<String>, value: impl AsRef<str>) {
        let value = values::css(value.as_ref()).into_owned();
        // WordPress writes no such function into styles of its own.
        let is_written = !["rgb", "hsl"].iter().any(|name| value.starts_with(name));
        if is_value(&value) && is_written {
            self.declarations.push((property.into(), value));
        }
    }

    /// Returns the declarations.
    pub fn style(&self) -> String {
        let each = self.declarations.iter().map(|(property, value)| format!("{property}:{value}"));
        each.collect::<Vec<_>>().join(";")
    }

    /// Returns the same without the declarations of a property.
    pub fn without(mut self, property: &str) -> Self {
        self.declarations.retain(|(declared, _)| declared != property);
        self
    }
}

/// Returns what the attributes of a block that is made on the server make of its outermost tag.
/// `block` is its name without the namespace.
pub fn of(attributes: &Attributes, block: &str) -> Supports {
    let has = |support: Support| support.is_of(block);
    let mut supports = Supports::default();
    colors::add(&mut supports, attributes, has);
    typography::add(&mut supports, attributes, has);
    spacing::add(&mut supports, attributes, has);
    if has(Support::Border) {
        border::add(&mut supports, attributes);
    }
    supports
}

/// Returns borders alone: for blocks that put them on a picture within them.
pub fn border_of(attributes: &Attributes) -> Supports {
    let mut supports = Supports::default();
    border::add(&mut supports, attributes);
    supports
}

/// Returns colours alone: for blocks that put them on something within them.
pub fn colors_of(attributes: &Attributes) -> Supports {
    let mut supports = Supports::default();
    colors::add(&mut supports, attributes, |_| true);
    supports
}

/// Returns type alone: for blocks that put it on something within them.
pub fn typography_of(attributes: &Attributes) -> Supports {
    let mut supports = Supports::default();
    typography::add(&mut supports, attributes, |_| true);
    supports
}

impl From<Supports> for Change {
    fn from(supports: Supports) -> Self {
        Self { style: supports.style(), classes: supports.classes, attributes: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(block: &str, json: &str, classes: &str, style: &str) {
        let supports = of(&Attributes::read(json), block);
        assert_eq!(
            (supports.classes.join(" ").as_str(), supports.style().as_str()),
            (classes, style)
        );
    }

    #[test]
    fn colors_named_and_custom() {
        check(
            "archives",
            r#"{"textColor":"accent1","backgroundColor":"base"}"#,
            "has-text-color has-accent-1-color has-background has-base-background-color",
            "",
        );
        check(
            "archives",
            r##"{"style":{"color":{"text":"#fff","gradient":"linear-gradient(red,blue)"}}}"##,
            "has-text-color has-background",
            "color:#fff;background:linear-gradient(red,blue)",
        );
        check(
            "archives",
            r#"{"gradient":"dusk"}"#,
            "has-background has-dusk-gradient-background",
            "",
        );
    }

    #[test]
    fn type_and_space_are_classes_and_styles() {
        check(
            "post-title",
            r#"{"fontSize":"large","style":{"typography":{"lineHeight":1.5,"textAlign":"right"}}}"#,
            "has-text-align-right has-large-font-size",
            "line-height:1.5",
        );
        check(
            "archives",
            r#"{"style":{"spacing":{"padding":"1em","margin":{"top":"var:preset|spacing|30","left":"0"}}}}"#,
            "",
            "padding:1em;margin-top:var(--wp--preset--spacing--30);margin-left:0",
        );
    }

    #[test]
    fn borders_are_classes_and_styles() {
        check(
            "archives",
            r#"{"borderColor":"base","style":{"border":{"radius":{"topLeft":"4px"},"width":"2px"}}}"#,
            "has-border-color has-base-border-color",
            "border-top-left-radius:4px;border-width:2px",
        );
        check(
            "archives",
            r##"{"style":{"border":{"radius":5,"top":{"color":"#000","width":"1px"}}}}"##,
            "",
            "border-radius:5px;border-top-width:1px;border-top-color:#000",
        );
    }

    #[test]
    fn what_would_end_a_style_is_left_out() {
        check(
            "archives",
            r#"{"style":{"color":{"text":"red;position:fixed"}}}"#,
            "has-text-color",
            "",
        );
    }

    #[test]
    fn what_a_block_does_not_support_is_passed_over() {
        let json = r##"{"textColor":"a","borderColor":"b","style":{"spacing":{"margin":"1em"},"typography":{"lineHeight":2,"writingMode":"vertical-rl"},"dimensions":{"minHeight":"9em"}}}"##;
        check("home-link", json, "", "line-height:2");
        check(
            "site-title",
            json,
            "has-text-color has-a-color has-border-color has-b-border-color",
            "line-height:2;writing-mode:vertical-rl;margin:1em",
        );
        check(
            "post-content",
            json,
            "has-text-color has-a-color has-border-color has-b-border-color",
            "line-height:2;margin:1em;min-height:9em",
        );
    }
}
