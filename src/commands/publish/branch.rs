//! What a branch holds, and whether we wrote it.
//!
//! Every commit of ours names the tree it was made with. A commit is ours if the name is that of
//! the tree it has: one that was amended or merged keeps our words, but not our tree. Above it may
//! stand commits that change nothing but the file `CNAME`, which GitHub makes when a domain is
//! entered in its settings.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};

use crate::commands::publish::git::{Git, Progress, REMOTE};
use crate::commands::publish::trouble;

/// The name under which a commit of ours says which tree it was made with.
pub const MARK: &str = "Stillpress-Tree";

/// The file with a site's own domain.
pub const DOMAIN_FILE: &str = "CNAME";

/// Where the branch is in our repository.
const HERE: &str = "refs/stillpress/published";

/// How many commits that change only the domain we look below.
const DEPTH: usize = 20;

/// What stands on a branch.
#[derive(Debug)]
pub struct Branch {
    /// `refs/heads/NAME`.
    pub name: String,
    /// Its last commit. `None` if there is no such branch yet.
    pub tip: Option<Tip>,
}

/// The last commit of a branch.
#[derive(Debug)]
pub struct Tip {
    /// Its id.
    pub commit: String,
    /// Its files, by their paths as git has them.
    pub files: BTreeMap<Vec<u8>, Blob>,
    /// Who made it.
    pub origin: Origin,
    /// Whether there are commits before it.
    pub has_history: bool,
}

/// A file of a commit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Blob {
    /// Whether it is a plain file, which is all that we write.
    pub is_plain: bool,
    /// The id of its content.
    pub id: String,
}

/// Who made a commit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// We did.
    Ours,
    /// Somebody else did, and says this of it.
    Foreign(String),
}

impl Branch {
    /// Asks the remote repository for a branch: for its last commit and the names and ids of its
    /// files, but not for their contents, if the host can answer so.
    ///
    /// # Errors
    /// The repository cannot be reached, or the name is not one a branch can have.
    pub fn fetch(git: &Git, name: &str, shown: &str) -> anyhow::Result<Self> {
        let full = format!("refs/heads/{name}");
        let check = git.command(["check-ref-format", &full]);
        let is_name = git.ask(check, b"", Progress::Hidden)?.is_good && !name.starts_with('-');
        ensure!(is_name, "no branch can be called `{name}`");
        let doing = format!("read the branch `{name}` of {shown}");
        let list = git.command(["ls-remote", REMOTE, &full]);
        let list = git.ask(list, b"", Progress::Hidden)?;
        ensure!(list.is_good, trouble::in_words(&doing, &list.told));
        let list = String::from_utf8_lossy(&list.out);
        // A pattern also matches longer names that end like it.
        let is_there = list.lines().any(|line| line.ends_with(&format!("\t{full}")));
        if !is_there {
            return Ok(Self { name: full, tip: None });
        }
        let fetch = |depth: usize| {
            let depth = format!("--depth={depth}");
            let refs = format!("+{full}:{HERE}");
            let command =
                ["fetch", "--no-tags", "--filter=blob:none", &depth, "--progress", REMOTE, &refs];
            let answer = git.ask(git.command(command), b"", Progress::Shown)?;
            ensure!(answer.is_good, trouble::in_words(&doing, &answer.told));
            anyhow::Ok(())
        };
        fetch(1)?;
        let (mut origin, has_history) = look_at_tip(git)?;
        if origin != Origin::Ours {
            fetch(DEPTH)?;
            if only_domain_changed(git)? {
                origin = Origin::Ours;
            }
        }
        let commit = git.line(["rev-parse", HERE], b"")?;
        let tip = Tip { commit, files: files(git)?, origin, has_history };
        Ok(Self { name: full, tip: Some(tip) })
    }

    /// Returns its files, by their paths as git has them.
    pub fn files(&self) -> BTreeMap<Vec<u8>, Blob> {
        self.tip.as_ref().map(|tip| tip.files.clone()).unwrap_or_default()
    }

