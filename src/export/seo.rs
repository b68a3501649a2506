//! What plugins for search engines keep of a post: the description that its author wrote for them.

use crate::content;
use crate::export::json::Record;

/// Where they keep it in the database: Yoast, Rank Math, All in One SEO, `SEOPress`, The SEO Framework and
/// Genesis, SEOKEY, Slim SEO, Jetpack and WordPress.com.
const KEYS: [&str; 8] = [
    "_yoast_wpseo_metadesc",
    "rank_math_description",
    "_aioseo_description",
    "_aioseop_description",
    "_seopress_titles_desc",
    "_genesis_description",
    "seokey-metadesc",
    "advanced_seo_description",
];

/// Where they answer with what they put into the head of a page.
const HEADS: [&str; 2] = ["yoast_head_json", "aioseo_head_json"];

/// How much of it is kept, in characters: nobody shows more.
const LONGEST: usize = 400;

/// Returns whether a field of a post holds such a description.
pub(super) fn is_description(name: &str) -> bool {
    KEYS.contains(&name)
}

/// Returns the description that an answer has of a post.
pub(super) fn read(record: &Record<'_>) -> Option<Box<str>> {
    let of_head = |head| record.object(head).ok()??.text("description").ok()?;
    let meta = record.object("meta").ok().flatten();
    let of_meta = |key| meta.as_ref()?.text(key).ok()?;
    let heads = HEADS.into_iter().filter_map(of_head);
    heads.chain(KEYS.into_iter().filter_map(of_meta)).find_map(|text| description(&text))
}

/// Returns the description among what the database keeps with a post, which `meta` finds by its name.
pub(super) fn find(meta: impl Fn(&str) -> Option<String>) -> Option<Box<str>> {
    KEYS.into_iter().filter_map(meta).find_map(|text| description(&text))
}

/// Returns a description as plain text, if it was written by hand: in patterns, names stand for what the
/// plugin filled in, such as `%%excerpt%%`, `%title%` and `#post_title`.
fn description(text: &str) -> Option<Box<str>> {
    let text = content::plain_text(text);
    let is_pattern = |word: &str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_punctuation() && !"%_".contains(c));
        let names = ["#post_", "#site_", "#taxonomy_", "#author_", "#separator_", "#current_"];
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphabetic() || b"_-".contains(&byte))
        };
        let between = |sign| Some(word.split_once(sign)?.1.split_once(sign)?.0);
        names.iter().any(|name| word.starts_with(name))
            || between("%%").is_some_and(is_name)
            || between("%").is_some_and(is_name)
    };
    let is_written = !text.is_empty() && !text.split_whitespace().any(is_pattern);
    is_written.then(|| text.chars().take(LONGEST).collect::<String>().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_a_description_and_a_pattern_is_none() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(description(text).as_deref(), expected, "{text}");
        };
        check("Thin &amp; crisp:\nhow it is done.", Some("Thin & crisp: how it is done."));
        check("50% off, 20% more, #1 in town", Some("50% off, 20% more, #1 in town"));
        check("100%sure and 20%", Some("100%sure and 20%"));
        check("%%excerpt%%", None);
        check("Tea: %%title%% %%sep%% %%sitename%%", None);
        check("%excerpt%.", None);
        check("#post_excerpt #separator_sa", None);
        check(" ", None);
    }
}
