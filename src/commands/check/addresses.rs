//! Where an address in a page of the site leads. Pure, but for the list of files.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::commands::check::folder::{FileId, Folder};
use crate::commands::host::Answer;
use crate::site::urls::Base;

/// The files of a site, and where it stands.
#[derive(Debug)]
pub struct Ground {
    /// The files.
    pub folder: Folder,
    /// Where it stands, if that is known.
    pub base: Option<Base>,
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    /// A file of the site.
    File(FileId),
    /// An address of the site to which nothing answers.
    Nothing,
    /// Another place on the site's host, which it does not reach.
    Out,
    /// Another site.
    Elsewhere,
    /// No place in the web, such as `mailto:`.
    Ignored,
}

/// An address in two parts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Parts<'a> {
    /// What stands before the `#`, without white space around it.
    pub address: &'a str,
    /// What stands after it. None if there is no `#`.
    pub fragment: Option<&'a str>,
}

/// What browsers leave out of addresses, and what they take for a slash.
const UNUSUAL: [char; 4] = ['\\', '\n', '\t', '\r'];

/// Parts an address.
pub fn parts(address: &str) -> Parts<'_> {
    let address = address.trim_matches(|c: char| c <= ' ');
    match address.split_once('#') {
        Some((address, fragment)) => Parts { address, fragment: Some(fragment) },
        None => Parts { address, fragment: None },
    }
}

/// Returns whether an address leads to the same place from every page.
pub fn is_absolute(address: &str) -> bool {
    address.starts_with('/') || scheme(address).is_some()
}

/// Returns the name of the part of a page that a fragment leads to, decoded. None if it is the top
/// of the page, or some words of it.
pub fn part_of_page(fragment: &str) -> Option<Cow<'_, str>> {
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let is_top = fragment.is_empty() || fragment.eq_ignore_ascii_case("top");
    (!is_top).then(|| percent_decode_str(fragment).decode_utf8_lossy())
}

impl Ground {
    /// Returns the path below which the site stands: empty, or like `/news`.
    pub fn base_path(&self) -> &str {
        self.base.as_ref().map_or("", Base::path)
    }

    /// Returns the path of a file from the root of its host.
    pub fn path(&self, file: FileId) -> String {
        [self.base_path(), &self.folder.path(file)].concat()
    }

    /// Returns where `address` leads, which has no fragment and stands on a page at the path `from`.
    pub fn target(&self, from: &str, address: &str) -> Target {
        if address.contains(UNUSUAL) {
            let usual = address.replace(['\n', '\t', '\r'], "").replace('\\', "/");
            return self.target(from, &usual);
        }
        match scheme(address) {
            Some("http" | "https") => return self.absolute(address),
            Some(other) if other.eq_ignore_ascii_case("http") => return self.absolute(address),
            Some(other) if other.eq_ignore_ascii_case("https") => return self.absolute(address),
            Some(_) => return Target::Ignored,
            None if address.starts_with("//") => {
                return self.absolute(&format!("https:{address}"));
            }
            None => {}
        }
        let path = without_query(address);
        let path = match path {
            "" => Cow::Borrowed(from),
            _ if path.starts_with('/') => Cow::Borrowed(path),
            _ => Cow::Owned(format!("{}{path}", &from[..from.rfind('/').map_or(0, |at| at + 1)])),
        };
        let path = if is_plain(&path) { path } else { Cow::Owned(plain(&path)) };
        match self.folder.answer(self.base_path(), &path) {
            Answer::File(file) | Answer::Slash(file) => Target::File(file),
            Answer::Below => Target::Out,
            Answer::Nothing if self.is_within(&path) => Target::Nothing,
            Answer::Nothing => Target::Out,
        }
    }

    fn absolute(&self, address: &str) -> Target {
        if let Some(path) = self.own_path(address) {
            let path = if is_plain(path) { Cow::Borrowed(path) } else { Cow::Owned(plain(path)) };
            return match self.folder.answer(self.base_path(), &path) {
                Answer::File(file) | Answer::Slash(file) => Target::File(file),
                // The same host may have other sites beside this one.
                Answer::Nothing if self.is_within(&path) => Target::Nothing,
                Answer::Below | Answer::Nothing => Target::Elsewhere,
            };
        }
        // No browser can follow what is no address at all.
        if Url::parse(address).is_ok() { Target::Elsewhere } else { Target::Nothing }
    }

