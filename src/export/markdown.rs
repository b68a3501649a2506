//! Pages and posts written by hand: Markdown with front matter in TOML (`+++`) or YAML (`---`).

use serde_json::value::RawValue;

use crate::content::html::entities::escape;
use crate::content::{self, Excerpt};
use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Copies, Name, Named, PostCopy, Rank, Relation};
use crate::export::dates;
use crate::export::files::{Named as NamedBy, Source};
use crate::export::front_matter::{self, Front, Trouble};
use crate::export::json::{self, Record, Unreadable};
use crate::export::languages;
use crate::export::named;
use crate::export::posts;
use crate::export::reader::{self, DateField, Located, Reader};
use crate::export::text;
use crate::model::{
    AuthorId, Body, BodyEncoding, BodyFormat, BodyPlace, ExcerptKind, PostId, Status,
};
use crate::suggestions::nearest;

/// What front matter may say.
const KEYS: [&str; 26] = [
    "title",
    "date",
    "modified",
    "type",
    "slug",
    "link",
    "id",
    "excerpt",
    "description",
    "categories",
    "category",
    "tags",
    "author",
    "parent",
    "menu_order",
    "sticky",
    "status",
    "draft",
    "published",
    "visibility",
    "private",
    "hidden",
    "protected",
    "password",
    "lang",
    "translations",
];

/// What names a featured image elsewhere.
const PICTURES: [&str; 5] = ["featured_image", "featured_media", "image", "cover", "thumbnail"];

/// Reads a page or post. What has no front matter is one only if the user named the file itself.
pub(super) fn read(source: &Source, located: Located<'_>) -> Copies {
    let mut reader = Reader::new(located);
    let (front, text) = match front_matter::split(located.text) {
        Some(split) => split,
        None if source.named == NamedBy::Itself => (Front::None, located.text),
        None => {
            // What tells of the folder is no part of the site.
            if !stem(&source.inner_name).eq_ignore_ascii_case("readme") {
                reader.copies.without_front_matter.push(located.file);
            }
            return reader.copies;
        }
    };
    let json = match front.to_json() {
        Ok(json) => json,
        Err(trouble) => {
            reader.copies.diagnostics.push(tell_front(located, &trouble));
            return reader.copies;
        }
    };
    let record: Record<'_> = serde_json::from_str(&json).unwrap_or_default();
    reader.copies.understood += 1;
    if let Err(trouble) = read_page(&mut reader, &record, Page { source, located, text }) {
        reader.tell_unreadable(&record, &trouble);
    }
    reader.copies
}

/// A file, and what of it is not front matter.
#[derive(Clone, Copy)]
struct Page<'a> {
    source: &'a Source,
    located: Located<'a>,
    text: &'a str,
}

fn tell_front(located: Located<'_>, trouble: &Trouble) -> Diagnostic {
    // The front matter starts on the line after its first, before which lines may be empty.
    let text = located.text;
    let before = &text[..text.len() - text.trim_start().len()];
    let lines = before.matches('\n').count() + 1;
    let position = trouble.position.map(|(line, column)| (line.saturating_add(lines), column));
    let location = Location { position, ..Location::file(located.name) };
    let first = trouble.message.lines().next().unwrap_or_default();
    let message = format!("left out the page: its front matter does not parse: {first}");
    let help = "correct it: TOML stands between lines of `+++`, YAML between `---`";
    Diagnostic::error("invalid-front-matter", message, location).with_help(help)
}

fn read_slug(record: &Record<'_>, stem: &str) -> Result<Box<str>, Unreadable> {
    let slug = record.text("slug")?.filter(|slug| !slug.is_empty());
    Ok(slug.map_or_else(|| text::slugify(stem).into(), |slug| reader::decode_slug(&slug)))
}

