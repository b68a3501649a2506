//! File names: made safe for every system, compared as file systems and readers compare them, and
//! decoded. Pure.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The list of what a build wrote, in its output folder. No page can have the name.
pub const MANIFEST: &str = ".stillpress.json";

/// What the names begin with of all that stillpress keeps for itself.
const OWN: &str = ".stillpress";

/// The longest name that Linux, macOS and Windows all take, in bytes.
const LONGEST: usize = 255;

/// The longest ending, with its dot, that is worth keeping when a name is cut.
const LONGEST_ENDING: usize = 16;

/// Names that Windows gives to devices, with any extension and in any case.
const DEVICES: [&str; 6] = ["con", "nul", "aux", "prn", "conin$", "conout$"];

/// Returns `segment`, one decoded part of a path, as a file name that every system can hold.
///
/// What cannot stand in a name becomes `-`, so `..` is `--` and `what?` is `what-`: two segments
/// may become the same name. Unicode is never normalized, for that changes Tibetan. Borrowed if
/// nothing had to change.
pub fn safe_segment(segment: &str) -> Cow<'_, str> {
    let name = without_forbidden(segment);
    let name = match reserved(&name) {
        Some(Reserved::Device(end)) => Cow::Owned(format!("{}-{}", &name[..end], &name[end..])),
        Some(Reserved::Folder) => Cow::Owned(format!("-{}", &name[1..])),
        None => name,
    };
    if name.len() > LONGEST { Cow::Owned(cut(&name, segment)) } else { name }
}

/// Returns `path`, decoded and parted by `/`, as a relative path that every system can hold: each
/// part as [`safe_segment`] has it, without empty parts. Borrowed if nothing had to change.
pub fn safe_path(path: &str) -> Cow<'_, str> {
    if is_safe_path(path) {
        return Cow::Borrowed(path);
    }
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).map(safe_segment).collect();
    Cow::Owned(parts.join("/"))
}

/// Returns whether [`safe_path`] would leave `path` as it is, and it names something.
pub fn is_safe_path(path: &str) -> bool {
    path.split('/').all(|part| matches!(safe_segment(part), Cow::Borrowed(_)))
}

/// Replaces the characters no name may hold, and those it may not end with.
fn without_forbidden(segment: &str) -> Cow<'_, str> {
    let kept = segment.trim_end_matches(['.', ' ']);
    if kept.len() == segment.len() && !segment.is_empty() && !segment.contains(is_forbidden) {
        return Cow::Borrowed(segment);
    }
    let mut name = kept.replace(is_forbidden, "-");
    name.extend(segment[kept.len()..].chars().map(|_| '-'));
    if name.is_empty() {
        name.push('-');
    }
    Cow::Owned(name)
}

fn is_forbidden(character: char) -> bool {
    matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || character.is_control()
}

/// A name of allowed characters that means something else than a file.
enum Reserved {
    /// A device of Windows, whose name ends at this byte.
    Device(usize),
    /// A name with which a page could get at the folder's history or at our records.
    Folder,
}

/// Returns whether what is called so at the top of an output folder is no part of the site: what
/// stillpress keeps there for itself, or git.
pub fn is_kept(name: &str) -> bool {
    let head = name.get(..OWN.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(OWN)) || name.eq_ignore_ascii_case(".git")
}

fn reserved(name: &str) -> Option<Reserved> {
    if is_kept(name) {
        return Some(Reserved::Folder);
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end_matches(' ');
    is_device(stem).then_some(Reserved::Device(stem.len()))
}

/// Returns whether Windows opens a device by the name `stem`. It takes `¹`, `²` and `³` for
/// digits.
fn is_device(stem: &str) -> bool {
    if DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        return true;
    }
    let Some((port, number)) = stem.split_at_checked(3) else { return false };
    let is_port = port.eq_ignore_ascii_case("com") || port.eq_ignore_ascii_case("lpt");
    let mut characters = number.chars();
    let is_digit = characters.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c));
    is_port && is_digit && characters.next().is_none()
}

/// Cuts `name` to the longest length, and marks it with a hash of the whole `segment`, so that
/// long names with one beginning stay distinct. A short ending such as `.jpg` stays.
fn cut(name: &str, segment: &str) -> String {
    let ending = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|ending| ending.len() <= LONGEST_ENDING && ending.len() < name.len())
        .unwrap_or_default();
    let hash = blake3::hash(segment.as_bytes()).to_hex();
    let mark = format!("-{}{ending}", &hash[..8]);
    let mut end = LONGEST - mark.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{mark}", &name[..end])
}

