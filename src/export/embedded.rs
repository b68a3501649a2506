//! Records that stand inside others (`_embed`): each says less than the record itself.

use serde_json::value::RawValue;

use crate::export::json::{self, Record};
use crate::export::reader::Reader;
use crate::export::shapes::{self, Shape};
use crate::export::{attachments, comments, terms};
use crate::model::PostId;

/// Reads what is embedded in `record`. What cannot be read there is passed over: it is only a
/// copy.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) {
    let Ok(Some(embedded)) = record.object("_embedded") else { return };
    let post = record.id("id").ok().flatten().map(PostId);
    for (relation, value) in embedded.fields() {
        // The record above has an answer of its own, and would need all a post needs.
        if relation == "up" {
            continue;
        }
        for value in json::elements(value).unwrap_or_default() {
            match json::elements(value) {
                Some(group) => group.into_iter().for_each(|value| read_one(reader, value, post)),
                None => read_one(reader, value, post),
            }
        }
    }
}

fn read_one(reader: &mut Reader<'_>, value: &RawValue, post: Option<PostId>) {
    let Some(record) = Record::parse(value) else { return };
    let _ = match shapes::tell(&record) {
        Shape::Attachment => attachments::read(reader, &record),
        Shape::Term => terms::read_term(reader, &record),
        Shape::Author => terms::read_author(reader, &record),
        Shape::Comment => {
            let read = comments::read(reader, &record);
            if let (Ok(()), Some(comment)) = (&read, reader.copies.comments.last_mut()) {
                comment.post = comment.post.or(post);
            }
            read
        }
        _ => Ok(()),
    };
}
