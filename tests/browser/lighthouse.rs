//! What Lighthouse says of pages, on the slow phone it imagines. The variable `LIGHTHOUSE` names its
//! program, which needs Node.js.

use std::ffi::OsString;
use std::process::Command;

use serde_json::Value;

use crate::Suite;
use crate::chromium::Chromium;
use crate::sites::{Shown, Site};

const HOME: &str = "";
const POST: &str = "2026/05/18/school-library-opens-with-four-thousand-books/";
const TIBETAN: &str = "category/%E0%BD%96%E0%BD%BC%E0%BD%91%E0%BC%8B%E0%BD%A1%E0%BD%B2%E0%BD%82/";

/// What is measured, and the least it may have of 100 in each category.
struct Measured {
    path: &'static str,
    font: Font,
    least: &'static [(&'static str, u64)],
}

/// The font for Tibetan, which pages with Tibetan on them load. Nothing waits for it, but Lighthouse
/// takes it for something that does whenever it comes before the first paint, as it may from the
/// machine itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Font {
    Loaded,
    Blocked,
}

const WITH_FONT: &[(&str, u64)] =
    &[("performance", 95), ("accessibility", 100), ("best-practices", 100), ("seo", 100)];
const WITHOUT: &[(&str, u64)] = &[("performance", 100)];

const MEASURED: [Measured; 5] = [
    Measured { path: HOME, font: Font::Loaded, least: WITH_FONT },
    Measured { path: HOME, font: Font::Blocked, least: WITHOUT },
    Measured { path: POST, font: Font::Loaded, least: WITH_FONT },
    Measured { path: POST, font: Font::Blocked, least: WITHOUT },
    Measured { path: TIBETAN, font: Font::Loaded, least: WITH_FONT },
];

/// Of how many runs the median counts.
const RUNS: usize = 3;

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add_if(program().is_some(), "lighthouse::finds_nothing_to_mend", run);
}

fn run(chromium: &Chromium) {
    let shown = Site::Sample.serve("/");
    let look = |measured: &Measured| faults(chromium, &shown, measured);
    // Pages look slow on a machine that is busy: what is found has to be found twice.
    let found = MEASURED.iter().filter(|measured| !look(measured).is_empty());
    let again: Vec<String> = found.flat_map(look).collect();
    assert_eq!(again, [""; 0]);
}

fn faults(chromium: &Chromium, shown: &Shown, measured: &Measured) -> Vec<String> {
    let reports: Vec<Value> = (0..RUNS).map(|_| report(chromium, shown, measured)).collect();
    let mut faults = Vec::new();
    for &(category, least) in measured.least {
        let median = median(reports.iter().map(|report| score(report, category)));
        if median < least {
            let failed = reports.iter().map(|report| failed(report, category));
            let failed = failed.max_by_key(Vec::len).unwrap();
            let Measured { path, font, .. } = measured;
            faults.push(format!("/{path} (font {font:?}): {category} {median}: {failed:?}"));
        }
    }
    faults
}

fn report(chromium: &Chromium, shown: &Shown, measured: &Measured) -> Value {
    let mut node = Command::new("node");
    let node = node.arg(program().expect("the variable LIGHTHOUSE names its program"));
    let node = node.arg(shown.url(measured.path)).args(["--quiet", "--output=json"]);
    let categories: Vec<&str> = measured.least.iter().map(|(category, _)| *category).collect();
    let node = node.arg(format!("--only-categories={}", categories.join(",")));
    if measured.font == Font::Blocked {
        node.arg("--blocked-url-patterns=*.woff2*");
    }
    let node = node.arg("--chrome-flags=--headless=new --no-sandbox");
    let found = node.env("CHROME_PATH", chromium.program()).output().expect("it needs Node.js");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    serde_json::from_slice(&found.stdout).unwrap()
}

fn score(report: &Value, category: &str) -> u64 {
    let score = report["categories"][category]["score"].as_f64().unwrap_or(0.0);
    (score * 100.0).round() as u64
}

fn median(scores: impl Iterator<Item = u64>) -> u64 {
    let mut scores: Vec<u64> = scores.collect();
    scores.sort_unstable();
    scores[scores.len() / 2]
}

/// Returns what a category has less for, with what Lighthouse measured.
fn failed(report: &Value, category: &str) -> Vec<String> {
    let audits = report["categories"][category]["auditRefs"].as_array().unwrap().iter();
    let audits = audits.filter(|audit| audit["weight"].as_f64() > Some(0.0));
    let audits = audits.map(|audit| &report["audits"][audit["id"].as_str().unwrap()]);
    let failed = audits.filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0));
    failed.map(|audit| format!("{}: {}", audit["title"], audit["displayValue"])).collect()
}

fn program() -> Option<OsString> {
    std::env::var_os("LIGHTHOUSE")
}
