//! What other sites answered before, in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, anyhow};
use serde::{Deserialize, Serialize};

/// Whether an address on another site is still good.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is.
    Alive,
    /// It is not, for this reason.
    Gone(String),
    /// It cannot be told, for this reason.
    Unsure(String),
}

/// What is known, and where it is kept.
#[derive(Debug)]
pub struct Remembered {
    file: PathBuf,
    now: u64,
    answers: BTreeMap<String, Answer>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Answer {
    /// In seconds since 1970.
    asked: u64,
    verdict: Verdict,
}

const DAY: u64 = 24 * 60 * 60;

impl Verdict {
    /// The verdict on an address whose host does not exist.
    pub fn no_such_host() -> Self {
        Self::Gone("there is no such host".to_owned())
    }

    /// Returns for how long it holds, in seconds: what is not there may be so for a moment only.
    fn lasts(&self) -> u64 {
        match self {
            Self::Alive => 30 * DAY,
            Self::Gone(_) | Self::Unsure(_) => DAY,
        }
    }
}

impl Remembered {
    /// Reads what was learnt before.
    ///
    /// # Errors
    /// The file is there, but is not ours or cannot be read.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let shown = file.display();
        let answers = match fs::read(file) {
            Ok(text) => serde_json::from_slice(&text).with_context(|| {
                format!("{shown} does not hold answers of other sites; delete it, or name another")
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
        };
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(Self { file: file.to_owned(), now: since.as_secs(), answers })
    }

    /// Returns what is known of an address, if that was learnt lately.
    pub fn verdict(&self, url: &str) -> Option<Verdict> {
        let answer = self.answers.get(url)?;
        let age = self.now.saturating_sub(answer.asked);
        (age < answer.verdict.lasts()).then(|| answer.verdict.clone())
    }

    /// Adds what was learnt just now.
    pub fn learn(&mut self, url: &str, verdict: Verdict) {
        self.answers.insert(url.to_owned(), Answer { asked: self.now, verdict });
    }

    /// Writes all of it, or nothing.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self) -> anyhow::Result<()> {
        let doing = || format!("cannot write {}", self.file.display());
        let folder = self.file.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder).with_context(doing)?;
        let mut whole = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
        serde_json::to_writer_pretty(&mut whole, &self.answers).with_context(doing)?;
        whole.persist(&self.file).with_context(doing)?;
        Ok(())
    }
}

/// Returns the file that is used unless another is named.
///
/// # Errors
/// The system tells no place for such files.
pub fn default_file() -> anyhow::Result<PathBuf> {
    let folder = dirs::cache_dir().ok_or_else(|| {
        anyhow!(
            "no place is known for what other sites answer; name a file with --external-answers"
        )
    })?;
    Ok(folder.join("stillpress").join("external-links.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_for_some_days() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.json");
        let mut remembered = Remembered::open(&file).unwrap();
        remembered.learn("alive", Verdict::Alive);
        remembered.learn("gone", Verdict::no_such_host());
        remembered.save().unwrap();
        let mut later = Remembered::open(&file).unwrap();
        assert_eq!(later.verdict("gone"), Some(Verdict::no_such_host()));
        later.now += 2 * DAY;
        assert_eq!(later.verdict("gone"), None);
        assert_eq!(later.verdict("alive"), Some(Verdict::Alive));
        later.now += 30 * DAY;
        assert_eq!(later.verdict("alive"), None);
        assert_eq!(later.verdict("never"), None);
    }

    #[test]
    fn a_file_of_somebody_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter.txt");
        fs::write(&file, "Dear").unwrap();
        assert!(Remembered::open(&file).unwrap_err().to_string().contains("name another"));
    }
}
