//! What WordPress's blocks make whenever a page is asked for, and what a saved answer holds of it:
//! links to log in, links to the later pages of a query loop, menus that lead somewhere by a script.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::element::{Element, Verdict};
use crate::content::html::clean::lookahead::{inner, text};
use crate::content::html::clean::writer::Page;
use crate::content::html::clean::{counting, forms, links};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::ledger::{self, Fate, Why};

const LATER_PAGES: &str = "save the post with `context=edit`, too: then its pages are made";

/// Takes out what only WordPress answers. Raw texts never hold it: it was not made from them.
pub fn dropped(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if body.origin == Origin::Raw || !matches!(element.name, "div" | "nav") {
        return None;
    }
    if attributes.has_class("wp-block-loginout") {
        forms::tell_login(body);
        let fate = Fate::Dropped(Why::NeedsServer);
        body.tally.add(ledger::Kind::Block, "core/loginout", fate);
        return Some(Verdict::Replace(String::new()));
    }
    let is_outermost = element.start >= page.pagination_end;
    if !is_outermost || !attributes.has_class("wp-block-query-pagination") {
        return None;
    }
    page.pagination_end = element.end;
    if !inner(page.markup, element.start, "a", "href").iter().any(|it| is_loop_page(it)) {
        return None;
    }
    let message =
        "the later pages of a query loop are not in the export; left out the links to them";
    body.findings.fail("dynamic-block", message, LATER_PAGES);
    let fate = Fate::Dropped(Why::NotInExport);
    body.tally.add(ledger::Kind::Block, "core/query-pagination", fate);
    Some(Verdict::Replace(String::new()))
}

