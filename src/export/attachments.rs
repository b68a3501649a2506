//! The media library, as REST gives it.

use std::cmp::Ordering;

use crate::export::copies::{AttachmentCopy, Context, Rank};
use crate::export::json::{self, Record, Unreadable};
use crate::export::posts;
use crate::export::reader::{self, Reader};
use crate::export::text;
use crate::model::{ImageSize, PostId};

/// Reads an attachment.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(id) = record.id("id")? else { return Err(Unreadable::field("id", "an id")) };
    let source_url = reader::boxed(record, "source_url")?;
    let source_url = match source_url.filter(|url| !url.is_empty()) {
        Some(url) => Some(url),
        // Until it was told apart from the address of the page, the file's was only here.
        None => record.rendered("guid")?.filter(|guid| has_extension(guid)).map(Into::into),
    };
    let details = record.object("media_details").ok().flatten().unwrap_or_default();
    let sizes = read_sizes(reader, &details, source_url.as_deref().unwrap_or_default());
    let mime_type = record.text("mime_type")?.map(|name| reader.shared(&name));

    let attachment = AttachmentCopy {
        id: PostId(id),
        rank: Rank { context: context(record)?, modified: posts::modified_gmt(record)? },
        slug: record.text("slug")?.map(|slug| reader::decode_slug(&slug)),
        link: reader::boxed(record, "link")?,
        source_url,
        title: record.rendered("title")?.map(Into::into),
        alt: reader::boxed(record, "alt_text")?,
        caption: record.rendered("caption")?.map(Into::into),
        has_description: has_description(record),
        mime_type,
        dimensions: dimensions(&details),
        sizes,
        parent: record.number("post")?.map(|id| PostId(u64::try_from(id).unwrap_or(0))),
        status: record.text("status")?.as_deref().map(posts::parse_status),
        file: reader.file,
    };
    reader.copies.attachments.push(attachment);
    Ok(())
}

/// Returns whether the page of an attachment said more than what shows its file, if that is told. A
/// record is of use without.
fn has_description(record: &Record<'_>) -> Option<bool> {
    let description = record.markup("description").ok().flatten()?;
    Some(match (description.raw, description.rendered) {
        (Some(raw), _) => has_words(&json::string(raw.get())),
        (None, rendered) => says_more(&json::string(rendered?.get())),
    })
}

/// Returns whether a field with nothing else in it holds a description, if that is told.
pub(super) fn told(record: &Record<'_>, field: &'static str) -> Option<bool> {
    record.text(field).ok().flatten().map(|description| has_words(&description))
}

/// Returns whether anything is to be read in `html`.
pub(super) fn has_words(html: &str) -> bool {
    !text::plain(html).trim().is_empty()
}

/// Returns whether there are words in what the page of an attachment showed but in what WordPress
/// put there itself: the picture, a player, a link to the file.
fn says_more(rendered: &str) -> bool {
    let mut rest = rendered.to_owned();
    for (start, end) in
        [("<p class=\"attachment\"", "</p>"), ("<audio", "</audio>"), ("<video", "</video>")]
    {
        while let Some(from) = rest.find(start) {
            let to = rest[from..].find(end).map_or(rest.len(), |to| from + to + end.len());
            rest.replace_range(from..to, "");
        }
    }
    has_words(&rest)
}

/// Returns width and height, if both are told.
pub(super) fn dimensions(details: &Record<'_>) -> Option<(u32, u32)> {
    let side = |key| u32::try_from(details.number(key).ok()??).ok().filter(|side| *side > 0);
    Some((side("width")?, side("height")?))
}

/// Orders sizes as [`crate::model::Attachment::sizes`] wants them.
pub(super) fn compare_sizes(one: &ImageSize, other: &ImageSize) -> Ordering {
    (one.width, one.height, &one.name).cmp(&(other.width, other.height, &other.name))
}

fn read_sizes(
    reader: &mut Reader<'_>,
    details: &Record<'_>,
    source_url: &str,
) -> Option<Box<[ImageSize]>> {
    let all = details.object("sizes").ok()??;
    let original = source_url.rsplit('/').next().unwrap_or_default();
    let mut sizes = Vec::with_capacity(all.len());
    for (name, size) in all.fields() {
        let Some(size) = Record::parse(size) else { continue };
        let Some((width, height)) = dimensions(&size) else { continue };
        let file = size.text("file").ok().flatten();
        let Some(file) = file.or_else(|| size.text("source_url").ok().flatten()) else { continue };
        let file = file.rsplit('/').next().unwrap_or_default();
        let is_original = name == "full" && file == original;
        if !file.is_empty() && !is_original {
            let name = reader.shared(name);
            sizes.push(ImageSize { name, file_name: file.into(), width, height });
        }
    }
    sizes.sort_by(compare_sizes);
    Some(sizes.into())
}

fn context(record: &Record<'_>) -> Result<Context, Unreadable> {
    let has_raw = record.markup("title")?.is_some_and(|title| title.raw.is_some());
    Ok(match record.has("status") {
        false => Context::Reduced,
        true if has_raw => Context::Edit,
        true => Context::View,
    })
}

fn has_extension(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    url.contains("/uploads/") && name.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wordpress_puts_on_the_page_of_a_file_is_no_description() {
        let check = |html: &str, expected: bool| assert_eq!(says_more(html), expected, "{html}");
        let picture = "<p class=\"attachment\"><a href='a.jpg'><img src='a.jpg'></a></p>\n";
        check(picture, false);
        check("<p class=\"attachment\"><a href='a.pdf'>The list</a></p>\n", false);
        let player = "<source src='a.mp3'><a href='a.mp3'>https://old.example/a.mp3</a>";
        check(&format!("<audio controls>{player}</audio>"), false);
        check(&format!("<div style='width: 640px'><video>{player}</video></div>"), false);
        check("<video><a>cut", false);
        check("", false);
        check(&format!("{picture}<p>Taken by my grandfather.</p>"), true);
        check(&format!("<audio>{player}</audio><p>&#8222;Hi&#8220;</p>"), true);
    }
}
