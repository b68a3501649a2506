//! Reads an export, and gathers what it holds and lacks.

use std::path::{Path, PathBuf};

use crate::commands::api::Api;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::findings::{self, Findings};
use crate::commands::doctor::kinds::Kinds;
use crate::commands::doctor::lacks::Kind;
use crate::commands::doctor::mentions;
use crate::commands::doctor::saving::Save;
use crate::commands::graph;
use crate::config::{Config, Preview, Settings};
use crate::diagnostics::Report;
use crate::media::Library;
use crate::site::Site;

/// Returns how to save what the export in `dir` lacks, but for the rest of collections that may have been
/// cut off: who asks for them to the end knows better.
///
/// # Errors
/// The export cannot be read.
pub fn lacks_of(dir: &Path) -> anyhow::Result<Vec<Save>> {
    let config = config(vec![dir.to_path_buf()], Settings::default());
    let (findings, ..) = survey(&config, &mut Report::default())?;
    let lacks = findings.lacks.into_iter().filter(|lack| lack.kind != Kind::More);
    Ok(lacks.flat_map(|lack| lack.save).collect())
}

/// Returns what is read: nothing is written.
pub fn config(exports: Vec<PathBuf>, settings: Settings) -> Config {
    Config { exports, output: PathBuf::new(), preview: Preview::default(), settings }
}

/// Reads an export as `build` does, and looks it over.
pub fn survey(config: &Config, report: &mut Report) -> anyhow::Result<(Findings, Site, Library)> {
    let settings = &config.settings;
    let (site, library) = report.collect(graph::read(config)?);
    let api = Api::of(&site.export, library.attachments());
    let kinds = &Kinds::of(&site.export);
    let mentions = &mentions::read(&site.export, &library, site.links.old_site(), &api.home)?;
    let evidence = Evidence { export: &site.export, library: &library, settings, kinds, mentions };
    Ok((findings::gather(&evidence, &api), site, library))
}
