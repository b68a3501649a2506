//! Footnotes of plugins, whose texts stand within the sentence, hidden until a script shows them: they
//! go to the end of the page as WordPress's own footnotes do, unless they stand there already. Marks lead
//! to them, and back.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::{inner, shows_words, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::entities::push_attribute;
use crate::ledger::Fate;

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// The mark that has begun last: where it ends, and the id of its note.
    mark: (usize, String),
    /// The id of the list that has all notes once more, if there is one.
    list: Option<String>,
    /// The number of the first mark, which may not be the first of its text.
    first: Option<u32>,
    /// Those that go to the end.
    notes: Vec<Note>,
}

#[derive(Debug)]
struct Note {
    id: String,
    /// Without the link back.
    html: String,
}

/// Classes of notes that stand within a sentence.
const NOTES: [&str; 2] = ["modern-footnotes-footnote__note", "footnote_tooltip"];
/// The class of a list that has all notes of a page once more.
const LIST: &str = "modern-footnotes-list";

/// What the ids of notes begin with that stood in shortcodes.
pub const SHORTCODE_NOTE: &str = "shortcode-note-";

// What ids of the plugin `footnotes` begin with, before a number that all three share.
const MARK: &str = "footnote_plugin_tooltip_";
const NOTE: &str = "footnote_plugin_tooltip_text_";
const LISTED: &str = "footnote_plugin_reference_";

/// The sign of a link back.
const BACK: &str = "↩\u{fe0e}";

/// Looks through a page before anything of it is rewritten.
pub fn announce(body: &mut Body<'_>, html: &str) -> Footnotes {
    let has_list = memchr::memmem::find(html.as_bytes(), LIST.as_bytes()).is_some();
    let list = has_list.then(|| body.ids.reserve("footnotes"));
    Footnotes { list, ..Footnotes::default() }
}

/// Tells what an element is to footnotes, and lets links lead to notes and marks.
pub fn part(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    match element.name {
        "span" if NOTES.iter().any(|class| attributes.has_class(class)) => {
            return Some(note(body, page, attributes));
        }
        "span" if attributes.has_class("footnote_referrer") => {
            let ids = inner(page.markup, element.start, "sup", "id");
            let number = ids.iter().find_map(|id| id.strip_prefix(MARK));
            let note = number.map(|number| format!("{NOTE}{number}")).unwrap_or_default();
            page.footnotes.mark = (element.end, note);
        }
        "sup" if attributes.has_class("modern-footnotes-footnote") => {
            let ids = inner(page.markup, element.start, "a", "aria-describedby");
            let id = ids.into_iter().next().unwrap_or_default();
            page.footnotes.mark = (element.end, id);
            let number = text(page.markup, element.start).trim().parse().ok();
            let number = number.filter(|number| *number < 100_000);
            page.footnotes.first = page.footnotes.first.or(number);
            // They look as WordPress's own do.
            attributes.add_class("fn");
        }
        "span" if attributes.has_class("footnote_reference_container_label") => {
            attributes.retain(|name, _| name == "class");
        }
        "ul" if attributes.has_class(LIST) && !attributes.has("id") => {
            if let Some(list) = page.footnotes.list.clone() {
                attributes.set("id", list);
            }
        }
        "a" => return link(body, page, element, attributes),
        "th" | "td" | "tr" if attributes.has_class_like(|class| class.starts_with("footnote_")) => {
            attributes.retain(|name, _| !name.starts_with("on"));
        }
        _ => {}
    }
    None
}

fn note(body: &mut Body<'_>, page: &Page<'_>, attributes: &Attributes<'_>) -> Verdict {
    let id = attributes.get("id").unwrap_or_default();
    // Those of shortcodes have been counted.
    if !id.starts_with(SHORTCODE_NOTE) {
        counting::part(body, "footnotes", Fate::Converted);
    }
    let is_listed = match id.strip_prefix(NOTE) {
        Some(number) => body.ids.has(&format!("{LISTED}{number}")),
        None => page.footnotes.list.is_some(),
    };
    match is_listed {
        true => Verdict::Replace(String::new()),
        false => Verdict::Aside(id.into_owned()),
    }
}

/// Lets a mark lead to its note, and a note to its mark.
fn link(
    body: &Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let renamed = |id: &str| body.ids.renamed(id).unwrap_or(id).to_owned();
    let (end, note) = &page.footnotes.mark;
    if element.start < *end && !note.is_empty() {
        let listed = note
            .strip_prefix(NOTE)
            .map(|number| format!("{LISTED}{number}"))
            .filter(|listed| body.ids.has(listed));
        let target = listed.or_else(|| page.footnotes.list.clone());
        attributes.retain(|name, _| matches!(name, "class" | "title" | "id"));
        attributes.set("href", format!("#{}", renamed(target.as_ref().unwrap_or(note))));
        if target.is_none() {
            attributes.set_if_missing("id", format!("{}-link", renamed(note)));
        }
        return None;
    }
    if attributes.has_class("footnote_backlink") && !attributes.has("href") {
        let id = attributes.get("id").unwrap_or_default();
        if let Some(number) = id.strip_prefix(LISTED) {
            attributes.set("href", format!("#{}", renamed(&format!("{MARK}{number}"))));
        }
    }
    let is_empty =
        attributes.has_class("easy-footnote-to-top") && !shows_words(page.markup, element.start);
    is_empty.then(|| Verdict::Refill(BACK.to_owned()))
}

/// Puts a note aside until the page ends.
pub fn put_aside(footnotes: &mut Footnotes, id: String, html: String) {
    footnotes.notes.push(Note { id, html });
}

