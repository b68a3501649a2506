//! What was made before, and from what. A build that follows another in the same run makes only
//! what would come out differently.

use std::collections::HashMap;

use crate::diagnostics::Diagnostic;
use crate::ledger::Tally;
use crate::output::{Hash, Output};
use crate::render::media_use::Noted;
use crate::render::work::Job;

/// What a build made, job by job. Holds only if what the build wrote is in its place.
#[derive(Debug, Default)]
pub struct Cache {
    made: HashMap<Job, Made>,
    search: Option<Searchable>,
    is_search_late: bool,
}

/// The search index, which is made from all posts at once.
#[derive(Clone, Debug)]
pub struct Searchable {
    /// Of all it was made from.
    pub key: u64,
    /// Its files.
    pub files: Vec<(Box<str>, Hash)>,
}

/// The build before, and what of it may stand for this one's.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// What it made.
    pub cache: &'a Cache,
    /// How much may be late.
    pub haste: Haste,
}

/// How much may be late.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Haste {
    /// Nothing.
    #[default]
    None,
    /// The search index: to make it takes much longer than to make a page.
    SearchIsLater,
}

/// What a job did.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Of all the job depends on: see [`super::keys`].
    pub key: u64,
    /// The files it wrote.
    pub files: Vec<(Box<str>, Hash)>,
    /// What it told.
    pub diagnostics: Vec<Diagnostic>,
    /// What it used of the media library.
    pub noted: Noted,
    /// What became of all that the text it shows holds.
    pub tally: Tally,
}

impl Cache {
    /// Puts together what all jobs did.
    pub fn new(made: Vec<(Job, Made)>, search: Option<Searchable>, key: u64) -> Self {
        let is_search_late = search.as_ref().is_some_and(|search| search.key != key);
        Self { made: made.into_iter().collect(), search, is_search_late }
    }

    /// Returns whether the search index was made from something else than the pages.
    pub fn is_search_late(&self) -> bool {
        self.is_search_late
    }

    /// Returns what a job did if it would do the same again, and all it wrote is there.
    pub fn of(&self, job: Job, key: u64, output: &Output) -> Option<&Made> {
        let made = self.made.get(&job).filter(|made| made.key == key)?;
        made.files.iter().all(|(path, hash)| output.holds(path, *hash)).then_some(made)
    }
}

impl Before<'_> {
    /// Returns the search index, if it can stay, and all its files are there.
    pub fn search(&self, key: u64, output: &Output) -> Option<&Searchable> {
        let search = self.cache.search.as_ref();
        let search = search.filter(|it| it.key == key || self.haste == Haste::SearchIsLater)?;
        search.files.iter().all(|(path, hash)| output.holds(path, *hash)).then_some(search)
    }
}
