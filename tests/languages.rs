//! Sites in several languages: what their pages say of languages and translations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::site;

/// What every hidden text in the cases begins with, in any case of letters.
const CANARY: &str = "canary";

/// The cases of such sites.
const CASES: [&str; 6] = [
    "languages_all_in_folders",
    "languages_in_folders",
    "languages_in_queries",
    "languages_in_xml",
    "languages_on_hosts",
    "languages_with_front_pages",
];

fn input(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case).join("input")
}

/// Builds the site of a case. Returns its files, the theme's assets among them.
fn build(case: &str) -> BTreeMap<String, Vec<u8>> {
    let run = site::build(&input(case), &[]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    site::files_in(&run.folder())
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.filter_map(|(name, bytes)| Some((&**name, std::str::from_utf8(bytes).ok()?)))
}

/// Returns what stands between `start` and `end`, each time.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

/// Returns the languages and addresses that a page names to search engines.
fn alternates(page: &str) -> BTreeSet<(&str, &str)> {
    let links = between(page, "<link rel=\"alternate\" hreflang=\"", ">");
    links.filter_map(|link| link.trim_end_matches('"').split_once("\" href=\"")).collect()
}

#[test]
fn translations_name_one_another_and_themselves() {
    let cases = [
        ("languages_all_in_folders", "https://all.example", 3),
        ("languages_in_folders", "https://news.example", 8),
        ("languages_in_queries", "https://plain.example", 6),
        ("languages_in_xml", "https://xml.example", 6),
        ("languages_with_front_pages", "https://wpml.example", 6),
    ];
    for (case, origin, expected) in cases {
        let files = build(case);
        let pages: BTreeMap<&str, &str> = pages(&files).collect();
        let mut count = 0;
        for (name, page) in &pages {
            let named = alternates(page);
            if named.is_empty() {
                continue;
            }
            count += 1;
            let own = format!("{origin}/{}", name.trim_end_matches("index.html"));
            assert!(named.iter().any(|(_, url)| *url == own), "{case}: {name} lacks itself");
            for (language, url) in &named {
                let path = url.strip_prefix(origin).unwrap().trim_start_matches('/');
                let other = pages.get(&*format!("{path}index.html")).expect(url);
                assert_eq!(alternates(other), named, "{case}: {name} and {url}");
                // That one is in all languages.
                let is_right = *language == "x-default"
                    || other.contains(&format!("<html lang=\"{language}\""));
                assert!(is_right, "{case}: {url} is not in {language}");
            }
        }
        assert_eq!(count, expected, "{case}");
    }
}

#[test]
fn translations_that_are_hidden_are_named_nowhere() {
    for case in ["languages_in_folders", "languages_in_xml"] {
        let files = build(case);
        let holding = files.iter().filter(|(name, bytes)| {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            name.to_lowercase().contains(CANARY) || text.contains(CANARY)
        });
        let names: Vec<&String> = holding.map(|(name, _)| name).collect();
        assert_eq!(names, Vec::<&String>::new(), "{case}");
    }
}

#[test]
fn nothing_is_lost_on_the_way() {
    for case in CASES {
        let run = site::build(&input(case), &[]);
        let (folder, export) = (run.folder(), input(case));
        let arguments = ["check", folder.to_str().unwrap(), "--export", export.to_str().unwrap()];
        let output = site::command(run.place.path(), &arguments).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("0 errors, 0 warnings"), "{case}: {told}");
    }
}

#[test]
fn the_page_of_all_languages_is_there_only_if_none_is_hidden() {
    for (case, expected) in [("languages_all_in_folders", true), ("languages_in_folders", false)] {
        let files = build(case);
        let home = String::from_utf8_lossy(&files["index.html"]).into_owned();
        assert_eq!(home.contains("hreflang=\"x-default\""), expected, "{case}");
    }
}

#[test]
fn what_stands_around_a_text_is_in_its_language() {
    let files = build("languages_in_folders");
    let text = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    let english = text("en/2026/05/new-bridge/index.html");
    for part in [
        "<html lang=\"en-GB\" dir=\"ltr\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
        "\"inLanguage\":\"en-GB\"",
        ">Skip to content<",
        ">1 May 2026<",
        "<a href=\"/en/\" rel=\"home\">",
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"རི་བོའི་གསར་ཤོག\" href=\"/en/feed/\">",
    ] {
        assert!(english.contains(part), "{part}\n{english}");
    }
    // An English title over a Tibetan text, which the plugin calls Tibetan.
    let letter = text("2026/05/letter/index.html");
    for part in ["<html lang=\"bo\" dir=\"ltr\">", "\"inLanguage\":\"bo\"", "༢༠༢༦"] {
        assert!(letter.contains(part), "{part}\n{letter}");
    }
    assert!(text("en/feed/index.html").contains("<language>en-GB</language>"));
    assert!(text("feed/index.html").contains("<language>bo</language>"));
}

#[test]
fn the_translations_of_a_page_are_explained() {
    let place = TempDir::new().unwrap();
    let export = input("languages_in_folders");
    let arguments = ["explain", "/?p=11&lang=en", export.to_str().unwrap()];
    let told = site::printed(place.path(), &arguments, 0);
    assert!(told.contains("  in en-GB; translations: /2026/05/zam-pa/ (bo)\n"), "{told}");
}

#[test]
fn queries_for_languages_are_answered_by_the_script() {
    let files = build("languages_in_queries");
    let text = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    assert!(text("index.html").contains("\"languages\":[\"bo\",\"en\"]"));
    let lists = files.iter().filter(|(name, _)| name.starts_with("assets/old-addresses/"));
    let answers: String = lists.map(|(_, list)| String::from_utf8_lossy(list)).collect();
    for answer in [
        "\"lang:en\":[\"/en/\",2,\"page/\",\"/en/feed/\"]",
        "\"lang:bo\":[\"/\",1,\"page/\",\"/feed/\"]",
    ] {
        assert!(answers.contains(answer), "{answer}\n{answers}");
    }
    // Below a home page of a language, plain addresses were `/en/?s=word`.
    assert!(text("en/index.html").contains("\"language\":\"en\""));
    assert!(!text("en/page/2/index.html").contains("old-addresses"));
}
