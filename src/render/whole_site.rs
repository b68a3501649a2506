//! What every page shows of the site.

use crate::content::surroundings::{Surroundings, Target};
use crate::model::PostId;
use crate::render::front::largest_categories;
use crate::render::shared::Shared;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::views::{ArchiveLinkView, ImageView, MenuItemView, SiteView, TermView};
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::editions::EditionId;
use crate::site::languages::direction_of;
use crate::site::menus::{MenuNode, MenuTarget};
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;

/// How many months the site names.
const MONTHS: usize = 12;

/// Returns the site, as the pages of one language show it.
pub fn site(shared: &Shared<'_>) -> SiteView {
    let (site, info) = (shared.site, &shared.site.info);
    let newest = site.newest_first.first().and_then(|&id| site.entry(id).date);
    let edition = shared.edition.map(|id| site.edition(id));
    let title = edition.and_then(|edition| edition.title.as_deref());
    let menus = shared.edition.map(|id| &site.edition_menus[id.index()]);
    let own_words = |text: &str| match edition {
        Some(_) => shared.other_language(text),
        None => None,
    };
    SiteView {
        title_language: own_words(title.unwrap_or(&info.title)),
        title: title.unwrap_or(&info.title).to_owned(),
        description: info.description.clone(),
        description_language: own_words(&info.description),
        language: shared.language.to_owned(),
        direction: direction_of(shared.language),
        href: shared.href(&shared.home()),
        url: shared.url(&shared.home()),
        search_href: shared.href(&OwnFile::Search.path()),
        has_search: shared.has_search(),
        feed_href: shared.href(&shared.feed_file(&feed(shared))),
        icon: image(shared, info.icon),
        logo: image(shared, info.logo),
        menu: menu(shared, menus.map_or(&site.menu, |menus| &menus.main)),
        footer_menu: menu(shared, menus.map_or(&site.footer_menu, |menus| &menus.footer)),
        categories: categories(shared),
        months: months(shared),
        years: dates(shared, |kind| matches!(kind, ArchiveKind::Year(_))).collect(),
        updated: newest.map(|date| shared.date(&date)),
        generator: concat!("stillpress ", env!("CARGO_PKG_VERSION")),
    }
}

/// Returns the categories of the language that pages are made in, and those that tell none.
fn categories(shared: &Shared<'_>) -> Vec<TermView> {
    let site = shared.site;
    let own = shared.edition.or(site.root_edition());
    let is_here =
        |other: Option<EditionId>| own.is_none() || other.is_none_or(|it| Some(it) == own);
    let largest = largest_categories(site).into_iter().map(|id| site.archive(id));
    let here = largest.filter(|archive| is_here(archive.edition));
    here.filter_map(|archive| match &archive.kind {
        ArchiveKind::Term(term) => shared.term(term.id),
        _ => None,
    })
    .collect()
}

/// Returns where the feed of the posts is.
fn feed(shared: &Shared<'_>) -> UrlPath {
    let list = shared.site.archives.iter().find(
        |archive| matches!(archive.kind, ArchiveKind::Edition(id) if Some(id) == shared.edition),
    );
    list.and_then(|list| list.feed.clone()).unwrap_or_else(|| OwnFile::Feed.path())
}

fn image(shared: &Shared<'_>, id: Option<PostId>) -> Option<ImageView> {
    shared.image(id?)
}

fn menu(shared: &Shared<'_>, nodes: &[MenuNode]) -> Vec<MenuItemView> {
    let items = nodes.iter().map(|node| MenuItemView {
        title_html: shared.title_html(&node.title),
        href: menu_href(shared, &node.target),
        language: shared.other_language(&crate::content::plain_text(&node.title)),
        children: menu(shared, &node.children),
    });
    items.collect()
}

fn menu_href(shared: &Shared<'_>, target: &MenuTarget) -> String {
    match target {
        MenuTarget::Page(path, fragment) if fragment.is_empty() => shared.href(path),
        MenuTarget::Page(path, fragment) => format!("{}#{fragment}", shared.href(path)),
        MenuTarget::Address(address) => address.clone(),
        MenuTarget::Old(address) => {
            match SiteSurroundings::new(shared, Addresses::RootRelative).link(address) {
                Target::Here(href) | Target::Smaller(href) | Target::Lost(href) => href,
                Target::Elsewhere => address.clone(),
            }
        }
    }
}

fn months(shared: &Shared<'_>) -> Vec<ArchiveLinkView> {
    dates(shared, |kind| matches!(kind, ArchiveKind::Month(..))).take(MONTHS).collect()
}

/// Returns links to archives of dates, newest first.
fn dates<'a>(
    shared: &'a Shared<'_>,
    wants: impl Fn(&ArchiveKind) -> bool + 'a,
) -> impl Iterator<Item = ArchiveLinkView> + 'a {
    let archives = (0..).map(ArchiveId::new).zip(&shared.site.archives);
    let wanted = archives.filter(move |(_, archive)| wants(&archive.kind));
    wanted.map(|(id, _)| shared.archive_link(id))
}
