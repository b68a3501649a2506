//! Who wrote a post.

use std::fmt::Write;

use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_text;
use crate::content::surroundings::facts::PostFacts;
use crate::model::AuthorId;

/// Prints the author with what they say of themselves.
pub fn author(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let Some(author) = renderer.context.surroundings.author(post.author) else { return };
    Wrapper::new("div", "post-author").open(renderer, attributes);
    let html = &mut renderer.html;
    html.push_str("<div class=\"wp-block-post-author__content\">");
    if let Some(byline) = attributes.text(&["byline"]) {
        let _ = write!(html, "<p class=\"wp-block-post-author__byline\">{byline}</p>");
    }
    html.push_str("<p class=\"wp-block-post-author__name\">");
    let is_link = attributes.is_on(&["isLink"]);
    if is_link {
        open_link(html, attributes, author.id, "");
    }
    push_text(html, author.name);
    html.push_str(if is_link { "</a></p>" } else { "</p>" });
    if attributes.is_on(&["showBio"]) {
        let _ = write!(html, "<p class=\"wp-block-post-author__bio\">{}</p>", author.description);
    }
    html.push_str("</div></div>");
}

/// Prints the name alone.
pub fn author_name(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let Some(author) = renderer.context.surroundings.author(post.author) else { return };
    Wrapper::new("div", "post-author-name").open(renderer, attributes);
    let html = &mut renderer.html;
    let is_link = attributes.is_on(&["isLink"]);
    if is_link {
        let class = " class=\"wp-block-post-author-name__link\"";
        open_link(html, attributes, author.id, class);
    }
    push_text(html, author.name);
    html.push_str(if is_link { "</a></div>" } else { "</div>" });
}

/// Opens a link to the author's archive, with the attributes in `more`.
fn open_link(html: &mut String, attributes: &Attributes, author: AuthorId, more: &str) {
    let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
    let more = attribute("target", Some(target)) + more;
    push_link(html, &format!("/?author={}", author.0), &more);
}

/// Prints what the author says of themselves.
pub fn biography(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let Some(author) = renderer.context.surroundings.author(post.author) else { return };
    if author.description.is_empty() {
        return;
    }
    Wrapper::new("div", "post-author-biography").open(renderer, attributes);
    let _ = write!(renderer.html, "{}</div>", author.description);
}
