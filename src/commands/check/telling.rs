//! Says what was found, and what to do about it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use crate::commands::check::addresses::Ground;
use crate::commands::check::remembered::Verdict;
use crate::commands::check::sightings::{Kind, Sorted, Spot};
use crate::diagnostics::{Diagnostic, Location};
use crate::names;

/// Something found, and all places it concerns.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// What was found, at the first of the places.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
    /// The address, host or name that was found. Empty if it concerns a file as a whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// All places, in the order of files.
    pub places: Vec<Location>,
}

impl Finding {
    /// Returns a finding about one place.
    pub fn of(diagnostic: Diagnostic) -> Self {
        let places = vec![diagnostic.location.clone()];
        Self { diagnostic, address: String::new(), places }
    }

    /// Adds what it is about.
    #[must_use]
    pub fn about(self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self }
    }
}

/// Tells all sightings.
pub fn tell(ground: &Ground, sightings: &Sorted) -> Vec<Finding> {
    let mut folded = Folded::default();
    let mut findings = Vec::with_capacity(sightings.len());
    for ((kind, address), spots) in sightings {
        let places: Vec<Location> = spots.iter().map(|spot| location(ground, *spot)).collect();
        let mut diagnostic = words(*kind, address, &places);
        if let Some(help) = folded.remedy(ground, *kind, address) {
            diagnostic = diagnostic.with_help(help);
        }
        findings.push(Finding { diagnostic, address: address.to_string(), places });
    }
    findings
}

/// Tells of a link whose query nobody answers.
pub fn tell_query(ground: &Ground, address: &str, spots: &[Spot], why: &str) -> Finding {
    let places: Vec<Location> = spots.iter().map(|spot| location(ground, *spot)).collect();
    let message = format!("the link `{address}` leads nowhere: {why}{}", on(&places));
    let diagnostic = Diagnostic::error("broken-link", message, places[0].clone())
        .with_help("mend the link, or add the page");
    Finding { diagnostic, address: address.to_owned(), places }
}

/// Tells which links to other sites are dead, or may be.
pub fn tell_outside(
    ground: &Ground,
    outside: &BTreeMap<Box<str>, Vec<Spot>>,
    verdicts: &BTreeMap<String, Verdict>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (address, spots) in outside {
        let places: Vec<Location> = spots.iter().map(|spot| location(ground, *spot)).collect();
        let (place, on) = (places[0].clone(), on(&places));
        let diagnostic = match verdicts.get(&**address) {
            Some(Verdict::Gone(why)) => {
                let message = format!("the link `{address}` is dead: {why}{on}");
                Diagnostic::warning("dead-external", message, place)
                    .with_help("mend the link, or let it lead to a copy, such as web.archive.org's")
            }
            Some(Verdict::Unsure(why)) => {
                let message = format!("whether `{address}` is there cannot be told: {why}{on}");
                Diagnostic::warning("unsure-external", message, place)
                    .with_help("open it in a browser: some sites answer only to people")
            }
            Some(Verdict::Alive) | None => continue,
        };
        findings.push(Finding { diagnostic, address: address.to_string(), places });
    }
    findings
}

/// Returns a place in a file of the site.
pub fn location(ground: &Ground, spot: Spot) -> Location {
    let file = Arc::clone(&ground.folder.file(spot.file).name);
    Location { position: Some((spot.line as usize, spot.column as usize)), ..Location::file(&file) }
}

