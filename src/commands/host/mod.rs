//! What a static host such as GitHub Pages shows at a path, and which files it takes.
//!
//! `/page/` is `page/index.html`, `/page` leads to `/page/` if that is there, `/file` may be
//! `file.html`, case counts, and what stillpress and git keep in the folder is not published.

pub mod limits;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::names;

/// What a host has for a path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer<F> {
    /// This file.
    File(F),
    /// It leads to the path with a slash at its end, where this file is.
    Slash(F),
    /// Below `/` there is nothing but the site's own path.
    Below,
    /// The page for what is not found.
    Nothing,
}

/// Returns what a host shows at `path`, which is percent-encoded and has no query, for a site that
/// stands below `base_path`: empty, or like `/news`. `file` finds a file of the site by its decoded
/// path, without a slash at its start.
pub fn answer<F>(base_path: &str, path: &str, file: impl Fn(&str) -> Option<F>) -> Answer<F> {
    let inner = path.strip_prefix(base_path);
    let Some(path) = inner.filter(|inner| inner.is_empty() || inner.starts_with('/')) else {
        return if path == "/" { Answer::Below } else { Answer::Nothing };
    };
    let Some(inner) = inner_path(path) else { return Answer::Nothing };
    let index = match &*inner {
        "" => "index.html".to_owned(),
        inner => format!("{}/index.html", inner.trim_end_matches('/')),
    };
    if path.ends_with('/') {
        return file(&index).map_or(Answer::Nothing, Answer::File);
    }
    if path.is_empty() {
        return file(&index).map_or(Answer::Nothing, Answer::Slash);
    }
    if let Some(found) = file(&inner) {
        return Answer::File(found);
    }
    if let Some(found) = file(&index) {
        return Answer::Slash(found);
    }
    file(&format!("{inner}.html")).map_or(Answer::Nothing, Answer::File)
}

/// Returns the decoded path below the folder. None if no file can be there.
fn inner_path(path: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
    let is_plain = |part: &str| part != "." && part != "..";
    let top = decoded.split('/').find(|part| !part.is_empty());
    let is_kept = top.is_some_and(names::is_kept);
    if decoded.contains(['\0', '\\']) || !decoded.split('/').all(is_plain) || is_kept {
        return None;
    }
    if decoded.starts_with('/') || decoded.contains("//") {
        let parts = decoded.split('/').filter(|part| !part.is_empty());
        let end = if decoded.ends_with('/') { "/" } else { "" };
        return Some(Cow::Owned(parts.collect::<Vec<_>>().join("/") + end));
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base_path: &str, path: &str, expected: &str) {
        let files = [
            "index.html",
            "news/index.html",
            "news/བོད/index.html",
            "old.html",
            "a b.txt",
            ".well-known/security.txt",
            ".stillpress.json",
        ];
        let file = |path: &str| files.iter().find(|file| **file == path);
        let found = match answer(base_path, path, file) {
            Answer::File(file) => (*file).to_owned(),
            Answer::Slash(file) => format!("slash, {file}"),
            Answer::Below => "below".to_owned(),
            Answer::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn a_folder_is_its_index() {
        check("", "/", "index.html");
        check("", "/news/", "news/index.html");
        check("", "/news", "slash, news/index.html");
        check("", "/news//%e0%bd%96%e0%bd%bc%e0%bd%91/", "news/བོད/index.html");
        check("", "/empty/", "nothing");
    }

    #[test]
    fn a_file_may_leave_out_its_ending() {
        check("", "/old.html", "old.html");
        check("", "/old", "old.html");
        check("", "/old/", "nothing");
        check("", "/a%20b.txt", "a b.txt");
        check("", "/a b.txt", "a b.txt");
        check("", "/News/", "nothing");
        check("", "/.well-known/security.txt", ".well-known/security.txt");
    }

    #[test]
    fn a_site_stands_below_its_path() {
        check("/repo", "/repo/news/", "news/index.html");
        check("/repo", "/repo", "slash, index.html");
        check("/repo", "/", "below");
        check("/repo", "/news/", "nothing");
        check("/repo", "/reponews/", "nothing");
    }

    #[test]
    fn nobody_gets_out_of_the_folder() {
        for path in
            ["/../x", "/%2e%2e/x", "/..%5cx", "/.stillpress.json", "/%ff", "/old.html%00.txt"]
        {
            check("", path, "nothing");
        }
    }
}
