//! A site whose folder can be put anywhere: every address leads to a file from where it stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use tempfile::TempDir;
use url::Url;

use crate::site;

#[test]
fn a_site_with_relative_addresses_works_wherever_it_is_put() {
    let files = sample("relative = true\n");
    let mut broken = Vec::new();
    let mut count = 0;
    for (name, html) in pages(&files) {
        for address in addresses(&html) {
            assert!(!address.starts_with('/') || address.starts_with("//"), "{name}: {address}");
            // Below any path, as on a disk.
            let page = Url::parse(&format!("file:///somewhere/below/{name}")).unwrap();
            let target = page.join(&address).unwrap();
            let Some(path) = target.path().strip_prefix("/somewhere/below/") else {
                broken.extend((target.scheme() == "file").then(|| format!("{name}: {address}")));
                continue;
            };
            count += 1;
            let file = percent_decode_str(path).decode_utf8_lossy().into_owned();
            if !files.contains_key(&file) {
                broken.push(format!("{name}: {address}"));
            }
        }
    }
    assert!(count > 1000, "only {count} addresses were found");
    assert_eq!(broken, [""; 0]);
}

#[test]
fn only_the_addresses_of_pages_differ() {
    let (relative, plain) = (sample("relative = true\n"), sample(""));
    assert!(relative.keys().eq(plain.keys()));
    for name in ["404.html", "feed/index.html", "sitemap.xml", "feed.json"] {
        let text = |files: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8_lossy(&files[name]).replace("\"./", "\"/")
        };
        assert_eq!(text(&relative), text(&plain), "{name}");
    }
}

/// Builds the sample with more settings.
fn sample(settings: &str) -> BTreeMap<String, Vec<u8>> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
    let place = TempDir::new().unwrap();
    let own = fs::read_to_string(sample.join("stillpress.toml")).unwrap_or_default();
    fs::write(place.path().join("stillpress.toml"), format!("{settings}{own}")).unwrap();
    let build = ["build", sample.to_str().unwrap(), "-o", "out", "-q"];
    site::printed(place.path(), &build, 0);
    let mut files = site::files_in(&place.path().join("out"));
    files.remove(".stillpress.json");
    files
}

/// The page for what is not found cannot know from where it is seen.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, String)> {
    let pages = files.iter().filter(|(name, bytes)| {
        name.ends_with(".html") && *name != "404.html" && bytes.starts_with(b"<!DOCTYPE html>")
    });
    pages.map(|(name, bytes)| (name, String::from_utf8_lossy(bytes).into_owned()))
}

fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in [" href=\"", " src=\"", " action=\"", " srcset=\"", "url="] {
        for (at, _) in html.match_indices(start) {
            let value = html[at + start.len()..].split('"').next().unwrap().replace("&amp;", "&");
            let parts =
                if start == " srcset=\"" { value.split(", ").collect() } else { vec![&*value] };
            let parts = parts.iter().map(|part| part.split(' ').next().unwrap().to_owned());
            found.extend(parts.filter(|part| !part.is_empty() && !part.starts_with("data:")));
        }
    }
    found
}