    /// Returns the path in an address on the site's host, with either scheme.
    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let host = self.base.as_ref()?.host();
        let (_, rest) = address.split_once("://")?;
        let own = rest.get(..host.len())?;
        let path = without_query(&rest[host.len()..]);
        let is_whole = path.is_empty() || path.starts_with(['/', '\\']);
        let is_own = own.eq_ignore_ascii_case(host) && is_whole;
        is_own.then_some(if path.is_empty() { "/" } else { path })
    }

    fn is_within(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.base_path());
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }
}

/// Returns the host of an address on the web, with its port.
pub fn host(address: &str) -> Option<String> {
    let whole = if address.starts_with("//") { &format!("https:{address}") } else { address };
    let url = Url::parse(whole).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    let name = &address[..end];
    let is_scheme = address[end..].starts_with(':')
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(name)
}

fn without_query(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

/// Whether a path is what browsers ask for, as it stands.
fn is_plain(path: &str) -> bool {
    !path.contains("/.")
}

/// Returns the path as browsers ask for it: without `..`.
fn plain(path: &str) -> String {
    let whole = format!("https://host.invalid{path}");
    Url::parse(&whole).map_or_else(|_| path.to_owned(), |url| url.path().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::commands::check::folder;

    #[track_caller]
    fn check(base: &str, from: &str, address: &str, expected: &str) {
        let root = tempfile::tempdir().unwrap();
        for name in ["index.html", "a/index.html", "a/b/index.html", "a/x.png", "བོད/index.html"]
        {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let folder = folder::read(root.path()).unwrap().value;
        let base = (!base.is_empty()).then(|| Base::parse(base).unwrap());
        let ground = Ground { folder, base };
        let found = match ground.target(from, parts(address).address) {
            Target::File(file) => ground.folder.file(file).name.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn paths_begin_at_the_root_or_at_the_page() {
        check("", "/a/", "/a/b/", "a/b/index.html");
        check("", "/a/", "b/", "a/b/index.html");
        check("", "/a/", "x.png?v=2", "a/x.png");
        check("", "/a/", "", "a/index.html");
        check("", "/a/", "?p=1", "a/index.html");
        check("", "/a/b/", "../x.png", "a/x.png");
        check("", "/a/b/", "../../../", "index.html");
        check("", "/a/", " /a/\n", "a/index.html");
        check("", "/a/", "\\a\\x.png", "a/x.png");
        check("", "/", "/%E0%BD%96%E0%BD%BC%E0%BD%91/", "བོད/index.html");
        check("", "/", "/བོད", "བོད/index.html");
        check("", "/", "/A/", "Nothing");
        check("", "/", "x:y/z", "Ignored");
        check("", "/", "mailto:a@b.example", "Ignored");
        check("", "/", "a/x:y", "Nothing");
    }

    #[test]
    fn the_site_s_own_host_is_the_site() {
        let base = "https://news.example/";
        check(base, "/", "http://NEWS.example/a/", "a/index.html");
        check(base, "/", "//news.example/a", "a/index.html");
        check(base, "/", "https://news.example", "index.html");
        check(base, "/", "https://news.example?p=1", "index.html");
        check(base, "/", "https://news.example/gone/", "Nothing");
        check(base, "/", "https://news.example.org/a/", "Elsewhere");
        check(base, "/", "https://news.example:8080/a/", "Elsewhere");
        check("", "/", "https://news.example/a/", "Elsewhere");
        check("", "/", "HTTPS://", "Nothing");
    }

    #[test]
    fn a_site_may_stand_below_a_path() {
        let base = "https://name.example/repo/";
        check(base, "/repo/", "/repo/a/", "a/index.html");
        check(base, "/repo/a/", "b/", "a/b/index.html");
        check(base, "/repo/", "/a/", "Out");
        check(base, "/repo/", "/", "Out");
        check(base, "/repo/", "/repository/", "Out");
        check(base, "/repo/", "/repo/gone/", "Nothing");
        check(base, "/repo/", "https://name.example/other/", "Elsewhere");
        check(base, "/repo/", "https://name.example/repo/a/", "a/index.html");
    }

    #[test]
    fn fragments_lead_to_parts_of_pages() {
        for top in ["", "top", "TOP", ":~:text=a%20b"] {
            assert_eq!(part_of_page(top), None, "{top}");
        }
        assert_eq!(part_of_page("a%20b:~:text=c").as_deref(), Some("a b"));
    }
}
