//! How shortcodes are written: `[name key="value"]`, `[name]…[/name]`, `[name /]`, `[[name]]`.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::{memchr, memmem};

use crate::wordpress;

/// A shortcode of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shortcode<'a> {
    /// As written.
    pub name: &'a str,
    /// What stands between its name and the `]`.
    pub attributes: &'a str,
    /// What stands before its closing tag, if it has one.
    pub content: Option<&'a str>,
    /// Of its first bracket.
    pub start: usize,
    /// After its last bracket.
    pub end: usize,
    /// Whether another bracket stands before it.
    pub is_doubled_before: bool,
    /// Whether another bracket stands after it.
    pub is_doubled_after: bool,
}

impl Shortcode<'_> {
    /// Returns whether it is written to be shown as it is: `[[name]]`.
    pub fn is_escaped(&self) -> bool {
        self.is_doubled_before && self.is_doubled_after
    }
}

/// Finds the shortcodes of one text, in order.
#[derive(Debug)]
pub struct Finder<'a> {
    text: &'a str,
    is_wanted: fn(&str) -> bool,
    /// Where the next closing tag of a name stands, if one does. Many shortcodes may look for the
    /// same: without this it would take quadratic time.
    closings: HashMap<&'a str, Option<usize>>,
    /// Where the next closing bracket stands, for the same reason.
    bracket: Option<usize>,
}

impl<'a> Finder<'a> {
    /// Looks for shortcodes in `text` whose name is wanted.
    pub fn new(text: &'a str, is_wanted: fn(&str) -> bool) -> Self {
        Self { text, is_wanted, closings: HashMap::new(), bracket: memchr(b']', text.as_bytes()) }
    }

    /// Returns the first shortcode that starts at or after `position`.
    pub fn next_from(&mut self, position: usize) -> Option<Shortcode<'a>> {
        let mut start = position;
        loop {
            start += memchr(b'[', self.text.as_bytes().get(start..)?)?;
            if let Some(found) = self.at(start) {
                return Some(found);
            }
            start += 1;
        }
    }

    /// Returns the shortcode that starts at `start`, where a bracket stands.
    fn at(&mut self, start: usize) -> Option<Shortcode<'a>> {
        let bytes = self.text.as_bytes();
        let is_doubled_before = bytes.get(start + 1) == Some(&b'[');
        let name_start = start + 1 + usize::from(is_doubled_before);
        let name = name_at(self.text, name_start)?;
        if !(self.is_wanted)(name) {
            return None;
        }
        let after_name = name_start + name.len();
        if self.bracket? < after_name {
            let next = memchr(b']', &bytes[after_name..]);
            self.bracket = next.map(|next| after_name + next);
        }
        let (attributes, after, is_closed) = opening(self.text, after_name, self.bracket?);
        let mut end = after;
        let mut content = None;
        if !is_closed && let Some(closing) = self.closing(name, after) {
            content = Some(&self.text[after..closing]);
            end = closing + name.len() + "[/]".len();
        }
        let is_doubled_after = bytes.get(end) == Some(&b']');
        end += usize::from(is_doubled_after);
        Some(Shortcode {
            name,
            attributes,
            content,
            start,
            end,
            is_doubled_before,
            is_doubled_after,
        })
    }

    /// Returns where the first closing tag of `name` at or after `position` starts.
    fn closing(&mut self, name: &'a str, position: usize) -> Option<usize> {
        let known = self.closings.get(name).copied();
        if let Some(known) = known
            && known.is_none_or(|at| at >= position)
        {
            return known;
        }
        let closing = format!("[/{name}]");
        let found = memmem::find(&self.text.as_bytes()[position..], closing.as_bytes());
        let found = found.map(|at| position + at);
        self.closings.insert(name, found);
        found
    }
}

/// Returns the name that starts at `start`, if it ends as names of shortcodes do.
fn name_at(text: &str, start: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = rest.bytes().take_while(|byte| is_part(byte)).count();
    (length > 0).then(|| &rest[..length])
}

/// Returns the attributes between `start` and the bracket at `end`, where the opening tag ends, and
/// whether it is written `/]`.
fn opening(text: &str, start: usize, end: usize) -> (&str, usize, bool) {
    let attributes = &text[start..end];
    match attributes.strip_suffix('/') {
        Some(attributes) => (attributes, end + 1, true),
        None => (attributes, end + 1, false),
    }
}

/// Returns where the opening or closing tag of one of WordPress's own shortcodes ends that starts
/// at `start`, where a bracket stands: its attributes are code, not prose.
pub fn bracket_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let extra = usize::from(matches!(bytes.get(start + 1), Some(b'/' | b'[')));
    let name_start = start + 1 + extra;
    let name = name_at(text, name_start).filter(|name| wordpress::is_shortcode(name))?;
    let mut position = name_start + name.len();
    loop {
        position +=
            bytes[position..].iter().position(|byte| matches!(byte, b'[' | b']' | b'<' | b'>'))?;
        match bytes[position] {
            b']' => break,
            b'<' => {
                let inner = bytes[position + 1..]
                    .iter()
                    .position(|byte| matches!(byte, b'[' | b']' | b'>'))?;
                position += 1 + inner;
                if bytes[position] != b'>' {
                    return None;
                }
                position += 1;
            }
            _ => return None,
        }
    }
    let end = position + 1;
    Some(end + usize::from(bytes.get(end) == Some(&b']')))
}

