//! `[embed]`, and addresses that stand alone in a line or paragraph.

use std::borrow::Cow;

use crate::content::context::{Context, Found};
use crate::content::html::clean::providers::is_provider;
use crate::content::html::entities::{Place, decode, push_attribute, push_text};
use crate::content::shortcode_grammar::{self, Attributes, Finder};
use crate::content::shortcodes::{Tags, players};
use crate::content::surroundings::Target;
use crate::ledger::{Fate, Kind};

/// Puts frames and players in the place of addresses that stand alone, and of `[embed]`.
pub fn addresses<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    let text = shortcodes(text, context, found);
    if memchr::memmem::find(text.as_bytes(), b"http").is_none() {
        return text;
    }
    let mut shown = String::new();
    let mut copied = 0;
    let mut position = 0;
    let mut tags = Tags::default();
    while let Some(next) = memchr::memmem::find(&text.as_bytes()[position..], b"http") {
        let start = position + next;
        position = start + 4;
        if tags.is_open_at(&text, start) {
            continue;
        }
        let Some(address) = alone(&text, start) else { continue };
        let mut made = String::new();
        if !show(&mut made, address, context) {
            continue;
        }
        shown.push_str(&text[copied..start]);
        shown.push_str(&made);
        copied = start + address.len();
        position = copied;
    }
    if copied == 0 {
        return text;
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

fn shortcodes<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    if memchr::memmem::find(text.as_bytes(), b"[embed").is_none() {
        return Cow::Borrowed(text);
    }
    let mut finder = Finder::new(text, |name| name == "embed");
    let mut shown = String::new();
    let mut position = 0;
    let mut tags = Tags::default();
    while let Some(shortcode) = finder.next_from(position) {
        shown.push_str(&text[position..shortcode.start]);
        if tags.is_open_at(text, shortcode.start) {
            shown.push('[');
            position = shortcode.start + 1;
            continue;
        }
        if shortcode.is_escaped() {
            shown.push_str(&text[shortcode.start..shortcode.end]);
        } else {
            found.tally.add(Kind::Shortcode, "embed", Fate::Converted);
            let attributes = shortcode_grammar::attributes(shortcode.attributes);
            shown.push_str(if shortcode.is_doubled_before { "[" } else { "" });
            push(&mut shown, &attributes, shortcode.content, context);
            shown.push_str(if shortcode.is_doubled_after { "]" } else { "" });
        }
        position = shortcode.end;
    }
    shown.push_str(&text[position..]);
    Cow::Owned(shown)
}

/// Adds what `[embed]` shows.
pub fn push(
    shown: &mut String,
    attributes: &Attributes<'_>,
    content: Option<&str>,
    context: &Context<'_>,
) {
    let address = content.filter(|content| !content.is_empty()).or_else(|| attributes.get("src"));
    let address = decode(address.unwrap_or_default().trim(), Place::Attribute);
    if address.is_empty() {
        return;
    }
    if let Some(player) = players::shortcode_for(&address) {
        let size = match (attributes.filled("width"), attributes.filled("height")) {
            (Some(width), Some(height)) if player == "video" => {
                format!("width=\"{width}\" height=\"{height}\" ")
            }
            _ => String::new(),
        };
        shown.push_str(&format!("[{player} {size}src=\"{}\" /]", in_shortcode(&address)));
    } else if !show(shown, &address, context) {
        shown.push_str("<a href=\"");
        push_attribute(shown, &address);
        shown.push_str("\">");
        push_text(shown, &address);
        shown.push_str("</a>");
    }
}

/// Adds the player or frame for an address, and returns whether there is one.
fn show(shown: &mut String, address: &str, context: &Context<'_>) -> bool {
    if let Some(player) = players::shortcode_for(address) {
        shown.push_str(&format!("[{player} src=\"{}\" /]", in_shortcode(address)));
        return true;
    }
    let address = decode(address, Place::Attribute);
    if let Some(answer) = context.answers.of(&address) {
        shown.push_str(answer);
        return true;
    }
    let is_shown = is_provider(&address) || is_own_page(&address, context);
    if is_shown {
        frame(shown, &address);
    }
    is_shown
}

/// Returns an address as it can stand in an attribute of a shortcode.
fn in_shortcode(address: &str) -> String {
    address.replace('[', "%5B").replace(']', "%5D").replace('"', "%22")
}

/// Adds a frame that will be a link to the page it would have shown.
pub fn frame(shown: &mut String, address: &str) {
    shown.push_str("<iframe class=\"embedded-address\" src=\"");
    push_attribute(shown, address);
    shown.push_str("\"></iframe>");
}

fn is_own_page(address: &str, context: &Context<'_>) -> bool {
    let has_path = address.splitn(4, '/').nth(3).is_some_and(|path| !path.is_empty());
    has_path
        && !address.contains("/wp-content/")
        && matches!(context.surroundings.link(address), Target::Here(_))
}

/// Returns the address that starts at `start`, if it stands alone in its line or paragraph.
fn alone(text: &str, start: usize) -> Option<&str> {
    let rest = &text[start..];
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return None;
    }
    let before = text[..start].trim_end_matches([' ', '\t']);
    let starts_line = before.is_empty() || before.ends_with('\n');
    let starts_paragraph = opens_paragraph(before.trim_ascii_end());
    // Most do neither, and a text may be made of nothing but beginnings of addresses.
    if !starts_line && !starts_paragraph {
        return None;
    }
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>' | '"'));
    let (address, after) = rest.split_at(end.unwrap_or(rest.len()));
    let after_line = after.trim_start_matches([' ', '\t']);
    let is_line = starts_line && (after_line.is_empty() || after_line.starts_with('\n'));
    let is_paragraph = starts_paragraph && after.trim_ascii_start().starts_with("</p>");
    (is_line || is_paragraph).then_some(address)
}

/// A tag of a paragraph that is longer, in bytes, is looked at no further.
const LONGEST_TAG: usize = 1000;

fn opens_paragraph(before: &str) -> bool {
    let Some(before) = before.strip_suffix('>') else { return false };
    let bytes = &before.as_bytes()[before.len().saturating_sub(LONGEST_TAG)..];
    let Some(open) = memchr::memrchr(b'<', bytes) else { return false };
    let tag = &bytes[open + 1..];
    tag == b"p" || tag.starts_with(b"p ")
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    /// How often a text becomes a link to a page of another site.
    #[track_caller]
    fn check(text: &str, count: usize) {
        let content = normalize_as(BodyFormat::Classic, text);
        let html: String = content.pages.iter().map(crate::content::Html::as_str).collect();
        assert_eq!(html.matches("embed-facade\"").count(), count, "{html}");
    }

    #[test]
    fn addresses_alone_become_what_they_lead_to() {
        check("a\n\nhttps://www.youtube.com/watch?v=x\n\nb", 1);
        check("<p>https://vimeo.com/1</p>", 1);
        check("see https://vimeo.com/1", 0);
        check("https://other.example/page", 0);
    }

    #[test]
    fn what_stands_in_a_tag_stays() {
        check("<a href=\"\nhttps://vimeo.com/1\" title=\"t\">click</a>", 0);
        check("<img src=\"/a.png\" alt=\"\nhttps://vimeo.com/1\n\">", 0);
    }
}
