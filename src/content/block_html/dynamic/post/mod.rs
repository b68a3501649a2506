//! Blocks of one post: the one they stand in, or that of the loop around them.

mod authors;
mod neighbours;
mod picture;

use std::borrow::Cow;
use std::fmt::Write;

use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::dynamic::{breadcrumbs, dates, excerpts};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::surroundings::facts::{PostFacts, TermFacts};
use crate::content::text;
use crate::model::PostId;

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    let print: fn(&mut Renderer<'_>, &Attributes, &PostFacts<'_>, &Scope) = match name {
        "post-title" => title,
        "post-date" => date,
        "post-author" => authors::author,
        "post-author-name" => authors::author_name,
        "post-author-biography" => authors::biography,
        "post-terms" => terms,
        "post-excerpt" => excerpt,
        "post-featured-image" => picture::picture,
        "post-content" => content,
        "post-comments-count" => comments_count,
        "post-comments-link" => comments_link,
        "post-navigation-link" => neighbours::neighbour,
        "post-time-to-read" => time_to_read,
        "read-more" => read_more,
        "footnotes" => footnotes,
        "breadcrumbs" => breadcrumbs::breadcrumbs,
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

fn excerpt(renderer: &mut Renderer<'_>, attributes: &Attributes, post: &PostFacts<'_>, _: &Scope) {
    let words = attributes.count(&["excerptLength"]).unwrap_or(55);
    let beginning = excerpts::of(renderer, post, words);
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
        let _ = write!(more, "{}</a>", with_plain_styles(words));
    }
    if more.is_empty() || !stands_below {
        let _ = write!(html, "{more}</p></div>");
    } else {
        let _ = write!(html, "</p><p class=\"wp-block-post-excerpt__more-text\">{more}</p></div>");
    }
}

/// Returns HTML without declarations of styles that call functions: WordPress lets none of them
/// through to where it filters what an author wrote.
fn with_plain_styles(html: &str) -> Cow<'_, str> {
    const STYLE: &str = " style=\"";
    if !html.contains(STYLE) {
        return Cow::Borrowed(html);
    }
    let mut parts = html.split(STYLE);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (style, rest) = part.split_once('"').unwrap_or((part, ""));
        let kept: Vec<&str> = style.split(';').filter(|it| !it.contains('(')).collect();
        if kept.iter().any(|declaration| !declaration.trim().is_empty()) {
            plain.extend([STYLE, &kept.join(";"), "\""]);
        }
        plain.push_str(rest);
    }
    Cow::Owned(plain)
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
        let key = if post.words == 1 { "words_one" } else { "words_many" };
        word(surroundings, key).replace("{n}", &post.words.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(with_plain_styles(html), expected);
    }

    #[test]
    fn styles_that_call_functions_go() {
        check(
            "<mark style=\"background-color:rgba(0, 0, 0, 0)\" class=\"a\">b</mark>",
            "<mark class=\"a\">b</mark>",
        );
        check("<b style=\"color:rgb(1,2,3);top:0\">a</b>", "<b style=\"top:0\">a</b>");
        check("<b style=\"color:red\">a</b>(c)", "<b style=\"color:red\">a</b>(c)");
    }
}
