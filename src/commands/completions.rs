//! `completions`: what a shell needs to complete the command line.

use std::io::{self, Write as _};

use clap::Command;
use clap_complete::Shell;

use crate::commands::{Outcome, report};

/// What `completions` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Runs `completions`: prints the script for a shell that completes `command`.
///
/// # Errors
/// Standard output cannot be written to.
pub fn run(args: &Args, mut command: Command) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    report::as_far_as_read(io::stdout().write_all(&script))?;
    Ok(Outcome::Good)
}
