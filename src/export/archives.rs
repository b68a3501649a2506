//! Archives: zip files and tar files, and where in them the files are that they hold.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use tempfile::TempPath;
use zip::CompressionMethod;

use crate::names::{MANIFEST, decoded};
use crate::stored::{Archive, Packing, Piece, StoredFile};

/// Archives that are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    Zip,
    Tar,
    /// A tar file, compressed as a whole.
    TarGz,
}

/// What an archive holds.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// By their names, each once.
    pub(super) files: BTreeMap<String, StoredFile>,
    /// The names of those that are not read.
    pub(super) refused: BTreeMap<Refusal, Vec<String>>,
    /// Why there may be more that is not here.
    pub(super) damage: Option<String>,
}

/// Why a file in an archive is not read.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Refusal {
    /// It needs a password.
    Locked,
    /// It is compressed in another way than most are.
    Rare,
    /// It would be so much larger than what the archive holds of it that it is made to fill a disk.
    Swollen,
    /// Its name leads out of the folder in which the archive is unpacked, or no system could hold it.
    Outside,
    /// It is a link.
    Link,
    /// The archive does not hold what it says.
    Damaged,
}

/// What may be larger by any measure than what an archive holds of it, in bytes.
const SMALL: u64 = 64 << 20;

/// How many times larger anything else may be. Texts are some ten times.
const MOST_TIMES: u64 = 200;

/// The longest name that Linux takes, in bytes. That of others is shorter.
const LONGEST_NAME: usize = 4096;

/// What systems put into archives for themselves.
const OF_MAC: &str = "__MACOSX";

/// Returns the files in an archive.
///
/// # Errors
/// It cannot be opened, or there is no place for a temporary copy.
pub(super) fn list(path: &Path, form: Form) -> io::Result<Listing> {
    let (plain, damage) = match form {
        Form::TarGz => decompress(path).map(|(plain, damage)| (Some(plain), damage))?,
        Form::Zip | Form::Tar => (None, None),
    };
    let archive = Archive::new(path, plain);
    let file = File::open(archive.readable())?;
    let end = file.metadata()?.len();
    let mut lister = Lister { end, pieces: Vec::new(), refused: BTreeMap::new() };
    let listed = match form {
        Form::Zip => lister.add_zip(file),
        Form::Tar | Form::TarGz => lister.add_tar(file),
    };
    // Of one that was cut off only a part was decompressed: that says more than how this part ends.
    let damage = damage.or(listed.err().map(told).transpose()?);
    let Lister { pieces, refused, .. } = lister;
    if is_shared(&pieces) {
        let damage = "its files share their bytes, as they do in one that is made to fill a disk";
        return Ok(Listing { damage: Some(damage.to_owned()), ..Listing::default() });
    }
    let archive = Arc::new(archive);
    // Of two of one name the last is what unpacking leaves.
    let files = pieces.into_iter().map(|piece| {
        (piece.name.clone(), StoredFile::Piece(Arc::clone(&archive), Arc::new(piece)))
    });
    Ok(Listing { files: files.collect(), refused, damage })
}

/// Decompresses an archive to a temporary file. Returns also why that is not all of it.
fn decompress(path: &Path) -> io::Result<(TempPath, Option<String>)> {
    let file = File::open(path)?;
    let most = SMALL.max(file.metadata()?.len().saturating_mul(MOST_TIMES));
    let mut bytes = MultiGzDecoder::new(BufReader::new(file)).take(most);
    let mut copy = tempfile::Builder::new().prefix("stillpress-").tempfile()?;
    let damage = match io::copy(&mut bytes, &mut copy) {
        Ok(_) if bytes.limit() == 0 => Some("it is made to fill a disk".to_owned()),
        Ok(_) => None,
        Err(error) => Some(told(error)?),
    };
    Ok((copy.into_temp_path(), damage))
}

/// Returns what is told of an archive that is not as it should be. What the system says is no fault of
/// the archive's.
fn told(error: io::Error) -> io::Result<String> {
    match error.raw_os_error() {
        Some(_) => Err(error),
        None => Ok("it is damaged, or ends too early".to_owned()),
    }
}

/// Returns whether pieces share bytes.
fn is_shared(pieces: &[Piece]) -> bool {
    let places = pieces.iter().filter(|piece| piece.stored > 0);
    let mut places: Vec<(u64, u64)> =
        places.map(|piece| (piece.start, piece.start.saturating_add(piece.stored))).collect();
    places.sort_unstable();
    places.windows(2).any(|two| two[0].1 > two[1].0)
}

/// Lists what an archive holds.
struct Lister {
    /// How long the archive is, in bytes.
    end: u64,
    pieces: Vec<Piece>,
    refused: BTreeMap<Refusal, Vec<String>>,
}

