//! Blocks that say in their attributes what stood on the page: sites, texts, questions, goods.

use serde_json::Value;

use crate::content::block_html::dynamic::wrapper::push_link;
use crate::content::block_html::plugins::Made;
use crate::content::block_html::plugins::left_out::{Dead, tell};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::markdown;

/// Prints a site of a list of sites. Returns whether it is named.
pub fn entry(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let Some(url) = attributes.text(&["url"]) else { return false };
    let html = &mut renderer.html;
    html.push_str("<p class=\"wp-block-jetpack-blogroll-item\">");
    push_link(html, url, "");
    push_text(html, attributes.text(&["name"]).unwrap_or(url));
    html.push_str("</a>");
    if let Some(words) = attributes.text(&["description"]) {
        html.push_str("<br>");
        push_text(html, words);
    }
    html.push_str("</p>");
    true
}

/// Prints a text in Markdown. Returns whether there is one.
pub fn source(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let Some(source) = attributes.text(&["source"]) else { return false };
    renderer.html.push_str(&markdown::to_html(source));
    true
}

/// Prints a question and its answers, which nobody counts any more.
pub fn poll(renderer: &mut Renderer<'_>, place: &Place<'_>) -> Made {
    let attributes = place.attributes();
    let Some(question) = attributes.text(&["question"]) else { return Made::Saved };
    let answers = attributes.at(&["answers"]).and_then(Value::as_array);
    let html = &mut renderer.html;
    html.push_str("<p><strong>");
    push_text(html, question);
    html.push_str("</strong></p>");
    if let Some(note) = attributes.text(&["note"]) {
        html.push_str("<p>");
        push_text(html, note);
        html.push_str("</p>");
    }
    html.push_str("<ul>");
    for answer in answers.into_iter().flatten() {
        if let Some(text) = answer.get("text").and_then(Value::as_str) {
            html.push_str("<li>");
            push_text(html, text);
            html.push_str("</li>");
        }
    }
    html.push_str("</ul>");
    let message = "a poll shows its question and answers, but nobody counts votes any more";
    let help = "write into the post how it ended";
    renderer.fates.leave_out("dead-form", "polls", (message, help));
    Made::Unanswered
}

/// Prints what was for sale, without the button to pay.
pub fn product(renderer: &mut Renderer<'_>, place: &Place<'_>) -> Made {
    let attributes = place.attributes();
    let Some(title) = attributes.text(&["title"]) else {
        tell(renderer, Dead::Payment);
        return Made::Unanswered;
    };
    let html = &mut renderer.html;
    if let Some(picture) = attributes.text(&["featuredMediaUrl"]) {
        html.push_str("<figure class=\"wp-block-image\"><img alt=\"\" src=\"");
        push_attribute(html, picture);
        html.push_str("\"></figure>");
    }
    html.push_str("<p><strong>");
    push_text(html, title);
    html.push_str("</strong>");
    for name in ["content", "formattedPrice"] {
        if let Some(words) = attributes.text(&[name]) {
            html.push_str("<br>");
            push_text(html, words);
        }
    }
    html.push_str("</p>");
    tell(renderer, Dead::Payment);
    Made::Unanswered
}
