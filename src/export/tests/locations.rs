//! Where files are looked for, and how they are opened.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::export::read;
use crate::export::tests::{Folder, codes, ids, post_json, text};
use crate::model::{Export, UploadsFolder};

fn compress(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn folders_are_searched_for_files_of_any_name() {
    let folder = Folder::new(&[
        ("posts.json", &post_json(1, "")),
        ("deep/er/more.ndjson", &post_json(2, "")),
        ("lines.JSONL", &post_json(3, "")),
        ("answer.txt", &post_json(4, "")),
        ("notes.txt", "not JSON"),
        ("README.md", "# Not a page"),
        ("answer", &post_json(5, "")),
        ("answer.download", &post_json(6, "")),
        ("image.svg", "<svg/>"),
        ("setup.toml", "[[a]]"),
        (".hidden/posts.json", &post_json(91, "")),
        ("node_modules/posts.json", &post_json(92, "")),
        ("uploads/2026/data.json", &post_json(93, "")),
    ]);
    folder.write("latin.txt", b"Caf\xe9");
    let read = folder.read();
    assert_eq!((ids(&read.value), codes(&read)), (vec![1, 2, 3, 4, 5, 6], vec![]));
    assert_eq!(read.value.uploads.folders, [UploadsFolder::whole(folder.path("uploads"))]);
    assert!(read.value.files.iter().all(|file| !file.name.contains('\\')));
}

#[test]
fn uploads_may_stand_beside_the_export() {
    let folder = Folder::new(&[("posts.json", &post_json(1, ""))]);
    folder.write("../uploads/2026/a.jpg", b"");
    folder.write("../wp-content/uploads/2026/a.jpg", b"");
    folder.write("../wp-content/gallery/b.jpg", b"");
    folder.write("../wp-content/gallery/.hidden/c.jpg", b"");
    folder.write("../wp-content/code.php", b"");
    let media = folder.read().value.uploads;
    let others: Vec<&str> = media.others.iter().map(|other| &*other.path).collect();
    assert_eq!(others, ["wp-content/gallery/b.jpg"]);
    let uploads = media.folders;
    assert_eq!(uploads.len(), 2);
    assert!(uploads.iter().all(|folder| folder.root.ends_with("uploads")));
}

#[test]
fn uploads_are_known_by_the_years_in_them_whatever_they_are_called() {
    let folder = Folder::new(&[
        ("posts.json", &post_json(1, "")),
        ("2026/06/posts.json", &post_json(2, "")),
        ("uploads/uploads/2024/05/a.jpg", ""),
        ("uploads (1)/2025/05/b.jpg", ""),
        ("uploads (1)/2025/06/posts.json", &post_json(91, "")),
        ("pictures/2026/x/c.jpg", ""),
    ]);
    let export = folder.read().value;
    let part = |root: &str, part: &str| UploadsFolder {
        root: folder.path(root),
        part: folder.path(root).join(part),
    };
    assert_eq!(export.uploads.folders, [part("uploads/uploads", ""), part("uploads (1)", "2025")]);
    assert_eq!(ids(&export), [1, 2]);
}

#[test]
fn files_that_the_old_site_showed_lie_where_they_were() {
    let folder = Folder::new(&[
        ("posts.json", &post_json(1, "")),
        ("backup/wp-content/gallery/a.jpg", ""),
        ("backup/wp-content/uploads/2026/b.jpg", ""),
        ("backup/wp-content/plugins/x/x.php", ""),
        ("images/c.png", ""),
        ("images/.d.png", ""),
        (".git/e.png", ""),
        ("backup.zip", ""),
    ]);
    let paths = |export: Export| -> Vec<String> {
        export.uploads.others.into_iter().map(|other| other.path).collect()
    };
    assert_eq!(paths(folder.read().value), ["wp-content/gallery/a.jpg", "images/c.png"]);
    let content = read(&[folder.path("posts.json"), folder.path("backup/wp-content")]);
    assert_eq!(paths(content.unwrap().value), ["wp-content/gallery/a.jpg"]);
}

#[test]
fn a_file_that_is_named_is_read_whatever_its_name() {
    let folder =
        Folder::new(&[("posts.bin", &post_json(1, "")), ("other.json", &post_json(2, ""))]);
    let export = read(&[folder.path("posts.bin"), folder.path(""), folder.path("posts.bin")]);
    let export = export.unwrap().value;
    assert_eq!((ids(&export), export.files.len()), (vec![1, 2], 2));
}

#[test]
fn compressed_files_are_read_through_a_copy() {
    let folder = Folder::new(&[("b.json", &post_json(2, ""))]);
    folder.write("a.json.gz", &compress(&post_json(1, "")));
    folder.write("c.ndjson.gz", &compress(&post_json(3, "")));
    let export = folder.read().value;
    assert_eq!(ids(&export), [1, 2, 3]);
    assert_eq!(text(&export, 1), "<p>Text 1</p>");
    let copy = export.files[0].path.clone();
    assert!(copy.exists() && export.files[0].temporary.is_some());
    drop(export);
    assert!(!copy.exists());
}

#[test]
fn a_damaged_compressed_file_keeps_what_can_be_read() {
    let folder = Folder::new(&[("b.json", &post_json(2, ""))]);
    let whole = compress(&format!("[{},{}]", post_json(1, ""), "7,".repeat(100_000)));
    folder.write("a.json.gz", &whole[..whole.len() / 2]);
    let read = folder.read();
    assert_eq!(ids(&read.value), [1, 2]);
    assert_eq!(codes(&read), ["damaged-file", "invalid-json"]);
}

#[test]
fn the_fingerprint_tells_names_and_bytes() {
    let one = Folder::new(&[("a.json", &post_json(1, ""))]);
    let fingerprint = |folder: &Folder| folder.read().value.fingerprint;
    let first = fingerprint(&one);
    assert_eq!(first, fingerprint(&one));
    one.write("a.json", post_json(2, "").as_bytes());
    let second = fingerprint(&one);
    assert_ne!(first, second);
    fs::rename(one.path("a.json"), one.path("b.json")).unwrap();
    assert_ne!(second, fingerprint(&one));
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_followed_but_never_around() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[("a.json", &post_json(1, ""))]);
    folder.write("../elsewhere/b.json", post_json(2, "").as_bytes());
    symlink(folder.path("../elsewhere"), folder.path("link")).unwrap();
    symlink(folder.path(""), folder.path("again")).unwrap();
    folder.write("one/c.json", post_json(3, "").as_bytes());
    folder.write("two/d.json", post_json(4, "").as_bytes());
    for n in 0..12 {
        symlink(folder.path("two"), folder.path(&format!("one/{n}"))).unwrap();
        symlink(folder.path("one"), folder.path(&format!("two/{n}"))).unwrap();
    }
    symlink(folder.path("nowhere"), folder.path("dangling.json")).unwrap();
    assert_eq!(ids(&folder.read().value), [1, 2, 3, 4]);
    let through: PathBuf = folder.path("link");
    assert_eq!(ids(&read(&[through]).unwrap().value), [2]);
}
