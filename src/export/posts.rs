//! Posts, pages and posts of custom types, as REST gives them.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::value::RawValue;

use crate::content::{self, Excerpt};
use crate::diagnostics::Diagnostic;
use crate::export::copies::{Access, Context, PostCopy, Rank};
use crate::export::json::{self, Markup, Record, Unreadable};
use crate::export::languages;
use crate::export::links;
use crate::export::members;
use crate::export::post_terms;
use crate::export::reader::{self, About, DateField, IsRendered, Reader, Written};
use crate::export::seo;
use crate::model::{AuthorId, ExcerptKind, PostId, Status};

/// Reads a post.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let post = read_copy(reader, record)?;
    reader.copies.posts.push(post);
    Ok(())
}

/// Reads a post without taking it into the export yet.
pub(super) fn read_copy(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<PostCopy, Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let classes = read_classes(record)?;
    let content = record.markup("content")?.unwrap_or_default();
    let excerpt = record.markup("excerpt")?;
    let title = record.markup("title")?.unwrap_or_default();
    let (status, status_name) = read_status(record, &classes)?;
    let protection =
        content.is_protected.max(excerpt.as_ref().and_then(|excerpt| excerpt.is_protected));
    let access = access(record, [Some(&content), excerpt.as_ref(), Some(&title)]);
    let is_public = status.is_none_or(|status| status == Status::Publish);

    let mut post = PostCopy {
        id: PostId(id),
        post_type: read_type(reader, record, &classes)?,
        status,
        status_name,
        is_protected: protection == Some(true) || has_password(record, &classes)?,
        // Classes name a password if there is one.
        tells_protection: protection.is_some() || record.has("password") || !classes.is_empty(),
        access,
        is_answer: access == Access::Anyone && is_public && content.rendered.is_some(),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        link: reader::boxed(record, "link")?,
        guid: record.rendered("guid")?.map(Into::into),
        excerpt: excerpt.as_ref().map(read_excerpt),
        excerpt_html: excerpt.as_ref().and_then(read_excerpt_html),
        meta_description: seo::read(record),
        title: title.rendered.or(title.raw).map(|title| json::string(title.get()).into()),
        author: read_author(record)?,
        featured_media: read_featured_media(record)?,
        parent: record.number("parent")?.map(|id| PostId(u64::try_from(id).unwrap_or(0))),
        menu_order: record.number("menu_order")?,
        is_sticky: record.flag("sticky"),
        format: read_format(reader, record, &classes)?,
        terms: post_terms::read(reader, record, &classes)?,
        comments_open: record.text("comment_status")?.map(|status| status == "open"),
        footnotes: read_footnotes(record),
        old_slugs: read_old_slugs(record),
        file: reader.file,
        ..PostCopy::default()
    };
    languages::read_of_post(reader, record, &mut post);
    read_dates(reader, record, &mut post)?;
    post.is_for_members = access != Access::Anyone && members::is_told(record);
    if post.is_for_members {
        (post.excerpt, post.excerpt_html, post.meta_description) = (None, None, None);
    } else {
        read_body(reader, &content, &mut post);
    }
    post.rank = Rank { context: context(record, &content), modified: modified_gmt(record)? };
    Ok(post)
}

fn has_password(record: &Record<'_>, classes: &[Cow<'_, str>]) -> Result<bool, Unreadable> {
    Ok(record.text("password")?.is_some_and(|password| !password.is_empty())
        || classes.iter().any(|class| class.starts_with("post-password-")))
}

/// Returns the status, and its name if that is all that is known of it.
fn read_status(
    record: &Record<'_>,
    classes: &[Cow<'_, str>],
) -> Result<(Option<Status>, Option<Box<str>>), Unreadable> {
    let name = record.text("status")?;
    let name = name.as_deref().or_else(|| class_suffix(classes, "status-"));
    // Only what was never published has no such date.
    let is_undated = record.has("date_gmt") && record.get("date_gmt").is_none();
    let status = name.map(parse_status).or(is_undated.then_some(Status::Draft));
    Ok((status, unknown_name(status, name)))
}

/// Only editors get raw texts, passwords and what helps them to choose an address.
fn access(record: &Record<'_>, texts: [Option<&Markup<'_>>; 3]) -> Access {
    let has_raw = texts.into_iter().flatten().any(|markup| markup.raw.is_some());
    let is_editors = has_raw || record.has("password") || record.has("permalink_template");
    if is_editors { Access::Editor } else { Access::Anyone }
}

/// Returns the status called `name`, in whatever case a person wrote it.
pub(super) fn parse_status(name: &str) -> Status {
    match name.trim().to_ascii_lowercase().as_str() {
        // An attachment is as public as what it belongs to.
        "publish" | "inherit" => Status::Publish,
        "future" => Status::Future,
        "draft" | "pending" => Status::Draft,
        "private" => Status::Private,
        "trash" | "auto-draft" => Status::Trash,
        _ => Status::Unknown,
    }
}

