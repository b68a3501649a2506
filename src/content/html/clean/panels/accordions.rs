//! Accordions of page builders, whose panels their scripts open: where it is clear which is the name
//! of a panel, `details` does.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::shows_words;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::shapes::{ACCORDIONS, Accordion, State};
use crate::content::html::clean::panels::{HEADINGS, plain};
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::{Kind, Tag};
use crate::ledger::Fate;

/// What is known of the accordions around the place where the rewrite is.
#[derive(Debug, Default)]
pub struct Accordions {
    /// The name of the item that has just begun, by the index of its tag.
    name: usize,
    /// Where that name ends.
    pub name_end: usize,
    /// Its panel.
    panel: usize,
    /// Whether the first item of the accordion around is open, until it has been met.
    opens_first: bool,
    /// Which item of the accordion around is open, by its number.
    opens: Option<u32>,
    /// What is around, innermost last: the index of its end, and whether its items open.
    around: Vec<(usize, Around)>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Around {
    Opens,
    /// As in tabs and grids, whose panels have names and are all shown.
    StaysOpen,
}

/// Tells what becomes of a part of an accordion, and takes off it what only scripts read.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let accordions = &mut page.panels.accordions;
    if element.start > 0 && element.start == accordions.name {
        plain(attributes);
        accordions.name_end = element.end;
        return Some(match HEADINGS.contains(&element.name) {
            true => Verdict::Wrap("summary"),
            false => Verdict::Rename("summary"),
        });
    }
    if element.start < accordions.name_end {
        return within_name(element, attributes);
    }
    if element.start > 0 && element.start == accordions.panel {
        plain(attributes);
        page.panels.open = element.start;
        return None;
    }
    if !matches!(element.name, "div" | "section" | "article") || !attributes.has("class") {
        return None;
    }
    look_around(accordions, element, attributes);
    item(body, page, element, attributes)
}

/// A `summary` can hold no blocks and no buttons, and a link in it would not open the panel.
fn within_name(element: Element<'_>, attributes: &mut Attributes<'_>) -> Option<Verdict> {
    let leads_nowhere = |attributes: &Attributes<'_>| {
        attributes.get("href").is_none_or(|it| it.starts_with('#') || it.starts_with("javascript:"))
    };
    match element.name {
        "a" if leads_nowhere(attributes) => {
            plain(attributes);
            attributes.remove("href");
            Some(Verdict::Rename("span"))
        }
        "button" => {
            plain(attributes);
            Some(Verdict::Rename("span"))
        }
        "div" | "p" => {
            plain(attributes);
            attributes.add_class("was-block");
            Some(Verdict::Rename("span"))
        }
        _ => None,
    }
}

fn look_around(accordions: &mut Accordions, element: Element<'_>, attributes: &Attributes<'_>) {
    if attributes.has_class("uagb-faq-expand-first-true")
        || attributes.has_class("elementor-accordion")
    {
        accordions.opens_first = true;
        accordions.opens = None;
    } else if attributes.has_class("wpb_accordion") {
        accordions.opens_first = !attributes.is("data-active-tab", "false");
        accordions.opens = None;
    } else if let Some(first) = attributes.get("data-start-open") {
        accordions.opens = first.parse::<u32>().ok().and_then(|first| first.checked_add(1));
        accordions.opens_first = false;
    } else if attributes.has_class("elementor-toggle") || attributes.has_class("uagb-faq__wrap") {
        accordions.opens_first = false;
        accordions.opens = None;
    }
    let around = attributes.get("class").and_then(|classes| {
        classes.split_ascii_whitespace().find_map(|class| match class {
            "vc_tta-accordion" | "uagb-faq-layout-accordion" => Some(Around::Opens),
            "vc_tta-tabs" | "vc_tta-tour" | "vc_tta-pageable" | "uagb-faq-layout-grid" => {
                Some(Around::StaysOpen)
            }
            _ => None,
        })
    });
    if let Some(around) = around {
        accordions.around.retain(|(end, _)| *end > element.start);
        accordions.around.push((element.end, around));
    }
}

