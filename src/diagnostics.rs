//! What there is to tell the user about their content.
//!
//! An error that stops the run is an [`anyhow::Error`]. Anything that one record can suffer while
//! the others go on is a [`Diagnostic`]: stages collect them in a [`Warned`].

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ledger::Ledger;
use crate::model::PostId;

/// A value, and what was noticed while making it.
#[derive(Debug)]
pub struct Warned<T> {
    /// Always usable, however many diagnostics came with it.
    pub value: T,
    /// In the order of the input, so that reports are the same on every run.
    pub diagnostics: Vec<Diagnostic>,
}

/// One finding about one place in the export.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Diagnostic {
    /// How much of the user's content is at stake.
    pub severity: Severity,
    /// A stable name to search for, such as `unclosed-block`. All are listed in the README.
    pub code: Code,
    /// What happened and what was done about it, without a final full stop.
    pub message: String,
    /// Which of many alike it is about, such as the name of a block: each is told by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<Box<str>>,
    /// Where to look.
    pub location: Location,
    /// What the user can do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<String>,
}

/// The name of a kind of finding.
pub type Code = std::borrow::Cow<'static, str>;

/// How much of the user's content is at stake.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page is complete but differs from what WordPress showed.
    Warning,
    /// Something of the user's is missing from the site.
    Error,
}

/// A place in the export, as precise as is known.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Location {
    /// The file in the export.
    pub file: Arc<str>,
    /// The line of the file, counted from 1, and the column in bytes, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<(usize, usize)>,
    /// The record, by the two names a user can search for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub post: Option<(u64, String)>,
    /// The line within the post's content, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
}

/// Returns a message with the first things found below it, where there will be no report.
pub fn with_first(mut message: String, found: &[Diagnostic]) -> String {
    for diagnostic in found.iter().take(3) {
        message.push_str(&format!("\n{diagnostic}"));
    }
    message
}

/// Returns `text` without what a terminal would take for a command. Titles, links and names of files
/// may hold anything.
pub fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

/// Returns a text as [`plain`] does, but in its lines.
pub fn plain_lines(text: &str) -> String {
    text.split('\n').map(plain).collect::<Vec<_>>().join("\n")
}

/// What a run has to tell the user, in the order it was found.
#[derive(Debug, Default)]
pub struct Report {
    /// From every stage.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all that texts hold.
    pub ledger: Ledger,
}

impl<T> Warned<T> {
    /// Returns a value with nothing to say about it.
    pub fn quiet(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }
}

impl Diagnostic {
    /// Returns a finding after which the page is complete but differs from what WordPress showed.
    pub fn warning(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self::new(Severity::Warning, code, message.into(), location)
    }

    /// Returns a finding after which something of the user's is missing from the site.
    pub fn error(code: &'static str, message: impl Into<String>, location: Location) -> Self {
        Self::new(Severity::Error, code, message.into(), location)
    }

    fn new(severity: Severity, code: &'static str, message: String, location: Location) -> Self {
        Self { severity, code: code.into(), message, about: None, location, help: None }
    }

    /// Says which of many alike it is about.
    #[must_use]
    pub fn about(self, name: &str) -> Self {
        Self { about: Some(name.into()), ..self }
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Report {
    /// Keeps the diagnostics of a stage, and passes its value on.
    pub fn collect<T>(&mut self, stage: Warned<T>) -> T {
        self.diagnostics.extend(stage.diagnostics);
        stage.value
    }

    /// Returns how many diagnostics are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }
}

impl Location {
    /// Returns the location of a whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), position: None, post: None, line: None }
    }

    /// Returns the location of a record, by its id and its title as plain text.
    pub fn record(file: &Arc<str>, id: PostId, title: &str) -> Self {
        Self { post: Some((id.0, title.to_owned())), ..Self::file(file) }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let message = plain_lines(&self.message);
        write!(f, "{severity}[{}]: {message}\n  --> {}", self.code, self.location)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {}", plain_lines(help)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.file))?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        if let Some((id, title)) = &self.post {
            write!(f, ": post {id} “{}”", plain(title))?;
        }
        if let Some(line) = self.line {
            write!(f, ", line {line} of its content")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_where_and_what_to_do() {
        let location = Location {
            line: Some(12),
            ..Location::record(&"posts.json".into(), PostId(42), "Summer in Porto")
        };
        let message = "no renderer for `acme/slider`; kept the HTML it was saved with";
        let diagnostic = Diagnostic::warning("unknown-block", message, location)
            .with_help("add blocks/acme/slider.html to your theme");

        assert_eq!(
            diagnostic.to_string(),
            "warning[unknown-block]: no renderer for `acme/slider`; kept the HTML it was saved with\n\
             \x20 --> posts.json: post 42 “Summer in Porto”, line 12 of its content\n\
             \x20 help: add blocks/acme/slider.html to your theme"
        );
    }

    #[test]
    fn what_is_shown_holds_no_command_for_a_terminal() {
        let location = Location::record(&"a\u{1b}[2J.json".into(), PostId(1), "\u{1b}[31mred\r");
        let diagnostic = Diagnostic::warning("broken-link", "to `\u{9b}2J\u{7}`\nmore", location)
            .with_help("mend \u{1b}]0;it");
        assert_eq!(
            diagnostic.to_string(),
            "warning[broken-link]: to `2J`\nmore\n  --> a[2J.json: post 1 “[31mred”\n  help: mend ]0;it"
        );
    }
}
