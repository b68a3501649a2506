//! The outermost tag of a block that is made on the server.

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::duotone;
use crate::content::block_html::layout;
use crate::content::block_html::render::Renderer;
use crate::content::block_html::supports::{self, Without, elements};
use crate::content::html::entities::push_attribute;

/// The outermost tag of a block.
#[derive(Debug)]
pub struct Wrapper<'w> {
    tag: &'w str,
    /// Without its namespace.
    name: &'w str,
    classes: Vec<String>,
    style: Vec<String>,
    without: Without,
    more: String,
}

impl<'w> Wrapper<'w> {
    /// Starts with a tag, for a block of WordPress.
    pub fn new(tag: &'w str, name: &'w str) -> Self {
        Self {
            tag,
            name,
            classes: Vec::new(),
            style: Vec::new(),
            without: Without::default(),
            more: String::new(),
        }
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

    /// Leaves out supports that the block puts elsewhere.
    pub fn without(mut self, without: Without) -> Self {
        self.without = without;
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
        let supports = supports::of(attributes, self.without);
        let mut classes = self.classes;
        let has_link = attributes.text(&["style", "elements", "link", "color", "text"]).is_some();
        if has_link && tells_of_links(self.name) {
            classes.push("has-link-color".to_owned());
        }
        if let Some(align) = attributes.text(&["align"]) {
            classes.push(format!("align{align}"));
        }
        classes.extend(attributes.text(&["className"]).map(str::to_owned));
        classes.extend(elements::class(attributes, &mut renderer.sheet));
        classes.extend(duotone::class(attributes, "& img", &mut renderer.sheet));
        classes.push(format!("wp-block-{}", self.name));
        let mut style = self.style;
        style.extend(Some(supports.style()).filter(|style| !style.is_empty()));
        classes.extend(supports.classes);
        classes.extend(layout::own_class(attributes, &mut renderer.sheet));
        let name = format!("core/{}", self.name);
        classes.extend(layout::classes(&name, attributes, &mut renderer.sheet));
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
        if let Some(anchor) = attributes.text(&["anchor"]) {
            html.push_str(" id=\"");
            push_attribute(html, anchor);
            html.push('"');
        }
        html.push_str(&self.more);
        html.push('>');
    }
}

/// Returns whether a block says in a class that its links have a colour of their own.
fn tells_of_links(name: &str) -> bool {
    name.starts_with("post-") && name != "post-content"
        || matches!(name, "latest-posts" | "read-more" | "comments-title" | "comment-content")
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
