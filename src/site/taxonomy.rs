//! Terms and authors under the names readers see.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::config::{AuthorSettings, Settings, TermSettings};
use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Author, AuthorId, Export, Post, Term, TermId};
use crate::site::visibility::secret_terms;
use crate::wordpress;

/// How many terms stand above one another at most.
const MAX_DEPTH: usize = 50;

/// A term with what the export does not say filled in.
#[derive(Clone, Debug)]
pub struct TermNode {
    /// Unique across taxonomies.
    pub id: TermId,
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: Arc<str>,
    /// Plain text.
    pub name: String,
    /// Decoded, never empty.
    pub slug: String,
    /// HTML.
    pub description: String,
    /// The full old address. May be empty.
    pub link: Box<str>,
    /// The term above it, if the site has that.
    pub parent: Option<TermId>,
    /// What a plugin calls its language.
    pub language: Option<Arc<str>>,
    /// What translates it: here or not. May hold the term itself.
    pub translations: Box<[TermId]>,
}

/// An author with what the export does not say filled in.
#[derive(Clone, Debug)]
pub struct AuthorNode {
    /// Unique within one export.
    pub id: AuthorId,
    /// WordPress named the author to anyone who asked.
    pub is_public: bool,
    /// Plain text.
    pub name: String,
    /// Decoded, never empty.
    pub slug: String,
    /// HTML.
    pub description: String,
    /// The author's own site. May be empty.
    pub url: String,
    /// The full old address. May be empty.
    pub link: Box<str>,
}

/// Returns the public terms by id, and tells which had to be named by us.
pub fn terms(
    export: &Export,
    settings: &Settings,
    public_posts: &[&Post],
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<TermId, TermNode> {
    let shown: HashMap<TermId, &Term> =
        shown_terms(export, settings).map(|term| (term.id, term)).collect();
    let secret = secret_terms(export, public_posts);
    let public = public_terms(&shown, settings, public_posts, &secret);
    // In the order of the records, so that what is told is.
    let public = export.terms.iter().filter(|term| public.contains(&term.id));
    let mut nodes: HashMap<TermId, TermNode> = public
        .map(|term| {
            let told = settings_of(term, settings);
            if term.name.is_none() && told.and_then(|told| told.name.as_ref()).is_none() {
                diagnostics.push(unnamed_term(term));
            }
            (term.id, term_node(term, told))
        })
        .collect();
    cut_cycles(&mut nodes);
    nodes
}

/// Returns the terms of taxonomies that had pages in WordPress.
fn shown_terms<'a>(export: &'a Export, settings: &Settings) -> impl Iterator<Item = &'a Term> {
    let hidden = export.taxonomies.iter().filter(|taxonomy| taxonomy.is_viewable == Some(false));
    let hidden = hidden.map(|taxonomy| &*taxonomy.name);
    let hidden = hidden.chain(export.unsure_taxonomies.iter().map(|name| &**name));
    let mut hidden: HashSet<&str> = hidden.collect();
    for (name, told) in &settings.taxonomies {
        if told.public {
            hidden.remove(&**name);
        } else {
            hidden.extend(export.terms.iter().map(|term| &*term.taxonomy).find(|it| it == name));
        }
    }
    let is_shown = move |name: &str| !hidden.contains(name) && !wordpress::is_inner_taxonomy(name);
    export.terms.iter().filter(move |term| is_shown(&term.taxonomy))
}

/// Returns the terms readers knew: those WordPress told of by themselves, and those of public
/// posts, with all above them. What only a draft names was never shown.
fn public_terms(
    shown: &HashMap<TermId, &Term>,
    settings: &Settings,
    public_posts: &[&Post],
    secret: &HashSet<TermId>,
) -> HashSet<TermId> {
    let of_posts = public_posts.iter().flat_map(|post| post.terms.iter().copied());
    let has_record = |term: &&&Term| term.name.is_some() || !term.link.is_empty();
    let recorded = shown.values().filter(has_record).map(|term| term.id);
    let recorded = recorded.filter(|id| !secret.contains(id));
    let mut public = HashSet::new();
    let mut open: Vec<TermId> = of_posts.chain(recorded).collect();
    while let Some(id) = open.pop() {
        let Some(term) = shown.get(&id) else { continue };
        if public.insert(id) {
            let told = settings_of(term, settings).and_then(|told| told.parent);
            open.extend(told.map(TermId).or(term.parent));
        }
    }
    public
}

fn settings_of<'a>(term: &Term, settings: &'a Settings) -> Option<&'a TermSettings> {
    match &*term.taxonomy {
        "category" => settings.categories.get(term.id.0),
        "post_tag" => settings.tags.get(term.id.0),
        _ => settings.terms.get(term.id.0),
    }
}

