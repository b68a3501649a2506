//! Answers that were not saved, though those before and after them were: the numbers in the names of
//! files tell.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Export, ExportFile, FileId, Reading};
use crate::names;
use crate::wordpress;

/// How many records WordPress puts into an answer, and tools ask for.
const USUAL: [usize; 4] = [10, 20, 50, 100];

/// As many answers may be missing even if fewer are there. Beyond that the numbers are something
/// else, such as years or ids.
const FEW: usize = 10;

/// Answers that are missing between others of one collection.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingAnswers {
    /// How many records each was to hold.
    pub size: usize,
    /// Their pages, counted from 1, and what their files were to be called, without an ending.
    pub missing: Vec<(usize, String)>,
    /// The page after the last that is there, if that is full and this one is not there.
    pub next: Option<usize>,
    /// The names of the first and the last file that are there, without endings.
    around: [String; 2],
}

/// Files of one collection that are called alike but for their number: by that, the name without an
/// ending, and how many records are from it.
type Series = BTreeMap<usize, (String, usize)>;

/// Returns the answers that are missing of a collection, given how many of its records are from
/// which file.
pub fn missing_answers(
    files: &[ExportFile],
    counts: &BTreeMap<FileId, usize>,
) -> Option<MissingAnswers> {
    let mut all: BTreeMap<String, Series> = BTreeMap::new();
    for (file, count) in counts {
        let stem = names::stem(&files[file.0 as usize].name);
        let (start, number) = match numbered(&stem) {
            Some((start, number)) => (start.to_owned(), number),
            // The first may stand without a number before others that have one.
            None => (format!("{stem}-"), 1),
        };
        all.entry(start).or_default().entry(number).or_insert((stem, 0)).1 += count;
    }
    let total = counts.values().sum();
    let found = all.iter().filter_map(|(start, series)| Some((start, series, full(series)?)));
    let mut found = found.peekable();
    found.peek()?;
    // What cannot be read is told by itself.
    let saved = files.iter().filter(|file| file.reading != Reading::Refused);
    let saved = saved.map(|file| names::stem(&file.name)).collect();
    found.find_map(|(start, series, size)| between((start, series), (size, total), &saved))
}

/// Returns the beginning of a name, and the number at its end.
fn numbered(stem: &str) -> Option<(&str, usize)> {
    let start = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    Some((start, stem[start.len()..].parse().ok()?))
}

/// Returns how many records each answer was to hold, if these are answers: all but the last are full.
/// There may be a few less in one, for WordPress leaves out what visitors may not see.
fn full(series: &Series) -> Option<usize> {
    let size = series.values().map(|(_, count)| *count).max()?;
    let mut before = series.values().rev().skip(1);
    let are_full = before.all(|(_, count)| count * 10 >= size * 9);
    (series.len() > 1 && USUAL.contains(&size) && are_full).then_some(size)
}

/// Returns what is missing of a series of answers of that size, given how many records there are of
/// the collection, and the names of all files that were saved.
fn between(
    (start, series): (&str, &Series),
    (size, total): (usize, usize),
    saved: &HashSet<String>,
) -> Option<MissingAnswers> {
    let name = |number: usize| format!("{start}{number}");
    let is_there = |number: usize| series.contains_key(&number) || saved.contains(&name(number));
    let first = usize::from(!is_there(0));
    let page = |number: usize| number + 1 - first;
    let (_, (lowest, _)) = series.first_key_value()?;
    let (&last, (highest, rest)) = series.last_key_value()?;
    let most = FEW.max(series.len());
    let numbers = (first..last).filter(|number| !is_there(*number)).take(most + 1);
    let missing: Vec<(usize, String)> =
        numbers.map(|number| (page(number), name(number))).collect();
    // They may have been saved under other names.
    let others = total - series.values().map(|(_, count)| count).sum::<usize>();
    if missing.is_empty() || missing.len() > most || others >= missing.len() * size {
        return None;
    }
    let next = (*rest == size && !is_there(last + 1)).then_some(page(last + 1));
    Some(MissingAnswers { size, missing, next, around: [lowest.clone(), highest.clone()] })
}

impl MissingAnswers {
    /// Returns what is missing, for people: `posts-1 and posts-3 are there, but no posts-2`.
    pub fn told(&self) -> String {
        let [first, last] = &self.around;
        let names: Vec<&str> = self.missing.iter().map(|(_, name)| &**name).collect();
        format!("{first} and {last} are there, but no {}", names.join(", "))
    }
}