/// Returns what two paths have in common that are one file on Windows or macOS.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    let lower = normalizer.normalize(path).to_lowercase();
    normalizer.normalize(&lower).into_owned()
}

/// Returns whether two texts are one to whoever reads them: letters with marks may be put together in
/// more than one way.
pub fn is_one_text(one: &str, other: &str) -> bool {
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    one == other || normalizer.normalize(one) == normalizer.normalize(other)
}

/// Returns the text that the bytes of a name are. Those of old systems, which are no UTF-8, are taken for Latin-1.
pub fn decoded(bytes: Cow<'_, [u8]>) -> String {
    let old = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect();
    String::from_utf8(bytes.into_owned()).unwrap_or_else(|error| old(error.into_bytes()))
}

/// Returns the name of a file without its folders and endings, in lower case.
pub fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.split('.').next().unwrap_or(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[track_caller]
    fn check(segment: &str, expected: &str) {
        let name = safe_segment(segment);
        assert_eq!(name, expected);
        assert_eq!(matches!(name, Cow::Borrowed(_)), segment == expected);
    }

    #[test]
    fn names_that_differ_only_in_case_or_unicode_form_are_one() {
        assert_eq!(fold("Café/A"), fold("cafe\u{301}/a"));
        assert_eq!(fold("\u{1e0a}"), fold("d\u{307}"));
        assert_ne!(fold("བོད"), fold("བོ"));
    }

    #[test]
    fn ordinary_names_stay() {
        for name in ["hello-world", "index.html", "སྤྱི་ཟླ", "e\u{301}té", "a b", ".well-known", "%2f"]
        {
            check(name, name);
        }
    }

    #[test]
    fn names_that_lead_elsewhere_are_changed() {
        check("", "-");
        check(".", "-");
        check("..", "--");
        check("../etc", "..-etc");
        check("a\\b", "a-b");
        check("a\0b\nc\u{7f}", "a-b-c-");
    }

    #[test]
    fn what_windows_forbids_is_changed() {
        check("a:b*c?d\"e<f>g|h", "a-b-c-d-e-f-g-h");
        check("wait...", "wait---");
        check("wait. ", "wait--");
        check("CON", "CON-");
        check("aux.html", "aux-.html");
        check("nul .txt", "nul- .txt");
        check("com1.tar.gz", "com1-.tar.gz");
        check("lpt³", "lpt³-");
        check("com10", "com10");
        check("comics", "comics");
        check("console", "console");
    }

    #[test]
    fn names_of_the_folders_own_records_are_changed() {
        check(".git", "-git");
        check(".GIT", "-GIT");
        check(".gitignore", ".gitignore");
        check(".stillpress.json", "-stillpress.json");
        check(".Stillpress-staging", "-Stillpress-staging");
    }

    #[test]
    fn long_names_are_cut_between_characters_and_stay_distinct() {
        let long = "བོད".repeat(100);
        let name = safe_segment(&long);
        assert!(name.len() <= LONGEST && name.len() > LONGEST - 6);
        assert_ne!(name, safe_segment(&format!("{long}་")));
        assert!(safe_segment(&format!("{long}.jpeg")).ends_with(".jpeg"));
        assert!(safe_segment(&format!("a.{long}")).len() <= LONGEST);
        check(&"x".repeat(LONGEST), &"x".repeat(LONGEST));
    }

    #[test]
    fn paths_are_made_safe_part_by_part() {
        assert_eq!(safe_path("2024/05/hi/index.html"), "2024/05/hi/index.html");
        assert_eq!(safe_path("/a//../b:c/"), "a/--/b-c");
        assert!(!is_safe_path(""));
        assert!(!is_safe_path("/a"));
        assert!(!is_safe_path("a/../b"));
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_name_that_stays_as_it_is(segment in any::<String>()) {
            let name = safe_segment(&segment);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST);
            prop_assert!(matches!(safe_segment(&name), Cow::Borrowed(_)), "{name:?}");
        }

        #[test]
        fn any_path_becomes_a_path_that_stays_as_it_is(path in "[a./: con]{0,40}") {
            let safe = safe_path(&path);
            prop_assert_eq!(safe_path(&safe), &*safe);
        }
    }
}
