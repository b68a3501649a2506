//! `build`: export in, site out.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::ensure;
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::Outcome;
use crate::commands::ledger;
use crate::commands::report::{self, Detail};
use crate::commands::summary;
use crate::config::{self, Config, Preview};
use crate::diagnostics::{self, Diagnostic, Report, Severity};
use crate::export;
use crate::media::{self, Library};
use crate::model::Export;
use crate::output::{Build, Force, Output, Written};
use crate::render::theme::Theme;
use crate::render::{self, Before, Haste, Rendered, Sources};
use crate::site::corrections::correct;
use crate::site::urls::{Base, UrlPath};
use crate::site::{self, Rules};

/// What `build` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the site is made from
    #[command(flatten)]
    pub site: SiteArgs,
    /// The folder to write
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output_dir: PathBuf,
    /// Write into a folder that holds other files, and over files that were edited since
    #[arg(long)]
    pub force: bool,
    /// Exit with 1 if something of the export is missing from the site
    #[arg(long)]
    pub strict: bool,
    /// How much is told
    #[command(flatten)]
    pub telling: report::TellingArgs,
}

/// What a site is made from, whatever is done with it.
#[derive(Clone, Debug, clap::Args)]
pub struct SiteArgs {
    /// Files, folders and archives of the export; `-` reads standard input
    #[arg(required = true, value_name = "EXPORT")]
    pub exports: Vec<PathBuf>,
    /// The configuration, instead of ./stillpress.toml or the export's own
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the site will be, such as `https://name.github.io/news/`
    #[arg(short, long, value_name = "URL")]
    pub base_url: Option<String>,
    /// A folder whose templates and assets replace the default theme's
    #[arg(long, value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Show drafts and pending posts, too
    #[arg(long)]
    pub drafts: bool,
    /// Show scheduled posts, too
    #[arg(long)]
    pub future: bool,
}

/// What a build made of what.
#[derive(Debug)]
pub struct Built {
    /// What it has to tell.
    pub report: Report,
    /// What it changed in the output folder.
    pub written: Written,
    /// What it read and left out, in words.
    pub summary: String,
}

/// Runs `build`.
///
/// # Errors
/// Something stopped the build; the output folder is as it was.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    args.telling.report.as_deref().map(report::check).transpose()?;
    let progress = if args.telling.quiet { ProgressBar::hidden() } else { progress_bar() };
    let config = args.site.config(&args.output_dir)?;
    keep_apart(&config)?;
    // On one of the threads that render: what it lets go of serves these again.
    let built = rayon::scope(|_| build(&config, force(args), None, &progress));
    progress.finish_and_clear();
    let built = built?;

    if let Some(file) = &args.telling.report {
        report::write(&built.report, &built.report.diagnostics, file)?;
    }
    let detail = args.telling.detail(Detail::First);
    report::show(&built.report, detail, &mut io::stderr().lock())?;
    if detail != Detail::Quiet {
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{}", built.summary);
        if let Some(line) = ledger::line(&built.report.ledger) {
            eprintln!("{line}");
        }
        eprintln!("{}", summary::written(&built.written, &args.output_dir, seconds, detail));
    }
    let is_missing = built.report.ledger.sums().missing > 0;
    let is_wanting = args.strict && (is_missing || built.report.count(Severity::Error) > 0);
    if is_wanting && detail == Detail::Quiet {
        eprintln!("error: something is missing from the site; without --quiet it is told what");
    }
    Ok(if is_wanting { Outcome::Wanting } else { Outcome::Good })
}

/// What builds of the same site in one run remember of each other.
#[derive(Debug, Default)]
pub struct Cache {
    read: export::Cache,
    rendered: render::Cache,
    /// How much of the next build may be late.
    pub haste: Haste,
}

impl Cache {
    /// Returns whether the search index is not up to date.
    pub fn is_search_late(&self) -> bool {
        self.rendered.is_search_late()
    }
}

