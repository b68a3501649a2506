//! Runs `git` in a repository of its own, which is gone when the run ends; if it is interrupted, what
//! is left is for the user's eyes alone. The user's repositories are asked for their settings, and
//! never touched.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;

use anyhow::{Context as _, anyhow, ensure};
use tempfile::TempDir;

/// A setting as `git config` has it, such as `user.name` and its value.
pub type Setting = (String, String);

/// The name our repository knows the published one by.
pub const REMOTE: &str = "stillpress";

/// Settings that make what is published depend on the files alone, and keep git from doing more
/// than it is asked for. Some are about what we do not use, so that it stays so.
const OWN_SETTINGS: [(&str, &str); 17] = [
    ("core.autocrlf", "false"),
    ("core.attributesFile", ""),
    ("core.excludesFile", ""),
    ("core.ignoreCase", "false"),
    ("core.precomposeUnicode", "false"),
    ("core.fsmonitor", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("fetch.writeCommitGraph", "false"),
    ("submodule.recurse", "false"),
    ("push.followTags", "false"),
    ("push.gpgSign", "false"),
    ("push.recurseSubmodules", "no"),
    ("i18n.commitEncoding", "UTF-8"),
    // A commit names nobody but who wants to be named: git would take the computer's name.
    ("user.useConfigOnly", "true"),
    ("color.ui", "false"),
    // A third of the time of git's own choice, and 3 % larger.
    ("pack.compression", "4"),
];

/// What tells git which repository it works in. Ours must not depend on where the user stands.
const FOREIGN_VARIABLES: [&str; 14] = [
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_DEFAULT_HASH",
    "GIT_DEFAULT_REF_FORMAT",
    "GIT_INTERNAL_SUPER_PREFIX",
];

/// A repository for one run.
#[derive(Debug)]
pub struct Git {
    repository: TempDir,
    /// Where relative addresses start.
    place: PathBuf,
    /// What must not be shown: the part of an address that signs in.
    secret: Option<String>,
}

/// What git answered.
#[derive(Debug)]
pub struct Answer {
    /// Whether it did as asked.
    pub is_good: bool,
    /// Its result.
    pub out: Vec<u8>,
    /// What it said about it.
    pub told: String,
}

/// Whether the user sees how far git is, if they are looking.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress {
    /// For what takes long.
    Shown,
    /// For all else.
    Hidden,
}

impl Git {
    /// Makes a repository with `settings` besides our own. Relative addresses start at `place`.
    ///
    /// # Errors
    /// There is no git, or no place for temporary files.
    pub fn new(place: &Path, settings: &[Setting]) -> anyhow::Result<Self> {
        let mut folder = tempfile::Builder::new();
        folder.prefix("stillpress-publish-");
        // Its settings may hold what signs in.
        #[cfg(unix)]
        let for_the_user = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o700);
        #[cfg(unix)]
        folder.permissions(for_the_user);
        let repository = folder.tempdir();
        let repository = repository.context("cannot make a temporary folder")?;
        let git = Self { repository, place: place.to_owned(), secret: None };
        // Some hooks run while the repository is made.
        let no_hooks = git.path("no-hooks").to_string_lossy().into_owned();
        let no_hooks_now = format!("core.hooksPath={no_hooks}");
        let init = ["-c", &no_hooks_now, "init", "--quiet", "--bare", "--template="];
        let mut init = git.command(init);
        init.env_remove("GIT_DIR").arg(git.repository.path());
        let made = git.ask(init, b"", Progress::Hidden)?;
        ensure!(made.is_good, "git cannot make a temporary repository: {}", made.told.trim());
        let own = OWN_SETTINGS.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let own = own.chain([("core.hooksPath".to_owned(), no_hooks)]);
        let text: String =
            settings.iter().cloned().chain(own).map(|it| print_setting(&it)).collect();
        let file = git.path("config");
        let write = || fs::OpenOptions::new().append(true).open(&file)?.write_all(text.as_bytes());
        write().with_context(|| format!("cannot write {}", file.display()))?;
        Ok(git)
    }

    /// Keeps `secret` out of all that git says.
    pub fn keep_secret(&mut self, secret: Option<String>) {
        self.secret = secret;
    }

    /// Returns a path within the repository.
    pub fn path(&self, name: &str) -> PathBuf {
        self.repository.path().join(name)
    }

    /// Returns a git that will run in our repository.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = plain_command();
        command.args(arguments).env("GIT_DIR", self.repository.path());
        for variable in FOREIGN_VARIABLES {
            command.env_remove(variable);
        }
        // There is nobody to ask; without this git may wait for an answer for ever.
        if !io::stdin().is_terminal() && std::env::var_os("GIT_TERMINAL_PROMPT").is_none() {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        command.current_dir(&self.place);
        command
    }

    /// Runs git, hands it `input`, and returns its result.
    ///
    /// # Errors
    /// Git is missing, or could not do it.
    pub fn run<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> anyhow::Result<Vec<u8>> {
        let answer = self.ask(self.command(arguments), input, Progress::Hidden)?;
        ensure!(answer.is_good, "git did not do its work: {}", answer.told.trim());
        Ok(answer.out)
    }

    /// As [`Git::run`], for a result that is one line.
    ///
    /// # Errors
    /// Git is missing, or could not do it.
    pub fn line<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> anyhow::Result<String> {
        let line = String::from_utf8(self.run(arguments, input)?).context("git wrote no text")?;
        Ok(line.trim_end().to_owned())
    }

    /// Runs a command, hands it `input`, and returns what it answers, good or not.
    ///
    /// # Errors
    /// Git is missing, or was killed.
    pub fn ask(
        &self,
        mut command: Command,
        input: &[u8],
        progress: Progress,
    ) -> anyhow::Result<Answer> {
        let mut child = start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        let stdin = child.stdin.take();
        let stderr = child.stderr.take().expect("it is piped");
        // Whoever waits for one end of a pipe must not hold up the others.
        let (out, told) = thread::scope(|scope| {
            scope.spawn(move || feed(stdin, input));
            let told = scope.spawn(move || listen(stderr, progress));
            let mut out = Vec::new();
            let read = child.stdout.take().expect("it is piped").read_to_end(&mut out);
            (read.map(|_| out), told.join().unwrap_or_default())
        });
        let status = child.wait().context("cannot wait for git")?;
        let told = self.censored(&String::from_utf8_lossy(&told));
        Ok(Answer { is_good: status.success(), out: out.context("cannot listen to git")?, told })
    }

    fn censored(&self, told: &str) -> String {
        match &self.secret {
            Some(secret) => told.replace(&format!("{secret}@"), ""),
            None => told.to_owned(),
        }
    }
}

