//! The entries of menus, whatever they were written as: settings, classic menus, block menus.

use std::collections::{HashMap, HashSet};
use std::iter::Peekable;

use crate::config::MenuEntry;
use crate::content;
use crate::content::html::entities::escape;
use crate::content::navigation::{NavigationItem, NavigationKind};
use crate::model::{Menu, MenuItem, MenuObject, Navigation, PostId};
use crate::site::archives::ArchiveKind;
use crate::site::links::{Links, Resolution};
use crate::site::menus::lost::Lost;
use crate::site::menus::made::pages;
use crate::site::menus::parts::PartMenu;
use crate::site::menus::{MenuNode, MenuTarget, Sources};
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;

/// How deep menus are nested. Deeper entries stand at the deepest level.
const MAX_DEPTH: usize = 10;

/// What to do about an entry that is left out.
const LEFT_OUT: &str = "the entry is left out: save that page, too, or take it out of the menu";

/// Returns the entries that the user wrote: none is left out, wherever it leads.
pub(super) fn from_settings(
    entries: &[MenuEntry],
    from: &Sources<'_>,
    lost: &mut Lost<'_>,
) -> Vec<MenuNode> {
    let mut nodes = Vec::with_capacity(entries.len());
    for entry in entries {
        let target = target(&entry.url, from.links).unwrap_or_else(|| {
            let (path, fragment) = entry.url.split_once('#').unwrap_or((&entry.url, ""));
            let own = OwnFile::at(path);
            let is_written =
                |own: OwnFile| own.is_written(from.settings, from.export, from.entries);
            if !own.is_some_and(is_written) {
                lost.tell(&entry.url, &from.settings.file_name(), "check its address");
            }
            match path.starts_with('/') && !path.contains('?') {
                true => MenuTarget::Page(UrlPath::from_encoded(path), fragment.to_owned()),
                false => MenuTarget::Old(entry.url.clone()),
            }
        });
        let children = from_settings(&entry.children, from, lost);
        nodes.push(MenuNode { title: escape(&entry.title), target, children });
    }
    nodes
}

/// Returns where an address leads; none if it leads nowhere any more.
fn target(address: &str, links: &Links) -> Option<MenuTarget> {
    let (resolution, fragment) = links.resolve(address);
    match resolution {
        Resolution::Page(path) => Some(MenuTarget::Page(path, fragment.to_owned())),
        Resolution::Lost => None,
        Resolution::Moved(address) => Some(MenuTarget::Address(address)),
        Resolution::Search(_) | Resolution::Upload(_) | Resolution::Attachment(_) => {
            Some(MenuTarget::Old(address.to_owned()))
        }
        Resolution::Elsewhere if is_harmless(address) => {
            Some(MenuTarget::Address(address.to_owned()))
        }
        // The words stay, and lead nowhere.
        Resolution::Elsewhere => Some(MenuTarget::Address(String::new())),
    }
}

