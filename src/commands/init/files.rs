//! Writes files that are new, and asks before it replaces what is there.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

/// A file to write.
#[derive(Debug)]
pub struct NewFile {
    /// Seen from the folder that is written into, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// What it is good for, in words that go on after its name and a colon.
    pub purpose: &'static str,
}

/// Whether what is there may be replaced without asking.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Force {
    /// The user is asked, if there is one.
    No,
    /// It may.
    Yes,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Done {
    /// It is new, or replaces another.
    Written,
    /// There was one with the same text.
    AsBefore,
    /// There was another, and it stays, as a list of what git passes over always does.
    Left,
}

/// Writes a file below `folder`.
///
/// # Errors
/// It cannot be written.
pub fn write(folder: &Path, file: &NewFile, force: Force) -> anyhow::Result<Done> {
    let path = folder.join(&file.path);
    let writing = || format!("cannot write {}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(writing)?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut new) => {
            new.write_all(file.text.as_bytes()).with_context(writing)?;
            return Ok(Done::Written);
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(writing),
    }
    if fs::read(&path).is_ok_and(|text| text == file.text.as_bytes()) {
        return Ok(Done::AsBefore);
    }
    // In a list of many tools' own lines nobody's are replaced.
    if file.path == ".gitignore" || (force == Force::No && !may_replace(&path)?) {
        return Ok(Done::Left);
    }
    fs::write(&path, &file.text).with_context(writing)?;
    Ok(Done::Written)
}

/// Asks the user, if there is one.
fn may_replace(path: &Path) -> anyhow::Result<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(false);
    }
    eprint!("{} is there already. Replace it? [y/N] ", path.display());
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("cannot read the answer")?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "Yes"))
}
