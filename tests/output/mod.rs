//! The output folder: what a build changes in it.

mod folder;
mod rounds;
mod users_files;

use std::fs;
use std::time::Duration;

use stillpress::diagnostics::{Diagnostic, Location, Warned};
use stillpress::output::{Build, Force, Output, Written};
use stillpress::stored::StoredFile;
use tempfile::TempDir;

use crate::output::folder::{
    age, build, build_files, build_with, codes, edit, names, open, read, site, times, touch,
};

#[test]
fn a_new_folder_appears_whole_and_with_the_folders_above_it() {
    let place = TempDir::new().unwrap();
    let root = place.path().join("a/b/site");
    let output = open(&root, Force::No);
    output.write("index.html", b"home").unwrap();
    output.write("about/index.html", b"about").unwrap();
    assert!(!root.exists());

    let Warned { value, diagnostics } = output.finish(Build::default()).unwrap();

    assert_eq!(value, Written { added: 2, bytes: 9, ..Written::default() });
    assert_eq!(diagnostics, []);
    assert_eq!(read(&root), site(&[("about/index.html", "about"), ("index.html", "home")]));
    assert_eq!(names(root.parent().unwrap()), ["site"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let expected = fs::metadata(root.parent().unwrap()).unwrap().permissions().mode();
        assert_eq!(fs::metadata(&root).unwrap().permissions().mode(), expected);
    }
}

#[test]
fn a_new_folder_that_is_given_up_leaves_nothing() {
    let place = TempDir::new().unwrap();
    let output = open(&place.path().join("a/b/site"), Force::No);
    output.write("index.html", b"home").unwrap();
    drop(output);
    assert_eq!(names(place.path()), [""; 0]);
}

#[test]
fn a_folder_that_exists_changes_at_the_end() {
    let root = TempDir::new().unwrap();
    let output = open(root.path(), Force::No);
    output.write("a/b.html", b"1").unwrap();
    assert_eq!(names(root.path()), [".stillpress-staging"]);
    drop(output);
    assert_eq!(names(root.path()), [""; 0]);

    build(root.path(), &[("a/b.html", "1")]);
    assert_eq!(names(root.path()), [".stillpress.json", "a"]);
}

#[test]
fn only_what_changed_is_written() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a/index.html", "a"), ("b/index.html", "b"), ("c/d/index.html", "d")]);
    age(root.path());
    let before = times(root.path());

    let made = build(root.path(), &[("a/index.html", "a"), ("b/index.html", "B"), ("e", "e")]);

    let expected = Written {
        added: 1,
        changed: 1,
        unchanged: 1,
        removed: 1,
        removed_pages: vec!["/c/d/".to_owned()],
        bytes: 3,
    };
    assert_eq!(made.value, expected);
    let after = times(root.path());
    assert_eq!(after["a/index.html"], before["a/index.html"]);
    assert_ne!(after["b/index.html"], before["b/index.html"]);
    assert!(!root.path().join("c").exists(), "the folders of removed files go with them");
}

#[test]
fn the_same_build_again_writes_nothing() {
    let root = TempDir::new().unwrap();
    let files = [("a/index.html", "a"), ("index.html", "home")];
    build(root.path(), &files);
    let before = times(root.path());
    std::thread::sleep(Duration::from_millis(20));

    let made = build(root.path(), &files);

    assert_eq!(made.value, Written { unchanged: 2, bytes: 5, ..Written::default() });
    assert_eq!(times(root.path()), before);
}

#[test]
fn a_touched_file_is_compared_by_content() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("index.html", "home")]);
    touch(&root.path().join("index.html"), 60);
    let made = build(root.path(), &[("index.html", "home")]);
    assert_eq!(made.value.unchanged, 1);
    assert_eq!(made.diagnostics, []);
}

