//! The media library in an export in XML.

use crate::export::attachments;
use crate::export::copies::AttachmentCopy;
use crate::export::php::{self, Value};
use crate::export::posts;
use crate::export::reader::{self, Reader};
use crate::export::wxr::items::Item;
use crate::model::{ImageSize, PostId};

/// Reads an attachment.
pub(super) fn read(reader: &mut Reader<'_>, item: &Item<'_>) {
    let fields = &item.fields;
    let boxed = |name: &str| fields.text(name).map(Box::<str>::from);
    let details = item.meta("_wp_attachment_metadata").unwrap_or_default();
    let details = php::parse(&details);
    let attachment = AttachmentCopy {
        id: item.id,
        rank: item.rank(),
        slug: fields.text("wp:post_name").map(|slug| reader::decode_slug(&slug)),
        link: boxed("link").filter(|link| !link.is_empty()),
        source_url: boxed("wp:attachment_url").or_else(|| boxed("guid")),
        title: boxed("title"),
        alt: item.meta("_wp_attachment_image_alt").map(Into::into),
        caption: boxed("excerpt:encoded"),
        has_description: fields.text("content:encoded").map(|text| attachments::has_words(&text)),
        mime_type: None,
        dimensions: details.as_ref().and_then(dimensions),
        sizes: details.as_ref().and_then(|details| sizes(reader, details)),
        parent: Some(PostId(fields.id("wp:post_parent").unwrap_or(0))),
        status: fields.filled("wp:status").as_deref().map(posts::parse_status),
        file: reader.file,
    };
    reader.copies.attachments.push(attachment);
}

fn dimensions(details: &Value<'_>) -> Option<(u32, u32)> {
    let side = |key| u32::try_from(details.get(key)?.number()?).ok().filter(|side| *side > 0);
    Some((side("width")?, side("height")?))
}

fn sizes(reader: &mut Reader<'_>, details: &Value<'_>) -> Option<Box<[ImageSize]>> {
    let Value::Array(all) = details.get("sizes")? else { return None };
    let read = all.iter().filter_map(|(name, size)| {
        let (width, height) = dimensions(size)?;
        let file_name = size.get("file")?.text()?.into();
        Some(ImageSize { name: reader.shared(name.text()?), file_name, width, height })
    });
    let mut sizes: Vec<ImageSize> = read.collect();
    sizes.sort_by(attachments::compare_sizes);
    Some(sizes.into())
}
