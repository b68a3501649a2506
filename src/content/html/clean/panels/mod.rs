//! Accordions and tabs, whose panels are opened by scripts: without any, `details` opens those of
//! accordions, and those of tabs are all open, each below its name.
//!
//! Page builders write both in ways of their own, which stand in [`shapes`]: most rules for another one
//! are a row there.

pub mod accordions;
pub mod core_accordions;
pub mod linked_tabs;
pub mod shapes;
pub mod tab_list;
pub mod tabs;

use std::collections::HashMap;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::accordions::Accordions;
use crate::content::html::clean::verdict::{Element, Verdict};

/// The panels around the place where the rewrite is.
#[derive(Debug, Default)]
pub struct Panels {
    /// The heading of the item of an accordion that has just begun, and the button in it: the
    /// indexes of their tags, with what they are called now.
    toggle: Option<[(usize, &'static str); 2]>,
    /// What stands for lists of tabs, by the indexes of their tags.
    pub lists: HashMap<usize, String>,
    /// What comes first in panels of tabs: their names, by the indexes of the panels' tags.
    pub labels: HashMap<usize, String>,
    /// What elements become that are such names already, by the indexes of their tags.
    pub headings: HashMap<usize, &'static str>,
    /// Where elements with ids stand, once that has been asked.
    pub places: Option<HashMap<String, usize>>,
    /// The level of the last heading; 0 if there is none.
    pub level: usize,
    /// The panel that has just begun, by the index of its tag: it is shown, however it was hidden.
    pub open: usize,
    /// Those of page builders.
    pub accordions: Accordions,
}

impl Panels {
    /// Returns the heading one level below the last, for the names of panels.
    pub fn next_heading(&self) -> &'static str {
        HEADINGS[self.level.clamp(1, HEADINGS.len() - 1)]
    }
}

/// The names of headings, by their level.
pub const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Tells what becomes of a part of accordions and tabs, and takes off it what only scripts read. `None`:
/// it is none, or nothing but that becomes of it.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    if let Some(index) = HEADINGS.iter().position(|heading| *heading == element.name) {
        page.panels.level = index + 1;
    }
    tabs::part(body, page, element, attributes)
        .or_else(|| accordions::part(body, page, element, attributes))
        .or_else(|| core_accordions::part(page, element, attributes))
}

/// Takes off what scripts told of panels and their names.
fn plain(attributes: &mut Attributes<'_>) {
    const READ_BY_SCRIPTS: [&str; 7] = [
        "role",
        "tabindex",
        "aria-controls",
        "aria-expanded",
        "aria-labelledby",
        "aria-selected",
        "type",
    ];
    attributes.retain(|name, _| !READ_BY_SCRIPTS.contains(&name));
    attributes.mark_changed();
}
