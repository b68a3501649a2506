//! Posts and pages of an export in XML, and their comments.

use std::borrow::Cow;
use std::sync::Arc;

use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::export::broken::Broken;
use crate::export::comments;
use crate::export::copies::{
    Access, CommentCopy, Context, Name, Named, PostCopy, PostTerms, Rank, Relation,
};
use crate::export::reader::{self, DateField, IsRendered, Reader, WholeBody, Written};
use crate::export::wxr::channel::Known;
use crate::export::wxr::xml::{Element, Fields};
use crate::export::wxr::{attachments, menus};
use crate::export::{dates, fields, languages, members, posts, seo, text};
use crate::model::{
    AuthorId, BodyEncoding, BodyFormat, CommentId, CommentText, ExcerptKind, PieceKind, PostId,
    ThemePiece,
};
use crate::wordpress;

/// A site has few taxonomies: an item that names more than this is not WordPress's.
const MOST_TAXONOMIES: usize = 64;

/// What answers of other sites are kept under, before a hash of what was asked.
const EMBED: &str = "_oembed_";

/// When they were asked.
const EMBED_TIME: &str = "_oembed_time_";

/// What is kept where another site had no answer.
const NO_ANSWER: &str = "{{unknown}}";

/// An item, taken apart.
pub(super) struct Item<'a> {
    /// 0 if it has none.
    pub(super) id: PostId,
    pub(super) fields: Fields<'a>,
    /// What WordPress and its plugins keep with it, by name.
    meta: Vec<(String, Element<'a>)>,
}

impl<'a> Item<'a> {
    /// Takes what stands in an `<item>` apart.
    pub(super) fn of(xml: &'a str) -> Self {
        let fields = Fields::of(xml);
        let meta = fields.all("wp:postmeta").filter_map(|element| {
            let pair = Fields::of(element.inner);
            Some((pair.text("wp:meta_key")?.into_owned(), *pair.get("wp:meta_value")?))
        });
        let meta = meta.collect();
        Self { id: PostId(fields.id("wp:post_id").unwrap_or(0)), meta, fields }
    }

    /// Returns what other sites answered when they were asked how to show what the text embeds.
    pub(super) fn embeds(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let is_embed = |name: &str| name.starts_with(EMBED) && !name.starts_with(EMBED_TIME);
        let kept = self.meta.iter().filter(move |(name, _)| is_embed(name));
        let answers = kept.map(|(_, value)| value.text());
        answers.filter(|answer| !answer.is_empty() && answer != NO_ANSWER)
    }

    /// Returns the text that is kept under `name`, if there is any.
    pub(super) fn meta(&self, name: &str) -> Option<String> {
        let mut all = self.all_meta(name);
        all.next().filter(|text| !text.is_empty())
    }

    fn all_meta(&self, name: &str) -> impl Iterator<Item = String> {
        let found = self.meta.iter().filter(move |(key, _)| key == name);
        found.map(|(_, value)| value.text().into_owned())
    }

    fn is_for_members(&self) -> bool {
        self.meta.iter().any(|(name, value)| members::is_for_members(name, &value.text()))
    }

    /// Returns what of terms the item names: taxonomy, slug, and the element that holds the name.
    pub(super) fn terms(&self) -> impl Iterator<Item = (String, Box<str>, &Element<'a>)> {
        self.fields.all("category").filter_map(|category| {
            let slug = category.attribute("nicename");
            let taxonomy = match category.attribute("domain") {
                domain if domain == "tag" => "post_tag".to_owned(),
                domain => domain.into_owned(),
            };
            let is_told = !slug.is_empty() && !taxonomy.is_empty();
            is_told.then(|| (taxonomy, reader::decode_slug(&slug), category))
        })
    }

    pub(super) fn rank(&self) -> Rank {
        let modified = self.date("wp:post_modified_gmt").moment().map(|date| date.utc());
        Rank { context: Context::Stored, modified }
    }

    fn date(&self, name: &str) -> DateField {
        match self.fields.filled(name) {
            Some(text) => DateField::of(&text),
            None => DateField::Absent,
        }
    }
}

/// Reads what stands in an `<item>`.
pub(super) fn read(reader: &mut Reader<'_>, xml: &str, known: &Known) {
    reader.copies.understood += 1;
    let item = Item::of(xml);
    if let Some(broken) = &item.fields.broken {
        tell_broken(reader, &item, broken);
    }
    if item.id == PostId(0) {
        if item.fields.broken.is_none() {
            tell_unnumbered(reader, &item);
        }
        return;
    }
    let post_type = item.fields.filled("wp:post_type").unwrap_or("post".into());
    match &*post_type {
        "attachment" => attachments::read(reader, &item),
        "nav_menu_item" => menus::read(reader, &item, known),
        "wp_template_part" => read_part(reader, &item),
        name if wordpress::is_inner_type(name) => (),
        name => {
            let post = post(reader, &item, name, known);
            read_body(reader, xml, &item, post);
        }
    }
}

