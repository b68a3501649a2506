//! Addresses: paths within the site, and where the site itself stands.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::names::safe_segment;

/// What must be escaped in a path segment. The rest stays readable.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path within the site, percent-encoded: starts with `/`, and ends with `/` unless it is a
/// file's. Every segment is safe as a file name on every system.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UrlPath {
    /// Shared: the graph names most paths in several places.
    path: Arc<str>,
    pub(super) leads_to: LeadsTo,
}

/// What answers at a path.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum LeadsTo {
    /// The `index.html` of a folder.
    Folder,
    /// The file of that name.
    File,
}

impl UrlPath {
    /// Returns the path of the home page.
    pub fn root() -> Self {
        Self::folder("/")
    }

    /// Returns the path of a folder, from the decoded names of its segments.
    pub fn from_segments<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::from("/");
        for segment in segments {
            push_encoded(&mut path, &safe_segment(segment));
            path.push('/');
        }
        Self::folder(path)
    }

    /// Returns the path an old address had, byte for byte but for what no file can be called.
    pub fn from_encoded(encoded: &str) -> Self {
        let mut path = String::with_capacity(encoded.len() + 1);
        for segment in encoded.split('/').filter(|segment| !segment.is_empty()) {
            path.push('/');
            let decoded = percent_decode_str(segment).decode_utf8_lossy();
            let safe = safe_segment(&decoded);
            if safe == decoded && is_well_encoded(segment, &decoded) {
                path.push_str(segment);
            } else {
                push_encoded(&mut path, &safe);
            }
        }
        if encoded.ends_with('/') || path.is_empty() {
            path.push('/');
        }
        let leads_to = if has_page_extension(&path) { LeadsTo::File } else { LeadsTo::Folder };
        Self { path: path.into(), leads_to }
    }

    /// Returns where a file of the media library is, by its path below the folder `uploads`, or from the
    /// home page on if that begins with `/`.
    pub fn of_file(uploads: &str, path: &str) -> Self {
        let (above, path) = match path.strip_prefix('/') {
            Some(path) => ("", path),
            None => (uploads, path),
        };
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folders = above.split('/').chain(folders.split('/'));
        Self::from_segments(folders.filter(|segment| !segment.is_empty())).file_in(name)
    }

    /// Returns the path of a page below this one. Nothing can stand below a file: below
    /// `/news/hi.html` means below `/news/hi/`.
    #[must_use]
    pub fn join(&self, segment: &str) -> Self {
        let mut path = match self.leads_to {
            LeadsTo::Folder => self.path.to_string(),
            LeadsTo::File => without_extension(&self.path),
        };
        if !path.ends_with('/') {
            path.push('/');
        }
        push_encoded(&mut path, &safe_segment(segment));
        path.push('/');
        Self::folder(path)
    }

    /// Returns the path of a folder beside this one.
    #[must_use]
    pub fn beside(&self, segment: &str) -> Self {
        let whole = self.path.trim_end_matches('/');
        let above = whole.rsplit_once('/').map_or("", |(above, _)| above);
        Self::folder(format!("{above}/")).join(segment)
    }

    /// Returns the path of page `number` of a list.
    #[must_use]
    pub fn page(&self, number: usize) -> Self {
        match number {
            1 => self.clone(),
            _ => Self::folder(format!("{}{number}/", self.join("page"))),
        }
    }

    /// Returns the path of a file in this folder.
    #[must_use]
    pub fn file_in(&self, name: &str) -> Self {
        let folder = self.join(name);
        Self { path: folder.path.trim_end_matches('/').into(), leads_to: LeadsTo::File }
    }

    /// Returns the path as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// Returns the file that answers at this path, decoded and relative to the output folder.
    pub fn file(&self) -> String {
        let decoded = percent_decode_str(self.path.trim_matches('/')).decode_utf8_lossy();
        match (&*decoded, self.leads_to) {
            ("", _) => "index.html".to_owned(),
            (path, LeadsTo::File) => path.to_owned(),
            (path, LeadsTo::Folder) => format!("{path}/index.html"),
        }
    }

    fn folder(path: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), leads_to: LeadsTo::Folder }
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

/// Whether an old address without a final slash is a file's of its own, rather than one that hosts
/// redirect to the folder of that name.
pub(super) fn has_page_extension(path: &str) -> bool {
    [".html", ".htm", ".xml", ".json", ".txt"].iter().any(|extension| path.ends_with(extension))
}

/// Returns a path or a name without its ending; where nothing else is left of it, without its dots.
pub(super) fn without_extension(path: &str) -> String {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[start..].rfind('.').filter(|&dot| dot > 0) {
        Some(dot) => path[..start + dot].to_owned(),
        None => [&path[..start], &path[start..].replace('.', "-")].concat(),
    }
}

/// Whether `segment` can stand in an address as it is: it decodes without loss and holds nothing
/// that needs escaping.
fn is_well_encoded(segment: &str, decoded: &str) -> bool {
    !decoded.contains('\u{fffd}')
        && segment.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}[]".contains(&byte))
}

