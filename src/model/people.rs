//! Who writes: authors, and those who comment.

use chrono::NaiveDateTime;

use crate::model::{AuthorId, CommentId, FileId, PostId};

/// A user who writes.
#[derive(Clone, Debug, Hash)]
pub struct Author {
    /// Unique within one export.
    pub id: AuthorId,
    /// WordPress names the author to anyone who asks, as it does those who have published.
    pub is_public: bool,
    /// Plain text.
    pub name: Option<Box<str>>,
    /// Percent-decoded. Public in WordPress: it is part of the author's address.
    pub slug: Option<Box<str>>,
    /// HTML. May be empty.
    pub description: Box<str>,
    /// The author's own site. May be empty.
    pub url: Box<str>,
    /// The full old address. Empty if the export does not say.
    pub link: Box<str>,
}

/// A comment, pingback or trackback.
#[derive(Clone, Debug, Hash)]
pub struct Comment {
    /// Unique within one export.
    pub id: CommentId,
    /// The post it stands under. It may be missing from the export.
    pub post: PostId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// Whether WordPress showed it to readers.
    pub is_approved: bool,
    /// Whether a reader wrote it or another site.
    pub kind: CommentKind,
    /// Plain text.
    pub author_name: Box<str>,
    /// May be empty.
    pub author_url: Box<str>,
    /// Who of the site wrote it. `None` for readers.
    pub user: Option<AuthorId>,
    /// In the site's own time zone.
    pub date: Option<NaiveDateTime>,
    /// In UTC.
    pub date_gmt: Option<NaiveDateTime>,
    /// Written by strangers.
    pub content: CommentText,
    /// The file it was read from.
    pub file: FileId,
}

/// The text of a comment.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum CommentText {
    /// HTML, as WordPress showed it.
    Rendered(Box<str>),
    /// As it was typed, and is stored: with tags, but without paragraphs.
    Typed(Box<str>),
}

impl CommentText {
    /// Returns the text as the export has it.
    pub fn as_written(&self) -> &str {
        let (Self::Rendered(text) | Self::Typed(text)) = self;
        text
    }
}

/// Who wrote a comment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CommentKind {
    /// A reader.
    Comment,
    /// Another site that linked here.
    Ping,
    /// An editor or a plugin, not for readers: a note on an order, on a block, and so on.
    Internal,
}
