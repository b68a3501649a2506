//! The work a site takes, piece by piece.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset};

use crate::render::numbers;
use crate::render::search::{Index, Part};
use crate::render::shared::Shared;
use crate::site::EntryId;
use crate::site::archives::ArchiveId;

/// A piece of work that writes a file or a few.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Job {
    /// A post or page.
    Entry(EntryId),
    /// A page of an archive, by its number.
    List(ArchiveId, usize),
    /// The feed of an archive.
    Feed(ArchiveId),
    /// The feed of the comments on an entry, or on all.
    CommentFeed(Option<EntryId>),
    /// A page of the list of posts by number.
    Numbers(usize),
    /// The search page.
    Search,
    /// The page for what is not found.
    NotFound,
    /// The sitemap, and what leads to it.
    Sitemap,
    /// Answers to old addresses.
    OldAddresses,
    /// Rules for the host.
    HostRules,
    /// A page that leads on.
    Redirect(usize),
    /// Posts as the search page shows them.
    SearchItems(usize),
    /// A part of the search index.
    SearchPart(Part),
}

/// Returns the jobs of entries in the order of their records, so that bodies are read from files
/// front to back. The sitemap is made before: that of a large site needs the memory that pieces of
/// pages take up later.
pub fn entries(shared: &Shared<'_>) -> Vec<Job> {
    [Job::Sitemap].into_iter().chain(shown(shared).map(Job::Entry)).collect()
}

/// Returns the entries whose text is shown on a page of their own, in the order of their records.
pub fn shown(shared: &Shared<'_>) -> impl Iterator<Item = EntryId> {
    let entries = (0..shared.site.entries.len()).map(EntryId::new);
    entries.filter(|&id| !shared.site.is_posts_page(id))
}

/// Returns the jobs that take up what those of entries made.
pub fn rest(shared: &Shared<'_>, index: Option<&Index>) -> Vec<Job> {
    let site = shared.site;
    let entries = (0..site.entries.len()).map(EntryId::new);
    let archives = || (0..site.archives.len()).map(ArchiveId::new);
    let mut jobs: Vec<Job> = Vec::new();
    for id in archives() {
        let archive = site.archive(id);
        let pages = 1..=archive.pages(site.info.posts_per_page);
        let is_free = |number: &usize| {
            *number == 1 || !site.taken_pages.contains(&archive.path.page(*number))
        };
        jobs.extend(pages.filter(is_free).map(|number| Job::List(id, number)));
    }
    let items = index.into_iter().flat_map(|index| 0..index.items().len());
    jobs.extend(items.map(Job::SearchItems));
    // What shows the same posts comes one after the other.
    jobs.sort_by_cached_key(|job| Reverse(first_date(shared, index, *job)));
    jobs.extend(archives().filter(|&id| site.archive(id).feed.is_some()).map(Job::Feed));
    let discussed = entries.filter(|&id| site.comment_feeds.contains_key(&id));
    jobs.extend(discussed.map(|id| Job::CommentFeed(Some(id))));
    jobs.extend((1..=numbers::pages(shared)).map(Job::Numbers));
    jobs.extend([Job::CommentFeed(None), Job::Search, Job::NotFound]);
    jobs
}

/// Returns the date of the first post that a page shows which shows posts by date.
fn first_date(
    shared: &Shared<'_>,
    index: Option<&Index>,
    job: Job,
) -> Option<DateTime<FixedOffset>> {
    let site = shared.site;
    let first = match job {
        Job::List(id, number) => {
            let archive = site.archive(id);
            let before = archive.leading + (number - 1) * site.info.posts_per_page;
            archive.entries.get(before)
        }
        Job::SearchItems(number) => index?.items().nth(number)?.first(),
        _ => None,
    };
    site.entry(*first?).date
}

/// Returns the jobs that can be done when all pages are made: only then is known which files are
/// published.
pub fn last(shared: &Shared<'_>, index: Option<&Index>) -> Vec<Job> {
    let redirects = (0..shared.site.redirects.len()).map(Job::Redirect);
    let parts = index.into_iter().flat_map(|index| index.parts().map(Job::SearchPart));
    // The longest first, so that no thread waits for it.
    [Job::OldAddresses, Job::HostRules].into_iter().chain(parts).chain(redirects).collect()
}
