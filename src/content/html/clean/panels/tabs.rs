//! Tabs, of WordPress and of page builders: all panels are open, each below its name, and links lead to
//! them.

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::{inner, shows_words};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::shapes::{CORE_TABS, Members, Sign, TABS, Tabs};
use crate::content::html::clean::panels::tab_list::{self, Naming, Pair};
use crate::content::html::clean::panels::{linked_tabs, plain};
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::markup::Markup;
use crate::ledger::Fate;

/// The name of a panel once more, above it, for narrow screens.
const NAME_ABOVE: &str = "elementor-tab-mobile-title";

/// Tells what becomes of a part of tabs, and takes off it what only scripts read.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    if let Some(html) = take(&mut page.panels.lists, element.start) {
        return Some(Verdict::Replace(html));
    }
    if let Some(heading) = take(&mut page.panels.headings, element.start) {
        plain(attributes);
        attributes.remove("id");
        return Some(Verdict::Rename(heading));
    }
    if let Some(label) = take(&mut page.panels.labels, element.start) {
        plain(attributes);
        if !attributes.has_class("wp-block-tab-panel") {
            attributes.add_class("wp-block-tab-panel");
        }
        page.panels.open = element.start;
        return Some(Verdict::BeginWith(label));
    }
    let is_around = |shape: &&Tabs| element.name == "div" && attributes.has_class(shape.around);
    if let Some(shape) = TABS.iter().find(is_around) {
        announce(body, page, element, shape);
        return None;
    }
    linked_tabs::list(body, page, element, attributes).map(Verdict::Replace)
}

/// Takes what is kept for an element out. Nearly every text has no tabs.
fn take<T>(kept: &mut HashMap<usize, T>, start: usize) -> Option<T> {
    if kept.is_empty() { None } else { kept.remove(&start) }
}

/// Remembers what tabs become, if there is a panel for each.
fn announce(body: &mut Body<'_>, page: &mut Page<'_>, element: Element<'_>, shape: &Tabs) {
    let parts = parts(page.markup, element, shape);
    let Some(list) = parts.list else { return };
    let holds_picture = |tab: &usize| !inner(page.markup, *tab, "img", "src").is_empty();
    if parts.tabs.len() != parts.panels.len() || parts.tabs.iter().any(holds_picture) {
        return;
    }
    let naming = match (shape.around == CORE_TABS, parts.above.is_empty()) {
        (true, _) => Naming::Core,
        (false, true) => Naming::Above,
        (false, false) => Naming::IsThere,
    };
    let pairs = parts.tabs.into_iter().zip(parts.panels);
    let pairs: Vec<Pair> = pairs.map(|(tab, panel)| Pair { tab, panel, naming }).collect();
    let links = tab_list::print(body, page, &pairs);
    page.panels.lists.insert(list, links);
    let heading = page.panels.next_heading();
    page.panels.headings.extend(parts.above.into_iter().map(|above| (above, heading)));
    if naming != Naming::Core {
        counting::part(body, "tabs", Fate::Converted);
    }
}

/// What tabs are made of, by the indexes of tags.
#[derive(Default)]
struct Parts {
    list: Option<usize>,
    tabs: Vec<usize>,
    panels: Vec<usize>,
    /// Names that stand above panels already.
    above: Vec<usize>,
}

/// Tabs within, in a panel or not, are on their own.
fn parts(markup: &Markup<'_>, element: Element<'_>, shape: &Tabs) -> Parts {
    let mut parts = Parts::default();
    let mut index = element.start + 1;
    while index < element.end {
        if let Some(tag) = markup.start_tag(index) {
            let attributes = Attributes::read(tag);
            let is_panel = match shape.panel {
                Sign::Class(class) => attributes.has_class(class),
                Sign::Role => attributes.is("role", "tabpanel"),
            };
            if attributes.has_class(shape.list) && parts.list.is_none() {
                parts.list = Some(index);
                if shape.tabs == Members::Children {
                    parts.tabs = children(markup, index);
                    index = markup.end_of(index);
                }
            } else if shape.tabs == Members::Buttons
                && tag.name == "button"
                && attributes.is("role", "tab")
            {
                parts.tabs.push(index);
                index = markup.end_of(index);
            } else if attributes.has_class(NAME_ABOVE) {
                parts.above.push(index);
                index = markup.end_of(index);
            } else if is_panel && matches!(tag.name, "div" | "section") {
                parts.panels.push(index);
                index = markup.end_of(index);
            } else if attributes.has_class(shape.around) {
                index = markup.end_of(index);
            }
        }
        index += 1;
    }
    parts
}

