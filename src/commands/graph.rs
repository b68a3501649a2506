//! Reads a site for the verbs that ask it something and do not write it. They tell nothing of what is
//! met on the way: `build` does.

use crate::config::Config;
use crate::export;
use crate::media::{self, Library};
use crate::site::corrections::correct;
use crate::site::{self, Rules, Site};

/// Returns the graph of an export, and its media library: the first stages of
/// [`build`](crate::commands::build::build).
///
/// # Errors
/// A setting is not valid, or the export cannot be read.
pub fn read(config: &Config) -> anyhow::Result<(Site, Library)> {
    let rules = Rules::new(&config.settings)?;
    let mut export = correct(export::read(&config.exports)?, &config.settings).value;
    let library = media::localize(&mut export, &config.settings).value;
    let site = site::build(export, &library, config, &rules).value;
    Ok((site, library))
}
