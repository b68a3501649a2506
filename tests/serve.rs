//! The command `serve`, from the outside.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::preview::{Preview, export, post};

#[test]
fn a_preview_is_served_as_a_static_host_does() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch"]);
    let page = get(&preview, "/2024/05/01/hi/");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("First words"), "{page}");
    assert!(page.contains("content-type: text/html; charset=utf-8\r\n"), "{page}");
    let slash = get(&preview, "/2024/05/01/hi?a=b");
    assert!(slash.starts_with("HTTP/1.1 301 "), "{slash}");
    assert!(slash.contains("location: /2024/05/01/hi/?a=b\r\n"), "{slash}");
    let missing = get(&preview, "/nowhere/");
    assert!(missing.starts_with("HTTP/1.1 404 ") && missing.contains("error404"), "{missing}");
    assert!(get(&preview, "/%2e%2e/%2e%2e/etc/passwd").starts_with("HTTP/1.1 404 "));
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
    assert!(get(&preview, "/2024/05/01/hi/").contains("Second words"));
    fs::write(folder.path().join("stillpress.toml"), "title = \"Renamed\"\n").unwrap();
    wait_for(&preview, "/", "Renamed");
}

#[test]
fn a_preview_stands_below_the_path_of_the_site() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch", "--base-path", "/paper/"]);
    assert!(get(&preview, "/paper/").contains("href=\"/paper/2024/05/01/hi/\""));
    assert!(get(&preview, "/").contains("location: /paper/\r\n"));
}

#[test]
fn text_is_compressed_for_those_who_take_it() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch"]);
    let path = "/2024/05/01/hi/";
    let answer = ask(&preview, path, "Accept-Encoding: br, gzip;q=0.8\r\n");
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let head = String::from_utf8_lossy(&answer[..body]);
    assert!(head.contains("content-encoding: gzip\r\n"), "{head}");
    let mut page = String::new();
    flate2::read::GzDecoder::new(&answer[body..]).read_to_string(&mut page).unwrap();
    assert!(page.contains("First words"), "{page}");
    assert!(!get(&preview, path).contains("content-encoding"));
}

/// Returns the whole answer.
fn get(preview: &Preview, path: &str) -> String {
    String::from_utf8_lossy(&ask(preview, path, "")).into_owned()
}

fn ask(preview: &Preview, path: &str, headers: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let start = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}");
    write!(stream, "{start}Connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

#[track_caller]
fn wait_for(preview: &Preview, path: &str, text: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while !get(preview, path).contains(text) {
        assert!(Instant::now() < end, "{path} never held {text}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
