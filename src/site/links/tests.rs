//! What old addresses lead to, on a small site.

use super::*;
use crate::model::Export;
use crate::site::taxonomy::TermNode;

/// A site of one list of three pages, and a file of the media library without an old address.
fn links() -> Links {
    let mut export = Export::default();
    export.site.home = Some("https://news.example".to_owned());
    let mut links = Links::new(OldSite::of(&export, &[], &[]));
    let home = Archive {
        kind: ArchiveKind::Home,
        path: UrlPath::root(),
        feed: Some(UrlPath::from_segments(["feed"])),
        entries: Vec::new(),
        leading: 0,
        parent: None,
        children: Vec::new(),
        edition: None,
    };
    links.add_attachment(PostId(7), "photo", "");
    links.add_archive(ArchiveId::new(0), &home, 3, "");
    let list = |kind: ArchiveKind, path: &str| Archive {
        kind,
        path: UrlPath::from_encoded(path),
        feed: None,
        entries: Vec::new(),
        leading: 0,
        parent: None,
        children: Vec::new(),
        edition: None,
    };
    let news = TermNode {
        id: TermId(5),
        taxonomy: "category".into(),
        name: "News".to_owned(),
        slug: "news".to_owned(),
        description: String::new(),
        link: "".into(),
        parent: None,
        language: None,
        translations: Box::default(),
    };
    for (index, archive) in (1..).zip([
        list(ArchiveKind::Term(news), "/category/news/"),
        list(ArchiveKind::Year(2024), "/blog/2024/"),
        list(ArchiveKind::Month(2024, 5), "/blog/2024/05/"),
        list(ArchiveKind::Format("aside".into()), "/type/aside/"),
        list(ArchiveKind::Type("book".into(), String::new()), "/books/"),
    ]) {
        links.add_archive(ArchiveId::new(index), &archive, 1, "");
    }
    links.entry_slugs.insert("book".into(), HashMap::new());
    let base = |path: &str, name: &str| Base { path: path.to_owned(), name: name.into() };
    links.add_bases(vec![base("category/", "category"), base("book/", "book")]);
    links
}

#[track_caller]
fn check(address: &str, expected: &str) {
    let path = UrlPath::from_encoded(expected);
    assert_eq!(links().resolve(address).0, Resolution::Page(path), "{address}");
}

#[test]
fn what_has_no_old_address_does_not_take_the_home_page_s() {
    check("https://news.example", "/");
    check("https://news.example/", "/");
    check("/", "/");
}

#[test]
fn parts_of_the_home_page_are_found_by_query() {
    check("/?paged=2", "/page/2/");
    check("https://news.example/?feed=rss2", "/feed/");
    check("/?utm_source=mail", "/");
    check("/?feed=atom", "/feed/atom/");
    check("/feed/atom/", "/feed/atom/");
    check("/feed/", "/feed/");
    check("/?feed=comments-rss2", "/comments/feed/");
}

#[test]
fn lists_are_found_by_query() {
    check("/?m=202405", "/blog/2024/05/");
    check("/?m=2024", "/blog/2024/");
    check("/?year=2024&monthnum=5", "/blog/2024/05/");
    check("/?post_format=post-format-aside", "/type/aside/");
    check("/?post_type=book", "/books/");
    check("/?cat=5,6", "/category/news/");
    check("/?cat=5", "/category/news/");
    check("/?taxonomy=post_format&term=post-format-aside", "/type/aside/");
    check("/blog/2024/05/feed/", "/blog/2024/05/");
}

#[test]
fn pages_of_loops_are_parts_of_their_page() {
    check("/books/query-5-page-2/", "/books/");
    check("/books/?query-5-page=2", "/books/");
}

#[test]
fn attachments_are_found_by_id_and_slug() {
    for address in ["/?attachment_id=7", "/?p=7", "/?attachment=Photo"] {
        assert_eq!(links().resolve(address).0, Resolution::Attachment(PostId(7)), "{address}");
    }
}

#[test]
fn attachments_are_found_below_any_post() {
    let mut links = links();
    let place = Place::Entry(EntryId::new(0));
    links.paths.insert(hash_of("/blog/2024/05/lake/"), place);
    for address in ["/blog/2024/05/lake/photo/", "/blog/2024/05/lake/attachment/Photo"] {
        assert_eq!(links.resolve(address).0, Resolution::Attachment(PostId(7)), "{address}");
    }
    for lost in ["/blog/2024/05/lake/other/", "/blog/2024/05/gone/photo/", "/blog/2024/05/photo/"] {
        assert_eq!(links.resolve(lost).0, Resolution::Lost, "{lost}");
    }
}

#[test]
fn what_is_not_here_is_lost() {
    for address in [
        "/2019/",
        "/12345/",
        "/blog/2024/9/",
        "/?book=gone",
        "/?m=202409",
        "/?year=2024&monthnum=9",
        "/?name=gone",
        "/?tag=gone",
        "/?taxonomy=genre&term=gone",
        "/?attachment=gone",
    ] {
        assert_eq!(links().resolve(address).0, Resolution::Lost, "{address}");
    }
}

#[test]
fn what_stands_below_a_moved_path_is_found() {
    let mut links = links();
    links.add_moved_below("/old-blog/", Reach::BelowToSame, "/blog/");
    links.add_moved_below("/Shop/", Reach::BelowToSame, "https://shop.example/");
    links.add_moved_below("/forum/", Reach::BelowToOne, "/?m=2024");
    let resolve = |address: &str| links.resolve(address).0;
    assert_eq!(
        resolve("/old-blog/2024/05/"),
        Resolution::Page(UrlPath::from_encoded("/blog/2024/05/"))
    );
    assert_eq!(resolve("/old-blog/2019/"), Resolution::Lost);
    let there = "https://shop.example/Tea/%E0%BD%96/";
    assert_eq!(resolve("/shop/Tea/%E0%BD%96/"), Resolution::Moved(there.to_owned()));
    assert_eq!(resolve("/forum/a/b"), Resolution::Page(UrlPath::from_encoded("/blog/2024/")));
}

#[test]
fn terms_are_found_whatever_stands_above_them() {
    for address in ["/category/news/", "/category/other/news/", "/Category/a/b/NEWS"] {
        check(address, "/category/news/");
    }
    check("/category/other/news/page/2/", "/category/news/");
    check("/category/other/news/feed/", "/category/news/");
    for lost in ["/category/", "/category/gone/", "/category/other/page/7/", "/news/", "/book/x/"] {
        assert_eq!(links().resolve(lost).0, Resolution::Lost, "{lost}");
    }
    // What the user says counts before.
    let mut links = links();
    let from = UrlPath::from_encoded("/category/other/news/");
    links.add_moved(&from, Resolution::Moved("https://else.example/".to_owned()));
    let (found, _) = links.resolve("/category/other/news/");
    assert_eq!(found, Resolution::Moved("https://else.example/".to_owned()));
}
