//! Files: those that records are read from, and those of the media library.

use std::path::PathBuf;
use std::sync::Arc;

use crate::stored::StoredFile;

/// Files beside the records that the old site showed or offered.
#[derive(Clone, Debug, Default)]
pub struct MediaFiles {
    /// Folders that hold the site's media as `wp-content/uploads` did.
    pub folders: Vec<UploadsFolder>,
    /// What archives hold of such folders, by the path below them.
    pub packed: Vec<SiteFile>,
    /// What lies elsewhere, where the old site may have had it.
    pub others: Vec<SiteFile>,
}

/// A file of the old site.
#[derive(Clone, Debug)]
pub struct SiteFile {
    /// Where the old site had it: below its uploads folder, such as `2026/06/lake.jpg`, or if it was in
    /// none below its home page, such as `wp-content/gallery/lake.jpg`.
    pub path: String,
    /// Where it is.
    pub file: StoredFile,
}

/// A folder of media.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct UploadsFolder {
    /// What stands for `wp-content/uploads/`.
    pub root: PathBuf,
    /// Which part of it holds media: all, or the folder of a year.
    pub part: PathBuf,
}

impl UploadsFolder {
    /// Returns a folder that holds nothing but media.
    pub fn whole(root: PathBuf) -> Self {
        Self { part: root.clone(), root }
    }
}

/// Counts [`Export::files`](crate::model::Export::files).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FileId(pub u32);

/// A file that bodies are read from.
#[derive(Clone, Debug)]
pub struct ExportFile {
    /// As the user knows it, with `/` on every system.
    pub name: Arc<str>,
    /// Where its bytes are: the file itself, or for a compressed file or standard input a
    /// temporary copy.
    pub path: PathBuf,
    /// Keeps a temporary copy alive.
    pub temporary: Option<Arc<tempfile::TempPath>>,
    /// How it could be read.
    pub reading: Reading,
}

/// How a file could be read that was to hold records.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reading {
    /// It was, if there is nothing in it.
    Whole,
    /// It is damaged or ends too early: what is whole of it was read.
    Damaged,
    /// It has no letter.
    Empty,
    /// It is a web page that was saved for an answer, or begins with what PHP told.
    WebPage,
    /// It is nothing that an answer is the beginning of.
    Foreign,
    /// WordPress told an error instead of records.
    Refused,
    /// It is of a kind that is not read.
    PassedOver,
}

impl Reading {
    /// Returns whether it was to hold records, and not all of it could be read.
    pub fn is_broken(self) -> bool {
        matches!(self, Self::Damaged | Self::Empty | Self::WebPage | Self::Foreign)
    }

    /// Returns whether there is an answer, if an empty one or a part of one.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Whole | Self::Damaged)
    }
}
