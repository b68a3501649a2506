//! Builds again when the export, the theme or the configuration changes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use tokio::sync::watch::Sender;

use crate::commands::report::Detail;
use crate::commands::serve::Preview;
use crate::commands::serve::events::State;
use crate::config::FILE_NAME;

/// Programs save a file in several steps: one change is what comes within this time.
const PAUSE: Duration = Duration::from_millis(100);

/// Watches as long as it is kept.
pub type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Builds `preview` again whenever something it is made from changes, and tells `states`.
///
/// # Errors
/// The system cannot watch files.
pub(super) fn start(preview: Preview, states: Sender<State>) -> anyhow::Result<Watcher> {
    let watched = watched(&preview)?;
    let mut count = 0;
    let rebuild = move |result: DebounceEventResult| {
        // To read a file is no change: who builds reads them all.
        let is_change = |kind: &EventKind| !matches!(kind, EventKind::Access(_));
        if !result.is_ok_and(|events| events.iter().any(|event| is_change(&event.kind))) {
            return;
        }
        let state = match preview.build(Detail::Quiet) {
            Ok(()) => {
                count += 1;
                State::Built(count)
            }
            Err(error) => {
                eprintln!("error: {error:#}");
                State::Failed(format!("{error:#}"))
            }
        };
        states.send_replace(state);
    };
    let mut watcher = new_debouncer(PAUSE, None, rebuild).context("cannot watch files")?;
    for (path, mode) in watched {
        watcher.watch(&path, mode).with_context(|| format!("cannot watch {}", path.display()))?;
    }
    Ok(watcher)
}

/// Returns what a site is made from. A file is watched by its folder: many programs save by putting
/// a new file in the place of the old one.
fn watched(preview: &Preview) -> anyhow::Result<Vec<(PathBuf, RecursiveMode)>> {
    let settings = preview.config()?.settings;
    let exports = preview.site.exports.iter().filter(|path| path.as_os_str() != "-");
    let whole = exports.clone().chain(&settings.theme.dir).filter(|path| path.is_dir());
    let mut watched: Vec<(PathBuf, RecursiveMode)> =
        whole.map(|path| (path.clone(), RecursiveMode::Recursive)).collect();
    let configuration = settings.file.unwrap_or_else(|| PathBuf::from(FILE_NAME));
    let files = exports.filter(|path| path.is_file()).chain([&configuration]);
    watched.extend(files.filter_map(|file| Some((folder_of(file)?, RecursiveMode::NonRecursive))));
    Ok(watched)
}

fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent()?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.is_dir().then(|| folder.to_owned())
}
