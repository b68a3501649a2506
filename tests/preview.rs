//! Runs `stillpress serve` for as long as a test lasts, on an export of one post.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// A preview that ends with the test.
pub(crate) struct Preview {
    server: Child,
    /// `HOST:PORT`.
    pub(crate) address: String,
    /// What the server leaves behind when it is killed.
    _temporary: TempDir,
}

impl Preview {
    /// Serves an export at a free port.
    pub(crate) fn start(export: &Path, more: &[&str]) -> Self {
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

    /// Returns the whole answer to who asks for a path.
    pub(crate) fn get(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.ask(path, "")).into_owned()
    }

    /// Returns the whole answer to who asks for a path with more headers.
    pub(crate) fn ask(&self, path: &str, headers: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let start = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}");
        write!(stream, "{start}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Returns a list of one post with a text.
pub(crate) fn post(text: &str) -> String {
    format!(
        r#"[{{"id":1,"date":"2024-05-01T10:00:00","slug":"hi","status":"publish","type":"post",
        "link":"https://old.example/?p=1","title":{{"rendered":"Hi"}},"content":{{"rendered":"<p>{text}</p>"}}}}]"#
    )
}

/// Returns an export of one post, `/2024/05/01/hi/`, which says “First words”.
pub(crate) fn export() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("posts.json"), post("First words")).unwrap();
    folder
}
