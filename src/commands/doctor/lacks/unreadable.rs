//! Files that were to hold answers, and cannot be read.

use std::collections::{BTreeMap, HashSet};

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::lacks::Certainty::Known;
use crate::commands::doctor::lacks::{Kind, Lack, USUAL};
use crate::commands::doctor::requests::{LARGEST_PAGE, Paging, Request};
use crate::diagnostics::plain;
use crate::model::{ExportFile, FileId, Reading};
use crate::names;

/// How many are named. What is more than that is told with all that was noticed.
const NAMED: usize = 40;

/// Collections that every site has.
const COLLECTIONS: [&str; 8] =
    ["posts", "pages", "media", "categories", "tags", "users", "comments", "navigation"];

/// Files that are empty, damaged or no answers, and of which it is known what they were to hold, how
/// to ask for that.
pub(super) fn files(evidence: &Evidence<'_>) -> Option<Lack> {
    let files = &evidence.export.files;
    let broken: Vec<&ExportFile> = files.iter().filter(|file| file.reading.is_broken()).collect();
    if broken.is_empty() {
        return None;
    }
    let told = |file: &&ExportFile| {
        let what = match file.reading {
            Reading::Empty => "empty",
            Reading::WebPage => "a web page, or one of PHP's warnings stands in it",
            Reading::Foreign => "no answer",
            _ => "damaged or cut off",
        };
        format!("{} ({what})", plain(file.name.rsplit('/').next().unwrap_or_default()))
    };
    let named: Vec<String> = broken.iter().take(NAMED).map(told).collect();
    let rest = match broken.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!(" and {rest} more, which -v names"),
    };
    let (files, them) = match broken.len() {
        1 => ("a file", "it"),
        _ => ("files", "them"),
    };
    let what = format!("{files} that could not be read: {}{rest}", named.join(", "));
    let without = format!(
        "What else was to be in {them} is missing from the site. Save {them} again, or \
         let `stillpress fetch` do so, which saves beside {them}."
    );
    let bases = Bases::of(evidence);
    let requests = broken.iter().filter_map(|file| bases.request(&names::stem(&file.name)));
    let requests = requests.collect();
    Some(Lack::new(Kind::Unreadable, Known, what, &without).asking(requests))
}

/// What answers may be called.
struct Bases<'a> {
    all: HashSet<&'a str>,
    /// The names of all files, without endings.
    stems: HashSet<String>,
    /// How many records the largest file of each collection of posts has.
    largest: BTreeMap<&'a str, usize>,
}

impl<'a> Bases<'a> {
    fn of(evidence: &Evidence<'a>) -> Self {
        let (export, kinds) = (evidence.export, evidence.kinds);
        let types = export.post_types.iter().map(|kind| &*kind.rest_base);
        let taxonomies = export.taxonomies.iter().map(|kind| &*kind.rest_base);
        let mut counts: BTreeMap<(&str, FileId), usize> = BTreeMap::new();
        for post in &export.posts {
            *counts.entry((kinds.type_base(&post.post_type), post.file)).or_default() += 1;
        }
        let mut largest: BTreeMap<&str, usize> = BTreeMap::new();
        for ((base, _), count) in counts {
            let most = largest.entry(base).or_default();
            *most = count.max(*most);
        }
        Self {
            all: COLLECTIONS.into_iter().chain(types).chain(taxonomies).collect(),
            stems: export.files.iter().map(|file| names::stem(&file.name)).collect(),
            largest,
        }
    }

    /// Returns how to ask for what a file of that name was to hold, if the name tells.
    fn request(&self, stem: &str) -> Option<Request> {
        let once = |route| Request { route, paging: Paging::Once, stem: stem.to_owned() };
        match stem {
            "index" => return Some(once(Route::index())),
            "types" | "taxonomies" => return Some(once(Route::collection(stem))),
            _ if self.all.contains(stem) => return Some(Request::collection(stem, 1)),
            _ => (),
        }
        let (base, page) = stem.rsplit_once('-')?;
        let page: usize = page.parse().ok().filter(|page| *page > 0)?;
        // The number of a record follows on no others.
        let is_page = |page: usize| self.stems.contains(&format!("{base}-{page}"));
        if !self.all.contains(base) || !(1..page).all(is_page) {
            return None;
        }
        let largest = self.largest.get(base).copied().unwrap_or_default();
        let size = if USUAL.contains(&largest) { largest } else { LARGEST_PAGE };
        let route = Route::collection(base).with("per_page", &size.to_string());
        Some(once(route.with("page", &page.to_string())))
    }
}
