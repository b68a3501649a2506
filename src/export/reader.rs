//! What the readers of every kind of record share: where they read, and what they found.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde_json::value::RawValue;

use crate::content::{self, Excerpt, Parted};
use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Copies, TermCopy};
use crate::export::dates::{self, Moment};
use crate::export::json::{self, Record, Unreadable};
use crate::export::{text, wxr};
use crate::model::{Body, BodyEncoding, BodyFormat, BodyPlace, FileId, PostId};

/// Reads records of one file.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    /// The file as the user knows it.
    pub(super) name: &'a Arc<str>,
    /// What records were found so far.
    pub(super) copies: Copies,
    /// All of the file that is parsed, and where it starts in the file.
    text: &'a str,
    start: u64,
    names: HashMap<Box<str>, Arc<str>>,
}

/// Text of a file, and how to find it again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Located<'a> {
    pub(super) file: FileId,
    /// The file as the user knows it.
    pub(super) name: &'a Arc<str>,
    pub(super) text: &'a str,
    /// Where `text` starts in the file, in bytes.
    pub(super) start: u64,
}

impl<'a> Reader<'a> {
    /// Returns a reader that has not read anything.
    pub(super) fn new(located: Located<'a>) -> Self {
        let Located { file, name, text, start } = located;
        Self { file, name, copies: Copies::default(), text, start, names: HashMap::new() }
    }

    /// Takes a term into the export.
    pub(super) fn push_term(&mut self, term: TermCopy) {
        if term.taxonomy.is_none() {
            self.copies.untold_terms.push((self.file, term.id));
        }
        self.copies.terms.push(term);
    }

    /// Returns `name`, shared with every other record that has it.
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(shared) = self.names.get(name) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = name.into();
        self.names.insert(name.into(), Arc::clone(&shared));
        shared
    }

    /// Returns where `written`, a part of the file, stands.
    pub(super) fn place(&self, written: Written<'_>, body: &Body, about: About<'_>) -> BodyPlace {
        let Written { source, encoding } = written;
        let offset = source.as_ptr().addr() - self.text.as_ptr().addr();
        BodyPlace {
            file: self.file,
            start: self.start + offset as u64,
            length: source.len() as u64,
            encoding,
            format: body.format,
            digest: content::digest(body, about.title, about.excerpt),
        }
    }

    /// Returns the location of a record. `title` is HTML.
    pub(super) fn location(&self, id: PostId, title: &str) -> Location {
        Location::record(self.name, id, &text::plain(title))
    }

    /// Tells of a record that is left out.
    pub(super) fn tell_unreadable(&mut self, record: &Record<'_>, trouble: &Unreadable) {
        let id =
            ["id", "ID", "term_id", "comment_ID"].iter().find_map(|key| record.id(key).ok()?);
        let title = ["title", "post_title"].iter().find_map(|key| record.rendered(key).ok()?);
        let is_post = record.has("title") || record.has("post_title");
        let (location, what) = match id {
            Some(id) if is_post => {
                let title = title.unwrap_or_default();
                (self.location(PostId(id), &title), "a record".to_owned())
            }
            Some(id) => (Location::file(self.name), format!("record {id}")),
            None => (Location::file(self.name), "a record".to_owned()),
        };
        let Unreadable { path, expected } = trouble;
        let message = format!("left out {what}: its `{path}` is not {expected}");
        let help = "export it again, or correct the field in the file";
        let told = Diagnostic::error("unreadable-record", message, location).with_help(help);
        self.copies.diagnostics.push(told);
    }
}

/// What a digest has to know of a post besides its body.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// HTML.
    pub(super) title: &'a str,
    pub(super) excerpt: Excerpt,
}

/// A text as it stands in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    pub(super) source: &'a str,
    pub(super) encoding: BodyEncoding,
}