/// Returns the name of a status if that is all that is known of it.
pub(super) fn unknown_name(status: Option<Status>, name: Option<&str>) -> Option<Box<str>> {
    name.filter(|_| status == Some(Status::Unknown)).map(|name| name.trim().into())
}

/// Returns when `record` was last changed, in UTC.
pub(super) fn modified_gmt(record: &Record<'_>) -> Result<Option<NaiveDateTime>, Unreadable> {
    let modified = match reader::date(record, "modified_gmt")?.moment() {
        Some(modified) => Some(modified),
        None => reader::date(record, "modified")?.moment(),
    };
    Ok(modified.map(|modified| modified.utc()))
}

/// Fills in the dates of `post`, and tells of those that are none.
pub(super) fn set_dates(
    reader: &mut Reader<'_>,
    post: &mut PostCopy,
    fields: [(&str, DateField); 2],
) {
    let is_public = post.status.is_none_or(|status| status == Status::Publish);
    for (key, field) in &fields {
        let DateField::Bad(text) = field else { continue };
        if !is_public {
            continue;
        }
        let title = post.title.as_deref().unwrap_or_default();
        let location = reader.location(post.id, title);
        let shown: String = text.chars().take(40).collect();
        let message = format!("`{key}` is `{shown}`, which is no date; it counts as missing");
        let help = "correct the date in WordPress, or in the file";
        let told = Diagnostic::warning("bad-date", message, location).with_help(help);
        reader.copies.diagnostics.push(told);
    }
    let [local, utc] = fields.map(|(_, field)| field.moment());
    post.date = local.map(|date| date.local);
    // A date with an offset tells both.
    let from_local = local.filter(|date| date.offset.is_some());
    post.date_gmt = utc.or(from_local).map(|date| date.utc());
}

/// Fills in the body of `post`: as readers saw it, or else as saved.
fn read_body(reader: &Reader<'_>, content: &Markup<'_>, post: &mut PostCopy) {
    let is_part = matches!(post.post_type.as_deref(), Some("wp_block" | "wp_navigation"));
    let rendered = content.rendered.filter(|text| content.raw.is_none() || text.get() != "\"\"");
    // Together with the raw text comes what WordPress rendered for an editor: readers saw that
    // only if it is the same for everyone.
    let is_for_editors = |raw: &RawValue| {
        let raw = reader::body(raw.into(), IsRendered::No);
        !content::is_same_for_everyone(&raw.text)
    };
    let chosen = match (rendered, content.raw) {
        (_, Some(raw)) if is_part || is_for_editors(raw) => (raw, IsRendered::No),
        (Some(rendered), _) => (rendered, IsRendered::Yes),
        (None, Some(raw)) => (raw, IsRendered::No),
        (None, None) => return,
    };
    let (literal, is_rendered) = chosen;
    set_body(reader, post, (literal.into(), is_rendered));
}

/// Makes `written` the body of `post`.
pub(super) fn set_body(
    reader: &Reader<'_>,
    post: &mut PostCopy,
    (written, is_rendered): (Written<'_>, IsRendered),
) {
    let body = reader::body(written, is_rendered);
    let is_cut = !matches!(post.excerpt, Some((_, ExcerptKind::Manual)));
    let is_parted = is_rendered == IsRendered::No && content::has_restricted_parts(&body.text);
    let may_show_more =
        is_parted || is_rendered == IsRendered::Yes && content::is_suspicious(&body.text);
    // WordPress cut it from that text, for somebody who saw all of it.
    if is_cut && may_show_more {
        post.excerpt = None;
    }
    if is_parted {
        post.footnotes = post.footnotes.as_deref().and_then(|notes| notes_of(notes, &body.text));
    }
    let featured = post.featured_media.filter(|id| id.0 > 0 && !is_parted);
    post.featured_file = featured.and_then(|id| Some((id, content::shown_file(&body.text, id)?)));
    let has_excerpt = post.excerpt.as_ref().is_some_and(|(text, _)| !text.is_empty());
    let excerpt = if has_excerpt { Excerpt::Saved } else { Excerpt::Cut };
    let about = About { title: post.title.as_deref().unwrap_or_default(), excerpt };
    post.body = Some(reader.place(written, &body, about));
    if matches!(post.post_type.as_deref(), Some("wp_block" | "wp_navigation")) {
        post.text = Some(body);
    }
}

fn read_classes<'a>(record: &Record<'a>) -> Result<Vec<Cow<'a, str>>, Unreadable> {
    let classes = record.list("class_list")?.unwrap_or_default();
    let texts = classes.iter().filter(|class| class.get().starts_with('"'));
    Ok(texts.map(|class| json::string(class.get())).collect())
}

