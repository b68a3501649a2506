//! Where old paths and the pages of attachments lead. Right only when all pages are made, since these
//! decide which files are published.

use crate::media::names::path_of;
use crate::model::PostId;
use crate::render::shared::Shared;
use crate::site::links::standing::Owner;
use crate::site::redirects::Destination;

/// Returns where an old path leads, if anywhere.
pub fn redirect(shared: &Shared<'_>, to: &Destination) -> Option<String> {
    match to {
        Destination::Page(path) => Some(shared.href(path)),
        Destination::Attachment(id) => attachment(shared, *id),
        Destination::Upload(path) => {
            let published = shared.published(path).map(|path| shared.href(&path));
            let links = &shared.site.links;
            published.or_else(|| links.old_url(links.old_site().file_path(path).as_str()))
        }
        Destination::Address(address) if address.starts_with('/') => {
            Some(format!("{}{address}", shared.site.info.base.path()))
        }
        Destination::Address(address) => Some(address.clone()),
    }
}

/// Returns where the page of an attachment leads: to its file, if that is published, else to the
/// post it belongs to. None if that is not public.
pub fn attachment(shared: &Shared<'_>, id: PostId) -> Option<String> {
    let attachment = shared.library.attachment(id)?;
    let page = match shared.site.links.owner(attachment) {
        Owner::Hidden => return None,
        Owner::Nobody => None,
        Owner::Page(path) => Some(shared.href(path)),
    };
    if attachment.source_url.is_empty() {
        return page;
    }
    match path_of(&attachment.source_url) {
        Some(path) if !shared.library.is_empty() => {
            let own = shared.published(&path);
            // What belongs to no post has nowhere else to lead to.
            let any = || {
                let paths = shared.library.paths_of(attachment);
                paths.iter().find_map(|path| shared.published(path)).filter(|_| page.is_none())
            };
            own.or_else(any).map(|path| shared.href(&path)).or(page)
        }
        _ => {
            let address = shared.old_url(&attachment.source_url);
            let is_web = address.starts_with("https://") || address.starts_with("http://");
            if is_web { Some(address) } else { page }
        }
    }
}
