//! What a build would make of texts, without writing anything.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::content::{self, Content};
use crate::ledger::{Books, Ledger};
use crate::render::media_use::Notes;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::voices::{AllWords, Voice, Voices};
use crate::render::{Sources, front, posts, work};
use crate::site::EntryId;

/// How many texts are examined at once.
const CHUNK: usize = 256;

/// Makes texts of a site as a build does.
#[derive(Debug)]
pub struct Examiner<'a> {
    voices: Voices<'a>,
}

impl<'a> Examiner<'a> {
    /// Gets ready to make texts.
    ///
    /// # Errors
    /// The theme is not valid.
    pub fn new(from: &Sources<'a>, words: &'a AllWords) -> anyhow::Result<Self> {
        let front = front::plan(from).value;
        let mut voices = Voices::new(from, words, front, Notes::default())?;
        voices.set_globals();
        Ok(Self { voices })
    }

    /// Returns the entries whose text is shown on pages of their own.
    pub fn entries(&self) -> Vec<EntryId> {
        work::shown(self.voices.own()).collect()
    }

    /// Returns the files that the text of an entry is shown in, page by page.
    pub fn files(&self, id: EntryId) -> Vec<String> {
        let entry = self.voices.own().site.entry(id);
        let numbers = 1..=usize::from(entry.pages);
        numbers.map(|number| posts::page_path(&entry.path, number).file()).collect()
    }

    /// Returns rendered HTML without what only editors saw of it.
    pub fn for_readers<'h>(&self, html: &'h str) -> Cow<'h, str> {
        let site = SiteSurroundings::new(self.voices.own(), Addresses::RootRelative);
        content::for_readers(html, &site)
    }

    /// Returns what becomes of the text of an entry. `None`: the export has none.
    ///
    /// # Errors
    /// It cannot be read, or the theme's template of a block fails.
    pub fn content(&self, id: EntryId) -> anyhow::Result<Option<Content>> {
        let addresses = Addresses::RootRelative;
        let Voice { shared, templates } = self.voices.of_entry(id);
        let site = SiteSurroundings::for_text(shared, templates, id, addresses);
        posts::content(shared, id, &site)
    }
}

/// Returns what becomes of all that texts hold.
///
/// # Errors
/// The theme is not valid, its template of a block fails, or a body cannot be read.
pub fn examine(from: &Sources<'_>) -> anyhow::Result<Ledger> {
    let words = AllWords::load(from.theme, from.site)?;
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
