//! The site as it was: which addresses were its own, in whatever form they were written.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::model::Export;

/// The hosts and the path under which the old site answered.
#[derive(Clone, Debug, Default)]
pub struct OldSite {
    /// Lower case, with a port if there was one, without `www.`.
    hosts: BTreeSet<String>,
    /// The address of its home page with a final slash, if anything tells it.
    home: Option<Url>,
    /// The path of its home page, without a final slash: empty for most.
    home_path: String,
}

/// An address of the old site, taken apart. All parts are as written, not decoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LocalAddress<'a> {
    /// Below the home page: starts with `/`, or is empty for a bare query or fragment.
    pub path: &'a str,
    /// Without its `?`.
    pub query: &'a str,
    /// Without its `#`.
    pub fragment: &'a str,
}

impl OldSite {
    /// Gathers what the export and the settings say about where the site was.
    pub fn of(export: &Export, more_hosts: &[String]) -> Self {
        let mut old = Self::default();
        let told = [&export.site.home, &export.site.url];
        for address in told.into_iter().flatten() {
            old.hosts.extend(host_of(address));
        }
        if let Some(home) = home_address(export) {
            let home = home.trim_end_matches('/');
            old.home_path = path_of(home).to_owned();
            old.hosts.extend(host_of(home));
            old.home = Url::parse(&format!("{home}/")).ok();
        }
        old.hosts.extend(more_hosts.iter().map(|host| without_www(&host.to_ascii_lowercase())));
        old.hosts.extend(first_link(export).and_then(host_of));
        old
    }

    /// Takes `address` apart if it was on this site. Relative ones are: bodies stand below it.
    pub fn local<'a>(&self, address: &'a str) -> Option<LocalAddress<'a>> {
        let address = address.trim();
        let rest = match address.find(':') {
            Some(colon) if is_scheme(&address[..colon]) => {
                let after = &address[colon + 1..];
                let is_web = address[..colon].eq_ignore_ascii_case("http")
                    || address[..colon].eq_ignore_ascii_case("https");
                after.strip_prefix("//").filter(|_| is_web)?
            }
            _ => match address.strip_prefix("//") {
                Some(rest) => rest,
                None => return self.below_home(address),
            },
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let host = host.rsplit('@').next().unwrap_or(host);
        let host = match host.get(..4) {
            Some(www) if www.eq_ignore_ascii_case("www.") => &host[4..],
            _ => host,
        };
        let is_own = self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        is_own.then(|| self.below_home(path)).flatten()
    }

    /// Whether `address` is the home page's, in full.
    pub fn is_home(&self, address: &str) -> bool {
        let local = self.local(address).filter(|_| address.contains("://"));
        local.is_some_and(|local| local.path.trim_matches('/').is_empty() && local.query.is_empty())
    }

    fn below_home<'a>(&self, address: &'a str) -> Option<LocalAddress<'a>> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if !path.starts_with('/') {
            // A path relative to the page it stands on: WordPress has none of those, but people
            // write `about/` and mean it from the home page, or nothing but a query.
            return Some(LocalAddress { path, query, fragment });
        }
        let below = path.strip_prefix(&*self.home_path)?;
        let is_below = below.is_empty() || below.starts_with('/');
        is_below.then_some(LocalAddress { path: below, query, fragment })
    }

    /// Returns a relative address in full, as seen from the home page: none if nothing tells where
    /// that was.
    pub fn full(&self, address: &str) -> Option<String> {
        self.home.as_ref()?.join(address).ok().map(String::from)
    }
}

impl LocalAddress<'_> {
    /// Returns the decoded value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.parameters().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns the decoded query parameters.
    pub fn parameters(&self) -> impl Iterator<Item = (String, String)> {
        self.query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            // Old text often holds `&#038;` or `&amp;` once too often escaped.
            let pair = pair.trim_start_matches("#038;").trim_start_matches("amp;");
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |text: &str| {
                percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
            };
            (decode(key), decode(value))
        })
    }
}

/// Returns an address that tells host and, with plain permalinks, path of the home page.
fn first_link(export: &Export) -> Option<&str> {
    let posts = export.posts.iter().map(|post| &*post.link);
    let guids = export.posts.iter().map(|post| &*post.guid);
    let terms = export.terms.iter().map(|term| &*term.link);
    posts.chain(terms).chain(guids).find(|link| link.contains("://"))
}

