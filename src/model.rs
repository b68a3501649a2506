//! WordPress records, the same whichever export they were read from.
//!
//! A record says what the export says: what the export leaves out is `None` or empty here, and
//! `site` decides what stands in for it. The file is long because it is one vocabulary: records
//! without logic, to be looked up in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

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
    /// The media library, by ascending id.
    pub attachments: Vec<Attachment>,
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
    /// Custom taxonomies of which only the database tells: nothing says that anybody saw their terms.
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
    /// The site's media.
    pub uploads: MediaFiles,
    /// A hash of the names and bytes of all files that were read.
    pub fingerprint: String,
}

/// Files beside the records that the old site showed or offered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MediaFiles {
    /// Folders that hold the site's media as `wp-content/uploads` did.
    pub folders: Vec<UploadsFolder>,
    /// What lies elsewhere, where the old site may have had it.
    pub others: Vec<SiteFile>,
}

/// A file of the old site that is in no folder of uploads.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SiteFile {
    /// Where the old site had it: below its home page, such as `wp-content/gallery/lake.jpg`.
    pub path: String,
    /// Where it is.
    pub file: PathBuf,
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

/// Counts [`Export::files`].
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
    /// Whether it was to hold records and is nothing of the kind, such as a web page that was saved
    /// for an answer.
    pub is_foreign: bool,
}

/// The site's own name and settings, from the root index and the settings.
#[derive(Clone, Debug, Default)]
pub struct SiteRecord {
    /// HTML, as titles are.
    pub name: Option<String>,
    /// The tagline.
    pub description: Option<String>,
    /// The public address, such as `https://example.org/blog`, without a final slash.
    pub home: Option<String>,
    /// Where WordPress itself was installed, if told.
    pub url: Option<String>,
    /// A locale such as `en_US` or `bo`.
    pub language: Option<String>,
    /// An IANA name such as `Asia/Kolkata`.
    pub timezone: Option<String>,
    /// Hours east of Greenwich, for sites without a time zone's name.
    pub gmt_offset: Option<f64>,
    /// Posts on a page of an archive.
    pub posts_per_page: Option<usize>,
    /// How dates are written, in the letters of PHP's `date`, such as `F j, Y`.
    pub date_format: Option<String>,
    /// Whether a plugin showed posts in another form at `…/amp/`.
    pub has_amp: Option<bool>,
    /// The plugin that keeps languages apart, if the site's index names one.
    pub language_plugin: Option<LanguagePlugin>,
    /// The page shown at `/`, when `show_on_front` is `page`. Number 0 if the user says that there is
    /// none.
    pub page_on_front: Option<PostId>,
    /// The page at whose address the posts are listed, when `show_on_front` is `page`.
    pub page_for_posts: Option<PostId>,
    /// The attachment used as favicon.
    pub site_icon: Option<PostId>,
    /// The attachment used as logo.
    pub site_logo: Option<PostId>,
}

/// A plugin that keeps languages apart, and tells of them to anybody who asks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names are their own")]
pub enum LanguagePlugin {
    Polylang,
    Wpml,
}

/// A language of a site, as a plugin lists it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Language {
    /// What records and addresses call it, such as `en`.
    pub code: Box<str>,
    /// Such as `en_US`, if told.
    pub locale: Option<Box<str>>,
    /// In the language itself. May be empty.
    pub name: Box<str>,
    /// The full address of its home page, as the export holds it. Empty if it does not say.
    pub home: Box<str>,
    /// Whether it is the site's own.
    pub is_default: bool,
    /// The page that stands for its home page.
    pub page_on_front: Option<PostId>,
    /// The page at whose address its posts are listed.
    pub page_for_posts: Option<PostId>,
}

/// A post, a page, or a post of a custom type.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Unique within one export.
    pub id: PostId,
    /// `post`, `page`, or a custom type's name.
    pub post_type: Arc<str>,
    /// Whether WordPress showed it.
    pub status: Status,
    /// Needs a password: never shown, whatever its status.
    pub is_protected: bool,
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
    /// None that is known here: [`Export::statuses`] has its name.
    Unknown,
    /// The export does not say, and holds of the post what readers never saw.
    Untold,
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

/// Where a body stands in a file of the export, and a digest of it, made while it was read.
#[derive(Clone, Debug)]
pub struct BodyPlace {
    /// The file it stands in.
    pub file: FileId,
    /// Of its first byte.
    pub start: u64,
    /// In bytes.
    pub length: u64,
    /// How the bytes are written.
    pub encoding: BodyEncoding,
    /// What it is written in.
    pub format: BodyFormat,
    /// What the graph needs to know of it.
    pub digest: Digest,
}

/// How a body's bytes are written in its file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BodyEncoding {
    /// A JSON string with its quotes.
    JsonString,
    /// The text itself, in UTF-8.
    Text,
    /// A piece of XML: parts in which nothing is markup, or entities.
    Xml,
    /// What stands in an item of WordPress's own export: the text, and what is kept of its embeds.
    XmlItem,
}

/// What a body is written in, which decides how it is normalized.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum BodyFormat {
    /// Raw Gutenberg markup, with its `<!-- wp:… -->` comments.
    Blocks,
    /// Classic-editor text: line breaks stand for paragraphs.
    Classic,
    /// HTML that WordPress has already rendered.
    Rendered,
    /// `CommonMark` with tables, footnotes, strikethrough and task lists.
    Markdown,
}

/// A body, read from its file.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Body {
    /// What the text is written in.
    pub format: BodyFormat,
    /// As the export holds it, not yet normalized.
    pub text: String,
    /// What other sites answered when WordPress asked them how to show what the text embeds: HTML.
    /// Mostly none.
    pub embeds: Box<[Box<str>]>,
}

