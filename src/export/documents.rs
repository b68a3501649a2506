//! JSON files as records: whatever was saved around them — arrays, envelopes, one document after
//! another — is taken off.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Deserializer;
use serde_json::value::RawValue;

use crate::export::broken::Broken;
use crate::export::json::{Record, is_index};
use crate::export::shapes::{self, Shape};

/// How deep records may stand in arrays and objects. Deeper ones are not WordPress's.
const MAXIMUM_DEPTH: usize = 32;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// A record, and the key it had in the object around it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) record: Record<'a>,
    pub(super) shape: Shape,
    pub(super) key: Option<Cow<'a, str>>,
}

/// Gives every record in `text` to `sink`. Returns where the text is not JSON: what stands before
/// is given, and what stands after is given if every line is a document of its own.
pub(super) fn walk<'a>(text: &'a str, sink: &mut dyn FnMut(Item<'a>)) -> Vec<Broken> {
    let mut walker = Walker { text, position: 0, sink };
    while let Some(start) = walker.next_document() {
        let Err(broken) = walker.value(None, 0) else { continue };
        let end = line_end(text, start);
        let is_line = broken.offset <= end && starts_document(&text[end..]);
        return if is_line { walk_lines(text, end, broken, sink) } else { vec![broken] };
    }
    Vec::new()
}

/// Walks the lines from `position`. If nothing is to be found there, only the first break counts.
fn walk_lines<'a>(
    text: &'a str,
    mut position: usize,
    first: Broken,
    sink: &mut dyn FnMut(Item<'a>),
) -> Vec<Broken> {
    let mut all = vec![first];
    let mut has_found = false;
    while position < text.len() {
        let start = position + 1;
        position = line_end(text, start);
        let line = text.get(start..position).unwrap_or_default();
        let mut walker = Walker { text: line, position: 0, sink };
        while walker.next_document().is_some() {
            match walker.value(None, 0) {
                Ok(()) => has_found = true,
                Err(broken) => {
                    all.push(Broken { offset: start + broken.offset, ..broken });
                    break;
                }
            }
        }
    }
    if !has_found {
        all.truncate(1);
    }
    all
}

/// Returns whether a document starts on the line after this line's end.
fn starts_document(rest: &str) -> bool {
    rest.trim_start_matches(['\r', '\n']).starts_with('{')
}

/// Returns where the line of `position` ends.
fn line_end(text: &str, position: usize) -> usize {
    let rest = text.as_bytes().get(position..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |end| position + end)
}

struct Walker<'a, 's> {
    text: &'a str,
    position: usize,
    sink: &'s mut dyn FnMut(Item<'a>),
}

