//! Answers of the API of WordPress.com (`/rest/v1.1/sites/…`), which names everything in its own
//! way.

use std::sync::Arc;

use crate::content;
use crate::export::attachments;
use crate::export::comments;
use crate::export::copies::{
    AttachmentCopy, AuthorCopy, CommentCopy, Context, PostCopy, PostTerms, Rank, TermCopy,
};
use crate::export::json::{Record, Unreadable};
use crate::export::posts;
use crate::export::reader::{self, IsRendered, Reader};
use crate::model::{
    AuthorId, CommentId, CommentText, ExcerptKind, PostId, SiteRecord, Status, TermId,
};
use crate::wordpress;

/// Reads what is said of the site itself (`/rest/v1.1/sites/SITE`).
pub(super) fn read_site(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let text = |record: &Record<'_>, key| {
        Ok(record.text(key)?.filter(|text| !text.is_empty()).map(|text| text.into_owned()))
    };
    let options = record.object("options").ok().flatten().unwrap_or_default();
    let logo = record.object("logo").ok().flatten().unwrap_or_default();
    let has_page_on_front = options.hint("show_on_front") == "page";
    let page = |key| Ok(options.id(key)?.map(PostId).filter(|_| has_page_on_front));
    let zone = text(&options, "timezone")?;
    let site = SiteRecord {
        name: text(record, "name")?,
        description: text(record, "description")?,
        home: text(record, "URL")?.map(|address| address.trim_end_matches('/').to_owned()),
        language: text(record, "locale")?.or(text(record, "lang")?),
        timezone: zone.filter(|zone| zone.contains('/')),
        gmt_offset: options.fraction("gmt_offset"),
        page_on_front: page("page_on_front")?,
        page_for_posts: page("page_for_posts")?,
        site_logo: logo.id("id")?.filter(|id| *id > 0).map(PostId),
        ..SiteRecord::default()
    };
    reader.copies.sites.push(site);
    Ok(())
}

/// Reads a post with its author, terms and attachments.
pub(super) fn read_post(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("ID")? else { return Err(Unreadable::field("ID", "an id")) };
    let modified = reader::date(record, "modified")?.moment();
    let excerpt = record.text("excerpt")?;
    let excerpt = excerpt.map(|text| (content::excerpt_text(&text).into(), ExcerptKind::Unknown));
    let context = if record.has("content") { Context::View } else { Context::Reduced };
    let parent = read_parent(record)?;
    let status_name = record.text("status")?;
    let status = status_name.as_deref().map(posts::parse_status);
    let mut post = PostCopy {
        id: PostId(id),
        rank: Rank { context, modified: modified.map(|date| date.utc()) },
        post_type: record.text("type")?.map(|name| reader.shared(&name)),
        status,
        status_name: posts::unknown_name(status, status_name.as_deref()),
        is_answer: status == Some(Status::Publish) && record.has("content"),
        is_protected: record.text("password")?.is_some_and(|password| !password.is_empty()),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        link: reader::boxed(record, "URL")?,
        guid: reader::boxed(record, "guid")?,
        title: reader::boxed(record, "title")?,
        modified: modified.map(|date| date.local),
        modified_gmt: modified.map(|date| date.utc()),
        excerpt,
        author: read_author(reader, record)?,
        featured_media: inner_id(record, "post_thumbnail").ok().flatten().map(PostId),
        parent,
        menu_order: record.number("menu_order")?,
        is_sticky: record.flag("sticky"),
        format: record.text("format")?.map(|name| reader.shared(&name)),
        terms: read_terms(reader, record)?,
        comments_open: read_discussion(record),
        file: reader.file,
        ..PostCopy::default()
    };
    let date = reader::date(record, "date")?;
    posts::set_dates(reader, &mut post, [("date", date), ("date_gmt", reader::DateField::Absent)]);
    if let Some(content) = record.get("content").filter(|content| content.get() != "false") {
        if !content.get().starts_with('"') {
            return Err(Unreadable::field("content", "a text"));
        }
        posts::set_body(reader, &mut post, (content.into(), IsRendered::Yes));
    }
    reader.copies.posts.push(post);
    read_attachments(reader, record);
    Ok(())
}

/// Reads the attachments that a post names, which are told nowhere else. The post is readable without
/// them.
fn read_attachments(reader: &mut Reader<'_>, record: &Record<'_>) {
    let attachments = record.object("attachments").ok().flatten().unwrap_or_default();
    for attachment in attachments.fields().filter_map(|(_, value)| Record::parse(value)) {
        let _ = read_attachment(reader, &attachment);
    }
}

fn read_parent(record: &Record<'_>) -> Result<Option<PostId>, Unreadable> {
    let parent = match record.get("parent").map(|parent| parent.get()) {
        Some(value) if value.starts_with('{') => inner_id(record, "parent")?,
        _ => record.number("parent")?.map(|id| u64::try_from(id).unwrap_or(0)),
    };
    Ok(parent.map(PostId))
}