#[test]
fn what_is_no_folder_is_refused() {
    let place = TempDir::new().unwrap();
    edit(place.path(), "file", "x");
    let error = |path: &str| {
        format!("{:#}", Output::open(&place.path().join(path), Force::Yes).unwrap_err())
    };
    assert!(error("file").contains("is a file"));
    assert!(error("file/site").contains("file/site"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("loop", place.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("nothing", place.path().join("lost")).unwrap();
        assert!(error("loop").contains("loop"));
        assert!(error("lost").contains("leads nowhere"));
    }
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let root = TempDir::new().unwrap();
    let sites: [&[_]; 3] = [
        &[("a", "1"), ("b/c/index.html", "2"), ("b/index.html", "3")],
        &[("a/index.html", "4"), ("b", "5")],
        &[("a", "6"), ("b/c/index.html", "7")],
    ];
    for files in sites {
        assert_eq!(codes(&build(root.path(), files)), [""; 0]);
        assert_eq!(read(root.path()), site(files));
    }
}

#[test]
fn files_that_exclude_each_other_are_told_whichever_came_first() {
    for files in [[("a", "1"), ("a/index.html", "2")], [("a/index.html", "2"), ("a", "1")]] {
        let place = TempDir::new().unwrap();
        let new = place.path().join("site");
        for root in [&new, place.path()] {
            assert_eq!(codes(&build_with(root, &files, Force::Yes)), ["output-collision"]);
            assert_eq!(read(root)["a"], "1");
            fs::remove_dir_all(&new).unwrap_or_default();
        }
    }
}

/// Elsewhere they may be one, which a test beside the code stands for.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_are_two() {
    let place = TempDir::new().unwrap();
    let files = site(&[("About/index.html", "a"), ("about/index.html", "b")]);
    let made = build_files(place.path(), &files, Force::No);
    assert_eq!(codes(&made), [""; 0]);
    assert_eq!(read(place.path()), files);
}

/// Windows has room for longer names than any page has.
#[cfg(unix)]
#[test]
fn a_name_the_file_system_cannot_hold_is_told() {
    let place = TempDir::new().unwrap();
    let long = format!("{}index.html", "0123456789/".repeat(500));
    let new = place.path().join("site");
    for root in [&new, place.path()] {
        let made = build_with(root, &[("a.html", "a"), (&long, "b")], Force::Yes);
        assert_eq!(codes(&made), ["output-name"]);
        assert_eq!(read(root)["a.html"], "a");
    }
}

#[test]
fn paths_that_lead_outside_are_refused() {
    let root = TempDir::new().unwrap();
    let output = open(root.path(), Force::No);
    for path in ["../a", "/a", "a/../b", "", "a//b", ".stillpress.json", ".git/config"] {
        assert!(output.write(path, b"x").is_err(), "{path}");
    }
}

#[test]
fn a_manifest_that_leads_outside_is_not_believed() {
    let place = TempDir::new().unwrap();
    let root = place.path().join("site");
    build(&root, &[("a.html", "a")]);
    edit(place.path(), "precious.txt", "a");
    let manifest = fs::read_to_string(root.join(".stillpress.json")).unwrap();
    edit(&root, ".stillpress.json", &manifest.replace("a.html", "../precious.txt"));

    let error = format!("{:#}", Output::open(&root, Force::No).unwrap_err());
    assert!(error.contains("../precious.txt"), "{error}");
    let warned = Output::open(&root, Force::Yes).unwrap();
    assert_eq!(codes(&warned), ["output-manifest"]);
    warned.value.finish(Build::default()).unwrap();
    assert_eq!(names(place.path()), ["precious.txt", "site"]);
}

#[test]
fn media_is_copied_once() {
    let place = TempDir::new().unwrap();
    let root = place.path().join("site");
    let from = place.path().join("photo.jpg");
    let copy = || {
        let output = open(&root, Force::No);
        output.copy(&StoredFile::Whole(from.clone()), "media/photo.jpg").unwrap();
        output.finish(Build::default()).unwrap().value
    };
    fs::write(&from, "photo").unwrap();
    touch(&from, 100);
    assert_eq!(copy(), Written { added: 1, bytes: 5, ..Written::default() });
    age(&root);
    assert_eq!(copy().unchanged, 1);
    // Same size and time: it is not even read.
    fs::write(&from, "PHOTO").unwrap();
    touch(&from, 100);
    assert_eq!(copy().unchanged, 1);
    touch(&from, 50);
    assert_eq!(copy().changed, 1);
    // Another time, but the same bytes.
    touch(&from, 40);
    assert_eq!(copy().unchanged, 1);
    assert_eq!(read(&root), site(&[("media/photo.jpg", "PHOTO")]));
    let lost = StoredFile::Whole(place.path().join("lost.jpg"));
    let error = open(&root, Force::No).copy(&lost, "lost.jpg");
    assert!(format!("{:#}", error.unwrap_err()).contains("lost.jpg"));
}

#[test]
fn the_next_build_learns_what_the_last_one_said() {
    let root = TempDir::new().unwrap();
    let location = Location::file(&"posts.json".into());
    let diagnostics = vec![Diagnostic::warning("unknown-block", "“kept”\n", location)];
    let said =
        Build { fingerprint: "f".into(), diagnostics: diagnostics.clone(), ..Build::default() };
    let output = open(root.path(), Force::No);
    assert_eq!(output.previous(), None);
    output.write("a.html", b"a").unwrap();
    output.finish(said).unwrap();

    let output = open(root.path(), Force::No);
    let previous = output.previous().unwrap();
    assert_eq!((&*previous.fingerprint, &previous.diagnostics), ("f", &diagnostics));
    assert_eq!(output.keep(), Written { unchanged: 1, bytes: 1, ..Written::default() });
    assert_eq!(names(root.path()), [".stillpress.json", "a.html"]);

    edit(root.path(), "a.html", "mine");
    assert_eq!(open(root.path(), Force::No).previous(), None);
}

#[test]
fn a_build_that_something_stood_in_the_way_of_is_not_the_last_word() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[]);
    edit(root.path(), "a.html", "mine");
    build(root.path(), &[("a.html", "a")]);
    assert_eq!(open(root.path(), Force::No).previous(), None);
}

