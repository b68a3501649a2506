//! What the rewrite of one body has to tell.

use std::collections::HashSet;

use crate::content::Setting;
use crate::diagnostics::Diagnostic;

/// Collects the findings of one body, each once.
#[derive(Debug)]
pub struct Findings<'a> {
    setting: &'a Setting<'a>,
    told: HashSet<String>,
    /// In the order of the body.
    pub list: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Returns an empty list for the body of `setting`.
    pub fn new(setting: &'a Setting<'a>) -> Self {
        Self { setting, told: HashSet::new(), list: Vec::new() }
    }

    /// Adds a finding after which the page is complete but differs from what WordPress showed.
    pub fn warn(&mut self, code: &'static str, message: impl Into<String>, help: &str) {
        let message = message.into();
        if self.told.insert(format!("{code} {message}")) {
            let found = Diagnostic::warning(code, message, self.setting.location.clone());
            self.list.push(found.with_help(help));
        }
    }

    /// As [`Self::warn`], but only the first of its code.
    pub fn warn_once(&mut self, code: &'static str, message: impl Into<String>, help: &str) {
        if self.told.insert(code.to_owned()) {
            self.warn(code, message, help);
        }
    }

    /// Adds a finding after which something of the user's is missing.
    pub fn fail(&mut self, code: &'static str, message: impl Into<String>, help: &str) {
        let message = message.into();
        if self.told.insert(format!("{code} {message}")) {
            let found = Diagnostic::error(code, message, self.setting.location.clone());
            self.list.push(found.with_help(help));
        }
    }
}
