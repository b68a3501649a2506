//! Gathers which post holds which words, while posts are made. What has been gathered goes to a
//! temporary file whenever it is much, cut into the parts that are written one by one later.

use std::sync::{Mutex, PoisonError};

use crate::render::search::pairs::{self, Buckets};
use crate::render::search::parts::{self, Parts};
use crate::render::search::terms::Terms;
use crate::render::search::tokens::{self, Token, Unit};
use crate::render::spool::{Place, Spool};

/// How often a post holds a word, roughly: in its title, often, or at all.
pub const CLASSES: u32 = 3;

/// A text holds a word often from so many times on.
const OFTEN: u32 = 3;

/// In a count: the title holds the word, too.
const IN_TITLE: u32 = 1 << 31;

/// How much a worker gathers before it goes to the file: so many words of posts, and pairs. With
/// those of a long post it is less than 2¹⁶: lists of more are given twice the memory.
const MANY: usize = 60_000;

/// How many pairs are remembered, so as not to gather them twice.
const LATELY: usize = 1 << 12;

/// Or so many distinct words.
const MANY_TERMS: usize = 1 << 15;

/// What is kept in memory, in bytes: all of a small site, for which a file would not be worth it.
const IN_MEMORY: usize = 1024 * 1024;

/// What goes to the file at once, cut into parts.
#[derive(Debug, Default)]
pub struct Cut {
    /// The parts one after the other.
    pub bytes: Vec<u8>,
    /// Where each ends.
    pub ends: Vec<u32>,
}

/// Where it stands in the file.
#[derive(Debug)]
struct Run {
    place: Place,
    ends: Box<[u32]>,
}

/// What all workers gathered.
#[derive(Debug)]
pub struct Gathered {
    file: Spool,
    words: Mutex<Vec<Run>>,
    pairs: Mutex<Vec<Run>>,
    /// How words are parted.
    pub parts: Parts,
    /// How pairs of words are told apart.
    pub buckets: Buckets,
}

impl Gathered {
    /// Starts with nothing, for so many posts.
    pub fn new(posts: usize) -> Self {
        let (parts, buckets) = (Parts::new(posts), Buckets::new(posts));
        let (words, pairs) = (Mutex::default(), Mutex::default());
        Self { file: Spool::new(IN_MEMORY), words, pairs, parts, buckets }
    }

    /// Returns what was gathered of a part of the words.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn words(&self, part: usize) -> anyhow::Result<Vec<Vec<u8>>> {
        self.read(&self.words, part)
    }

    /// Returns what was gathered of a part of the pairs.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn pairs(&self, part: usize) -> anyhow::Result<Vec<Vec<u8>>> {
        self.read(&self.pairs, part)
    }

    fn read(&self, runs: &Mutex<Vec<Run>>, part: usize) -> anyhow::Result<Vec<Vec<u8>>> {
        let of_part = |run: &Run| {
            let start = part.checked_sub(1).map_or(0, |before| run.ends[before]);
            run.place.part(start as usize..run.ends[part] as usize)
        };
        let places: Vec<Place> =
            runs.lock().unwrap_or_else(PoisonError::into_inner).iter().map(of_part).collect();
        places.into_iter().map(|place| self.file.get(place)).collect()
    }

    fn put(&self, runs: &Mutex<Vec<Run>>, cut: &Cut) -> anyhow::Result<()> {
        let run = Run { place: self.file.put(&cut.bytes)?, ends: cut.ends.as_slice().into() };
        runs.lock().unwrap_or_else(PoisonError::into_inner).push(run);
        Ok(())
    }
}

/// What a worker gathers.
#[derive(Debug, Default)]
pub struct Gatherer {
    terms: Terms,
    /// The words of the post at hand.
    found: Vec<u32>,
    /// The number of the word, the number of the post, the class.
    postings: Vec<u64>,
    /// The hash of the pair and the number of the post.
    pairs: Vec<(u32, u32)>,
    /// Pairs gathered lately, by hash: texts say the same again.
    lately: Vec<(u32, u32)>,
    key: String,
    cut: Cut,
}

