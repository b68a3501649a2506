//! `resolve`: where old addresses lead on the new site, and why.

use std::io::{self, Write};
use std::path::Path;

use crate::commands::build::SiteArgs;
use crate::commands::map::Map;
use crate::commands::old_addresses;
use crate::commands::{Outcome, report};
use crate::diagnostics::{plain, plain_lines};

/// What `resolve` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An old address, such as '/?p=12' (in quotation marks), or the number of a post; or @FILE for
    /// all in a file: one a line, a saved sitemap, or a server's log
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
        Some(file) => {
            old_addresses::read(Path::new(file))?.into_iter().map(|it| it.address).collect()
        }
        None => vec![args.address.clone()],
    };
    let map = Map::read(&args.address, &args.site)?;
    let mut out = io::stdout().lock();
    let mut lost = 0;
    for address in &addresses {
        let answer = map.answer(&map.asked(address));
        lost += usize::from(answer.is_err());
        let told = answer.unwrap_or_else(|why| format!("nothing answers: {why}"));
        report::as_far_as_read(writeln!(out, "{}\n  {}", plain(address), plain_lines(&told)))?;
    }
    if addresses.len() > 1 {
        eprintln!("{} of {} addresses are answered.", addresses.len() - lost, addresses.len());
    }
    Ok(if lost > 0 { Outcome::Wanting } else { Outcome::Good })
}
