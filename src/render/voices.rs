//! The languages that pages are made in: the site's own, and those of its editions that the theme has
//! words in. What stands around a text, with dates and words, is then in the language of the text.

use anyhow::Context as _;

use crate::render::media_use::Notes;
use crate::render::shared::Shared;
use crate::render::templates::Templates;
use crate::render::theme::Theme;
use crate::render::words::Words;
use crate::render::work::Job;
use crate::render::{Sources, front, jobs};
use crate::site::editions::EditionId;
use crate::site::languages::primary;
use crate::site::{EntryId, Site};

/// The words of all languages that pages are made in.
#[derive(Debug)]
pub struct AllWords {
    /// Of the site's own language.
    pub own: Words,
    of_editions: Vec<(EditionId, Words)>,
}

/// What pages in one language are made from.
#[derive(Debug)]
pub struct Voice<'a> {
    /// The site as they show it.
    pub shared: Shared<'a>,
    /// The theme's templates with their words.
    pub templates: Templates,
}

/// Everything that pages are made from.
#[derive(Debug)]
pub struct Voices<'a> {
    /// What shows them.
    pub theme: &'a Theme,
    /// The site's own first.
    all: Vec<Voice<'a>>,
    /// Which voice each edition has.
    of_editions: Vec<usize>,
}

impl AllWords {
    /// Loads the words of a site.
    ///
    /// # Errors
    /// A file of words is not valid.
    pub fn load(theme: &Theme, site: &Site) -> anyhow::Result<Self> {
        let own = Words::load(theme, &site.info.language)?;
        let mut of_editions = Vec::new();
        for (id, edition) in (0..).map(EditionId::new).zip(&site.editions) {
            // Beside a home page of its own stands that of all languages.
            let is_own = *edition.tag == *site.info.language && edition.is_at_root();
            let is_spoken = [&*edition.tag, primary(&edition.tag)]
                .into_iter()
                .any(|tag| theme.languages.contains_key(tag));
            if !is_own && is_spoken {
                of_editions.push((id, Words::load(theme, &edition.tag)?));
            }
        }
        Ok(Self { own, of_editions })
    }
}

impl<'a> Voices<'a> {
    /// Gets ready to make pages, with no file used.
    ///
    /// # Errors
    /// The theme is not valid.
    pub fn new(
        from: &Sources<'a>,
        words: &'a AllWords,
        front: front::Front,
        notes: Notes,
    ) -> anyhow::Result<Self> {
        let templates = |words: &Words| {
            Templates::parse(from.theme, words, &from.site.info.base)
                .context("the theme cannot be used")
        };
        let shared = Shared::new(from, &words.own, front, notes);
        let mut all = vec![Voice { shared, templates: templates(&words.own)? }];
        let mut of_editions = vec![0; from.site.editions.len()];
        for (id, words) in &words.of_editions {
            of_editions[id.index()] = all.len();
            let shared = all[0].shared.in_edition(*id, words);
            all.push(Voice { shared, templates: templates(words)? });
        }
        Ok(Self { theme: from.theme, all, of_editions })
    }

    /// Returns the site as pages in its own language show it.
    pub fn own(&self) -> &Shared<'a> {
        &self.all[0].shared
    }

    /// Returns all of them, the site's own first.
    pub fn all(&self) -> &[Voice<'a>] {
        &self.all
    }

    /// Makes visible to all templates what they all may see. Threads that share them need no more.
    pub fn set_globals(&mut self) {
        for Voice { shared, templates } in &mut self.all {
            jobs::set_globals(templates, shared, self.theme);
        }
    }

    /// Returns the voice that the text of an entry is made in.
    pub fn of_entry(&self, id: EntryId) -> &Voice<'a> {
        &self.all[self.of(Job::Entry(id))]
    }

    /// Returns the place of the voice that a job is done in.
    pub fn of(&self, job: Job) -> usize {
        let site = self.own().site;
        let edition = match job {
            Job::Entry(id) | Job::CommentFeed(Some(id)) => site.entry(id).edition,
            Job::List(id, _) | Job::Feed(id) => site.archive(id).edition,
            _ => None,
        };
        self.of_edition(edition)
    }

    fn of_edition(&self, edition: Option<EditionId>) -> usize {
        edition.map_or(0, |id| self.of_editions[id.index()])
    }
}
