//! Saves answers and files into a folder, each whole or not at all, and never over another.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use anyhow::{Context, ensure};
use chrono::Local;
use indicatif::ProgressBar;
use tempfile::NamedTempFile;

use crate::commands::doctor::saving::Save;
use crate::commands::fetch::answers::{self, Answer};
use crate::commands::fetch::client::{Client, Login, NotCopied, Reply};
use crate::commands::fetch::saved::{PutAside, ShownTo};
use crate::commands::fetch::{index, saved};

/// What the root index is called.
const INDEX: &str = "index.json";

/// How many files are asked for at once.
const AT_ONCE: usize = 4;

/// Whether it is told what goes well.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress {
    /// It is.
    Told,
    /// Only what could not be saved is.
    Silent,
}

/// Saves answers and files of one site into one folder.
#[derive(Debug)]
pub struct Keeper<'a> {
    client: Client,
    pub(super) dir: &'a Path,
    pub(super) progress: Progress,
    /// Which of the forms of addresses the site answered last.
    form: usize,
    /// What was asked for in this run.
    pub(super) asked: HashSet<String>,
    /// How many answers were saved.
    pub(super) answers: usize,
    /// How many files were saved.
    pub(super) files: usize,
    /// What the site does not show to everybody.
    pub(super) refused: Vec<String>,
    /// Files that it does not have.
    pub(super) gone: Vec<String>,
    /// What could not be saved, and why.
    pub(super) failed: Vec<String>,
    /// What became of the answers that were there before, if all was asked for anew.
    pub(super) before: Option<PutAside>,
}

impl<'a> Keeper<'a> {
    /// Returns a keeper that has saved nothing.
    pub fn new(client: Client, dir: &'a Path, progress: Progress) -> Self {
        Self {
            client,
            dir,
            progress,
            form: 0,
            asked: HashSet::new(),
            answers: 0,
            files: 0,
            refused: Vec::new(),
            gone: Vec::new(),
            failed: Vec::new(),
            before: None,
        }
    }

    /// Whether all that the site shows was saved.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty()
    }

    /// Asks for one answer, and tells what it is.
    ///
    /// # Errors
    /// No answer comes. The text says why.
    pub fn ask(&self, address: &str, login: Option<&Login>) -> Result<(Answer, Reply), String> {
        let reply = self.client.ask(address, login)?;
        Ok((answers::tell(&reply.bytes), reply))
    }

    /// Asks in the form that the site answered last, then in the other.
    ///
    /// # Errors
    /// No answer comes in either. The text says why.
    pub(super) fn ask_in_any_form(
        &mut self,
        addresses: &[String],
        login: Option<&Login>,
    ) -> Result<(Answer, Reply), String> {
        let forms = [self.form, 1 - self.form];
        let mut last = Err("there is no address".to_owned());
        for form in forms.into_iter().filter(|form| *form < addresses.len()) {
            last = self.ask(&addresses[form], login);
            if matches!(&last, Ok((answer, _)) if *answer != Answer::Foreign) {
                self.form = form;
                break;
            }
        }
        last
    }

    /// Makes sure that the folder does not hold another site than that of a root index.
    ///
    /// # Errors
    /// It does.
    pub fn check_index(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let is_another = fs::read(self.dir.join(INDEX)).is_ok_and(|own| index::differ(&own, bytes));
        ensure!(
            !is_another,
            "{} holds another site: name another folder with --dir",
            self.dir.display()
        );
        Ok(())
    }

    /// Puts aside what was saved before, so that it is asked for anew.
    ///
    /// # Errors
    /// It cannot be moved.
    pub fn put_aside(&mut self, login: Option<&Login>) -> anyhow::Result<()> {
        let now = Local::now().naive_local();
        self.before = Some(saved::put_aside(self.dir, shown_to(login), now)?);
        Ok(())
    }

    /// Writes the root index, unless it is there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_index(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.write(INDEX, bytes, None)
    }

    /// Writes an answer into a file that is not there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, file: &str, bytes: &[u8], login: Option<&Login>) -> anyhow::Result<()> {
        let path = self.dir.join(file);
        if path.exists() {
            return Ok(());
        }
        let made = fs::create_dir_all(self.dir);
        made.with_context(|| format!("cannot make {}", self.dir.display()))?;
        // First: what is in no list is never asked for again.
        saved::enter(self.dir, file, bytes, shown_to(login))?;
        let written = keep(&path, |kept| kept.write_all(bytes));
        written.with_context(|| format!("cannot write {}", path.display()))?;
        self.answers += 1;
        if self.progress == Progress::Told {
            eprintln!("{file}");
        }
        Ok(())
    }

    /// Saves the files that are not there.
    pub fn save_files(&mut self, files: &[Save]) {
        let bar = match self.progress {
            Progress::Told => ProgressBar::new(files.len() as u64),
            Progress::Silent => ProgressBar::hidden(),
        };
        let next = AtomicUsize::new(0);
        let (sender, saved) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                let (sender, next, bar, keeper) = (sender.clone(), &next, &bar, &*self);
                scope.spawn(move || {
                    while let Some((number, file)) = take(files, next) {
                        if sender.send((number, keeper.save_file(file))).is_err() {
                            return;
                        }
                        bar.inc(1);
                    }
                });
            }
            drop(sender);
        });
        let mut saved: Vec<(usize, Result<(), NotCopied>)> = saved.into_iter().collect();
        bar.finish_and_clear();
        // In whichever order they came.
        saved.sort_unstable_by_key(|(number, _)| *number);
        for (number, saved) in saved {
            let address = &files[number].addresses[0];
            match saved {
                Ok(()) => self.files += 1,
                Err(NotCopied::Gone) => self.gone.push(address.clone()),
                Err(NotCopied::Failed(reason)) => {
                    self.failed.push(format!("cannot save {address}: {reason}"));
                }
            }
        }
    }

    fn save_file(&self, save: &Save) -> Result<(), NotCopied> {
        let path = self.dir.join(&save.file);
        if path.exists() {
            return Ok(());
        }
        let mut trouble = None;
        let kept = keep(&path, |kept| {
            self.client.copy(&save.addresses[0], kept).map_err(|told| {
                trouble = Some(told);
                io::Error::other("not copied")
            })
        });
        kept.map_err(|error| trouble.unwrap_or_else(|| NotCopied::Failed(error.to_string())))
    }
}

fn shown_to(login: Option<&Login>) -> ShownTo {
    if login.is_some() { ShownTo::Users } else { ShownTo::Anybody }
}

/// Returns the next of `files` that nobody has taken.
fn take<'f>(files: &'f [Save], next: &AtomicUsize) -> Option<(usize, &'f Save)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, files.get(number)?))
}

/// Makes a file, whole or not at all. One that another run has made in the meantime stays.
fn keep(path: &Path, fill: impl FnOnce(&mut NamedTempFile) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Others may read it, as if it had been made in the usual way.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut kept = builder.prefix(".stillpress-").tempfile_in(folder)?;
    fill(&mut kept)?;
    match kept.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_run_has_made_in_the_meantime_stays() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("posts-1.json");
        let kept = keep(&path, |kept| {
            fs::write(&path, "theirs")?;
            kept.write_all(b"ours")
        });
        assert!(kept.is_ok());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
