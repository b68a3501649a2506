//! Tabs that name their panels by id, as those of Bootstrap and jQuery do, wherever in the text these
//! stand.

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::{inner, shows_words, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::HEADINGS;
use crate::content::html::clean::panels::tab_list::{self, Naming, Pair};
use crate::content::html::clean::panels::tabs::children;
use crate::content::html::clean::verdict::Element;
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Tag;
use crate::ledger::Fate;

/// Returns the list of links that stands for a list of tabs, and remembers the names of their panels.
/// `None` if it is none, or if a panel is missing.
pub fn list(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<String> {
    let is_list = matches!(element.name, "ul" | "ol" | "div" | "nav")
        && (attributes.is("role", "tablist")
            || ["nav-tabs", "nav-pills", "ui-tabs-nav", "resp-tabs-list"]
                .iter()
                .any(|class| attributes.has_class(class)));
    if !is_list {
        return None;
    }
    let markup = page.markup;
    let tabs = children(markup, element.start);
    let places = page.panels.places.get_or_insert_with(|| places(markup));
    let mut pairs = Vec::new();
    for tab in tabs {
        let panel = panel_of(markup, tab).and_then(|id| places.get(&id).copied())?;
        let is_panel = panel > element.end && markup.start_tag(panel).is_some_and(is_panel);
        let is_plain = inner(markup, tab, "img", "src").is_empty();
        (is_panel && is_plain).then_some(())?;
        let naming = match begins_with_name(markup, tab, panel) {
            true => Naming::IsThere,
            false => Naming::Above,
        };
        pairs.push(Pair { tab, panel, naming });
    }
    if pairs.is_empty() {
        return None;
    }
    counting::part(body, "tabs", Fate::Converted);
    Some(tab_list::print(body, page, &pairs))
}

/// Returns whether an element is called a panel: links lead to other parts of a page, too.
fn is_panel(tag: Tag<'_>) -> bool {
    let attributes = Attributes::read(tag);
    let is_called = attributes.is("role", "tabpanel")
        || attributes.has_class_like(|class| {
            class.split(['-', '_']).any(|word| word == "tab" || word == "tabs")
        });
    matches!(tag.name, "div" | "section") && is_called
}

/// Returns where elements with ids stand. Of several with one id the first counts.
fn places(markup: &Markup<'_>) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for index in 0..markup.tokens.len() {
        let Some(tag) = markup.start_tag(index).filter(|tag| tag.attributes.contains("id")) else {
            continue;
        };
        if let Some(id) = Attributes::read(tag).get("id") {
            places.entry(id.into_owned()).or_insert(index);
        }
    }
    places
}

/// Returns the id of the panel that a tab, or the link or button in it, opens.
fn panel_of(markup: &Markup<'_>, tab: usize) -> Option<String> {
    const NAMING: [&str; 4] = ["href", "data-bs-target", "data-target", "aria-controls"];
    let tags = (tab..markup.end_of(tab)).filter_map(|index| markup.start_tag(index));
    for tag in tags.filter(|tag| matches!(tag.name, "a" | "button" | "li" | "div" | "span")) {
        let attributes = Attributes::read(tag);
        for name in NAMING {
            let Some(value) = attributes.get(name) else { continue };
            let id = if name == "aria-controls" { Some(&*value) } else { value.strip_prefix('#') };
            if let Some(id) = id.filter(|id| !id.is_empty()) {
                return Some(id.to_owned());
            }
        }
    }
    None
}

/// Returns whether a panel begins with a heading that says what its tab says.
fn begins_with_name(markup: &Markup<'_>, tab: usize, panel: usize) -> bool {
    let name = text(markup, tab);
    let mut tags = (panel + 1..markup.end_of(panel)).filter(|at| markup.start_tag(*at).is_some());
    let is_heading = |at: &usize| {
        markup.start_tag(*at).is_some_and(|tag| HEADINGS.contains(&tag.name))
            && shows_words(markup, *at)
    };
    tags.next().filter(is_heading).is_some_and(|at| text(markup, at).trim() == name.trim())
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const LABEL: &str = "h2 class=\"wp-block-tab-panel__label\"";

    #[test]
    fn tabs_that_name_their_panels_are_links_to_them() {
        check(
            "<ul class=\"nav nav-tabs\" role=\"tablist\"><li><a href=\"#one\" data-toggle=\"tab\">One</a></li><li><a href=\"#two\" data-toggle=\"tab\">Two</a></li></ul><div class=\"tab-content\"><div class=\"tab-pane\" id=\"one\"><p>a</p></div><div class=\"tab-pane\" id=\"two\"><h3>Two</h3></div></div>",
            &format!(
                "<ul class=\"wp-block-tab-list\"><li><a href=\"#one\">One</a></li><li><a href=\"#two\">Two</a></li></ul><div class=\"tab-content\"><div class=\"tab-pane wp-block-tab-panel\" id=\"one\"><{LABEL}>One</h2><p>a</p></div><div class=\"tab-pane wp-block-tab-panel\" id=\"two\"><h3 id=\"two-2\">Two</h3></div></div>"
            ),
            &[],
        );
        check(
            "<div role=\"tablist\"><button id=\"t\" role=\"tab\" aria-controls=\"p\">One</button></div><div id=\"p\" role=\"tabpanel\" hidden><p>a</p></div>",
            &format!(
                "<ul class=\"wp-block-tab-list\"><li id=\"t\"><a href=\"#p\">One</a></li></ul><div id=\"p\" class=\"wp-block-tab-panel\"><{LABEL}>One</h2><p>a</p></div>"
            ),
            &[],
        );
    }

    #[test]
    fn links_to_pages_and_to_what_is_not_there_stay() {
        for list in [
            "<ul class=\"nav nav-pills\"><li><a href=\"/kept/\">One</a></li></ul>",
            "<ul class=\"nav-tabs\"><li><a href=\"#gone\">One</a></li></ul>",
            "<ul class=\"nav-pills\"><li><a href=\"#part\">One</a></li></ul><div id=\"part\">a</div>",
            "<div id=\"above\">a</div><ul class=\"nav-tabs\"><li><a href=\"#above\">One</a></li></ul>",
        ] {
            check(list, list, &[]);
        }
    }
}
