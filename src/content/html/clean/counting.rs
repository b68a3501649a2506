//! Counts embeds, forms, scripts and parts of plugins by what becomes of them.

use crate::content::html::clean::addresses;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::forms::{self, Purpose};
use crate::content::html::clean::verdict::Element;
use crate::content::html::clean::{embeds, frames};
use crate::content::html::markup::Markup;
use crate::content::html::tokens;
use crate::ledger::{Fate, Kind, Why};

/// What has no host of its own is the site's.
const OWN: &str = "this site";

/// Counts a script, by the host it comes from.
pub fn script(body: &mut Body<'_>, attributes: &Attributes<'_>, fate: Fate) {
    let source = attributes.get("src");
    let name = match &source {
        Some(source) => addresses::host(source).unwrap_or(OWN),
        None if attributes.get("type").is_some_and(|kind| kind.contains("json")) => "data",
        None => "inline",
    };
    body.tally.add(Kind::Script, name, fate);
}

/// Counts a form, by what it is for.
pub fn form(body: &mut Body<'_>, purpose: Purpose, fate: Fate) {
    let name = match purpose {
        Purpose::WordPress => "accounts and comments",
        Purpose::Search => "search",
        Purpose::Other => "other",
    };
    body.tally.add(Kind::Form, name, fate);
}

/// Counts a frame, player or object, by who shows what is at its address.
pub fn embed(body: &mut Body<'_>, source: &str, fate: Fate) {
    let provider = embeds::embed(source.trim()).provider;
    let name = if provider.is_empty() { OWN } else { &provider };
    body.tally.add(Kind::Embed, name, fate);
}

/// Counts what a plugin left for its script or a server.
pub fn part(body: &mut Body<'_>, name: &str, fate: Fate) {
    body.tally.add(Kind::Part, name, fate);
}

/// Counts what an element holds in whose place `html` stands now.
pub fn within(body: &mut Body<'_>, markup: &Markup<'_>, element: Element<'_>, html: &str) {
    let fate = match element.name {
        "form" | "div" if html.is_empty() => Fate::Dropped(Why::NeedsServer),
        _ if html.is_empty() => Fate::Dropped(Why::Unshown),
        _ => Fate::Converted,
    };
    for token in &markup.tokens[element.start + 1..element.end] {
        let tokens::Kind::Start(tag) = token.kind else { continue };
        let attributes = Attributes::read(tag);
        match tag.name {
            "script" => script(body, &attributes, fate),
            "form" => form(body, forms::purpose(&attributes, &[]), fate),
            "iframe" | "object" | "embed" | "applet" => {
                embed(body, &frames::source(&attributes, tag.name), fate);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    /// Checks what is counted in rendered HTML, as `count kind name: fate`.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let content = normalize_as(BodyFormat::Rendered, html);
        let counts: Vec<String> = content
            .tally
            .iter()
            .map(|(kind, name, fate, count)| format!("{count} {kind:?} {name}: {fate}"))
            .collect();
        assert_eq!(counts, expected);
    }

    #[test]
    fn embeds_are_counted_by_who_shows_them() {
        check(
            "<iframe src=\"https://www.youtube.com/embed/a\"></iframe>\
             <iframe data-src=\"https://player.vimeo.com/video/1\"></iframe>\
             <iframe src=\"/kept/embed/\"></iframe><iframe></iframe>\
             <object data=\"https://www.youtube.com/v/a\"><embed src=\"https://www.youtube.com/v/a\"></object>",
            &[
                "1 Embed Vimeo: converted",
                "3 Embed YouTube: converted",
                "1 Embed this site: converted",
                "1 Embed this site: missing: it has no address",
            ],
        );
    }

    #[test]
    fn addresses_that_wordpress_could_not_embed_count_once() {
        check(
            "<div class=\"wp-block-embed__wrapper\">https://www.instagram.com/p/x/</div>",
            &["1 Embed Instagram: converted"],
        );
    }

    #[test]
    fn what_a_form_holds_goes_with_it() {
        check(
            "<div class=\"comment-respond\"><form action=\"/wp-comments-post.php\"><script>x</script></form></div>\
             <form role=\"search\"><input name=\"s\"></form><form action=\"\"></form>\
             <form action=\"https://other.example/\"></form>",
            &[
                "1 Form other: kept",
                "1 Form search: converted",
                "1 Form other: degraded: nothing answers it any more",
                "1 Form accounts and comments: left out: it needs a server",
                "1 Script inline: left out: it needs a server",
            ],
        );
    }

    #[test]
    fn scripts_are_counted_by_where_they_come_from() {
        check(
            "<script src=\"https://a.example/x.js\"></script><script>x</script>\
             <script type=\"application/ld+json\">{}</script><svg><script>y</script></svg>",
            &[
                "1 Script a.example: left out: the settings in [content] say so",
                "1 Script data: left out: the settings in [content] say so",
                "2 Script inline: left out: the settings in [content] say so",
            ],
        );
    }
}
