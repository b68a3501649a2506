//! The one answer to “where is this old address now”.

pub mod below;
pub mod known;
mod paths;
mod query;
pub mod standing;
mod withheld;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::media::names::path_of;
use crate::model::{AuthorId, Export, Post, PostId, TermId};
use crate::names::fold;
use crate::site::archives::{Archive, ArchiveId, ArchiveKind};
use crate::site::links::below::Base;
use crate::site::old_site::{LocalAddress, OldSite};
use crate::site::redirects::Reach;
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};
use crate::text_hash::TextHash;

/// Where an old address leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Resolution {
    /// A page of this site.
    Page(UrlPath),
    /// The file of an attachment.
    Attachment(PostId),
    /// A file: its decoded path below `wp-content/uploads/`, or if it is not there that from the home
    /// page on, which begins with `/`.
    Upload(String),
    /// Where the user says that it is now: another site, or no page.
    Moved(String),
    /// The page for searching, and what is searched for: plain text, which may be empty.
    Search(String),
    /// It was on this site, but nothing here answers to it.
    Lost,
    /// It is another site's, or no web address at all.
    Elsewhere,
}

/// Every old address that leads somewhere.
#[derive(Debug, Default)]
pub struct Links {
    old: OldSite,
    /// By the path within the old site, decoded, in lower case, without slashes at its ends.
    paths: HashMap<TextHash, Place>,
    posts: HashMap<u64, Place>,
    terms: HashMap<TermId, ArchiveId>,
    /// By taxonomy and slug: all taxonomies whose names choose terms in addresses.
    term_slugs: HashMap<Arc<str>, HashMap<Box<str>, ArchiveId>>,
    /// By post type and slug: all types whose names choose posts in addresses.
    entry_slugs: HashMap<Arc<str>, HashMap<Box<str>, Place>>,
    authors: HashMap<AuthorId, ArchiveId>,
    author_slugs: HashMap<Box<str>, ArchiveId>,
    /// By year, month and day; what an archive does not tell is 0.
    dates: HashMap<(i32, u32, u32), ArchiveId>,
    formats: HashMap<Arc<str>, ArchiveId>,
    type_archives: HashMap<Arc<str>, ArchiveId>,
    /// Home pages of languages, by what `?lang=` calls them, in lower case.
    editions: HashMap<Box<str>, Place>,
    /// Where the pages of attachments stand that lead on.
    attachment_pages: HashMap<PostId, UrlPath>,
    archives: Vec<Target>,
    entries: Vec<Target>,
    /// Those among the entries that are pages.
    pages: Vec<EntryId>,
    /// Files that are in no folder of uploads, by their paths as [`fold`] has them.
    files: HashSet<TextHash>,
    /// By path: what has led on since before.
    moved: HashMap<Box<str>, Resolution>,
    /// The same for all below a path.
    moved_below: Vec<MovedBelow>,
    withheld: withheld::Addresses,
    bases: Vec<Base>,
}

/// Where all old paths below one lead.
#[derive(Debug)]
pub struct MovedBelow {
    /// What they begin with: decoded, in lower case, without a slash before it.
    pub from: String,
    /// Whether they lead to one place, or each to its own.
    pub reach: Reach,
    /// Where that is, as the user wrote it, without the `*`.
    pub to: String,
}

/// Where an archive or entry is now.
#[derive(Clone, Debug)]
struct Target {
    path: UrlPath,
    pages: usize,
    feed: Option<UrlPath>,
}

/// What an old path or id stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Place {
    Entry(EntryId),
    Archive(ArchiveId),
    Attachment(PostId),
}

impl From<EntryId> for Place {
    fn from(entry: EntryId) -> Self {
        Self::Entry(entry)
    }
}

impl From<ArchiveId> for Place {
    fn from(archive: ArchiveId) -> Self {
        Self::Archive(archive)
    }
}

/// What is asked for besides the page itself.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    page: usize,
    feed: Option<Feed>,
}

/// The kinds of feeds addresses tell apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Feed {
    Rss,
    Atom,
}

impl Links {
    /// Starts with no address but the home page's.
    pub fn new(old: OldSite) -> Self {
        Self { old, ..Self::default() }
    }

    /// Returns the site as it was.
    pub fn old_site(&self) -> &OldSite {
        &self.old
    }

    /// Makes room for the addresses of so many, which then need not be moved again and again.
    pub fn reserve(&mut self, entries: usize, archives: usize, attachments: usize) {
        self.posts.reserve(entries + attachments);
        self.paths.reserve(entries + archives + attachments);
        self.entries.reserve_exact(entries);
        self.archives.reserve_exact(archives);
        let slugs = [("post", entries), ("attachment", attachments)];
        for (post_type, count) in slugs.into_iter().filter(|(_, count)| *count > 0) {
            self.entry_slugs.entry(post_type.into()).or_default().reserve(count);
        }
    }

