//! The outermost tag of a block that is made on the server.

use crate::content::block_html::duotone;
use crate::content::block_html::layout;
use crate::content::block_html::render::Renderer;
use crate::content::block_html::supports::known::Support;
use crate::content::block_html::supports::{self, Supports, background, elements};
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;

/// The outermost tag of a block.
#[derive(Debug)]
pub struct Wrapper<'w> {
    tag: &'w str,
    /// Without its namespace.
    name: &'w str,
    classes: Vec<String>,
    style: Vec<String>,
    more: String,
    is_outermost: bool,
}

impl<'w> Wrapper<'w> {
    /// Starts with a tag, for a block of WordPress.
    pub fn new(tag: &'w str, name: &'w str) -> Self {
        Self {
            tag,
            name,
            classes: Vec::new(),
            style: Vec::new(),
            more: String::new(),
            is_outermost: true,
        }
    }

    /// Makes it a tag within the block which WordPress gives what the outermost has: all but what
    /// a page holds once, and how the block sets what it holds.
    pub fn within(mut self) -> Self {
        self.is_outermost = false;
        self
    }

    /// Adds a class of its own.
    pub fn class(mut self, class: impl Into<String>) -> Self {
        self.classes.push(class.into());
        self
    }

    /// Adds a declaration of its own.
    pub fn style(mut self, declaration: impl Into<String>) -> Self {
        self.style.push(declaration.into());
        self
    }

    /// Adds classes and declarations.
    pub fn with(mut self, supports: &Supports) -> Self {
        self.classes.extend(supports.classes.iter().cloned());
        self.style.extend(Some(supports.style()).filter(|style| !style.is_empty()));
        self
    }

    /// Adds an attribute after all others.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.more.push(' ');
        self.more.push_str(name);
        self.more.push_str("=\"");
        push_attribute(&mut self.more, value);
        self.more.push('"');
        self
    }

    /// Prints the tag.
    pub fn open(self, renderer: &mut Renderer<'_>, attributes: &Attributes) {
        let has = |support: Support| support.is_of(self.name);
        let supports = supports::of(attributes, self.name);
        let mut classes = self.classes;
        let has_link = attributes.text(&["style", "elements", "link", "color", "text"]).is_some();
        if has_link && has(Support::LinkClass) {
            classes.push("has-link-color".to_owned());
        }
        if let Some(align) = attributes.text(&["align"]).filter(|_| has(Support::Align)) {
            classes.push(format!("align{align}"));
        }
        classes.extend(attributes.text(&["className"]).map(str::to_owned));
        classes.extend(elements::class(attributes, &mut renderer.sheet));
        classes.extend(duotone::class(attributes, "& img", &mut renderer.sheet));
        classes.push(format!("wp-block-{}", self.name));
        let mut style = self.style;
        let background = background::of(attributes).filter(|_| has(Support::BackgroundImage));
        for supports in [Some(supports), background].into_iter().flatten() {
            style.extend(Some(supports.style()).filter(|style| !style.is_empty()));
            classes.extend(supports.classes);
        }
        if self.is_outermost {
            classes.extend(layout::own_class(attributes, &mut renderer.sheet));
            let name = format!("core/{}", self.name);
            classes.extend(layout::classes(&name, attributes, &mut renderer.sheet));
        }
        let html = &mut renderer.html;
        html.push('<');
        html.push_str(self.tag);
        if !style.is_empty() {
            html.push_str(" style=\"");
            push_attribute(html, &style.join(";"));
            html.push('"');
        }
        html.push_str(" class=\"");
        push_attribute(html, &classes.join(" "));
        html.push('"');
        if let Some(anchor) = attributes.text(&["anchor"]).filter(|_| self.is_outermost) {
            html.push_str(" id=\"");
            push_attribute(html, anchor);
            html.push('"');
        }
        html.push_str(&self.more);
        html.push('>');
    }
}

/// Adds plain text as HTML that texturizing leaves as it is, as WordPress escapes names.
pub fn push_name(html: &mut String, name: &str) {
    let mut escaped = String::with_capacity(name.len());
    push_attribute(&mut escaped, name);
    html.push_str(&escaped.replace('\'', "&#039;"));
}

/// Adds an opening tag of a link, with the attributes in `more`.
pub fn push_link(html: &mut String, address: &str, more: &str) {
    html.push_str("<a href=\"");
    push_attribute(html, address);
    html.push('"');
    html.push_str(more);
    html.push('>');
}

/// Returns an attribute with a space before it: nothing if there is no value.
pub fn attribute(name: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return String::new() };
    let mut html = format!(" {name}=\"");
    push_attribute(&mut html, value);
    html.push('"');
    html
}
