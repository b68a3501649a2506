//! Pictures that stand for a sign or for nothing: faces, what plugins draw, and single pixels, by which
//! other sites count readers.

use crate::content::html::clean::addresses;
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::{counting, media};
use crate::content::html::entities::push_text;
use crate::content::surroundings::Target;
use crate::ledger::{Fate, Why};

const PIXEL: &str = "left out pictures of one pixel, by which another site counts readers";

/// Returns what stands for a picture that is a sign, if it is one: its words.
pub fn words(body: &mut Body<'_>, attributes: &mut Attributes<'_>) -> Option<String> {
    let source = attributes.get("src")?;
    let alt = attributes.get("alt").unwrap_or_default();
    if is_pixel(attributes) && media::is_remote(body, &source) {
        body.findings.warn("remote-image", PIXEL, media::NOT_ASKED);
        counting::part(body, "pixels that count readers", Fate::Dropped(Why::NotAsked));
        return Some(String::new());
    }
    let is_lost = || matches!(body.surroundings.file(source.trim()), Target::Lost(_));
    let is_sign = match is_face(&source) {
        true => !alt.is_empty(),
        false => is_of_a_program(&source) && is_lost(),
    };
    if is_sign && !is_face(&source) {
        // It is told which file is not there.
        media::file(body, attributes, "src");
    }
    is_sign.then(|| {
        let mut words = String::new();
        let name = source.rsplit('/').next().unwrap_or_default();
        if ["load", "spin"].iter().any(|word| name.contains(word)) {
            return words;
        }
        push_text(&mut words, &alt);
        // What proves that texts are whole must be able to tell them from the text.
        match is_face(&source) || words.is_empty() {
            true => words,
            false => format!("<span class=\"picture-words\">{words}</span>"),
        }
    })
}

/// Returns whether an address is of a face or another sign of Unicode, drawn by WordPress.
fn is_face(source: &str) -> bool {
    let host = addresses::host(source).unwrap_or_default();
    source.contains("/images/core/emoji/") && matches!(host, "s.w.org" | "s0.wp.com")
        || source.contains("twemoji") && source.contains("cdn")
}

/// Returns whether an address is of a picture that belongs to WordPress or to a plugin.
fn is_of_a_program(source: &str) -> bool {
    ["/wp-includes/images/", "/wp-content/plugins/"].iter().any(|folder| source.contains(folder))
}

fn is_pixel(attributes: &Attributes<'_>) -> bool {
    let is_tiny = |name: &str| {
        let size = attributes.get(name).map(|size| size.trim().trim_end_matches("px").to_owned());
        size.is_some_and(|size| matches!(&*size, "0" | "1"))
    };
    is_tiny("width") && is_tiny("height")
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn faces_are_text() {
        check(
            "<p>a <img src=\"https://s.w.org/images/core/emoji/14.0.0/72x72/1f600.png\" alt=\"😀\" class=\"wp-smiley\"></p>",
            "<p>a 😀</p>",
            &[],
        );
    }

    #[test]
    fn signs_of_plugins_that_are_not_there_are_read() {
        check(
            "<a href=\"/kept/\"><img src=\"https://example.org/wp-content/plugins/x/a.png\" alt=\"Print &amp; go\"></a>",
            "<a href=\"/kept/\"><span class=\"picture-words\">Print &amp; go</span></a>",
            &["missing-media"],
        );
    }

    #[test]
    fn wheels_say_nothing() {
        let wheel = "<img src=\"https://example.org/wp-content/plugins/x/submit-spin.svg\" alt=\"Loading\">";
        check(wheel, "", &["missing-media"]);
    }

    #[test]
    fn placeholders_are_no_signs() {
        check(
            "<img src=\"https://example.org/wp-content/plugins/x/lazy.gif\" data-src=\"https://example.org/wp-content/uploads/b.png\" alt=\"b\" loading=\"lazy\" decoding=\"async\">",
            "<img src=\"/media/b.png\" alt=\"b\" loading=\"lazy\" decoding=\"async\">",
            &[],
        );
    }

    #[test]
    fn pixels_that_count_readers_go() {
        check(
            "<p>a<img src=\"https://other.example/p.gif?x\" width=\"1\" height=\"1\" alt=\"\"></p>",
            "<p>a</p>",
            &["remote-image"],
        );
    }
}