impl Gatherer {
    /// Gathers the words of a post.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn add(
        &mut self,
        post: u32,
        title: &str,
        text: &str,
        gathered: &Gathered,
    ) -> anyhow::Result<()> {
        self.count(post, title, IN_TITLE);
        self.count(post, text, 1);
        for term in self.found.drain(..) {
            let count = std::mem::take(self.terms.count(term));
            let class = match count {
                IN_TITLE.. => 0,
                OFTEN.. => 1,
                _ => 2,
            };
            self.postings.push(u64::from(term) << 32 | u64::from(post * CLASSES + class));
        }
        let is_much = self.postings.len() >= MANY || self.terms.len() >= MANY_TERMS;
        if is_much { self.flush(gathered) } else { self.flush_pairs(MANY, gathered) }
    }

    /// Hands in all that was gathered.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn flush(&mut self, gathered: &Gathered) -> anyhow::Result<()> {
        if !self.postings.is_empty() {
            parts::cut(gathered.parts, &self.terms, &self.postings, &mut self.cut);
            gathered.put(&gathered.words, &self.cut)?;
        }
        self.postings.clear();
        self.terms.clear();
        self.flush_pairs(1, gathered)
    }

    fn flush_pairs(&mut self, at_least: usize, gathered: &Gathered) -> anyhow::Result<()> {
        if self.pairs.len() >= at_least {
            pairs::cut(&self.pairs, gathered.buckets, &mut self.cut);
            gathered.put(&gathered.pairs, &self.cut)?;
            self.pairs.clear();
        }
        Ok(())
    }

    fn count(&mut self, post: u32, text: &str, weight: u32) {
        let mut last = [(); 2].map(|()| (Unit::Word, String::new()));
        let mut last_hash = 0;
        tokens::each(text, |token| {
            let number = self.count_term(token.text, weight);
            match token.unit {
                Unit::Word => {
                    let hash = self.terms.hash(number);
                    if token.is_joined {
                        self.add_pair((pairs::hash(last_hash, hash), post));
                    }
                    last_hash = hash;
                }
                _ => {
                    self.count_joined(&last, token, weight);
                    let [before, one] = &mut last;
                    std::mem::swap(before, one);
                    if !token.is_joined {
                        before.1.clear();
                    }
                    one.0 = token.unit;
                    one.1.clear();
                    one.1.push_str(token.text);
                }
            }
        });
    }

    /// Counts what a syllable or character makes with those before it: two of them are told from
    /// many others, and of letters three.
    fn count_joined(&mut self, last: &[(Unit, String); 2], token: Token<'_>, weight: u32) {
        if !token.is_joined {
            return;
        }
        let [before, one] = last;
        let between = if token.unit == Unit::Syllable { "་" } else { "" };
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.extend([one.1.as_str(), between, token.text]);
        self.count_term(&key, weight);
        let are_letters = [before.0, one.0, token.unit].iter().all(|it| *it == Unit::Character);
        if are_letters && !before.1.is_empty() {
            key.insert_str(0, &before.1);
            self.count_term(&key, weight);
        }
        self.key = key;
    }

    fn add_pair(&mut self, pair: (u32, u32)) {
        if self.lately.is_empty() {
            self.lately.resize(LATELY, (0, u32::MAX));
        }
        let lately = &mut self.lately[pair.0 as usize % LATELY];
        if *lately != pair {
            *lately = pair;
            self.pairs.push(pair);
        }
    }

    fn count_term(&mut self, term: &str, weight: u32) -> u32 {
        let number = self.terms.number(term);
        let count = self.terms.count(number);
        if *count == 0 {
            self.found.push(number);
        }
        *count = if weight == IN_TITLE { IN_TITLE } else { count.saturating_add(weight) };
        number
    }
}
