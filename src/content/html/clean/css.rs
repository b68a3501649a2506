//! Style sheets and style attributes, without requests to other hosts.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::surroundings::{Surroundings, Target};

/// CSS that was looked through.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Css {
    /// What is left.
    pub text: String,
    /// The addresses that were taken out.
    pub foreign: Vec<String>,
}

/// Takes `@import` and addresses on other hosts out of a style sheet, and rewrites the others.
pub fn sheet(css: &str, surroundings: &dyn Surroundings) -> Css {
    let mut clean = Css { text: String::with_capacity(css.len()), foreign: Vec::new() };
    let mut rest = css;
    while let Some(next) = rest.find(['@', '(', '/', '"', '\'']) {
        let (before, from) = rest.split_at(next);
        clean.text.push_str(before);
        rest = match from.as_bytes()[0] {
            b'/' if from.starts_with("/*") => skip_comment(from),
            b'@' if starts_with_word(&from[1..], "import") => {
                let end = statement_end(from);
                clean.foreign.push(from[..end].trim_end_matches(';').to_owned());
                &from[end..]
            }
            b'(' if ends_with_word(before, "url") => {
                let (address, length) = address(from);
                push_address(&mut clean, &address, surroundings);
                &from[length..]
            }
            quote @ (b'"' | b'\'') => {
                let length = string_length(from, quote);
                push_string(&mut clean, &from[..length]);
                &from[length..]
            }
            _ => {
                clean.text.push_str(&from[..1]);
                &from[1..]
            }
        };
    }
    clean.text.push_str(rest);
    // Whatever the sheet holds, it must not end the element it will stand in.
    if clean.text.contains("</") {
        clean.text = clean.text.replace("</", "<\\/");
    }
    clean
}

/// Takes declarations with addresses on other hosts out of a style attribute, and rewrites the
/// others. `None` if there is nothing to change.
pub fn style(css: &str, surroundings: &dyn Surroundings) -> Option<Css> {
    let lower = css.to_ascii_lowercase();
    let is_suspect = ["url", "image", "expression", "behavior", "binding", "src", "\\", "@"]
        .iter()
        .any(|word| lower.contains(word));
    if !is_suspect {
        return None;
    }
    let mut clean = Css::default();
    for declaration in declarations(css) {
        let one = sheet(declaration, surroundings);
        let is_script = ["expression(", "behavior:", "-moz-binding", "javascript:"]
            .iter()
            .any(|word| declaration.to_ascii_lowercase().contains(word));
        if one.foreign.is_empty() && !is_script {
            if !clean.text.is_empty() {
                clean.text.push(';');
            }
            clean.text.push_str(&one.text);
        } else {
            clean.foreign.extend(one.foreign);
        }
    }
    let is_same = clean.foreign.is_empty() && clean.text == css.trim_end_matches(';');
    (!is_same).then_some(clean)
}

