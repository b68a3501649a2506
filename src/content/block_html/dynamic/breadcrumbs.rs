//! The way from the home page to a post.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::{address, term_address};
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, push_link, push_name};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::Surroundings;
use crate::content::surroundings::facts::{PostFacts, TermFacts};

/// So deep are pages and terms at most.
const DEEPEST: usize = 20;

/// Prints the way to a post.
pub fn breadcrumbs(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let surroundings = renderer.context.surroundings;
    let mut crumbs = String::new();
    if attributes.is_not_off(&["showHomeItem"]) {
        push(&mut crumbs, surroundings.site().home, &word(surroundings, "home"));
    }
    for page in pages_above(surroundings, post).iter().rev() {
        push(&mut crumbs, &address(page.id), page.title);
    }
    if post.post_type == "post" {
        for term in category_line(surroundings, post).iter().rev() {
            let mut name = String::new();
            push_name(&mut name, term.name);
            push(&mut crumbs, &term_address(term), &name);
        }
    }
    if attributes.is_not_off(&["showCurrentItem"]) {
        let _ = write!(crumbs, "<li><span aria-current=\"page\">{}</span></li>", post.title);
    }
    let separator = attributes.text(&["separator"]).unwrap_or("/");
    let label = word(surroundings, "breadcrumbs");
    Wrapper::new("nav", "breadcrumbs")
        .style(format!("--separator: \"{}\"", separator.replace(['"', '\\', ';', '<'], "")))
        .attribute("aria-label", &label)
        .open(renderer, attributes);
    let _ = write!(renderer.html, "<ol>{crumbs}</ol></nav>");
}

fn push(crumbs: &mut String, address: &str, name: &str) {
    crumbs.push_str("<li>");
    push_link(crumbs, address, "");
    let _ = write!(crumbs, "{name}</a></li>");
}

/// Returns the pages above one, from the nearest up.
fn pages_above<'s>(surroundings: &'s dyn Surroundings, post: &PostFacts<'_>) -> Vec<PostFacts<'s>> {
    let above = |post: &PostFacts<'_>| surroundings.post(post.parent?);
    let line = std::iter::successors(above(post), |page| above(page));
    line.take(DEEPEST).collect()
}

/// Returns the first category of a post and those above it, from that up.
fn category_line<'s>(
    surroundings: &'s dyn Surroundings,
    post: &PostFacts<'_>,
) -> Vec<TermFacts<'s>> {
    let own = post.terms.iter().filter_map(|id| surroundings.term(*id));
    let first = own.filter(|term| term.taxonomy == "category").min_by_key(|term| term.id);
    let line = std::iter::successors(first, |term| surroundings.term(term.parent?));
    line.take(DEEPEST).collect()
}
