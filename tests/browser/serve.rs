//! The preview, as the person sees it who edits the site.

use std::fs;
use std::time::{Duration, Instant};

use crate::Suite;
use crate::chromium::{Chromium, View};
use crate::preview::{Preview, export, post};
use crate::sites::Site;

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("serve::a_change_is_in_the_browser_by_itself", reload);
    suite.add("serve::pages_that_were_left_hold_nothing_up", many);
    suite.add("serve::a_mistake_is_shown_in_the_page_until_it_is_mended", mistake);
}

fn reload(chromium: &Chromium) {
    let export = export();
    let preview = Preview::start(export.path(), &[]);
    let page = chromium.page(View::DESK);
    page.open(&format!("http://{}/2024/05/01/hi/", preview.address));
    page.wait_for("document.body.innerText.includes('First words')");
    fs::write(export.path().join("posts.json"), post("Second words")).unwrap();
    page.wait_for("document.body.innerText.includes('Second words')");
}

fn many(chromium: &Chromium) {
    let shown = Site::Sample.serve("/");
    let page = chromium.page(View::DESK);
    let start = Instant::now();
    for path in &shown.paths {
        page.open(&shown.url(path));
    }
    // A browser that has no connection left waits for most of a minute.
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
}

fn mistake(chromium: &Chromium) {
    let export = export();
    let preview = Preview::start(export.path(), &[]);
    let page = chromium.page(View::DESK);
    page.open(&format!("http://{}/2024/05/01/hi/", preview.address));
    fs::write(export.path().join("stillpress.toml"), "titel = \"x\"\n").unwrap();
    let told = page.wait_for("document.querySelector('[role=alert]')?.innerText");
    assert!(told.as_str().unwrap().contains("titel"), "{told}");
    assert_eq!(page.value("document.body.innerText.includes('First words')"), true);
    fs::write(export.path().join("stillpress.toml"), "title = \"Renamed\"\n").unwrap();
    page.wait_for("!document.querySelector('[role=alert]') && document.title.includes('Renamed')");
}
