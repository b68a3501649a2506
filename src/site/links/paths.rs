//! What paths lead to, with or without what WordPress adds to them: pages, feeds.

use crate::media::names::plain_path;
use crate::names::fold;
use crate::site::links::{Feed, Links, Part, Place, Resolution, key_of};
use crate::site::own_files::OwnFile;
use crate::site::redirects::Reach;
use crate::text_hash::TextHash;

impl Links {
    /// Finds a file that is in no folder of uploads.
    pub(super) fn file_at(&self, path: &str) -> Option<Resolution> {
        if self.files.is_empty() {
            return None;
        }
        let path = format!("/{}", plain_path(path.trim_start_matches('/'))?);
        let is_here = self.files.contains(&TextHash::of(&fold(&path)));
        is_here.then_some(Resolution::Upload(path))
    }

    /// Finds a path below one that leads on. What stays the same of it stays as it is written.
    pub(super) fn resolve_below(&self, key: &str, path: &str) -> Option<Resolution> {
        let moved = self.moved_below.iter().find(|moved| key.starts_with(&moved.from))?;
        let to = match moved.reach {
            Reach::BelowToSame => {
                let parts = path.trim_start_matches('/').split('/');
                let rest: Vec<&str> = parts.skip(moved.from.matches('/').count()).collect();
                format!("{}{}", moved.to, rest.join("/"))
            }
            Reach::Path | Reach::BelowToOne => moved.to.clone(),
        };
        if !to.starts_with('/') {
            return Some(Resolution::Moved(to));
        }
        // Not below a rule again, which could lead on for ever.
        let local = self.old.local(&to)?;
        self.resolve_query(&local).or_else(|| self.resolve_path(&key_of(local.path)))
    }

    /// Finds a path, with or without what WordPress adds to one.
    pub(super) fn resolve_path(&self, key: &str) -> Option<Resolution> {
        self.resolve_with(key, &|key| self.paths.get(&TextHash::of(key)).copied())
    }

    /// Finds the page of a file that is named below any post: WordPress went by the last name alone.
    pub(super) fn attachment_below(&self, key: &str) -> Option<Resolution> {
        let (post, slug) = key.rsplit_once('/')?;
        let attachment = *self.entry_slugs.get("attachment")?.get(slug)?;
        let post = post.strip_suffix("/attachment").unwrap_or(post);
        let is_post = matches!(self.paths.get(&TextHash::of(post)), Some(Place::Entry(_)));
        is_post.then(|| self.part_of(attachment, Part { page: 1, feed: None }))
    }

    /// Finds the path of a term that leaves out the terms above it, in the same way.
    pub(super) fn resolve_term_below(&self, key: &str) -> Option<Resolution> {
        self.resolve_with(key, &|key| self.term_below(key))
    }

    fn resolve_with(
        &self,
        key: &str,
        place_at: &dyn Fn(&str) -> Option<Place>,
    ) -> Option<Resolution> {
        let part = Part { page: 1, feed: None };
        if let Some(place) = place_at(key) {
            return Some(self.part_of(place, part));
        }
        let (rest, last) = key.rsplit_once('/').unwrap_or(("", key));
        if matches!(last, "feed" | "rss" | "rss2" | "atom" | "rdf") {
            let rest = rest.strip_suffix("feed").map_or(rest, |rest| rest.trim_end_matches('/'));
            if rest == "comments" && !self.paths.contains_key(&TextHash::of(rest)) {
                return Some(Resolution::Page(OwnFile::CommentsFeed.path()));
            }
            let place = place_at(rest)?;
            return Some(self.part_of(place, Part { page: 1, feed: Some(Feed::named(last)) }));
        }
        let is_loop = last.starts_with("query-") && last.contains("page-");
        if matches!(last, "amp" | "embed") || last.starts_with("comment-page-") || is_loop {
            let place = place_at(rest)?;
            return Some(self.part_of(place, part));
        }
        let page = last.parse().ok()?;
        let list = rest.strip_suffix("/page").or((rest == "page").then_some(""));
        let place = place_at(list.unwrap_or(rest))?;
        // `/2024/9/` is no page of `/2024/`, nor `/2024/` one of `/`.
        let is_below_entry = matches!(place, Place::Entry(_)) && !rest.is_empty();
        let is_page = list.is_some() || is_below_entry;
        is_page.then(|| self.part_of(place, Part { page, feed: None }))
    }

    /// Returns a page of an archive or entry, or its feed. Pages past the last are the first one;
    /// without a feed of its own it is itself.
    pub(super) fn part_of(&self, place: Place, part: Part) -> Resolution {
        let (target, is_archive) = match place {
            Place::Attachment(id) => return Resolution::Attachment(id),
            Place::Archive(id) => (&self.archives[id.index()], true),
            Place::Entry(id) => (&self.entries[id.index()], false),
        };
        let is_page = (2..=target.pages).contains(&part.page);
        Resolution::Page(match (&target.feed, is_page) {
            // Only the site's own feed is there as Atom, too.
            (Some(feed), _) if part.feed == Some(Feed::Atom) && feed.as_str() == "/feed/" => {
                feed.join("atom")
            }
            (Some(feed), _) if part.feed.is_some() => feed.clone(),
            (_, true) if is_archive => target.path.page(part.page),
            (_, true) => target.path.join(&part.page.to_string()),
            _ => target.path.clone(),
        })
    }
}
