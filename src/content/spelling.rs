//! What WordPress spells its own way in every text: the ends of lines, and its own name.

use std::borrow::Cow;

/// Returns `text` with line ends as Unix writes them.
pub fn unix_lines(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    }
}

/// Spells WordPress's name as WordPress does.
pub fn with_capital_p(html: Cow<'_, str>) -> Cow<'_, str> {
    const WRONG: &str = "Wordpress";
    let mut places = memchr::memmem::find_iter(html.as_bytes(), WRONG);
    let Some(first) = places.next() else { return html };
    let mut spelled = String::with_capacity(html.len());
    let mut copied = 0;
    for at in std::iter::once(first).chain(places) {
        let is_word = [" ", "‘", "“", ">", "("].iter().any(|before| html[..at].ends_with(before));
        if is_word {
            spelled.push_str(&html[copied..at]);
            spelled.push_str("WordPress");
            copied = at + WRONG.len();
        }
    }
    spelled.push_str(&html[copied..]);
    Cow::Owned(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_unix_ends_them() {
        assert_eq!(unix_lines("a\r\nb\rc\n"), "a\nb\nc\n");
    }

    #[test]
    fn wordpress_spells_its_own_name() {
        let spelled = |text: &'static str| with_capital_p(text.into()).into_owned();
        assert_eq!(spelled("in Wordpress (Wordpress)"), "in WordPress (WordPress)");
        assert_eq!(spelled("myWordpress"), "myWordpress");
    }
}
