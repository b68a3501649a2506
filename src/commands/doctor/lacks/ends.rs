//! Collections that look cut off.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use percent_encoding::percent_decode_str;

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::lacks::Certainty::{Known, Possible};
use crate::commands::doctor::lacks::{HANDFUL, Kind, Lack, USUAL, gaps};
use crate::commands::doctor::requests::{LARGEST_PAGE, Paging, Request};
use crate::diagnostics::plain;
use crate::export::{self, MissingAnswers};
use crate::model::{FileId, Term};
use crate::names;

/// What the site is like without an answer that stood between others.
const SHIFTED: &str = "What stood there is missing from the site. If more was published since, it may \
                       have moved to a later page.";

/// How much there is of a collection.
#[derive(Debug, Default)]
struct Count {
    total: usize,
    /// How many records are from which file, where the records tell.
    files: BTreeMap<FileId, usize>,
}

impl Count {
    fn of_files(files: impl Iterator<Item = FileId>) -> Self {
        let mut count = Self::default();
        files.for_each(|file| count.add(file));
        count
    }

    fn of_total(total: usize) -> Self {
        Self { total, ..Self::default() }
    }

    fn add(&mut self, file: FileId) {
        self.total += 1;
        *self.files.entry(file).or_default() += 1;
    }

    /// Returns whether the files show where the collection ends: none holds a whole answer, or the
    /// last holds less than the others. Single records are no answers of their own.
    fn shows_end(&self) -> bool {
        let Some(largest) = self.files.values().copied().max() else { return false };
        let is_rest = |count: &usize| (2..largest).contains(count);
        !is_full(largest) && !USUAL.contains(&largest) || self.files.values().any(is_rest)
    }
}

fn is_full(count: usize) -> bool {
    count > 0 && count.is_multiple_of(LARGEST_PAGE)
}

/// What the names of files tell of how a collection was saved.
struct Names<'a> {
    /// Without their endings, with and without a number.
    stems: HashSet<String>,
    /// Without their folders, decoded.
    whole: Vec<Cow<'a, str>>,
    /// How many records were asked for at least in first answers that are called alike, such as
    /// `posts-1` and `tags-1`: as many as the largest holds.
    asked: usize,
}

impl<'a> Names<'a> {
    fn of(evidence: &Evidence<'a>, counts: &BTreeMap<&str, Count>) -> Self {
        let is_first = |file: FileId, base: &str| {
            names::stem(&evidence.export.files[file.0 as usize].name) == format!("{base}-1")
        };
        let firsts = counts.iter().filter_map(|(base, count)| {
            count.files.iter().find(|(file, _)| is_first(**file, base)).map(|(_, count)| *count)
        });
        let asked = firsts.max().unwrap_or_default();
        let names = evidence.saved_files().map(|name| name.rsplit('/').next().unwrap_or(name));
        let whole = names.map(|name| percent_decode_str(name).decode_utf8_lossy()).collect();
        Self { stems: gaps::saved(evidence), whole, asked }
    }

    fn has(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    /// Returns how many pages of a collection were saved one after the other.
    fn pages(&self, base: &str) -> usize {
        let is_saved =
            |page: &usize| self.has(&format!("{base}-{page}")) || *page == 1 && self.has(base);
        (1..).take_while(is_saved).count()
    }

    /// Returns how many records an answer was to hold, if a name says so, as those of tools that
    /// save an answer by its address do.
    fn size(&self, base: &str) -> Option<usize> {
        let is_edge = |letter: Option<char>| letter.is_none_or(|it| !it.is_alphanumeric());
        let of_base = self.whole.iter().filter(|name| {
            name.match_indices(base).any(|(at, _)| {
                let (before, after) = (&name[..at], &name[at + base.len()..]);
                is_edge(before.chars().next_back()) && is_edge(after.chars().next())
            })
        });
        let size = |name: &Cow<'_, str>| {
            let (_, after) = name.split_once("per_page")?;
            let digits = after.strip_prefix(['=', '-', '_'])?;
            let end = digits.find(|letter: char| !letter.is_ascii_digit());
            digits[..end.unwrap_or(digits.len())].parse().ok().filter(|size| *size > 0)
        };
        of_base.filter_map(size).max()
    }
}

/// Answers that are missing between others, collections of which there are exactly as many records as
/// an answer of WordPress holds, and posts of which WordPress counted more.
pub(super) fn cut_off(evidence: &Evidence<'_>) -> Vec<Lack> {
    let mut counts = count(evidence);
    let mut lacks = Vec::new();
    let mut short = export::missing_posts(evidence.export).map(|missing| missing.told());
    for (base, missing) in missing_answers(evidence, &counts) {
        let short = short.take_if(|_| base == "posts");
        lacks.extend(between(base, &missing, short));
        counts.remove(base);
    }
    if let Some(short) = short {
        let requests = vec![Request::collection("posts", 1)];
        let without = "They are missing from the site.";
        let lack = Lack::new(Kind::More, Known, format!("posts: {short}"), without);
        lacks.push(lack.asking(requests));
        counts.remove("posts");
    }
    let names = Names::of(evidence, &counts);
    lacks.extend(counts.into_iter().filter_map(|(base, count)| more(base, &count, &names)));
    lacks
}

