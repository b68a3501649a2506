//! One job a page or feed, shared among threads. Results are in the order of the jobs, whichever
//! thread did them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use indicatif::ProgressBar;

use crate::diagnostics::{Diagnostic, Warned};
use crate::ledger::{Books, Ledger, Tally};
use crate::output::{Hash, Output};
use crate::render::cache::{Before, Cache, Made, Searchable};
use crate::render::keys::Keys;
use crate::render::pieces::{Frames, Lately, Pieces};
use crate::render::search::{Gatherer, Index};
use crate::render::shared::Shared;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::templates::Templates;
use crate::render::texts::Texts;
use crate::render::theme::Theme;
use crate::render::views::SiteView;
use crate::render::voices::{Voice, Voices};
use crate::render::work::{self, Job};
use crate::render::{old_addresses, posts, uploads, whole_site};
use crate::site::EntryId;

/// How many jobs a thread takes at once: enough that threads do not wait for each other.
const CHUNK: usize = 16;

/// What is known when all jobs are done.
#[derive(Debug)]
pub struct Rendered {
    /// For the next build. Empty if nobody wants it.
    pub cache: Cache,
    /// What became of all that texts hold.
    pub ledger: Ledger,
}

/// Does all the work of a site.
///
/// # Errors
/// The first in the order of the jobs.
pub fn run(
    voices: &Voices<'_>,
    before: Option<Before<'_>>,
    output: &Output,
    progress: &ProgressBar,
) -> anyhow::Result<Warned<Rendered>> {
    let shared = voices.own();
    let before = before.map(|before| (before, Keys::new(shared, voices.theme)));
    let kept = before.as_ref().and_then(|(before, keys)| before.search(keys.search(), output));
    if let Some(search) = kept {
        search.files.iter().for_each(|(path, _)| output.retain(path));
    }
    let kept = kept.cloned();
    let has_index = shared.has_search() && kept.is_none();
    let mut common = Common {
        voices,
        output,
        pieces: voices.all().iter().map(|_| Pieces::new(shared.site.entries.len())).collect(),
        texts: Texts::new(shared),
        before,
        made: Mutex::default(),
        index: has_index.then(|| Index::new(shared.site)),
        search_files: Mutex::default(),
        books: Mutex::default(),
    };
    let (entries, rest) = (work::entries(shared), work::rest(shared, common.index.as_ref()));
    let last = work::last(shared, common.index.as_ref());
    progress.set_length((entries.len() + rest.len() + last.len()) as u64);
    // Feeds take up the texts of entries.
    let mut diagnostics = common.share(&entries, progress)?;
    diagnostics.extend(common.share(&rest, progress)?);
    // No list or feed is made any more, and what is left needs the memory.
    (common.pieces, common.texts) = (Vec::new(), Texts::default());
    diagnostics.extend(uploads::descriptions(shared));
    shared.use_lone_attachments();
    diagnostics.extend(common.share(&last, progress)?);
    Ok(Warned { value: common.close(kept)?, diagnostics })
}

/// What all workers use.
pub(super) struct Common<'a> {
    pub voices: &'a Voices<'a>,
    pub output: &'a Output,
    /// By voice.
    pub pieces: Vec<Pieces>,
    pub texts: Texts,
    /// What the last build made, and what this one has to make it from.
    pub before: Option<(Before<'a>, Keys)>,
    pub made: Mutex<Vec<(Job, Made)>>,
    /// None if readers cannot search, or the index is to stay as it is.
    pub index: Option<Index>,
    pub search_files: Mutex<Vec<(Box<str>, Hash)>>,
    /// What becomes of all that texts hold.
    books: Mutex<Books>,
}