/// Tells of posts, media and comments in such answers.
pub(super) fn tell(export: &Export, diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<&str, BTreeMap<FileId, usize>> = BTreeMap::new();
    let mut count = |base, file| *counts.entry(base).or_default().entry(file).or_default() += 1;
    let seen = |name: &str| !wordpress::is_type_without_pages(name);
    for post in export.posts.iter().filter(|post| seen(&post.post_type)) {
        count(wordpress::rest_base_of_type(&post.post_type), post.file);
    }
    export.attachments.iter().for_each(|attachment| count("media", attachment.file));
    export.comments.iter().for_each(|comment| count("comments", comment.file));
    for (base, counts) in &counts {
        let Some(missing) = missing_answers(&export.files, counts) else { continue };
        let message = format!("an answer is missing: {}", missing.told());
        let help =
            "`stillpress doctor` tells how to save it; if it is gone, what stood in it stays away";
        let location = Location::file(&"the export".into());
        let told = Diagnostic::warning("missing-answer", message, location).about(base);
        diagnostics.push(told.with_help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is missing, given how many records of a collection are from which file.
    #[track_caller]
    fn check(counts: &[(&str, usize)], expected: &str) {
        let file = |name: &str| ExportFile {
            name: name.into(),
            path: "".into(),
            temporary: None,
            reading: Reading::Whole,
        };
        let files: Vec<ExportFile> = counts.iter().map(|(name, _)| file(name)).collect();
        let from = counts.iter().enumerate().filter(|(_, (_, count))| *count > 0);
        let counts = from.map(|(file, (_, count))| (FileId(file as u32), *count)).collect();
        let told = missing_answers(&files, &counts).map(|missing| {
            let pages = missing.missing.iter().map(|(page, _)| page.to_string());
            let pages = pages.collect::<Vec<_>>().join(",");
            format!("{}; pages {pages} of {}", missing.told(), missing.size)
        });
        assert_eq!(told.unwrap_or_default(), expected);
    }

    #[test]
    fn an_answer_between_full_ones_is_missing() {
        let told = "posts-1 and posts-3 are there, but no posts-2; pages 2 of 10";
        check(&[("a/posts-1.json", 10), ("a/posts-3.json", 10)], told);
        check(&[("posts-1.json.gz", 10), ("Posts-3.json", 4)], told);
        check(&[("posts-1.json", 10), ("posts-3.json", 10), ("post.json", 1)], told);
        let told = "posts-0 and posts-2 are there, but no posts-1; pages 2 of 100";
        check(&[("posts-0.json", 98), ("posts-2.json", 100)], told);
        let told = "posts-2 and posts-5 are there, but no posts-1, posts-4; pages 1,4 of 20";
        check(&[("posts-2.json", 20), ("posts-3.json", 19), ("posts-5.json", 7)], told);
        let told = "posts and posts-3 are there, but no posts-2; pages 2 of 10";
        check(&[("posts.json", 10), ("posts-3.json", 10)], told);
        let told = "posts?page=1 and posts?page=3 are there, but no posts?page=2; pages 2 of 10";
        check(&[("posts?page=1.json", 10), ("posts?page=3.json", 1)], told);
    }

    #[test]
    fn numbers_that_are_no_pages_miss_nothing() {
        // All there, some with nothing in them.
        check(&[("posts-1.json", 10), ("posts-2.json", 10), ("posts-3.json", 3)], "");
        check(&[("posts.json", 10), ("posts-2.json", 10)], "");
        check(&[("posts-1.json", 10), ("posts-2.json", 0), ("posts-3.json", 3)], "");
        // Ids, years, months.
        check(&[("posts-58274.json", 1)], "");
        check(&[("post-3.json", 1), ("post-5.json", 1)], "");
        check(&[("posts-2019.json", 10), ("posts-2021.json", 10)], "");
        check(&[("posts-1.json", 10), ("posts-58274.json", 1)], "");
        check(&[("posts-1.json", 31), ("posts-3.json", 28), ("posts-4.json", 30)], "");
        // Saved under another name.
        check(&[("posts-1.json", 10), ("posts-3.json", 10), ("posts-more-1.json", 20)], "");
        check(&[], "");
    }
}
