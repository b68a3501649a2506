//! Answers requests from a folder as GitHub Pages does: what is not there is `404.html` with the
//! status 404.

use std::fs;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, HeaderValue,
    LOCATION,
};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::commands::host::{self, Answer};
use crate::commands::serve::events::SCRIPT;

/// A folder that is shown below a path.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Empty, or like `/news`.
    base_path: String,
    names: Names,
}

/// The names under which a browser may ask for the folder.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Names {
    /// Those of this computer: a page of another site must not read a preview by giving its own name
    /// this computer's address.
    Own,
    /// Any, because others are let in.
    Any,
}

impl Folder {
    /// Shows `root` below `base_path`.
    pub fn new(root: &Path, base_path: &str, names: Names) -> Self {
        Self { root: root.to_owned(), base_path: base_path.to_owned(), names }
    }

    /// Returns whether a request to `host`, which may have a port, is for this folder.
    fn is_for(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
        let name = name.map_or(host, |(name, _)| name).trim_matches(['[', ']']);
        self.names == Names::Any || name == "localhost" || name.parse::<IpAddr>().is_ok()
    }

    /// Finds what a host shows for `path`, percent-encoded and without its query.
    fn find(&self, path: &str) -> Answer<PathBuf> {
        host::answer(&self.base_path, path, |inner| self.file(Path::new(inner)))
    }

    /// Returns a file of the folder if it is called just so: some systems do not care about case,
    /// and links may lead out of the folder.
    fn file(&self, inner: &Path) -> Option<PathBuf> {
        let root = fs::canonicalize(&self.root).ok()?;
        let file = fs::canonicalize(root.join(inner)).ok()?;
        (file.is_file() && file.strip_prefix(&root) == Ok(inner)).then_some(file)
    }
}

/// Answers a request.
pub async fn answer(folder: Arc<Folder>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return respond(StatusCode::METHOD_NOT_ALLOWED, Vec::new(), "text/plain");
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| folder.is_for(host)) {
        return respond(StatusCode::MISDIRECTED_REQUEST, Vec::new(), "text/plain");
    }
    let packing = Packing::of(request.headers());
    let uri = request.uri().clone();
    let answer = tokio::task::spawn_blocking(move || {
        let path = uri.path();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        match folder.find(path) {
            Answer::File(file) => from_file(StatusCode::OK, &file, packing),
            Answer::Slash(_) => redirect(&format!("{path}/{query}")),
            Answer::Below => redirect(&format!("{}/{query}", folder.base_path)),
            Answer::Nothing => match folder.file(Path::new("404.html")) {
                Some(file) => from_file(StatusCode::NOT_FOUND, &file, packing),
                None => not_found(),
            },
        }
    });
    answer.await.unwrap_or_else(|_| not_found())
}

/// How a browser takes files.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Packing {
    None,
    /// Hosts compress text, and a preview on a phone should not be slower than the site.
    Gzip,
}

impl Packing {
    fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|names| names.to_str().ok());
        let names = accepted.unwrap_or_default().split([',', ';']).map(str::trim);
        if names.into_iter().any(|name| name == "gzip") { Self::Gzip } else { Self::None }
    }
}

fn from_file(status: StatusCode, file: &Path, packing: Packing) -> Response<Body> {
    // A build may replace a file just now.
    let Ok(mut bytes) = fs::read(file) else { return not_found() };
    let is_feed = bytes.starts_with(b"<?xml");
    let mime = mime_guess::from_path(file).first_or_octet_stream();
    let is_text = mime.type_() == "text";
    if mime == "text/html" && !is_feed {
        let end = memchr::memmem::rfind(&bytes, b"</body>").unwrap_or(bytes.len());
        bytes.splice(end..end, SCRIPT.bytes());
    }
    let kind = if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
    let is_packed = is_text || matches!(mime.subtype().as_str(), "json" | "javascript" | "svg+xml");
    if !is_packed || packing == Packing::None {
        return respond(status, bytes, &kind);
    }
    let Ok(packed) = gzip(&bytes) else { return not_found() };
    let mut answer = respond(status, packed, &kind);
    answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    answer
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes)?;
    packer.finish()
}

fn redirect(address: &str) -> Response<Body> {
    // Two slashes at the start would lead to another host.
    let address = format!("/{}", address.trim_start_matches('/'));
    let mut answer = respond(StatusCode::MOVED_PERMANENTLY, Vec::new(), "text/plain");
    match address.parse() {
        Ok(address) => _ = answer.headers_mut().insert(LOCATION, address),
        Err(_) => return not_found(),
    }
    answer
}

fn not_found() -> Response<Body> {
    respond(StatusCode::NOT_FOUND, b"not found\n".to_vec(), "text/plain")
}

fn respond(status: StatusCode, bytes: Vec<u8>, kind: &str) -> Response<Body> {
    let headers: [(HeaderName, &str); 2] = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")];
    let mut answer = Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(name, value);
    }
    answer.body(Body::from(bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base_path: &str, path: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir_all(root.join("news/བོད")).unwrap();
        fs::create_dir_all(root.join("empty")).unwrap();
        for file in ["index.html", "news/index.html", "news/བོད/index.html", "old.html", "a b.txt"]
        {
            fs::write(root.join(file), file).unwrap();
        }
        fs::write(root.join(".stillpress.json"), "").unwrap();
        fs::write(folder.path().join("secret.txt"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), root.join("link.txt"))
            .unwrap();
        let found = match Folder::new(&root, base_path, Names::Own).find(path) {
            Answer::File(file) => fs::read_to_string(file).unwrap(),
            Answer::Slash(_) => "slash".to_owned(),
            Answer::Below => "below".to_owned(),
            Answer::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn files_are_called_just_as_they_are_asked_for() {
        check("", "/", "index.html");
        check("", "/news", "slash");
        check("/repo", "/", "below");
        check("", "/news/%e0%bd%96%e0%bd%bc%e0%bd%91/", "news/བོད/index.html");
        check("", "/old", "old.html");
        check("", "/empty/", "nothing");
        check("", "/empty", "nothing");
        check("", "/News/", "nothing");
    }

    #[test]
    fn a_preview_is_for_this_computer() {
        let own = Folder::new(Path::new(""), "", Names::Own);
        for host in ["localhost:8000", "127.0.0.1", "[::1]:8000"] {
            assert!(own.is_for(host), "{host}");
        }
        assert!(!own.is_for("evil.example:8000"));
        assert!(Folder::new(Path::new(""), "", Names::Any).is_for("my-computer.local"));
    }

    #[test]
    fn nobody_gets_out_of_the_folder() {
        for path in [
            "/../secret.txt",
            "/news/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2e%2e%2fsecret.txt",
            "/..%5csecret.txt",
            "//etc/passwd",
            "/old.html%00.txt",
            "/link.txt",
            "/.stillpress.json",
            "/%ff",
        ] {
            check("", path, "nothing");
        }
    }
}