/// Returns how much there is of each collection.
fn count<'a>(evidence: &Evidence<'a>) -> BTreeMap<&'a str, Count> {
    let (export, kinds) = (evidence.export, evidence.kinds);
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for post in export.posts.iter().filter(|post| kinds.has_pages(&post.post_type)) {
        counts.entry(kinds.type_base(&post.post_type)).or_default().add(post.file);
    }
    let is_told = |term: &Term| term.name.is_some() && kinds.has_archives(&term.taxonomy);
    for term in export.terms.iter().filter(|term| is_told(term)) {
        counts.entry(kinds.taxonomy_base(&term.taxonomy)).or_default().total += 1;
    }
    let named = export.authors.iter().filter(|author| author.name.is_some());
    counts.insert("users", Count::of_total(named.count()));
    let attachments = evidence.library.attachments().iter();
    counts.insert("media", Count::of_files(attachments.map(|it| it.file)));
    counts.insert("comments", Count::of_files(export.comments.iter().map(|it| it.file)));
    counts
}

/// Returns the collections of which answers are missing between others.
fn missing_answers<'a>(
    evidence: &Evidence<'_>,
    counts: &BTreeMap<&'a str, Count>,
) -> Vec<(&'a str, MissingAnswers)> {
    let files = &evidence.export.files;
    let missing = |count: &Count| export::missing_answers(files, &count.files);
    counts.iter().filter_map(|(base, count)| Some((*base, missing(count)?))).collect()
}

/// The numbers of pages go for answers of the size that the others have, and so do the names of files.
fn between(base: &str, missing: &MissingAnswers, short: Option<String>) -> Vec<Lack> {
    let of_size = |route: Route| route.with("per_page", &missing.size.to_string());
    let request = |(page, name): &(usize, String)| Request {
        route: of_size(Route::collection(base)).with("page", &page.to_string()),
        paging: Paging::Once,
        stem: name.clone(),
    };
    let shown = plain(base).replace('-', " ");
    let short = short.map(|short| format!("; {short}")).unwrap_or_default();
    let what = format!("{shown}: {}{short}", plain(&missing.told()));
    let requests = missing.missing.iter().map(request).collect();
    let mut lacks = vec![Lack::new(Kind::Between, Known, what, SHIFTED).asking(requests)];
    if let Some(next) = missing.next {
        let what = format!("more {shown}: the last answer is full");
        let route = of_size(Route::collection(base));
        let request = Request { route, paging: Paging::From(next), stem: base.to_owned() };
        let without = "If there are more, they are missing.";
        lacks.push(Lack::new(Kind::More, Possible, what, without).asking(vec![request]));
    }
    lacks
}

/// What was looked for before, and found to be all, is not wanted again.
fn more(base: &str, count: &Count, names: &Names<'_>) -> Option<Lack> {
    let total = count.total;
    // Hardly anyone leaves WordPress with a handful of posts.
    let are_few = base == "posts" && (1..HANDFUL).contains(&total);
    if !is_full(total) && !are_few && !USUAL.contains(&total) {
        return None;
    }
    // An answer that holds less than was asked for is the last.
    let is_short = names.has(&format!("{base}-1")) && total < names.asked;
    let is_last = is_short || names.size(base).is_some_and(|size| !total.is_multiple_of(size));
    let pages = names.pages(base);
    let sizes = || USUAL.into_iter().chain([LARGEST_PAGE]);
    let is_rest = pages > 1 && sizes().all(|size| total != pages * size);
    let shows_end = !are_few && (count.shows_end() || is_rest);
    if is_last || shows_end || names.has(&format!("{base}-more")) {
        return None;
    }
    let page = if is_full(total) { total / LARGEST_PAGE + 1 } else { 1 };
    // Ten in a first answer and a second one that was saved: there are no more.
    let after = if is_full(total) { page } else { total / 10 + 1 };
    if !are_few && names.has(&format!("{base}-{after}")) {
        return None;
    }
    let (exactly, without) = match are_few {
        true => ("only", "If there are more, they are missing."),
        false => (
            "exactly",
            "That is where WordPress ends an answer. If there are more, they are missing.",
        ),
    };
    let what = format!("more {}: the export has {exactly} {total}", plain(base).replace('-', " "));
    let requests = vec![Request::collection(base, page)];
    Some(Lack::new(Kind::More, Possible, what, without).asking(requests))
}
