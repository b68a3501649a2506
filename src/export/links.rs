//! What the addresses under `_links` tell of a record.

use std::borrow::Cow;

use crate::export::json::Record;

/// Returns the path of the first address under `relation`, from below `/wp/v2/`: `users/3`.
pub(super) fn target(record: &Record<'_>, relation: &'static str) -> Option<String> {
    let links = record.object("_links").ok()??;
    let first = *links.list(relation).ok()??.first()?;
    route(&Record::parse(first)?.text("href").ok()??)
}

/// Returns the id at the end of the first address under `relation`.
pub(super) fn id(record: &Record<'_>, relation: &'static str) -> Option<u64> {
    let target = target(record, relation)?;
    target.rsplit('/').next()?.parse().ok().filter(|id| *id > 0)
}

/// Returns each taxonomy with the last part of its address.
pub(super) fn taxonomies(record: &Record<'_>) -> Vec<(String, String)> {
    let read = || {
        let terms = record.object("_links").ok()??.list("wp:term").ok()??;
        let pairs = terms.iter().filter_map(|term| {
            let term = Record::parse(term)?;
            let route = route(&term.text("href").ok()??)?;
            Some((term.text("taxonomy").ok()??.into_owned(), route))
        });
        Some(pairs.collect())
    };
    read().unwrap_or_default()
}

/// Returns the part of `href` that follows the namespace, without its query. Sites with plain
/// permalinks have the whole route in the query: `index.php?rest_route=/wp/v2/users/3&per_page=1`.
fn route(href: &str) -> Option<String> {
    let route = match href.split_once("rest_route=") {
        Some((_, query)) => {
            let route = query.split(['&', '#']).next().unwrap_or_default();
            percent_encoding::percent_decode_str(route).decode_utf8_lossy()
        }
        None => Cow::Borrowed(href.split(['?', '#']).next().unwrap_or_default()),
    };
    let (_, rest) = route.split_once("/wp/v2/")?;
    Some(rest.trim_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_found_under_pretty_and_plain_permalinks() {
        for (href, expected) in [
            ("https://example.org/wp-json/wp/v2/users/3", Some("users/3")),
            ("https://example.org/index.php?rest_route=/wp/v2/users/3", Some("users/3")),
            ("https://example.org/?rest_route=%2Fwp%2Fv2%2Fgenres&post=3", Some("genres")),
            ("https://example.org/wp-json/wp/v2/genres?post=12", Some("genres")),
            ("https://example.org/", None),
        ] {
            assert_eq!(route(href).as_deref(), expected, "{href}");
        }
    }
}
