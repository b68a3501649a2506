//! Faces made of punctuation, as the pictures that WordPress shows for them.

use std::borrow::Cow;

use crate::content::html::tokens::{Kind, tokenize};

/// Each face, longest first where one starts another.
const FACES: &[(&str, &str)] = &[
    (":mrgreen:", "😀"),
    (":neutral:", "😐"),
    (":twisted:", "😈"),
    (":arrow:", "➡"),
    (":shock:", "😯"),
    (":smile:", "🙂"),
    (":cool:", "😎"),
    (":evil:", "👿"),
    (":grin:", "😀"),
    (":idea:", "💡"),
    (":oops:", "😳"),
    (":razz:", "😛"),
    (":roll:", "🙄"),
    (":wink:", "😉"),
    (":???:", "😕"),
    (":cry:", "😥"),
    (":eek:", "😮"),
    (":lol:", "😆"),
    (":mad:", "😡"),
    (":sad:", "🙁"),
    (":!:", "❗"),
    (":?:", "❓"),
    ("8-)", "😎"),
    ("8-O", "😯"),
    (":-(", "🙁"),
    (":-)", "🙂"),
    (":-?", "😕"),
    (":-D", "😀"),
    (":-P", "😛"),
    (":-o", "😮"),
    (":-x", "😡"),
    (":-|", "😐"),
    (";-)", "😉"),
    ("8)", "😎"),
    ("8O", "😯"),
    (":(", "🙁"),
    (":)", "🙂"),
    (":?", "😕"),
    (":D", "😀"),
    (":P", "😛"),
    (":o", "😮"),
    (":x", "😡"),
    (":|", "😐"),
    (";)", "😉"),
];

/// Puts pictures in the place of faces that stand alone.
pub fn to_pictures(html: &str) -> Cow<'_, str> {
    if !has_face(html) {
        return Cow::Borrowed(html);
    }
    let mut shown = String::with_capacity(html.len());
    let mut verbatim: Option<&str> = None;
    for token in tokenize(html) {
        let source = &html[token.start..token.end];
        match token.kind {
            Kind::Start(tag) if matches!(tag.name, "code" | "pre") => {
                verbatim = verbatim.or(Some(tag.name));
            }
            Kind::End(name) if verbatim == Some(name) => verbatim = None,
            Kind::Text if verbatim.is_none() => {
                text(source, &mut shown);
                continue;
            }
            _ => {}
        }
        shown.push_str(source);
    }
    Cow::Owned(shown)
}

/// Returns whether a face may be in `html`.
fn has_face(html: &str) -> bool {
    memchr::memchr3_iter(b':', b';', b'8', html.as_bytes()).any(|at| starts(html, at).is_some())
}

/// Returns the face that stands alone at `at`.
fn starts(text: &str, at: usize) -> Option<&'static (&'static str, &'static str)> {
    let before = &text[..at];
    let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
    let is_free = before.is_empty()
        || before.ends_with(is_space)
        || before.ends_with("&nbsp;")
        || before.ends_with('>');
    if !is_free {
        return None;
    }
    let rest = &text[at..];
    FACES.iter().find(|(face, _)| {
        rest.strip_prefix(face).is_some_and(|after| {
            after.is_empty()
                || after.starts_with(is_space)
                || after.starts_with("&nbsp;")
                || after.starts_with('<')
        })
    })
}

fn text(source: &str, shown: &mut String) {
    let mut copied = 0;
    for at in memchr::memchr3_iter(b':', b';', b'8', source.as_bytes()) {
        if at < copied {
            continue;
        }
        if let Some((face, picture)) = starts(source, at) {
            shown.push_str(&source[copied..at]);
            shown.push_str(picture);
            copied = at + face.len();
        }
    }
    shown.push_str(&source[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(to_pictures(html), expected);
    }

    #[test]
    fn faces_that_stand_alone() {
        check("<p>a :) b ;-)</p>", "<p>a 🙂 b 😉</p>");
        check(":roll: :?: 8-)", "🙄 ❓ 😎");
    }

    #[test]
    fn other_punctuation_stays() {
        check("a:) (see 8) 18) b:", "a:) (see 😎 18) b:");
        check(
            "<code>:)</code> <a title=\" :) \">:)x</a>",
            "<code>:)</code> <a title=\" :) \">:)x</a>",
        );
    }
}
