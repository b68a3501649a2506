//! Attachments as pictures, in the sizes that are at hand.

use crate::content::Writer;
use crate::media::{Library, Picture};
use crate::model::{Attachment, PostId};
use crate::render::shared::Shared;
use crate::render::surroundings::Addresses;
use crate::render::views::ImageView;
use crate::site::EntryId;
use crate::site::urls::UrlPath;

/// How wide a size of a picture is at most that browsers are offered within a text, in pixels, as in
/// WordPress. The picture itself may be wider.
const WIDEST: u32 = 2048;

/// Returns an attachment if it is a picture.
pub fn image_of(library: &Library, id: PostId) -> Option<&Attachment> {
    let is_image = |it: &&Attachment| it.mime_type.is_empty() || it.mime_type.starts_with("image/");
    library.attachment(id).filter(is_image).filter(|it| !it.source_url.is_empty())
}

impl Shared<'_> {
    /// Returns an entry's featured image, if the export or the settings know it.
    pub fn featured_image(&self, id: EntryId) -> Option<ImageView> {
        self.image(self.site.post(id).featured_media?)
    }

    /// Returns an attachment as a picture.
    pub fn image(&self, id: PostId) -> Option<ImageView> {
        let attachment = image_of(self.library, id)?;
        let local = self.local_pictures(attachment);
        let Some((largest, smaller)) = local.split_last() else {
            return Some(self.remote_image(attachment));
        };
        let candidates = smaller.iter().chain([largest]).filter(|(picture, _)| picture.width > 0);
        let candidates = candidates.map(|(picture, href)| format!("{href} {}w", picture.width));
        let (shown, src) =
            local.iter().find(|(picture, _)| picture.width >= 1000).unwrap_or(largest);
        Some(ImageView {
            src: src.clone(),
            url: format!("{}{src}", self.site.info.base.origin()),
            srcset: if local.len() > 1 {
                candidates.collect::<Vec<_>>().join(", ")
            } else {
                String::new()
            },
            width: shown.width,
            height: shown.height,
            alt: attachment.alt.to_string(),
            caption_html: self.caption(attachment),
        })
    }

    /// Returns the sizes that the picture at `path`, below the uploads folder, is at hand in, with its
    /// own: how wide they are, and where they are published.
    pub fn sizes(&self, path: &str) -> Vec<(u32, UrlPath)> {
        let attachment = self.library.attachment_at(path);
        let pictures = attachment.map(|it| self.library.pictures(it)).unwrap_or_default();
        // A size of another shape shows another part of the picture.
        if !pictures.iter().any(|picture| picture.path == path) {
            return Vec::new();
        }
        let is_of_use = |picture: &Picture| {
            picture.width > 0 && (picture.width <= WIDEST || picture.path == path)
        };
        let of_use = pictures.into_iter().filter(is_of_use);
        of_use.filter_map(|it| Some((it.width, self.upload(&it.path)?))).collect()
    }

    /// Returns the sizes of a picture that are at hand, and where they are published.
    fn local_pictures(&self, attachment: &Attachment) -> Vec<(Picture, String)> {
        if self.library.is_empty() {
            return Vec::new();
        }
        let pictures = self.library.pictures(attachment);
        let original = pictures.last().cloned();
        let at_hand = pictures.into_iter().filter_map(|picture| {
            let path = self.upload(&picture.path)?;
            Some((picture, self.href(&path)))
        });
        let at_hand: Vec<(Picture, String)> = at_hand.collect();
        if !at_hand.is_empty() {
            return at_hand;
        }
        // A size that the export does not know of is better than none.
        let other = original.and_then(|original| {
            let other = self.library.other_size(&original.path)?;
            let (width, height) = self.library.dimensions(other.path).unwrap_or_default();
            let href = self.href(&self.upload(other.path)?);
            Some((Picture { path: other.path.to_owned(), width, height }, href))
        });
        other.into_iter().collect()
    }

    /// A picture the export lacks stays where it is.
    fn remote_image(&self, attachment: &Attachment) -> ImageView {
        let url = self.old_url(&attachment.source_url);
        if self.library.is_empty() {
            self.leave_behind(&url);
        }
        ImageView {
            src: url.clone(),
            url,
            srcset: String::new(),
            width: attachment.width,
            height: attachment.height,
            alt: attachment.alt.to_string(),
            caption_html: self.caption(attachment),
        }
    }

    fn caption(&self, attachment: &Attachment) -> String {
        self.sanitized(&attachment.caption, Writer::User, Addresses::RootRelative)
    }
}