fn class_suffix<'c>(classes: &'c [Cow<'_, str>], prefix: &str) -> Option<&'c str> {
    classes.iter().find_map(|class| class.strip_prefix(prefix))
}

fn read_type(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    classes: &[Cow<'_, str>],
) -> Result<Option<Arc<str>>, Unreadable> {
    if let Some(name) = record.text("type")?.filter(|name| !name.is_empty()) {
        return Ok(Some(reader.shared(&name)));
    }
    if let Some(name) = class_suffix(classes, "type-") {
        return Ok(Some(reader.shared(name)));
    }
    let about = links::target(record, "about").unwrap_or_default();
    if let Some(name) = about.strip_prefix("types/") {
        return Ok(Some(reader.shared(name)));
    }
    let own = links::target(record, "self").unwrap_or_default();
    let is_page = own.starts_with("pages/");
    Ok(is_page.then(|| reader.shared("page")))
}

fn read_format(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    classes: &[Cow<'_, str>],
) -> Result<Option<Arc<str>>, Unreadable> {
    let named = record.text("format")?.filter(|name| !name.is_empty());
    let name = match &named {
        Some(name) => Some(name.as_ref()),
        None => class_suffix(classes, "format-"),
    };
    Ok(name.map(|name| reader.shared(name)))
}

fn read_author(record: &Record<'_>) -> Result<Option<AuthorId>, Unreadable> {
    let id = match record.id("author")? {
        Some(id) => Some(id),
        None => links::id(record, "author"),
    };
    Ok(id.map(AuthorId))
}

fn read_featured_media(record: &Record<'_>) -> Result<Option<PostId>, Unreadable> {
    let id = match record.number("featured_media")? {
        Some(id) => Some(u64::try_from(id).unwrap_or(0)),
        None => links::id(record, "wp:featuredmedia"),
    };
    Ok(id.map(PostId))
}

/// WordPress cuts an excerpt where the author wrote none: only the raw form tells.
fn read_excerpt(excerpt: &Markup<'_>) -> (Box<str>, ExcerptKind) {
    let raw = excerpt.raw.map(|raw| json::string(raw.get()));
    let kind = match raw.as_deref() {
        Some("") => ExcerptKind::Automatic,
        Some(_) => ExcerptKind::Manual,
        None => ExcerptKind::Unknown,
    };
    let rendered = excerpt.rendered.map(|rendered| json::string(rendered.get()));
    let rendered = rendered.filter(|rendered| !rendered.is_empty());
    (content::excerpt_text(&rendered.or(raw).unwrap_or_default()).into(), kind)
}

/// Returns an excerpt with its tags, if its author wrote any.
fn read_excerpt_html(excerpt: &Markup<'_>) -> Option<Box<str>> {
    let raw = excerpt.raw.map(|raw| json::string(raw.get()))?;
    raw.contains('<').then(|| raw.trim().into())
}

/// Nothing but this and old slugs is read of `meta`, which may hold what was never public.
fn read_footnotes(record: &Record<'_>) -> Option<Box<str>> {
    let meta = record.object("meta").ok()??;
    Some(meta.text("footnotes").ok()??.into())
}

/// Returns those of a post's footnotes to which its text refers.
fn notes_of(notes: &str, text: &str) -> Option<Box<str>> {
    let mut notes: Vec<serde_json::Value> = serde_json::from_str(notes).ok()?;
    notes.retain(|note| {
        let id = note.get("id").and_then(serde_json::Value::as_str);
        id.is_some_and(|id| text.contains(&format!("data-fn=\"{id}\"")))
    });
    serde_json::to_string(&notes).ok().map(Into::into)
}

/// WordPress keeps each slug a post had before: one, or a list.
fn read_old_slugs(record: &Record<'_>) -> Option<Box<[Box<str>]>> {
    let meta = record.object("meta").ok()??;
    let value = meta.get("_wp_old_slug")?;
    let values = json::elements(value).unwrap_or_else(|| vec![value]);
    let slugs = values.into_iter().map(|value| reader::decode_slug(&json::string(value.get())));
    Some(slugs.filter(|slug| !slug.is_empty()).collect())
}

fn read_dates(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    post: &mut PostCopy,
) -> Result<(), Unreadable> {
    let date = reader::date(record, "date")?;
    let date_gmt = reader::date(record, "date_gmt")?;
    set_dates(reader, post, [("date", date), ("date_gmt", date_gmt)]);
    post.modified = reader::date(record, "modified")?.moment().map(|date| date.local);
    post.modified_gmt = reader::date(record, "modified_gmt")?.moment().map(|date| date.utc());
    Ok(())
}

fn context(record: &Record<'_>, content: &Markup<'_>) -> Context {
    if !(record.has("status") && record.has("content") && record.has("date")) {
        Context::Reduced
    } else if content.raw.is_some() || record.has("password") {
        Context::Edit
    } else {
        Context::View
    }
}
