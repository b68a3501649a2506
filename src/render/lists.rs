//! Archives: home, terms, authors, dates, formats, types.

use crate::content::{self, Writer};
use crate::render::shared::{Shared, class_name};
use crate::render::surroundings::Addresses;
use crate::render::views::{ArchiveView, LinkView, NumberView, PageView, PagerView};
use crate::render::{head, json_ld, translations};
use crate::site::EntryId;
use crate::site::archives::{Archive, ArchiveId, ArchiveKind};
use crate::site::languages::direction_of;
use crate::site::urls::UrlPath;

/// How many titles describe a page that says nothing of itself.
const DESCRIBED: usize = 5;

/// What the template of a list sees.
#[derive(Debug)]
pub struct ListPage {
    /// The page's head.
    pub page: PageView,
    /// The list as a whole.
    pub archive: ArchiveView,
    /// Where this page stands among its siblings.
    pub pager: PagerView,
}

/// Returns page `number` of an archive.
pub fn list_page(shared: &Shared<'_>, id: ArchiveId, number: usize) -> ListPage {
    let archive = shared.site.archive(id);
    let per_page = shared.site.info.posts_per_page;
    let is_home = archive.kind.is_home();
    let ids = archive.page(number, per_page);
    let pager = pager(shared, archive, number);
    let view = archive_view(shared, id);
    let mut page =
        head::page(shared, if is_home { "home" } else { "archive" }, &archive.path.page(number));
    page.title = title(shared, archive, &view, number);
    page.description = description(shared, &view, &ids);
    page.image = ids.iter().find_map(|&id| shared.featured_image(id));
    page.body_class = body_class(shared, archive, number);
    page.previous_href.clone_from(&pager.newer_href);
    page.next_href.clone_from(&pager.older_href);
    if let Some(edition) = archive.edition {
        page.language = shared.site.edition(edition).tag.to_string();
        page.direction = direction_of(&page.language);
    }
    translations::add_of_list(shared, archive, number, &mut page);
    if let ArchiveKind::Home = archive.kind {
        page.json_ld_html = json_ld::website(shared);
    } else {
        page.is_noindex = is_thin(shared, archive);
        page.json_ld_html = json_ld::collection(shared, id, &view, &page);
        if let ArchiveKind::Author(_) = archive.kind {
            page.og_type = "profile";
        }
        // That of a language's posts is announced on all its pages.
        let is_site_s = shared.edition.is_some() && archive.kind.is_home();
        if let Some(href) = view.feed_href.as_ref().filter(|_| !is_site_s) {
            page.feeds.push(head::feed_link(view.title.clone(), href.clone()));
        }
    }
    ListPage { page, archive: view, pager }
}

/// What is said of the list itself, else what stands on the page.
fn description(shared: &Shared<'_>, archive: &ArchiveView, ids: &[EntryId]) -> String {
    let own = match archive.kind {
        "home" => shared.site.info.description.clone(),
        _ => content::plain_text(&archive.description_html),
    };
    if !own.is_empty() {
        return content::first_words(&own);
    }
    let titles = ids.iter().take(DESCRIBED).map(|&id| shared.title(id));
    content::first_words(&titles.collect::<Vec<_>>().join(" · "))
}

/// Returns whether search engines are not to list an archive, because it has so few posts.
pub fn is_thin(shared: &Shared<'_>, archive: &Archive) -> bool {
    let is_home = archive.kind.is_home();
    !is_home && archive.count() < shared.settings.noindex_below
}

fn title(shared: &Shared<'_>, archive: &Archive, view: &ArchiveView, number: usize) -> String {
    // There the site's name stands above the list, and says it.
    let has_name = shared.edition.is_some_and(|id| {
        let edition = shared.site.edition(id);
        edition.title.is_some() && edition.home == archive.path
    });
    let is_named = archive.path == UrlPath::root() || has_name;
    numbered(shared, if is_named { "" } else { &view.title }, number)
}

/// Returns the title of page `number` of what is called `title`, which may be empty.
pub fn numbered(shared: &Shared<'_>, title: &str, number: usize) -> String {
    let word = || shared.words.words.get("page").map_or("", String::as_str);
    match (title.is_empty(), number) {
        (_, 1) => title.to_owned(),
        (true, _) => format!("{} {number}", word()),
        // A comma would be another one in Arabic, and none in Tibetan.
        (false, _) => format!("{title} – {} {number}", word()),
    }
}

