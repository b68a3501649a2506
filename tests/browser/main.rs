//! Tests in a real browser: what readers get, scripts and all. See tests/README.md.
//!
//! Without Chromium they are ignored; with `CI=true` that is a failure.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod chromium;
mod sites;

mod lighthouse;
mod old_addresses;
mod pages;
mod screenshots;
mod search;
mod serve;

#[path = "../preview.rs"]
mod preview;
#[path = "../search/posts.rs"]
mod search_posts;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};

use chromium::Chromium;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let chromium = Arc::new(Chromium::find());
    let new = || Suite { chromium: Arc::clone(&chromium), trials: Vec::new() };
    let (mut suite, mut alone) = (new(), new());
    old_addresses::add_to(&mut suite);
    pages::add_to(&mut suite);
    search::add_to(&mut suite);
    serve::add_to(&mut suite);
    screenshots::add_to(&mut suite);
    // What is measured must have the machine for itself.
    lighthouse::add_to(&mut alone);
    let conclusions =
        [suite, alone].map(|suite| libtest_mimic::run(&arguments, suite.trials).exit_code());
    // Its process would stay.
    chromium.quit();
    let failed = conclusions.into_iter().find(|code| *code != ExitCode::SUCCESS);
    failed.unwrap_or(ExitCode::SUCCESS)
}

/// The tests, which share one browser.
struct Suite {
    chromium: Arc<Chromium>,
    trials: Vec<Trial>,
}

impl Suite {
    /// Adds a test that needs nothing but the browser.
    fn add(&mut self, name: &str, test: impl FnOnce(&Chromium) + Send + 'static) {
        self.add_if(true, name, test);
    }

    /// Adds a test that needs something more, which may be missing, too.
    fn add_if(
        &mut self,
        is_possible: bool,
        name: &str,
        test: impl FnOnce(&Chromium) + Send + 'static,
    ) {
        let chromium = Arc::clone(&self.chromium);
        let run = move || {
            test(&chromium);
            Ok(())
        };
        let is_optional = std::env::var_os("CI").is_none_or(|ci| ci != "true");
        let is_ignored = is_optional && !(is_possible && self.chromium.is_there());
        self.trials.push(Trial::test(name, run).with_ignored_flag(is_ignored));
    }
}
