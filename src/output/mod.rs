//! Writes the output folder: what changed, and nothing else; removes what is gone; all or nothing.
//!
//! ```text
//! open ─▶ write, copy … (files wait in a staging folder) ─▶ finish: plan ─▶ journal ─▶ apply ─▶ manifest
//! ```
//!
//! A folder that is new is written under another name and renamed when all is there. In one that
//! exists nothing changes before `finish` has written down every change: a build that is killed
//! before leaves the old site, and one that is killed after is finished by the next.

pub mod finished;

mod manifest;
mod standing;

mod root;
mod staging;

mod journal;
mod plan;

mod diagnostics;
mod disk;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError, mpsc};

use anyhow::{Context as _, ensure};
use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::{Diagnostic, Warned};
use crate::ledger::Ledger;
use crate::names;
use crate::output::disk::{Disk, Fuse, doing, hash_file, read_through};
use crate::output::manifest::{Entry, Manifest, Stamp};
use crate::output::plan::{Held, Plan, Record, Scene};
use crate::output::root::{New, Root};
use crate::output::staging::Staging;
use crate::output::standing::{Known, Standing};
use crate::stored::StoredFile;

pub use crate::output::manifest::Hash;

/// An output folder that is being written. Nothing in it changes before [`Output::finish`].
#[derive(Debug)]
pub struct Output {
    disk: Disk,
    force: Force,
    known: Known,
    previous: Option<Previous>,
    /// `None` only while it is dropped.
    staging: Option<Staging>,
    new: Option<New>,
    /// Threads hand in what they wrote without waiting for each other.
    records: mpsc::Sender<Record>,
    /// Locked once, at the end.
    received: Mutex<mpsc::Receiver<Record>>,
}

/// Whether a folder with files we did not write may be written to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Force {
    /// Only a new or empty folder, or one we made.
    #[default]
    No,
    /// Any folder; files we did not write stay unless the site has a file of the same name.
    Yes,
}

/// The build that made an output folder.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Previous {
    /// Of all that it was made from.
    pub fingerprint: String,
    /// What it had to tell.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all that texts hold.
    pub ledger: Ledger,
}

/// What a build says of itself for the next one.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// Of all that it was made from.
    pub fingerprint: String,
    /// What it had to tell, to be told again when the next build has nothing to do.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all that texts hold, for the same.
    pub ledger: Ledger,
    /// Where the site will be. Empty if that is not known.
    pub address: String,
    /// Whether the site shows what is not public.
    pub is_preview: bool,
}

/// What a build changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Written {
    /// Files that are new.
    pub added: usize,
    /// Files whose bytes are new.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files of ours that are gone.
    pub removed: usize,
    /// Which pages were among them, by their paths below the site's own.
    pub removed_pages: Vec<String>,
    /// Of the whole site.
    pub bytes: u64,
}

impl Output {
    /// Opens `root`, which may be new. Finishes or discards what a killed build left behind.
    ///
    /// Fails if another build is writing to it, or if it holds files but was not made by us,
    /// unless `force` says that this is fine.
    pub fn open(root: &Path, force: Force) -> anyhow::Result<Warned<Self>> {
        Self::open_with(root, force, Fuse::default())
    }

    fn open_with(root: &Path, force: Force, fuse: Fuse) -> anyhow::Result<Warned<Self>> {
        let Warned { value: root, diagnostics } = root::open(root, force, fuse)?;
        let Root { disk, staging, known, new } = root;
        let (records, received) = mpsc::channel();
        let value = Self {
            previous: known.previous(),
            disk,
            force,
            known,
            staging: Some(staging),
            new,
            records,
            received: Mutex::new(received),
        };
        Ok(Warned { value, diagnostics })
    }

    /// Returns what the build said that made the folder, if every file it wrote is still there as
    /// it was written, and nothing was in its way.
    pub fn previous(&self) -> Option<&Previous> {
        self.previous.as_ref()
    }

    /// Writes the file at `path`, which is relative, decoded and safe: see [`names`]. May be
    /// called from many threads, once for a path. Returns a hash of the bytes.
    pub fn write(&self, path: &str, bytes: &[u8]) -> anyhow::Result<Hash> {
        check_path(path)?;
        let hash = Hash::of(bytes);
        if let Some((entry, stamp)) = self.in_place(path)
            && (entry.hash, stamp.size) == (hash, bytes.len() as u64)
        {
            let entry = Entry { path: path.into(), stamp, hash, source: None };
            self.hand_in(entry, Held::AsBefore);
            return Ok(hash);
        }
        let (mut file, held) = self.create(path)?;
        let write = file.write_all(bytes).and_then(|()| file.metadata());
        let stamp = Stamp::of(&write.with_context(|| doing("writing", &self.disk.at(path)))?);
        let entry = Entry { path: path.into(), stamp, hash, source: None };
        self.hand_in(entry, held);
        Ok(hash)
    }

    /// Returns whether the last build wrote bytes of this hash to `path`, and they are still there.
    pub fn holds(&self, path: &str, hash: Hash) -> bool {
        self.in_place(path).is_some_and(|(entry, _)| entry.hash == hash)
    }

    /// Keeps what the last build wrote to `path`, as if it had been written again. Only for what
    /// the folder [holds](Output::holds).
    pub fn retain(&self, path: &str) {
        if let Some((entry, stamp)) = self.in_place(path) {
            let entry = Entry { path: path.into(), stamp, hash: entry.hash, source: entry.source };
            self.hand_in(entry, Held::AsBefore);
        }
    }