/// Reads a part of a theme that was changed in the site editor.
fn read_part(reader: &mut Reader<'_>, item: &Item<'_>) {
    let is_shown = item.fields.filled("wp:status").is_some_and(|status| status == "publish");
    let Some(content) = item.fields.text("content:encoded").filter(|_| is_shown) else { return };
    let term = |wanted: &str| item.terms().find(|(taxonomy, ..)| taxonomy == wanted);
    let slug = |wanted: &str| term(wanted).map(|(_, slug, _)| slug).unwrap_or_default();
    let piece = ThemePiece {
        kind: PieceKind::TemplatePart,
        name: item.fields.text("wp:post_name").unwrap_or_default().into(),
        theme: slug("wp_theme"),
        area: slug("wp_template_part_area"),
        body: reader::public_body(
            WholeBody { text: content, ..WholeBody::default() },
            BodyFormat::Blocks,
        ),
    };
    reader.copies.theme_pieces.push(piece);
}

/// Tells of an item without a number, which is left out.
fn tell_unnumbered(reader: &mut Reader<'_>, item: &Item<'_>) {
    let title = item.fields.text("title").unwrap_or_default();
    let message = format!("left out “{}”: it has no `wp:post_id`", text::plain(&title));
    let help = "export it again, or add the number in the file";
    let told = Diagnostic::error("unreadable-record", message, Location::file(reader.name));
    reader.copies.diagnostics.push(told.with_help(help));
}

/// Tells of an item of which only a part can be read: such as a text without an end.
fn tell_broken(reader: &mut Reader<'_>, item: &Item<'_>, broken: &Broken) {
    let title = item.fields.text("title").unwrap_or_default();
    let (location, read) = match item.id {
        PostId(0) => (Location::file(reader.name), "an item is left out"),
        id => (reader.location(id, &title), "only a part of it is read"),
    };
    let message = format!("{read}: {}", broken.message);
    let help = "export it again, or correct the file";
    let told = Diagnostic::error("invalid-xml", message, location).with_help(help);
    reader.copies.diagnostics.push(told);
}

/// Reads a post, but for its text and what was said of it.
fn post(reader: &mut Reader<'_>, item: &Item<'_>, post_type: &str, known: &Known) -> PostCopy {
    let Item { id, fields, .. } = item;
    let boxed = |name: &str| fields.text(name).map(Box::<str>::from);
    let status_name = fields.filled("wp:status");
    let status = status_name.as_deref().map(posts::parse_status);
    let mut post = PostCopy {
        id: *id,
        rank: item.rank(),
        post_type: Some(reader.shared(post_type)),
        status,
        status_name: posts::unknown_name(status, status_name.as_deref()),
        is_protected: fields.filled("wp:post_password").is_some(),
        is_for_members: item.is_for_members(),
        tells_protection: fields.get("wp:post_password").is_some(),
        access: Access::Database,
        slug: fields.text("wp:post_name").map(|slug| reader::decode_slug(&slug)),
        link: boxed("link").filter(|link| !link.is_empty()),
        guid: boxed("guid"),
        title: boxed("title"),
        author: fields.text("dc:creator").and_then(|login| known.author(&login)),
        featured_media: item.meta("_thumbnail_id").and_then(|id| id.parse().ok()).map(PostId),
        parent: Some(PostId(fields.id("wp:post_parent").unwrap_or(0))),
        menu_order: fields.number("wp:menu_order"),
        is_sticky: fields.text("wp:is_sticky").map(|flag| flag == "1"),
        comments_open: fields.text("wp:comment_status").map(|status| status == "open"),
        footnotes: item.meta("footnotes").map(Into::into),
        old_slugs: Some(old_slugs(item)),
        file: reader.file,
        ..PostCopy::default()
    };
    if !post.is_for_members {
        read_excerpt(item, &mut post);
        post.meta_description = seo::find(|name| item.meta(name));
    }
    read_dates(reader, item, &mut post);
    read_terms(reader, item, &mut post, known);
    read_language(reader, item, &mut post);
    post
}

/// Reads the text of a post, which is the item `xml`, and its comments.
fn read_body(reader: &mut Reader<'_>, xml: &str, item: &Item<'_>, mut post: PostCopy) {
    let content = item.fields.get("content:encoded").filter(|_| !post.is_for_members);
    if let Some(content) = content {
        let has_embeds = item.embeds().next().is_some();
        let written = match has_embeds {
            true => Written { source: xml, encoding: BodyEncoding::XmlItem },
            false => Written { source: content.inner, encoding: BodyEncoding::Xml },
        };
        posts::set_body(reader, &mut post, (written, IsRendered::No));
    }
    for (name, value) in &item.meta {
        fields::note_one(reader, item.id, name, &value.text());
    }
    for comment in item.fields.all("wp:comment") {
        read_comment(reader, item.id, &Fields::of(comment.inner));
    }
    reader.copies.posts.push(post);
}

fn old_slugs(item: &Item<'_>) -> Box<[Box<str>]> {
    let slugs = item.all_meta("_wp_old_slug").map(|slug| reader::decode_slug(&slug));
    slugs.filter(|slug| !slug.is_empty()).collect()
}

