//! `[caption]`: a picture and the words below it.

use std::fmt::Write;

use crate::content::html::entities::push_attribute;
use crate::content::shortcode_grammar::Attributes;

/// A picture and the words below it.
#[derive(Debug)]
pub struct Caption<'a> {
    /// With the link around it.
    pub picture: &'a str,
    words: &'a str,
}

impl<'a> Caption<'a> {
    /// Reads what stands in the shortcode.
    pub fn of(attributes: &'a Attributes<'_>, content: &'a str) -> Self {
        let (picture, words) = match attributes.get("caption") {
            Some(words) => (content, words.trim()),
            None => split(content),
        };
        Self { picture, words }
    }

    /// Adds `picture` with the words.
    pub fn push(&self, shown: &mut String, attributes: &Attributes<'_>, picture: &str) {
        push(shown, attributes, (picture, self.words));
    }
}

fn push(shown: &mut String, attributes: &Attributes<'_>, (picture, words): (&str, &str)) {
    let width = attributes.get("width").map_or(0, leading_number);
    if width < 1 || words.is_empty() {
        shown.push_str(picture);
        return;
    }
    shown.push_str("<figure ");
    let id = attributes.filled("id").map(|id| id.replace(|c: char| !is_name(c), ""));
    let caption_id = id.as_ref().map(|id| format!("caption-{}", id.replace('_', "-")));
    if let (Some(id), Some(caption_id)) = (&id, &caption_id) {
        let _ = write!(shown, "id=\"{id}\" aria-describedby=\"{caption_id}\" ");
    }
    let align = attributes.get("align").unwrap_or("alignnone");
    let classes = ["wp-caption", align, attributes.get("class").unwrap_or_default()];
    let classes: Vec<&str> = classes.into_iter().filter(|class| !class.is_empty()).collect();
    let _ = write!(shown, "style=\"width: {width}px\" class=\"");
    push_attribute(shown, &classes.join(" "));
    shown.extend(["\">", picture, "<figcaption "]);
    if let Some(caption_id) = caption_id {
        let _ = write!(shown, "id=\"{caption_id}\" ");
    }
    shown.extend(["class=\"wp-caption-text\">", words, "</figcaption></figure>"]);
}

/// Parts the picture, with the link around it, from the words after it.
fn split(content: &str) -> (&str, &str) {
    let Some(image) = content.find("<img ") else { return (content, "") };
    let before = &content[..image];
    let link = before.rfind("<a ").filter(|at| {
        before[*at..].find('>').is_some_and(|end| before[at + end + 1..].trim_ascii().is_empty())
    });
    let start = link.unwrap_or(image);
    let Some(end) = content[image..].find('>') else { return (content, "") };
    let rest = &content[image + end + 1..];
    let after_link = rest.trim_ascii_start();
    let rest = after_link.strip_prefix("</a>").unwrap_or(rest);
    (&content[start..content.len() - rest.len()], rest.trim())
}

/// Returns the number that `text` starts with, as PHP reads one.
pub fn leading_number(text: &str) -> i64 {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    text[..sign + digits].parse().unwrap_or(0)
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::shortcode_grammar::attributes;

    #[track_caller]
    fn check(source: &str, content: &str, expected: &str) {
        let mut shown = String::new();
        let attributes = attributes(source);
        let caption = Caption::of(&attributes, content);
        caption.push(&mut shown, &attributes, caption.picture);
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_picture_has_its_words_below() {
        check(
            "id=\"attachment_7\" align=\"alignleft\" width=\"300\"",
            "<a href=\"/x/\"><img src=\"/a.png\" /></a> The <em>lake</em>",
            "<figure id=\"attachment_7\" aria-describedby=\"caption-attachment-7\" style=\"width: 300px\" class=\"wp-caption alignleft\">\
             <a href=\"/x/\"><img src=\"/a.png\" /></a>\
             <figcaption id=\"caption-attachment-7\" class=\"wp-caption-text\">The <em>lake</em></figcaption></figure>",
        );
        check(
            "width=\"300\" caption=\"Old\"",
            "<img src=\"/a.png\" />",
            "<figure style=\"width: 300px\" class=\"wp-caption alignnone\"><img src=\"/a.png\" />\
             <figcaption class=\"wp-caption-text\">Old</figcaption></figure>",
        );
    }

    #[test]
    fn without_width_or_words_only_the_picture_is_shown() {
        check("width=\"300\"", "<img src=\"/a.png\" />", "<img src=\"/a.png\" />");
        check("", "<img src=\"/a.png\" /> words", "<img src=\"/a.png\" />");
    }
}
