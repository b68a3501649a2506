//! The journal: every change a build makes to the folder, written down before the first is made,
//! so that the next build can finish what a killed one began.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::Context as _;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::{Deserialize, Serialize};

use crate::output::disk::{Disk, doing, hash_file, is_absence};
use crate::output::manifest::{FILE, Hash, Manifest};
use crate::output::staging::{FOLDER, JOURNAL, MANIFEST, UNFINISHED_JOURNAL, waiting};
use crate::output::standing::{Known, Standing};

/// The changes of a build, in the order they are made.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Journal {
    /// Files to remove. They go first: a new file may need a folder where one of them is.
    pub removals: Vec<Box<str>>,
    /// Folders to remove after that, if nothing is in them; the innermost first.
    pub folders: Vec<Box<str>>,
    /// Files to put in place.
    pub moves: Vec<Move>,
}

/// A file that waits in the staging folder for its place.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Move {
    /// Its name in the staging folder.
    pub number: u32,
    /// Where it belongs.
    pub to: Box<str>,
    /// Of its bytes, to tell whether they reached the disk.
    pub hash: Hash,
}

/// A file that was not put in place or not removed, and why.
#[derive(Debug)]
pub(super) struct Unplaced {
    pub path: Box<str>,
    pub reason: io::Error,
}

impl Journal {
    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.removals.is_empty() && self.folders.is_empty() && self.moves.is_empty()
    }

    /// Writes the journal, and the manifest that belongs to it. From its last step on, the site
    /// will be the new one, whatever happens.
    ///
    /// The waiting files are not forced to the disk one by one, which would take a minute for a
    /// site that is built in a second. If the machine, and not only the build, dies, [`resume`]
    /// finds out by their hashes.
    pub fn write(&self, manifest: &Manifest, disk: &Disk) -> anyhow::Result<()> {
        disk.write_durably(MANIFEST, |file| manifest.print(file))?;
        disk.write_durably(UNFINISHED_JOURNAL, |file| Ok(serde_json::to_writer(file, self)?))?;
        disk.place(UNFINISHED_JOURNAL, JOURNAL)
            .with_context(|| doing("making", &disk.at(JOURNAL)))?;
        sync_folder(&disk.at(FOLDER));
        Ok(())
    }

    /// Makes all changes. Returns the files that the file system would not take.
    pub fn apply(&self, disk: &Disk) -> anyhow::Result<Vec<Unplaced>> {
        self.removals.par_iter().try_for_each(|path| disk.remove_file(path))?;
        for path in &self.folders {
            disk.remove_empty_folder(path)?;
        }
        let moves = self.moves.par_iter().filter_map(|wanted| wanted.apply(disk).transpose());
        moves.collect()
    }
}

impl Move {
    fn apply(&self, disk: &Disk) -> anyhow::Result<Option<Unplaced>> {
        match disk.place(&waiting(self.number), &self.to) {
            Ok(()) => Ok(None),
            Err(reason) if is_about_the_name(&reason) => {
                Ok(Some(Unplaced { path: self.to.clone(), reason }))
            }
            Err(error) => Err(error).with_context(|| doing("putting in place", &disk.at(&self.to))),
        }
    }
}

/// Finishes the build that was killed after it had written its journal.
pub(super) fn resume(disk: &Disk) -> anyhow::Result<()> {
    let path = disk.at(JOURNAL);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if is_absence(&error) => return Ok(()),
        Err(error) => return Err(error).with_context(|| doing("reading", &path)),
    };
    let path = disk.at(MANIFEST);
    let manifest = match fs::read(&path) {
        Ok(text) => Manifest::parse(&text).with_context(|| doing("reading", &path))?,
        // It is put in place last: nothing is left to do.
        Err(error) if is_absence(&error) => return Ok(()),
        Err(error) => return Err(error).with_context(|| doing("reading", &path)),
    };
    let journal: Journal = serde_json::from_slice(&text).context("reading the journal")?;
    let old = Known::read(disk)?.unwrap_or_default();
    let (rest, mut unplaced) = what_is_left(journal, disk, &old)?;
    unplaced.extend(rest.apply(disk)?);
    place_manifest(&without(manifest, &unplaced, &old), disk)
}

/// Drops from a journal what has been done, and the files that never reached the disk.
fn what_is_left(
    mut journal: Journal,
    disk: &Disk,
    old: &Known,
) -> anyhow::Result<(Journal, Vec<Unplaced>)> {
    let mut unplaced = Vec::new();
    let mut moves = Vec::new();
    let mut is_moving = false;
    for wanted in journal.moves {
        let path = disk.at(&waiting(wanted.number));
        match File::open(&path).and_then(|mut file| hash_file(&mut file)) {
            Ok((hash, _)) if hash == wanted.hash => moves.push(wanted),
            Err(error) if is_absence(&error) => is_moving = true,
            Err(error) => return Err(error).with_context(|| doing("reading", &path)),
            Ok(_) => {
                let reason = io::Error::other("its bytes were lost when the machine stopped");
                unplaced.push(Unplaced { path: wanted.to, reason });
            }
        }
    }
    journal.moves = moves;
    if is_moving {
        // Moves begin after all removals: what is there now may be new.
        journal.removals.clear();
        journal.folders.clear();
    }
    let is_edited = |path: &str| matches!(old.get(path), Some((_, Standing::Edited)));
    for path in journal.removals.extract_if(.., |path| is_edited(path)) {
        let reason = io::Error::other("somebody changed it before it was removed");
        unplaced.push(Unplaced { path, reason });
    }
    Ok((journal, unplaced))
}

/// Writes the manifest and puts it in place.
pub(super) fn place_manifest(manifest: &Manifest, disk: &Disk) -> anyhow::Result<()> {
    disk.write_durably(MANIFEST, |file| manifest.print(file))?;
    disk.place(MANIFEST, FILE).with_context(|| doing("making", &disk.at(FILE)))?;
    sync_folder(&disk.folder);
    Ok(())
}

/// Takes back from a manifest what was not done after all.
pub(super) fn without(mut manifest: Manifest, unplaced: &[Unplaced], old: &Known) -> Manifest {
    if unplaced.is_empty() {
        return manifest;
    }
    let unplaced: HashSet<&str> = unplaced.iter().map(|other| &*other.path).collect();
    let mut files = std::mem::take(&mut manifest.files);
    files.retain(|entry| !unplaced.contains(&*entry.path));
    files.extend(unplaced.iter().filter_map(|path| Some(old.get(path)?.0.clone())));
    manifest.files = Manifest::new(String::new(), Vec::new(), files).files;
    manifest.complete = false;
    manifest
}

/// Returns whether `error` says that a file cannot have its name here, for one thing because of
/// the files that are there.
fn is_about_the_name(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AlreadyExists
            | ErrorKind::DirectoryNotEmpty
            | ErrorKind::InvalidFilename
            | ErrorKind::IsADirectory
            | ErrorKind::NotADirectory
    )
}

/// Has the names in a folder written to the disk.
fn sync_folder(folder: &Path) {
    // Not every system opens folders as files; those that do not need no telling.
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
