//! Pictures, galleries and films of page builders.

use crate::content::html::entities::{Place, decode, push_attribute};
use crate::content::raw::{Context, Found};
use crate::content::shortcodes::builders::parts::{APART, Inner, as_text, linked};
use crate::content::shortcodes::builders::{Tag, attributes, values};
use crate::content::shortcodes::grammar::Attributes;
use crate::content::shortcodes::{Progress, embed, pictures, players};
use crate::ledger::{Fate, Kind, Why};
use crate::model::PostId;

/// Adds a picture that is named by its address, or by its id in the media library. Returns whether
/// there is one.
pub fn push_picture(
    shown: &mut String,
    source: &str,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
) -> bool {
    let alt = values::words(attributes, &["alt", "title_text"]).unwrap_or_default();
    let mut picture = String::new();
    match source.split(',').next().and_then(|id| id.trim().parse().ok()).map(PostId) {
        Some(id) => {
            let Some(facts) = context.surroundings.attachment(id) else { return false };
            let size = attributes.filled("img_size").unwrap_or("large");
            pictures::push(&mut picture, &facts, size, "");
        }
        None if source.contains('/') => {
            picture.push_str("<img src=\"");
            push_attribute(&mut picture, source.trim());
            picture.extend(["\" alt=\"", &alt.replace('"', "&quot;"), "\">"]);
        }
        None => return true,
    }
    shown.push_str("\n\n<figure class=\"wp-block-image\">");
    linked(shown, attributes, &picture);
    if let Some(words) = values::words(attributes, &["caption"]) {
        shown.extend(["<figcaption>", &words, "</figcaption>"]);
    }
    shown.push_str("</figure>\n\n");
    true
}

/// Shows a picture of the media library, or one that is named by its address.
pub fn picture(
    shown: &mut String,
    tag: &Tag<'_>,
    content: Option<&str>,
    (context, found): (&Context<'_>, &mut Found),
) -> Inner {
    let attributes = attributes(tag);
    let written = content.map(str::trim).filter(|content| !content.is_empty());
    let names = ["image", "src", "custom_src", "image_id", "attachment", "id"];
    let source = names.iter().find_map(|name| attributes.filled(name)).or(written);
    let mut fate = Fate::Converted;
    match source {
        Some(html) if html.starts_with('<') => shown.extend([APART, html, APART]),
        Some(source) if !push_picture(shown, source, &attributes, context) => {
            let id = PostId(source.trim().parse().unwrap_or_default());
            let mut progress = Progress::default();
            progress.lacks(tag.name, Some(id), context);
            found.diagnostics.extend(progress.diagnostics);
            fate = Fate::Dropped(Why::NotInExport);
        }
        Some(_) => {}
        None => fate = Fate::Dropped(Why::Empty),
    }
    found.tally.add(Kind::Shortcode, tag.name, fate);
    Inner::Used
}

/// Puts WordPress's own shortcode in the place of a gallery, which is counted in its stead.
pub fn gallery(
    shown: &mut String,
    tag: &Tag<'_>,
    attributes: &Attributes<'_>,
    found: &mut Found,
) -> Inner {
    let ids = ["images", "gallery_ids", "include", "image_ids"];
    let ids = ids.iter().find_map(|name| attributes.filled(name)).unwrap_or_default();
    let ids: String = ids.chars().filter(|it| it.is_ascii_digit() || *it == ',').collect();
    match ids.is_empty() {
        true => found.tally.add(Kind::Shortcode, tag.name, Fate::Dropped(Why::Empty)),
        false => shown.extend(["\n\n[gallery ids=\"", &ids, "\" link=\"file\"]\n\n"]),
    }
    Inner::ToCome
}

/// Puts a link in the place of a film. One that is a file becomes WordPress's own shortcode, which is
/// counted in its stead.
pub fn film(shown: &mut String, tag: &Tag<'_>, content: Option<&str>, found: &mut Found) -> Inner {
    let attributes = attributes(tag);
    let Some(address) = film_address(tag, &attributes, content) else {
        as_text(shown, tag);
        return Inner::ToCome;
    };
    if let Some(player) = players::shortcode_for(&address) {
        let address = address.replace('[', "%5B").replace(']', "%5D").replace('"', "%22");
        shown.extend(["\n\n[", player, " src=\"", &address, "\" /]\n\n"]);
        return Inner::Used;
    }
    shown.push_str(APART);
    embed::frame(shown, &address);
    shown.push_str(APART);
    found.tally.add(Kind::Shortcode, tag.name, Fate::Converted);
    Inner::Used
}

/// Returns the address of a film, which is named by its address or its id.
fn film_address(
    tag: &Tag<'_>,
    attributes: &Attributes<'_>,
    content: Option<&str>,
) -> Option<String> {
    let names = ["url", "link", "src", "audio", "id", "video_id", "clip_id", "v"];
    let named = names.iter().find_map(|name| attributes.filled(name));
    let unnamed = || attributes.list.iter().find(|(name, _)| name.is_empty()).map(|(_, it)| &**it);
    let written = content.filter(|content| !content.trim().is_empty() && !content.contains('<'));
    let value = named.or(written).or_else(unnamed)?;
    let value = value.trim().trim_start_matches('=').trim_matches(['"', '\'']);
    let value = decode(value, Place::Attribute);
    if value.contains("//") {
        let is_address = value.starts_with("http") || value.starts_with("//");
        return (is_address && !value.contains(char::is_whitespace)).then(|| value.into_owned());
    }
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let id: &str = &value[..value.find(|c| !is_id(c)).unwrap_or(value.len())];
    let is_whole = id.len() >= 6 && id.len() == value.len();
    match tag.name.rsplit('_').find(|part| matches!(*part, "youtube" | "vimeo" | "dailymotion"))? {
        "youtube" if is_whole => Some(format!("https://www.youtube.com/watch?v={id}")),
        "vimeo" if is_whole => Some(format!("https://vimeo.com/{id}")),
        "dailymotion" if is_whole => Some(format!("https://www.dailymotion.com/video/{id}")),
        _ => None,
    }
}
