//! What an export refers to but does not hold, and what to ask the old site for. Pure.

mod ends;
mod gaps;
mod languages;
mod records;

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
    let asked: HashSet<Route> = lacks
        .iter()
        .flat_map(|lack| &lack.requests)
        .filter(|request| matches!(request.paging, Paging::From(_)))
        .map(|request| request.route.clone())
        .collect();
    lacks.extend(
        ends::cut_off(evidence)
            .into_iter()
            .filter(|lack| !lack.requests.iter().any(|request| asked.contains(&request.route))),
    );
    let posts = Route::collection("posts").path;
    let asks_for_posts = |lack: &Lack| {
        let is_part = lack.kind == Kind::Between;
        lack.requests.iter().any(|it| it.stem == "posts" || is_part && it.route.path == posts)
    };
    lacks.sort_by_key(|lack| (lack.certainty, !asks_for_posts(lack)));
    lacks
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
