//! Objects of a JSON document as lists of fields, read as loosely as PHP writes them.
//!
//! PHP has one empty value where JSON has many: an absent object may be `[]`, an absent text
//! `false`, a number a string. Whatever can only mean one thing is taken for it.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An object whose values are not parsed yet.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
}

/// Why a record cannot be read.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Unreadable {
    /// Such as `content.rendered`.
    pub(super) path: String,
    /// Such as `a number`.
    pub(super) expected: &'static str,
}

/// A text that REST gives in two forms.
#[derive(Debug, Default)]
pub(super) struct Markup<'a> {
    /// As readers saw it.
    pub(super) rendered: Option<&'a RawValue>,
    /// As saved: only in exports made with `context=edit`.
    pub(super) raw: Option<&'a RawValue>,
    /// Whether it needs a password, if that is told.
    pub(super) is_protected: Option<bool>,
}

impl<'a> Record<'a> {
    /// Returns the object in `value`, if it is one. An empty array is an empty object, as PHP
    /// writes it.
    pub(super) fn parse(value: &'a RawValue) -> Option<Self> {
        match value.get().as_bytes() {
            [b'{', ..] => serde_json::from_str(value.get()).ok(),
            _ if is_empty(value) => Some(Self::default()),
            _ => None,
        }
    }

