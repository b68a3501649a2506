//! Menus: the user's own, else the export's, else made from pages and categories.

mod guess;
mod lost;
mod made;
mod nodes;
mod parts;

use crate::config::{MenuPlace, Settings};
use crate::diagnostics::Warned;
use crate::model::{Export, Menu};
use crate::site::Entry;
use crate::site::archives::Archive;
use crate::site::editions::{Edition, EditionId};
use crate::site::links::Links;
use crate::site::menus::lost::Lost;
use crate::site::menus::made::made;
use crate::site::menus::nodes::{from_menu, from_navigation, from_part, from_settings};
use crate::site::urls::UrlPath;

/// An entry of a menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MenuNode {
    /// HTML.
    pub title: String,
    /// Where it leads.
    pub target: MenuTarget,
    /// The entries below it.
    pub children: Vec<Self>,
}

/// Where a menu entry leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MenuTarget {
    /// A page of this site, and a fragment, which may be empty.
    Page(UrlPath, String),
    /// Something of the old site that is no page, by its old address: mostly a file.
    Old(String),
    /// Any other address. Empty if the entry only opens the level below it.
    Address(String),
}

/// The menus of a site, or of a part of it in one language.
#[derive(Clone, Debug)]
pub struct Menus {
    /// For the header.
    pub main: Vec<MenuNode>,
    /// For the footer. May be empty.
    pub footer: Vec<MenuNode>,
}

/// What menus are made from.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The records.
    pub export: &'a Export,
    /// What the user says.
    pub settings: &'a Settings,
    /// The entries.
    pub entries: &'a [Entry],
    /// The archives.
    pub archives: &'a [Archive],
    /// Where old addresses lead.
    pub links: &'a Links,
    /// The parts of the site in one language each.
    pub editions: &'a [Edition],
}

/// What stands between the name of a theme's place for a menu and a language, where Polylang has a menu
/// a language.
const OF_LANGUAGE: &str = "___";

/// Names themes give to the place of the main menu, the most telling first.
const MAIN_LOCATIONS: [&str; 8] =
    ["primary", "main", "header", "menu-1", "top", "primary-menu", "main-menu", "header-menu"];

/// Returns the menus of the site, and of each part of it in one language. Tells of entries that lead to
/// what is not there.
pub fn menus(from: &Sources<'_>) -> Warned<(Menus, Vec<Menus>)> {
    let mut lost = Lost::new(from.export);
    let menus = Menus { main: main(from, &mut lost), footer: footer(from, &mut lost) };
    let mut diagnostics = lost.diagnostics;
    let mut lost = Lost::new(from.export);
    let of_editions = of_editions(from, &menus, &mut lost);
    diagnostics.extend(lost.diagnostics);
    Warned { value: (menus, of_editions), diagnostics }
}

/// Returns the menus of each part of the site in one language: its own, if the export has some, else
/// those of the site.
fn of_editions(from: &Sources<'_>, of_site: &Menus, lost: &mut Lost<'_>) -> Vec<Menus> {
    let all = (0..).map(EditionId::new).zip(from.editions);
    let menus = all.map(|(id, edition)| {
        let mut own = |place: MenuPlace, is_wanted: &dyn Fn(&str) -> bool| {
            let is_told = from.settings.menus.contains_key(&place);
            let menu = located(&from.export.menus, |place| {
                let parts = place.split_once(OF_LANGUAGE);
                parts.is_some_and(|(place, code)| is_wanted(place) && edition.is_called(code))
            });
            let menu = menu.filter(|_| !is_told)?;
            Some(from_menu(menu, from, lost))
        };
        let main = own(MenuPlace::Main, &|place| MAIN_LOCATIONS.contains(&place));
        let footer = own(MenuPlace::Footer, &|place| place.contains("footer"));
        let is_made = of_site.main == made(from, root_of(from.editions));
        let main = main.unwrap_or_else(|| match is_made {
            true => made(from, Some(id)),
            false => of_site.main.clone(),
        });
        Menus { main, footer: footer.unwrap_or_else(|| of_site.footer.clone()) }
    });
    menus.collect()
}

fn root_of(editions: &[Edition]) -> Option<EditionId> {
    editions.iter().position(Edition::is_at_root).map(EditionId::new)
}

fn main(from: &Sources<'_>, lost: &mut Lost<'_>) -> Vec<MenuNode> {
    if let Some(entries) = from.settings.menus.get(&MenuPlace::Main) {
        return from_settings(entries, from, lost);
    }
    let export = from.export;
    if let Some(menu) = located(&export.menus, |place| MAIN_LOCATIONS.contains(&place)) {
        return from_menu(menu, from, lost);
    }
    let in_header = parts::menus_in("header", export);
    let mut in_header = in_header.iter().map(|menu| from_part(menu, from, lost));
    if let Some(nodes) = in_header.find(|nodes| nodes.iter().any(leads_here)) {
        return nodes;
    }
    let mut blocks: Vec<Vec<MenuNode>> =
        export.navigations.iter().map(|it| from_navigation(it, from, lost)).collect();
    // Links to other sites alone, such as those to its own people there, are no main menu.
    if let Some(place) = blocks.iter().position(|nodes| nodes.iter().any(leads_here)) {
        return blocks.swap_remove(place);
    }
    let leading = |menu: &Menu| {
        let nodes = from_menu(menu, from, &mut Lost::new(export));
        nodes.iter().filter(|node| leads_here(node)).count()
    };
    if let Some(guess) = guess::main(&export.menus, leading) {
        lost.diagnostics.extend(guess.tell());
        return from_menu(guess.menu, from, lost);
    }
    let others = blocks.into_iter().find(|nodes| !nodes.is_empty());
    others.unwrap_or_else(|| made(from, root_of(from.editions)))
}

/// Whether an entry, or one below it, leads to a page of this site.
fn leads_here(node: &MenuNode) -> bool {
    matches!(node.target, MenuTarget::Page(..)) || node.children.iter().any(leads_here)
}

fn footer(from: &Sources<'_>, lost: &mut Lost<'_>) -> Vec<MenuNode> {
    if let Some(entries) = from.settings.menus.get(&MenuPlace::Footer) {
        return from_settings(entries, from, lost);
    }
    let menus = &from.export.menus;
    if let Some(menu) = located(menus, |place| place.contains("footer")) {
        return from_menu(menu, from, lost);
    }
    let in_footer = parts::menus_in("footer", from.export);
    let in_footer = in_footer.iter().flat_map(|menu| from_part(menu, from, lost));
    // Themes come with entries that lead nowhere, to be changed.
    let in_footer: Vec<MenuNode> = in_footer.filter(leads_somewhere).collect();
    if !in_footer.is_empty() {
        return in_footer;
    }
    guess::footer(menus).map_or_else(Vec::new, |menu| from_menu(menu, from, lost))
}

fn leads_somewhere(node: &MenuNode) -> bool {
    let is_nowhere = matches!(&node.target, MenuTarget::Address(to) if to.is_empty() || to == "#");
    !is_nowhere || node.children.iter().any(leads_somewhere)
}

fn located(menus: &[Menu], is_wanted: impl Fn(&str) -> bool) -> Option<&Menu> {
    let has_place = |menu: &&Menu| menu.locations.iter().flatten().any(|place| is_wanted(place));
    menus.iter().find(has_place)
}
