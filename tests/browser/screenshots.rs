//! The pictures in the README: `SCREENSHOTS=overwrite cargo test --test browser screenshots`.
//!
//! They show the sample, and the fonts of the machine they are made on.

use std::fs;
use std::path::Path;

use crate::Suite;
use crate::chromium::{Chromium, View};
use crate::sites::Site;

/// Their names, what they show, and how.
const SHOTS: [(&str, &str, View); 4] = [
    ("front-desk.webp", "", View::DESK),
    ("front-phone-dark.webp", "", View { width: 390, ..View::PHONE }.dark()),
    ("post-phone-tibetan.webp", "?p=57890", View { width: 390, ..View::PHONE }),
    ("post-phone.webp", "?p=57877", View { width: 390, ..View::PHONE }),
];

pub(crate) fn add_to(suite: &mut Suite) {
    if std::env::var_os("SCREENSHOTS").is_some_and(|told| told == "overwrite") {
        suite.add("screenshots::of_the_sample", write);
    }
}

fn write(chromium: &Chromium) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/screenshots");
    fs::create_dir_all(&folder).unwrap();
    let preview = Site::Sample.serve("/").preview;
    for (name, address, view) in SHOTS {
        let page = chromium.page(view);
        page.open(&format!("http://{}/{address}", preview.address));
        page.wait_for("location.search === '' && document.readyState === 'complete'");
        page.value("await document.fonts.ready.then(() => true)");
        fs::write(folder.join(name), page.picture()).unwrap();
    }
}
