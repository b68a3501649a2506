//! Text that waits until it is needed: as much as fits in memory, the rest in a temporary file.

use std::env;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use tempfile::SpooledTempFile;

/// Texts one after the other. Shared by all workers.
#[derive(Debug)]
pub struct Kept {
    file: Mutex<Ended>,
}

/// Where a text is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    start: u64,
    length: usize,
}

impl Place {
    /// Returns the place of a part of what was kept, by where it starts and ends there.
    pub fn part(self, part: std::ops::Range<usize>) -> Self {
        Self { start: self.start + part.start as u64, length: part.len() }
    }
}

#[derive(Debug)]
struct Ended {
    file: SpooledTempFile,
    end: u64,
    /// Where the next byte is read or written.
    position: u64,
}

impl Kept {
    /// Starts with nothing kept. More than `in_memory` bytes go to a temporary file.
    pub fn new(in_memory: usize) -> Self {
        let file = SpooledTempFile::new(in_memory);
        Self { file: Mutex::new(Ended { file, end: 0, position: 0 }) }
    }

    /// Keeps a text, or other bytes.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn put(&self, text: &[u8]) -> anyhow::Result<Place> {
        let mut kept = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let start = kept.end;
        let written = kept.seek(start).and_then(|()| kept.file.write_all(text));
        written.with_context(|| {
            format!("cannot write a temporary file in {}", env::temp_dir().display())
        })?;
        kept.end += text.len() as u64;
        kept.position = kept.end;
        Ok(Place { start, length: text.len() })
    }

    /// Returns the bytes at a place.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn get(&self, place: Place) -> anyhow::Result<Vec<u8>> {
        let mut kept = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; place.length];
        let read = kept.seek(place.start).and_then(|()| kept.file.read_exact(&mut bytes));
        read.with_context(|| {
            format!("cannot read a temporary file in {}", env::temp_dir().display())
        })?;
        kept.position = place.start + place.length as u64;
        Ok(bytes)
    }

    /// Returns the text at a place.
    ///
    /// # Errors
    /// The temporary file cannot be read, or holds no text any more.
    pub fn text(&self, place: Place) -> anyhow::Result<String> {
        String::from_utf8(self.get(place)?).context("a temporary file was changed")
    }
}

impl Ended {
    /// Goes to `position`, unless it is there already.
    fn seek(&mut self, position: u64) -> std::io::Result<()> {
        if self.position != position {
            self.file.seek(SeekFrom::Start(position))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_in_any_order() {
        let kept = Kept::new(5);
        let first = kept.put("བོད་ཡིག".as_bytes()).unwrap();
        let second = kept.put("".as_bytes()).unwrap();
        assert_eq!(kept.text(first).unwrap(), "བོད་ཡིག");
        let third = kept.put("after a reading".as_bytes()).unwrap();
        assert_eq!(kept.text(third).unwrap(), "after a reading");
        assert_eq!(kept.text(second).unwrap(), "");
        assert_eq!(kept.text(first).unwrap(), "བོད་ཡིག");
    }
}
