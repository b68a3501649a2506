//! The way from page to page of a query loop. Where no more pages are made, what leads on leads to
//! the list of all posts.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::query::{Query, found};
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::{Pagination, Scope};
use crate::content::html::entities::push_attribute;

/// Prints the whole of it, unless there is nowhere to go.
pub fn all(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let start = renderer.html.len();
    let attributes = place.attributes();
    let label = word(renderer.context.surroundings, "pagination");
    Wrapper::new("nav", "query-pagination")
        .attribute("aria-label", &label)
        .open(renderer, &attributes);
    let opened = renderer.html.len();
    let arrow = attributes.text(&["paginationArrow"]).filter(|arrow| *arrow != "none");
    let pagination = Pagination {
        arrow: arrow.map(Into::into),
        shows_label: attributes.is_not_off(&["showLabel"]),
    };
    let inner = Scope { pagination, ..scope.clone() };
    renderer.nodes(place.document, place.inner(), &inner);
    if renderer.html[opened..].trim().is_empty() {
        renderer.html.truncate(start);
    } else {
        renderer.html.push_str("</nav>");
    }
}

/// Prints the link to the next page.
pub fn next(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let found = found(renderer, scope);
    if found.page < found.pages {
        step(renderer, place, scope, (Step::Next, found.page + 1));
    }
}

/// Prints the link to the previous page.
pub fn previous(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let found = found(renderer, scope);
    if found.page > 1 {
        step(renderer, place, scope, (Step::Previous, found.page - 1));
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Step {
    Previous,
    Next,
}

fn step(
    renderer: &mut Renderer<'_>,
    place: &Place<'_>,
    scope: &Scope,
    (step, page): (Step, usize),
) {
    let (name, key, signs) = match step {
        Step::Previous => ("query-pagination-previous", "previous_page", ["←", "«"]),
        Step::Next => ("query-pagination-next", "next_page", ["→", "»"]),
    };
    let surroundings = renderer.context.surroundings;
    let attributes = place.attributes();
    let own = word(surroundings, key);
    let label = attributes.text(&["label"]).unwrap_or(&own);
    let Pagination { arrow, shows_label } = &scope.pagination;
    let most = most_pages(renderer, scope);
    let href = match most > 1 && page <= most {
        true => page_address(renderer, scope, page),
        false => surroundings.site().home.to_owned(),
    };
    let mut wrapper = Wrapper::new("a", name).attribute("href", &href);
    if !*shows_label {
        wrapper = wrapper.attribute("aria-label", label);
    }
    wrapper.open(renderer, &attributes);
    let sign = arrow.as_deref().map(|arrow| {
        let class = attribute("class", Some(&format!("wp-block-{name}-arrow is-arrow-{arrow}")));
        let sign = signs[usize::from(arrow == "chevron")];
        format!("<span{class} aria-hidden=\"true\">{sign}</span>")
    });
    let sign = sign.unwrap_or_default();
    let html = &mut renderer.html;
    html.push_str(if step == Step::Previous { &sign } else { "" });
    if *shows_label {
        push_attribute(html, label);
    }
    html.push_str(if step == Step::Next { &sign } else { "" });
    html.push_str("</a>");
}

/// Returns how many pages of the loop around a block can be linked. A loop within a loop has its first
/// page alone, since it stands there for each post.
fn most_pages(renderer: &mut Renderer<'_>, scope: &Scope) -> usize {
    if scope.post.is_some() || !renderer.may_page(&name_of(scope)) {
        return 1;
    }
    renderer.context.surroundings.most_loop_pages(renderer.context.setting.post)
}

fn name_of(scope: &Scope) -> String {
    scope.query.as_deref().map_or_else(|| "query".to_owned(), Query::name)
}

/// Returns the address of a page of the loop around a block.
fn page_address(renderer: &Renderer<'_>, scope: &Scope, page: usize) -> String {
    let post = address(renderer.context.setting.post);
    match page {
        1 => post,
        _ => format!("{post}&{}-page={page}", name_of(scope)),
    }
}

/// Prints the numbers of the first and the last page and of those near the current one, if they
/// have an address.
pub fn numbers(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let found = found(renderer, scope);
    let pages = found.pages.min(most_pages(renderer, scope));
    if pages < 2 {
        return;
    }
    let attributes = place.attributes();
    let near = attributes.count(&["midSize"]).unwrap_or(2);
    Wrapper::new("div", "query-pagination-numbers").open(renderer, &attributes);
    let mut last = 0;
    for page in 1..=pages {
        let is_shown = page == 1 || page == pages || page.abs_diff(found.page) <= near;
        if !is_shown {
            continue;
        }
        let html = &mut renderer.html;
        html.push_str(if last > 0 { "\n" } else { "" });
        if page > last + 1 {
            html.push_str("<span class=\"page-numbers dots\">&hellip;</span>\n");
        }
        last = page;
        if page == found.page {
            let class = "<span aria-current=\"page\" class=\"page-numbers current\">";
            let _ = write!(renderer.html, "{class}{page}</span>");
        } else {
            let href = page_address(renderer, scope, page);
            push_link(&mut renderer.html, &href, " class=\"page-numbers\"");
            let _ = write!(renderer.html, "{page}</a>");
        }
    }
    renderer.html.push_str("</div>");
}
