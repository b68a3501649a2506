//! What an export refers to but does not hold, and what to ask the old site for. Pure.

mod ends;
mod gaps;
mod languages;
mod records;
mod unreadable;

use std::collections::HashSet;

use serde::Serialize;

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::requests::{MediaFile, Paging, Request};

/// Something an export lacks.
#[derive(Debug)]
pub struct Lack {
    /// A stable name for programs.
    pub kind: Kind,
    /// Whether the old site surely has it.
    pub certainty: Certainty,
    /// What it is, as the subject of a sentence.
    pub what: String,
    /// What the new site is like without it: a sentence.
    pub without: String,
    /// The ids of what is missing, if they are known, in ascending order.
    pub ids: Vec<u64>,
    /// What to ask the old site's API for.
    pub requests: Vec<Request>,
    /// What to fetch from its folder of uploads.
    pub media: Vec<MediaFile>,
}

/// What is lacking.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the words say it")]
pub enum Kind {
    /// Files that were to hold answers.
    Unreadable,
    RootIndex,
    Languages,
    TermNames,
    AuthorNames,
    Attachments,
    ParentPages,
    CommentedPosts,
    Texts,
    MediaFiles,
    Posts,
    Pages,
    Comments,
    Menus,
    Types,
    /// A collection that the descriptions of types or taxonomies name.
    Announced,
    /// An answer between others of a collection.
    Between,
    /// The rest of a collection that may have been cut off.
    More,
}

/// Whether the old site surely has what is lacking.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// The export refers to it.
    Known,
    /// Most sites have it.
    Possible,
}

/// An export of no more posts than this was saved post by post: it is completed in the same way.
const HANDFUL: usize = 10;

/// How many records WordPress puts into an answer, and tools ask for, besides the most that it gives.
const USUAL: [usize; 3] = [10, 20, 50];

/// Returns all that is lacking: what is known first, and of that posts, which a site is for.
pub fn find(evidence: &Evidence<'_>) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = Vec::new();
    lacks.extend(records::root_index(evidence));
    lacks.extend(languages::languages(evidence));
    lacks.extend(records::term_names(evidence));
    lacks.extend(records::author_names(evidence));
    lacks.extend(records::attachments(evidence));
    lacks.extend(records::parents(evidence));
    lacks.extend(records::commented(evidence));
    lacks.extend(records::texts(evidence));
    lacks.extend(records::media_files(evidence));
    lacks.extend(gaps::empty_collections(evidence));
    let begun: HashSet<Route> = lacks
        .iter()
        .flat_map(|lack| &lack.requests)
        .filter(|request| matches!(request.paging, Paging::From(_)))
        .map(|request| request.route.clone())
        .collect();
    let is_begun = |lack: &Lack| lack.requests.iter().any(|it| begun.contains(&it.route));
    lacks.extend(ends::cut_off(evidence).into_iter().filter(|lack| !is_begun(lack)));
    if let Some(mut broken) = unreadable::files(evidence) {
        leave_to_others(&mut broken, &mut lacks);
        lacks.push(broken);
    }
    let posts = Route::collection("posts").path;
    let asks_for_posts = |lack: &Lack| {
        let is_part = lack.kind == Kind::Between;
        lack.requests.iter().any(|it| it.stem == "posts" || is_part && it.route.path == posts)
    };
    let is_broken = |lack: &Lack| lack.kind == Kind::Unreadable;
    lacks.sort_by_key(|lack| (lack.certainty, !is_broken(lack), !asks_for_posts(lack)));
    lacks
}

/// What is asked for in any case is not asked for again because its file is broken. A collection that has
/// a broken answer does not look cut off, but is.
fn leave_to_others(broken: &mut Lack, others: &mut Vec<Lack>) {
    let paths: HashSet<String> =
        broken.requests.iter().map(|request| request.route.path.clone()).collect();
    let is_of_broken = |request: &Request| paths.contains(&request.route.path);
    others.retain(|lack| {
        let is_guess = lack.kind == Kind::More && lack.certainty == Certainty::Possible;
        !is_guess || !lack.requests.iter().any(is_of_broken)
    });
    let asked = || others.iter().flat_map(|lack| &lack.requests);
    broken.requests.retain(|request| {
        let is_whole =
            |other: &Request| other.paging == Paging::From(1) || other.route == request.route;
        !asked().any(|other| other.route.path == request.route.path && is_whole(other))
    });
}

impl Lack {
    fn new(kind: Kind, certainty: Certainty, what: String, without: &str) -> Self {
        let (without, ids) = (without.to_owned(), Vec::new());
        Self { kind, certainty, what, without, ids, requests: Vec::new(), media: Vec::new() }
    }

    fn of(self, ids: Vec<u64>) -> Self {
        Self { ids, ..self }
    }

    fn asking(self, requests: Vec<Request>) -> Self {
        Self { requests, ..self }
    }
}
