//! `man`: manual pages, made from the command line's own definition.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Command;
use clap_mangen::Man;

use crate::commands::{Outcome, report};

/// What `man` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command whose page to print; the program's own unless told
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub command: Option<String>,
    /// Write all pages into a folder
    #[arg(short, long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// How every page of ours names itself, so that we replace no other file.
const HEADING: &str = ".TH stillpress";

/// Runs `man` for the program that `command` defines.
///
/// # Errors
/// There is no such command, or the pages cannot be written.
pub fn run(args: &Args, command: Command) -> anyhow::Result<Outcome> {
    // A page about help would say what each page says.
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let pages = pages(&command)?;
    if let Some(folder) = &args.dir {
        for (name, page) in &pages {
            write(&folder.join(name), page)?;
        }
        eprintln!("Wrote {} pages into {}.", pages.len(), folder.display());
        return Ok(Outcome::Good);
    }
    let name = args.command.as_ref().map_or_else(String::new, |name| format!("-{name}"));
    let name = format!("{}{name}.1", command.get_name());
    let page = pages.iter().find(|(other, _)| *other == name).map(|(_, page)| page);
    let page = page.with_context(|| {
        let told = args.command.as_deref().unwrap_or_default();
        format!("there is no command `{told}`; `stillpress --help` lists them all")
    })?;
    report::as_far_as_read(io::stdout().write_all(page))?;
    Ok(Outcome::Good)
}

/// Returns all pages with the names of their files: that of the program, and one for each command.
fn pages(command: &Command) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let all = std::iter::once(command).chain(command.get_subcommands());
    let source = format!("stillpress {}", env!("CARGO_PKG_VERSION"));
    let render = |command: &Command| {
        let mut page = Vec::new();
        let man = Man::new(command.clone()).source(&source);
        man.render(&mut page).context("cannot make a manual page")?;
        Ok((man.get_filename(), page))
    };
    all.map(render).collect()
}

/// Writes a page, if no other file than a page of ours is there.
fn write(path: &Path, page: &[u8]) -> anyhow::Result<()> {
    let writing = || format!("cannot write {}", path.display());
    let is_free = match fs::read_to_string(path) {
        Ok(text) => text.lines().any(|line| line.starts_with(HEADING)),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    ensure!(
        is_free,
        "{} is there already, and no page of stillpress's; move it away",
        path.display()
    );
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(writing)?;
    fs::write(path, page).with_context(writing)
}
