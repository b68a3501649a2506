//! Comments, as REST gives them. Addresses of letters and of machines are never read.

use crate::export::copies::{CommentCopy, Context, Rank};
use crate::export::json::{Record, Unreadable};
use crate::export::links;
use crate::export::reader::{self, Reader};
use crate::model::{AuthorId, CommentId, CommentKind, CommentText, PostId};

/// Reads a comment.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let content = record.markup("content")?.unwrap_or_default();
    let context = match (record.has("post"), content.raw.is_some()) {
        (false, _) => Context::Reduced,
        (true, false) => Context::View,
        (true, true) => Context::Edit,
    };
    let date = reader::date(record, "date")?.moment();
    let date_gmt = reader::date(record, "date_gmt")?.moment();
    let from_local = date.filter(|date| date.offset.is_some());
    let parent = record.number("parent")?.map(|id| u64::try_from(id).unwrap_or(0));
    let comment = CommentCopy {
        id: CommentId(id),
        rank: Rank { context, modified: date_gmt.map(|date| date.utc()) },
        post: record.id("post")?.or_else(|| links::id(record, "up")).map(PostId),
        parent: parent.map(CommentId),
        is_approved: record.text("status")?.as_deref().map(is_approved),
        is_answer: content.raw.is_none() && !record.has("author_email"),
        kind: record.text("type")?.as_deref().map(kind),
        type_name: record.text("type")?.as_deref().and_then(internal_name),
        author_name: reader::boxed(record, "author_name")?,
        author_url: reader::boxed(record, "author_url")?,
        user: record.id("author")?.map(AuthorId),
        date: date.map(|date| date.local),
        date_gmt: date_gmt.or(from_local).map(|date| date.utc()),
        content: record.rendered("content")?.map(|html| CommentText::Rendered(html.into())),
        file: reader.file,
    };
    reader.copies.comments.push(comment);
    Ok(())
}

/// Returns whether a comment of `status` was shown.
pub(super) fn is_approved(status: &str) -> bool {
    matches!(status, "approved" | "approve" | "1")
}

/// Returns the name of a type of comments that are not for readers.
pub(super) fn internal_name(name: &str) -> Option<Box<str>> {
    (kind(name) == CommentKind::Internal).then(|| name.into())
}

/// Returns what a comment of `type` is. For long, comments had no name of their own.
pub(super) fn kind(name: &str) -> CommentKind {
    match name {
        "" | "comment" | "review" => CommentKind::Comment,
        "pingback" | "trackback" | "webmention" => CommentKind::Ping,
        _ => CommentKind::Internal,
    }
}
