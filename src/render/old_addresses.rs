//! Answers to old addresses with a query, such as `/?p=12`, on a host that has only files: lists of
//! answers, cut so small that a reader's browser loads just the one it needs.

use std::collections::BTreeMap;

use memchr::memmem;
use serde::Serialize;

use crate::diagnostics::{Diagnostic, Location};
use crate::render::destinations;
use crate::render::fnv;
use crate::render::numbers;
use crate::render::shared::Shared;
use crate::render::views::OldAddressesView;
use crate::site::editions::Edition;
use crate::site::links::MovedBelow;
use crate::site::links::known::{Answer, Known, Paging};
use crate::site::own_files::OwnFile;
use crate::site::redirects::Reach;
use crate::site::urls::UrlPath;

/// The folder of the lists.
const FOLDER: [&str; 2] = ["assets", "old-addresses"];

/// How many answers a list holds, about: a few kilobytes.
const ANSWERS: usize = 64;

/// How many lists are made at once.
const LISTS: usize = 256;

/// An answer, for the script in `partials/old-addresses.html`: where it is, how many pages it has,
/// what stands before their number, and where its feed is.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Printed {
    Alone(String),
    WithParts(String, usize, &'static str, String),
}

/// Returns whether a page has the script.
pub fn is_asked(page: &[u8]) -> bool {
    memmem::find(page, FOLDER.join("/").as_bytes()).is_some()
}

/// Tells that a page that old addresses lead to has no script for them.
pub fn unasked(template: &str) -> Diagnostic {
    let message = format!(
        "`{template}` of the theme lacks the script for old addresses: links such as `/?p=12` end there"
    );
    let help = "put {% if page.old_addresses %}{% include \"partials/old-addresses.html\" %}{% endif %} \
                into its head, or let it extend base.html";
    let location = Location::file(&"the theme".into());
    Diagnostic::error("unanswered-addresses", message, location).with_help(help)
}

/// A page that old addresses lead to.
#[derive(Clone, Copy, Debug)]
pub enum AskedAt<'a> {
    /// The one at `/`.
    Home,
    /// The home page of a language, such as `/en/`: searches there have `/en/?s=word`.
    HomeOf(&'a Edition),
    /// The one for what is not found.
    NotFound,
}

/// Returns which of the pages that old addresses lead to a page is, if it is one.
pub fn asked_at<'a>(shared: &Shared<'a>, kind: &str, path: &UrlPath) -> Option<AskedAt<'a>> {
    if kind == "404" {
        return Some(AskedAt::NotFound);
    }
    if *path == UrlPath::root() {
        return Some(AskedAt::Home);
    }
    let edition = shared.site.editions.iter().find(|edition| edition.home == *path);
    edition.map(AskedAt::HomeOf)
}

/// Returns what the script has to know of the lists.
pub fn view(shared: &Shared<'_>, at: AskedAt<'_>) -> OldAddressesView {
    let links = &shared.site.links;
    let root = UrlPath::root();
    OldAddressesView {
        home: match at {
            AskedAt::NotFound => shared.href(&root),
            AskedAt::HomeOf(edition) if shared.settings.relative => {
                "../".repeat(edition.home.as_str().matches('/').count() - 1)
            }
            AskedAt::Home | AskedAt::HomeOf(_) => href(shared, &root),
        },
        language: match at {
            AskedAt::HomeOf(edition) => edition.names.first().cloned(),
            AskedAt::Home | AskedAt::NotFound => None,
        },
        // A page in parts stands at `/`, or the list of posts does.
        paging: if shared.site.info.home == UrlPath::root() { "page/" } else { "" },
        pages: links.pages_at(&UrlPath::root()),
        lists: href(shared, &UrlPath::from_segments(FOLDER)),
        count: count(links.known().count()),
        names: links.custom_names().into_iter().map(ToOwned::to_owned).collect(),
        languages: links.language_names().into_iter().map(ToOwned::to_owned).collect(),
        search: href(shared, &OwnFile::Search.path()),
        numbers: (numbers::pages(shared) > 0).then(|| shared.href(&numbers::path(1))),
        bases: match at {
            AskedAt::NotFound => {
                links.bases().iter().map(|it| (it.path.clone(), it.name.to_string())).collect()
            }
            AskedAt::Home | AskedAt::HomeOf(_) => Vec::new(),
        },
        moved: links.moved_below().iter().filter_map(|it| moved(shared, it)).collect(),
    }
}

/// Returns the address of a path for the script: as seen from the home page, if the site's folder
/// can be put anywhere.
fn href(shared: &Shared<'_>, path: &UrlPath) -> String {
    from_home(shared, shared.href(path))
}

fn from_home(shared: &Shared<'_>, address: String) -> String {
    let rest = address.strip_prefix(shared.site.info.base.path()).filter(|it| it.starts_with('/'));
    match rest {
        Some(path) if shared.settings.relative => format!(".{path}"),
        _ => address,
    }
}

/// Returns a rule for all paths below one, unless a page of redirects stands at each of them.
fn moved(shared: &Shared<'_>, rule: &MovedBelow) -> Option<(String, String, bool)> {
    let MovedBelow { from, reach, to } = rule;
    let is_same = *reach == Reach::BelowToSame;
    match to.strip_prefix('/') {
        Some(_) if is_same => None,
        Some(path) => Some((from.clone(), href(shared, &UrlPath::root()) + path, false)),
        None => Some((from.clone(), to.clone(), is_same)),
    }
}

/// Writes the lists, once all pages are made.
///
/// # Errors
/// A file cannot be written.
pub fn write(
    shared: &Shared<'_>,
    mut write: impl FnMut(&UrlPath, &[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let links = &shared.site.links;
    let count = count(links.known().count());
    // Those of a large site would fill the memory if they were all made at once.
    for first in (0..count).step_by(LISTS) {
        let mut lists: Vec<Vec<(String, Printed)>> = Vec::new();
        lists.resize_with(LISTS.min(count - first), Vec::new);
        for Known { question, answer } in links.known() {
            let number = fnv::hash(&question, fnv::SEED) as usize % count;
            let Some(list) = number.checked_sub(first).and_then(|place| lists.get_mut(place))
            else {
                continue;
            };
            list.extend(print(shared, answer).map(|printed| (question, printed)));
        }
        for (number, list) in (first..).zip(&lists) {
            let path = UrlPath::from_segments(FOLDER).file_in(&format!("{number}.json"));
            // In order, so that the same answers are the same bytes.
            let list: BTreeMap<&str, &Printed> =
                list.iter().map(|(question, printed)| (question.as_str(), printed)).collect();
            write(&path, &serde_json::to_vec(&list)?)?;
        }
    }
    Ok(())
}

fn count(answers: usize) -> usize {
    answers.div_ceil(ANSWERS).max(1)
}

fn print(shared: &Shared<'_>, answer: Answer<'_>) -> Option<Printed> {
    match answer {
        Answer::Attachment(id) => destinations::attachment(shared, id)
            .map(|address| Printed::Alone(from_home(shared, address))),
        Answer::Page { path, pages, feed: None, .. } if pages <= 1 => {
            Some(Printed::Alone(href(shared, path)))
        }
        Answer::Page { path, pages, paging, feed } => {
            let before = if paging == Paging::Named { "page/" } else { "" };
            let feed = feed.map(|feed| href(shared, feed)).unwrap_or_default();
            Some(Printed::WithParts(href(shared, path), pages, before, feed))
        }
    }
}
