//! Searching: the script of the search page, on an index the program wrote.

use std::fs;
use std::path::Path;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::{Chromium, Page, View, bytes_of};
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

/// How many posts a large site has.
const POSTS: usize = 10_000;

/// How many bytes a question may take until its results are seen, compressed.
const MOST_BYTES: u64 = 100 * 1024;

/// How long every answer takes, on the way to a reader who is far.
const LATENCY: Duration = Duration::from_millis(200);

/// Asks what is typed in. Returns what was loaded until ten results came, and in how many steps: what
/// one step asks for is known when what the last one asked for is there.
const ASK: &str = "await new Promise(done => {
    const results = document.getElementById('search-results'), start = performance.now();
    new MutationObserver(() => {
        if (results.children.length < 10) return;
        const loaded = performance.getEntriesByType('resource').filter(got => got.startTime >= start);
        let steps = 0, end = 0;
        for (const { startTime, responseEnd } of loaded.sort((a, b) => a.startTime - b.startTime)) {
            if (startTime >= end) steps++;
            end = startTime < end ? Math.min(end, responseEnd) : responseEnd;
        }
        done({ steps, loaded: loaded.map(got => got.name) });
    }).observe(results, { childList: true });
    document.querySelector('main form').requestSubmit();
})";

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("search::words_of_every_script_are_found", queries);
    suite.add("search::words_typed_in_are_found_and_marked", typed);
    suite.add("search::old_searches_lead_to_what_they_found", old);
    suite.add("search::texts_are_cut_as_the_index_cuts_them", tokens);
    suite.add("search::a_large_site_answers_in_two_steps_with_few_bytes", large);
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
    let face =
        "getComputedStyle(document.querySelector('main input[name=q]')).fontFamily.slice(0, 20)";
    assert_eq!(page.value(face), "\"Noto Serif Tibetan\"");
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

/// The time itself says little where other tests run at the same time; how often the reader has to
/// wait for an answer of the server before the next can be asked for, and for how much, is the same
/// everywhere.
fn large(chromium: &Chromium) {
    let export = TempDir::new().unwrap();
    fs::write(export.path().join("posts.json"), Value::from(many_posts()).to_string()).unwrap();
    let preview = Preview::start(export.path(), &["--no-watch"]);
    let page = chromium.page(View::PHONE);
    for query in ["council", "cou", "river council", "ལམ་དེབ", "\"river council\""] {
        page.forget();
        page.open(&format!("http://{}/search/", preview.address));
        page.slow_down(LATENCY);
        page.value(&format!("document.querySelector('main input').value = {}", json!(query)));
        let asked = page.value(ASK);
        page.slow_down(Duration::ZERO);
        assert_eq!(asked["steps"], 2, "{query}: {asked}");
        let bytes = page.value(&bytes_of(&asked["loaded"].to_string())).as_u64().unwrap();
        assert!(0 < bytes && bytes < MOST_BYTES, "{query}: {bytes} bytes, {asked}");
    }
    assert_eq!(page.faults(), [""; 0]);
}

fn without_scripts(chromium: &Chromium) {
    let preview = Site::Sample.serve("/").preview;
    let page = chromium.page(View::PHONE.without_scripts());
    page.open(&format!("http://{}/search/?q=chess", preview.address));
    assert_ne!(page.value("document.querySelectorAll('#search-archives a').length"), 0);
    assert_eq!(page.value("document.querySelector('noscript p').offsetHeight > 0"), true);
}

/// Returns the posts of a large site, of which most hold most words.
fn many_posts() -> Vec<Value> {
    let words = [
        "council",
        "river",
        "counted",
        "country",
        "court",
        "water",
        "letter",
        "market",
        "ལམ་དེབ",
        "སློབ་གྲྭ",
    ];
    let post = |id: usize| {
        let word = |place: usize| words[(id * 7 + place * place + id / 13) % words.len()];
        let text: Vec<&str> = (0..40).map(word).collect();
        let day = id % 28 + 1;
        json!({
            "id": id, "date": format!("{}-{:02}-{day:02}T09:00:00", 2000 + id / 400, id / 34 % 12 + 1), "slug": format!("post-{id}"),
            "status": "publish", "type": "post", "link": format!("https://old.example/post-{id}/"),
            "title": {"rendered": format!("{} {} {id}", word(1), word(2))},
            "content": {"rendered": format!("<p>river council {}</p>", text.join(" "))},
        })
    };
    (1..=POSTS).map(post).collect()
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
