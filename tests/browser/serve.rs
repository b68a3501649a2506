//! The preview, as the person sees it who edits the site.

use std::fs;

use crate::Suite;
use crate::chromium::{Chromium, View};
use crate::preview::{Preview, export, post};
use crate::sites::Site;

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("serve::a_change_is_in_the_browser_by_itself", reload);
    suite.add("serve::pages_that_were_left_keep_no_connection", left);
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

/// Counts what the script of the preview does with its connection.
const COUNTED: &str = "
    const count = name => (sessionStorage[name] = +(sessionStorage[name] ?? 0) + 1);
    EventSource = class extends EventSource {
        constructor(address) { super(address); count('opened'); }
        close() { super.close(); count('closed'); }
    };
";

/// Browsers keep pages to go back to, and wait for most of a minute once six of them have kept their
/// connections. Whether they did depends on the moment at which they were left.
fn left(chromium: &Chromium) {
    let shown = Site::Sample.serve("/");
    let page = chromium.page(View::DESK);
    page.begin_with(COUNTED);
    for path in &shown.paths {
        page.open(&shown.url(path));
    }
    let counted = |name: &str| page.value(&format!("+sessionStorage.{name}"));
    assert_eq!(counted("opened"), shown.paths.len());
    assert_eq!(counted("closed"), shown.paths.len() - 1);
    page.value("history.back() ?? true");
    page.wait_for(&format!("+sessionStorage.opened === {}", shown.paths.len() + 1));
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
