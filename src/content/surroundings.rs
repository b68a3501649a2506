//! What a body may ask of the site around it: plain data, filled by whoever knows the site.
//!
//! Where links lead and what is known of files belongs to every page.

use chrono::{DateTime, FixedOffset};

use crate::model::{AuthorId, Body, PostId, Script, TermId};

/// What a body may ask of the site around it. All texts are HTML unless told otherwise, all
/// addresses as they were on the old site.
pub trait Surroundings: Sync {
    /// Returns where a link found in a body leads now. `address` is as written, with entities
    /// decoded.
    fn link(&self, address: &str) -> Target;

    /// Returns where a picture, video or other file found in a body is now.
    fn file(&self, address: &str) -> Target;

    /// Returns what is known of the picture at `address`, which may be one of its smaller sizes,
    /// or of the attachment `id` (from a class `wp-image-ID`).
    fn image(&self, address: &str, id: Option<PostId>) -> Option<ImageFacts>;

    /// Returns the language tag for text in `script`, on this site.
    fn language_of(&self, script: Script) -> Option<&str>;

    /// Returns the tag of the site's own language, whose quotes all texts have.
    fn locale(&self) -> &str {
        "en"
    }

    /// Returns a file of the media library.
    fn attachment(&self, id: PostId) -> Option<AttachmentFacts> {
        let _ = id;
        None
    }

    /// Returns the files that were uploaded to a post, by ascending id.
    fn attachments_of(&self, post: PostId) -> Vec<AttachmentFacts> {
        let _ = post;
        Vec::new()
    }

    /// Returns what belongs to no single post.
    fn site(&self) -> SiteFacts {
        SiteFacts::default()
    }

    /// Returns a public post, page or post of a custom type.
    fn post(&self, id: PostId) -> Option<PostFacts> {
        let _ = id;
        None
    }

    /// Returns the ids of all public posts of a type: posts newest first, pages in the order of
    /// their menu.
    fn posts(&self, post_type: &str) -> Vec<PostId> {
        let _ = post_type;
        Vec::new()
    }

    /// Returns the text of a public post.
    fn text(&self, id: PostId) -> Option<Body> {
        let _ = id;
        None
    }

    /// Returns the public terms of a taxonomy, by name.
    fn terms(&self, taxonomy: &str) -> Vec<TermFacts> {
        let _ = taxonomy;
        Vec::new()
    }

    /// Returns who wrote something.
    fn author(&self, id: AuthorId) -> Option<AuthorFacts> {
        let _ = id;
        None
    }

    /// Returns the lists of posts by date, newest first.
    fn archives(&self, period: Period) -> Vec<ArchiveFacts> {
        let _ = period;
        Vec::new()
    }

    /// Returns the approved comments of a post, oldest first, or those of all public posts, newest
    /// first.
    fn comments(&self, post: Option<PostId>) -> Vec<CommentFacts> {
        let _ = post;
        Vec::new()
    }

    /// Returns a reusable block.
    fn reusable_block(&self, id: PostId) -> Option<Body> {
        let _ = id;
        None
    }

    /// Returns a block menu: the newest if none is asked for.
    fn navigation(&self, id: Option<PostId>) -> Option<Body> {
        let _ = id;
        None
    }

    /// Returns a date in the site's language, written as PHP's `date` would by `format`, or as the
    /// site writes dates. Plain text.
    fn date(&self, date: &DateTime<FixedOffset>, format: DateFormat<'_>) -> String {
        let _ = format;
        date.format("%Y-%m-%d").to_string()
    }
}

/// Knows of nothing: for what does not depend on the site.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Surroundings for Nowhere {
    fn link(&self, _: &str) -> Target {
        Target::Elsewhere
    }

    fn file(&self, _: &str) -> Target {
        Target::Elsewhere
    }

    fn image(&self, _: &str, _: Option<PostId>) -> Option<ImageFacts> {
        None
    }

    fn language_of(&self, _: Script) -> Option<&str> {
        None
    }
}

/// Where an old address leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// On this site: the address to print, with its fragment, not yet HTML-escaped.
    Here(String),
    /// On another site, or no web address at all: it stays as it is.
    Elsewhere,
    /// It was on this site, but the export does not have it: its full old address stands, and is
    /// told.
    Lost(String),
}