fn archive_view(shared: &Shared<'_>, id: ArchiveId) -> ArchiveView {
    let archive = shared.site.archive(id);
    let title = shared.archive_title(id);
    let (kind, description) = match &archive.kind {
        ArchiveKind::Home => ("home", ""),
        ArchiveKind::Edition(_) => ("language", ""),
        ArchiveKind::Term(term) => (
            match &*term.taxonomy {
                "category" => "category",
                "post_tag" => "tag",
                _ => "taxonomy",
            },
            &*term.description,
        ),
        ArchiveKind::Author(author) => ("author", &*author.description),
        ArchiveKind::Year(_) => ("year", ""),
        ArchiveKind::Month(..) => ("month", ""),
        ArchiveKind::Day(..) => ("day", ""),
        ArchiveKind::Format(_) => ("format", ""),
        ArchiveKind::Type(..) => ("type", ""),
    };
    let description_html = shared.sanitized(description, Writer::User, Addresses::RootRelative);
    ArchiveView {
        kind,
        description_language: shared.other_language(&content::plain_text(&description_html)),
        description_html,
        count: archive.count(),
        language: shared.archive_language(id, &title),
        title,
        breadcrumbs: breadcrumbs(shared, archive),
        children: archive.children.iter().map(|&child| shared.archive_link(child)).collect(),
        feed_href: archive.feed.as_ref().map(|path| shared.href(&shared.feed_file(path))),
        author: match &archive.kind {
            ArchiveKind::Author(author) => shared.author(author.id),
            _ => None,
        },
    }
}

fn breadcrumbs(shared: &Shared<'_>, archive: &Archive) -> Vec<LinkView> {
    let above = std::iter::successors(archive.parent, |&id| shared.site.archive(id).parent);
    let mut links: Vec<LinkView> = above
        .map(|id| {
            let link = shared.archive_link(id);
            LinkView {
                title_html: crate::render::shared::escape(&link.name),
                title: link.name,
                href: link.href,
                language: link.language,
            }
        })
        .collect();
    links.reverse();
    links
}

fn pager(shared: &Shared<'_>, archive: &Archive, number: usize) -> PagerView {
    let total = archive.pages(shared.site.info.posts_per_page);
    let href = |number: usize| shared.href(&archive.path.page(number));
    PagerView {
        number,
        total,
        newer_href: (number > 1).then(|| href(number - 1)),
        older_href: (number < total).then(|| href(number + 1)),
        numbers: numbers(number, total, href),
    }
}

/// Whether a list of posts is the home page of its language.
fn is_front(shared: &Shared<'_>, archive: &Archive) -> bool {
    shared.site.editions.iter().any(|edition| edition.home == archive.path)
}

/// Returns WordPress's body classes.
fn body_class(shared: &Shared<'_>, archive: &Archive, number: usize) -> String {
    let named = |kind: &str, slug: &str, id: u64| match class_name(slug) {
        Some(slug) => format!("archive {kind} {kind}-{slug} {kind}-{id}"),
        None => format!("archive {kind} {kind}-{id}"),
    };
    let mut class = match &archive.kind {
        ArchiveKind::Home if archive.path == UrlPath::root() => "home blog".to_owned(),
        ArchiveKind::Home => "blog".to_owned(),
        ArchiveKind::Edition(_) if is_front(shared, archive) => "home blog".to_owned(),
        ArchiveKind::Edition(_) => "blog".to_owned(),
        ArchiveKind::Term(term) => match &*term.taxonomy {
            "category" => named("category", &term.slug, term.id.0),
            "post_tag" => named("tag", &term.slug, term.id.0),
            taxonomy => {
                let taxonomy = class_name(taxonomy).unwrap_or("custom");
                format!("archive tax-{taxonomy} term-{}", term.id.0)
            }
        },
        ArchiveKind::Author(author) => named("author", &author.slug, author.id.0),
        ArchiveKind::Year(_) | ArchiveKind::Month(..) | ArchiveKind::Day(..) => {
            "archive date".to_owned()
        }
        ArchiveKind::Format(format) => {
            let format = class_name(format).unwrap_or("custom");
            format!("archive tax-post_format term-post-format-{format}")
        }
        ArchiveKind::Type(name, _) => {
            let name = class_name(name).unwrap_or("custom");
            format!("archive post-type-archive post-type-archive-{name}")
        }
    };
    if number > 1 {
        class.push_str(&format!(" paged paged-{number}"));
    }
    class
}

/// Returns numbers around the current one, the first two and the last, with gaps between them.
fn numbers(current: usize, total: usize, href: impl Fn(usize) -> String) -> Vec<NumberView> {
    let mut shown: Vec<usize> = [1, 2, current.saturating_sub(1), current, current + 1, total]
        .into_iter()
        .filter(|number| (1..=total).contains(number))
        .collect();
    shown.sort_unstable();
    shown.dedup();
    let mut numbers = Vec::with_capacity(shown.len() + 2);
    let mut last = 0;
    for number in shown {
        if number > last + 1 {
            numbers.push(NumberView { number: 0, href: String::new(), is_current: false });
        }
        numbers.push(NumberView { number, href: href(number), is_current: number == current });
        last = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(current: usize, total: usize, expected: &str) {
        let numbers = numbers(current, total, |number| format!("/page/{number}/"));
        let texts = numbers.iter().map(|it| match (it.number, it.is_current) {
            (0, _) => "…".to_owned(),
            (number, true) => format!("[{number}]"),
            (number, false) => number.to_string(),
        });
        assert_eq!(texts.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn pagers_show_first_last_and_neighbours() {
        check(1, 1, "[1]");
        check(1, 3, "[1] 2 3");
        check(7, 20, "1 2 … 6 [7] 8 … 20");
        check(20, 20, "1 2 … 19 [20]");
    }
}
