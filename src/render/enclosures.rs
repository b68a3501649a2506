//! The recordings and films of a post's text, which feeds hand to podcast programs.

use memchr::memmem;

use crate::content;
use crate::media::names::path_of;
use crate::media_types::recording;
use crate::render::shared::Shared;
use crate::render::views::EnclosureView;

/// How the full address of a page or file begins in an attribute of a finished text.
const VALUE: &[u8] = b"=\"http";

/// Where the address begins in that.
const VALUE_START: usize = 2;

/// Returns the recordings and films that a text with full addresses plays or links to, in order.
/// WordPress looks for them when a post is published, and keeps what it finds where the REST API
/// shows it to nobody.
pub fn of_text(shared: &Shared<'_>, html: &str) -> Vec<EnclosureView> {
    let mut found: Vec<EnclosureView> = Vec::new();
    // Few texts have any, and taking one apart takes time.
    if !may_name_recording(html) {
        return found;
    }
    for address in content::addresses(html) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let Some(mime_type) = recording(path) else { continue };
        let is_web = path.starts_with("https://") || path.starts_with("http://");
        if !is_web || found.iter().any(|it| it.url.split(['?', '#']).next() == Some(path)) {
            continue;
        }
        let file = path_of(&address).filter(|_| is_own(shared, &address));
        let file = file.and_then(|path| shared.library.file(&path));
        found.push(EnclosureView {
            length: file.map_or(0, |file| file.length),
            mime_type: mime_type.to_owned(),
            url: address,
        });
    }
    found
}

/// Whether something like an attribute holds the address of a recording or a film.
fn may_name_recording(html: &str) -> bool {
    let mut values = memmem::find_iter(html.as_bytes(), VALUE).map(|start| &html[start..]);
    values.any(|rest| {
        let value = &rest[VALUE_START..];
        let end = memchr::memchr3(b'"', b'?', b'#', value.as_bytes()).unwrap_or(value.len());
        recording(&value[..end]).is_some()
    })
}

fn is_own(shared: &Shared<'_>, address: &str) -> bool {
    address.strip_prefix(shared.site.info.base.origin()).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_without_recordings_are_not_taken_apart() {
        let check = |html: &str, expected: bool| {
            assert_eq!(may_name_recording(html), expected, "{html}");
        };
        check("<a href=\"https://a.example/b.mp3?c=1\">b</a>", true);
        check("<img src=\"https://a.example/b.png\"><source src=\"http://a.example/b.OGG\">", true);
        check("<a href=\"https://a.example/mp3/\">b.mp3</a>", false);
        check("<a href=\"https://a.example/", false);
        check("", false);
    }
}
