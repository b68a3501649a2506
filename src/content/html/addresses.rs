//! Finds the addresses in a finished page, and writes others in their place.

use memchr::memmem;

use crate::content::html::entities::{self, Place};
use crate::content::html::tag::attributes;
use crate::content::html::tokens::{Kind, Tag, tokenize};
use crate::model::{PostId, ShownFile};

/// Attributes that hold one address.
const ADDRESSES: [&str; 7] =
    ["href", "src", "poster", "action", "formaction", "data", "background"];

/// Returns `html` with `new` in place of each address it has an answer for: in attributes, in sets
/// of pictures, in style sheets, and where a page leads on. All else stays byte for byte.
pub fn replace(html: &str, new: &dyn Fn(&str) -> Option<String>) -> String {
    let mut replaced = String::with_capacity(html.len());
    let mut copied = 0;
    let mut put = |start: usize, end: usize, text: &str| {
        replaced.push_str(&html[copied..start]);
        replaced.push_str(text);
        copied = end;
    };
    let mut is_style = false;
    for token in tokenize(html) {
        match token.kind {
            Kind::Start(tag) => {
                is_style = tag.name == "style";
                for (value, text) in in_tag(&tag, new) {
                    let start = value.as_ptr() as usize - html.as_ptr() as usize;
                    put(start, start + value.len(), &text);
                }
            }
            Kind::Raw if is_style => {
                put(token.start, token.end, &in_css(&html[token.start..token.end], new));
            }
            _ => {}
        }
    }
    replaced.push_str(&html[copied..]);
    replaced
}

/// Returns the addresses that elements of `html` lead to or show, in order.
pub fn of(html: &str) -> Vec<String> {
    let starts = tokenize(html).filter_map(|token| match token.kind {
        Kind::Start(tag) => Some(tag),
        _ => None,
    });
    let values = starts.flat_map(|tag| attributes(tag.attributes)).filter_map(|attribute| {
        let is_address = ["href", "src"].iter().any(|it| attribute.name.eq_ignore_ascii_case(it));
        attribute.value.filter(|_| is_address)
    });
    values.map(|value| entities::decode(value, Place::Attribute).into_owned()).collect()
}

/// Returns how `html` shows an attachment, by its id in a class such as `wp-image-12`.
pub fn of_attachment(html: &str, id: PostId) -> Option<ShownFile> {
    let class = format!("wp-image-{}", id.0);
    memmem::find(html.as_bytes(), class.as_bytes())?;
    let mut images = tokenize(html).filter_map(|token| match token.kind {
        Kind::Start(tag) if tag.name == "img" => Some(tag),
        _ => None,
    });
    images.find_map(|tag| {
        let value = |name: &str| {
            let mut all = attributes(tag.attributes);
            all.find(|attribute| attribute.name.eq_ignore_ascii_case(name))?.value
        };
        let is_its = value("class")?.split_ascii_whitespace().any(|name| name == class);
        let address = entities::decode(value("src").filter(|_| is_its)?, Place::Attribute).into();
        let pixels = |name| value(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        Some(ShownFile { address, width: pixels("width"), height: pixels("height") })
    })
}

/// Returns the values in a tag that change, and what they change to.
fn in_tag<'a>(tag: &Tag<'a>, new: &dyn Fn(&str) -> Option<String>) -> Vec<(&'a str, String)> {
    let mut changes = Vec::new();
    for attribute in attributes(tag.attributes) {
        let Some(value) = attribute.value else { continue };
        let name = attribute.name.to_ascii_lowercase();
        let decoded = || entities::decode(value, Place::Attribute);
        let changed = match &*name {
            "srcset" | "imagesrcset" => Some(in_set(&decoded(), new)),
            "style" => value.contains("url(").then(|| in_css(&decoded(), new)),
            "content" if tag.name == "meta" => in_refresh(&decoded(), new),
            name if ADDRESSES.contains(&name) => new(&decoded()),
            _ => None,
        };
        let escaped = changed.map(|it| it.replace('&', "&amp;").replace('"', "&quot;"));
        changes.extend(escaped.filter(|it| it != value).map(|it| (value, it)));
    }
    changes
}

fn in_set(set: &str, new: &dyn Fn(&str) -> Option<String>) -> String {
    let candidates = set.split(", ").map(|candidate| {
        let (address, size) = candidate.trim().split_once(' ').unwrap_or((candidate.trim(), ""));
        let address = new(address).unwrap_or_else(|| address.to_owned());
        if size.is_empty() { address } else { format!("{address} {size}") }
    });
    candidates.collect::<Vec<_>>().join(", ")
}

/// Such as `0; url=/there/`.
fn in_refresh(content: &str, new: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (before, address) = content.split_once("url=")?;
    before.trim_end().ends_with(';').then(|| new(address))?.map(|it| format!("{before}url={it}"))
}

fn in_css(css: &str, new: &dyn Fn(&str) -> Option<String>) -> String {
    let mut replaced = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        replaced.push_str(before);
        let quote = after
            .chars()
            .next()
            .filter(|it| matches!(it, '"' | '\''))
            .map_or("", |it| if it == '"' { "\"" } else { "'" });
        let inside = &after[quote.len()..];
        let end = inside.find(if quote.is_empty() { ")" } else { quote }).unwrap_or(inside.len());
        let address = &inside[..end];
        replaced.push_str(quote);
        replaced.push_str(&new(address).unwrap_or_else(|| address.to_owned()));
        rest = &inside[end..];
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let new = |address: &str| address.strip_prefix('/').map(|rest| format!("../{rest}"));
        assert_eq!(replace(html, &new), expected);
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        check("<a href=\"/a/?b&amp;c#d\">/x</a>", "<a href=\"../a/?b&amp;c#d\">/x</a>");
        check("<a href='/a'><img src=/b>", "<a href='../a'><img src=../b>");
        check(
            "<img srcset=\"/a.png 1x, /b.png 640w, https://c.example/c.png\">",
            "<img srcset=\"../a.png 1x, ../b.png 640w, https://c.example/c.png\">",
        );
        check(
            "<meta http-equiv=\"refresh\" content=\"0; url=/a/\">",
            "<meta http-equiv=\"refresh\" content=\"0; url=../a/\">",
        );
        check("<p style=\"background:url(/a.png)\">", "<p style=\"background:url(../a.png)\">");
        check("<style>a{b:url('/c')}</style>", "<style>a{b:url('../c')}</style>");
    }

    #[test]
    fn what_a_text_leads_to_and_shows_is_told_in_order() {
        let html = "<p>/no<a HREF='/a?b&amp;c'>/no</a><audio src=/b.mp3><source src=\"/c.ogg\"></audio>\
                    <!-- <a href=\"/no\"> --><script>var a = '<a href=\"/no\">'</script>";
        assert_eq!(of(html), ["/a?b&c", "/b.mp3", "/c.ogg"]);
    }

    #[test]
    fn all_else_stays_as_it_is() {
        for html in [
            "<a href=\"#top\" title=\"/a/\">",
            "<script>var a = \"/b/\";</script>",
            "<meta property=\"og:url\" content=\"/a/\">",
            "<!-- <a href=\"/a/\"> --><textarea><a href=\"/a/\"></textarea>",
        ] {
            check(html, html);
        }
    }
}
