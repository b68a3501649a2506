//! Languages that a site may keep apart, as far as anything tells of them, and where their home pages
//! stood.

use std::collections::{BTreeMap, HashMap, HashSet};

use percent_encoding::percent_decode_str;

use crate::content;
use crate::model::{BodyFormat, Export, Language, MOST_LANGUAGES, Post, PostId};
use crate::site::languages::{self, Told, primary, tag_of_locale};
use crate::site::old_site::OldSite;
use crate::site::urls::UrlPath;

/// What languages and editions are found by.
pub(super) struct Clues<'a> {
    pub export: &'a Export,
    pub public: &'a [&'a Post],
    pub old: &'a OldSite,
    /// The page at `/`.
    pub front: Option<PostId>,
}

/// A language that may turn out to be an edition.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    pub code: String,
    pub tag: String,
    pub name: String,
    pub title: Option<String>,
    pub home: Option<UrlPath>,
    pub is_default: bool,
    pub front: Option<PostId>,
    pub posts_page: Option<PostId>,
    /// Of its home page, if the site's own is on another.
    pub host: Option<String>,
}

/// Returns the languages that a plugin lists, that its fields name, and that the user says have a home
/// page.
pub(super) fn candidates(clues: &Clues<'_>, told: &[Told]) -> Vec<Candidate> {
    let listed = clues.export.languages.iter().map(|language| listed(language, clues.old));
    let listed = listed.filter(|it| languages::parse(&it.tag).is_ok());
    let mut all: Vec<Candidate> = listed.take(MOST_LANGUAGES).collect();
    let named = clues.public.iter().filter(|post| !is_by_hand(post));
    let mut seen = HashSet::new();
    let named = named.filter_map(|post| post.language.as_deref()).filter(|code| seen.insert(*code));
    for code in named {
        if all.len() < MOST_LANGUAGES && !all.iter().any(|it| it.is_called(code)) {
            all.extend(Candidate::named(code));
        }
    }
    for told in told {
        match all.iter().position(|it| it.is_called(&told.code)) {
            Some(known) => all[known].hear(told),
            None if told.home.is_some() && all.len() < MOST_LANGUAGES => {
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
        host: old.language_hosts.host(&language.home).map(str::to_owned),
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
pub(super) fn names(candidates: &[Candidate]) -> HashMap<String, usize> {
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

/// Returns the hosts that had one language alone, and which.
pub(super) fn hosts(
    candidates: &[Candidate],
    names: &HashMap<String, usize>,
    clues: &Clues<'_>,
) -> BTreeMap<String, usize> {
    let listed = candidates.iter().enumerate();
    let listed = listed.filter_map(|(index, it)| Some((it.host.clone()?, index)));
    let told = clues.public.iter().filter_map(|post| {
        let code = post.language.as_deref()?.to_ascii_lowercase();
        let host = clues.old.language_hosts.host(&post.link)?;
        Some((host.to_owned(), *names.get(&code)?))
    });
    let mut hosts: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (host, index) in listed.chain(told) {
        let known = hosts.entry(host).or_insert(Some(index));
        if *known != Some(index) {
            // With two languages it tells neither.
            *known = None;
        }
    }
    hosts.into_iter().filter_map(|(host, index)| Some((host, index?))).collect()
}

/// Decides where each home page was: told, or seen from the addresses of posts. One may be at `/`.
pub(super) fn settle_homes(candidates: &mut [Candidate], clues: &Clues<'_>, language: &str) {
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

/// Whether a post is written as Markdown, where `lang` is ours.
pub(super) fn is_by_hand(post: &Post) -> bool {
    post.body.as_ref().is_some_and(|body| body.format == BodyFormat::Markdown)
}

/// Returns where an old address would say its language: the first folder of a path, or the query. None
/// if it is on another host, where that may say it.
pub(super) fn said_in(link: &str, old: &OldSite) -> Option<String> {
    let local = old.local(link).filter(|_| link.contains("://"))?;
    if !local.query.is_empty() {
        return Some(local.parameter("lang").unwrap_or_default());
    }
    let folder = local.path.trim_matches('/').split('/').next().unwrap_or_default();
    Some(percent_decode_str(folder).decode_utf8_lossy().into_owned())
}