fn words(kind: Kind, address: &str, places: &[Location]) -> Diagnostic {
    let on = on(places);
    let place = places[0].clone();
    match kind {
        Kind::Link => {
            let message = format!("the link `{address}` leads nowhere{on}");
            Diagnostic::error("broken-link", message, place)
                .with_help("mend the link, or add the page")
        }
        Kind::File => {
            let message = format!("`{address}` is shown, but it is not in the site{on}");
            Diagnostic::error("missing-file", message, place)
                .with_help("add the file, or take out what shows it")
        }
        Kind::Part => broken_anchor(address, &on, place),
        Kind::Entry => {
            let message = format!("`{address}` is listed here, but nothing answers to it{on}");
            Diagnostic::error("broken-entry", message, place)
                .with_help("add the page, or take it out of the list")
        }
        Kind::Upload => {
            let message = format!("`{address}`, of the media library, is not in the site{on}");
            Diagnostic::error("missing-upload", message, place).with_help(
                "copy it into the uploads folder of the export, and build again: once the old site \
                 is gone, nobody sees it",
            )
        }
        Kind::Out => {
            let message = format!("`{address}` leads out of the site, beside its own path{on}");
            Diagnostic::error("outside-path", message, place).with_help(
                "build the site for the address it will have, or name that with --base-url",
            )
        }
        Kind::Circle => {
            let message = format!("`{address}` leads on in a circle");
            Diagnostic::error("redirect-circle", message, place)
                .with_help("let one of the pages lead elsewhere")
        }
        Kind::Unreadable => {
            let message = format!("programs cannot read this: {address}{on}");
            Diagnostic::error("invalid-feed", message, place)
                .with_help("mend what stands there; readers' programs show nothing of it")
        }
        Kind::ThirdParty => third_party(address, &on, place),
        Kind::DoubleId => double_id(address, &on, place),
    }
}

fn broken_anchor(address: &str, on: &str, place: Location) -> Diagnostic {
    if is_comment(address) {
        let message = format!("the link `{address}` leads to a comment that is not there{on}");
        return Diagnostic::warning("broken-anchor", message, place).with_help(
            "if readers could see it, save it, too: pingbacks are not among the `comments` that \
             anybody gets; without it the link leads to the page",
        );
    }
    let message = format!("the link `{address}` leads to no part of that page{on}");
    Diagnostic::error("broken-anchor", message, place)
        .with_help("give that part of the page the name after the `#`, or mend the link")
}

/// Returns whether an address is that of a comment, as WordPress writes it.
fn is_comment(address: &str) -> bool {
    let number = address.rsplit_once("#comment-").map(|(_, number)| number);
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

fn third_party(host: &str, on: &str, place: Location) -> Diagnostic {
    let message = format!("`{host}` is asked for files by pages that open{on}");
    Diagnostic::warning("third-party", message, place).with_help(
        "put the files into the site, or a link in their place: that host learns who reads the \
         page, and can break it",
    )
}

fn double_id(id: &str, on: &str, place: Location) -> Diagnostic {
    let message = format!("the id `{id}` is given twice on a page{on}");
    Diagnostic::warning("duplicate-id", message, place)
        .with_help("give each its own: links lead to the first only")
}

/// Says on how many pages something is, if there are several.
fn on(places: &[Location]) -> String {
    match places.len() {
        1 => String::new(),
        count => format!(", on {count} pages"),
    }
}

/// The names of files in the form in which they are one on some systems.
#[derive(Debug, Default)]
struct Folded {
    by_name: Option<HashMap<String, String>>,
}

impl Folded {
    /// Returns the address that was probably meant.
    fn remedy(&mut self, ground: &Ground, kind: Kind, address: &str) -> Option<String> {
        if !matches!(kind, Kind::Link | Kind::File | Kind::Entry | Kind::Upload) {
            return None;
        }
        let by_name = self.by_name.get_or_insert_with(|| {
            let paths = ground.folder.files().map(|(id, _)| ground.path(id));
            paths.map(|path| (names::fold(path.trim_end_matches('/')), path)).collect()
        });
        let path = address.split("://").last()?;
        let path = path.find('/').map_or("/", |start| &path[start..]);
        let path = path.split('?').next().unwrap_or(path);
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let found = by_name.get(&names::fold(decoded.trim_end_matches('/')))?;
        let is_same_case = found.trim_end_matches('/') == decoded.trim_end_matches('/');
        Some(match is_same_case {
            true => format!("write `{found}`: a slash at the end counts"),
            false => format!("write `{found}`: hosts tell capital letters from small ones"),
        })
    }
}