/// Adds the notes that were put aside.
pub fn push(html: &mut String, body: &mut Body<'_>, footnotes: Footnotes) {
    if footnotes.notes.is_empty() {
        return;
    }
    let back =
        body.surroundings.word("jump_to_reference").unwrap_or("Jump to footnote reference {n}");
    let back = back.to_owned();
    let first = footnotes.first.unwrap_or(1);
    html.push_str("\n<ol class=\"wp-block-footnotes\"");
    if first != 1 {
        html.push_str(&format!(" start=\"{first}\""));
    }
    html.push('>');
    for (number, note) in (first..).zip(footnotes.notes) {
        html.push_str("<li");
        let id = body.ids.print(&note.id);
        if let Some(id) = &id {
            html.push_str(" id=\"");
            push_attribute(html, id);
            html.push('"');
        }
        html.extend([">", note.html.trim()]);
        if let Some(id) = &id {
            html.push_str(" <a href=\"#");
            push_attribute(html, id);
            html.push_str("-link\" aria-label=\"");
            push_attribute(html, &back.replace("{n}", &number.to_string()));
            html.extend(["\">", BACK, "</a>"]);
        }
        html.push_str("</li>");
    }
    html.push_str("</ol>");
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn notes_within_a_sentence_go_to_the_end() {
        check(
            "<p>The lake<sup class=\"modern-footnotes-footnote\" data-mfn=\"1\"><a href=\"javascript:void(0)\" title=\"It is deep.\" role=\"button\" aria-pressed=\"false\" aria-describedby=\"mfn-content-a-1\">1</a></sup><span id=\"mfn-content-a-1\" role=\"tooltip\" class=\"modern-footnotes-footnote__note\" tabindex=\"0\" data-mfn=\"1\">It is <em>deep</em>.</span> is cold.</p>",
            "<p>The lake<sup class=\"modern-footnotes-footnote fn\" data-mfn=\"1\"><a title=\"It is deep.\" href=\"#mfn-content-a-1\" id=\"mfn-content-a-1-link\">1</a></sup> is cold.</p>\n\
             <ol class=\"wp-block-footnotes\"><li id=\"mfn-content-a-1\">It is <em>deep</em>. <a href=\"#mfn-content-a-1-link\" aria-label=\"Jump to footnote reference 1\">↩\u{fe0e}</a></li></ol>",
            &[],
        );
    }

    #[test]
    fn numbers_go_on_from_page_to_page() {
        check(
            "<p>A<sup class=\"modern-footnotes-footnote\"><a aria-describedby=\"m-3\">3</a></sup><span id=\"m-3\" class=\"modern-footnotes-footnote__note\">n</span></p>",
            "<p>A<sup class=\"modern-footnotes-footnote fn\"><a href=\"#m-3\" id=\"m-3-link\">3</a></sup></p>\n<ol class=\"wp-block-footnotes\" start=\"3\"><li id=\"m-3\">n <a href=\"#m-3-link\" aria-label=\"Jump to footnote reference 3\">↩\u{fe0e}</a></li></ol>",
            &[],
        );
    }

    #[test]
    fn notes_that_stand_at_the_end_already_stand_once() {
        check(
            "<p>A<sup class=\"modern-footnotes-footnote\"><a href=\"javascript:void(0)\" aria-describedby=\"m-1\">1</a></sup><span id=\"m-1\" class=\"modern-footnotes-footnote__note\">n</span>.</p><ul class=\"modern-footnotes-list\"><li><span>1</span><div>n</div></li></ul>",
            "<p>A<sup class=\"modern-footnotes-footnote fn\"><a href=\"#footnotes\">1</a></sup>.</p><ul class=\"modern-footnotes-list\" id=\"footnotes\"><li><span>1</span><div>n</div></li></ul>",
            &[],
        );
        check(
            "<p>A<span class=\"footnote_referrer\"><a role=\"button\" tabindex=\"0\" onclick=\"x()\"><sup id=\"footnote_plugin_tooltip_5_1_1\" class=\"footnote_plugin_tooltip_text\">[1]</sup></a><span id=\"footnote_plugin_tooltip_text_5_1_1\" class=\"footnote_tooltip\">n <span class=\"footnote_tooltip_continue\">Continue</span></span></span>.</p><div id=\"footnote_references_container_5_1\" style=\"display: none;\"><table tabindex=\"0\"><tr class=\"footnotes_plugin_reference_row\"><th class=\"footnote_plugin_index_combi\" onclick=\"y()\"><a id=\"footnote_plugin_reference_5_1_1\" class=\"footnote_backlink\">1</a></th><td>n, and more</td></tr></table></div>",
            "<p>A<span class=\"footnote_referrer\"><a href=\"#footnote_plugin_reference_5_1_1\"><sup id=\"footnote_plugin_tooltip_5_1_1\" class=\"footnote_plugin_tooltip_text\">[1]</sup></a></span>.</p><div id=\"footnote_references_container_5_1\"><table tabindex=\"0\"><tr class=\"footnotes_plugin_reference_row\"><th class=\"footnote_plugin_index_combi\"><a id=\"footnote_plugin_reference_5_1_1\" class=\"footnote_backlink\" href=\"#footnote_plugin_tooltip_5_1_1\">1</a></th><td>n, and more</td></tr></table></div>",
            &[],
        );
    }

    #[test]
    fn links_back_say_so() {
        check(
            "<p>A<span id=\"easy-footnote-1\"></span></p><ol><li>n<a class=\"easy-footnote-to-top\" href=\"#easy-footnote-1\"></a></li></ol>",
            "<p>A<span id=\"easy-footnote-1\"></span></p><ol><li>n<a class=\"easy-footnote-to-top\" href=\"#easy-footnote-1\">↩\u{fe0e}</a></li></ol>",
            &[],
        );
    }
}