/// Returns a git that will run where the user stands, in words that we know.
pub fn plain_command() -> Command {
    let mut command = Command::new("git");
    command.env("LC_ALL", "C").env_remove("LANGUAGE").stdin(Stdio::null());
    command
}

/// Starts a git that reads what we write to it.
///
/// # Errors
/// Git is missing.
pub fn start(command: &mut Command) -> anyhow::Result<Child> {
    command.stdin(Stdio::piped()).spawn().map_err(|error| missing(&error))
}

/// Says what is wrong if git cannot be started.
pub fn missing(error: &io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!(
            "publishing needs the program git, and it is not on this computer (or not on its \
             PATH); install it from https://git-scm.com/downloads and try again"
        ),
        _ => anyhow!("cannot start git: {error}"),
    }
}

fn feed(stdin: Option<ChildStdin>, input: &[u8]) {
    // That git does not want all of it shows in its answer.
    let _ = stdin.map(|mut stdin| stdin.write_all(input));
}

/// Reads all that git says, and shows it to a user who looks.
fn listen(mut stderr: impl Read, progress: Progress) -> Vec<u8> {
    let is_shown = progress == Progress::Shown && io::stderr().is_terminal();
    let (mut told, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = stderr.read(&mut buffer) {
        told.extend_from_slice(&buffer[..length]);
        if is_shown {
            let _ = io::stderr().write_all(&buffer[..length]);
        }
    }
    told
}

/// Returns a setting as it stands in a file of git's.
fn print_setting((key, value): &Setting) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let Some((section, rest)) = key.split_once('.') else { return String::new() };
    let value = escape(value).replace('\n', "\\n").replace('\t', "\\t");
    match rest.rsplit_once('.') {
        Some((part, name)) => format!("[{section} \"{}\"]\n\t{name} = \"{value}\"\n", escape(part)),
        None => format!("[{section}]\n\t{rest} = \"{value}\"\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_it_was_written() {
        let header = "http.https://u\"s\\x.example/.extraheader".to_owned();
        let settings = [
            (header.clone(), "A: \"b\"\\ # ; c".to_owned()),
            ("user.name".to_owned(), " Tab\tand\nline ".to_owned()),
        ];
        let git = Git::new(Path::new("."), &settings).unwrap();
        for (key, value) in &settings {
            let read = git.run(["config", "--local", "-z", "--get", key], b"").unwrap();
            assert_eq!(String::from_utf8(read).unwrap(), format!("{value}\0"));
        }
    }

    #[test]
    fn what_git_says_holds_no_password() {
        let mut git = Git::new(Path::new("."), &[]).unwrap();
        git.keep_secret(Some("ann:s3cret".to_owned()));
        let told = git.censored("fatal: unable to access 'https://ann:s3cret@h.example/x.git/'");
        assert_eq!(told, "fatal: unable to access 'https://h.example/x.git/'");
    }
}