/// What is known of a picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ImageFacts {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A file of the media library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachmentFacts {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// Of the file.
    pub url: String,
    /// Of its own page.
    pub link: String,
    /// HTML.
    pub title: String,
    /// Plain text.
    pub alt: String,
    /// HTML.
    pub caption: String,
    /// Such as `image/jpeg`.
    pub mime_type: String,
    /// In pixels; 0 if not known.
    pub width: u32,
    /// In pixels; 0 if not known.
    pub height: u32,
    /// The smaller pictures WordPress made of it.
    pub sizes: Vec<SizeFacts>,
}

/// A smaller picture made of another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SizeFacts {
    /// `thumbnail`, `medium`, `large` and so on.
    pub name: String,
    /// The address of the file.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What belongs to no single post.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteFacts {
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub tagline: String,
    /// The address of the home page, without a final slash.
    pub home: String,
    /// The attachment used as logo.
    pub logo: Option<PostId>,
    /// The day weeks begin with, 0 for Sunday.
    pub week_start: u8,
    /// The posts that lead the home page.
    pub sticky: Vec<PostId>,
    /// Posts on a page of an archive.
    pub posts_per_page: usize,
}

/// A public post, page or post of a custom type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PostFacts {
    /// Unique within one export.
    pub id: PostId,
    /// `post`, `page`, or a custom type's name.
    pub post_type: String,
    /// The address of its page.
    pub link: String,
    /// HTML. May be empty.
    pub title: String,
    /// Plain text, cut from the text if none was written. May be empty.
    pub excerpt: String,
    /// Whether somebody wrote the excerpt.
    pub has_own_excerpt: bool,
    /// When it was published, in the site's time zone.
    pub date: Option<DateTime<FixedOffset>>,
    /// When it was last changed, in the site's time zone.
    pub modified: Option<DateTime<FixedOffset>>,
    /// Who wrote it.
    pub author: AuthorId,
    /// Its public terms.
    pub terms: Vec<TermFacts>,
    /// The attachment shown with it.
    pub featured_media: Option<PostId>,
    /// Whether it leads the home page.
    pub is_sticky: bool,
    /// WordPress's classes of a post.
    pub class: String,
    /// How many approved comments it has.
    pub comment_count: usize,
    /// Whether readers could still comment.
    pub comments_open: bool,
    /// The page above it.
    pub parent: Option<PostId>,
    /// Where pages stand among their siblings.
    pub menu_order: i64,
    /// The post before it in time.
    pub previous: Option<PostId>,
    /// The post after it in time.
    pub next: Option<PostId>,
    /// The JSON array of its footnotes. Mostly empty.
    pub footnotes: String,
}

/// A public term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermFacts {
    /// Unique across taxonomies.
    pub id: TermId,
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: String,
    /// Plain text.
    pub name: String,
    /// Decoded.
    pub slug: String,
    /// HTML.
    pub description: String,
    /// The address of its archive.
    pub link: String,
    /// The term above it.
    pub parent: Option<TermId>,
    /// How many public posts name it.
    pub count: usize,
}

/// Someone who wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorFacts {
    /// Unique within one export.
    pub id: AuthorId,
    /// Plain text.
    pub name: String,
    /// HTML.
    pub description: String,
    /// The address of the archive.
    pub link: String,
}

/// A stretch of time that has an archive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Period {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A list of posts by date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArchiveFacts {
    /// Plain text.
    pub title: String,
    /// Its address.
    pub link: String,
    /// How many posts it has.
    pub count: usize,
    /// Its year, month and day, as far as it has them.
    pub date: (i32, u32, u32),
}

/// An approved comment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommentFacts {
    /// Its number.
    pub id: u64,
    /// The post it stands under.
    pub post: PostId,
    /// Plain text.
    pub author: String,
    /// The author's own site. May be empty.
    pub author_url: String,
    /// In the site's time zone.
    pub date: Option<DateTime<FixedOffset>>,
    /// HTML, safe to print.
    pub content: String,
    /// The comment it answers.
    pub parent: Option<u64>,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DateFormat<'a> {
    /// As the site writes dates.
    Site,
    /// As the site writes dates, with the time.
    WithTime,
    /// As PHP's `date` reads it, such as `F j, Y`.
    Php(&'a str),
}
