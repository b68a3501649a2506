//! The latest posts.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::dynamic::{dates, excerpts};
use crate::content::block_html::layout;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::{Place as Decoded, decode, push_attribute, push_text};
use crate::content::pictures;
use crate::content::surroundings::facts::PostFacts;
use crate::content::text::plain_text;
use crate::model::{PostId, TermId};

/// Prints the block.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    if name != "latest-posts" {
        return false;
    }
    let attributes = place.attributes();
    let posts = chosen(renderer, &attributes);
    list(renderer, place, (&attributes, &posts), scope);
    true
}

/// Lists posts, and of each what the attributes of the block say.
pub fn list(
    renderer: &mut Renderer<'_>,
    place: &Place<'_>,
    (attributes, posts): (&Attributes, &[PostId]),
    scope: &Scope,
) {
    let mut wrapper = Wrapper::new("ul", "latest-posts").class("wp-block-latest-posts__list");
    for class in grid(attributes) {
        wrapper = wrapper.class(class);
    }
    if attributes.is_on(&["displayPostDate"]) {
        wrapper = wrapper.class("has-dates");
    }
    if attributes.is_on(&["displayAuthor"]) {
        wrapper = wrapper.class("has-author");
    }
    wrapper.open(renderer, attributes);
    for &id in posts {
        let surroundings = renderer.context.surroundings;
        if let Some(post) = surroundings.post(id)
            && renderer.may_repeat(place)
        {
            item(renderer, attributes, &post, scope);
        }
    }
    renderer.html.push_str("</ul>");
}

/// Returns the classes of a list in columns. A layout says how many; older blocks say it themselves.
fn grid(attributes: &Attributes) -> Vec<String> {
    let has_layout = attributes.text(&["layout", "type"]) == Some("grid");
    let columns = match has_layout {
        true => attributes.count(&["layout", "columnCount"]),
        false if attributes.text(&["postLayout"]) == Some("grid") => {
            Some(attributes.count(&["columns"]).unwrap_or(3))
        }
        false => return Vec::new(),
    };
    let columns = columns.filter(|columns| *columns > 0);
    let mut classes = vec!["is-grid".to_owned()];
    classes.extend(columns.map(|columns| format!("columns-{columns}")));
    if let Some(class) = layout::responsive_grid(attributes) {
        classes.push(class.to_owned());
    }
    classes
}

fn chosen(renderer: &Renderer<'_>, attributes: &Attributes) -> Vec<PostId> {
    let surroundings = renderer.context.surroundings;
    let author = attributes.id(&["selectedAuthor"]);
    // Long ago there was but one.
    let one = attributes.id(&["categories"]);
    let terms = attributes.ids(&["categories"]).into_iter().chain(one).map(TermId);
    let terms: Vec<TermId> = terms.collect();
    let is_wanted = |post: &PostFacts<'_>| {
        let has_term = terms.is_empty() || terms.iter().any(|term| post.terms.contains(term));
        author.is_none_or(|author| post.author.0 == author) && has_term
    };
    let count = attributes.count(&["postsToShow"]).unwrap_or(5).clamp(1, 100);
    let ids = surroundings.posts("post");
    let is_up = attributes.text(&["order"]).is_some_and(|order| order.eq_ignore_ascii_case("asc"));
    let find = |id: PostId| surroundings.post(id).filter(is_wanted);
    if attributes.text(&["orderBy"]) == Some("title") {
        let mut posts: Vec<PostFacts<'_>> = ids.into_iter().filter_map(find).collect();
        posts.sort_by_cached_key(|post| plain_text(post.title).to_lowercase());
        if !is_up {
            posts.reverse();
        }
        return posts.iter().take(count).map(|post| post.id).collect();
    }
    match is_up {
        true => ids.into_iter().rev().filter_map(find).take(count).map(|post| post.id).collect(),
        false => ids.into_iter().filter_map(find).take(count).map(|post| post.id).collect(),
    }
}

