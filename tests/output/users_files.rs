//! What the user has in the output folder, or changed there, stays.

use std::fs;

use stillpress::output::{Force, Output};
use tempfile::TempDir;

use crate::output::folder::{build, build_with, codes, edit, names, read, set_time, site};

#[test]
fn an_edit_right_after_the_build_is_noticed_though_size_and_time_are_the_same() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("index.html", "home")]);
    let path = root.path().join("index.html");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "HOME").unwrap();
    set_time(&path, modified);
    set_time(&root.path().join(".stillpress.json"), modified);
    assert_eq!(codes(&build(root.path(), &[("index.html", "home")])), ["output-edited"]);
}

#[test]
fn an_edited_file_is_kept_until_the_user_says_otherwise() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]);
    edit(root.path(), "a.html", "mine");
    edit(root.path(), "b.html", "mine");

    for _ in 0..2 {
        let made = build(root.path(), &[("a.html", "new"), ("c.html", "c")]);
        assert_eq!(codes(&made), ["output-edited", "output-left"]);
        let expected = [("a.html", "mine"), ("b.html", "mine"), ("c.html", "c")];
        assert_eq!(read(root.path()), site(&expected));
    }

    let made = build_with(root.path(), &[("a.html", "new"), ("c.html", "c")], Force::Yes);
    assert_eq!(codes(&made), [""; 0]);
    assert_eq!(read(root.path()), site(&[("a.html", "new"), ("c.html", "c")]));
}

#[test]
fn a_deleted_file_is_written_anew() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a/b.html", "a")]);
    fs::remove_dir_all(root.path().join("a")).unwrap();
    assert_eq!(build(root.path(), &[("a/b.html", "a")]).value.added, 1);
    assert_eq!(read(root.path()), site(&[("a/b.html", "a")]));
}

#[test]
fn foreign_files_are_kept_and_told() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a.html", "a")]);
    edit(root.path(), "about/index.html", "mine");
    edit(root.path(), "notes/mine.txt", "mine");
    let files = [("a.html", "a"), ("about/index.html", "about")];

    let made = build(root.path(), &files);
    let expected = "error[output-foreign]: `about/index.html` was not written by stillpress; \
                    kept as it is, so the page is missing\n  --> about/index.html\n  \
                    help: move it away, or use --force to overwrite it";
    assert_eq!(made.diagnostics[0].to_string(), expected);
    assert_eq!(read(root.path())["about/index.html"], "mine");

    assert_eq!(codes(&build_with(root.path(), &files, Force::Yes)), [""; 0]);
    assert_eq!(read(root.path())["about/index.html"], "about");
    assert_eq!(read(root.path())["notes/mine.txt"], "mine", "no page needs it");
}

#[test]
fn a_foreign_file_of_the_same_bytes_is_fine_but_stays_foreign() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a.html", "a")]);
    edit(root.path(), "robots.txt", "robots");
    assert_eq!(codes(&build(root.path(), &[("a.html", "a"), ("robots.txt", "robots")])), [""; 0]);
    build(root.path(), &[("a.html", "a")]);
    assert_eq!(read(root.path())["robots.txt"], "robots");
}

#[test]
fn a_folder_of_others_is_refused_and_left_untouched() {
    let root = TempDir::new().unwrap();
    edit(root.path(), "thesis.txt", "mine");
    let error = format!("{:#}", Output::open(root.path(), Force::No).unwrap_err());
    assert!(error.contains(&root.path().display().to_string()), "{error}");
    assert!(error.contains("`thesis.txt`") && error.contains("--force"), "{error}");
    assert_eq!(names(root.path()), ["thesis.txt"]);

    build_with(root.path(), &[("a.html", "a")], Force::Yes);
    assert_eq!(read(root.path()), site(&[("a.html", "a"), ("thesis.txt", "mine")]));
}

#[test]
fn an_empty_checkout_for_pages_is_not_refused() {
    let root = TempDir::new().unwrap();
    for file in [".git/HEAD", ".gitignore", "CNAME", ".nojekyll", ".DS_Store"] {
        edit(root.path(), file, "x");
    }
    build(root.path(), &[("a.html", "a")]);
    build(root.path(), &[]);
    assert_eq!(read(root.path()).len(), 5);
}

#[test]
fn a_folder_with_the_users_files_does_not_become_a_file() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[("a/index.html", "1")]);
    edit(root.path(), "a/mine.txt", "mine");
    for force in [Force::No, Force::Yes] {
        let made = build_with(root.path(), &[("a", "2")], force);
        assert_eq!(codes(&made), ["output-foreign"]);
        assert_eq!(read(root.path()), site(&[("a/mine.txt", "mine")]));
    }
}

#[test]
fn a_users_file_becomes_a_folder_only_by_force() {
    let root = TempDir::new().unwrap();
    build(root.path(), &[]);
    edit(root.path(), "a", "mine");
    let files = [("a/b/index.html", "1")];
    assert_eq!(codes(&build(root.path(), &files)), ["output-foreign"]);
    assert_eq!(read(root.path()), site(&[("a", "mine")]));
    assert_eq!(codes(&build_with(root.path(), &files, Force::Yes)), [""; 0]);
    assert_eq!(read(root.path()), site(&files));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let place = TempDir::new().unwrap();
    let root = place.path().join("site");
    build(&root, &[("media/a.txt", "a"), ("b.txt", "b")]);
    // The user moved the media to another disk, and put links in their place.
    let elsewhere = place.path().join("elsewhere");
    fs::rename(root.join("media"), &elsewhere).unwrap();
    symlink(&elsewhere, root.join("media")).unwrap();
    fs::remove_file(root.join("b.txt")).unwrap();
    symlink(elsewhere.join("a.txt"), root.join("b.txt")).unwrap();

    for force in [Force::No, Force::Yes] {
        let made = build_with(&root, &[("media/c.txt", "c")], force);
        assert!(codes(&made).contains(&"output-foreign".to_owned()));
        assert_eq!(names(&elsewhere), ["a.txt"]);
    }
    assert!(fs::symlink_metadata(root.join("b.txt")).is_err(), "the link itself goes by force");
}
