//! What a body may ask of the site around it: plain data, filled by whoever knows the site.
//!
//! Any text asks where links lead, and for files: what is answered to that stands here. [`facts`] are
//! mostly for blocks that are made from the site, such as lists of its posts.

pub mod facts;

use chrono::{DateTime, FixedOffset};

use crate::content::surroundings::facts::{
    AuthorFacts, BlockFacts, CommentFacts, PostFacts, SiteFacts, TermFacts, ThreadFacts,
};
use crate::model::{Attachment, AuthorId, Body, PieceKind, PostId, Script, TermId, ThemePiece};

/// What a body may ask of the site around it. All texts are HTML unless told otherwise, all
/// addresses as they were on the old site. What is not answered is not known: whoever knows only a
/// part of a site answers for that. The site itself answers all, and clippy refuses one that does not.
pub trait Surroundings: Sync {
    /// Returns where a link found in a body leads now. `address` is as written, with entities
    /// decoded.
    fn link(&self, _address: &str) -> Target {
        Target::Elsewhere
    }

    /// Returns why readers do not see the post that stood at `address`, if there was one.
    fn withheld(&self, _address: &str) -> Option<Withheld> {
        None
    }

    /// Returns whether there is any post that readers do not see.
    fn withholds_posts(&self) -> bool {
        false
    }

    /// Returns where a picture, video or other file found in a body is now.
    fn file(&self, _address: &str) -> Target {
        Target::Elsewhere
    }

    /// Returns what is known of the picture at `address`, which may be one of its smaller sizes,
    /// or of the attachment `id` (from a class `wp-image-ID`).
    fn image(&self, _address: &str, _id: Option<PostId>) -> Option<ImageFacts> {
        None
    }

    /// Returns the sizes that the picture at `address` is here in, with its own: where each is, and how
    /// wide. None if it is not in the media library.
    fn sizes(&self, _address: &str) -> Vec<(String, u32)> {
        Vec::new()
    }

    /// Returns where the file of the attachment `id` is that a picture's class names, if it is here
    /// and was the file at `address`, or the user says that it stands for that picture.
    fn stand_in(&self, _address: &str, _id: PostId) -> Option<String> {
        None
    }

    /// Returns the language tag for text in `script`, on this site.
    fn language_of(&self, _script: Script) -> Option<&str> {
        None
    }

    /// Returns the tag of the site's own language, whose quotes all texts have.
    fn locale(&self) -> &str {
        "en"
    }

    /// Returns a file of the media library, if it was not private itself: who names it in a public text
    /// shows it, whatever it was uploaded to.
    fn attachment(&self, _id: PostId) -> Option<AttachmentFacts> {
        None
    }

    /// Returns the files that were uploaded to a post, by ascending id: none if that is not public.
    fn attachments_of(&self, _post: PostId) -> Vec<AttachmentFacts> {
        Vec::new()
    }