impl Common<'_> {
    /// Writes what the search index holds of all posts, and puts together what is known at the end.
    /// `kept` is the index that stays.
    fn close(self, kept: Option<Searchable>) -> anyhow::Result<Rendered> {
        let mut files = self.search_files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = &self.index {
            index.write_head(&mut |path, bytes| {
                let file = path.file();
                let hash = self.output.write(&file, bytes)?;
                files.push((file.into(), hash));
                Ok(())
            })?;
        }
        let ledger = self.books.into_inner().unwrap_or_else(PoisonError::into_inner).close();
        let Some((_, keys)) = &self.before else {
            return Ok(Rendered { cache: Cache::default(), ledger });
        };
        let key = keys.search();
        let search = self.index.is_some().then_some(Searchable { key, files });
        let made = self.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Rendered { cache: Cache::new(made, search.or(kept), key), ledger })
    }

    /// Shares jobs among all threads.
    fn share(&self, jobs: &[Job], progress: &ProgressBar) -> anyhow::Result<Vec<Diagnostic>> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        rayon::broadcast(|_| {
            // Values that threads share contend for their counts: each worker has its own.
            let mut worker = Worker::new(self);
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                let Some(chunk) = jobs.get(start..jobs.len().min(start + CHUNK)) else { break };
                if chunk.is_empty() {
                    break;
                }
                let done = worker.do_all(chunk);
                progress.inc(chunk.len() as u64);
                if done.as_ref().map_or(true, |found| !found.is_empty()) {
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((start, done));
                }
            }
            if let Err(trouble) = worker.finish() {
                let last = (usize::MAX, Err(trouble));
                results.lock().unwrap_or_else(PoisonError::into_inner).push(last);
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|&(start, _)| start);
        let mut diagnostics = Vec::new();
        for (_, done) in results {
            diagnostics.extend(done?);
        }
        Ok(diagnostics)
    }
}

/// Makes visible to all templates what they all may see. Returns the site as they see it.
pub(super) fn set_globals(
    templates: &mut Templates,
    shared: &Shared<'_>,
    theme: &Theme,
) -> SiteView {
    let site = whole_site::site(shared);
    templates.set_global("site", &site);
    templates.set_global("t", &shared.words.words);
    templates.set_global("options", &theme.options);
    site
}

/// What a thread needs to do jobs.
pub(super) struct Worker<'a> {
    pub common: &'a Common<'a>,
    /// In the language of the job at hand.
    pub shared: &'a Shared<'a>,
    pub templates: Templates,
    pub frames: Frames<'a>,
    pub lately: Lately,
    /// The place of the language at hand in [`Voices::all`].
    pub voice: usize,
    /// In the other languages, as far as they were needed.
    silent: Vec<Option<Speaker<'a>>>,
    pub gatherer: Gatherer,
    pub buffer: Vec<u8>,
    /// What the job at hand wrote.
    pub files: Vec<(Box<str>, Hash)>,
    /// What it told.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all that the text it shows holds.
    pub tally: Tally,
}

/// What a thread needs to make pages in one language.
struct Speaker<'a> {
    shared: &'a Shared<'a>,
    templates: Templates,
    frames: Frames<'a>,
    lately: Lately,
}

impl<'a> Speaker<'a> {
    fn new(common: &'a Common<'a>, voice: usize) -> Self {
        let Voice { shared, templates } = &common.voices.all()[voice];
        let mut templates = templates.clone();
        let site = set_globals(&mut templates, shared, common.voices.theme);
        Self { shared, templates, frames: Frames::new(shared, &site), lately: Lately::default() }
    }
}

impl<'a> Worker<'a> {
    fn new(common: &'a Common<'a>) -> Self {
        let Speaker { shared, templates, frames, lately } = Speaker::new(common, 0);
        Self {
            common,
            shared,
            templates,
            frames,
            lately,
            voice: 0,
            silent: common.voices.all().iter().map(|_| None).collect(),
            gatherer: Gatherer::default(),
            buffer: Vec::new(),
            files: Vec::new(),
            diagnostics: Vec::new(),
            tally: Tally::default(),
        }
    }

