//! Where the bytes of a user's file are: in a file of its own, or in a piece of an archive.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use tempfile::TempPath;

/// A file of the user's.
#[derive(Clone, Debug)]
pub enum StoredFile {
    /// A file of its own.
    Whole(PathBuf),
    /// One of those in an archive.
    Piece(Arc<Archive>, Arc<Piece>),
}

/// A file that holds others.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    /// Where its pieces can be read, if it is compressed as a whole.
    plain: Option<TempPath>,
}

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What the archive calls it, with `/` between folders.
    pub name: String,
    /// Where it begins in the archive.
    pub start: u64,
    /// What it takes in the archive, in bytes.
    pub stored: u64,
    /// In bytes.
    pub length: u64,
    /// How it is kept.
    pub packing: Packing,
    /// A sum of its bytes, where the archive tells one.
    pub crc: Option<u32>,
}

/// How an archive keeps a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Packing {
    /// As it is.
    Plain,
    /// As zip files compress.
    Deflated,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// In bytes.
    pub length: u64,
    /// When it was last changed; of a file in an archive, when that was.
    pub modified: Option<SystemTime>,
}

impl Archive {
    /// Returns the archive at `path`, whose pieces are to be read from `plain` if there is such a file.
    pub fn new(path: &Path, plain: Option<TempPath>) -> Self {
        Self { path: path.to_owned(), plain }
    }

    /// Returns the file that its pieces are read from.
    pub fn readable(&self) -> &Path {
        self.plain.as_deref().unwrap_or(&self.path)
    }
}

impl StoredFile {
    /// Opens the file. Nothing of it is held in memory.
    ///
    /// # Errors
    /// It is not there, or cannot be read. A piece that is not what its archive says is told as
    /// [`io::ErrorKind::InvalidData`] once it is read to its end.
    pub fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::Whole(path) => Ok(Box::new(File::open(path)?)),
            Self::Piece(archive, piece) => {
                let mut file = File::open(archive.readable())?;
                file.seek(SeekFrom::Start(piece.start))?;
                let stored = file.take(piece.stored);
                let bytes: Box<dyn Read> = match piece.packing {
                    Packing::Plain => Box::new(stored),
                    Packing::Deflated => Box::new(DeflateDecoder::new(stored)),
                };
                // One byte more than there should be tells that there is more.
                let bytes = bytes.take(piece.length.saturating_add(1));
                let (length, crc) = (piece.length, piece.crc);
                Ok(Box::new(Checked { bytes, length, crc, read: Crc::new(), count: 0 }))
            }
        }
    }

    /// Returns what is known of the file without reading it.
    ///
    /// # Errors
    /// It is not there.
    pub fn about(&self) -> io::Result<About> {
        let (path, inner) = match self {
            Self::Whole(path) => (path, None),
            Self::Piece(archive, piece) => (&archive.path, Some(piece.length)),
        };
        let metadata = fs::metadata(path)?;
        let length = inner.unwrap_or(metadata.len());
        Ok(About { length, modified: metadata.modified().ok() })
    }

    /// Returns the file as the user knows it: one in an archive as if that were a folder.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Whole(path) => path.clone(),
            Self::Piece(archive, piece) => archive.path.join(&piece.name),
        }
    }
}

/// Reads a piece, and says so where it is not what the archive says.
struct Checked {
    bytes: io::Take<Box<dyn Read>>,
    length: u64,
    crc: Option<u32>,
    read: Crc,
    count: u64,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let count = self.bytes.read(buffer).map_err(|_| damaged())?;
        self.count += count as u64;
        self.read.update(&buffer[..count]);
        let is_right = || self.crc.is_none_or(|crc| crc == self.read.sum());
        match count {
            0 if self.count == self.length && is_right() => Ok(0),
            1.. if self.count <= self.length => Ok(count),
            _ => Err(damaged()),
        }
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the archive does not hold what it says")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    /// Reads a piece of which the archive says that it is `length` bytes with this sum.
    fn read(packing: Packing, bytes: &[u8], length: u64, crc: Option<u32>) -> io::Result<Vec<u8>> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"before").unwrap();
        file.write_all(bytes).unwrap();
        file.write_all(b"after").unwrap();
        let stored = bytes.len() as u64;
        let piece = Piece { name: "a/b".into(), start: 6, stored, length, packing, crc };
        let archive = Archive::new(file.path(), None);
        let stored = StoredFile::Piece(Arc::new(archive), Arc::new(piece));
        assert_eq!(stored.about().unwrap().length, length);
        assert!(stored.path().ends_with("a/b"));
        let mut all = Vec::new();
        stored.open()?.read_to_end(&mut all)?;
        Ok(all)
    }

    #[test]
    fn pieces_are_read_alone_and_are_what_the_archive_says() {
        let text = b"Snow on the pass. ".repeat(9);
        let (length, mut sum) = (text.len() as u64, Crc::new());
        sum.update(&text);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&text).unwrap();
        let deflated = encoder.finish().unwrap();
        for (packing, bytes) in [(Packing::Plain, &text), (Packing::Deflated, &deflated)] {
            assert_eq!(read(packing, bytes, length, Some(sum.sum())).unwrap(), text);
            assert_eq!(read(packing, bytes, length, None).unwrap(), text);
            for (length, crc) in [(length + 1, None), (length - 1, None), (length, Some(1))] {
                let error = read(packing, bytes, length, crc).unwrap_err();
                assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            }
        }
        assert_eq!(read(Packing::Plain, b"", 0, Some(0)).unwrap(), b"");
    }
}
