//! Parts that do nothing without a plugin's script or a server: buttons to share and to buy, signs that
//! something is loading, places for advertisements. They go; of buttons with words these stay.

pub mod kinds;

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::{inner, shows_words, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::plugins::dead_parts::kinds::{Part, known};
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::surroundings::Target;

const DEAD: &str = "nothing, or put a link in its place that leads to somebody who answers";
/// What plugins leave is short; a longer text within is an author's, and stays.
const LONGEST: usize = 1000;

/// Takes out what does nothing here.
pub fn dropped(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let part = shown_already(page, element, attributes)
        .or_else(|| by_class(page, element, attributes))
        .or_else(|| asking(body, element, attributes))
        .or_else(|| empty_control(page, element, attributes))?;
    if text(page.markup, element.start).len() > LONGEST {
        return None;
    }
    tell(body, part);
    Some(Verdict::Replace(String::new()))
}

/// Returns what a button is called that only a script answers.
pub fn rename(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<&'static str> {
    // One without any attribute no script finds: an author wrote it.
    let is_found = attributes.names().next().is_some();
    if !is_found || !is_dead_button(page, element, attributes) {
        return None;
    }
    tell(body, Part::Button);
    let stays = |name: &str| matches!(name, "class" | "id" | "style" | "lang" | "dir" | "title");
    attributes.retain(|name, _| stays(name));
    attributes.add_class("was-button");
    Some("span")
}

fn tell(body: &mut Body<'_>, part: Part) {
    let told = part.told();
    body.findings.warn("dead-part", told.message, DEAD);
    counting::part(body, told.name, told.fate);
}

/// Finds what readers saw otherwise, or not at all.
fn shown_already(
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Part> {
    if is_drawn_sign(page, element, attributes) {
        return Some(Part::Sign);
    }
    attributes.has_class("jetpack-slideshow-noscript").then_some(Part::Copy)
}

fn by_class(page: &Page<'_>, element: Element<'_>, attributes: &Attributes<'_>) -> Option<Part> {
    if element.name == "input" {
        let id = attributes.get("id").unwrap_or_default();
        return id.starts_with("ez-toc-cssicon-toggle").then_some(Part::Toggle);
    }
    let classes = attributes.get("class")?;
    // The one that says most stands last.
    let part = classes.split_ascii_whitespace().filter_map(known).next_back();
    if part == Some(Part::Related) {
        return inner(page.markup, element.start, "a", "href").is_empty().then_some(Part::Related);
    }
    let is_loading = || {
        let mut words = classes.split(|c: char| !c.is_ascii_alphanumeric());
        matches!(element.name, "div" | "span")
            && words.any(|word| matches!(word, "loading" | "loader" | "spinner"))
            && says_loading(page, element)
    };
    part.or_else(|| is_loading().then_some(Part::Loading))
}

/// Returns whether an element holds nothing but a sign of a font that is not here: readers would see a
/// box. Letters that only an old font has are no signs.
fn is_drawn_sign(page: &Page<'_>, element: Element<'_>, attributes: &Attributes<'_>) -> bool {
    let is_sign = |letter: char| ('\u{e000}'..='\u{f8ff}').contains(&letter);
    let is_named =
        || attributes.has_class_like(|class| class.contains("icon") || class.contains("star"));
    if !matches!(element.name, "span" | "i") || element.end != element.start + 2 || !is_named() {
        return false;
    }
    let text = text(page.markup, element.start);
    !text.trim().is_empty() && text.trim().chars().all(is_sign)
}

/// Returns whether an element holds nothing but a word such as “Loading…”, and maybe a picture of a
/// wheel.
fn says_loading(page: &Page<'_>, element: Element<'_>) -> bool {
    const LONGEST_WORD: usize = 24;
    let holds_more = (element.start + 1..element.end)
        .filter_map(|index| page.markup.start_tag(index))
        .any(|tag| match tag.name {
            "img" => !["load", "spin"].iter().any(|word| tag.attributes.contains(word)),
            name => !matches!(name, "div" | "span" | "p" | "i" | "svg" | "path" | "circle" | "br"),
        });
    !holds_more && text(page.markup, element.start).trim().len() <= LONGEST_WORD
}

/// Tells what a link asks WordPress to do that leads to the page itself.
fn asking(body: &Body<'_>, element: Element<'_>, attributes: &mut Attributes<'_>) -> Option<Part> {
    if element.name != "a" {
        return None;
    }
    let address = attributes.get("href")?;
    let (page, query) = address.split_once('?')?;
    let asks = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
    let part = if asks("add-to-cart") || asks("add_to_wishlist") {
        Part::Buying
    } else if asks("share") {
        Part::Sharing
    } else {
        return None;
    };
    let is_own = addresses::kind(&address) == Kind::Relative
        || body.surroundings.link(page) != Target::Elsewhere;
    is_own.then_some(part)
}

/// Finds buttons, and links to nowhere, that hold no words: signs that a sheet or a script drew.
fn empty_control(
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Part> {
    let is_control = match element.name {
        _ if attributes.has_class_like(is_core) => false,
        "button" => is_dead_button(page, element, attributes),
        "a" if attributes.is("href", "#") => {
            // What it says stays, but it is no link: it would lead to the head of the page.
            if ["role", "aria-controls", "aria-expanded", "data-toggle"]
                .iter()
                .any(|it| attributes.has(it))
            {
                attributes.remove("href");
            }
            true
        }
        "a" if attributes.has("href") => false,
        "a" | "div" | "span" => attributes.is("role", "button"),
        _ => false,
    };
    (is_control && !shows_words(page.markup, element.start)).then_some(Part::Toggle)
}

/// Returns whether nothing answers a button. The blocks of WordPress itself are shown by other means.
fn is_dead_button(page: &Page<'_>, element: Element<'_>, attributes: &Attributes<'_>) -> bool {
    element.name == "button"
        && element.start >= page.form_end
        && !["form", "popovertarget", "command"].iter().any(|name| attributes.has(name))
        && !attributes.has_class_like(is_core)
}

fn is_core(class: &str) -> bool {
    class.starts_with("wp-block-")
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn buttons_to_share_and_like_go() {
        check(
            "<p>a</p><div class=\"sharedaddy sd-sharing-enabled\"><h3>Share</h3><ul><li><a href=\"https://example.org/kept/?share=x\">X</a></li></ul></div><div class=\"sharedaddy sd-like\">Loading...</div>",
            "<p>a</p>",
            &["dead-part", "dead-part"],
        );
        check(
            "<p>b <a href=\"https://example.org/kept/?share=facebook&amp;nb=1\">F</a></p>",
            "<p>b </p>",
            &["dead-part"],
        );
        let own = "<a href=\"#\" class=\"wp-block-social-link-anchor\"><svg></svg></a>";
        check(own, own, &[]);
        let other = "<a href=\"https://other.example/?share=1\">F</a>";
        check(other, other, &[]);
    }

    #[test]
    fn a_text_within_stays() {
        let html = format!("<div class=\"ssba\"><p>{}</p></div>", "word ".repeat(250));
        check(&html, &html, &[]);
    }

    #[test]
    fn what_is_loading_for_ever_goes() {
        check(
            "<div class=\"wp-polls-loading\"><img src=\"/loading.gif\" alt=\"\"> Loading …</div>a<div class=\"fg-loader\"></div>",
            "a",
            &["dead-part"],
        );
        let table = "<div class=\"x loading\"><p>A table of all that is, and more.</p></div>";
        check(table, table, &[]);
    }

    #[test]
    fn what_puts_into_a_cart_goes() {
        check("a<a href=\"?add-to-cart=9\" class=\"button\">Add to cart</a>", "a", &["dead-part"]);
    }

    #[test]
    fn places_for_advertisements_go() {
        check("a<ins class=\"adsbygoogle\" style=\"height:250px\"></ins>", "a", &["dead-part"]);
    }

    #[test]
    fn switches_go_and_lists_stay() {
        check(
            "<div><p>Contents <span class=\"toc_toggle\">[<a href=\"#\">hide</a>]</span></p><ul><li><a href=\"#b\">b</a></li></ul></div>",
            "<div><p>Contents </p><ul><li><a href=\"#b\">b</a></li></ul></div>",
            &["dead-part"],
        );
    }

    #[test]
    fn headings_of_nothing_go() {
        check("a<div class=\"jp-relatedposts\"><h3>Related</h3></div>", "a", &["dead-part"]);
    }

    #[test]
    fn buttons_without_a_form_are_text() {
        check(
            "<h4><button type=\"button\" class=\"x\" aria-expanded=\"false\" onclick=\"x()\">When?</button></h4>",
            "<h4 id=\"when\"><span class=\"x was-button\">When?</span></h4>",
            &["unsafe-markup", "dead-part"],
        );
        check(
            "a<button title=\"Close\"><span aria-hidden=\"true\">×</span></button><button><span class=\"screen-reader-text\">Play</span><svg></svg></button>",
            "a",
            &["dead-part"],
        );
        let own = "<button class=\"wp-block-button__link\">a</button>";
        check(own, own, &[]);
    }

    #[test]
    fn signs_of_fonts_that_are_not_here_go() {
        check("<p>a<span class=\"et-pb-icon\">&#xe03b;</span></p>", "<p>a</p>", &["dead-part"]);
        let letters = "<span class=\"old-font\">\u{f300}</span>";
        check(letters, letters, &[]);
    }

    #[test]
    fn links_to_nowhere_are_text() {
        check(
            "<a href=\"#\" role=\"button\" aria-expanded=\"false\">a</a><a href=\"#\" class=\"next\"></a><a href=\"#\">top</a>",
            "<a role=\"button\" aria-expanded=\"false\">a</a><a href=\"#\">top</a>",
            &["dead-part"],
        );
    }
}
