//! What stands where on the new site.

use crate::model::{Attachment, PostId, TermId};
use crate::site::links::{Links, Place, Resolution, key_of};
use crate::site::urls::UrlPath;
use crate::text_hash::TextHash;

/// The post an attachment belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner<'a> {
    /// It belongs to none.
    Nobody,
    /// It is not public, or not in the export.
    Hidden,
    /// Where its page is.
    Page(&'a UrlPath),
}

impl Links {
    /// Returns the path of a post's page: none if it has none, or is not public.
    pub fn post(&self, post: PostId) -> Option<&UrlPath> {
        match *self.posts.get(&post.0)? {
            Place::Entry(id) => Some(&self.entries[id.index()].path),
            Place::Archive(id) => Some(&self.archives[id.index()].path),
            Place::Attachment(_) => None,
        }
    }

    /// Returns in how many pages the page of a post is.
    pub fn pages_of(&self, post: PostId) -> Option<usize> {
        match *self.posts.get(&post.0)? {
            Place::Entry(id) => Some(self.entries[id.index()].pages),
            Place::Archive(_) | Place::Attachment(_) => None,
        }
    }

    /// Returns in how many pages is what stands at a path.
    pub fn pages_at(&self, path: &UrlPath) -> usize {
        match self.paths.get(&TextHash::of(&key_of(path.as_str()))) {
            Some(Place::Entry(id)) => self.entries[id.index()].pages,
            Some(Place::Archive(id)) => self.archives[id.index()].pages,
            Some(Place::Attachment(_)) | None => 1,
        }
    }

    /// Returns whether something stands at a path, or has stood there before.
    pub fn is_known(&self, path: &UrlPath) -> bool {
        let key = key_of(path.as_str());
        self.paths.contains_key(&TextHash::of(&key)) || self.moved.contains_key(&*key)
    }

    /// Returns the post that an attachment belongs to: its page leads there, if not to its file, and
    /// it is no more public than that. Nobody knows whether a post that the export lacks was public:
    /// somebody who could see more than readers may have saved the attachment, and the post may be a
    /// draft. So it counts as hidden; no address leads to the attachment, and no file is copied only
    /// because all are to be. A public page that shows the file publishes it all the same.
    pub fn owner(&self, attachment: &Attachment) -> Owner<'_> {
        match attachment.parent.map(|parent| self.post(parent)) {
            None => Owner::Nobody,
            Some(None) => Owner::Hidden,
            Some(Some(path)) => Owner::Page(path),
        }
    }

    /// Returns where the archive of a term is.
    pub fn term(&self, term: TermId) -> Resolution {
        self.terms
            .get(&term)
            .map_or(Resolution::Lost, |id| Resolution::Page(self.archives[id.index()].path.clone()))
    }

    /// Returns the page of an attachment, if there is one.
    pub fn attachment_page(&self, attachment: PostId) -> Option<&UrlPath> {
        self.attachment_pages.get(&attachment)
    }
}
