//! Reads lists of addresses that a site had.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::content;

/// An address that a site had.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listed {
    /// As it is written.
    pub address: String,
    /// The line it stands in, from 1.
    pub line: usize,
}

/// Returns the addresses in a file, each once: those of a sitemap, those a server's log says were
/// asked for and answered, or else its lines.
///
/// # Errors
/// It cannot be read, or holds none.
pub fn read(file: &Path) -> anyhow::Result<Vec<Listed>> {
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

fn addresses(text: &str) -> Vec<Listed> {
    let lines = || (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
    let listed = |(line, address): (usize, &str)| Listed { address: address.to_owned(), line };
    let mut found: Vec<Listed> = if text.contains("<loc>") {
        of_sitemap(text)
    } else if lines().any(|(_, line)| asked(line).is_some()) {
        let asked = lines().filter_map(|(number, line)| Some((number, asked(line)?)));
        let answered = asked.filter(|(_, asked)| asked.was_answered);
        answered.map(|(line, asked)| Listed { address: asked.path, line }).collect()
    } else {
        lines().map(listed).collect()
    };
    let mut seen = HashSet::new();
    found.retain(|listed| seen.insert(listed.address.clone()));
    found
}

fn of_sitemap(text: &str) -> Vec<Listed> {
    let mut parts = text.split("<loc>");
    let mut line = 1 + parts.next().unwrap_or_default().matches('\n').count();
    let mut found = Vec::new();
    for part in parts {
        if let Some((address, _)) = part.split_once("</loc>") {
            found.push(Listed { address: content::plain_text(address.trim()), line });
        }
        line += part.matches('\n').count();
    }
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

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let found = addresses(text);
        let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, &*it.address)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_are_found_in_lists_sitemaps_and_logs() {
        check("/?p=1\n\n /about/ \n/?p=1\n", &[(1, "/?p=1"), (3, "/about/")]);
        let sitemap = "<urlset>\n<url><loc>https://a.example/?p=1&amp;b</loc></url>\n<url><loc> /x/ </loc></url></urlset>";
        check(sitemap, &[(2, "https://a.example/?p=1&b"), (3, "/x/")]);
        let log = "192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /?p=12 HTTP/1.1\" 200 5 \"-\" \"x\"\n\
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /gone HTTP/1.1\" 404 5 \"-\" \"x\"\n\
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"POST /wp-login.php HTTP/1.1\" 200 5\n";
        check(log, &[(1, "/?p=12")]);
    }

    #[test]
    fn a_list_of_sitemaps_is_no_list_of_addresses() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let index = "<sitemapindex><sitemap><loc>https://a.example/posts.xml</loc></sitemap></sitemapindex>";
        fs::write(file.path(), index).unwrap();
        assert!(read(file.path()).unwrap_err().to_string().contains("only lists other sitemaps"));
    }
}
