//! Raw texts to HTML, in the steps WordPress takes when it serves a page.

use std::borrow::Cow;

use crate::content::blocks::Node;
use crate::content::context::{Context, Found};
use crate::content::html::pages::BREAK;
use crate::content::shortcodes::{
    archives, builders, code, embed, members, services, tex, unknown,
};
use crate::content::spelling::{unix_lines, with_capital_p};
use crate::content::{autop, block_html, blocks, shortcodes, smilies, texturize};
use crate::ledger::{Fate, Kind};

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
