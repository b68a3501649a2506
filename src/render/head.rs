//! What stands in a page's head: the same facts for search engines, cards and feed readers.

use crate::render::old_addresses;
use crate::render::shared::Shared;
use crate::render::views::{LinkView, PageView};
use crate::site::languages::direction_of;
use crate::site::urls::UrlPath;

/// Returns a page with what every page has.
pub fn page(shared: &Shared<'_>, kind: &'static str, path: &UrlPath) -> PageView {
    let language = shared.language.to_owned();
    PageView {
        kind,
        title: String::new(),
        description: String::new(),
        url: Some(shared.url(path)),
        href: shared.href(path),
        body_class: String::new(),
        direction: direction_of(&language),
        language,
        image: None,
        og_type: "website",
        json_ld_html: String::new(),
        styles_html: String::new(),
        feeds: Vec::new(),
        translations: Vec::new(),
        alternates: Vec::new(),
        previous_href: None,
        next_href: None,
        is_noindex: false,
        has_blocks: false,
        has_tibetan: false,
        old_addresses: old_addresses::asked_at(shared, kind, path)
            .map(|asked| old_addresses::view(shared, asked)),
    }
}

/// Returns a link to a feed.
pub fn feed_link(title: String, href: String) -> LinkView {
    LinkView { title_html: String::new(), title, href, language: None }
}
