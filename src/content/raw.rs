//! Raw texts to HTML, in the steps WordPress takes when it serves a page.

use std::borrow::Cow;

use crate::content::blocks::Node;
use crate::content::html::pages::BREAK;
use crate::content::shortcodes::answers::Answers;
use crate::content::shortcodes::{
    archives, builders, code, embed, members, services, tex, unknown,
};
use crate::content::surroundings::Surroundings;
use crate::content::texturize::{self, Signs};
use crate::content::{Setting, autop, block_html, blocks, shortcodes, smilies};
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, Kind, Tally};

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

/// What stands on a first page that nothing is made for, such as a gallery without its pictures: it
/// is a page all the same, however little is known of the site.
const EMPTY_PAGE: &str = "<!-- -->";

/// Returns a raw text as HTML that is not clean yet.
pub fn to_html(text: &str, context: &Context<'_>, found: &mut Found) -> String {
    let text = unix_lines(text);
    match pages(&text) {
        Some(pages) => {
            let parts: u32 = pages.iter().map(|page| count_blocks(page)).sum();
            let breaks = count_blocks(&text).saturating_sub(parts);
            found.tally.add_many((Kind::Block, Fate::Converted), "core/nextpage", breaks);
            let mut made: Vec<String> =
                pages.iter().map(|page| steps(page, context, found)).collect();
            if made[0].trim().is_empty() && !pages[0].trim().is_empty() {
                made[0] = EMPTY_PAGE.to_owned();
            }
            made.join(BREAK)
        }
        None => steps(&text, context, found),
    }
}

fn count_blocks(text: &str) -> u32 {
    let document = blocks::parse(text);
    document.nodes.iter().map(|node| u32::from(matches!(node, Node::Block(_)))).sum()
}

impl Context<'_> {
    /// Returns the quotes and dashes of the site's language.
    pub fn signs(&self) -> Signs {
        Signs::of_language(self.surroundings.locale())
    }
}

/// Returns the pages of a text, which WordPress looks at each on its own. `None` if it is one page, or
/// if a break stands within a block.
fn pages(text: &str) -> Option<Vec<String>> {
    memchr::memmem::find(text.as_bytes(), BREAK.as_bytes())?;
    let without = text.replace("<!-- wp:nextpage -->", "").replace("<!-- /wp:nextpage -->", "");
    let pages: Vec<String> = without.split(BREAK).map(str::to_owned).collect();
    let is_whole = |page: &String| blocks::parse(page).unclosed.is_empty();
    pages.iter().all(is_whole).then_some(pages)
}

fn steps(text: &str, context: &Context<'_>, found: &mut Found) -> String {
    let text = &*code::to_elements(text, found);
    let text = &*tex::to_elements(text, context, found);
    let text = &*builders::to_html(text, context, found);
    let text = &*members::settle(text, context.setting, found);
    let text = &*services::to_links(text, context, found);
    let text = &*archives::to_lists(text, context, found);
    let text = &*unknown::settle(text, context.setting, found);
    let text = &*embed::addresses(text, context, found);
    let made = block_html::to_html(text, context, found);
    let is_classic = made.is_none();
    let html = made.map_or(Cow::Borrowed(text), Cow::Owned);
    let html = texturize::texturize(&html, &context.signs());
    let html = if is_classic { Cow::Owned(autop::to_html(&html)) } else { html };
    let html = with_capital_p(shortcodes::to_html(&html, context, found));
    smilies::to_pictures(&html).into_owned()
}

/// Returns `text` with line ends as Unix writes them.
pub fn unix_lines(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    }
}

/// Spells WordPress's name as WordPress does.
pub fn with_capital_p(html: Cow<'_, str>) -> Cow<'_, str> {
    const WRONG: &str = "Wordpress";
    let mut places = memchr::memmem::find_iter(html.as_bytes(), WRONG);
    let Some(first) = places.next() else { return html };
    let mut spelled = String::with_capacity(html.len());
    let mut copied = 0;
    for at in std::iter::once(first).chain(places) {
        let is_word = [" ", "‘", "“", ">", "("].iter().any(|before| html[..at].ends_with(before));
        if is_word {
            spelled.push_str(&html[copied..at]);
            spelled.push_str("WordPress");
            copied = at + WRONG.len();
        }
    }
    spelled.push_str(&html[copied..]);
    Cow::Owned(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_unix_ends_them() {
        assert_eq!(unix_lines("a\r\nb\rc\n"), "a\nb\nc\n");
    }

    #[test]
    fn wordpress_spells_its_own_name() {
        let spelled = |text: &'static str| with_capital_p(text.into()).into_owned();
        assert_eq!(spelled("in Wordpress (Wordpress)"), "in WordPress (WordPress)");
        assert_eq!(spelled("myWordpress"), "myWordpress");
    }
}
