//! Makes the commit to publish, from the files that changed alone, and pushes it.
//!
//! Neither an index nor a work tree is used, so that no setting, `.gitignore` or `.gitattributes`
//! can change what is published: the bytes of the files are.

use std::fs;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, ensure};

use crate::commands::publish::branch::{Branch, DOMAIN_FILE, MARK};
use crate::commands::publish::folder::File;
use crate::commands::publish::git::{self, Git, Progress, REMOTE};
use crate::commands::publish::trouble;

/// Where the new commit is in our repository.
const NEW: &str = "refs/stillpress/new";

/// Who a commit is by if git has no name for the user.
const NOBODY: (&str, &str) = ("stillpress", "stillpress@localhost.invalid");

/// What a commit is made on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum History {
    /// On what is on the branch.
    Kept,
    /// On nothing: it is the only one.
    Orphan,
}

/// What publishing changes on the branch.
#[derive(Debug, Default)]
pub struct Change {
    /// New files.
    pub added: Vec<File>,
    /// Files with another content.
    pub changed: Vec<File>,
    /// Paths of files that go.
    pub removed: Vec<Vec<u8>>,
}

/// A commit that is ready to be pushed.
#[derive(Debug)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// Whether it is by somebody that git knows.
    pub is_named: bool,
}

impl Change {
    /// Compares the files in `folder` with those on the branch.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn find(git: &Git, folder: &Path, files: &[File], branch: &Branch) -> anyhow::Result<Self> {
        let mut command = git.command(["hash-object", "--no-filters", "--stdin-paths"]);
        command.current_dir(folder);
        let mut paths = Vec::new();
        for file in files {
            let path = file
                .elsewhere
                .as_ref()
                .map_or(file.path.as_str().into(), |path| path.to_string_lossy());
            paths.extend(quoted(path.as_bytes()));
            paths.push(b'\n');
        }
        let answer = git.ask(command, &paths, Progress::Hidden)?;
        ensure!(answer.is_good, "cannot read the files to publish: {}", answer.told.trim());
        let ids = String::from_utf8(answer.out).context("git wrote no text")?;
        ensure!(ids.lines().count() == files.len(), "the files changed while they were read");

