//! The colours of a menu, which it hands on to some of its entries.

use crate::content::block_html::supports::Supports;
use crate::content::block_html::supports::values::kebab_case;
use crate::content::blocks::attributes::Attributes;

/// The colours of a menu.
#[derive(Debug, Default)]
pub struct MenuColors {
    /// Of the menu itself.
    pub own: Supports,
    /// Of a link to the home page in it.
    pub home: Supports,
    /// Of what opens over the page.
    pub overlay: Supports,
}

/// Where a colour is written: as the name of one of the theme's, else as a value.
struct Source {
    named: &'static str,
    custom: &'static [&'static [&'static str]],
}

impl MenuColors {
    /// Reads them from the attributes of the menu.
    pub fn of(attributes: &Attributes) -> Self {
        let read = |text: &'static [&[&str]], background: &'static [&[&str]]| {
            let text = Source { named: "textColor", custom: text };
            colors(attributes, &text, &Source { named: "backgroundColor", custom: background })
        };
        Self {
            own: read(
                &[&["rgbTextColor"], &["customTextColor"]],
                &[&["rgbBackgroundColor"], &["customBackgroundColor"]],
            ),
            home: read(&[&["style", "color", "text"]], &[&["style", "color", "background"]]),
            overlay: colors(
                attributes,
                &Source { named: "overlayTextColor", custom: &[&["customOverlayTextColor"]] },
                &Source {
                    named: "overlayBackgroundColor",
                    custom: &[&["customOverlayBackgroundColor"]],
                },
            ),
        }
    }
}

fn colors(attributes: &Attributes, text: &Source, background: &Source) -> Supports {
    let mut supports = Supports::default();
    for (source, class, property) in
        [(text, "has-text-color", "color"), (background, "has-background", "background-color")]
    {
        let custom = || source.custom.iter().find_map(|path| attributes.text(path));
        if let Some(name) = attributes.text(&[source.named]) {
            supports.class(class);
            supports.class(format!("has-{}-{property}", kebab_case(name)));
        } else if let Some(value) = custom() {
            supports.class(class);
            supports.declare(property, value);
        }
    }
    supports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, read: impl Fn(MenuColors) -> Supports, expected: (&str, &str)) {
        let supports = read(MenuColors::of(&Attributes::read(json)));
        let found = (supports.classes.join(" "), supports.style());
        assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{json}");
    }

    #[test]
    fn a_menu_hands_its_colors_on() {
        let named = r#"{"textColor":"a","overlayBackgroundColor":"b"}"#;
        check(named, |it| it.own, ("has-text-color has-a-color", ""));
        check(named, |it| it.home, ("has-text-color has-a-color", ""));
        check(named, |it| it.overlay, ("has-background has-b-background-color", ""));
        let custom = r##"{"customTextColor":"#111","rgbTextColor":"#222","style":{"color":{"background":"#333"}}}"##;
        check(custom, |it| it.own, ("has-text-color", "color:#222"));
        check(custom, |it| it.home, ("has-background", "background-color:#333"));
        check("{}", |it| it.overlay, ("", ""));
    }
}
