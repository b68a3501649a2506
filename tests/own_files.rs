//! What a build writes of its own accord is in the one list of it.

use std::collections::BTreeSet;
use std::fs;

use stillpress::site::own_files::OwnFile;
use tempfile::TempDir;

use crate::site::{self, Run};

/// What the only record makes, and what stays beside the site.
const OTHERS: [&str; 3] = ["index.html", "about/index.html", ".stillpress.json"];

/// Builds a site of one page, whose address was in `link`.
fn build(link: &str, settings: &str) -> Run {
    let place = TempDir::new().unwrap();
    let page = serde_json::json!({
        "id": 2, "type": "page", "status": "publish", "slug": "about", "link": link,
        "title": {"rendered": "About"}, "content": {"rendered": "<p>Text.</p>"},
    });
    fs::write(place.path().join("pages.json"), page.to_string()).unwrap();
    fs::write(place.path().join("stillpress.toml"), settings).unwrap();
    site::stillpress(place, &["pages.json"], b"")
}

fn files(run: &Run) -> BTreeSet<String> {
    let files = run.files().into_keys();
    files.filter(|name| !OTHERS.contains(&&**name)).collect()
}

const NUMBER: &str = "https://old.example/?page_id=2";
const NAME: &str = "https://old.example/about/";

#[test]
fn every_file_that_is_written_of_its_own_accord_is_in_the_list() {
    let hosts = ["files", "netlify", "cloudflare", "nginx"];
    let written = hosts.map(|host| files(&build(NUMBER, &format!("host = \"{host}\""))));
    let paths = |own: &OwnFile| own.copies().into_iter().chain([own.path()]).collect::<Vec<_>>();
    let listed: BTreeSet<String> =
        OwnFile::ALL.iter().flat_map(paths).map(|path| path.file()).collect();
    assert_eq!(written.into_iter().flatten().collect::<BTreeSet<String>>(), listed);
}

#[test]
fn feed_readers_find_a_feed_wherever_wordpress_had_it() {
    for index in ["rss", "page"] {
        let run = build(NAME, &format!("[feeds]\nindex = \"{index}\"\n"));
        let files = run.files();
        let feed = &files[if index == "rss" { "feed/index.html" } else { "feed/rss.xml" }];
        for name in ["feed/rss2", "feed/rss", "feed/rdf", "rss2", "rss", "rdf"] {
            assert_eq!(&files[&format!("{name}/index.html")], feed, "{name}");
        }
        assert_eq!(files["atom/index.html"], files["feed/atom/index.html"]);
        assert_eq!(files["wp-sitemap.xml"], files["sitemap.xml"]);
    }
}

#[test]
fn what_had_the_place_of_a_copy_keeps_it() {
    let run = build("https://old.example/rss/", "[redirects]\n\"/atom/\" = \"/\"\n");
    let files = run.files();
    let page = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    assert!(page("rss/index.html").contains("<p>Text.</p>"));
    assert!(page("atom/index.html").contains("http-equiv=\"refresh\""));
    for path in ["/feed/rss2/", "/wp-sitemap.xml"] {
        site::printed(run.place.path(), &["resolve", path, "pages.json"], 0);
    }
}

#[test]
fn only_what_is_written_answers() {
    for (link, settings) in [(NUMBER, ""), (NAME, ""), (NAME, "host = \"nginx\"")] {
        let run = build(link, settings);
        for own in OwnFile::ALL {
            let (path, is_written) = (own.path(), files(&run).contains(&own.path().file()));
            let resolve = ["resolve", path.as_str(), "pages.json"];
            site::printed(run.place.path(), &resolve, i32::from(!is_written));
        }
    }
}

#[test]
fn menus_lead_only_to_what_is_written() {
    for (link, is_written) in [(NUMBER, true), (NAME, false)] {
        let menu = "[[menus.main]]\ntitle = \"Old addresses\"\nurl = \"/old-addresses/\"\n";
        let run = build(link, menu);
        assert_eq!(!run.told.contains("/old-addresses/"), is_written, "{}", run.told);
    }
}
