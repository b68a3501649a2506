//! Reads lists of addresses that a site had.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::content;

/// Returns the addresses in a file, each once: those of a sitemap, those a server's log says were
/// asked for and answered, or else its lines.
///
/// # Errors
/// It cannot be read, or holds none.
pub fn read(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8_lossy(&text);
    ensure!(
        !text.contains("<sitemapindex"),
        "{} only lists other sitemaps: save those, and name them one after the other",
        file.display()
    );
    let addresses = addresses(&text);
    ensure!(!addresses.is_empty(), "there is no address in {}", file.display());
    Ok(addresses)
}

fn addresses(text: &str) -> Vec<String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut found: Vec<String> = if text.contains("<loc>") {
        let parts = text.split("<loc>").skip(1).filter_map(|part| part.split_once("</loc>"));
        parts.map(|(address, _)| content::plain_text(address.trim())).collect()
    } else if lines().any(|line| asked(line).is_some()) {
        lines().filter_map(asked).filter(|it| it.was_answered).map(|it| it.path).collect()
    } else {
        lines().map(ToOwned::to_owned).collect()
    };
    let mut seen = HashSet::new();
    found.retain(|address| seen.insert(address.clone()));
    found
}

/// A line of a server's log.
struct Asked {
    path: String,
    /// What the old site did not answer need not be answered now.
    was_answered: bool,
}

fn asked(line: &str) -> Option<Asked> {
    let (_, rest) = ["\"GET ", "\"HEAD "].iter().find_map(|verb| line.split_once(verb))?;
    let path = rest.split(' ').next().unwrap_or_default().to_owned();
    let status = rest.split_once("\" ").map_or("", |(_, after)| after);
    Some(Asked { path, was_answered: !status.starts_with(['4', '5']) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_lists_sitemaps_and_logs() {
        assert_eq!(addresses("/?p=1\n\n /about/ \n/?p=1\n"), ["/?p=1", "/about/"]);
        let sitemap = "<urlset><url><loc>https://a.example/?p=1&amp;b</loc></url><url><loc> /x/ </loc></url></urlset>";
        assert_eq!(addresses(sitemap), ["https://a.example/?p=1&b", "/x/"]);
        let log = "192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /?p=12 HTTP/1.1\" 200 5 \"-\" \"x\"\n\
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /gone HTTP/1.1\" 404 5 \"-\" \"x\"\n\
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"POST /wp-login.php HTTP/1.1\" 200 5\n";
        assert_eq!(addresses(log), ["/?p=12"]);
    }

    #[test]
    fn a_list_of_sitemaps_is_no_list_of_addresses() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let index = "<sitemapindex><sitemap><loc>https://a.example/posts.xml</loc></sitemap></sitemapindex>";
        fs::write(file.path(), index).unwrap();
        assert!(read(file.path()).unwrap_err().to_string().contains("only lists other sitemaps"));
    }
}
