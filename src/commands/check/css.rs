//! The addresses in a style sheet. Pure.

use std::borrow::Cow;

/// How far before a string is looked for what it is for, in bytes.
const LOOK_BACK: usize = 500;

/// Returns each address that a browser may load because of `css`, and where it starts.
pub fn addresses(css: &str) -> Vec<(Cow<'_, str>, usize)> {
    let mut found = Vec::new();
    let bytes = css.as_bytes();
    let mut position = 0;
    let mut imports = false;
    while let Some(next) = bytes.get(position..).and_then(next_of_interest) {
        let at = position + next;
        position = at + 1;
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                position = css[at + 2..].find("*/").map_or(css.len(), |end| at + 2 + end + 2);
            }
            b'@' => imports = starts_with_word(&css[position..], "import"),
            b';' | b'{' => imports = false,
            b'(' if ends_with_word(&bytes[..at], b"url") => {
                let (address, end) = in_brackets(css, position);
                found.push((unescape(address), position));
                position = end;
                imports = false;
            }
            quote @ (b'"' | b'\'') => {
                let end = string_end(bytes, position, quote);
                if imports || is_image_set(&css[..at]) {
                    found.push((unescape(&css[position..end]), position));
                    imports = false;
                }
                position = (end + 1).min(css.len());
            }
            _ => {}
        }
    }
    found.retain(|(address, _)| !address.trim().is_empty());
    found
}

fn next_of_interest(rest: &[u8]) -> Option<usize> {
    let is_of_interest =
        |byte: &u8| matches!(byte, b'(' | b'@' | b'/' | b'"' | b'\'' | b';' | b'{');
    rest.iter().position(is_of_interest)
}

/// Reads what stands in brackets, quoted or not, and returns where it ends.
fn in_brackets(css: &str, start: usize) -> (&str, usize) {
    let bytes = css.as_bytes();
    let first = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if let Some(&quote @ (b'"' | b'\'')) = bytes.get(first) {
        let end = string_end(bytes, first + 1, quote);
        return (&css[first + 1..end], (end + 1).min(css.len()));
    }
    let end = css[first..].find(')').map_or(css.len(), |end| first + end);
    (css[first..end].trim_end(), end)
}

fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut position = start;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'\\' => position += 2,
            _ if byte == quote => return position,
            _ => position += 1,
        }
    }
    bytes.len()
}

/// In `image-set(…)` a bare string is an address, in `type(…)` within it is none.
fn is_image_set(before: &str) -> bool {
    let mut start = before.len().saturating_sub(LOOK_BACK);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = &before[start..];
    let declaration = before.rfind([';', '{', '}']).map_or(before, |start| &before[start..]);
    let Some(set) = declaration.rfind("image-set(") else { return false };
    !before.ends_with("type(") && !declaration[set..].ends_with("format(")
}

fn unescape(address: &str) -> Cow<'_, str> {
    match address.contains('\\') {
        true => Cow::Owned(address.replace("\\\n", "").replace('\\', "")),
        false => Cow::Borrowed(address),
    }
}

fn starts_with_word(css: &str, word: &str) -> bool {
    css.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn ends_with_word(css: &[u8], word: &[u8]) -> bool {
    let start = css.len().checked_sub(word.len());
    start.is_some_and(|start| css[start..].eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, expected: &[&str]) {
        let found: Vec<String> =
            addresses(css).into_iter().map(|(address, _)| address.into_owned()).collect();
        assert_eq!(found, expected, "{css}");
    }

    #[test]
    fn addresses_are_in_brackets_and_imports() {
        check("a{b:url(x.png) URL( 'y z.png' ),url(\"w).png\")}", &["x.png", "y z.png", "w).png"]);
        check(
            "@import 'a.css';@import url(b.css) print;@IMPORT \"c.css\"",
            &["a.css", "b.css", "c.css"],
        );
        check("a{b:image-set('a.png' type('image/png') 1x, \"b.png\" 2x)}", &["a.png", "b.png"]);
        check("a{b:url(a\\(b\\).png)}", &["a(b"]);
        check("a{b:url('a\\(b\\).png')}", &["a(b).png"]);
    }

    #[test]
    fn what_is_no_address() {
        check("/* url(x) */a{content:\"url(y)\"}/", &[]);
        check("@charset \"utf-8\";@font-face{font-family:'x'}a[b='c']{d:url()}", &[]);
        check("a{b:url(", &[]);
        check("a{b:url('x", &["x"]);
        check("@import", &[]);
        check("a::before{content:'\\", &[]);
    }
}