/// Cuts a style attribute at its semicolons, but not within brackets or quotes.
fn declarations(css: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (position, _) in outside(css).filter(|(_, byte)| *byte == b';') {
        parts.push(&css[start..position]);
        start = position + 1;
    }
    parts.push(&css[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Adds `(address)`, as it is now.
fn push_address(clean: &mut Css, address: &str, surroundings: &dyn Surroundings) {
    let new = match (addresses::kind(address), surroundings.file(address)) {
        // A picture runs no script.
        (Kind::Unsafe, _) if is_picture(address) => Some(address.to_owned()),
        (Kind::Unsafe, _) => None,
        (Kind::Absolute, Target::Elsewhere) => None,
        (Kind::Absolute | Kind::Relative, Target::Here(new) | Target::Smaller(new)) => Some(new),
        _ => Some(address.to_owned()),
    };
    match new {
        Some(new) => {
            clean.text.push_str("(\"");
            for character in new.chars() {
                match character {
                    '"' => clean.text.push_str("%22"),
                    '\\' => clean.text.push_str("%5C"),
                    '\n' | '\r' => {}
                    _ => clean.text.push(character),
                }
            }
            clean.text.push_str("\")");
        }
        None => {
            clean.foreign.push(address.to_owned());
            clean.text.push_str("(data:,)");
        }
    }
}

fn is_picture(address: &str) -> bool {
    let start = address.trim_start().get(..11);
    start.is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

/// Adds a string with its quotes. In `image-set` a string is an address too.
fn push_string(clean: &mut Css, string: &str) {
    let inner = string.trim_matches(['"', '\'']);
    let is_address =
        addresses::kind(inner) == Kind::Absolute && !inner.contains(char::is_whitespace);
    let is_image = is_address && is_in_image_set(&clean.text);
    if is_image {
        clean.foreign.push(inner.to_owned());
        clean.text.push_str("\"data:,\"");
    } else {
        clean.text.push_str(string);
    }
}

/// Returns whether CSS ends within `image-set(`, as far as its last few words tell.
fn is_in_image_set(css: &str) -> bool {
    let recent = (css.len().saturating_sub(500)..css.len()).find_map(|start| css.get(start..));
    let recent = recent.unwrap_or_default();
    let declaration = recent.rfind([';', '{', '}']).map_or(recent, |start| &recent[start..]);
    declaration.contains("image-set(")
}

/// Reads the address in brackets that `css` starts with, and returns its length with them.
fn address(css: &str) -> (String, usize) {
    let inner = css[1..].trim_start();
    let start = css.len() - inner.len();
    let (raw, end) = match inner.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let length = string_length(inner, quote);
            let closing =
                css[start + length..].find(')').map_or(css.len(), |end| start + length + end + 1);
            (inner[..length].trim_matches(['"', '\'']), closing)
        }
        _ => {
            let length = inner.find(')').unwrap_or(inner.len());
            (inner[..length].trim_end(), (start + length + 1).min(css.len()))
        }
    };
    (raw.replace("\\/", "/"), end)
}

fn string_length(css: &str, quote: u8) -> usize {
    let mut bytes = css.bytes().enumerate().skip(1);
    while let Some((position, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            _ if byte == quote => return position + 1,
            _ => {}
        }
    }
    css.len()
}

/// Returns where the statement ends that `css` begins with.
fn statement_end(css: &str) -> usize {
    let end = outside(css).find(|(_, byte)| matches!(byte, b';' | b'{' | b'}'));
    end.map_or(css.len(), |(position, byte)| position + usize::from(byte == b';'))
}

/// Returns the bytes that stand in no brackets and no quotes, with their positions.
fn outside(css: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut quote = None;
    let mut depth = 0_usize;
    css.bytes().enumerate().filter(move |(_, byte)| {
        match (quote, byte) {
            (Some(open), _) if open == *byte => quote = None,
            (Some(_), _) => return false,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        quote.is_none() && depth == 0
    })
}

fn skip_comment(css: &str) -> &str {
    css[2..].split_once("*/").map_or("", |(_, after)| after)
}

fn starts_with_word(css: &str, word: &str) -> bool {
    css.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn ends_with_word(css: &str, word: &str) -> bool {
    let Some(start) = css.len().checked_sub(word.len()) else { return false };
    css.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::Site;

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(sheet(css, &Site).text, expected);
    }

    #[test]
    fn imports_and_foreign_addresses_go() {
        check("@import url('https://fonts.example/x;y');a{color:red}", "a{color:red}");
        check("@IMPORT \"x.css\"; a{}", " a{}");
        check(
            "a{background:url(https://other.example/a.png) no-repeat}",
            "a{background:url(data:,) no-repeat}",
        );
        check("a{background:URL( '//other.example/a.png' )}", "a{background:URL(data:,)}");
        check(
            "a{b:image-set(\"https://other.example/a.png\" 1x)}",
            "a{b:image-set(\"data:,\" 1x)}",
        );
    }

    #[test]
    fn own_files_move() {
        check(
            "a{b:url(https://example.org/wp-content/uploads/a.png)}",
            "a{b:url(\"/media/a.png\")}",
        );
        check("a{b:url(data:image/png;base64,AA)}", "a{b:url(\"data:image/png;base64,AA\")}");
        check("a{b:url('data:image/svg+xml,x#y')}", "a{b:url(\"data:image/svg+xml,x#y\")}");
        check("a{b:url('data:text/html,x')}", "a{b:url(data:,)}");
    }

    #[test]
    fn a_sheet_cannot_end_its_element() {
        check("a::after{content:\"</style><script>\"}", "a::after{content:\"<\\/style><script>\"}");
    }

    #[test]
    fn comments_go() {
        check("/* a */b{c:'/* d */'}", "b{c:'/* d */'}");
    }

    #[test]
    fn foreign_declarations_go() {
        let found =
            style("color:red;background:url(https://other.example/a.png);margin:0", &Site).unwrap();
        assert_eq!(found.text, "color:red;margin:0");
        assert_eq!(found.foreign, ["https://other.example/a.png"]);
        assert_eq!(style("color:red;", &Site), None);
        assert_eq!(style("background-image:linear-gradient(red,blue)", &Site), None);
    }
}