fn read_page(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    page: Page<'_>,
) -> Result<(), Unreadable> {
    let stem = stem(&page.source.inner_name);
    let (stem_date, stem_slug) = split_date(stem);
    let date = match reader::date(record, "date")? {
        DateField::Absent => stem_date.map_or(DateField::Absent, DateField::Date),
        date => date,
    };
    let modified = reader::date(record, "modified")?.moment();
    let title = record.text("title")?.unwrap_or(stem_slug.into());
    let slug = read_slug(record, stem_slug)?;
    let default_type = if date == DateField::Absent { "page" } else { "post" };
    let post_type = record.text("type")?.filter(|name| !name.is_empty());
    let post_type = reader.shared(post_type.as_deref().unwrap_or(default_type));
    let id = record.id("id")?.unwrap_or_else(|| named::made_id(&page.source.inner_name));

    let (status, is_protected) = read_access(record)?;
    let mut post = PostCopy {
        id: PostId(id),
        rank: Rank { modified: modified.map(|date| date.utc()), ..Rank::default() },
        post_type: Some(post_type),
        status: Some(status),
        status_name: posts::unknown_name(Some(status), record.text("status")?.as_deref()),
        is_protected,
        slug: Some(slug),
        link: reader::boxed(record, "link")?,
        title: Some(escape(title.trim()).into()),
        modified: modified.map(|date| date.local),
        modified_gmt: modified.filter(|date| date.offset.is_some()).map(|date| date.utc()),
        excerpt: Some(read_excerpt(record)?),
        parent: record.id("parent")?.map(PostId),
        menu_order: record.number("menu_order")?,
        is_sticky: record.flag("sticky"),
        file: reader.file,
        ..PostCopy::default()
    };
    languages::read_of_post(reader, record, &mut post);
    posts::set_dates(reader, &mut post, [("date", date), ("date_gmt", DateField::Absent)]);
    post.body = Some(place(page, &post));
    read_names(reader, record, &mut post)?;
    tell_featured(reader, record, &post);
    tell_language(reader, record, &post);
    tell_unknown(reader, record, &post);
    reader.copies.posts.push(post);
    Ok(())
}

/// Returns where the text stands. It begins at the first line that is not empty.
fn place(page: Page<'_>, post: &PostCopy) -> BodyPlace {
    let text = page.text.trim_start_matches(['\r', '\n']);
    let offset = page.located.text.len() - text.len();
    let body = Body::new(BodyFormat::Markdown, text.to_owned());
    let has_excerpt = post.excerpt.as_ref().is_some_and(|(text, _)| !text.is_empty());
    let excerpt = if has_excerpt { Excerpt::Saved } else { Excerpt::Cut };
    let title = post.title.as_deref().unwrap_or_default();
    BodyPlace {
        file: page.located.file,
        start: page.located.start + offset as u64,
        length: text.len() as u64,
        encoding: BodyEncoding::Text,
        format: BodyFormat::Markdown,
        digest: content::digest(&body, title, excerpt),
    }
}

fn read_excerpt(record: &Record<'_>) -> Result<(Box<str>, ExcerptKind), Unreadable> {
    let excerpt = match record.text("excerpt")? {
        Some(excerpt) => Some(excerpt),
        None => record.text("description")?,
    };
    match excerpt.filter(|excerpt| !excerpt.trim().is_empty()) {
        Some(text) => {
            let html = escape(&text);
            Ok((content::excerpt_text(&html).into(), ExcerptKind::Manual))
        }
        None => Ok((Box::default(), ExcerptKind::Automatic)),
    }
}

/// Returns the status, and whether a password is needed. A word that is to hide a page hides it, however
/// it is written.
fn read_access(record: &Record<'_>) -> Result<(Status, bool), Unreadable> {
    let has = |key| record.get(key).is_some();
    let is_set = |key| has(key) && record.flag(key) != Some(false);
    let published = record.hint("published");
    let is_unpublished = has("published")
        && record.flag("published") != Some(true)
        && dates::parse(&published).is_none();
    let visibility = record.text("visibility")?.unwrap_or_default().trim().to_ascii_lowercase();
    let is_protected = record.text("password")?.is_some_and(|password| !password.is_empty())
        || is_set("protected")
        || matches!(visibility.as_str(), "password" | "protected");
    let is_private = is_set("private")
        || is_set("hidden")
        || !matches!(visibility.as_str(), "" | "public" | "password" | "protected");
    let told = match record.text("status")?.as_deref().map(str::trim) {
        None | Some("") => Status::Publish,
        Some(name) if name.eq_ignore_ascii_case("published") => Status::Publish,
        Some(name) => posts::parse_status(name),
    };
    let status = match told {
        Status::Publish if is_private => Status::Private,
        Status::Publish if is_set("draft") || is_unpublished => Status::Draft,
        told => told,
    };
    Ok((status, is_protected))
}

