//! The few things done to the file system, each with an error that says to which file.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use xxhash_rust::xxh3::Xxh3;

use crate::output::manifest::{Hash, Stamp};

/// What is at a path, links not followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Found {
    Nothing,
    File(Stamp),
    Folder,
    /// A link, a device or the like.
    Other,
}

/// A folder, and the ways it is changed once it holds a site.
#[derive(Debug)]
pub(super) struct Disk {
    pub folder: PathBuf,
    pub fuse: Fuse,
}

/// Nothing, except in tests: there it ends a build after a number of changes as a kill would.
#[derive(Clone, Debug, Default)]
pub(super) struct Fuse {
    #[cfg(test)]
    pub left: Option<std::sync::Arc<std::sync::atomic::AtomicUsize>>,
}

impl Disk {
    /// Returns the full path of `path`, which is relative and uses `/`.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Returns what is at `path`. What is too long for a name is not there.
    pub fn look(&self, path: &str) -> anyhow::Result<Found> {
        let path = self.at(path);
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if is_absence(&error) => return Ok(Found::Nothing),
            Err(error) => return Err(error).with_context(|| doing("looking at", &path)),
        };
        Ok(match metadata.file_type() {
            kind if kind.is_dir() => Found::Folder,
            kind if kind.is_file() => Found::File(Stamp::of(&metadata)),
            _ => Found::Other,
        })
    }

    /// Moves a file to where it belongs, over the file that may be there.
    pub fn place(&self, from: &str, to: &str) -> io::Result<()> {
        self.fuse.burn()?;
        let (from, to) = (self.at(from), self.at(to));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(to.parent().unwrap_or(&to))?;
                fs::rename(&from, &to)
            }
            done => done,
        }
    }

    /// Removes a file or a link. That there is none is fine.
    pub fn remove_file(&self, path: &str) -> anyhow::Result<()> {
        self.fuse.burn()?;
        let path = self.at(path);
        match fs::remove_file(&path) {
            Err(error) if !is_absence(&error) => {
                Err(error).with_context(|| doing("removing", &path))
            }
            _ => Ok(()),
        }
    }

    /// Removes a folder if nothing is in it.
    pub fn remove_empty_folder(&self, path: &str) -> anyhow::Result<()> {
        self.fuse.burn()?;
        // It fails for one that holds files, which is how we tell.
        let _ = fs::remove_dir(self.at(path));
        Ok(())
    }

    /// Removes a folder of ours and what is in it.
    pub fn remove_tree(&self, path: &str) -> anyhow::Result<()> {
        self.fuse.burn()?;
        let path = self.at(path);
        match fs::remove_dir_all(&path) {
            Err(error) if !is_absence(&error) => {
                Err(error).with_context(|| doing("removing", &path))
            }
            _ => Ok(()),
        }
    }

    /// Writes a file of ours so that it is on the disk, whole, before anything that follows.
    pub fn write_durably(
        &self,
        path: &str,
        print: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.fuse.burn()?;
        let path = self.at(path);
        let write = || -> anyhow::Result<()> {
            let mut file = BufWriter::new(File::create(&path)?);
            print(&mut file)?;
            Ok(file.into_inner()?.sync_all()?)
        };
        write().with_context(|| doing("writing", &path))
    }
}

impl Fuse {
    /// Fails if the build has ended.
    pub fn burn(&self) -> io::Result<()> {
        #[cfg(test)]
        if let Some(left) = &self.left {
            use std::sync::atomic::Ordering::SeqCst;
            if left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_err() {
                return Err(io::Error::other("killed"));
            }
        }
        Ok(())
    }
}

/// Returns the hash of a file's bytes, and how many there are.
pub(super) fn hash_file(file: &mut impl io::Read) -> io::Result<(Hash, u64)> {
    let mut hasher = Xxh3::new();
    let size = read_through(file, |bytes| {
        hasher.update(bytes);
        Ok(())
    })?;
    Ok((Hash::of_all(&hasher), size))
}

/// Hands all bytes of `file` to `each`, part by part, and returns how many there are.
pub(super) fn read_through(
    file: &mut impl io::Read,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<u64> {
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(length) => {
                each(&buffer[..length])?;
                size += length as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Returns whether `error` says that there is nothing at a path.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
    )
}

/// Returns the words for an error's context.
pub(super) fn doing(what: &str, path: &Path) -> String {
    format!("{what} `{}`", path.display())
}
