//! The first page of a newspaper: a lead, stories beside and below it, sections.

use std::collections::HashSet;

use crate::config::{FILE_NAME, Settings};
use crate::diagnostics::{Diagnostic, Location, Warned};
use crate::render::Sources;
use crate::render::images::image_of;
use crate::render::shared::Shared;
use crate::render::views::{FrontView, SectionView};
use crate::site::archives::{Archive, ArchiveId, ArchiveKind};
use crate::site::{EntryId, Site};

/// Stories beside the lead.
const STACK: usize = 3;
/// Stories in the row below.
const STRIP: usize = 4;
/// Parts for categories at most.
const SECTIONS: usize = 6;
/// A picture that can lead is at least so wide, in pixels.
const LEAD_WIDTH: u32 = 720;
/// A site with fewer posts is a blog, unless the user says otherwise.
const NEWSPAPER_POSTS: usize = 12;

/// What the home page is like.
#[derive(Debug)]
pub struct Front {
    /// Whether it is a newspaper's; else it is a blog's.
    pub is_newspaper: bool,
    /// The categories that may have a part of a newspaper's, in order.
    pub sections: Vec<ArchiveId>,
}

/// Decides what the home page is like. Tells of sections that are none.
pub fn plan(from: &Sources<'_>) -> Warned<Front> {
    let Warned { value: sections, diagnostics } = choose_sections(from);
    Warned { value: Front { is_newspaper: is_newspaper(from), sections }, diagnostics }
}

/// Returns whether the home page is a newspaper's: by the theme's option `front`, or by how many
/// posts and pictures there are.
fn is_newspaper(from: &Sources<'_>) -> bool {
    match from.theme.options.get("front").and_then(|value| value.as_str()) {
        Some("newspaper") => true,
        Some("auto") => {
            let posts = &from.site.newest_first;
            let latest = &posts[..posts.len().min(20)];
            let image = |id: EntryId| image_of(from.library, from.site.post(id).featured_media?);
            let pictured = latest.iter().filter(|&&id| image(id).is_some()).count();
            posts.len() >= NEWSPAPER_POSTS && pictured * 4 >= latest.len()
        }
        _ => false,
    }
}

/// Returns the categories that may have a part of the first page: those that the theme's option
/// `sections` names, in its order, else the largest. Tells of names that no category has.
fn choose_sections(from: &Sources<'_>) -> Warned<Vec<ArchiveId>> {
    let site = from.site;
    let named = from.theme.options.get("sections").and_then(|value| value.as_array());
    let named = named.into_iter().flatten().filter_map(|name| name.as_str());
    let (mut chosen, mut diagnostics) = (Vec::new(), Vec::new());
    for name in named {
        let mut terms = site.terms.values();
        let term = terms.find(|term| &*term.taxonomy == "category" && term.slug == name);
        match term.and_then(|term| site.term_archives.get(&term.id)) {
            Some(id) => chosen.push(*id),
            None => diagnostics.push(unknown_section(from.settings, name)),
        }
    }
    let value = if chosen.is_empty() { largest_categories(site) } else { chosen };
    Warned { value, diagnostics }
}

fn unknown_section(settings: &Settings, name: &str) -> Diagnostic {
    let file = settings.file.as_deref();
    let file = file.map_or(FILE_NAME.into(), |file| file.to_string_lossy());
    let message = format!("theme.sections names `{name}`, and no category has that slug");
    Diagnostic::warning("unused-setting", message, Location::file(&(&*file).into()))
        .with_help("write the last part of the category's address, or take the name out")
}

/// Returns the first page. A story stands on it once; those of the list's first page that stand
/// nowhere above are in the river.
pub fn front(shared: &Shared<'_>, home: &Archive) -> FrontView {
    let site = shared.site;
    let mut shown = HashSet::new();
    let lead = lead(shared, home);
    shown.extend(lead);
    let stack = next(home, &mut shown, STACK);
    let strip = next(home, &mut shown, STRIP);
    let sections = sections(shared, home, &mut shown);
    let page = home.page(1, site.info.posts_per_page);
    let river = page.into_iter().filter(|id| shown.insert(*id)).collect::<Vec<_>>();
    FrontView {
        lead: lead.map(|id| shared.summary(id)),
        stack: summaries(shared, &stack),
        strip: summaries(shared, &strip),
        sections,
        river: summaries(shared, &river),
    }
}

/// The newest sticky post, else the newest with a picture large enough, else the newest.
fn lead(shared: &Shared<'_>, home: &Archive) -> Option<EntryId> {
    let newest = &home.entries[home.leading..];
    let first_page = &newest[..newest.len().min(shared.site.info.posts_per_page)];
    let is_large =
        |id: &&EntryId| shared.featured_image(**id).is_some_and(|image| image.width >= LEAD_WIDTH);
    let sticky = (home.leading > 0).then(|| home.entries[0]);
    sticky.or_else(|| first_page.iter().find(is_large).copied()).or(newest.first().copied())
}

fn next(home: &Archive, shown: &mut HashSet<EntryId>, count: usize) -> Vec<EntryId> {
    let newest = home.entries[home.leading..].iter().copied();
    let ids: Vec<EntryId> = newest.filter(|id| !shown.contains(id)).take(count).collect();
    shown.extend(&ids);
    ids
}

fn sections(shared: &Shared<'_>, home: &Archive, shown: &mut HashSet<EntryId>) -> Vec<SectionView> {
    // Of a site of one language all is here.
    let has_editions = !shared.site.editions.is_empty();
    let here: HashSet<EntryId> = home.entries.iter().filter(|_| has_editions).copied().collect();
    let is_here = |id: &EntryId| !has_editions || here.contains(id);
    let mut sections = Vec::new();
    for &id in &shared.front.sections {
        let archive = shared.site.archive(id);
        let ArchiveKind::Term(term) = &archive.kind else { continue };
        let ids: Vec<EntryId> = archive
            .entries
            .iter()
            .copied()
            .filter(|id| !shown.contains(id) && is_here(id))
            .take(1 + STACK)
            .collect();
        let (Some((first, rest)), Some(term)) = (ids.split_first(), shared.term(term.id)) else {
            continue;
        };
        let view =
            SectionView { term, lead: shared.summary(*first), stack: summaries(shared, rest) };
        shown.extend(&ids);
        sections.push(view);
        if sections.len() == SECTIONS {
            break;
        }
    }
    sections
}

/// Returns the top-level categories, most posts first.
pub fn largest_categories(site: &Site) -> Vec<ArchiveId> {
    let mut ids: Vec<ArchiveId> = (0..site.archives.len())
        .map(ArchiveId::new)
        .filter(|&id| {
            let archive = site.archive(id);
            let is_category =
                matches!(&archive.kind, ArchiveKind::Term(term) if &*term.taxonomy == "category");
            is_category && archive.parent.is_none() && archive.count() > 0
        })
        .collect();
    ids.sort_by_key(|&id| std::cmp::Reverse(site.archive(id).count()));
    ids
}

fn summaries(shared: &Shared<'_>, ids: &[EntryId]) -> Vec<crate::render::views::SummaryView> {
    ids.iter().map(|&id| shared.summary(id)).collect()
}
