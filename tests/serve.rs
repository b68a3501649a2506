//! The command `serve`, from the outside.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A preview that ends with the test.
struct Preview {
    server: Child,
    /// `HOST:PORT`.
    address: String,
    /// What the server leaves behind when it is killed.
    _temporary: TempDir,
}

impl Preview {
    fn start(export: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
        command.arg("serve").arg(export).args(["--port", "0"]).args(more).current_dir(export);
        let temporary = TempDir::new().unwrap();
        command.env("TMPDIR", temporary.path());
        let mut server = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(server.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("The site is at http://") {
            line.clear();
            assert_ne!(told.read_line(&mut line).unwrap(), 0, "the server ended");
        }
        let address = line["The site is at http://".len()..].split('/').next().unwrap().to_owned();
        // The server must be able to go on telling.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self { server, address, _temporary: temporary }
    }

    /// Returns the whole answer.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[track_caller]
    fn wait_for(&self, path: &str, text: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        while !self.get(path).contains(text) {
            assert!(Instant::now() < end, "{path} never held {text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn post(text: &str) -> String {
    format!(
        r#"[{{"id":1,"date":"2024-05-01T10:00:00","slug":"hi","status":"publish","type":"post",
        "link":"https://old.example/?p=1","title":{{"rendered":"Hi"}},"content":{{"rendered":"<p>{text}</p>"}}}}]"#
    )
}

fn export() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("posts.json"), post("First words")).unwrap();
    folder
}

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
    preview.wait_for("/2024/05/01/hi/", "Second words");
    fs::write(folder.path().join("stillpress.toml"), "titel = \"x\"\n").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(preview.get("/2024/05/01/hi/").contains("Second words"));
    fs::write(folder.path().join("stillpress.toml"), "title = \"Renamed\"\n").unwrap();
    preview.wait_for("/", "Renamed");
}

#[test]
fn a_preview_stands_below_the_path_of_the_site() {
    let folder = export();
    let preview = Preview::start(folder.path(), &["--no-watch", "--base-path", "/paper/"]);
    assert!(preview.get("/paper/").contains("href=\"/paper/2024/05/01/hi/\""));
    assert!(preview.get("/").contains("location: /paper/\r\n"));
}
