//! What blocks that are made on the server ask of the site. Only what readers may see is ever told.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use crate::model::{AuthorId, CommentId, CommentText, PostId, TermId};

/// The site itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteFacts<'s> {
    /// Plain text.
    pub title: &'s str,
    /// The tagline: plain text, which may be empty.
    pub tagline: &'s str,
    /// The address of its first page, as on the old site.
    pub home: &'s str,
    /// The attachment used as logo.
    pub logo: Option<PostId>,
    /// How WordPress wrote dates there, in PHP's letters. Empty if the export does not say.
    pub date_format: &'s str,
    /// Posts on a page of an archive.
    pub posts_per_page: usize,
    /// The page shown first, which lists of pages may leave out.
    pub front_page: Option<PostId>,
    /// Whether the export has anything of the media library.
    pub has_library: bool,
}

/// A public post, page or post of a custom type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostFacts<'s> {
    /// Unique.
    pub id: PostId,
    /// `post`, `page`, or a custom type's name.
    pub post_type: &'s str,
    /// HTML. May be empty.
    pub title: &'s str,
    /// Decoded.
    pub slug: &'s str,
    /// In the site's time zone.
    pub date: Option<DateTime<FixedOffset>>,
    /// In the site's time zone.
    pub modified: Option<DateTime<FixedOffset>>,
    /// Who wrote it.
    pub author: AuthorId,
    /// The attachment shown with it.
    pub featured_media: Option<PostId>,
    /// Plain text, as a list shows it. Of a raw text it has no quotes of a language yet.
    pub excerpt: &'s str,
    /// The one its author wrote, if that holds tags: HTML.
    pub excerpt_html: Option<&'s str>,
    /// Whether the author wrote that.
    pub has_own_excerpt: bool,
    /// The public terms, in the order the export names them.
    pub terms: &'s [TermId],
    /// The page above it, if that is public.
    pub parent: Option<PostId>,
    /// Where pages stand among their siblings.
    pub menu_order: i64,
    /// Leads the home page.
    pub is_sticky: bool,
    /// `standard`, `aside` and so on. Empty for pages.
    pub format: &'s str,
    /// Words, or what counts as such in its script.
    pub words: u32,
    /// How many comments readers see.
    pub comments: usize,
    /// Whether readers could still comment.
    pub comments_open: bool,
    /// The post before it in time, of its type.
    pub previous: Option<PostId>,
    /// The post after it in time, of its type.
    pub next: Option<PostId>,
    /// The JSON array of its footnotes. Mostly empty.
    pub footnotes: &'s str,
}

/// A public term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermFacts<'s> {
    /// Unique across taxonomies.
    pub id: TermId,
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: &'s str,
    /// Plain text.
    pub name: &'s str,
    /// Decoded.
    pub slug: &'s str,
    /// HTML.
    pub description: &'s str,
    /// The term above it.
    pub parent: Option<TermId>,
    /// How many public posts have it.
    pub count: usize,
    /// How many public posts have it or a term below it.
    pub count_below: usize,
}

/// Somebody who published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AuthorFacts<'s> {
    /// Unique.
    pub id: AuthorId,
    /// Plain text.
    pub name: &'s str,
    /// HTML.
    pub description: &'s str,
}

/// A comment that readers see.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CommentFacts<'s> {
    /// Unique.
    pub id: CommentId,
    /// The post it stands under.
    pub post: PostId,
    /// HTML, or plain text: WordPress keeps what names it got from other sites as they were.
    pub author: &'s str,
    /// The site of who wrote it. May be empty.
    pub author_url: &'s str,
    /// Who of the site wrote it.
    pub user: Option<AuthorId>,
    /// In the site's time zone.
    pub date: Option<DateTime<FixedOffset>>,
    /// HTML that a stranger wrote.
    pub content: &'s CommentText,
    /// Whether another site wrote it by linking here.
    pub is_ping: bool,
}

/// A comment in its place among others.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadFacts<'s> {
    /// The comment.
    pub comment: CommentFacts<'s>,
    /// What answers it, oldest first.
    pub answers: Vec<ThreadFacts<'s>>,
}

/// A block, for a template of the theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockFacts<'s> {
    /// With its namespace, such as `acme/map`.
    pub name: &'s str,
    /// As its comment has them.
    pub attributes: &'s Map<String, Value>,
    /// What the blocks within it show.
    pub inner_html: &'s str,
    /// The HTML it was saved with, around what the blocks within it show; of a block that is made on
    /// the server, what it shows.
    pub saved_html: &'s str,
    /// The post it is about.
    pub post: PostId,
}
