//! What is told of the blocks of a body: each kind once.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, Location};

use super::dynamic::names;
use super::render::Place;

const UNKNOWN: &str = "add a template for the block to your theme";
const DYNAMIC: &str = "export the rendered content too, or write the block's content into the post";

/// What is told of the blocks of a body.
#[derive(Debug)]
pub struct Ledger<'l> {
    location: &'l Location,
    /// How often each kind was met, and where its finding stands: in the order of the body.
    told: HashMap<String, (usize, usize)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'l> Ledger<'l> {
    /// Starts with nothing told.
    pub fn new(location: &'l Location) -> Self {
        Self { location, told: HashMap::new(), diagnostics: Vec::new() }
    }

    /// Tells of a block that is not shown as WordPress showed it.
    pub fn tell(&mut self, place: &Place<'_>) {
        let name = &*place.block.name;
        let Some(core) = name.strip_prefix("core/") else {
            self.unknown(place);
            return;
        };
        if names::is_made_on_the_server(core) {
            let message = format!(
                "WordPress made the block `{name}` on the server; what it showed is missing"
            );
            self.fail("dynamic-block", name, message, DYNAMIC);
        }
    }

    fn unknown(&mut self, place: &Place<'_>) {
        let name = &*place.block.name;
        if place.is_empty() {
            let message = format!("no renderer for `{name}`, which was saved without HTML");
            self.fail("unknown-block", name, message, UNKNOWN);
        } else {
            let message = format!("no renderer for `{name}`; kept the HTML it was saved with");
            self.warn("unknown-block", name, message, UNKNOWN);
        }
    }

    /// Tells once a kind that something is not as WordPress showed it.
    pub fn warn(&mut self, code: &'static str, kind: &str, message: String, help: &str) {
        let location = self.location.clone();
        self.add(kind, || Diagnostic::warning(code, message, location).with_help(help));
    }

    /// Tells once a kind that something of the user's is missing.
    pub fn fail(&mut self, code: &'static str, kind: &str, message: String, help: &str) {
        let location = self.location.clone();
        self.add(kind, || Diagnostic::error(code, message, location).with_help(help));
    }

    fn add(&mut self, kind: &str, found: impl FnOnce() -> Diagnostic) {
        if let Some((_, count)) = self.told.get_mut(kind) {
            *count += 1;
            return;
        }
        self.told.insert(kind.to_owned(), (self.diagnostics.len(), 1));
        self.diagnostics.push(found());
    }

    /// Returns what is told, each kind with its count.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (index, count) in self.told.into_values().filter(|(_, count)| *count > 1) {
            self.diagnostics[index].message.push_str(&format!(" ({count} times)"));
        }
        self.diagnostics
    }
}
