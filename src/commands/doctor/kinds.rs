//! What an export says of its post types and taxonomies, and what is known of the usual ones. Pure.

use std::collections::HashMap;

use crate::model::{Export, Post, PostType, Status, Taxonomy};

/// Post types and taxonomies by name.
#[derive(Debug)]
pub struct Kinds<'a> {
    post_types: HashMap<&'a str, &'a PostType>,
    taxonomies: HashMap<&'a str, &'a Taxonomy>,
}

/// Post types that WordPress keeps for itself, besides those that start with `wp_`.
const INTERNAL_TYPES: [&str; 6] = [
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
];

/// Taxonomies that WordPress keeps for itself, besides those that start with `wp_`.
const INTERNAL_TAXONOMIES: [&str; 3] = ["nav_menu", "link_category", "post_format"];

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
        post.status == Status::Publish && !post.is_protected && self.has_pages(&post.post_type)
    }

    /// Returns whether posts of a type have pages of their own.
    pub fn has_pages(&self, post_type: &str) -> bool {
        let is_internal = post_type.starts_with("wp_") || INTERNAL_TYPES.contains(&post_type);
        let told = self.post_types.get(post_type).and_then(|kind| kind.is_viewable);
        !is_internal && told.unwrap_or(true)
    }

    /// Returns whether the terms of a taxonomy have pages of their own.
    pub fn has_archives(&self, taxonomy: &str) -> bool {
        let is_internal = taxonomy.starts_with("wp_") || INTERNAL_TAXONOMIES.contains(&taxonomy);
        let told = self.taxonomies.get(taxonomy).and_then(|kind| kind.is_viewable);
        !is_internal && told.unwrap_or(true)
    }

    /// Returns the last part of the REST address of a post type.
    pub fn type_base<'s>(&'s self, post_type: &'s str) -> &'s str {
        match (self.post_types.get(post_type), post_type) {
            (Some(kind), _) => &kind.rest_base,
            (None, "post") => "posts",
            (None, "page") => "pages",
            (None, other) => other,
        }
    }

    /// Returns the last part of the REST address of a taxonomy.
    pub fn taxonomy_base<'s>(&'s self, taxonomy: &'s str) -> &'s str {
        match (self.taxonomies.get(taxonomy), taxonomy) {
            (Some(kind), _) => &kind.rest_base,
            (None, "category") => "categories",
            (None, "post_tag") => "tags",
            (None, other) => other,
        }
    }
}
