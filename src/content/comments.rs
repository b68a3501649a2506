//! Comments: HTML written by strangers.

use std::sync::LazyLock;

use crate::content::Html;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::entities::push_text;
use crate::content::html::nesting;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::surroundings::{Surroundings, Target};

/// Returns a comment with only the tags WordPress allows, and links that lead to where things are
/// now and vouch for nothing.
pub fn comment(html: &str, surroundings: &dyn Surroundings) -> Html {
    let (html, _) = nesting::limit(html);
    let clean = CLEANER.clean(&html).to_string();
    let mut printed = String::with_capacity(clean.len());
    for token in tokenize(&clean) {
        match token.kind {
            Kind::Start(tag) if tag.name == "a" => {
                let mut attributes = Attributes::read(tag);
                let address = attributes.get("href").unwrap_or_default();
                if let Target::Here(new) | Target::Smaller(new) = surroundings.link(&address) {
                    attributes.set("href", new);
                }
                printed.push_str("<a");
                attributes.print(&mut printed);
                printed.push('>');
            }
            Kind::Raw => push_text(&mut printed, &clean[token.start..token.end]),
            _ => printed.push_str(&clean[token.start..token.end]),
        }
    }
    Html(printed)
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(TAGS.iter().copied().collect())
        .add_generic_attributes(["lang", "dir"])
        // Readers without a mouse can scroll what is wider than the page.
        .set_tag_attribute_value("pre", "tabindex", "0")
        .link_rel(Some("nofollow ugc"));
    cleaner
});

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "strike",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::Site;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(comment(html, &Site).as_str(), expected);
    }

    #[test]
    fn strangers_write_no_scripts_and_no_pictures() {
        check("<p onclick=x>a<script>b</script><img src=x></p>", "<p>a</p>");
    }

    #[test]
    fn code_can_be_scrolled_with_keys() {
        check("<pre>a</pre>", "<pre tabindex=\"0\">a</pre>");
    }

    #[test]
    fn links_follow_and_vouch_for_nothing() {
        check(
            "<a href=\"https://example.org/kept/\">a</a>",
            "<a href=\"/kept/\" rel=\"nofollow ugc\">a</a>",
        );
        check("<a href=\"javascript:x\">a</a>", "<a rel=\"nofollow ugc\">a</a>");
    }
}
