//! Builds again when the export, the theme or the configuration changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};
use tokio::sync::watch::Sender;

use crate::commands::serve::Preview;
use crate::commands::serve::events::State;
use crate::config::FILE_NAME;

/// Programs save a file in several steps: one change is what comes within this time.
const PAUSE: Duration = Duration::from_millis(25);

/// How often is looked whether that has passed.
const TICK: Duration = Duration::from_millis(5);

/// How long a browser takes to show a page again. What can wait does, meanwhile: on a small machine
/// it would keep the browser waiting.
const SHOWING: Duration = Duration::from_millis(300);

/// Watches as long as it is kept.
pub type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Builds `preview` again whenever something it is made from changes, and tells `states`.
///
/// # Errors
/// The system cannot watch files.
pub(super) fn start(preview: Preview, states: Sender<State>) -> anyhow::Result<Watcher> {
    let Watched { folders, files } = watched(&preview)?;
    let mut watcher = {
        let (folders, files) = (folders.clone(), files.clone());
        // To read a file is no change: who builds reads them all.
        let is_change = move |event: &DebouncedEvent| {
            let is_ours = |path: &PathBuf| {
                files.contains(path) || folders.iter().any(|folder| path.starts_with(folder))
            };
            !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(is_ours)
        };
        let mut count = 0;
        let rebuild = move |result: DebounceEventResult| {
            if result.is_ok_and(|events| events.iter().any(&is_change)) {
                rebuild(&preview, &states, &mut count);
            }
        };
        new_debouncer(PAUSE, Some(TICK), rebuild).context("cannot watch files")?
    };
    let beside = files.iter().filter_map(|file| file.parent());
    let beside = beside.filter(|beside| !folders.iter().any(|folder| beside.starts_with(folder)));
    let beside: Vec<PathBuf> = beside.map(Path::to_owned).collect();
    let watched = folders.into_iter().map(|folder| (folder, RecursiveMode::Recursive));
    for (path, mode) in
        watched.chain(beside.into_iter().map(|path| (path, RecursiveMode::NonRecursive)))
    {
        watcher.watch(&path, mode).with_context(|| format!("cannot watch {}", path.display()))?;
    }
    Ok(watcher)
}

fn rebuild(preview: &Preview, states: &Sender<State>, count: &mut usize) {
    let state = match preview.rebuild() {
        // What is told may itself be a change, if it goes to a file in the export.
        Ok(0) if matches!(&*states.borrow(), State::Built(_)) => return,
        Ok(changed) => {
            if changed == 0 {
                eprintln!("That is mended: the site is as it was.");
            }
            *count += 1;
            State::Built(*count)
        }
        Err(error) => {
            let why = format!("{error:#}");
            if *states.borrow() == State::Failed(why.clone()) {
                return;
            }
            eprintln!("error: {why}");
            State::Failed(why)
        }
    };
    states.send_replace(state);
    if preview.is_behind() {
        thread::sleep(SHOWING);
        preview.catch_up();
    }
}

/// What a site is made from.
struct Watched {
    folders: Vec<PathBuf>,
    /// A file is watched by its folder: many programs save by putting a new file in the place of the
    /// old one.
    files: Vec<PathBuf>,
}

fn watched(preview: &Preview) -> anyhow::Result<Watched> {
    let settings = preview.config()?.settings;
    let exports = preview.site.exports.iter().filter(|path| path.as_os_str() != "-");
    let whole = exports.clone().chain(&settings.theme.dir).filter(|path| path.is_dir());
    let configuration = settings.file.unwrap_or_else(|| PathBuf::from(FILE_NAME));
    let files = exports.clone().filter(|path| path.is_file()).chain([&configuration]);
    Ok(Watched {
        // Changes are told by whole paths.
        folders: whole.filter_map(|folder| fs::canonicalize(folder).ok()).collect(),
        files: files.filter_map(|file| whole_path(file)).collect(),
    })
}

/// Returns the whole path of a file that may not be there yet.
fn whole_path(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
    Some(folder.join(file.file_name()?))
}
