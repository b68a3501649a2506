//! Old addresses with a query lead on to their pages, on a host that has only files.

use std::path::Path;
use std::time::Duration;

use crate::Suite;
use crate::chromium::{Chromium, View};
use crate::preview::Preview;
use crate::sites::Site;

/// An old address below the site's path, and where it leads now.
const KNOWN: [(&str, &str); 23] = [
    ("?p=57877", "2026/05/18/school-library-opens-with-four-thousand-books/"),
    (
        "?p=57877&utm_source=x#comment-9",
        "2026/05/18/school-library-opens-with-four-thousand-books/#comment-9",
    ),
    ("?page_id=1170", "about/"),
    ("?cat=4", "category/news/education/"),
    ("?category_name=culture/books", "category/culture/books/"),
    ("?tag=chess", "tag/chess/"),
    ("?author=5", "author/karma-wangdu/"),
    ("?m=202605", "2026/05/"),
    ("?year=2026&monthnum=5&day=18", "2026/05/18/"),
    ("?s=yak%20butter", "search/?q=yak%20butter"),
    ("?name=what-the-chess-club-taught-us", "2024/09/12/what-the-chess-club-taught-us/"),
    ("?pagename=about", "about/"),
    ("?paged=2", "page/2/"),
    ("?feed=rss2", "feed/"),
    ("?feed=atom", "feed/atom/"),
    ("?cat=4&feed=rss2", "category/news/education/feed/"),
    ("index.php/about/", "about/"),
    ("index.php?p=57877", "2026/05/18/school-library-opens-with-four-thousand-books/"),
    ("about/amp/", "about/"),
    ("category/education/", "category/news/education/"),
    ("category/culture/Education", "category/news/education/"),
    ("category/education/feed/", "category/news/education/"),
    ("contact/", "about/contact/"),
];

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("old_addresses::at_the_root_of_a_host", |chromium| check(chromium, "/"));
    suite.add("old_addresses::below_a_path", |chromium| check(chromium, "/repo/"));
    suite.add("old_addresses::unknown_ids_lead_to_a_page_that_says_so", unknown);
    suite.add("old_addresses::names_that_were_cut_off_are_looked_for", cut_off);
    suite.add("old_addresses::without_scripts_posts_are_found_by_number", without_scripts);
    suite.add("old_addresses::pages_of_loops_are_found", loops);
    suite.add("old_addresses::nothing_is_painted_on_the_way", unpainted);
}

fn check(chromium: &Chromium, base: &str) {
    let preview = Site::Sample.serve(base).preview;
    let page = chromium.page(View::PHONE);
    for (old, new) in KNOWN {
        page.open(&format!("http://{}{base}{old}", preview.address));
        page.wait_for_address(&format!("{base}{new}"));
    }
}

fn unknown(chromium: &Chromium) {
    let preview = Site::Sample.serve("/repo/").preview;
    let page = chromium.page(View::PHONE);
    for old in ["?p=999999", "?cat=999999", "?tag=nothing", "no/such/page/", "?p=x"] {
        page.open(&format!("http://{}/repo/{old}", preview.address));
        page.wait_for(
            "document.readyState === 'complete' && document.body.classList.contains('error404') \
             && document.documentElement.style.visibility === ''",
        );
        assert_eq!(
            page.value("document.querySelector('h1').innerText"),
            "This page is not here",
            "{old}"
        );
        // Whoever tells of it can say which address it was.
        let asked = old.strip_prefix('?').map_or(String::new(), |query| format!("?{query}"));
        assert_eq!(page.value("location.search"), asked.as_str());
    }
}

fn cut_off(chromium: &Chromium) {
    let preview = Site::Sample.serve("/repo/").preview;
    let page = chromium.page(View::PHONE);
    for (old, words) in [("2026/05/18/school-library-op", "school library"), ("404.html", "")] {
        page.open(&format!("http://{}/repo/{old}", preview.address));
        page.wait_for("document.documentElement.style.visibility === ''");
        assert_eq!(page.value("document.querySelector('main input').value"), words, "{old}");
    }
    page.open(&format!("http://{}/repo/school-library-op", preview.address));
    page.value("setTimeout(() => document.querySelector('main form').requestSubmit())");
    page.wait_for_address("/repo/search/?q=school+library");
    page.wait_for("document.querySelector('main').innerText.includes('four thousand books')");
}

/// Scripts of a test do not run there, either.
fn without_scripts(chromium: &Chromium) {
    let preview = Site::Sample.serve("/").preview;
    let page = chromium.page(View::PHONE.without_scripts());
    page.open(&format!("http://{}/?p=57877", preview.address));
    let link = page.value("document.querySelector('noscript a').href");
    page.open(link.as_str().unwrap());
    let found = page.value(
        "[...document.querySelectorAll('a')].filter(link => link.closest('li, tr, dd')?.innerText.includes('57877')).map(link => link.pathname)",
    );
    assert_eq!(found[0], "/2026/05/18/school-library-opens-with-four-thousand-books/", "{found}");
}

fn loops(chromium: &Chromium) {
    let export = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/loops_in_pages/input");
    let preview = Preview::start(&export, &["--no-watch", "--base-path", "/repo/"]);
    let page = chromium.page(View::PHONE);
    for (old, new) in [
        ("loops/?query-7-page=3", "loops/query-7-page-3/"),
        ("loops/?utm_source=x&query-8-page=2", "loops/query-8-page-2/"),
        ("loops/query-7-page-3/?query-8-page=2", "loops/query-8-page-2/"),
        ("loops/query-7-page-2/?query-7-page=1", "loops/"),
        ("loops/?query-9-page=2", "loops/?query-9-page=2"),
    ] {
        page.open(&format!("http://{}/repo/{old}", preview.address));
        page.wait_for_address(&format!("/repo/{new}"));
    }
}

/// A reader who comes by an old address does not see the home page flash by.
fn unpainted(chromium: &Chromium) {
    let preview = Site::Sample.serve("/").preview;
    let page = chromium.page(View::DESK);
    page.slow_down(Duration::from_millis(1500));
    page.go(&format!("http://{}/?p=57877", preview.address));
    let seen = page.wait_for("document.body && location.search === '?p=57877' && `now ${document.documentElement.style.visibility}`");
    assert_eq!(seen, "now hidden");
    page.wait_for_address("/2026/05/18/school-library-opens-with-four-thousand-books/");
    assert_eq!(page.value("document.documentElement.style.visibility"), "");
}
