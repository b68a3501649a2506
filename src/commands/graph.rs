//! Reads a site for the verbs that ask it something and do not write it.

use crate::config::Config;
use crate::diagnostics::Warned;
use crate::export;
use crate::media::{self, Library};
use crate::site::corrections::correct;
use crate::site::{self, Rules, Site};

/// Returns the graph of an export, and its media library, as the first stages of
/// [`build`](crate::commands::build::build) make them, with what was noticed of the export and its files.
/// What is told of addresses is the build's to tell.
///
/// # Errors
/// A setting is not valid, or the export cannot be read.
pub fn read(config: &Config) -> anyhow::Result<Warned<(Site, Library)>> {
    let rules = Rules::new(&config.settings)?;
    let Warned { value: mut export, mut diagnostics } =
        correct(export::read(&config.exports)?, &config.settings);
    let Warned { value: library, diagnostics: of_files } =
        media::localize(&mut export, &config.settings);
    diagnostics.extend(of_files);
    let site = site::build(export, &library, config, &rules).value;
    Ok(Warned { value: (site, library), diagnostics })
}
