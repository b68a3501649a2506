//! What all pages are made from, and the parts of views that many kinds of pages share.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use tera::Value;

use crate::config::{FeedIndex, Settings, Switch};
use crate::content::html::entities::push_attribute;
use crate::content::{self, Writer};
use crate::media::Library;
use crate::model::{AuthorId, Comment, TermId};
use crate::render::Sources;
use crate::render::facts::TermCounts;
use crate::render::front::Front;
use crate::render::media_use::Notes;
use crate::render::numbers;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::translations::Autonyms;
use crate::render::views::{AuthorView, DateView, TermView};
use crate::render::words::Words;
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::editions::EditionId;
use crate::site::languages::{self, direction_of};
use crate::site::links::Resolution;
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId, Site};
use crate::wordpress;

/// What all pages are made from. Read by all workers at once.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The graph.
    pub site: &'a Site,
    /// The media library.
    pub library: &'a Library,
    /// What the user says.
    pub settings: &'a Settings,
    /// Of the language that pages are made in.
    pub words: &'a Words,
    /// Its tag: the site's own, or that of an edition.
    pub language: &'a str,
    /// The part of the site whose pages are made, unless they are in the site's own language.
    pub edition: Option<EditionId>,
    /// What languages are called in themselves.
    pub autonyms: Arc<Autonyms>,
    /// What the home page is like.
    pub front: Arc<Front>,
    /// Which files of the library pages use, by [`crate::media::LocalFile::index`].
    pub used: Arc<[AtomicBool]>,
    /// Hashes of the addresses of files that stay on the old host because no uploads folder is at
    /// hand. Each counts once: how often pages ask for one depends on how threads share the work.
    pub(super) left_behind: Arc<Mutex<HashSet<u64>>>,
    /// The paths by which pages use files that are called otherwise.
    pub(super) spelled: Arc<Mutex<BTreeSet<Box<str>>>>,
    /// Which job used what.
    pub notes: Arc<Notes>,
    /// The entries that had a number in WordPress, in its order.
    pub numbered: Arc<[EntryId]>,
    terms: HashMap<TermId, TermView>,
    /// The terms feeds name, by entry.
    feed_terms: Arc<[Box<[TermId]>]>,
    /// For blocks that list terms.
    pub term_counts: Arc<TermCounts>,
    authors: HashMap<AuthorId, AuthorView>,
}

/// How many terms feeds name of a post. It stands in the feed of each of its terms: naming all, a
/// site would grow with the square of their number.
const MAX_FEED_TERMS: usize = 100;

impl<'a> Shared<'a> {
    /// Starts with no file used.
    pub fn new(from: &Sources<'a>, words: &'a Words, front: Front, notes: Notes) -> Self {
        let Sources { site, library, settings, theme } = *from;
        let mut shared = Self {
            site,
            library,
            settings,
            words,
            language: &site.info.language,
            edition: None,
            autonyms: Autonyms::new(site, theme).into(),
            front: front.into(),
            used: (0..library.len()).map(|_| AtomicBool::new(false)).collect(),
            left_behind: Arc::default(),
            spelled: Arc::default(),
            notes: notes.into(),
            terms: HashMap::new(),
            term_counts: Arc::default(),
            numbered: numbers::numbered(site).into(),
            feed_terms: site.entries.iter().map(|entry| feed_terms(site, entry)).collect(),
            authors: HashMap::new(),
        };
        shared.make_views();
        shared
    }

    /// Returns the same for the pages of an edition that are made in its own language.
    pub fn in_edition(&self, edition: EditionId, words: &'a Words) -> Self {
        let mut shared = Self {
            words,
            language: &self.site.edition(edition).tag,
            edition: Some(edition),
            autonyms: Arc::clone(&self.autonyms),
            front: Arc::clone(&self.front),
            used: Arc::clone(&self.used),
            left_behind: Arc::clone(&self.left_behind),
            spelled: Arc::clone(&self.spelled),
            notes: Arc::clone(&self.notes),
            numbered: Arc::clone(&self.numbered),
            feed_terms: Arc::clone(&self.feed_terms),
            term_counts: Arc::clone(&self.term_counts),
            terms: HashMap::new(),
            authors: HashMap::new(),
            ..*self
        };
        shared.make_views();
        shared
    }

