//! Records as one answer tells them: the same record may stand in several answers, each with
//! fields the others lack.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::diagnostics::Diagnostic;
use crate::model::{
    AuthorId, Body, BodyPlace, CommentId, CommentKind, CommentText, ExcerptKind, FileId, ImageSize,
    Language, MenuItem, PostId, PostType, ShownFile, SiteRecord, Status, Taxonomy, TermId,
    ThemePiece,
};

/// How much a copy of a record is to be believed: the greater wins where two differ.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Rank {
    /// How much of the record was asked for.
    pub(super) context: Context,
    /// When the record was last changed, in UTC.
    pub(super) modified: Option<NaiveDateTime>,
}

/// How much of a record was asked for.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Context {
    /// Guessed from another record.
    Guessed,
    /// Embedded in another record, or cut down with `_fields`.
    Reduced,
    /// As it stands in the database, before WordPress made HTML of it.
    Stored,
    /// What every reader may see.
    #[default]
    View,
    /// What only an editor may see.
    Edit,
}

/// Who was given a copy of a post.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Access {
    /// Anybody, as far as it tells.
    #[default]
    Anyone,
    /// Somebody who was logged in.
    Editor,
    /// Somebody at the database.
    Database,
}

/// What the files of an export say, not yet put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Copies {
    pub(super) posts: Vec<PostCopy>,
    pub(super) attachments: Vec<AttachmentCopy>,
    pub(super) terms: Vec<TermCopy>,
    pub(super) authors: Vec<AuthorCopy>,
    pub(super) comments: Vec<CommentCopy>,
    pub(super) post_types: Vec<PostType>,
    pub(super) taxonomies: Vec<Taxonomy>,
    pub(super) menus: Vec<MenuCopy>,
    pub(super) menu_items: Vec<MenuItemCopy>,
    /// The name of a place of the theme, and the id of the menu shown there.
    pub(super) menu_locations: Vec<(String, u64)>,
    pub(super) theme_pieces: Vec<ThemePiece>,
    pub(super) sites: Vec<SiteRecord>,
    pub(super) languages: Vec<Language>,
    /// What posts let guess of their terms: taxonomy and slug.
    pub(super) term_hints: HashMap<TermId, (Arc<str>, Box<str>)>,
    /// Terms that do not say of which taxonomy they are.
    pub(super) untold_terms: Vec<(FileId, TermId)>,
    /// Taxonomies that are told as they stand in the database, whoever could see them.
    pub(super) stored_taxonomies: BTreeSet<Arc<str>>,
    /// Taxonomies that types are said to have. That says nothing of who could see their terms.
    pub(super) taxonomies_of_types: BTreeSet<Arc<str>>,
    /// Terms and authors that are told by name.
    pub(super) named: Vec<Named>,
    /// Markdown files without front matter, which are not read.
    pub(super) without_front_matter: Vec<FileId>,
    /// Records that do not say what they are.
    pub(super) unknown: Vec<UnknownCopy>,
    /// What plugins added to posts.
    pub(super) fields: Fields,
    /// What stood beside the pages.
    pub(super) widgets: Widgets,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Records understood, including those passed over on purpose.
    pub(super) understood: usize,
}

