//! What `fetch` tells at its end.

use std::io::{self, Write as _};

use crate::commands::fetch::changes::{self, Changes};
use crate::commands::fetch::keeper::{Keeper, Progress};
use crate::commands::fetch::saved::PutAside;
use crate::commands::report::{as_far_as_read, counted};

/// How many of a kind are named.
const NAMED: usize = 10;

/// Tells how much was saved, what was not, and what to do next.
///
/// # Errors
/// It cannot be printed.
pub fn tell(keeper: &Keeper<'_>) -> anyhow::Result<()> {
    keeper.told().iter().chain(&keeper.told_of_old()).for_each(|line| eprintln!("{line}"));
    if keeper.progress == Progress::Silent {
        return Ok(());
    }
    let answers = counted(keeper.answers, "answer", "answers");
    let files = counted(keeper.files, "file", "files");
    let dir = keeper.dir.display();
    let next = format!(
        "`stillpress serve {dir}` shows the site; `stillpress doctor {dir}` tells what is lacking."
    );
    let nothing = keeper.answers + keeper.files == 0;
    let mut out = io::stdout().lock();
    for line in keeper.told_of_before()? {
        as_far_as_read(writeln!(out, "{line}"))?;
    }
    if nothing && keeper.before.is_none() {
        let note = "What was saved before is not asked for again, but with --update.";
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
            told.extend(listed(what, names));
        }
        told
    }

    /// Returns what became of the answers that were there before, and what the site changed since.
    fn told_of_before(&self) -> anyhow::Result<Vec<String>> {
        let Some(PutAside { to, edited, was_begun, .. }) = &self.before else {
            return Ok(Vec::new());
        };
        let mut told = Vec::new();
        if *was_begun {
            told.push("This went on with the update that was interrupted.".to_owned());
        }
        let Some(to) = to else {
            told.push("There was no other answer that this command had saved.".to_owned());
            return Ok(told);
        };
        told.push(format!("What was saved before is in {}.", to.display()));
        // Of what could not be saved nobody knows whether it is there, nor of what moved to a page of a
        // list that was not asked for.
        if self.is_complete() && !edited.iter().any(|file| list_of(file).is_some()) {
            told.extend(changes::between(to, self.dir)?.told());
        }
        Ok(told)
    }

    /// Returns which answers were not asked for anew, a line each.
    fn told_of_old(&self) -> Vec<String> {
        let Some(PutAside { edited, of_users, .. }) = &self.before else { return Vec::new() };
        let edited = edited.iter().map(|file| {
            let told =
                format!("{file} is not as it was saved, and stays: remove it to ask for it anew");
            match list_of(file) {
                Some(list) => {
                    format!("{told}. Others of the {list} that are on that page now are lacking")
                }
                None => told,
            }
        });
        let of_users = of_users.iter().map(|file| {
            format!("{file} was saved by somebody logged in, and stays: --user asks for it anew")
        });
        edited.chain(of_users).collect()
    }
}

impl Changes {
    /// Returns what there is to tell, a line each.
    fn told(&self) -> Vec<String> {
        let Self { new, changed, gone } = self;
        let posts = |count: usize| counted(count, "post", "posts");
        let mut told = vec![format!(
            "Since then {} came and {} changed; {} the site does not show any more.",
            posts(*new),
            posts(*changed),
            posts(gone.len())
        )];
        told.extend(listed("Not shown any more", gone));
        told
    }
}

/// Returns the list that an answer is a page of, such as `posts-2.json`.
fn list_of(file: &str) -> Option<&str> {
    let (list, page) = file.strip_suffix(".json")?.rsplit_once('-')?;
    page.bytes().all(|byte| byte.is_ascii_digit()).then_some(list)
}

/// Returns a line that names the first few of what there is, if there is anything.
fn listed(what: &str, names: &[String]) -> Option<String> {
    let more = more(names).map(|more| format!(" {more}")).unwrap_or_default();
    let named = names[..names.len().min(NAMED)].join(", ");
    (!names.is_empty()).then(|| format!("{what}: {named}{more}"))
}

/// Returns how many there are that are not named.
fn more(names: &[String]) -> Option<String> {
    let more = names.len().checked_sub(NAMED).filter(|more| *more > 0)?;
    Some(format!("… and {more} more"))
}
