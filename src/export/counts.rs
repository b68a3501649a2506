//! What WordPress counted, against what the export holds.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Export, Status, Term, TermId};
use crate::wordpress;

/// How many terms are named together.
const TOGETHER: usize = 5;

/// Categories and tags of which WordPress counted more posts than the export has. A post may have
/// several of them: how many there are in all cannot be told.
#[derive(Clone, Debug)]
pub struct MissingPosts<'a> {
    /// Those that lack most posts first.
    short: Vec<Short<'a>>,
}

/// A term of which WordPress counted more posts than the export has.
#[derive(Clone, Copy, Debug)]
struct Short<'a> {
    term: &'a Term,
    /// How many posts WordPress counted.
    counted: usize,
    /// How many of them the export has.
    present: usize,
}

/// Returns the categories and tags that lack posts, if any does. What terms of other taxonomies count
/// may be no posts, or of types that readers never saw.
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
    let short = export.terms.iter().filter(is_of_posts).filter_map(|term| {
        let counted = usize::try_from(term.count?).ok()?;
        let present = present.get(&term.id).copied().unwrap_or_default();
        (present < counted).then_some(Short { term, counted, present })
    });
    let mut short: Vec<Short<'_>> = short.collect();
    short.sort_by_key(|short| Reverse(short.counted - short.present));
    (!short.is_empty()).then_some(MissingPosts { short })
}

impl MissingPosts<'_> {
    /// Returns what is missing, for people: `“News” had 56 posts, of which the export has 46; “Tea” had
    /// 9, of which it has 8`.
    pub fn told(&self) -> String {
        let like_first = |short: &Short<'_>| {
            let Short { counted, present, .. } = short;
            format!("“{}” had {counted}, of which it has {present}", short.name())
        };
        let first = self.short.iter().take(1).map(Short::told);
        let others = self.short.iter().take(TOGETHER).skip(1).map(like_first);
        let mut told: Vec<String> = first.chain(others).collect();
        match self.short.len() - told.len() {
            0 => (),
            rest => told.push(format!("{rest} more categories and tags lack some")),
        }
        told.join("; ")
    }

    /// Those that are not named together.
    fn rest(&self) -> impl Iterator<Item = &Short<'_>> {
        self.short.iter().skip(TOGETHER)
    }
}

impl Short<'_> {
    fn name(&self) -> String {
        let Term { name, slug, .. } = self.term;
        content::plain_text(name.as_deref().or(slug.as_deref()).unwrap_or_default())
    }

    fn told(&self) -> String {
        let Self { counted, present, .. } = self;
        let posts = if *counted == 1 { "post" } else { "posts" };
        format!("“{}” had {counted} {posts}, of which the export has {present}", self.name())
    }
}

/// Tells if WordPress counted more posts than the export has.
pub(super) fn tell(export: &Export, diagnostics: &mut Vec<Diagnostic>) {
    let Some(missing) = missing_posts(export) else { return };
    let all = std::iter::once(missing.told()).chain(missing.rest().map(Short::told));
    let help = "`stillpress doctor` tells how to save the rest; if they are gone, they stay away";
    diagnostics.extend(all.map(|told| {
        let location = Location::file(&"the export".into());
        let message = format!("posts are missing: {told}");
        Diagnostic::warning("missing-posts", message, location).with_help(help)
    }));
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
    fn terms_that_lack_posts_are_told_those_that_lack_most_first() {
        use Status::{Draft, Publish};
        let check = |counts: &[_], posts: &[_], expected: Option<&str>| {
            let export = export(counts, posts);
            assert_eq!(missing_posts(&export).map(|missing| missing.told()).as_deref(), expected);
        };
        let posts = [(Publish, &[1, 2][..]), (Publish, &[1]), (Draft, &[1, 2])];
        check(&[(1, Some(2)), (2, Some(1)), (3, Some(0)), (4, None)], &posts, None);
        let told = "“Tea & 2” had 4 posts, of which the export has 1; “Tea & 1” had 4, of which it \
                    has 2; “Tea & 3” had 1, of which it has 0";
        check(&[(1, Some(4)), (2, Some(4)), (3, Some(1))], &posts, Some(told));
        let told = "“Tea & 3” had 1 post, of which the export has 0";
        check(&[(3, Some(1))], &posts, Some(told));
        check(&[(3, Some(1))], &[(Publish, &[])], None);
        // Posts that were published since are no trouble.
        check(&[(1, Some(1))], &posts, None);
    }

    #[test]
    fn of_very_many_terms_the_rest_is_told_one_by_one() {
        let counts: Vec<(u64, Option<u32>)> = (1..=8).map(|id| (id, Some(9))).collect();
        let mut told = Vec::new();
        tell(&export(&counts, &[(Status::Publish, &[1])]), &mut told);
        assert!(told[0].message.ends_with("; 3 more categories and tags lack some"), "{}", told[0]);
        let rest: Vec<&str> = told[1..].iter().map(|told| &*told.message).collect();
        assert_eq!(rest.len(), 3);
        let last = "posts are missing: “Tea & 1” had 9 posts, of which the export has 1";
        assert_eq!(rest[2], last);
    }
}