#[test]
fn two_builds_of_one_folder_exclude_each_other() {
    let root = TempDir::new().unwrap();
    let first = open(root.path(), Force::No);
    let error = format!("{:#}", Output::open(root.path(), Force::Yes).unwrap_err());
    assert!(error.contains("another build"), "{error}");
    drop(first);
    build(root.path(), &[("a.html", "a")]);
}

#[test]
fn new_folders_of_killed_builds_are_swept_away() {
    let place = TempDir::new().unwrap();
    edit(place.path(), ".stillpress-new-x1/.stillpress-staging/lock", "");
    edit(place.path(), ".stillpress-new-mine/notes.txt", "");
    let running = open(&place.path().join("other"), Force::No);
    build(&place.path().join("site"), &[("a.html", "a")]);
    assert_eq!(names(place.path()).len(), 3, "{:?}", names(place.path()));
    assert!(!place.path().join(".stillpress-new-x1").exists());
    drop(running);
}

#[test]
fn the_manifest_does_not_depend_on_the_order_of_threads() {
    let paths: Vec<String> = (0..300).map(|n| format!("{}/{}/index.html", n % 7, n)).collect();
    let manifest = |paths: &[String]| {
        let root = TempDir::new().unwrap();
        let output = open(root.path(), Force::No);
        rayon::scope(|scope| {
            for path in paths {
                let output = &output;
                scope.spawn(move |_| {
                    output.write(path, path.as_bytes()).unwrap();
                });
            }
        });
        output.finish(Build::default()).unwrap();
        let text = fs::read_to_string(root.path().join(".stillpress.json")).unwrap();
        let lines = text.lines().map(|line| line.split("\",[").next().unwrap().to_owned());
        lines.collect::<Vec<_>>()
    };
    let backwards: Vec<String> = paths.iter().rev().cloned().collect();
    assert_eq!(manifest(&paths), manifest(&backwards));
}
