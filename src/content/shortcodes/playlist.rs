//! `[playlist]`: a player for several files.

use std::fmt::Write;

use crate::content::html::entities::{push_attribute, push_text};
use crate::content::raw::Context;
use crate::content::surroundings::AttachmentFacts;
use crate::model::PostId;

use super::Counters;
use super::caption::leading_number;
use super::gallery::ids_of;
use super::grammar::Attributes;

/// Adds a playlist.
pub fn push(
    shown: &mut String,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
    counters: &mut Counters,
) {
    let kind = if attributes.get("type") == Some("video") { "video" } else { "audio" };
    let tracks = tracks(attributes, context, kind);
    if tracks.is_empty() {
        return;
    }
    counters.playlists += 1;
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

fn tracks(attributes: &Attributes<'_>, context: &Context<'_>, kind: &str) -> Vec<AttachmentFacts> {
    let named = attributes.filled("ids").or_else(|| attributes.filled("include"));
    let mut tracks: Vec<AttachmentFacts> = match named {
        Some(ids) => ids_of(ids).filter_map(|id| context.surroundings.attachment(id)).collect(),
        None => {
            let own = attributes.get("id").map(|id| PostId(leading_number(id).unsigned_abs()));
            let excluded: Vec<PostId> =
                attributes.filled("exclude").map(|ids| ids_of(ids).collect()).unwrap_or_default();
            let mut attached =
                context.surroundings.attachments_of(own.unwrap_or(context.setting.post));
            attached.retain(|track| !excluded.contains(&track.id));
            attached
        }
    };
    tracks.retain(|track| track.mime_type.starts_with(kind));
    if attributes.get("order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) {
        tracks.reverse();
    }
    tracks
}
