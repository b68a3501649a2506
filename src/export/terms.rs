//! Terms and users, as REST gives them.

use crate::export::copies::{AuthorCopy, Context, Rank, TermCopy};
use crate::export::json::{Record, Unreadable};
use crate::export::languages::{self, Told};
use crate::export::links;
use crate::export::reader::{self, Reader};
use crate::model::{AuthorId, TermId};

/// Reads a category, a tag or a term of a custom taxonomy.
pub(super) fn read_term(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let context = if record.has("description") { Context::View } else { Context::Reduced };
    let parent = record.number("parent")?.map(|id| u64::try_from(id).unwrap_or(0));
    let taxonomy = match record.text("taxonomy")?.filter(|name| !name.is_empty()) {
        Some(name) => Some(reader.shared(&name)),
        None => linked_taxonomy(record).map(|name| reader.shared(&name)),
    };
    let Told { language, translations } = languages::read(reader, record);
    let term = TermCopy {
        id: TermId(id),
        rank: Rank { context, modified: None },
        taxonomy,
        name: reader::boxed(record, "name")?.filter(|name| !name.is_empty()),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        description: reader::boxed(record, "description")?,
        link: reader::boxed(record, "link")?,
        // Embedded terms name their parent only in their links.
        parent: parent.or_else(|| links::id(record, "up")).map(TermId),
        count: record.number("count").ok().flatten().and_then(|count| u32::try_from(count).ok()),
        language,
        translations: translations.map(|ids| ids.into_iter().map(TermId).collect()),
    };
    reader.push_term(term);
    Ok(())
}

/// Reads a user. The name used for logging in, the address for letters and the like are left alone.
pub(super) fn read_author(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let context = match (record.has("description"), record.has("roles")) {
        (false, _) => Context::Reduced,
        (true, false) => Context::View,
        (true, true) => Context::Edit,
    };
    let author = AuthorCopy {
        id: AuthorId(id),
        rank: Rank { context, modified: None },
        is_public: context == Context::View,
        name: reader::boxed(record, "name")?.filter(|name| !name.is_empty()),
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        description: reader::boxed(record, "description")?,
        url: reader::boxed(record, "url")?,
        link: reader::boxed(record, "link")?,
    };
    reader.copies.authors.push(author);
    Ok(())
}

fn linked_taxonomy(record: &Record<'_>) -> Option<String> {
    links::target(record, "about")?.strip_prefix("taxonomies/").map(str::to_owned)
}
