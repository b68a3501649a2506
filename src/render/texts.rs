//! Texts of posts that stand in feeds, too: normalized once, kept until the feeds are made.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::render::posts;
use crate::render::shared::Shared;
use crate::render::spool::{Place, Spool};
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::templates::Templates;
use crate::site::EntryId;

/// What is kept in memory, in bytes; the rest is kept in a temporary file.
const IN_MEMORY: usize = 1024 * 1024;

/// The texts of posts that stand in feeds.
#[derive(Debug, Default)]
pub struct Texts {
    wanted: HashSet<EntryId>,
    kept: Spool,
    places: Mutex<HashMap<EntryId, Place>>,
}

impl Texts {
    /// Finds out which posts stand in feeds.
    pub fn new(shared: &Shared<'_>) -> Self {
        let feeds = &shared.settings.feeds;
        let archives = shared.site.archives.iter().filter(|archive| archive.feed.is_some());
        let newest = archives.flat_map(|archive| {
            archive.entries[archive.leading..].iter().take(feeds.items).copied()
        });
        Self { wanted: newest.collect(), kept: Spool::new(IN_MEMORY), places: Mutex::default() }
    }

    /// Whether a post stands in a feed.
    pub fn wants(&self, id: EntryId) -> bool {
        self.wanted.contains(&id)
    }

    /// Keeps the text of a post.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn keep(&self, id: EntryId, text: &str) -> anyhow::Result<()> {
        let place = self.kept.put(text.as_bytes())?;
        self.places.lock().unwrap_or_else(PoisonError::into_inner).insert(id, place);
        Ok(())
    }

    /// Whether the text of a post is kept.
    pub fn has(&self, id: EntryId) -> bool {
        self.places.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&id)
    }

    /// Returns the text of a post. It was not kept if its page did not have to be made.
    ///
    /// # Errors
    /// The temporary file cannot be read, or the body; a template of a block fails.
    pub fn get(
        &self,
        shared: &Shared<'_>,
        templates: &Templates,
        id: EntryId,
    ) -> anyhow::Result<String> {
        let place = self.places.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        if let Some(place) = place {
            return self.kept.text(place);
        }
        let site = SiteSurroundings::for_text(shared, templates, id, Addresses::Placeholder);
        let content = posts::content(shared, id, &site)?.unwrap_or_default();
        let text = posts::pages(shared, id, &content).concat();
        self.keep(id, &text)?;
        Ok(text)
    }
}
