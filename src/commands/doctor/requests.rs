//! What to ask the old site for: answers of its API, and files of its uploads. Pure.

use crate::commands::api::Route;

/// The most records that WordPress puts into an answer.
pub const LARGEST_PAGE: usize = 100;

/// Something to ask the old site's API for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    /// What to ask.
    pub route: Route,
    /// How many answers there are.
    pub paging: Paging,
    /// What to call the answer, without an ending.
    pub stem: String,
}

/// How many answers a request has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Paging {
    /// One.
    Once,
    /// A page at a time, from this one on until there are no more.
    From(usize),
}

/// A file to fetch from the old site's folder of uploads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MediaFile {
    /// Below `uploads/`, or if it was not there from the home page on, with a `/` before it.
    pub path: String,
    /// Its full address.
    pub address: String,
}

impl Request {
    /// Asks for all of a collection, from a page on.
    #[must_use]
    pub fn collection(base: &str, page: usize) -> Self {
        let route = Route::collection(base).with("per_page", &LARGEST_PAGE.to_string());
        Self { route, paging: Paging::From(page), stem: base.to_owned() }
    }

    /// Asks for records by their ids.
    pub fn records(base: &str, ids: &[u64]) -> Vec<Self> {
        if let [id] = ids {
            let stem = format!("{base}-{id}");
            return vec![Self { route: Route::record(base, *id), paging: Paging::Once, stem }];
        }
        Self::listed(base, ids)
    }

    /// Asks for those records that there are among `ids`.
    pub fn listed(base: &str, ids: &[u64]) -> Vec<Self> {
        let chunks = ids.chunks(LARGEST_PAGE).enumerate();
        let by_id = chunks.map(|(index, ids)| Self {
            route: listing(Route::collection(base), "include", ids),
            paging: Paging::Once,
            stem: format!("{base}-by-id-{}", index + 1),
        });
        by_id.collect()
    }
}

/// Asks `route` for as many records as `ids` may bring.
pub fn listing(route: Route, name: &str, ids: &[u64]) -> Route {
    let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
    route.with(name, &ids.join(",")).with("per_page", &LARGEST_PAGE.to_string())
}
