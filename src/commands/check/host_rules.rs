//! Names and sizes that a host cannot take.

use std::collections::HashMap;

use crate::commands::check::folder::Folder;
use crate::commands::check::telling::Finding;
use crate::commands::host::limits::{self, LARGEST_FILE, LARGEST_SITE, NameTrouble};
use crate::diagnostics::{Diagnostic, Location};
use crate::names;

/// Returns what GitHub Pages, and hosts like it, do not take.
pub fn check(folder: &Folder) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut folded: HashMap<String, &str> = HashMap::with_capacity(folder.files().len());
    let mut total = 0;
    for (_, file) in folder.files() {
        let place = || Location::file(&file.name);
        total += file.size;
        if file.size > LARGEST_FILE {
            let message = format!("the file has {}", limits::megabytes(file.size));
            let told = Diagnostic::error("host-size", message, place());
            findings.push(told.with_help("make it smaller than 100 MB, or put it on another host"));
        }
        findings.extend(limits::trouble_with(&file.name).map(|it| tell_name(it, place())));
        if let Some(other) = folded.insert(names::fold(&file.name), &file.name) {
            let message = format!("`{other}` is the same name on Windows and macOS");
            let told = Diagnostic::warning("host-clash", message, place());
            findings.push(told.with_help("call one of them something else"));
        }
    }
    if total > LARGEST_SITE {
        let message = format!("the site has {}", limits::megabytes(total));
        let told = Diagnostic::error("host-size", message, Location::file(&".".into()));
        findings.push(told.with_help(
            "GitHub Pages shows no more than 1 GB: leave out large files, or choose another host",
        ));
    }
    findings.into_iter().map(Finding::of).collect()
}

fn tell_name(trouble: NameTrouble, place: Location) -> Diagnostic {
    match trouble {
        NameTrouble::Unservable => {
            Diagnostic::error("host-name", "no host can show a file of this name", place)
                .with_help("give it a name of letters and digits")
        }
        NameTrouble::Encoded => {
            let message = "hosts take `%` and two digits in a name for another letter";
            Diagnostic::error("host-name", message, place)
                .with_help("give the file the name that is meant")
        }
        NameTrouble::NotEverywhere => {
            let message = "Windows has no files of this name";
            Diagnostic::warning("host-name", message, place)
                .with_help("give it another name if the site shall be copied to Windows")
        }
    }
}
