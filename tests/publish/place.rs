//! A site that was built, and a repository in a folder beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::site;

/// A site that was built, and a bare repository to publish it to.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(place.at("export")).unwrap();
        place.build("First words");
        place.git(&["init", "--quiet", "--bare", "remote.git"]);
        // As GitHub does; without it whole histories would be fetched.
        place.git(&["-C", "remote.git", "config", "uploadpack.allowFilter", "true"]);
        place
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Builds a site of one post into `public`.
    pub(crate) fn build(&self, text: &str) {
        let post = format!(
            r#"[{{"id":1,"date":"2024-05-01T10:00:00","slug":"hi","status":"publish","type":"post",
            "link":"https://old.example/?p=1","title":{{"rendered":"Hi"}},
            "content":{{"rendered":"<p>{text}</p>"}}}}]"#
        );
        fs::write(self.at("export/posts.json"), post).unwrap();
        self.stillpress(&["build", "export"], 0);
    }

    /// Runs the command in the folder, and returns what it said.
    #[track_caller]
    pub(crate) fn stillpress(&self, arguments: &[&str], code: i32) -> String {
        let output = self.command().args(arguments).output().unwrap();
        said(&output, code)
    }

    #[track_caller]
    pub(crate) fn publish(&self, more: &[&str], code: i32) -> String {
        self.stillpress(&[&["publish", "--repository", "remote.git"], more].concat(), code)
    }

    /// A user whose git wants to change what it is given.
    pub(crate) fn command(&self) -> Command {
        let mut command = site::command(self.folder.path(), &[]);
        let config = self.at("gitconfig");
        if !config.exists() {
            let text = "[core]\nautocrlf = true\nexcludesFile = ignore\nattributesFile = attributes\n\
                hooksPath = hooks\n[commit]\ngpgSign = true\n[push]\ngpgSign = true\n\
                [user]\nname = Ann\nemail = ann@ann.example\n";
            fs::write(&config, text).unwrap();
        }
        isolate(&mut command, self.folder.path());
        command
    }

    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.folder.path());
        isolate(&mut command, self.folder.path());
        command.env("GIT_CONFIG_GLOBAL", self.at("nothing"));
        for (role, name) in [("AUTHOR", "Bob"), ("COMMITTER", "Bob")] {
            command.env(format!("GIT_{role}_NAME"), name);
            command.env(format!("GIT_{role}_EMAIL"), "bob@bob.example");
        }
        let output = command.output().unwrap();
        said(&output, 0);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Returns what git says of the repository that is published to.
    #[track_caller]
    pub(crate) fn remote(&self, arguments: &[&str]) -> String {
        self.git(&[&["-C", "remote.git"], arguments].concat()).trim_end().to_owned()
    }

    /// Returns the files on the branch, by their paths, as git has them.
    pub(crate) fn published(&self) -> BTreeMap<String, Vec<u8>> {
        let list = self.remote(&["ls-tree", "-r", "-z", "gh-pages"]);
        let blob = |line: &str| {
            let (kind, path) = line.split_once('\t').unwrap();
            let id = kind.rsplit(' ').next().unwrap();
            let mut command = Command::new("git");
            command.args(["cat-file", "blob", id]).current_dir(self.at("remote.git"));
            (path.to_owned(), command.output().unwrap().stdout)
        };
        list.split('\0').filter(|line| !line.is_empty()).map(blob).collect()
    }

    /// Puts a commit of somebody else's on the branch.
    pub(crate) fn commit_by_hand(&self, path: &str, text: &str) {
        let copy = TempDir::new_in(self.folder.path()).unwrap();
        let to = copy.path().to_str().unwrap();
        let is_there = !self.remote(&["branch", "--list", "gh-pages"]).is_empty();
        self.git(&["clone", "--quiet", "remote.git", to]);
        let switch: &[&str] = if is_there { &["gh-pages"] } else { &["--orphan", "gh-pages"] };
        self.git(&[&["-C", to, "switch", "--quiet"], switch].concat());
        fs::write(copy.path().join(path), text).unwrap();
        self.git(&["-C", to, "add", "-A"]);
        self.git(&["-C", to, "commit", "--quiet", "-m", "By hand"]);
        self.git(&["-C", to, "push", "--quiet", "origin", "gh-pages"]);
    }

    pub(crate) fn tip(&self) -> String {
        self.remote(&["rev-parse", "gh-pages"])
    }
}

/// Nothing of the computer that runs the tests has a say.
fn isolate(command: &mut Command, home: &Path) {
    for name in ["HOME", "XDG_CONFIG_HOME", "USERPROFILE"] {
        command.env(name, home);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", home.join("gitconfig"));
    for name in ["GIT_DIR", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "EMAIL"] {
        command.env_remove(name);
    }
    command.env_remove("GIT_COMMITTER_EMAIL").env("GIT_CEILING_DIRECTORIES", home);
}

#[track_caller]
pub(crate) fn said(output: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(!said.contains("panicked at"), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned() + &said
}