/// Returns the address of the old site's home page, without a final slash, if anything tells it.
///
/// A pretty link does not tell where the home page ends and its own path begins. But below every
/// home page stands a `?p=7`, and nearly every post has one as its guid.
pub fn home_address(export: &Export) -> Option<String> {
    if let Some(home) = &export.site.home {
        return Some(home.clone());
    }
    let media = export.attachments.iter().map(|attachment| &*attachment.link);
    let link = first_link(export).or_else(|| media.clone().find(|link| link.contains("://")))?;
    let host = host_of(link)?;
    let posts = export.posts.iter().rev().flat_map(|post| [&*post.link, &*post.guid]);
    let mut own = posts.chain(media).filter(|address| host_of(address).as_ref() == Some(&host));
    // A guid stays what it was when a site moves: only the link tells where its home page is.
    let is_above = |path: &&str| {
        let below = path_of(link).strip_prefix(path);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let path = own.find_map(|address| path_above_query(address).filter(is_above));
    let path = path.unwrap_or_default();
    let start = link.find("://")? + "://".len();
    let end = link[start..].find(['/', '?', '#']).map_or(link.len(), |end| start + end);
    Some(format!("{}{path}", &link[..end]))
}

/// Returns the path in `https://news.example/blog/?p=7`, without a final slash.
fn path_above_query(address: &str) -> Option<&str> {
    let (above, query) = address.split_once('?')?;
    let is_by_id = ["p=", "page_id=", "attachment_id="].iter().any(|key| query.starts_with(key));
    let path = path_of(above).trim_end_matches('/');
    is_by_id.then(|| path.strip_suffix("/index.php").unwrap_or(path))
}

/// Returns the host of an address, with its port, without `www.`.
pub fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (end > 0).then(|| without_www(&rest[..end].to_ascii_lowercase()))
}

fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |start| &rest[start..]);
    path.split(['?', '#']).next().unwrap_or("")
}

fn without_www(host: &str) -> String {
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old_site(home: &str) -> OldSite {
        let mut export = Export::default();
        export.site.home = Some(home.to_owned());
        OldSite::of(&export, &["old.example".to_owned()])
    }

    #[track_caller]
    fn check(home: &str, address: &str, expected: Option<(&str, &str, &str)>) {
        let old = old_site(home);
        let actual = old.local(address).map(|local| (local.path, local.query, local.fragment));
        assert_eq!(actual, expected, "{address}");
    }

    #[test]
    fn every_form_of_an_own_address_is_local() {
        let home = "https://news.example";
        check(home, "https://news.example/a/?p=1#top", Some(("/a/", "p=1", "top")));
        check(home, "http://www.NEWS.example/a/", Some(("/a/", "", "")));
        check(home, "//news.example?p=7", Some(("", "p=7", "")));
        check(home, "/a/", Some(("/a/", "", "")));
        check(home, "?p=7", Some(("", "p=7", "")));
        check(home, "http://old.example/b", Some(("/b", "", "")));
    }

    #[test]
    fn the_home_page_stands_where_ids_are_asked_for() {
        let check = |json: &[&str], expected: &str| {
            let folder = tempfile::TempDir::new().unwrap();
            for (number, record) in json.iter().enumerate() {
                std::fs::write(folder.path().join(format!("{number}.json")), record).unwrap();
            }
            let export = crate::export::read(&[folder.path().to_owned()]).unwrap().value;
            assert_eq!(home_address(&export).as_deref(), Some(expected));
        };
        let post = |link: &str, guid: &str| {
            format!(
                r#"{{"id":7,"type":"post","status":"publish","date":"2026-05-01T08:00:00","slug":"a",
                    "link":"{link}","guid":{{"rendered":"{guid}"}},"title":{{"rendered":"A"}},
                    "content":{{"rendered":"A"}}}}"#
            )
        };
        let pretty = "https://www.news.example/blog/2026/a/";
        check(&[&post(pretty, "http://news.example/blog/?p=7")], "https://www.news.example/blog");
        check(&[&post(pretty, "http://localhost/?p=7")], "https://www.news.example");
        check(&[&post("https://news.example/2026/a/", "https://news.example/blog/?p=7")], {
            "https://news.example"
        });
        check(&[&post("http://news.example:8080/?p=7", "")], "http://news.example:8080");
        check(&[&post("https://news.example/index.php?p=7", "")], "https://news.example");
    }

    #[test]
    fn relative_addresses_are_seen_from_the_home_page() {
        let check = |address: &str, expected: &str| {
            let full = old_site("https://news.example/blog").full(address);
            assert_eq!(full.as_deref(), Some(expected));
        };
        check("?p=99", "https://news.example/blog/?p=99");
        check("gone/", "https://news.example/blog/gone/");
        check("../about/", "https://news.example/about/");
        check("/blog/wp-content/a.jpg", "https://news.example/blog/wp-content/a.jpg");
    }

    #[test]
    fn other_addresses_are_not() {
        let home = "https://news.example/blog";
        check(home, "https://news.example.org/a/", None);
        check(home, "mailto:editor@news.example", None);
        check(home, "https://news.example/shop/", None);
        check(home, "https://news.example/blog/a/", Some(("/a/", "", "")));
        check(home, "https://news.example/blogger/", None);
    }
}
