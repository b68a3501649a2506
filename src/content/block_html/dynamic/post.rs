//! Blocks of one post: the one they stand in, or that of the loop around them.

use std::fmt::Write;

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::supports::{self, Without};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::shortcodes::pictures;
use crate::content::surroundings::facts::{PostFacts, TermFacts};
use crate::content::text;
use crate::model::PostId;

use super::words::word;
use super::wrapper::{Wrapper, attribute, push_link, push_name};
use super::{dates, excerpts};

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    let print: fn(&mut Renderer<'_>, &Attributes, &PostFacts<'_>, &Scope) = match name {
        "post-title" => title,
        "post-date" => date,
        "post-author" => author,
        "post-author-name" => author_name,
        "post-author-biography" => biography,
        "post-terms" => terms,
        "post-excerpt" => excerpt,
        "post-featured-image" => picture,
        "post-content" => content,
        "post-comments-count" => comments_count,
        "post-comments-link" => comments_link,
        "post-navigation-link" => neighbour,
        "post-time-to-read" => time_to_read,
        "read-more" => read_more,
        "footnotes" => footnotes,
        "breadcrumbs" => super::navigation::breadcrumbs,
        _ => return false,
    };
    let surroundings = renderer.context.surroundings;
    if let Some(post) = surroundings.post(scope.post_or(renderer)) {
        print(renderer, &place.attributes(), &post, scope);
    }
    true
}

/// Returns the address of a post, as on every old site.
pub fn address(id: PostId) -> String {
    format!("/?p={}", id.0)
}

/// Returns the address of a term's posts.
pub fn term_address(term: &TermFacts<'_>) -> String {
    format!("/?cat={}", term.id.0)
}

fn title(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
    if post.title.trim().is_empty() {
        return;
    }
    let level = attributes.count(&["level"]).unwrap_or(2).min(6);
    let tag = if level == 0 { "p".to_owned() } else { format!("h{level}") };
    Wrapper::new(&tag, "post-title").open(renderer, attributes);
    let is_link = attributes.is_on(&["isLink"]);
    if is_link {
        push_link(&mut renderer.html, &address(post.id), &link_attributes(attributes));
    }
    renderer.html.push_str(post.title);
    renderer.html.push_str(if is_link { "</a>" } else { "" });
    let _ = write!(renderer.html, "</{tag}>");
}

fn link_attributes(attributes: &Attributes) -> String {
    let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
    attribute("target", Some(target)) + &attribute("rel", attributes.text(&["rel"]))
}

fn date(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
    let field = attributes.text(&["metadata", "bindings", "datetime", "args", "field"]);
    let is_modified =
        attributes.text(&["displayType"]) == Some("modified") || field == Some("modified");
    let own = attributes.text(&["datetime"]).filter(|_| field.is_none());
    let moment = match own.map(chrono::DateTime::parse_from_rfc3339) {
        Some(own) => own.ok(),
        None if is_modified => post.modified.filter(|modified| Some(*modified) > post.date),
        None => post.date,
    };
    let Some(moment) = moment else { return };
    let mut wrapper = Wrapper::new("div", "post-date");
    if is_modified {
        wrapper = wrapper.class("wp-block-post-date__modified-date");
    }
    wrapper.open(renderer, attributes);
    let format = attributes.text(&["format"]).filter(|format| *format != "human-diff");
    let words = dates::written(renderer, &moment, format.unwrap_or_default());
    let is_link = attributes.is_on(&["isLink"]);
    let html = &mut renderer.html;
    if is_link {
        push_link(html, &address(post.id), "");
    }
    let machine = own.map_or_else(|| dates::machine(&moment), str::to_owned);
    let _ = write!(html, "<time{}>", attribute("datetime", Some(&machine)));
    push_attribute(html, &words);
    html.push_str(if is_link { "</time></a></div>" } else { "</time></div>" });
}

