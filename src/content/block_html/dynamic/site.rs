//! Blocks of the site itself: its name, its search, what is left out of a site without a server.

use std::fmt::Write;

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::supports::{self, Without};
use crate::content::html::entities::push_attribute;
use crate::content::shortcodes::pictures;

use super::words::word;
use super::wrapper::{Wrapper, push_name};

const NO_SERVER: &str = "nothing: a static site has no accounts";
const NOT_ASKED: &str = "nothing: no other site is asked for anything";
const SAVE: &str = "export the rendered content too, or write the block's content into the post";

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope, name: &str) -> bool {
    match name {
        "site-title" => title(renderer, &place.attributes()),
        "site-tagline" => tagline(renderer, &place.attributes()),
        "site-logo" => logo(renderer, &place.attributes()),
        "search" => search(renderer, &place.attributes()),
        "loginout" => {
            let message = "left out a link for logging in".to_owned();
            renderer.ledger.warn("form-dropped", name, message, NO_SERVER);
        }
        "avatar" => {
            let message =
                "left out the pictures of people, which another site would be asked for".to_owned();
            renderer.ledger.warn("remote-image", name, message, NOT_ASKED);
        }
        "rss" => {
            let message = "left out the latest of another site's feed".to_owned();
            renderer.ledger.fail("dynamic-block", name, message, SAVE);
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

/// A form that leads to the page for searching.
fn search(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let default = word(surroundings, "search");
    let (position, is_icon) = (
        attributes.text(&["buttonPosition"]).unwrap_or("button-outside"),
        attributes.is_on(&["buttonUseIcon"]),
    );
    let without = Without { colors: true, border: true, typography: true, ..Without::default() };
    let mut wrapper = Wrapper::new("form", "search").without(without);
    wrapper = wrapper.class(format!("wp-block-search__{}", known_position(position)));
    if position != "no-button" {
        let kind = if is_icon { "icon" } else { "text" };
        wrapper = wrapper.class(format!("wp-block-search__{kind}-button"));
    }
    wrapper = wrapper.attribute("role", "search").attribute("method", "get");
    wrapper.attribute("action", surroundings.site().home).open(renderer, attributes);
    let id = format!("wp-block-search__input-{}", renderer.next_number());
    let label = attributes.at(&["label"]).and_then(serde_json::Value::as_str);
    let label = label.filter(|label| !label.is_empty()).unwrap_or(&default);
    let is_hidden = !attributes.is_not_off(&["showLabel"]);
    let type_style = supports::typography_of(attributes);
    let font: String = type_style.classes.iter().map(|class| format!(" {class}")).collect();
    let html = &mut renderer.html;
    let _ = write!(html, "<label class=\"wp-block-search__label{font}");
    html.push_str(if is_hidden { " screen-reader-text" } else { "" });
    let _ = write!(html, "\" for=\"{id}\"");
    push_style(html, &type_style.style());
    html.push('>');
    html.push_str(label);
    html.push_str("</label>");
    field(html, attributes, (&id, &default));
    html.push_str("</form>");
}

fn known_position(position: &str) -> &str {
    match position {
        "button-inside" | "no-button" | "button-only" => position,
        _ => "button-outside",
    }
}

fn field(html: &mut String, attributes: &Attributes, (id, default): (&str, &str)) {
    let border = supports::border_of(attributes);
    let colors = supports::colors_of(attributes);
    let text = supports::typography_of(attributes);
    let is_inside = attributes.text(&["buttonPosition"]) == Some("button-inside");
    let width = attributes.count(&["width"]).map(|width| {
        let unit = attributes.text(&["widthUnit"]).filter(|unit| matches!(*unit, "px" | "%"));
        format!("width: {width}{}", unit.unwrap_or("%"))
    });
    let classes = |fixed: &str, more: &[&[String]]| {
        more.concat().iter().fold(fixed.to_owned(), |all, class| all + " " + class)
    };
    let join = |parts: &[String]| {
        let parts: Vec<&str> =
            parts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        parts.join(";")
    };
    let outer = if is_inside { border.classes.clone() } else { Vec::new() };
    let _ =
        write!(html, "<div class=\"{}\"", classes("wp-block-search__inside-wrapper", &[&outer]));
    let outer_style = if is_inside { border.style() } else { String::new() };
    push_style(html, &join(&[width.unwrap_or_default(), outer_style]));
    let own = if is_inside { Vec::new() } else { border.classes.clone() };
    let own_style = if is_inside { String::new() } else { border.style() };
    let _ = write!(
        html,
        "><input class=\"{}\" id=\"{id}\" placeholder=\"",
        classes("wp-block-search__input", &[&own, &text.classes])
    );
    push_attribute(html, attributes.text(&["placeholder"]).unwrap_or_default());
    html.push_str("\" value=\"\" type=\"search\" name=\"s\" required");
    push_style(html, &join(&[own_style.clone(), text.style()]));
    html.push('>');
    if attributes.text(&["buttonPosition"]) != Some("no-button") {
        let label = attributes.text(&["buttonText"]).unwrap_or(default);
        let is_icon = attributes.is_on(&["buttonUseIcon"]);
        let fixed =
            if is_icon { "wp-block-search__button has-icon" } else { "wp-block-search__button" };
        let all = classes(fixed, &[&colors.classes, &own, &text.classes]);
        html.push_str("<button aria-label=\"");
        push_attribute(html, label);
        let _ = write!(html, "\" class=\"{all} wp-element-button\" type=\"submit\"");
        push_style(html, &join(&[colors.style(), own_style, text.style()]));
        html.push('>');
        if is_icon {
            html.push_str("<svg class=\"search-icon\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" d=\"M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5\"></path></svg>");
        } else {
            html.push_str(label);
        }
        html.push_str("</button>");
    }
    html.push_str("</div>");
}

fn push_style(html: &mut String, style: &str) {
    if !style.is_empty() {
        html.push_str(" style=\"");
        push_attribute(html, style);
        html.push('"');
    }
}
