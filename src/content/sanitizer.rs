//! HTML beside the texts, made safe: comments, titles, captions, biographies, descriptions of terms.

use std::sync::LazyLock;

use crate::content::Html;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::entities::push_text;
use crate::content::html::nesting;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::surroundings::{Surroundings, Target};

/// Who wrote a piece of HTML.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Writer {
    /// Whoever comments, of whom nobody knows anything: the site vouches for none of their links.
    Commenter,
    /// A user of the site, such as an author or an editor.
    User,
}

/// Returns HTML with only the tags WordPress allows in comments, and links that lead to where things
/// are now.
pub fn sanitize(html: &str, writer: Writer, surroundings: &dyn Surroundings) -> Html {
    let (html, _) = nesting::limit(html);
    let cleaner = match writer {
        Writer::Commenter => &OF_COMMENTERS,
        Writer::User => &OF_USERS,
    };
    let clean = cleaner.clean(&html).to_string();
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

static OF_COMMENTERS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = cleaner();
    cleaner.link_rel(Some("nofollow ugc"));
    cleaner
});

static OF_USERS: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = cleaner();
    cleaner.link_rel(None).add_tag_attributes("a", ["rel"]);
    cleaner
});

fn cleaner() -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(TAGS.iter().copied().collect())
        .add_generic_attributes(["lang", "dir"])
        // Readers without a mouse can scroll what is wider than the page.
        .set_tag_attribute_value("pre", "tabindex", "0");
    cleaner
}

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
        let by_user = expected.replace(" rel=\"nofollow ugc\"", "");
        assert_eq!(sanitize(html, Writer::Commenter, &Site).as_str(), expected);
        assert_eq!(sanitize(html, Writer::User, &Site).as_str(), by_user);
    }

    #[test]
    fn nobody_writes_scripts_or_pictures() {
        check("<p onclick=x>a<script>b</script><img src=x></p>", "<p>a</p>");
    }

    #[test]
    fn code_can_be_scrolled_with_keys() {
        check("<pre>a</pre>", "<pre tabindex=\"0\">a</pre>");
    }

    #[test]
    fn links_follow_and_those_of_commenters_vouch_for_nothing() {
        check(
            "<a href=\"https://example.org/kept/\">a</a>",
            "<a href=\"/kept/\" rel=\"nofollow ugc\">a</a>",
        );
        check("<a href=\"javascript:x\">a</a>", "<a rel=\"nofollow ugc\">a</a>");
        let html = "<a href=\"https://a.example/\" rel=\"me\">a</a>";
        assert_eq!(sanitize(html, Writer::User, &Site).as_str(), html);
        let vouching = sanitize(html, Writer::Commenter, &Site);
        assert_eq!(vouching.as_str(), html.replace("\"me\"", "\"nofollow ugc\""));
    }
}
