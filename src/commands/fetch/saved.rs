//! Which answers in a folder are `fetch`'s own, as it saved them: those may be put aside for newer ones.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Where it is kept, a line for each answer. Exports are read without hidden files. It goes into a
/// repository with them: `init` has git ignore what begins with `.stillpress-`.
const LIST: &str = ".saved-by-stillpress.jsonl";

/// Below it are the answers that newer ones took the place of, each time in a folder of their own.
const ASIDE: &str = ".stillpress-before";

/// Stands below [`ASIDE`] from when an update begins until it is whole.
const BEGUN: &str = "unfinished.json";

/// An update that is not whole yet.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Begun {
    /// The folder below [`ASIDE`].
    to: String,
    step: Step,
}

/// What an update was at.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Step {
    Putting,
    Asking,
}

/// Who gets an answer. Names stay out of the list: it may lie in a public repository.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownTo {
    /// Every visitor.
    #[default]
    Anybody,
    /// Somebody who is logged in.
    Users,
}

/// An answer that was saved.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    /// Its name in the folder.
    file: String,
    /// Of its bytes, in hexadecimal digits.
    hash: String,
    #[serde(default)]
    shown_to: ShownTo,
}

/// What became of the answers in a folder that was to be saved anew.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct PutAside {
    /// Where those are that were put aside: none if there were none.
    pub to: Option<PathBuf>,
    /// Answers that are no longer as they were saved. They stay.
    pub edited: Vec<String>,
    /// Answers that only somebody who is logged in gets, while nobody is. They stay.
    pub of_users: Vec<String>,
    /// Whether that was done before, by a run that was interrupted.
    pub was_begun: bool,
}

