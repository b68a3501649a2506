//! Character references: from HTML to text and back.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Where a character reference stands, which decides whether it may lack its `;`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// Between tags.
    Text,
    /// In an attribute's value, where addresses hold `&copy=1`.
    Attribute,
}

/// Returns `html`, which holds no tags, as text.
pub fn decode(html: &str, place: Place) -> Cow<'_, str> {
    if memchr(b'&', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = match rest.as_bytes().get(1) {
            Some(b'#') => push_numeric(&mut text, rest),
            Some(first) if first.is_ascii_alphanumeric() => push_named(&mut text, rest, place),
            _ => 0,
        };
        if length == 0 {
            text.push('&');
        }
        rest = &rest[length.max(1)..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Adds the character that the reference `&#…` at the start of `source` stands for, and returns
/// the reference's length: 0 if it is none.
fn push_numeric(text: &mut String, source: &str) -> usize {
    let (digits, radix, start) = match source.as_bytes().get(2) {
        Some(b'x' | b'X') => (&source[3..], 16, 3),
        _ => (&source[2..], 10, 2),
    };
    let count = digits.bytes().take_while(|digit| char::from(*digit).is_digit(radix)).count();
    if count == 0 {
        return 0;
    }
    // Too large a number is no character either.
    let number = u32::from_str_radix(&digits[..count], radix).unwrap_or(u32::MAX);
    let replaced = number.checked_sub(0x80).and_then(|index| C1_REPLACEMENTS.get(index as usize));
    let character = match (number, replaced) {
        (_, Some(Some(character))) => *character,
        (0, _) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    text.push(character);
    start + count + usize::from(digits[count..].starts_with(';'))
}

/// Adds the characters that the reference at the start of `source` stands for, and returns the
/// reference's length: 0 if it is none.
fn push_named(text: &mut String, source: &str, place: Place) -> usize {
    let name = &source[1..];
    let mut found = None;
    // The table also holds the beginnings of names, with 0 for their characters.
    for length in 1..=name.len() {
        let Some(&characters) = name.get(..length).and_then(|name| NAMED_ENTITIES.get(name)) else {
            break;
        };
        if characters.0 != 0 {
            found = Some((length, characters));
        }
    }
    let Some((length, (first, second))) = found else { return 0 };
    let lacks_semicolon = name.as_bytes()[length - 1] != b';';
    let next = name.as_bytes().get(length);
    let goes_on = next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
    if place == Place::Attribute && lacks_semicolon && goes_on {
        return 0;
    }
    text.extend([first, second].into_iter().filter(|&code| code != 0).filter_map(char::from_u32));
    1 + length
}

/// Returns `text` as HTML.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}

/// Adds `text` as HTML.
pub fn push_text(html: &mut String, text: &str) {
    push_escaped(html, text, |byte| matches!(byte, b'&' | b'<' | b'>'));
}

/// Adds `text` as HTML that may stand between double quotes.
pub fn push_attribute(html: &mut String, text: &str) {
    push_escaped(html, text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"'));
}

fn push_escaped(html: &mut String, text: &str, is_special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(next) = rest.bytes().position(&is_special) {
        html.push_str(&rest[..next]);
        html.push_str(match rest.as_bytes()[next] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[next + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, text: &str) {
        assert_eq!(decode(html, Place::Text), text);
    }

    #[test]
    fn references_are_by_name_and_by_number() {
        check("a &amp; b &lt;c&gt; &hellip; &notin; &not; &notit;", "a & b <c> … ∉ ¬ ¬it;");
        check("&#3926;&#x0F7C;&#146;&#0;&#x110000;&#99999999999;", "བོ’\u{fffd}\u{fffd}\u{fffd}");
        check("&copy 2024 &NotEqualTilde;", "© 2024 ≂̸");
    }

    #[test]
    fn what_is_no_reference_stays() {
        check("a && b &; &# &#x; &unknown; &", "a && b &; &# &#x; &unknown; &");
    }

    #[test]
    fn addresses_keep_their_parameters() {
        assert_eq!(decode("?a=1&copy=2&amp;b=3", Place::Attribute), "?a=1&copy=2&b=3");
    }

    #[test]
    fn text_goes_there_and_back() {
        let mut html = String::new();
        push_attribute(&mut html, "<a \"b\" & 'c'>");
        assert_eq!(html, "&lt;a &quot;b&quot; &amp; 'c'&gt;");
        assert_eq!(decode(&html, Place::Attribute), "<a \"b\" & 'c'>");
    }
}
