//! `check`: whether everything on a site leads somewhere, before readers find out.
//!
//! ```text
//! folder ─ folder ─▶ files, base ─▶ Ground ─ survey (page, css, xml) ─▶ sightings ─ telling ─▶ findings
//! ```
//!
//! It reads nothing but the folder, whoever made it, so that it also finds what the program that
//! made it does not know. What the user asks for besides is proved with the same: `old_urls` and
//! `old_feed` ask `answers`, `texts` compares pages with the export, `external` asks the sites that pages
//! link to.

mod folder;

mod css;
mod page;
mod srcset;
mod xml;

mod addresses;
mod base;
mod sightings;

mod survey;
mod telling;
mod worker;

mod host_rules;

mod answers;
pub mod script;

mod old_feed;
mod old_urls;
mod texts;

mod external;
mod remembered;

#[cfg(test)]
mod properties;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::ensure;
use indicatif::ProgressBar;

use crate::commands::Outcome;
use crate::commands::check::addresses::Ground;
use crate::commands::check::answers::{Answers, Fate};
use crate::commands::check::old_urls::Proof;
use crate::commands::check::survey::Survey;
use crate::commands::check::telling::Finding;
use crate::commands::check::worker::Outside;
use crate::commands::report::{self, Detail, counted};
use crate::diagnostics::{Report, Severity, Warned};
use crate::site::urls::Base;

/// What `check` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that the site is in
    #[arg(value_name = "FOLDER", default_value = "public")]
    pub folder: PathBuf,
    /// Where the site will be, if its pages do not say so
    #[arg(short, long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Prove that the addresses of the old site are answered: a file of them, one a line; a saved
    /// sitemap; or a server's log
    #[arg(long, value_name = "FILE")]
    pub old_urls: Option<PathBuf>,
    /// Prove that feed readers know the entries of a saved feed of the old site again
    #[arg(long, value_name = "FILE")]
    pub old_feed: Option<PathBuf>,
    /// Prove that the text of each public post is on its page, and nothing of the others on any: the
    /// export that the site was made from, or several
    #[arg(long, value_name = "EXPORT")]
    pub export: Vec<PathBuf>,
    /// The configuration that the site was made with, instead of ./stillpress.toml or the export's own
    #[arg(short, long, value_name = "FILE", requires = "export")]
    pub config: Option<PathBuf>,
    /// Ask other sites whether what is linked to is still there
    #[arg(long)]
    pub external: bool,
    /// Where the answers of other sites are kept, so that they are not asked again for some days
    #[arg(long, value_name = "FILE", requires = "external")]
    pub external_answers: Option<PathBuf>,
    /// Exit with 1 for warnings, too
    #[arg(long)]
    pub strict: bool,
    /// How much is told
    #[command(flatten)]
    pub telling: report::TellingArgs,
}

/// Runs `check`. A finding that readers would meet makes it [`Outcome::Wanting`].
///
/// # Errors
/// The folder, or a file named beside it, cannot be read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    args.telling.report.as_deref().map(report::check).transpose()?;
    let outside = if args.external { Outside::Gather } else { Outside::PassOver };
    let site = Site::read(&args.folder, args.base_url.as_deref(), outside)?;
    let mut findings = site.findings();
    let mut summary = vec![site.summary()];
    for proof in site.prove(args)? {
        findings.extend(proof.findings);
        summary.push(proof.summary);
    }
    let diagnostics = findings.iter().map(|finding| finding.diagnostic.clone()).collect();
    let report = Report { diagnostics, ..Report::default() };
    if let Some(file) = &args.telling.report {
        report::write(&report, &findings, file)?;
    }
    report::as_far_as_read(show(args, &report))?;
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    if !args.telling.quiet {
        let seconds = start.elapsed().as_secs_f64();
        eprintln!(
            "{}\n{}, {}. Took {seconds:.2} s.",
            summary.join("\n"),
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        );
    }
    let is_wanting = errors > 0 || args.strict && warnings > 0;
    Ok(if is_wanting { Outcome::Wanting } else { Outcome::Good })
}

