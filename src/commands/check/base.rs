//! Where a site stands, as its pages tell.

use crate::commands::check::folder::{FileId, Folder};
use crate::commands::check::page::{self, Seen};
use crate::site::urls::Base;

/// How many pages are asked, if the home page does not tell.
const ASKED: usize = 50;

/// Returns where a site stands: what its home page says of its own address, or the first other page
/// that says so. None if no page does.
pub fn find(folder: &Folder) -> Option<Base> {
    let is_page = |name: &str| name.ends_with(".html");
    let pages = folder.files().filter(|(_, file)| is_page(&file.name)).map(|(id, _)| id);
    let home = folder.find("index.html");
    home.into_iter().chain(pages.take(ASKED)).find_map(|page| told_by(folder, page))
}

fn told_by(folder: &Folder, page: FileId) -> Option<Base> {
    let html = folder.text(page).ok()?;
    let mut found = None;
    page::read(&html, |seen, _| {
        if let Seen::Canonical(address) = seen {
            found.get_or_insert_with(|| address.into_owned());
        }
    });
    above(&found?, &folder.path(page))
}

/// Returns what stands before `path`, a page's own, in its full address. None if it is another
/// page's address.
fn above(address: &str, path: &str) -> Option<Base> {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    if !decoded.contains("://") {
        return None;
    }
    let rest = decoded.strip_suffix(path).or_else(|| {
        let without_ending = path.strip_suffix(".html").unwrap_or(path.trim_end_matches('/'));
        decoded.strip_suffix(without_ending)
    })?;
    Base::parse(rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, path: &str, expected: Option<&str>) {
        let found = above(address, path).map(|base| [base.origin(), base.path()].concat());
        assert_eq!(found.as_deref(), expected, "{address}");
    }

    #[test]
    fn a_page_tells_what_stands_before_its_own_path() {
        check("https://a.example/", "/", Some("https://a.example"));
        check("https://a.example", "/", Some("https://a.example"));
        check("https://a.example/repo/", "/", Some("https://a.example/repo"));
        check("https://a.example/repo/x/", "/x/", Some("https://a.example/repo"));
        check("https://a.example/x", "/x.html", Some("https://a.example"));
        check("https://a.example/%e0%bd%96/", "/བ/", Some("https://a.example"));
        check("https://a.example/y/", "/x/", None);
        check("/x/", "/x/", None);
    }
}
