//! What the rewrite of one body knows and collects.

use crate::content::html::clean::ids::Ids;
use crate::content::html::clean::report::Findings;
use crate::content::surroundings::Surroundings;
use crate::content::{Scripts, Setting};
use crate::ledger::Tally;

/// Where HTML comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// WordPress, or the author of a Markdown page.
    Rendered,
    /// Raw text that was made HTML here, and is to look as if WordPress had made it.
    Raw,
}

/// The state of the rewrite, shared by the pages of one body.
pub struct Body<'a> {
    /// What it is rewritten for.
    pub setting: &'a Setting<'a>,
    /// The site around it.
    pub surroundings: &'a dyn Surroundings,
    /// What there is to tell.
    pub findings: Findings<'a>,
    /// What became of embeds, forms, scripts and parts of plugins.
    pub tally: Tally,
    /// Of elements.
    pub ids: Ids,
    /// Style sheets that stood in it.
    pub styles: String,
    /// Whether it is raw text that was made HTML here.
    pub origin: Origin,
    /// Whether `<!--more-->` has been met.
    pub has_more: bool,
}

impl Body<'_> {
    /// Returns whether the scripts of texts stay, and with them what they are to find.
    pub fn keeps_scripts(&self) -> bool {
        self.setting.scripts == Scripts::Keep
    }
}
