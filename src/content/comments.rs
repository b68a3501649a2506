//! The texts of comments: those that are stored as they were typed, as WordPress shows them.

use std::borrow::Cow;

use linkify::{Link, LinkFinder, LinkKind};

use crate::content::html::entities::{Place, decode, push_attribute};
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::texturize::{self, Signs};
use crate::content::{autop, smilies, spelling};
use crate::model::CommentText;

/// Elements in which an address is no link, or one already.
const NOT_IN: [&str; 5] = ["a", "code", "pre", "script", "style"];

/// Schemes of addresses that become links.
const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];

/// Beginnings of addresses that become links without a scheme.
const HOSTS: [&str; 2] = ["www.", "ftp."];

/// Returns the HTML of a comment, not yet made safe, with the quotes of a language if it has none yet.
pub fn html<'t>(text: &'t CommentText, language: &str) -> Cow<'t, str> {
    match text {
        CommentText::Rendered(html) => Cow::Borrowed(html),
        CommentText::Typed(text) => Cow::Owned(to_html(text, language)),
    }
}

/// Returns the HTML of a comment as it was typed: bare addresses are links, quotes and dashes are those
/// of a language, and line breaks stand for paragraphs, as in classic posts.
fn to_html(typed: &str, language: &str) -> String {
    let text = spelling::unix_lines(typed);
    let html = with_links(&text);
    let html = texturize::texturize(&html, &Signs::of_language(language));
    autop::to_html(&smilies::to_pictures(&html))
}

fn with_links(html: &str) -> Cow<'_, str> {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let (mut linked, mut copied, mut inside) = (String::new(), 0, 0_usize);
    for token in tokenize(html) {
        match token.kind {
            Kind::Start(tag) if NOT_IN.contains(&tag.name) => inside += 1,
            Kind::End(name) if NOT_IN.contains(&name) => inside = inside.saturating_sub(1),
            Kind::Text if inside == 0 => {
                let text = &html[token.start..token.end];
                for link in finder.links(text) {
                    let before = text[..link.start()].chars().next_back();
                    let Some(start) = beginning(&link, before) else { continue };
                    linked.push_str(&html[copied..token.start + link.start()]);
                    push_link(&mut linked, start, &link);
                    copied = token.start + link.end();
                }
            }
            _ => {}
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    linked.push_str(&html[copied..]);
    Cow::Owned(linked)
}

fn push_link(html: &mut String, start: &str, link: &Link<'_>) {
    html.push_str("<a href=\"");
    html.push_str(start);
    push_attribute(html, &decode(link.as_str(), Place::Attribute));
    html.push_str("\">");
    // A letter's address is shown without what stands before it.
    html.push_str(if *link.kind() == LinkKind::Url { start } else { "" });
    // The signs in an address are no quotes.
    html.push_str(&link.as_str().replace('\'', "&#039;"));
    html.push_str("</a>");
}

/// Returns what has to stand before the text of a link so that it is an address. `None`: WordPress makes
/// none of it, as after a quotation mark.
fn beginning(link: &Link<'_>, before: Option<char>) -> Option<&'static str> {
    let is_after =
        |signs: &str| before.is_none_or(|before| before.is_whitespace() || signs.contains(before));
    let starts = |with: &&str| {
        link.as_str().get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    match link.kind() {
        LinkKind::Email => is_after("(").then_some("mailto:"),
        _ if SCHEMES.iter().any(starts) => is_after("(.,;:!?").then_some(""),
        _ => (HOSTS.iter().any(starts) && is_after("(")).then_some("http://"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(to_html(typed, "en"), format!("<p>{expected}</p>\n"), "{typed}");
    }

    #[test]
    fn bare_addresses_are_links() {
        let link = |address: &str| format!("<a href=\"{address}\">{address}</a>");
        check("See http://a.example/b.", &format!("See {}.", link("http://a.example/b")));
        check("(https://a.example/b_(c))", &format!("({})", link("https://a.example/b_(c)")));
        check("<b>www.a.example</b>", &format!("<b>{}</b>", link("http://www.a.example")));
        check(
            "http://a.example/b'c",
            "<a href=\"http://a.example/b'c\">http://a.example/b&#039;c</a>",
        );
        check("ann@a.example", "<a href=\"mailto:ann@a.example\">ann@a.example</a>");
        check(
            "http://a.example/?b=1&amp;c=2",
            "<a href=\"http://a.example/?b=1&amp;c=2\">http://a.example/?b=1&amp;c=2</a>",
        );
    }

    #[test]
    fn what_is_a_link_or_code_or_no_address_stays() {
        for text in [
            "<a href=\"http://a.example\">http://a.example</a>",
            "<code>http://a.example</code>",
            "a.example and x@y",
            "git://a.example/b",
            "**http://a.example**",
            "བོད་http://a.example/b་ཡིག",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn quotes_and_faces_are_set_and_lines_part_paragraphs() {
        check("\"So\" -- it's...", "“So” — it’s…");
        check("a\r\n\r\nb\nc :-)", "a</p>\n<p>b<br />\nc 🙂");
        assert_eq!(to_html("\"So\"", "de"), "<p>„So“</p>\n");
    }
}
