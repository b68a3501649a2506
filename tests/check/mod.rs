//! The command `check`, from the outside.

mod external;
mod old;
mod texts;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site;

/// What a run came to.
struct Checked {
    code: i32,
    /// What was found.
    found: String,
    /// What else was said.
    told: String,
}

impl Checked {
    #[track_caller]
    fn holds(&self, code: i32, expected: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.found, self.told);
        for text in expected {
            assert!(self.found.contains(text), "`{text}` is not in\n{}", self.found);
        }
    }
}

/// Checks the folder `site` in `place`.
fn check(place: &Path, arguments: &[&str]) -> Checked {
    let mut command = site::command(place, &["check", "site"]);
    command.args(arguments);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (found, told) = (text(output.stdout), text(output.stderr));
    assert!(!told.contains("panicked at"), "{told}");
    Checked { code: output.status.code().unwrap(), found, told }
}

/// Writes the files of a site into the folder `site`.
fn site_of(files: &[(&str, &str)]) -> TempDir {
    let place = TempDir::new().unwrap();
    for (name, text) in files {
        let file = place.path().join("site").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    place
}

/// The home page of a site, with its address.
fn home(body: &str) -> String {
    format!("<!DOCTYPE html><head><link rel=canonical href=https://news.example/></head>\n{body}")
}

#[track_caller]
fn finds(files: &[(&str, &str)], code: i32, expected: &[&str]) {
    let place = site_of(files);
    check(place.path(), &[]).holds(code, expected);
}

#[test]
fn a_site_without_faults_passes() {
    let place = site_of(&[
        (
            "index.html",
            &home(
                "<a href='/a/#x'>a</a><a href=a>b</a><a href='#top'>c</a><a href='/a/#:~:text=x'>d</a><a href=/old>e</a>\
                 <a href='mailto:a@b.example'>f</a><a href='https://news.example/a/?x=y'>g</a><a href=https://other.example/>h</a>\
                 <template><a href=/gone/ id=x></a></template><img src='data:,' srcset='a/i.png 1x, /a/i.png 2x'>\
                 <svg><use href='#s'/><g id=s></g></svg><video poster=a/i.png data-src=/gone></video>",
            ),
        ),
        ("a/index.html", "<base href=/><style>p{background:url(a/i.png)}</style><p id=x>"),
        ("a/i.png", ""),
        ("old.html", "<link rel=stylesheet href='s.css?v=1'>"),
        ("s.css", "@import 't.css';@font-face{src:url(\"a/i.png#f\")}"),
        ("t.css", ""),
        (
            "sitemap.xml",
            "<?xml version='1.0'?><urlset><url><loc>https://news.example/a/</loc></url></urlset>",
        ),
        ("robots.txt", "Sitemap: https://news.example/sitemap.xml"),
        (
            "feed/index.html",
            "<?xml version='1.0'?><rss><channel><item><link>https://news.example/a/</link></item></channel></rss>",
        ),
    ]);
    let checked = check(place.path(), &["--strict"]);
    checked.holds(0, &[]);
    assert_eq!(checked.found, "");
    assert!(
        checked.told.starts_with("Checked a site at https://news.example/: 3 pages, 9 files.\n"),
        "{}",
        checked.told
    );
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let page = home(
        "<a href='/A/'>a</a><noscript><a href='gone/?x=1&amp;y=2'>b</a></noscript>\n<a href='/a/#no'>c</a>",
    );
    let leading = "<meta http-equiv=refresh content='0; url=/gone/'>";
    finds(
        &[
            ("index.html", &page),
            ("a/index.html", "<p id=x>"),
            ("b/index.html", leading),
            ("c/index.html", leading),
        ],
        1,
        &[
            "error[broken-link]: the link `/A/` leads nowhere\n  --> index.html:2:1\n  help: write `/a/`: hosts tell capital letters from small ones\n",
            "error[broken-link]: the link `/gone/?x=1&y=2` leads nowhere\n  --> index.html:2:",
            "error[broken-link]: the link `/gone/` leads nowhere, on 2 pages\n  --> b/index.html:1:1\n  help: mend the link, or add the page\n",
            "error[broken-anchor]: the link `/a/#no` leads to no part of that page\n  --> index.html:3:1\n",
        ],
    );
}

#[test]
fn links_to_comments_that_are_not_there_are_no_failure() {
    let page = home("<a href='/a/#comment-7'>a</a>");
    finds(
        &[("index.html", &page), ("a/index.html", "<p id=x>")],
        0,
        &[
            "warning[broken-anchor]: the link `/a/#comment-7` leads to a comment that is not there\n  --> index.html:2:1\n",
        ],
    );
}

#[test]
fn links_with_a_query_that_the_script_does_not_know_are_told() {
    let script =
        r#"<script>var at = {"home":"/","lists":"/l/","count":1,"search":"/search/"};</script>"#;
    let links =
        "<a href='/?p=1'>a</a><a href='/?p=2'>b</a><a href='/a/?p=3'>c</a><a href='/?x=4'>d</a>";
    let page = home(&format!("{script}{links}"));
    let files = [("index.html", &*page), ("a/index.html", ""), ("l/0.json", r#"{"p:1":"/a/"}"#)];
    let place = site_of(&files);
    let checked = check(place.path(), &[]);
    let expected = "error[broken-link]: the link `/?p=2` leads nowhere: the lists of old addresses do not have it\n  --> index.html:2:";
    checked.holds(1, &[expected]);
    assert_eq!(checked.found.matches("error[").count(), 1, "{}", checked.found);
}

#[test]
fn files_that_are_not_there_are_told() {
    finds(
        &[
            (
                "index.html",
                &home(
                    "<img src=a.png srcset='b.png 1x'><script src=/c.js></script><link rel=stylesheet href=s.css><p style='b:url(d.png)'>",
                ),
            ),
            ("s.css", "a{b:url(../e.png)}"),
        ],
        1,
        &[
            "error[missing-file]: `/a.png` is shown, but it is not in the site\n  --> index.html:2:1\n",
            "`/b.png`",
            "`/c.js`",
            "`/d.png`",
            "`/e.png` is shown, but it is not in the site\n  --> s.css:1:9\n",
        ],
    );
}

#[test]
fn a_file_of_the_media_library_is_told_once_however_it_is_used() {
    let used = "<a href='/wp-content/uploads/a.png'><img src='/wp-content/uploads/a.png'></a>";
    finds(
        &[("index.html", &home(used))],
        1,
        &[
            "error[missing-upload]: `/wp-content/uploads/a.png`, of the media library, is not in the site\n  --> index.html:2:1\n",
        ],
    );
}

#[test]
fn feeds_and_sitemaps_are_read() {
    finds(
        &[
            ("index.html", &home("")),
            ("sitemap.xml", "<urlset>\n<url><loc>https://news.example/gone/</loc></url></urlset>"),
            (
                "feed/index.html",
                "<?xml version='1.0'?><rss><channel><item><link>https://news.example/lost/</link></channel></rss>",
            ),
            (
                "feed.json",
                r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://news.example/away/"}]}"#,
            ),
        ],
        1,
        &[
            "error[broken-entry]: `https://news.example/gone/` is listed here, but nothing answers to it\n  --> sitemap.xml:2:6\n",
            "`https://news.example/lost/` is listed here",
            "`https://news.example/away/` is listed here, but nothing answers to it\n  --> feed.json:1:1\n",
            "error[invalid-feed]: programs cannot read this: ",
            "  --> feed/index.html:1:",
        ],
    );
}

#[test]
fn pages_that_lead_in_a_circle_are_told() {
    let to = |path: &str| format!("<meta http-equiv=refresh content='0;url={path}'>");
    finds(
        &[("index.html", &home("")), ("a/index.html", &to("/b/")), ("b/index.html", &to("/a/"))],
        1,
        &["error[redirect-circle]: `/a/` leads on in a circle\n  --> a/index.html:1:1\n"],
    );
}

#[test]
fn what_is_right_on_somebody_elses_site_passes() {
    let live = "<meta http-equiv=refresh content='300; url=/live/'>";
    let based = "<base href='https://cdn.example/x/'><base href=/nowhere/><a href=b.html>b</a>";
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":7,"url":"/"}]}"#;
    let place = site_of(&[
        ("index.html", &home("<a href=/.well-known/security.txt>s</a>")),
        (".well-known/security.txt", "mail us"),
        ("live/index.html", live),
        ("based/index.html", based),
        ("feed.json", json),
    ]);
    let checked = check(place.path(), &[]);
    checked.holds(0, &[]);
    assert!(!checked.found.contains("error"), "{}", checked.found);
}

#[test]
fn a_long_style_sheet_is_read_soon() {
    let css = "a{b:c;}".repeat(600_000);
    let start = std::time::Instant::now();
    finds(&[("index.html", &home("")), ("style.css", &css)], 0, &[]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_part_of_a_page_that_leads_on_is_looked_for_where_it_leads() {
    let page = home("<a href='/a/#x'>a</a><a href='/a/#y'>b</a>");
    let leading = "<meta http-equiv=refresh content='0;url=/b/'>";
    let place = site_of(&[
        ("index.html", &page),
        ("a/index.html", leading),
        ("b/index.html", "<a name=x>"),
    ]);
    let checked = check(place.path(), &[]);
    checked.holds(1, &["`/a/#y`"]);
    assert!(!checked.found.contains("`/a/#x`"), "{}", checked.found);
}

#[test]
fn warnings_alone_do_not_fail_unless_asked_for() {
    let page = home(
        "<p id=x><p id=x><script src='//cdn.example/x.js'></script><iframe src=https://www.video.example/1></iframe>",
    );
    let place = site_of(&[("index.html", &page)]);
    let expected = [
        "warning[duplicate-id]: the id `x` is given twice on a page\n  --> index.html:2:9\n",
        "warning[third-party]: `cdn.example` is asked for files by pages that open\n  --> index.html:2:17\n",
        "`www.video.example`",
    ];
    check(place.path(), &[]).holds(0, &expected);
    check(place.path(), &["--strict"]).holds(1, &expected);
}

#[test]
fn a_site_below_a_path_is_told_by_its_pages_or_the_user() {
    let page = |canonical: &str| {
        format!("{canonical}<a href=/repo/a/>a</a><link rel=stylesheet href=/s.css>")
    };
    let files = |canonical: &str| {
        site_of(&[
            ("index.html", &page(canonical)),
            ("a/index.html", "<a href=../>home</a>"),
            ("s.css", ""),
        ])
    };
    let expected = [
        "error[outside-path]: `/s.css` leads out of the site, beside its own path\n  --> index.html:1:",
    ];
    let place = files("<link rel=canonical href=https://name.example/repo/>");
    check(place.path(), &[]).holds(1, &expected);
    let place = files("");
    check(place.path(), &["--base-url", "https://name.example/repo/"]).holds(1, &expected);
    check(place.path(), &[]).holds(1, &["error[broken-link]: the link `/repo/a/` leads nowhere"]);
}

// Windows cannot hold what is told here.
#[cfg(not(windows))]
#[test]
fn what_a_host_does_not_take_is_told() {
    let place =
        site_of(&[("index.html", &home("")), ("%e0%bd%96/index.html", ""), ("con/x.txt", "")]);
    let large = |name: &str, megabytes: u64| {
        let file = fs::File::create(place.path().join("site").join(name)).unwrap();
        file.set_len(megabytes * 1024 * 1024).unwrap();
    };
    large("film.bin", 101);
    check(place.path(), &["-v"]).holds(
        1,
        &[
            "error[host-size]: the file has 106 MB\n  --> film.bin\n",
            "error[host-name]: hosts take `%` and two digits in a name for another letter\n  --> %e0%bd%96/index.html\n",
            "warning[host-name]: Windows has no files of this name\n  --> con/x.txt\n",
        ],
    );
    (0..10).for_each(|number| large(&format!("{number}.bin"), 99));
    check(place.path(), &["-v"]).holds(1, &["error[host-size]: the site has 1144 MB\n"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_one_elsewhere_and_links_are_told() {
    use std::os::unix::ffi::OsStrExt as _;

    let place = site_of(&[("index.html", &home("")), ("A/x.txt", ""), ("a/x.txt", "")]);
    std::os::unix::fs::symlink("index.html", place.path().join("site/link.html")).unwrap();
    fs::write(place.path().join("site").join(std::ffi::OsStr::from_bytes(b"\xff.txt")), "")
        .unwrap();
    check(place.path(), &["-v"]).holds(
        1,
        &[
            "warning[host-clash]: `A/x.txt` is the same name on Windows and macOS\n  --> a/x.txt\n",
            "error[host-link]: `link.html` is a link to another place on your disk, or no file at all\n",
            "error[host-name]: the name of a file is not UTF-8, so that no address leads to it\n",
        ],
    );
}

#[test]
fn many_of_a_kind_are_counted_and_all_are_in_the_report() {
    let links: String = (0..8).map(|number| format!("<a href=/{number}/>x</a>")).collect();
    let place = site_of(&[("index.html", &home(&links)), ("a/index.html", &links)]);
    let checked = check(place.path(), &["--report", "report.json"]);
    checked.holds(1, &["… and 3 more like this"]);
    assert_eq!(checked.found.matches("error[broken-link]").count(), 5);
    assert_eq!(check(place.path(), &["-v"]).found.matches("error[broken-link]").count(), 8);
    assert_eq!(check(place.path(), &["-q"]).found, "");
    let report: Value =
        serde_json::from_slice(&fs::read(place.path().join("report.json")).unwrap()).unwrap();
    assert_eq!((&report["errors"], &report["warnings"]), (&json!(8), &json!(0)));
    let first = &report["diagnostics"][0];
    assert_eq!((&first["code"], &first["address"]), (&json!("broken-link"), &json!("/0/")));
    let files: Vec<&Value> =
        first["places"].as_array().unwrap().iter().map(|it| &it["file"]).collect();
    assert_eq!(files, [&json!("a/index.html"), &json!("index.html")]);
}

#[test]
fn what_cannot_be_checked_stops_it() {
    let place = TempDir::new().unwrap();
    let stops = |arguments: &[&str], expected: &str| {
        let checked = check(place.path(), arguments);
        assert_eq!(checked.code, 2, "{}", checked.told);
        assert!(checked.told.contains(expected), "{}", checked.told);
    };
    stops(&[], "there is no folder site; make the site first");
    fs::write(place.path().join("site"), "").unwrap();
    stops(&[], "site is a file");
    fs::remove_file(place.path().join("site")).unwrap();
    fs::create_dir(place.path().join("site")).unwrap();
    stops(&[], "there is nothing in site");
    fs::write(place.path().join("site/a.txt"), "").unwrap();
    stops(&[], "no page is in site");
    fs::write(place.path().join("site/index.html"), "").unwrap();
    stops(&["--base-url", "x y"], "is not a base address");
    stops(&["--old-urls", "none.txt"], "cannot read none.txt");
    stops(&["--old-feed", "site/index.html"], "is no feed");
    stops(&["--report", "none/report.json"], "make the folder for it first");
}
