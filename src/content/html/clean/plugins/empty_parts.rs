//! Elements that a script would have filled, where their attributes hold what with: films, numbers that
//! count up, slides. What nothing is known to fill goes.

use serde_json::Value;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::embeds::{self, Place};
use crate::content::html::clean::lookahead::{inner, shows_words, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::plugins::lazy;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::clean::{addresses, counting, media, scripts};
use crate::content::html::entities::push_text;
use crate::ledger::{Fate, Kind, Why};

const EMPTY: &str = "put into the post what it showed: a picture, or a link";

/// Returns what is to stand in an element, or for it.
pub fn filled(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    if !matches!(element.name, "div" | "span" | "blockquote") {
        return None;
    }
    if let Some(number) = number(page, element, attributes) {
        let mut words = String::new();
        push_text(&mut words, &number);
        scripts::common(body, attributes);
        scripts::style(body, attributes);
        attributes.remove("id");
        counting::part(body, "numbers that count up", Fate::Converted);
        return Some(Verdict::Refill(words));
    }
    if element.name == "span"
        || !attributes.names().any(|name| name.starts_with("data-") || name == "style")
    {
        return None;
    }
    let place = Place::of(page, element);
    if let Some((address, title)) = film(page, element, attributes) {
        lazy::remember(page, &address);
        counting::embed(body, &address, Fate::Converted);
        return Some(Verdict::Replace(embeds::link(body, &address, &title, place)));
    }
    slides(body, attributes)
        .or_else(|| empty_box(body, page, element, attributes))
        .map(Verdict::Replace)
}

/// Returns the number that an element counts up to, if it stands at nothing.
fn number(
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<String> {
    let around =
        ["data-number-value", "data-pie-value"].iter().find_map(|name| attributes.get(name));
    if let Some(number) = around {
        page.number = (element.end, number.into_owned());
        return None;
    }
    let is_counter = attributes.has_class_like(|class| {
        ["count", "number", "percent", "chart_value"].iter().any(|word| class.contains(word))
    });
    if !is_counter {
        return None;
    }
    let own = ["data-to-value", "data-value", "data-count", "data-target", "data-to"];
    let own = own.iter().find_map(|name| attributes.get(name)).map(std::borrow::Cow::into_owned);
    let is_inner = element.start < page.number.0
        && attributes
            .has_class_like(|class| matches!(class, "percent-value" | "vc_pie_chart_value"));
    let number = own.or_else(|| is_inner.then(|| page.number.1.clone()))?;
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.len() < 24;
    let is_open = element.end <= element.start + 2
        && matches!(text(page.markup, element.start).trim(), "" | "0");
    (is_number && is_open).then_some(number)
}

/// Finds the address of what a script would have put into an element without words.
fn film(
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<(String, String)> {
    if element.name == "blockquote" {
        let address = attributes.get("data-instgrm-permalink")?;
        let address = address.split('?').next()?.to_owned();
        let words = text(page.markup, element.start);
        return Some((address, words.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let names = attributes.names().filter(|name| {
        name.starts_with("data-")
            && ["src", "url", "href", "settings", "video"].iter().any(|it| name.contains(it))
    });
    let address =
        names.filter_map(|name| attributes.get(name)).find_map(|value| known_address(&value))?;
    let title = ["data-alt", "data-title", "title", "aria-label"]
        .iter()
        .find_map(|name| attributes.get(name));
    let is_empty = !shows_words(page.markup, element.start)
        && inner(page.markup, element.start, "img", "src").len() < 2
        && inner(page.markup, element.start, "iframe", "src").is_empty();
    is_empty.then(|| (address, title.unwrap_or_default().into_owned()))
}

/// Finds an address of a known provider in a value, which may be JSON.
fn known_address(value: &str) -> Option<String> {
    let value = value.replace("\\/", "/");
    let mut starts = value.match_indices("//").map(|(at, _)| at).take(8);
    starts.find_map(|at| {
        let scheme = ["https:", "http:"].iter().find(|scheme| value[..at].ends_with(**scheme));
        let start = at - scheme.map_or(0, |scheme| scheme.len());
        let rest = &value[start..];
        let address = &rest[..rest.find(['"', '\'', ' ', '<', ',']).unwrap_or(rest.len())];
        embeds::is_known(address).then(|| address.to_owned())
    })
}

/// Returns the gallery of a slide show whose pictures stand in an attribute.
fn slides(body: &mut Body<'_>, attributes: &Attributes<'_>) -> Option<String> {
    let list: Vec<Value> = serde_json::from_str(&attributes.get("data-gallery")?).ok()?;
    let mut html = String::from("<div class=\"gallery gallery-columns-2\">");
    for slide in &list {
        let part =
            |name: &str| slide.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        if part("src").is_empty() {
            return None;
        }
        let mut picture = Attributes::default();
        picture.set("src", part("src"));
        picture.set("alt", part("alt"));
        scripts::common(body, &mut picture);
        media::image(body, &mut picture);
        html.push_str("<figure class=\"gallery-item\"><img");
        picture.print(&mut html);
        html.push('>');
        if !part("caption").is_empty() {
            html.push_str("<figcaption class=\"wp-caption-text gallery-caption\">");
            push_text(&mut html, &part("caption"));
            html.push_str("</figcaption>");
        }
        html.push_str("</figure>");
    }
    html.push_str("</div>");
    if list.is_empty() {
        return None;
    }
    counting::part(body, "slide shows", Fate::Converted);
    Some(html)
}

/// Takes out an element that is high, and empty, and of which a script knows: a map or the like.
/// Spaces that authors put stay, and so do the blocks of WordPress itself.
fn empty_box(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<String> {
    let style = attributes.get("style")?.to_ascii_lowercase();
    let is_high = style.split(';').any(|declaration| {
        let (name, value) = declaration.split_once(':').unwrap_or_default();
        matches!(name.trim(), "height" | "min-height") && !value.trim().starts_with('0')
    });
    let names = [attributes.get("id"), attributes.get("class")].map(Option::unwrap_or_default);
    let names_any = |words: &[&str]| words.iter().any(|word| names.join(" ").contains(word));
    let is_set_up = attributes.names().any(|name| name.starts_with("data-"))
        || names_any(&["calendar", "canvas", "chart", "graph", "map", "player", "widget"]);
    let is_meant = names_any(&["bar", "divider", "empty", "separator", "spac", "wp-block-"]);
    let is_drawn = style.contains("background") || style.contains("border");
    if !is_high
        || !is_set_up
        || is_meant
        || is_drawn
        || element.end > element.start + 1 && !is_empty(page, element)
    {
        return None;
    }
    let address = ["data-url", "data-src", "data-href"].iter().find_map(|it| attributes.get(it));
    if let Some(address) = address.filter(|it| addresses::kind(it) == addresses::Kind::Absolute) {
        counting::embed(body, &address, Fate::Converted);
        let place = Place::of(page, element);
        return Some(embeds::link(body, &address, "", place));
    }
    let name =
        names.iter().find_map(|names| names.split_ascii_whitespace().next()).unwrap_or("div");
    let message = format!("left out the empty frame `{name}`, which a script would have filled");
    body.findings.fail("frame-dropped", message, EMPTY);
    body.tally.add(Kind::Embed, name, Fate::Dropped(Why::NoAddress));
    Some(String::new())
}

/// Returns whether an element holds nothing but elements that hold nothing.
fn is_empty(page: &Page<'_>, element: Element<'_>) -> bool {
    let mut tags =
        (element.start + 1..element.end).filter_map(|index| page.markup.start_tag(index));
    // What is drawn behind it is seen.
    tags.all(|tag| {
        matches!(tag.name, "div" | "span")
            && !["background", "role="].iter().any(|word| tag.attributes.contains(word))
    }) && text(page.markup, element.start).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    /// Checks where the link leads that stands for an element.
    #[track_caller]
    fn check_link(html: &str, address: &str) {
        let content = normalize_as(BodyFormat::Rendered, html);
        let page = content.pages[0].as_str();
        assert_eq!(page.matches(&format!("href=\"{address}\"")).count(), 1, "{page}");
    }

    #[test]
    fn films_that_wait_for_a_click_are_links() {
        let film = "https://www.youtube.com/watch?v=abc";
        for html in [
            "<div class=\"player\" data-src=\"https://www.youtube.com/embed/abc\"></div><noscript><iframe src=\"https://www.youtube.com/embed/abc?x=1\"></iframe></noscript>",
            "<div data-settings='{\"url\":\"https:\\/\\/www.youtube.com\\/watch?v=abc\",\"x\":1}'><div><div class=\"video\"></div></div></div>",
            "<div data-facadesrc=\"//www.youtube.com/embed/abc?x=1\"><img src=\"https://i.ytimg.com/a.jpg\"><button aria-label=\"Play\"></button></div>",
        ] {
            check_link(html, film);
        }
        check_link(
            "<blockquote data-instgrm-permalink=\"https://www.instagram.com/p/x/?utm=1\"><div><a href=\"#\">View</a></div></blockquote>",
            "https://www.instagram.com/p/x/",
        );
        let words = "<div data-url=\"https://www.youtube.com/watch?v=abc\">Words.</div>";
        check(words, words, &[]);
    }

    #[test]
    fn numbers_that_count_up_are_there() {
        check(
            "<span class=\"counter-number\" data-to-value=\"1250\" onclick=\"x\">0</span><div data-number-value=\"85\"><span class=\"percent-value\"></span></div>",
            "<span class=\"counter-number\" data-to-value=\"1250\">1250</span><div data-number-value=\"85\"><span class=\"percent-value\">85</span></div>",
            &["unsafe-markup"],
        );
        let own = "<span class=\"count\" data-count=\"9\">7</span>";
        check(own, own, &[]);
    }

    #[test]
    fn slides_in_an_attribute_are_a_gallery() {
        check(
            "<div class=\"slideshow\" data-gallery='[{\"src\":\"https:\\/\\/example.org\\/wp-content\\/uploads\\/b.png\",\"alt\":\"B\",\"caption\":\"C &amp;lt; D\"}]'></div>",
            "<div class=\"gallery gallery-columns-2\"><figure class=\"gallery-item\"><img src=\"/media/b.png\" alt=\"B\" loading=\"lazy\" decoding=\"async\"><figcaption class=\"wp-caption-text gallery-caption\">C &amp;lt; D</figcaption></figure></div>",
            &[],
        );
    }

    #[test]
    fn empty_frames_with_an_address_are_links() {
        check_link(
            "<div class=\"x\" data-url=\"https://dates.example/a\" style=\"height:630px\"></div>",
            "https://dates.example/a",
        );
    }

    #[test]
    fn empty_frames_go_and_are_told() {
        check("a<div id=\"map\" style=\"height:400px\"><div></div></div>", "a", &["frame-dropped"]);
        for kept in [
            "<div id=\"s\" class=\"wp-block-spacer\" style=\"height:40px\"></div>",
            "<div id=\"s\" style=\"height:40px\"></div>",
            "<div class=\"a-map\" style=\"height:40px\"><div style=\"background:red\"></div></div>",
            "<div class=\"wp-block-cover\" id=\"map\" style=\"min-height:4em\"><div></div></div>",
        ] {
            check(kept, kept, &[]);
        }
    }
}
