//! Opens the output folder: a new one that nobody sees before it is complete, or one that is
//! there and may be written to.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use tempfile::TempDir;

use crate::diagnostics::Warned;
use crate::output::disk::{Disk, Fuse, doing};
use crate::output::manifest::FILE;
use crate::output::staging::{self, Staging};
use crate::output::standing::Known;
use crate::output::{Force, diagnostics, journal};

/// What a folder may hold and still count as empty, as a checkout for GitHub Pages does.
const HARMLESS: [&str; 6] =
    [".git", ".gitignore", ".nojekyll", ".DS_Store", "CNAME", staging::FOLDER];

/// The beginning of the names of new folders that nobody is to see yet.
const NEW: &str = ".stillpress-new-";

/// An open output folder.
#[derive(Debug)]
pub(super) struct Root {
    /// The folder files are written to.
    pub disk: Disk,
    pub staging: Staging,
    /// What the last build wrote.
    pub known: Known,
    /// `None` if the folder was there before.
    pub new: Option<New>,
}

/// A folder beside the output folder, which is renamed to it when all is there.
#[derive(Debug)]
pub(super) struct New {
    folder: Option<TempDir>,
    root: PathBuf,
    /// The folders that were made above it, the innermost first.
    above: Vec<PathBuf>,
}

/// Opens the output folder.
pub(super) fn open(root: &Path, force: Force, fuse: Fuse) -> anyhow::Result<Warned<Root>> {
    let doing = || doing("opening the output folder", root);
    let full = std::path::absolute(root).with_context(doing)?;
    match fs::metadata(&full) {
        Ok(metadata) if metadata.is_dir() => open_existing(full, force, fuse).with_context(doing),
        Ok(_) => bail!("the output folder `{}` is a file; choose another name", root.display()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if fs::symlink_metadata(&full).is_ok() {
                bail!("the output folder `{}` is a link that leads nowhere", root.display());
            }
            open_new(full, fuse).with_context(doing).map(Warned::quiet)
        }
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(no_folder(full.parent().unwrap_or(&full), &error)).with_context(doing)
        }
        Err(error) => Err(error).with_context(doing),
    }
}

fn open_existing(folder: PathBuf, force: Force, fuse: Fuse) -> anyhow::Result<Warned<Root>> {
    // Before anything is made in it: a folder that is not ours stays untouched.
    if force == Force::No {
        refuse_foreign(&folder)?;
    }
    let disk = Disk { folder, fuse };
    let staging = Staging::open(&disk)?;
    journal::resume(&disk).with_context(|| {
        let staging = disk.at(staging::FOLDER);
        format!(
            "finishing a build that was interrupted; to give it up, remove `{}`",
            staging.display()
        )
    })?;
    staging.clear(&disk)?;
    let mut diagnostics = Vec::new();
    let known = match Known::read(&disk) {
        Ok(known) => known.unwrap_or_default(),
        Err(error) if force == Force::Yes => {
            diagnostics.push(diagnostics::damaged_manifest(&error));
            Known::default()
        }
        Err(error) => {
            return Err(error.context(format!(
                "`{FILE}`, in which stillpress lists what it wrote, is damaged; with --force it is \
                 written anew, and files that are no longer part of the site stay"
            )));
        }
    };
    Ok(Warned { value: Root { disk, staging, known, new: None }, diagnostics })
}

/// Fails if a folder holds files but no manifest, and no journal that will make one.
fn refuse_foreign(folder: &Path) -> anyhow::Result<()> {
    let has = |path: &str| fs::symlink_metadata(folder.join(path)).is_ok();
    if has(FILE) || has(staging::JOURNAL) {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !HARMLESS.iter().any(|harmless| name == *harmless) {
            bail!(
                "it holds `{}`, and no `{FILE}`, in which stillpress lists what it wrote; choose \
                 another folder, or use --force to write into it",
                name.display()
            );
        }
    }
    Ok(())
}

fn open_new(root: PathBuf, fuse: Fuse) -> anyhow::Result<Root> {
    let parent = root.parent().unwrap_or(&root).to_owned();
    let missing = parent.ancestors().take_while(|folder| !folder.exists());
    let above: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    fs::create_dir_all(&parent).map_err(|error| no_folder(&parent, &error))?;
    remove_dead_siblings(&parent);
    let folder = make_temporary(&parent).map_err(|error| no_folder(&parent, &error))?;
    let disk = Disk { folder: folder.path().to_owned(), fuse };
    let new = New { folder: Some(folder), root, above };
    let staging = Staging::open(&disk)?;
    Ok(Root { disk, staging, known: Known::default(), new: Some(new) })
}

/// Says that no folder can be made, without the name it would have had for a while.
fn no_folder(place: &Path, error: &io::Error) -> anyhow::Error {
    let (place, reason) = (place.display(), error.kind());
    anyhow!("no folder can be made in `{place}` ({reason}); choose another with --output-dir")
}

fn make_temporary(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(NEW);
    // A site is read by a web server, which is somebody else. The umask still holds.
    #[cfg(unix)]
    let open_to_all = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777);
    #[cfg(unix)]
    builder.permissions(open_to_all);
    builder.tempdir_in(parent)
}

/// Removes the new folders that killed builds left in `parent`. That one cannot be removed is no
/// reason not to build.
fn remove_dead_siblings(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let is_new = entry.file_name().to_str().is_some_and(|name| name.starts_with(NEW));
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_new && is_folder && staging::is_abandoned(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl New {
    /// Gives the folder its name, and returns it: from now on everybody sees it.
    pub fn appear(mut self) -> anyhow::Result<PathBuf> {
        let folder = self.folder.take().expect("it is taken only here and when dropped");
        let renamed = fs::rename(folder.path(), &self.root);
        renamed.with_context(|| doing("giving its name to the output folder", &self.root))?;
        // There is nothing left of it to remove, nor of the folders above it.
        let _ = folder.keep();
        self.above.clear();
        Ok(self.root.clone())
    }
}

impl Drop for New {
    fn drop(&mut self) {
        drop(self.folder.take());
        for folder in &self.above {
            // Fails, as it should, if somebody else has put something there.
            let _ = fs::remove_dir(folder);
        }
    }
}
