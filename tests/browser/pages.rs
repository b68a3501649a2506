//! Pages as readers get them: nothing broken, nothing from elsewhere, nothing that jumps, nobody
//! kept out.

use std::ffi::OsString;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::Suite;
use crate::chromium::{Chromium, Page, Scripts, View, bytes_of};
use crate::sites::{Shown, Site};

/// How far pages may shift while they load, as browsers measure it. Below 0.1 counts as good.
const MOST_SHIFT: f64 = 0.02;

/// How many bytes of a page have to come, compressed, before it stands as it should: without
/// pictures, and without the font for Tibetan.
const MOST_BYTES: u64 = 30 * 1024;

/// What a page in a tab says of itself.
const FACTS: &str = "
    foreign: performance.getEntriesByType('resource').map(got => got.name).filter(name => !name.startsWith(location.origin)),
    width: document.documentElement.scrollWidth,
    room: innerWidth,
    text: document.querySelector('main').innerText.trim().length,
    squeezed: [...document.querySelectorAll('main p')].filter(paragraph => {
        const { width } = paragraph.getBoundingClientRect();
        return width > 1 && width < 80 && paragraph.innerText.length > 40;
    }).map(paragraph => paragraph.outerHTML.slice(0, 90)),
";

/// What moved while a page was loaded, how much and from where to where.
const SHIFTS: &str = "await new Promise(done => {
    const place = ({ x, y, width, height }) => `${x},${y} ${width}x${height}`;
    const moved = ({ node, previousRect, currentRect }) =>
        `${place(previousRect)} to ${place(currentRect)}: ${(node?.outerHTML ?? node?.textContent ?? '').slice(0, 90)}`;
    const shift = ({ value, sources }) => ({ value, moved: sources.map(moved) });
    new PerformanceObserver(list => done(list.getEntries().map(shift))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done([]), 100);
})";

/// What of a page and of what it loads is neither picture, sound, font nor document.
const LOADED: &str = "[location.href, ...performance.getEntriesByType('resource').map(got => got.name)]
    .filter(url => !/\\.(avif|gif|jpe?g|mp3|mp4|pdf|png|svg|wav|webp|woff2)$/.test(new URL(url).pathname))";

/// The rules of axe that depend on sizes and colours.
const OF_LOOKS: &str = "{ runOnly: { type: 'rule', values: [
    'color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'] } }";

/// Defines `barriers`, which finds what breaks rules of axe: the rule, and the element that breaks it.
/// `lay_bare` leaves nothing of a page but its title and what its authors wrote, in black and white.
const BARRIERS: &str = "
    const barriers = async (rules) => (await axe.run({ resultTypes: ['violations'], ...rules })).violations.flatMap(
        ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    const lay_bare = () => {
        document.querySelectorAll('link[rel=stylesheet], style, meta[name=color-scheme]').forEach(it => it.remove());
        const bare = document.createElement('main');
        bare.append(...document.querySelectorAll('h1, .entry-content, .comment-content'));
        document.body.replaceChildren(bare);
    };
";

/// What breaks the rules but does not when the page is laid bare.
const BY_US: &str = "await (async () => {
    const found = await barriers(rules);
    if (!found.length) return [];
    lay_bare();
    const broken = [...new Set(found.map(fault => fault.split(':')[0]))];
    const by_itself = await barriers({ runOnly: { type: 'rule', values: broken } });
    return found.filter(fault => !by_itself.includes(fault));
})()";

/// How many tabs look at the pages of a site at once.
const TABS: usize = 3;

/// A site that all tests show together, from the first of them to the last.
type Shared = Arc<OnceLock<Shown>>;

pub(crate) fn add_to(suite: &mut Suite) {
    for (site, name) in [(Site::Sample, "sample"), (Site::Blocks, "blocks"), (Site::Own, "own")] {
        // There is a third only if it is asked for.
        if !site.is_there() {
            continue;
        }
        let shown = Shared::default();
        for (view, how) in [
            (View::PHONE, "on_a_phone"),
            (View::PHONE.dark(), "on_a_phone_in_the_dark"),
            (View::DESK, "on_a_desk"),
            (View::PHONE.without_scripts(), "without_scripts"),
        ] {
            let shown = Shared::clone(&shown);
            suite.add(&format!("pages::{name}::{how}"), move |chromium| {
                let shown = shown.get_or_init(|| site.serve("/"));
                assert_eq!(each_page(shown, || chromium.page(view), faults_of), [""; 0]);
            });
        }
        let name_of = |test: &str| format!("pages::{name}::{test}");
        let nobody = move |chromium: &Chromium| {
            accessible(chromium, site, shown.get_or_init(|| site.serve("/")));
        };
        suite.add_if(axe().is_some(), &name_of("nobody_is_kept_out"), nobody);
        if site != Site::Own {
            let valid = move |_: &Chromium| valid(site);
            suite.add_if(checker().is_some(), &name_of("as_the_standard_has_it"), valid);
        }
    }
}