/// Reads a file of the media library.
pub(super) fn read_attachment(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<(), Unreadable> {
    let Some(id) = record.id("ID")? else { return Err(Unreadable::field("ID", "an id")) };
    let attachment = AttachmentCopy {
        id: PostId(id),
        source_url: reader::boxed(record, "URL")?,
        title: reader::boxed(record, "title")?,
        alt: reader::boxed(record, "alt")?,
        caption: reader::boxed(record, "caption")?,
        has_description: attachments::told(record, "description"),
        mime_type: record.text("mime_type")?.map(|name| reader.shared(&name)),
        dimensions: attachments::dimensions(record),
        parent: record.number("post_ID")?.map(|id| PostId(u64::try_from(id).unwrap_or(0))),
        file: reader.file,
        ..AttachmentCopy::default()
    };
    reader.copies.attachments.push(attachment);
    Ok(())
}

/// Reads a category or a tag of a list of them: only its links say which.
pub(super) fn read_term(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let links = record.object("meta").ok().flatten().unwrap_or_default();
    let links = links.object("links").ok().flatten().unwrap_or_default();
    let own = links.text("self").ok().flatten().unwrap_or_default();
    let taxonomy = if own.contains("/tags/") { "post_tag" } else { "category" };
    let taxonomy = reader.shared(taxonomy);
    push_term(reader, record, &taxonomy)?;
    Ok(())
}

/// Reads a comment.
pub(super) fn read_comment(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("ID")? else { return Err(Unreadable::field("ID", "an id")) };
    let author = record.object("author")?.unwrap_or_default();
    let date = reader::date(record, "date")?.moment();
    let comment = CommentCopy {
        id: CommentId(id),
        rank: Rank { context: Context::View, modified: None },
        post: inner_id(record, "post")?.map(PostId),
        parent: inner_id(record, "parent").ok().flatten().map(CommentId),
        is_approved: record.text("status")?.as_deref().map(comments::is_approved),
        is_answer: true,
        kind: record.text("type")?.as_deref().map(comments::kind),
        type_name: record.text("type")?.as_deref().and_then(comments::internal_name),
        author_name: reader::boxed(&author, "name")?,
        author_url: reader::boxed(&author, "URL")?,
        user: None,
        date: date.map(|date| date.local),
        date_gmt: date.filter(|date| date.offset.is_some()).map(|date| date.utc()),
        content: reader::boxed(record, "content")?.map(CommentText::Rendered),
        file: reader.file,
    };
    reader.copies.comments.push(comment);
    Ok(())
}

fn read_author(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<Option<AuthorId>, Unreadable> {
    let Some(author) = record.object("author")? else { return Ok(None) };
    let Some(id) = author.id("ID")?.map(AuthorId) else { return Ok(None) };
    let copy = AuthorCopy {
        id,
        rank: Rank { context: Context::Reduced, modified: None },
        name: reader::boxed(&author, "name")?.filter(|name| !name.is_empty()),
        slug: author.text("nice_name")?.map(|slug| reader::decode_slug(&slug)),
        url: reader::boxed(&author, "URL")?,
        ..AuthorCopy::default()
    };
    // The same author stands in post after post.
    if reader.copies.authors.last().is_none_or(|last| last.id != id) {
        reader.copies.authors.push(copy);
    }
    Ok(Some(id))
}

fn read_terms(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<Vec<PostTerms>, Unreadable> {
    let mut lists = Vec::new();
    if let Some(terms) = record.object("terms").ok().flatten() {
        let inner = terms
            .fields()
            .filter_map(|(name, value)| Some((name.to_owned(), Record::parse(value)?)));
        lists.extend(inner.collect::<Vec<_>>());
    }
    if lists.is_empty() {
        for (key, name) in [("categories", "category"), ("tags", "post_tag")] {
            lists.extend(record.object(key)?.map(|list| (name.to_owned(), list)));
        }
    }
    let mut all = Vec::with_capacity(lists.len());
    for (name, list) in lists {
        let taxonomy = reader.shared(&name);
        let mut ids = Vec::with_capacity(list.len());
        for term in list.fields().filter_map(|(_, value)| Record::parse(value)) {
            ids.extend(push_term(reader, &term, &taxonomy)?);
        }
        let key = wordpress::rest_base_of_taxonomy(&name);
        all.push(PostTerms { key: key.into(), taxonomy: Some(taxonomy), ids });
    }
    Ok(all)
}

fn push_term(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    taxonomy: &Arc<str>,
) -> Result<Option<TermId>, Unreadable> {
    let Some(id) = record.id("ID")?.map(TermId) else { return Ok(None) };
    let parent = record.number("parent")?.map(|id| u64::try_from(id).unwrap_or(0));
    reader.copies.terms.push(TermCopy {
        id,
        rank: Rank { context: Context::View, modified: None },
        taxonomy: Some(Arc::clone(taxonomy)),
        name: reader::boxed(record, "name")?.filter(|name| !name.is_empty()),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        description: reader::boxed(record, "description")?,
        parent: parent.map(TermId),
        count: record.number("post_count")?.and_then(|count| u32::try_from(count).ok()),
        ..TermCopy::default()
    });
    Ok(Some(id))
}

fn read_discussion(record: &Record<'_>) -> Option<bool> {
    record.object("discussion").ok()??.flag("comments_open")
}

/// Returns the id in the object `key`.
fn inner_id(record: &Record<'_>, key: &'static str) -> Result<Option<u64>, Unreadable> {
    match record.object(key)? {
        Some(inner) => inner.id("ID"),
        None => Ok(None),
    }
}
