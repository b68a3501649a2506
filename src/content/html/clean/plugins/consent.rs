//! Films, maps and the like that a plugin keeps back until readers consent: links stand for them, which
//! ask nobody for anything before a click, and so does nothing of what would have asked.

use crate::content::html::base64;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::embeds::{self, Place};
use crate::content::html::clean::frames;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::entities::{self, decode};
use crate::content::html::tokens::{Kind, tokenize};
use crate::ledger::{self, Fate, Why};

const KEPT_BACK: &str = "put into the post what it showed";

/// The class of what stands around what is kept back, as three plugins call it.
const AROUND: [&str; 3] =
    ["BorlabsCookie", "brlbs-cmpnt-content-blocker", "embed-privacy-container"];

/// Returns whether a class is the name of what stands around what is kept back.
pub fn is_around(class: &str) -> bool {
    AROUND.contains(&class)
}

/// Puts links in the place of what is kept back.
pub fn released(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if !matches!(element.name, "div" | "span") || !attributes.has_class_like(is_around) {
        return None;
    }
    let place = Place::of(page, element);
    let mut html = String::new();
    for (address, title) in kept_back(page, element, attributes) {
        let link = embeds::link(body, &address, &title, place);
        if !link.is_empty() {
            counting::embed(body, &address, Fate::Converted);
            html.push_str(&link);
        }
    }
    if html.is_empty() {
        let message = "what readers had to consent to is nothing that is known";
        body.findings.fail("frame-dropped", message, KEPT_BACK);
        let fate = Fate::Dropped(Why::NoAddress);
        body.tally.add(ledger::Kind::Embed, "waits for consent", fate);
        return None;
    }
    let message = "left out requests for consent, for links stand there which load nothing";
    body.findings.warn("dead-part", message, "nothing");
    counting::part(body, "requests for consent", Fate::Dropped(Why::Unanswered));
    Some(Verdict::Replace(html))
}

/// Returns the addresses of what is kept back, with titles.
fn kept_back(
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Vec<(String, String)> {
    if let Some(written) = attributes.get("data-borlabs-cookie-content") {
        return shown_in(&text_of(&written));
    }
    let markup = page.markup;
    for index in element.start + 1..element.end {
        let Some(tag) = markup.start_tag(index) else { continue };
        let attributes = Attributes::read(tag);
        if attributes.is("data-borlabs-cookie-type", "content-blocker") {
            let texts = (index + 1..markup.end_of(index))
                .filter(|index| matches!(markup.tokens[*index].kind, Kind::Text | Kind::Raw));
            let written: String = texts.map(|index| markup.source(index)).collect();
            return shown_in(&text_of(written.trim()));
        }
        // Only this plugin names the address for all to read.
        if attributes.has_class("embed-privacy-url") {
            let links = (index + 1..markup.end_of(index)).filter_map(|at| markup.start_tag(at));
            let links = links.filter_map(|tag| Attributes::read(tag).get("href").map(Into::into));
            return links.map(|address: String| (address, String::new())).collect();
        }
    }
    Vec::new()
}

fn text_of(written: &str) -> String {
    base64::decode(written).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Returns what HTML shows of other sites: its frames, or the page that a quotation is from.
fn shown_in(html: &str) -> Vec<(String, String)> {
    let mut frames = Vec::new();
    let mut page = None;
    for token in tokenize(html) {
        let Kind::Start(tag) = token.kind else { continue };
        let attributes = Attributes::read(tag);
        match tag.name {
            "iframe" => {
                let title = attributes.get("title").unwrap_or_default().into_owned();
                frames.push((frames::source(&attributes, tag.name), title));
            }
            "a" => page = attributes.get("href").filter(|it| embeds::is_known(it)).or(page),
            "blockquote" => page = attributes.get("cite").or(page),
            _ => {}
        }
    }
    if frames.is_empty() {
        let page = page.map(|page| decode(&page, entities::Place::Attribute).into_owned());
        frames.extend(page.map(|page| (page, String::new())));
    }
    frames
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    /// Checks which pages of films are linked to, and that nobody asks for consent.
    #[track_caller]
    fn check_links(html: &str, addresses: &[&str]) {
        let content = normalize_as(BodyFormat::Rendered, html);
        let page = content.pages[0].as_str();
        let links: Vec<&str> = page
            .split("class=\"embed-facade\" href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(links, addresses, "{page}");
        assert!(!page.contains("consent"), "{page}");
    }

    // <iframe title="A" src="https://www.youtube.com/embed/abc"></iframe>
    const FRAME: &str = "PGlmcmFtZSB0aXRsZT0iQSIgc3JjPSJodHRwczovL3d3dy55b3V0dWJlLmNvbS9lbWJlZC9hYmMiPjwvaWZyYW1lPg==";

    #[test]
    fn films_that_wait_for_consent_are_links() {
        let film = "https://www.youtube.com/watch?v=abc";
        check_links(
            &format!(
                "<div class=\"BorlabsCookie _brlbs-cb-youtube\"><div class=\"_brlbs-content-blocker\"><p>Please consent.</p><a class=\"_brlbs-btn\" href=\"#\" role=\"button\">Load</a></div><div class=\"borlabs-hide\" data-borlabs-cookie-type=\"content-blocker\" data-borlabs-cookie-id=\"youtube\"><script type=\"text/template\">{FRAME}</script></div></div>"
            ),
            &[film],
        );
        check_links(
            &format!(
                "<div class=\"brlbs-cmpnt-container brlbs-cmpnt-content-blocker\" data-borlabs-cookie-content=\"{FRAME}\"><p>Please consent.</p></div>"
            ),
            &[film],
        );
        check_links(
            "<div class=\"embed-privacy-container embed-youtube\"><button>Show</button><div class=\"embed-privacy-overlay\"><p>You consent to <a href=\"https://policies.example/\">this</a>.</p><span class=\"embed-privacy-url\"><a href=\"https://www.youtube.com/watch?v=abc\">Open</a></span></div><div class=\"embed-privacy-content\"><script>x</script></div></div>",
            &[film],
        );
        check_links(
            "<iframe consent-click-original-src-_=\"https://www.youtube.com/embed/abc?autoplay=1\" consent-original-src-_=\"https://www.youtube.com/embed/abc\" consent-required=\"9\"></iframe>",
            &[film],
        );
        check_links(
            "<div class=\"cmplz-placeholder-parent\"><iframe src=\"about:blank\" data-src-cmplz=\"https://www.youtube.com/embed/abc\"></iframe></div><div class=\"cmplz-blocked-content-notice\">Click to consent</div>",
            &[film],
        );
    }

    #[test]
    fn what_nobody_knows_is_told() {
        // <p>a</p>
        let html = "<div class=\"brlbs-cmpnt-content-blocker\" data-borlabs-cookie-content=\"PHA+YTwvcD4=\"><p>b</p></div>";
        check(html, html, &["frame-dropped"]);
    }

    #[test]
    fn pictures_that_wait_for_consent_are_shown() {
        check(
            "<img consent-original-src-_=\"https://example.org/wp-content/uploads/b.png\" alt=\"\" loading=\"lazy\" decoding=\"async\">",
            "<img alt=\"\" loading=\"lazy\" decoding=\"async\" src=\"/media/b.png\">",
            &[],
        );
    }
}
