//! What the pages that each thread makes use of the media library.

use std::sync::{Mutex, PoisonError};

/// What pages use of the media library.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// Files that are published because of that, by [`crate::media::LocalFile::index`].
    pub used: Vec<usize>,
    /// Paths by which files are used that are called otherwise.
    pub spelled: Vec<Box<str>>,
    /// Hashes of the addresses of files that stay on the old host.
    pub left_behind: Vec<u64>,
}

/// Notes what each thread's job uses.
#[derive(Debug, Default)]
pub struct Notes {
    /// By thread: they never wait for each other. Empty if nobody wants to know.
    by_thread: Vec<Mutex<Noted>>,
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

    /// Notes that a file of the library is published under another name.
    pub fn note_spelled(&self, path: &str) {
        self.note(|noted| noted.spelled.push(path.into()));
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
