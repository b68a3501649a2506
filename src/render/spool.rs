//! Text that waits until it is needed: as much as fits in memory, the rest in a temporary file.

use std::env;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::Context as _;

/// How much waits to be written to the file at once, in bytes: most texts are short.
const WAITING: usize = 64 * 1024;

/// Texts one after the other. Shared by all workers.
#[derive(Debug, Default)]
pub struct Spool {
    /// How many bytes stay in memory.
    in_memory: usize,
    kept: Mutex<Written>,
    /// What does not. Readers do not wait for each other, nor for who writes.
    file: OnceLock<File>,
    /// How many bytes the file has.
    end: AtomicU64,
}

/// Where a text is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    within: Within,
    /// Of its first byte, within that.
    start: u64,
    length: usize,
}

/// What a text is in.
#[derive(Clone, Copy, Debug)]
enum Within {
    /// By its number.
    Memory(u32),
    File,
}

#[derive(Debug, Default)]
struct Written {
    /// Each by itself: a list of bytes that grows takes up to three times their memory.
    memory: Vec<Box<[u8]>>,
    /// How many bytes that holds.
    in_memory: usize,
    /// What the file does not have yet.
    waiting: Vec<u8>,
}

impl Place {
    /// Returns the place of a part of what was kept, by where it starts and ends there.
    pub fn part(self, part: std::ops::Range<usize>) -> Self {
        Self { start: self.start + part.start as u64, length: part.len(), ..self }
    }
}

impl Spool {
    /// Starts with nothing kept. More than `in_memory` bytes go to a temporary file.
    pub fn new(in_memory: usize) -> Self {
        Self { in_memory, ..Self::default() }
    }

    /// Keeps a text, or other bytes.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub fn put(&self, text: &[u8]) -> anyhow::Result<Place> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let length = text.len();
        if kept.in_memory + length <= self.in_memory {
            let within = Within::Memory(u32::try_from(kept.memory.len())?);
            kept.memory.push(text.into());
            kept.in_memory += length;
            return Ok(Place { within, start: 0, length });
        }
        if kept.waiting.len() + length > WAITING {
            self.write(&kept.waiting)?;
            kept.waiting.clear();
        }
        let start = self.end.load(Ordering::Relaxed) + kept.waiting.len() as u64;
        if length > WAITING {
            self.write(text)?;
        } else {
            kept.waiting.extend_from_slice(text);
        }
        Ok(Place { within: Within::File, start, length })
    }

    /// Adds to the file. Whoever writes holds the lock.
    fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let end = self.end.load(Ordering::Relaxed);
        let write = || {
            let file = match self.file.get() {
                Some(file) => file,
                None => {
                    let file = tempfile::tempfile()?;
                    self.file.get_or_init(|| file)
                }
            };
            write_at(file, bytes, end)
        };
        write().with_context(|| {
            format!("cannot write a temporary file in {}", env::temp_dir().display())
        })?;
        self.end.store(end + bytes.len() as u64, Ordering::Release);
        Ok(())
    }

    /// Returns the bytes at a place.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn get(&self, place: Place) -> anyhow::Result<Vec<u8>> {
        if let Some(bytes) = self.held(place)? {
            return Ok(bytes);
        }
        let mut bytes = vec![0; place.length];
        let file = self.file.get().context("nothing was kept in a file")?;
        read_at(file, &mut bytes, place.start).with_context(|| {
            format!("cannot read a temporary file in {}", env::temp_dir().display())
        })?;
        Ok(bytes)
    }

    /// Returns the bytes at a place, unless the file has them.
    fn held(&self, place: Place) -> anyhow::Result<Option<Vec<u8>>> {
        let is_in_file = || {
            matches!(place.within, Within::File) && place.start < self.end.load(Ordering::Acquire)
        };
        if is_in_file() {
            return Ok(None);
        }
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (bytes, start) = match place.within {
            Within::Memory(number) => (&*kept.memory[number as usize], place.start),
            // It may have been written meanwhile.
            Within::File if is_in_file() => return Ok(None),
            Within::File => (&*kept.waiting, place.start - self.end.load(Ordering::Relaxed)),
        };
        let start = usize::try_from(start)?;
        Ok(Some(bytes[start..start + place.length].to_vec()))
    }

    /// Returns the text at a place.
    ///
    /// # Errors
    /// The temporary file cannot be read, or holds no text any more.
    pub fn text(&self, place: Place) -> anyhow::Result<String> {
        String::from_utf8(self.get(place)?).context("a temporary file was changed")
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, start)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Where the next byte is read or written is told the file first, by one thread at a time.
#[cfg(not(unix))]
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[cfg(not(unix))]
fn write_at(mut file: &File, bytes: &[u8], start: u64) -> io::Result<()> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    io::Seek::seek(&mut file, io::SeekFrom::Start(start))?;
    io::Write::write_all(&mut file, bytes)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    io::Seek::seek(&mut file, io::SeekFrom::Start(start))?;
    io::Read::read_exact(&mut file, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_in_any_order() {
        let kept = Spool::new(25);
        let first = kept.put("བོད་ཡིག".as_bytes()).unwrap();
        let second = kept.put("".as_bytes()).unwrap();
        assert_eq!(kept.text(first).unwrap(), "བོད་ཡིག");
        let third = kept.put("after a reading".as_bytes()).unwrap();
        assert_eq!(kept.text(third).unwrap(), "after a reading");
        assert_eq!(kept.text(second).unwrap(), "");
        assert_eq!(kept.text(first).unwrap(), "བོད་ཡིག");
        assert_eq!(kept.text(third.part(6..15)).unwrap(), "a reading");
        let fourth = kept.put("after it".as_bytes()).unwrap();
        assert_eq!(kept.text(fourth.part(6..8)).unwrap(), "it");
        assert_eq!(kept.text(third).unwrap(), "after a reading");
    }

    #[test]
    fn what_waits_for_the_file_comes_back_before_and_after() {
        let kept = Spool::new(0);
        let texts: Vec<String> =
            [12, 0, WAITING - 8, 20, WAITING + 8, 8].map(|length| "་x".repeat(length / 4)).to_vec();
        let places: Vec<Place> =
            texts.iter().map(|text| kept.put(text.as_bytes()).unwrap()).collect();
        for (text, place) in texts.iter().zip(places) {
            assert_eq!(&kept.text(place).unwrap(), text);
        }
    }
}
