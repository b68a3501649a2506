//! An export in an archive makes the same site as one that was unpacked, with every command.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::site::{self, Run};

/// Writes a zip file of what is in a folder, each below `top`.
fn zip(folder: &Path, top: &str, to: &Path) {
    let mut zip = ZipWriter::new(File::create(to).unwrap());
    for (name, bytes) in site::files_in(folder) {
        let method = match name.ends_with("json") {
            true => CompressionMethod::Deflated,
            false => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(format!("{top}{name}"), options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn tar(folder: &Path, top: &str, to: impl Write) {
    let mut tar = tar::Builder::new(to);
    tar.append_dir_all(top, folder).unwrap();
    tar.into_inner().unwrap().flush().unwrap();
}

/// Builds what is called so in a folder.
fn build(place: TempDir, exports: &[&str]) -> Run {
    site::stillpress(place, exports, b"")
}

/// Returns all of a site but the memory of the build, which tells of its sources.
fn all(run: &Run) -> BTreeMap<String, Vec<u8>> {
    let mut files = site::files_in(&run.folder());
    files.remove(".stillpress.json").unwrap();
    files
}

#[test]
fn an_archive_makes_the_same_site_as_the_folder_in_it() {
    let sample = &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    let expected = all(&site::build(sample, &[]));
    let check = |exports: &[&str], pack: &dyn Fn(&Path)| {
        let place = TempDir::new().unwrap();
        pack(place.path());
        let run = build(place, exports);
        assert_eq!((run.exit_code, run.told.contains("[")), (0, false), "{}", run.told);
        assert!(all(&run) == expected, "{exports:?} makes another site");
        let again = build(run.place, exports);
        assert!(again.told.contains("nothing changed"), "{}", again.told);
    };
    check(&["my-export.zip"], &|at| zip(sample, "my-export/", &at.join("my-export.zip")));
    check(&["my-export.zip"], &|at| zip(sample, "", &at.join("my-export.zip")));
    check(&["export.tar"], &|at| tar(sample, "e", File::create(at.join("export.tar")).unwrap()));
    check(&["export.tgz"], &|at| {
        let file = File::create(at.join("export.tgz")).unwrap();
        tar(sample, ".", GzEncoder::new(file, Compression::fast()));
    });
    // Records and media, each in an archive of their own, in a folder.
    check(&["folder"], &|at| {
        let folder = at.join("folder");
        fs::create_dir(&folder).unwrap();
        let (answers, uploads) = (at.join("answers"), sample.join("uploads"));
        for (name, bytes) in site::files_in(sample) {
            if !name.contains('/') {
                fs::create_dir_all(&answers).unwrap();
                fs::write(answers.join(name), bytes).unwrap();
            }
        }
        zip(&answers, "", &folder.join("answers.zip"));
        tar(&uploads, "", File::create(folder.join("uploads.tar")).unwrap());
    });
}

#[test]
fn every_command_reads_archives() {
    let sample = &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    let place = TempDir::new().unwrap();
    zip(sample, "", &place.path().join("export.zip"));
    let run = build(place, &["export.zip"]);
    let printed = |arguments: &[&str]| site::printed(run.place.path(), arguments, 0);
    assert!(printed(&["doctor", "export.zip"]).contains("16 published"));
    assert!(printed(&["explain", "imprint", "export.zip"]).contains("export.zip/imprint.md"));
    assert!(printed(&["resolve", "/?pagename=imprint", "export.zip"]).contains("/imprint/"));
    printed(&["check", "public", "--export", "export.zip"]);
    printed(&["init", "export.zip"]);
    let settings = fs::read_to_string(run.place.path().join("stillpress.toml")).unwrap();
    assert!(settings.contains("\ntitle = \"The Lungta Times\"\n"));
}

#[test]
fn a_picture_that_a_damaged_archive_holds_is_left_out_whole() {
    let post = r#"[{"id":1,"date":"2026-06-05T03:09:53","slug":"a","status":"publish","type":"post",
        "link":"https://old.example/a/","title":{"rendered":"A"},"content":{"rendered":
        "<img src='/wp-content/uploads/2026/06/good.jpg'><img src='/wp-content/uploads/2026/06/bad.jpg'>",
        "protected":false}}]"#;
    let place = TempDir::new().unwrap();
    let folder = place.path().join("folder");
    for (name, text) in
        [("posts.json", post), ("2026/06/good.jpg", "good"), ("2026/06/bad.jpg", "bad")]
    {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let archive = place.path().join("export.zip");
    zip(&folder, "", &archive);
    let mut bytes = fs::read(&archive).unwrap();
    let text = bytes.windows(7).position(|it| it == b"jpgbad" || it.starts_with(b".jpgbad"));
    bytes[text.unwrap() + 5] = b'A';
    fs::write(&archive, bytes).unwrap();

    let run = build(place, &["export.zip", "--base-url", "https://new.example"]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    assert!(run.told.contains("error[damaged-file]"), "{}", run.told);
    let files = run.files();
    assert_eq!(files["wp-content/uploads/2026/06/good.jpg"], b"good");
    assert!(!files.contains_key("wp-content/uploads/2026/06/bad.jpg"));
    // It is told again by a build that has nothing else to do.
    let again = build(run.place, &["export.zip", "--base-url", "https://new.example"]);
    assert!(again.told.contains("error[damaged-file]"), "{}", again.told);
    assert!(again.told.contains("nothing changed"), "{}", again.told);
}