/// Returns whether an address asks for a page of a query loop: `?query-9-page=2`.
fn is_loop_page(address: &str) -> bool {
    let Some((_, query)) = address.split_once('?') else { return false };
    query.split('&').any(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        let id = name.strip_prefix("query").and_then(|rest| rest.strip_suffix("-page"));
        let id = id.map(|id| id.strip_prefix('-').unwrap_or(id));
        id.is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// Returns the list that stands for a menu of archives or terms, which leads nowhere without
/// WordPress's script.
pub fn listed(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if body.origin == Origin::Raw || element.name != "div" {
        return None;
    }
    let block = match attributes {
        it if it.has_class("wp-block-archives-dropdown") => "core/archives",
        it if it.has_class("wp-block-categories-dropdown") => "core/categories",
        _ => return None,
    };
    let menu = Menu::read(page.markup, element)?;
    let mut html = String::new();
    if !menu.label.is_empty() {
        html.push_str("<span class=\"");
        push_attribute(&mut html, &menu.label_class);
        html.push_str("\">");
        push_text(&mut html, &menu.label);
        html.push_str("</span>");
    }
    html.push_str("<details><summary>");
    push_text(&mut html, if menu.choose.is_empty() { &menu.label } else { &menu.choose });
    html.push_str("</summary><ul>");
    for (address, words) in &menu.choices {
        html.push_str("<li><a href=\"");
        push_attribute(&mut html, &links::resolve(body, address));
        html.push_str("\">");
        push_text(&mut html, words);
        html.push_str("</a></li>");
    }
    html.push_str("</ul></details>");
    counting::within(body, page.markup, element, &html);
    body.tally.add(ledger::Kind::Block, block, Fate::Converted);
    Some(Verdict::Refill(html))
}

/// A menu, as plain text.
#[derive(Debug, Default)]
struct Menu {
    label: String,
    label_class: String,
    /// What stands there before anything is chosen.
    choose: String,
    /// Addresses and words.
    choices: Vec<(String, String)>,
}

impl Menu {
    /// Reads the menu in an element. `None`: there is none, or nothing tells where it leads.
    fn read(markup: &Markup<'_>, element: Element<'_>) -> Option<Self> {
        let mut menu = Self::default();
        let mut name = None;
        for index in element.start + 1..element.end {
            let Some(tag) = markup.start_tag(index) else { continue };
            let words = || text(markup, index).replace('\u{a0}', " ").trim().to_owned();
            let attributes = Attributes::read(tag);
            match tag.name {
                "label" if name.is_none() => {
                    menu.label = words();
                    menu.label_class = attributes.get("class").unwrap_or_default().into_owned();
                }
                "select" if name.is_some() => return None,
                "select" => name = Some(attributes.get("name").unwrap_or_default().into_owned()),
                "option" => {
                    let value = attributes.get("value").unwrap_or_default();
                    match value.trim() {
                        "" | "0" | "-1" => menu.choose = words(),
                        value => menu.choices.push((leads(name.as_deref()?, value)?, words())),
                    }
                }
                _ => {}
            }
        }
        (!menu.choices.is_empty()).then_some(menu)
    }
}

/// Returns where a choice leads: it is an address, or what a parameter of the menu's name asks for.
fn leads(name: &str, value: &str) -> Option<String> {
    match addresses::kind(value) {
        Kind::Absolute => Some(value.to_owned()),
        Kind::Relative if value.starts_with(['/', '?']) => Some(value.to_owned()),
        Kind::Relative if !matches!(name, "" | "archive-dropdown") => {
            Some(format!("/?{name}={value}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    #[test]
    fn links_to_log_in_go() {
        check(
            "<p>a</p><div class=\"logged-out wp-block-loginout\"><a href=\"https://example.org/wp-login.php?redirect_to=x\">Log in</a></div>",
            "<p>a</p>",
            &["form-dropped"],
        );
    }

    #[test]
    fn pages_of_loops_that_were_not_saved_are_not_linked() {
        check(
            "<p>a</p><nav class=\"wp-block-query-pagination\"><div><span class=\"page-numbers current\">1</span><a href=\"?query-9-page=2&#038;rest_route=%2Fwp%2Fv2%2Fposts\">2</a></div><a href=\"/?rest_route=x&#038;query-9-page=2\">Next</a></nav>",
            "<p>a</p>",
            &["dynamic-block"],
        );
        let other = "<nav class=\"wp-block-query-pagination\"><a href=\"/?p=12\">a</a></nav>";
        check(other, &other.replace("/?p=12", "/kept/"), &[]);
    }

    #[test]
    fn menus_of_archives_are_lists() {
        check(
            "<div class=\"wp-block-archives-dropdown wp-block-archives\"><label for=\"m\" class=\"wp-block-archives__label\">Archives</label><select id=\"m\" name=\"archive-dropdown\" onchange=\"document.location.href=this.options[this.selectedIndex].value;\"><option value=\"\">Select Year</option><option value='https://example.org/kept/'> 2024&nbsp;(3) </option></select></div>",
            "<div class=\"wp-block-archives-dropdown wp-block-archives\"><span class=\"wp-block-archives__label\">Archives</span><details><summary>Select Year</summary><ul><li><a href=\"/kept/\">2024 (3)</a></li></ul></details></div>",
            &[],
        );
    }

    #[test]
    fn menus_of_terms_are_lists() {
        check(
            "<div class=\"wp-block-categories-dropdown wp-block-categories\"><select name=\"p\"><option value=\"-1\">Choose</option><option value=\"12\">&nbsp;&nbsp;Tea &amp; milk</option></select><script>x</script></div>",
            "<div class=\"wp-block-categories-dropdown wp-block-categories\"><details><summary>Choose</summary><ul><li><a href=\"/kept/\">Tea &amp; milk</a></li></ul></details></div>",
            &[],
        );
    }

    #[test]
    fn what_does_not_tell_where_it_leads_stays() {
        let menu = "<div class=\"wp-block-archives-dropdown\"><select name=\"archive-dropdown\"><option value=\"a\">a</option></select></div>";
        check(menu, menu, &[]);
    }

    #[test]
    fn all_of_it_is_counted() {
        let html = "<div class=\"wp-block-loginout\"></div><div class=\"wp-block-archives-dropdown\"><select><option value=\"/?p=12\">a</option></select></div>";
        let content = normalize_as(BodyFormat::Rendered, html);
        let counts =
            content.tally.iter().map(|(_, name, fate, count)| format!("{count} {name}: {fate}"));
        assert_eq!(
            counts.collect::<Vec<_>>(),
            ["1 core/archives: converted", "1 core/loginout: left out: it needs a server"]
        );
    }
}
