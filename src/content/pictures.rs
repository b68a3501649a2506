//! Pictures of the media library as `img` tags.

use std::fmt::Write;

use crate::content::html::entities::push_attribute;
use crate::content::surroundings::AttachmentFacts;

/// A picture in one of its sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture<'a> {
    /// The address of the file.
    pub url: &'a str,
    /// In pixels; 0 if not known.
    pub width: u32,
    /// In pixels; 0 if not known.
    pub height: u32,
}

/// Returns an attachment in the size called `name`, or as it is if there is none.
pub fn size<'a>(attachment: &'a AttachmentFacts, name: &str) -> Picture<'a> {
    let made = attachment.sizes.iter().find(|size| size.name == name);
    match made {
        Some(size) => Picture { url: &size.url, width: size.width, height: size.height },
        None => {
            Picture { url: &attachment.url, width: attachment.width, height: attachment.height }
        }
    }
}

/// Adds an `img` of an attachment in a size. `more` holds further attributes, with a space before
/// each.
pub fn push(shown: &mut String, attachment: &AttachmentFacts, size_name: &str, more: &str) {
    let picture = size(attachment, size_name);
    shown.push_str("<img");
    if picture.width > 0 && picture.height > 0 {
        let _ = write!(shown, " width=\"{}\" height=\"{}\"", picture.width, picture.height);
    }
    shown.push_str(" src=\"");
    push_attribute(shown, picture.url);
    shown.push_str("\" alt=\"");
    push_attribute(shown, &attachment.alt);
    shown.push('"');
    set(shown, attachment, &picture);
    shown.push_str(more);
    shown.push('>');
}

/// Adds the sizes of the same shape, for browsers to choose from.
fn set(shown: &mut String, attachment: &AttachmentFacts, picture: &Picture<'_>) {
    let shape = |width: u32, height: u32| f64::from(height) / f64::from(width.max(1));
    let own = shape(picture.width, picture.height);
    let is_alike = |width: u32, height: u32| {
        width > 0 && (shape(width, height) - own).abs() * f64::from(width) <= 1.5
    };
    let original = (&*attachment.url, attachment.width, attachment.height);
    let made = attachment.sizes.iter().map(|size| (&*size.url, size.width, size.height));
    let mut alike: Vec<_> =
        made.chain([original]).filter(|(_, width, height)| is_alike(*width, *height)).collect();
    alike.sort_by_key(|(_, width, _)| *width);
    alike.dedup_by_key(|(_, width, _)| *width);
    if alike.len() < 2 {
        return;
    }
    shown.push_str(" srcset=\"");
    for (index, (url, width, _)) in alike.iter().enumerate() {
        shown.push_str(if index == 0 { "" } else { ", " });
        push_attribute(shown, &url.replace(' ', "%20").replace(',', "%2C"));
        let _ = write!(shown, " {width}w");
    }
    let width = picture.width;
    let _ = write!(shown, "\" sizes=\"(max-width: {width}px) 100vw, {width}px\"");
}
