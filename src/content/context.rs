//! What the steps from raw texts to HTML share: what a text is made HTML for, and what is found on the
//! way.

use crate::content::Setting;
use crate::content::answers::Answers;
use crate::content::surroundings::Surroundings;
use crate::content::texturize::Signs;
use crate::diagnostics::Diagnostic;
use crate::ledger::Tally;

/// What a raw text is made HTML for.
pub struct Context<'a> {
    /// The post, and where diagnostics point.
    pub setting: &'a Setting<'a>,
    /// The site around it.
    pub surroundings: &'a dyn Surroundings,
    /// What other sites answered of what the text embeds.
    pub answers: Answers<'a>,
}

/// What is found while a text is made HTML.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all it holds. Shortcodes and embeds of a text that another shows count in both.
    pub tally: Tally,
    /// How many footnotes were met that plugins would have made of shortcodes.
    pub notes: usize,
}

impl Context<'_> {
    /// Returns the quotes and dashes of the site's language.
    pub fn signs(&self) -> Signs {
        Signs::of_language(self.surroundings.locale())
    }
}
