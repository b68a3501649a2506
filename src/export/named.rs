//! Terms and authors that are told by name or slug, not by number: in files written by hand, and in
//! parts of exports.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::content::html::entities::escape;
use crate::export::copies::{
    AuthorCopy, Context, Copies, Name, Named, PostTerms, Rank, Relation, TermCopy,
};
use crate::export::text::slugify;
use crate::model::{AuthorId, PostId, TermId};

/// Numbers from here on are made from names: WordPress has not counted so far, and every program
/// that reads JSON still tells them apart.
const FIRST_MADE: u64 = 1 << 51;

/// Finds whom the names in `copies` mean. Who is not in the export is added to it.
pub(super) fn resolve(copies: &mut Copies) {
    let named = std::mem::take(&mut copies.named);
    if named.is_empty() {
        return;
    }
    let mut terms = TermIndex::of(copies);
    let mut authors = AuthorIndex::of(copies);
    let places: HashMap<PostId, usize> =
        copies.posts.iter().enumerate().map(|(place, post)| (post.id, place)).collect();
    for Named { post, relation } in named {
        let Some(place) = places.get(&post) else { continue };
        match relation {
            Relation::Term { taxonomy, key, name } => {
                let id = terms.find_or_add(&taxonomy, &name, &mut copies.terms);
                let lists = &mut copies.posts[*place].terms;
                match lists.iter_mut().find(|list| list.key == key) {
                    Some(list) => list.ids.push(id),
                    None => {
                        lists.push(PostTerms { key, taxonomy: Some(taxonomy), ids: vec![id] });
                    }
                }
            }
            Relation::Author(name) => {
                let id = authors.find_or_add(&name, &mut copies.authors);
                copies.posts[*place].author = Some(id);
            }
        }
    }
}

/// Returns a number made from `name`, always the same.
pub(super) fn made_id(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    FIRST_MADE | (u64::from_le_bytes(first) & (FIRST_MADE - 1))
}

/// Returns a number made from a term's taxonomy and slug, always the same.
pub(super) fn made_term_id(taxonomy: &str, slug: &str) -> u64 {
    made_id(&format!("{taxonomy}/{slug}"))
}

struct TermIndex {
    /// By taxonomy, and by slug or by name as written in HTML.
    ids: HashMap<(Arc<str>, String), TermId>,
    taken: HashSet<TermId>,
}

impl TermIndex {
    fn of(copies: &Copies) -> Self {
        let mut index = Self { ids: HashMap::new(), taken: HashSet::new() };
        for term in &copies.terms {
            index.taken.insert(term.id);
            let Some(taxonomy) = &term.taxonomy else { continue };
            // A slug is unique; a name counts only where no slug is the same.
            if let Some(slug) = &term.slug {
                index.ids.insert((Arc::clone(taxonomy), slug.to_string()), term.id);
            }
        }
        for term in &copies.terms {
            let (Some(taxonomy), Some(name)) = (&term.taxonomy, &term.name) else { continue };
            let key = (Arc::clone(taxonomy), name.to_lowercase());
            index.ids.entry(key).or_insert(term.id);
        }
        index
    }

    fn find_or_add(
        &mut self,
        taxonomy: &Arc<str>,
        name: &Name,
        terms: &mut Vec<TermCopy>,
    ) -> TermId {
        let (slug, html, keys) = match name {
            Name::Written(name) => {
                let (slug, html) = (slugify(name), escape(name.trim()));
                let keys = vec![html.to_lowercase(), name.trim().to_owned(), slug.clone()];
                (slug, html, keys)
            }
            Name::Slug { slug, html } => {
                (slug.to_string(), html.to_string(), vec![slug.to_string()])
            }
        };
        let known = keys.iter().find_map(|key| self.ids.get(&(Arc::clone(taxonomy), key.clone())));
        if let Some(id) = known {
            return *id;
        }
        // A slug is told by the database, whoever could see the term.
        let context = match name {
            Name::Written(_) => Context::View,
            Name::Slug { .. } => Context::Stored,
        };
        let mut id = TermId(made_term_id(taxonomy, &slug));
        while !self.taken.insert(id) {
            id.0 += 1;
        }
        self.ids.insert((Arc::clone(taxonomy), slug.clone()), id);
        terms.push(TermCopy {
            id,
            rank: Rank { context, modified: None },
            taxonomy: Some(Arc::clone(taxonomy)),
            name: Some(html.into()),
            slug: Some(slug.into()),
            ..TermCopy::default()
        });
        id
    }
}

struct AuthorIndex {
    ids: HashMap<String, AuthorId>,
    taken: HashSet<AuthorId>,
}

impl AuthorIndex {
    fn of(copies: &Copies) -> Self {
        let mut index = Self { ids: HashMap::new(), taken: HashSet::new() };
        for author in &copies.authors {
            index.taken.insert(author.id);
            if let Some(slug) = &author.slug {
                index.ids.insert(slug.to_string(), author.id);
            }
        }
        for author in &copies.authors {
            if let Some(name) = &author.name {
                index.ids.entry(name.to_lowercase()).or_insert(author.id);
            }
        }
        index
    }

    fn find_or_add(&mut self, name: &str, authors: &mut Vec<AuthorCopy>) -> AuthorId {
        let name = name.trim();
        let slug = slugify(name);
        let known = self.ids.get(&name.to_lowercase()).or_else(|| self.ids.get(&slug));
        if let Some(id) = known {
            return *id;
        }
        let mut id = AuthorId(made_id(&slug));
        while !self.taken.insert(id) {
            id.0 += 1;
        }
        self.ids.insert(slug.clone(), id);
        authors.push(AuthorCopy {
            id,
            name: Some(name.into()),
            slug: Some(slug.into()),
            ..AuthorCopy::default()
        });
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_numbers_are_stable_and_high() {
        assert_eq!(made_id("about.md"), made_id("about.md"));
        assert_ne!(made_id("about.md"), made_id("contact.md"));
        assert!(made_id("about.md") >= FIRST_MADE && made_id("about.md") < 1 << 52);
    }
}
