//! Finds the files of an export, and opens them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use tempfile::TempPath;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostics::Diagnostic;
use crate::export::archives::Form;
use crate::export::packed::{self, Lying};
use crate::export::passed_over::{self, Looks, Other};
use crate::export::uploads;
use crate::media_types;
use crate::model::{MediaFiles, SiteFile};
use crate::names::MANIFEST;
use crate::stored::StoredFile;

/// The files of an export.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order the user named them; within a folder by name.
    pub(super) sources: Vec<Source>,
    /// The site's media.
    pub(super) uploads: MediaFiles,
    /// What of archives is not read.
    pub(super) told: Vec<Diagnostic>,
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
    File(StoredFile),
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
    /// Files that are read in its place.
    Archive(Form),
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
        let before = found.sources.len();
        if about.is_dir() {
            walk(input, &mut found, &mut seen)?;
            uploads::add_around(&mut found.uploads, input);
        } else if seen.insert(identity(input)) {
            add_named(input, &mut found)?;
        }
        packed::sort(&mut found.sources[before..]);
    }
    found.uploads.folders.sort();
    found.uploads.folders.dedup();
    Ok(found)
}

/// Adds a file that the user named, whatever its name.
fn add_named(path: &Path, found: &mut Found) -> anyhow::Result<()> {
    let file = StoredFile::Whole(path.to_path_buf());
    let name = Path::new(path.file_name().unwrap_or_default());
    match kind(name).or_else(|| look_inside(name, &file)).unwrap_or(Kind::Json) {
        Kind::Archive(form) => packed::add(found, Lying { path, form, folder: None }),
        kind => {
            let source = Source::by_folder(file, name, kind);
            found.sources.push(Source { named: Named::Itself, ..source });
            Ok(())
        }
    }
}

/// Reads all of a source. What cannot be read again is copied to a temporary file.
pub(super) fn open(source: &Source) -> io::Result<Opened> {
    let mut damage = None;
    let (bytes, path) = match &source.origin {
        Origin::File(StoredFile::Whole(path)) => (fs::read(path)?, Some(path)),
        Origin::File(piece) => {
            let length = usize::try_from(piece.about()?.length).map_err(io::Error::other)?;
            let mut bytes = Vec::with_capacity(length);
            let read = piece.open()?.read_to_end(&mut bytes);
            damage = read.err().map(|error| error.to_string());
            (bytes, None)
        }
        Origin::StandardInput => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            (bytes, None)
        }
    };
    let is_compressed = bytes.starts_with(&[0x1f, 0x8b]);
    let (bytes, inner) = if is_compressed { decompress(&bytes) } else { (bytes, None) };
    let damage = damage.or(inner);
    if let Some(path) = path.filter(|_| !is_compressed) {
        return Ok(Opened { bytes, path: path.clone(), temporary: None, damage });
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
    /// Returns a file that was found where the user said.
    pub(super) fn by_folder(file: StoredFile, inner: &Path, kind: Kind) -> Self {
        let name = shown(&file.path()).into();
        let (origin, inner_name) = (Origin::File(file), shown(inner));
        Self { name, origin, kind, inner_name, named: Named::ByFolder }
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
        let path = entry.path();
        let file = StoredFile::Whole(path.to_path_buf());
        let media = uploads::site_path(folder, path);
        found.uploads.others.extend(media.map(|path| SiteFile { path, file: file.clone() }));
        let inner = path.strip_prefix(folder).unwrap_or(path);
        let Some(kind) = kind_of(inner, &file) else { continue };
        if !seen.insert(identity(path)) {
            continue;
        }
        match kind {
            // What the site kept among its own files, such as a copy of itself, is none of the export.
            Kind::Archive(form) if !uploads::is_in_content(folder, path) => {
                packed::add(found, Lying { path, form, folder: Some(folder) })?;
            }
            kind => found.sources.push(Source::by_folder(file, inner, kind)),
        }
    }
}

/// Returns what a file holds that lies at `inner` in an export. What comes with a program is none of
/// it, such as the posts to try a theme with.
pub(super) fn kind_of(inner: &Path, file: &StoredFile) -> Option<Kind> {
    let parts: Vec<_> = inner.iter().collect();
    let is_own = |part: &&OsStr| *part == "wp-admin" || *part == "wp-includes";
    let is_added = |two: &[&OsStr]| {
        let added = ["plugins", "mu-plugins", "themes", "languages"];
        two[0] == uploads::CONTENT && added.iter().any(|name| two[1] == *name)
    };
    if parts.iter().any(is_own) || parts.windows(2).any(is_added) {
        return None;
    }
    let kind = kind(inner).or_else(|| look_inside(inner, file))?;
    // Documents are zip files, too.
    let is_document = || matches!(kind, Kind::Archive(_)) && media_types::is_media(&shown(inner));
    (!is_document()).then_some(kind)
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
fn look_inside(path: &Path, file: &StoredFile) -> Option<Kind> {
    let name = path.file_name()?.to_string_lossy();
    let is_hidden = name.starts_with('.');
    // Lists of tables begin as lists in JSON do.
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if is_hidden || is_toml {
        return None;
    }
    match passed_over::look(file).ok()?? {
        Looks::Json => Some(Kind::Text),
        Looks::Archive(form) => Some(Kind::Archive(form)),
        Looks::Wxr => Some(Kind::Wxr),
        Looks::Other(other) => Some(Kind::Other(other)),
    }
}

/// Returns whether a file begins as JSON does.
pub(super) fn is_json(file: &StoredFile) -> bool {
    passed_over::look(file).is_ok_and(|looks| looks == Some(Looks::Json))
}

/// Returns what can be read, and why the rest cannot.
fn decompress(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
    let mut plain = Vec::with_capacity(bytes.len().saturating_mul(4));
    let damage = MultiGzDecoder::new(bytes).read_to_end(&mut plain).err();
    (plain, damage.map(|error| error.to_string()))
}
