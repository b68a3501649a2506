//! Terms: those the export describes, and those that are known from posts alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Access, Context, PostCopy, TermCopy};
use crate::export::merge;
use crate::model::{ExportFile, FileId, Taxonomy, Term, TermId};
use crate::wordpress;

/// Puts each term together. Posts tell of those they name: at least the id and the taxonomy, or the
/// slug as a hint.
pub(super) fn terms(
    mut copies: Vec<TermCopy>,
    named: BTreeMap<TermId, Arc<str>>,
    hints: HashMap<TermId, (Arc<str>, Box<str>)>,
) -> Vec<Term> {
    let guessed = |id, taxonomy, slug| {
        let rank = merge::GUESSED;
        TermCopy { id, rank, taxonomy: Some(taxonomy), slug, ..TermCopy::default() }
    };
    copies.extend(named.into_iter().map(|(id, taxonomy)| guessed(id, taxonomy, None)));
    copies
        .extend(hints.into_iter().map(|(id, (taxonomy, slug))| guessed(id, taxonomy, Some(slug))));
    merge::unite(copies).into_iter().map(term).collect()
}

/// Takes a list that stands in a post under the name of a taxonomy, one of its type's, for terms of that,
/// where nothing else says what it is.
pub(super) fn name_lists(posts: &mut [PostCopy], taxonomies: &BTreeSet<Arc<str>>) {
    if taxonomies.is_empty() {
        return;
    }
    for list in posts.iter_mut().flat_map(|post| &mut post.terms) {
        if list.taxonomy.is_none() {
            list.taxonomy = taxonomies.get(&*list.key).cloned();
        }
    }
}

/// Leaves out terms that neither say nor are told of which taxonomy they are: they have no page.
/// Tells of those that are among the `untold`.
pub(super) fn leave_out_untold(
    terms: &mut Vec<Term>,
    untold: &[(FileId, TermId)],
    files: &[ExportFile],
) -> Vec<Diagnostic> {
    let is_told = |term: &Term| !term.taxonomy.is_empty();
    let left: HashSet<TermId> =
        terms.iter().filter(|term| !is_told(term)).map(|term| term.id).collect();
    terms.retain(is_told);
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for (file, _) in untold.iter().filter(|(_, id)| left.contains(id)) {
        *counts.entry(*file).or_default() += 1;
    }
    let tell = |(file, count): (FileId, usize)| {
        let message = format!("left out {count} terms that do not say of which taxonomy they are");
        let help = "export them again with the field `taxonomy`";
        let location = Location::file(&files[file.0 as usize].name);
        Diagnostic::warning("unknown-record", message, location).with_help(help)
    };
    counts.into_iter().map(tell).collect()
}

/// Returns the custom taxonomies among the `stored` ones of which nothing but the database or the
/// descriptions of types tell. Plugins keep there what is not for readers, too.
pub(super) fn unsure_taxonomies(
    stored: BTreeSet<Arc<str>>,
    listed: &[Taxonomy],
    posts: &[PostCopy],
    terms: &[TermCopy],
) -> BTreeSet<Arc<str>> {
    let listed = listed.iter().map(|taxonomy| &*taxonomy.name);
    let answers = posts.iter().filter(|post| post.access == Access::Anyone);
    let of_posts = answers.flat_map(|post| &post.terms).filter_map(|it| it.taxonomy.as_deref());
    let is_answer = |term: &&TermCopy| {
        matches!(term.rank.context, Context::Reduced | Context::View | Context::Edit)
    };
    let of_terms = terms.iter().filter(is_answer).filter_map(|term| term.taxonomy.as_deref());
    let sure: HashSet<&str> = listed.chain(of_posts).chain(of_terms).collect();
    let is_unsure =
        |name: &Arc<str>| !wordpress::is_category_or_tag(name) && !sure.contains(&**name);
    stored.into_iter().filter(is_unsure).collect()
}

fn term(copy: TermCopy) -> Term {
    Term {
        id: copy.id,
        taxonomy: copy.taxonomy.unwrap_or_default(),
        name: copy.name,
        slug: copy.slug,
        description: copy.description.unwrap_or_default(),
        link: copy.link.unwrap_or_default(),
        parent: copy.parent.filter(|id| id.0 > 0),
        count: copy.count,
        language: copy.language,
        translations: copy.translations.unwrap_or_default(),
    }
}