impl<'a> Walker<'a, '_> {
    /// Goes to the next document, and returns where it starts. Records written one after another
    /// are sometimes joined by commas or marked as in RFC 7464, and files put together keep the
    /// mark each began with.
    fn next_document(&mut self) -> Option<usize> {
        loop {
            self.skip_space();
            match self.peek()? {
                b',' | 0x1e => self.position += 1,
                _ if self.text[self.position..].starts_with(MARK) => {
                    self.position += MARK.len_utf8();
                }
                _ => return Some(self.position),
            }
        }
    }

    /// Walks the value at the position.
    fn value(&mut self, key: Option<Cow<'a, str>>, depth: usize) -> Result<(), Broken> {
        if depth > MAXIMUM_DEPTH {
            return Err(self.broken("nested too deeply"));
        }
        match self.peek() {
            Some(b'[') => self.array(depth),
            Some(b'{') => self.object(key, depth),
            _ => self.next::<IgnoredAny>().map(|_| ()),
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), Broken> {
        self.position += 1;
        self.skip_space();
        if self.peek() == Some(b']') {
            self.position += 1;
            return Ok(());
        }
        loop {
            self.skip_space();
            self.value(None, depth + 1)?;
            self.skip_space();
            match self.peek() {
                Some(b',') => self.position += 1,
                Some(b']') => {
                    self.position += 1;
                    return Ok(());
                }
                _ => return Err(self.broken("expected `,` or `]`")),
            }
        }
    }

    fn object(&mut self, key: Option<Cow<'a, str>>, depth: usize) -> Result<(), Broken> {
        let start = self.position;
        match self.next::<Record<'a>>() {
            Ok(record) => {
                self.open(record, key, depth);
                Ok(())
            }
            Err(broken) => {
                self.position = start;
                self.salvage(depth);
                Err(broken)
            }
        }
    }

    /// Passes a record on, or what an envelope holds.
    fn open(&mut self, record: Record<'a>, key: Option<Cow<'a, str>>, depth: usize) {
        let shape = shapes::tell(&record);
        let inner = match shape {
            Shape::Envelope => vec!["body"],
            Shape::Unknown if depth < MAXIMUM_DEPTH => {
                let nested = record.fields().filter(|(_, value)| holds_records(value));
                nested.map(|(key, _)| key).collect()
            }
            _ => Vec::new(),
        };
        if inner.is_empty() || (shape == Shape::Unknown && has_id(&record)) {
            (self.sink)(Item { record, shape, key });
            return;
        }
        let inner: Vec<(Option<Cow<'a, str>>, &'a RawValue)> = inner
            .into_iter()
            .filter_map(|key| {
                let name = (!is_index(key)).then(|| Cow::Owned(key.to_owned()));
                Some((name, record.get(key)?))
            })
            .collect();
        for (key, value) in inner {
            let mut walker = Walker { text: value.get(), position: 0, sink: self.sink };
            // The value is known to be JSON: it can only be nested too deeply for records.
            let _ = walker.value(key, depth + 1);
        }
    }

    /// Walks what stands complete in an envelope that breaks off. A record that breaks off is of
    /// no use: it is given up at the first key that tells it.
    fn salvage(&mut self, depth: usize) {
        self.position += 1;
        loop {
            self.skip_space();
            let Ok(key) = self.next::<Cow<'a, str>>() else { return };
            self.skip_space();
            if self.peek() != Some(b':') || shapes::is_record_key(&key) {
                return;
            }
            self.position += 1;
            self.skip_space();
            if self.value(Some(Cow::Owned(key.into_owned())), depth + 1).is_err() {
                return;
            }
            self.skip_space();
            if self.peek() != Some(b',') {
                return;
            }
            self.position += 1;
        }
    }

    /// Parses the value at the position, and goes behind it.
    fn next<T: serde::Deserialize<'a>>(&mut self) -> Result<T, Broken> {
        let text = self.text;
        let rest = &text[self.position..];
        let mut values = Deserializer::from_str(rest).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.position += values.byte_offset();
                Ok(value)
            }
            Some(Err(error)) => {
                let offset = self.position + offset_of(rest, error.line(), error.column());
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                Err(Broken { offset, message, is_cut: error.is_eof() })
            }
            None => Err(self.broken("expected a value")),
        }
    }

    fn broken(&self, message: &str) -> Broken {
        let is_cut = self.position >= self.text.len();
        let message = if is_cut { "the file ends" } else { message };
        Broken { offset: self.position, message: message.to_owned(), is_cut }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_space(&mut self) {
        let rest = &self.text.as_bytes()[self.position..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.position += space.count();
    }
}

/// A record with an id is no envelope.
fn has_id(record: &Record<'_>) -> bool {
    record.has("id") || record.has("ID")
}

/// Returns whether `value` may be a record or hold some.
fn holds_records(value: &RawValue) -> bool {
    match value.get().as_bytes() {
        [b'{', rest @ ..] => !rest.trim_ascii_start().starts_with(b"}"),
        [b'[', rest @ ..] => {
            rest.trim_ascii_start().starts_with(b"{") || rest.trim_ascii_start().starts_with(b"[")
        }
        _ => false,
    }
}

/// Returns the offset of a line and a column, both counted from 1 as the parser counts them.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before = match line {
        0 | 1 => 0,
        _ => memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(0, |end| end + 1),
    };
    // The parser counts a line break as the start of the next line.
    (before + column).saturating_sub(1).min(text.len())
}
