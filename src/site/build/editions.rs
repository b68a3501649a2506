//! Finds out which languages a site kept apart, and where their home pages stood.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::model::PostId;
use crate::site::build::candidates::{Candidate, Clues, candidates, hosts, names, settle_homes};
use crate::site::build::places::{at_home, folders, place_by_link, places};
use crate::site::editions::{Edition, EditionId};
use crate::site::languages::{Told, primary};
use crate::site::old_site::OldSite;
use crate::site::urls::UrlPath;

/// The languages a site kept apart, before its pages have addresses.
#[derive(Debug, Default)]
pub(super) struct Editions {
    /// None on a site of one language.
    pub all: Vec<Edition>,
    /// The edition of each post of which one is told.
    pub of_posts: HashMap<PostId, EditionId>,
    /// The editions whose posts stood below their home page, or do so here.
    pub folders: HashSet<EditionId>,
    /// The hosts that had one language each.
    pub hosts: BTreeMap<String, EditionId>,
    /// The page that stands for the home page of an edition.
    pub fronts: HashMap<EditionId, PostId>,
    /// The page whose place the list of an edition's posts takes.
    pub posts_pages: HashMap<EditionId, PostId>,
}

impl Editions {
    /// Finds the editions of a site in `language`, and which posts belong to them. `told` is what the
    /// user says.
    pub(super) fn of(clues: &Clues<'_>, language: &str, told: &[Told]) -> Self {
        let mut candidates = candidates(clues, told);
        if candidates.is_empty() {
            return Self::default();
        }
        settle_homes(&mut candidates, clues, language);
        let names = names(&candidates);
        let hosts = hosts(&candidates, &names, clues);
        let places = places(clues, &candidates, &names, &hosts);
        let (all, numbers) = with_posts(&candidates, &places, (language, told));
        if all.len() < 2 {
            return Self::default();
        }
        let ids = clues.public.iter().map(|post| post.id).zip(&places);
        let of_posts: HashMap<PostId, EditionId> =
            ids.filter_map(|(id, place)| Some((id, numbers[(*place)?]?))).collect();
        let pages = |told: fn(&Candidate) -> Option<PostId>, of_site: Option<PostId>| {
            let listed = candidates.iter().zip(&numbers);
            let listed = listed.filter_map(|(it, number)| Some(((*number)?, told(it)?)));
            let pages = translations(clues, of_site, &of_posts).into_iter().chain(listed);
            let is_public = |(_, id): &(_, PostId)| clues.public.iter().any(|it| it.id == *id);
            pages.filter(is_public).collect::<HashMap<EditionId, PostId>>()
        };
        let hosts = hosts.into_iter().filter_map(|(host, place)| Some((host, numbers[place]?)));
        let hosts: BTreeMap<String, EditionId> = hosts.collect();
        let mut fronts = pages(|it| it.front, clues.front);
        fronts.extend(at_home(clues, &all, &hosts));
        Self {
            fronts,
            posts_pages: pages(|it| it.posts_page, clues.export.site.page_for_posts),
            folders: folders(clues, &all, &of_posts).chain(hosts.values().copied()).collect(),
            hosts,
            of_posts,
            all,
        }
    }

    /// Returns the edition of a post that is not at `/`.
    pub(super) fn apart(&self, post: PostId) -> Option<EditionId> {
        let id = *self.of_posts.get(&post)?;
        (!self.all[id.index()].is_at_root()).then_some(id)
    }

    /// Returns the home page of the edition for which a page stands there.
    pub(super) fn home_of_front(&self, page: PostId) -> Option<&UrlPath> {
        let (id, _) = self.fronts.iter().find(|(_, front)| **front == page)?;
        Some(&self.all[id.index()].home)
    }

    /// Returns the editions whose home page is not `/`.
    pub(super) fn all_apart(&self) -> impl Iterator<Item = (EditionId, &Edition)> {
        let all = (0..).map(EditionId::new).zip(&self.all);
        all.filter(|(_, edition)| !edition.is_at_root())
    }

    /// Returns the edition at `/`: if there is one, the list there leaves out what others have.
    pub(super) fn root(&self) -> Option<&Edition> {
        self.all.iter().find(|edition| edition.is_at_root())
    }

    /// The same as its number.
    pub(super) fn root_id(&self) -> Option<EditionId> {
        self.all.iter().position(Edition::is_at_root).map(EditionId::new)
    }

