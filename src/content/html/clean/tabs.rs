//! Tabs, of WordPress and of page builders: all panels are open, each below its name, and links lead to
//! them.

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::element::Element;
use crate::content::html::clean::lookahead::{inner, shows_words, text};
use crate::content::html::clean::panels::{HEADINGS, Part};
use crate::content::html::clean::writer::Page;
use crate::content::html::clean::{counting, tab_links};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Tag;
use crate::ledger::Fate;

/// How tabs are written.
#[derive(Debug)]
struct Shape {
    /// The class of what is around all.
    around: &'static str,
    /// The class of what holds the tabs.
    list: &'static str,
    tabs: Tabs,
    panel: Panel,
}

/// What the tabs in a list are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Tabs {
    /// Its buttons of this role.
    Buttons,
    /// All that stands in it.
    Children,
}

/// How a panel is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Panel {
    Class(&'static str),
    Role,
}

const CORE: &str = "wp-block-tabs";

/// The first is WordPress's own.
const SHAPES: [Shape; 8] = [
    Shape {
        around: CORE,
        list: "wp-block-tab-list",
        tabs: Tabs::Buttons,
        panel: Panel::Class("wp-block-tab-panel"),
    },
    Shape {
        around: "elementor-tabs",
        list: "elementor-tabs-wrapper",
        tabs: Tabs::Children,
        panel: Panel::Class("elementor-tab-content"),
    },
    Shape {
        around: "e-n-tabs",
        list: "e-n-tabs-heading",
        tabs: Tabs::Children,
        panel: Panel::Role,
    },
    Shape {
        around: "et_pb_tabs",
        list: "et_pb_tabs_controls",
        tabs: Tabs::Children,
        panel: Panel::Class("et_pb_tab"),
    },
    Shape {
        around: "wpb_tabs",
        list: "wpb_tabs_nav",
        tabs: Tabs::Children,
        panel: Panel::Class("wpb_tab"),
    },
    Shape {
        around: "su-tabs",
        list: "su-tabs-nav",
        tabs: Tabs::Children,
        panel: Panel::Class("su-tabs-pane"),
    },
    Shape {
        around: "kt-tabs-wrap",
        list: "kt-tabs-title-list",
        tabs: Tabs::Children,
        panel: Panel::Class("kt-tab-inner-content"),
    },
    Shape {
        around: "uagb-tabs__wrap",
        list: "uagb-tabs__panel",
        tabs: Tabs::Children,
        panel: Panel::Class("uagb-tabs__body-container"),
    },
];

/// The name of a panel once more, above it, for narrow screens.
const NAME_ABOVE: &str = "elementor-tab-mobile-title";

/// Tells what an element is to tabs, and takes off it what only scripts read.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Part {
    if let Some(html) = take(&mut page.panels.lists, element.start) {
        return Part::List(html);
    }
    if let Some(name) = take(&mut page.panels.named, element.start) {
        plain(attributes);
        attributes.remove("id");
        return Part::Named(name);
    }
    if let Some(name) = take(&mut page.panels.names, element.start) {
        plain(attributes);
        if !attributes.has_class("wp-block-tab-panel") {
            add_class(attributes, "wp-block-tab-panel");
        }
        page.panels.open = element.start;
        return Part::Panel(name);
    }
    let is_around = |shape: &&Shape| element.name == "div" && attributes.has_class(shape.around);
    if let Some(shape) = SHAPES.iter().find(is_around) {
        announce(body, page, element, shape);
        return Part::None;
    }
    tab_links::list(body, page, element, attributes).map_or(Part::None, Part::List)
}

/// Takes what is kept for an element out. Nearly every text has no tabs.
fn take<T>(kept: &mut HashMap<usize, T>, start: usize) -> Option<T> {
    if kept.is_empty() { None } else { kept.remove(&start) }
}

/// Takes off what scripts told of panels and their names.
pub fn plain(attributes: &mut Attributes<'_>) {
    const READ_BY_SCRIPTS: [&str; 7] = [
        "role",
        "tabindex",
        "aria-controls",
        "aria-expanded",
        "aria-labelledby",
        "aria-selected",
        "type",
    ];
    attributes.retain(|name, _| !READ_BY_SCRIPTS.contains(&name));
    attributes.mark_changed();
}

/// Adds a class to those of an element.
pub fn add_class(attributes: &mut Attributes<'_>, class: &str) {
    let classes = attributes.get("class").unwrap_or_default();
    attributes.set("class", format!("{classes} {class}").trim_start());
}

