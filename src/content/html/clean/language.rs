//! Marks blocks whose letters are of another script than the post's language.

use crate::content::html::entities::{Place, decode};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Kind;
use crate::content::script::{self, Letters};
use crate::content::surroundings::Surroundings;
use crate::model::Script;

/// The script of each start tag's element.
#[derive(Debug)]
pub struct Languages {
    scripts: Vec<Script>,
}

impl Languages {
    /// Looks through a page. `None` if all its letters are of the script `own`.
    pub fn of(markup: &Markup<'_>, own: Script) -> Option<Self> {
        let mut texts = (0..markup.tokens.len()).filter(|&index| is_text(markup, index));
        let has_other = texts.any(|index| {
            let source = markup.source(index);
            script::has_other(&decode(source, Place::Text), own)
        });
        has_other.then(|| Self { scripts: scripts(markup) })
    }

    /// Returns the script most letters of the element at `index` are in.
    pub fn script(&self, index: usize) -> Script {
        self.scripts[index]
    }
}

/// Returns whether an element may be marked: one that holds a piece of text of its own.
pub fn is_markable(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "blockquote"
            | "figcaption"
            | "td"
            | "th"
            | "dt"
            | "dd"
            | "pre"
            | "caption"
            | "summary"
    )
}

/// Returns the language to mark text in `script` with, within text in `current`.
pub fn tag_for<'s>(
    script: Script,
    current: &str,
    surroundings: &'s dyn Surroundings,
) -> Option<&'s str> {
    if script::is_own(script, script::script_of_language(current)) {
        return None;
    }
    surroundings.language_of(script).filter(|tag| *tag != current)
}

/// Returns whether text in `script` runs from right to left.
pub fn is_right_to_left(script: Script) -> bool {
    matches!(script, Script::Arabic | Script::Hebrew)
}

fn is_text(markup: &Markup<'_>, index: usize) -> bool {
    matches!(markup.tokens[index].kind, Kind::Text | Kind::Cdata)
}

fn count(markup: &Markup<'_>, index: usize, letters: &mut Letters) {
    script::count(&decode(markup.source(index), Place::Text), letters);
}

/// Returns the majority of each element, in one pass: an element adds its letters to the one around it.
fn scripts(markup: &Markup<'_>) -> Vec<Script> {
    let mut scripts = vec![Script::Other; markup.tokens.len()];
    let mut open: Vec<(usize, Letters)> = Vec::new();
    for index in 0..markup.tokens.len() {
        match markup.tokens[index].kind {
            Kind::Start(_) if markup.end_of(index) > index => {
                open.push((index, Letters::default()));
            }
            Kind::End(_) => {
                let Some((start, letters)) = open.pop() else { continue };
                scripts[start] = script::majority(&letters);
                if let Some((_, outer)) = open.last_mut() {
                    outer.iter_mut().zip(letters).for_each(|(sum, part)| *sum += part);
                }
            }
            Kind::Text | Kind::Cdata => {
                if let Some((_, letters)) = open.last_mut() {
                    count(markup, index, letters);
                }
            }
            _ => {}
        }
    }
    scripts
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered;

    #[test]
    fn blocks_in_another_script_are_marked() {
        check_rendered(
            "<p>Hello</p><p class=\"x\">བོད་ཡིག</p><ul><li>a</li><li>سلام</li></ul>",
            "<p>Hello</p><p class=\"x\" lang=\"bo\">བོད་ཡིག</p><ul><li>a</li><li lang=\"ar\" dir=\"rtl\">سلام</li></ul>",
            &[],
        );
    }

    #[test]
    fn the_language_around_a_block_counts() {
        check_rendered(
            "<blockquote><p>བོད་ཡིག</p><p>English words</p></blockquote>",
            "<blockquote><p lang=\"bo\">བོད་ཡིག</p><p>English words</p></blockquote>",
            &[],
        );
        check_rendered(
            "<blockquote><p>བོད་ཡིག་གི་ཚིག་གྲུབ་རིང་པོ་ཞིག</p><p>English</p></blockquote>",
            "<blockquote lang=\"bo\"><p>བོད་ཡིག་གི་ཚིག་གྲུབ་རིང་པོ་ཞིག</p><p lang=\"en\">English</p></blockquote>",
            &[],
        );
    }

    #[test]
    fn the_authors_own_mark_stays() {
        check_rendered("<p lang=\"dz\">རྫོང་ཁ།</p>", "<p lang=\"dz\">རྫོང་ཁ།</p>", &[]);
    }
}
