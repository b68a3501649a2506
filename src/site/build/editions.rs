//! Finds out which languages a site kept apart, and where their home pages stood.

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::content;
use crate::model::{BodyFormat, Export, Language, Post, PostId};
use crate::site::build::pretty_path;
use crate::site::editions::{Edition, EditionId, MOST};
use crate::site::languages::{self, Told, primary, tag_of_locale};
use crate::site::old_site::OldSite;
use crate::site::urls::UrlPath;

/// The languages a site kept apart, before its pages have addresses.
#[derive(Debug, Default)]
pub(super) struct Editions {
    /// None on a site of one language.
    pub all: Vec<Edition>,
    /// The edition of each post of which one is told.
    pub of_posts: HashMap<PostId, EditionId>,
    /// The page that stands for the home page of an edition.
    pub fronts: HashMap<EditionId, PostId>,
    /// The page whose place the list of an edition's posts takes.
    pub posts_pages: HashMap<EditionId, PostId>,
}

/// What editions are found by.
pub(super) struct Clues<'a> {
    pub export: &'a Export,
    pub public: &'a [&'a Post],
    pub old: &'a OldSite,
    /// The page at `/`.
    pub front: Option<PostId>,
}

/// A language that may turn out to be an edition.
#[derive(Clone, Debug, Default)]
struct Candidate {
    code: String,
    tag: String,
    name: String,
    title: Option<String>,
    home: Option<UrlPath>,
    is_default: bool,
    front: Option<PostId>,
    posts_page: Option<PostId>,
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
        let find = |post: &Post| place_of(post, &candidates, &names, clues.old);
        let places: Vec<Option<usize>> = clues.public.iter().map(|post| find(post)).collect();
        let (kept, numbers) = with_posts(&candidates, &places, (language, told));
        if kept.len() < 2 {
            return Self::default();
        }
        let ids = clues.public.iter().map(|post| post.id).zip(&places);
        let of_posts: HashMap<PostId, EditionId> =
            ids.filter_map(|(id, place)| Some((id, numbers[(*place)?]?))).collect();
        let pages = |told: fn(&Candidate) -> Option<PostId>, of_site: Option<PostId>| {
            let translated = translations(clues, of_site, &of_posts);
            let listed = candidates.iter().zip(&numbers);
            let listed = listed.filter_map(|(it, number)| Some(((*number)?, told(it)?)));
            let public = |(_, id): &(EditionId, PostId)| clues.public.iter().any(|it| it.id == *id);
            translated.into_iter().chain(listed).filter(public).collect()
        };
        let mut fronts: HashMap<EditionId, PostId> = pages(|it| it.front, clues.front);
        let all: Vec<Edition> = kept;
        for (id, edition) in (0..).map(EditionId::new).zip(&all) {
            let at_home = clues.public.iter().find(|post| is_at(post, edition, clues.old));
            fronts.extend(at_home.map(|post| (id, post.id)));
        }
        let posts_pages = pages(|it| it.posts_page, clues.export.site.page_for_posts);
        Self { posts_pages, fronts, of_posts, all }
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

    /// Gives the edition at `/` the tag of the site's own language, if it is that.
    pub(super) fn settle_root(&mut self, language: &str) {
        let root = self.all.iter_mut().find(|edition| edition.is_at_root());
        if let Some(root) = root.filter(|root| primary(&root.tag) == primary(language)) {
            root.tag = language.into();
        }
    }
}

/// Returns the languages that a plugin lists, that its fields name, and that the user says have a home
/// page.
fn candidates(clues: &Clues<'_>, told: &[Told]) -> Vec<Candidate> {
    let listed = clues.export.languages.iter().map(|language| listed(language, clues.old));
    let listed = listed.filter(|it| languages::parse(&it.tag).is_ok());
    let mut all: Vec<Candidate> = listed.take(MOST).collect();
    let by_hand =
        |post: &Post| post.body.as_ref().is_some_and(|body| body.format == BodyFormat::Markdown);
    let named = clues.public.iter().filter(|post| !by_hand(post));
    let named = named.filter_map(|post| post.language.as_deref());
    for code in named {
        if all.len() < MOST && !all.iter().any(|it| it.is_called(code)) {
            all.extend(Candidate::named(code));
        }
    }
    for told in told {
        match all.iter().position(|it| it.is_called(&told.code)) {
            Some(known) => all[known].hear(told),
            None if told.home.is_some() && all.len() < MOST => {
                let mut new = Candidate { tag: told.tag.clone(), ..Candidate::default() };
                new.code.clone_from(&told.code);
                new.hear(told);
                all.push(new);
            }
            None => {}
        }
    }
    all
}

fn listed(language: &Language, old: &OldSite) -> Candidate {
    Candidate {
        code: language.code.to_string(),
        tag: tag_of_locale(language.locale.as_deref().unwrap_or(&language.code)),
        name: content::plain_text(&language.name),
        title: None,
        home: home_at(&language.home, old),
        is_default: language.is_default,
        front: language.page_on_front,
        posts_page: language.page_for_posts,
    }
}

