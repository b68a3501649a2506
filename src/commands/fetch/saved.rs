//! Which answers in a folder are `fetch`'s own, as it saved them: those may be put aside for newer ones.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
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

/// An answer that was saved.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    /// Its name in the folder.
    file: String,
    /// Of its bytes, in hexadecimal digits.
    hash: String,
    /// Who asked, if only somebody who is logged in gets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
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
}

/// Enters an answer into the list of `dir`.
///
/// # Errors
/// The list cannot be written.
pub fn enter(dir: &Path, file: &str, bytes: &[u8], user: Option<&str>) -> anyhow::Result<()> {
    let entry =
        Entry { file: file.to_owned(), hash: hash_of(bytes), user: user.map(str::to_owned) };
    let path = dir.join(LIST);
    let line = serde_json::to_string(&entry)? + "\n";
    let list = OpenOptions::new().create(true).append(true).open(&path);
    let written = list.and_then(|mut list| list.write_all(line.as_bytes()));
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Puts aside the answers of `dir` that are as they were saved, in a folder that is called after `now`.
/// Nothing is deleted.
///
/// # Errors
/// The list cannot be read, or an answer not be moved.
pub fn put_aside(dir: &Path, user: Option<&str>, now: NaiveDateTime) -> anyhow::Result<PutAside> {
    let mut done = PutAside::default();
    for (file, entry) in read(dir)? {
        let path = dir.join(&file);
        let Ok(bytes) = fs::read(&path) else { continue };
        if hash_of(&bytes) != entry.hash {
            done.edited.push(file);
        } else if entry.user.is_some() && user.is_none() {
            done.of_users.push(file);
        } else {
            let to = match &done.to {
                Some(to) => to,
                None => done.to.insert(new_folder(dir, now)?),
            };
            fs::rename(&path, to.join(&file))
                .with_context(|| format!("cannot move {} to {}", path.display(), to.display()))?;
        }
    }
    Ok(done)
}

/// Returns the answers that were saved, by their names. What is no line of the list is passed over, such
/// as one that was not written to its end; so is what would lead out of the folder.
fn read(dir: &Path) -> anyhow::Result<BTreeMap<String, Entry>> {
    let path = dir.join(LIST);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        text => text.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let entries = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
    let entries = entries.filter(|entry| !entry.file.contains(['/', '\\', ':']));
    Ok(entries.map(|entry| (entry.file.clone(), entry)).collect())
}

fn new_folder(dir: &Path, now: NaiveDateTime) -> anyhow::Result<PathBuf> {
    let name = now.format("%Y-%m-%dT%H-%M-%S").to_string();
    let above = dir.join(ASIDE);
    let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
    fs::create_dir_all(&above).with_context(|| format!("cannot make {}", above.display()))?;
    for folder in names.map(|name| above.join(name)) {
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
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

    use super::*;

    const INDEX: &[u8] = br#"{"name":"The Pass"}"#;

    fn save(dir: &Path, file: &str, user: Option<&str>) {
        fs::write(dir.join(file), INDEX).unwrap();
        enter(dir, file, INDEX, user).unwrap();
    }

    fn aside(dir: &Path, user: Option<&str>) -> (usize, PutAside) {
        let now = NaiveDate::from_ymd_opt(2026, 6, 5).unwrap().and_hms_opt(3, 9, 0).unwrap();
        let done = put_aside(dir, user, now).unwrap();
        let moved = done.to.as_deref().map_or(0, |to| fs::read_dir(to).unwrap().count());
        (moved, done)
    }

    #[test]
    fn answers_are_put_aside_but_nothing_that_somebody_else_wrote() {
        let place = TempDir::new().unwrap();
        let dir = place.path();
        fs::write(dir.join("own.json"), "{}").unwrap();
        save(dir, "posts-1.json", None);
        save(dir, "tags-1.json", None);
        fs::write(dir.join("tags-1.json"), "[]").unwrap();
        save(dir, "settings.json", Some("ann"));
        let (moved, done) = aside(dir, None);
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
            save(dir, "posts-1.json", Some("ann"));
            assert_eq!(aside(dir, Some("ann")).1.to, Some(dir.join(expected)));
        }
        assert_eq!(aside(dir, None), (0, PutAside::default()));
    }

    #[test]
    fn a_list_that_is_damaged_leads_nowhere_else() {
        let place = TempDir::new().unwrap();
        let dir = place.path().join("export");
        fs::create_dir(&dir).unwrap();
        fs::write(place.path().join("a.json"), INDEX).unwrap();
        enter(&dir, "../a.json", INDEX, None).unwrap();
        fs::write(dir.join(LIST), fs::read_to_string(dir.join(LIST)).unwrap() + "{\"file\":")
            .unwrap();
        assert_eq!(aside(&dir, None), (0, PutAside::default()));
        assert!(place.path().join("a.json").exists());
    }
}
