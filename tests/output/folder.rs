//! Folders that are built into, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use stillpress::diagnostics::Warned;
use stillpress::output::{Build, Force, Output, Written};

/// Files by path.
pub(crate) type Files = BTreeMap<String, String>;

pub(crate) fn open(root: &Path, force: Force) -> Output {
    Output::open(root, force).unwrap().value
}

pub(crate) fn build(root: &Path, files: &[(&str, &str)]) -> Warned<Written> {
    build_with(root, files, Force::No)
}

pub(crate) fn build_with(root: &Path, files: &[(&str, &str)], force: Force) -> Warned<Written> {
    let output = open(root, force);
    for (path, text) in files {
        output.write(path, text.as_bytes()).unwrap();
    }
    output.finish(Build::default()).unwrap()
}

pub(crate) fn build_files(root: &Path, files: &Files, force: Force) -> Warned<Written> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    build_with(root, &files, force)
}

pub(crate) fn codes<T>(made: &Warned<T>) -> Vec<String> {
    made.diagnostics.iter().map(|found| found.code.to_string()).collect()
}

pub(crate) fn site(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Returns all files but the manifest.
pub(crate) fn read(root: &Path) -> Files {
    let text = |path: PathBuf| fs::read_to_string(path).unwrap();
    let mut files: Files = walk(root).into_iter().map(|(name, path)| (name, text(path))).collect();
    files.remove(".stillpress.json");
    files
}

/// Returns when each file, with the manifest, was last written.
pub(crate) fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let modified = |path: PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    walk(root).into_iter().map(|(name, path)| (name, modified(path))).collect()
}

fn walk(root: &Path) -> BTreeMap<String, PathBuf> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), entry.into_path())).collect()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn edit(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Makes a file as old as so many seconds.
pub(crate) fn touch(path: &Path, seconds: u64) {
    let epoch = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    set_time(path, epoch - Duration::from_secs(seconds));
}

pub(crate) fn set_time(path: &Path, modified: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

/// Makes the manifest newer than all files, as it is when builds take longer than tests.
pub(crate) fn age(root: &Path) {
    let manifest = root.join(".stillpress.json");
    set_time(&manifest, SystemTime::now() + Duration::from_secs(10));
}
