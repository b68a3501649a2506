//! `[gallery]`: pictures side by side.

use std::fmt::Write;

use crate::content::context::Context;
use crate::content::html::entities::push_attribute;
use crate::content::pictures;
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::caption::leading_number;
use crate::content::shortcodes::{Progress, library};
use crate::content::surroundings::AttachmentFacts;
use crate::content::texturize;
use crate::model::PostId;

/// Elements that may stand for an item, a picture or a caption.
const TAGS: [&str; 12] = [
    "figure",
    "div",
    "figcaption",
    "span",
    "p",
    "dl",
    "dt",
    "dd",
    "li",
    "ul",
    "section",
    "article",
];

/// Adds a gallery.
pub fn push(
    shown: &mut String,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
    progress: &mut Progress,
) {
    let PostId(own) = library::owner(attributes, context);
    let pictures = chosen(attributes, context, progress);
    progress.galleries += 1;
    if pictures.is_empty() {
        return;
    }
    let columns = attributes.get("columns").map_or(3, leading_number);
    let size = attributes.get("size").unwrap_or("thumbnail");
    let gallery = Gallery {
        name: format!("gallery-{}", progress.galleries),
        size,
        link: attributes.get("link").unwrap_or_default(),
        tags: [
            tag(attributes, "itemtag", "figure", "dl"),
            tag(attributes, "icontag", "div", "dt"),
            tag(attributes, "captiontag", "figcaption", "dd"),
        ],
    };
    let class: String =
        size.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let _ = write!(
        shown,
        "<div id=\"{}\" class=\"gallery galleryid-{own} gallery-columns-{columns} gallery-size-{class}\">",
        gallery.name
    );
    for picture in &pictures {
        gallery.item(shown, picture, context);
    }
    shown.push_str("\n\t\t</div>\n");
}

struct Gallery<'a> {
    name: String,
    size: &'a str,
    link: &'a str,
    /// Of items, pictures and captions.
    tags: [&'a str; 3],
}

impl Gallery<'_> {
    fn item(&self, shown: &mut String, picture: &AttachmentFacts, context: &Context<'_>) {
        let [item, icon, caption] = self.tags;
        let shape = if picture.height > picture.width { "portrait" } else { "landscape" };
        let shape = if picture.width > 0 { format!(" {shape}") } else { " ".to_owned() };
        let _ = write!(
            shown,
            "<{item} class=\"gallery-item\">\n\t\t\t<{icon} class=\"gallery-icon{shape}\">\n\t\t\t\t"
        );
        let href = match self.link {
            "none" => None,
            "file" => Some(&picture.url),
            _ => Some(&picture.link),
        };
        if let Some(href) = href {
            shown.push_str("<a href=\"");
            push_attribute(shown, href);
            shown.push_str("\">");
        }
        let has_caption = !picture.caption.trim().is_empty();
        let id = format!("{}-{}", self.name, picture.id.0);
        let size: String =
            self.size.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        let mut more = format!(" class=\"attachment-{size} size-{size}\"");
        if has_caption {
            let _ = write!(more, " aria-describedby=\"{id}\"");
        }
        pictures::push(shown, picture, self.size, &more);
        shown.push_str(if href.is_some() { "</a>" } else { "" });
        let _ = write!(shown, "\n\t\t\t</{icon}>");
        if has_caption {
            let words = without_paragraph(&picture.caption);
            let words = texturize::texturize(words, &context.signs());
            let _ = write!(
                shown,
                "\n\t\t\t\t<{caption} class=\"wp-caption-text gallery-caption\" id=\"{id}\">\n\t\t\t\t{words}\n\t\t\t\t</{caption}>"
            );
        }
        let _ = write!(shown, "</{item}>");
    }
}

/// Returns a caption as its author wrote it: the API tells it in a paragraph.
fn without_paragraph(caption: &str) -> &str {
    let caption = caption.trim();
    let inner = caption.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p")).unwrap_or(caption)
}

/// Returns the pictures a gallery shows, in its order.
fn chosen(
    attributes: &Attributes<'_>,
    context: &Context<'_>,
    progress: &mut Progress,
) -> Vec<AttachmentFacts> {
    let mut pictures = library::chosen("gallery", "image/", attributes, (context, progress));
    let is_in_order = attributes.filled("ids").is_some();
    let order = attributes.filled("orderby").unwrap_or(if is_in_order { "post__in" } else { "ID" });
    // Exports do not tell the order of a menu, and mostly nobody gave pictures one.
    let key = order.split_whitespace().find(|key| *key != "menu_order");
    match key {
        Some("post__in") => return pictures,
        Some("title") => pictures.sort_by_cached_key(|picture| picture.title.to_lowercase()),
        _ => pictures.sort_by_key(|picture| picture.id),
    }
    if key.is_none() {
        return pictures;
    }
    if attributes.get("order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) {
        pictures.reverse();
    }
    pictures
}

fn tag<'a>(attributes: &'a Attributes<'_>, name: &str, usual: &'a str, other: &'a str) -> &'a str {
    match attributes.get(name) {
        None => usual,
        Some(tag) => {
            TAGS.iter().find(|known| known.eq_ignore_ascii_case(tag)).copied().unwrap_or(other)
        }
    }
}
