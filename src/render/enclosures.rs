//! The recordings and films of a post's text, which feeds hand to podcast programs.

use crate::content;
use crate::media::names::path_of;
use crate::media_types::recording;
use crate::render::shared::Shared;
use crate::render::views::EnclosureView;

/// Returns the recordings and films that a text with full addresses plays or links to, in order.
/// WordPress looks for them when a post is published, and keeps what it finds where the REST API
/// shows it to nobody.
pub fn of_text(shared: &Shared<'_>, html: &str) -> Vec<EnclosureView> {
    let mut found: Vec<EnclosureView> = Vec::new();
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

fn is_own(shared: &Shared<'_>, address: &str) -> bool {
    address.strip_prefix(shared.site.info.base.origin()).is_some_and(|rest| rest.starts_with('/'))
}
