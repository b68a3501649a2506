//! Which language a post is told to be in, and which pages stood at the home pages of languages.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Post, PostId};
use crate::site::build::candidates::{Candidate, Clues};
use crate::site::build::pretty_path;
use crate::site::editions::{Edition, EditionId};
use crate::site::old_site::OldSite;
use crate::site::urls::UrlPath;

/// Returns which of the candidates each public post belongs to.
pub(super) fn places(
    clues: &Clues<'_>,
    candidates: &[Candidate],
    names: &HashMap<String, usize>,
    hosts: &BTreeMap<String, usize>,
) -> Vec<Option<usize>> {
    let called = |code: &str| names.get(&code.to_ascii_lowercase()).copied();
    let place = |post: &&Post| {
        if let Some(code) = &post.language {
            return called(code);
        }
        let host = clues.old.language_hosts.host(&post.link);
        let on_host = host.and_then(|host| hosts.get(host).copied());
        let homes = candidates.iter().filter_map(|it| it.home.as_ref());
        on_host.or_else(|| place_by_link(&post.link, clues.old, &called, homes))
    };
    clues.public.iter().map(place).collect()
}

/// Returns which language an old address tells, by its query or by the home page it is below.
pub(super) fn place_by_link<'h>(
    link: &str,
    old: &OldSite,
    called: &dyn Fn(&str) -> Option<usize>,
    mut homes: impl Iterator<Item = &'h UrlPath>,
) -> Option<usize> {
    let local = old.local(link).filter(|_| link.contains("://"))?;
    if let Some(code) = local.parameter("lang") {
        return called(&code);
    }
    let path = pretty_path(old, link)?;
    homes.position(|home| *home != UrlPath::root() && path.as_str().starts_with(home.as_str()))
}

/// Returns the pages that stood at the home pages of editions.
pub(super) fn at_home(
    clues: &Clues<'_>,
    editions: &[Edition],
    hosts: &BTreeMap<String, EditionId>,
) -> HashMap<EditionId, PostId> {
    let mut pages = HashMap::new();
    for post in clues.public.iter().filter(|post| &*post.post_type == "page") {
        let host = clues.old.language_hosts.host(&post.link).and_then(|host| hosts.get(host));
        let all = || (0..).map(EditionId::new).zip(editions);
        let place = match host {
            Some(id) => Some(*id).filter(|_| is_at_home_of_host(post, clues.old)),
            None => all().find(|(_, it)| is_at(post, it, clues.old)).map(|(id, _)| id),
        };
        if let Some(id) = place {
            pages.entry(id).or_insert(post.id);
        }
    }
    pages
}

/// Returns the editions that have a post below their home page.
pub(super) fn folders<'a>(
    clues: &'a Clues<'_>,
    editions: &'a [Edition],
    of_posts: &'a HashMap<PostId, EditionId>,
) -> impl Iterator<Item = EditionId> + 'a {
    clues.public.iter().filter_map(|post| {
        let id = *of_posts.get(&post.id)?;
        let edition = &editions[id.index()];
        let path = pretty_path(clues.old, &post.link).filter(|_| !edition.is_at_root())?;
        path.as_str().starts_with(edition.home.as_str()).then_some(id)
    })
}

/// Whether a post is the page that stood at the home page of a host of one language.
fn is_at_home_of_host(post: &Post, old: &OldSite) -> bool {
    let local = old.local(&post.link);
    local.is_some_and(|it| it.query.is_empty() && it.path.trim_matches('/').is_empty())
}

/// Whether a post is the page that stood at the home page of an edition.
fn is_at(post: &Post, edition: &Edition, old: &OldSite) -> bool {
    if edition.is_at_root() {
        return false;
    }
    if pretty_path(old, &post.link).is_some_and(|path| path == edition.home) {
        return true;
    }
    let Some(local) = old.local(&post.link).filter(|_| post.link.contains("://")) else {
        return false;
    };
    let is_alone = local.parameters().count() == 1 && local.path.trim_matches('/').is_empty();
    is_alone && local.parameter("lang").is_some_and(|code| edition.is_called(&code))
}
