//! What `fetch` tells at its end.

use std::io::{self, Write as _};

use crate::commands::fetch::keeper::Keeper;
use crate::commands::report::{as_far_as_read, counted};

/// How many of a kind are named that could not be saved.
const NAMED: usize = 10;

/// Tells how much was saved, what was not, and what to do next.
///
/// # Errors
/// It cannot be printed.
pub fn tell(keeper: &Keeper<'_>) -> anyhow::Result<()> {
    keeper.told().iter().for_each(|line| eprintln!("{line}"));
    if keeper.is_quiet() {
        return Ok(());
    }
    let answers = counted(keeper.answers(), "answer", "answers");
    let files = counted(keeper.files(), "file", "files");
    let dir = keeper.dir().display();
    let next = format!(
        "`stillpress serve {dir}` shows the site; `stillpress doctor {dir}` tells what is lacking."
    );
    let nothing = keeper.answers() + keeper.files() == 0;
    let mut out = io::stdout().lock();
    if nothing {
        let note = "What was saved before is not asked for again: for what is new since, name another folder.";
        as_far_as_read(writeln!(out, "{note}"))?;
    }
    Ok(as_far_as_read(writeln!(out, "Saved {answers} and {files} in {dir}.\nNext: {next}"))?)
}

impl Keeper<'_> {
    /// Returns what was not saved, a line each.
    fn told(&self) -> Vec<String> {
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
}

/// Returns how many there are that are not named.
fn more(names: &[String]) -> Option<String> {
    let more = names.len().checked_sub(NAMED).filter(|more| *more > 0)?;
    Some(format!("… and {more} more"))
}
