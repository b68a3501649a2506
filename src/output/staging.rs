//! The folder where files wait until the build is complete, and the lock that keeps builds apart.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::output::disk::{Disk, doing};

/// Stands in the output folder while it is built. No page can have the name: see `names`.
pub(super) const FOLDER: &str = ".stillpress-staging";

/// The manifest to be.
pub(super) const MANIFEST: &str = ".stillpress-staging/manifest.json";

/// The changes to come; see [`super::journal`].
pub(super) const JOURNAL: &str = ".stillpress-staging/journal.json";

/// The journal while it is not complete.
pub(super) const UNFINISHED_JOURNAL: &str = ".stillpress-staging/journal.part";

const LOCK: &str = ".stillpress-staging/lock";
const LOCK_IN_CAPITALS: &str = ".stillpress-staging/LOCK";

/// How many folders the waiting files are spread over: threads that make files in one folder
/// wait for each other.
const FOLDERS: u32 = 16;

/// How often a lock is tried for, and how long is waited in between.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// The staging folder of a build that runs.
#[derive(Debug)]
pub(super) struct Staging {
    /// Held while the build runs. `None` where the file system has no locks.
    lock: Option<File>,
    next: AtomicU32,
    /// Whether the file system takes `A` and `a` for one file.
    pub case: Case,
}

/// Whether a file system takes `A` and `a` for one file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Case {
    /// They are two.
    Sensitive,
    /// They are one.
    Insensitive,
}

impl Staging {
    /// Makes the staging folder, or takes over the one of a build that was killed.
    pub fn open(disk: &Disk) -> anyhow::Result<Self> {
        let folder = disk.at(FOLDER);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir()) {
            disk.remove_file(FOLDER)?;
        }
        fs::create_dir_all(&folder).with_context(|| doing("making", &folder))?;
        let path = disk.at(LOCK);
        let open = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
        let file = open.with_context(|| doing("making", &path))?;
        let lock = match patiently(|| file.try_lock()) {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock) => {
                bail!("another build is writing to `{}`; wait for it to end", disk.folder.display())
            }
            Err(TryLockError::Error(_)) => None,
        };
        let is_same = fs::symlink_metadata(disk.at(LOCK_IN_CAPITALS)).is_ok();
        let case = if is_same { Case::Insensitive } else { Case::Sensitive };
        Ok(Self { lock, next: AtomicU32::new(0), case })
    }

    /// Removes what a killed build left, and is of no use.
    pub fn clear(&self, disk: &Disk) -> anyhow::Result<()> {
        let folder = disk.at(FOLDER);
        let entries = fs::read_dir(&folder).with_context(|| doing("reading", &folder))?;
        for entry in entries {
            let entry = entry.with_context(|| doing("reading", &folder))?;
            if entry.file_name() == "lock" {
                continue;
            }
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let removed =
                if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.with_context(|| doing("removing", &path))?;
        }
        Ok(())
    }

    /// Makes a file that waits, and returns the number it is known by.
    pub fn create(&self, disk: &Disk) -> anyhow::Result<(u32, File)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = disk.at(&waiting(number));
        let file = create_new(&path).with_context(|| doing("making", &path))?;
        Ok((number, file))
    }

    /// Lets the folder that the staging folder is in be renamed.
    pub fn allow_renaming(&mut self) {
        // Windows renames no folder with open files.
        if cfg!(windows) {
            self.lock = None;
        }
    }

    /// Removes the staging folder, and lets other builds in.
    pub fn close(self, disk: &Disk) -> anyhow::Result<()> {
        // Without the journal, a half removed folder is one of a build that got nowhere.
        disk.remove_file(JOURNAL)?;
        // Windows removes no file that is open.
        drop(self.lock);
        disk.remove_tree(FOLDER)
    }
}

/// Returns the path of the waiting file of a number.
pub(super) fn waiting(number: u32) -> String {
    format!("{FOLDER}/{}/{number}", number % FOLDERS)
}

/// Makes a file that must be new, and the folders above it.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    let create = || OpenOptions::new().write(true).create_new(true).open(path);
    match create() {
        // Only a folder's first file comes here, so that no list of the made folders is needed.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            create()
        }
        created => created,
    }
}

/// Tries for a moment to get a lock. That of a build that has ended may be held still by a program that was
/// started meanwhile: until it runs, it has all files that were open.
fn patiently(lock: impl Fn() -> Result<(), TryLockError>) -> Result<(), TryLockError> {
    for _ in 0..TRIES {
        match lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            other => return other,
        }
    }
    lock()
}

/// Returns whether `folder` was left behind by a build that does not run any more.
pub(super) fn is_abandoned(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|file| file.try_lock().is_ok())
}