/// Checks a folder by itself: what `check` does when nothing but the folder is told.
///
/// # Errors
/// It cannot be read, or no page is in it.
pub fn examine(folder: &Path, base_url: Option<&str>) -> anyhow::Result<Vec<Finding>> {
    Ok(Site::read(folder, base_url, Outside::PassOver)?.findings())
}

/// A site that was read.
#[derive(Debug)]
struct Site {
    ground: Ground,
    survey: Survey,
    /// Found besides what the survey saw.
    more: Vec<Finding>,
}

impl Site {
    fn read(folder: &Path, base_url: Option<&str>, outside: Outside) -> anyhow::Result<Self> {
        let told = base_url.map(Base::parse).transpose()?;
        let Warned { value: files, diagnostics } = folder::read(folder)?;
        let mut more: Vec<Finding> = diagnostics.into_iter().map(Finding::of).collect();
        more.extend(host_rules::check(&files));
        let base = told.or_else(|| base::find(&files));
        let ground = Ground { folder: files, base };
        let survey = survey::survey(&ground, outside)?;
        let shown = folder.display();
        ensure!(survey.pages > 0, "no page is in {shown}; name the folder that the site is in");
        more.extend(queries_in_vain(&ground, &survey)?);
        Ok(Self { ground, survey, more })
    }

    /// Proves what the user asked for besides.
    fn prove(&self, args: &Args) -> anyhow::Result<Vec<Proof>> {
        let mut answers = Answers::new(&self.ground, &self.survey);
        let mut proofs = Vec::new();
        if let Some(file) = &args.old_urls {
            proofs.push(old_urls::prove(&mut answers, file)?);
        }
        if let Some(file) = &args.old_feed {
            proofs.push(old_feed::prove(&mut answers, (&self.ground, &self.survey), file)?);
        }
        if !args.export.is_empty() {
            proofs.push(texts::prove(&self.ground, &args.export, args.config.as_deref())?);
        }
        if args.external {
            proofs.push(self.prove_external(args)?);
        }
        Ok(proofs)
    }

    fn prove_external(&self, args: &Args) -> anyhow::Result<Proof> {
        let memory = match &args.external_answers {
            Some(file) => file.clone(),
            None => remembered::default_file()?,
        };
        let progress = if args.telling.quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let urls = self.survey.outside.keys().map(|url| &**url);
        let verdicts = external::check(urls, &memory, &progress);
        progress.finish_and_clear();
        let verdicts = verdicts?;
        let findings = telling::tell_outside(&self.ground, &self.survey.outside, &verdicts);
        let good = verdicts.len() - findings.len();
        let all = counted(verdicts.len(), "address", "addresses");
        let summary = format!("{good} of {all} on other sites answered.");
        Ok(Proof { findings, summary })
    }

    fn findings(&self) -> Vec<Finding> {
        let mut findings = telling::tell(&self.ground, &self.survey.sightings);
        findings.extend(self.more.iter().cloned());
        findings
    }

    fn address(&self) -> Option<String> {
        let base = self.ground.base.as_ref()?;
        Some([base.origin(), base.path(), "/"].concat())
    }

    fn summary(&self) -> String {
        let pages = counted(self.survey.pages, "page", "pages");
        let files = counted(self.ground.folder.files().len(), "file", "files");
        let place = match self.address() {
            Some(address) => format!("a site at {address}"),
            None => "a site whose address nothing tells".to_owned(),
        };
        format!("Checked {place}: {pages}, {files}.")
    }
}

/// Finds the links with a query of WordPress's to which the script on the page they lead to has no
/// answer.
fn queries_in_vain(ground: &Ground, survey: &Survey) -> anyhow::Result<Vec<Finding>> {
    let mut answers = Answers::new(ground, survey);
    let mut findings = Vec::new();
    for (address, spots) in &survey.with_query {
        if let Fate::Lost(why) = answers.follow(address)? {
            findings.push(telling::tell_query(ground, address, spots, &why));
        }
    }
    Ok(findings)
}

fn show(args: &Args, report: &Report) -> io::Result<()> {
    let detail = args.telling.detail(Detail::Few);
    let mut out = io::stdout().lock();
    report::show(report, detail, &mut out)?;
    out.flush()
}
