//! Pages as readers get them: nothing broken, nothing from elsewhere, nothing that jumps.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::chromium::{Chromium, Page, Scripts, View};
use crate::{Suite, sample};

/// A page of every kind of the sample, below the site's path.
const PAGES: [&str; 14] = [
    "",
    "page/2/",
    "2026/05/18/school-library-opens-with-four-thousand-books/",
    "2026/02/18/56644/",
    "2025/01/20/write-for-this-paper-a-guide-for-contributors/",
    "about/",
    "imprint/",
    "category/culture/",
    "category/%E0%BD%96%E0%BD%BC%E0%BD%91%E0%BC%8B%E0%BD%A1%E0%BD%B2%E0%BD%82/",
    "author/karma-wangdu/",
    "2025/",
    "search/",
    "old-addresses/",
    "404.html",
];

/// How far pages may shift while they load, as browsers measure it. Below 0.1 counts as good.
const MOST_SHIFT: f64 = 0.02;

/// How many bytes of a page have to come, compressed, before it stands as it should: without
/// pictures, and without the font for Tibetan.
const MOST_BYTES: u64 = 30 * 1024;

/// What a page in a tab says of itself.
const FACTS: &str = "{
    foreign: performance.getEntriesByType('resource').map(got => got.name).filter(name => !name.startsWith(location.origin)),
    width: document.documentElement.scrollWidth,
    room: innerWidth,
    text: document.querySelector('main').innerText.trim().length,
}";

/// What moved while a page was loaded, how much and from where to where.
const SHIFTS: &str = "await new Promise(done => {
    const place = ({ x, y, width, height }) => `${x},${y} ${width}x${height}`;
    const moved = ({ node, previousRect, currentRect }) =>
        `${place(previousRect)} to ${place(currentRect)}: ${(node?.outerHTML ?? node?.textContent ?? '').slice(0, 90)}`;
    const shift = ({ value, sources }) => ({ value, moved: sources.map(moved) });
    new PerformanceObserver(list => done(list.getEntries().map(shift))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done([]), 100);
})";

/// How many bytes of a page and of what it loads come over the net.
const BYTES: &str = "await Promise.all(
    [location.href, ...performance.getEntriesByType('resource').map(got => got.name)]
        .filter(url => !/\\.(avif|gif|jpe?g|mp3|mp4|png|svg|webp|woff2)$/.test(new URL(url).pathname))
        .map(async url => {
            const packed = (await fetch(url)).body.pipeThrough(new CompressionStream('gzip'));
            return (await new Response(packed).arrayBuffer()).byteLength;
        })
).then(sizes => sizes.reduce((sum, size) => sum + size))";

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add("pages::on_a_phone", |chromium| check(chromium, View::PHONE));
    suite.add("pages::on_a_phone_in_the_dark", |chromium| check(chromium, View::PHONE.dark()));
    suite.add("pages::on_a_desk", |chromium| check(chromium, View::DESK));
    suite.add("pages::without_scripts", |chromium| check(chromium, View::PHONE.without_scripts()));
    suite.add_if(axe().is_some(), "pages::nobody_is_kept_out", accessible);
    suite.add_if(checker().is_some(), "pages::as_the_standard_has_it", |_| valid());
}

fn check(chromium: &Chromium, view: View) {
    let preview = sample::serve("/");
    let page = chromium.page(view);
    let mut faults = Vec::new();
    for path in PAGES {
        page.forget();
        page.open(&format!("http://{}/{path}", preview.address));
        faults.extend(faults_of(&page).into_iter().map(|fault| format!("/{path}: {fault}")));
    }
    assert_eq!(faults, [""; 0]);
}

fn faults_of(page: &Page) -> Vec<String> {
    let facts = page.value(FACTS);
    let mut faults = page.faults();
    let foreign = facts["foreign"].as_array().unwrap().iter();
    faults.extend(foreign.map(|url| format!("asks for {url}")));
    if facts["width"].as_u64() > facts["room"].as_u64() {
        faults.push(format!("is {} pixels wide on {}", facts["width"], facts["room"]));
    }
    if facts["text"].as_u64() < Some(20) {
        faults.push("shows nothing".to_owned());
    }
    // Where no scripts run, those of a test cannot wait, either.
    if page.view.scripts == Scripts::On {
        faults.extend(shift(&page.value(SHIFTS)));
        let bytes = page.value(BYTES).as_u64().unwrap();
        if bytes > MOST_BYTES {
            faults.push(format!("takes {bytes} bytes"));
        }
    }
    faults
}

fn shift(shifts: &Value) -> Option<String> {
    let sum: f64 = shifts.as_array()?.iter().filter_map(|shift| shift["value"].as_f64()).sum();
    (sum > MOST_SHIFT).then(|| format!("shifts by {sum}: {shifts}"))
}

/// Finds what keeps readers out, with axe, whose script the variable `AXE` names.
fn accessible(chromium: &Chromium) {
    let axe = axe().expect("the variable AXE names the script of axe-core");
    let axe = std::fs::read_to_string(axe).unwrap();
    let preview = sample::serve("/");
    let mut faults = Vec::new();
    for view in [View::PHONE, View::DESK.dark()] {
        let page = chromium.page(view);
        for path in PAGES {
            page.open(&format!("http://{}/{path}", preview.address));
            page.run(&axe);
            let found = page.value(
                "(await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)",
            );
            let found = found.as_array().unwrap().iter();
            faults.extend(found.map(|fault| format!("/{path} {:?}: {fault}", view.scheme)));
        }
    }
    assert_eq!(faults, [""; 0]);
}

fn axe() -> Option<OsString> {
    std::env::var_os("AXE")
}

/// Asks the Nu HTML checker, a Java archive that the variable `VNU` names.
fn valid() {
    let checker = checker().expect("the variable VNU names the archive of the Nu HTML checker");
    let place = TempDir::new().unwrap();
    let site = sample::build(place.path());
    let files = WalkDir::new(&site).sort_by_file_name().into_iter();
    let files = files.map(|file| file.unwrap().into_path()).filter(|path| is_page(path));
    let files: Vec<PathBuf> = files.collect();
    assert!(files.len() > 50, "{files:?}");
    let mut java = Command::new("java");
    let java = java.arg("-jar").arg(checker).args(["--errors-only", "--stdout"]);
    let found = java.args(files).output().expect("the Nu HTML checker needs Java");
    assert_eq!(String::from_utf8_lossy(&found.stdout), "");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
}

/// Feeds are no pages, whatever their files are called.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "html")
        && !std::fs::read(path).unwrap().starts_with(b"<?xml")
}

fn checker() -> Option<OsString> {
    std::env::var_os("VNU")
}
