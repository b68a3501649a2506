//! The tracks of a playlist, each with a player of the browser's own.

use std::fmt::Write;

use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::html::entities::push_attribute;

/// Prints a track.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope, name: &str) -> bool {
    if name != "playlist-track" {
        return false;
    }
    let attributes = place.attributes();
    let Some(source) = attributes.text(&["src"]) else { return true };
    Wrapper::new("li", name).open(renderer, &attributes);
    let html = &mut renderer.html;
    html.push_str("<span class=\"wp-block-playlist-track__content\">");
    for part in ["title", "artist", "album"] {
        if let Some(text) = attributes.text(&[part]) {
            let _ = write!(html, "<span class=\"wp-block-playlist-track__{part}\">");
            push_attribute(html, text);
            html.push_str("</span> ");
        }
    }
    html.push_str("</span>");
    if let Some(length) = attributes.text(&["length"]) {
        html.push_str("<span class=\"wp-block-playlist-track__length\">");
        push_attribute(html, length);
        html.push_str("</span>");
    }
    let _ = write!(
        html,
        "<audio controls preload=\"none\"{}></audio></li>",
        attribute("src", Some(source))
    );
    true
}
