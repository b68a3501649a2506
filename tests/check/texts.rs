//! Whether the text of each public post is on its page, and no other text anywhere.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::check;
use crate::site;

/// What a reader wrote into a form.
const MESSAGE: &str = "<p>Please call me back under the number of my sister in Lhasa</p>";

const SECRET: &str =
    "<p>The committee has decided in private to sell the old printing press in spring.</p>";

/// Builds the folder `site` from the export `in`, which holds a post of each kind.
fn site() -> TempDir {
    let place = TempDir::new().unwrap();
    let post = |id: u64, slug: &str, status: &str, content: Value| {
        json!({
            "id": id, "type": "post", "status": status, "slug": slug, "title": { "rendered": slug },
            "date": "2026-01-02T10:00:00", "link": format!("https://old.example/{slug}/"),
            "content": content,
        })
    };
    let rendered = "<h2>Snow</h2><p>The pass is closed until noon, says the guide&#8217;s \
                    brother.</p><script>x()</script><iframe src=\"https://video.example/1\"></iframe>";
    let paged = "<p>First part of it.</p><!--nextpage--><p>Second part of it.</p>";
    let raw = "<!-- wp:paragraph --><p>It's \"open\" again -- at last</p><!-- /wp:paragraph -->";
    let mut message = post(8, "message", "publish", json!({ "rendered": MESSAGE }));
    message["type"] = "feedback".into();
    message["link"] = "https://old.example/?p=8".into();
    let posts = json!([
        post(1, "rendered", "publish", json!({ "rendered": rendered })),
        post(2, "paged", "publish", json!({ "rendered": paged })),
        post(3, "raw", "publish", json!({ "raw": raw, "protected": false })),
        post(4, "tibetan", "publish", json!({ "rendered": "<p>བོད་ཡིག་གི་གསར་འགྱུར།</p>" })),
        post(5, "private", "private", json!({ "rendered": SECRET })),
        post(
            6,
            "protected",
            "publish",
            json!({ "rendered": "<p>Four words, no more</p>", "protected": true })
        ),
        post(7, "draft", "draft", json!({ "rendered": rendered })),
        message,
    ]);
    fs::create_dir(place.path().join("in")).unwrap();
    fs::write(place.path().join("in/posts.json"), posts.to_string()).unwrap();
    build(place.path());
    place
}

fn build(place: &Path) {
    site::printed(place, &["build", "in", "-o", "site", "-q"], 0);
}

/// Changes a file of the site by hand.
fn edit(place: &Path, file: &str, old: &str, new: &str) {
    let file = place.join("site").join(file);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "{text}");
    fs::write(&file, text.replacen(old, new, 1)).unwrap();
}

/// Checks what is found after one change by hand.
#[track_caller]
fn finds(file: &str, (old, new): (&str, &str), expected: &[&str]) {
    let place = site();
    edit(place.path(), file, old, new);
    check(place.path(), &["--export", "in"]).holds(1, expected);
}

#[test]
fn a_site_as_it_was_built_has_all_texts_and_no_other() {
    let place = site();
    let checked = check(place.path(), &["--export", "in", "--strict"]);
    assert_eq!((checked.code, &*checked.found), (0, ""), "{}", checked.told);
    for told in [
        "of 4 texts with their pages: 3 as WordPress rendered them, 1 as the build makes them of raw text.",
        "left out on purpose: 1 script or style, 1 frame.",
        "Looked for 3 texts that were not public in ",
        "; 1 more is too short, or holds nothing that no public text has.",
    ] {
        assert!(checked.told.contains(told), "{told} is not in {}", checked.told);
    }
}

