//! Old paths at which no page stands any more: which there are, and what to show instead.

use std::collections::BTreeMap;

use anyhow::ensure;

use crate::model::PostId;
use crate::site::urls::UrlPath;

/// An old path at which no page stands any more, and what to show instead.
#[derive(Debug, Hash)]
pub struct Redirect {
    /// The old path.
    pub from: UrlPath,
    /// What is shown instead.
    pub to: Destination,
}

/// What is shown instead of a page that is gone.
#[derive(Debug, Hash)]
pub enum Destination {
    /// A page of this site.
    Page(UrlPath),
    /// What is left of an attachment, whose own page is gone.
    Attachment(PostId),
    /// A file of the media library, by its decoded path below `wp-content/uploads/`.
    Upload(String),
    /// An address as the user wrote it: another site's, or one that no page of this site has.
    Address(String),
}

/// What the user says of one old path, or of all below it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rule {
    /// Without the `*`.
    pub from: String,
    /// Which paths it is about.
    pub reach: Reach,
    /// An address on this site, old or new, or another site's. Without the `*`.
    pub to: String,
}

/// Which paths a rule is about, and where each leads.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Reach {
    /// Just the one.
    Path,
    /// All that start with it lead to one place.
    BelowToOne,
    /// All that start with it lead to what has the same rest elsewhere.
    BelowToSame,
}

/// Checks the rules in `[redirects]`.
///
/// # Errors
/// The key that is not right, and why.
pub fn rules(told: &BTreeMap<String, String>) -> Result<Vec<Rule>, (String, anyhow::Error)> {
    let rule = |from: &String, to: &String| -> anyhow::Result<Rule> {
        ensure!(from.starts_with('/'), "`{from}` is no path: write one like \"/old/page/\"");
        ensure!(
            !from.contains(['?', '#']),
            "`{from}` has a query or fragment, which a host of files does not see: write a path"
        );
        let is_web = to.starts_with("https://") || to.starts_with("http://");
        let is_path = to.starts_with('/') && !to.starts_with("//");
        ensure!(
            is_web || is_path,
            "`{to}` is no address: write a path like \"/new/page/\", or one that starts with https://"
        );
        let (from_whole, from_below) = (from.clone(), from.strip_suffix('*'));
        let to_below = to.strip_suffix('*');
        let (from, reach, to) = match (from_below, to_below) {
            (None, None) => (from_whole, Reach::Path, to.clone()),
            (Some(from), None) => (from.to_owned(), Reach::BelowToOne, to.clone()),
            (Some(from), Some(to)) => (from.to_owned(), Reach::BelowToSame, to.to_owned()),
            (None, Some(_)) => anyhow::bail!("`{to}` ends with `*`, but `{from_whole}` does not"),
        };
        ensure!(
            !from.contains('*') && !to.contains('*'),
            "a `*` stands only at the end, for everything below a path"
        );
        ensure!(
            reach == Reach::Path || (from.ends_with('/') && from != "/"),
            "a `*` stands after a slash: \"/old/*\", and not for the whole site"
        );
        Ok(Rule { from, reach, to })
    };
    let checked = told.iter().map(|(from, to)| rule(from, to).map_err(|it| (from.clone(), it)));
    checked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(from: &str, to: &str) -> Result<Rule, String> {
        let rules = rules(&BTreeMap::from([(from.to_owned(), to.to_owned())]));
        rules.map(|rules| rules[0].clone()).map_err(|(_, trouble)| trouble.to_string())
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: (&str, Reach, &str)) {
        let (from, to) = (parse(from, to), expected);
        let rule = Rule { from: to.0.to_owned(), reach: to.1, to: to.2.to_owned() };
        assert_eq!(from, Ok(rule));
    }

    #[test]
    fn a_star_stands_for_all_below() {
        check("/a/", "/b/", ("/a/", Reach::Path, "/b/"));
        check("/a/*", "/b/", ("/a/", Reach::BelowToOne, "/b/"));
        check("/a/*", "/b/*", ("/a/", Reach::BelowToSame, "/b/"));
        check("/a/*", "https://b.example/*", ("/a/", Reach::BelowToSame, "https://b.example/"));
        check("/a", "/?p=3", ("/a", Reach::Path, "/?p=3"));
    }

    #[test]
    fn what_cannot_work_is_an_error() {
        for (from, to) in [
            ("a/", "/b/"),
            ("/?p=3", "/b/"),
            ("/a/", "javascript:x"),
            ("/a/", "//other.example/"),
            ("/a/", "/b/*"),
            ("/a*", "/b/"),
            ("/*", "/b/"),
            ("/a/*/c/", "/b/"),
        ] {
            assert!(parse(from, to).is_err(), "{from} {to}");
        }
    }
}