    /// Returns the edition of what is in the language `code`, or has an old address that tells it.
    pub(super) fn told(&self, code: Option<&str>, link: &str, old: &OldSite) -> Option<EditionId> {
        let called = |code: &str| self.all.iter().position(|it| it.is_called(code));
        let homes = || self.all.iter().map(|it| &it.home);
        let place = match code {
            Some(code) => called(code),
            None => place_by_link(link, old, &called, homes()),
        };
        place.map(EditionId::new)
    }

    /// Returns what follows the home page of an edition in a path, or the whole path.
    pub(super) fn below_home(&self, path: &UrlPath) -> UrlPath {
        let homes = self.all_apart().map(|(_, edition)| edition.home.as_str());
        let rest = homes.filter_map(|home| path.as_str().strip_prefix(home)).next();
        rest.map_or_else(|| path.clone(), |rest| UrlPath::from_encoded(&format!("/{rest}")))
    }

    /// Returns the home page of an edition below which all that is in its language stood.
    pub(super) fn folder(&self, id: EditionId) -> Option<&UrlPath> {
        self.folders.contains(&id).then(|| &self.all[id.index()].home)
    }

    /// Gives the edition at `/` the tag of the site's own language, if it is that.
    pub(super) fn settle_root(&mut self, language: &str) {
        let root = self.all.iter_mut().find(|edition| edition.is_at_root());
        if let Some(root) = root.filter(|root| primary(&root.tag) == primary(language)) {
            root.tag = language.into();
        }
    }
}

/// Returns the languages that have posts or pages, and the number of each candidate among them. What
/// is of none of them is in the site's own language, if no other is at `/`.
fn with_posts(
    candidates: &[Candidate],
    places: &[Option<usize>],
    (language, told): (&str, &[Told]),
) -> (Vec<Edition>, Vec<Option<EditionId>>) {
    let mut counts = vec![0_usize; candidates.len()];
    places.iter().flatten().for_each(|&place| counts[place] += 1);
    let rest = places.iter().filter(|place| place.is_none()).count();
    let names = names(candidates);
    let mut kept = Vec::new();
    let mut numbers = vec![None; candidates.len()];
    for (index, candidate) in candidates.iter().enumerate() {
        let home = candidate.home.clone().unwrap_or_else(UrlPath::root);
        if counts[index] > 0 || home == UrlPath::root() && rest > 0 {
            numbers[index] = Some(EditionId::new(kept.len()));
            let own = names.iter().filter(|(_, place)| **place == index).map(|(name, _)| name);
            let mut own: Vec<String> = own.cloned().collect();
            own.sort_by_key(|name| (*name != candidate.code.to_ascii_lowercase(), name.clone()));
            kept.push(Edition {
                names: own,
                tag: candidate.tag.as_str().into(),
                name: candidate.name.clone(),
                title: candidate.title.clone(),
                home,
            });
        }
    }
    let is_free = !kept.is_empty() && rest > 0 && !kept.iter().any(Edition::is_at_root);
    let is_new = !kept.iter().any(|it| primary(&it.tag) == primary(language));
    if is_free && is_new {
        let tag: Arc<str> = language.into();
        let told = told.iter().find(|told| primary(&told.tag) == primary(&tag));
        kept.insert(
            0,
            Edition {
                names: vec![primary(&tag).to_ascii_lowercase()],
                name: told.and_then(|told| told.name.clone()).unwrap_or_default(),
                title: None,
                home: UrlPath::root(),
                tag,
            },
        );
        numbers.iter_mut().flatten().for_each(|id| *id = EditionId::new(id.index() + 1));
    }
    (kept, numbers)
}

