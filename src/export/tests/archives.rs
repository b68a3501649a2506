//! Archives: what is in them is read as if they had been unpacked.

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, proptest};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::diagnostics::Warned;
use crate::export::tests::{Folder, codes, ids, post_json, text};
use crate::export::{Cache, read, read_again};
use crate::model::{Export, SiteFile};

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // As a hostile program writes it: the library refuses some names.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn archives_with_any_bytes_changed_are_read_or_told(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in 0..2_usize,
    ) {
        let post = post_json(1, "");
        let files: [(&str, &[u8]); 2] = [("a.json", post.as_bytes()), ("uploads/b.jpg", b"b")];
        let tar = tar(&files);
        for (name, whole) in [("a.zip", zip(&files)), ("a.tgz", gzip(&tar)), ("a.tar", tar)] {
            let mut bytes = whole;
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            bytes.truncate(bytes.len() - cut * 30);
            let folder = Folder::new(&[("posts.json", &post_json(2, ""))]);
            folder.write(name, &bytes);
            let export = folder.read().value;
            prop_assert!(ids(&export).contains(&2));
            for media in &export.uploads.packed {
                let mut read = Vec::new();
                let _ = media.file.open().and_then(|mut file| file.read_to_end(&mut read));
                prop_assert!(read.len() < 9999);
            }
        }
    }
}

/// Changes two bytes at `offset` of both headers of the first file of a zip file: the one in the list
/// of files is two bytes longer before what they have in common.
fn patched(mut zip: Vec<u8>, offset: usize, value: u16) -> Vec<u8> {
    let listed = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    for start in [offset, listed + offset + 2] {
        zip[start..start + 2].copy_from_slice(&value.to_le_bytes());
    }
    zip
}

/// Returns where the old site had files, and their first letters.
fn paths(files: &[SiteFile]) -> Vec<(&str, String)> {
    let start = |file: &SiteFile| {
        let mut text = String::new();
        file.file.open().unwrap().take(9).read_to_string(&mut text).unwrap();
        text
    };
    files.iter().map(|file| (&*file.path, start(file))).collect()
}

fn read_alone(name: &str, bytes: &[u8]) -> Warned<Export> {
    let folder = Folder::new(&[]);
    folder.write(name, bytes);
    read(&[folder.path(name)]).unwrap()
}

#[test]
fn records_and_media_are_found_in_archives_of_every_form() {
    let (one, two) = (post_json(1, ""), post_json(2, ""));
    let files: [(&str, &[u8]); 5] = [
        ("my-export/answers/posts.json", one.as_bytes()),
        ("my-export/more", two.as_bytes()),
        ("my-export/uploads/2026/06/a.jpg", b"picture a"),
        ("my-export/images/b.png", b"picture b"),
        ("my-export/notes.txt", b"none of it"),
    ];
    let archives = [
        ("my-export.zip", zip(&files)),
        ("my-export.tar", tar(&files)),
        ("my-export.tgz", gzip(&tar(&files))),
        ("without-ending", zip(&files)),
    ];
    for (name, bytes) in archives {
        let folder = Folder::new(&[]);
        folder.write(name, &bytes);
        let read = read(&[folder.path(name)]).unwrap();
        let export = &read.value;
        assert_eq!((ids(export), codes(&read)), (vec![1, 2], vec![]), "{name}");
        assert_eq!(text(export, 1), "<p>Text 1</p>");
        assert_eq!(paths(&export.uploads.packed), [("2026/06/a.jpg", "picture a".to_owned())]);
        assert_eq!(paths(&export.uploads.others), [("images/b.png", "picture b".to_owned())]);
        assert!(export.files[0].name.ends_with(&format!("{name}/my-export/answers/posts.json")));
    }
}

#[test]
fn an_archive_in_a_folder_is_as_if_it_were_unpacked_there() {
    let folder = Folder::new(&[("b.json", &post_json(2, ""))]);
    let (one, three) = (post_json(1, ""), post_json(3, ""));
    folder.write("z.zip", &zip(&[("a.json", one.as_bytes()), ("deep/c.json", three.as_bytes())]));
    folder.write("media.tar", &tar(&[("./2026/06/a.jpg", b"a"), ("2026/06/._a.jpg", b"x")]));
    let read = folder.read();
    assert_eq!((ids(&read.value), codes(&read)), (vec![1, 2, 3], vec![]));
    let names = read.value.files.iter().map(|file| file.name.rsplit('/').next().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["a.json", "b.json", "c.json"]);
    assert_eq!(paths(&read.value.uploads.packed), [("2026/06/a.jpg", "a".to_owned())]);
}

