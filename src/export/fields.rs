//! Fields that plugins add to posts, and of which nothing is shown.

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::Fields;
use crate::export::json::Record;
use crate::export::reader::Reader;
use crate::export::seo;
use crate::model::PostId;

/// How many names are told.
const TOLD: usize = 12;

/// Names in `meta` that say how a post is shown or sent, and nothing to readers.
const INNER: [&str; 4] = ["footnotes", "enclosure", "spay_email", "inline_featured_image"];

/// Notes which fields of plugins a post has: custom fields, and what stands in `meta`.
pub(super) fn note(reader: &mut Reader<'_>, record: &Record<'_>) {
    let Some(id) = record.id("id").ok().flatten().map(PostId) else { return };
    for key in ["acf", "meta"] {
        // Most have none, as empty lists or with nothing but empty footnotes.
        let value = record.get(key).map(|value| value.get());
        if !value.is_some_and(|value| value.starts_with('{') && value != r#"{"footnotes":""}"#) {
            continue;
        }
        let Ok(Some(fields)) = record.object(key) else { continue };
        for (name, value) in fields.fields() {
            if !is_inner(name) && !is_empty(value.get()) {
                reader.copies.fields.entry(name.into()).or_default().insert(id);
            }
        }
    }
}

/// Notes a field that a post has, as it stands in the database.
pub(super) fn note_one(reader: &mut Reader<'_>, post: PostId, name: &str, value: &str) {
    if !is_inner(name) && !is_empty(value) {
        reader.copies.fields.entry(name.into()).or_default().insert(post);
    }
}

/// Tells once which fields there are.
pub(super) fn tell(fields: &Fields, diagnostics: &mut Vec<Diagnostic>) {
    if fields.is_empty() {
        return;
    }
    let mut most: Vec<(&str, usize)> =
        fields.iter().map(|(name, posts)| (&**name, posts.len())).collect();
    most.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let told = most.iter().take(TOLD).map(|(name, count)| match count {
        1 => format!("`{name}` of 1 post"),
        count => format!("`{name}` of {count} posts"),
    });
    let mut told = told.collect::<Vec<_>>().join(", ");
    if let Some(more) = most.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push_str(&format!(" and {more} more"));
    }
    let message = format!("fields that plugins added are on no page: {told}");
    let help = "if readers saw them, write them into the texts";
    let location = Location::file(&"the export".into());
    diagnostics.push(Diagnostic::warning("unshown-fields", message, location).with_help(help));
}

fn is_inner(name: &str) -> bool {
    name.starts_with('_')
        || name.starts_with("jetpack_")
        || INNER.contains(&name)
        || seo::is_description(name)
}

/// Returns whether a value in JSON says nothing.
fn is_empty(value: &str) -> bool {
    let inner = value.trim_matches(|char: char| char.is_whitespace() || "[]{}\"".contains(char));
    matches!(inner, "" | "null" | "false" | "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_no_field() {
        for value in ["\"\"", "null", "false", "0", "[]", "{}", "[\"\"]", " { } "] {
            assert!(is_empty(value), "{value}");
        }
        for value in ["\"a\"", "1", "true", "[0,1]", "{\"a\":\"\"}"] {
            assert!(!is_empty(value), "{value}");
        }
    }
}
