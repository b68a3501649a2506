//! Searching: the script of the search page, on an index the program wrote.

use std::fs;
use std::path::Path;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::{Chromium, Page, View};
use crate::preview::Preview;
use crate::sites::Site;
use crate::{Suite, search_posts};

/// What is searched for, and the titles that are found, the best first.
const QUERIES: [(&str, &[&str]); 12] = [
    ("river", &["Water rights", "Alpen"]),
    ("riv", &["Water rights", "Alpen"]),
    ("council river", &["Water rights"]),
    ("\"river council\"", &["Water rights"]),
    ("\"council river\"", &[]),
    ("madchen", &["Alpen"]),
    ("Straße", &["Alpen"]),
    ("གསར་འགྱུར", &["ལྷ་སའི་གསར་འགྱུར།"]),
    ("\"ལྷ་སའི་གསར་འགྱུར\"", &["ལྷ་སའི་གསར་འགྱུར།"]),
    ("ལྷ་ས", &["ལྷ་སའི་གསར་འགྱུར།"]),
    ("新闻", &["北京"]),
    ("ภาษาไทย", &["ภาษา"]),
];

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("search::words_of_every_script_are_found", queries);
    suite.add("search::words_typed_in_are_found_and_marked", typed);
    suite.add("search::old_searches_lead_to_what_they_found", old);
    suite.add("search::texts_are_cut_as_the_index_cuts_them", tokens);
    suite.add("search::without_scripts_there_are_the_archives", without_scripts);
}

fn queries(chromium: &Chromium) {
    let (_export, preview) = several_scripts();
    let page = chromium.page(View::PHONE);
    for (query, titles) in QUERIES {
        let query = utf8_percent_encode(query, NON_ALPHANUMERIC);
        page.open(&format!("http://{}/search/?q={query}", preview.address));
        assert_eq!(found(&page), json!(titles), "{query}");
    }
    assert_eq!(page.faults(), [""; 0]);
}

fn typed(chromium: &Chromium) {
    let preview = Site::Sample.serve("/repo/").preview;
    let page = chromium.page(View::PHONE);
    page.open(&format!("http://{}/repo/search/", preview.address));
    page.value("document.querySelector('main input[name=q]').value = 'chess'");
    page.value("document.querySelector('main form').requestSubmit() ?? true");
    let titles = found(&page);
    assert!(
        titles.as_array().unwrap().contains(&json!("Red Scarves win the valley football cup")),
        "{titles}"
    );
    assert_eq!(page.value("location.search"), "?q=chess");
    assert_ne!(page.value("document.querySelectorAll('#search-results mark').length"), 0);
    let other = "performance.getEntriesByType('resource').filter(got => !got.name.startsWith(location.origin))";
    assert_eq!(page.value(other), json!([]));
    assert_eq!(page.faults(), [""; 0]);
}

fn old(chromium: &Chromium) {
    let preview = Site::Sample.serve("/").preview;
    let page = chromium.page(View::DESK);
    let words = utf8_percent_encode("སློབ་གྲྭ", NON_ALPHANUMERIC);
    page.open(&format!("http://{}/?s={words}", preview.address));
    page.wait_for_address(&format!("/search/?q={words}"));
    let titles = found(&page);
    assert!(
        titles.as_array().unwrap().iter().any(|title| title.as_str().unwrap().contains("སློབ་གྲྭ")),
        "{titles}"
    );
}

fn tokens(chromium: &Chromium) {
    let (_export, preview) = several_scripts();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/tokens.json");
    let cases: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let page = chromium.page(View::DESK);
    page.open(&format!("http://{}/search/", preview.address));
    let cut = format!(
        "(async cases => {{
            const script = document.querySelector('script[type=module][src]').src;
            const {{ loadHead, tokensOf }} = await import(script);
            await loadHead();
            const written = text => tokensOf(text).map(({{ unit, isJoined, text }}) => `${{unit}}${{isJoined ? '+' : ''}}:${{text}}`).join(' ');
            return Object.fromEntries(Object.keys(cases).map(text => [text, written(text)]));
        }})({cases}).then(JSON.stringify)"
    );
    let cut: Value =
        serde_json::from_str(page.value(&format!("await {cut}")).as_str().unwrap()).unwrap();
    assert_eq!(cut, cases);
}

fn without_scripts(chromium: &Chromium) {
    let preview = Site::Sample.serve("/").preview;
    let page = chromium.page(View::PHONE.without_scripts());
    page.open(&format!("http://{}/search/?q=chess", preview.address));
    assert_ne!(page.value("document.querySelectorAll('#search-archives a').length"), 0);
    assert_eq!(page.value("document.querySelector('noscript p').offsetHeight > 0"), true);
}

/// Serves a site in several scripts, which goes with the export.
fn several_scripts() -> (TempDir, Preview) {
    let export = TempDir::new().unwrap();
    let posts = Value::from(search_posts::posts());
    fs::write(export.path().join("posts.json"), posts.to_string()).unwrap();
    let preview = Preview::start(export.path(), &["--no-watch"]);
    (export, preview)
}

/// Returns the titles found, once the search is over.
fn found(page: &Page) -> Value {
    let status = "document.getElementById('search-status').textContent";
    page.wait_for(&format!("{status} && !{status}.includes('…')"));
    page.value("[...document.querySelectorAll('#search-results .entry-title')].map(title => title.textContent)")
}
