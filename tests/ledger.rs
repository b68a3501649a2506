//! What becomes of blocks, shortcodes, embeds, forms and scripts is counted, and told.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::site::{self, Run};

const TEXTS: [&str; 3] = [
    "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:html --><script>x</script><!-- /wp:html -->",
    "<!-- wp:acme/box --><p>b</p><!-- /wp:acme/box --><!-- wp:acme/box --><p>c</p><!-- /wp:acme/box -->",
    "<!-- wp:acme/box --><p>d</p><!-- /wp:acme/box --><!-- wp:shortcode -->[poll id=3]<!-- /wp:shortcode -->",
];

/// What is missing from a site.
const LOST: &str = "<!-- wp:acme/map {\"place\":\"Leh\"} /-->";

fn export(texts: &[&str]) -> TempDir {
    let place = TempDir::new().unwrap();
    let posts = (1..).zip(texts).map(|(id, text)| {
        json!({
            "id": id, "type": "post", "status": "publish", "slug": format!("post-{id}"),
            "date": "2026-01-02T10:00:00", "link": format!("https://old.example/post-{id}/"),
            "title": { "rendered": format!("Post {id}") }, "content": { "raw": text, "protected": false },
        })
    });
    fs::create_dir(place.path().join("in")).unwrap();
    fs::write(place.path().join("in/posts.json"), Value::from_iter(posts).to_string()).unwrap();
    place
}

/// Builds a site, and returns what is told of what texts hold, and all of it for programs.
fn build(place: TempDir) -> (Run, Option<String>, Value) {
    let run = site::stillpress(place, &["in", "--report", "report.json"], b"");
    let line = run.told.lines().find(|line| line.starts_with("Texts hold")).map(str::to_owned);
    let report = fs::read(run.place.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    (run, line, report["contents"].clone())
}

#[test]
fn a_build_tells_the_sums_and_a_report_all() {
    let (run, line, contents) = build(export(&TEXTS));
    assert_eq!(
        run.told.matches("the plugin's block `acme/box` is not known here").count(),
        1,
        "{}",
        run.told
    );
    assert!(
        run.told.contains("  … 3 in 2 posts in all, also in “Post 3”: -v shows all"),
        "{}",
        run.told
    );
    let expected =
        "Texts hold 6 blocks, 1 shortcode, 1 script: 3 kept, 4 degraded, 1 left out on purpose.";
    assert_eq!(line.as_deref(), Some(expected));
    let boxes = json!({
        "kind": "block", "name": "acme/box", "fate": "degraded", "reason": "as-saved",
        "count": 3, "posts": 2,
    });
    assert_eq!(contents["kinds"][0], boxes);
    let of_post = |id: u64| {
        let rows = contents["posts"].as_array().unwrap().iter();
        let rows = rows.filter(|row| row["post"] == id);
        rows.map(|row| format!("{} {}", row["count"], row["name"])).collect::<Vec<_>>()
    };
    assert_eq!(of_post(1), ["1 \"inline\""]);
    assert_eq!(of_post(2), ["2 \"acme/box\""]);
    assert_eq!(of_post(3), ["1 \"acme/box\"", "1 \"poll\""]);
}

#[test]
fn a_build_with_nothing_to_do_tells_the_same() {
    let (run, line, contents) = build(export(&TEXTS));
    let (again, line_again, contents_again) = build(run.place);
    assert!(again.told.contains("nothing changed"), "{}", again.told);
    assert_eq!((line, contents), (line_again, contents_again));
}

#[test]
fn a_strict_build_fails_if_something_is_missing() {
    let strict =
        |texts: &[&str]| site::stillpress(export(texts), &["in", "--strict"], b"").exit_code;
    assert_eq!(strict(&TEXTS), 0);
    assert_eq!(strict(&[LOST]), 1);
    // Even one who wants to hear nothing hears why.
    let quiet = site::stillpress(export(&[LOST]), &["in", "--strict", "--quiet"], b"");
    let told = "error: something is missing from the site; without --quiet it is told what\n";
    assert_eq!((quiet.exit_code, &*quiet.told), (1, told));
}

#[test]
fn doctor_tells_it_before_a_build() {
    let place = export(&[&TEXTS[..], &[LOST]].concat());
    let doctor = |arguments: &[&str]| {
        site::printed(place.path(), &[&["doctor", "in"], arguments].concat(), 0)
    };
    let told = doctor(&[]);
    assert!(told.contains("  7 blocks: 3 kept, 3 degraded, 1 missing\n"), "{told}");
    assert!(told.contains("acme/map: 1 in 1 post, missing: nobody knows it"), "{told}");
    assert!(doctor(&["--posts"]).contains("      post 4: 1\n"));
    let json: Value = serde_json::from_str(&doctor(&["--json"])).unwrap();
    assert_eq!(json["contents"]["sums"]["missing"], 1);
}

#[test]
fn the_sums_of_the_sample_are_what_it_holds() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    let texts: String = site::files_in(&sample)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".json") && !name.contains("comments"))
        .flat_map(|(_, bytes)| serde_json::from_slice::<Vec<Value>>(&bytes).unwrap_or_default())
        .filter_map(|record| record["content"]["rendered"].as_str().map(str::to_owned))
        .collect();
    let count =
        |wanted: &[&str]| wanted.iter().map(|tag| texts.matches(tag).count()).sum::<usize>();
    let place = TempDir::new().unwrap();
    let arguments = [sample.to_str().unwrap(), "--report", "report.json"];
    let run = site::stillpress(place, &arguments, b"");
    let report = fs::read(run.place.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    let counted = |kind: &str| {
        let lines = report["contents"]["kinds"].as_array().unwrap().iter();
        let lines = lines.filter(|line| line["kind"] == kind);
        lines.map(|line| line["count"].as_u64().unwrap() as usize).sum::<usize>()
    };
    assert!(count(&["<iframe"]) > 0);
    assert_eq!(counted("embed"), count(&["<iframe", "<object", "<embed"]));
    assert_eq!(counted("form"), count(&["<form"]));
    assert_eq!(counted("script"), count(&["<script"]));
    assert_eq!(counted("block"), count(&["<!-- wp:"]));
}
