//! The list of all pages, each below the one above it.

use std::collections::HashMap;
use std::rc::Rc;

use crate::content::block_html::dynamic::menu_colors::MenuColors;
use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::block_html::supports::Supports;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;
use crate::content::surroundings::facts::PostFacts;
use crate::content::text::plain_text;
use crate::model::PostId;

/// The pages, by the page above them.
struct Pages<'p> {
    below: HashMap<Option<PostId>, Vec<PostFacts<'p>>>,
    menu: Option<Rc<MenuColors>>,
}

/// Prints the list. In a menu its entries are entries of that.
pub fn print(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let surroundings = renderer.context.surroundings;
    let mut below: HashMap<Option<PostId>, Vec<PostFacts<'_>>> = HashMap::new();
    for page in surroundings.posts("page").into_iter().filter_map(|id| surroundings.post(id)) {
        below.entry(page.parent).or_default().push(page);
    }
    for pages in below.values_mut() {
        pages.sort_by_cached_key(|page| (page.menu_order, plain_text(page.title).to_lowercase()));
    }
    let root = attributes.id(&["parentPageID"]).map(PostId);
    let pages = Pages { below, menu: scope.menu.clone() };
    if !pages.below.contains_key(&root) {
        return;
    }
    // In a menu WordPress prints a list within a list, which HTML does not allow.
    if scope.menu.is_some() {
        pages.push(&mut renderer.html, root, if scope.is_in_submenu { 2 } else { 1 });
        return;
    }
    Wrapper::new("ul", "page-list").open(renderer, attributes);
    pages.push(&mut renderer.html, root, 1);
    renderer.html.push_str("</ul>");
}

impl Pages<'_> {
    /// Ends the tag of an entry. Those that open over the page have the colours for that.
    fn push_look(&self, html: &mut String, depth: usize) {
        let Some(menu) = &self.menu else {
            html.push_str("\">");
            return;
        };
        html.push_str(" wp-block-navigation-item");
        let colors = Some(&menu.overlay).filter(|_| depth > 1);
        for class in colors.iter().flat_map(|colors| &colors.classes) {
            html.push(' ');
            push_attribute(html, class);
        }
        html.push('"');
        let style = colors.map(Supports::style).filter(|style| !style.is_empty());
        html.push_str(&attribute("style", style.as_deref()));
        html.push('>');
    }

    fn push(&self, html: &mut String, above: Option<PostId>, depth: usize) {
        for page in self.below.get(&above).into_iter().flatten() {
            let has_child = self.below.contains_key(&Some(page.id)) && depth < 50;
            html.push_str("<li class=\"wp-block-pages-list__item");
            html.push_str(if has_child { " has-child" } else { "" });
            self.push_look(html, depth);
            let class = match self.menu.is_some() {
                true => {
                    " class=\"wp-block-pages-list__item__link wp-block-navigation-item__content\""
                }
                false => " class=\"wp-block-pages-list__item__link\"",
            };
            push_link(html, &address(page.id), class);
            html.push_str(page.title);
            html.push_str("</a>");
            if has_child {
                html.push_str("<ul class=\"wp-block-navigation__submenu-container\">");
                self.push(html, Some(page.id), depth + 1);
                html.push_str("</ul>");
            }
            html.push_str("</li>");
        }
    }
}