fn item(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let shape = ACCORDIONS.iter().find(|shape| attributes.has_class(shape.item))?;
    let (name, panel) = name_and_panel(page.markup, element, shape)?;
    let accordions = &mut page.panels.accordions;
    accordions.around.retain(|(end, _)| *end > element.start);
    if accordions.around.last().is_some_and(|(_, around)| *around == Around::StaysOpen) {
        return None;
    }
    let has = |tag: Tag<'_>, class| Attributes::read(tag).has_class(class);
    let is_open = match shape.state {
        State::OpenWith(class) => attributes.has_class(class),
        State::ClosedWith(class) => !attributes.has_class(class),
        State::ShownWith(class) => page.markup.start_tag(panel).is_some_and(|tag| has(tag, class)),
        State::FromAround => {
            let is_numbered = |opens: u32| attributes.has_class(&format!("{}-{opens}", shape.item));
            std::mem::take(&mut accordions.opens_first) || accordions.opens.is_some_and(is_numbered)
        }
    };
    accordions.name = name;
    accordions.panel = panel;
    plain(attributes);
    attributes.add_class("wp-block-details");
    if is_open {
        attributes.set("open", String::new());
    }
    counting::part(body, "panels of accordions", Fate::Converted);
    Some(Verdict::Rename("details"))
}

