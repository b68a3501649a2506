//! Frames, objects and the addresses that stand for them.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::embeds::{self, Place};
use crate::content::html::clean::lookahead::{inner, text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::plugins::lazy;
use crate::content::html::clean::providers::is_provider;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::clean::{addresses, counting, media};
use crate::content::surroundings::Target;
use crate::ledger::{Fate, Why};

/// WordPress leaves the address where it could not ask the other site for a player.
pub fn bare_address(body: &mut Body<'_>, page: &Page<'_>, element: Element<'_>) -> Option<Verdict> {
    let holds_text = element.end == element.start + 2;
    let address = holds_text.then(|| text(page.markup, element.start))?;
    // In a raw text nobody has asked yet: WordPress asks only those it knows, and itself. Some it
    // knew once.
    let is_asked = body.origin == Origin::Rendered
        || is_provider(address.trim())
        || embeds::is_known(address.trim())
        || body.surroundings.link(address.trim()) != Target::Elsewhere;
    let facade = is_asked.then(|| embeds::bare(body, address.trim()))??;
    counting::embed(body, &address, Fate::Converted);
    Some(Verdict::Replace(format!("<div class=\"wp-block-embed__wrapper\">{facade}</div>")))
}

/// Puts a link in the place of a frame.
pub fn frame(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let place = Place::of(page, element);
    if element.name == "iframe" {
        // Ours alone: in HTML that WordPress made the class says nothing.
        let is_bare = body.origin == Origin::Raw && place == Place::Free;
        if is_bare && attributes.has_class("embedded-address") {
            let address = attributes.get("src").unwrap_or_default();
            if let Some(link) = embeds::bare(body, &address) {
                counting::embed(body, &address, Fate::Converted);
                return Some(Verdict::Replace(link));
            }
        }
        return Some(iframe(body, page, attributes, place));
    }
    if attributes.has("hidden") || attributes.has_class("wp-block-file__embed") {
        return preview(body, attributes);
    }
    let name = if element.name == "object" { "data" } else { "src" };
    let own = attributes.get(name).map(std::borrow::Cow::into_owned);
    let nested = || {
        let movie = inner(page.markup, element.start, "param", "value");
        let embed = inner(page.markup, element.start, "embed", "src");
        embed.into_iter().chain(movie.into_iter().filter(|value| value.contains("//"))).next()
    };
    let source = own.or_else(nested).unwrap_or_default();
    if media::is_remote(body, &source) {
        counting::embed(body, &source, Fate::Converted);
        let title = attributes.get("title").unwrap_or_default();
        return Some(Verdict::Replace(embeds::link(body, &source, &title, place)));
    }
    counting::embed(body, &source, Fate::Kept);
    media::file(body, attributes, name);
    None
}

fn iframe(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    attributes: &Attributes<'_>,
    place: Place,
) -> Verdict {
    let source = source(attributes, "iframe");
    lazy::remember(page, &source);
    if attributes.has_class("wp-embedded-content") && page.has_embedded_quote {
        counting::embed(body, &source, Fate::Converted);
        return Verdict::Replace(String::new());
    }
    let is_wanted = attributes.has_class("wp-embedded-content") || embeds::is_known(&source);
    let unseen = match () {
        () if is_advertisement(&source) => Some("left out frames of advertisers"),
        () if is_unseen(attributes) && !is_wanted => {
            Some("left out frames that no reader saw, by which a script counts or asks")
        }
        () => None,
    };
    if let Some(message) = unseen {
        body.findings.warn("dead-part", message, "nothing");
        counting::embed(body, &source, Fate::Dropped(Why::Unshown));
        return Verdict::Replace(String::new());
    }
    let link = embeds::frame(body, attributes, place);
    let fate = if link.is_empty() { Fate::Dropped(Why::NoAddress) } else { Fate::Converted };
    counting::embed(body, &source, fate);
    if link.is_empty() {
        let message = "left out a frame that has no address";
        body.findings.fail("frame-dropped", message, "put what it showed into the post");
    }
    Verdict::Replace(link)
}

/// Returns the address of what a frame or object of a name shows: also one that a script would have
/// put in its place.
pub fn source(attributes: &Attributes<'_>, element: &str) -> String {
    if element == "object" {
        return attributes.get("data").unwrap_or_default().into_owned();
    }
    let mut source = attributes.get("src").unwrap_or_default();
    if addresses::kind(&source) != addresses::Kind::Absolute {
        let is_source = |name: &&str| {
            name.contains("src")
                && ["data-", "consent-", "suppressed"].iter().any(|it| name.starts_with(it))
        };
        let others = attributes.names().filter(is_source);
        let mut found: Vec<_> = others
            .filter_map(|name| Some((name.contains("click"), attributes.get(name)?)))
            .filter(|(_, address)| addresses::kind(address) == addresses::Kind::Absolute)
            .collect();
        // One that is for a click begins to play at once.
        found.sort_by_key(|(is_for_click, _)| *is_for_click);
        if let Some((_, other)) = found.into_iter().next() {
            source = other;
        }
    }
    source.into_owned()
}

/// Returns whether no reader sees a frame: it is a script's, to count readers or to send a form.
fn is_unseen(attributes: &Attributes<'_>) -> bool {
    let style = attributes.get("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let is_tiny = |name: &str| attributes.is(name, "0") || attributes.is(name, "1");
    style.split(';').any(|declaration| matches!(declaration, "display:none" | "visibility:hidden"))
        || is_tiny("width") && is_tiny("height")
}

fn is_advertisement(source: &str) -> bool {
    const HOSTS: [&str; 4] =
        ["doubleclick.net", "googlesyndication.com", "amazon-adsystem.com", "adnxs.com"];
    let host = addresses::host(source).unwrap_or_default();
    HOSTS.iter().any(|known| {
        host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Keeps the preview of a file of the site, hidden until a script finds that the browser can show it. The
/// link to the file stands beside it, which is all there is of other hosts' files.
fn preview(body: &mut Body<'_>, attributes: &mut Attributes<'_>) -> Option<Verdict> {
    let data = attributes.get("data").unwrap_or_default();
    let is_pdf = attributes.is("type", "application/pdf");
    match body.surroundings.file(data.trim()) {
        Target::Here(file) if is_pdf && attributes.has_class("wp-block-file__embed") => {
            attributes.set("data", file);
            attributes.set("hidden", "");
            counting::embed(body, "", Fate::Kept);
            None
        }
        _ => {
            counting::embed(body, "", Fate::Converted);
            Some(Verdict::Replace(String::new()))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    #[test]
    fn frames_that_nobody_sees_go() {
        for frame in [
            "src=\"about:blank\" style=\"display:none;width:0px\"",
            "src=\"https://counter.example/x\" width=\"0\" height=\"0\"",
            "src=\"https://ads.g.doubleclick.net/x\" width=\"700\"",
        ] {
            check(&format!("a<iframe {frame}></iframe>"), "a", &["dead-part"]);
        }
    }

    #[test]
    fn frames_that_wait_for_consent_become_links() {
        for name in ["data-src", "data-src-cmplz", "data-cookieblock-src", "data-lazy-src"] {
            let frame =
                format!("<iframe src=\"about:blank\" {name}=\"https://vimeo.com/1\"></iframe>");
            let content = normalize_as(BodyFormat::Rendered, &frame);
            assert!(content.pages[0].as_str().contains("href=\"https://vimeo.com/1\""), "{name}");
        }
    }

    #[test]
    fn previews_of_own_files_stay_hidden() {
        check(
            "<object data-wp-bind--hidden=\"!x\" hidden class=\"wp-block-file__embed\" \
             data=\"https://example.org/wp-content/uploads/a.pdf\" type=\"application/pdf\"></object>",
            "<object class=\"wp-block-file__embed\" data=\"/media/a.pdf\" type=\"application/pdf\" hidden=\"\"></object>",
            &[],
        );
    }

    #[test]
    fn previews_of_anything_else_go() {
        for object in [
            "class=\"wp-block-file__embed\" data=\"https://other.example/a.pdf\" type=\"application/pdf\"",
            "class=\"wp-block-file__embed\" data=\"https://example.org/wp-content/uploads/a.html\" type=\"text/html\"",
            "hidden data=\"https://example.org/wp-content/uploads/a.pdf\" type=\"application/pdf\"",
        ] {
            check(&format!("a<object {object}></object>"), "a", &[]);
        }
    }
}
