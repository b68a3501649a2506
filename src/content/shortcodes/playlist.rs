//! `[playlist]`: a player for several files.

use std::fmt::Write;

use crate::content::context::Context;
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::{Progress, library};
use crate::content::surroundings::AttachmentFacts;

/// Adds a playlist.
pub fn push(
    shown: &mut String,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
    progress: &mut Progress,
) {
    let kind = if attributes.get("type") == Some("video") { "video" } else { "audio" };
    let tracks = tracks(attributes, kind, context, progress);
    if tracks.is_empty() {
        return;
    }
    progress.playlists += 1;
    let style = attributes.get("style").filter(|style| !style.is_empty()).unwrap_or("light");
    let _ = write!(shown, "<div class=\"wp-playlist wp-{kind}-playlist wp-playlist-");
    push_attribute(shown, style);
    shown.push_str("\">");
    if kind == "audio" {
        shown.push_str("<div class=\"wp-playlist-current-item\"></div>");
    }
    let size = if kind == "video" { " height=\"360\"" } else { "" };
    let _ = write!(
        shown,
        "<{kind} controls=\"controls\" preload=\"none\" width=\"640\"{size}></{kind}>"
    );
    shown.push_str("<div class=\"wp-playlist-next\"></div><div class=\"wp-playlist-prev\"></div><noscript><ol>");
    for track in &tracks {
        shown.push_str("<li><a href=\"");
        push_attribute(shown, &track.url);
        shown.push_str("\">");
        push_text(shown, &crate::content::plain_text(&track.title));
        shown.push_str("</a></li>");
    }
    shown.push_str("</ol></noscript></div>");
}

fn tracks(
    attributes: &Attributes<'_>,
    kind: &str,
    context: &Context<'_>,
    progress: &mut Progress,
) -> Vec<AttachmentFacts> {
    let mut tracks = library::chosen("playlist", kind, attributes, (context, progress));
    if attributes.get("order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) {
        tracks.reverse();
    }
    tracks
}