    /// Returns the fields in the order of the file.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.fields.iter().map(|(key, value)| (key.as_ref(), *value))
    }

    /// Returns how many fields there are.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// Returns whether there is a field `key`, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == key)
    }

    /// Returns the value of `key`. Of fields with the same key the last one counts, and `null`
    /// counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        let (_, value) = self.fields.iter().rev().find(|(name, _)| name == key)?;
        (value.get() != "null").then_some(*value)
    }

    /// Returns the text of `key`.
    pub(super) fn text(&self, key: &'static str) -> Result<Option<Cow<'a, str>>, Unreadable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get().as_bytes()[0] {
            b'"' => Ok(Some(string(value.get()))),
            b'-' | b'0'..=b'9' => Ok(Some(Cow::Borrowed(value.get()))),
            b'f' => Ok(None),
            _ if is_empty(value) => Ok(None),
            _ => Err(Unreadable::field(key, "a text")),
        }
    }

    /// Returns the text of `key` if it is one, for guessing what the record is.
    pub(super) fn hint(&self, key: &str) -> Cow<'a, str> {
        let value = self.get(key).map_or("", |value| value.get());
        if value.starts_with('"') { string(value) } else { Cow::Borrowed("") }
    }

    /// Returns the whole number of `key`.
    pub(super) fn number(&self, key: &'static str) -> Result<Option<i64>, Unreadable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get() {
            "false" | "\"\"" | "[]" => Ok(None),
            "true" => Ok(Some(1)),
            text => match whole(text.trim_matches('"').trim()) {
                Some(number) => Ok(Some(number)),
                None => Err(Unreadable::field(key, "a whole number")),
            },
        }
    }

    /// Returns the id in `key`. Zero and less mean none.
    pub(super) fn id(&self, key: &'static str) -> Result<Option<u64>, Unreadable> {
        let number = self.number(key)?;
        Ok(number.and_then(|number| u64::try_from(number).ok()).filter(|id| *id > 0))
    }

    /// Returns the fraction of `key`, if it is one.
    pub(super) fn fraction(&self, key: &str) -> Option<f64> {
        let number: f64 = self.get(key)?.get().trim_matches('"').trim().parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// Returns whether `key` is set.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)?.get().trim_matches('"') {
            "false" | "0" | "" | "[]" | "no" => Some(false),
            "true" | "1" | "yes" => Some(true),
            _ => None,
        }
    }

    /// Returns the object of `key`.
    pub(super) fn object(&self, key: &'static str) -> Result<Option<Record<'a>>, Unreadable> {
        match self.get(key) {
            Some(value) if matches!(value.get(), "false" | "\"\"") => Ok(None),
            Some(value) => match Record::parse(value) {
                Some(object) => Ok(Some(object)),
                None => Err(Unreadable::field(key, "an object")),
            },
            None => Ok(None),
        }
    }

    /// Returns the values of `key`: an array's, or an object's as PHP writes arrays with gaps.
    pub(super) fn list(&self, key: &'static str) -> Result<Option<Vec<&'a RawValue>>, Unreadable> {
        match self.get(key) {
            Some(value) if matches!(value.get(), "false" | "\"\"") => Ok(None),
            Some(value) => match elements(value) {
                Some(values) => Ok(Some(values)),
                None => Err(Unreadable::field(key, "an array")),
            },
            None => Ok(None),
        }
    }

    /// Returns the ids in the array of `key`. Zeros are left out.
    pub(super) fn ids(&self, key: &'static str) -> Result<Option<Vec<u64>>, Unreadable> {
        let Some(values) = self.list(key)? else { return Ok(None) };
        let mut ids = Vec::with_capacity(values.len());
        for value in values {
            let Some(id) = whole(value.get().trim_matches('"').trim()) else {
                return Err(Unreadable::field(key, "an array of ids"));
            };
            ids.extend(u64::try_from(id).ok().filter(|id| *id > 0));
        }
        Ok(Some(ids))
    }

    /// Returns the two forms of `key`: `{rendered, raw}`, or a text, which is the rendered one.
    pub(super) fn markup(&self, key: &'static str) -> Result<Option<Markup<'a>>, Unreadable> {
        let Some(value) = self.get(key) else { return Ok(None) };
        if value.get().starts_with('"') {
            return Ok(Some(Markup { rendered: Some(value), ..Markup::default() }));
        }
        if value.get() == "false" {
            return Ok(None);
        }
        let Some(forms) = Record::parse(value) else {
            return Err(Unreadable::field(key, "a text, or an object with `rendered`"));
        };
        let form = |name: &str| match forms.get(name).filter(|form| form.get() != "false") {
            Some(form) if !form.get().starts_with('"') => {
                Err(Unreadable { path: format!("{key}.{name}"), expected: "a text" })
            }
            form => Ok(form),
        };
        let is_protected = forms.flag("protected");
        Ok(Some(Markup { rendered: form("rendered")?, raw: form("raw")?, is_protected }))
    }

    /// Returns the rendered form of `key`, or the raw one if there is no other.
    pub(super) fn rendered(&self, key: &'static str) -> Result<Option<Cow<'a, str>>, Unreadable> {
        let forms = self.markup(key)?.unwrap_or_default();
        Ok(forms.rendered.or(forms.raw).map(|form| string(form.get())))
    }
}

impl Unreadable {
    /// Returns the trouble with one field.
    pub(super) fn field(key: &str, expected: &'static str) -> Self {
        Self { path: key.to_owned(), expected }
    }
}

/// Returns the elements of an array, or of an object with numbers for keys.
pub(super) fn elements(value: &RawValue) -> Option<Vec<&RawValue>> {
    match value.get().as_bytes() {
        [b'[', ..] => serde_json::from_str(value.get()).ok(),
        [b'{', ..] => Record::parse(value)
            .filter(|list| list.fields().all(|(key, _)| is_index(key)))
            .map(|list| list.fields().map(|(_, value)| value).collect()),
        _ => None,
    }
}

/// Returns whether `key` numbers an element.
pub(super) fn is_index(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the text of `literal`, a JSON string with its quotes. Escaped halves of surrogate pairs,
/// which JSON allows and Unicode does not, become replacement characters.
pub(super) fn string(literal: &str) -> Cow<'_, str> {
    let inner = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let mut rest = inner.unwrap_or_default();
    // Most time goes into bodies, of which most is not escaped: that is copied as it is.
    let Some(mut plain) = memchr(b'\\', rest.as_bytes()) else { return Cow::Borrowed(rest) };
    let mut text = String::with_capacity(rest.len());
    loop {
        text.push_str(&rest[..plain]);
        rest = &rest[plain..];
        // Where letters are not ASCII, one escape follows another.
        while rest.starts_with('\\') {
            let (letter, after) = escaped(rest);
            text.push(letter);
            rest = after;
        }
        match memchr(b'\\', rest.as_bytes()) {
            Some(next) => plain = next,
            None => break,
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Returns what the escape at the start of `text` stands for, and what comes after.
fn escaped(text: &str) -> (char, &str) {
    let bytes = text.as_bytes();
    let letter = match bytes.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return escaped_code(text),
        Some(&sign @ (b'"' | b'/' | b'\\')) => char::from(sign),
        // The parser lets through no other.
        _ => char::REPLACEMENT_CHARACTER,
    };
    (letter, text.get(2..).unwrap_or_default())
}

/// The same for `\u` and four digits, and for a second such escape if both are one letter.
fn escaped_code(text: &str) -> (char, &str) {
    let after = text.get(6..).unwrap_or_default();
    let Some(code) = code_of(text) else { return (char::REPLACEMENT_CHARACTER, after) };
    if let Some(letter) = char::from_u32(code) {
        return (letter, after);
    }
    let low = code_of(after).filter(|low| code < 0xdc00 && (0xdc00..0xe000).contains(low));
    let both =
        low.and_then(|low| char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + low - 0xdc00));
    match both {
        Some(letter) => (letter, after.get(6..).unwrap_or_default()),
        None => (char::REPLACEMENT_CHARACTER, after),
    }
}

fn code_of(text: &str) -> Option<u32> {
    let digits: &[u8; 4] = text.as_bytes().strip_prefix(b"\\u")?.first_chunk()?;
    digits.iter().try_fold(0, |code, &digit| Some(code << 4 | char::from(digit).to_digit(16)?))
}

fn is_empty(value: &RawValue) -> bool {
    let inner = value.get().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| inner.trim().is_empty())
}

/// Returns the number in `text`, which may be written as a fraction.
fn whole(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    // Every float below this is exact, and no id of WordPress is above.
    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
    is_whole.then_some(number as i64)
}

impl<'de: 'a, 'a> Deserialize<'de> for Record<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(32);
        while let Some((Key(key), value)) = map.next_entry()? {
            fields.push((key, value));
        }
        Ok(Record { fields })
    }
}

/// A key of an object. Keys may hold escapes of halves of surrogate pairs, too.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}
