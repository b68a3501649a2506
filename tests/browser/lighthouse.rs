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

/// How often a page is looked at before a fault counts as its own: a machine that is busy for a while
/// makes any page slow.
const LOOKS: usize = 4;

/// How many times slower than this machine the imagined phone is, at most: what Lighthouse takes for
/// a fast computer, which has an index of 1,500 to 2,000 in its own benchmark.
const SLOWDOWN: f64 = 4.0;

/// The index of the imagined phone in that benchmark.
const PHONE_INDEX: f64 = 1750.0 / SLOWDOWN;

pub(crate) fn add_to(suite: &mut Suite) {
    suite.add_if(program().is_some(), "lighthouse::finds_nothing_to_mend", run);
}

fn run(chromium: &Chromium) {
    let shown = Site::Sample.serve("/");
    let mut looks: Vec<Look> = MEASURED.iter().map(Look::first).collect();
    for _ in 0..LOOKS {
        for look in &mut looks {
            look.take(chromium, &shown);
        }
        looks.retain(|look| !look.faults.is_empty());
    }
    let faults = looks.into_iter().flat_map(|look| look.faults);
    assert_eq!(faults.collect::<Vec<_>>(), [""; 0]);
}

/// What was found the last time, and how many times slower than this machine the phone is the next.
struct Look {
    measured: &'static Measured,
    slowdown: f64,
    faults: Vec<String>,
}

impl Look {
    fn first(measured: &'static Measured) -> Look {
        Look { measured, slowdown: SLOWDOWN, faults: Vec::new() }
    }

    /// Runs Lighthouse, and imagines the phone of the next time from this machine as it was now.
    fn take(&mut self, chromium: &Chromium, shown: &Shown) {
        let run = |_| report(chromium, shown, self.measured, self.slowdown);
        let reports: Vec<Value> = (0..RUNS).map(run).collect();
        self.faults = faults(self.measured, &reports);
        self.slowdown = (machine_index(&reports) / PHONE_INDEX).clamp(1.0, SLOWDOWN);
        if !self.faults.is_empty() {
            eprintln!("{:?}: the next phone is {:.1} times slower", self.faults, self.slowdown);
        }
    }
}

fn faults(measured: &Measured, reports: &[Value]) -> Vec<String> {
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

fn report(chromium: &Chromium, shown: &Shown, measured: &Measured, slowdown: f64) -> Value {
    let mut node = Command::new("node");
    let node = node.arg(program().expect("the variable LIGHTHOUSE names its program"));
    let node = node.arg(shown.url(measured.path)).args(["--quiet", "--output=json"]);
    let categories: Vec<&str> = measured.least.iter().map(|(category, _)| *category).collect();
    let node = node.arg(format!("--only-categories={}", categories.join(",")));
    let node = node.arg(format!("--throttling.cpuSlowdownMultiplier={slowdown}"));
    if measured.font == Font::Blocked {
        node.arg("--blocked-url-patterns=*.woff2*");
    }
    let node = node.arg("--chrome-flags=--headless=new --no-sandbox");
    let found = node.env("CHROME_PATH", chromium.program()).output().expect("it needs Node.js");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    serde_json::from_slice(&found.stdout).unwrap()
}

/// Returns what this machine reached in Lighthouse's benchmark when it was slowest.
fn machine_index(reports: &[Value]) -> f64 {
    let index =
        reports.iter().filter_map(|report| report["environment"]["benchmarkIndex"].as_f64());
    index.fold(f64::MAX, f64::min)
}

fn score(report: &Value, category: &str) -> u64 {
    let score = report["categories"][category]["score"].as_f64().unwrap_or(0.0);
    (score * 100.0).round() as u64
}

fn median(numbers: impl Iterator<Item = u64>) -> u64 {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers[numbers.len() / 2]
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