/// A post as one answer tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct PostCopy {
    pub(super) id: PostId,
    pub(super) rank: Rank,
    pub(super) post_type: Option<Arc<str>>,
    pub(super) status: Option<Status>,
    /// What the export calls a status that is none known here.
    pub(super) status_name: Option<Box<str>>,
    pub(super) is_protected: bool,
    /// Whether only members could read it. Then the text of a copy that they may have got is not kept.
    pub(super) is_for_members: bool,
    /// Whether it says if a password is needed.
    pub(super) tells_protection: bool,
    pub(super) access: Access,
    /// Whether it is a public answer: WordPress showed the text to anybody.
    pub(super) is_answer: bool,
    pub(super) slug: Option<Box<str>>,
    pub(super) link: Option<Box<str>>,
    pub(super) guid: Option<Box<str>>,
    pub(super) title: Option<Box<str>>,
    pub(super) date: Option<NaiveDateTime>,
    pub(super) date_gmt: Option<NaiveDateTime>,
    pub(super) modified: Option<NaiveDateTime>,
    pub(super) modified_gmt: Option<NaiveDateTime>,
    pub(super) excerpt: Option<(Box<str>, ExcerptKind)>,
    pub(super) excerpt_html: Option<Box<str>>,
    pub(super) meta_description: Option<Box<str>>,
    pub(super) author: Option<AuthorId>,
    /// Zero says that there is none.
    pub(super) featured_media: Option<PostId>,
    /// Which attachment that was, and how the text shows it, if it does.
    pub(super) featured_file: Option<(PostId, ShownFile)>,
    /// Zero says that there is none.
    pub(super) parent: Option<PostId>,
    pub(super) menu_order: Option<i64>,
    pub(super) is_sticky: Option<bool>,
    pub(super) format: Option<Arc<str>>,
    pub(super) terms: Vec<PostTerms>,
    pub(super) language: Option<Arc<str>>,
    pub(super) translations: Option<Box<[PostId]>>,
    pub(super) comments_open: Option<bool>,
    pub(super) footnotes: Option<Box<str>>,
    pub(super) old_slugs: Option<Box<[Box<str>]>>,
    pub(super) body: Option<BodyPlace>,
    /// Kept only of block menus and reusable blocks.
    pub(super) text: Option<Body>,
    pub(super) file: FileId,
}

/// A post's terms of one taxonomy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct PostTerms {
    /// The key under which the post names them.
    pub(super) key: Box<str>,
    /// The taxonomy, as far as the post itself tells.
    pub(super) taxonomy: Option<Arc<str>>,
    pub(super) ids: Vec<TermId>,
}

/// An attachment as one answer tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct AttachmentCopy {
    pub(super) id: PostId,
    pub(super) rank: Rank,
    pub(super) slug: Option<Box<str>>,
    pub(super) link: Option<Box<str>>,
    pub(super) source_url: Option<Box<str>>,
    pub(super) title: Option<Box<str>>,
    pub(super) alt: Option<Box<str>>,
    pub(super) caption: Option<Box<str>>,
    pub(super) has_description: Option<bool>,
    pub(super) mime_type: Option<Arc<str>>,
    pub(super) dimensions: Option<(u32, u32)>,
    pub(super) sizes: Option<Box<[ImageSize]>>,
    /// Zero says that there is none.
    pub(super) parent: Option<PostId>,
    pub(super) status: Option<Status>,
    pub(super) file: FileId,
}

/// A term as one answer tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct TermCopy {
    pub(super) id: TermId,
    pub(super) rank: Rank,
    pub(super) taxonomy: Option<Arc<str>>,
    pub(super) name: Option<Box<str>>,
    pub(super) slug: Option<Box<str>>,
    pub(super) description: Option<Box<str>>,
    pub(super) link: Option<Box<str>>,
    /// Zero says that there is none.
    pub(super) parent: Option<TermId>,
    pub(super) count: Option<u32>,
    pub(super) language: Option<Arc<str>>,
    pub(super) translations: Option<Box<[TermId]>>,
}

/// A user as one answer tells them.
#[derive(Clone, Debug, Default)]
pub(super) struct AuthorCopy {
    pub(super) id: AuthorId,
    pub(super) rank: Rank,
    /// Whether an answer that anyone can get names the author.
    pub(super) is_public: bool,
    pub(super) name: Option<Box<str>>,
    pub(super) slug: Option<Box<str>>,
    pub(super) description: Option<Box<str>>,
    pub(super) url: Option<Box<str>>,
    pub(super) link: Option<Box<str>>,
}