    /// They stand on every page of their posts: worth making once.
    fn make_views(&mut self) {
        let terms = self.site.terms.keys();
        let terms = terms.filter_map(|&id| Some((id, self.term_view(id)?))).collect();
        let authors = self.site.authors.keys();
        let authors = authors.filter_map(|&id| Some((id, self.author_view(id)?))).collect();
        (self.terms, self.authors) = (terms, authors);
    }

    /// Returns whether readers can search.
    pub fn has_search(&self) -> bool {
        self.settings.search == Switch::On
    }

    /// Returns the path of the home page of the language that pages are made in.
    pub fn home(&self) -> UrlPath {
        self.edition.map_or_else(UrlPath::root, |id| self.site.edition(id).home.clone())
    }

    /// Returns the address of a path for a link on this site.
    pub fn href(&self, path: &UrlPath) -> String {
        self.site.info.base.href(path)
    }

    /// Returns where the feed that WordPress had at a path is: there, or beside the page there.
    pub fn feed_file(&self, path: &UrlPath) -> UrlPath {
        match self.settings.feeds.index {
            FeedIndex::Rss => path.clone(),
            FeedIndex::Page => path.file_in("rss.xml"),
        }
    }

    /// Returns the full address of a path.
    pub fn url(&self, path: &UrlPath) -> String {
        self.site.info.base.url(path)
    }

    /// Returns the attributes that elements with the theme's own words need on a page in
    /// `language`: none if that is the site's own.
    pub fn site_lang(&self, language: &str) -> Value {
        let own = self.language;
        if language == own {
            return Value::safe_string("");
        }
        let direction = direction_of(own);
        Value::safe_string(&format!(" lang=\"{}\" dir=\"{direction}\"", escape(own)))
    }

    /// Returns the tag of the language that a text seems to be in, if it is not that of the page.
    pub fn other_language(&self, text: &str) -> Option<String> {
        let script = content::script_of(text);
        if script == languages::script_of(self.language) {
            return None;
        }
        let tag = self.site.languages.of(script)?;
        (**tag != *self.language).then(|| tag.to_string())
    }

    /// Returns the tag of the language of an archive, which is called `name`, if it is not that of the
    /// page.
    pub fn archive_language(&self, id: ArchiveId, name: &str) -> Option<String> {
        let archive = self.site.archive(id);
        let is_term = matches!(archive.kind, ArchiveKind::Term(_) | ArchiveKind::Edition(_));
        match archive.edition.filter(|_| is_term) {
            Some(edition) => {
                let tag = &self.site.edition(edition).tag;
                (**tag != *self.language).then(|| tag.to_string())
            }
            None => self.other_language(name),
        }
    }

    /// Returns HTML that stands beside the texts, made safe.
    pub fn sanitized(&self, html: &str, writer: Writer, addresses: Addresses) -> String {
        if !html.contains('<') {
            return html.to_owned();
        }
        let surroundings = SiteSurroundings::new(self, addresses);
        content::sanitize(html, writer, &surroundings).as_str().to_owned()
    }

    /// Returns a title as HTML with nothing but inline markup in it.
    pub fn title_html(&self, title: &str) -> String {
        self.sanitized(title.trim(), Writer::User, Addresses::RootRelative)
    }

    /// Returns the terms of an entry in the taxonomies asked for.
    pub fn terms(&self, id: EntryId, wants: impl Fn(&str) -> bool) -> Vec<TermView> {
        let terms = self.site.entry(id).terms.iter().filter_map(|id| self.site.terms.get(id));
        terms.filter(|term| wants(&term.taxonomy)).filter_map(|term| self.term(term.id)).collect()
    }

    /// Returns the names of the categories and tags that feeds give a post.
    pub fn feed_terms(&self, id: EntryId) -> impl Iterator<Item = &str> {
        let terms = self.feed_terms[id.index()].iter().filter_map(|id| self.terms.get(id));
        terms.map(|term| &*term.name)
    }

    /// Returns a term, if it is public.
    pub fn term(&self, id: TermId) -> Option<TermView> {
        self.terms.get(&id).cloned()
    }

