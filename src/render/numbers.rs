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
    let numbered = numbered(shared);
    let is_plain = |id: &EntryId| shared.site.post(*id).link.contains('?');
    if numbered.iter().any(is_plain) { numbered.len().div_ceil(PER_PAGE) } else { 0 }
}

/// Returns the entries that had a number in WordPress, in its order. Pages in Markdown had none.
fn numbered(shared: &Shared<'_>) -> Vec<EntryId> {
    let all = (0..shared.site.entries.len()).map(EntryId::new);
    all.filter(|&id| !shared.site.post(id).link.is_empty()).collect()
}

/// Returns the path of a page, counted from 1.
pub fn path(number: usize) -> UrlPath {
    UrlPath::from_segments(["old-addresses"]).page(number)
}

/// Returns what a page lists.
pub fn view(shared: &Shared<'_>, page: usize) -> NumbersView {
    let numbered = numbered(shared);
    let parts: Vec<&[EntryId]> = numbered.chunks(PER_PAGE).collect();
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
