//! What plugins and page builders leave in texts for their scripts, which do not run here: readers see
//! what the scripts would have shown, and nothing that only they would answer.
//!
//! A rule belongs to the module whose description fits what it finds:
//!
//! | module | what it finds | what becomes of it |
//! |---|---|---|
//! | [`footnotes`] | notes within a sentence, their marks, lists of them | notes at the end of the page |
//! | [`crayon`] | code as a table and once more as text | the text |
//! | [`dead_parts`] | what does nothing here, whatever it holds: buttons to share, signs of loading | it goes |
//! | [`consent`] | what is kept back until readers consent | links to it |
//! | [`empty_parts`] | what is empty, and says in attributes what a script would fill it with | it is filled |
//! | [`hidden_parts`] | what a style hides until a script shows it | it is shown |
//! | [`tooltips`] | words that show while a mouse is over others | they stand beside those |
//! | [`formulas`] | pictures and scripts that stand for a formula | the formula in TeX |
//! | [`lazy`] | pictures whose address waits in another attribute, and their `noscript` | the pictures |
//!
//! The last two are asked where pictures and scripts are dealt with. Accordions and tabs, which
//! WordPress has of its own, too, are in `panels`.

pub mod consent;
pub mod crayon;
pub mod dead_parts;
pub mod empty_parts;
pub mod footnotes;
pub mod formulas;
pub mod hidden_parts;
pub mod lazy;
pub mod tooltips;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};

/// Decides about an element that does not stay, or not with what it holds.
pub fn replaced(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    if body.keeps_scripts() {
        return None;
    }
    footnotes::part(body, page, element, attributes)
        .or_else(|| dead_parts::dropped(body, page, element, attributes))
        .or_else(|| consent::released(body, page, element, attributes))
        .or_else(|| crayon::text(body, page, element, attributes))
        .or_else(|| empty_parts::filled(body, page, element, attributes))
}

/// Shows an element that was hidden until a script showed it.
pub fn reveal(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) {
    if !body.keeps_scripts() {
        hidden_parts::reveal(body, page, element, attributes);
    }
}

/// Returns what an element is called now that only a script answered.
pub fn rename(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<&'static str> {
    if body.keeps_scripts() {
        return None;
    }
    dead_parts::rename(body, page, element, attributes)
}
