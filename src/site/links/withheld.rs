//! Old addresses of posts that the export has and readers do not see.

use std::collections::HashMap;

use crate::content::surroundings::Withheld;
use crate::model::Post;
use crate::site::links::{Links, hash_of, key_of};
use crate::site::old_site::LocalAddress;
use crate::text_hash::TextHash;

/// The addresses, and why readers do not see what stood there.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    ids: HashMap<u64, Withheld>,
    /// By path, or by path and query.
    paths: HashMap<TextHash, Withheld>,
}

impl Links {
    /// Adds the addresses of a post that readers do not see.
    pub fn withhold(&mut self, post: &Post, why: Withheld) {
        self.withheld.ids.insert(post.id.0, why);
        let local = self.old.local(&post.link).filter(|_| !post.link.is_empty());
        let key = local.filter(|_| !self.old.is_home(&post.link)).map(|local| key(&local));
        self.withheld.paths.extend(key.map(|key| (key, why)));
    }

    /// Returns whether there is any post that readers do not see.
    pub fn withholds_posts(&self) -> bool {
        !self.withheld.ids.is_empty()
    }

    /// Returns why readers do not see the post that stood at `address`, if there was one.
    pub fn withheld(&self, address: &str) -> Option<Withheld> {
        let Addresses { ids, paths } = &self.withheld;
        if ids.is_empty() {
            return None;
        }
        let local = self.old.local(address)?;
        let names = ["p", "page_id"];
        let id = names.into_iter().find_map(|name| local.parameter(name)?.parse().ok());
        if let Some(why) = id.and_then(|id| ids.get(&id)) {
            return Some(*why);
        }
        let path = local.path.trim_end_matches('/');
        let (post, page) = path.rsplit_once('/').unwrap_or(("", path));
        let whole = match page.starts_with("comment-page-") {
            true => LocalAddress { path: post, ..local },
            false => local,
        };
        let is_shown = || local.query.is_empty() && self.paths.contains_key(&hash_of(whole.path));
        paths.get(&key(&whole)).copied().filter(|_| !is_shown())
    }
}

fn key(local: &LocalAddress<'_>) -> TextHash {
    match local.query {
        "" => hash_of(local.path),
        query => TextHash::of(&format!("{}?{query}", key_of(local.path))),
    }
}