    /// Returns what is known of the site itself.
    fn site(&self) -> SiteFacts<'_> {
        SiteFacts::default()
    }

    /// Returns the public posts of a type, newest first.
    fn posts(&self, _post_type: &str) -> Vec<PostId> {
        Vec::new()
    }

    /// Returns a post, if it is public.
    fn post(&self, _id: PostId) -> Option<PostFacts<'_>> {
        None
    }

    /// Returns the text of a post, if it is public.
    fn body(&self, _id: PostId) -> Option<Body> {
        None
    }

    /// Returns the public terms of a taxonomy, by ascending id.
    fn terms(&self, _taxonomy: &str) -> Vec<TermId> {
        Vec::new()
    }

    /// Returns a term, if it is public.
    fn term(&self, _id: TermId) -> Option<TermFacts<'_>> {
        None
    }

    /// Returns the plural name of a taxonomy, if it is public: HTML.
    fn taxonomy_label(&self, _taxonomy: &str) -> Option<&str> {
        None
    }

    /// Returns an author, if readers can see what they published.
    fn author(&self, _id: AuthorId) -> Option<AuthorFacts<'_>> {
        None
    }

    /// Returns the comments that readers see under a post.
    fn comments_of(&self, _post: PostId) -> Vec<ThreadFacts<'_>> {
        Vec::new()
    }

    /// Returns the newest comments that readers see, newest first.
    fn newest_comments(&self, _count: usize) -> Vec<CommentFacts<'_>> {
        Vec::new()
    }

    /// Returns a reusable block.
    fn reusable_block(&self, _id: PostId) -> Option<&Body> {
        None
    }

    /// Returns whether there is such a reusable block or block menu, but not for everybody.
    fn is_block_hidden(&self, _id: PostId) -> bool {
        false
    }

    /// Returns the patterns, template parts or icons of a name: of a template part there may be one in
    /// each theme.
    fn theme_pieces(&self, _kind: PieceKind, _name: &str) -> &[ThemePiece] {
        &[]
    }

    /// Returns a block menu with its name, or the one WordPress takes if none is named.
    fn navigation(&self, _id: Option<PostId>) -> Option<(&str, &Body)> {
        None
    }

    /// Returns which page is shown of a query loop, which has a name like `query-5` in addresses.
    fn loop_page(&self, _name: &str) -> usize {
        1
    }

    /// Returns how many pages of the loops in a post's text are made, if they have that many: those
    /// of `query-5` are linked as `/?p=POST&query-5-page=2`.
    fn most_loop_pages(&self, _post: PostId) -> usize {
        1
    }

    /// Writes a moment by a pattern of `strftime`, in the site's language.
    fn date(&self, moment: &DateTime<FixedOffset>, pattern: DatePattern<'_>) -> String {
        match pattern {
            DatePattern::Site => moment.format("%Y-%m-%d").to_string(),
            DatePattern::Written(pattern) => moment.format(pattern).to_string(),
        }
    }

    /// Returns whether the theme has a template for blocks of a name, such as `acme/map`.
    fn has_template(&self, _block: &str) -> bool {
        false
    }

    /// Returns what the theme's template makes of a block: HTML that is not clean yet. `None` if it
    /// fails, which whoever fills it tells.
    fn fill(&self, _block: &BlockFacts<'_>) -> Option<String> {
        None
    }

    /// Returns a word or phrase of blocks in the site's language, if there is one.
    fn word(&self, _key: &str) -> Option<&str> {
        None
    }
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DatePattern<'p> {
    /// As the site's theme writes dates.
    Site,
    /// By a pattern of `strftime`.
    Written(&'p str),
}

/// Knows of nothing: for what does not depend on the site.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Surroundings for Nowhere {}

/// Where an old address leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// On this site: the address to print, with its fragment, not yet HTML-escaped.
    Here(String),
    /// On this site as well, but a smaller picture stands there.
    Smaller(String),
    /// On another site, or no web address at all: it stays as it is.
    Elsewhere,
    /// It was on this site, but the export does not have it: its full old address stands, and is
    /// told.
    Lost(String),
}

/// Why a post that the export has is on no page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Withheld {
    /// Only its author and editors could see it.
    Hidden,
    /// It asks for a password.
    Protected,
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

impl From<&Attachment> for AttachmentFacts {
    fn from(attachment: &Attachment) -> Self {
        let folder = attachment.source_url.rsplit_once('/').map_or("", |(folder, _)| folder);
        let sizes = attachment.sizes.iter().map(|size| SizeFacts {
            name: size.name.to_string(),
            url: format!("{folder}/{}", size.file_name),
            width: size.width,
            height: size.height,
        });
        Self {
            id: attachment.id,
            url: attachment.source_url.to_string(),
            // The page of a file that only the settings name is not known.
            link: match &*attachment.link {
                "" => attachment.source_url.to_string(),
                link => link.to_owned(),
            },
            title: attachment.title.to_string(),
            alt: attachment.alt.to_string(),
            caption: attachment.caption.to_string(),
            mime_type: attachment.mime_type.to_string(),
            width: attachment.width,
            height: attachment.height,
            sizes: sizes.collect(),
        }
    }
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