/// Escapes as WordPress does: lower-case hexadecimal digits.
fn push_encoded(path: &mut String, segment: &str) {
    for piece in utf8_percent_encode(segment, SEGMENT) {
        match piece.as_bytes() {
            [b'%', _, _] => path.push_str(&piece.to_ascii_lowercase()),
            _ => path.push_str(piece),
        }
    }
}

/// Where the site stands: `https://example.org`, or below a path of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Base {
    /// Scheme and host, without a final slash.
    origin: String,
    /// Empty, or a path that starts with `/` and does not end with one.
    path: String,
}

impl Base {
    /// Parses an address such as `https://name.github.io/repo/`.
    ///
    /// # Errors
    /// It is no web address.
    pub fn parse(address: &str) -> anyhow::Result<Self> {
        let has_scheme = address.contains("://");
        // A host alone is taken for one if it looks like one: `news` is more likely a path.
        let host = address.split(['/', ':']).next().unwrap_or_default();
        if !has_scheme && host != "localhost" && !host.trim_matches('.').contains('.') {
            anyhow::bail!(
                "`{address}` is not a base address: write one like https://name.github.io/news/"
            );
        }
        let with_scheme =
            if has_scheme { address.to_owned() } else { format!("https://{address}") };
        let url = url::Url::parse(&with_scheme)
            .map_err(|err| anyhow::anyhow!("`{address}` is not a base address: {err}"))?;
        if !url.has_host() || !matches!(url.scheme(), "http" | "https") {
            anyhow::bail!("`{address}` is not a base address: write one like https://example.org/");
        }
        if url.query().is_some() || url.fragment().is_some() {
            anyhow::bail!("`{address}` is not a base address: leave out what follows `?` or `#`");
        }
        if let Some(file) = url.path().rsplit('/').next().filter(|last| has_page_extension(last)) {
            anyhow::bail!("`{address}` is not a base address: leave out `{file}`");
        }
        let origin = url.origin().ascii_serialization();
        Ok(Self { origin, path: url.path().trim_end_matches('/').to_owned() })
    }

    /// Returns the address of `path` for a link on this site.
    pub fn href(&self, path: &UrlPath) -> String {
        [&self.path, path.as_str()].concat()
    }

    /// Returns the full address of `path`.
    pub fn url(&self, path: &UrlPath) -> String {
        [&self.origin, &self.path, path.as_str()].concat()
    }

    /// Returns scheme and host, without a final slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the path below which the site stands: empty, or `/repo`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the host, with its port if it has one.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, host)| host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(encoded: &str, path: &str, file: &str) {
        let actual = UrlPath::from_encoded(encoded);
        assert_eq!((actual.as_str(), actual.file().as_str()), (path, file));
    }

    #[test]
    fn files_are_published_where_wordpress_had_them() {
        let check = |path: &str, expected: &str| {
            assert_eq!(UrlPath::of_file("wp-content/uploads", path).file(), expected);
        };
        check("2026/06/བོད a.jpg", "wp-content/uploads/2026/06/བོད a.jpg");
        check("/wp-content/gallery/a.jpg", "wp-content/gallery/a.jpg");
        check("/a.jpg", "a.jpg");
    }

    #[test]
    fn old_paths_are_kept_byte_for_byte() {
        check("/", "/", "index.html");
        check("/2024/05/hi/", "/2024/05/hi/", "2024/05/hi/index.html");
        check("/%e0%bd%96%e0%bd%bc/", "/%e0%bd%96%e0%bd%bc/", "བོ/index.html");
        check("/archives/12", "/archives/12", "archives/12/index.html");
        check("/old/page.html", "/old/page.html", "old/page.html");
    }

    #[test]
    fn what_no_file_can_be_called_is_made_safe() {
        for hostile in ["/../../etc/", "/a/%2e%2e/b/", "//", "/a%00b/", "/con/", "/a%2fb/"] {
            let file = UrlPath::from_encoded(hostile).file();
            assert!(!file.contains("..") && !file.contains('\0'), "{hostile} → {file}");
            assert!(!file.starts_with('/'), "{hostile} → {file}");
        }
    }

    #[test]
    fn segments_are_escaped_like_wordpress_does() {
        let path = UrlPath::from_segments(["category", "བོ d"]);
        assert_eq!(path.as_str(), "/category/%e0%bd%96%e0%bd%bc%20d/");
    }

    #[test]
    fn a_base_may_have_a_path() {
        let base = Base::parse("https://name.github.io/repo/").unwrap();
        assert_eq!(base.href(&UrlPath::from_encoded("/a/")), "/repo/a/");
        assert_eq!(base.url(&UrlPath::root()), "https://name.github.io/repo/");
        assert_eq!(
            Base::parse("example.org").unwrap().url(&UrlPath::root()),
            "https://example.org/"
        );
        assert!(Base::parse("localhost:8000").is_ok() && Base::parse("http://intranet").is_ok());
        for nonsense in
            ["not an address", "news", "/news/", "", "..", "https://example.org/news/index.html"]
        {
            assert!(Base::parse(nonsense).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn what_is_below_a_file_stands_in_a_folder_beside_it() {
        let post = UrlPath::from_encoded("/news/hi.html");
        assert_eq!(post.join("2").file(), "news/hi/2/index.html");
        assert_eq!(post.join("feed").as_str(), "/news/hi/feed/");
    }
}