/// Enters an answer into the list of `dir`.
///
/// # Errors
/// The list cannot be written.
pub fn enter(dir: &Path, file: &str, bytes: &[u8], shown_to: ShownTo) -> anyhow::Result<()> {
    let entry = Entry { file: file.to_owned(), hash: hash_of(bytes), shown_to };
    let path = dir.join(LIST);
    let line = serde_json::to_string(&entry)? + "\n";
    let written = append(&path, line);
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Appends a line, also to a file whose last one was not written to its end.
fn append(path: &Path, line: String) -> io::Result<()> {
    let mut list = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    let mut last = [b'\n'];
    if list.seek(SeekFrom::End(0))? > 0 {
        list.seek(SeekFrom::End(-1))?;
        list.read_exact(&mut last)?;
    }
    let line = if last == *b"\n" { line } else { format!("\n{line}") };
    list.write_all(line.as_bytes())
}

/// Returns whether a file in `dir` is an answer that this command saved, maybe edited since.
///
/// # Errors
/// The list cannot be read.
pub fn is_entered(dir: &Path, file: &str) -> anyhow::Result<bool> {
    Ok(read(dir)?.contains_key(file))
}

/// Puts aside the answers of `dir` that are as they were saved, in a folder that is called after `now`.
/// Nothing is deleted. What was put aside for an update that is not whole is not put aside once more:
/// that goes on.
///
/// # Errors
/// The list cannot be read, or an answer not be moved.
pub fn put_aside(dir: &Path, asks: ShownTo, now: NaiveDateTime) -> anyhow::Result<PutAside> {
    let begun = begun(dir);
    let to = begun.as_ref().map(|begun| dir.join(ASIDE).join(&begun.to));
    let was_begun = begun.is_some_and(|begun| begun.step == Step::Asking);
    let mut done = PutAside { to, was_begun, ..PutAside::default() };
    if was_begun {
        return Ok(done);
    }
    for (file, entry) in read(dir)? {
        let path = dir.join(&file);
        let Ok(bytes) = fs::read(&path) else { continue };
        if hash_of(&bytes) != entry.hash {
            done.edited.push(file);
        } else if entry.shown_to == ShownTo::Users && asks == ShownTo::Anybody {
            done.of_users.push(file);
        } else {
            let to = match &done.to {
                Some(to) => to,
                None => {
                    let to = new_folder(dir, now)?;
                    note(dir, &to, Step::Putting)?;
                    done.to.insert(to)
                }
            };
            fs::rename(&path, to.join(&file))
                .with_context(|| format!("cannot move {} to {}", path.display(), to.display()))?;
        }
    }
    if let Some(to) = &done.to {
        note(dir, to, Step::Asking)?;
    }
    Ok(done)
}

/// Whether an update was interrupted.
pub fn is_begun(dir: &Path) -> bool {
    begun(dir).is_some()
}

/// Notes that an update is whole.
///
/// # Errors
/// The note that it is not cannot be removed.
pub fn finish(dir: &Path) -> anyhow::Result<()> {
    let path = dir.join(ASIDE).join(BEGUN);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Returns the update that was interrupted. A note that is damaged is none.
fn begun(dir: &Path) -> Option<Begun> {
    let above = dir.join(ASIDE);
    let begun: Begun = serde_json::from_slice(&fs::read(above.join(BEGUN)).ok()?).ok()?;
    let is_here = is_name(&begun.to) && above.join(&begun.to).is_dir();
    is_here.then_some(begun)
}

fn note(dir: &Path, to: &Path, step: Step) -> anyhow::Result<()> {
    let to = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let path = dir.join(ASIDE).join(BEGUN);
    let written = fs::write(&path, serde_json::to_vec(&Begun { to, step })?);
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Whether a name leads to nothing outside of the folder it is in.
fn is_name(name: &str) -> bool {
    !name.contains(['/', '\\', ':']) && !matches!(name, "" | "." | "..")
}

/// Returns the answers that were saved, by their names. What is no line of the list is passed over, such
/// as one that was not written to its end; so is what would lead out of the folder.
fn read(dir: &Path) -> anyhow::Result<BTreeMap<String, Entry>> {
    let path = dir.join(LIST);
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let lines = bytes.split(|byte| *byte == b'\n');
    let entries = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
    let entries = entries.filter(|entry| is_name(&entry.file));
    Ok(entries.map(|entry| (entry.file.clone(), entry)).collect())
}

fn new_folder(dir: &Path, now: NaiveDateTime) -> anyhow::Result<PathBuf> {
    let name = now.format("%Y-%m-%dT%H-%M-%S").to_string();
    let above = dir.join(ASIDE);
    let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
    fs::create_dir_all(&above).with_context(|| format!("cannot make {}", above.display()))?;
    for folder in names.map(|name| above.join(name)) {
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => {
                made.with_context(|| format!("cannot make {}", folder.display()))?;
                return Ok(folder);
            }
        }
    }
    unreachable!("numbers do not end")
}

fn hash_of(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use tempfile::TempDir;

    use super::ShownTo::{Anybody, Users};
    use super::*;

    const INDEX: &[u8] = br#"{"name":"The Pass"}"#;

    fn save(dir: &Path, file: &str, to: ShownTo) {
        fs::write(dir.join(file), INDEX).unwrap();
        enter(dir, file, INDEX, to).unwrap();
    }

    fn aside(dir: &Path, to: ShownTo) -> (usize, PutAside) {
        let now = NaiveDate::from_ymd_opt(2026, 6, 5).unwrap().and_hms_opt(3, 9, 0).unwrap();
        let done = put_aside(dir, to, now).unwrap();
        let moved = done.to.as_deref().map_or(0, |to| fs::read_dir(to).unwrap().count());
        (moved, done)
    }

    #[test]
    fn answers_are_put_aside_but_nothing_that_somebody_else_wrote() {
        let place = TempDir::new().unwrap();
        let dir = place.path();
        fs::write(dir.join("own.json"), "{}").unwrap();
        save(dir, "posts-1.json", Anybody);
        save(dir, "tags-1.json", Anybody);
        fs::write(dir.join("tags-1.json"), "[]").unwrap();
        save(dir, "settings.json", Users);
        let (moved, done) = aside(dir, Anybody);
        assert_eq!(moved, 1);
        assert_eq!(done.to, Some(dir.join(".stillpress-before/2026-06-05T03-09-00")));
        assert_eq!(done.edited, ["tags-1.json"]);
        assert_eq!(done.of_users, ["settings.json"]);
        assert!(dir.join("own.json").exists() && dir.join("settings.json").exists());
        assert!(!dir.join("posts-1.json").exists());
    }

    #[test]
    fn nothing_is_put_over_what_was_put_aside_before() {
        let place = TempDir::new().unwrap();
        let dir = place.path();
        for expected in
            [".stillpress-before/2026-06-05T03-09-00", ".stillpress-before/2026-06-05T03-09-00-2"]
        {
            save(dir, "posts-1.json", Users);
            assert_eq!(aside(dir, Users).1.to, Some(dir.join(expected)));
            finish(dir).unwrap();
        }
        assert_eq!(aside(dir, Anybody), (0, PutAside::default()));
    }

    #[test]
    fn an_update_that_was_interrupted_goes_on() {
        let place = TempDir::new().unwrap();
        let dir = place.path();
        save(dir, "posts-1.json", Anybody);
        save(dir, "tags-1.json", Anybody);
        let to = aside(dir, Anybody).1.to;
        save(dir, "posts-1.json", Anybody);
        let (moved, done) = aside(dir, Anybody);
        assert_eq!((moved, &done.to, done.was_begun), (2, &to, true));
        assert!(is_begun(dir) && dir.join("posts-1.json").exists());
        // While answers were put aside, the rest of them is.
        note(dir, to.as_ref().unwrap(), Step::Putting).unwrap();
        save(dir, "users-1.json", Anybody);
        let (moved, done) = aside(dir, Anybody);
        assert_eq!((moved, &done.to, done.was_begun), (3, &to, false));
        finish(dir).unwrap();
        finish(dir).unwrap();
        assert!(!is_begun(dir));
    }

    #[test]
    fn a_line_that_was_not_written_to_its_end_spoils_no_other() {
        let place = TempDir::new().unwrap();
        let dir = place.path();
        fs::write(dir.join(LIST), b"{\"file\":\"\xff").unwrap();
        save(dir, "posts-1.json", Anybody);
        save(dir, "tags-1.json", Anybody);
        assert_eq!(aside(dir, Anybody).0, 2);
    }

    #[test]
    fn a_list_that_is_damaged_leads_nowhere_else() {
        let place = TempDir::new().unwrap();
        let dir = place.path().join("export");
        fs::create_dir(&dir).unwrap();
        fs::write(place.path().join("a.json"), INDEX).unwrap();
        enter(&dir, "../a.json", INDEX, Anybody).unwrap();
        fs::write(dir.join(LIST), fs::read_to_string(dir.join(LIST)).unwrap() + "{\"file\":")
            .unwrap();
        assert_eq!(aside(&dir, Anybody), (0, PutAside::default()));
        assert!(place.path().join("a.json").exists());
    }
}
