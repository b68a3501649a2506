//! The way from page to page of a query loop. A text has only the first page of its loops: what
//! leads on leads to the list of all posts.

use std::fmt::Write;

use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::html::entities::push_attribute;

use super::super::words::word;
use super::super::wrapper::{Wrapper, attribute};
use super::found;

/// Prints the whole of it, unless there is nowhere to go.
pub fn all(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let start = renderer.html.len();
    let inner = scope.clone();
    let attributes = place.attributes();
    let label = word(renderer.context.surroundings, "pagination");
    Wrapper::new("nav", "query-pagination")
        .attribute("aria-label", &label)
        .open(renderer, &attributes);
    let opened = renderer.html.len();
    let arrow = attributes.text(&["paginationArrow"]).filter(|arrow| *arrow != "none");
    let inner = inner.with_pagination(arrow, attributes.is_not_off(&["showLabel"]));
    renderer.nodes(place.document, place.inner(), &inner);
    if renderer.html[opened..].trim().is_empty() {
        renderer.html.truncate(start);
    } else {
        renderer.html.push_str("</nav>");
    }
}

/// Prints the link to the next page.
pub fn next(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    if found(renderer, scope).pages < 2 {
        return;
    }
    let attributes = place.attributes();
    let own = word(renderer.context.surroundings, "next_page");
    let label = attributes.text(&["label"]).unwrap_or(&own);
    let (arrow, shows_label) = scope.pagination();
    let home = renderer.context.surroundings.site().home;
    let name = (!shows_label).then_some(label);
    let mut wrapper = Wrapper::new("a", "query-pagination-next").attribute("href", home);
    if let Some(name) = name {
        wrapper = wrapper.attribute("aria-label", name);
    }
    wrapper.open(renderer, &attributes);
    let html = &mut renderer.html;
    if shows_label {
        push_attribute(html, label);
    }
    if let Some(arrow) = arrow {
        let sign = if arrow == "chevron" { "»" } else { "→" };
        let class = format!("wp-block-query-pagination-next-arrow is-arrow-{arrow}");
        let _ = write!(
            html,
            "<span{} aria-hidden=\"true\">{sign}</span>",
            attribute("class", Some(&class))
        );
    }
    html.push_str("</a>");
}

/// The number of the page a reader is on says nothing without the others.
pub fn numbers(_: &mut Renderer<'_>, _: &Place<'_>, _: &Scope) {}
