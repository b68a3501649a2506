//! Shows diagnostics to people, and writes them for programs.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Serialize;

use crate::commands::ledger::Contents;
use crate::diagnostics::{Diagnostic, Report, Severity, plain};
use crate::ledger::{Ledger, Line};

/// How much a run may tell.
#[derive(Debug, clap::Args)]
pub struct TellingArgs {
    /// Write all that was found as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Say nothing but what stops the run or makes --strict fail
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show all of each kind that was found, not just the first
    #[arg(short, long)]
    pub verbose: bool,
}

impl TellingArgs {
    /// Returns how many of a kind are shown, `usual` unless told.
    pub fn detail(&self, usual: Detail) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::All,
            _ => usual,
        }
    }
}

/// How many of a kind are shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Detail {
    /// None.
    Quiet,
    /// The first, and how many more there are.
    First,
    /// The first few, and how many more there are.
    Few,
    /// All.
    All,
}

/// How many are a few.
const FEW: usize = 5;

/// How many files are named if each is told by itself.
const MANY: usize = 10;

/// How many further posts are named.
const SOME: usize = 2;

/// What diagnostics have in common that are told together.
type Likeness<'d> = (std::cmp::Reverse<Severity>, &'d str, Option<&'d str>);

/// Writes diagnostics to `out`, those of a kind together, errors first.
///
/// # Errors
/// `out` cannot be written to.
pub fn show(report: &Report, detail: Detail, out: &mut impl Write) -> io::Result<()> {
    if detail == Detail::Quiet {
        return Ok(());
    }
    let mut kinds: BTreeMap<Likeness<'_>, Vec<&Diagnostic>> = BTreeMap::new();
    for found in &report.diagnostics {
        let severity = std::cmp::Reverse(found.severity);
        let likeness = (severity, &*found.code, found.about.as_deref());
        kinds.entry(likeness).or_default().push(found);
    }
    for found in kinds.values() {
        let (shown, rest) = part(found, detail);
        for diagnostic in shown {
            writeln!(out, "{diagnostic}")?;
        }
        if !rest.is_empty() {
            let more = more(&report.ledger, found[0], &rest);
            writeln!(out, "  … {more}: -v shows all, --report FILE writes them")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Returns `1 post` or `3 posts`.
pub fn counted<N: Display + From<u8> + PartialEq>(count: N, one: &str, many: &str) -> String {
    let name = if count == N::from(1) { one } else { many };
    format!("{count} {name}")
}

/// Parts those alike into what is shown and the rest. What is missing of a whole file is shown of each,
/// for each has its own cure.
fn part<'d>(
    found: &[&'d Diagnostic],
    detail: Detail,
) -> (Vec<&'d Diagnostic>, Vec<&'d Diagnostic>) {
    let first = match detail {
        Detail::All => found.len(),
        Detail::Few => FEW,
        Detail::First | Detail::Quiet => 1,
    };
    let mut files: HashSet<&'d str> = HashSet::new();
    let (shown, rest): (Vec<_>, Vec<_>) = found.iter().enumerate().partition(|(index, it)| {
        let is_of_file = it.severity == Severity::Error && it.location.post.is_none();
        let is_told = detail == Detail::First && is_of_file && files.len() < MANY;
        let is_new = is_told && files.insert(&it.location.file);
        *index < first || is_new
    });
    let alone = |part: Vec<(usize, &&'d Diagnostic)>| part.into_iter().map(|(_, it)| *it).collect();
    (alone(shown), alone(rest))
}

/// Says how many more there are than are shown, like one: if they were counted, how often they stand in
/// texts, and in which next.
fn more(ledger: &Ledger, like: &Diagnostic, rest: &[&Diagnostic]) -> String {
    let is_it = |line: &&Line| {
        Some(&*line.name) == like.about.as_deref()
            && !line.fate.is_good()
            && line.fate.is_loss() == (like.severity == Severity::Error)
    };
    let Some(Line { count, posts, .. }) = ledger.lines.iter().find(is_it) else {
        return format!("and {} more like this", rest.len());
    };
    let others = rest.iter().filter_map(|found| found.location.post.as_ref());
    let others: Vec<String> =
        others.take(SOME).map(|(_, title)| format!("“{}”", plain(title))).collect();
    let also = if others.is_empty() { "" } else { ", also in " };
    format!("{count} in {posts} posts in all{also}{}", others.join(", "))
}

/// Takes it for no failure that somebody has read enough of what is printed, such as `head`.
///
/// # Errors
/// Anything else went wrong.
pub fn as_far_as_read(printed: io::Result<()>) -> io::Result<()> {
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Makes sure that a report can be written to `file`, before any work is done.
///
/// # Errors
/// The folder it shall be in does not exist.
pub fn check(file: &Path) -> anyhow::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let shown = file.display();
    ensure!(!file.is_dir(), "cannot write the report {shown}: it is a folder");
    ensure!(folder.is_dir(), "cannot write the report {shown}: make the folder for it first");
    Ok(())
}

/// Writes all diagnostics as JSON, each as one of `printed` says, and what became of all that texts
/// hold.
///
/// # Errors
/// The file cannot be written.
pub fn write(report: &Report, printed: &[impl Serialize], file: &Path) -> anyhow::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a, P> {
        errors: usize,
        warnings: usize,
        diagnostics: &'a [P],
        #[serde(skip_serializing_if = "Option::is_none")]
        contents: Option<Contents<'a>>,
    }
    let whole = Whole {
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        diagnostics: printed,
        contents: Contents::of(&report.ledger),
    };
    let json = serde_json::to_string_pretty(&whole)?;
    fs::write(file, json + "\n")
        .with_context(|| format!("cannot write the report {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;
    use crate::ledger::{Books, Fate, How, Kind, Tally};
    use crate::model::PostId;

    #[test]
    fn many_of_a_kind_are_shown_once_with_a_count() {
        let location = Location::file(&"posts.json".into());
        let warning = Diagnostic::warning("dead-link", "`/x/` leads nowhere", location.clone());
        let error = Diagnostic::error("invalid-json", "it ends in the middle", location);
        let diagnostics = vec![warning.clone(), warning.clone(), warning, error];
        let report = Report { diagnostics, ..Report::default() };

        let mut shown = Vec::new();
        show(&report, Detail::First, &mut shown).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.starts_with("error[invalid-json]: it ends in the middle\n"), "{shown}");
        assert_eq!(shown.matches("dead-link").count(), 1);
        assert!(shown.contains("… and 2 more like this"), "{shown}");
    }

    #[test]
    fn what_is_missing_of_a_file_is_told_of_each() {
        let told = |file: usize| {
            let location = Location::file(&format!("posts-{file}.json").into());
            Diagnostic::error("invalid-json", "the file is empty", location)
        };
        let check = |files: &[usize], count: usize, more: &str| {
            let diagnostics = files.iter().map(|file| told(*file)).collect();
            let mut shown = Vec::new();
            let report = Report { diagnostics, ..Report::default() };
            show(&report, Detail::First, &mut shown).unwrap();
            let shown = String::from_utf8(shown).unwrap();
            assert_eq!(shown.matches("invalid-json").count(), count, "{shown}");
            assert_eq!(shown.split("  … ").nth(1).unwrap_or_default(), more);
        };
        check(&[1, 2, 3], 3, "");
        let rest = ": -v shows all, --report FILE writes them\n\n";
        check(&[1, 1, 2, 1], 2, &format!("and 2 more like this{rest}"));
        let many: Vec<usize> = (1..=12).collect();
        check(&many, MANY, &format!("and 2 more like this{rest}"));
    }

    #[test]
    fn what_is_about_different_things_is_told_of_each() {
        let location = Location::file(&"posts.json".into());
        let told = |name: &str| {
            Diagnostic::warning("unknown-block", format!("no {name}"), location.clone()).about(name)
        };
        let diagnostics = vec![told("acme/map"), told("acme/box"), told("acme/map")];
        let report = Report { diagnostics, ..Report::default() };

        let mut shown = Vec::new();
        show(&report, Detail::First, &mut shown).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        assert_eq!(shown.matches("no acme/map").count(), 1);
        assert_eq!(shown.matches("no acme/box").count(), 1);
        assert_eq!(shown.matches("… and 1 more like this").count(), 1);
    }

    #[test]
    fn what_was_counted_is_told_with_its_count() {
        let found = |post: u64| {
            let location =
                Location::record(&"posts.json".into(), PostId(post), &format!("Post {post}"));
            Diagnostic::warning("unknown-block", "no map", location).about("acme/map")
        };
        let mut books = Books::default();
        for post in 1..4 {
            let mut tally = Tally::default();
            tally.add_many((Kind::Block, Fate::Degraded(How::AsSaved)), "acme/map", 4);
            books.enter(PostId(post), &tally);
        }
        let report = Report { diagnostics: (1..4).map(found).collect(), ledger: books.close() };

        let mut shown = Vec::new();
        show(&report, Detail::First, &mut shown).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        assert!(
            shown.contains("  … 12 in 3 posts in all, also in “Post 2”, “Post 3”: -v shows all"),
            "{shown}"
        );
    }
}