    /// Adds the names by which addresses choose terms and posts of custom types, also of those that
    /// have none.
    pub fn add_names(&mut self, export: &Export) {
        for taxonomy in &export.taxonomies {
            self.term_slugs.entry(Arc::clone(&taxonomy.name)).or_default();
        }
        for post_type in &export.post_types {
            self.entry_slugs.entry(Arc::clone(&post_type.name)).or_default();
        }
    }

    /// Adds the addresses of an entry: its id, its slug, its old path and its new one, and that of the
    /// feed of its comments.
    pub fn add_entry(&mut self, id: EntryId, entry: &Entry, post: &Post, feed: Option<&UrlPath>) {
        self.posts.insert(post.id.0, Place::Entry(id));
        if &*post.post_type == "page" {
            self.pages.push(id);
        }
        let slugs = self.entry_slugs.entry(Arc::clone(&post.post_type)).or_default();
        for slug in std::iter::once(&post.slug).chain(&post.old_slugs) {
            slugs.entry(slug.to_lowercase().into()).or_insert(Place::Entry(id));
        }
        // The home page's address is that of what stands there now.
        if entry.path == UrlPath::root() || !self.is_home(&post.link) {
            self.add_path(&post.link, Place::Entry(id));
        }
        self.paths.entry(hash_of(entry.path.as_str())).or_insert(Place::Entry(id));
        let pages = usize::from(entry.pages);
        // The page in front has the site's feed below it.
        let site_s = (entry.path == UrlPath::root()).then(|| entry.path.join("feed"));
        let feed = feed.cloned().or(site_s);
        self.entries.push(Target { path: entry.path.clone(), pages, feed });
    }

    /// Adds the address a page had before it was put in front: WordPress leads from there to the
    /// home page.
    pub fn add_front(&mut self, id: EntryId, slug: &str) {
        self.paths.entry(hash_of(slug)).or_insert(Place::Entry(id));
    }

    /// Adds the addresses of the page whose place the list of posts takes.
    pub fn add_posts_page(&mut self, page: &Entry, post: &Post, list: ArchiveId) {
        let place = Place::Archive(list);
        self.posts.insert(post.id.0, place);
        self.paths.insert(hash_of(page.path.as_str()), place);
        let old = self.old.local(&post.link).filter(|_| !self.is_home(&post.link));
        let key = old.filter(|old| old.query.is_empty()).map(|old| hash_of(old.path));
        self.paths.extend(key.map(|key| (key, place)));
    }

    /// Whether an old address is the home page's.
    fn is_home(&self, link: &str) -> bool {
        self.old.is_home(link)
    }

    /// Adds the addresses of an attachment.
    pub fn add_attachment(&mut self, attachment: PostId, slug: &str, old_link: &str) {
        self.posts.entry(attachment.0).or_insert(Place::Attachment(attachment));
        if !slug.is_empty() {
            let slugs = self.entry_slugs.entry("attachment".into()).or_default();
            slugs.entry(slug.to_lowercase().into()).or_insert(Place::Attachment(attachment));
        }
        self.add_path(old_link, Place::Attachment(attachment));
    }

    /// Adds the addresses of an archive.
    pub fn add_archive(&mut self, id: ArchiveId, archive: &Archive, pages: usize, old_link: &str) {
        match &archive.kind {
            ArchiveKind::Term(term) => {
                self.terms.insert(term.id, id);
                let slugs = self.term_slugs.entry(Arc::clone(&term.taxonomy)).or_default();
                slugs.entry(term.slug.to_lowercase().into()).or_insert(id);
            }
            ArchiveKind::Author(author) => {
                self.authors.insert(author.id, id);
                self.author_slugs.entry(author.slug.to_lowercase().into()).or_insert(id);
            }
            ArchiveKind::Year(year) => _ = self.dates.insert((*year, 0, 0), id),
            ArchiveKind::Month(year, month) => _ = self.dates.insert((*year, *month, 0), id),
            ArchiveKind::Day(year, month, day) => _ = self.dates.insert((*year, *month, *day), id),
            ArchiveKind::Format(format) => _ = self.formats.insert(Arc::clone(format), id),
            ArchiveKind::Type(name, _) => _ = self.type_archives.insert(Arc::clone(name), id),
            ArchiveKind::Home | ArchiveKind::Edition(_) => {}
        }
        self.add_path(old_link, Place::Archive(id));
        self.paths.entry(hash_of(archive.path.as_str())).or_insert(Place::Archive(id));
        let feed = archive.feed.clone();
        self.archives.push(Target { path: archive.path.clone(), pages, feed });
    }

