//! WordPress records, the same whichever export they were read from.
//!
//! A record says what the export says: what the export leaves out is `None` or empty here, and
//! `site` decides what stands in for it. They have no logic. Every stage speaks of all of them, and so
//! knows them by the name of this module alone.

mod blocks;
mod bodies;
mod files;
mod media;
mod menus;
mod people;
mod posts;
mod site;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::model::blocks::{PieceKind, ReusableBlock, ThemePiece};
pub use crate::model::bodies::{Body, BodyEncoding, BodyFormat, BodyPlace, Digest, Script};
pub use crate::model::files::{ExportFile, FileId, MediaFiles, Reading, SiteFile, UploadsFolder};
pub use crate::model::media::{Attachment, ImageSize, ShownFile};
pub use crate::model::menus::{Menu, MenuItem, MenuObject, Navigation};
pub use crate::model::people::{Author, Comment, CommentKind, CommentText};
pub use crate::model::posts::{Audience, Evidence, ExcerptKind, Post, PostType, Status};
pub use crate::model::site::{Language, LanguagePlugin, MOST_LANGUAGES, SiteRecord};
pub use crate::model::terms::{Taxonomy, Term};

/// The `id` WordPress gave a post, page or other post type. Attachments share its numbers.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
pub struct PostId(pub u64);

/// The `id` of a category, tag or term of a custom taxonomy: unique across taxonomies.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TermId(pub u64);

/// The `id` of a user who writes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AuthorId(pub u64);

/// The `id` of a comment.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CommentId(pub u64);

/// Everything an export holds, each record once.
#[derive(Debug, Default)]
pub struct Export {
    /// The files bodies are read from; [`FileId`] counts them.
    pub files: Vec<ExportFile>,
    /// The site's own name and settings.
    pub site: SiteRecord,
    /// Posts, pages and posts of custom types, public or not, by ascending id.
    pub posts: Vec<Post>,
    /// The media library, by ascending id. Empty once [`localize`](crate::media::localize) has taken it.
    pub attachments: Vec<Attachment>,
    /// Featured images as the texts of public posts show them: all that is known of those that the media
    /// library lacks. Empty once [`localize`](crate::media::localize) has taken them.
    pub featured_files: BTreeMap<PostId, ShownFile>,
    /// Categories, tags and terms of custom taxonomies, by ascending id. Holds every term that a
    /// post names, if only by its id.
    pub terms: Vec<Term>,
    /// By ascending id. Holds every author that a post names, if only by its id.
    pub authors: Vec<Author>,
    /// Of every status, by ascending id.
    pub comments: Vec<Comment>,
    /// Custom and built-in post types, as far as the export describes them.
    pub post_types: Vec<PostType>,
    /// The languages that a plugin keeps apart, in its own order, as far as the export lists them.
    pub languages: Vec<Language>,
    /// Custom types of which anybody was shown posts, as far as the export tells.
    pub shown_types: BTreeMap<Arc<str>, Evidence>,
    /// Custom and built-in taxonomies, as far as the export describes them.
    pub taxonomies: Vec<Taxonomy>,
    /// Custom taxonomies of which only the database or the descriptions of types tell: nothing says
    /// that anybody saw their terms.
    pub unsure_taxonomies: BTreeSet<Arc<str>>,
    /// Classic menus.
    pub menus: Vec<Menu>,
    /// Block menus (`wp_navigation`), by ascending id.
    pub navigations: Vec<Navigation>,
    /// Reusable blocks (`wp_block`), by ascending id.
    pub reusable_blocks: Vec<ReusableBlock>,
    /// Reusable blocks and block menus that are not public, by ascending id.
    pub hidden_blocks: Vec<PostId>,
    /// What the export calls the status of posts whose status is none that is known here.
    pub statuses: BTreeMap<PostId, Box<str>>,
    /// Patterns, template parts and icons, by kind and name.
    pub theme_pieces: Vec<ThemePiece>,
    /// The site's files. Empty once [`localize`](crate::media::localize) has taken them.
    pub uploads: MediaFiles,
    /// A hash of the names and bytes of all files that were read.
    pub fingerprint: String,
}
