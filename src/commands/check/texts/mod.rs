//! Proves that the text of each public post is on its page, and that no other text is anywhere.
//!
//! ```text
//! export ─▶ what was public: words of its text ─┐ difference ─▶ findings
//! folder ─▶ pages: words of `.entry-content`  ──┘
//!        ─▶ all files ─ shingles: words in a row of what was not public ─▶ findings
//! ```
//!
//! Where the export has HTML that WordPress rendered, that itself is what is compared. Of a raw text
//! or Markdown nobody but the build knows what it shows: its pages are held to what the build makes
//! of it, and to the words its author wrote.

mod difference;
mod parts;
mod raw;
mod secrets;
mod shingles;
mod words;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::commands::check::addresses::Ground;
use crate::commands::check::old_urls::Proof;
use crate::commands::check::telling::Finding;
use crate::commands::check::texts::difference::{Difference, Place};
use crate::commands::check::texts::secrets::Secrets;
use crate::commands::check::texts::words::{LeftOut, Words};
use crate::commands::graph;
use crate::commands::report::counted;
use crate::config::{self, Config, Preview};
use crate::content::{self, Html};
use crate::diagnostics::{Diagnostic, Location};
use crate::export;
use crate::model::BodyFormat;
use crate::render::Sources;
use crate::render::examine::Examiner;
use crate::render::theme::Theme;
use crate::render::voices::AllWords;
use crate::site::{EntryId, Site};

const LOST: &str = "see that this is the export the site was built from, and build it again; if that \
                    does not help, tell us: nothing may be lost";
const UNSHOWN: &str =
    "see whether WordPress showed them: `stillpress doctor` names what the build leaves out";
const MORE: &str =
    "see who put it there: the text of a post is all that its `.entry-content` holds";

/// So many texts are compared at once.
const CHUNK: usize = 64;

/// Compares the folder with the export it was made from.
///
/// # Errors
/// The export, its settings, its theme or a file of the site cannot be read.
pub fn prove(ground: &Ground, exports: &[PathBuf], config: Option<&Path>) -> anyhow::Result<Proof> {
    let settings = config::read(config, exports)?;
    let theme = Theme::load(&settings)?;
    let config = Config {
        exports: exports.to_vec(),
        output: PathBuf::new(),
        preview: Preview::default(),
        settings,
    };
    let (site, library) = graph::read(&config)?.value;
    let secrets = Secrets::of(&site.export, &config)?;
    let theme_words = AllWords::load(&theme, &site)?;
    let sources =
        Sources { site: &site, library: &library, theme: &theme, settings: &config.settings };
    let examiner = Examiner::new(&sources, &theme_words)?;
    let ids = examiner.entries();
    let prover = Prover { ground, site: &site, examiner: &examiner, secrets: &secrets };
    let shares: Vec<anyhow::Result<Share>> =
        ids.par_chunks(CHUNK).map(|ids| prover.compare_all(ids)).collect();
    let mut sum = Share::default();
    for share in shares {
        sum.add(share?);
    }
    secrets.allow_what_is_public(&site.export, &config);
    let (found, seen) = secrets.look_for(ground)?;
    sum.findings.extend(found);
    let summary = format!("{}\n{}", sum.summary(), secrets.summary(seen));
    Ok(Proof { findings: sum.findings, summary })
}

/// Compares texts with pages.
struct Prover<'p> {
    ground: &'p Ground,
    site: &'p Site,
    examiner: &'p Examiner<'p>,
    secrets: &'p Secrets,
}

/// What was found of some texts.
#[derive(Debug, Default)]
struct Share {
    findings: Vec<Finding>,
    /// Texts compared as WordPress rendered them.
    rendered: usize,
    /// Texts compared with what the build makes of them.
    converted: usize,
    /// Posts without a text in the export.
    without: usize,
    /// Texts that nest too deep to be sure.
    unsure: usize,
    words: usize,
    left_out: LeftOut,
}