fn author(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
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
        let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
        push_link(html, &format!("/?author={}", author.id.0), &attribute("target", Some(target)));
    }
    push_name(html, author.name);
    html.push_str(if is_link { "</a></p>" } else { "</p>" });
    if attributes.is_on(&["showBio"]) {
        let _ = write!(html, "<p class=\"wp-block-post-author__bio\">{}</p>", author.description);
    }
    html.push_str("</div></div>");
}

fn author_name(
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
        let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
        let more = attribute("target", Some(target)) + " class=\"wp-block-post-author-name__link\"";
        push_link(html, &format!("/?author={}", author.id.0), &more);
    }
    push_text(html, author.name);
    html.push_str(if is_link { "</a></div>" } else { "</div>" });
}

fn biography(
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

fn terms(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
    let Some(taxonomy) = attributes.text(&["term"]) else { return };
    let surroundings = renderer.context.surroundings;
    let own = post.terms.iter().filter_map(|id| surroundings.term(*id));
    let mut own: Vec<_> = own.filter(|term| term.taxonomy == taxonomy).collect();
    if own.is_empty() {
        return;
    }
    own.sort_by_cached_key(|term| term.name.to_lowercase());
    Wrapper::new("div", "post-terms")
        .class(format!("taxonomy-{taxonomy}"))
        .open(renderer, attributes);
    let html = &mut renderer.html;
    if let Some(prefix) = attributes.text(&["prefix"]) {
        let _ = write!(html, "<span class=\"wp-block-post-terms__prefix\">{prefix}</span>");
    }
    let separator = attributes.at(&["separator"]).and_then(serde_json::Value::as_str);
    for (index, term) in own.iter().enumerate() {
        if index > 0 {
            html.push_str("<span class=\"wp-block-post-terms__separator\">");
            push_attribute(html, separator.unwrap_or(", "));
            html.push_str("</span>");
        }
        push_link(html, &term_address(term), " rel=\"tag\"");
        push_text(html, term.name);
        html.push_str("</a>");
    }
    if let Some(suffix) = attributes.text(&["suffix"]) {
        let _ = write!(html, "<span class=\"wp-block-post-terms__suffix\">{suffix}</span>");
    }
    html.push_str("</div>");
}

fn excerpt(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    scope: &Scope,
) {
    // A post in its own text shows nothing: it would hold itself.
    let is_own = scope.post.is_none();
    let words = attributes.count(&["excerptLength"]).unwrap_or(55);
    let beginning = if is_own && !post.has_own_excerpt {
        excerpts::Beginning::default()
    } else {
        excerpts::of(renderer, post, words)
    };
    let is_cut = beginning.is_cut && !post.has_own_excerpt;
    let mut wrapper = Wrapper::new("div", "post-excerpt");
    if let Some(align) = attributes.text(&["textAlign"]) {
        wrapper = wrapper.class(format!("has-text-align-{align}"));
    }
    wrapper.open(renderer, attributes);
    let html = &mut renderer.html;
    html.push_str("<p class=\"wp-block-post-excerpt__excerpt\">");
    push_text(html, &beginning.text);
    html.push_str(if is_cut { "… " } else { " " });
    let stands_below = attributes.is_not_off(&["showMoreOnNewLine"]);
    let mut more = String::new();
    if let Some(words) = attributes.text(&["moreText"]) {
        push_link(&mut more, &address(post.id), " class=\"wp-block-post-excerpt__more-link\"");
        let _ = write!(more, "{words}</a>");
    }
    if more.is_empty() || !stands_below {
        let _ = write!(html, "{more}</p></div>");
    } else {
        let _ = write!(html, "</p><p class=\"wp-block-post-excerpt__more-text\">{more}</p></div>");
    }
}

fn picture(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
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
    let size = own("sizeSlug").unwrap_or("post-thumbnail");
    let classes: String = border.classes.iter().map(|class| format!(" {class}")).collect();
    let class = format!("attachment-{size} size-{size} wp-post-image{classes}");
    let more = attribute("class", Some(&class)) + &attribute("style", Some(&style.join(";")));
    let without = Without { border: true, ..Without::default() };
    let mut wrapper = Wrapper::new("figure", "post-featured-image").without(without);
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

/// A post's text, within another text.
fn content(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    scope: &Scope,
) {
    let inner = scope.for_post(post.id);
    let Some(made) = renderer.text_of(post.id, &inner) else { return };
    let made = teaser(renderer, post, made);
    if made.trim().is_empty() {
        return;
    }
    Wrapper::new("div", "post-content").class("entry-content").open(renderer, attributes);
    renderer.html.push_str(&made);
    renderer.html.push_str("</div>");
}

/// In a list a text ends where its author says so.
fn teaser(renderer: &Renderer<'_>, post: &PostFacts<'_>, mut text: String) -> String {
    let Some(end) = text.find("<!--more") else { return text };
    text.truncate(end);
    let surroundings = renderer.context.surroundings;
    let name =
        word(surroundings, "continue_reading").replace("{title}", &text::plain_text(post.title));
    let address = format!("{}#more-{}", address(post.id), post.id.0);
    push_link(&mut text, &address, " class=\"more-link\"");
    let words = word(surroundings, "more");
    let _ = write!(text, "<span{}>{words}</span></a>", attribute("aria-label", Some(&name)));
    text
}

fn comments_count(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    Wrapper::new("div", "post-comments-count").open(renderer, attributes);
    let _ = write!(renderer.html, "{}</div>", post.comments);
}

fn comments_link(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    if post.comments == 0 && !post.comments_open {
        return;
    }
    let surroundings = renderer.context.surroundings;
    let key = match post.comments {
        0 => "comment_count_none",
        1 => "comment_count_one",
        _ => "comment_count_many",
    };
    let count = word(surroundings, key).replace("{n}", &post.comments.to_string());
    let on = word(surroundings, "comments_on").replace("{title}", post.title);
    Wrapper::new("div", "post-comments-link").open(renderer, attributes);
    let fragment = if post.comments == 0 { "respond" } else { "comments" };
    push_link(&mut renderer.html, &format!("{}#{fragment}", address(post.id)), "");
    let _ =
        write!(renderer.html, "{count}<span class=\"screen-reader-text\">{on}</span></a></div>");
}

fn neighbour(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let surroundings = renderer.context.surroundings;
    let kind = attributes.text(&["type"]).unwrap_or("next");
    let other = adjacent(renderer, attributes, post, kind);
    let (rel, name) = if kind == "previous" { ("prev", "previous") } else { ("next", "next") };
    let label = match attributes.text(&["label"]) {
        Some(label) => label.to_owned(),
        None => word(surroundings, name),
    };
    let shows_title = attributes.is_on(&["showTitle"]);
    let mut wrapper = Wrapper::new("div", "post-navigation-link");
    wrapper = wrapper.class(format!("post-navigation-link-{name}"));
    wrapper.open(renderer, attributes);
    let html = &mut renderer.html;
    let Some(other) = other else {
        html.push_str("</div>");
        return;
    };
    let arrow = match (attributes.text(&["arrow"]), name) {
        (Some("arrow"), "previous") => Some("←"),
        (Some("arrow"), _) => Some("→"),
        (Some("chevron"), "previous") => Some("«"),
        (Some("chevron"), _) => Some("»"),
        _ => None,
    };
    let sign = arrow.map(|arrow| {
        let kind = attributes.text(&["arrow"]).unwrap_or_default();
        format!("<span class=\"wp-block-post-navigation-link__arrow-{name} is-arrow-{kind}\" aria-hidden=\"true\">{arrow}</span>")
    });
    if name == "previous" {
        html.push_str(sign.as_deref().unwrap_or_default());
    }
    let is_whole = attributes.is_on(&["linkLabel"]);
    let link =
        |html: &mut String| push_link(html, &address(other.id), &attribute("rel", Some(rel)));
    match (shows_title, is_whole) {
        (false, _) => {
            link(html);
            let _ = write!(html, "{label}</a>");
        }
        (true, true) => {
            link(html);
            let _ = write!(
                html,
                "<span class=\"post-navigation-link__label\">{label}</span> <span class=\"post-navigation-link__title\">{}</span></a>",
                other.title
            );
        }
        (true, false) => {
            let _ = write!(
                html,
                "<span class=\"post-navigation-link__label\">{label}</span> <span class=\"post-navigation-link__title\">"
            );
            link(html);
            let _ = write!(html, "{}</a></span>", other.title);
        }
    }
    if name == "next" {
        html.push_str(sign.as_deref().unwrap_or_default());
    }
    html.push_str("</div>");
}

/// Returns the post before or after one, of the same terms if the block asks for that.
fn adjacent<'s>(
    renderer: &Renderer<'s>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    kind: &str,
) -> Option<PostFacts<'s>> {
    let surroundings = renderer.context.surroundings;
    let Some(taxonomy) = attributes.text(&["taxonomy"]) else {
        let other = if kind == "previous" { post.previous } else { post.next };
        return surroundings.post(other?);
    };
    let is_shared = |id: &&crate::model::TermId| {
        surroundings.term(**id).is_some_and(|term| term.taxonomy == taxonomy)
    };
    let terms: Vec<_> = post.terms.iter().filter(is_shared).collect();
    let ids = surroundings.posts(post.post_type);
    let own = ids.iter().position(|id| *id == post.id)?;
    let find = |id: &PostId| {
        let other = surroundings.post(*id)?;
        other.terms.iter().any(|term| terms.contains(&term)).then_some(other)
    };
    match kind {
        "previous" => ids[own + 1..].iter().find_map(find),
        _ => ids[..own].iter().rev().find_map(find),
    }
}