fn item(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, scope: &Scope) {
    let surroundings = renderer.context.surroundings;
    let title = match post.title.trim() {
        "" => word(surroundings, "no_title"),
        title => title.to_owned(),
    };
    renderer.html.push_str("<li>");
    if attributes.is_on(&["displayFeaturedImage"]) {
        picture(renderer, attributes, post, &title);
    }
    let html = &mut renderer.html;
    push_link(html, &address(post.id), " class=\"wp-block-latest-posts__post-title\"");
    let _ = write!(html, "{title}</a>");
    if attributes.is_on(&["displayAuthor"])
        && let Some(author) = surroundings.author(post.author)
    {
        let by = word(surroundings, "by").replace("{name}", author.name);
        html.push_str("<div class=\"wp-block-latest-posts__post-author\">");
        push_text(html, &by);
        html.push_str("</div>");
    }
    if let (true, Some(date)) = (attributes.is_on(&["displayPostDate"]), post.date) {
        let words = dates::written(renderer, &date, "");
        let class = " class=\"wp-block-latest-posts__post-date\"";
        dates::push(&mut renderer.html, &date, &words, class);
    }
    if attributes.is_on(&["displayPostContent"]) {
        match attributes.text(&["displayPostContentRadio"]) {
            Some("full_post") => whole(renderer, post, scope),
            _ => excerpt(renderer, attributes, post, &title),
        }
    }
    renderer.html.push_str("</li>\n");
}

fn picture(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    title: &str,
) {
    let media = post.featured_media.and_then(|id| renderer.context.surroundings.attachment(id));
    let Some(media) = media else { return };
    let html = &mut renderer.html;
    html.push_str("<div class=\"wp-block-latest-posts__featured-image");
    if let Some(align) = attributes.text(&["featuredImageAlign"]) {
        html.push_str(" align");
        push_attribute(html, align);
    }
    html.push_str("\">");
    let is_link = attributes.is_on(&["addLinkToFeaturedImage"]);
    if is_link {
        push_link(
            html,
            &address(post.id),
            &attribute("aria-label", Some(&decode(title, Decoded::Text))),
        );
    }
    let size = attributes.text(&["featuredImageSizeSlug"]).unwrap_or("thumbnail");
    let class = format!("attachment-{size} size-{size} wp-post-image");
    let side = |name, property| {
        let pixels = attributes.count(&[name]);
        pixels.map(|pixels| format!("{property}:{pixels}px;")).unwrap_or_default()
    };
    let style = side("featuredImageSizeWidth", "max-width")
        + &side("featuredImageSizeHeight", "max-height");
    let style = Some(style.as_str()).filter(|style| !style.is_empty());
    let more = attribute("class", Some(&class)) + &attribute("style", style);
    pictures::push(html, &media, size, &more);
    html.push_str(if is_link { "</a></div>" } else { "</div>" });
}

fn excerpt(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    title: &str,
) {
    let words = attributes.count(&["excerptLength"]).unwrap_or(55);
    let beginning = excerpts::of(renderer, post, words);
    let more = word(renderer.context.surroundings, "read_more");
    let html = &mut renderer.html;
    html.push_str("<div class=\"wp-block-latest-posts__post-excerpt\">");
    match post.excerpt_html {
        Some(own) => html.push_str(own),
        None => push_text(html, &beginning.text),
    }
    if beginning.is_cut && !post.has_own_excerpt {
        html.push_str("… ");
        let class = " class=\"wp-block-latest-posts__read-more\" rel=\"noopener\"";
        push_link(html, &address(post.id), class);
        let _ = write!(html, "{more}<span class=\"screen-reader-text\">: {title}</span></a>");
    }
    html.push_str("</div>");
}

fn whole(renderer: &mut Renderer<'_>, post: &PostFacts<'_>, scope: &Scope) {
    let inner = scope.for_post(post.id);
    let text = renderer.text_of(post.id, &inner).unwrap_or_default();
    let _ = write!(
        renderer.html,
        "<div class=\"wp-block-latest-posts__post-full-content\">{text}</div>"
    );
}