fn read_names(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    post: &mut PostCopy,
) -> Result<(), Unreadable> {
    let fields = [
        ("categories", "category", "categories"),
        ("category", "category", "categories"),
        ("tags", "post_tag", "tags"),
    ];
    for (field, taxonomy, key) in fields {
        for name in names(record, field)? {
            let (taxonomy, name) = (reader.shared(taxonomy), Name::Written(name));
            let relation = Relation::Term { taxonomy, key: key.into(), name };
            reader.copies.named.push(Named { post: post.id, relation });
        }
    }
    let author = names(record, "author")?.into_iter().next();
    match author.map(|name| (name.parse().ok().map(AuthorId), name)) {
        Some((Some(id), _)) => post.author = Some(id),
        Some((None, name)) => {
            let relation = Relation::Author(name);
            reader.copies.named.push(Named { post: post.id, relation });
        }
        None => (),
    }
    Ok(())
}

/// Returns the names in a field: a list, or one alone.
fn names(record: &Record<'_>, key: &'static str) -> Result<Vec<String>, Unreadable> {
    let is_list = record.get(key).is_some_and(|value| value.get().starts_with(['[', '{']));
    let names: Vec<String> = if is_list {
        let values = record.list(key)?.unwrap_or_default();
        values.into_iter().map(name).collect()
    } else {
        record.text(key)?.map(Into::into).into_iter().collect()
    };
    Ok(names.into_iter().filter(|name| !name.trim().is_empty()).collect())
}

fn name(value: &RawValue) -> String {
    match value.get() {
        text if text.starts_with('"') => json::string(text).into_owned(),
        number => number.to_owned(),
    }
}

/// Tells of keys that are not known: what they say is lost.
fn tell_unknown(reader: &mut Reader<'_>, record: &Record<'_>, post: &PostCopy) {
    let is_known = |key: &&str| KEYS.contains(key) || PICTURES.contains(key);
    let unknown: Vec<String> = record
        .fields()
        .map(|(key, _)| key)
        .filter(|key| !is_known(key))
        .map(str::to_owned)
        .collect();
    let title = post.title.as_deref().unwrap_or_default();
    for key in unknown {
        let help = match (key.as_str(), nearest(&key, KEYS.into_iter())) {
            ("url" | "permalink" | "path", _) => {
                "to keep an address, write it in full as `link`".to_owned()
            }
            ("alias" | "aliases" | "redirect_from", _) => {
                "lead old addresses on in [redirects] in stillpress.toml".to_owned()
            }
            (_, Some(near)) => format!("if you meant `{near}`, write that; otherwise nothing"),
            (_, None) => "nothing, if the page looks right: the README lists all keys".to_owned(),
        };
        let message = format!("`{key}` is passed over: front matter has no such key here");
        let location = reader.location(post.id, title);
        let told = Diagnostic::warning("unknown-field", message, location).about(&key);
        reader.copies.diagnostics.push(told.with_help(help));
    }
}

fn tell_featured(reader: &mut Reader<'_>, record: &Record<'_>, post: &PostCopy) {
    let Some(key) = PICTURES.into_iter().find(|key| record.get(key).is_some()) else { return };
    let title = post.title.as_deref().unwrap_or_default();
    let location = reader.location(post.id, title);
    let message = format!("`{key}` is passed over: Markdown files cannot name a featured image");
    let help = "put the picture into the text";
    let told = Diagnostic::warning("unused-field", message, location).with_help(help);
    reader.copies.diagnostics.push(told);
}

fn tell_language(reader: &mut Reader<'_>, record: &Record<'_>, post: &PostCopy) {
    if record.get("lang").is_none() || post.language.is_some() {
        return;
    }
    let location = reader.location(post.id, post.title.as_deref().unwrap_or_default());
    let message = "`lang` is passed over: it is no code of a language";
    let help = "write one like `bo`, `en` or `de-AT`";
    let told = Diagnostic::warning("unused-field", message, location).with_help(help);
    reader.copies.diagnostics.push(told);
}

/// Returns the file's name without its ending; `index` stands for its folder.
fn stem(name: &str) -> &str {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    if matches!(stem, "index" | "_index") && !folder.is_empty() { folder } else { stem }
}

/// Splits `2026-06-05-summer` as other generators name files.
fn split_date(stem: &str) -> (Option<dates::Moment>, &str) {
    let (Some(day), Some(rest)) = (stem.get(..10), stem.get(10..)) else { return (None, stem) };
    match (dates::parse(day), rest.strip_prefix(['-', '_'])) {
        (Some(date), Some(rest)) if !rest.is_empty() => (Some(date), rest),
        _ => (None, stem),
    }
}
