//! Lists of all posts by their numbers: for readers of old addresses such as `/?p=12` whose browser
//! runs no script.

use crate::render::shared::Shared;
use crate::render::views::{NumberedView, NumbersView, RangeView};
use crate::site::EntryId;
use crate::site::urls::UrlPath;

/// Posts on a page.
const PER_PAGE: usize = 200;

/// How many pages before and after the one at hand a page leads to.
const NEAR_PAGES: usize = 3;

/// How many pages there are: none on sites whose addresses never were numbers.
pub fn pages(shared: &Shared<'_>) -> usize {
    let posts = &shared.site.export.posts;
    let mut entries = shared.site.entries.iter();
    let is_plain = entries.any(|entry| posts[entry.record].link.contains('?'));
    if is_plain { shared.site.entries.len().div_ceil(PER_PAGE) } else { 0 }
}

/// Returns the path of a page, counted from 1.
pub fn path(number: usize) -> UrlPath {
    UrlPath::from_segments(["old-addresses"]).page(number)
}

/// Returns what a page lists. Entries are in the order of their numbers.
pub fn view(shared: &Shared<'_>, page: usize) -> NumbersView {
    let all: Vec<EntryId> = (0..shared.site.entries.len()).map(EntryId::new).collect();
    let parts: Vec<&[EntryId]> = all.chunks(PER_PAGE).collect();
    let number = |id: EntryId| shared.site.post(id).id.0;
    // With all of them on each page, the site would grow with their square.
    let is_near = |other: usize| {
        page == 1 || other == 1 || other == parts.len() || other.abs_diff(page) <= NEAR_PAGES
    };
    let ranges = (1..).zip(&parts).filter(|(other, _)| is_near(*other) && parts.len() > 1);
    let ranges = ranges.map(|(other, part)| RangeView {
        title: format!("{}–{}", number(part[0]), number(part[part.len() - 1])),
        href: shared.href(&path(other)),
        is_current: other == page,
    });
    let posts = parts.get(page - 1).copied().unwrap_or_default().iter();
    let posts = posts.map(|&id| NumberedView { number: number(id), post: shared.link(id) });
    NumbersView { ranges: ranges.collect(), posts: posts.collect() }
}
