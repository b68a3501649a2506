//! A folder that a build wrote, looked at by somebody who only reads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

use crate::output::disk::{Disk, Fuse, doing};
use crate::output::manifest::FILE;
use crate::output::staging;
use crate::output::standing::{Known, Standing};

/// A whole site in its folder.
#[derive(Debug)]
pub struct Finished {
    /// The folder.
    pub folder: PathBuf,
    /// Where the site will be. Empty if that is not known.
    pub address: String,
    /// Whether the site shows what is not public.
    pub is_preview: bool,
    /// Whether each file is as the build wanted it. One may be the user's own instead.
    pub is_complete: bool,
    /// Files that are no longer part of the site, and stay because somebody changed them.
    pub left: Vec<String>,
    known: Known,
}

impl Finished {
    /// Opens a folder that a build wrote.
    ///
    /// # Errors
    /// There is none, it is not one of ours, or files of the site in it are gone.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let shown = folder.display();
        match fs::metadata(folder) {
            Ok(metadata) => ensure!(
                metadata.is_dir(),
                "`{shown}` is a file; name the folder that `stillpress build` wrote"
            ),
            Err(_) => bail!(
                "there is no folder `{shown}`; make the site with `stillpress build`, or name its \
                 folder"
            ),
        }
        let full = std::path::absolute(folder).with_context(|| doing("finding", folder))?;
        let disk = Disk { folder: full, fuse: Fuse::default() };
        ensure!(
            !disk.at(staging::FOLDER).exists(),
            "a build is writing to `{shown}`, or was interrupted; wait for it to end, or build again"
        );
        let known = Known::read(&disk).context("build the site again")?;
        let known = known.with_context(|| {
            format!(
                "`{shown}` was not written by stillpress: it has no `{FILE}`; name the folder that \
                 `stillpress build` wrote"
            )
        })?;
        let gone: Vec<&str> = known
            .iter()
            .filter(|(_, standing)| *standing == Standing::Gone)
            .filter(|(entry, _)| !known.manifest.left.contains(&entry.path))
            .map(|(entry, _)| &*entry.path)
            .collect();
        if let Some(first) = gone.first() {
            let what = match gone.len() {
                1 => "a file that was built is gone".to_owned(),
                count => format!("{count} files that were built are gone"),
            };
            let example = if gone.len() == 1 { "" } else { "such as " };
            bail!("{what} from `{shown}`, {example}`{first}`; build the site again");
        }
        let address = known.manifest.address.clone();
        let (is_preview, is_complete) = (known.manifest.is_preview, known.manifest.complete);
        let is_there =
            |path: &str| known.get(path).is_some_and(|(_, standing)| standing != Standing::Gone);
        let left = known.manifest.left.iter().filter(|path| is_there(path));
        let left = left.map(|path| path.to_string()).collect();
        Ok(Self { folder: disk.folder, address, is_preview, is_complete, left, known })
    }

    /// Returns whether the build wrote the file at `path`, which is relative and uses `/`.
    pub fn wrote(&self, path: &str) -> bool {
        self.known.get(path).is_some()
    }
}
