//! Ids: each once, none of the page's own, the same on every build.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::markup::Markup;

/// What WordPress follows with a number that differs from answer to answer.
const COUNTED: &[&str] = &[
    "accordion-item-",
    "gallery-",
    "modal-",
    "playlist-",
    "search-form-",
    "tabs_",
    "tabs-",
    "wp-block-archives-",
    "wp-block-categories-",
    "wp-block-search__input-",
];

/// Attributes that name ids.
const REFERENCES: [&str; 9] = [
    "for",
    "aria-controls",
    "aria-labelledby",
    "aria-describedby",
    "aria-owns",
    "aria-details",
    "headers",
    "list",
    "popovertarget",
];

/// Ids are cut at this many bytes.
const LONGEST: usize = 80;

/// The ids of one body.
#[derive(Debug, Default)]
pub struct Ids {
    /// For each id of the body that is written otherwise now: how.
    renamed: HashMap<String, String>,
    taken: HashSet<String>,
    /// The ids of elements that were already printed.
    printed: HashSet<String>,
    /// For each id that was asked for again: the last number tried.
    suffixes: HashMap<String, usize>,
}

impl Ids {
    /// Looks through all pages of a body.
    pub fn collect(pages: &[Markup<'_>]) -> Self {
        let mut ids = Self::default();
        let mut counted = HashMap::new();
        for page in pages {
            for index in 0..page.tokens.len() {
                let Some(tag) = page.start_tag(index).filter(|tag| may_have_id(tag.attributes))
                else {
                    continue;
                };
                let attributes = Attributes::read(tag);
                // The name of an old anchor becomes its id.
                let id = attributes
                    .get("id")
                    .or_else(|| attributes.get("name").filter(|_| tag.name == "a"));
                if let Some(id) = id {
                    ids.add(&id, &mut counted);
                }
            }
        }
        ids
    }

    /// Rewrites the id of an element that is about to be printed, and all attributes of it that name ids.
    pub fn rewrite(&mut self, attributes: &mut Attributes<'_>) {
        if let Some(id) = attributes.get("id") {
            match self.print(&id) {
                Some(id) => attributes.set("id", id),
                None => drop(attributes.remove("id")),
            }
        }
        if !self.are_renamed() {
            return;
        }
        for name in REFERENCES {
            let Some(old) = attributes.get(name) else { continue };
            let new: Vec<&str> =
                old.split_ascii_whitespace().map(|id| self.renamed(id).unwrap_or(id)).collect();
            attributes.set(name, new.join(" "));
        }
    }

    /// Returns how the id of an element that is about to be printed is written. `None` if it has to go.
    pub fn print(&mut self, id: &str) -> Option<String> {
        let id: String = id.split_whitespace().collect::<Vec<_>>().join("-");
        if id.is_empty() {
            return None;
        }
        let wanted = self.renamed.get(&id).cloned().unwrap_or(id);
        if self.printed.insert(wanted.clone()) {
            return Some(wanted);
        }
        let free = self.free(&wanted);
        self.printed.insert(free.clone());
        Some(free)
    }

    /// Returns how an id is written now, if otherwise than before.
    pub fn renamed(&self, id: &str) -> Option<&str> {
        self.renamed.get(id).map(String::as_str)
    }

    /// Returns whether an element of the body has this id.
    pub fn has(&self, id: &str) -> bool {
        self.taken.contains(self.renamed(id).unwrap_or(id))
    }

    /// Returns whether any id is written otherwise now.
    pub fn are_renamed(&self) -> bool {
        !self.renamed.is_empty()
    }

    /// Returns a new id for an element that is printed later.
    pub fn reserve(&mut self, name: &str) -> String {
        let id = if self.is_free(name) { name.to_owned() } else { self.free(name) };
        self.taken.insert(id.clone());
        id
    }

    /// Returns a new id for a heading.
    pub fn for_heading(&mut self, text: &str) -> String {
        let id = self.reserve(&slug(text));
        self.printed.insert(id.clone());
        id
    }

    fn add(&mut self, id: &str, counted: &mut HashMap<String, HashMap<String, usize>>) {
        let id: Cow<'_, str> = match id.contains(char::is_whitespace) {
            true => id.split_whitespace().collect::<Vec<_>>().join("-").into(),
            false => id.into(),
        };
        if id.is_empty() || self.renamed.contains_key(&*id) {
            return;
        }
        let wanted = match counter(&id) {
            Some((stem, number, rest)) => {
                let numbers = counted.entry(stem.to_owned()).or_default();
                let next = numbers.len() + 1;
                let number = numbers.entry(number.to_owned()).or_insert(next);
                format!("{stem}{number}{rest}")
            }
            None => id.clone().into_owned(),
        };
        let wanted = if is_reserved(&wanted) { self.free(&wanted) } else { wanted };
        self.taken.insert(wanted.clone());
        if *wanted != *id {
            self.renamed.insert(id.into_owned(), wanted);
        }
    }

