//! The REST addresses of the old site, in both forms WordPress answers to. Pure.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use url::Url;

use crate::model::{Attachment, Export, Status};
use crate::site::old_site;

/// Stands in for the home page of a site whose address nothing tells.
pub const PLACEHOLDER: &str = "https://your-site.example";

/// Where the REST API of the old site answered.
#[derive(Debug)]
pub struct Api {
    /// The address of the home page, without a final slash.
    pub home: String,
    /// Whether the export tells that address.
    pub source: Source,
    /// How the site's own links are written.
    pub permalinks: Permalinks,
}

/// Who says where the site was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// The export does.
    Export,
    /// Nobody does: the address is [`PLACEHOLDER`].
    Nobody,
}

/// How a site's own links are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Permalinks {
    /// `/2026/05/a-title/`
    Pretty,
    /// `/?p=7`
    Plain,
}

/// A question to the API, without the number of the answer's page.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Route {
    /// Such as `/wp/v2/media/7`; `/` is the root index.
    pub path: String,
    /// Such as `include=7,8&per_page=100`. Mostly empty.
    pub query: String,
}

/// What may stand in one part of a route as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

impl Api {
    /// Returns where the API of the site in `export` with its `attachments` answered.
    pub fn of(export: &Export, attachments: &[Attachment]) -> Self {
        let home = old_site::home_address(export, attachments);
        let home = home.and_then(|address| clean(&address));
        let source = if home.is_some() { Source::Export } else { Source::Nobody };
        let home = home.unwrap_or_else(|| PLACEHOLDER.to_owned());
        Self { home, source, permalinks: permalinks(export) }
    }

    /// Returns the addresses of `route` in both forms, first the one like the site's own links.
    pub fn addresses(&self, route: &Route) -> [String; 2] {
        let (home, path, query) = (&self.home, &route.path, &route.query);
        let joined = |sign: &str| match query.is_empty() {
            true => String::new(),
            false => format!("{sign}{query}"),
        };
        let pretty = format!("{home}/wp-json{path}{}", joined("?"));
        if let Some(site) = on_wordpress_com(home) {
            let path = match path.strip_prefix("/wp/v2/") {
                Some(path) => format!("wp/v2/sites/{site}/{path}{}", joined("?")),
                None => format!("rest/v1.1/sites/{site}"),
            };
            return [format!("https://public-api.wordpress.com/{path}"), pretty];
        }
        let plain = format!("{home}/?rest_route={path}{}", joined("&"));
        match self.permalinks {
            Permalinks::Pretty => [pretty, plain],
            Permalinks::Plain => [plain, pretty],
        }
    }
}

impl Route {
    /// Returns the route of the root index.
    pub fn index() -> Self {
        Self { path: "/".into(), query: String::new() }
    }

    /// Returns the route of a whole collection such as `posts`.
    pub fn collection(base: &str) -> Self {
        let base = utf8_percent_encode(base, SEGMENT);
        Self { path: format!("/wp/v2/{base}"), query: String::new() }
    }

    /// Returns the route of one record.
    pub fn record(base: &str, id: u64) -> Self {
        let Self { path, query } = Self::collection(base);
        Self { path: format!("{path}/{id}"), query }
    }

    /// Adds a parameter. Its value has to be such as can stand in an address.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let and = if self.query.is_empty() { "" } else { "&" };
        Self { query: format!("{}{and}{name}={value}", self.query), ..self }
    }
}

/// Returns the name of a site that WordPress.com hosts, where one host answers for all.
fn on_wordpress_com(home: &str) -> Option<&str> {
    let (_, host) = home.split_once("://")?;
    (host.ends_with(".wordpress.com") && !host.contains('/')).then_some(host)
}

/// Returns `address` as one that can be asked for and printed: a full one of the web.
pub fn checked(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// Returns the address of a home page as it can be asked for, if it can.
pub fn clean(address: &str) -> Option<String> {
    let mut url = checked(address)?;
    url.set_query(None);
    url.set_fragment(None);
    url.set_username("").and_then(|()| url.set_password(None)).ok()?;
    Some(url.as_str().trim_end_matches('/').to_owned())
}

/// Drafts have plain links everywhere, so only what was public tells.
fn permalinks(export: &Export) -> Permalinks {
    let public = export.posts.iter().filter(|post| post.status == Status::Publish);
    let links = public.map(|post| &*post.link).chain(export.terms.iter().map(|term| &*term.link));
    let links = links.filter(|link| !link.is_empty());
    let (plain, pretty) = links.fold((0_usize, 0_usize), |(plain, pretty), link| {
        if is_plain(link) { (plain + 1, pretty) } else { (plain, pretty + 1) }
    });
    if plain > pretty { Permalinks::Plain } else { Permalinks::Pretty }
}

fn is_plain(link: &str) -> bool {
    let Some((path, _)) = link.split_once('?') else { return false };
    let below = path.split_once("://").map_or(path, |(_, rest)| rest);
    below.ends_with('/') || !below.contains('/') || below.ends_with("/index.php")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(home: &str, permalinks: Permalinks, route: &Route, expected: [&str; 2]) {
        let home = clean(home).unwrap();
        let api = Api { home, source: Source::Export, permalinks };
        assert_eq!(api.addresses(route), expected);
    }

    #[test]
    fn the_form_like_the_sites_own_links_comes_first() {
        let route = Route::record("media", 7);
        let plain = "https://news.example/?rest_route=/wp/v2/media/7";
        let pretty = "https://news.example/wp-json/wp/v2/media/7";
        check("https://news.example/", Permalinks::Plain, &route, [plain, pretty]);
        check("https://news.example", Permalinks::Pretty, &route, [pretty, plain]);
    }

    #[test]
    fn wordpress_com_answers_for_the_sites_it_hosts() {
        let home = "https://tea.wordpress.com/";
        let route = Route::record("media", 7).with("context", "view");
        let own =
            "https://public-api.wordpress.com/wp/v2/sites/tea.wordpress.com/media/7?context=view";
        let usual = "https://tea.wordpress.com/wp-json/wp/v2/media/7?context=view";
        check(home, Permalinks::Pretty, &route, [own, usual]);
        let own = "https://public-api.wordpress.com/rest/v1.1/sites/tea.wordpress.com";
        let usual = "https://tea.wordpress.com/wp-json/";
        check(home, Permalinks::Pretty, &Route::index(), [own, usual]);
    }

    #[test]
    fn parameters_are_joined_in_both_forms() {
        let route = Route::collection("posts").with("per_page", "100").with("page", "2");
        check(
            "http://www.news.example:8080/blog",
            Permalinks::Pretty,
            &route,
            [
                "http://www.news.example:8080/blog/wp-json/wp/v2/posts?per_page=100&page=2",
                "http://www.news.example:8080/blog/?rest_route=/wp/v2/posts&per_page=100&page=2",
            ],
        );
        let index = ["https://news.example/wp-json/", "https://news.example/?rest_route=/"];
        check("https://news.example", Permalinks::Pretty, &Route::index(), index);
    }

    #[test]
    fn what_is_no_address_of_a_site_is_not_asked() {
        assert_eq!(clean("javascript:alert(1)"), None);
        assert_eq!(clean("news.example"), None);
        let odd = clean("https://me:secret@news.example/a b\u{1b}?x#y");
        assert_eq!(odd.as_deref(), Some("https://news.example/a%20b%1B"));
        assert_eq!(Route::collection("a/../b'\n").path, "/wp/v2/a%2F..%2Fb%27%0A");
    }
}
