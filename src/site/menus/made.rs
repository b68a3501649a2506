//! Menus made from categories and pages.

use std::collections::{HashMap, HashSet};

use crate::content::html::entities::escape;
use crate::site::EntryId;
use crate::site::archives::{Archive, ArchiveKind};
use crate::site::editions::EditionId;
use crate::site::menus::nodes::leaf;
use crate::site::menus::{MenuNode, MenuTarget, Sources};
use crate::site::urls::UrlPath;

/// How many categories a menu made by us holds, and how many pages.
const MAX_MADE: usize = 8;

/// A list of more pages than this names those of the first level only: it stands on every page.
const MAX_LISTED: usize = 500;

/// The top-level categories with most posts, then the first top-level pages: sections come first
/// in a paper. Of those in other languages than that of `edition` there are none.
pub(super) fn made(from: &Sources<'_>, edition: Option<EditionId>) -> Vec<MenuNode> {
    let is_here =
        |other: Option<EditionId>| edition.is_none() || other.is_none_or(|it| Some(it) == edition);
    let mut categories: Vec<&Archive> = from
        .archives
        .iter()
        .filter(|archive| match &archive.kind {
            ArchiveKind::Term(term) => &*term.taxonomy == "category" && archive.count() > 0,
            _ => false,
        })
        .filter(|archive| archive.parent.is_none() && is_here(archive.edition))
        .collect();
    categories.sort_by_key(|archive| std::cmp::Reverse(archive.count()));
    let categories = categories.into_iter().take(MAX_MADE).map(|archive| {
        let ArchiveKind::Term(term) = &archive.kind else { unreachable!("filtered above") };
        page_node(escape(&term.name), &archive.path)
    });
    let pages = pages_of(from, &is_here).into_iter().take(MAX_MADE);
    categories.chain(pages.map(|page| MenuNode { children: Vec::new(), ..page })).collect()
}

/// All pages with a title but the one in front, in the order WordPress shows them, each below the
/// nearest of them that it stands below.
pub(super) fn pages(from: &Sources<'_>) -> Vec<MenuNode> {
    pages_of(from, &|_| true)
}

fn pages_of(from: &Sources<'_>, is_here: &dyn Fn(Option<EditionId>) -> bool) -> Vec<MenuNode> {
    let post = |id: EntryId| &from.export.posts[from.entries[id.index()].record];
    let is_listed = |&id: &EntryId| {
        let entry = &from.entries[id.index()];
        let is_front = entry.path == UrlPath::root()
            || from.editions.iter().any(|edition| edition.home == entry.path);
        let is_page = &*post(id).post_type == "page" && !post(id).title.is_empty();
        is_page && !is_front && is_here(entry.edition)
    };
    let mut pages: Vec<EntryId> =
        (0..from.entries.len()).map(EntryId::new).filter(is_listed).collect();
    pages.sort_by_key(|&id| (post(id).menu_order, &post(id).title));
    let listed: HashSet<EntryId> = pages.iter().copied().collect();
    let parent = |id: EntryId| from.entries[id.index()].parent;
    let mut below: HashMap<Option<EntryId>, Vec<EntryId>> = HashMap::new();
    for &id in &pages {
        let mut above = std::iter::successors(parent(id), |&above| parent(above));
        below.entry(above.find(|above| listed.contains(above))).or_default().push(id);
    }
    if pages.len() > MAX_LISTED {
        below.retain(|above, _| above.is_none());
        below.values_mut().for_each(|top| top.truncate(MAX_LISTED));
    }
    page_nodes(None, &below, from)
}

fn page_nodes(
    above: Option<EntryId>,
    below: &HashMap<Option<EntryId>, Vec<EntryId>>,
    from: &Sources<'_>,
) -> Vec<MenuNode> {
    let nodes = below.get(&above).into_iter().flatten().map(|&id| {
        let entry = &from.entries[id.index()];
        let title = from.export.posts[entry.record].title.to_string();
        let children = page_nodes(Some(id), below, from);
        MenuNode { children, ..page_node(title, &entry.path) }
    });
    nodes.collect()
}

fn page_node(title: String, path: &UrlPath) -> MenuNode {
    leaf(title, MenuTarget::Page(path.clone(), String::new()))
}
