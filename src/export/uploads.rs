//! Finds the media beside the records of an export: `wp-content/uploads/`, under that name or another.

use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::media_types;
use crate::model::{MediaFiles, SiteFile, UploadsFolder};
use crate::names;
use crate::stored::StoredFile;

/// Returns the media in a folder of an export: one that is called `uploads`, or one of a year, which
/// WordPress divides them by, in a folder of any name.
pub(super) fn find(folder: &Path) -> Option<UploadsFolder> {
    if folder.file_name().is_some_and(is_uploads) {
        return Some(UploadsFolder::whole(innermost(folder)));
    }
    let root = folder.parent()?;
    is_year(folder).then(|| UploadsFolder { root: root.to_path_buf(), part: folder.to_path_buf() })
}

/// Adds the media beside an export's folder, or the folder itself if it is one of media.
pub(super) fn add_around(media: &mut MediaFiles, folder: &Path) {
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    if whole.file_name().is_some_and(is_uploads) {
        return media.folders.push(UploadsFolder::whole(innermost(folder)));
    }
    let Some(parent) = whole.parent() else { return };
    let content = parent.join(CONTENT);
    let beside = [parent.join("uploads"), content.join("uploads")];
    let beside = beside.into_iter().filter(|path| path.is_dir());
    media.folders.extend(beside.map(|path| UploadsFolder::whole(innermost(&path))));
    if content == whole || !content.is_dir() {
        return;
    }
    let is_visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name();
        let is_folder_of_uploads = entry.depth() == 1 && is_uploads(name);
        !is_folder_of_uploads && !name.to_string_lossy().starts_with('.')
    };
    let entries = WalkDir::new(&content).follow_links(true).sort_by_file_name();
    // What cannot be read there is none of the export.
    let entries = entries.into_iter().filter_entry(is_visible).flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let others = files.filter_map(|entry| {
        let path = site_path(&content, entry.path())?;
        Some(SiteFile { path, file: StoredFile::Whole(entry.into_path()) })
    });
    media.others.extend(others);
}

/// Where WordPress keeps all that is not its own.
pub(super) const CONTENT: &str = "wp-content";

/// Returns where the old site had a file that is in no folder of uploads, if its name is that of one:
/// what lies in a `wp-content` was there, everything else where it lies in the folder that was named.
pub(super) fn site_path(folder: &Path, file: &Path) -> Option<String> {
    let name = file.file_name()?.to_string_lossy();
    if name.starts_with('.') || !media_types::is_media(&name) {
        return None;
    }
    let inner = file.strip_prefix(folder).ok()?;
    let text = |part: &OsStr| match part.to_str() {
        Some(part) => part.to_owned(),
        None => names::decoded(part.as_encoded_bytes().into()),
    };
    let parts: Vec<String> = inner.iter().map(text).collect();
    let start = parts.iter().position(|part| part == CONTENT);
    Some(match start {
        Some(start) => parts[start..].join("/"),
        None if is_content(folder) => format!("{CONTENT}/{}", parts.join("/")),
        None => parts.join("/"),
    })
}

/// Returns whether a file is among those that WordPress keeps besides its own programs.
pub(super) fn is_in_content(folder: &Path, file: &Path) -> bool {
    is_content(folder)
        || file.strip_prefix(folder).is_ok_and(|inner| inner.iter().any(|part| part == CONTENT))
}

fn is_content(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == CONTENT)
}

/// Returns whether a folder's name is that of media.
pub(super) fn is_uploads(name: impl AsRef<OsStr>) -> bool {
    name.as_ref().eq_ignore_ascii_case("uploads")
}

/// An `uploads` that holds nothing but an `uploads` came so out of an archive.
fn innermost(folder: &Path) -> PathBuf {
    let mut folder = folder.to_path_buf();
    while let [entry] = &*visible(&folder)
        && is_uploads(entry.file_name())
        && entry.path().is_dir()
    {
        folder = entry.path();
    }
    folder
}

/// Returns whether a folder is called as a year and has media in a folder of a month.
fn is_year(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    names_year(&name) && visible(folder).iter().any(|month| is_month(&month.path()))
}

fn is_month(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let is_media = |file: &Path| names_media(file) && file.is_file();
    names_month(&name) && visible(folder).iter().any(|file| is_media(&file.path()))
}

/// Returns whether a folder may be that of a year, by its name.
pub(super) fn names_year(name: &str) -> bool {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    is_number && name.len() == 4 && (name.starts_with("19") || name.starts_with("20"))
}

/// Returns whether a folder may be that of a month, by its name.
pub(super) fn names_month(name: &str) -> bool {
    name.len() == 2 && matches!(name.parse(), Ok(1..=12))
}

/// Returns whether a file is a picture or a recording, by its name.
pub(super) fn names_media(file: impl AsRef<Path>) -> bool {
    use mime_guess::mime::{AUDIO, IMAGE, VIDEO};
    let kind = mime_guess::from_path(file).first();
    kind.is_some_and(|kind| [AUDIO, IMAGE, VIDEO].contains(&kind.type_()))
}

/// Returns what is in a folder and not hidden; nothing if that cannot be read.
fn visible(folder: &Path) -> Vec<DirEntry> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')).collect()
}
