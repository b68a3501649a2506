//! The same page in other languages: for a line that leads there, and for search engines.

use std::collections::BTreeMap;

use crate::content;
use crate::render::shared::Shared;
use crate::render::theme::Theme;
use crate::render::views::{AlternateView, PageView, TranslationView};
use crate::render::words;
use crate::site::archives::{Archive, ArchiveKind};
use crate::site::editions::{Edition, EditionId};
use crate::site::languages::{direction_of, primary};
use crate::site::taxonomy::TermNode;
use crate::site::urls::UrlPath;
use crate::site::{EntryId, Site};

/// What languages are called in themselves, by tag.
#[derive(Debug)]
pub struct Autonyms(BTreeMap<String, String>);

impl Autonyms {
    /// Gathers what the site tells, and what the theme knows.
    pub fn new(site: &Site, theme: &Theme) -> Self {
        let of_theme = theme.languages.keys().filter_map(|tag| {
            let name = words::name_of(theme, tag);
            Some((tag.clone(), name?))
        });
        let mut names: BTreeMap<String, String> = of_theme.collect();
        let told = site.editions.iter().filter(|edition| !edition.name.is_empty());
        names.extend(told.map(|edition| (edition.tag.to_string(), edition.name.clone())));
        Self(names)
    }

    /// Returns what a language is called in itself, or its tag if nobody knows.
    pub fn of<'a>(&'a self, tag: &'a str) -> &'a str {
        self.0.get(tag).or_else(|| self.0.get(primary(tag))).map_or(tag, String::as_str)
    }
}

/// Adds to the page of an entry what translates it. `part` is which of its pages it is: only the first
/// ones of two texts are the same.
pub fn add_of_entry(shared: &Shared<'_>, id: EntryId, part: usize, page: &mut PageView) {
    let site = shared.site;
    let named = site.entry(id).translations.iter().map(|&other| {
        let entry = site.entry(other);
        let place = Place { tag: &entry.language, path: &entry.path, is_current: other == id };
        view(shared, &place)
    });
    page.translations = named.collect();
    page.has_tibetan |= page.translations.iter().any(|it| content::has_tibetan(&it.name));
    if part == 1 {
        page.alternates = alternates(&page.translations);
    }
}

/// Adds to a list of a language's posts, or of those of a term, the lists of the others.
pub fn add_of_list(shared: &Shared<'_>, list: &Archive, part: usize, page: &mut PageView) {
    let site = shared.site;
    let all = (0..).map(EditionId::new).zip(&site.editions);
    let named = all.filter_map(|(id, edition)| {
        let other = match &list.kind {
            ArchiveKind::Home | ArchiveKind::Edition(_) => list_of(site, id)?,
            ArchiveKind::Term(term) => term_in(site, id, term)?,
            _ => return None,
        };
        let is_current = other.path == list.path;
        Some(view(shared, &Place { tag: &edition.tag, path: &other.path, is_current }))
    });
    page.translations = named.collect();
    if page.translations.len() < 2 || list.edition.is_none() && !list.kind.is_home() {
        page.translations.clear();
    }
    page.has_tibetan |= page.translations.iter().any(|it| content::has_tibetan(&it.name));
    if part > 1 {
        return;
    }
    page.alternates = alternates(&page.translations);
    let has_root = site.editions.iter().any(Edition::is_at_root);
    if !page.alternates.is_empty() && list.kind.is_home() && !has_root {
        // There the list is in all languages.
        let url = shared.url(&site.archives[0].path);
        page.alternates.push(AlternateView { language: "x-default".to_owned(), url });
    }
}

/// Returns the list of an edition's posts.
fn list_of(site: &Site, id: EditionId) -> Option<&Archive> {
    site.archives.iter().find(|archive| archive.kind.is_home() && archive.edition == Some(id))
}

/// Returns the archive of what translates a term in an edition, or of the term itself.
fn term_in<'a>(site: &'a Site, id: EditionId, term: &TermNode) -> Option<&'a Archive> {
    let archives = term.translations.iter().chain([&term.id]);
    let mut archives = archives.filter_map(|id| Some(site.archive(*site.term_archives.get(id)?)));
    archives.find(|archive| archive.edition == Some(id))
}

/// Where a translation is.
struct Place<'a> {
    tag: &'a str,
    path: &'a UrlPath,
    is_current: bool,
}

fn view(shared: &Shared<'_>, place: &Place<'_>) -> TranslationView {
    TranslationView {
        name: shared.autonyms.of(place.tag).to_owned(),
        language: place.tag.to_owned(),
        direction: direction_of(place.tag),
        href: shared.href(place.path),
        url: shared.url(place.path),
        is_current: place.is_current,
    }
}

/// Search engines want a page to name all its translations, and itself among them.
fn alternates(translations: &[TranslationView]) -> Vec<AlternateView> {
    let alternate =
        |it: &TranslationView| AlternateView { language: it.language.clone(), url: it.url.clone() };
    translations.iter().map(alternate).collect()
}
