//! How the files of the last build stand now: as it wrote them, changed by somebody else, or gone.

use std::fs::{self, File};

use anyhow::Context as _;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};

use crate::output::Previous;
use crate::output::disk::{Disk, Found, doing, hash_file, is_absence};
use crate::output::manifest::{Entry, FILE, Manifest, Stamp};

/// What the last build wrote, and what has become of it.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub manifest: Manifest,
    /// For each file of the manifest.
    standings: Vec<Standing>,
    /// When the manifest was written.
    since: i64,
}

/// How a file stands that the last build wrote.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// As it was written, though it may have been touched since.
    AsWritten(Stamp),
    /// Somebody else changed it.
    Edited,
    /// It is not there any more.
    Gone,
}

impl Known {
    /// Reads the manifest in the folder, if there is one, and looks at each file it names.
    pub fn read(disk: &Disk) -> anyhow::Result<Option<Self>> {
        let Some((manifest, since)) = read_manifest(disk)? else { return Ok(None) };
        let standings = manifest
            .files
            .par_iter()
            .with_min_len(64)
            .map(|entry| look_at(disk, entry, since))
            .collect();
        Ok(Some(Self { manifest, standings, since }))
    }

    /// Returns the entry for `path` and how its file stands.
    pub fn get(&self, path: &str) -> Option<(&Entry, Standing)> {
        let index = self.manifest.find(path)?;
        Some((&self.manifest.files[index], self.standings[index]))
    }

    /// Returns all entries in order, and how their files stand.
    pub fn iter(&self) -> impl Iterator<Item = (&Entry, Standing)> {
        self.manifest.files.iter().zip(self.standings.iter().copied())
    }

    /// Returns what the last build said, if all is as it left it.
    pub fn previous(&self) -> Option<Previous> {
        let Manifest { fingerprint, diagnostics, ledger, complete, .. } = &self.manifest;
        let is_as_written = |standing: &Standing| matches!(standing, Standing::AsWritten(_));
        (*complete && self.standings.iter().all(is_as_written)).then(|| Previous {
            fingerprint: fingerprint.clone(),
            diagnostics: diagnostics.clone(),
            ledger: ledger.clone(),
        })
    }

    /// Returns whether a file of this stamp cannot have changed since without a new one.
    pub fn is_settled(&self, stamp: Stamp) -> bool {
        stamp.modified < self.since
    }
}

/// Returns the manifest in the folder, and when it was written.
fn read_manifest(disk: &Disk) -> anyhow::Result<Option<(Manifest, i64)>> {
    let path = disk.at(FILE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(error).with_context(|| doing("reading", &path)),
    };
    let metadata = fs::metadata(&path).with_context(|| doing("looking at", &path))?;
    let manifest = Manifest::parse(&text).with_context(|| doing("reading", &path))?;
    Ok(Some((manifest, Stamp::of(&metadata).modified)))
}

/// Tells how a file stands by its size and time if they can be trusted, otherwise by its bytes.
///
/// A time is worth nothing if it is not older than the manifest: the clocks of file systems tick
/// so slowly that a file written and then changed within one tick keeps its time.
fn look_at(disk: &Disk, entry: &Entry, since: i64) -> Standing {
    let stamp = match disk.look(&entry.path) {
        // Where a folder is now, the file was removed before.
        Ok(Found::Nothing | Found::Folder) => return Standing::Gone,
        Ok(Found::File(stamp)) if stamp.size == entry.stamp.size => stamp,
        // What we cannot look at is left alone like what is not ours.
        _ => return Standing::Edited,
    };
    if stamp == entry.stamp && stamp.modified < since {
        return Standing::AsWritten(stamp);
    }
    let hash = File::open(disk.at(&entry.path)).and_then(|mut file| hash_file(&mut file));
    match hash {
        Ok((hash, _)) if hash == entry.hash => Standing::AsWritten(stamp),
        _ => Standing::Edited,
    }
}
