//! Proves that the addresses a site had are answered now.

use std::path::Path;

use anyhow::ensure;

use crate::commands::check::answers::Answers;
use crate::commands::check::telling::Finding;
use crate::commands::old_addresses::{self, Listed};
use crate::diagnostics::{Diagnostic, Location};

/// What became of the old addresses.
#[derive(Debug)]
pub struct Proof {
    /// Those that are not answered.
    pub findings: Vec<Finding>,
    /// What was asked for, in words.
    pub summary: String,
}

/// What no reader asked for, but programs, by the beginning of the path.
const MACHINERY: [&str; 11] = [
    "/wp-admin",
    "/wp-login.php",
    "/wp-cron.php",
    "/wp-comments-post.php",
    "/wp-includes/",
    "/wp-json",
    "/wp-sitemap",
    "/wp-content/plugins/",
    "/wp-content/themes/",
    "/wp-content/cache/",
    "/xmlrpc.php",
];

/// Asks for all addresses in a file.
///
/// # Errors
/// It cannot be read or holds none, or a file of the site cannot be read.
pub fn prove(answers: &mut Answers<'_>, file: &Path) -> anyhow::Result<Proof> {
    let all = old_addresses::read(file)?;
    let asked: Vec<&Listed> = all.iter().filter(|it| !is_machinery(&it.address)).collect();
    ensure!(
        !asked.is_empty(),
        "{} holds only addresses for programs, none that readers open",
        file.display()
    );
    let place = Location::file(&file.display().to_string().into());
    let at_line = |line| Location { position: Some((line, 1)), ..place.clone() };
    let mut findings = Vec::new();
    for Listed { address, line } in asked.iter().copied() {
        if let Some(why) = answers.follow(address)?.trouble() {
            let message = format!("nothing answers to the old address `{address}`: {why}");
            let told = Diagnostic::error("old-address", message, at_line(*line));
            let told = told.with_help(
                "if readers could see it, add it to the export; or lead it on, in [redirects] of \
                 stillpress.toml",
            );
            findings.push(Finding::of(told).about(address));
        }
    }
    let answered = asked.len() - findings.len();
    let mut summary = format!("{answered} of {} old addresses are answered", asked.len());
    let left_out = all.len() - asked.len();
    if left_out > 0 {
        summary.push_str(&format!(
            "; {left_out} are for programs, not for readers, and were not asked for"
        ));
    }
    Ok(Proof { findings, summary: summary + "." })
}

fn is_machinery(address: &str) -> bool {
    let below_host = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => address,
    };
    let asks_for_data = below_host.contains("?rest_route=") || below_host.contains("&rest_route=");
    asks_for_data || MACHINERY.iter().any(|start| below_host.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_never_opened_is_not_asked_for() {
        for address in ["/wp-login.php?x", "https://a.example/wp-json/wp/v2", "/?rest_route=/"] {
            assert!(is_machinery(address), "{address}");
        }
        for address in ["/?p=1", "/wp-content/uploads/a.jpg", "https://a.example", "wp-json"] {
            assert!(!is_machinery(address), "{address}");
        }
    }
}