    /// Returns the domain it says it is shown at.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn domain(&self, git: &Git) -> anyhow::Result<Option<String>> {
        let file = self.tip.as_ref().and_then(|tip| tip.files.get(DOMAIN_FILE.as_bytes()));
        let Some(file) = file else { return Ok(None) };
        let text = git.run(["cat-file", "blob", &file.id], b"");
        let text = text.context("cannot read the file CNAME of the branch")?;
        Ok(Some(String::from_utf8_lossy(&text).trim().to_owned()))
    }
}

/// Tells who made the last commit, and whether there are others before it.
fn look_at_tip(git: &Git) -> anyhow::Result<(Origin, bool)> {
    let commit = git.run(["cat-file", "commit", HERE], b"")?;
    let commit = String::from_utf8_lossy(&commit);
    let head = commit.split("\n\n").next().unwrap_or_default();
    let has_history = head.lines().any(|line| line.starts_with("parent "));
    if tree_of_ours(&commit).is_some() {
        return Ok((Origin::Ours, has_history));
    }
    let subject = commit.split_once("\n\n").map_or("", |(_, message)| message);
    let subject = subject.lines().next().unwrap_or_default();
    let subject: String = subject.chars().filter(|letter| !letter.is_control()).take(80).collect();
    Ok((Origin::Foreign(subject), has_history))
}

/// Returns the tree of a commit, given as git stores it, if it is ours.
fn tree_of_ours(commit: &str) -> Option<&str> {
    let (head, message) = commit.split_once("\n\n")?;
    let tree = head.lines().find_map(|line| line.strip_prefix("tree "))?;
    let last = message.trim_end().lines().next_back()?;
    let marked = last.strip_prefix(MARK)?.strip_prefix(": ")?;
    (marked == tree).then_some(tree)
}

/// Returns whether the last commits but one of ours changed nothing but the domain.
fn only_domain_changed(git: &Git) -> anyhow::Result<bool> {
    let limit = format!("--max-count={DEPTH}");
    let commits = git.line(["rev-list", "--first-parent", &limit, HERE], b"")?;
    for id in commits.lines().skip(1) {
        let commit = git.run(["cat-file", "commit", id], b"")?;
        let commit = String::from_utf8_lossy(&commit);
        let Some(tree) = tree_of_ours(&commit) else { continue };
        let tip = format!("{HERE}^{{tree}}");
        let changed = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", tree, &tip];
        let changed = git.run(changed, b"")?;
        let mut names = changed.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        return Ok(names.all(|name| name == DOMAIN_FILE.as_bytes()));
    }
    Ok(false)
}

/// Returns the files of the last commit.
fn files(git: &Git) -> anyhow::Result<BTreeMap<Vec<u8>, Blob>> {
    let list = git.run(["ls-tree", "-r", "-z", "--full-tree", HERE], b"")?;
    let mut files = BTreeMap::new();
    for line in list.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let tab = line.iter().position(|byte| *byte == b'\t');
        let (kind, path) = line.split_at(tab.context("git wrote a list that is none")?);
        let kind = String::from_utf8_lossy(kind);
        let mut kind = kind.split(' ');
        let is_plain = kind.next() == Some("100644");
        let id = kind.next_back().unwrap_or_default().to_owned();
        files.insert(path[1..].to_vec(), Blob { is_plain, id });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(commit: &str, tree: Option<&str>) {
        assert_eq!(tree_of_ours(commit), tree);
    }

    #[test]
    fn a_commit_is_ours_if_it_has_the_tree_that_it_was_made_with() {
        check("tree 12ab\nauthor A\n\nPublish\n\nStillpress-Tree: 12ab\n", Some("12ab"));
        check("tree 34cd\nauthor A\n\nPublish\n\nStillpress-Tree: 12ab\n", None);
        check("tree 12ab\nauthor A\n\nStillpress-Tree: 12ab\n\nand more\n", None);
        check("tree 12ab\nauthor A\n\nAbout Stillpress-Tree: 12ab\n", None);
    }
}
