//! What a build would make of texts, without writing anything.

use std::borrow::Cow;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::content::{self, Content};
use crate::ledger::{Books, Ledger};
use crate::render::media_use::Notes;
use crate::render::shared::Shared;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::templates::Templates;
use crate::render::words::Words;
use crate::render::{Sources, front, jobs, posts, work};
use crate::site::EntryId;

/// How many texts are examined at once.
const CHUNK: usize = 256;

/// Makes texts of a site as a build does.
#[derive(Debug)]
pub struct Examiner<'a> {
    shared: Shared<'a>,
    templates: Templates,
}

impl<'a> Examiner<'a> {
    /// Gets ready to make texts. `words` are those of the theme in the site's language.
    ///
    /// # Errors
    /// The theme is not valid.
    pub fn new(from: &Sources<'a>, words: &'a Words) -> anyhow::Result<Self> {
        let mut templates = Templates::parse(from.theme, words, &from.site.info.base)
            .context("the theme cannot be used")?;
        let shared = Shared::new(from, words, front::plan(from).value, Notes::default());
        jobs::set_globals(&mut templates, &shared, from.theme);
        Ok(Self { shared, templates })
    }

    /// Returns the entries whose text is shown on pages of their own.
    pub fn entries(&self) -> Vec<EntryId> {
        work::shown(&self.shared).collect()
    }

    /// Returns the files that the text of an entry is shown in, page by page.
    pub fn files(&self, id: EntryId) -> Vec<String> {
        let entry = self.shared.site.entry(id);
        let numbers = 1..=usize::from(entry.pages);
        numbers.map(|number| posts::page_path(&entry.path, number).file()).collect()
    }

    /// Returns rendered HTML without what only editors saw of it.
    pub fn for_readers<'h>(&self, html: &'h str) -> Cow<'h, str> {
        let site = SiteSurroundings::new(&self.shared, Addresses::RootRelative);
        content::for_readers(html, &site)
    }

    /// Returns what becomes of the text of an entry. `None`: the export has none.
    ///
    /// # Errors
    /// It cannot be read, or the theme's template of a block fails.
    pub fn content(&self, id: EntryId) -> anyhow::Result<Option<Content>> {
        let addresses = Addresses::RootRelative;
        let site = SiteSurroundings::for_text(&self.shared, &self.templates, id, addresses);
        posts::content(&self.shared, id, &site)
    }
}

/// Returns what becomes of all that texts hold.
///
/// # Errors
/// The theme is not valid, its template of a block fails, or a body cannot be read.
pub fn examine(from: &Sources<'_>) -> anyhow::Result<Ledger> {
    let words = Words::load(from.theme, &from.site.info.language)?;
    let examiner = Examiner::new(from, &words)?;
    let ids = examiner.entries();
    let chunks = ids.par_chunks(CHUNK).map(|ids| {
        let mut books = Books::default();
        for &id in ids {
            let content = examiner.content(id)?.unwrap_or_default();
            books.enter(from.site.post(id).id, &content.tally);
        }
        Ok(books)
    });
    let mut all = Books::default();
    for books in chunks.collect::<Vec<anyhow::Result<Books>>>() {
        all.enter_all(books?);
    }
    Ok(all.close())
}