    fn do_all(&mut self, jobs: &[Job]) -> anyhow::Result<Vec<Diagnostic>> {
        let Some((before, keys)) = &self.common.before else {
            for &job in jobs {
                self.do_one(job)?;
                let tally = std::mem::take(&mut self.tally);
                self.enter(job, &tally);
            }
            return Ok(std::mem::take(&mut self.diagnostics));
        };
        let mut told = Vec::new();
        for &job in jobs {
            if matches!(job, Job::SearchItems(_) | Job::SearchPart(_)) {
                self.files.clear();
                self.do_one(job)?;
                let files = std::mem::take(&mut self.files);
                let all = self.common.search_files.lock();
                all.unwrap_or_else(PoisonError::into_inner).extend(files);
                continue;
            }
            let made = self.remember_one(job, before.cache, keys)?;
            told.extend_from_slice(&made.diagnostics);
            self.enter(job, &made.tally);
            self.common.made.lock().unwrap_or_else(PoisonError::into_inner).push((job, made));
        }
        Ok(told)
    }

    /// Does a job, unless what it did the last time is what it would do now.
    fn remember_one(&mut self, job: Job, before: &Cache, keys: &Keys) -> anyhow::Result<Made> {
        let key = keys.of(self.shared, job);
        if let Some(made) = before.of(job, key, self.common.output) {
            made.files.iter().for_each(|(path, _)| self.common.output.retain(path));
            self.shared.note_again(&made.noted);
            if let (Job::Entry(id), Some(_)) = (job, &self.common.index) {
                self.speak(self.common.voices.of(job));
                self.gather(id)?;
            }
            return Ok(made.clone());
        }
        self.shared.notes.take();
        self.files.clear();
        self.do_one(job)?;
        Ok(Made {
            key,
            files: std::mem::take(&mut self.files),
            diagnostics: std::mem::take(&mut self.diagnostics),
            noted: self.shared.notes.take(),
            tally: std::mem::take(&mut self.tally),
        })
    }

    /// Enters what became of all that the text of an entry holds.
    fn enter(&self, job: Job, tally: &Tally) {
        if let Job::Entry(id) = job {
            let mut books = self.common.books.lock().unwrap_or_else(PoisonError::into_inner);
            books.enter(self.shared.site.post(id).id, tally);
        }
    }

    /// Gathers the words of an entry whose page need not be made.
    fn gather(&mut self, id: EntryId) -> anyhow::Result<()> {
        let site =
            SiteSurroundings::for_text(self.shared, &self.templates, id, Addresses::RootRelative);
        let content = posts::content(self.shared, id, &site)?;
        let texts = posts::pages(self.shared, id, &content.unwrap_or_default());
        let Some(index) = &self.common.index else { return Ok(()) };
        index.add(self.shared, id, &texts, &mut self.gatherer)
    }

    /// Hands in what was gathered from several jobs.
    fn finish(&mut self) -> anyhow::Result<()> {
        let index = self.common.index.as_ref();
        index.map_or(Ok(()), |index| index.finish(&mut self.gatherer))
    }

    /// Goes on in another language.
    pub(super) fn speak(&mut self, voice: usize) {
        if voice == self.voice {
            return;
        }
        let next = self.silent[voice].take();
        let next = next.unwrap_or_else(|| Speaker::new(self.common, voice));
        let last = Speaker {
            shared: std::mem::replace(&mut self.shared, next.shared),
            templates: std::mem::replace(&mut self.templates, next.templates),
            frames: std::mem::replace(&mut self.frames, next.frames),
            lately: std::mem::replace(&mut self.lately, next.lately),
        };
        self.silent[self.voice] = Some(last);
        self.voice = voice;
    }

    fn do_one(&mut self, job: Job) -> anyhow::Result<()> {
        self.speak(self.common.voices.of(job));
        match job {
            Job::Entry(id) => self.entry(id),
            Job::List(id, number) => self.list(id, number),
            Job::Feed(id) => self.feed(id),
            Job::CommentFeed(entry) => self.comment_feed(entry),
            Job::Numbers(number) => self.numbers(number),
            Job::Search => self.search(),
            Job::NotFound => self.not_found(),
            Job::Sitemap => self.sitemap(),
            Job::OldAddresses => {
                old_addresses::write(self.shared, |path, bytes| self.write(path, bytes))
            }
            Job::HostRules => self.host_rules(),
            Job::Redirect(index) => self.redirect(index),
            Job::SearchItems(number) => self.search_items(number),
            Job::SearchPart(part) => self.search_part(part),
        }
    }
}
