//! Values of styles, and names of presets.

use std::borrow::Cow;

/// Returns a value as CSS has it: `var:preset|color|red` is `var(--wp--preset--color--red)`.
pub fn css(value: &str) -> Cow<'_, str> {
    let Some(path) = value.strip_prefix("var:") else { return Cow::Borrowed(value) };
    let parts: Vec<String> = path.split('|').map(kebab_case).collect();
    Cow::Owned(format!("var(--wp--{})", parts.join("--")))
}

/// Returns the name of a preset as classes have it: `accent1` is `accent-1`.
pub fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 2);
    let mut last: Option<char> = None;
    for c in name.chars() {
        let is_word = c.is_alphanumeric() || c == '%';
        let parts = last.is_some_and(|last| {
            last.is_ascii_digit() != c.is_ascii_digit() || last.is_lowercase() && c.is_uppercase()
        });
        let is_edge = !is_word || parts && last.is_some_and(char::is_alphanumeric);
        if is_edge && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if is_word {
            kebab.extend(c.to_lowercase());
        }
        last = Some(c);
    }
    kebab.truncate(kebab.trim_end_matches('-').len());
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_become_variables() {
        assert_eq!(css("var:preset|color|accent1"), "var(--wp--preset--color--accent-1)");
        assert_eq!(css("2rem"), "2rem");
    }

    #[test]
    fn names_of_presets_are_hyphenated() {
        for (name, expected) in [
            ("accent-5", "accent-5"),
            ("accent5", "accent-5"),
            ("xxLarge", "xx-large"),
            ("white2white", "white-2-white"),
            ("70", "70"),
            ("a  b_c", "a-b-c"),
        ] {
            assert_eq!(kebab_case(name), expected);
        }
    }
}
