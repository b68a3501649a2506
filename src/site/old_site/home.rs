//! Where the home page of the old site was, as its addresses tell.

use crate::model::{Attachment, Export};
use crate::site::old_site::addresses::{host_of, path_of};

/// Returns an address that tells host and, with plain permalinks, path of the home page.
pub(super) fn first_link(export: &Export) -> Option<&str> {
    let posts = export.posts.iter().map(|post| &*post.link);
    let guids = export.posts.iter().map(|post| &*post.guid);
    let terms = export.terms.iter().map(|term| &*term.link);
    posts.chain(terms).chain(guids).find(|link| link.contains("://"))
}

/// Returns the address of the old site's home page, without a final slash, if anything tells it.
///
/// A pretty link does not tell where the home page ends and its own path begins. But below every
/// home page stands a `?p=7`, and nearly every post has one as its guid.
pub fn home_address(export: &Export, attachments: &[Attachment]) -> Option<String> {
    if let Some(home) = &export.site.home {
        return Some(home.clone());
    }
    let media = attachments.iter().map(|attachment| &*attachment.link);
    let link = first_link(export).or_else(|| media.clone().find(|link| link.contains("://")))?;
    let host = host_of(link)?;
    let posts = export.posts.iter().rev().flat_map(|post| [&*post.link, &*post.guid]);
    let mut own = posts.chain(media).filter(|address| host_of(address).as_ref() == Some(&host));
    // A guid stays what it was when a site moves: only the link tells where its home page is.
    let is_above = |path: &&str| {
        let below = path_of(link).strip_prefix(path);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let path = own.find_map(|address| path_above_query(address).filter(is_above));
    let path = path.unwrap_or_default();
    let start = link.find("://")? + "://".len();
    let end = link[start..].find(['/', '?', '#']).map_or(link.len(), |end| start + end);
    Some(format!("{}{path}", &link[..end]))
}

/// Returns the path in `https://news.example/blog/?p=7`, without a final slash.
fn path_above_query(address: &str) -> Option<&str> {
    let (above, query) = address.split_once('?')?;
    let is_by_id = ["p=", "page_id=", "attachment_id="].iter().any(|key| query.starts_with(key));
    let path = path_of(above).trim_end_matches('/');
    is_by_id.then(|| path.strip_suffix("/index.php").unwrap_or(path))
}
