//! The command `serve`, from the outside.

use std::fs;
use std::io::Read;
use std::time::{Duration, Instant};

use crate::preview::{Preview, export, post};

#[test]
fn a_preview_is_served_as_a_static_host_does() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch"]);
    let page = preview.get("/2024/05/01/hi/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("First words"), "{page}");
    assert!(page.contains("content-type: text/html; charset=utf-8\r\n"), "{page}");
    let slash = preview.get("/2024/05/01/hi?a=b");
    assert!(slash.starts_with("HTTP/1.1 301 "), "{slash}");
    assert!(slash.contains("location: /2024/05/01/hi/?a=b\r\n"), "{slash}");
    let missing = preview.get("/nowhere/");
    assert!(missing.starts_with("HTTP/1.1 404 ") && missing.contains("error404"), "{missing}");
    assert!(preview.get("/%2e%2e/%2e%2e/etc/passwd").starts_with("HTTP/1.1 404 "));
    assert!(!folder.path().join("public").exists());
}

#[test]
fn a_change_is_shown_and_a_mistake_does_not_end_it() {
    let folder = export();
    let preview = Preview::start(folder.path(), &[]);
    fs::write(folder.path().join("posts.json"), post("Second words")).unwrap();
    wait_for(&preview, "/2024/05/01/hi/", "Second words");
    fs::write(folder.path().join("stillpress.toml"), "titel = \"x\"\n").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(preview.get("/2024/05/01/hi/").contains("Second words"));
    fs::write(folder.path().join("stillpress.toml"), "title = \"Renamed\"\n").unwrap();
    wait_for(&preview, "/", "Renamed");
}

#[test]
fn a_preview_stands_below_the_path_of_the_site() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch", "--base-path", "/paper/"]);
    assert!(preview.get("/paper/").contains("href=\"/paper/2024/05/01/hi/\""));
    assert!(preview.get("/").contains("location: /paper/\r\n"));
    assert!(preview.get("/?p=1").contains("location: /paper/?p=1\r\n"));
}

#[test]
fn text_is_compressed_for_those_who_take_it() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch"]);
    let path = "/2024/05/01/hi/";
    let answer = preview.ask(path, "Accept-Encoding: br, gzip;q=0.8\r\n");
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let head = String::from_utf8_lossy(&answer[..body]);
    assert!(head.contains("content-encoding: gzip\r\n"), "{head}");
    let mut page = String::new();
    flate2::read::GzDecoder::new(&answer[body..]).read_to_string(&mut page).unwrap();
    assert!(page.contains("First words"), "{page}");
    assert!(!preview.get(path).contains("content-encoding"));
}

#[track_caller]
fn wait_for(preview: &Preview, path: &str, text: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while !preview.get(path).contains(text) {
        assert!(Instant::now() < end, "{path} never held {text}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