#[test]
fn what_lies_unpacked_beside_its_archive_stands() {
    for place in ["a.json", "saved/a.json"] {
        let folder = Folder::new(&[(place, &post_json(1, ""))]);
        let (other, more) = (post_json(7, ""), post_json(8, ""));
        let files: [(&str, &[u8]); 2] = [("a.json", other.as_bytes()), ("b.json", more.as_bytes())];
        folder.write("saved.zip", &zip(&files));
        assert_eq!(ids(&folder.read().value), [1, 8], "{place}");
    }
}

#[test]
fn a_picture_that_lies_unpacked_beside_its_archive_stands() {
    let folder = Folder::new(&[("posts.json", &post_json(1, "")), ("images/a.png", "mine")]);
    folder.write("all.zip", &zip(&[("images/a.png", b"theirs"), ("images/b.png", b"theirs")]));
    let media = folder.read().value.uploads;
    let others = paths(&media.others);
    let expected = [("images/b.png", "theirs".to_owned()), ("images/a.png", "mine".to_owned())];
    assert_eq!(others, expected);
}

#[test]
fn an_archive_may_be_the_folder_of_media() {
    let check = |name: &str, file: &str| {
        let posts = Folder::new(&[("posts.json", &post_json(1, ""))]);
        posts.write(name, &zip(&[(file, b"a")]));
        let media = posts.read().value.uploads;
        let packed: Vec<&str> = media.packed.iter().map(|it| &*it.path).collect();
        assert_eq!(packed, ["lake.jpg"], "{name}: {file}");
    };
    check("uploads.zip", "lake.jpg");
    check("uploads.zip", "uploads/lake.jpg");
    check("uploads.zip", "uploads/uploads/lake.jpg");
    check("wp-content.zip", "uploads/lake.jpg");
    check("backup.zip", "site/wp-content/uploads/lake.jpg");
}

#[test]
fn archives_that_the_site_offered_or_kept_are_not_opened() {
    let hidden = post_json(9, "");
    let archive = zip(&[("posts.json", hidden.as_bytes())]);
    let folder = Folder::new(&[("posts.json", &post_json(1, ""))]);
    folder.write("uploads/2026/06/data.zip", &archive);
    folder.write("2025/05/data.zip", &archive);
    folder.write("2025/05/a.jpg", b"");
    folder.write("wp-content/backups/all.zip", &archive);
    folder.write("outer.zip", &zip(&[("inner.zip", &archive), ("uploads/data.zip", &archive)]));
    let read = folder.read();
    assert_eq!(ids(&read.value), [1]);
    assert_eq!(codes(&read), ["unread-archive"; 2]);
    assert!(read.diagnostics.iter().any(|it| it.location.file.ends_with("outer.zip/inner.zip")));
    let packed: Vec<&str> = read.value.uploads.packed.iter().map(|it| &*it.path).collect();
    assert_eq!(packed, ["data.zip"]);
}

#[test]
fn programs_and_built_sites_are_none_of_an_export() {
    let hidden = post_json(9, "");
    let hidden = hidden.as_bytes();
    let read = read_alone(
        "backup.zip",
        &zip(&[
            ("posts.json", post_json(1, "").as_bytes()),
            ("wp-content/themes/x/demo.json", hidden),
            ("wp-content/plugins/x/data.json", hidden),
            ("wp-content/plugins/x/a.png", b""),
            ("wp-includes/data.json", hidden),
            ("node_modules/data.json", hidden),
            (".git/data.json", hidden),
            ("public/.stillpress.json", b"{}"),
            ("public/data.json", hidden),
            ("__MACOSX/._posts.json", hidden),
            (".DS_Store", b"x"),
        ]),
    );
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec![]));
    let others: Vec<&str> = read.value.uploads.others.iter().map(|it| &*it.path).collect();
    assert_eq!(others, ["wp-content/plugins/x/a.png"]);
}

#[test]
fn what_is_not_read_of_an_archive_is_told() {
    let (good, bad) = (post_json(1, ""), post_json(9, ""));
    let (good, bad) = (good.as_bytes(), bad.as_bytes());
    let both: [(&str, &[u8]); 2] = [("bad.json", bad), ("good.json", good)];
    let check = |archive: &[u8], expected: &str| {
        let read = read_alone("export", archive);
        assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["unread-packed"]));
        assert!(read.diagnostics[0].message.contains(expected), "{:?}", read.diagnostics);
    };
    check(&patched(zip(&both), 6, 1), "password");
    check(&patched(zip(&both), 8, 12), "compressing");
    check(&zip(&[("bomb.json", &vec![b' '; 70 << 20]), both[1]]), "fill a disk");
    let names = ["../bad.json", "/bad.json", "a/../../bad.json"];
    for name in names {
        check(&zip(&[(name, bad), both[1]]), name);
        check(&tar(&[(name, bad), both[1]]), name);
    }
    let mut link = ZipWriter::new(Cursor::new(zip(&both[1..])));
    link.start_file("good.json", SimpleFileOptions::default()).unwrap();
    link.write_all(good).unwrap();
    link.add_symlink("bad.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    check(&link.finish().unwrap().into_inner(), "link");
}

