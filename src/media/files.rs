//! Looks at the files of a media library.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Location};
use crate::media::LocalFile;
use crate::model::UploadsFolder;
use crate::names::decoded;
use crate::stored::{About, StoredFile};

/// A file that cannot be looked at is told and left out. Links to files are followed. Names of old
/// systems are taken for Latin-1, and told.
pub(super) fn add_folder(
    files: &mut HashMap<Box<str>, LocalFile>,
    folder: &UploadsFolder,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut unnamed = Vec::new();
    for entry in WalkDir::new(&folder.part).follow_links(true).sort_by_file_name() {
        let found = entry.and_then(|entry| Ok((entry.metadata()?, entry)));
        let (metadata, entry) = match found {
            Ok(found) => found,
            Err(trouble) => {
                diagnostics.push(unreadable(&folder.part, &trouble));
                continue;
            }
        };
        let Ok(path) = entry.path().strip_prefix(&folder.root) else { continue };
        let path = match path.to_str() {
            Some(path) => path.to_owned(),
            None => {
                unnamed.push(entry.path().to_owned());
                decoded(path.as_os_str().as_encoded_bytes().into())
            }
        };
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if metadata.is_file() && !is_hidden {
            let index = files.len();
            let file = LocalFile {
                index,
                file: StoredFile::Whole(entry.path().to_owned()),
                length: metadata.len(),
                modified: metadata.modified().ok(),
            };
            files.entry(path.replace('\\', "/").into()).or_insert(file);
        }
    }
    diagnostics.extend(tell_names(&unnamed));
}

/// Tells once of names that are no UTF-8.
fn tell_names(unnamed: &[PathBuf]) -> Option<Diagnostic> {
    let first = unnamed.first()?;
    let message = match unnamed.len() {
        1 => "the name of a file is not in UTF-8; it is read as Latin-1".to_owned(),
        count => format!("the names of {count} files are not in UTF-8; they are read as Latin-1"),
    };
    let location = Location::file(&first.display().to_string().into());
    let help = "rename it to what it should be called if pages do not find it";
    Some(Diagnostic::warning("media-name", message, location).with_help(help))
}

/// Adds a file. The first of a path has it.
pub(super) fn add(
    files: &mut HashMap<Box<str>, LocalFile>,
    path: &str,
    file: &StoredFile,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match file.about() {
        Ok(About { length, modified }) => {
            let index = files.len();
            let local = LocalFile { index, file: file.clone(), length, modified };
            files.entry(path.into()).or_insert(local);
        }
        Err(trouble) => diagnostics.push(unreadable(&file.path(), &trouble)),
    }
}

fn unreadable(path: &Path, trouble: &dyn std::fmt::Display) -> Diagnostic {
    let location = Location::file(&path.display().to_string().into());
    let message = format!("a file of the media library cannot be read: {trouble}");
    Diagnostic::error("unreadable-media", message, location)
}