fn read_excerpt(item: &Item<'_>, post: &mut PostCopy) {
    let Some(excerpt) = item.fields.text("excerpt:encoded") else { return };
    let kind = if excerpt.is_empty() { ExcerptKind::Automatic } else { ExcerptKind::Manual };
    post.excerpt = Some((content::excerpt_text(&excerpt).into(), kind));
    post.excerpt_html = excerpt.contains('<').then(|| excerpt.trim().into());
}

fn read_dates(reader: &mut Reader<'_>, item: &Item<'_>, post: &mut PostCopy) {
    let date = item.date("wp:post_date");
    // What was never published has no date in UTC.
    let date_gmt = match item.date("wp:post_date_gmt") {
        DateField::Bad(text) if text.starts_with("0000") => DateField::Absent,
        date => date,
    };
    posts::set_dates(reader, post, [("wp:post_date", date), ("wp:post_date_gmt", date_gmt)]);
    post.modified = item.date("wp:post_modified").moment().map(|date| date.local);
    post.modified_gmt = post.rank.modified;
}

/// Reads the terms of a post. Those that the file does not number are told by name.
fn read_terms(reader: &mut Reader<'_>, item: &Item<'_>, post: &mut PostCopy, known: &Known) {
    post.format = Some(reader.shared("standard"));
    let mut taxonomies: Vec<String> = Vec::new();
    for (taxonomy, slug, category) in item.terms() {
        if taxonomy == "post_format" {
            let format = slug.strip_prefix("post-format-").unwrap_or(&slug);
            post.format = Some(reader.shared(format));
        }
        let is_new = !taxonomies.contains(&taxonomy);
        if wordpress::is_inner_taxonomy(&taxonomy) || is_new && taxonomies.len() >= MOST_TAXONOMIES
        {
            continue;
        }
        if is_new {
            taxonomies.push(taxonomy.clone());
        }
        let key = wordpress::rest_base_of_taxonomy(&taxonomy).into();
        let taxonomy = reader.shared(&taxonomy);
        reader.copies.stored_taxonomies.insert(Arc::clone(&taxonomy));
        let Some(id) = known.term(&taxonomy, &slug) else {
            let name = Name::Slug { slug, html: category.text().into() };
            let relation = Relation::Term { taxonomy, key, name };
            reader.copies.named.push(Named { post: post.id, relation });
            continue;
        };
        match post.terms.iter_mut().find(|terms| terms.key == key) {
            Some(terms) => terms.ids.push(id),
            None => post.terms.push(PostTerms { key, taxonomy: Some(taxonomy), ids: vec![id] }),
        }
    }
}

/// Reads what the plugin Bogo keeps with a post: its locale, and a name that all its translations have
/// in common.
fn read_language(reader: &mut Reader<'_>, item: &Item<'_>, post: &mut PostCopy) {
    let Some(locale) = item.meta("_locale").filter(|locale| languages::is_code(locale)) else {
        return;
    };
    post.language = Some(reader.shared(&locale));
    if let Some(common) = item.meta("_original_post") {
        let taxonomy = reader.shared(languages::TRANSLATED);
        let name = Name::Slug { slug: common.as_str().into(), html: common.as_str().into() };
        let relation = Relation::Term { taxonomy, key: languages::TRANSLATED.into(), name };
        reader.copies.named.push(Named { post: post.id, relation });
    }
}

/// Reads a comment. Addresses of letters and of machines are never read.
fn read_comment(reader: &mut Reader<'_>, post: PostId, fields: &Fields<'_>) {
    reader.copies.understood += 1;
    let Some(id) = fields.id("wp:comment_id").map(CommentId) else {
        let location = reader.location(post, "");
        let message = "left out a comment: it has no `wp:comment_id`";
        let help = "export it again, or add the number in the file";
        let told = Diagnostic::error("unreadable-record", message, location).with_help(help);
        reader.copies.diagnostics.push(told);
        return;
    };
    let boxed = |name: &str| fields.text(name).map(Box::<str>::from);
    let moment = |name: &str| fields.text(name).and_then(|text| dates::parse(&text));
    let date_gmt = moment("wp:comment_date_gmt").map(|date| date.utc());
    let kind = fields.text("wp:comment_type").unwrap_or_default();
    reader.copies.comments.push(CommentCopy {
        id,
        rank: Rank { context: Context::Stored, modified: date_gmt },
        post: Some(post),
        parent: Some(CommentId(fields.id("wp:comment_parent").unwrap_or(0))),
        is_approved: fields.text("wp:comment_approved").as_deref().map(comments::is_approved),
        is_answer: false,
        kind: Some(comments::kind(&kind)),
        type_name: comments::internal_name(&kind),
        author_name: boxed("wp:comment_author"),
        author_url: boxed("wp:comment_author_url"),
        user: fields.id("wp:comment_user_id").map(AuthorId),
        date: moment("wp:comment_date").map(|date| date.local),
        date_gmt,
        content: fields.text("wp:comment_content").map(|text| CommentText::Typed(text.into())),
        file: reader.file,
    });
}
