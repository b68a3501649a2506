//! The sample export: it builds without a finding but those its texts are meant to show, and all
//! links between its pages lead somewhere.

use std::path::{Path, PathBuf};

use crate::links;
use crate::site::{self, Run};

/// What the sample's texts are meant to show.
const MEANT: [&str; 0] = [];

#[test]
fn the_sample_is_built_with_nothing_to_tell() {
    let run = build();
    assert_eq!(run.exit_code, 0, "{}", run.told);
    let found = run.told.lines().filter(|line| {
        (line.starts_with("warning[") || line.starts_with("error["))
            && !MEANT.iter().any(|code| line.contains(code))
    });
    assert_eq!(found.collect::<Vec<_>>(), [""; 0]);
    let pages = run.files().keys().filter(|name| name.ends_with("index.html")).count();
    assert!(pages > 100, "{pages} pages");
}

#[test]
fn all_links_within_the_sample_lead_somewhere() {
    assert_eq!(links::broken(&run_files(&build())), [""; 0]);
}

#[test]
fn links_to_comments_find_where_they_are_or_would_be() {
    let files = run_files(&build());
    let texts = files.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes)));
    let posts: Vec<_> = texts.filter(|(_, text)| text.contains(" singular\" id=\"top\"")).collect();
    assert!(posts.iter().any(|(_, text)| text.contains("<ol class=\"comment-list\">")));
    for (name, text) in posts {
        for id in [" id=\"comments\"", " id=\"respond\""] {
            assert_eq!(text.matches(id).count(), 1, "{name}:{id}");
        }
    }
}

#[test]
fn the_sample_passes_the_check_of_finished_sites() {
    let run = build();
    let sample = sample();
    let check = ["check", "public", "--strict", "--export", sample.to_str().unwrap()];
    assert_eq!(site::printed(run.place.path(), &check, 0), "");
}

fn run_files(run: &Run) -> std::collections::BTreeMap<String, Vec<u8>> {
    site::files_in(&run.folder())
}

fn build() -> Run {
    site::build(&sample(), &["--strict"])
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export")
}
