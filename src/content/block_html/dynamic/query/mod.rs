//! The query loop: a choice of posts, and a template for each of them.

mod choice;
mod pagination;

use std::cell::OnceCell;
use std::fmt::Write;
use std::rc::Rc;

use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, push_name};
use crate::content::block_html::layout;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::facts::PostFacts;

pub use crate::content::block_html::dynamic::query::choice::Found;

/// What a query loop says to the blocks within it.
#[derive(Debug, Default)]
pub struct Query {
    attributes: Attributes,
    /// What each of the blocks within it asks for: to find it takes a look at all posts.
    found: OnceCell<Rc<Found>>,
}

impl Query {
    /// Reads the attributes of the loop.
    pub fn of(attributes: Attributes) -> Self {
        Self { attributes, found: OnceCell::new() }
    }

    /// Returns the loop's name in addresses.
    fn name(&self) -> String {
        let id = self.attributes.count(&["queryId"]);
        id.map_or_else(|| "query".to_owned(), |id| format!("query-{id}"))
    }
}

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    match name {
        "post-template" => template(renderer, place, scope),
        "query-title" => title(renderer, &place.attributes(), scope),
        "query-total" => total(renderer, &place.attributes(), scope),
        "query-no-results" => {
            if found(renderer, scope).posts.is_empty() {
                let inner = scope.clone();
                let has_content = !place.is_empty();
                if has_content {
                    Wrapper::new("div", "query-no-results").open(renderer, &place.attributes());
                    renderer.nodes(place.document, place.inner(), &inner);
                    renderer.html.push_str("</div>");
                }
            }
        }
        "query-pagination" => pagination::all(renderer, place, scope),
        "query-pagination-previous" => pagination::previous(renderer, place, scope),
        "query-pagination-next" => pagination::next(renderer, place, scope),
        "query-pagination-numbers" => pagination::numbers(renderer, place, scope),
        _ => return false,
    }
    true
}

/// Returns the posts of the loop around a block: the latest if there is none.
fn found(renderer: &Renderer<'_>, scope: &Scope) -> Rc<Found> {
    match &scope.query {
        Some(query) => Rc::clone(query.found.get_or_init(|| find(renderer, query))),
        None => find(renderer, &Query::default()),
    }
}

fn find(renderer: &Renderer<'_>, query: &Query) -> Rc<Found> {
    let surroundings = renderer.context.surroundings;
    let own = renderer.context.setting.post;
    let page = surroundings.loop_page(&query.name()).max(1);
    Rc::new(choice::find(surroundings, &query.attributes, (own, page)))
}

fn template(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let found = found(renderer, scope);
    if found.posts.is_empty() {
        return;
    }
    let attributes = place.attributes();
    let mut wrapper = Wrapper::new("ul", "post-template");
    let is_grid = attributes.text(&["layout", "type"]) == Some("grid");
    let columns = attributes.count(&["layout", "columnCount"]).filter(|count| *count > 0);
    if let (true, Some(columns)) = (is_grid, columns) {
        wrapper = wrapper.class(format!("columns-{columns}"));
    }
    if let Some(class) = layout::responsive_grid(&attributes) {
        wrapper = wrapper.class(class);
    }
    // So the loop itself told it before WordPress 6.3.
    let layout = |name| ["displayLayout", name];
    if let Some(query) = &scope.query
        && query.attributes.text(&layout("type")) == Some("flex")
    {
        let columns = query.attributes.count(&layout("columns")).unwrap_or(3);
        wrapper = wrapper.class("is-flex-container").class(format!("columns-{columns}"));
    }
    wrapper.open(renderer, &attributes);
    for &id in &found.posts {
        let Some(post) = renderer.context.surroundings.post(id) else { continue };
        if !renderer.may_repeat(place) {
            break;
        }
        let classes = classes(renderer, &post);
        let _ = write!(renderer.html, "<li class=\"{classes}\">");
        let inner = scope.for_post(id);
        renderer.nodes(place.document, place.inner(), &inner);
        renderer.html.push_str("</li>");
    }
    renderer.html.push_str("</ul>");
}

/// Returns the classes WordPress gives a post in a list.
fn classes(renderer: &Renderer<'_>, post: &PostFacts<'_>) -> String {
    let surroundings = renderer.context.surroundings;
    let mut classes = format!(
        "wp-block-post post-{} {} type-{} status-publish",
        post.id.0, post.post_type, post.post_type
    );
    if post.post_type == "post" {
        let format = if post.format.is_empty() { "standard" } else { post.format };
        let _ = write!(classes, " format-{format}");
    }
    if post.featured_media.is_some_and(|id| surroundings.attachment(id).is_some()) {
        classes.push_str(" has-post-thumbnail");
    }
    classes.push_str(" hentry");
    for term in post.terms.iter().filter_map(|id| surroundings.term(*id)) {
        let taxonomy = match term.taxonomy {
            "post_tag" => "tag",
            other => other,
        };
        let is_name = term.slug.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let is_number = term.slug.bytes().all(|byte| byte.is_ascii_digit());
        match is_name && !is_number {
            true => drop(write!(classes, " {taxonomy}-{}", term.slug)),
            false => drop(write!(classes, " {taxonomy}-{}", term.id.0)),
        }
    }
    classes
}

/// In a single text there is no archive to have a title.
fn title(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    if attributes.text(&["type"]) != Some("post-type") {
        return;
    }
    let Some(query) = &scope.query else { return };
    let post_type = query.attributes.text(&["query", "postType"]).unwrap_or("post");
    let level = attributes.count(&["level"]).unwrap_or(1).min(6);
    let tag = if level == 0 { "p".to_owned() } else { format!("h{level}") };
    Wrapper::new(&tag, "query-title").open(renderer, attributes);
    push_name(&mut renderer.html, post_type);
    let _ = write!(renderer.html, "</{tag}>");
}

fn total(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let found = found(renderer, scope);
    let surroundings = renderer.context.surroundings;
    let number = |phrase: String| phrase.replace("{n}", &found.total.to_string());
    let shown = if attributes.text(&["displayType"]) == Some("range-display") {
        let before = (found.page - 1) * found.per_page;
        let from = before + usize::from(found.total > 0);
        let to = (before + found.per_page).min(found.total);
        let key = if to > from { "range" } else { "range_one" };
        let phrase = word(surroundings, key).replace("{from}", &from.to_string());
        phrase.replace("{to}", &to.to_string()).replace("{total}", &found.total.to_string())
    } else if found.total == 1 {
        number(word(surroundings, "results_one"))
    } else {
        number(word(surroundings, "results_many"))
    };
    Wrapper::new("div", "query-total").open(renderer, attributes);
    let _ = write!(renderer.html, "{shown}</div>");
}

/// Returns the scope of the blocks within a query loop.
pub fn scope_of(attributes: &Attributes) -> Rc<Query> {
    Rc::new(Query::of(attributes.clone()))
}
