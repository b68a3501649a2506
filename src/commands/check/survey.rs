//! Reads every page, style sheet, feed and sitemap of a site once, on all processors, and follows
//! what they refer to.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::commands::check::addresses::{Ground, Target};
use crate::commands::check::folder::FileId;
use crate::commands::check::sightings::{Kind, Sightings, Sorted, Spot};
use crate::commands::check::worker::{Facts, Format, Outside, Worker};
use crate::commands::check::xml::Entry;

/// What is in a site.
#[derive(Debug, Default)]
pub struct Survey {
    /// What is not as it should be.
    pub sightings: Sorted,
    /// How many pages were read.
    pub pages: usize,
    /// The entries of each feed, in the order of the files.
    pub feeds: Vec<(FileId, Vec<Entry>)>,
    /// Links to other sites, without fragments, if they were gathered.
    pub outside: BTreeMap<Box<str>, Vec<Spot>>,
    /// Links to pages of the site with a query, on which scripts may act.
    pub with_query: BTreeMap<Box<str>, Vec<Spot>>,
    /// Where pages lead on to by themselves.
    pub redirects: HashMap<FileId, Target>,
}

/// How many files a processor takes at once.
const BATCH: usize = 32;

/// After so many pages that lead on, readers and search engines have given up.
const LONGEST_CHAIN: usize = 50;

/// Reads the files of a site.
///
/// # Errors
/// A file cannot be read.
pub fn survey(ground: &Ground, outside: Outside) -> anyhow::Result<Survey> {
    let read: Vec<FileId> = ground
        .folder
        .files()
        .filter(|(_, file)| Format::of(&file.name).is_some())
        .map(|(id, _)| id)
        .collect();
    let next = AtomicUsize::new(0);
    let workers = (0..rayon::current_num_threads()).into_par_iter().map(|_| {
        let mut worker = Worker::new(ground, outside);
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = read.get(start..) else { return Ok(worker) };
            for &file in batch.iter().take(BATCH) {
                worker.read(file)?;
            }
        }
    });
    let workers = workers.collect::<anyhow::Result<Vec<_>>>()?;
    Ok(join(ground, workers))
}

/// Puts the shares together, and follows what led from one page to a part of another.
fn join(ground: &Ground, workers: Vec<Worker<'_>>) -> Survey {
    let mut survey = Survey::default();
    let mut pages: HashMap<FileId, Facts> = HashMap::new();
    let mut wanted = Vec::new();
    let mut all = Vec::new();
    for worker in workers {
        pages.extend(worker.pages);
        wanted.extend(worker.wanted);
        all.push(worker.sightings);
        survey.feeds.extend(worker.feeds);
        let shares =
            [(worker.gathered, &mut survey.outside), (worker.with_query, &mut survey.with_query)];
        for (share, whole) in shares {
            for (address, spots) in share {
                whole.entry(address).or_default().extend(spots);
            }
        }
    }
    let all_spots = survey.outside.values_mut().chain(survey.with_query.values_mut());
    all_spots.for_each(|spots| spots.sort_unstable());
    survey.feeds.sort_unstable_by_key(|(file, _)| *file);
    survey.pages = pages.len();
    survey.redirects =
        pages.iter().filter_map(|(&page, facts)| Some((page, facts.leads_on?))).collect();

    let mut more = Sightings::default();
    for &page in survey.redirects.keys() {
        if survey.end_of(page).is_none() {
            let spot = || Spot { file: page, line: 1, column: 1 };
            more.add(Kind::Circle, &ground.path(page), page, spot);
        }
    }
    wanted.sort_unstable_by(|a, b| (a.from, &a.part).cmp(&(b.from, &b.part)));
    for link in wanted {
        let Some(Target::File(page)) = survey.end_of(link.page) else { continue };
        let Some(facts) = pages.get(&page) else { continue };
        if !facts.has_part(&link.part) {
            let address = format!("{}#{}", ground.path(link.page), link.part);
            more.add(Kind::Part, &address, link.from.file, || link.from);
        }
    }
    all.push(more);
    survey.sightings = Sightings::sort(all);
    survey
}

impl Survey {
    /// Returns where a reader ends who opens a page, after all pages that lead on by themselves. None
    /// if they lead in a circle.
    pub fn end_of(&self, page: FileId) -> Option<Target> {
        let mut at = page;
        for _ in 0..LONGEST_CHAIN {
            match self.redirects.get(&at) {
                None => return Some(Target::File(at)),
                Some(&Target::File(next)) => at = next,
                Some(&elsewhere) => return Some(elsewhere),
            }
        }
        None
    }
}