/// Runs the pipeline. A `?` marks a stage that touches the outside world. With a cache it is fast
/// the second time.
///
/// # Errors
/// Something stopped the build; the output folder is as it was.
pub fn build(
    config: &Config,
    force: Force,
    mut cache: Option<&mut Cache>,
    progress: &ProgressBar,
) -> anyhow::Result<Built> {
    let mut report = Report::default();
    let rules = Rules::new(&config.settings)?;
    let theme = Theme::load(&config.settings)?;
    let read = match &mut cache {
        Some(cache) => export::read_again(&config.exports, &mut cache.read)?,
        None => export::read(&config.exports)?,
    };
    let mut export = report.collect(correct(read, &config.settings));
    ensure!(!export.posts.is_empty(), "{}", nothing_to_show(config, &report));
    let library = report.collect(media::localize(&mut export, &config.settings));
    let fingerprint = fingerprint(config, &export, &library, &theme);
    let summary = summary::read(&export, &library, config);

    let output = report.collect(Output::open(&config.output, force)?);
    if let Some(previous) = output.previous().filter(|it| it.fingerprint == fingerprint) {
        report.diagnostics.extend(previous.diagnostics.clone());
        report.ledger = previous.ledger.clone();
        let written = output.keep();
        return Ok(Built { report, written, summary });
    }
    let told = report.diagnostics.len();
    let site = report.collect(site::build(export, &library, config, &rules));
    let settings = &config.settings;
    let sources = Sources { site: &site, library: &library, theme: &theme, settings };
    let before = cache.as_deref().map(|it| Before { cache: &it.rendered, haste: it.haste });
    let rendered = render::render(&sources, before, &output, progress)?;
    let Rendered { cache: rendered, ledger } = report.collect(rendered);
    report.ledger = ledger.clone();
    let address = site.info.base.url(&UrlPath::root());
    // The manifest of a large site needs the memory that the graph has held so far.
    drop((site, library));
    // What was told before is found again by reading the export; it may name what is not public.
    let diagnostics: Vec<Diagnostic> = report.diagnostics[told..].to_vec();
    // What is late is to be made by the next build, even if nothing changes.
    let fingerprint = if rendered.is_search_late() { String::new() } else { fingerprint };
    let is_preview = config.preview != Preview::default();
    let said = Build { fingerprint, diagnostics, ledger, address, is_preview };
    let written = report.collect(output.finish(said)?);
    if let Some(cache) = cache {
        cache.rendered = rendered;
    }
    Ok(Built { report, written, summary })
}

/// Says that there is nothing to build a site from, and what was found instead: a site in its place
/// would be lost.
fn nothing_to_show(config: &Config, report: &Report) -> String {
    let names: Vec<String> = config.exports.iter().map(|it| it.display().to_string()).collect();
    let message = format!(
        "found no posts and no pages in {}: there is nothing to show\n  help: name the folder that \
         holds them, too; `stillpress doctor` tells what there is, and how to save the rest",
        names.join(", ")
    );
    diagnostics::with_first(message, &report.diagnostics)
}

/// Returns a hash of all that the site is made from.
fn fingerprint(config: &Config, export: &Export, library: &Library, theme: &Theme) -> String {
    let mut hasher = blake3::Hasher::new();
    let settings = format!("{:?} {:?}", config.settings, config.preview);
    for part in [
        env!("STILLPRESS_SOURCE_HASH"),
        &settings,
        &export.fingerprint,
        &theme.fingerprint,
        &library.fingerprint(),
    ] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex().to_string()
}

impl SiteArgs {
    /// Reads the settings, and says what to build into `output`.
    ///
    /// # Errors
    /// The settings cannot be read, or are not valid.
    pub fn config(&self, output: &Path) -> anyhow::Result<Config> {
        let mut settings = config::read(self.config.as_deref(), &self.exports)?;
        // Once it is among the settings, it would be looked for in their file.
        self.base_url.as_deref().map(Base::parse).transpose()?;
        settings.base_url = self.base_url.clone().or(settings.base_url);
        settings.theme.dir = self.theme.clone().or(settings.theme.dir);
        Ok(Config {
            exports: self.exports.clone(),
            output: output.to_owned(),
            preview: Preview { drafts: self.drafts, future: self.future },
            settings,
        })
    }
}

/// Fails if the site would be mixed with the answers it is made from, which may be all that is left
/// of the old one.
fn keep_apart(config: &Config) -> anyhow::Result<()> {
    // What is not there yet is no export's folder.
    let Ok(output) = config.output.canonicalize() else { return Ok(()) };
    for export in config.exports.iter().filter_map(|export| export.canonicalize().ok()) {
        let folder = if export.is_dir() { Some(&*export) } else { export.parent() };
        ensure!(
            folder != Some(&*output),
            "`{}` holds the export: the site would be mixed with it; choose another folder with \
             --output-dir",
            config.output.display()
        );
    }
    Ok(())
}

fn force(args: &Args) -> Force {
    if args.force { Force::Yes } else { Force::No }
}

/// Nothing is drawn when nobody is looking: indicatif asks whether standard error is a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} pages and feeds")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}