    /// Copies the user's file `from` to `path`, as [`Output::write`] does. It is not read if its
    /// size and time say that it has not changed since it was last copied. If that fails, nothing of
    /// it is in the site.
    pub fn copy(&self, from: &StoredFile, path: &str) -> anyhow::Result<()> {
        check_path(path)?;
        let reading = || doing("reading", &from.path());
        let source = Stamp::of_stored(&from.about().with_context(reading)?);
        let in_place = self.in_place(path);
        if let Some((entry, stamp)) = in_place
            && entry.source == Some(source)
            && self.known.is_settled(source)
        {
            let entry = Entry { path: path.into(), stamp, hash: entry.hash, source: Some(source) };
            self.hand_in(entry, Held::AsBefore);
            return Ok(());
        }
        if let Some((entry, stamp)) = in_place.filter(|(_, stamp)| stamp.size == source.size) {
            let (hash, _) =
                from.open().and_then(|mut it| hash_file(&mut it)).with_context(reading)?;
            if hash == entry.hash {
                let entry = Entry { path: path.into(), stamp, hash, source: Some(source) };
                self.hand_in(entry, Held::AsBefore);
                return Ok(());
            }
        }
        let mut original = from.open().with_context(reading)?;
        let (mut file, held) = self.create(path)?;
        let mut hasher = Xxh3::new();
        let copied = read_through(&mut original, |bytes| {
            hasher.update(bytes);
            file.write_all(bytes)
        });
        let copying =
            || format!("copying `{}` to `{}`", from.path().display(), self.disk.at(path).display());
        let copied = copied.and_then(|_| file.metadata());
        if copied.is_err() && held == Held::InPlace {
            // A build that goes on without it must not leave a part of it.
            let _ = fs::remove_file(self.disk.at(path));
        }
        let stamp = Stamp::of(&copied.with_context(copying)?);
        let entry =
            Entry { path: path.into(), stamp, hash: Hash::of_all(&hasher), source: Some(source) };
        self.hand_in(entry, held);
        Ok(())
    }

    /// Returns what the last build wrote to `path`, if it is still there.
    fn in_place(&self, path: &str) -> Option<(&Entry, Stamp)> {
        match self.known.get(path)? {
            (entry, Standing::AsWritten(stamp)) => Some((entry, stamp)),
            _ => None,
        }
    }

    /// Makes the file for `path`: in its place if nobody sees it there yet, otherwise in staging.
    fn create(&self, path: &str) -> anyhow::Result<(File, Held)> {
        // What cannot be in its place, because something else of the site is there, waits to be
        // told in the end.
        if self.new.is_some()
            && let Ok(file) = staging::create_new(&self.disk.at(path))
        {
            return Ok((file, Held::InPlace));
        }
        let staging = self.staging.as_ref().expect("staging goes when the output goes");
        let (number, file) = staging.create(&self.disk)?;
        Ok((file, Held::Waiting(number)))
    }

    fn hand_in(&self, entry: Entry, held: Held) {
        self.records.send(Record { entry, held }).expect("the receiver goes when the output goes");
    }

    /// Puts everything in place, removes what is gone, and records the build.
    pub fn finish(mut self, build: Build) -> anyhow::Result<Warned<Written>> {
        let received = self.received.get_mut().unwrap_or_else(PoisonError::into_inner);
        let records: Vec<Record> = received.try_iter().collect();
        let staging = self.staging.as_ref().expect("staging goes when the output goes");
        let scene =
            Scene { disk: &self.disk, known: &self.known, case: staging.case, force: self.force };
        let Plan { journal, files, left, mut diagnostics, is_complete, mut written } =
            plan::plan(scene, records)?;
        let mut manifest = Manifest::new(build.fingerprint, build.diagnostics, files);
        manifest.complete = is_complete;
        manifest.left = left;
        manifest.address = build.address;
        manifest.is_preview = build.is_preview;
        manifest.ledger = build.ledger;
        if !journal.is_empty() {
            if self.new.is_none() {
                journal.write(&manifest, &self.disk)?;
            }
            let unplaced = journal.apply(&self.disk)?;
            diagnostics.extend(
                unplaced.iter().map(|file| diagnostics::unplaced(&file.path, &file.reason)),
            );
            written.added = written.added.saturating_sub(unplaced.len());
            manifest = journal::without(manifest, &unplaced, &self.known);
        }
        if manifest != self.known.manifest {
            journal::place_manifest(&manifest, &self.disk)?;
        }
        self.close()?;
        Ok(Warned { value: written, diagnostics })
    }

    /// Leaves everything as it is, for a build that has nothing to do.
    pub fn keep(self) -> Written {
        let files = &self.known.manifest.files;
        let bytes = files.iter().map(|file| file.stamp.size).sum();
        Written { unchanged: files.len(), bytes, ..Written::default() }
    }

    fn close(&mut self) -> anyhow::Result<()> {
        let mut staging = self.staging.take().expect("staging goes when the output goes");
        if let Some(new) = self.new.take() {
            // The lock goes along: without it, the folder would seem abandoned for a moment.
            staging.allow_renaming();
            self.disk.folder = new.appear()?;
        }
        staging.close(&self.disk)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // With a journal, the next build finishes what this one could not.
        if let Some(staging) = self.staging.take()
            && !self.disk.at(staging::JOURNAL).exists()
        {
            // The next build would clear it too.
            let _ = staging.close(&self.disk);
        }
    }
}

fn check_path(path: &str) -> anyhow::Result<()> {
    ensure!(names::is_safe_path(path), "`{path}` is no path for a file in the output folder");
    Ok(())
}
