//! The site graph: every page, its address, and how pages hang together. Pure, and immutable once
//! built.

// What the user says, and what the site was.
pub mod corrections;
pub mod old_site;
pub mod permalinks;

// What the graph holds.
pub mod archives;
pub mod comments;
pub mod editions;
pub mod languages;
pub mod links;
pub mod menus;
pub mod own_files;
pub mod redirects;
pub mod taxonomy;
pub mod time;
pub mod urls;

// How it comes about.
mod build;
pub mod claims;
mod diagnostics;
pub mod related;
pub mod visibility;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::config::Settings;
use crate::model::{AuthorId, Comment, Export, Post, PostId, TermId};
use crate::site::archives::{Archive, ArchiveId};
use crate::site::comments::Discussions;
use crate::site::editions::{Edition, EditionId};
use crate::site::languages::{Languages, Told};
use crate::site::links::Links;
use crate::site::menus::{MenuNode, Menus};
use crate::site::own_files::OwnFile;
use crate::site::permalinks::Structure;
use crate::site::redirects::{Redirect, Rule};
use crate::site::taxonomy::{AuthorNode, TermNode};
use crate::site::time::Zone;
use crate::site::urls::{Base, UrlPath};

pub use crate::site::build::build;

/// A site, ready to be rendered.
#[derive(Debug)]
pub struct Site {
    /// Its records.
    pub export: Export,
    /// Name, language, address.
    pub info: Info,
    /// Its time zone.
    pub zone: Zone,
    /// Which language a text is in.
    pub languages: Languages,
    /// Posts, pages and posts of custom types with a page of their own, by ascending id.
    pub entries: Vec<Entry>,
    /// Posts, newest first; without pages and custom types.
    pub newest_first: Vec<EntryId>,
    /// The home page is not among them when a page is shown there.
    pub archives: Vec<Archive>,
    /// The parts of the site in one language each. None on a site of one language.
    pub editions: Vec<Edition>,
    /// The pages whose place a list of posts takes, when others are shown at `/` or at the home page
    /// of a language.
    pub posts_pages: Vec<(EntryId, ArchiveId)>,
    /// The public terms.
    pub terms: HashMap<TermId, TermNode>,
    /// Everyone who wrote.
    pub authors: HashMap<AuthorId, AuthorNode>,
    /// The archive of each public term.
    pub term_archives: HashMap<TermId, ArchiveId>,
    /// The archive of each author who published.
    pub author_archives: HashMap<AuthorId, ArchiveId>,
    /// The approved comments of each entry.
    pub discussions: Discussions,
    /// Where the feed of an entry's comments is, if it has any.
    pub comment_feeds: HashMap<EntryId, UrlPath>,
    /// The menu in the header.
    pub menu: Vec<MenuNode>,
    /// The menu in the footer. May be empty.
    pub footer_menu: Vec<MenuNode>,
    /// The menus of each edition.
    pub edition_menus: Vec<Menus>,
    /// Where old addresses lead.
    pub links: Links,
    /// Later pages of archives that are not written, because a post has their address.
    pub taken_pages: HashSet<UrlPath>,
    /// Old paths at which no page stands any more.
    pub redirects: Vec<Redirect>,
    /// What stands at other paths, too, unless another has them.
    pub copies: Vec<(OwnFile, UrlPath)>,
    /// The pages below a page, in the order WordPress shows them.
    pub children: HashMap<EntryId, Vec<EntryId>>,
}

/// A site's name, language and address.
#[derive(Debug)]
pub struct Info {
    /// Plain text.
    pub title: String,
    /// Plain text. May be empty.
    pub description: String,
    /// A language tag.
    pub language: String,
    /// Where the site stands.
    pub base: Base,
    /// Posts on a page of an archive.
    pub posts_per_page: usize,
    /// The attachment used as favicon.
    pub icon: Option<PostId>,
    /// The attachment used as logo.
    pub logo: Option<PostId>,
    /// Where the list of posts stands: `/` on most sites.
    pub home: UrlPath,
}

/// Counts a site's entries.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EntryId(u32);

/// A post, page or post of a custom type that has a page of its own.
#[derive(Debug)]
pub struct Entry {
    /// Its place in [`Export::posts`].
    pub record: usize,
    /// Where it is.
    pub path: UrlPath,
    /// How many pages `<!--nextpage-->` makes of it: 1 or more.
    pub pages: u16,
    /// A language tag.
    pub language: Arc<str>,
    /// When it was published, in the site's time zone.
    pub date: Option<DateTime<FixedOffset>>,
    /// When it was last changed, in the site's time zone.
    pub modified: Option<DateTime<FixedOffset>>,
    /// Who wrote it.
    pub author: AuthorId,
    /// The part of the site it belongs to, if that is told.
    pub edition: Option<EditionId>,
    /// The posts that translate one another, this one among them, each in another language. Empty if
    /// it has no translation.
    pub translations: Box<[EntryId]>,
    /// Its public terms.
    pub terms: Box<[TermId]>,
    /// `standard`, `aside` and so on. Empty for pages.
    pub format: Arc<str>,
    /// The page above it, if that is public.
    pub parent: Option<EntryId>,
    /// The post before it in time, of its type.
    pub previous: Option<EntryId>,
    /// The post after it in time, of its type.
    pub next: Option<EntryId>,
    /// Posts with shared terms and words, most related first.
    pub related: Box<[EntryId]>,
}

