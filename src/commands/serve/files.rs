//! Answers requests from a folder as GitHub Pages does.
//!
//! `/page/` is `page/index.html`, `/page` leads to `/page/` if that is there, `/file` may be
//! `file.html`, case counts, and what is not there is `404.html` with the status 404.

use std::fs;
use std::net::IpAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, LOCATION};
use axum::http::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;

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

/// What a request gets.
#[derive(Debug, Eq, PartialEq)]
enum Found {
    File(PathBuf),
    /// The path with a slash at its end.
    Slash,
    /// Below `/` there is nothing but the site's own path.
    Below(String),
    Nothing,
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
    fn find(&self, path: &str) -> Found {
        let inner = path.strip_prefix(&*self.base_path);
        let Some(path) = inner.filter(|inner| inner.is_empty() || inner.starts_with('/')) else {
            let home = format!("{}/", self.base_path);
            return if path == "/" { Found::Below(home) } else { Found::Nothing };
        };
        if path.is_empty() {
            return Found::Slash;
        }
        let Some(inner) = inner_path(path) else { return Found::Nothing };
        let place = self.root.join(&inner);
        let index = inner.join("index.html");
        if path.ends_with('/') {
            return self.file(&index).map_or(Found::Nothing, Found::File);
        }
        if let Some(file) = self.file(&inner) {
            return Found::File(file);
        }
        if place.is_dir() && self.file(&index).is_some() {
            return Found::Slash;
        }
        let mut page = inner.into_os_string();
        page.push(".html");
        self.file(Path::new(&page)).map_or(Found::Nothing, Found::File)
    }

    /// Returns a file of the folder if it is called just so: some systems do not care about case,
    /// and links may lead out of the folder.
    fn file(&self, inner: &Path) -> Option<PathBuf> {
        let root = fs::canonicalize(&self.root).ok()?;
        let file = fs::canonicalize(root.join(inner)).ok()?;
        (file.is_file() && file.strip_prefix(&root) == Ok(inner)).then_some(file)
    }
}

/// Returns the path below the folder. None if no file can be there: hidden files are not published.
fn inner_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    if decoded.contains(['\0', '\\']) {
        return None;
    }
    let inner = PathBuf::from(decoded.trim_start_matches('/'));
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    inner.components().all(is_plain).then_some(inner)
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
    let uri = request.uri().clone();
    let answer = tokio::task::spawn_blocking(move || {
        let path = uri.path();
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        match folder.find(path) {
            Found::File(file) => from_file(StatusCode::OK, &file),
            Found::Slash => redirect(&format!("{path}/{query}")),
            Found::Below(home) => redirect(&home),
            Found::Nothing => match folder.file(Path::new("404.html")) {
                Some(file) => from_file(StatusCode::NOT_FOUND, &file),
                None => not_found(),
            },
        }
    });
    answer.await.unwrap_or_else(|_| not_found())
}

fn from_file(status: StatusCode, file: &Path) -> Response<Body> {
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
    respond(status, bytes, &kind)
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
        fs::write(root.join(".hidden"), "").unwrap();
        fs::write(folder.path().join("secret.txt"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), root.join("link.txt"))
            .unwrap();
        let found = match Folder::new(&root, base_path, Names::Own).find(path) {
            Found::File(file) => fs::read_to_string(file).unwrap(),
            Found::Slash => "slash".to_owned(),
            Found::Below(home) => format!("to {home}"),
            Found::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn a_folder_is_its_index() {
        check("", "/", "index.html");
        check("", "/news/", "news/index.html");
        check("", "/news", "slash");
        check("", "/news/%e0%bd%96%e0%bd%bc%e0%bd%91/", "news/བོད/index.html");
        check("", "/empty/", "nothing");
        check("", "/empty", "nothing");
    }

    #[test]
    fn a_file_may_leave_out_its_ending() {
        check("", "/old.html", "old.html");
        check("", "/old", "old.html");
        check("", "/old/", "nothing");
        check("", "/a%20b.txt", "a b.txt");
        check("", "/News/", "nothing");
    }

    #[test]
    fn a_site_stands_below_its_path() {
        check("/repo", "/repo/news/", "news/index.html");
        check("/repo", "/repo", "slash");
        check("/repo", "/", "to /repo/");
        check("/repo", "/news/", "nothing");
        check("/repo", "/reponews/", "nothing");
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
            "/.hidden",
            "/%ff",
        ] {
            check("", path, "nothing");
        }
    }
}
