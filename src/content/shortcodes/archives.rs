//! `[archives]`, as WordPress.com and Jetpack have it: a list of all posts, or of their months, made as
//! the block `core/archives` is.

use std::borrow::Cow;

use serde_json::json;

use crate::content::block_html;
use crate::content::context::{Context, Found};
use crate::content::shortcode_grammar::{self, Attributes, Finder, Shortcode};
use crate::content::shortcodes::{Tags, builders};
use crate::ledger::{Fate, Kind};

/// So many of a text are shown: each may list all posts.
const MOST: usize = 8;

/// Puts lists in the place of such shortcodes. The word alone in brackets is one only where it stands
/// alone in its line.
pub fn to_lists<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    replace(text, &mut |shown, attributes| {
        shown.push_str(&list(attributes, context));
        found.tally.add(Kind::Shortcode, "archives", Fate::Converted);
    })
}

/// Returns a text without such shortcodes.
pub fn without(text: &str) -> Cow<'_, str> {
    replace(text, &mut |_, _| {})
}

fn replace<'t>(text: &'t str, push: &mut dyn FnMut(&mut String, &Attributes<'_>)) -> Cow<'t, str> {
    if !is_in(text) {
        return Cow::Borrowed(text);
    }
    let code = builders::code(text);
    let mut code = code.iter().peekable();
    let mut finder = Finder::new(text, |name| name == "archives");
    let mut shown = String::new();
    let (mut copied, mut position, mut count) = (0, 0, 0);
    let mut tags = Tags::default();
    while let Some(next) = finder.next_from(position).filter(|_| count < MOST) {
        position = next.start + 1 + usize::from(next.is_doubled_before);
        while code.next_if(|(_, end)| *end <= next.start).is_some() {}
        let is_code = code.peek().is_some_and(|(start, _)| *start < next.start);
        let is_verbatim = tags.is_open_at(text, next.start) || is_code || next.is_doubled_before;
        if is_verbatim || next.content.is_some() || !is_meant(text, &next) {
            continue;
        }
        shown.push_str(&text[copied..next.start]);
        push(&mut shown, &shortcode_grammar::attributes(next.attributes));
        (copied, position, count) = (next.end, next.end, count + 1);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// Returns whether a text may have such a list.
pub fn is_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"[archives").is_some()
}

fn is_meant(text: &str, shortcode: &Shortcode<'_>) -> bool {
    // What holds a bracket has no end of its own.
    if shortcode.attributes.contains('[') {
        return false;
    }
    let before = text[..shortcode.start].trim_end_matches([' ', '\t']);
    let after = text[shortcode.end..].trim_start_matches([' ', '\t']);
    let starts = before.is_empty() || before.ends_with(['\n', '>']);
    let ends = after.is_empty() || after.starts_with(['\n', '<']);
    shortcode.attributes.contains('=') || starts && ends
}

fn list(attributes: &Attributes<'_>, context: &Context<'_>) -> String {
    let limit = attributes.filled("limit").and_then(|limit| limit.parse::<usize>().ok());
    let is_on = |name: &str| !matches!(attributes.filled(name), None | Some("0" | "false"));
    const KINDS: [&str; 6] = ["alpha", "daily", "monthly", "postbypost", "weekly", "yearly"];
    let kind = attributes.get("type").filter(|kind| KINDS.contains(kind));
    let block = json!({
        "type": kind.unwrap_or("postbypost"),
        "limit": limit,
        "showPostCounts": is_on("showcount"),
        "displayAsDropdown": attributes.get("format") == Some("option"),
    });
    let markup = format!("<!-- wp:archives {block} /-->");
    // The block is none of the text's own.
    block_html::to_html(&markup, context, &mut Found::default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use crate::content::surroundings::Surroundings;
    use crate::content::surroundings::facts::PostFacts;
    use crate::content::testing::normalize_on;
    use crate::model::{AuthorId, BodyFormat, PostId};

    /// Two posts.
    struct Diary;

    impl Surroundings for Diary {
        fn posts(&self, _: &str) -> Vec<PostId> {
            vec![PostId(2), PostId(1)]
        }

        fn post(&self, id: PostId) -> Option<PostFacts<'_>> {
            let (title, date) = match id.0 {
                1 => ("Apples &amp; pears", "2026-01-09T10:00:00Z"),
                _ => ("Zebras", "2026-02-09T10:00:00Z"),
            };
            Some(PostFacts {
                id,
                post_type: "post",
                title,
                slug: "",
                date: DateTime::parse_from_rfc3339(date).ok(),
                modified: None,
                author: AuthorId(1),
                featured_media: None,
                excerpt: "",
                excerpt_html: None,
                has_own_excerpt: false,
                terms: &[],
                parent: None,
                menu_order: 0,
                is_sticky: false,
                format: "standard",
                words: 1,
                comments: 0,
                comments_open: false,
                previous: None,
                next: None,
                footnotes: "",
            })
        }
    }

    /// Checks the links of a text, and whether it is told that a shortcode is not known.
    #[track_caller]
    fn check(text: &str, expected: &[&str], codes: &[&str]) {
        let content = normalize_on(&Diary, BodyFormat::Classic, text);
        let html = content.pages[0].as_str();
        let links = html.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap());
        assert_eq!(links.collect::<Vec<_>>(), expected, "{html}");
        let found: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!(found, codes);
    }

    const APPLES: &str = "<a href=\"/?p=1\">Apples &amp; pears</a>";
    const ZEBRAS: &str = "<a href=\"/?p=2\">Zebras</a>";

    #[test]
    fn all_posts_are_listed() {
        check("a\n\n[archives]\n\nb", &[ZEBRAS, APPLES], &[]);
        check("[archives type=\"alpha\"]", &[APPLES, ZEBRAS], &[]);
        check("[archives limit=1]", &[ZEBRAS], &[]);
    }

    #[test]
    fn months_and_years_are_listed() {
        check(
            "[archives type=monthly limit=1]",
            &["<a href=\"/?m=202602\">February 2026</a>"],
            &[],
        );
        check(
            "[archives type=\"yearly\" showcount=\"1\"]",
            &["<a href=\"/?m=2026\">2026</a>&nbsp;(2)"],
            &[],
        );
    }

    #[test]
    fn a_word_in_brackets_is_no_list() {
        check("in the [archives] of a town", &[], &[]);
        check("<code>[archives]</code> [[archives]]", &[], &[]);
    }

    #[test]
    fn no_attribute_ends_the_block_that_is_made() {
        check("[archives type=\"--> <b>\" limit=1]", &[ZEBRAS], &[]);
    }

    #[test]
    fn very_many_that_are_none_take_linear_time() {
        check(&"<code>[archives]</code> ".repeat(20_000), &[], &[]);
        check(&("[archives ".repeat(50_000) + "]"), &[], &[]);
    }

    #[test]
    fn very_many_lists_end() {
        let many = "[archives limit=1]\n\n".repeat(20);
        check(&many, &[ZEBRAS; super::MOST], &["unknown-shortcode"]);
    }
}
