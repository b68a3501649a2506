//! The list of links that stands for tabs, and the names of their panels.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::lookahead::text;
use crate::content::html::clean::page::Page;
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Tag;

/// A tab and its panel, by the indexes of their tags.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Whose words are the name.
    pub tab: usize,
    /// What it opens.
    pub panel: usize,
    /// How the panel gets its name.
    pub naming: Naming,
}

/// How a panel gets its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Naming {
    /// As [`Self::Above`]; that the panel has an id is relied on.
    Core,
    /// A heading stands above it.
    Above,
    /// It has one already.
    IsThere,
}

/// Returns the list, and remembers the names of the panels until these are met.
pub fn print(body: &mut Body<'_>, page: &mut Page<'_>, pairs: &[Pair]) -> String {
    let mut links = String::from("<ul class=\"wp-block-tab-list\">");
    for pair in pairs {
        let name = text(page.markup, pair.tab).split_whitespace().collect::<Vec<_>>().join(" ");
        let panel_id = page.markup.start_tag(pair.panel).and_then(|tag| id_of(body, tag));
        let is_without = panel_id.is_none() && pair.naming == Naming::Above;
        let label_id = is_without.then(|| body.ids.for_heading(&name));
        let old_id = match pair.naming {
            Naming::Core => None,
            Naming::Above | Naming::IsThere => id_of_tab(page.markup, pair.tab),
        };
        let old_id = old_id.and_then(|id| body.ids.print(&id));
        push_link(&mut links, &name, old_id, panel_id.as_ref().or(label_id.as_ref()));
        let label = match pair.naming {
            Naming::IsThere => String::new(),
            Naming::Core | Naming::Above => label(page.panels.next_heading(), &name, label_id),
        };
        page.panels.labels.insert(pair.panel, label);
    }
    links.push_str("</ul>");
    links
}

fn push_link(links: &mut String, name: &str, id: Option<String>, target: Option<&String>) {
    links.push_str("<li");
    if let Some(id) = id {
        push_id(links, &id);
    }
    links.push_str("><a");
    if let Some(target) = target {
        links.push_str(" href=\"#");
        push_attribute(links, target);
        links.push('"');
    }
    links.push('>');
    push_text(links, name);
    links.push_str("</a></li>");
}

fn label(heading: &str, name: &str, id: Option<String>) -> String {
    let mut label = String::new();
    label.extend(["<", heading, " class=\"wp-block-tab-panel__label\""]);
    if let Some(id) = id {
        push_id(&mut label, &id);
    }
    label.push('>');
    push_text(&mut label, name);
    label.extend(["</", heading, ">"]);
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
