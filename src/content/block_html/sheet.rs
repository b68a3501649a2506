//! The rules that WordPress writes into a page's head for single blocks: each distinct one once.

use std::collections::HashSet;
use std::fmt::Write;

use xxhash_rust::xxh3::xxh3_64;

/// The rules of a body.
#[derive(Debug, Default)]
pub struct Sheet {
    css: String,
    known: HashSet<u64>,
}

/// So many bytes of rules a body can have at most.
const LONGEST: usize = 200_000;

impl Sheet {
    /// Adds rules for a class that begins with `prefix`, and returns the class. In `rules`, `&`
    /// stands for it. The same rules have the same class.
    pub fn add(&mut self, prefix: &str, rules: &str) -> String {
        let hash = xxh3_64(rules.as_bytes());
        let class = format!("{prefix}{:08x}", hash >> 32);
        // What would end the element or open a comment is no rule of ours.
        let is_safe = !rules.contains(['<', '@', '\\']) && !rules.contains("/*");
        if is_safe && self.css.len() < LONGEST && self.known.insert(xxh3_64(class.as_bytes())) {
            let mut parts = rules.split('&');
            self.css.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let _ = write!(self.css, ".{class}{part}");
            }
        }
        class
    }

    /// Returns the rules as an element. Empty if there are none.
    pub fn element(&self) -> String {
        match self.css.as_str() {
            "" => String::new(),
            css => format!("<style>{css}</style>"),
        }
    }
}

/// Returns whether a value can stand in a declaration: it does not end it.
pub fn is_value(value: &str) -> bool {
    let depth = value.bytes().try_fold(0_i32, |depth, byte| match byte {
        b'(' => Some(depth + 1),
        b')' if depth > 0 => Some(depth - 1),
        b')' | b'{' | b'}' | b'<' | b'>' | b'@' | b'\\' => None,
        b';' | b'[' | b']' => None,
        _ => Some(depth),
    });
    let quotes = value.bytes().filter(|byte| matches!(byte, b'"' | b'\'')).count();
    depth == Some(0) && quotes.is_multiple_of(2) && !value.contains("/*")
}

/// Returns whether a value can stand in the rules of a [`Sheet`].
pub fn is_rule_value(value: &str) -> bool {
    is_value(value) && !value.contains('&')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rules_are_written_once() {
        let mut sheet = Sheet::default();
        let class = sheet.add("x-", "&{gap:1px}& > *{margin:0}");
        assert_eq!(sheet.add("x-", "&{gap:1px}& > *{margin:0}"), class);
        assert_eq!(
            sheet.element(),
            format!("<style>.{class}{{gap:1px}}.{class} > *{{margin:0}}</style>")
        );
        assert_eq!(Sheet::default().element(), "");
    }

    #[test]
    fn values_cannot_end_a_declaration() {
        assert!(is_value("clamp(1rem, 2vw, 2rem)"));
        assert!(is_value("var(--wp--preset--color--a)"));
        for bad in ["red;x:y", "a)", "(a", "}a{", "\"a", "</style>", "\\", "/* a"] {
            assert!(!is_value(bad), "{bad}");
        }
    }
}
