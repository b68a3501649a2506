//! What was made before, and from what. A build that follows another in the same run makes only
//! what would come out differently.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::Diagnostic;
use crate::output::{Hash, Output};
use crate::render::jobs::Job;

/// What a build made, job by job. Holds only if what the build wrote is in its place.
#[derive(Debug, Default)]
pub struct Memory {
    made: HashMap<Job, Made>,
}

/// What a job did.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Of all the job depends on: see [`super::keys`].
    pub key: u64,
    /// The files it wrote.
    pub files: Vec<(Box<str>, Hash)>,
    /// What it told.
    pub diagnostics: Vec<Diagnostic>,
    /// What it used of the media library.
    pub noted: Noted,
}

/// What pages use of the media library.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// Files that are published because of that, by [`crate::media::LocalFile::index`].
    pub used: Vec<usize>,
    /// Hashes of the addresses of files that stay on the old host.
    pub left_behind: Vec<u64>,
}

/// Notes what each thread's job uses.
#[derive(Debug, Default)]
pub struct Notes {
    /// By thread: they never wait for each other. Empty if nobody wants to know.
    by_thread: Vec<Mutex<Noted>>,
}

impl Memory {
    /// Puts together what all jobs did.
    pub fn new(made: impl IntoIterator<Item = (Job, Made)>) -> Self {
        Self { made: made.into_iter().collect() }
    }

    /// Returns what a job did if it would do the same again, and all it wrote is there.
    pub fn of(&self, job: Job, key: u64, output: &Output) -> Option<&Made> {
        let made = self.made.get(&job).filter(|made| made.key == key)?;
        made.files.iter().all(|(path, hash)| output.holds(path, *hash)).then_some(made)
    }
}

impl Notes {
    /// Starts with nothing noted, for all threads that work on jobs.
    pub fn for_all_threads() -> Self {
        Self { by_thread: (0..rayon::current_num_threads()).map(|_| Mutex::default()).collect() }
    }

    /// Notes that a file of the library is published.
    pub fn note_used(&self, index: usize) {
        self.note(|noted| noted.used.push(index));
    }

    /// Notes that a file stays on the old host.
    pub fn note_left_behind(&self, address: u64) {
        self.note(|noted| noted.left_behind.push(address));
    }

    /// Returns what this thread noted since it was last asked.
    pub fn take(&self) -> Noted {
        let mut taken = Noted::default();
        self.note(|noted| taken = std::mem::take(noted));
        taken
    }

    fn note(&self, note: impl FnOnce(&mut Noted)) {
        let thread = rayon::current_thread_index().and_then(|index| self.by_thread.get(index));
        if let Some(noted) = thread {
            note(&mut noted.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}
