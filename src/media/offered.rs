//! Which files of the uploads folder readers could find without being led there by a page: those of the
//! media library, and not what plugins keep beside it.

use std::collections::HashSet;

use crate::media::names::{ending, path_of, stem};
use crate::media::paths_of;
use crate::media_types::is_media;
use crate::model::Attachment;

/// Folders of plugins whose files are not for every reader, at the top of the uploads folder. `*`
/// stands for any ending.
const PRIVATE_FOLDERS: [&str; 24] = [
    // What readers sent in.
    "wpforms",
    "gravity_forms",
    "wpcf7*",
    "cf7*",
    "formidable",
    "ninja-forms",
    "fluentform",
    "job-manager-uploads",
    // What is sold.
    "woocommerce_*",
    "wc-logs",
    "edd",
    "dlm_uploads",
    "memberpress",
    "protected",
    "private",
    // Copies, exports and logs.
    "backup*",
    "backwpup*",
    "updraft",
    "ai1wm-*",
    "wp-personal-data-exports",
    "wpallimport",
    "wpallexport",
    "logs",
    "cache",
];

/// Endings of programs.
const PROGRAMS: [&str; 17] = [
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "inc", "cgi", "pl", "py", "rb",
    "sh", "asp", "aspx", "jsp",
];

/// Endings of archives, copies of databases, and settings: what is no part of a media library that
/// nobody has listed.
const COPIES: [&str; 26] = [
    "zip", "gz", "tgz", "tar", "bz2", "xz", "7z", "rar", "wpress", "sql", "sqlite", "db", "bak",
    "old", "log", "json", "xml", "csv", "ini", "conf", "env", "pem", "key", "swp", "tmp", "wxr",
];

/// What the media library holds.
#[derive(Debug, Default)]
pub(super) struct Offered {
    /// The paths that attachments name.
    paths: HashSet<Box<str>>,
    /// The same without size, ending and what an edit adds.
    stems: HashSet<Box<str>>,
}

impl Offered {
    pub(super) fn new(attachments: &[Attachment]) -> Self {
        let stem_of = |attachment: &Attachment| {
            let path = path_of(&attachment.source_url)?;
            Some(unedited(stem(&path)).into())
        };
        Self {
            paths: attachments.iter().flat_map(paths_of).collect(),
            stems: attachments.iter().filter_map(stem_of).collect(),
        }
    }

    /// Returns whether a file is one of the library: named by it, or made from what it names.
    pub(super) fn holds(&self, path: &str) -> bool {
        let is_made = |path: &str| self.stems.contains(unedited(stem(path)));
        // Plugins make `lake.jpg.webp` of `lake.jpg`.
        let is_twice = matches!(ending(path), "webp" | "avif");
        let inner = path.rsplit_once('.').map_or(path, |(inner, _)| inner);
        let is_of_library = self.paths.contains(path)
            || is_media(path) && (is_made(path) || is_twice && is_made(inner));
        is_of_library && !is_kept_apart(path)
    }
}

/// Returns whether a file is probably one of a media library of which nothing is told.
pub(super) fn is_likely(path: &str) -> bool {
    let ending = ending(path).to_ascii_lowercase();
    let is_year = path
        .split_once('/')
        .is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    !is_kept_apart(path) && (is_media(path) || is_year && !COPIES.contains(&&*ending))
}

/// Returns whether a file is a program, or in a folder that is not for every reader.
fn is_kept_apart(path: &str) -> bool {
    let top = path.split_once('/').map_or("", |(top, _)| top).to_ascii_lowercase();
    let is_private = PRIVATE_FOLDERS.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => top.starts_with(start),
        None => top == *known,
    });
    // Some servers run `a.php.jpg`.
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    is_private || name.split('.').skip(1).any(|ending| PROGRAMS.contains(&ending))
}

/// Takes from a stem what WordPress adds to a picture that was edited: `-e` and a time.
fn unedited(stem: &str) -> &str {
    match stem.rsplit_once("-e") {
        Some((before, time)) if is_time(time) && !before.ends_with('/') => before,
        _ => stem,
    }
}

fn is_time(text: &str) -> bool {
    (10..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ImageSize, PostId};

    #[test]
    fn the_library_holds_what_it_names_and_what_was_made_of_that() {
        let attachment = |id, path: &str| Attachment {
            id: PostId(id),
            source_url: format!("https://old.example/wp-content/uploads/{path}").into(),
            sizes: [ImageSize {
                name: "small".into(),
                file_name: "lake-tiny.png".into(),
                width: 9,
                height: 9,
            }]
            .into(),
            ..Attachment::default()
        };
        let offered = Offered::new(&[
            attachment(1, "2024/04/lake-e1700000000000.jpg"),
            attachment(2, "2024/04/peak-scaled.jpg"),
            attachment(3, "maps/all.zip"),
            attachment(4, "woocommerce_uploads/book.pdf"),
            attachment(5, "2024/04/shell.php"),
        ]);
        for path in [
            "2024/04/lake-e1700000000000.jpg",
            "2024/04/lake-e1700000000000-300x200.jpg",
            "2024/04/lake.jpg",
            "2024/04/lake-tiny.png",
            "2024/04/lake.jpg.webp",
            "2024/04/peak.jpg",
            "2024/04/peak-150x150.jpg",
            "maps/all.zip",
        ] {
            assert!(offered.holds(path), "{path}");
        }
        for path in [
            "2024/04/other.jpg",
            "2024/05/lake.jpg",
            "2024/04/lake.sql",
            "2024/04/shell.php",
            "woocommerce_uploads/book.pdf",
            "maps/all.pdf.zip",
        ] {
            assert!(!offered.holds(path), "{path}");
        }
    }

    #[test]
    fn of_a_library_that_nobody_listed_only_media_are_likely() {
        for path in ["2024/04/lake.jpg", "2024/04/walk.gpx", "lake.jpg", "old/paper.pdf"] {
            assert!(is_likely(path), "{path}");
        }
        for path in [
            "wpforms/cv.pdf",
            "woocommerce_uploads/book.pdf",
            "Backups-2024/lake.jpg",
            "backup/db.sql",
            "2024/04/all.zip",
            "2024/04/a.PHP",
            "2024/04/a.php.jpg",
            "settings.txt",
        ] {
            assert!(!is_likely(path), "{path}");
        }
    }
}
