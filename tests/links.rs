//! Finds the links of a built site that lead to no file of it.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

/// Returns each link within the site that leads to no file, with the page it stands on.
pub(crate) fn broken(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for address in addresses(&html) {
            if !leads_somewhere(&address, files) {
                broken.push(format!("{name}: {address}"));
            }
        }
    }
    broken
}

/// Returns the addresses in a page that begin at the root of the site.
fn addresses(html: &str) -> Vec<String> {
    let starts = [" href=\"/", " src=\"/", " action=\"/"];
    let found = starts
        .iter()
        .flat_map(|start| html.match_indices(start).map(|(at, start)| (at, at + start.len())));
    let of_elements = found.filter(|(at, _)| is_in_known_element(&html[..*at]));
    let paths = of_elements.filter_map(|(_, start)| html[start..].split('"').next());
    let within = paths.filter(|path| !path.starts_with('/'));
    within.map(unescape).collect()
}

/// Elements whose addresses browsers follow.
const KNOWN: [&str; 13] = [
    "a", "area", "link", "img", "source", "track", "audio", "video", "iframe", "embed", "script",
    "input", "form",
];

/// Whether what comes next stands in an element such as `<img`, not in `<b` or one called `a<img`,
/// of which browsers know no links.
fn is_in_known_element(before: &str) -> bool {
    let tag = before.rsplit('>').next().unwrap_or(before);
    let Some((_, tag)) = tag.split_once('<') else { return false };
    let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
    !tag.contains('<') && KNOWN.contains(&name)
}

fn unescape(attribute: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = named.iter().fold(attribute.to_owned(), |text, (name, is)| text.replace(name, is));
    text.replace("&amp;", "&")
}

fn leads_somewhere(address: &str, files: &BTreeMap<String, Vec<u8>>) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    let index = format!("{path}/index.html");
    files.contains_key(&*path)
        || files.contains_key(index.trim_start_matches('/'))
        || files.contains_key(&format!("{path}index.html"))
}
