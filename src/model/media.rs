//! The media library.

use std::sync::Arc;

use crate::model::{FileId, PostId, Status};

/// A file of the media library.
#[derive(Clone, Debug, Default, Hash)]
pub struct Attachment {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// Percent-decoded.
    pub slug: Box<str>,
    /// The address of the attachment's own page, as the export holds it.
    pub link: Box<str>,
    /// The full address of the file.
    pub source_url: Box<str>,
    /// HTML.
    pub title: Box<str>,
    /// Plain text.
    pub alt: Box<str>,
    /// HTML.
    pub caption: Box<str>,
    /// Whether its own page said more of it.
    pub has_description: bool,
    /// Such as `image/jpeg`. Empty if the export does not say.
    pub mime_type: Arc<str>,
    /// In pixels; 0 if the export does not say.
    pub width: u32,
    /// In pixels; 0 if the export does not say.
    pub height: u32,
    /// The smaller pictures WordPress made of it, by ascending width.
    pub sizes: Box<[ImageSize]>,
    /// The post it was uploaded to.
    pub parent: Option<PostId>,
    /// Its own: of most attachments `inherit`, which counts as public here. Whether the post it was
    /// uploaded to is public is asked where that matters.
    pub status: Status,
    /// The file it was read from.
    pub file: FileId,
}

/// A picture of the media library as a text shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShownFile {
    /// As it stands there: whole, or relative.
    pub address: Box<str>,
    /// In pixels; 0 if the text does not say.
    pub width: u32,
    /// In pixels; 0 if the text does not say.
    pub height: u32,
}

/// A smaller picture WordPress made of an attachment.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ImageSize {
    /// `thumbnail`, `medium`, `large` and so on.
    pub name: Arc<str>,
    /// The file's name, in the folder of the original.
    pub file_name: Box<str>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
