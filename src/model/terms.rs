//! Taxonomies, and their terms.

use std::sync::Arc;

use crate::model::TermId;

/// A way of sorting posts.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Taxonomy {
    /// Such as `category`, `post_tag`, `genre`.
    pub name: Arc<str>,
    /// The plural the admin shows.
    pub label: Box<str>,
    /// Whether its terms have parents.
    pub is_hierarchical: bool,
    /// The last part of its REST address, and the key under which posts name its terms.
    pub rest_base: Box<str>,
    /// Whether readers could open its terms' archives. `None` if the export does not say.
    pub is_viewable: Option<bool>,
}

/// A category, a tag, or a term of a custom taxonomy.
#[derive(Clone, Debug, Default, Hash)]
pub struct Term {
    /// Unique across taxonomies.
    pub id: TermId,
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: Arc<str>,
    /// HTML-escaped, as WordPress gives it.
    pub name: Option<Box<str>>,
    /// Percent-decoded.
    pub slug: Option<Box<str>>,
    /// HTML. May be empty.
    pub description: Box<str>,
    /// The full old address. Empty if the export does not say.
    pub link: Box<str>,
    /// The term above this one. It may be missing from the export.
    pub parent: Option<TermId>,
    /// How many published posts WordPress counted in it, if told.
    pub count: Option<u32>,
    /// What a plugin calls its language.
    pub language: Option<Arc<str>>,
    /// Its translations: in the export or not. May hold the term itself.
    pub translations: Box<[TermId]>,
}
