//! Which terms a post has, and what it tells of them besides their ids.

use std::borrow::Cow;
use std::sync::Arc;

use crate::export::copies::PostTerms;
use crate::export::json::{Record, Unreadable};
use crate::export::links;
use crate::export::reader::Reader;
use crate::model::TermId;

/// A site has few taxonomies: what has more lists of numbers than this is no post of WordPress.
const MAXIMUM: usize = 64;

/// Lists of numbers that are no terms.
const OTHER_LISTS: [&str; 4] = ["class_list", "meta", "missing_image_sizes", "translations"];

/// Reads the terms of the post `record`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    classes: &[Cow<'_, str>],
) -> Result<Vec<PostTerms>, Unreadable> {
    let mut all = Vec::new();
    for (key, taxonomy) in [("categories", "category"), ("tags", "post_tag")] {
        let Some(ids) = record.ids(key)? else { continue };
        let taxonomy = reader.shared(taxonomy);
        all.push(PostTerms::new(key, Some(taxonomy), ids));
    }
    let mut taxonomies = None;
    for (key, ids) in custom_lists(record).take(MAXIMUM) {
        let taxonomies = taxonomies.get_or_insert_with(|| links::taxonomies(record));
        let linked = taxonomies.iter().find(|(_, base)| base == key).map(|(name, _)| name.as_str());
        let taxonomy = linked.or_else(|| guess_taxonomy(key, ids.len(), classes));
        let taxonomy = taxonomy.map(|name| reader.shared(name));
        all.push(PostTerms::new(key, taxonomy, ids));
    }
    for terms in &all {
        note_slugs(reader, classes, terms);
    }
    Ok(all)
}

impl PostTerms {
    fn new(key: &str, taxonomy: Option<Arc<str>>, ids: Vec<u64>) -> Self {
        let ids = ids.into_iter().map(TermId).collect();
        Self { key: key.into(), taxonomy, ids }
    }
}

/// Returns the fields that may name terms of a custom taxonomy: lists of numbers.
fn custom_lists<'r>(record: &'r Record<'_>) -> impl Iterator<Item = (&'r str, Vec<u64>)> {
    let lists = record.fields().filter(|(key, value)| {
        let inner = value.get().strip_prefix('[').unwrap_or_default().trim_start();
        let holds_numbers = inner.starts_with(|c: char| c.is_ascii_digit());
        holds_numbers && !matches!(*key, "categories" | "tags") && !OTHER_LISTS.contains(key)
    });
    lists.filter_map(|(key, value)| {
        let ids: Vec<u64> = serde_json::from_str(value.get()).ok()?;
        Some((key, ids.into_iter().filter(|id| *id > 0).collect()))
    })
}

/// Returns the taxonomy whose terms are listed under `key`, if the classes hold as many of its
/// terms: the key is mostly the taxonomy's name or its plural.
fn guess_taxonomy<'k>(key: &'k str, count: usize, classes: &[Cow<'_, str>]) -> Option<&'k str> {
    let singulars = [Some(key), key.strip_suffix('s'), key.strip_suffix("es")];
    singulars.into_iter().flatten().find(|name| class_slugs(name, classes).count() == count)
}

/// Notes the slugs that the classes tell: they name terms in the same order as the ids.
fn note_slugs(reader: &mut Reader<'_>, classes: &[Cow<'_, str>], terms: &PostTerms) {
    let Some(taxonomy) = &terms.taxonomy else { return };
    let prefix = if taxonomy.as_ref() == "post_tag" { "tag" } else { taxonomy.as_ref() };
    if class_slugs(prefix, classes).count() != terms.ids.len() {
        return;
    }
    for (id, slug) in terms.ids.iter().zip(class_slugs(prefix, classes)) {
        if is_whole_slug(slug, *id) {
            let hints = &mut reader.copies.term_hints;
            hints.entry(*id).or_insert_with(|| (Arc::clone(taxonomy), slug.into()));
        }
    }
}

fn class_slugs<'c>(
    taxonomy: &'c str,
    classes: &'c [Cow<'_, str>],
) -> impl Iterator<Item = &'c str> {
    let slug = move |class: &'c Cow<'_, str>| class.strip_prefix(taxonomy)?.strip_prefix('-');
    classes.iter().filter_map(slug)
}

/// WordPress leaves everything but plain letters out of a class, and writes the id if too little
/// remains. Hyphens at an end or in a row are what is left of other letters between them.
fn is_whole_slug(slug: &str, id: TermId) -> bool {
    let is_cut = slug.starts_with('-') || slug.ends_with('-') || slug.contains("--");
    !is_cut && !slug.is_empty() && slug != id.0.to_string()
}
