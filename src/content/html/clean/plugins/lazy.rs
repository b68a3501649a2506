//! What lazy-loading plugins put aside until a script loads it, and what they leave for those who run
//! none.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::{inner, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::ledger::{Fate, Why};
use crate::media_types::is_media;

/// Where these plugins keep the address of a picture, which stands for a placeholder.
const SOURCES: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-src",
    "data-lazyload",
    "data-ezsrc",
    "consent-original-src-_",
];
const SETS: &[&str] =
    &["data-srcset", "data-lazy-srcset", "data-orig-srcset", "consent-original-srcset-_"];
const SIZES: &[&str] = &["data-sizes", "data-lazy-sizes"];
/// Parts of the names of pictures that stand for others.
const PLACEHOLDERS: &[&str] = &[
    "placeholder",
    "blank.gif",
    "spacer",
    "1x1",
    "lazy",
    "transparent",
    "grey.gif",
    "dummy",
    "pixel",
    "loading",
    "px.",
];

/// Gives a picture its own address back, and remembers whether a plugin had put it aside.
pub fn picture(page: &mut Page<'_>, attributes: &mut Attributes<'_>) {
    page.has_lazy_picture = is_lazy(attributes);
    undo(attributes);
}

fn undo(attributes: &mut Attributes<'_>) {
    let is_aside = |name: &str| name.starts_with("data-") || name.starts_with("consent-");
    if !attributes.names().any(is_aside) {
        return;
    }
    let source = attributes.get("src").unwrap_or_default();
    let is_placeholder = is_placeholder(&source);
    for (names, target) in [(SOURCES, "src"), (SETS, "srcset"), (SIZES, "sizes")] {
        let known = names.iter().find(|name| attributes.has(name)).map(|name| (*name).to_owned());
        let other =
            || if target == "src" && is_placeholder { other_source(attributes) } else { None };
        let Some(name) = known.or_else(other) else { continue };
        let is_needed = match target {
            "src" => is_placeholder,
            _ => is_placeholder || !attributes.has(target) || is_blank_set(attributes),
        };
        let Some(value) =
            attributes.get(&name).filter(|value| is_needed && !value.trim().is_empty())
        else {
            continue;
        };
        attributes.remove(&name);
        attributes.set(target, value.into_owned());
    }
    // Browsers would show it instead of the picture.
    if is_blank_set(attributes) {
        attributes.remove("srcset");
    }
}

fn is_blank_set(attributes: &Attributes<'_>) -> bool {
    attributes.get("srcset").is_some_and(|set| set.trim_start().starts_with("data:image/gif"))
}

fn is_placeholder(source: &str) -> bool {
    let name = source.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    source.trim().is_empty()
        || source.starts_with("data:")
        || PLACEHOLDERS.iter().any(|word| name.contains(word))
}

/// Returns the name of an attribute that holds the address of a picture, as plugins that are not known
/// here call it.
fn other_source(attributes: &Attributes<'_>) -> Option<String> {
    let mut names = attributes.names().filter(|name| {
        let is_source =
            name.starts_with("data-") && name.contains("src") && !name.ends_with("srcset");
        is_source && attributes.get(name).is_some_and(|value| is_picture(&value))
    });
    names.next().map(str::to_owned)
}

fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    matches!(addresses::kind(address), Kind::Absolute | Kind::Relative) && is_media(path)
}

/// Returns whether a lazy-loading plugin has changed a picture.
fn is_lazy(attributes: &Attributes<'_>) -> bool {
    SOURCES.iter().chain(SETS).any(|name| attributes.has(name))
        || attributes.get("src").is_some_and(|source| is_placeholder(&source))
            && other_source(attributes).is_some()
}

/// Remembers what a picture or frame shows, to tell whether a `noscript` shows it, too.
pub fn remember(page: &mut Page<'_>, address: &str) {
    page.shown.insert(bare(address).to_owned());
}

