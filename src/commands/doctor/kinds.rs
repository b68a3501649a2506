//! What an export says of its post types and taxonomies, and what is known of the usual ones. Pure.

use std::collections::HashMap;

use crate::model::{Export, Post, PostType, Taxonomy};
use crate::wordpress;

/// Post types and taxonomies by name.
#[derive(Debug)]
pub struct Kinds<'a> {
    post_types: HashMap<&'a str, &'a PostType>,
    taxonomies: HashMap<&'a str, &'a Taxonomy>,
}

impl<'a> Kinds<'a> {
    /// Gathers what `export` says.
    pub fn of(export: &'a Export) -> Self {
        Self {
            post_types: export.post_types.iter().map(|kind| (&*kind.name, kind)).collect(),
            taxonomies: export.taxonomies.iter().map(|kind| (&*kind.name, kind)).collect(),
        }
    }

    /// Returns whether readers could open a post.
    pub fn is_shown(&self, post: &Post) -> bool {
        post.is_public() && self.has_pages(&post.post_type)
    }

    /// Returns whether posts of a type have pages of their own.
    pub fn has_pages(&self, post_type: &str) -> bool {
        let told = self.post_types.get(post_type).and_then(|kind| kind.is_viewable);
        !wordpress::is_type_without_pages(post_type) && told.unwrap_or(true)
    }

    /// Returns whether the terms of a taxonomy have pages of their own.
    pub fn has_archives(&self, taxonomy: &str) -> bool {
        let told = self.taxonomies.get(taxonomy).and_then(|kind| kind.is_viewable);
        !wordpress::is_inner_taxonomy(taxonomy) && told.unwrap_or(true)
    }

    /// Returns the last part of the REST address of a post type.
    pub fn type_base<'s>(&'s self, post_type: &'s str) -> &'s str {
        match self.post_types.get(post_type) {
            Some(kind) => &kind.rest_base,
            None => wordpress::rest_base_of_type(post_type),
        }
    }

    /// Returns the last part of the REST address of a taxonomy.
    pub fn taxonomy_base<'s>(&'s self, taxonomy: &'s str) -> &'s str {
        match self.taxonomies.get(taxonomy) {
            Some(kind) => &kind.rest_base,
            None => wordpress::rest_base_of_taxonomy(taxonomy),
        }
    }
}
