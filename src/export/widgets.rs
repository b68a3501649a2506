//! Widgets: what stands beside the pages of a theme, and is shown nowhere.

use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::Widgets;
use crate::export::json::{Record, Unreadable};
use crate::export::reader::Reader;

/// Where WordPress keeps widgets that readers do not see.
const INACTIVE: &str = "wp_inactive_widgets";

/// Widgets that show what has pages of its own, or a form.
const MADE: [&str; 11] = [
    "archives",
    "calendar",
    "categories",
    "meta",
    "nav_menu",
    "pages",
    "recent-comments",
    "recent-posts",
    "rss",
    "search",
    "tag_cloud",
];

/// How many widgets are told, and how many words of each.
const TOLD: usize = 3;
const WORDS: usize = 8;

/// Notes the text of a widget that readers saw.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let is_made = MADE.contains(&&*record.hint("id_base"));
    let sidebar = record.hint("sidebar");
    if is_made || sidebar.is_empty() || sidebar == INACTIVE {
        return Ok(());
    }
    let text = content::plain_text(&record.text("rendered")?.unwrap_or_default());
    let mut words = text.split_whitespace();
    let mut start = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        start.push('…');
    }
    if !start.is_empty() {
        reader.copies.widgets.insert(record.hint("id").into(), start.into());
    }
    Ok(())
}

/// Tells once which texts are shown nowhere.
pub(super) fn tell(widgets: &Widgets, diagnostics: &mut Vec<Diagnostic>) {
    let starts: Vec<String> = widgets.values().take(TOLD).map(|text| format!("“{text}”")).collect();
    let more = match widgets.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = match widgets.len() {
        0 => return,
        1 => format!("a widget is on no page: {}", starts[0]),
        count => format!("{count} widgets are on no page: {}{more}", starts.join(", ")),
    };
    let help = "if readers still need one, write it into a page, or into a template of your own";
    let location = Location::file(&"the export".into());
    diagnostics.push(Diagnostic::warning("unshown-widgets", message, location).with_help(help));
}
