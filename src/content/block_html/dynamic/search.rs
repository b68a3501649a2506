//! A form that leads to the page for searching.

use std::fmt::Write;

use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::Wrapper;
use crate::content::block_html::render::Renderer;
use crate::content::block_html::supports::{self, Supports};
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;

/// A sign for searching, drawn for this project.
const SIGN: &str = "<svg class=\"search-icon\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" d=\"M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5\"></path></svg>";

/// Prints the form.
pub fn print(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let default = word(surroundings, "search");
    let (position, is_icon) = (
        attributes.text(&["buttonPosition"]).unwrap_or("button-outside"),
        attributes.is_on(&["buttonUseIcon"]),
    );
    let mut wrapper = Wrapper::new("form", "search");
    wrapper = wrapper.class(format!("wp-block-search__{}", known_position(position)));
    if position != "no-button" {
        let kind = if is_icon { "icon" } else { "text" };
        wrapper = wrapper.class(format!("wp-block-search__{kind}-button"));
    }
    wrapper = wrapper.attribute("role", "search").attribute("method", "get");
    wrapper.attribute("action", surroundings.site().home).open(renderer, attributes);
    let id = format!("wp-block-search__input-{}", renderer.next_number());
    let label = attributes.at(&["label"]).and_then(serde_json::Value::as_str);
    let is_hidden = !attributes.is_not_off(&["showLabel"]) || label == Some("");
    let label = label.filter(|label| !label.is_empty()).unwrap_or(&default);
    let type_style = supports::typography_of(attributes);
    let font: String = type_style.classes.iter().map(|class| format!(" {class}")).collect();
    let looks = if is_hidden { " screen-reader-text" } else { &font };
    let html = &mut renderer.html;
    let _ = write!(html, "<label class=\"wp-block-search__label{looks}");
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

/// What the parts of the form look like.
struct Looks {
    border: Supports,
    colors: Supports,
    text: Supports,
}

fn field(html: &mut String, attributes: &Attributes, (id, default): (&str, &str)) {
    let looks = Looks {
        border: supports::border_of(attributes),
        colors: supports::colors_of(attributes),
        text: supports::typography_of(attributes),
    };
    let none = Supports::default();
    let is_inside = attributes.text(&["buttonPosition"]) == Some("button-inside");
    let (outer, own) = if is_inside { (&looks.border, &none) } else { (&none, &looks.border) };
    let unit = attributes.text(&["widthUnit"]).filter(|unit| matches!(*unit, "px" | "%"));
    let width = attributes.count(&["width"]).zip(unit);
    let width = width.map(|(width, unit)| format!("width: {width}{unit}"));
    html.push_str("<div");
    push_looks(html, "wp-block-search__inside-wrapper", &[outer], width.as_deref());
    html.push_str("><input");
    // A field has no line below its text, as the words around it may have.
    let typed = supports::typography_of(attributes).without("text-decoration");
    push_looks(html, "wp-block-search__input", &[own, &typed], None);
    let _ = write!(html, " id=\"{id}\" placeholder=\"");
    push_attribute(html, attributes.text(&["placeholder"]).unwrap_or_default());
    html.push_str("\" value=\"\" type=\"search\" name=\"s\" required>");
    push_query(html, attributes);
    if attributes.text(&["buttonPosition"]) != Some("no-button") {
        let label = attributes.text(&["buttonText"]).unwrap_or(default);
        let is_icon = attributes.is_on(&["buttonUseIcon"]);
        html.push_str("<button aria-label=\"");
        push_attribute(html, label);
        html.push('"');
        let icon = if is_icon { " has-icon" } else { "" };
        let class = format!("wp-block-search__button{icon} wp-element-button");
        push_looks(html, &class, &[&looks.colors, own, &looks.text], None);
        html.push_str(" type=\"submit\">");
        html.push_str(if is_icon { SIGN } else { label });
        html.push_str("</button>");
    }
    html.push_str("</div>");
}

/// Adds what a form that searches less than everything says of that.
fn push_query(html: &mut String, attributes: &Attributes) {
    let query = attributes.at(&["query"]).and_then(serde_json::Value::as_object);
    for (name, value) in query.into_iter().flatten() {
        let Some(value) = value.as_str() else { continue };
        html.push_str("<input type=\"hidden\" name=\"");
        push_attribute(html, name);
        html.push_str("\" value=\"");
        push_attribute(html, value);
        html.push_str("\">");
    }
}

/// Adds a class, and what supports add to it and to a style.
fn push_looks(html: &mut String, class: &str, looks: &[&Supports], style: Option<&str>) {
    html.push_str(" class=\"");
    html.push_str(class);
    for class in looks.iter().flat_map(|looks| &looks.classes) {
        html.push(' ');
        push_attribute(html, class);
    }
    html.push('"');
    let own = looks.iter().map(|looks| looks.style());
    let all: Vec<String> = style.map(str::to_owned).into_iter().chain(own).collect();
    let parts: Vec<&str> = all.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    push_style(html, &parts.join(";"));
}

fn push_style(html: &mut String, style: &str) {
    if !style.is_empty() {
        html.push_str(" style=\"");
        push_attribute(html, style);
        html.push('"');
    }
}
