//! Posts, pages and posts of custom types, and what these types are.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::model::{AuthorId, BodyPlace, FileId, PostId, TermId};

/// A post, a page, or a post of a custom type.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Unique within one export.
    pub id: PostId,
    /// `post`, `page`, or a custom type's name.
    pub post_type: Arc<str>,
    /// Whether WordPress showed it.
    pub status: Status,
    /// Who of its readers could see it, if it is published.
    pub audience: Audience,
    /// The last part of the permalink, percent-decoded. Empty for most drafts.
    pub slug: Box<str>,
    /// The full old address, as the export holds it. Empty if it does not say.
    pub link: Box<str>,
    /// The identifier feeds used, as the export holds it. Empty if it does not say.
    pub guid: Box<str>,
    /// HTML: may hold entities and inline tags, as WordPress allows. May be empty.
    pub title: Box<str>,
    /// In the site's own time zone, as WordPress shows it.
    pub date: Option<NaiveDateTime>,
    /// In UTC.
    pub date_gmt: Option<NaiveDateTime>,
    /// In the site's own time zone.
    pub modified: Option<NaiveDateTime>,
    /// In UTC.
    pub modified_gmt: Option<NaiveDateTime>,
    /// The saved one as plain text, at most as long as an excerpt should be. Empty if there is
    /// none: then the digest of the body has one.
    pub excerpt: Box<str>,
    /// The saved one as its author wrote it, if it holds tags: HTML.
    pub excerpt_html: Option<Box<str>>,
    /// Who wrote the excerpt.
    pub excerpt_kind: ExcerptKind,
    /// What its author wrote for search engines, as plain text.
    pub meta_description: Option<Box<str>>,
    /// 0 if the export does not say.
    pub author: AuthorId,
    /// The attachment shown with the post. It may be missing from the export.
    pub featured_media: Option<PostId>,
    /// The page above this one. It may be missing from the export.
    pub parent: Option<PostId>,
    /// Where pages stand among their siblings.
    pub menu_order: i64,
    /// Leads the home page.
    pub is_sticky: bool,
    /// `standard`, `aside`, `quote` and so on. Empty if the export does not say.
    pub format: Arc<str>,
    /// In the order the export names them.
    pub terms: Box<[TermId]>,
    /// What a plugin, or whoever wrote it by hand, calls its language: a code such as `en`, or a
    /// locale.
    pub language: Option<Arc<str>>,
    /// What it is a translation of, or translated by: public or not, in the export or not. May hold
    /// the post itself.
    pub translations: Box<[PostId]>,
    /// Whether readers could still comment.
    pub comments_open: bool,
    /// The JSON array in `meta.footnotes`. Mostly empty.
    pub footnotes: Box<str>,
    /// Slugs it had before, decoded.
    pub old_slugs: Box<[Box<str>]>,
    /// Where its text stands, and what it is like. `None` if the export has no text of it.
    pub body: Option<BodyPlace>,
    /// The file it was read from.
    pub file: FileId,
}

/// A post's status. Only [`Status::Publish`] is public.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Status {
    /// Public.
    #[default]
    Publish,
    /// Scheduled. No clock is asked: WordPress had not published it when it was exported.
    Future,
    /// Draft or pending.
    Draft,
    /// For logged-in readers.
    Private,
    /// In the trash, or what WordPress keeps while nobody has saved it (`auto-draft`).
    Trash,
    /// None that is known here: [`Export::statuses`](crate::model::Export::statuses) has its name.
    Unknown,
    /// The export does not say, and holds of the post what readers never saw.
    Untold,
}

/// Who could see a post that is published. Only what was for everyone is ever shown.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Audience {
    /// Every reader.
    #[default]
    Everyone,
    /// Who knows its password.
    WithPassword,
    /// Who subscribed, paid or logged in. The export is not asked for its text.
    Members,
}

impl Post {
    /// Returns whether every reader could see it.
    pub fn is_public(&self) -> bool {
        self.status == Status::Publish && self.audience == Audience::Everyone
    }
}

/// Who wrote a post's excerpt.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum ExcerptKind {
    /// The post's author.
    Manual,
    /// WordPress, from the text.
    Automatic,
    /// The export does not say: it holds only the rendered one.
    #[default]
    Unknown,
}

/// A kind of post.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PostType {
    /// Such as `post`, `page`, `book`.
    pub name: Arc<str>,
    /// The plural the admin shows.
    pub label: Box<str>,
    /// Whether its posts have parents.
    pub is_hierarchical: bool,
    /// The path of its archive, if it has one.
    pub archive_slug: Option<Box<str>>,
    /// The last part of its REST address.
    pub rest_base: Box<str>,
    /// Whether readers could open its posts' own pages. `None` if the export does not say.
    pub is_viewable: Option<bool>,
}

/// What an answer for anybody says of a type of posts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Evidence {
    /// It has posts of that type.
    Answered,
    /// They had addresses that are no queries.
    Addressed,
}
