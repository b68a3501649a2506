//! Code as the plugin Crayon showed it: as a table with colours, and once more as text to copy.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::highlight;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::entities::{Place, decode, push_text};
use crate::content::html::markup::Markup;
use crate::ledger::Fate;

/// Returns the text alone, coloured if its language is known.
pub fn text(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if element.name != "div" || !attributes.has_class("crayon-syntax") {
        return None;
    }
    let find = |name: &str, class: &str| {
        (element.start + 1..element.end).find(|index| {
            page.markup
                .start_tag(*index)
                .is_some_and(|tag| tag.name == name && Attributes::read(tag).has_class(class))
        })
    };
    let code = source_of(page.markup, find("textarea", "crayon-plain")?);
    let code = code.trim_matches('\n');
    let language = find("span", "crayon-language").map(|start| source_of(page.markup, start));
    let language = language.unwrap_or_default().trim().to_ascii_lowercase();
    let mut html = String::from("<pre tabindex=\"0\">");
    match highlight::highlight(code, &language) {
        Some(colored) => html.push_str(&colored),
        None => push_text(&mut html, code),
    }
    html.push_str("</pre>");
    counting::part(body, "code shown twice", Fate::Converted);
    Some(Verdict::Replace(html))
}

/// Returns all that stands in an element, which holds nothing but text.
fn source_of(markup: &Markup<'_>, start: usize) -> String {
    let sources = (start + 1..markup.end_of(start)).map(|index| markup.source(index));
    sources.map(|source| decode(source, Place::Text).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn code_stands_once() {
        check(
            "<div class=\"crayon-syntax\"><span class=\"crayon-language\">JS</span><textarea class=\"crayon-plain\">\nif a &lt; b\n</textarea><table><tr><td>1</td><td>if a &lt; b</td></tr></table></div>",
            "<pre tabindex=\"0\"><span class=\"hl-keyword\">if</span> a &lt; b</pre>",
            &[],
        );
    }
}
