//! Finds the files of an export, and opens them.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use tempfile::TempPath;
use walkdir::{DirEntry, WalkDir};

use crate::export::passed_over::{self, Looks, Other};
use crate::export::uploads;
use crate::model::MediaFiles;
use crate::names::MANIFEST;

/// The files of an export.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order the user named them; within a folder by name.
    pub(super) sources: Vec<Source>,
    /// The site's media.
    pub(super) uploads: MediaFiles,
}

/// A file to read.
#[derive(Debug)]
pub(super) struct Source {
    /// As the user knows it, with `/` on every system.
    pub(super) name: Arc<str>,
    pub(super) origin: Origin,
    pub(super) kind: Kind,
    /// The same from the folder the user named, so that it does not change with where they stand.
    pub(super) inner_name: String,
    /// Whether the user named the file itself.
    pub(super) named: Named,
}

/// Where a file's bytes come from.
#[derive(Debug)]
pub(super) enum Origin {
    File(PathBuf),
    StandardInput,
}

/// What a file may hold, by its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Json,
    /// JSON, if it looks like it.
    Text,
    Markdown,
    /// WordPress's own export in XML.
    Wxr,
    /// Nothing that is read.
    Other(Other),
}

/// Whether the user named a file, or a folder it stands in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Named {
    Itself,
    ByFolder,
}

/// A file's bytes, and where they can be read again.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) bytes: Vec<u8>,
    pub(super) path: PathBuf,
    /// Keeps a temporary copy alive.
    pub(super) temporary: Option<TempPath>,
    /// Why not all of a compressed file could be read.
    pub(super) damage: Option<String>,
}

/// Finds the files in `inputs`: files, folders, or `-` for standard input.
pub(super) fn find(inputs: &[PathBuf]) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.sources.push(Source {
                name: "standard input".into(),
                origin: Origin::StandardInput,
                kind: Kind::Json,
                inner_name: String::new(),
                named: Named::Itself,
            });
            continue;
        }
        let about = fs::metadata(input).with_context(|| format!("cannot read {}", shown(input)))?;
        if about.is_dir() {
            walk(input, &mut found, &mut seen)?;
            uploads::add_around(&mut found.uploads, input);
        } else if seen.insert(identity(input)) {
            let kind = kind(input).or_else(|| look_inside(input)).unwrap_or(Kind::Json);
            let inner = Path::new(input.file_name().unwrap_or_default());
            found.sources.push(Source::file(input, inner, kind, Named::Itself));
        }
    }
    found.uploads.folders.sort();
    found.uploads.folders.dedup();
    Ok(found)
}

/// Reads all of a source. What cannot be read again is copied to a temporary file.
pub(super) fn open(source: &Source) -> io::Result<Opened> {
    let (bytes, path) = match &source.origin {
        Origin::File(path) => (fs::read(path)?, path.clone()),
        Origin::StandardInput => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            (bytes, PathBuf::new())
        }
    };
    let is_compressed = bytes.starts_with(&[0x1f, 0x8b]);
    let (bytes, damage) = if is_compressed { decompress(&bytes) } else { (bytes, None) };
    if matches!(source.origin, Origin::File(_)) && !is_compressed {
        return Ok(Opened { bytes, path, temporary: None, damage });
    }
    let copy = copy(&bytes)?;
    Ok(Opened { bytes, path: copy.to_path_buf(), temporary: Some(copy), damage })
}

/// Copies bytes to a temporary file, for reading bodies from it.
pub(super) fn copy(bytes: &[u8]) -> io::Result<TempPath> {
    let mut file = tempfile::Builder::new().prefix("stillpress-").tempfile()?;
    file.write_all(bytes)?;
    Ok(file.into_temp_path())
}

impl Source {
    fn file(path: &Path, inner: &Path, kind: Kind, named: Named) -> Self {
        let origin = Origin::File(path.to_path_buf());
        Self { name: shown(path).into(), origin, kind, inner_name: shown(inner), named }
    }
}

/// Returns `path` as the user knows it, with `/` on every system.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

fn walk(folder: &Path, found: &mut Found, seen: &mut HashSet<PathBuf>) -> anyhow::Result<()> {
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let mut entries = entries.into_iter();
    loop {
        let entry = match entries.next() {
            Some(Ok(entry)) => entry,
            // A link that leads back up, or nowhere, holds nothing that is not found otherwise.
            Some(Err(error)) if error.loop_ancestor().is_some() || is_dangling(&error) => continue,
            Some(Err(error)) => {
                let path = shown(error.path().unwrap_or(folder));
                let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                return Err(error).with_context(|| format!("cannot read {path}"));
            }
            None => return Ok(()),
        };
        if entry.file_type().is_dir() {
            if entry.depth() > 0
                && let Some(uploads) = uploads::find(entry.path())
            {
                found.uploads.folders.push(uploads);
                entries.skip_current_dir();
            } else if entry.depth() > 0
                && (is_skipped(&entry) || !seen.insert(identity(entry.path())))
            {
                // Links may lead to the same folder in more ways than can be walked.
                entries.skip_current_dir();
            }
            continue;
        }
        found.uploads.others.extend(uploads::other(folder, entry.path()));
        let kind = kind(entry.path()).or_else(|| look_inside(entry.path()));
        let Some(kind) = kind else { continue };
        if seen.insert(identity(entry.path())) {
            let inner = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            found.sources.push(Source::file(entry.path(), inner, kind, Named::ByFolder));
        }
    }
}

/// The same file named twice, or reached twice through links, is read once.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// A site that was built into the export folder is no part of the export.
fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name == "node_modules" || entry.path().join(MANIFEST).exists()
}

fn is_dangling(error: &walkdir::Error) -> bool {
    let kind = error.io_error().map(io::Error::kind);
    kind == Some(io::ErrorKind::NotFound) && error.depth() > 0
}

fn kind(path: &Path) -> Option<Kind> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    if name.starts_with('.') {
        return None;
    }
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let (_, extension) = plain.rsplit_once('.')?;
    match extension {
        "json" | "jsonl" | "ndjson" => Some(Kind::Json),
        "txt" => Some(Kind::Text),
        "md" | "markdown" if plain == name => Some(Kind::Markdown),
        _ => None,
    }
}

/// Returns what a file holds whose name does not tell. One that cannot be opened is passed over: it
/// may be anything.
fn look_inside(path: &Path) -> Option<Kind> {
    let is_hidden = path.file_name()?.to_string_lossy().starts_with('.');
    // Lists of tables begin as lists in JSON do.
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if is_hidden || is_toml {
        return None;
    }
    match passed_over::look(path).ok()?? {
        Looks::Json => Some(Kind::Text),
        Looks::Wxr => Some(Kind::Wxr),
        Looks::Other(other) => Some(Kind::Other(other)),
    }
}

/// Returns what can be read, and why the rest cannot.
fn decompress(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
    let mut plain = Vec::with_capacity(bytes.len().saturating_mul(4));
    let damage = MultiGzDecoder::new(bytes).read_to_end(&mut plain).err();
    (plain, damage.map(|error| error.to_string()))
}
