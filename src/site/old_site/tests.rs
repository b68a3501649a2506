//! Which addresses were the old site's.

use super::*;

fn old_site(home: &str) -> OldSite {
    let mut export = Export::default();
    export.site.home = Some(home.to_owned());
    OldSite::of(&export, &[], &["old.example".to_owned()])
}

#[track_caller]
fn check(home: &str, address: &str, expected: Option<(&str, &str, &str)>) {
    let old = old_site(home);
    let actual = old.local(address).map(|local| (local.path, local.query, local.fragment));
    assert_eq!(actual, expected, "{address}");
}

#[test]
fn every_form_of_an_own_address_is_local() {
    let home = "https://news.example";
    check(home, "https://news.example/a/?p=1#top", Some(("/a/", "p=1", "top")));
    check(home, "http://www.NEWS.example/a/", Some(("/a/", "", "")));
    check(home, "//news.example?p=7", Some(("", "p=7", "")));
    check(home, "/a/", Some(("/a/", "", "")));
    check(home, "?p=7", Some(("", "p=7", "")));
    check(home, "http://old.example/b", Some(("/b", "", "")));
}

#[test]
fn paths_are_relative_to_the_page_they_stand_on() {
    let check = |page: &str, address: &str, expected: Option<&str>| {
        assert_eq!(seen_from(page, address).as_deref(), expected, "{address}");
    };
    let page = "https://news.example/blog/2024/05/hi/";
    check(page, "../ho/#a", Some("https://news.example/blog/2024/05/ho/#a"));
    check(page, "b.jpg", Some("https://news.example/blog/2024/05/hi/b.jpg"));
    check(page, "./?p=7", Some("https://news.example/blog/2024/05/hi/?p=7"));
    check("https://news.example/?p=7", "about/", Some("https://news.example/about/"));
    for address in ["", "/about/", "//b.example/", "https://b.example", "mailto:a@b", "#a", "?p=7"]
    {
        check(page, address, None);
    }
    check("", "about/", None);
}

#[test]
fn files_are_the_site_s_on_hosts_that_hold_nothing_else() {
    let mut export = Export::default();
    export.site.home = Some("https://garden.example".to_owned());
    let hosts = ["garden.wordpress.com", "old.files.wordpress.com"].map(str::to_owned);
    let old = OldSite::of(&export, &[], &hosts);
    let check = |address: &str, expected: Option<&str>| {
        assert_eq!(old.upload(address).as_deref(), expected, "{address}");
    };
    check("https://garden.files.wordpress.com/2024/a%20b.jpg?w=300#x", Some("2024/a b.jpg"));
    check("//Garden.files.wordpress.com/2024/a.jpg", Some("2024/a.jpg"));
    check("https://old.files.wordpress.com/2024/a.jpg", Some("2024/a.jpg"));
    check("https://i0.wp.com/garden.files.wordpress.com/a.jpg?ssl=1", Some("a.jpg"));
    check("https://i3.wp.com/www.garden.example/wp-content/uploads/a.jpg?w=3", Some("a.jpg"));
    check("https://garden.wordpress.com/wp-content/uploads/a.jpg?w=3", Some("a.jpg"));
    check("/wp-content/uploads/a.jpg", Some("a.jpg"));
    for address in [
        "https://forest.files.wordpress.com/2024/a.jpg",
        "https://i0.wp.com/forest.example/wp-content/uploads/a.jpg",
        "https://i9.wp.com/garden.example/wp-content/uploads/a.jpg",
        "https://garden.files.wordpress.com/",
        "https://garden.files.wordpress.com/../a.jpg",
        "https://i0.wp.com/",
        "https://garden.example/about/",
    ] {
        check(address, None);
    }
}

#[test]
fn pictures_that_photon_made_small_are_the_site_s() {
    let home = "https://news.example/blog";
    check(home, "https://i1.wp.com/news.example/blog/a.jpg?w=3", Some(("/a.jpg", "", "")));
    check(home, "https://I1.wp.com/news.example/a.jpg", None);
    check(home, "https://i1.wp.com", None);
}

