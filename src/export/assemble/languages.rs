//! Languages that Polylang keeps as terms, which an export in XML tells like all others: those of
//! `language` are languages, and those of `post_translations` hold the posts that translate one
//! another. Their descriptions are arrays in PHP's form.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::content;
use crate::export::languages::{TRANSLATED, is_code};
use crate::export::php::{self, Value};
use crate::model::{Language, Post, PostId, Term, TermId};

/// Of what Polylang keeps as terms, what nothing else is called.
const OWN: [&str; 3] = [TRANSLATED, "term_translations", "term_language"];

/// More translations than languages are no translations.
const MAXIMUM: usize = 64;

/// Takes Polylang's terms away from `terms` and `posts`, and notes what they say. A site may have a
/// taxonomy `language` of its own: that stays.
pub(super) fn take(posts: &mut [Post], terms: &mut Vec<Term>, languages: &mut Vec<Language>) {
    if !terms.iter().any(is_polylang_s) {
        return;
    }
    let is_kept = |term: &Term| &*term.taxonomy != "language" && !OWN.contains(&&*term.taxonomy);
    let (kept, taken): (Vec<Term>, Vec<Term>) =
        std::mem::take(terms).into_iter().partition(is_kept);
    *terms = kept;
    let of = |taxonomy: &'static str| taken.iter().filter(move |term| &*term.taxonomy == taxonomy);
    let codes: HashMap<TermId, Arc<str>> = of("language").filter_map(code).collect();
    for language in of("language").filter_map(language) {
        if !languages.iter().any(|known| known.code == language.code) {
            languages.push(language);
        }
    }
    let groups: HashSet<TermId> = of(TRANSLATED).map(|term| term.id).collect();
    let gone: HashSet<TermId> = taken.iter().map(|term| term.id).collect();
    relate_posts(posts, &codes, &groups, &gone);
    let mut told = HashMap::new();
    for term in of("term_translations") {
        relate_terms(&term.description, &mut told);
    }
    for term in terms {
        let Some((code, translations)) = told.remove(&term.id) else { continue };
        term.language.get_or_insert(code);
        term.translations = translations;
    }
}

fn is_polylang_s(term: &Term) -> bool {
    let is_language = || &*term.taxonomy == "language" && locale(&term.description).is_some();
    OWN.contains(&&*term.taxonomy) || is_language()
}

fn code(term: &Term) -> Option<(TermId, Arc<str>)> {
    let slug = term.slug.as_deref().filter(|slug| is_code(slug))?;
    Some((term.id, slug.into()))
}

fn language(term: &Term) -> Option<Language> {
    let (_, code) = code(term)?;
    let name = term.name.as_deref().map(content::plain_text);
    Some(Language {
        code: (*code).into(),
        locale: locale(&term.description).map(Into::into),
        name: name.unwrap_or_default().into(),
        ..Language::default()
    })
}

fn locale(description: &str) -> Option<&str> {
    if !description.starts_with("a:") {
        return None;
    }
    php::parse(description)?.get("locale")?.text().filter(|locale| is_code(locale))
}

/// Gives posts their language and their translations, and takes from them the terms that are `gone`.
fn relate_posts(
    posts: &mut [Post],
    codes: &HashMap<TermId, Arc<str>>,
    groups: &HashSet<TermId>,
    gone: &HashSet<TermId>,
) {
    let mut members: BTreeMap<TermId, Vec<PostId>> = BTreeMap::new();
    for post in posts.iter_mut().filter(|post| post.terms.iter().any(|id| gone.contains(id))) {
        let told = post.terms.iter().find_map(|id| codes.get(id));
        post.language = post.language.take().or(told.cloned());
        let group = post.terms.iter().find(|id| groups.contains(id));
        if let Some(group) = group.filter(|_| post.translations.is_empty()) {
            members.entry(*group).or_default().push(post.id);
        }
        post.terms = post.terms.iter().copied().filter(|id| !gone.contains(id)).collect();
    }
    let members = members.into_values().filter(|members| (2..=MAXIMUM).contains(&members.len()));
    let translations: HashMap<PostId, Box<[PostId]>> = members
        .flat_map(|all| all.clone().into_iter().map(move |id| (id, all.clone().into())))
        .collect();
    for post in posts {
        if let Some(all) = translations.get(&post.id) {
            post.translations.clone_from(all);
        }
    }
}

/// Notes the terms that translate one another: by their languages, they stand in a description.
fn relate_terms(description: &str, told: &mut HashMap<TermId, (Arc<str>, Box<[TermId]>)>) {
    let Some(Value::Array(entries)) = php::parse(description) else { return };
    let pairs = entries.iter().take(MAXIMUM).filter_map(|(code, id)| {
        let id = u64::try_from(id.number()?).ok().map(TermId)?;
        Some((code.text().filter(|code| is_code(code))?, id))
    });
    let pairs: Vec<(&str, TermId)> = pairs.collect();
    let all: Box<[TermId]> = pairs.iter().map(|(_, id)| *id).collect();
    for (code, id) in pairs {
        told.entry(id).or_insert_with(|| (code.into(), all.clone()));
    }
}
