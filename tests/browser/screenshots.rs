//! The pictures in the README, and of the pages of blocks: `SCREENSHOTS=overwrite cargo test --test
//! browser screenshots`.
//!
//! They show the fonts of the machine they are made on.

use std::fs;
use std::path::{Path, PathBuf};

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
        suite.add("screenshots::of_the_sample", of_the_sample);
        suite.add("screenshots::of_all_blocks", of_all_blocks);
    }
}

fn of_the_sample(chromium: &Chromium) {
    let folder = folder();
    let preview = Site::Sample.serve("/").preview;
    for (name, address, view) in SHOTS {
        let page = chromium.page(view);
        page.open(&format!("http://{}/{address}", preview.address));
        page.wait_for("location.search === '' && document.readyState === 'complete'");
        page.value("await document.fonts.ready.then(() => true)");
        fs::write(folder.join(name), page.picture()).unwrap();
    }
}

fn of_all_blocks(chromium: &Chromium) {
    let folder = folder();
    let shown = Site::Blocks.serve("/");
    let phone = View { width: 390, ..View::PHONE };
    for (view, name) in [(View::DESK, "desk"), (View::DESK.dark(), "desk-dark"), (phone, "phone")] {
        for path in &shown.paths {
            let page = chromium.page(view);
            page.open(&shown.url(path));
            page.value("await document.fonts.ready.then(() => true)");
            let file = format!("{}-{name}.webp", path.trim_end_matches('/'));
            fs::write(folder.join(file), page.whole_picture()).unwrap();
        }
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/screenshots");
    fs::create_dir_all(&folder).unwrap();
    folder
}