/// Whether an address leads to a page, a mailbox or a telephone, and runs nothing.
fn is_harmless(address: &str) -> bool {
    // Browsers pass over white space within a scheme.
    let plain: String = address.chars().filter(|c| *c > ' ').collect();
    let Some((scheme, _)) = plain.split_once(':') else { return true };
    let is_path = scheme.contains(['/', '?', '#']);
    is_path || ["http", "https", "mailto", "tel"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
}

/// Returns the entries of a classic menu. Those that lead to what is not public are left out, as
/// WordPress does; those below them move up.
pub(super) fn from_menu(menu: &Menu, from: &Sources<'_>, lost: &mut Lost<'_>) -> Vec<MenuNode> {
    let mut below: HashMap<u64, Vec<&MenuItem>> = HashMap::new();
    let known: HashSet<u64> = menu.items.iter().map(|item| item.id).collect();
    for item in &menu.items {
        let parent = item.parent.filter(|parent| known.contains(parent) && *parent != item.id);
        below.entry(parent.unwrap_or(0)).or_default().push(item);
    }
    let top = below.remove(&0).unwrap_or_default();
    menu_nodes(top, &mut below, 1, &mut |item| menu_item(item, from, lost))
}

/// Takes the items below each out, so that parents in a circle end.
fn menu_nodes(
    items: Vec<&MenuItem>,
    below: &mut HashMap<u64, Vec<&MenuItem>>,
    depth: usize,
    node: &mut dyn FnMut(&MenuItem) -> Option<MenuNode>,
) -> Vec<MenuNode> {
    let mut nodes = Vec::new();
    let mut waiting: Vec<&MenuItem> = items.into_iter().rev().collect();
    while let Some(item) = waiting.pop() {
        let children = below.remove(&item.id).unwrap_or_default();
        let made = node(item);
        match made {
            Some(made) if depth < MAX_DEPTH => {
                let children = menu_nodes(children, below, depth + 1, node);
                nodes.push(MenuNode { children, ..made });
            }
            made => {
                nodes.extend(made);
                waiting.extend(children.into_iter().rev());
            }
        }
    }
    nodes
}

/// Returns an entry without those below it.
fn menu_item(item: &MenuItem, from: &Sources<'_>, lost: &mut Lost<'_>) -> Option<MenuNode> {
    let (address, resolution) = match item.object {
        MenuObject::Post(PostId(id)) => {
            let address = format!("/?p={id}");
            let resolution = from.links.resolve(&address).0;
            (address, resolution)
        }
        MenuObject::Term(id) => (item.url.clone(), from.links.term(id)),
        MenuObject::Address => {
            let Some(target) = target(&item.url, from.links) else {
                lost.tell(&item.url, "the export", LEFT_OUT);
                return None;
            };
            return Some(leaf(item_title(item, from), target));
        }
    };
    let target = match resolution {
        Resolution::Page(path) => MenuTarget::Page(path, String::new()),
        Resolution::Attachment(_) => MenuTarget::Old(address),
        _ => {
            let is_known = |id| from.export.posts.binary_search_by_key(&id, |it| it.id).is_ok();
            if !matches!(item.object, MenuObject::Post(id) if is_known(id)) {
                lost.tell(&address, "the export", LEFT_OUT);
            }
            return None;
        }
    };
    Some(leaf(item_title(item, from), target))
}

fn item_title(item: &MenuItem, from: &Sources<'_>) -> String {
    if !item.title.is_empty() {
        return item.title.clone();
    }
    match item.object {
        MenuObject::Post(id) => {
            let place = from.export.posts.binary_search_by_key(&id, |post| post.id);
            place.map_or_else(|_| String::new(), |at| from.export.posts[at].title.to_string())
        }
        MenuObject::Term(id) => {
            let name = from.archives.iter().find_map(|archive| match &archive.kind {
                ArchiveKind::Term(term) if term.id == id => Some(escape(&term.name)),
                _ => None,
            });
            name.unwrap_or_default()
        }
        MenuObject::Address => escape(&item.url),
    }
}

/// Returns the entries of a block menu. Those that lead to what is not public are left out; those below
/// them move up.
pub(super) fn from_navigation(
    navigation: &Navigation,
    from: &Sources<'_>,
    lost: &mut Lost<'_>,
) -> Vec<MenuNode> {
    from_items(content::navigation::navigation(&navigation.body), from, lost)
}

/// Returns the entries of a menu in a part of the theme.
pub(super) fn from_part(
    menu: &PartMenu<'_>,
    from: &Sources<'_>,
    lost: &mut Lost<'_>,
) -> Vec<MenuNode> {
    match menu {
        PartMenu::Menu(navigation) => from_navigation(navigation, from, lost),
        PartMenu::Entries(items) => from_items(items.clone(), from, lost),
    }
}

fn from_items(
    items: Vec<NavigationItem>,
    from: &Sources<'_>,
    lost: &mut Lost<'_>,
) -> Vec<MenuNode> {
    level(&mut items.into_iter().peekable(), 0, from, lost)
}

fn level(
    items: &mut Peekable<impl Iterator<Item = NavigationItem>>,
    depth: usize,
    from: &Sources<'_>,
    lost: &mut Lost<'_>,
) -> Vec<MenuNode> {
    let mut nodes = Vec::new();
    while let Some(item) = items.next_if(|item| item.depth >= depth) {
        let children =
            if depth < MAX_DEPTH { level(items, item.depth + 1, from, lost) } else { Vec::new() };
        match item.kind {
            NavigationKind::PageList => nodes.extend(pages(from)),
            NavigationKind::Link { address, title } => match target(&address, from.links) {
                Some(target) => nodes.push(MenuNode { title: escape(&title), target, children }),
                None => {
                    lost.tell(&address, "the export", LEFT_OUT);
                    nodes.extend(children);
                }
            },
        }
    }
    nodes
}

/// Returns an entry with none below it.
pub(super) fn leaf(title: String, target: MenuTarget) -> MenuNode {
    MenuNode { title, target, children: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_nothing_is_linked() {
        for address in ["https://a.example/", "mailto:a@b.example", "TEL:1", "/a:b", "", "a/b"] {
            assert!(is_harmless(address), "{address}");
        }
        for address in ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x"] {
            assert!(!is_harmless(address), "{address}");
        }
    }

    #[test]
    fn items_deeper_than_menus_nest_stand_at_the_deepest_level() {
        let item = |id: u64| MenuItem {
            id,
            parent: None,
            title: String::new(),
            url: String::new(),
            object: MenuObject::Address,
        };
        let items: Vec<MenuItem> = (1..=100_000).map(item).collect();
        let mut below = items.iter().skip(1).map(|item| (item.id - 1, vec![item])).collect();
        let mut nodes = menu_nodes(vec![&items[0]], &mut below, 1, &mut |_| {
            Some(leaf(String::new(), MenuTarget::Address(String::new())))
        });
        for _ in 1..MAX_DEPTH {
            assert_eq!(nodes.len(), 1);
            nodes = nodes.remove(0).children;
        }
        assert_eq!(nodes.len(), 100_000 - (MAX_DEPTH - 1));
    }
}
