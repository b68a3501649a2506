//! Runs the command on an export, and reads the folder it wrote.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run of the command came to.
pub(crate) struct Run {
    /// Where it ran. Goes with the value.
    pub(crate) place: TempDir,
    /// What it said on standard error.
    pub(crate) told: String,
    pub(crate) exit_code: i32,
}

impl Run {
    /// Returns the folder it wrote.
    pub(crate) fn folder(&self) -> PathBuf {
        self.place.path().join("public")
    }

    /// Returns the files it wrote, without the theme's assets.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = files_in(&self.folder());
        files.retain(|name, _| !name.starts_with("assets/"));
        files
    }
}

/// Builds the export in `input` into a new folder.
pub(crate) fn build(input: &Path, arguments: &[&str]) -> Run {
    let mut all = vec![input.to_str().unwrap()];
    all.extend(arguments);
    stillpress(TempDir::new().unwrap(), &all, b"")
}

/// Builds the sample with what `stillpress.toml` says in `settings`.
pub(crate) fn build_sample(settings: &str) -> Run {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("stillpress.toml"), settings).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    stillpress(place, &[sample.to_str().unwrap()], b"")
}

/// Returns a command of the program, which will run in `place`.
pub(crate) fn command(place: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
    command.args(arguments).current_dir(place);
    command
}

/// Runs a command that ends with `code` in `place`, and returns what it prints.
#[track_caller]
pub(crate) fn printed(place: &Path, arguments: &[&str], code: i32) -> String {
    let output = command(place, arguments).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{printed}{told}");
    printed
}

/// Runs `stillpress build` in `place`.
pub(crate) fn stillpress(place: TempDir, arguments: &[&str], stdin: &[u8]) -> Run {
    let mut child = command(place.path(), &["build"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may end without having read all of it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let exit_code = output.status.code().unwrap_or_else(|| panic!("it was killed\n{told}"));
    assert!(!told.contains("panicked at"), "{told}");
    Run { place, told, exit_code }
}

/// Returns the files under `root`, by their paths below it.
pub(crate) fn files_in(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}
