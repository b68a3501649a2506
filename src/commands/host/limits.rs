//! Which files a host takes: how large, and called what.

use percent_encoding::percent_decode_str;

use crate::names::is_safe_path;

/// The largest site that GitHub Pages serves, in bytes.
pub const LARGEST_SITE: u64 = 1_000_000_000;

/// The largest file that GitHub takes, in bytes.
pub const LARGEST_FILE: u64 = 100 * 1024 * 1024;

/// What is wrong with the name of a file or folder.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NameTrouble {
    /// No host shows it, or git does not take it.
    Unservable,
    /// Hosts take `%` and two digits for another letter, and look for that.
    Encoded,
    /// Windows has no such names.
    NotEverywhere,
}

/// Returns what is wrong with a path in the site, which is parted by `/`.
pub fn trouble_with(path: &str) -> Option<NameTrouble> {
    if path.split('/').any(is_unservable) {
        return Some(NameTrouble::Unservable);
    }
    if is_encoded(path) {
        return Some(NameTrouble::Encoded);
    }
    (!is_safe_path(path)).then_some(NameTrouble::NotEverywhere)
}

/// Returns whether git does not take a name, or not every host shows it.
pub fn is_unservable(name: &str) -> bool {
    let is_strange = |letter: char| letter.is_control() || letter == '\\';
    name.contains(is_strange) || name.eq_ignore_ascii_case(".git")
}

/// Returns whether a host would decode the name before it looks for the file, and not find it.
pub fn is_encoded(name: &str) -> bool {
    percent_decode_str(name).ne(name.bytes())
}

/// Returns a number of bytes in words.
pub fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<NameTrouble>) {
        assert_eq!(trouble_with(path), expected, "{path}");
    }

    #[test]
    fn names_are_ones_that_everybody_can_have() {
        check("2024/05/བོད/index.html", None);
        check("100% wool/a b.jpg", None);
        check("a/%e0%bd%96/index.html", Some(NameTrouble::Encoded));
        check("a/what?.html", Some(NameTrouble::NotEverywhere));
        check("a/con/index.html", Some(NameTrouble::NotEverywhere));
        check("a/b\\c", Some(NameTrouble::Unservable));
        check("a/b\nc", Some(NameTrouble::Unservable));
        check("a/.Git/config", Some(NameTrouble::Unservable));
    }
}
