//! Values that come from elsewhere: from the post of a loop, or from where a reusable block is used.

use std::borrow::Cow;

use serde_json::Value;

use crate::content::block_html::opening;
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;
use crate::content::html::tokens::{Kind, tokenize};

/// What stands in the place of saved values.
#[derive(Debug, Default, PartialEq)]
pub struct Bound {
    /// HTML for the text of the block.
    text: Option<String>,
    /// An address for its link or picture.
    url: Option<String>,
    /// The text for a picture nobody sees.
    alt: Option<String>,
}

impl Bound {
    /// Reads what the attributes of a block bind. `None` if that is nothing.
    pub fn of(renderer: &Renderer<'_>, attributes: &Attributes, scope: &Scope) -> Option<Self> {
        let bindings = attributes.at(&["metadata", "bindings"])?.as_object()?;
        let name = attributes.text(&["metadata", "name"]);
        let overrides = scope.overrides.as_deref().zip(name).and_then(|(all, name)| all.get(name));
        let mut bound = Self::default();
        for (attribute, binding) in bindings {
            let source = binding.get("source").and_then(Value::as_str).unwrap_or_default();
            match (source, attribute.as_str()) {
                ("core/pattern-overrides", _) => {
                    if let Some(overrides) = overrides {
                        bound.take(attribute, overrides);
                    }
                }
                ("core/post-data", "url") => {
                    let field = binding.get("args").and_then(|args| args.get("field"));
                    if field.and_then(Value::as_str) == Some("link") {
                        bound.url = Some(format!("/?p={}", scope.post_or(renderer).0));
                    }
                }
                _ => {}
            }
        }
        (bound != Self::default()).then_some(bound)
    }

    /// Takes over the values that are told for an attribute, or for all.
    fn take(&mut self, attribute: &str, overrides: &Value) {
        let told = |name: &str| {
            let is_meant = attribute == "__default" || attribute == name;
            let value = overrides.get(name).filter(|_| is_meant);
            value.and_then(Value::as_str).map(str::to_owned)
        };
        self.text = told("content").or_else(|| told("text")).or_else(|| self.text.take());
        self.url = told("url").or_else(|| self.url.take());
        self.alt = told("alt").or_else(|| self.alt.take());
    }

    /// Puts the values into a block's HTML.
    pub fn apply<'h>(&self, html: &'h str) -> Cow<'h, str> {
        let mut html = Cow::Borrowed(html);
        if let Some(url) = &self.url {
            let changed = opening::change(
                &html,
                |tag| matches!(tag.name, "a" | "img"),
                |attributes| {
                    attributes
                        .set(if attributes.has("src") { "src" } else { "href" }, url.as_str());
                },
            );
            html = Cow::Owned(changed.into_owned());
        }
        if let Some(alt) = &self.alt {
            let is_picture = |tag: crate::content::html::tokens::Tag<'_>| tag.name == "img";
            let changed = opening::change(&html, is_picture, |attributes| {
                attributes.set("alt", alt.as_str());
            });
            html = Cow::Owned(changed.into_owned());
        }
        match &self.text {
            Some(text) => Cow::Owned(with_text(&html, text)),
            None => html,
        }
    }
}

/// Puts `text` into the element that holds a block's own.
fn with_text(html: &str, text: &str) -> String {
    let mut start = None;
    let mut end = None;
    for token in tokenize(html) {
        match token.kind {
            Kind::Start(tag) if start.is_none() && holds_text(tag.name) => {
                start = Some((token.end, tag.name));
            }
            Kind::End(name) if start.is_some_and(|(_, open)| open == name) => {
                end = Some(token.start);
            }
            _ => {}
        }
    }
    match (start, end) {
        (Some((start, _)), Some(end)) if end >= start => {
            [&html[..start], text, &html[end..]].concat()
        }
        _ => html.to_owned(),
    }
}

fn holds_text(name: &str) -> bool {
    matches!(name, "p" | "a" | "button" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li")
}

/// Returns the picture of the post behind a cover, as HTML. Empty if there is none.
pub fn cover_picture(renderer: &Renderer<'_>, attributes: &Attributes, scope: &Scope) -> String {
    if !attributes.is_on(&["useFeaturedImage"]) {
        return String::new();
    }
    let surroundings = renderer.context.surroundings;
    let post = surroundings.post(scope.post_or(renderer));
    let media = post.and_then(|post| surroundings.attachment(post.featured_media?));
    let Some(media) = media else { return String::new() };
    let mut html = String::from("<img src=\"");
    push_attribute(&mut html, &media.url);
    html.push_str("\" class=\"wp-block-cover__image-background wp-post-image\" alt=\"");
    push_attribute(&mut html, &media.alt);
    html.push_str("\" data-object-fit=\"cover\">");
    html
}
