//! The output folder: what a build changes in it, and what it leaves to the user.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};
use stillpress::diagnostics::{Diagnostic, Location, Warned};
use stillpress::output::{Build, Force, Output, Written};
use stillpress::stored::StoredFile;
use tempfile::TempDir;

/// Files by path.
type Files = BTreeMap<String, String>;

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

/// What the user does between two builds.
#[derive(Clone, Debug)]
enum Deed {
    Edits(String, String),
    Deletes(String),
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn the_folder_is_the_site_and_what_is_the_users(
        starts_new in prop::bool::ANY,
        rounds in prop::collection::vec((sites(), prop::collection::vec(deed(), 0..3)), 1..6),
    ) {
        let place = TempDir::new().unwrap();
        let root = place.path().join("site");
        if !starts_new {
            fs::create_dir(&root).unwrap();
        }
        // What we wrote and nobody touched, and what is the user's.
        let (mut ours, mut theirs) = (Files::new(), Files::new());
        for (files, deeds) in rounds {
            let made = build_files(&root, &files, Force::No);
            ours.clone_from(&files);
            ours.retain(|path, _| !is_in_the_way_of(&theirs, path));
            let complete = ours.len() == files.len();
            if complete && theirs.is_empty() {
                prop_assert_eq!(codes(&made), [""; 0]);
            }
            let mut expected = theirs.clone();
            expected.extend(ours.clone());
            prop_assert_eq!(read(&root), expected);

            let before = times(&root);
            build_files(&root, &files, Force::No);
            prop_assert_eq!(times(&root), before);

            for deed in deeds {
                match deed {
                    Deed::Edits(path, text) if !is_folder_or_in_file(&root, &path) => {
                        edit(&root, &path, &text);
                        // Writing what is there anyway makes it nobody else's.
                        if ours.get(&path) != Some(&text) {
                            ours.remove(&path);
                            theirs.insert(path, text);
                        }
                    }
                    Deed::Deletes(path) if root.join(&path).is_file() => {
                        fs::remove_file(root.join(&path)).unwrap();
                        ours.remove(&path);
                        theirs.remove(&path);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Small names, so that files and folders often want the same one.
fn paths() -> impl Strategy<Value = String> {
    prop_oneof![Just("a"), Just("b"), Just("a/a"), Just("a/b"), Just("a/b/c"), Just("b/c")]
        .prop_map(str::to_owned)
}

/// Sites whose files do not exclude each other.
fn sites() -> impl Strategy<Value = Files> {
    prop::collection::btree_map(paths(), "[xy]{1,2}", 0..5).prop_map(|files| {
        let is_possible = |path: &String| {
            !path.match_indices('/').any(|(end, _)| files.contains_key(&path[..end]))
        };
        files
            .iter()
            .filter(|(path, _)| is_possible(path))
            .map(|(p, t)| (p.clone(), t.clone()))
            .collect()
    })
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (paths(), "[uv]{1,2}").prop_map(|(path, text)| Deed::Edits(path, text)),
        paths().prop_map(Deed::Deletes),
    ]
}

/// Returns whether a file of the user's keeps `path` from being written.
fn is_in_the_way_of(theirs: &Files, path: &str) -> bool {
    theirs.keys().any(|mine| {
        mine == path
            || mine.starts_with(&format!("{path}/"))
            || path.starts_with(&format!("{mine}/"))
    })
}

fn is_folder_or_in_file(root: &Path, path: &str) -> bool {
    let is_in_file = path.match_indices('/').any(|(end, _)| root.join(&path[..end]).is_file());
    root.join(path).is_dir() || is_in_file
}

fn open(root: &Path, force: Force) -> Output {
    Output::open(root, force).unwrap().value
}

fn build(root: &Path, files: &[(&str, &str)]) -> Warned<Written> {
    build_with(root, files, Force::No)
}

fn build_with(root: &Path, files: &[(&str, &str)], force: Force) -> Warned<Written> {
    let output = open(root, force);
    for (path, text) in files {
        output.write(path, text.as_bytes()).unwrap();
    }
    output.finish(Build::default()).unwrap()
}

fn build_files(root: &Path, files: &Files, force: Force) -> Warned<Written> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    build_with(root, &files, force)
}

fn codes<T>(made: &Warned<T>) -> Vec<String> {
    made.diagnostics.iter().map(|found| found.code.to_string()).collect()
}

fn site(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Returns all files but the manifest.
fn read(root: &Path) -> Files {
    let text = |path: PathBuf| fs::read_to_string(path).unwrap();
    let mut files: Files = walk(root).into_iter().map(|(name, path)| (name, text(path))).collect();
    files.remove(".stillpress.json");
    files
}

/// Returns when each file, with the manifest, was last written.
fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let modified = |path: PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    walk(root).into_iter().map(|(name, path)| (name, modified(path))).collect()
}

fn walk(root: &Path) -> BTreeMap<String, PathBuf> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), entry.into_path())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn edit(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Makes a file as old as so many seconds.
fn touch(path: &Path, seconds: u64) {
    let epoch = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    set_time(path, epoch - Duration::from_secs(seconds));
}

fn set_time(path: &Path, modified: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

/// Makes the manifest newer than all files, as it is when builds take longer than tests.
fn age(root: &Path) {
    let manifest = root.join(".stillpress.json");
    set_time(&manifest, SystemTime::now() + Duration::from_secs(10));
}
