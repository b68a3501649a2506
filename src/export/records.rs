//! Gives each record to the reader of its kind.

use crate::diagnostics::{Diagnostic, Location};
use crate::export::documents::Item;
use crate::export::json::Record;
use crate::export::reader::Reader;
use crate::export::shapes::Shape;
use crate::export::{
    attachments, comments, embedded, fields, languages, menus, posts, site, terms, theme_pieces,
    unknown, widgets, wordpress_com, wp_cli,
};

/// Reads one record of whatever kind.
pub(super) fn read(reader: &mut Reader<'_>, item: &Item<'_>) {
    let Item { record, shape, key } = item;
    let read = match shape {
        Shape::Post => {
            fields::note(reader, record);
            posts::read(reader, record)
        }
        Shape::Attachment => attachments::read(reader, record),
        Shape::Term => terms::read_term(reader, record),
        Shape::Author => terms::read_author(reader, record),
        Shape::Comment => comments::read(reader, record),
        Shape::Index => site::read_index(reader, record),
        Shape::Settings => site::read_settings(reader, record),
        Shape::Language => languages::read_one(reader, record),
        Shape::PostType => site::read_post_type(reader, record),
        Shape::Taxonomy => site::read_taxonomy(reader, record),
        Shape::Menu => menus::read_menu(reader, record),
        Shape::MenuItem => menus::read_item(reader, record),
        Shape::MenuLocation => {
            menus::read_location(reader, key.as_deref().unwrap_or_default(), record)
        }
        Shape::ThemePiece => theme_pieces::read(reader, record),
        Shape::Widget => widgets::read(reader, record),
        Shape::Error => {
            tell_error(reader, record);
            Ok(())
        }
        // What stands beside the records in an envelope, such as the number of pages.
        Shape::Unknown if record.len() == 0 || (key.is_some() && !record.has("id")) => return,
        Shape::Unknown => return unknown::read(reader, record),
        Shape::PostRow => wp_cli::read_post(reader, record),
        Shape::TermRow => wp_cli::read_term(reader, record),
        Shape::UserRow => wp_cli::read_author(reader, record),
        Shape::CommentRow => wp_cli::read_comment(reader, record),
        Shape::ComSite => wordpress_com::read_site(reader, record),
        Shape::ComPost => wordpress_com::read_post(reader, record),
        Shape::ComAttachment => wordpress_com::read_attachment(reader, record),
        Shape::ComTerm => wordpress_com::read_term(reader, record),
        Shape::ComComment => wordpress_com::read_comment(reader, record),
        Shape::PassedOver | Shape::Envelope => Ok(()),
    };
    reader.copies.understood += 1;
    if let Err(trouble) = read {
        reader.tell_unreadable(record, &trouble);
    }
    embedded::read(reader, record);
}

/// An answer that tells of an error was saved like any other.
fn tell_error(reader: &mut Reader<'_>, record: &Record<'_>) {
    let code = record.text("code").ok().flatten().unwrap_or_default();
    // The list has fewer pages than were asked for: nothing is missing.
    if code.ends_with("_invalid_page_number") {
        return;
    }
    let text = record.text("message").ok().flatten().unwrap_or_default();
    let message = format!("WordPress answered with an error instead: `{code}`, “{text}”");
    let help = "if this answer matters, ask for it again, logged in if WordPress wants that";
    let location = Location::file(reader.name);
    let told = Diagnostic::warning("error-answer", message, location).with_help(help);
    reader.copies.diagnostics.push(told);
}
