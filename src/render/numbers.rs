//! Lists of all posts by their numbers: for readers of old addresses such as `/?p=12` whose browser
//! runs no script.

use crate::render::shared::Shared;
use crate::render::views::{NumberedView, NumbersView, RangeView};
use crate::site::own_files::{self, OwnFile};
use crate::site::urls::UrlPath;
use crate::site::{EntryId, Site};

/// Posts on a page.
const PER_PAGE: usize = 200;

/// How many pages before and after the one at hand a page leads to.
const NEAR_PAGES: usize = 3;

/// How many pages there are: none on sites whose addresses never were numbers.
pub fn pages(shared: &Shared<'_>) -> usize {
    match own_files::had_numbers(&shared.site.export, &shared.site.entries) {
        true => shared.numbered.len().div_ceil(PER_PAGE),
        false => 0,
    }
}

/// Returns the entries that had a number in WordPress, in its order. Pages in Markdown had none.
pub fn numbered(site: &Site) -> Vec<EntryId> {
    let all = (0..site.entries.len()).map(EntryId::new);
    all.filter(|&id| !site.post(id).link.is_empty()).collect()
}

/// Returns the path of a page, counted from 1.
pub fn path(number: usize) -> UrlPath {
    OwnFile::OldAddresses.path().page(number)
}

/// Returns what a page lists.
pub fn view(shared: &Shared<'_>, page: usize) -> NumbersView {
    let count = shared.numbered.len().div_ceil(PER_PAGE);
    let part = |page: usize| shared.numbered.chunks(PER_PAGE).nth(page - 1).unwrap_or_default();
    let number = |id: EntryId| shared.site.post(id).id.0;
    let range = |other: usize| {
        let (first, last) = (part(other).first()?, part(other).last()?);
        Some(RangeView {
            title: format!("{}–{}", number(*first), number(*last)),
            href: shared.href(&path(other)),
            is_current: other == page,
        })
    };
    let posts = part(page).iter();
    let posts = posts.map(|&id| NumberedView { number: number(id), post: shared.link(id) });
    let ranges = linked(page, count).into_iter().filter_map(range);
    NumbersView { ranges: ranges.collect(), posts: posts.collect() }
}

/// Returns the pages of `count` to which one leads: the first to all, the others to the first, the
/// last and those near. With all of them on each page, the site would grow with their square.
fn linked(page: usize, count: usize) -> Vec<usize> {
    if count < 2 {
        return Vec::new();
    }
    if page == 1 {
        return (1..=count).collect();
    }
    let near = page.saturating_sub(NEAR_PAGES).max(2)..=(page + NEAR_PAGES).min(count - 1);
    std::iter::once(1).chain(near).chain([count]).collect()
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn only_the_first_page_leads_to_all() {
        assert!(linked(1, 0).is_empty());
        assert!(linked(1, 1).is_empty());
        assert_eq!(linked(1, 9), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(linked(2, 2), [1, 2]);
        assert_eq!(linked(2, 9), [1, 2, 3, 4, 5, 9]);
        assert_eq!(linked(50, 99), [1, 47, 48, 49, 50, 51, 52, 53, 99]);
        assert_eq!(linked(99, 99), [1, 96, 97, 98, 99]);
    }
}
