//! Addresses as seen from the page they stand on, so that a site works wherever its folder is put,
//! and from a disk.

use crate::content;
use crate::site::urls::{Base, UrlPath};

/// Returns a page with addresses of this site as seen from `path`. Folders are named with the file
/// in them: a disk shows no other.
pub fn seen_from(path: &UrlPath, base: &Base, html: &str) -> String {
    let up = "../".repeat(path.file().matches('/').count());
    content::replace_addresses(html, &|address| {
        let rest = address.strip_prefix(base.path())?.strip_prefix('/')?;
        // `//host/` is another site's.
        (!rest.starts_with('/')).then(|| format!("{up}{}", with_file(rest)))
    })
}

/// Returns an address without the slash at its start, with the file that answers there.
fn with_file(address: &str) -> String {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    let name = path.rsplit('/').next().unwrap_or_default();
    match name {
        "" => format!("{path}index.html{rest}"),
        name if name.contains('.') => address.to_owned(),
        _ => format!("{path}/index.html{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, base: &str, address: &str, expected: &str) {
        let base = Base::parse(base).unwrap();
        let html = format!("<a href=\"{address}\">");
        let seen = seen_from(&UrlPath::from_encoded(page), &base, &html);
        assert_eq!(seen, format!("<a href=\"{expected}\">"), "{address} on {page}");
    }

    #[test]
    fn addresses_are_seen_from_the_page() {
        let base = "https://news.example";
        check("/", base, "/", "index.html");
        check("/", base, "/a/b/#c", "a/b/index.html#c");
        check("/a/b/", base, "/", "../../index.html");
        check("/a/b/", base, "/a/b/2/", "../../a/b/2/index.html");
        check("/a/", base, "/archives/12", "../archives/12/index.html");
        check("/a/", base, "/wp-content/uploads/a.jpg", "../wp-content/uploads/a.jpg");
        check("/old/page.html", base, "/assets/style.css?1", "../assets/style.css?1");
        check("/a/", base, "//other.example/", "//other.example/");
        check("/a/", base, "https://news.example/b/", "https://news.example/b/");
        check("/a/", "https://name.github.io/repo/", "/repo/b/", "../b/index.html");
        check("/a/", "https://name.github.io/repo/", "/report/", "/report/");
    }
}