fn term_node(term: &Term, told: Option<&TermSettings>) -> TermNode {
    let told = told.cloned().unwrap_or_default();
    let known_slug = told.slug.or(term.slug.as_deref().map(str::to_owned));
    let slug = known_slug.filter(|slug| !slug.is_empty()).unwrap_or_else(|| term.id.0.to_string());
    let exported_name = term.name.as_deref().map(content::plain_text);
    TermNode {
        id: term.id,
        taxonomy: Arc::clone(&term.taxonomy),
        name: told.name.or(exported_name).unwrap_or_else(|| title_from_slug(term, &slug)),
        slug,
        description: told.description.unwrap_or_else(|| term.description.as_ref().to_owned()),
        link: term.link.clone(),
        parent: told.parent.map(TermId).or(term.parent),
        language: term.language.clone(),
        translations: term.translations.clone(),
    }
}

/// Makes `News in English` of `news-in-english`, and `Category 5` where not even a slug is known.
fn title_from_slug(term: &Term, slug: &str) -> String {
    if term.slug.is_none() {
        let kind = match &*term.taxonomy {
            "category" => "Category",
            "post_tag" => "Tag",
            _ => "Term",
        };
        return format!("{kind} {}", term.id.0);
    }
    const SMALL: [&str; 12] =
        ["a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"];
    let words = slug.split(['-', '_']).filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .enumerate()
        .map(
            |(index, word)| {
                if index > 0 && SMALL.contains(&word) { word.into() } else { capitalize(word) }
            },
        )
        .collect();
    words.join(" ")
}

