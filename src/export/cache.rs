//! What files of an export said when they were last read, for reading an export again and again:
//! only files that changed since are read.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::export::contents::{self, Contents};
use crate::export::files::{Origin, Source};
use crate::stored::About;

/// What files said when they were last read.
#[derive(Debug, Default)]
pub struct Cache {
    /// By path, and by how the file is counted: records name their file by that.
    files: HashMap<(PathBuf, usize), Remembered>,
}

#[derive(Debug)]
struct Remembered {
    stamp: Stamp,
    contents: Contents,
}

/// What the file system tells of a file without reading it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Stamp {
    size: u64,
    modified: SystemTime,
}

/// The clocks of file systems tick slowly: a file that is changed right after it was read may keep
/// its time. Until a file is so old, it is read again.
const TICK: Duration = Duration::from_secs(2);

/// What there is to know of a file after it was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) contents: Contents,
    /// None if a change of the file could go unseen.
    stamp: Option<Stamp>,
}

impl Cache {
    /// Reads the file that is counted as `number`, unless it is remembered.
    pub(super) fn read(&self, number: usize, source: &Source) -> anyhow::Result<Looked> {
        let stamp = stamp(source);
        if let Origin::File(file) = &source.origin
            && let Some(known) = self.files.get(&(file.path(), number))
            && Some(known.stamp) == stamp
        {
            return Ok(Looked { contents: known.contents.clone(), stamp });
        }
        let now = SystemTime::now();
        let contents = contents::read(number, source)?;
        let is_settled =
            |stamp: &Stamp| now.duration_since(stamp.modified).is_ok_and(|age| age > TICK);
        Ok(Looked { contents, stamp: stamp.filter(is_settled) })
    }

    /// Remembers what was read, and nothing else.
    pub(super) fn replace(&mut self, read: impl Iterator<Item = (usize, Source, Looked)>) {
        let files = read.filter_map(|(number, source, looked)| match source.origin {
            Origin::File(file) => {
                let remembered = Remembered { stamp: looked.stamp?, contents: looked.contents };
                Some(((file.path(), number), remembered))
            }
            Origin::StandardInput => None,
        });
        self.files = files.collect();
    }
}

fn stamp(source: &Source) -> Option<Stamp> {
    let Origin::File(file) = &source.origin else { return None };
    let About { length, modified } = file.about().ok()?;
    Some(Stamp { size: length, modified: modified? })
}
