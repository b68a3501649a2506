//! Where the addresses in texts lead now.

use std::borrow::Cow;

use crate::config::AttachmentLinks;
use crate::content::surroundings::Target;
use crate::media::names::path_of;
use crate::media::path_index::Fit;
use crate::model::PostId;
use crate::render::destinations;
use crate::render::loops::LoopPage;
use crate::render::surroundings::{Addresses, PLACEHOLDER, SiteSurroundings};
use crate::site::links::Resolution;
use crate::site::old_site;
use crate::site::urls::UrlPath;

impl SiteSurroundings<'_> {
    /// Returns an address as the page it stood on led there: what is relative to that in full.
    ///
    /// People also write `about/` and mean it from the home page, where the text stood as well.
    pub(super) fn seen_from_old_page<'t>(&self, address: &'t str) -> Cow<'t, str> {
        let links = &self.shared.site.links;
        let full = self.old_page.and_then(|page| old_site::seen_from(page, address));
        match full.filter(|full| links.leads(full) || !links.leads(address)) {
            Some(full) => Cow::Owned(full),
            None => Cow::Borrowed(address),
        }
    }

    /// Returns where a page of a loop is, unless something else stands there.
    pub(super) fn loop_address(&self, address: &str) -> Option<Target> {
        let (post, page) = LoopPage::read(address)?;
        let links = &self.shared.site.links;
        let Resolution::Page(post) = links.resolve(post).0 else { return None };
        let path = page.path(&post);
        (!links.is_known(&path)).then(|| Target::Here(self.address(&path)))
    }

    pub(super) fn address(&self, path: &UrlPath) -> String {
        self.written(&self.shared.href(path))
    }

    /// Returns an address from the root of the host as this kind of page writes it.
    fn written(&self, href: &str) -> String {
        let origin = match self.addresses {
            Addresses::RootRelative => "",
            Addresses::Absolute => self.shared.site.info.base.origin(),
            Addresses::Placeholder => PLACEHOLDER,
        };
        [origin, href].concat()
    }

    /// Finds an address that is not an old one, but today's: templates of blocks print such.
    pub(super) fn today(&self, address: &str) -> Option<Target> {
        let blocks = self.blocks.as_ref()?;
        if blocks.templates.have_asset(address) {
            return Some(Target::Here(self.written(address)));
        }
        let below = address.strip_prefix(self.shared.site.info.base.path())?;
        if below.len() == address.len() || !below.starts_with('/') {
            return None;
        }
        match self.shared.site.links.resolve(below).0 {
            Resolution::Page(_) | Resolution::Upload(_) => {
                Some(Target::Here(self.written(address)))
            }
            _ => None,
        }
    }

    /// A file that is not at hand stays on the old host. Where no uploads folder is at hand at
    /// all, that is told once for the site, not for each file.
    pub(super) fn upload(&self, path: &str, address: &str) -> Target {
        if let Some(path) = self.shared.upload(path) {
            return Target::Here(self.address(&path));
        }
        if let Some((path, fit)) = self.shared.other_size(path) {
            let address = self.address(&path);
            return match fit {
                Fit::Enough => Target::Here(address),
                Fit::Smaller => Target::Smaller(address),
            };
        }
        let old = self.shared.old_url(address);
        if self.shared.library.is_empty() {
            self.shared.leave_behind(&old);
            return Target::Here(old);
        }
        Target::Lost(old)
    }

    pub(super) fn moved(&self, address: &str) -> Target {
        match address.strip_prefix('/') {
            Some(path) => Target::Here(self.address(&UrlPath::root()) + path),
            None => Target::Here(address.to_owned()),
        }
    }

    /// Returns where a link to the page of an attachment leads: to that page, if one stands there
    /// that leads on to the file, else to the file.
    pub(super) fn attachment_page(&self, id: PostId, address: &str) -> Target {
        // Before the page: a file is published if something links to it.
        let file = self.attachment_file(id, address);
        let shared = self.shared;
        let links_pages = shared.settings.content.attachment_links == AttachmentLinks::Page;
        let page = shared.site.links.attachment_page(id).filter(|_| {
            links_pages
                && matches!(file, Target::Here(_) | Target::Smaller(_))
                && destinations::attachment(shared, id).is_some()
        });
        page.map_or(file, |page| Target::Here(self.address(page)))
    }

    pub(super) fn attachment_file(&self, id: PostId, address: &str) -> Target {
        let Some(attachment) = self.shared.library.attachment(id) else {
            return Target::Lost(self.shared.old_url(address));
        };
        match path_of(&attachment.source_url) {
            Some(path) => self.upload(&path, &attachment.source_url),
            None => Target::Here(self.shared.old_url(&attachment.source_url)),
        }
    }
}