/// Decides about what is for readers without scripts: since none run, all of them are. It goes if it
/// shows once more what is shown, or only asks for scripts; words in a text without scripts stay as
/// they are.
pub fn noscript(body: &mut Body<'_>, page: &Page<'_>, element: Element<'_>) -> Option<Verdict> {
    if body.keeps_scripts() {
        return None;
    }
    let words = text(page.markup, element.start);
    let shows: Vec<String> = ["img", "iframe"]
        .iter()
        .flat_map(|name| inner(page.markup, element.start, name, "src"))
        .collect();
    // Without a script it stands for nothing that would be missed.
    if shows.is_empty() && !page.has_script {
        return None;
    }
    let is_known =
        !shows.is_empty() && shows.iter().all(|address| page.shown.contains(bare(address)));
    let is_request = shows.is_empty() && words.to_ascii_lowercase().contains("javascript");
    if is_request {
        body.findings.warn("dead-part", "left out requests to run scripts", "nothing");
        counting::part(body, "requests to run scripts", Fate::Dropped(Why::Unanswered));
    }
    Some(match is_known && words.trim().is_empty() || is_request {
        true => Verdict::Replace(String::new()),
        false => Verdict::Unwrap,
    })
}

fn bare(address: &str) -> &str {
    address.trim().split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const REST: &str = "loading=\"lazy\" decoding=\"async\"";
    const FILES: &str = "https://example.org/wp-content/uploads";

    #[test]
    fn lazy_pictures_are_shown() {
        let noscript = format!("<noscript><img src=\"{FILES}/b.png\"></noscript>");
        for attribute in
            ["data-src", "data-lazy-src", "data-opt-src", "data-src-fg", "data-x-original-src"]
        {
            check(
                &format!(
                    "<img src=\"data:image/gif;base64,R0\" {attribute}=\"{FILES}/b.png\" alt=\"\" {REST}>{noscript}"
                ),
                &format!("<img src=\"/media/b.png\"{} alt=\"\" {REST}>", ""),
                &[],
            );
        }
    }

    #[test]
    fn a_set_of_nothing_hides_no_picture() {
        let blank = "srcset=\"data:image/gif;base64,R0\"";
        let picture = format!("<img src=\"/media/b.png\" alt=\"\" {REST}>");
        check(
            &format!(
                "<img src=\"{FILES}/b.png\" alt=\"\" {REST} data-lazy-src=\"{FILES}/b.png?is-pending-load=1\" {blank}>"
            ),
            &picture.replace(">", &format!(" data-lazy-src=\"{FILES}/b.png?is-pending-load=1\">")),
            &[],
        );
        check(
            &format!(
                "<img src=\"{FILES}/b.png\" alt=\"\" {REST} {blank} data-lazy-srcset=\"{FILES}/b-2.png 2x\">"
            ),
            &picture.replace(">", " srcset=\"/media/b-2.png 2x\">"),
            &[],
        );
    }

    #[test]
    fn a_picture_that_is_there_stays() {
        check(
            &format!("<img src=\"{FILES}/b.png\" data-full-src=\"{FILES}/c.png\" alt=\"\" {REST}>"),
            &format!("<img src=\"/media/b.png\" data-full-src=\"{FILES}/c.png\" alt=\"\" {REST}>"),
            &[],
        );
    }

    #[test]
    fn what_is_for_readers_without_scripts_is_shown() {
        check("<script>x</script><noscript><p>a</p></noscript>", "<p>a</p>", &["script-dropped"]);
        let request = "<script>x</script><noscript>Please enable JavaScript.</noscript>b";
        check(request, "b", &["script-dropped", "dead-part"]);
        let alone = "<noscript>a</noscript>";
        check(alone, alone, &[]);
    }

    #[test]
    fn what_is_shown_already_is_not_shown_again() {
        let picture = format!("<img src=\"/media/b.png\" alt=\"\" {REST}>");
        check(
            &format!(
                "<p><img src=\"{FILES}/b.png\" alt=\"\" {REST}></p><div><noscript><img src=\"{FILES}/b.png?x\"></noscript></div>"
            ),
            &format!("<p>{picture}</p><div></div>"),
            &[],
        );
    }
}
