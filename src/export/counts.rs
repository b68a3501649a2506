//! What WordPress counted, against what the export holds.

use std::collections::HashMap;

use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Export, Status, Term, TermId};
use crate::wordpress;

/// A term of which WordPress counted more posts than the export has.
#[derive(Clone, Copy, Debug)]
pub struct MissingPosts<'a> {
    /// The category or tag.
    pub term: &'a Term,
    /// How many posts WordPress counted.
    pub counted: usize,
    /// How many of them the export has.
    pub present: usize,
}

/// Returns the category or tag that lacks most posts, if any lacks some. What terms of other
/// taxonomies count may be no posts, or of types that readers never saw.
pub fn missing_posts(export: &Export) -> Option<MissingPosts<'_>> {
    let mut present: HashMap<TermId, usize> = HashMap::new();
    let published = export.posts.iter().filter(|post| post.status == Status::Publish);
    for &term in published.flat_map(|post| &post.terms) {
        *present.entry(term).or_default() += 1;
    }
    // Without any, the answers did not say which posts have which terms.
    if present.is_empty() {
        return None;
    }
    let is_of_posts = |term: &&Term| wordpress::is_category_or_tag(&term.taxonomy);
    let missing = export.terms.iter().filter(is_of_posts).filter_map(|term| {
        let counted = usize::try_from(term.count?).ok()?;
        let present = present.get(&term.id).copied().unwrap_or_default();
        (present < counted).then_some(MissingPosts { term, counted, present })
    });
    // The first of several alike.
    missing.rev().max_by_key(|missing| missing.counted - missing.present)
}

impl MissingPosts<'_> {
    /// Returns what is missing, for people: `“News” had 56 posts, of which the export has 46`.
    pub fn told(&self) -> String {
        let Self { term, counted, present } = self;
        let name = term.name.as_deref().or(term.slug.as_deref()).unwrap_or_default();
        let posts = if *counted == 1 { "post" } else { "posts" };
        let name = content::plain_text(name);
        format!("“{name}” had {counted} {posts}, of which the export has {present}")
    }
}

/// Tells if WordPress counted more posts than the export has.
pub(super) fn tell(export: &Export, diagnostics: &mut Vec<Diagnostic>) {
    let Some(missing) = missing_posts(export) else { return };
    let message = format!("posts are missing: {}", missing.told());
    let location = Location::file(&"the export".into());
    let help = "`stillpress doctor` tells how to save the rest; if they are gone, they stay away";
    diagnostics.push(Diagnostic::warning("missing-posts", message, location).with_help(help));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Post, PostId};

    fn export(counts: &[(u64, Option<u32>)], posts: &[(Status, &[u64])]) -> Export {
        let term = |&(id, count): &(u64, Option<u32>)| Term {
            id: TermId(id),
            taxonomy: "category".into(),
            name: Some(format!("Tea &amp; {id}").into()),
            count,
            ..Term::default()
        };
        let post = |(index, &(status, terms)): (usize, &(Status, &[u64]))| Post {
            id: PostId(index as u64),
            status,
            terms: terms.iter().map(|&id| TermId(id)).collect(),
            ..Post::default()
        };
        let (terms, posts) = (counts.iter().map(term), posts.iter().enumerate().map(post));
        Export { terms: terms.collect(), posts: posts.collect(), ..Export::default() }
    }

    #[test]
    fn the_term_that_lacks_most_is_told() {
        use Status::{Draft, Publish};
        let check = |counts: &[_], posts: &[_], expected: Option<&str>| {
            let export = export(counts, posts);
            assert_eq!(missing_posts(&export).map(|missing| missing.told()).as_deref(), expected);
        };
        let posts = [(Publish, &[1, 2][..]), (Publish, &[1]), (Draft, &[1, 2])];
        check(&[(1, Some(2)), (2, Some(1)), (3, Some(0)), (4, None)], &posts, None);
        let told = "“Tea & 2” had 4 posts, of which the export has 1";
        check(&[(1, Some(4)), (2, Some(4)), (3, Some(1))], &posts, Some(told));
        let told = "“Tea & 3” had 1 post, of which the export has 0";
        check(&[(3, Some(1))], &posts, Some(told));
        check(&[(3, Some(1))], &[(Publish, &[])], None);
        // Posts that were published since are no trouble.
        check(&[(1, Some(1))], &posts, None);
    }
}
