//! Accordions and tabs, whose panels WordPress opens with scripts: without any, `details` opens
//! those of accordions, and those of tabs are all open, each below its name.

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::element::Element;
use crate::content::html::clean::lookahead::text;
use crate::content::html::clean::writer::Page;
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::{Kind, Tag};

/// The panels around the place where the rewrite is.
#[derive(Debug, Default)]
pub struct Panels {
    /// The heading of the item of an accordion that has just begun, and the button in it: the
    /// indexes of their tags, with what they are called now.
    toggle: Option<[(usize, &'static str); 2]>,
    /// What stands for lists of tabs, by the indexes of their tags.
    lists: HashMap<usize, String>,
    /// The headings of panels of tabs, by the indexes of the panels' tags.
    names: HashMap<usize, String>,
    /// The level of the last heading; 0 if there is none.
    level: usize,
}

/// What an element is to accordions and tabs.
#[derive(Debug, Eq, PartialEq)]
pub enum Part {
    /// Nothing.
    None,
    /// It stays, under another name.
    Named(&'static str),
    /// It goes with all it holds, and this HTML stands for it.
    List(String),
    /// It stays, and this HTML comes first in it.
    Panel(String),
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Tells what an element is to accordions and tabs, and takes off it what only scripts read.
pub fn part(
    body: &Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Part {
    match element.name {
        "div" if attributes.has_class("wp-block-accordion-item") => item(page, element, attributes),
        "div" if attributes.has_class("wp-block-accordion-panel") => {
            attributes.remove("role");
            attributes.remove("aria-labelledby");
            Part::None
        }
        "div" if attributes.has_class("wp-block-tabs") => {
            announce(body, page, element);
            Part::None
        }
        "div" if attributes.has_class("wp-block-tab-list") => {
            page.panels.lists.remove(&element.start).map_or(Part::None, Part::List)
        }
        "section" if attributes.has_class("wp-block-tab-panel") => panel(page, element, attributes),
        "button" => toggle(page, element, attributes),
        name => match HEADINGS.iter().position(|heading| *heading == name) {
            Some(index) => {
                page.panels.level = index + 1;
                toggle(page, element, attributes)
            }
            None => Part::None,
        },
    }
}

fn item(page: &mut Page<'_>, element: Element<'_>, attributes: &mut Attributes<'_>) -> Part {
    let Some(toggle) = find_toggle(page.markup, element.start) else { return Part::None };
    page.panels.toggle = Some(toggle);
    let context = attributes.get("data-wp-context").unwrap_or_default();
    let context: String = context.split_whitespace().collect();
    if attributes.has_class("is-open") || context.contains("\"openByDefault\":true") {
        attributes.set("open", String::new());
    }
    attributes.mark_changed();
    Part::Named("details")
}

/// Finds the heading that an item of an accordion begins with, which holds nothing but a button.
fn find_toggle(markup: &Markup<'_>, item: usize) -> Option<[(usize, &'static str); 2]> {
    let (heading, tag) = first_element(markup, item)?;
    let level = HEADINGS.iter().find(|level| **level == tag.name)?;
    let (button, tag) = first_element(markup, heading)?;
    let is_whole =
        tag.name == "button" && next(markup, markup.end_of(button)) == markup.end_of(heading);
    is_whole.then_some([(heading, "summary"), (button, level)])
}

fn toggle(page: &Page<'_>, element: Element<'_>, attributes: &mut Attributes<'_>) -> Part {
    let toggle = page.panels.toggle.iter().flatten();
    let Some((_, name)) = toggle.into_iter().find(|(start, _)| *start == element.start) else {
        return Part::None;
    };
    attributes.remove("type");
    attributes.remove("aria-controls");
    attributes.mark_changed();
    Part::Named(name)
}

/// Remembers what tabs become, if there is a panel for each.
fn announce(body: &Body<'_>, page: &mut Page<'_>, element: Element<'_>) {
    let Parts { list: Some(list), tabs, panels } = parts(page.markup, element) else { return };
    if tabs.len() != panels.len() {
        return;
    }
    let level = (page.panels.level.max(1) + 1).min(HEADINGS.len());
    let mut links = String::from("<ul class=\"wp-block-tab-list\">");
    for (tab, panel) in tabs.into_iter().zip(panels) {
        let name = text(page.markup, tab);
        let attributes = page.markup.start_tag(panel).map(Attributes::read);
        links.push_str("<li><a");
        if let Some(id) = attributes.as_ref().and_then(|attributes| attributes.get("id")) {
            links.push_str(" href=\"#");
            push_attribute(&mut links, body.ids.renamed(&id).unwrap_or(&id));
            links.push('"');
        }
        links.push('>');
        push_text(&mut links, name.trim());
        links.push_str("</a></li>");
        let mut heading = format!("<h{level} class=\"wp-block-tab-panel__label\">");
        push_text(&mut heading, name.trim());
        heading.extend(["</", HEADINGS[level - 1], ">"]);
        page.panels.names.insert(panel, heading);
    }
    links.push_str("</ul>");
    page.panels.lists.insert(list, links);
}

/// What tabs are made of, by the indexes of tags.
#[derive(Default)]
struct Parts {
    list: Option<usize>,
    tabs: Vec<usize>,
    panels: Vec<usize>,
}

/// Tabs within, in a panel or not, are on their own.
fn parts(markup: &Markup<'_>, element: Element<'_>) -> Parts {
    let mut parts = Parts::default();
    let mut index = element.start + 1;
    while index < element.end {
        if let Some(tag) = markup.start_tag(index) {
            let attributes = Attributes::read(tag);
            let is = |name, class| tag.name == name && attributes.has_class(class);
            if is("div", "wp-block-tab-list") && parts.list.is_none() {
                parts.list = Some(index);
            } else if tag.name == "button" && attributes.is("role", "tab") {
                parts.tabs.push(index);
                index = markup.end_of(index);
            } else if is("section", "wp-block-tab-panel") {
                parts.panels.push(index);
                index = markup.end_of(index);
            } else if is("div", "wp-block-tabs") {
                index = markup.end_of(index);
            }
        }
        index += 1;
    }
    parts
}

fn panel(page: &mut Page<'_>, element: Element<'_>, attributes: &mut Attributes<'_>) -> Part {
    let Some(name) = page.panels.names.remove(&element.start) else { return Part::None };
    for name in ["role", "tabindex", "aria-labelledby"] {
        attributes.remove(name);
    }
    attributes.mark_changed();
    Part::Panel(name)
}

/// Returns the element that comes first in another, unless text does.
fn first_element<'p>(markup: &Markup<'p>, start: usize) -> Option<(usize, Tag<'p>)> {
    let first = next(markup, start);
    markup.start_tag(first).map(|tag| (first, tag))
}

/// Returns the index of the next token after `index` that shows something.
fn next(markup: &Markup<'_>, index: usize) -> usize {
    let shows = |index: &usize| match markup.tokens[*index].kind {
        Kind::Text => !markup.source(*index).trim_ascii().is_empty(),
        Kind::Comment => false,
        _ => true,
    };
    let last = markup.tokens.len();
    (index + 1..last).find(shows).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn accordions_open_without_a_script() {
        check(
            "<div role=\"group\" class=\"wp-block-accordion\"><div data-wp-context=\"{ &quot;openByDefault&quot;: true }\" class=\"wp-block-accordion-item\">\n<h3 class=\"wp-block-accordion-heading\"><button type=\"button\" aria-expanded=\"true\" aria-controls=\"p\" id=\"t\" class=\"wp-block-accordion-heading__toggle\"><span>A</span></button></h3>\n<div inert role=\"region\" aria-labelledby=\"t\" id=\"p\" class=\"wp-block-accordion-panel\"><p>b</p></div></div></div>",
            "<div role=\"group\" class=\"wp-block-accordion\"><details class=\"wp-block-accordion-item\" open=\"\">\n<summary class=\"wp-block-accordion-heading\"><h3 id=\"t\" class=\"wp-block-accordion-heading__toggle\"><span>A</span></h3></summary>\n<div id=\"p\" class=\"wp-block-accordion-panel\"><p>b</p></div></details></div>",
            &[],
        );
    }

    #[test]
    fn an_item_that_is_built_otherwise_stays() {
        check(
            "<div class=\"wp-block-accordion-item\"><h3 id=\"a\">A <button>b</button></h3></div>",
            "<div class=\"wp-block-accordion-item\"><h3 id=\"a\">A <button>b</button></h3></div>",
            &[],
        );
    }

    #[test]
    fn tabs_are_links_to_panels_with_names() {
        check(
            "<h2 id=\"h\">h</h2><div class=\"wp-block-tabs\"><div role=\"tablist\" class=\"wp-block-tab-list\"><button type=\"button\" role=\"tab\">One &amp; <b>x</b></button><button role=\"tab\">Two</button></div><div class=\"wp-block-tab-panels\"><section hidden role=\"tabpanel\" tabindex=\"0\" id=\"tab-1\" class=\"wp-block-tab-panel\"><p>a</p></section><section hidden role=\"tabpanel\" id=\"tab-2\" class=\"wp-block-tab-panel\"><p>b</p></section></div></div>",
            "<h2 id=\"h\">h</h2><div class=\"wp-block-tabs\"><ul class=\"wp-block-tab-list\"><li><a href=\"#tab-1\">One &amp; x</a></li><li><a href=\"#tab-2\">Two</a></li></ul><div class=\"wp-block-tab-panels\"><section id=\"tab-1\" class=\"wp-block-tab-panel\"><h3 class=\"wp-block-tab-panel__label\">One &amp; x</h3><p>a</p></section><section id=\"tab-2\" class=\"wp-block-tab-panel\"><h3 class=\"wp-block-tab-panel__label\">Two</h3><p>b</p></section></div></div>",
            &[],
        );
    }

    #[test]
    fn tabs_without_a_panel_each_stay() {
        check(
            "<div class=\"wp-block-tabs\"><div class=\"wp-block-tab-list\"><button role=\"tab\">One</button></div></div>",
            "<div class=\"wp-block-tabs\"><div class=\"wp-block-tab-list\"><span class=\"was-button\">One</span></div></div>",
            &["dead-part"],
        );
    }
}