    fn free(&mut self, id: &str) -> String {
        let mut number = self.suffixes.get(id).copied().unwrap_or(1);
        loop {
            number += 1;
            let candidate = format!("{id}-{number}");
            if self.is_free(&candidate) {
                self.suffixes.insert(id.to_owned(), number);
                self.taken.insert(candidate.clone());
                return candidate;
            }
        }
    }

    fn is_free(&self, id: &str) -> bool {
        !is_reserved(id) && !self.taken.contains(id) && !self.printed.contains(id)
    }
}

/// Returns whether the frame of the page has this id.
fn is_reserved(id: &str) -> bool {
    let is_record = |prefix| {
        id.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(id, "content" | "comments" | "top" | "search" | "respond")
        || is_record("post-")
        || is_record("comment-")
}

/// Cuts an id that WordPress counted in two around its number.
fn counter(id: &str) -> Option<(&str, &str, &str)> {
    let digits = |start: usize| id[start..].bytes().take_while(u8::is_ascii_digit).count();
    let mut start = COUNTED.iter().find(|stem| id.starts_with(**stem)).map(|stem| stem.len());
    for player in ["audio-", "video-"] {
        // The first number is the post's.
        if id.starts_with(player) && digits(player.len()) > 0 {
            let after = player.len() + digits(player.len());
            start = id[after..].starts_with('-').then_some(after + 1);
        }
    }
    let start = start?;
    let end = start + digits(start);
    let rest = &id[end..];
    let is_counter = end > start && (rest.is_empty() || rest.starts_with(['-', '_']));
    is_counter.then(|| (&id[..start], &id[start..end], rest))
}

/// Returns whether an attribute `id` or `name` may stand in `attributes`, as written.
fn may_have_id(attributes: &str) -> bool {
    // Almost every tag is asked: two letters are enough.
    let is_start =
        |pair: &[u8]| pair.eq_ignore_ascii_case(b"id") || pair.eq_ignore_ascii_case(b"na");
    attributes.len() > 3 && attributes.as_bytes().windows(2).any(is_start)
}

/// Makes an id of text: lower case, letters and digits of every script, `-` for all else.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        if is_part(character) {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() > LONGEST {
            break;
        }
    }
    if slug.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|&end| slug.is_char_boundary(end)).unwrap_or(0);
        let whole = slug[..end].rfind(['-', TSHEG]).filter(|&whole| whole > LONGEST / 2);
        slug.truncate(whole.unwrap_or(end));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

const TSHEG: char = '་';

/// Returns whether a character is part of a word: a letter, a digit, or a sign that belongs to a letter.
fn is_part(character: char) -> bool {
    let is_sign = matches!(
        character as u32,
        0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670
            | 0x900..=0x963 | 0x966..=0xdf3 | 0xe47..=0xe4e | 0xec8..=0xece
            | 0xf0b..=0xf0c | 0xf35 | 0xf37 | 0xf39 | 0xf71..=0xf84 | 0xf90..=0xfbc
            | 0x1036..=0x103a | 0x17c6..=0x17d3 | 0x200c..=0x200d
    );
    character == '_' || character.is_alphanumeric() || is_sign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let page = Markup::printed(html);
        let mut ids = Ids::collect(std::slice::from_ref(&page));
        let tags = (0..page.tokens.len()).filter_map(|index| page.start_tag(index));
        let printed: Vec<_> = tags
            .filter_map(|tag| {
                Attributes::read(tag).get("id").map(|id| ids.print(&id).unwrap_or_default())
            })
            .collect();
        assert_eq!(printed, expected);
    }

    #[test]
    fn ids_of_the_author_stay() {
        check("<p id=a><p id=b>", &["a", "b"]);
    }

    #[test]
    fn a_second_one_gets_a_number() {
        check("<p id=a><p id=a><p id=a-2><p id=a>", &["a", "a-3", "a-2", "a-4"]);
    }

    #[test]
    fn counters_start_at_one() {
        check(
            "<p id=gallery-7><p id=gallery-7-101><p id=gallery-9><p id=audio-12-4>",
            &["gallery-1", "gallery-1-101", "gallery-2", "audio-12-1"],
        );
    }

    #[test]
    fn the_pages_own_ids_are_left_to_it() {
        check(
            "<p id=content><p id=post-12><p id=post-office>",
            &["content-2", "post-12-2", "post-office"],
        );
    }

    #[test]
    fn headings_are_named_by_their_text() {
        assert_eq!(slug("  What’s “new”, in 2024?  "), "what-s-new-in-2024");
        assert_eq!(slug("བོད་ཀྱི་དོན། གསར་པ།"), "བོད་ཀྱི་དོན-གསར་པ");
        assert_eq!(slug("हिन्दी में"), "हिन्दी-में");
        assert_eq!(slug("!?"), "section");
        assert!(slug(&"བོད་".repeat(40)).len() <= LONGEST);
    }

    #[test]
    fn headings_of_one_text_get_numbers() {
        let mut ids = Ids::default();
        assert_eq!(ids.for_heading("Comments"), "comments-2");
        assert_eq!(ids.for_heading("Comments"), "comments-3");
    }
}
