//! Rows of the database as `wp-cli` prints them (`wp post list --format=json` and the like).

use crate::content;
use crate::export::attachments;
use crate::export::comments;
use crate::export::copies::{
    Access, AttachmentCopy, AuthorCopy, CommentCopy, Context, PostCopy, Rank, TermCopy,
};
use crate::export::json::{Record, Unreadable};
use crate::export::posts;
use crate::export::reader::{self, IsRendered, Reader};
use crate::model::{AuthorId, CommentId, CommentText, ExcerptKind, PostId, TermId};
use crate::wordpress;

/// Reads a post, or what WordPress keeps among the posts.
pub(super) fn read_post(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("ID")? else { return Err(Unreadable::field("ID", "an id")) };
    let post_type = record.text("post_type")?.filter(|name| !name.is_empty());
    match post_type.as_deref() {
        Some("attachment") => return read_attachment(reader, record, PostId(id)),
        Some("nav_menu_item") => return Ok(()),
        Some(name) if wordpress::is_inner_type(name) => return Ok(()),
        _ => (),
    }
    let excerpt = record.text("post_excerpt")?.map(|excerpt| {
        let kind = if excerpt.is_empty() { ExcerptKind::Automatic } else { ExcerptKind::Manual };
        (content::excerpt_text(&excerpt).into(), kind)
    });
    let status_name = record.text("post_status")?.filter(|name| !name.is_empty());
    let status = status_name.as_deref().map(posts::parse_status);
    let mut post = PostCopy {
        id: PostId(id),
        rank: rank(record)?,
        post_type: post_type.map(|name| reader.shared(&name)),
        status,
        status_name: posts::unknown_name(status, status_name.as_deref()),
        is_protected: record.text("post_password")?.is_some_and(|password| !password.is_empty()),
        tells_protection: record.has("post_password"),
        access: Access::Database,
        slug: record.text("post_name")?.map(|slug| reader::decode_slug(&slug)),
        link: link(record)?,
        guid: reader::boxed(record, "guid")?,
        title: reader::boxed(record, "post_title")?,
        excerpt,
        author: record.id("post_author")?.map(AuthorId),
        parent: record.number("post_parent")?.map(|id| PostId(u64::try_from(id).unwrap_or(0))),
        menu_order: record.number("menu_order")?,
        comments_open: record.text("comment_status")?.map(|status| status == "open"),
        file: reader.file,
        ..PostCopy::default()
    };
    let date = reader::date(record, "post_date")?;
    let date_gmt = reader::date(record, "post_date_gmt")?;
    posts::set_dates(reader, &mut post, [("post_date", date), ("post_date_gmt", date_gmt)]);
    post.modified = reader::date(record, "post_modified")?.moment().map(|date| date.local);
    post.modified_gmt = post.rank.modified;
    if let Some(content) = record.get("post_content") {
        if !content.get().starts_with('"') {
            return Err(Unreadable::field("post_content", "a text"));
        }
        posts::set_body(reader, &mut post, (content.into(), IsRendered::No));
    }
    reader.copies.posts.push(post);
    Ok(())
}

/// Reads a term.
pub(super) fn read_term(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("term_id")? else { return Err(Unreadable::field("term_id", "an id")) };
    let parent = record.number("parent")?.map(|id| u64::try_from(id).unwrap_or(0));
    let term = TermCopy {
        id: TermId(id),
        rank: Rank { context: Context::Stored, modified: None },
        taxonomy: record.text("taxonomy")?.map(|name| reader.shared(&name)),
        name: reader::boxed(record, "name")?.filter(|name| !name.is_empty()),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        description: reader::boxed(record, "description")?,
        link: link(record)?,
        parent: parent.map(TermId),
        // Rows of posts do not say which terms they have, and counts are left out.
        ..TermCopy::default()
    };
    reader.push_term(term);
    Ok(())
}

/// Reads a user. The name used for logging in is not public: only `user_nicename` is a slug.
pub(super) fn read_author(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("ID")? else { return Err(Unreadable::field("ID", "an id")) };
    let author = AuthorCopy {
        is_public: false,
        id: AuthorId(id),
        rank: Rank { context: Context::Stored, modified: None },
        name: reader::boxed(record, "display_name")?.filter(|name| !name.is_empty()),
        slug: record.text("user_nicename")?.map(|slug| reader::decode_slug(&slug)),
        description: reader::boxed(record, "description")?,
        url: reader::boxed(record, "user_url")?,
        link: None,
    };
    reader.copies.authors.push(author);
    Ok(())
}

/// Reads a comment.
pub(super) fn read_comment(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let id = record.id("comment_ID")?.map(CommentId);
    let Some(id) = id else { return Err(Unreadable::field("comment_ID", "an id")) };
    let parent = record.number("comment_parent")?.map(|id| u64::try_from(id).unwrap_or(0));
    let date_gmt = reader::date(record, "comment_date_gmt")?.moment().map(|date| date.utc());
    let comment = CommentCopy {
        id,
        rank: Rank { context: Context::Stored, modified: date_gmt },
        post: record.id("comment_post_ID")?.map(PostId),
        parent: parent.map(CommentId),
        is_approved: record.text("comment_approved")?.as_deref().map(comments::is_approved),
        is_answer: false,
        kind: record.text("comment_type")?.as_deref().map(comments::kind),
        type_name: record.text("comment_type")?.as_deref().and_then(comments::internal_name),
        author_name: reader::boxed(record, "comment_author")?,
        author_url: reader::boxed(record, "comment_author_url")?,
        user: record.id("user_id")?.map(AuthorId),
        date: reader::date(record, "comment_date")?.moment().map(|date| date.local),
        date_gmt,
        content: record.text("comment_content")?.map(|text| CommentText::Typed(text.into())),
        file: reader.file,
    };
    reader.copies.comments.push(comment);
    Ok(())
}

fn read_attachment(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    id: PostId,
) -> Result<(), Unreadable> {
    let attachment = AttachmentCopy {
        id,
        rank: rank(record)?,
        slug: record.text("post_name")?.map(|slug| reader::decode_slug(&slug)),
        link: link(record)?,
        // Nothing else in the row tells where the file is.
        source_url: reader::boxed(record, "guid")?,
        title: reader::boxed(record, "post_title")?,
        caption: reader::boxed(record, "post_excerpt")?,
        has_description: attachments::told(record, "post_content"),
        mime_type: record.text("post_mime_type")?.map(|name| reader.shared(&name)),
        parent: record.number("post_parent")?.map(|id| PostId(u64::try_from(id).unwrap_or(0))),
        status: record.text("post_status")?.as_deref().map(posts::parse_status),
        file: reader.file,
        ..AttachmentCopy::default()
    };
    reader.copies.attachments.push(attachment);
    Ok(())
}

fn rank(record: &Record<'_>) -> Result<Rank, Unreadable> {
    let is_whole = record.has("post_content") && record.has("post_status");
    let context = if is_whole { Context::Stored } else { Context::Reduced };
    let modified = reader::date(record, "post_modified_gmt")?.moment().map(|date| date.utc());
    Ok(Rank { context, modified })
}

fn link(record: &Record<'_>) -> Result<Option<Box<str>>, Unreadable> {
    Ok(reader::boxed(record, "url")?.filter(|link| !link.is_empty()))
}
