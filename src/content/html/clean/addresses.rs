//! Addresses in attributes: what kind they are, and how they are written.

use std::borrow::Cow;

/// What an address asks of a browser.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Runs script, or shows a page that could.
    Unsafe,
    /// `http:`, `https:` or `//`.
    Absolute,
    /// `data:`, `mailto:`, `tel:` and the like.
    OtherScheme,
    /// A path, a query, or nothing.
    Relative,
    /// Within the page.
    Fragment,
}

/// Tells what kind of address it is, as a browser reads it.
pub fn kind(address: &str) -> Kind {
    let address = address.trim_start_matches(|c: char| c <= ' ');
    if address.starts_with('#') {
        return Kind::Fragment;
    }
    if address.starts_with("//") || address.starts_with("\\\\") || address.starts_with("/\\") {
        return Kind::Absolute;
    }
    let Some(scheme) = scheme(address) else { return Kind::Relative };
    match &*scheme {
        "http" | "https" => Kind::Absolute,
        "javascript" | "vbscript" | "livescript" | "mocha" => Kind::Unsafe,
        "data" if is_active(address) => Kind::Unsafe,
        _ => Kind::OtherScheme,
    }
}

/// Returns whether an address is that of something beside the page it stands on, such as `a.png`.
pub fn is_beside(address: &str) -> bool {
    kind(address) == Kind::Relative && !address.trim_start().starts_with(['/', '?'])
}

/// Returns the scheme in lower case. Browsers pass over line breaks and tabs within it.
fn scheme(address: &str) -> Option<String> {
    // The longest scheme known is short; what lies further is a colon in a path.
    let mut scheme = String::new();
    for character in address.chars().take(64) {
        match character {
            '\t' | '\n' | '\r' => {}
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_ascii_alphabetic() => scheme.push(c.to_ascii_lowercase()),
            c @ ('0'..='9' | '+' | '-' | '.') if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// Returns whether a `data:` address holds a document that may run scripts.
fn is_active(address: &str) -> bool {
    let head: String = address.chars().take(80).filter(|c| !c.is_whitespace()).collect();
    let head = head.to_ascii_lowercase();
    let media_type = head.strip_prefix("data:").unwrap_or_default();
    [
        "text/html",
        "text/xml",
        "application/xhtml",
        "application/xml",
        "image/svg",
        "text/javascript",
    ]
    .iter()
    .any(|active| media_type.starts_with(active))
}

/// Returns the host of an absolute address, without `www.`.
pub fn host(address: &str) -> Option<&str> {
    let address = address.trim();
    let start = address.find("//")? + 2;
    let rest = &address[start..];
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next()?;
    let host = host.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Writes an address as HTML allows it: without white space around, and what may not stand in an
/// address percent-encoded.
pub fn tidy(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    if !trimmed.bytes().any(|byte| must_encode(byte) || matches!(byte, b'[' | b']' | b'%' | b'#')) {
        return Cow::Borrowed(trimmed);
    }
    // The host of an address may be a number in square brackets.
    let host_end = trimmed.find("//").map_or(0, |start| {
        let rest = &trimmed[start + 2..];
        start + 2 + rest.find(['/', '?', '#']).unwrap_or(rest.len())
    });
    let mut tidied = String::with_capacity(trimmed.len() + 8);
    let mut has_fragment = false;
    for (at, character) in trimmed.char_indices() {
        let is_misplaced = match character {
            '[' | ']' => at >= host_end,
            '%' => !is_escape(&trimmed.as_bytes()[at + 1..]),
            '#' => std::mem::replace(&mut has_fragment, true),
            _ => character.is_ascii() && must_encode(character as u8),
        };
        match character {
            '\t' | '\n' | '\r' => {}
            _ if is_misplaced => {
                tidied.push_str(percent_encoding::percent_encode_byte(character as u8));
            }
            _ => tidied.push(character),
        }
    }
    Cow::Owned(tidied)
}

fn is_escape(after: &[u8]) -> bool {
    matches!(after, [first, second, ..] if first.is_ascii_hexdigit() && second.is_ascii_hexdigit())
}

fn must_encode(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Kind) {
        assert_eq!(kind(address), expected, "{address}");
    }

    #[test]
    fn kinds_are_told_apart() {
        check("https://example.org/", Kind::Absolute);
        check("//example.org/", Kind::Absolute);
        check("/a:b", Kind::Relative);
        check("", Kind::Relative);
        check("?p=12", Kind::Relative);
        check("#top", Kind::Fragment);
        check("mailto:a@example.org", Kind::OtherScheme);
        check("data:image/png;base64,AA", Kind::OtherScheme);
    }

    #[test]
    fn scripts_in_disguise_are_unsafe() {
        check(" JaVa\nScript:alert(1)", Kind::Unsafe);
        check("\u{1}javascript:alert(1)", Kind::Unsafe);
        check("vbscript:x", Kind::Unsafe);
        check("data:text/html,<script>", Kind::Unsafe);
    }

    #[test]
    fn hosts_are_read_without_user_and_port() {
        assert_eq!(host("https://user@www.example.org:8080/a"), Some("example.org"));
        assert_eq!(host("//example.org"), Some("example.org"));
        assert_eq!(host("/a/b"), None);
    }

    #[test]
    fn addresses_are_encoded_as_little_as_needed() {
        assert_eq!(tidy(" /a b/བོད/%20[1]?x={y} "), "/a%20b/བོད/%20%5B1%5D?x=%7By%7D");
        assert_eq!(tidy("http://[::1]/100%#a#b"), "http://[::1]/100%25#a%23b");
    }
}
