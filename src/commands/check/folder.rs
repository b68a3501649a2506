//! The files of an output folder, as a host would publish them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use walkdir::{DirEntry, WalkDir};

use crate::commands::host::{self, Answer};
use crate::diagnostics::{Diagnostic, Location, Warned};
use crate::names;

/// The files of a site.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// In the order of their names.
    files: Vec<File>,
    by_name: HashMap<Arc<str>, FileId>,
}

/// A file of a site.
#[derive(Debug)]
pub struct File {
    /// Its path in the folder, with `/`.
    pub name: Arc<str>,
    /// In bytes.
    pub size: u64,
}

/// Which file of a folder. They are in the order of their names.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FileId(u32);

/// Lists the files in `root`, and tells of what no host can take.
///
/// # Errors
/// It cannot be read, or holds no file.
pub fn read(root: &Path) -> anyhow::Result<Warned<Folder>> {
    let shown = root.display();
    ensure!(root.exists(), "there is no folder {shown}; make the site first: `stillpress build`");
    ensure!(root.is_dir(), "{shown} is a file; name the folder that the site is in");
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for entry in WalkDir::new(root).min_depth(1).into_iter().filter_entry(is_published) {
        let entry = entry.with_context(|| format!("cannot read {shown}"))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let name = name_of(path);
        match (name, entry.file_type().is_file()) {
            (Some(name), true) => {
                let size = entry.metadata().with_context(|| format!("cannot look at {name}"))?;
                files.push(File { name: name.into(), size: size.len() });
            }
            (Some(name), false) => diagnostics.push(tell_link(&name)),
            (None, _) => diagnostics.push(tell_name(&path.to_string_lossy())),
        }
    }
    ensure!(!files.is_empty(), "there is nothing in {shown}; name the folder that the site is in");
    files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    diagnostics.sort_by(|a, b| a.location.file.cmp(&b.location.file));
    let ids = (0..).map(FileId);
    let by_name = files.iter().map(|file| Arc::clone(&file.name)).zip(ids).collect();
    Ok(Warned { value: Folder { root: root.to_owned(), files, by_name }, diagnostics })
}

/// What stillpress and git keep in the folder is no part of the site.
fn is_published(entry: &DirEntry) -> bool {
    entry.depth() != 1 || !names::is_kept(&entry.file_name().to_string_lossy())
}

fn name_of(path: &Path) -> Option<String> {
    let name = path.to_str()?;
    Some(if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() })
}

fn tell_link(name: &str) -> Diagnostic {
    let message = format!("`{name}` is a link to another place on your disk, or no file at all");
    Diagnostic::error("host-link", message, Location::file(&name.into()))
        .with_help("put the file itself there: hosts do not follow links")
}

fn tell_name(name: &str) -> Diagnostic {
    let message = "the name of a file is not UTF-8, so that no address leads to it";
    Diagnostic::error("host-name", message, Location::file(&name.escape_debug().to_string().into()))
        .with_help("give it another name")
}

impl Folder {
    /// Returns the file of a name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.by_name.get(name).copied()
    }

    /// Returns what a host shows at a path, for a site below `base_path`.
    pub fn answer(&self, base_path: &str, path: &str) -> Answer<FileId> {
        host::answer(base_path, path, |name| self.find(name))
    }

    /// Returns what is known of a file.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Returns all files, in the order of their names.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &File)> {
        let id = |place| FileId(u32::try_from(place).unwrap_or(u32::MAX));
        self.files.iter().enumerate().map(move |(place, file)| (id(place), file))
    }

    /// Reads a file into `bytes`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&self, id: FileId, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
        use std::io::Read as _;

        let path = self.root.join(&*self.file(id).name);
        bytes.clear();
        let read = fs::File::open(&path).and_then(|mut file| file.read_to_end(bytes));
        read.with_context(|| format!("cannot read {}; look at its permissions", path.display()))?;
        Ok(())
    }

    /// Returns the text of a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn text(&self, id: FileId) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        self.read(id, &mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Returns the path at which a file is shown, below the site's own: not percent-encoded.
    pub fn path(&self, id: FileId) -> String {
        let name = &*self.file(id).name;
        match name.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
            _ => format!("/{name}"),
        }
    }
}
