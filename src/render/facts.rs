//! What blocks that are made on the server may know of the site: what readers can see, and no more.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::content::surroundings::facts::{
    AuthorFacts, CommentFacts, PostFacts, SiteFacts, TermFacts, ThreadFacts,
};
use crate::export::read_body;
use crate::model::{AuthorId, Body, Comment, CommentKind, ExcerptKind, PostId, TermId};
use crate::render::shared::Shared;
use crate::site::archives::ArchiveKind;
use crate::site::comments::Thread;
use crate::site::editions::EditionId;
use crate::site::taxonomy::TermNode;
use crate::site::{EntryId, Site};

/// How many posts have each term, counted when a block first asks.
#[derive(Debug, Default)]
pub struct TermCounts(OnceLock<HashMap<TermId, TermCount>>);

#[derive(Clone, Copy, Debug, Default)]
struct TermCount {
    own: usize,
    /// With those of the terms below it.
    below: usize,
}

impl TermCounts {
    fn of(&self, site: &Site, id: TermId) -> TermCount {
        let counts = self.0.get_or_init(|| {
            let mut counts: HashMap<TermId, TermCount> = HashMap::new();
            for term in site.entries.iter().flat_map(|entry| &entry.terms) {
                counts.entry(*term).or_default().own += 1;
            }
            for archive in &site.archives {
                if let ArchiveKind::Term(term) = &archive.kind {
                    counts.entry(term.id).or_default().below = archive.count();
                }
            }
            counts
        });
        counts.get(&id).copied().unwrap_or_default()
    }
}

/// Returns what is known of the site itself.
pub fn site<'s>(shared: &'s Shared<'_>) -> SiteFacts<'s> {
    let (info, record) = (&shared.site.info, &shared.site.export.site);
    SiteFacts {
        title: &info.title,
        tagline: &info.description,
        home: record.home.as_deref().unwrap_or("/"),
        logo: info.logo,
        date_format: record.date_format.as_deref().unwrap_or_default(),
        posts_per_page: info.posts_per_page,
        front_page: record.page_on_front,
        has_library: shared.library.is_listed(),
    }
}

/// Returns the public posts of a type, newest first: those of an edition, or of all. What is of none is
/// everywhere.
pub fn posts(shared: &Shared<'_>, post_type: &str, edition: Option<EditionId>) -> Vec<PostId> {
    let site = shared.site;
    let is_here = |id: &EntryId| is_shown(site.entry(*id).edition, edition);
    if post_type == "post" {
        let newest = site.newest_first.iter().copied().filter(is_here);
        return newest.map(|id| site.post(id).id).collect();
    }
    let ids = (0..site.entries.len()).map(EntryId::new).filter(is_here);
    let mut own: Vec<EntryId> = ids.filter(|&id| &*site.post(id).post_type == post_type).collect();
    own.sort_by_key(|&id| site.entry(id).age());
    own.into_iter().map(|id| site.post(id).id).collect()
}

/// Returns a post, if it is public.
pub fn post<'s>(shared: &'s Shared<'_>, id: PostId) -> Option<PostFacts<'s>> {
    let site = shared.site;
    let found = entry_of(site, id)?;
    let (entry, post) = (site.entry(found), site.post(found));
    let digest = post.body.as_ref().map(|body| &body.digest);
    let excerpt = match digest {
        Some(digest) if post.excerpt.is_empty() => &digest.excerpt,
        _ => &post.excerpt,
    };
    let number = |other: EntryId| site.post(other).id;
    Some(PostFacts {
        id,
        post_type: &post.post_type,
        title: &post.title,
        slug: &post.slug,
        date: entry.date,
        modified: entry.modified,
        author: entry.author,
        featured_media: post.featured_media,
        excerpt,
        excerpt_html: post.excerpt_html.as_deref(),
        has_own_excerpt: !post.excerpt.is_empty() && post.excerpt_kind == ExcerptKind::Manual,
        terms: &entry.terms,
        parent: entry.parent.map(number),
        menu_order: post.menu_order,
        is_sticky: post.is_sticky,
        format: &entry.format,
        words: digest.map_or(0, |digest| digest.words),
        comments: site.discussions.of(found).len(),
        comments_open: post.comments_open,
        previous: entry.previous.map(number),
        next: entry.next.map(number),
        footnotes: &post.footnotes,
    })
}