/// WordPress reckons with 189 words a minute, and tells a range around that.
fn time_to_read(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let surroundings = renderer.context.surroundings;
    let words = f64::from(post.words);
    let kind = attributes.text(&["displayMode"]).unwrap_or("time");
    let (fast, slow) = (words / 227.0, words / 151.0);
    let shown = if kind == "words" {
        post.words.to_string()
    } else if attributes.is_not_off(&["displayAsRange"]) {
        let from = (fast.round() as u64).max(1);
        let to = (slow.round() as u64).max(from + 1);
        let phrase = word(surroundings, "minutes");
        phrase.replace("{from}", &from.to_string()).replace("{to}", &to.to_string())
    } else {
        let minutes = ((words / 189.0).round() as u64).max(1);
        let key = if minutes == 1 { "minutes_one" } else { "minutes_exact" };
        word(surroundings, key).replace("{n}", &minutes.to_string())
    };
    Wrapper::new("div", "post-time-to-read").open(renderer, attributes);
    let _ = write!(renderer.html, "{shown}</div>");
}

fn read_more(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let surroundings = renderer.context.surroundings;
    let title = match post.title.trim() {
        "" => word(surroundings, "untitled").replace("{id}", &post.id.0.to_string()),
        title => title.to_owned(),
    };
    let words = match attributes.text(&["content"]) {
        Some(words) => words.to_owned(),
        None => word(surroundings, "read_more"),
    };
    let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
    Wrapper::new("a", "read-more")
        .attribute("href", &address(post.id))
        .attribute("target", target)
        .open(renderer, attributes);
    let _ = write!(renderer.html, "{words}<span class=\"screen-reader-text\">: {title}</span></a>");
}

/// The notes of a post, which its marks lead to.
fn footnotes(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let notes: Vec<serde_json::Value> = serde_json::from_str(post.footnotes).unwrap_or_default();
    if notes.is_empty() {
        return;
    }
    let jump = word(renderer.context.surroundings, "jump_to_reference");
    Wrapper::new("ol", "footnotes").open(renderer, attributes);
    let html = &mut renderer.html;
    for (index, note) in notes.iter().enumerate() {
        let text = |name| note.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let id = text("id");
        let _ = write!(html, "<li{}>{} ", attribute("id", Some(id)), text("content"));
        let label = jump.replace("{n}", &(index + 1).to_string());
        push_link(html, &format!("#{id}-link"), &attribute("aria-label", Some(&label)));
        html.push_str("↩\u{fe0e}</a></li>");
    }
    html.push_str("</ol>");
}
