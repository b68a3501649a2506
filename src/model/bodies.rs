//! The texts of posts: where they stand, what they are written in, and what the graph has to know of them.

use crate::model::FileId;

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
