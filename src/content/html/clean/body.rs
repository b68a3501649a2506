//! What the rewrite of one body knows and collects.

use crate::content::html::clean::ids::Ids;
use crate::content::html::clean::report::Findings;
use crate::content::{Setting, Surroundings};

/// The state of the rewrite, shared by the pages of one body.
pub struct Body<'a> {
    /// What it is rewritten for.
    pub setting: &'a Setting<'a>,
    /// The site around it.
    pub surroundings: &'a dyn Surroundings,
    /// What there is to tell.
    pub findings: Findings<'a>,
    /// Of elements.
    pub ids: Ids,
    /// Style sheets that stood in it.
    pub styles: String,
    /// Whether `<!--more-->` has been met.
    pub has_more: bool,
}
