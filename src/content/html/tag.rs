//! The inside of a start tag: its attributes, and where it ends.

use memchr::{memchr, memchr3};

/// One attribute of a tag, as written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RawAttribute<'a> {
    /// As written, in any case.
    pub name: &'a str,
    /// With entities. `None` if only the name is written.
    pub value: Option<&'a str>,
    /// What the value is quoted with.
    pub quote: Quote,
}

/// What an attribute's value is quoted with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quote {
    /// Nothing, or there is no value.
    None,
    /// `'`
    Single,
    /// `"`
    Double,
}

/// Reads the attributes of a tag, from [`Tag::attributes`](super::tokens::Tag::attributes).
pub fn attributes(source: &str) -> impl Iterator<Item = RawAttribute<'_>> {
    let mut position = 0;
    std::iter::from_fn(move || {
        let (attribute, end) = attribute(source, position)?;
        position = end;
        Some(attribute)
    })
}

/// Reads the attribute that starts at or after `position`, and returns where it ends.
fn attribute(source: &str, position: usize) -> Option<(RawAttribute<'_>, usize)> {
    let bytes = source.as_bytes();
    let start = skip(bytes, position, |byte| is_space(byte) || byte == b'/');
    if start == bytes.len() {
        return None;
    }
    // A `=` that stands first is part of the name.
    let name_end = skip(bytes, start + 1, |byte| !ends_name(byte) && byte != b'=');
    let name_end = ceil_char_boundary(source, name_end);
    let name = &source[start..name_end];
    let equals = skip(bytes, name_end, is_space);
    if bytes.get(equals) != Some(&b'=') {
        return Some((RawAttribute { name, value: None, quote: Quote::None }, name_end));
    }
    let start = skip(bytes, equals + 1, is_space);
    let quote = match bytes.get(start) {
        Some(b'"') => Quote::Double,
        Some(b'\'') => Quote::Single,
        _ => {
            let end = skip(bytes, start, |byte| !is_space(byte));
            let value = Some(&source[start..end]);
            return Some((RawAttribute { name, value, quote: Quote::None }, end));
        }
    };
    let end = memchr(bytes[start], &bytes[start + 1..]).map_or(bytes.len(), |end| start + 1 + end);
    let value = Some(&source[start + 1..end]);
    Some((RawAttribute { name, value, quote }, (end + 1).min(bytes.len())))
}

/// Finds the `>` of the tag whose name ends at `start`, and returns what follows it and whether it
/// is written `/>`. `None` if the source ends within the tag.
pub fn tag_end(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let first = start + memchr3(b'>', b'"', b'\'', &bytes[start..])?;
    if bytes[first] == b'>' {
        let tag = &bytes[start..first];
        // In `<a href=x/>` the slash belongs to the address.
        if !tag.ends_with(b"/") || memchr(b'=', tag).is_none() {
            return Some((first + 1, tag.ends_with(b"/")));
        }
    }
    let mut position = start;
    loop {
        position = skip(bytes, position, |byte| is_space(byte) || byte == b'/');
        if *bytes.get(position)? == b'>' {
            return Some((position + 1, bytes[position - 1] == b'/'));
        }
        position = skip(bytes, position + 1, |byte| !ends_name(byte) && byte != b'=');
        let equals = skip(bytes, position, is_space);
        if *bytes.get(equals)? != b'=' {
            continue;
        }
        position = skip(bytes, equals + 1, is_space);
        match *bytes.get(position)? {
            quote @ (b'"' | b'\'') => {
                position += 2 + memchr(quote, bytes.get(position + 1..)?)?;
            }
            b'>' => return Some((position + 1, false)),
            _ => {
                position = skip(bytes, position, |byte| !is_space(byte) && byte != b'>');
                if *bytes.get(position)? == b'>' {
                    return Some((position + 1, false));
                }
            }
        }
    }
}

/// Returns the first position at or after `start` whose byte is not `wanted`.
pub fn skip(bytes: &[u8], start: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let start = start.min(bytes.len());
    start + bytes[start..].iter().take_while(|&&byte| wanted(byte)).count()
}

/// A name's first byte is taken unseen: it may be the first of several of one letter.
fn ceil_char_boundary(source: &str, mut position: usize) -> usize {
    while !source.is_char_boundary(position) {
        position += 1;
    }
    position
}

/// Returns whether `byte` ends the name of a tag.
pub fn ends_name(byte: u8) -> bool {
    is_space(byte) || byte == b'/' || byte == b'>'
}

/// Returns whether `byte` is white space to HTML.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
