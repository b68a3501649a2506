//! Links to somebody's pages on other sites, each with a sign.

mod icons;
mod services;

use std::fmt::Write;

use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::sheet::is_value;
use crate::content::block_html::supports::values::{css, kebab_case};
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;

/// What a list of such links says of each of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    shows_labels: bool,
    opens_anew: bool,
    classes: String,
    style: String,
}

impl Links {
    /// Reads it from the attributes of the list.
    pub fn of(attributes: &Attributes) -> Self {
        let mut links = Self {
            shows_labels: attributes.is_on(&["showLabels"]),
            opens_anew: attributes.is_on(&["openInNewTab"]),
            ..Self::default()
        };
        for (name, value, class, property) in [
            ("iconColor", "iconColorValue", "color", "color"),
            (
                "iconBackgroundColor",
                "iconBackgroundColorValue",
                "background-color",
                "background-color",
            ),
        ] {
            if let Some(name) = attributes.text(&[name]) {
                let _ = write!(links.classes, " has-{}-{class}", kebab_case(name));
            }
            let color = attributes.text(&[value]).map(css).filter(|color| is_value(color));
            if let Some(color) = color {
                let separator = if links.style.is_empty() { "" } else { ";" };
                let _ = write!(links.style, "{separator}{property}:{color}");
            }
        }
        links
    }
}

/// Prints one link.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    if name != "social-link" {
        return false;
    }
    link(renderer, place, scope);
    true
}

/// A link that leads nowhere is not shown.
fn link(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let attributes = place.attributes();
    let Some(address) = attributes.text(&["url"]) else { return };
    let links = &*scope.social;
    let service = attributes.text(&["service"]).unwrap_or("Icon");
    let known = services::find(service);
    let name = known.map_or(service, |known| known.name);
    let label = attributes.text(&["label"]).unwrap_or(name);
    let html = &mut renderer.html;
    html.push_str("<li");
    if !links.style.is_empty() {
        html.push_str(" style=\"");
        push_attribute(html, &links.style);
        html.push('"');
    }
    html.push_str(" class=\"wp-social-link wp-social-link-");
    push_attribute(html, service);
    push_attribute(html, &links.classes);
    if let Some(class) = attributes.text(&["className"]) {
        html.push(' ');
        push_attribute(html, class);
    }
    html.push_str(" wp-block-social-link\"><a");
    let relation = attributes.text(&["rel"]).unwrap_or_default();
    let relation = if links.opens_anew {
        format!("{relation} noopener nofollow")
    } else {
        relation.to_owned()
    };
    if !relation.is_empty() {
        html.push_str(" rel=\"");
        push_attribute(html, relation.trim());
        html.push('"');
    }
    html.push_str(if links.opens_anew { " target=\"_blank\"" } else { "" });
    html.push_str(" href=\"");
    push_attribute(html, &target(address, service));
    html.push_str("\" class=\"wp-block-social-link-anchor\"><svg width=\"24\" height=\"24\" viewBox=\"0 0 24 24\" version=\"1.1\" xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" focusable=\"false\">");
    icons::push(html, service, known);
    html.push_str("</svg><span class=\"wp-block-social-link-label");
    html.push_str(if links.shows_labels { "" } else { " screen-reader-text" });
    html.push_str("\">");
    push_attribute(html, label);
    html.push_str("</span></a></li>");
}

/// Returns where a link leads: some write a bare mail address, or leave out the scheme.
fn target(address: &str, service: &str) -> String {
    let is_mail = service == "mail" || !address.contains('/');
    if is_mail && address.contains('@') && !address.contains(':') {
        return format!("mailto:{address}");
    }
    let has_scheme = address.split(['/', '?', '#']).next().is_some_and(|part| part.contains(':'));
    match has_scheme || address.starts_with(['/', '#']) {
        true => address.to_owned(),
        false => format!("https://{address}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(list: &str, link: &str, expected: &[&str]) {
        let markup = format!(
            "<!-- wp:social-links {list} --><ul class=\"wp-block-social-links\"><!-- wp:social-link {link} /--></ul><!-- /wp:social-links -->"
        );
        let content = normalize_as(BodyFormat::Blocks, &markup);
        for part in expected {
            assert!(content.pages[0].as_str().contains(part), "{}", content.pages[0].as_str());
        }
        assert!(content.diagnostics.is_empty());
    }

    #[test]
    fn links_have_a_sign_and_a_name() {
        check(
            r#"{"showLabels":true,"openInNewTab":true}"#,
            r#"{"url":"https://example.com/a","service":"mastodon"}"#,
            &[
                "wp-social-link-mastodon wp-block-social-link\"><a rel=\"noopener nofollow\" target=\"_blank\" href=\"https://example.com/a\"",
                "<path d=\"M23.268 5.313",
                "<span class=\"wp-block-social-link-label\">Mastodon</span>",
            ],
        );
        check(
            r##"{"iconColor":"base","iconColorValue":"#fff"}"##,
            r#"{"url":"me@example.org","service":"mail","label":"Write"}"#,
            &[
                "style=\"color:#fff\"",
                "has-base-color",
                "href=\"mailto:me@example.org\"",
                ">Write<",
            ],
        );
        check(
            "",
            r#"{"url":"example.com","service":"chain"}"#,
            &["href=\"https://example.com\"", ">Link<"],
        );
    }

    #[test]
    fn links_to_nowhere_are_not_shown() {
        check("", r#"{"service":"x"}"#, &["is-layout-flex\"></ul>"]);
    }
}
