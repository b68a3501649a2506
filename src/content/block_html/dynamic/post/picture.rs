//! The picture shown with a post.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::{address, link_attributes};
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::block_html::sheet::is_value;
use crate::content::block_html::supports;
use crate::content::block_html::supports::values::css;
use crate::content::blocks::attributes::Attributes;
use crate::content::pictures;
use crate::content::surroundings::facts::PostFacts;
use crate::content::text;

/// Prints the picture.
pub fn picture(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let media = post.featured_media.and_then(|id| renderer.context.surroundings.attachment(id));
    let Some(mut media) = media else { return };
    let own = |name| attributes.text(&[name]);
    let mut style: Vec<String> = Vec::new();
    let has_shape = own("aspectRatio").is_some();
    match (own("width"), own("height")) {
        (None, None) if has_shape => style.push("width:100%;height:100%".to_owned()),
        (width, height) => {
            style.extend(width.map(|width| format!("width:{width}")));
            let height = height.or((width.is_some() && !has_shape).then_some("auto"));
            style.extend(height.map(|height| format!("height:{height}")));
        }
    }
    style.push(format!("object-fit:{}", own("scale").unwrap_or("cover")));
    let border = supports::border_of(attributes);
    style.extend(Some(border.style()).filter(|style| !style.is_empty()));
    let shadow = attributes.text(&["style", "shadow"]).map(css).filter(|it| is_value(it));
    style.extend(shadow.map(|shadow| format!("box-shadow:{shadow}")));
    let size = own("sizeSlug").unwrap_or("post-thumbnail");
    let classes: String = border.classes.iter().map(|class| format!(" {class}")).collect();
    let class = format!("attachment-{size} size-{size} wp-post-image{classes}");
    let more = attribute("class", Some(&class)) + &attribute("style", Some(&style.join(";")));
    let mut wrapper = Wrapper::new("figure", "post-featured-image");
    if let Some(ratio) = own("aspectRatio") {
        wrapper = wrapper.style(format!("aspect-ratio:{ratio}"));
    }
    wrapper.open(renderer, attributes);
    let is_link = attributes.is_on(&["isLink"]);
    if is_link {
        // What a link leads to is its name.
        media.alt = text::plain_text(post.title);
        push_link(&mut renderer.html, &address(post.id), &link_attributes(attributes));
    }
    pictures::push(&mut renderer.html, &media, size, &more);
    renderer.html.push_str(if is_link { "</a>" } else { "" });
    overlay(&mut renderer.html, attributes);
    renderer.html.push_str("</figure>");
}

fn overlay(html: &mut String, attributes: &Attributes) {
    let Some(ratio) = attributes.count(&["dimRatio"]).filter(|ratio| *ratio > 0) else { return };
    let mut class = "wp-block-post-featured-image__overlay has-background-dim".to_owned();
    let _ = write!(class, " has-background-dim-{ratio}");
    if let Some(color) = attributes.text(&["overlayColor"]) {
        let _ = write!(class, " has-{color}-background-color");
    }
    let own =
        attributes.text(&["customOverlayColor"]).map(|color| format!("background-color:{color}"));
    let _ = write!(
        html,
        "<span{}{} aria-hidden=\"true\"></span>",
        attribute("class", Some(&class)),
        attribute("style", own.as_deref())
    );
}
