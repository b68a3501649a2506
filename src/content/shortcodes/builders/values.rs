//! What stands in the attributes of page builders' shortcodes, each of which writes it in its own way.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::content::html::base64;
use crate::content::html::entities::{Place, decode};
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::builders::{Tag, attributes, names};

/// Returns the first of several attributes that is filled in, as HTML.
pub fn words(attributes: &Attributes<'_>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| attributes.filled(name))?;
    let html = plain(value);
    (!html.trim().is_empty()).then(|| html.trim().to_owned())
}

/// Returns a value without what stands for brackets and quotes in it. They are entities then, so
/// that nothing takes them for more.
fn plain(value: &str) -> Cow<'_, str> {
    const WRITTEN: [(&str, &str); 9] = [
        ("%22", "&quot;"),
        ("%91", "&#091;"),
        ("%93", "&#093;"),
        ("%92", "&#092;"),
        ("`{`", "&#091;"),
        ("`}`", "&#093;"),
        ("``", "&quot;"),
        ("[", "&#091;"),
        ("]", "&#093;"),
    ];
    if !value.contains(['%', '`', '[', ']']) {
        return Cow::Borrowed(value);
    }
    let mut html = value.to_owned();
    for (written, meant) in WRITTEN {
        if html.contains(written) {
            html = html.replace(written, meant);
        }
    }
    Cow::Owned(html)
}

/// Returns an address in one of several attributes, without entities.
pub fn address(attributes: &Attributes<'_>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| attributes.filled(name))?;
    // WPBakery writes `url:https%3A%2F%2F…|title:…|target:…`.
    let url = value.split('|').find_map(|part| part.strip_prefix("url:"));
    let address = match url {
        Some(url) => percent_decode_str(url).decode_utf8().ok()?.into_owned(),
        None if value.contains("||") || value.starts_with("title:") => return None,
        // Enfold writes `manually,https://…`.
        None => {
            let value = value.strip_prefix("manually,").unwrap_or(value);
            decode(value, Place::Attribute).into_owned()
        }
    };
    let address = address.trim();
    (!address.is_empty() && !address.contains(char::is_whitespace)).then(|| address.to_owned())
}

/// Returns how much of its row a column takes. `None` if it does not say.
pub fn share(tag: &Tag<'_>) -> Option<f64> {
    let attributes = attributes(tag);
    // Flatsome counts in twelfths.
    if let Some(twelfths) = attributes.get("span").and_then(|span| span.parse::<f64>().ok()) {
        return (1.0..=12.0).contains(&twelfths).then_some(twelfths / 12.0);
    }
    let written = names::SHARES.iter().find_map(|it| attributes.get(it))?;
    let (part, whole) = written.split_once(['/', '_'])?;
    let (part, whole) = (part.trim().parse::<f64>().ok()?, whole.trim().parse::<f64>().ok()?);
    (part > 0.0 && whole >= part).then(|| part / whole)
}

/// Returns how much of its line a column takes that is called so.
pub fn share_of_name(name: &str) -> Option<f64> {
    let (part, whole) = name.strip_prefix("av_").unwrap_or(name).split_once('_')?;
    let part = ["one", "two", "three", "four", "five"].iter().position(|it| *it == part)?;
    let whole = ["half", "third", "fourth", "fifth", "sixth"]
        .iter()
        .position(|it| whole.starts_with(it))?;
    Some((part + 1) as f64 / (whole + 2) as f64)
}

/// Returns whether a column says that it is the first of its line.
pub fn is_first(tag: &Tag<'_>) -> bool {
    attributes(tag).list.iter().any(|(name, value)| name.is_empty() && value == "first")
}

/// Returns whether a column is the last of its line.
pub fn is_last(tag: &Tag<'_>) -> bool {
    let attributes = attributes(tag);
    tag.name.ends_with("_last")
        || attributes.get("last").is_some_and(is_yes)
        || attributes.list.iter().any(|(name, value)| name.is_empty() && value == "last")
}

/// Returns whether its author has hidden a part, from everybody.
pub fn is_hidden(tag: &Tag<'_>) -> bool {
    // Most tags have none of these, and need not be read.
    if !["disable", "draft"].iter().any(|word| tag.attributes.contains(word)) {
        return false;
    }
    let attributes = attributes(tag);
    let is = |name: &str, value: &str| attributes.get(name) == Some(value);
    is("disable_element", "yes")
        || is("disabled", "on")
        || is("disabled_on", "on|on|on")
        || tag.name.starts_with("fusion_") && is("status", "draft")
}

/// Returns whether a value says yes.
pub fn is_yes(value: &str) -> bool {
    matches!(value, "yes" | "on" | "true" | "1" | "open")
}

/// Returns whether nothing is to be seen between two tags.
pub fn is_blank(html: &str) -> bool {
    let rest = html.replace("&nbsp;", " ").replace("<br />", " ").replace("<br>", " ");
    rest.replace("<p>", " ").replace("</p>", " ").trim().is_empty()
}

/// Returns HTML that was written in base 64, and maybe percent-encoded before.
pub fn html(written: &str) -> Option<String> {
    let written = written.trim().trim_start_matches("<p>").trim_end_matches("</p>");
    let bytes = base64::decode(written.trim())?;
    let text = String::from_utf8(bytes).ok()?;
    match text.starts_with("%3") || text.contains("%3C") {
        true => Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned()),
        false => Some(text),
    }
}