/// Settings that are not valid in themselves, checked before anything is read.
#[derive(Debug)]
pub struct Rules {
    /// How posts get an address where the export has only `?p=ID`.
    pub structure: Structure,
    /// Where the site will be, if told.
    pub base: Option<Base>,
    /// Structures that posts' addresses had before.
    pub old_structures: Vec<Structure>,
    /// Where the user leads old paths.
    pub redirects: Vec<Rule>,
    /// The site's time zone, if told.
    pub zone: Option<Zone>,
    /// The tag of the site's language, if told.
    pub language: Option<String>,
    /// The others its posts are written in.
    pub languages: Vec<Told>,
}

impl Rules {
    /// Checks what `settings` say of addresses, times and languages.
    ///
    /// # Errors
    /// A value is not valid.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let structure = settings.permalinks.structure.as_deref().unwrap_or(permalinks::DEFAULT);
        Ok(Self {
            structure: Structure::parse(structure).map_err(|it| settings.at("structure", &it))?,
            old_structures: settings
                .permalinks
                .old_structures
                .iter()
                .map(|told| Structure::parse(told))
                .collect::<anyhow::Result<_>>()
                .map_err(|it| settings.at("old_structures", &it))?,
            redirects: redirects::rules(&settings.redirects)
                .map_err(|(key, it)| settings.at(&key, &it))?,
            base: Self::base(settings)?,
            zone: settings
                .timezone
                .as_deref()
                .map(Zone::parse)
                .transpose()
                .map_err(|it| settings.at("timezone", &it))?,
            language: settings
                .language
                .as_deref()
                .map(languages::parse)
                .transpose()
                .map_err(|it| settings.at("language", &it))?,
            languages: languages::told(&settings.languages)
                .map_err(|(key, it)| settings.at(key, &it))?,
        })
    }

    /// Returns where `settings` say that the site will be.
    ///
    /// # Errors
    /// It is no web address.
    pub fn base(settings: &Settings) -> anyhow::Result<Option<Base>> {
        let base = settings.base_url.as_deref().map(Base::parse).transpose();
        base.map_err(|it| settings.at("base_url", &it))
    }
}

impl EntryId {
    /// Returns the entry at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a site has fewer than four billion entries"))
    }

    /// Returns the place in [`Site::entries`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Entry {
    /// Its place in lists.
    pub fn age(&self) -> impl Ord + use<> {
        time::age(self.date, self.record)
    }
}

impl Site {
    /// Returns an entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// Returns the record behind an entry.
    pub fn post(&self, id: EntryId) -> &Post {
        &self.export.posts[self.entry(id).record]
    }

    /// Returns an archive.
    pub fn archive(&self, id: ArchiveId) -> &Archive {
        &self.archives[id.index()]
    }

    /// Returns the page whose place a list of posts takes.
    pub fn posts_page_of(&self, list: ArchiveId) -> Option<EntryId> {
        self.posts_pages.iter().find(|(_, archive)| *archive == list).map(|(page, _)| *page)
    }

    /// Whether a list of posts takes the place of an entry.
    pub fn is_posts_page(&self, entry: EntryId) -> bool {
        self.posts_pages.iter().any(|(page, _)| *page == entry)
    }

    /// Returns the edition at `/`.
    pub fn root_edition(&self) -> Option<EditionId> {
        self.editions.iter().position(Edition::is_at_root).map(EditionId::new)
    }

    /// Returns an edition.
    pub fn edition(&self, id: EditionId) -> &Edition {
        &self.editions[id.index()]
    }

    /// Returns when a comment was written, in the site's time zone.
    pub fn comment_moment(&self, comment: &Comment) -> Option<DateTime<FixedOffset>> {
        self.zone.moment(comment.date, comment.date_gmt)
    }

    /// Returns the entries above an entry, from the topmost down.
    pub fn ancestors(&self, id: EntryId) -> Vec<EntryId> {
        let mut line: Vec<EntryId> =
            std::iter::successors(self.entry(id).parent, |&above| self.entry(above).parent)
                .collect();
        line.reverse();
        line
    }
}