#[test]
fn a_hidden_text_may_link_to_what_is_public() {
    let place = TempDir::new().unwrap();
    let link = "https://old.example/2026/01/02/a-walk-to-the-pass-in-snow/";
    let post = |id: u64, status: &str, link: &str, text: &str| {
        json!({
            "id": id, "type": "post", "status": status, "title": { "rendered": "A" }, "link": link,
            "date": "2026-01-02T10:00:00", "content": { "rendered": text },
        })
    };
    let hidden = format!("{SECRET}<p><a href=\"{link}\">That walk</a></p>");
    let posts = [
        post(1, "publish", link, "<p>Snow.</p>"),
        post(2, "private", "https://old.example/b/", &hidden),
    ];
    fs::create_dir(place.path().join("in")).unwrap();
    fs::write(place.path().join("in/posts.json"), json!(posts).to_string()).unwrap();
    build(place.path());
    check(place.path(), &["--export", "in"]).holds(0, &[]);
}

#[test]
fn a_text_that_was_taken_from_a_page_is_found_with_its_place() {
    finds(
        "rendered/index.html",
        ("<p>The pass is closed until noon", "<p>The pass is closed"),
        &[
            "error[lost-text]: `/rendered/` lacks 2 words of its text: … The pass is closed [until noon] says the guide’s …\n",
            "  --> rendered/index.html: post 1 “rendered”\n",
        ],
    );
    finds(
        "tibetan/index.html",
        ("<p>བོད་ཡིག་", "<p>བོད་"),
        &["`/tibetan/` lacks 1 word of its text: བོད [ཡིག] གི་གསར"],
    );
    finds("paged/2/index.html", ("<p>Second", "<p>"), &["`/paged/` lacks 1 word", "[Second]"]);
    finds(
        "raw/index.html",
        ("“open” again — at last</p>", "“open” — at last</p>"),
        &["`/raw/` lacks 1 word", "[again]"],
    );
}

#[test]
fn a_text_that_was_put_on_a_page_is_found_with_its_place() {
    finds(
        "rendered/index.html",
        ("<p>The pass is closed until noon", "<p>The pass is closed until late noon"),
        &[
            "error[foreign-text]: `/rendered/` has 1 word that its text has not: … pass is closed until [late] noon, says the guide …\n",
        ],
    );
}

#[test]
fn a_page_without_its_text_is_found() {
    finds(
        "raw/index.html",
        ("entry-content", "other"),
        &[
            "error[lost-text]: the page `raw/index.html` has no text: there is no element of the class",
        ],
    );
    let place = site();
    fs::remove_file(place.path().join("site/paged/2/index.html")).unwrap();
    let expected = ["the page `paged/2/index.html` has no text: there is no such file"];
    check(place.path(), &["--export", "in"]).holds(1, &expected);
}

#[test]
fn words_of_a_raw_text_that_the_build_does_not_show_are_told() {
    let place = site();
    let template = place.path().join("in/theme/templates/blocks/core/paragraph.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(template, "<p>It’s open again</p>").unwrap();
    fs::write(place.path().join("in/stillpress.toml"), "[theme]\ndir = \"theme\"").unwrap();
    build(place.path());
    let told = "warning[unshown-text]: `/raw/` does not show 2 words of its raw text: It's \"open\" again [at last]\n";
    check(place.path(), &["--export", "in"]).holds(0, &[told]);
    check(place.path(), &["--export", "in", "--strict"]).holds(1, &[told]);
}

#[test]
fn a_hidden_text_is_found_wherever_it_stands() {
    let told = "error[hidden-text]: words of post 5 “private” in in/posts.json are here, which was not public: \
                “The committee has decided in private to sell”\n  --> raw/index.html\n";
    finds("raw/index.html", ("</main>", &format!("{SECRET}</main>")), &[told]);
    let attribute =
        format!("<meta name=\"x\" content=\"{}\"></head>", &SECRET[3..SECRET.len() - 4]);
    finds("raw/index.html", ("</head>", &attribute), &[told]);
    finds(
        "feed/index.html",
        ("</channel>", "Four words, no more</channel>"),
        &["error[hidden-text]: words of post 6 “protected” in in/posts.json"],
    );
    finds(
        "raw/index.html",
        ("</main>", &format!("{MESSAGE}</main>")),
        &["error[hidden-text]: words of post 8 “message” in in/posts.json"],
    );
}
