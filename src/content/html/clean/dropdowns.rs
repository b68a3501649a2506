//! Menus of archives and terms that lead somewhere by a script, in saved answers: lists of links stand for
//! them.

use std::ops::Range;

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::lookahead::{text, written};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::clean::{counting, links};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::ledger::{self, Fate};

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
    let menu = Menu::read(page.markup, element.start + 1..element.end)?;
    let html = menu.print(body);
    counting::within(body, page.markup, element, &html);
    body.tally.add(ledger::Kind::Block, block, Fate::Converted);
    Some(Verdict::Refill(html))
}

/// Does the same for the menus of WordPress's older widgets, which are not within an element of
/// their own: their labels, their scripts, and themselves.
pub fn legacy(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    if body.origin == Origin::Raw {
        return None;
    }
    match element.name {
        "label" => label(page.markup, element, attributes),
        "select" => {
            let (menu, id) = of_archives(page.markup, element.start)?;
            page.menu = id;
            body.tally.add(ledger::Kind::Block, "core/archives", Fate::Converted);
            Some(Verdict::Replace(menu.print(body)))
        }
        "form" => form(body, page, element),
        "script" if !page.menu.is_empty() && !attributes.has("src") => {
            let script = written(page.markup, element.start);
            let names_menu = |quote: &str| script.contains(&format!("{quote}{}{quote}", page.menu));
            if !["\"", "'"].into_iter().any(names_menu) {
                return None;
            }
            page.menu.clear();
            counting::script(body, attributes, Fate::Converted);
            Some(Verdict::Replace(String::new()))
        }
        _ => None,
    }
}

/// The label of a menu of archives is none of a list.
fn label(
    markup: &Markup<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let label = attributes.get("for")?;
    let mut next = (element.end + 1..markup.tokens.len()).take(NEAR);
    let select = next.find(|&index| markup.start_tag(index).is_some())?;
    let is_its = of_archives(markup, select).is_some_and(|(_, id)| id == label);
    if !is_its {
        return None;
    }
    attributes.remove("for");
    Some(Verdict::Rename("span"))
}

/// Menus of terms are in forms of their own.
fn form(body: &mut Body<'_>, page: &mut Page<'_>, element: Element<'_>) -> Option<Verdict> {
    let markup = page.markup;
    let near = (element.start..element.end).take(NEAR);
    let mut selects = near.filter_map(|at| markup.start_tag(at));
    let select = Attributes::read(selects.find(|tag| tag.name == "select")?);
    if !select.has_class("postform") || is_in_paragraph(markup, element) {
        return None;
    }
    let menu = Menu::read(markup, element.start + 1..element.end)?;
    page.menu = select.get("id").unwrap_or_default().into_owned();
    body.tally.add(ledger::Kind::Block, "core/categories", Fate::Converted);
    Some(Verdict::Replace(menu.print(body)))
}

/// So many tokens lie between what belongs together.
const NEAR: usize = 64;

/// Returns the menu of archives that starts at a token, and its id.
fn of_archives(markup: &Markup<'_>, start: usize) -> Option<(Menu, String)> {
    let tag = markup.start_tag(start).filter(|tag| tag.name == "select")?;
    let attributes = Attributes::read(tag);
    let element = Element { name: tag.name, start, end: markup.end_of(start) };
    if !attributes.is("name", "archive-dropdown") || is_in_paragraph(markup, element) {
        return None;
    }
    let menu = Menu::read(markup, start..element.end)?;
    Some((menu, attributes.get("id").unwrap_or_default().into_owned()))
}

/// Returns whether a paragraph is around an element: a list would end it.
fn is_in_paragraph(markup: &Markup<'_>, element: Element<'_>) -> bool {
    let before = (0..element.start).rev().take(NEAR);
    let mut starts = before.filter_map(|index| Some((index, markup.start_tag(index)?)));
    starts.any(|(index, tag)| tag.name == "p" && markup.end_of(index) > element.end)
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
    /// Reads the menu among some tokens. `None`: there is none, or nothing tells where it leads.
    fn read(markup: &Markup<'_>, tokens: Range<usize>) -> Option<Self> {
        let mut menu = Self::default();
        let mut name = None;
        for index in tokens {
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

    /// Returns a list in its place.
    fn print(&self, body: &mut Body<'_>) -> String {
        let mut html = String::new();
        if !self.label.is_empty() {
            html.push_str("<span class=\"");
            push_attribute(&mut html, &self.label_class);
            html.push_str("\">");
            push_text(&mut html, &self.label);
            html.push_str("</span>");
        }
        html.push_str("<details><summary>");
        push_text(&mut html, if self.choose.is_empty() { &self.label } else { &self.choose });
        html.push_str("</summary><ul>");
        for (address, words) in &self.choices {
            html.push_str("<li><a href=\"");
            push_attribute(&mut html, &links::resolve(body, address));
            html.push_str("\">");
            push_text(&mut html, words);
            html.push_str("</a></li>");
        }
        html.push_str("</ul></details>");
        html
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
    use crate::content::testing::check_rendered as check;

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

    const ARCHIVES: &str = "<details><summary>Select Month</summary><ul><li><a href=\"/kept/\">May 2024</a></li></ul></details>";

    /// Returns the menu of the older widget for archives.
    fn archives(address: &str) -> String {
        format!(
            "<select id=\"archives-dropdown-2\" name=\"archive-dropdown\" onchange='go()'><option value=\"\">Select Month</option><option value='{address}'> May 2024 </option></select>"
        )
    }

    #[test]
    fn menus_of_older_widgets_are_lists() {
        let select = archives("https://example.org/kept/");
        check(
            &format!(
                "<div class=\"widget widget_archive\"><h2>Archives</h2><label class=\"screen-reader-text\" for=\"archives-dropdown-2\">Archives</label>\n{select}<script>var d = document.getElementById( \"archives-dropdown-2\" );</script></div>"
            ),
            &format!(
                "<div class=\"widget widget_archive\"><h2 id=\"archives\">Archives</h2><span class=\"screen-reader-text\">Archives</span>\n{ARCHIVES}</div>"
            ),
            &[],
        );
        check(
            "<form action=\"https://example.org/\" method=\"get\"><label class=\"screen-reader-text\" for=\"c\">Topics</label><select name='p' id='c' class='postform'><option value='-1'>Select</option><option class=\"level-0\" value=\"12\">Tea</option></select></form><script>( ( 'c' ) );</script>",
            "<span class=\"screen-reader-text\">Topics</span><details><summary>Select</summary><ul><li><a href=\"/kept/\">Tea</a></li></ul></details>",
            &[],
        );
    }

    #[test]
    fn other_scripts_beside_menus_are_told() {
        let select = archives("https://example.org/kept/");
        check(&format!("{select}<script>x()</script>"), ARCHIVES, &["script-dropped"]);
    }

    #[test]
    fn menus_within_paragraphs_stay() {
        let select = archives("https://example.org/kept/").replace(" onchange='go()'", "");
        let select = select.replace('\'', "\"");
        let paragraph = format!("<p><label for=\"archives-dropdown-2\">A</label>{select}</p>");
        check(&paragraph, &paragraph, &[]);
    }
}