fn capitalize(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn unnamed_term(term: &Term) -> Diagnostic {
    let table = match &*term.taxonomy {
        "category" => "categories",
        "post_tag" => "tags",
        _ => "terms",
    };
    let id = term.id.0;
    let file: Arc<str> = "the export".into();
    let message = match &term.slug {
        Some(slug) => format!("the name of {} {id} is made from its slug `{slug}`", term.taxonomy),
        None => format!("neither name nor slug of {} {id} is in the export", term.taxonomy),
    };
    Diagnostic::warning("unnamed-term", message, Location::file(&file)).with_help(format!(
        "save the {table} of the site, or name it: [{table}.{id}] name = \"…\" in stillpress.toml"
    ))
}

/// Takes parents away that the site does not have, or that are below their own children.
fn cut_cycles(nodes: &mut HashMap<TermId, TermNode>) {
    let mut ids: Vec<TermId> = nodes.keys().copied().collect();
    ids.sort_unstable();
    let mut is_rooted = HashSet::new();
    for id in ids {
        let mut path = vec![id];
        while let Some(parent) = nodes.get(path.last().unwrap_or(&id)).and_then(|node| node.parent)
        {
            let last = path[path.len() - 1];
            let is_odd = !nodes.contains_key(&parent)
                || nodes[&parent].taxonomy != nodes[&last].taxonomy
                || path.contains(&parent);
            if is_odd {
                if let Some(node) = nodes.get_mut(&last) {
                    node.parent = None;
                }
                break;
            }
            if is_rooted.contains(&parent) || path.len() > 1000 {
                break;
            }
            path.push(parent);
        }
        is_rooted.extend(path);
    }
    cut_depth(nodes);
}

/// Takes parents away from terms that stand deeper than anybody sorts by hand: with all of them in
/// each address, a site would grow with the square of the depth.
fn cut_depth(nodes: &mut HashMap<TermId, TermNode>) {
    let mut children: HashMap<TermId, Vec<TermId>> = HashMap::new();
    let mut level = Vec::new();
    for node in nodes.values() {
        match node.parent {
            Some(parent) => children.entry(parent).or_default().push(node.id),
            None => level.push(node.id),
        }
    }
    let mut depth = 1;
    while !level.is_empty() {
        level = level.iter().flat_map(|id| children.remove(id).unwrap_or_default()).collect();
        depth += 1;
        if depth > MAX_DEPTH {
            for id in &level {
                nodes.entry(*id).and_modify(|node| node.parent = None);
            }
            depth = 1;
        }
    }
    // What no topmost term leads to goes round in a very large circle.
    for id in children.into_values().flatten() {
        nodes.entry(id).and_modify(|node| node.parent = None);
    }
}

/// Returns the term and those above it, from the topmost down.
pub fn lineage(terms: &HashMap<TermId, TermNode>, id: TermId) -> Vec<&TermNode> {
    let mut line: Vec<&TermNode> =
        std::iter::successors(terms.get(&id), |term| terms.get(&term.parent?)).collect();
    line.reverse();
    line
}

/// Returns the authors by id, and tells which had to be named by us.
pub fn authors(
    export: &Export,
    settings: &Settings,
    public_posts: &[&Post],
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<AuthorId, AuthorNode> {
    let published: HashSet<AuthorId> = public_posts.iter().map(|post| post.author).collect();
    let nodes = export.authors.iter().map(|author| {
        let told = settings.authors.get(author.id.0);
        let is_named = author.name.is_some() || told.and_then(|told| told.name.as_ref()).is_some();
        if !is_named && published.contains(&author.id) {
            diagnostics.push(unnamed_author(author));
        }
        let has_address =
            author.slug.is_some() || told.and_then(|told| told.slug.as_ref()).is_some();
        if author.name.is_some() && !has_address && published.contains(&author.id) {
            diagnostics.push(unaddressed_author(author));
        }
        (author.id, author_node(author, told))
    });
    nodes.collect()
}

fn author_node(author: &Author, told: Option<&AuthorSettings>) -> AuthorNode {
    let told = told.cloned().unwrap_or_default();
    let known_slug = told.slug.or(author.slug.as_deref().map(str::to_owned));
    let exported_name = author.name.as_deref().map(content::plain_text);
    let known_name = told.name.or(exported_name);
    AuthorNode {
        id: author.id,
        is_public: author.is_public,
        name: known_name.unwrap_or_else(|| format!("Author {}", author.id.0)),
        slug: known_slug
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| format!("author-{}", author.id.0)),
        description: told.description.unwrap_or_else(|| author.description.as_ref().to_owned()),
        url: told.url.unwrap_or_else(|| author.url.as_ref().to_owned()),
        link: author.link.clone(),
    }
}

fn unnamed_author(author: &Author) -> Diagnostic {
    let id = author.id.0;
    let file: Arc<str> = "the export".into();
    let message = format!("the name of author {id} is not in the export");
    Diagnostic::warning("unnamed-author", message, Location::file(&file)).with_help(format!(
        "save the users of the site, or name the author: [authors.{id}] name = \"…\" in stillpress.toml"
    ))
}

/// WordPress's own export in XML has the names that are used for logging in, but not those that stand
/// in addresses.
fn unaddressed_author(author: &Author) -> Diagnostic {
    let id = author.id.0;
    let name = author.name.as_deref().map(content::plain_text).unwrap_or_default();
    let message = format!(
        "the address of the archive of “{name}” is not in the export: it is at `author-{id}` now, and \
         its old address is not answered"
    );
    let help = format!(
        "save the users of the site, too, or say the last part of the address: [authors.{id}] slug = \
         \"…\" in stillpress.toml"
    );
    Diagnostic::warning("unaddressed-author", message, Location::file(&"the export".into()))
        .with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Taxonomy;

    fn term(id: u64, slug: Option<&str>, parent: Option<u64>) -> Term {
        Term {
            id: TermId(id),
            taxonomy: "category".into(),
            name: None,
            slug: slug.map(Into::into),
            description: "".into(),
            link: "".into(),
            parent: parent.map(TermId),
            ..Term::default()
        }
    }

    fn nodes(terms: Vec<Term>) -> HashMap<TermId, TermNode> {
        let terms = terms.into_iter().map(|it| Term { link: "/".into(), ..it }).collect();
        let export = Export { terms, ..Export::default() };
        super::terms(&export, &Settings::default(), &[], &mut Vec::new())
    }

    #[test]
    fn a_name_is_made_from_the_slug() {
        let nodes = nodes(vec![term(5, Some("news-in-english"), None), term(6, None, None)]);
        assert_eq!(nodes[&TermId(5)].name, "News in English");
        assert_eq!(nodes[&TermId(6)].name, "Category 6");
    }

    #[test]
    fn what_only_a_draft_names_has_no_page() {
        let draft_s = vec![term(1, Some("secret"), None), term(2, Some("plans"), Some(1))];
        let mut export = Export { terms: draft_s, ..Export::default() };
        let public = |export: &Export| {
            let terms = terms(export, &Settings::default(), &[], &mut Vec::new());
            let mut ids: Vec<u64> = terms.into_keys().map(|id| id.0).collect();
            ids.sort_unstable();
            ids
        };
        assert!(public(&export).is_empty());
        export.terms[1].name = Some("Plans".into());
        assert_eq!(public(&export), [1, 2]);
        export.taxonomies.push(Taxonomy {
            name: "category".into(),
            label: "".into(),
            is_hierarchical: true,
            rest_base: "categories".into(),
            is_viewable: Some(false),
        });
        assert!(public(&export).is_empty());
    }

    #[test]
    fn parents_in_a_circle_do_not_hang() {
        let nodes = nodes(vec![
            term(1, Some("a"), Some(2)),
            term(2, Some("b"), Some(1)),
            term(3, Some("c"), Some(9)),
            term(4, Some("d"), Some(1)),
        ]);
        assert!(nodes[&TermId(3)].parent.is_none());
        for id in 1..=4 {
            assert!(lineage(&nodes, TermId(id)).len() <= 3);
        }
    }
}
