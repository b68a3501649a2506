//! Posts that a list shows to whoever saved the answer, and not to readers.

use std::borrow::Cow;

use memchr::memmem;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::markup::Markup;
use crate::content::html::repair;
use crate::content::html::tokens::{Kind, Tag};

/// The classes of posts that are not for readers.
const STATUSES: [&str; 6] = [
    "status-private",
    "status-draft",
    "status-pending",
    "status-future",
    "status-auto-draft",
    "status-trash",
];

/// Returns rendered HTML without the posts in its lists that are not public, and how many those
/// are. WordPress names a post's status in the classes of its element.
pub fn without(html: &str) -> (Cow<'_, str>, usize) {
    // Almost no text has any, so one look is enough.
    let first = memmem::find(html.as_bytes(), b"status-").unwrap_or(html.len());
    if !STATUSES.iter().any(|class| html[first..].contains(class)) {
        return (Cow::Borrowed(html), 0);
    }
    match Markup::balanced(html) {
        Some(markup) => {
            let (shown, count) = cut(&markup);
            (Cow::Owned(shown), count)
        }
        None => {
            let repaired = repair::repair(html);
            let (shown, count) = cut(&Markup::printed(&repaired.html));
            (Cow::Owned(shown), count)
        }
    }
}

fn cut(markup: &Markup<'_>) -> (String, usize) {
    let mut shown = String::with_capacity(markup.html.len());
    let mut count = 0;
    let mut index = 0;
    while let Some(token) = markup.tokens.get(index) {
        match token.kind {
            Kind::Start(tag) if is_hidden_post(tag) => {
                count += 1;
                index = markup.end_of(index);
            }
            _ => shown.push_str(markup.source(index)),
        }
        index += 1;
    }
    (shown, count)
}

fn is_hidden_post(tag: Tag<'_>) -> bool {
    if !tag.attributes.contains("status-") {
        return false;
    }
    let attributes = Attributes::read(tag);
    let is_numbered = |class: &str| {
        let number = class.strip_prefix("post-").unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    attributes.has_class_like(is_numbered)
        && attributes.has_class_like(|class| STATUSES.contains(&class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str, count: usize) {
        assert_eq!(without(html), (Cow::Borrowed(expected), count));
    }

    #[test]
    fn only_posts_that_are_not_public_go() {
        check(
            "<ul><li class=\"post-1 status-publish\">A</li><li class=\"wp-block-post post-2 post status-private\"><h2>B</h2> b</li></ul>c",
            "<ul><li class=\"post-1 status-publish\">A</li></ul>c",
            1,
        );
        check(
            "<div class=\"post-2 status-draft\"><p>B<div>b</div></div>c<li class='post-3 status-future'>d",
            "c",
            2,
        );
        for kept in
            ["<p class=\"status-private\">a</p>", "<p>post-1 status-private</p>", "<b>status-"]
        {
            check(kept, kept, 0);
        }
    }
}
