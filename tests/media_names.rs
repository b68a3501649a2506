//! Names of files that not every file system can hold beside each other, or at all.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use tempfile::TempDir;

use crate::site::{self, Run};

/// Builds a post that shows a picture, with files of these names in the uploads folder.
fn build(shown: &str, names: &[&[u8]]) -> Run {
    let place = TempDir::new().unwrap();
    let uploads = place.path().join("in/uploads/2024");
    fs::create_dir_all(&uploads).unwrap();
    for (name, content) in names.iter().zip("abc".chars()) {
        fs::write(uploads.join(OsStr::from_bytes(name)), content.to_string()).unwrap();
    }
    let post = format!(
        r#"[{{"id":1,"type":"post","status":"publish","date":"2024-05-01T08:00:00","slug":"a",
            "link":"https://old.example/a/","title":{{"rendered":"A"}},
            "content":{{"rendered":"<img src='/wp-content/uploads/2024/{shown}'>"}}}}]"#
    );
    fs::write(place.path().join("in/posts.json"), post).unwrap();
    site::stillpress(place, &["in"], b"")
}

fn published(run: &Run, name: &str) -> Option<String> {
    let file = Path::new("wp-content/uploads/2024").join(name);
    fs::read_to_string(run.folder().join(file)).ok()
}

#[test]
fn a_name_in_latin_1_is_found_and_told() {
    for shown in ["M%C3%BCll.jpg", "M%FCll.jpg"] {
        let run = build(shown, &[b"M\xfcll.jpg"]);
        assert!(run.told.contains("warning[media-name]: the name of a file"), "{}", run.told);
        assert!(!run.told.contains("missing-media"), "{}", run.told);
        assert_eq!(published(&run, "M\u{fc}ll.jpg").as_deref(), Some("a"));
    }
}

#[test]
fn of_names_that_differ_in_capital_letters_the_very_one_is_taken() {
    let run = build("lake.jpg", &[b"LAKE.jpg", b"Lake.jpg", b"lake.jpg"]);
    assert!(!run.told.contains("ambiguous-media"), "{}", run.told);
    assert_eq!(published(&run, "lake.jpg").as_deref(), Some("c"));
}

#[test]
fn where_any_of_several_could_be_meant_that_is_told() {
    let run = build("lake.jpg", &[b"LAKE.jpg", b"Lake.jpg"]);
    assert!(run.told.contains("warning[ambiguous-media]"), "{}", run.told);
    assert!(run.told.contains("it is `2024/LAKE.jpg`"), "{}", run.told);
    assert_eq!(published(&run, "lake.jpg").as_deref(), Some("a"));
}
