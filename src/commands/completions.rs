//! `completions`: what a shell needs to complete the command line.

use std::io::{self, ErrorKind, Write as _};

use clap::Command;
use clap_complete::Shell;

use crate::commands::Outcome;

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
    match io::stdout().write_all(&script) {
        // Somebody has read enough of it, such as `head`.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Outcome::Good),
    }
}
