//! `doctor`: what an export holds, what it lacks, and how to save that.

// What is looked at.
mod evidence;
mod kinds;
mod mentions;

// What is found, without touching the world.
mod findings;
mod holdings;
mod lacks;
mod requests;
pub mod saving;

// How it is gathered.
mod survey;

// How it is told.
mod text;
mod words;

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

pub use crate::commands::doctor::requests::{LARGEST_PAGE, Paging, Request};
pub use crate::commands::doctor::survey::lacks_of;

use crate::commands::Outcome;
use crate::commands::doctor::findings::Findings;
use crate::commands::ledger::{self, Contents, Extent};
use crate::commands::report::{self, Detail};
use crate::config;
use crate::diagnostics::{Diagnostic, Report};
use crate::ledger::Ledger;
use crate::render::theme::Theme;
use crate::render::{Sources, examine};

/// What `doctor` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders and archives of the export; `-` reads standard input
    #[arg(required = true, value_name = "EXPORT")]
    pub exports: Vec<PathBuf>,
    /// The configuration, instead of ./stillpress.toml or the export's own
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print all that was found as JSON, for programs
    #[arg(long)]
    pub json: bool,
    /// Print nothing but commands for a shell that save all that is lacking
    #[arg(long, conflicts_with = "json")]
    pub commands: bool,
    /// Write all that was noticed while reading as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Name the posts whose blocks, shortcodes, embeds, forms, scripts or parts of plugins do not come out as they were
    #[arg(long)]
    pub posts: bool,
    /// Show all that was noticed while reading, not just the first of a kind, and what all texts hold
    #[arg(short, long)]
    pub verbose: bool,
}

/// Runs `doctor`. That an export lacks something is no failure.
///
/// # Errors
/// The export or the settings cannot be read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    args.report.as_deref().map(report::check).transpose()?;
    let mut report = Report::default();
    let findings = examine(args, &mut report)?;
    if let Some(file) = &args.report {
        report::write(&report, &report.diagnostics, file)?;
    }
    let mut out = io::stdout().lock();
    let printed = if args.json {
        print_json(&findings, &report, &mut out)
    } else if args.commands {
        text::print_script(&findings, &args.exports, &mut out)
    } else {
        let detail = if args.verbose { Detail::All } else { Detail::First };
        report::show(&report, detail, &mut io::stderr().lock())?;
        text::print(&findings, &args.exports, &mut out)
            .and_then(|()| print_contents(&report.ledger, args, &mut out))
    };
    report::as_far_as_read(printed)?;
    Ok(Outcome::Good)
}

fn examine(args: &Args, report: &mut Report) -> anyhow::Result<Findings> {
    let settings = config::read(args.config.as_deref(), &args.exports)?;
    let theme = Theme::load(&settings)?;
    let config = survey::config(args.exports.clone(), settings);
    let (findings, site, library) = survey::survey(&config, report)?;
    let sources =
        Sources { site: &site, library: &library, theme: &theme, settings: &config.settings };
    report.ledger = examine::examine(&sources)?;
    Ok(findings)
}

fn print_contents(ledger: &Ledger, args: &Args, out: &mut impl Write) -> io::Result<()> {
    if ledger.lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWHAT BECOMES OF WHAT TEXTS HOLD\n")?;
    let extent = match (args.posts, args.verbose) {
        (true, _) => Extent::Posts,
        (false, true) => Extent::All,
        (false, false) => Extent::Worse,
    };
    ledger::print(ledger, extent, out)
}

fn print_json(findings: &Findings, report: &Report, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a> {
        #[serde(flatten)]
        findings: &'a Findings,
        diagnostics: &'a [Diagnostic],
        #[serde(skip_serializing_if = "Option::is_none")]
        contents: Option<Contents<'a>>,
    }
    let contents = Contents::of(&report.ledger);
    let whole = Whole { findings, diagnostics: &report.diagnostics, contents };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

#[cfg(test)]
mod tests;
