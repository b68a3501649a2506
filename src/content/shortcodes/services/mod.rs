//! Shortcodes that show something of another site, named by its address or id, as WordPress.com and
//! Jetpack have them: each becomes a link to the thing on that site.

mod addresses;

use std::borrow::Cow;

use crate::content::context::{Context, Found};
use crate::content::html::entities::{Place, decode, push_attribute};
use crate::content::shortcode_grammar::{self, Attributes, Finder, Shortcode};
use crate::content::shortcodes::{Tags, builders, embed};
use crate::ledger::{Fate, Kind};

/// Where what a shortcode showed can be seen.
#[derive(Debug, Eq, PartialEq)]
enum Shown {
    /// At the address of a page.
    Page(String),
    /// At the address of a player or the like, for want of a page.
    Frame(String),
}

/// Puts links in the place of such shortcodes. What names neither address nor id stays.
pub fn to_links<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    replace(text, &mut |shown, name, place| {
        push(shown, place, context);
        found.tally.add(Kind::Shortcode, name, Fate::Converted);
    })
}

/// Returns a text without such shortcodes.
pub fn without(text: &str) -> Cow<'_, str> {
    replace(text, &mut |_, _, _| {})
}

fn replace<'t>(text: &'t str, push: &mut dyn FnMut(&mut String, &str, &Shown)) -> Cow<'t, str> {
    if memchr::memchr(b'[', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut finder = Finder::new(text, addresses::is_known);
    let Some(mut next) = finder.next_from(0) else { return Cow::Borrowed(text) };
    let code = builders::code(text);
    let mut code = code.iter().peekable();
    let mut shown = String::new();
    let mut copied = 0;
    let mut tags = Tags::default();
    loop {
        while code.next_if(|(_, end)| *end <= next.start).is_some() {}
        let is_code = code.peek().is_some_and(|(start, _)| *start < next.start);
        let is_in_tag = tags.is_open_at(text, next.start);
        let mut position = next.start + 1 + usize::from(next.is_doubled_before);
        // What holds a bracket has no end of its own.
        if !is_in_tag && !is_code && !next.is_doubled_before && !next.attributes.contains('[') {
            let (given, end) = Given::of(text, &next);
            if let Some(place) = addresses::of(next.name, &given) {
                shown.push_str(&text[copied..next.start]);
                push(&mut shown, next.name, &place);
                copied = end;
                position = end;
            }
        }
        let Some(other) = finder.next_from(position) else { break };
        next = other;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

fn push(shown: &mut String, place: &Shown, context: &Context<'_>) {
    match place {
        Shown::Page(address) => match context.answers.of(address) {
            Some(answer) => shown.push_str(answer),
            None => embed::frame(shown, address),
        },
        Shown::Frame(address) => {
            shown.push_str("<iframe src=\"");
            push_attribute(shown, address);
            shown.push_str("\"></iframe>");
        }
    }
}

/// What a shortcode says.
struct Given<'t> {
    attributes: Attributes<'t>,
    /// What stands between its tags: an address or id, and nothing else.
    content: Option<&'t str>,
}

impl<'t> Given<'t> {
    /// Reads a shortcode, and tells where it ends: before anything but an address or id.
    fn of(text: &'t str, shortcode: &Shortcode<'t>) -> (Self, usize) {
        let attributes = shortcode_grammar::attributes(shortcode.attributes);
        let end = shortcode.end - usize::from(shortcode.is_doubled_after);
        let Some(content) = shortcode.content else {
            return (Self { attributes, content: None }, end);
        };
        let value = content.trim();
        if !value.contains(['[', '<', '>']) && !value.contains(char::is_whitespace) {
            return (Self { attributes, content: Some(value) }, end);
        }
        let end = end - "[/]".len() - shortcode.name.len() - content.len();
        debug_assert!(text[..end].ends_with(']'));
        (Self { attributes, content: None }, end)
    }

    /// Returns a value by the name of its attribute, without entities. One without a name may have
    /// an equals sign before it, or stand between the tags.
    fn value(&self, key: &str) -> Option<Cow<'_, str>> {
        let value = match key {
            "" => {
                let mut unnamed = self.attributes.list.iter().filter(|(name, _)| name.is_empty());
                let first = unnamed.next().map(|(_, value)| value.trim_start_matches('='));
                let first = first.map(|value| value.trim_matches(['"', '\'', '“', '”', '″']));
                first.filter(|value| !value.is_empty()).or(self.content)?
            }
            _ => self.attributes.filled(key)?,
        };
        Some(decode(value.trim(), Place::Attribute)).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    /// Checks where the links of a text lead, and what else is told.
    #[track_caller]
    fn check(text: &str, expected: &[&str], codes: &[&str]) {
        let content = normalize_as(BodyFormat::Classic, text);
        let html = content.pages[0].as_str();
        let links = html.split("class=\"embed-facade\" href=\"").skip(1);
        let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(links, expected, "{html}");
        let found: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn shortcodes_of_services_become_links() {
        check("[tweet 20]", &["https://x.com/i/web/status/20"], &[]);
        check(
            "a [tweet https://twitter.com/a/status/20] b",
            &["https://twitter.com/a/status/20"],
            &[],
        );
        check(
            "[gist]https://gist.github.com/a/1[/gist] [gist 29]",
            &["https://gist.github.com/a/1", "https://gist.github.com/29"],
            &[],
        );
    }

    #[test]
    fn a_later_closing_tag_takes_no_text_away() {
        let text = "[gist 29] Words. [gist]30[/gist]";
        check(text, &["https://gist.github.com/29", "https://gist.github.com/30"], &[]);
        let content = normalize_as(BodyFormat::Classic, text);
        assert!(content.pages[0].as_str().contains("</a> Words. <a"));
    }

    #[test]
    fn what_is_shown_as_it_is_written_stays() {
        check("<code>[tweet 20]</code> <pre>[tweet 20]</pre> [[tweet 20]]", &[], &[]);
        check("<a title=\"[tweet 20]\" href=\"/\">a</a>", &[], &[]);
    }

    #[test]
    fn what_names_nothing_stays_and_is_told() {
        check("[facebook layout=\"big\"]", &[], &["unknown-shortcode"]);
        check("[spotify] [office]", &[], &[]);
    }

    #[test]
    fn no_address_of_a_script_is_linked() {
        check("[facebook url=\"javascript:alert(1)//\"]", &[], &["unknown-shortcode"]);
    }

    #[test]
    fn many_without_an_end_take_linear_time() {
        normalize_as(BodyFormat::Classic, &"[gist 2] a ".repeat(20_000));
        normalize_as(BodyFormat::Classic, &("[gist ".repeat(50_000) + "[/gist]"));
    }
}