/// A comment as one answer tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct CommentCopy {
    pub(super) id: CommentId,
    pub(super) rank: Rank,
    pub(super) post: Option<PostId>,
    /// Zero says that there is none.
    pub(super) parent: Option<CommentId>,
    pub(super) is_approved: Option<bool>,
    /// Whether it is a public answer, which holds approved ones only.
    pub(super) is_answer: bool,
    pub(super) kind: Option<CommentKind>,
    /// What the export calls a type of comments that are not for readers.
    pub(super) type_name: Option<Box<str>>,
    pub(super) author_name: Option<Box<str>>,
    pub(super) author_url: Option<Box<str>>,
    pub(super) user: Option<AuthorId>,
    pub(super) date: Option<NaiveDateTime>,
    pub(super) date_gmt: Option<NaiveDateTime>,
    pub(super) content: Option<CommentText>,
    pub(super) file: FileId,
}

/// A classic menu as one answer tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct MenuCopy {
    pub(super) id: u64,
    pub(super) name: Option<String>,
    pub(super) slug: Option<String>,
    pub(super) locations: Option<Vec<String>>,
}

/// An entry of a classic menu.
#[derive(Clone, Debug)]
pub(super) struct MenuItemCopy {
    /// The menus it stands in: mostly one.
    pub(super) menus: Vec<u64>,
    pub(super) order: i64,
    pub(super) item: MenuItem,
}

/// A relation of a post that is told by name.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) post: PostId,
    pub(super) relation: Relation,
}

/// How a term is told.
#[derive(Clone, Debug)]
pub(super) enum Name {
    /// As people write it: plain text, or a slug.
    Written(String),
    /// By its slug, decoded, with the name that readers see in HTML.
    Slug { slug: Box<str>, html: Box<str> },
}

/// What is told by name.
#[derive(Clone, Debug)]
pub(super) enum Relation {
    /// A term of this taxonomy, which posts list under this key.
    Term { taxonomy: Arc<str>, key: Box<str>, name: Name },
    /// Whoever is called so: plain text, or a slug.
    Author(String),
}

/// A record that does not say what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct UnknownCopy {
    /// Read as if it were a post.
    pub(super) post: PostCopy,
    /// Terms and users have names; posts have titles.
    pub(super) name: Option<Box<str>>,
    pub(super) description: Option<Box<str>>,
    /// Whether it has fields that no user has.
    pub(super) is_like_term: bool,
    /// The first of its keys.
    pub(super) keys: Vec<Box<str>>,
}

/// The posts that have each field.
pub(super) type Fields = BTreeMap<Box<str>, BTreeSet<PostId>>;

/// How the text of each widget begins, by its id.
pub(super) type Widgets = BTreeMap<Box<str>, Box<str>>;

impl Copies {
    /// Takes in what `other`, which was read later, says.
    pub(super) fn append(&mut self, other: Self) {
        self.posts.extend(other.posts);
        self.attachments.extend(other.attachments);
        self.terms.extend(other.terms);
        self.authors.extend(other.authors);
        self.comments.extend(other.comments);
        self.post_types.extend(other.post_types);
        self.taxonomies.extend(other.taxonomies);
        self.menus.extend(other.menus);
        self.menu_items.extend(other.menu_items);
        self.menu_locations.extend(other.menu_locations);
        self.theme_pieces.extend(other.theme_pieces);
        self.sites.extend(other.sites);
        self.languages.extend(other.languages);
        for (id, hint) in other.term_hints {
            self.term_hints.entry(id).or_insert(hint);
        }
        self.untold_terms.extend(other.untold_terms);
        self.stored_taxonomies.extend(other.stored_taxonomies);
        self.taxonomies_of_types.extend(other.taxonomies_of_types);
        self.named.extend(other.named);
        self.without_front_matter.extend(other.without_front_matter);
        self.unknown.extend(other.unknown);
        for (name, posts) in other.fields {
            self.fields.entry(name).or_default().extend(posts);
        }
        self.widgets.extend(other.widgets);
        self.diagnostics.extend(other.diagnostics);
        self.understood += other.understood;
    }
}
