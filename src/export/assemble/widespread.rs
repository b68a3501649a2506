//! Types of posts and taxonomies of a widespread plugin that readers could see on every site that has them:
//! for exports that list no types, such as WordPress's own.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Post, PostType, Status, Taxonomy, Term};
use crate::wordpress;

/// Types of Jetpack, with their names in its menus.
const TYPES: [(&str, &str); 3] = [
    ("jetpack-comic", "Comics"),
    ("jetpack-portfolio", "Projects"),
    ("jetpack-testimonial", "Testimonials"),
];

/// Taxonomies of Jetpack, with their names and what stands in addresses.
const TAXONOMIES: [(&str, &str, &str); 2] = [
    ("jetpack-portfolio-tag", "Project Tags", "project-tag"),
    ("jetpack-portfolio-type", "Project Types", "project-type"),
];

/// Returns the types among those of `posts` that every reader could see, if no list of types is at hand.
pub(super) fn types(listed: &[PostType], posts: &[Post]) -> Vec<PostType> {
    if has_list(listed) {
        return Vec::new();
    }
    let is_there = |name: &str| posts.iter().any(|post| &*post.post_type == name);
    let is_new = |name: &str| listed.iter().all(|kind| &*kind.name != name);
    let known = TYPES.iter().filter(|(name, _)| is_new(name) && is_there(name));
    let known = known.map(|(name, label)| PostType {
        name: (*name).into(),
        label: (*label).into(),
        is_hierarchical: false,
        archive_slug: Some((*name).into()),
        rest_base: (*name).into(),
        is_viewable: None,
    });
    known.collect()
}

/// Returns the taxonomies among the `unsure` ones that every reader could see, and takes them out there.
/// Tells their terms the addresses they had.
pub(super) fn taxonomies(
    unsure: &mut BTreeSet<Arc<str>>,
    terms: &mut [Term],
    posts: &[Post],
    home: &str,
) -> Vec<Taxonomy> {
    let is_public = |post: &&Post| post.status == Status::Publish;
    let mut projects = posts.iter().filter(|post| &*post.post_type == "jetpack-portfolio");
    let is_pretty = projects.clone().filter(is_public).any(|post| !post.link.contains('?'));
    if projects.next().is_none() {
        return Vec::new();
    }
    let mut known = Vec::new();
    for (name, label, base) in TAXONOMIES {
        if !unsure.remove(name) {
            continue;
        }
        let own = terms.iter_mut().filter(|term| &*term.taxonomy == name && term.link.is_empty());
        for term in own {
            let Some(slug) = term.slug.as_deref() else { continue };
            let home = home.trim_end_matches('/');
            term.link = match is_pretty {
                true => format!("{home}/{base}/{slug}/").into(),
                false => format!("{home}/?{name}={slug}").into(),
            };
        }
        known.push(Taxonomy {
            name: name.into(),
            label: label.into(),
            is_hierarchical: name.ends_with("type"),
            rest_base: name.into(),
            is_viewable: None,
        });
    }
    known
}

/// Every site lists these: without them, it is no list.
fn has_list(types: &[PostType]) -> bool {
    types.iter().any(|kind| wordpress::is_post_or_page(&kind.name))
}