/// A body before it is cut: with what of its text not every reader saw.
#[derive(Debug, Default)]
pub(super) struct WholeBody<'a> {
    pub(super) text: Cow<'a, str>,
    /// As [`Body::embeds`].
    pub(super) embeds: Box<[Box<str>]>,
}

impl<'a> Written<'a> {
    /// Returns the text, and what is kept of its embeds; `None` if nothing is written so.
    pub(super) fn whole_body(self) -> Option<WholeBody<'a>> {
        let text = match self.encoding {
            BodyEncoding::JsonString if !self.source.starts_with('"') => return None,
            BodyEncoding::JsonString => json::string(self.source),
            BodyEncoding::Text => Cow::Borrowed(self.source),
            BodyEncoding::Xml => wxr::text(self.source),
            BodyEncoding::XmlItem => return Some(wxr::body(self.source)),
        };
        Some(WholeBody { text, embeds: Box::default() })
    }
}

impl<'a> From<&'a RawValue> for Written<'a> {
    fn from(literal: &'a RawValue) -> Self {
        Self { source: literal.get(), encoding: BodyEncoding::JsonString }
    }
}

/// Returns the body in `written`.
pub(super) fn body(written: Written<'_>, is_rendered: IsRendered) -> Body {
    let whole = written.whole_body().unwrap_or_default();
    let format = match is_rendered {
        IsRendered::Yes => BodyFormat::Rendered,
        IsRendered::No => raw_format(&whole.text),
    };
    public_body(whole, format)
}

/// Returns a body without what of its text not every reader saw.
pub(super) fn public_body(whole: WholeBody<'_>, format: BodyFormat) -> Body {
    let WholeBody { text, embeds } = whole;
    let parted = part(&text, format);
    Body { format, text: parted.map_or_else(|| text.into_owned(), |it| it.public), embeds }
}

/// Takes a text apart as [`content::part`] does, if it is raw.
pub(super) fn part(text: &str, format: BodyFormat) -> Option<Parted> {
    match format {
        BodyFormat::Blocks | BodyFormat::Classic => content::part(text),
        BodyFormat::Rendered | BodyFormat::Markdown => None,
    }
}

/// Whether WordPress has already made HTML of a body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum IsRendered {
    Yes,
    No,
}

/// Returns what a body as saved is written in.
fn raw_format(text: &str) -> BodyFormat {
    match memchr::memmem::find(text.as_bytes(), b"<!-- wp:") {
        Some(_) => BodyFormat::Blocks,
        None => BodyFormat::Classic,
    }
}

/// Returns `slug` without percent-encoding. What does not decode to UTF-8 stays as it is.
pub(super) fn decode_slug(slug: &str) -> Box<str> {
    match percent_decode_str(slug).decode_utf8() {
        Ok(decoded) => decoded.into(),
        Err(_) => slug.into(),
    }
}

/// Returns the text of `key`.
pub(super) fn boxed(
    record: &Record<'_>,
    key: &'static str,
) -> Result<Option<Box<str>>, Unreadable> {
    Ok(record.text(key)?.map(Into::into))
}

/// A date field: there, not there, or not a date.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum DateField {
    #[default]
    Absent,
    Date(Moment),
    /// Holds what stands there instead.
    Bad(String),
}

impl DateField {
    /// Reads the date in `text`.
    pub(super) fn of(text: &str) -> Self {
        dates::parse(text).map_or_else(|| Self::Bad(text.to_owned()), Self::Date)
    }

    /// Returns the date, if there is one.
    pub(super) fn moment(&self) -> Option<Moment> {
        match self {
            Self::Date(moment) => Some(*moment),
            _ => None,
        }
    }
}

/// Returns the date of `key`.
pub(super) fn date(record: &Record<'_>, key: &'static str) -> Result<DateField, Unreadable> {
    let Some(text) = record.text(key)? else { return Ok(DateField::Absent) };
    Ok(if text.is_empty() { DateField::Absent } else { DateField::of(&text) })
}
