//! Texts of posts that stand in feeds, too: normalized once, kept until the feeds are made.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use tempfile::SpooledTempFile;

use crate::config::FeedContent;
use crate::render::shared::Shared;
use crate::site::EntryId;

/// What is kept in memory, in bytes; the rest is kept in a temporary file.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// The texts of posts that stand in feeds.
#[derive(Debug)]
pub struct Texts {
    wanted: HashSet<EntryId>,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    file: SpooledTempFile,
    end: u64,
    /// Start and length of each text.
    places: HashMap<EntryId, (u64, usize)>,
}

impl Texts {
    /// Finds out which posts stand in feeds.
    pub fn new(shared: &Shared<'_>) -> Self {
        let feeds = &shared.settings.feeds;
        let archives = shared
            .site
            .archives
            .iter()
            .filter(|archive| feeds.content == FeedContent::Full && archive.feed.is_some());
        let newest = archives.flat_map(|archive| {
            archive.entries[archive.leading..].iter().take(feeds.items).copied()
        });
        let file = SpooledTempFile::new(IN_MEMORY);
        Self {
            wanted: newest.collect(),
            kept: Mutex::new(Kept { file, end: 0, places: HashMap::new() }),
        }
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
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let start = kept.end;
        kept.file.write_all(text.as_bytes()).context("cannot write a temporary file")?;
        kept.end += text.len() as u64;
        kept.places.insert(id, (start, text.len()));
        Ok(())
    }

    /// Returns the text of a post; nothing if it was not kept. No text is kept any more after the
    /// first was asked for.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn get(&self, id: EntryId) -> anyhow::Result<String> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(&(start, length)) = kept.places.get(&id) else { return Ok(String::new()) };
        let mut bytes = vec![0; length];
        let seek = kept.file.seek(SeekFrom::Start(start));
        seek.and_then(|_| kept.file.read_exact(&mut bytes))
            .context("cannot read a temporary file")?;
        String::from_utf8(bytes).context("a temporary file was changed")
    }
}