#[test]
fn the_home_page_stands_where_ids_are_asked_for() {
    let check = |json: &[&str], expected: &str| {
        let folder = tempfile::TempDir::new().unwrap();
        for (number, record) in json.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{number}.json")), record).unwrap();
        }
        let export = crate::export::read(&[folder.path().to_owned()]).unwrap().value;
        assert_eq!(home_address(&export, &export.attachments).as_deref(), Some(expected));
    };
    let post = |link: &str, guid: &str| {
        format!(
            r#"{{"id":7,"type":"post","status":"publish","date":"2026-05-01T08:00:00","slug":"a",
                "link":"{link}","guid":{{"rendered":"{guid}"}},"title":{{"rendered":"A"}},
                "content":{{"rendered":"A"}}}}"#
        )
    };
    let pretty = "https://www.news.example/blog/2026/a/";
    check(&[&post(pretty, "http://news.example/blog/?p=7")], "https://www.news.example/blog");
    check(&[&post(pretty, "http://localhost/?p=7")], "https://www.news.example");
    check(&[&post("https://news.example/2026/a/", "https://news.example/blog/?p=7")], {
        "https://news.example"
    });
    check(&[&post("http://news.example:8080/?p=7", "")], "http://news.example:8080");
    check(&[&post("https://news.example/index.php?p=7", "")], "https://news.example");
    let medium = r#"{"id":9,"type":"attachment","link":"https://www.news.example/blog/?attachment_id=9",
        "media_type":"image","mime_type":"image/png","source_url":"https://www.news.example/a.png"}"#;
    check(&[&post(pretty, ""), medium], "https://www.news.example/blog");
}

#[test]
fn relative_addresses_are_seen_from_the_home_page() {
    let check = |address: &str, expected: &str| {
        let full = old_site("https://news.example/blog").full(address);
        assert_eq!(full.as_deref(), Some(expected));
    };
    check("?p=99", "https://news.example/blog/?p=99");
    check("gone/", "https://news.example/blog/gone/");
    check("../about/", "https://news.example/about/");
    check("/blog/wp-content/a.jpg", "https://news.example/blog/wp-content/a.jpg");
}

#[test]
fn other_addresses_are_not() {
    let home = "https://news.example/blog";
    check(home, "https://news.example.org/a/", None);
    check(home, "mailto:editor@news.example", None);
    check(home, "https://news.example/shop/", None);
    check(home, "https://news.example/blog/a/", Some(("/a/", "", "")));
    check(home, "https://news.example/blogger/", None);
}

#[test]
fn files_are_published_where_the_uploads_folder_was() {
    let check = |files: &[&str], expected: &str| {
        let mut export = Export::default();
        export.site.home = Some("https://uni.example/physics".to_owned());
        let attachments: Vec<Attachment> = files.iter().map(|file| attachment(file)).collect();
        let old = OldSite::of(&export, &attachments, &[]);
        assert_eq!(old.file_path("2015/03/a b.jpg").as_str(), expected, "{files:?}");
        assert_eq!(
            old.file_path("/wp-content/gallery/a.jpg").as_str(),
            "/wp-content/gallery/a.jpg"
        );
    };
    check(&[], "/wp-content/uploads/2015/03/a%20b.jpg");
    let home = "https://uni.example/physics";
    check(&[&format!("{home}/app/uploads/2015/03/a%20b.jpg")], "/app/uploads/2015/03/a%20b.jpg");
    check(&[&format!("{home}/files/2012/03/a.jpg")], "/files/2015/03/a%20b.jpg");
    let one = format!("{home}/files/2012/03/a.jpg");
    let outside = "https://uni.example/wp-content/uploads/sites/7/2015/03/a.jpg";
    check(&[&one, outside, outside], "/wp-content/uploads/2015/03/a%20b.jpg");
    check(&["https://s3.example/2015/03/a.jpg"], "/wp-content/uploads/2015/03/a%20b.jpg");
}

#[test]
fn files_of_a_site_in_a_network_may_be_beside_its_home_page() {
    let mut export = Export::default();
    export.site.home = Some("https://uni.example/physics".to_owned());
    let file = "https://uni.example/wp-content/uploads/sites/7/2015/03/a.jpg";
    let old = OldSite::of(&export, &[attachment(file)], &[]);
    let check = |address: &str, expected: Option<&str>| {
        assert_eq!(old.upload(address).as_deref(), expected, "{address}");
    };
    check("https://uni.example/wp-content/uploads/sites/7/b.jpg", Some("sites/7/b.jpg"));
    check("/wp-content/uploads/sites/7/b.jpg", Some("sites/7/b.jpg"));
    check("https://uni.example/physics/files/2012/03/b.jpg", Some("2012/03/b.jpg"));
    for other in [
        "https://uni.example/wp-content/uploads/sites/77/b.jpg",
        "https://uni.example/wp-content/uploads/2015/03/a.jpg",
        "https://other.example/wp-content/uploads/sites/7/b.jpg",
    ] {
        check(other, None);
    }
}

fn attachment(source_url: &str) -> Attachment {
    Attachment { source_url: source_url.into(), ..Attachment::default() }
}