impl Body {
    /// Returns a body of which nothing is known but its text.
    pub fn new(format: BodyFormat, text: String) -> Self {
        Self { format, text, embeds: Box::default() }
    }
}

/// What the graph needs to know of a body without keeping it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Digest {
    /// Of the whole text: tells whether it is the same as when it was last read.
    pub hash: u64,
    /// Of the whole text, in bytes.
    pub length: u64,
    /// Whether its lists show what looks like a post that is not public.
    pub shows_hidden: bool,
    /// How many pages `<!--nextpage-->` makes of it: 1 or more.
    pub pages: u16,
    /// Words where there are spaces, syllables or characters where there are none.
    pub words: u32,
    /// What its letters are mostly written in.
    pub script: Script,
    /// The beginning as plain text, cut at a word or syllable. Empty if the post has a saved
    /// excerpt.
    pub excerpt: Box<str>,
    /// Whom its first quotation is by, as plain text. Mostly empty.
    pub citation: Box<str>,
    /// Hashes of its most telling words, sorted, for finding related posts.
    pub topics: Box<[u32]>,
    /// Whether it holds blocks that are made from other posts, terms or comments.
    pub asks_site: bool,
    /// Whether it is raw and holds query loops that readers turn the pages of.
    pub turns_pages: bool,
}

/// A writing system, as far as language, direction and cutting of text depend on it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "the names are Unicode's")]
pub enum Script {
    /// No letters, or of no script named here.
    #[default]
    Other,
    Latin,
    Tibetan,
    Arabic,
    Armenian,
    Bengali,
    Cyrillic,
    Devanagari,
    Georgian,
    Greek,
    Han,
    Hangul,
    Hebrew,
    Kana,
    Khmer,
    Lao,
    Myanmar,
    Sinhala,
    Tamil,
    Thai,
}

/// A file of the media library.
#[derive(Clone, Debug, Hash)]
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

/// A category, a tag, or a term of a custom taxonomy.
#[derive(Clone, Debug, Default, Hash)]
pub struct Term {
    /// Unique across taxonomies.
    pub id: TermId,
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: Arc<str>,
    /// HTML-escaped, as WordPress gives it.
    pub name: Option<Box<str>>,
    /// Percent-decoded.
    pub slug: Option<Box<str>>,
    /// HTML. May be empty.
    pub description: Box<str>,
    /// The full old address. Empty if the export does not say.
    pub link: Box<str>,
    /// The term above this one. It may be missing from the export.
    pub parent: Option<TermId>,
    /// How many published posts WordPress counted in it, if told.
    pub count: Option<u32>,
    /// What a plugin calls its language.
    pub language: Option<Arc<str>>,
    /// Its translations: in the export or not. May hold the term itself.
    pub translations: Box<[TermId]>,
}

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

/// A way of sorting posts.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Taxonomy {
    /// Such as `category`, `post_tag`, `genre`.
    pub name: Arc<str>,
    /// The plural the admin shows.
    pub label: Box<str>,
    /// Whether its terms have parents.
    pub is_hierarchical: bool,
    /// The last part of its REST address, and the key under which posts name its terms.
    pub rest_base: Box<str>,
    /// Whether readers could open its terms' archives. `None` if the export does not say.
    pub is_viewable: Option<bool>,
}

/// A classic menu.
#[derive(Clone, Debug, Default, Hash)]
pub struct Menu {
    /// As the admin shows it.
    pub name: String,
    /// For finding it by name.
    pub slug: String,
    /// The theme's places it was assigned to, such as `primary`. `None` if the export does not say.
    pub locations: Option<Vec<String>>,
    /// In the order WordPress shows them.
    pub items: Vec<MenuItem>,
}

/// An entry of a classic menu.
#[derive(Clone, Debug, Hash)]
pub struct MenuItem {
    /// For finding parents.
    pub id: u64,
    /// The entry above this one.
    pub parent: Option<u64>,
    /// HTML. Empty means: the title of what it leads to.
    pub title: String,
    /// Where it led in WordPress.
    pub url: String,
    /// What it leads to, if not just an address.
    pub object: MenuObject,
}

/// What a menu entry leads to.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum MenuObject {
    /// Just its address.
    Address,
    /// A post, page or post of a custom type.
    Post(PostId),
    /// A term.
    Term(TermId),
}

/// A block menu.
#[derive(Clone, Debug, Hash)]
pub struct Navigation {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// HTML.
    pub title: Box<str>,
    /// Its blocks, raw if the export has them, else rendered.
    pub body: Body,
}

/// A reusable block, also called a synced pattern.
#[derive(Clone, Debug, Hash)]
pub struct ReusableBlock {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// HTML.
    pub title: Box<str>,
    /// Its blocks, raw if the export has them, else rendered.
    pub body: Body,
}

/// Something of the theme, a plugin or WordPress itself that blocks show by its name.
#[derive(Clone, Debug, Hash)]
pub struct ThemePiece {
    /// What it is.
    pub kind: PieceKind,
    /// Such as `acme/banner`; of a template part its slug.
    pub name: Box<str>,
    /// Of a template part, the folder of its theme.
    pub theme: Box<str>,
    /// Where on a page a template part stands, such as `footer`. Empty where it says nothing.
    pub area: Box<str>,
    /// Raw blocks; of an icon, its drawing.
    pub body: Body,
}

/// What a [`ThemePiece`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PieceKind {
    /// Blocks that are put into texts by their name.
    Pattern,
    /// A part of pages, such as their footer.
    TemplatePart,
    /// A drawing.
    Icon,
}