impl Lister {
    fn add_zip(&mut self, file: File) -> io::Result<()> {
        let mut archive = zip::ZipArchive::new(BufReader::new(file))?;
        for index in 0..archive.len() {
            let told = archive.by_index_data(index)?;
            // Many programs write names in UTF-8 without saying so.
            let name = match str::from_utf8(told.name_raw()) {
                Ok(name) => name.to_owned(),
                Err(_) => told.name()?.into_owned(),
            };
            let packing = match told.compression() {
                _ if told.is_dir() => continue,
                _ if told.is_symlink() => Err(Refusal::Link),
                _ if told.encrypted() => Err(Refusal::Locked),
                CompressionMethod::Stored => Ok(Packing::Plain),
                CompressionMethod::Deflated => Ok(Packing::Deflated),
                _ => Err(Refusal::Rare),
            };
            let (stored, length) = (told.compressed_size(), told.size());
            let crc = Some(told.crc32());
            let start = match packing {
                Ok(_) => archive.by_index_raw(index).ok().and_then(|raw| raw.data_start()),
                Err(_) => None,
            };
            let found = packing.and_then(|packing| {
                let start = start.ok_or(Refusal::Damaged)?;
                Ok(Piece { name: String::new(), start, stored, length, packing, crc })
            });
            self.add(&name, found);
        }
        Ok(())
    }

    fn add_tar(&mut self, file: File) -> io::Result<()> {
        let mut archive = tar::Archive::new(file);
        for entry in archive.entries_with_seek()? {
            let entry = entry?;
            let name = decoded(entry.path_bytes());
            let (start, length) = (entry.raw_file_position(), entry.size());
            let packing = Packing::Plain;
            let kind = entry.header().entry_type();
            let found = if kind.is_file() || kind.is_contiguous() {
                let name = String::new();
                Ok(Piece { name, start, stored: length, length, packing, crc: None })
            } else if kind.is_gnu_sparse() {
                Err(Refusal::Rare)
            } else if kind.is_symlink() || kind.is_hard_link() {
                Err(Refusal::Link)
            } else {
                continue;
            };
            self.add(&name, found);
        }
        Ok(())
    }

    /// Adds a file, or why it is not read.
    fn add(&mut self, told_name: &str, found: Result<Piece, Refusal>) {
        let name = plain_name(told_name);
        if is_of_system(name.as_deref().unwrap_or(told_name)) {
            return;
        }
        let found = found.and_then(|piece| {
            let is_swollen = piece.length > SMALL && piece.length / MOST_TIMES > piece.stored;
            let is_cut = piece.start.checked_add(piece.stored).is_none_or(|it| it > self.end);
            match name {
                None => Err(Refusal::Outside),
                Some(_) if is_cut => Err(Refusal::Damaged),
                Some(_) if is_swollen => Err(Refusal::Swollen),
                Some(name) => Ok(Piece { name, ..piece }),
            }
        });
        match found {
            Ok(piece) => self.pieces.push(piece),
            Err(refusal) => self.refused.entry(refusal).or_default().push(told_name.to_owned()),
        }
    }
}

/// Returns a name with `/` between folders. None if it leads elsewhere than below the archive.
fn plain_name(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    let first = name.split('/').next()?;
    let mut parts = name.split('/');
    let is_too_long = name.len() > LONGEST_NAME;
    if is_too_long || first.is_empty() || is_drive(first) || parts.any(|part| part == "..") {
        return None;
    }
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
    let plain = parts.collect::<Vec<_>>().join("/");
    (!plain.is_empty() && !plain.contains('\0')).then_some(plain)
}

/// Returns whether a file is none of the user's.
fn is_of_system(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    // The manifest is hidden, but tells of what lies beside it.
    last.starts_with('.') && last != MANIFEST || name.split('/').any(|part| part == OF_MAC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_the_archive() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(plain_name(name).as_deref(), expected, "{name}");
        };
        check("2026/06/lake.jpg", Some("2026/06/lake.jpg"));
        check("./2026//./lake.jpg", Some("2026/lake.jpg"));
        check("a\\b.xml", Some("a/b.xml"));
        check("a..b/c", Some("a..b/c"));
        check(&"a/".repeat(3000), None);
        check("../a", None);
        check("a/../../b", None);
        check("/etc/passwd", None);
        check("C:\\a", None);
        check("./", None);
        check("a\0b", None);
    }

    #[test]
    fn what_systems_put_in_is_none_of_the_users() {
        for name in ["__MACOSX/2026/._a.jpg", "a/.DS_Store", "._a.xml"] {
            assert!(is_of_system(name), "{name}");
        }
        for name in ["a/b.xml", ".well-known/a", "site/.stillpress.json"] {
            assert!(!is_of_system(name), "{name}");
        }
    }
}