/// Returns the text of a public post. A file that cannot be read any more stops the run when the
/// post's own page is made.
pub fn body(shared: &Shared<'_>, id: PostId) -> Option<Body> {
    let site = shared.site;
    let place = site.post(entry_of(site, id)?).body.as_ref()?;
    read_body(&site.export.files, place).ok()
}

fn is_shown(own: Option<EditionId>, wanted: Option<EditionId>) -> bool {
    own.is_none() || wanted.is_none() || own == wanted
}

/// Returns the public terms of a taxonomy, by ascending id: those of an edition, or of all.
pub fn terms(shared: &Shared<'_>, taxonomy: &str, edition: Option<EditionId>) -> Vec<TermId> {
    let site = shared.site;
    let is_here = |term: &&TermNode| {
        let archive = site.term_archives.get(&term.id).map(|&id| site.archive(id));
        is_shown(archive.and_then(|archive| archive.edition), edition)
    };
    let own = site.terms.values().filter(|term| &*term.taxonomy == taxonomy).filter(is_here);
    let mut ids: Vec<TermId> = own.map(|term| term.id).collect();
    ids.sort_unstable();
    ids
}

/// Returns a term, if it is public.
pub fn term<'s>(shared: &'s Shared<'_>, id: TermId) -> Option<TermFacts<'s>> {
    let term = shared.site.terms.get(&id)?;
    let count = shared.term_counts.of(shared.site, id);
    Some(TermFacts {
        id,
        taxonomy: &term.taxonomy,
        name: &term.name,
        slug: &term.slug,
        description: &term.description,
        parent: term.parent,
        count: count.own,
        count_below: count.below.max(count.own),
    })
}

/// Returns the plural name of a taxonomy, if the export tells it.
pub fn taxonomy_label<'s>(shared: &'s Shared<'_>, taxonomy: &str) -> Option<&'s str> {
    let known = shared.site.export.taxonomies.iter().find(|known| &*known.name == taxonomy);
    known.map(|known| &*known.label)
}

/// Returns an author who published.
pub fn author<'s>(shared: &'s Shared<'_>, id: AuthorId) -> Option<AuthorFacts<'s>> {
    let author = shared.site.authors.get(&id)?;
    shared.site.author_archives.get(&id)?;
    Some(AuthorFacts { id, name: &author.name, description: &author.description })
}

/// Returns the comments under a public post.
pub fn comments_of<'s>(shared: &'s Shared<'_>, post: PostId) -> Vec<ThreadFacts<'s>> {
    let site = shared.site;
    let Some(entry) = entry_of(site, post) else { return Vec::new() };
    let threads = site.discussions.threads(&site.export, entry);
    threads.into_iter().map(|thread| thread_facts(shared, thread)).collect()
}

/// Returns the newest comments, newest first.
pub fn newest_comments<'s>(shared: &'s Shared<'_>, count: usize) -> Vec<CommentFacts<'s>> {
    let site = shared.site;
    let newest = site.discussions.newest(&site.export, count);
    newest.into_iter().map(|(index, _)| comment(shared, &site.export.comments[index])).collect()
}

fn thread_facts<'s>(shared: &'s Shared<'_>, thread: Thread) -> ThreadFacts<'s> {
    ThreadFacts {
        comment: comment(shared, &shared.site.export.comments[thread.comment]),
        answers: thread.answers.into_iter().map(|answer| thread_facts(shared, answer)).collect(),
    }
}

fn comment<'s>(shared: &'s Shared<'_>, comment: &'s Comment) -> CommentFacts<'s> {
    CommentFacts {
        id: comment.id,
        post: comment.post,
        author: shared.commenter(comment),
        author_url: &comment.author_url,
        user: comment.user,
        date: shared.site.comment_moment(comment),
        content: &comment.content,
        is_ping: comment.kind == CommentKind::Ping,
    }
}

/// Entries stand by ascending id.
pub fn entry_of(site: &Site, id: PostId) -> Option<EntryId> {
    let found = site.entries.binary_search_by_key(&id, |entry| site.export.posts[entry.record].id);
    found.ok().map(EntryId::new)
}