/// Returns the elements in another that show words.
pub fn children(markup: &Markup<'_>, start: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut index = start + 1;
    while index < markup.end_of(start) {
        if markup.start_tag(index).is_some() {
            if shows_words(markup, index) {
                found.push(index);
            }
            index = markup.end_of(index);
        }
        index += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

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

    const LIST: &str = "<ul class=\"wp-block-tab-list\">";

    fn label(id: &str, name: &str) -> String {
        format!("<h2 class=\"wp-block-tab-panel__label\" id=\"{id}\">{name}</h2>")
    }

    #[test]
    fn tabs_of_page_builders_are_links_to_panels_with_names() {
        check(
            "<div class=\"et_pb_tabs\"><ul class=\"et_pb_tabs_controls\"><li class=\"et_pb_tab_0\"><a href=\"#\">One</a></li><li><a href=\"#\">Two</a></li></ul><div class=\"et_pb_all_tabs\"><div class=\"et_pb_tab et_pb_active_content\"><p>a</p></div><div class=\"et_pb_tab\" style=\"display: none\"><p>b</p></div></div></div>",
            &format!(
                "<div class=\"et_pb_tabs\">{LIST}<li><a href=\"#one\">One</a></li><li><a href=\"#two\">Two</a></li></ul><div class=\"et_pb_all_tabs\"><div class=\"et_pb_tab et_pb_active_content wp-block-tab-panel\">{}<p>a</p></div><div class=\"et_pb_tab wp-block-tab-panel\">{}<p>b</p></div></div></div>",
                label("one", "One"),
                label("two", "Two")
            ),
            &[],
        );
        check(
            "<a href=\"#tab-x\">x</a><div class=\"kt-tabs-wrap\"><ul class=\"kt-tabs-title-list\"><li id=\"tab-x\" class=\"kt-title-item\"><a href=\"#tab-x\"><span class=\"kt-title-text\">X</span></a></li></ul><div class=\"kt-tabs-content-wrap\"><div class=\"kt-tab-inner-content\"><p>a</p></div></div></div>",
            &format!(
                "<a href=\"#tab-x\">x</a><div class=\"kt-tabs-wrap\">{LIST}<li id=\"tab-x\"><a href=\"#x\">X</a></li></ul><div class=\"kt-tabs-content-wrap\"><div class=\"kt-tab-inner-content wp-block-tab-panel\">{}<p>a</p></div></div></div>",
                label("x", "X")
            ),
            &[],
        );
    }

    #[test]
    fn names_that_stand_above_panels_are_headings() {
        check(
            "<div class=\"elementor-tabs\"><div class=\"elementor-tabs-wrapper\" role=\"tablist\"><div id=\"elementor-tab-title-1\" class=\"elementor-tab-title\" role=\"tab\" aria-controls=\"p\">One</div></div><div class=\"elementor-tabs-content-wrapper\"><div class=\"elementor-tab-title elementor-tab-mobile-title\" role=\"tab\" tabindex=\"0\">One</div><div id=\"p\" class=\"elementor-tab-content\" role=\"tabpanel\" hidden=\"false\"><p>a</p></div></div></div>",
            "<div class=\"elementor-tabs\"><ul class=\"wp-block-tab-list\"><li id=\"elementor-tab-title-1\"><a href=\"#p\">One</a></li></ul><div class=\"elementor-tabs-content-wrapper\"><h2 class=\"elementor-tab-title elementor-tab-mobile-title\" id=\"one\">One</h2><div id=\"p\" class=\"elementor-tab-content wp-block-tab-panel\"><p>a</p></div></div></div>",
            &[],
        );
    }

    #[test]
    fn tabs_that_are_pictures_stay() {
        let tabs = "<div class=\"su-tabs\"><div class=\"su-tabs-nav\"><span>One <img src=\"/b.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></span></div><div class=\"su-tabs-pane\">a</div></div>";
        check(tabs, tabs, &[]);
    }
}