/// The attributes of a shortcode.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Attributes<'a> {
    /// With their names in lower case, in order. Those without a name have none.
    pub list: Vec<(String, Cow<'a, str>)>,
}

impl Attributes<'_> {
    /// Returns a value. Of several the last counts.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.list.iter().rev().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Returns a value, unless it is empty.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }
}

/// Reads attributes in every quotation.
pub fn attributes(source: &str) -> Attributes<'_> {
    let mut list = Vec::new();
    let mut rest = trim_start(source);
    while !rest.is_empty() {
        let (name, value, after) = named(rest).unwrap_or_else(|| unnamed(rest));
        list.push((name.to_ascii_lowercase(), sound(value)));
        rest = trim_start(after);
    }
    Attributes { list }
}

/// Reads `name=value` off the start of `source`.
fn named(source: &str) -> Option<(&str, &str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = source.find(|c| !is_part(c)).filter(|length| *length > 0)?;
    let (name, rest) = source.split_at(length);
    let rest = trim_start(trim_start(rest).strip_prefix('=')?);
    let (value, after) = quoted(rest).or_else(|| {
        let end = rest.find(|c| is_space(c) || matches!(c, '"' | '\'')).unwrap_or(rest.len());
        let ends = rest[end..].chars().next().is_none_or(is_space);
        (end > 0 && ends).then(|| rest.split_at(end))
    })?;
    Some((name, value, after))
}

/// Reads a value without a name off the start of `source`.
fn unnamed(source: &str) -> (&str, &str, &str) {
    let (value, after) = quoted(source)
        .unwrap_or_else(|| source.split_at(source.find(is_space).unwrap_or(source.len())));
    ("", value, after)
}

/// Reads a value in quotation marks, after which a space must follow.
fn quoted(source: &str) -> Option<(&str, &str)> {
    let quote = source.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let end = 1 + source[1..].find(quote)?;
    let after = &source[end + 1..];
    after.chars().next().is_none_or(is_space).then(|| (&source[1..end], after))
}

/// Returns a value without escapes. One that cuts through a tag is no value.
fn sound(value: &str) -> Cow<'_, str> {
    let mut rest = value;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else { return Cow::Borrowed("") };
        rest = &rest[open + close + 1..];
    }
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        plain.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    Cow::Owned(plain)
}

/// Shortcodes are parted by hard spaces and spaces of no width, too.
fn is_space(character: char) -> bool {
    character.is_ascii_whitespace() || matches!(character, '\u{a0}' | '\u{200b}')
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the shortcodes of `text`: name, attributes and content of each.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Option<&str>)]) {
        let mut finder = Finder::new(text, wordpress::is_shortcode);
        let mut found = Vec::new();
        let mut position = 0;
        while let Some(shortcode) = finder.next_from(position) {
            position = shortcode.end;
            found.push((shortcode.name, shortcode.attributes, shortcode.content));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn shortcodes_stand_alone_or_in_pairs() {
        check("a [gallery ids=\"1\"] b", &[("gallery", " ids=\"1\"", None)]);
        check("[caption]a[gallery][/caption]", &[("caption", "", Some("a[gallery]"))]);
        check("[audio src=\"a/b.mp3\" /]", &[("audio", " src=\"a/b.mp3\" ", None)]);
        check("[embed]a[/embed][embed]b", &[("embed", "", Some("a")), ("embed", "", None)]);
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        check("[gallery-x] [galleries] [ gallery] [Gallery] [gallery", &[]);
    }

    #[test]
    fn doubled_brackets_escape() {
        let mut finder = Finder::new("[[gallery]]", wordpress::is_shortcode);
        assert!(finder.next_from(0).unwrap().is_escaped());
        let mut finder = Finder::new("[[caption]a[/caption]]", wordpress::is_shortcode);
        assert!(finder.next_from(0).unwrap().is_escaped());
    }

    #[track_caller]
    fn check_attributes(source: &str, expected: &[(&str, &str)]) {
        let attributes = attributes(source);
        let found: Vec<_> =
            attributes.list.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn attributes_in_every_quotation() {
        check_attributes(
            " a=\"1 2\" B='3' c=4 \"d e\" f",
            &[("a", "1 2"), ("b", "3"), ("c", "4"), ("", "d e"), ("", "f")],
        );
        check_attributes("a = \"b\"\u{a0}c=\"\"", &[("a", "b"), ("c", "")]);
        check_attributes("a=b\\\\c", &[("a", "b\\c")]);
    }

    #[test]
    fn values_that_cut_through_a_tag_are_empty() {
        check_attributes("a=\"<b>c</b>\" d=\"e < f\"", &[("a", "<b>c</b>"), ("d", "")]);
    }

    #[test]
    fn attributes_of_own_shortcodes_are_code() {
        assert_eq!(bracket_end("[gallery a=\"<b>\"]x", 0), Some(17));
        assert_eq!(bracket_end("[/caption]]", 0), Some(11));
        assert_eq!(bracket_end("[gallery a < b]", 0), None);
        assert_eq!(bracket_end("[other]", 0), None);
    }

    #[test]
    fn many_without_an_end_are_each_found() {
        let text = "[caption][gallery]".repeat(50_000);
        let mut finder = Finder::new(&text, wordpress::is_shortcode);
        let (mut position, mut count) = (0, 0);
        while let Some(shortcode) = finder.next_from(position) {
            position = shortcode.end;
            count += 1;
        }
        assert_eq!((position, count), (text.len(), 100_000));
    }
}
