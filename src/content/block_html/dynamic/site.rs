//! Blocks of the site itself: its name, its search, what is left out of a site without a server.

use std::fmt::Write;

use crate::content::block_html::dynamic::search;
use crate::content::block_html::dynamic::wrapper::{Wrapper, push_name};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::clean::media::{NOT_ASKED, PORTRAITS};
use crate::content::html::entities::push_attribute;
use crate::content::pictures;
use crate::ledger::Why;

const NO_SERVER: &str = "nothing: a static site has no accounts";
const SAVE: &str = "export the rendered content too, or write the block's content into the post";

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope, name: &str) -> bool {
    match name {
        "site-title" => title(renderer, &place.attributes()),
        "site-tagline" => tagline(renderer, &place.attributes()),
        "site-logo" => logo(renderer, &place.attributes()),
        "search" => search::print(renderer, &place.attributes()),
        "loginout" => {
            let message = "left out a link for logging in".to_owned();
            renderer.fates.warn("form-dropped", (name, Why::NeedsServer), message, NO_SERVER);
        }
        "avatar" => {
            let message = PORTRAITS.to_owned();
            renderer.fates.warn("remote-image", (name, Why::NotAsked), message, NOT_ASKED);
        }
        "rss" => {
            let message = "left out the latest of another site's feed".to_owned();
            renderer.fates.fail("dynamic-block", (name, Why::MadeOnServer), message, SAVE);
        }
        _ => return false,
    }
    true
}

fn title(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let site = renderer.context.surroundings.site();
    if site.title.is_empty() {
        return;
    }
    let tag = heading(attributes.number(&["level"]), 1);
    Wrapper::new(&tag, "site-title").open(renderer, attributes);
    let html = &mut renderer.html;
    let is_link = attributes.is_not_off(&["isLink"]);
    if is_link {
        html.push_str("<a href=\"");
        push_attribute(html, site.home);
        html.push_str("\" target=\"");
        push_attribute(html, attributes.text(&["linkTarget"]).unwrap_or("_self"));
        html.push_str("\" rel=\"home\">");
    }
    push_name(html, site.title);
    html.push_str(if is_link { "</a>" } else { "" });
    let _ = write!(html, "</{tag}>");
}

fn tagline(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let site = renderer.context.surroundings.site();
    if site.tagline.is_empty() {
        return;
    }
    let tag = heading(attributes.number(&["level"]), 0);
    Wrapper::new(&tag, "site-tagline").open(renderer, attributes);
    push_name(&mut renderer.html, site.tagline);
    let _ = write!(renderer.html, "</{tag}>");
}

/// Returns the tag of a heading of a level, where 0 is none.
fn heading(level: Option<f64>, default: u8) -> String {
    let level = level.map_or(default, |level| level.clamp(0.0, 6.0) as u8);
    if level == 0 { "p".to_owned() } else { format!("h{level}") }
}

fn logo(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let site = surroundings.site();
    let Some(picture) = site.logo.and_then(|logo| surroundings.attachment(logo)) else { return };
    Wrapper::new("div", "site-logo").open(renderer, attributes);
    let html = &mut renderer.html;
    let is_link = attributes.is_not_off(&["isLink"]);
    if is_link {
        html.push_str("<a href=\"");
        push_attribute(html, site.home);
        html.push_str("\" class=\"custom-logo-link\" rel=\"home\">");
    }
    let width = attributes.count(&["width"]);
    let style = width.map_or(String::new(), |width| format!(" style=\"width:{width}px\""));
    pictures::push(html, &picture, "full", &format!(" class=\"custom-logo\"{style}"));
    html.push_str(if is_link { "</a></div>" } else { "</div>" });
}
