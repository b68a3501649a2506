//! Renders the graph: pages, feeds and assets, through the templates of a theme.
//!
//! ```text
//! Site ─ work ─▶ jobs ─ shared among threads ─▶ pages: one job ─ posts, lists, feeds … ─▶ views ─ templates ─▶ output
//! ```

// The theme: its templates, what they may see, and its words.
mod templates;
pub mod theme;
pub mod views;
pub mod voices;
pub mod words;

// What pages of several kinds are made from.
mod blocks;
mod destinations;
mod facts;
mod head;
mod images;
mod json_ld;
mod media_use;
mod pieces;
mod relative;
mod shared;
mod summaries;
mod surroundings;
mod texts;
mod titles;
mod translations;
mod uploads;
mod whole_site;

// Pages and other files, kind by kind.
mod enclosures;
mod feeds;
mod front;
mod host_rules;
mod lists;
mod loops;
mod numbers;
mod old_addresses;
mod posts;
pub mod search;

// The work: what there is to do, who does it, and what need not be done again.
mod cache;
mod jobs;
mod keys;
mod pages;
mod work;

// What is asked without a build.
pub mod examine;
pub mod published;

// What has nothing to do with sites.
pub mod fnv;
mod spool;

use indicatif::ProgressBar;

use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Location, Warned};
use crate::media::Library;
use crate::output::Output;
use crate::render::media_use::Notes;
use crate::render::theme::Theme;
use crate::render::voices::{AllWords, Voices};
use crate::render::words::Words;
use crate::site::Site;
use crate::site::own_files::OwnFile;

pub use crate::render::cache::{Before, Cache, Haste};
pub use crate::render::jobs::Rendered;

/// What is rendered, and how.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The graph.
    pub site: &'a Site,
    /// The media library.
    pub library: &'a Library,
    /// The theme.
    pub theme: &'a Theme,
    /// What the user says.
    pub settings: &'a Settings,
}

/// Renders everything into `output`. `progress` counts pages. With the cache of the last build in
/// the same folder only what would come out differently is made, and among what is returned is the
/// cache of this one: it holds once the output is finished. Without, it is empty.
///
/// # Errors
/// A template is not valid or asks for what is not there; a file cannot be read or written.
pub fn render(
    from: &Sources<'_>,
    before: Option<Before<'_>>,
    output: &Output,
    progress: &ProgressBar,
) -> anyhow::Result<Warned<Rendered>> {
    let words = AllWords::load(from.theme, from.site)?;
    let notes = if before.is_some() { Notes::for_all_threads() } else { Notes::default() };
    let Warned { value: front, diagnostics: unknown } = front::plan(from);
    let voices = Voices::new(from, &words, front, notes)?;
    let shared = voices.own();
    shared.use_redirected_files();
    let Warned { value, mut diagnostics } = jobs::run(&voices, before, output, progress)?;
    for (name, bytes) in &from.theme.assets {
        output.write(&format!("assets/{name}"), bytes)?;
    }
    output.write(&OwnFile::NoJekyll.path().file(), b"")?;
    diagnostics.extend(uploads::copy(shared, output)?);
    diagnostics.extend(unknown);
    diagnostics.extend(uploads::left_behind(shared));
    diagnostics.extend(untranslated(&from.site.info.language, &words.own));
    Ok(Warned { value, diagnostics })
}

/// Tells that the theme does not speak the site's language.
fn untranslated(language: &str, words: &Words) -> Option<Diagnostic> {
    fn primary(tag: &str) -> &str {
        tag.split('-').next().unwrap_or(tag)
    }
    if primary(&words.language) == primary(language) {
        return None;
    }
    let message =
        format!("the theme has no words in `{language}`: its own words and dates are English");
    let help = format!(
        "write languages/{}.toml in a theme of your own: themes/README.md says how",
        primary(language)
    );
    let location = Location::file(&"the theme".into());
    Some(Diagnostic::warning("untranslated", message, location).with_help(help))
}
