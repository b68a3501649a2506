//! What a user can ask for, one file or folder a verb: its arguments and its `run`.

// The verbs.
pub mod build;
pub mod check;
pub mod completions;
pub mod doctor;
pub mod explain;
pub mod fetch;
pub mod init;
pub mod man;
pub mod publish;
pub mod resolve;
pub mod serve;

// What several of them share.
mod api;
mod graph;
mod host;
mod ledger;
mod map;
mod old_addresses;
mod old_query;
mod report;
mod summary;
mod time_zone;
mod web;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "stillpress", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What a user can ask for.
#[derive(Debug, Subcommand)]
enum Command {
    /// Save a running WordPress as an export
    Fetch(fetch::Args),
    /// Write the settings of a new site, and how GitHub publishes it
    Init(init::Args),
    /// Turn a saved WordPress export into a static site
    Build(build::Args),
    /// Show the site in a browser, and build it again whenever something changes
    Serve(serve::Args),
    /// Find what leads nowhere on a finished site, before readers do
    Check(check::Args),
    /// Put the site on the web: push it to a branch that a host shows
    Publish(publish::Args),
    /// Tell where old addresses lead on the new site
    Resolve(resolve::Args),
    /// Tell what is behind a page, and which old addresses lead there
    Explain(explain::Args),
    /// Tell what an export holds, what it lacks, and how to save that
    Doctor(doctor::Args),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Args),
    /// Print manual pages, or write them into a folder
    Man(man::Args),
}

/// How a run ended, if nothing stopped it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// As asked for.
    Good,
    /// Done, but something is wanting that was asked for.
    Wanting,
}

/// Runs the command line. The exit code is 0 for a good run, 1 for one that leaves something wanting,
/// 2 if something stopped it.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Fetch(args) => fetch::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Resolve(args) => resolve::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Wanting) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            if is_forbidden(&error) {
                eprintln!("  help: change who may read or write it, or choose another place");
            }
            ExitCode::from(2)
        }
    }
}

/// Whether the system did not allow what was to be done.
fn is_forbidden(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::PermissionDenied)
}
