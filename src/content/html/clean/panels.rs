//! Accordions and tabs, whose panels are opened by scripts: without any, `details` opens those of
//! accordions, and those of tabs are all open, each below its name. Here are WordPress's own accordions.

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::element::Element;
use crate::content::html::clean::writer::Page;
use crate::content::html::clean::{accordions, tabs};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::{Kind, Tag};

/// The panels around the place where the rewrite is.
#[derive(Debug, Default)]
pub struct Panels {
    /// The heading of the item of an accordion that has just begun, and the button in it: the
    /// indexes of their tags, with what they are called now.
    toggle: Option<[(usize, &'static str); 2]>,
    /// What stands for lists of tabs, by the indexes of their tags.
    pub lists: HashMap<usize, String>,
    /// The headings of panels of tabs, by the indexes of the panels' tags.
    pub names: HashMap<usize, String>,
    /// Elements that become headings, by the indexes of their tags.
    pub named: HashMap<usize, &'static str>,
    /// Where elements with ids stand, once that has been asked.
    pub places: Option<HashMap<String, usize>>,
    /// The level of the last heading; 0 if there is none.
    pub level: usize,
    /// The panel that has just begun, by the index of its tag: it is shown, however it was hidden.
    pub open: usize,
    /// Those of page builders.
    pub accordions: accordions::Accordions,
}

/// What an element is to accordions and tabs.
#[derive(Debug, Eq, PartialEq)]
pub enum Part {
    /// Nothing.
    None,
    /// It stays, under another name.
    Named(&'static str),
    /// It stays, within an element of this name.
    Wrapped(&'static str),
    /// It goes with all it holds, and this HTML stands for it.
    List(String),
    /// It stays, and this HTML comes first in it.
    Panel(String),
}

/// The names of headings, by their level.
pub const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Tells what an element is to accordions and tabs, and takes off it what only scripts read.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Part {
    if let Some(index) = HEADINGS.iter().position(|heading| *heading == element.name) {
        page.panels.level = index + 1;
    }
    for part in [tabs::part, accordions::part] {
        match part(body, page, element, attributes) {
            Part::None => {}
            part => return part,
        }
    }
    match element.name {
        "div" if attributes.has_class("wp-block-accordion-item") => item(page, element, attributes),
        "div" if attributes.has_class("wp-block-accordion-panel") => {
            attributes.remove("role");
            attributes.remove("aria-labelledby");
            Part::None
        }
        name if name == "button" || HEADINGS.contains(&name) => toggle(page, element, attributes),
        _ => Part::None,
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
}
