//! Blocks that show something of another site: a link leads there.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::content::block_html::dynamic::wrapper::push_link;
use crate::content::block_html::plugins::is_blank;
use crate::content::block_html::plugins::left_out::{self, Dead};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::blocks::attributes::{Attributes, written};
use crate::content::html::entities::push_attribute;
use crate::content::shortcodes::embed;
use crate::ledger::Fate;

/// Prints a link. Returns whether there is anything to link to.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    let attributes = place.attributes();
    let name = place.block.name.rsplit('/').next().unwrap_or_default();
    let Some(address) = address(name, &attributes) else { return false };
    let html = &mut renderer.html;
    html.push_str("<figure class=\"wp-block-embed\">");
    embed::frame(html, &address);
    if let Some(caption) = attributes.text(&["caption"]) {
        html.extend(["<figcaption class=\"wp-element-caption\">", caption, "</figcaption>"]);
    }
    html.push_str("</figure>");
    true
}

/// Returns the address of what a block shows.
fn address(name: &str, attributes: &Attributes) -> Option<String> {
    let id = |path: &[&str]| attributes.at(path).and_then(written).filter(|id| is_id(id));
    let made = match name {
        "gif" => attributes.text(&["giphyUrl"]).map(|url| url.replace("/embed/", "/gifs/")),
        "goodreads" => attributes.text(&["link"]).map(str::to_owned).or_else(|| {
            Some(format!("https://www.goodreads.com/user/show/{}", id(&["goodreadsId"])?))
        }),
        "instagram-gallery" => {
            Some(format!("https://www.instagram.com/{}/", id(&["instagramUser"])?))
        }
        "opentable" => {
            let first = attributes.at(&["rid"])?.get(0).and_then(written);
            let restaurant = first.filter(|id| is_id(id))?;
            Some(format!("https://www.opentable.com/restref/client/?rid={restaurant}"))
        }
        "tock" => Some(format!("https://www.exploretock.com/{}", id(&["url"])?)),
        "video" | "videopress" => Some(format!("https://videopress.com/v/{}", id(&["guid"])?)),
        "whatsapp-button" => whatsapp(attributes),
        _ => attributes.text(&["url"]).map(str::to_owned),
    }?;
    let is_address = ["https://", "http://"].iter().any(|scheme| made.starts_with(scheme));
    (is_address && !made.contains(char::is_whitespace)).then_some(made)
}

fn whatsapp(attributes: &Attributes) -> Option<String> {
    let digits = |name| attributes.at(&[name]).and_then(written).unwrap_or_default();
    let number = digits("countryCode") + &digits("phoneNumber");
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let words = attributes.text(&["firstMessage"]);
    let words =
        words.map(|words| format!("?text={}", utf8_percent_encode(words, NON_ALPHANUMERIC)));
    (!number.is_empty()).then(|| format!("https://wa.me/{number}{}", words.unwrap_or_default()))
}

fn is_id(value: &str) -> bool {
    !value.is_empty()
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Prints a link that looks like a button, or leaves out the button of a form. Returns whether it was
/// not saved with its HTML.
pub fn button(renderer: &mut Renderer<'_>, place: &Place<'_>) -> bool {
    if !is_blank(place) {
        return false;
    }
    let attributes = place.attributes();
    let (Some(url), Some(text)) = (attributes.text(&["url"]), attributes.text(&["text"])) else {
        left_out::leave(renderer, place, Dead::Form);
        return true;
    };
    let html = &mut renderer.html;
    html.push_str("<div class=\"wp-block-button\">");
    push_link(html, url, " class=\"wp-block-button__link wp-element-button\"");
    push_attribute(html, text);
    html.push_str("</a></div>");
    renderer.fates.settle_all(place, Fate::Converted);
    true
}