        let mut change = Self::default();
        let mut before = branch.files();
        for (file, id) in files.iter().zip(ids.lines()) {
            match before.remove(file.path.as_bytes()) {
                None => change.added.push(file.clone()),
                Some(old) if old.is_plain && old.id == id => {}
                Some(_) => change.changed.push(file.clone()),
            }
        }
        // The domain is a setting of the host's, which no build knows.
        before.remove(DOMAIN_FILE.as_bytes());
        change.removed = before.into_keys().collect();
        Ok(change)
    }

    /// Returns whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Makes the commit that changes the branch so.
    ///
    /// # Errors
    /// A file cannot be read, or changed meanwhile.
    pub fn commit(
        &self,
        git: &Git,
        folder: &Path,
        branch: &Branch,
        history: History,
    ) -> anyhow::Result<Commit> {
        self.import(git, folder, branch)?;
        let tree = git.line(["rev-parse", &format!("{NEW}^{{tree}}")], b"")?;
        let version = env!("CARGO_PKG_VERSION");
        let message =
            format!("Publish the site\n\nMade by stillpress {version}.\n\n{MARK}: {tree}\n");
        let identity = git.command(["var", "GIT_COMMITTER_IDENT"]);
        let is_named = git.ask(identity, b"", Progress::Hidden)?.is_good;
        let mut command = git.command(["commit-tree", "--no-gpg-sign", &tree]);
        if let Some(tip) = &branch.tip
            && history == History::Kept
        {
            command.args(["-p", &tip.commit]);
        }
        // The clock on the wall would tell where its owner is.
        command.env("TZ", "UTC");
        if !is_named {
            for role in ["AUTHOR", "COMMITTER"] {
                command.env(format!("GIT_{role}_NAME"), NOBODY.0);
                command.env(format!("GIT_{role}_EMAIL"), NOBODY.1);
            }
        }
        let answer = git.ask(command, message.as_bytes(), Progress::Hidden)?;
        ensure!(answer.is_good, "git cannot make a commit: {}", answer.told.trim());
        Ok(Commit { id: String::from_utf8_lossy(&answer.out).trim().to_owned(), is_named })
    }

    /// Hands git the files that changed, in one stream: thousands of files made one by one take
    /// longer, and again when they are sent.
    fn import(&self, git: &Git, folder: &Path, branch: &Branch) -> anyhow::Result<()> {
        let mut command = git.command(["fast-import", "--quiet", "--done", "--depth=0"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = git::start(&mut command)?;
        let stdin = child.stdin.take().context("git does not listen")?;
        let written = self.write(BufWriter::new(stdin), folder, branch);
        let output = child.wait_with_output().context("cannot wait for git")?;
        let told = String::from_utf8_lossy(&output.stderr);
        // If git stopped listening, its own words say why.
        let is_ours = |error: &anyhow::Error| {
            let broken = error.downcast_ref::<io::Error>().map(io::Error::kind);
            broken != Some(io::ErrorKind::BrokenPipe)
        };
        match written {
            Err(error) if is_ours(&error) => Err(error),
            _ => {
                ensure!(output.status.success(), "git cannot take the files: {}", told.trim());
                Ok(())
            }
        }
    }

    /// Writes the stream for `git fast-import`.
    fn write(&self, mut out: impl Write, folder: &Path, branch: &Branch) -> anyhow::Result<()> {
        let files = || self.added.iter().chain(&self.changed);
        for (mark, file) in files().enumerate() {
            write_blob(&mut out, mark + 1, &file.place(folder), file.size)?;
        }
        // Only its tree is used.
        write!(out, "commit {NEW}\ncommitter x <x@x.invalid> 0 +0000\ndata 0\n")?;
        if let Some(tip) = &branch.tip {
            writeln!(out, "from {}", tip.commit)?;
        }
        // First what goes: a file may stand where a folder comes.
        for path in &self.removed {
            out.write_all(&[b"D ", &quoted(path)[..], b"\n"].concat())?;
        }
        for (mark, file) in files().enumerate() {
            write!(out, "M 100644 :{} ", mark + 1)?;
            out.write_all(&quoted(file.path.as_bytes()))?;
            out.write_all(b"\n")?;
        }
        out.write_all(b"done\n")?;
        out.flush()?;
        Ok(())
    }
}

impl Commit {
    /// Pushes the commit, if the branch is still as it was. It is there entirely, or not at all.
    ///
    /// # Errors
    /// The host cannot be reached, or refuses it.
    pub fn push(&self, git: &Git, branch: &Branch, shown: &str) -> anyhow::Result<()> {
        let name = &branch.name;
        let before = branch.tip.as_ref().map_or("", |tip| &tip.commit);
        let lease = format!("--force-with-lease={name}:{before}");
        let refs = format!("{}:{name}", self.id);
        // Thin: git asks for the old contents of the files that changed, and sends only what is
        // new in them. Most lines are slower that way than the other. Without it, a commit without
        // history would have to be fetched and sent in whole.
        let arguments =
            ["push", "--thin", "--no-verify", "--no-signed", "--progress", &lease, REMOTE, &refs];
        let answer = git.ask(git.command(arguments), b"", Progress::Shown)?;
        let doing = format!("publish to {shown}");
        ensure!(answer.is_good, trouble::in_words(&doing, &answer.told));
        Ok(())
    }
}

impl File {
    /// Returns where the file is on the disk.
    fn place(&self, folder: &Path) -> PathBuf {
        self.elsewhere.clone().unwrap_or_else(|| folder.join(&self.path))
    }
}

fn write_blob(out: &mut impl Write, mark: usize, path: &Path, size: u64) -> anyhow::Result<()> {
    let reading = || format!("cannot read {}", path.display());
    let file = fs::File::open(path).with_context(reading)?;
    write!(out, "blob\nmark :{mark}\ndata {size}\n")?;
    let copied = io::copy(&mut file.take(size), out)?;
    ensure!(copied == size, "{} changed while it was read; try again", path.display());
    out.write_all(b"\n")?;
    Ok(())
}

/// Returns a path as git reads it in a list, whatever is in it.
fn quoted(path: &[u8]) -> Vec<u8> {
    let mut quoted = vec![b'"'];
    for &byte in path {
        match byte {
            b'"' | b'\\' => quoted.extend([b'\\', byte]),
            0..=31 | 127 => quoted.extend(format!("\\{byte:03o}").bytes()),
            _ => quoted.push(byte),
        }
    }
    quoted.push(b'"');
    quoted
}