    /// Adds the home page of a language, by all that queries may call it.
    pub(super) fn add_edition(&mut self, names: &[String], home: Place) {
        for name in names {
            self.editions.insert(name.as_str().into(), home);
        }
    }

    /// Adds a file that is in no folder of uploads, by its path from the home page on.
    pub fn add_file(&mut self, path: &str) {
        self.files.insert(TextHash::of(&fold(path)));
    }

    /// Adds an old path that leads on.
    pub fn add_moved(&mut self, from: &UrlPath, to: Resolution) {
        self.moved.entry(key_of(from.as_str()).into()).or_insert(to);
    }

    /// Adds the page of an attachment that leads on.
    pub fn add_attachment_page(&mut self, attachment: PostId, page: &UrlPath) {
        self.attachment_pages.insert(attachment, page.clone());
    }

    /// Adds all old paths below one that lead on.
    pub fn add_moved_below(&mut self, from: &str, reach: Reach, to: &str) {
        let from = format!("{}/", key_of(from));
        self.moved_below.push(MovedBelow { from, reach, to: to.to_owned() });
    }

    /// Adds paths below which the last name tells what is meant.
    pub fn add_bases(&mut self, bases: Vec<Base>) {
        self.bases = bases;
    }

    /// Returns where all old paths below one lead.
    pub fn moved_below(&self) -> &[MovedBelow] {
        &self.moved_below
    }

    /// Two old paths may be the same: the first has it. What has no old address has no old path,
    /// least of all the home page's.
    fn add_path(&mut self, old_link: &str, place: Place) {
        let Some(local) = self.old.local(old_link) else { return };
        if local.query.is_empty() && !old_link.is_empty() {
            let key = match self.old.language_hosts.folder(old_link) {
                "" => hash_of(local.path),
                folder => hash_of(&format!("{folder}{}", local.path)),
            };
            self.paths.entry(key).or_insert(place);
        }
    }

    /// Returns where `address` leads, and its fragment.
    pub fn resolve<'a>(&self, address: &'a str) -> (Resolution, &'a str) {
        let Some(local) = self.old.local(address) else {
            let file = self.old.upload(address).map(Resolution::Upload);
            return (file.unwrap_or(Resolution::Elsewhere), "");
        };
        let is_fragment_only = local.path.is_empty() && local.query.is_empty();
        let is_home = address.contains("://") || address.starts_with("//");
        if is_fragment_only && !is_home {
            return (Resolution::Elsewhere, "");
        }
        let on_own_host = || {
            let folder = Some(self.old.language_hosts.folder(address))
                .filter(|folder| !folder.is_empty())?;
            let is_path = local.query.is_empty() && !local.path.starts_with("/wp-");
            self.resolve_path(&key_of(&format!("{folder}{}", local.path))).filter(|_| is_path)
        };
        let found = on_own_host().unwrap_or_else(|| self.resolve_local(&local));
        (found, local.fragment)
    }

    /// Returns whether something of this site is at `address` now.
    pub fn leads(&self, address: &str) -> bool {
        !matches!(self.resolve(address).0, Resolution::Elsewhere | Resolution::Lost)
    }

    /// Returns a relative address of the old site in full: none if nothing tells where that was.
    pub fn old_url(&self, address: &str) -> Option<String> {
        self.old.full(address)
    }

    fn resolve_local(&self, local: &LocalAddress<'_>) -> Resolution {
        if let Some(path) = path_of(local.path) {
            return Resolution::Upload(path);
        }
        if local.path.starts_with("/wp-admin") || local.path.starts_with("/wp-json") {
            return Resolution::Lost;
        }
        if let Some(found) = self.resolve_query(local) {
            return found;
        }
        let key = key_of(local.path);
        let whole = key.strip_prefix("index.php").map_or(&*key, |rest| rest.trim_matches('/'));
        self.resolve_path(&key)
            .or_else(|| self.resolve_path(whole))
            .or_else(|| self.moved.get(&*key).cloned())
            .or_else(|| self.resolve_below(&key, local.path))
            .or_else(|| self.file_at(local.path))
            .or_else(|| self.resolve_term_below(whole))
            .or_else(|| self.attachment_below(whole))
            .or_else(|| query::search(whole))
            .unwrap_or(Resolution::Lost)
    }
}

/// Returns the hash under which a path is kept.
fn hash_of(path: &str) -> TextHash {
    TextHash::of(&key_of(path))
}

/// Returns the key under which a path is looked up.
fn key_of(path: &str) -> Cow<'_, str> {
    let decoded = percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
    let is_lower = decoded.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { decoded } else { Cow::Owned(decoded.to_lowercase()) }
}
