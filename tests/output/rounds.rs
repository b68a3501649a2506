//! Builds and deeds of the user in any order: the folder is the site, and what is the user's.

use std::fs;
use std::path::Path;

use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};
use stillpress::output::Force;
use tempfile::TempDir;

use crate::output::folder::{Files, build_files, codes, edit, read, times};

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
