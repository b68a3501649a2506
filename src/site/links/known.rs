//! Every question that old addresses ask, with its answer: what `/?p=12` and the like lead to, for
//! those who cannot ask [`Links`] itself because they are a script on a page.

use crate::model::PostId;
use crate::site::links::{Links, Place, key_of};
use crate::site::urls::UrlPath;

/// What an old address asks for, and where that is.
#[derive(Debug)]
pub struct Known<'a> {
    /// `p:12` for posts, pages and attachments, `cat:5` for terms, `author:1`; `TYPE:slug` for
    /// posts, `path:parent/child` for pages, `lang:en` for home pages of languages, `TAXONOMY:slug` for terms, `author_name:slug`; `m:202608`, `post_format:aside`,
    /// `post_type:book`. Decoded, in lower case.
    pub question: String,
    /// Where it is.
    pub answer: Answer<'a>,
}

/// Where something is that old addresses ask for.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// A page with the pages that follow it.
    Page {
        /// Of the first page.
        path: &'a UrlPath,
        /// How many there are.
        pages: usize,
        /// How their paths are made.
        paging: Paging,
        /// Its feed, if it has one.
        feed: Option<&'a UrlPath>,
    },
    /// The file of an attachment.
    Attachment(PostId),
}

/// How the paths of later pages are made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Paging {
    /// `…/page/2/`, as of archives.
    Named,
    /// `…/2/`, as of posts.
    Plain,
}

impl Links {
    /// Returns everything that old addresses may ask for by query, in no order.
    pub fn known(&self) -> impl Iterator<Item = Known<'_>> {
        let archive = |id| self.answer(Place::Archive(id));
        let known = |question: String, answer| Known { question, answer };
        let posts = self.posts.iter();
        let posts = posts.map(move |(id, &place)| known(format!("p:{id}"), self.answer(place)));
        let entries = self.entry_slugs.iter().flat_map(move |(name, slugs)| {
            let slugs = slugs.iter();
            slugs.map(move |(slug, &place)| known(format!("{name}:{slug}"), self.answer(place)))
        });
        let terms = self.terms.iter();
        let terms = terms.map(move |(id, &place)| known(format!("cat:{}", id.0), archive(place)));
        let slugs = self.term_slugs.iter().flat_map(move |(taxonomy, slugs)| {
            let slugs = slugs.iter();
            slugs.map(move |(slug, &id)| known(format!("{taxonomy}:{slug}"), archive(id)))
        });
        let authors = self.authors.iter();
        let authors = authors.map(move |(id, &at)| known(format!("author:{}", id.0), archive(at)));
        let names = self.author_slugs.iter();
        let names = names.map(move |(slug, &at)| known(format!("author_name:{slug}"), archive(at)));
        let dates = self.dates.iter();
        let dates = dates.map(move |(&date, &at)| known(digits(date), archive(at)));
        let formats = self.formats.iter();
        let formats =
            formats.map(move |(name, &at)| known(format!("post_format:{name}"), archive(at)));
        let types = self.type_archives.iter();
        let types = types.map(move |(name, &at)| known(format!("post_type:{name}"), archive(at)));
        let languages = self.editions.iter();
        let languages =
            languages.map(move |(name, &at)| known(format!("lang:{name}"), self.answer(at)));
        let pages = self.pages.iter().map(move |&id| {
            let path = key_of(self.entries[id.index()].path.as_str());
            known(format!("path:{path}"), self.answer(Place::Entry(id)))
        });
        posts
            .chain(pages)
            .chain(entries)
            .chain(terms)
            .chain(slugs)
            .chain(authors)
            .chain(names)
            .chain(dates)
            .chain(formats)
            .chain(types)
            .chain(languages)
    }

    /// Returns the names of the taxonomies and post types that addresses choose by, besides
    /// WordPress's own.
    pub fn custom_names(&self) -> Vec<&str> {
        let own = ["post", "page", "attachment", "category", "post_tag"];
        let terms = self.term_slugs.iter().filter(|(_, slugs)| !slugs.is_empty());
        let entries = self.entry_slugs.iter().filter(|(_, slugs)| !slugs.is_empty());
        let names = terms.map(|(name, _)| &**name).chain(entries.map(|(name, _)| &**name));
        let mut names: Vec<&str> = names.filter(|name| !own.contains(name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Returns what addresses call languages that have a home page.
    pub fn language_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.editions.keys().map(|name| &**name).collect();
        names.sort_unstable();
        names
    }

    fn answer(&self, place: Place) -> Answer<'_> {
        let (target, paging) = match place {
            Place::Attachment(id) => return Answer::Attachment(id),
            Place::Archive(id) => (&self.archives[id.index()], Paging::Named),
            Place::Entry(id) => (&self.entries[id.index()], Paging::Plain),
        };
        let feed = target.feed.as_ref();
        Answer::Page { path: &target.path, pages: target.pages, paging, feed }
    }
}

/// Returns `m:` and the digits of a date; what it does not tell is 0.
fn digits((year, month, day): (i32, u32, u32)) -> String {
    match (month, day) {
        (0, _) => format!("m:{year:04}"),
        (month, 0) => format!("m:{year:04}{month:02}"),
        (month, day) => format!("m:{year:04}{month:02}{day:02}"),
    }
}