impl Prover<'_> {
    fn compare_all(&self, ids: &[EntryId]) -> anyhow::Result<Share> {
        let mut share = Share::default();
        for &id in ids {
            self.compare(id, &mut share)?;
        }
        Ok(share)
    }

    fn compare(&self, id: EntryId, share: &mut Share) -> anyhow::Result<()> {
        let Some(place) = &self.site.post(id).body else {
            share.without += 1;
            return Ok(());
        };
        let body = export::read_body(&self.site.export.files, place)?;
        let for_readers = match body.format {
            BodyFormat::Rendered => self.examiner.for_readers(&body.text),
            _ => Cow::Borrowed(&*body.text),
        };
        self.secrets.hidden.allow(&for_readers);
        let wanted = match body.format {
            BodyFormat::Rendered => {
                share.rendered += 1;
                Words::of_text(&for_readers)
            }
            BodyFormat::Blocks | BodyFormat::Classic | BodyFormat::Markdown => {
                share.converted += 1;
                let content = self.examiner.content(id)?.unwrap_or_default();
                let mut words = Words::default();
                let is_read = content.pages.iter().map(Html::as_str).all(|it| words.add_text(it));
                is_read.then_some(words)
            }
        };
        let Some(wanted) = wanted else {
            share.unsure += 1;
            return Ok(());
        };
        share.words += wanted.len();
        share.left_out.add(wanted.left_out);
        let own = match body.format {
            BodyFormat::Blocks | BodyFormat::Classic => raw::words(&body.text),
            BodyFormat::Rendered | BodyFormat::Markdown => None,
        };
        share.findings.extend(self.look(id, &wanted, own.as_ref())?);
        Ok(())
    }

    /// Looks for the words of a text on its pages, and for `own`, those its author wrote.
    fn look(
        &self,
        id: EntryId,
        wanted: &Words,
        own: Option<&Words>,
    ) -> anyhow::Result<Vec<Finding>> {
        let names = self.examiner.files(id);
        let mut found = Words::default();
        for name in &names {
            let file = self.ground.folder.find(name);
            let has_text = match file {
                Some(file) => found.add_page(&self.ground.folder.text(file)?),
                None => false,
            };
            if !has_text {
                let why = if file.is_some() {
                    "no element of the class `entry-content`"
                } else {
                    "no such file"
                };
                let message = format!("the page `{name}` has no text: there is {why}");
                let found = Diagnostic::error("lost-text", message, self.location(id, name));
                return Ok(vec![Finding::of(found.with_help(LOST))]);
            }
        }
        let address = self.site.entry(id).path.as_str();
        let place = self.location(id, &names[0]);
        let difference = difference::between(wanted, &found);
        let mut told = difference.map_or_else(Vec::new, |it| tell(&it, address, &place));
        let written =
            own.filter(|_| told.is_empty()).and_then(|own| difference::between(own, &found));
        if let Some(written) = written.filter(|written| written.missing > 0) {
            told.push(tell_unwritten(&written, address, place));
        }
        Ok(told)
    }

    fn location(&self, id: EntryId, file: &str) -> Location {
        let post = self.site.post(id);
        Location::record(&file.into(), post.id, &content::plain_text(&post.title))
    }
}

/// Tells of words in a raw text that the build does not show, and WordPress may not have shown.
fn tell_unwritten(written: &Difference, address: &str, place: Location) -> Finding {
    let shown =
        written.shown(|place| if let Place::Missing(text) = place { Some(text) } else { None });
    let words = match written.missing {
        1 => "1 word".to_owned(),
        count => format!("{count} words"),
    };
    let message = format!("`{address}` does not show {words} of its raw text{shown}");
    Finding::of(Diagnostic::warning("unshown-text", message, place).with_help(UNSHOWN))
        .about(address)
}

fn tell(difference: &Difference, address: &str, place: &Location) -> Vec<Finding> {
    let Difference { missing, more, .. } = difference;
    let shown = |is_wanted| difference.shown(is_wanted);
    let mut found = Vec::new();
    if *missing > 0 || *more == 0 {
        let what = match missing {
            0 => "has the words of its text in another order".to_owned(),
            1 => "lacks 1 word of its text".to_owned(),
            count => format!("lacks {count} words of its text"),
        };
        let shown = shown(|place| if let Place::Missing(text) = place { Some(text) } else { None });
        let message = format!("`{address}` {what}{shown}");
        found.push(Diagnostic::error("lost-text", message, place.clone()).with_help(LOST));
    }
    if *more > 0 {
        let words = if *more == 1 { "1 word".to_owned() } else { format!("{more} words") };
        let shown = shown(|place| if let Place::More(text) = place { Some(text) } else { None });
        let message = format!("`{address}` has {words} that its text has not{shown}");
        found.push(Diagnostic::error("foreign-text", message, place.clone()).with_help(MORE));
    }
    found.into_iter().map(|found| Finding::of(found).about(address)).collect()
}

impl Share {
    fn add(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.rendered += other.rendered;
        self.converted += other.converted;
        self.without += other.without;
        self.unsure += other.unsure;
        self.words += other.words;
        self.left_out.add(other.left_out);
    }

    fn summary(&self) -> String {
        let Self { rendered, converted, without, unsure, words, left_out, .. } = self;
        let mut summary = format!(
            "Compared {} of {} with their pages: {rendered} as WordPress rendered them",
            counted(*words, "word", "words"),
            counted(rendered + converted - unsure, "text", "texts"),
        );
        if *converted > 0 {
            summary.push_str(&format!(", {converted} as the build makes them of raw text"));
        }
        summary.push('.');
        let LeftOut { scripts, frames, forms, parts } = left_out;
        let left_out = [
            (*scripts, "script or style", "scripts and styles"),
            (*frames, "frame", "frames"),
            (*forms, "form of WordPress's own", "forms of WordPress's own"),
            (*parts, "part of a plugin", "parts of plugins"),
        ];
        let left_out: Vec<String> = left_out
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many))
            .collect();
        if !left_out.is_empty() {
            summary.push_str(&format!(
                " Not compared, because no text or left out on purpose: {}.",
                left_out.join(", ")
            ));
        }
        if *without > 0 {
            let posts = counted(*without, "post has", "posts have");
            summary.push_str(&format!(" {posts} no text in the export."));
        }
        if *unsure > 0 {
            let texts = counted(*unsure, "text nests", "texts nest");
            summary.push_str(&format!(" {texts} too deep to be compared."));
        }
        summary
    }
}