/// Looks at all pages of a site, in tabs that `tab` opens. Returns what `find` finds on them, in their
/// order.
fn each_page(
    shown: &Shown,
    tab: impl Fn() -> Page + Sync,
    find: impl Fn(&Page) -> Vec<String> + Sync,
) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let look = || {
        let (page, mut faults) = (tab(), Vec::new());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = shown.paths.get(number) else { break faults };
            page.forget();
            page.open(&shown.url(path));
            let found = find(&page).into_iter();
            faults.extend(found.map(|fault| (number, format!("/{path}: {fault}"))));
        }
    };
    let mut faults: Vec<(usize, String)> = thread::scope(|scope| {
        let tabs: Vec<_> = (0..TABS).map(|_| scope.spawn(look)).collect();
        tabs.into_iter()
            .flat_map(|tab| tab.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    faults.sort();
    faults.into_iter().map(|(_, fault)| fault).collect()
}

fn faults_of(page: &Page) -> Vec<String> {
    let facts = match page.view.scripts {
        Scripts::On => {
            let bytes = bytes_of(LOADED);
            page.value(&format!("{{ {FACTS} shifts: {SHIFTS}, bytes: {bytes} }}"))
        }
        // Where no scripts run, those of a test cannot wait, either.
        Scripts::Off => page.value(&format!("{{ {FACTS} }}")),
    };
    let mut faults = page.faults();
    let foreign = facts["foreign"].as_array().unwrap().iter();
    faults.extend(foreign.map(|url| format!("asks for {url}")));
    if facts["width"].as_u64() > facts["room"].as_u64() {
        faults.push(format!("is {} pixels wide on {}", facts["width"], facts["room"]));
    }
    faults.extend(texts(&facts["squeezed"]).iter().map(|text| format!("squeezes {text}")));
    if facts["text"].as_u64() < Some(20) {
        faults.push("shows nothing".to_owned());
    }
    faults.extend(shift(&facts["shifts"]));
    if facts["bytes"].as_u64() > Some(MOST_BYTES) {
        faults.push(format!("takes {} bytes", facts["bytes"]));
    }
    faults
}

fn shift(shifts: &Value) -> Option<String> {
    let sum: f64 = shifts.as_array()?.iter().filter_map(|shift| shift["value"].as_f64()).sum();
    (sum > MOST_SHIFT).then(|| format!("shifts by {sum}: {shifts}"))
}

/// Finds what keeps readers out, with axe, whose script the variable `AXE` names. In an export of
/// somebody's own, what authors wrote may do so by itself.
fn accessible(chromium: &Chromium, site: Site, shown: &Shown) {
    let axe = axe().expect("the variable AXE names the script of axe-core");
    let axe = fs::read_to_string(axe).unwrap();
    for view in [View::PHONE, View::DESK.dark()] {
        // What else there is to find is the same in all views, but for the frame of the pages, which
        // other sites show as well.
        let rules = if site == Site::Own && view != View::PHONE { OF_LOOKS } else { "{}" };
        let tab = || {
            let page = chromium.page(view);
            page.begin_with(&format!("{axe}\n{BARRIERS} const rules = {rules};"));
            page
        };
        let find = if site == Site::Own { BY_US } else { "await barriers(rules)" };
        let faults = each_page(shown, tab, |page| texts(&page.value(find)));
        assert_eq!(faults, [""; 0], "{view:?}");
    }
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn axe() -> Option<OsString> {
    std::env::var_os("AXE")
}

/// Asks the Nu HTML checker, a Java archive that the variable `VNU` names.
fn valid(site: Site) {
    let checker = checker().expect("the variable VNU names the archive of the Nu HTML checker");
    let place = TempDir::new().unwrap();
    let site = site.build(place.path());
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
        && !fs::read(path).unwrap().starts_with(b"<?xml")
}

fn checker() -> Option<OsString> {
    std::env::var_os("VNU")
}
