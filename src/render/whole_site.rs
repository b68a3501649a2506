//! What every page shows of the site.

use crate::content::surroundings::{Surroundings, Target};
use crate::model::PostId;
use crate::render::front::largest_categories;
use crate::render::shared::Shared;
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::views::{ArchiveLinkView, ImageView, MenuItemView, SiteView};
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::languages::direction_of;
use crate::site::menus::{MenuNode, MenuTarget};
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;

/// How many months the site names.
const MONTHS: usize = 12;

/// Returns the site.
pub fn site(shared: &Shared<'_>) -> SiteView {
    let (site, info) = (shared.site, &shared.site.info);
    let newest = site.newest_first.first().and_then(|&id| site.entry(id).date);
    let categories =
        largest_categories(site).into_iter().filter_map(|id| match &site.archive(id).kind {
            ArchiveKind::Term(term) => shared.term(term.id),
            _ => None,
        });
    SiteView {
        title: info.title.clone(),
        description: info.description.clone(),
        language: info.language.clone(),
        direction: direction_of(&info.language),
        href: shared.href(&UrlPath::root()),
        url: shared.url(&UrlPath::root()),
        search_href: shared.href(&OwnFile::Search.path()),
        has_search: shared.has_search(),
        feed_href: shared.href(&shared.feed_file(&OwnFile::Feed.path())),
        icon: image(shared, info.icon),
        logo: image(shared, info.logo),
        menu: menu(shared, &site.menu),
        footer_menu: menu(shared, &site.footer_menu),
        categories: categories.collect(),
        months: months(shared),
        years: dates(shared, |kind| matches!(kind, ArchiveKind::Year(_))).collect(),
        updated: newest.map(|date| shared.date(&date)),
        generator: concat!("stillpress ", env!("CARGO_PKG_VERSION")),
    }
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