/// Remembers what tabs become, if there is a panel for each.
fn announce(body: &mut Body<'_>, page: &mut Page<'_>, element: Element<'_>, shape: &Shape) {
    let parts = parts(page.markup, element, shape);
    let Some(list) = parts.list else { return };
    let holds_picture = |tab: &usize| !inner(page.markup, *tab, "img", "src").is_empty();
    if parts.tabs.len() != parts.panels.len() || parts.tabs.iter().any(holds_picture) {
        return;
    }
    let level = (page.panels.level.max(1) + 1).min(HEADINGS.len());
    let kind = match (shape.around == CORE, parts.above.is_empty()) {
        (true, _) => Naming::Core,
        (false, true) => Naming::Above,
        (false, false) => Naming::IsThere,
    };
    let mut links = String::from("<ul class=\"wp-block-tab-list\">");
    for (tab, panel) in parts.tabs.into_iter().zip(parts.panels) {
        let label = push_tab(&mut links, body, (page.markup, tab, panel), (kind, level));
        page.panels.names.insert(panel, label);
    }
    links.push_str("</ul>");
    page.panels.lists.insert(list, links);
    page.panels.named.extend(parts.above.into_iter().map(|above| (above, HEADINGS[level - 1])));
    if kind != Naming::Core {
        counting::part(body, "tabs", Fate::Converted);
    }
}

/// How panels get their names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Naming {
    /// As [`Self::Above`]; that the panel has an id is relied on.
    Core,
    /// A heading stands above each.
    Above,
    /// They have one already.
    IsThere,
}

/// Adds the link to a panel, and returns the heading that stands above it.
pub fn push_tab(
    links: &mut String,
    body: &mut Body<'_>,
    (markup, tab, panel): (&Markup<'_>, usize, usize),
    (naming, level): (Naming, usize),
) -> String {
    let name = text(markup, tab).split_whitespace().collect::<Vec<_>>().join(" ");
    let panel_id = markup.start_tag(panel).and_then(|tag| id_of(body, tag));
    let is_without = panel_id.is_none() && naming == Naming::Above;
    let label_id = is_without.then(|| body.ids.for_heading(&name));
    links.push_str("<li");
    let old = if naming == Naming::Core { None } else { id_of_tab(markup, tab) };
    if let Some(id) = old.and_then(|id| body.ids.print(&id)) {
        push_id(links, &id);
    }
    links.push_str("><a");
    if let Some(id) = panel_id.as_ref().or(label_id.as_ref()) {
        links.push_str(" href=\"#");
        push_attribute(links, id);
        links.push('"');
    }
    links.push('>');
    push_text(links, &name);
    links.push_str("</a></li>");
    let mut label = String::new();
    if naming != Naming::IsThere {
        let heading = HEADINGS[level - 1];
        label.extend(["<", heading, " class=\"wp-block-tab-panel__label\""]);
        if let Some(id) = label_id {
            push_id(&mut label, &id);
        }
        label.push('>');
        push_text(&mut label, &name);
        label.extend(["</", heading, ">"]);
    }
    label
}

fn push_id(html: &mut String, id: &str) {
    html.push_str(" id=\"");
    push_attribute(html, id);
    html.push('"');
}

fn id_of(body: &Body<'_>, tag: Tag<'_>) -> Option<String> {
    let id = Attributes::read(tag).get("id").filter(|id| !id.trim().is_empty())?;
    Some(body.ids.renamed(&id).unwrap_or(&id).to_owned())
}

/// Returns the first id that a tab or what is in it has: links may lead to it.
fn id_of_tab(markup: &Markup<'_>, tab: usize) -> Option<String> {
    let tags = (tab..markup.end_of(tab)).filter_map(|index| markup.start_tag(index));
    tags.filter_map(|tag| Attributes::read(tag).get("id").map(Into::into)).next()
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
fn parts(markup: &Markup<'_>, element: Element<'_>, shape: &Shape) -> Parts {
    let mut parts = Parts::default();
    let mut index = element.start + 1;
    while index < element.end {
        if let Some(tag) = markup.start_tag(index) {
            let attributes = Attributes::read(tag);
            let is_panel = match shape.panel {
                Panel::Class(class) => attributes.has_class(class),
                Panel::Role => attributes.is("role", "tabpanel"),
            };
            if attributes.has_class(shape.list) && parts.list.is_none() {
                parts.list = Some(index);
                if shape.tabs == Tabs::Children {
                    parts.tabs = children(markup, index);
                    index = markup.end_of(index);
                }
            } else if shape.tabs == Tabs::Buttons
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