/// Returns the path of the old address of a home page, unless a query or another host chose it.
fn home_at(address: &str, old: &OldSite) -> Option<UrlPath> {
    let local = old.local(address).filter(|_| address.contains("://"))?;
    local.query.is_empty().then(|| match local.path {
        "" => UrlPath::root(),
        path => UrlPath::from_segments(
            percent_decode_str(path).decode_utf8_lossy().split('/').filter(|it| !it.is_empty()),
        ),
    })
}

impl Candidate {
    fn named(code: &str) -> Option<Self> {
        languages::parse(code).ok()?;
        Some(Self { code: code.to_owned(), tag: tag_of_locale(code), ..Self::default() })
    }

    fn hear(&mut self, told: &Told) {
        if let Some(name) = &told.name {
            self.name.clone_from(name);
        }
        self.title.clone_from(&told.title);
        self.home = told.home.clone().or(self.home.take());
    }

    /// Whether a code, a locale or a tag means this language: `en` means `en-US`, too.
    fn is_called(&self, code: &str) -> bool {
        let tag = tag_of_locale(code);
        self.code.eq_ignore_ascii_case(code)
            || self.tag.eq_ignore_ascii_case(&tag)
            || (primary(&self.tag) == primary(&tag)) && (tag.len() <= 3 || self.tag.len() <= 3)
    }
}

/// Returns all that old addresses and records may call each language: the first part of a tag means
/// the language if no other begins so.
fn names(candidates: &[Candidate]) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    let whole = |it: &Candidate| [it.code.to_ascii_lowercase(), it.tag.to_ascii_lowercase()];
    for (index, candidate) in candidates.iter().enumerate() {
        for name in whole(candidate) {
            names.entry(name.replace('-', "_")).or_insert(index);
            names.entry(name).or_insert(index);
        }
    }
    for (index, candidate) in candidates.iter().enumerate() {
        names.entry(primary(&candidate.tag).to_ascii_lowercase()).or_insert(index);
    }
    names
}

/// Decides where each home page was: told, or seen from the addresses of posts. One may be at `/`.
fn settle_homes(candidates: &mut [Candidate], clues: &Clues<'_>, language: &str) {
    let names = names(candidates);
    let mut seen: Vec<Option<UrlPath>> = vec![None; candidates.len()];
    for post in clues.public {
        let code = post.language.as_deref().map(str::to_ascii_lowercase);
        let Some(&index) = code.and_then(|code| names.get(&code)) else { continue };
        let Some(said) = said_in(&post.link, clues.old) else { continue };
        let is_own = names.get(&said.to_ascii_lowercase()) == Some(&index);
        let home = if is_own { UrlPath::from_segments([&*said]) } else { UrlPath::root() };
        // The address of one post may say nothing of its language: then that of no other does.
        if is_own || seen[index].is_none() {
            seen[index] = Some(home);
        }
    }
    let is_site_s = |it: &Candidate| primary(&it.tag) == primary(language);
    let default = candidates.iter().position(|it| it.is_default);
    let default = default.or_else(|| candidates.iter().position(is_site_s));
    let folder = |it: &Candidate| UrlPath::from_segments([&*it.code.to_ascii_lowercase()]);
    for (index, candidate) in candidates.iter_mut().enumerate() {
        let is_default = Some(index) == default;
        let guessed = || if is_default { UrlPath::root() } else { folder(candidate) };
        let home = candidate.home.clone().or(seen[index].take()).unwrap_or_else(guessed);
        candidate.home = Some(home);
    }
    let is_at_root = |it: &Candidate| it.home == Some(UrlPath::root());
    let root = default.filter(|&index| is_at_root(&candidates[index]));
    let root = root.or_else(|| candidates.iter().position(is_at_root));
    for (index, candidate) in candidates.iter_mut().enumerate() {
        if Some(index) != root && candidate.home == Some(UrlPath::root()) {
            candidate.home = Some(folder(candidate));
        }
    }
}

/// Returns where an old address would say its language: the first folder of a path, or the query. None
/// if it is on another host, where that may say it.
fn said_in(link: &str, old: &OldSite) -> Option<String> {
    let local = old.local(link).filter(|_| link.contains("://"))?;
    if !local.query.is_empty() {
        return Some(local.parameter("lang").unwrap_or_default());
    }
    let folder = local.path.trim_matches('/').split('/').next().unwrap_or_default();
    Some(percent_decode_str(folder).decode_utf8_lossy().into_owned())
}

/// Returns which language a post is told to be in.
fn place_of(
    post: &Post,
    candidates: &[Candidate],
    names: &HashMap<String, usize>,
    old: &OldSite,
) -> Option<usize> {
    if let Some(code) = &post.language {
        return names.get(&code.to_ascii_lowercase()).copied();
    }
    let local = old.local(&post.link).filter(|_| post.link.contains("://"))?;
    if let Some(code) = local.parameter("lang") {
        return names.get(&code.to_ascii_lowercase()).copied();
    }
    let path = pretty_path(old, &post.link)?;
    let is_below = |it: &Candidate| {
        let home = it.home.as_ref().filter(|home| **home != UrlPath::root());
        home.is_some_and(|home| path.as_str().starts_with(home.as_str()))
    };
    candidates.iter().position(is_below)
}

/// Whether a post is the page that stood at the home page of an edition.
fn is_at(post: &Post, edition: &Edition, old: &OldSite) -> bool {
    if &*post.post_type != "page" || edition.is_at_root() {
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
