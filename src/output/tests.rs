//! Builds that are killed at every step, and what the next build makes of the folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use tempfile::TempDir;

use super::*;

/// Files by path.
type Files = BTreeMap<String, String>;

const OLD: &[(&str, &str)] = &[
    ("a", "file that becomes a folder"),
    ("b/c/index.html", "folder that becomes a file"),
    ("changed.html", "old"),
    ("gone/index.html", "gone"),
    ("same.html", "same"),
];

const NEW: &[(&str, &str)] = &[
    ("a/index.html", "folder"),
    ("b", "file"),
    ("changed.html", "new"),
    ("new/new/index.html", "new"),
    ("same.html", "same"),
];

#[test]
fn a_build_killed_at_any_step_leaves_the_old_site_or_is_finished_by_the_next() {
    let (mut left_old, mut left_new) = (0, 0);
    for steps in 0.. {
        let root = TempDir::new().unwrap();
        let user = root.path().join("user.txt");
        build(root.path(), OLD, Fuse::default()).unwrap();
        fs::write(&user, "mine").unwrap();
        let was_killed = build(root.path(), NEW, fuse(steps)).is_err();
        if !was_killed {
            break;
        }
        Output::open(root.path(), Force::No).unwrap().value.keep();

        fs::remove_file(&user).expect("the user's file is still there");
        let found = read(root.path());
        let is_old = found == site(OLD);
        assert!(is_old || found == site(NEW), "after {steps} steps: {found:?}");
        *(if is_old { &mut left_old } else { &mut left_new }) += 1;
        assert!(!is_old || left_new == 0, "from the journal on it is the new site");

        let files = if is_old { OLD } else { NEW };
        let next = build(root.path(), files, Fuse::default()).unwrap();
        assert_eq!(next.value.unchanged, files.len(), "the manifest tells what is there");
        assert_eq!(next.diagnostics, []);
    }
    assert!(left_old >= 3 && left_new >= 10, "{left_old} and {left_new}");
}

#[test]
fn finishing_a_killed_build_may_be_killed_too() {
    let root = TempDir::new().unwrap();
    build(root.path(), OLD, Fuse::default()).unwrap();
    // Far enough for the journal, and for the first removal.
    build(root.path(), NEW, fuse(5)).unwrap_err();
    assert!(root.path().join(staging::JOURNAL).exists());
    let mut tries = 0;
    while Output::open_with(root.path(), Force::No, fuse(tries)).is_err() {
        tries += 1;
        assert!(tries < 100);
    }
    assert_eq!(read(root.path()), site(NEW));
}

#[test]
fn files_that_never_reached_the_disk_are_made_anew() {
    let root = TempDir::new().unwrap();
    build(root.path(), OLD, Fuse::default()).unwrap();
    build(root.path(), NEW, fuse(4)).unwrap_err();
    for entry in walkdir::WalkDir::new(root.path().join(staging::FOLDER)).min_depth(2) {
        let path = entry.unwrap().into_path();
        // As after a power failure: the name is there, the bytes are not.
        if path.is_file() {
            fs::write(path, "").unwrap();
        }
    }
    let output = Output::open(root.path(), Force::No).unwrap().value;
    assert_eq!(output.previous(), None);
    drop(output);
    assert_eq!(read(root.path())["changed.html"], "old");
    assert_eq!(build(root.path(), NEW, Fuse::default()).unwrap().diagnostics, []);
    assert_eq!(read(root.path()), site(NEW));
}

#[test]
fn a_file_edited_while_a_killed_build_waits_is_not_removed() {
    let root = TempDir::new().unwrap();
    build(root.path(), OLD, Fuse::default()).unwrap();
    build(root.path(), NEW, fuse(4)).unwrap_err();
    fs::write(root.path().join("gone/index.html"), "mine").unwrap();
    let next = build(root.path(), NEW, Fuse::default()).unwrap();
    assert_eq!(next.diagnostics[0].code, "output-left");
    assert_eq!(read(root.path())["gone/index.html"], "mine");
}

#[test]
fn the_first_build_of_an_empty_folder_can_be_killed() {
    for steps in 0.. {
        let root = TempDir::new().unwrap();
        if build(root.path(), NEW, fuse(steps)).is_ok() {
            break;
        }
        build(root.path(), NEW, Fuse::default()).unwrap();
        assert_eq!(read(root.path()), site(NEW));
    }
}

#[test]
fn a_build_that_fails_while_it_writes_leaves_the_old_site() {
    let root = TempDir::new().unwrap();
    build(root.path(), OLD, Fuse::default()).unwrap();
    let output = Output::open(root.path(), Force::No).unwrap().value;
    output.write("changed.html", b"new").unwrap();
    drop(output);
    assert_eq!(read(root.path()), site(OLD));
    assert!(!root.path().join(staging::FOLDER).exists());
}

#[test]
fn names_that_differ_in_case_are_one_where_the_file_system_says_so() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("about.html", "old")], Fuse::default()).unwrap();
    let mut output = Output::open(root.path(), Force::No).unwrap().value;
    output.staging.as_mut().unwrap().case = staging::Case::Insensitive;
    for path in ["b/Index.html", "B/index.html", "About.html"] {
        output.write(path, path.as_bytes()).unwrap();
    }
    let made = output.finish(Build::default()).unwrap();
    let [found] = &*made.diagnostics else { panic!("{:?}", made.diagnostics) };
    assert_eq!(found.code, "output-collision");
    assert!(found.message.contains("`b/Index.html` and `B/index.html`"), "{}", found.message);
    let expected = [("About.html", "About.html"), ("B/index.html", "B/index.html")];
    assert_eq!(read(root.path()), site(&expected));
}

#[test]
fn letters_put_together_in_two_ways_are_one_name_where_case_does_not_count() {
    let root = TempDir::new().unwrap();
    let mut output = Output::open(root.path(), Force::No).unwrap().value;
    output.staging.as_mut().unwrap().case = staging::Case::Insensitive;
    for path in ["caf\u{e9}.html", "Cafe\u{301}.html"] {
        output.write(path, path.as_bytes()).unwrap();
    }
    let made = output.finish(Build::default()).unwrap();
    let codes: Vec<&str> = made.diagnostics.iter().map(|found| &*found.code).collect();
    assert_eq!(codes, ["output-collision"]);
}

fn build(root: &Path, files: &[(&str, &str)], fuse: Fuse) -> anyhow::Result<Warned<Written>> {
    let mut output = Output::open(root, Force::No)?.value;
    output.disk.fuse = fuse;
    for (path, text) in files {
        output.write(path, text.as_bytes())?;
    }
    output.finish(Build::default())
}

/// Returns a fuse that ends a build after so many changes.
fn fuse(steps: usize) -> Fuse {
    Fuse { left: Some(Arc::new(AtomicUsize::new(steps))) }
}

fn site(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Returns all files but the manifest.
fn read(root: &Path) -> Files {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    let mut files: Files =
        files.map(|file| (name(file.path()), fs::read_to_string(file.path()).unwrap())).collect();
    files.remove(manifest::FILE);
    files
}
