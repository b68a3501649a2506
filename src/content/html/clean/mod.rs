//! The rewrite: safe, valid HTML in which every address is today's, and that shows without scripts
//! what WordPress showed with them.
//!
//! [`writer`] goes through the tokens of a page and copies what may stay as it is. Of every other start
//! tag [`element`] asks the rules below, each of which knows one kind of element, and they answer with a
//! [`verdict::Verdict`].

// Goes through a page.
pub mod attributes;
pub mod body;
pub mod element;
pub mod ids;
pub mod lookahead;
pub mod page;
pub mod verdict;
pub mod writer;

// What there is to tell of it.
pub mod counting;
pub mod report;

// Rules for what WordPress and authors write.
pub mod addresses;
pub mod code;
pub mod css;
pub mod embeds;
pub mod forms;
pub mod frames;
pub mod highlight;
pub mod language;
pub mod links;
pub mod media;
pub mod obsolete;
pub mod providers;
pub mod scripts;
pub mod sets;
pub mod signs;

// Rules for what scripts and the server would have gone on with: of WordPress, and of plugins.
pub mod dropdowns;
pub mod panels;
pub mod per_request;
pub mod plugins;

use crate::content::Setting;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::ids::Ids;
use crate::content::html::clean::report::Findings;
use crate::content::html::markup::Markup;
use crate::content::surroundings::Surroundings;
use crate::diagnostics::Diagnostic;
use crate::ledger::Tally;

/// The pages of a body, rewritten.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// In order.
    pub pages: Vec<String>,
    /// Style sheets that stood in them.
    pub styles: String,
    /// In the order of the body.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the embeds, forms, scripts and parts of plugins in them.
    pub tally: Tally,
}

/// Rewrites the pages of a body.
pub fn clean(
    pages: &[Markup<'_>],
    setting: &Setting<'_>,
    surroundings: &dyn Surroundings,
    origin: Origin,
) -> Cleaned {
    let mut body = Body {
        setting,
        surroundings,
        findings: Findings::new(setting),
        tally: Tally::default(),
        ids: Ids::collect(pages),
        styles: String::new(),
        origin,
        has_more: false,
    };
    let pages = pages.iter().map(|page| writer::write(&mut body, page)).collect();
    let Body { styles, tally, findings, .. } = body;
    Cleaned { pages, styles, diagnostics: findings.list, tally }
}
