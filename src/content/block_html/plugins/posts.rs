//! Lists of a site's posts, as WordPress.com and Newspack have them on front pages: made as WordPress's
//! own list of latest posts is.

use serde_json::{Value, json};

use crate::content::block_html::dynamic::latest;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_text;
use crate::content::surroundings::facts::PostFacts;
use crate::model::{PostId, TermId};

/// Prints a list. Returns whether there is one.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) -> bool {
    let attributes = place.attributes();
    let posts = chosen(renderer, &attributes);
    renderer.listed.extend(&posts);
    if let Some(header) = attributes.text(&["sectionHeader"]) {
        renderer.html.push_str("<h2 class=\"article-section-title\">");
        push_text(&mut renderer.html, header);
        renderer.html.push_str("</h2>");
    }
    latest::list(renderer, place, (&as_latest(&attributes), &posts), scope);
    true
}

/// Returns which posts a list shows. One that is in a list already is in no other on the page, and not
/// in one on its own page.
fn chosen(renderer: &Renderer<'_>, attributes: &Attributes) -> Vec<PostId> {
    let surroundings = renderer.context.surroundings;
    let count = attributes.count(&["postsToShow"]).unwrap_or(3).clamp(1, 100);
    let named = attributes.ids(&["specificPosts"]);
    if attributes.is_on(&["specificMode"]) && !named.is_empty() {
        let named = named.into_iter().map(PostId);
        return named.filter(|id| surroundings.post(*id).is_some()).take(count).collect();
    }
    let ids = |name: &str| attributes.ids(&[name]);
    let terms = |name: &str| ids(name).into_iter().map(TermId).collect::<Vec<_>>();
    let (categories, tags) = (terms("categories"), terms("tags"));
    let authors = ids("authors");
    let is_new = attributes.is_not_off(&["deduplicate"]);
    let is_wanted = |post: &PostFacts<'_>| {
        let has_any =
            |terms: &[TermId]| terms.is_empty() || terms.iter().any(|it| post.terms.contains(it));
        has_any(&categories)
            && has_any(&tags)
            && (authors.is_empty() || authors.contains(&post.author.0))
            && post.id != renderer.context.setting.post
            && !(is_new && renderer.listed.contains(&post.id))
    };
    let posts = surroundings.posts("post").into_iter().filter_map(|id| surroundings.post(id));
    posts.filter(is_wanted).take(count).map(|post| post.id).collect()
}

/// Says what a list shows of each post as the block `core/latest-posts` says it.
fn as_latest(attributes: &Attributes) -> Attributes {
    let is_shown = |name: &str| attributes.is_not_off(&[name]);
    let is_grid = attributes.text(&["postLayout"]) == Some("grid");
    Attributes::from_value(json!({
        "displayFeaturedImage": is_shown("showImage"),
        "addLinkToFeaturedImage": true,
        "featuredImageSizeSlug": "large",
        "displayPostContent": is_shown("showExcerpt"),
        "displayPostDate": is_shown("showDate"),
        "displayAuthor": is_shown("showAuthor"),
        "excerptLength": attributes.count(&["excerptLength"]),
        "postLayout": if is_grid { "grid" } else { "list" },
        "columns": attributes.count(&["columns"]).unwrap_or(3),
        "className": attributes.at(&["className"]).and_then(Value::as_str),
        "align": attributes.at(&["align"]).and_then(Value::as_str),
    }))
}
