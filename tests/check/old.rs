//! That `check` proves what became of old addresses and feeds.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::check::{check, home, site_of};
use crate::site;

/// Builds the sample for `base_url`, as the folder `site`.
fn sample(base_url: &str) -> TempDir {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    let run = site::build(&sample, &["--base-url", base_url, "-o", "site"]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    run.place
}

/// Old addresses of the sample in every form, and some that it never had.
const OLD: &str = "/?p=1170
https://www.lungta-times.example/?p=57877&utm_source=mail
/?page_id=1170#team
?p=49876&feed=rss2
/?attachment_id=58010
/?cat=5&paged=2
/?category_name=culture/books
/?tag=school
/?author_name=tenzin-dolma
/?m=202605
/?year=2024&monthnum=9&day=12
/?name=apricot-harvest-in-pictures
/?pagename=about
/?attachment=apricot-branch
/?feed=atom
/?feed=comments-rss2
/?paged=2
/?s=water
/index.php/about/
/about
/2025/10/03/apricot-harvest-in-pictures/comment-page-1/
/apricot-harvest-in-pictures/
/2026/05/18/school-library-opens-with-four-thousand-books
/wp-content/uploads/2026/06/glacier-tongue.webp
/wp-login.php
/wp-json/wp/v2/posts
/?p=99999
/?cat=999
/2019/01/01/never/
javascript:void(0)
";

#[test]
fn old_addresses_are_answered_in_every_form() {
    for base_url in ["https://www.lungta-times.example/", "https://name.example/paper/"] {
        let place = sample(base_url);
        fs::write(place.path().join("old.txt"), OLD).unwrap();
        let checked = check(place.path(), &["--old-urls", "old.txt", "-v"]);
        checked.holds(
            1,
            &[
                "error[old-address]: nothing answers to the old address `/?p=99999`: the lists of old addresses do not have it\n  --> old.txt:27:1\n",
                "`/?cat=999`",
                "`/2019/01/01/never/`: no file is there, and the lists of old addresses do not have it\n",
                "`javascript:void(0)`: it is no web address\n",
            ],
        );
        assert_eq!(checked.found.matches("error[").count(), 4, "{}", checked.found);
        assert!(checked.told.contains("\n24 of 28 old addresses are answered; 2 are for programs, not for readers, and were not asked for.\n"), "{}", checked.told);
    }
}

#[test]
fn old_addresses_are_followed_through_pages_that_lead_on() {
    let to = |path: &str| format!("<meta http-equiv=refresh content='0;url={path}'>");
    let place = site_of(&[
        ("index.html", &home("")),
        ("a/index.html", &to("/b/")),
        ("b/index.html", &to("../c.html")),
        ("c.html", ""),
        ("d/index.html", &to("https://other.example/")),
        ("e/index.html", &to("/f/")),
        ("f/index.html", &to("/e/")),
        ("g/index.html", &to("/gone/")),
    ]);
    let log = |path: &str| format!("192.0.2.1 - - [x] \"GET {path} HTTP/1.1\" 200 5 \"-\" \"x\"\n");
    let paths = ["/a/", "/d", "/c", "/e/", "/g/", "/?p=1"];
    fs::write(place.path().join("access.log"), paths.map(log).concat()).unwrap();
    let checked = check(place.path(), &["--old-urls", "access.log", "-v"]);
    checked.holds(
        1,
        &[
            "`/e/`: it leads in a circle\n",
            "`/g/`: it leads on to a page that is not there\n",
            "`/?p=1`: hosts look at no query, and show what is at `/`\n",
        ],
    );
    assert!(checked.told.contains("3 of 6 old addresses are answered."), "{}", checked.told);
}

fn feed(items: &[(&str, &str, &str, &str)]) -> String {
    let item = |(guid, link, title, date): &(&str, &str, &str, &str)| {
        format!(
            "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid><pubDate>{date}</pubDate></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    )
}

#[test]
fn readers_of_an_old_feed_see_nothing_twice() {
    const NEW: &str = "Tue, 02 Jun 2026 10:00:00 +0000";
    const OLDER: &str = "Mon, 01 Jun 2026 10:00:00 +0000";
    const OLDEST: &str = "Fri, 01 May 2026 10:00:00 +0000";
    let new = feed(&[
        ("guid-1", "https://news.example/1/", "One", NEW),
        ("other-2", "https://news.example/2/", "Two", OLDER),
        ("other-3", "https://news.example/moved/", "Three", OLDER),
    ]);
    let to = "<meta http-equiv=refresh content='0;url=/2/'>";
    let place = site_of(&[
        ("index.html", &home("")),
        ("feed/index.html", &new),
        ("1/index.html", ""),
        ("2/index.html", ""),
        ("old-2/index.html", to),
        ("moved/index.html", ""),
        ("5/index.html", ""),
        ("6/index.html", ""),
    ]);
    let old = feed(&[
        ("guid-1", "https://old.example/1/", "One", NEW),
        ("guid-2", "https://old.example/old-2/", "Number two", OLDER),
        ("guid-3", "https://old.example/3/", "Three", OLDER),
        ("guid-4", "https://old.example/4/", "Four", OLDER),
        ("guid-5", "https://old.example/5/", "Five", NEW),
        ("guid-6", "https://old.example/6/", "Six", OLDEST),
    ]);
    fs::write(place.path().join("old.xml"), old).unwrap();
    let checked = check(place.path(), &["--old-feed", "old.xml", "-v"]);
    checked.holds(
        1,
        &[
            "error[changed-guid]: the id of “Number two” was `guid-2` and is `other-2` now: feed readers show it as new\n  --> old.xml\n",
            "the id of “Three” was `guid-3` and is `other-3` now",
            "error[lost-entry]: “Four”, at `https://old.example/4/`, is not on the new site: no file is there\n",
            "error[unlisted-entry]: “Five”, at `https://old.example/5/`, has its page, but is in no new feed\n",
        ],
    );
    let expected = "\n1 of 6 entries of the old feed are the same in the new; 1 are older than what a new feed holds, and have their page.\n";
    assert!(checked.told.contains(expected), "{}", checked.told);
}