    fn term_view(&self, id: TermId) -> Option<TermView> {
        let term = self.site.terms.get(&id)?;
        let place = *self.site.term_archives.get(&id)?;
        let archive = self.site.archive(place);
        Some(TermView {
            id: term.id.0,
            name: term.name.clone(),
            slug: term.slug.clone(),
            href: self.href(&archive.path),
            count: archive.count(),
            language: self.archive_language(place, &term.name),
        })
    }

    /// Returns an author, if there is an archive of what they published.
    pub fn author(&self, id: AuthorId) -> Option<AuthorView> {
        self.authors.get(&id).cloned()
    }

    fn author_view(&self, id: AuthorId) -> Option<AuthorView> {
        let author = self.site.authors.get(&id)?;
        let archive = self.site.archive(*self.site.author_archives.get(&id)?);
        let website = self.website(&author.url);
        let bio_html = self.sanitized(&author.description, Writer::User, Addresses::RootRelative);
        Some(AuthorView {
            name: author.name.clone(),
            href: self.href(&archive.path),
            bio_language: self.other_language(&content::plain_text(&bio_html)),
            bio_html,
            website,
            language: self.other_language(&author.name),
        })
    }

    /// Returns who wrote a comment, as HTML.
    pub fn commenter<'s>(&'s self, comment: &'s Comment) -> &'s str {
        match comment.author_name.trim() {
            "" => self.words.words.get("anonymous").map_or("", String::as_str),
            name => name,
        }
    }

    /// Returns the text of a comment as HTML, not yet made safe.
    pub fn comment_html<'c>(&self, comment: &'c Comment) -> Cow<'c, str> {
        content::comment_html(&comment.content, &self.site.info.language)
    }

    /// Returns the address of somebody's site. Empty if it is none, or this one, which WordPress
    /// gives those who made it.
    pub fn website(&self, url: &str) -> String {
        let is_web = matches!(url.split(':').next(), Some("http" | "https"));
        match self.site.links.resolve(url).0 {
            Resolution::Elsewhere if is_web => url.to_owned(),
            Resolution::Page(path) if path != UrlPath::root() => self.href(&path),
            _ => String::new(),
        }
    }

    /// Returns a moment in the site's language.
    pub fn date(&self, date: &DateTime<FixedOffset>) -> DateView {
        let datetime = date.to_rfc3339_opts(SecondsFormat::Secs, false);
        DateView {
            text: self.words.date(date, "long"),
            time: self.words.date(date, "time"),
            day: datetime.split('T').next().unwrap_or_default().to_owned(),
            datetime,
        }
    }

    /// Returns an address on the old host in full.
    pub fn old_url(&self, address: &str) -> String {
        if address.contains("://") {
            return address.to_owned();
        }
        if address.starts_with("//") {
            return format!("https:{address}");
        }
        let unknown = || {
            let origin = self.site.info.base.origin();
            format!("{origin}/{}", address.trim_start_matches('/'))
        };
        self.site.links.old_url(address).unwrap_or_else(unknown)
    }
}

fn feed_terms(site: &Site, entry: &Entry) -> Box<[TermId]> {
    let is_named = |id: &TermId| {
        site.terms.get(id).is_some_and(|it| wordpress::is_category_or_tag(&it.taxonomy))
    };
    entry.terms.iter().copied().filter(is_named).take(MAX_FEED_TERMS).collect()
}

/// Returns a slug as part of a class, if WordPress would use it: ASCII, and not just digits.
pub fn class_name(slug: &str) -> Option<&str> {
    let is_name = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_number = slug.bytes().all(|byte| byte.is_ascii_digit());
    (is_name && !is_number).then_some(slug)
}

/// Escapes plain text for HTML, also between quotes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_attribute(&mut html, text);
    html
}

/// Returns a moment for feeds' `pubDate`.
pub fn rfc2822(date: &DateTime<FixedOffset>) -> String {
    date.with_timezone(&Utc).to_rfc2822()
}

/// Returns a moment in UTC for Atom and sitemaps.
pub fn rfc3339(date: &DateTime<FixedOffset>) -> String {
    date.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)
}
