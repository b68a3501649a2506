//! Pictures, galleries and films of page builders.

use crate::content::context::{Context, Found};
use crate::content::html::entities::{Place, decode, push_attribute};
use crate::content::pictures;
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::builders::parts::{APART, Inner, Made, Part, as_text, linked};
use crate::content::shortcodes::builders::{names, values};
use crate::content::shortcodes::{Progress, embed, players};
use crate::ledger::{Fate, Why};
use crate::model::PostId;

/// Adds a picture that is named by its address, or by its id in the media library. Returns whether
/// there is one.
pub fn push_picture(
    shown: &mut String,
    source: &str,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
) -> bool {
    let alt = values::words(attributes, names::ALTS).unwrap_or_default();
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
pub fn picture(shown: &mut String, part: &Part<'_>, found: &mut Found) -> Made {
    let named = names::PICTURES.iter().find_map(|name| part.attributes.filled(name));
    let fate = match named.or(part.written()) {
        Some(html) if html.starts_with('<') => {
            shown.extend([APART, html, APART]);
            Fate::Converted
        }
        Some(source) if push_picture(shown, source, &part.attributes, part.context) => {
            Fate::Converted
        }
        Some(source) => {
            let id = PostId(source.trim().parse().unwrap_or_default());
            let mut progress = Progress::default();
            progress.lacks(part.tag.name, Some(id), part.context);
            found.diagnostics.extend(progress.diagnostics);
            Fate::Dropped(Why::NotInExport)
        }
        None => Fate::Dropped(Why::Empty),
    };
    Made { inner: Inner::Used, fate: Some(fate) }
}

/// Puts WordPress's own shortcode in the place of a gallery, which is counted in its stead.
pub fn gallery(shown: &mut String, part: &Part<'_>) -> Made {
    let ids = names::GALLERIES.iter().find_map(|name| part.attributes.filled(name));
    let ids = ids.unwrap_or_default().chars().filter(|it| it.is_ascii_digit() || *it == ',');
    let ids: String = ids.collect();
    if ids.is_empty() {
        return Made { inner: Inner::ToCome, fate: Some(Fate::Dropped(Why::Empty)) };
    }
    shown.extend(["\n\n[gallery ids=\"", &ids, "\" link=\"file\"]\n\n"]);
    Made { inner: Inner::ToCome, fate: None }
}

/// Puts a link in the place of a film. One that is a file becomes WordPress's own shortcode, which is
/// counted in its stead.
pub fn film(shown: &mut String, part: &Part<'_>) -> Made {
    let Some(address) = film_address(part) else { return as_text(shown, part.tag) };
    if let Some(player) = players::shortcode_for(&address) {
        let address = address.replace('[', "%5B").replace(']', "%5D").replace('"', "%22");
        shown.extend(["\n\n[", player, " src=\"", &address, "\" /]\n\n"]);
        return Made { inner: Inner::Used, fate: None };
    }
    shown.push_str(APART);
    embed::frame(shown, &address);
    shown.push_str(APART);
    Made::WHOLE
}

/// Returns the address of a film, which is named by its address or its id.
fn film_address(part: &Part<'_>) -> Option<String> {
    let named = names::FILMS.iter().find_map(|name| part.attributes.filled(name));
    let mut list = part.attributes.list.iter();
    let unnamed = || list.find(|(name, _)| name.is_empty()).map(|(_, value)| &**value);
    let written = part.written().filter(|content| !content.contains('<'));
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
    match part
        .tag
        .name
        .rsplit('_')
        .find(|part| matches!(*part, "youtube" | "vimeo" | "dailymotion"))?
    {
        "youtube" if is_whole => Some(format!("https://www.youtube.com/watch?v={id}")),
        "vimeo" if is_whole => Some(format!("https://vimeo.com/{id}")),
        "dailymotion" if is_whole => Some(format!("https://www.dailymotion.com/video/{id}")),
        _ => None,
    }
}