/// Finds the name and the panel of an item that holds nothing else.
fn name_and_panel(
    markup: &Markup<'_>,
    element: Element<'_>,
    shape: &Accordion,
) -> Option<(usize, usize)> {
    let mut found = Vec::new();
    let mut index = element.start + 1;
    while index < element.end {
        match markup.tokens[index].kind {
            Kind::Start(tag) => {
                let wanted = [shape.name, shape.panel].get(found.len())?.to_owned();
                Attributes::read(tag).has_class(wanted).then_some(())?;
                found.push(index);
                index = markup.end_of(index);
            }
            Kind::Text if markup.source(index).trim_ascii().is_empty() => {}
            Kind::Comment => {}
            _ => return None,
        }
        index += 1;
    }
    let [name, panel] = *found else { return None };
    let is_whole = markup.end_of(name) > name && markup.end_of(panel) > panel;
    (is_whole && shows_words(markup, name)).then_some((name, panel))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::content::html::repair::repair;
    use crate::content::plain_text;
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    fn words(html: &str) -> Vec<String> {
        let text = plain_text(&html.replace('<', " <"));
        text.split_whitespace().map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn no_word_is_lost_however_parts_are_mixed(pieces in prop::collection::vec(prop_oneof![
            r#"<div class="(su-spoiler|su-spoiler-title|su-spoiler-content|et_pb_toggle|et_pb_toggle_content|vc_tta-tabs|vc_tta-panel|vc_tta-panel-heading|vc_tta-panel-body|x)"( style="display:none")?>"#,
            r#"<h4 class="et_pb_toggle_title">|<button>|<a href="[#]x">|</h4>|</button>|</a>"#,
            "</div>",
            "[a-z]{4} ",
        ], 0..24)) {
            let html = pieces.concat();
            // Hidden texts stay, and so do links to nowhere without words.
            let before = words(&repair(&html).html);
            let content = normalize_as(BodyFormat::Rendered, &html);
            prop_assert_eq!(words(content.pages[0].as_str()), before);
        }
    }

    #[test]
    fn items_are_details() {
        check(
            "<div class=\"elementor-accordion\"><div class=\"elementor-accordion-item\">\n<div id=\"t\" class=\"elementor-tab-title\" role=\"button\" aria-controls=\"c\" aria-expanded=\"false\"><span class=\"icon\" aria-hidden=\"true\"></span><a class=\"elementor-accordion-title\" tabindex=\"0\">One</a></div>\n<div id=\"c\" class=\"elementor-tab-content\" role=\"region\" aria-labelledby=\"t\"><p>a</p></div></div></div>",
            "<div class=\"elementor-accordion\"><details class=\"elementor-accordion-item wp-block-details\" open=\"\">\n<summary id=\"t\" class=\"elementor-tab-title\"><span class=\"icon\" aria-hidden=\"true\"></span><span class=\"elementor-accordion-title\">One</span></summary>\n<div id=\"c\" class=\"elementor-tab-content\"><p>a</p></div></details></div>",
            &[],
        );
        check(
            "<div class=\"su-spoiler su-spoiler-closed\"><div class=\"su-spoiler-title\" tabindex=\"0\" role=\"button\"><span class=\"su-spoiler-icon\"></span>One</div><div class=\"su-spoiler-content\" style=\"display:none\">a</div></div>",
            "<details class=\"su-spoiler su-spoiler-closed wp-block-details\"><summary class=\"su-spoiler-title\"><span class=\"su-spoiler-icon\"></span>One</summary><div class=\"su-spoiler-content\">a</div></details>",
            &[],
        );
    }

    #[test]
    fn headings_stay_headings_in_a_summary() {
        check(
            "<div class=\"et_pb_module et_pb_toggle et_pb_toggle_open\"><h5 class=\"et_pb_toggle_title\">One <em>x</em></h5><div class=\"et_pb_toggle_content\"><p>a</p></div></div>",
            "<details class=\"et_pb_module et_pb_toggle et_pb_toggle_open wp-block-details\" open=\"\"><summary><h5 class=\"et_pb_toggle_title\" id=\"one-x\">One <em>x</em></h5></summary><div class=\"et_pb_toggle_content\"><p>a</p></div></details>",
            &[],
        );
    }

    #[test]
    fn names_hold_no_blocks_buttons_or_links_to_panels() {
        check(
            "<div class=\"vc_tta-accordion\"><div class=\"vc_tta-panel\" id=\"s1\"><div class=\"vc_tta-panel-heading\"><h4><a href=\"#s1\" data-vc-accordion><span>One</span></a></h4></div><div class=\"vc_tta-panel-body\"><div>a</div></div></div></div>",
            "<div class=\"vc_tta-accordion\"><details class=\"vc_tta-panel wp-block-details\" id=\"s1\"><summary class=\"vc_tta-panel-heading\"><h4 id=\"one\"><span data-vc-accordion><span>One</span></span></h4></summary><div class=\"vc_tta-panel-body\"><div>a</div></div></details></div>",
            &[],
        );
        check(
            "<div class=\"kt-accordion-inner-wrap\" data-start-open=\"0\"><div class=\"kt-accordion-pane kt-accordion-pane-1\"><div class=\"kt-accordion-header-wrap\"><button class=\"k\" type=\"button\"><div>One</div></button></div><div class=\"kt-accordion-panel\">a</div></div></div>",
            "<div class=\"kt-accordion-inner-wrap\" data-start-open=\"0\"><details class=\"kt-accordion-pane kt-accordion-pane-1 wp-block-details\" open=\"\"><summary class=\"kt-accordion-header-wrap\"><span class=\"k\"><span class=\"was-block\">One</span></span></summary><div class=\"kt-accordion-panel\">a</div></details></div>",
            &[],
        );
    }

    #[test]
    fn panels_of_tabs_and_grids_stay_open() {
        let tabs = "<div class=\"vc_tta-tabs\"><div class=\"vc_tta-panel\" id=\"s1\"><div class=\"vc_tta-panel-heading\"><h4 id=\"h\">One</h4></div><div class=\"vc_tta-panel-body\">a</div></div></div>";
        check(tabs, tabs, &[]);
        let grid = "<div class=\"uagb-faq__wrap uagb-faq-layout-grid\"><div class=\"uagb-faq-item\"><div class=\"uagb-faq-questions-button\">One</div><p class=\"uagb-faq-content\">a</p></div></div>";
        check(grid, grid, &[]);
    }

    #[test]
    fn items_that_are_written_otherwise_stay() {
        for html in [
            "<div class=\"su-spoiler\">words<div class=\"su-spoiler-title\">One</div><div class=\"su-spoiler-content\">a</div></div>",
            "<div class=\"su-spoiler\"><div class=\"su-spoiler-title\"></div><div class=\"su-spoiler-content\">a</div></div>",
            "<div class=\"su-spoiler\"><div class=\"su-spoiler-title\">One</div><div class=\"su-spoiler-content\">a</div><p>b</p></div>",
        ] {
            check(html, html, &[]);
        }
    }

    #[test]
    fn items_within_items_open_each() {
        let item = |inner: &str| {
            format!(
                "<div class=\"vc_toggle\"><div class=\"vc_toggle_title\"><h4>T</h4></div><div class=\"vc_toggle_content\" style=\"display: none\">{inner}</div></div>"
            )
        };
        let content = normalize_as(BodyFormat::Rendered, &item(&item(&item("a"))));
        let html = content.pages[0].as_str();
        assert_eq!(html.matches("<details").count(), 3, "{html}");
        assert!(!html.contains("none"), "{html}");
        assert_eq!(content.tally.iter().map(|(.., count)| count).collect::<Vec<_>>(), [3]);
    }
}