/// Returns the translations of a page, by their editions.
fn translations(
    clues: &Clues<'_>,
    page: Option<PostId>,
    of_posts: &HashMap<PostId, EditionId>,
) -> Vec<(EditionId, PostId)> {
    let own = clues.public.iter().find(|post| Some(post.id) == page);
    let ids = own.into_iter().flat_map(|post| post.translations.iter().copied());
    let ids = ids.filter(|id| Some(*id) != page);
    ids.filter_map(|id| Some((*of_posts.get(&id)?, id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Export, Language, Post};

    fn post(id: u64, link: &str, language: Option<&str>) -> Post {
        Post {
            id: PostId(id),
            post_type: "post".into(),
            link: link.into(),
            language: language.map(Into::into),
            ..Post::default()
        }
    }

    fn listed(code: &str, home: &str) -> Language {
        Language { code: code.into(), home: home.into(), ..Language::default() }
    }

    /// Builds the editions of a site in Tibetan. Each is shown as its first name, its home page and the
    /// posts in it.
    #[track_caller]
    fn check(languages: Vec<Language>, posts: Vec<Post>, told: &[Told], expected: &[&str]) {
        let mut export = Export { languages, posts, ..Export::default() };
        export.site.home = Some("https://news.example".to_owned());
        let public: Vec<&Post> = export.posts.iter().collect();
        let old = OldSite::of(&export, &[], &[]);
        let clues = Clues { export: &export, public: &public, old: &old, front: None };
        let editions = Editions::of(&clues, "bo", told);
        let shown = (0..).map(EditionId::new).zip(&editions.all).map(|(id, edition)| {
            let posts = export.posts.iter().map(|post| post.id);
            let posts = posts.filter(|post| editions.of_posts.get(post) == Some(&id));
            let ids: Vec<String> = posts.map(|id| id.0.to_string()).collect();
            format!("{} {} {}", edition.names[0], edition.home, ids.join(","))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_site_of_one_language_has_no_editions() {
        check(vec![], vec![post(1, "https://news.example/a/", None)], &[], &[]);
        check(vec![], vec![post(1, "https://news.example/a/", Some("bo"))], &[], &[]);
        // Nobody has written in the other one.
        let both =
            vec![listed("bo", "https://news.example/"), listed("en", "https://news.example/en/")];
        check(both, vec![post(1, "https://news.example/a/", Some("bo"))], &[], &[]);
        // What is no code of a language says nothing.
        let posts = vec![post(1, "/a/", Some("rust")), post(2, "/b/", Some("c-sharp"))];
        check(vec![], posts, &[], &[]);
    }

    #[test]
    fn home_pages_are_listed_or_seen_from_addresses() {
        let posts = || {
            vec![
                post(1, "https://news.example/a/", Some("bo")),
                post(2, "https://news.example/en/b/", Some("en")),
                post(3, "https://news.example/en/c/", None),
                post(4, "https://news.example/d/", None),
            ]
        };
        let seen = ["bo / 1", "en /en/ 2,3"];
        check(vec![], posts(), &[], &seen);
        let both =
            vec![listed("bo", "https://news.example/"), listed("en", "https://news.example/en/")];
        check(both, posts(), &[], &seen);
        let plain = vec![
            post(1, "https://news.example/?p=1", Some("bo")),
            post(2, "https://news.example/?p=2&lang=en", Some("en")),
            post(3, "https://news.example/?p=3&lang=en", None),
        ];
        check(vec![], plain, &[], &seen);
        let hosts = vec![
            post(1, "https://news.example/a/", Some("bo")),
            post(2, "https://en.news.example/b/", Some("en")),
            post(3, "https://en.news.example/c/", None),
        ];
        check(vec![], hosts, &[], &seen);
        // With the code of every language in addresses, none is at `/`.
        let all = vec![
            post(1, "https://news.example/bo/a/", Some("bo")),
            post(2, "https://news.example/en/b/", Some("en_US")),
        ];
        check(vec![], all, &[], &["bo /bo/ 1", "en_us /en/ 2"]);
    }

    #[test]
    fn the_user_says_where_a_language_was() {
        let english = Told {
            code: "en".to_owned(),
            tag: "en".to_owned(),
            name: None,
            title: None,
            home: Some(UrlPath::from_segments(["english"])),
        };
        let posts = || {
            vec![
                post(1, "https://news.example/a/", None),
                post(2, "https://news.example/english/b/", None),
            ]
        };
        check(vec![], posts(), std::slice::from_ref(&english), &["bo / ", "en /english/ 2"]);
        let nowhere = Told { home: None, ..english };
        check(vec![], posts(), &[nowhere], &[]);
    }

    #[test]
    fn one_language_at_most_is_at_the_root() {
        let posts = vec![
            post(1, "https://news.example/a/", Some("bo")),
            post(2, "https://news.example/b/", Some("en")),
            post(3, "https://news.example/c/", Some("de")),
        ];
        check(vec![], posts, &[], &["bo / 1", "en /en/ 2", "de /de/ 3"]);
        let many = (1..=100).map(|id| {
            let code = format!("q{}{}", (b'a' + id / 26) as char, (b'a' + id % 26) as char);
            post(u64::from(id), "https://news.example/x/", Some(&code))
        });
        let mut export = Export { posts: many.collect(), ..Export::default() };
        export.site.home = Some("https://news.example".to_owned());
        let public: Vec<&Post> = export.posts.iter().collect();
        let old = OldSite::of(&export, &[], &[]);
        let clues = Clues { export: &export, public: &public, old: &old, front: None };
        let editions = Editions::of(&clues, "bo", &[]);
        assert!(editions.all.len() <= 1 + crate::model::MOST_LANGUAGES);
    }
}
