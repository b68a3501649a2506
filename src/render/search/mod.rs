//! The search index: which words stand in which posts, in files so small that a reader's browser
//! loads just those of the words that are asked for.
//!
//! ```text
//! a post's page ─ gather ─▶ words and pairs ─▶ temporary file, in parts by first letter
//!                                                  └─ when all pages are made ─▶ shards, pairs
//! assets/search/index.json        the tables, and the first word of each shard
//!               words/NAME.json   words, each with the posts it is in: `lists` says how
//!               pairs/NUMBER.json buckets of pairs of words, for phrases
//!               items/NUMBER.json posts as lists show them
//! ```
//!
//! Posts are numbered by date, so that those of a new post come last.

pub mod tokens;

mod gather;
mod lists;
mod pairs;
mod parts;
mod shards;
mod terms;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::content;
use crate::render::search::gather::Gathered;
use crate::render::search::tokens::Tables;
use crate::render::shared::Shared;
use crate::render::views::SearchView;
use crate::site::urls::UrlPath;
use crate::site::{EntryId, Site};

pub use crate::render::search::gather::Gatherer;

/// The folder of the index.
const FOLDER: [&str; 2] = ["assets", "search"];

/// How many posts a file holds as lists show them. Mostly, those found are in different files.
const ITEMS: usize = 8;

/// The index while it is made. Shared by all workers.
#[derive(Debug)]
pub struct Index {
    /// The posts by their numbers.
    posts: Vec<EntryId>,
    /// The numbers, by entry.
    numbers: Vec<u32>,
    gathered: Gathered,
    /// The first words of shards, by part.
    firsts: Mutex<BTreeMap<usize, Vec<String>>>,
    /// A sum over the files, which changes when one of them does.
    sum: AtomicU64,
}

/// A piece of work that writes some files of the index.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Part {
    /// Words.
    Words(usize),
    /// Pairs of words.
    Pairs(usize),
}

/// Writes a file.
type Write<'a> = &'a mut dyn FnMut(&UrlPath, &[u8]) -> anyhow::Result<()>;

/// What the script has to know first.
#[derive(Serialize)]
struct Head<'a> {
    version: String,
    posts: usize,
    items: usize,
    buckets: usize,
    pairs: usize,
    #[serde(flatten)]
    tables: Tables,
    shards: Vec<&'a str>,
}

/// Returns what the script of the search page has to know.
pub fn view(shared: &Shared<'_>) -> SearchView {
    SearchView {
        index_href: match shared.settings.relative {
            true => format!("../{}", FOLDER.join("/")),
            false => shared.href(&UrlPath::from_segments(FOLDER)).trim_end_matches('/').to_owned(),
        },
        language: shared.words.language.clone(),
        results: shared.words.forms("results"),
        digits: shared.words.digits("0123456789"),
    }
}

impl Index {
    /// Starts with nothing.
    pub fn new(site: &Site) -> Self {
        let entries = (0..site.entries.len()).map(EntryId::new);
        let mut posts: Vec<EntryId> = entries.filter(|id| !site.is_posts_page(*id)).collect();
        posts.sort_by_key(|&id| (site.entry(id).date, site.post(id).id));
        let mut numbers = vec![0; site.entries.len()];
        for (number, id) in (0..).zip(&posts) {
            numbers[id.index()] = number;
        }
        Self {
            gathered: Gathered::new(posts.len()),
            posts,
            numbers,
            firsts: Mutex::default(),
            sum: AtomicU64::new(0),
        }
    }

    /// Gathers the words of an entry's text.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn add(
        &self,
        shared: &Shared<'_>,
        id: EntryId,
        pages: &[String],
        gatherer: &mut Gatherer,
    ) -> anyhow::Result<()> {
        let mut text = content::plain_text(&shared.site.post(id).title);
        let title = text.len();
        for page in pages {
            text.push('\n');
            content::visible_text(page, &mut text);
        }
        let (title, text) = text.split_at(title);
        gatherer.add(self.numbers[id.index()], title, text, &self.gathered)
    }

    /// Hands in the rest of what was gathered.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn finish(&self, gatherer: &mut Gatherer) -> anyhow::Result<()> {
        gatherer.flush(&self.gathered)
    }

    /// Returns the posts that each file of posts holds.
    pub fn items(&self) -> impl ExactSizeIterator<Item = &[EntryId]> {
        self.posts.chunks(ITEMS)
    }

    /// Writes a file of posts as lists show them.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write_items(
        &self,
        number: usize,
        items: &[impl Serialize],
        write: Write<'_>,
    ) -> anyhow::Result<()> {
        self.write(&["items"], &number.to_string(), &serde_json::to_vec(items)?, write)
    }

    /// Returns the pieces of work that are left when all words are gathered.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let pairs = (0..self.gathered.buckets.parts()).map(Part::Pairs);
        (0..self.gathered.parts.count()).map(Part::Words).chain(pairs)
    }

    /// Writes a part.
    ///
    /// # Errors
    /// The temporary file cannot be read, or a file not written.
    pub fn write_part(&self, part: Part, write: Write<'_>) -> anyhow::Result<()> {
        match part {
            Part::Words(part) => {
                let shards = shards::cut(&self.gathered.words(part)?);
                for shard in &shards {
                    self.write(&["words"], &shard.name(), &shard.json, write)?;
                }
                let firsts = shards.into_iter().map(|shard| shard.first).collect();
                self.firsts.lock().unwrap_or_else(PoisonError::into_inner).insert(part, firsts);
            }
            Part::Pairs(part) => {
                let buckets = self.gathered.buckets;
                for (number, json) in pairs::files(part, &self.gathered.pairs(part)?, buckets) {
                    self.write(&["pairs"], &number.to_string(), &json, write)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what the script loads first, once all parts are written.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write_head(&self, write: Write<'_>) -> anyhow::Result<()> {
        let firsts = self.firsts.lock().unwrap_or_else(PoisonError::into_inner);
        let head = Head {
            version: format!("{:016x}", self.sum.load(Ordering::Relaxed)),
            posts: self.posts.len(),
            items: ITEMS,
            buckets: self.gathered.buckets.count(),
            pairs: self.gathered.buckets.files(),
            tables: tokens::tables(),
            shards: firsts.values().flatten().map(String::as_str).collect(),
        };
        self.write(&[], "index", &serde_json::to_vec(&head)?, write)
    }

    fn write(
        &self,
        folder: &[&str],
        name: &str,
        bytes: &[u8],
        write: Write<'_>,
    ) -> anyhow::Result<()> {
        let folders = FOLDER.iter().chain(folder).copied();
        let path = UrlPath::from_segments(folders).file_in(&format!("{name}.json"));
        let file = path.file();
        let sum = xxh3_64_with_seed(bytes, xxh3_64(file.as_bytes()));
        // In whatever order: a sum is the same.
        self.sum.fetch_add(sum, Ordering::Relaxed);
        write(&path, bytes)
    }
}
