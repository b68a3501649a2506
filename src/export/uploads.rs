//! Finds the media beside the records of an export: `wp-content/uploads/`, under that name or another.

use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use crate::model::UploadsFolder;

/// Returns the media in a folder of an export: one that is called `uploads`, or one of a year, which
/// WordPress divides them by, in a folder of any name.
pub(super) fn find(folder: &Path) -> Option<UploadsFolder> {
    if folder.file_name().is_some_and(is_uploads) {
        return Some(UploadsFolder::whole(innermost(folder)));
    }
    let root = folder.parent()?;
    is_year(folder).then(|| UploadsFolder { root: root.to_path_buf(), part: folder.to_path_buf() })
}

/// Returns the media beside an export's folder, or the folder itself if it is one of media.
pub(super) fn around(folder: &Path) -> Vec<UploadsFolder> {
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    if whole.file_name().is_some_and(is_uploads) {
        return vec![UploadsFolder::whole(innermost(folder))];
    }
    let Some(parent) = whole.parent() else { return Vec::new() };
    let beside = [parent.join("uploads"), parent.join("wp-content").join("uploads")];
    let beside = beside.into_iter().filter(|path| path.is_dir());
    beside.map(|path| UploadsFolder::whole(innermost(&path))).collect()
}

/// Returns whether a folder's name is that of media.
fn is_uploads(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case("uploads")
}

/// An `uploads` that holds nothing but an `uploads` came so out of an archive.
fn innermost(folder: &Path) -> PathBuf {
    let mut folder = folder.to_path_buf();
    while let [entry] = &*visible(&folder)
        && is_uploads(&entry.file_name())
        && entry.path().is_dir()
    {
        folder = entry.path();
    }
    folder
}

/// Returns whether a folder is called as a year and has media in a folder of a month.
fn is_year(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && name.len() == 4
        && (name.starts_with("19") || name.starts_with("20"))
        && visible(folder).iter().any(|month| is_month(&month.path()))
}

fn is_month(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let is_month = name.len() == 2 && matches!(name.parse(), Ok(1..=12));
    is_month && visible(folder).iter().any(|file| is_media(&file.path()))
}

fn is_media(file: &Path) -> bool {
    use mime_guess::mime::{AUDIO, IMAGE, VIDEO};
    let kind = mime_guess::from_path(file).first();
    kind.is_some_and(|kind| [AUDIO, IMAGE, VIDEO].contains(&kind.type_())) && file.is_file()
}

/// Returns what is in a folder and not hidden; nothing if that cannot be read.
fn visible(folder: &Path) -> Vec<DirEntry> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')).collect()
}
