//! `resolve`: where old addresses lead on the new site, and why.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, ensure};

use crate::commands::Outcome;
use crate::commands::build::SiteArgs;
use crate::commands::map::Map;
use crate::content;

/// What `resolve` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An old address, such as '/?p=12' (in quotation marks); or @FILE for all in a file: one a
    /// line, a saved sitemap, or a server's log
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// What the site is made from
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Runs `resolve`. An address that leads nowhere makes it [`Outcome::Wanting`].
///
/// # Errors
/// The export, the settings or the file of addresses cannot be read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let addresses = match args.address.strip_prefix('@') {
        Some(file) => read_addresses(Path::new(file))?,
        None => vec![args.address.clone()],
    };
    let map = Map::read(&args.site)?;
    let mut out = io::stdout().lock();
    let mut lost = 0;
    for address in &addresses {
        let answer = map.answer(address);
        lost += usize::from(answer.is_err());
        let told = answer.unwrap_or_else(|why| format!("nothing answers: {why}"));
        if let Err(error) = writeln!(out, "{address}\n  {told}") {
            // Somebody has read enough of it, such as `head`.
            ensure!(error.kind() == io::ErrorKind::BrokenPipe, error);
            return Ok(Outcome::Good);
        }
    }
    if addresses.len() > 1 {
        eprintln!("{} of {} addresses are answered.", addresses.len() - lost, addresses.len());
    }
    Ok(if lost > 0 { Outcome::Wanting } else { Outcome::Good })
}

fn read_addresses(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let addresses = addresses(&String::from_utf8_lossy(&text));
    ensure!(!addresses.is_empty(), "there is no address in {}", file.display());
    Ok(addresses)
}

/// Returns the addresses in a text, each once: those of a sitemap, those a server's log says were
/// asked for, or else its lines.
fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if text.contains("<loc>") {
        let parts = text.split("<loc>").skip(1).filter_map(|part| part.split_once("</loc>"));
        found.extend(parts.map(|(address, _)| content::plain_text(address.trim())));
    } else {
        let asked = |line: &str| {
            let (_, rest) = ["\"GET ", "\"HEAD "].iter().find_map(|verb| line.split_once(verb))?;
            Some(rest.split(' ').next().unwrap_or_default().to_owned())
        };
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        found.extend(lines().filter_map(asked));
        if found.is_empty() {
            found.extend(lines().map(ToOwned::to_owned));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|address| seen.insert(address.clone()));
    found
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
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"POST /wp-login.php HTTP/1.1\" 200 5\n";
        assert_eq!(addresses(log), ["/?p=12"]);
    }
}
