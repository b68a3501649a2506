//! `init`: the files that a site needs besides its export.

mod files;
mod settings;
mod starter;
mod workflow;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use crate::commands::Outcome;
use crate::commands::init::files::{Done, Force, NewFile};
use crate::config;
use crate::diagnostics::Report;
use crate::export;

/// What `init` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders and archives of the export
    #[arg(required_unless_present = "theme", value_name = "EXPORT")]
    pub exports: Vec<PathBuf>,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Where GitHub gets stillpress from: the address of its git repository, or a folder of yours
    /// that holds its source, such as ./stillpress
    #[arg(long, value_name = "REPOSITORY")]
    pub program: Option<String>,
    /// Make a theme of this name, too, to change the look of the site
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
}

/// What is made anew by every build, and does not belong into a repository.
const IGNORED: &str = "/public/\n.stillpress-*\n";

/// Runs `init`.
///
/// # Errors
/// The export cannot be read, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let program = args.program.as_deref().map(workflow::program).transpose()?;
    let theme = args.theme.as_deref().map(starter::files).transpose()?;
    // Before anything is written: an export that cannot be read is a mistake in its name.
    let new_files = if args.exports.is_empty() { Vec::new() } else { site_files(args, program)? };
    fs::create_dir_all(&args.dir)
        .with_context(|| format!("cannot make the folder {}", args.dir.display()))?;
    let force = if args.force { Force::Yes } else { Force::No };
    let mut written = Vec::new();
    for file in new_files.iter().chain(theme.iter().flatten()) {
        let done = files::write(&args.dir, file, force)?;
        eprintln!("{}", told(file, done));
        if done == Done::Written {
            written.push(&*file.path);
        }
    }
    tell_next(args, &written);
    Ok(Outcome::Good)
}

/// Returns the files for a site, as the export wants them.
fn site_files(args: &Args, program: Option<String>) -> anyhow::Result<Vec<NewFile>> {
    ensure!(
        !args.exports.iter().any(|path| path.as_os_str() == "-"),
        "init reads no standard input: what GitHub is to build must be in a file"
    );
    let export = Report::default().collect(export::read(&args.exports)?);
    let exports: Vec<String> = args.exports.iter().map(|path| within(path, &args.dir)).collect();
    Ok(vec![
        NewFile {
            path: config::FILE_NAME.to_owned(),
            text: settings::print(&export, args.theme.as_deref()),
            purpose: "the settings of the site, with what the export says; the others stand \
                      commented out",
        },
        NewFile {
            path: workflow::PATH.to_owned(),
            text: workflow::print(&exports, program.as_deref()),
            purpose: "builds and publishes the site on GitHub, whenever something changes there",
        },
        NewFile {
            path: ".gitignore".to_owned(),
            text: IGNORED.to_owned(),
            purpose: "keeps out of the repository what every build makes anew",
        },
    ])
}

/// Returns where an export is, seen from the folder: there, or where it has to be copied to.
fn within(export: &Path, folder: &Path) -> String {
    let full = |path: &Path| fs::canonicalize(path).ok();
    let inside = full(export).zip(full(folder)).and_then(|(export, folder)| {
        let path = export.strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/");
        Some(if path.is_empty() { ".".to_owned() } else { path })
    });
    let name = || export.file_name().map(|name| name.to_string_lossy().into_owned());
    inside.or_else(name).unwrap_or_else(|| "my-export".to_owned())
}

fn told(file: &NewFile, done: Done) -> String {
    let NewFile { path, purpose, .. } = file;
    match done {
        Done::Written => format!("Wrote {path}: {purpose}."),
        Done::AsBefore => format!("{path} is there already, as it would be written."),
        Done::Left => {
            let ignored = IGNORED.trim_end().replace('\n', " and ");
            let more = match &**path {
                ".gitignore" => format!(" See that {ignored} stand in it, each on a line."),
                _ => " --force replaces it, with all that init writes.".to_owned(),
            };
            format!("Left {path} as it is.{more}")
        }
    }
}

/// Says what the user has to do now.
fn tell_next(args: &Args, written: &[&str]) {
    let outside = args.exports.iter().filter(|export| {
        let full = |path: &Path| fs::canonicalize(path).unwrap_or_default();
        !full(export).starts_with(full(&args.dir))
    });
    for export in outside {
        eprintln!(
            "GitHub sees only what is in the repository: copy {} into {}.",
            export.display(),
            args.dir.display()
        );
    }
    if written.contains(&workflow::PATH) && args.program.is_none() && workflow::DEFAULT.is_empty() {
        eprintln!(
            "GitHub has to know where stillpress comes from: in {}, write it after STILLPRESS, in \
             line {}.",
            workflow::PATH,
            workflow::line_of_program()
        );
    }
    if let Some(name) = &args.theme {
        let is_used = written.contains(&config::FILE_NAME);
        let (where_, what) = (config::FILE_NAME, format!("dir = {}", toml::Value::from(&**name)));
        if !is_used {
            eprintln!("To use the theme, write {what} below [theme] in {where_}.");
        }
    }
}
