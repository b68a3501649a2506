//! What entries and archives are called, and links to them.

use crate::content;
use crate::render::shared::{Shared, escape};
use crate::render::views::{ArchiveLinkView, LinkView};
use crate::site::EntryId;
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::editions::EditionId;

impl Shared<'_> {
    /// Returns the title of an entry as plain text, or what stands in its place.
    pub fn title(&self, id: EntryId) -> String {
        self.own_title(id).unwrap_or_else(|| self.brief(id).label)
    }

    fn own_title(&self, id: EntryId) -> Option<String> {
        let title = content::plain_text(&self.site.post(id).title);
        let title = title.trim();
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// Returns a link to an entry.
    pub fn link(&self, id: EntryId) -> LinkView {
        let (entry, post) = (self.site.entry(id), self.site.post(id));
        let (title, title_html) = match self.own_title(id) {
            Some(title) => (title, self.title_html(&post.title)),
            None => {
                let label = self.brief(id).label;
                (label.clone(), escape(&label))
            }
        };
        let is_other = *entry.language != *self.language;
        LinkView {
            title,
            title_html,
            href: self.href(&entry.path),
            language: is_other.then(|| entry.language.to_string()),
        }
    }

    /// Returns an archive's title as plain text.
    pub fn archive_title(&self, id: ArchiveId) -> String {
        let word = |key: &str| self.words.words.get(key).cloned();
        match &self.site.archive(id).kind {
            ArchiveKind::Home => match self.site.posts_page_of(id) {
                Some(page) => self.link(page).title,
                None => word("posts").unwrap_or_default(),
            },
            ArchiveKind::Edition(edition) => match self.site.posts_page_of(id) {
                Some(page) => self.link(page).title,
                None => self.edition_title(*edition),
            },
            ArchiveKind::Term(term) => term.name.clone(),
            ArchiveKind::Author(author) => author.name.clone(),
            ArchiveKind::Format(format) => {
                word(&format!("format_{format}")).unwrap_or_else(|| format.to_string())
            }
            ArchiveKind::Type(name, label) if label.is_empty() => name.to_string(),
            ArchiveKind::Type(_, label) => label.clone(),
            ArchiveKind::Year(year) => self.date_title(*year, 1, 1, "year"),
            ArchiveKind::Month(year, month) => self.date_title(*year, *month, 1, "month"),
            ArchiveKind::Day(year, month, day) => self.date_title(*year, *month, *day, "day"),
        }
    }

    /// Returns the site's name in a language, or the name of the language.
    fn edition_title(&self, id: EditionId) -> String {
        let edition = self.site.edition(id);
        edition.title.clone().unwrap_or_else(|| self.autonyms.of(&edition.tag).to_owned())
    }

    fn date_title(&self, year: i32, month: u32, day: u32, pattern: &str) -> String {
        let date = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let midnight = date.and_hms_opt(0, 0, 0).unwrap_or_default();
        self.words.date(&midnight.and_utc().fixed_offset(), pattern)
    }

    /// Returns a link to an archive.
    pub fn archive_link(&self, id: ArchiveId) -> ArchiveLinkView {
        let archive = self.site.archive(id);
        let name = self.archive_title(id);
        ArchiveLinkView {
            href: self.href(&archive.path),
            count: archive.count(),
            language: self.archive_language(id, &name),
            name,
        }
    }
}
