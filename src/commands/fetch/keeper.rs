//! Saves answers and files into a folder, each whole or not at all, and never over another.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use anyhow::Context;
use indicatif::ProgressBar;
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_64;

use crate::commands::doctor::LARGEST_PAGE;
use crate::commands::doctor::saving::Save;
use crate::commands::fetch::answers::{self, Answer};
use crate::commands::fetch::client::{Client, Login, NotCopied, Reply};

/// How many files are asked for at once.
const AT_ONCE: usize = 4;

/// The most pages of a list: a million records.
const MOST_PAGES: usize = 10_000;

/// How many of a kind are named that could not be saved.
const NAMED: usize = 10;

/// Saves answers and files of one site into one folder.
#[derive(Debug)]
pub struct Keeper<'a> {
    client: Client,
    dir: &'a Path,
    is_quiet: bool,
    /// Which of the forms of addresses the site answered last.
    form: usize,
    asked: HashSet<String>,
    answers: usize,
    files: usize,
    /// What the site does not show to everybody.
    refused: Vec<String>,
    /// Files that it does not have.
    gone: Vec<String>,
    /// What could not be saved, and why.
    failed: Vec<String>,
}

impl<'a> Keeper<'a> {
    /// Returns a keeper that has saved nothing.
    pub fn new(client: Client, dir: &'a Path, is_quiet: bool) -> Self {
        Self {
            client,
            dir,
            is_quiet,
            form: 0,
            asked: HashSet::new(),
            answers: 0,
            files: 0,
            refused: Vec::new(),
            gone: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Returns how many answers were saved.
    pub fn answers(&self) -> usize {
        self.answers
    }

    /// Returns how many files were saved.
    pub fn files(&self) -> usize {
        self.files
    }

    /// Returns the folder.
    pub fn dir(&self) -> &Path {
        self.dir
    }

    /// Whether nothing is said of what went well.
    pub fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Whether all that the site shows was saved.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty()
    }

    /// Returns what was not saved, a line each.
    pub fn told(&self) -> Vec<String> {
        let mut told: Vec<String> = self.failed.iter().take(NAMED).cloned().collect();
        told.extend(more(&self.failed));
        if !told.is_empty() {
            told.push("Run the command again: it goes on where it was.".to_owned());
        }
        for (what, names) in [
            ("The site does not show to visitors", &self.refused),
            ("The site does not have", &self.gone),
        ] {
            if !names.is_empty() {
                let named: Vec<String> = names.iter().take(NAMED).cloned().collect();
                let more = more(names).map(|more| format!(" {more}")).unwrap_or_default();
                told.push(format!("{what}: {}{more}", named.join(", ")));
            }
        }
        told
    }

    /// Asks for one answer, and tells what it is.
    ///
    /// # Errors
    /// There is none. The text says why.
    pub fn ask(&self, address: &str, login: Option<&Login>) -> Result<(Answer, Reply), String> {
        let reply = self.client.ask(address, login)?;
        Ok((answers::tell(&reply.bytes), reply))
    }

    /// Saves an answer, or all pages of one.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&mut self, save: &Save) -> anyhow::Result<()> {
        let Some(first) = save.first_page() else {
            self.save_one(&save.file, &save.addresses, None)?;
            return Ok(());
        };
        let mut before = None;
        for page in first..first.saturating_add(MOST_PAGES) {
            let next = self.save_one(&save.file_of(page), &save.addresses_of(page), None)?;
            let Next::More(hash) = next else { return Ok(()) };
            // Some sites do not count, and answer the first page for each.
            if before == Some(hash) {
                self.failed.push(format!("{} is the page before once more", save.file_of(page)));
                return Ok(());
            }
            before = Some(hash);
        }
        self.failed.push(format!("{} has no end", save.file));
        Ok(())
    }

    /// Saves an answer that only somebody who is logged in gets.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save_as(&mut self, save: &Save, login: &Login) -> anyhow::Result<()> {
        self.save_one(&save.file, &save.addresses, Some(login)).map(|_| ())
    }

    /// Saves one answer, unless it is there from a run before. Returns whether there may be a next
    /// page.
    fn save_one(
        &mut self,
        file: &str,
        addresses: &[String],
        login: Option<&Login>,
    ) -> anyhow::Result<Next> {
        let path = self.dir.join(file);
        if path.exists() {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {file}"))?;
            return Ok(Next::after(&answers::tell(&bytes), &bytes));
        }
        if !self.asked.insert(addresses[0].clone()) {
            return Ok(Next::None);
        }
        let (answer, reply) = match self.ask_in_any_form(addresses, login) {
            Ok(answered) => answered,
            Err(reason) => {
                self.failed.push(format!("cannot save {file}: {reason}"));
                return Ok(Next::None);
            }
        };
        match &answer {
            Answer::List(_) | Answer::Single => {
                self.write(file, &reply.bytes)?;
                let is_last =
                    reply.pages.is_some_and(|pages| file.ends_with(&format!("-{pages}.json")));
                let next = Next::after(&answer, &reply.bytes);
                return Ok(if is_last { Next::None } else { next });
            }
            // So a list ends whose last page was full.
            Answer::Refused(code) if code.ends_with("_invalid_page_number") => {}
            Answer::Refused(code) => self.refused.push(format!("{file} (`{code}`)")),
            Answer::Foreign => {
                let status = reply.status;
                self.failed.push(format!(
                    "cannot save {file}: status {status}, and no answer of the REST API"
                ));
            }
        }
        Ok(Next::None)
    }

    /// Asks in the form that the site answered last, then in the other.
    fn ask_in_any_form(
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

    /// Writes an answer into a file that is not there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, file: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.dir.join(file);
        if path.exists() {
            return Ok(());
        }
        let written = keep(&path, |kept| kept.write_all(bytes));
        written.with_context(|| format!("cannot write {}", path.display()))?;
        self.answers += 1;
        if !self.is_quiet {
            eprintln!("{file}");
        }
        Ok(())
    }

    /// Saves the files that are not there.
    pub fn save_files(&mut self, files: &[Save]) {
        let bar = if self.is_quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        bar.set_length(files.len() as u64);
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

/// Returns how many there are that are not named.
fn more(names: &[String]) -> Option<String> {
    let more = names.len().checked_sub(NAMED).filter(|more| *more > 0)?;
    Some(format!("… and {more} more"))
}

/// Whether a list goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    /// There may be a page after one with this hash.
    More(u64),
    None,
}

impl Next {
    fn after(answer: &Answer, bytes: &[u8]) -> Self {
        match answer {
            Answer::List(count) if *count >= LARGEST_PAGE => Self::More(xxh3_64(bytes)),
            _ => Self::None,
        }
    }
}

/// Returns the next of `files` that nobody has taken.
fn take<'f>(files: &'f [Save], next: &AtomicUsize) -> Option<(usize, &'f Save)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, files.get(number)?))
}

/// Makes a file, whole or not at all.
fn keep(path: &Path, fill: impl FnOnce(&mut NamedTempFile) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut kept = tempfile::Builder::new().prefix(".stillpress-").tempfile_in(folder)?;
    fill(&mut kept)?;
    kept.persist_noclobber(path)?;
    Ok(())
}
