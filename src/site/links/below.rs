//! Old addresses that leave out what stands between a base and the last name: WordPress shows
//! `/category/child/` as `/category/parent/child/`, and guesses pages and posts of custom types.

use std::collections::HashMap;
use std::sync::Arc;

use crate::site::Site;
use crate::site::archives::ArchiveKind;
use crate::site::links::{Links, Place, key_of};
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;

/// A path below which the last name tells what is meant.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Base {
    /// Decoded, in lower case, without a slash before it and with one after it.
    pub path: String,
    /// Of the taxonomy or type of posts that stands there.
    pub name: Arc<str>,
}

impl Links {
    /// Returns the paths below which the last name tells what is meant.
    pub fn bases(&self) -> &[Base] {
        &self.bases
    }

    /// Finds the archive of a term by the last name of a path, as WordPress does whatever stands before it.
    pub(super) fn term_below(&self, key: &str) -> Option<Place> {
        let (base, rest) =
            self.bases.iter().find_map(|base| Some((base, key.strip_prefix(&*base.path)?)))?;
        let (above, slug) = rest.rsplit_once('/').unwrap_or(("", rest));
        let is_page = above == "page" || above.ends_with("/page");
        if is_page && slug.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.term_slugs.get(&base.name)?.get(slug).copied().map(Place::Archive)
    }
}

/// Returns old paths that leave out what stands above, and where they lead: those of terms below
/// others, and of pages and posts of custom types whose name no other has. None of them is the
/// path of something else, or what the user leads on.
pub fn shorter(site: &Site) -> Vec<(UrlPath, UrlPath)> {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for entry in &site.entries {
        *names.entry(&site.export.posts[entry.record].slug).or_default() += 1;
    }
    let entries = site.entries.iter().filter(|entry| entry.parent.is_some()).filter_map(|entry| {
        let post = &site.export.posts[entry.record];
        let base = match &*post.post_type {
            "page" => Some(UrlPath::root()),
            name => base_of(site, name),
        };
        // A number may be the page of a page.
        let is_name = post.slug.bytes().any(|byte| !byte.is_ascii_digit());
        let is_alone = is_name && names[&*post.slug] == 1;
        Some((base.filter(|_| is_alone)?.join(&post.slug), entry.path.clone()))
    });
    let terms = site.archives.iter().filter_map(|archive| match &archive.kind {
        ArchiveKind::Term(term) if term.parent.is_some() => {
            Some((base_of(site, &term.taxonomy)?.join(&term.slug), archive.path.clone()))
        }
        _ => None,
    });
    let is_free = |(from, to): &(UrlPath, UrlPath)| {
        let key = key_of(from.as_str());
        let mut rules = site.links.moved_below().iter();
        from != to
            && !site.links.is_known(from)
            && site.links.resolve_path(&key).is_none()
            && !rules.any(|rule| format!("{key}/").starts_with(&rule.from))
            && OwnFile::at(from.as_str()).is_none()
    };
    entries.chain(terms).filter(is_free).collect()
}

fn base_of(site: &Site, name: &str) -> Option<UrlPath> {
    let base = site.links.bases.iter().find(|base| &*base.name == name)?;
    Some(UrlPath::from_segments(base.path.split('/').filter(|part| !part.is_empty())))
}