#[test]
fn of_a_damaged_archive_what_can_be_read_is() {
    let (one, two) = (post_json(1, ""), post_json(2, ""));
    let files: [(&str, &[u8]); 2] = [("a.json", one.as_bytes()), ("b.json", two.as_bytes())];
    let whole = tar(&files);
    let read = read_alone("cut.tar", &whole[..1600]);
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["unread-packed"]));
    let read = read_alone("cut.tar", &whole[..1200]);
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["damaged-file"]));
    let packed = gzip(&[whole, vec![0; 90_000]].concat());
    let read = read_alone("cut.tgz", &packed[..packed.len() - 20]);
    assert_eq!((ids(&read.value), codes(&read)), (vec![1, 2], vec!["damaged-file"]));

    let mut zip = zip(&files);
    let folder = Folder::new(&[("c.json", &post_json(3, ""))]);
    folder.write("cut.zip", &zip[..zip.len() - 40]);
    let read = folder.read();
    assert_eq!((ids(&read.value), codes(&read)), (vec![3], vec!["damaged-file"]));
    // In the text of the first file.
    zip[70] ^= 0x55;
    let read = read_alone("bad.zip", &zip);
    assert!(ids(&read.value).contains(&2) && codes(&read).contains(&"damaged-file"));
}

#[test]
fn of_an_archive_that_is_made_to_fill_a_disk_only_the_beginning_is_read() {
    let (one, two, spaces) = (post_json(1, ""), post_json(2, ""), vec![b' '; 65 << 20]);
    let files: [(&str, &[u8]); 3] =
        [("a.json", one.as_bytes()), ("bomb.json", &spaces), ("b.json", two.as_bytes())];
    let read = read_alone("bomb.tgz", &gzip(&tar(&files)));
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["damaged-file", "unread-packed"]));
}

#[test]
fn files_that_share_their_bytes_are_not_read() {
    let one = post_json(9, "");
    let mut archive = zip(&[("a.json", one.as_bytes()), ("b.json", one.as_bytes())]);
    // Both are listed to begin where the first does.
    let listed = archive.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    archive[listed + 42..listed + 46].fill(0);
    let folder = Folder::new(&[("c.json", &post_json(1, ""))]);
    folder.write("bomb.zip", &archive);
    let read = folder.read();
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["damaged-file"]));
}

#[test]
fn names_are_read_in_utf8_and_as_old_systems_wrote_them() {
    let name_of = |bytes: &[u8]| {
        let mut archive =
            zip(&[("uploads/NAME.jpg", b""), ("a.json", post_json(1, "").as_bytes())]);
        while let Some(at) = archive.windows(4).position(|it| it == b"NAME") {
            archive[at..at + 4].copy_from_slice(bytes);
        }
        read_alone("export.zip", &archive).value.uploads.packed[0].path.clone()
    };
    assert_eq!(name_of("ཀ-".as_bytes()), "ཀ-.jpg");
    assert_eq!(name_of(b"caf\x82"), "café.jpg");
}

#[test]
fn an_archive_without_any_of_an_export_is_told() {
    let folder = Folder::new(&[("posts.json", &post_json(1, ""))]);
    folder.write("songs.zip", &zip(&[("words.txt", b"La la"), ("a.css", b"")]));
    folder.write("empty.zip", &zip(&[]));
    folder.write("paper.docx", &zip(&[("word/document.xml", b"<x/>")]));
    let read = folder.read();
    assert_eq!((ids(&read.value), codes(&read)), (vec![1], vec!["unread-archive"; 2]));
}

#[test]
fn settings_in_an_archive_are_told() {
    let post = post_json(1, "");
    let files: [(&str, &[u8]); 2] =
        [("site/stillpress.toml", b"title = \"T\""), ("site/posts.json", post.as_bytes())];
    assert_eq!(codes(&read_alone("site.zip", &zip(&files))), ["unread-packed"]);
}

#[test]
fn an_archive_is_read_again_when_it_has_changed() {
    let folder = Folder::new(&[]);
    let path = folder.path("export.zip");
    let long_ago = SystemTime::now() - Duration::from_secs(99_999);
    let write = |id: u64, seconds: u64| {
        folder.write("export.zip", &zip(&[("posts.json", post_json(id, "").as_bytes())]));
        let then = long_ago + Duration::from_secs(seconds);
        File::options().append(true).open(&path).unwrap().set_modified(then).unwrap();
    };
    let mut cache = Cache::default();
    let mut read = || ids(&read_again(&[folder.path("")], &mut cache).unwrap().value);
    write(1, 0);
    assert_eq!(read(), [1]);
    // As long and as old: nothing tells that it is another, and it is not read.
    write(2, 0);
    assert_eq!(read(), [1]);
    write(3, 9);
    assert_eq!(read(), [3]);
}
