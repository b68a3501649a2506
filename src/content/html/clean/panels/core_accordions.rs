//! WordPress's own accordions.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::HEADINGS;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::{Kind, Tag};

/// Tells what becomes of a part of an accordion, and takes off it what only scripts read.
pub fn part(
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    match element.name {
        "div" if attributes.has_class("wp-block-accordion-item") => item(page, element, attributes),
        "div" if attributes.has_class("wp-block-accordion-panel") => {
            attributes.remove("role");
            attributes.remove("aria-labelledby");
            None
        }
        name if name == "button" || HEADINGS.contains(&name) => toggle(page, element, attributes),
        _ => None,
    }
}

fn item(
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    page.panels.toggle = Some(find_toggle(page.markup, element.start)?);
    let context = attributes.get("data-wp-context").unwrap_or_default();
    let context: String = context.split_whitespace().collect();
    if attributes.has_class("is-open") || context.contains("\"openByDefault\":true") {
        attributes.set("open", String::new());
    }
    attributes.mark_changed();
    Some(Verdict::Rename("details"))
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

fn toggle(
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let toggle = page.panels.toggle.iter().flatten();
    let (_, name) = toggle.into_iter().find(|(start, _)| *start == element.start)?;
    attributes.remove("type");
    attributes.remove("aria-controls");
    attributes.mark_changed();
    Some(Verdict::Rename(name))
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
