//! Gathers archives and gives them, their later pages and all feeds their addresses.

use std::collections::HashMap;
use std::sync::Arc;

use crate::content;
use crate::model::PostId;
use crate::site::archives::{self, Archive, ArchiveId, ArchiveKind, Draft, Listed};
use crate::site::build::{Builder, pretty_path};
use crate::site::claims::Claimed;
use crate::site::comments::Discussions;
use crate::site::diagnostics;
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};

impl Builder<'_> {
    pub(super) fn archives(&mut self, entries: &[Entry], newest_first: &[EntryId]) -> Vec<Archive> {
        let mut all: Vec<EntryId> = (0..entries.len()).map(EntryId::new).collect();
        all.sort_by_key(|id| entries[id.index()].age());
        let bases = self.bases(entries, newest_first);
        let listed = Listed { entries, posts: newest_first, all, bases };
        let mut drafts = vec![self.home(&listed)];
        drafts.extend(self.editions.all_apart().map(|(id, _)| self.of_edition(id, &listed)));
        let (of_terms, empty) = archives::of_terms(&self.terms, &listed, |term| {
            pretty_path(&self.old, &term.link).or_else(|| self.below_home(term, &listed.bases))
        });
        if empty > 0 {
            self.diagnostics.push(diagnostics::many_empty_terms(empty));
        }
        let groups = [
            of_terms,
            archives::of_authors(&self.authors, &listed, |author| {
                pretty_path(&self.old, &author.link)
            }),
            archives::of_dates(&listed),
            archives::of_formats(&listed),
            self.types(&listed),
        ];
        for group in groups {
            let offset = drafts.len();
            drafts.extend(group.into_iter().map(|draft| Draft {
                parent: draft.parent.map(|parent| parent + offset),
                ..draft
            }));
        }
        self.claim_archives(drafts, entries)
    }

    /// Lists all posts, but not those that another edition has if one is at `/`.
    fn home(&self, listed: &Listed<'_>) -> Draft {
        let wanted = match self.posts_page(None, listed.entries) {
            Some(page) => listed.entries[page.index()].path.clone(),
            // WordPress would list the posts nowhere: here they stay within reach.
            None if self.front.is_some() => UrlPath::from_segments(["blog"]),
            None => UrlPath::root(),
        };
        let has_root = self.editions.root().is_some();
        let is_here = |post| !has_root || self.editions.apart(post).is_none();
        self.list((ArchiveKind::Home, wanted), listed, is_here)
    }

    /// Sticky posts lead the home page, older ones in addition to those it holds by date.
    pub(super) fn list(
        &self,
        (kind, wanted): (ArchiveKind, UrlPath),
        listed: &Listed<'_>,
        is_here: impl Fn(PostId) -> bool,
    ) -> Draft {
        let post_of = |id: &EntryId| &self.export.posts[listed.entries[id.index()].record];
        let is_here = |id: &&EntryId| is_here(post_of(id).id);
        let here: Vec<EntryId> = listed.posts.iter().filter(is_here).copied().collect();
        let mut entries: Vec<EntryId> =
            here.iter().filter(|id| post_of(id).is_sticky).copied().collect();
        let leading = entries.len();
        entries.extend(here);
        Draft { kind, wanted, entries, leading, parent: None }
    }

    fn types(&self, listed: &Listed<'_>) -> Vec<Draft> {
        let with_archive = self.export.post_types.iter().filter_map(|post_type| {
            let slug = post_type.archive_slug.as_deref()?;
            let is_own = matches!(&*post_type.name, "post" | "page" | "attachment");
            (!is_own).then_some((post_type, slug))
        });
        let drafts = with_archive.map(|(post_type, slug)| {
            let record_of = |id: &EntryId| listed.entries[id.index()].record;
            let is_of_type =
                |id: &&EntryId| self.export.posts[record_of(id)].post_type == post_type.name;
            let posts = listed.all.iter().filter(is_of_type).copied().collect();
            let label = content::plain_text(&post_type.label);
            Draft {
                kind: ArchiveKind::Type(Arc::clone(&post_type.name), label),
                wanted: UrlPath::from_segments(slug.split('/').filter(|part| !part.is_empty())),
                entries: posts,
                leading: 0,
                parent: None,
            }
        });
        drafts.filter(|draft| !draft.entries.is_empty()).collect()
    }

    /// Gives archives their addresses, then their later pages, then their feeds: all pages have theirs
    /// before the first feed, and a feed in the place of one is left out.
    fn claim_archives(&mut self, drafts: Vec<Draft>, entries: &[Entry]) -> Vec<Archive> {
        let paths: Vec<UrlPath> =
            drafts.iter().map(|draft| self.claim_archive(draft, entries)).collect();
        self.claim_pages(&drafts, &paths);
        let mut children = vec![Vec::new(); drafts.len()];
        for (index, draft) in drafts.iter().enumerate() {
            if let Some(parent) = draft.parent {
                children[parent].push(ArchiveId::new(index));
            }
        }
        let parts = drafts.into_iter().zip(paths).zip(children);
        let archives = parts.map(|((draft, path), children)| Archive {
            feed: match draft.kind {
                // Its place was kept free from the start.
                ArchiveKind::Home => Some(OwnFile::Feed.path()),
                ArchiveKind::Edition(_)
                | ArchiveKind::Term(_)
                | ArchiveKind::Author(_)
                | ArchiveKind::Format(_)
                | ArchiveKind::Type(..) => self.claim_feed(&path),
                // Nobody reads what has happened in a month of the past.
                ArchiveKind::Year(_) | ArchiveKind::Month(..) | ArchiveKind::Day(..) => None,
            },
            edition: self.edition_of(&draft.kind),
            kind: draft.kind,
            path,
            leading: draft.leading,
            entries: draft.entries,
            parent: draft.parent.map(ArchiveId::new),
            children,
        });
        archives.collect()
    }

    fn claim_archive(&mut self, draft: &Draft, entries: &[Entry]) -> UrlPath {
        let wanted = draft.wanted.clone();
        let is_in_place = match draft.kind {
            ArchiveKind::Home => {
                wanted == UrlPath::root() || self.posts_page(None, entries).is_some()
            }
            ArchiveKind::Edition(id) => self.posts_page(Some(id), entries).is_some(),
            _ => false,
        };
        if is_in_place {
            return wanted;
        }
        match self.claims.claim(wanted) {
            Claimed::Granted(path) => path,
            Claimed::Moved { wanted, granted } => {
                self.diagnostics.push(diagnostics::archive_taken(&wanted, &granted));
                granted
            }
        }
    }

    /// A later page of an archive may be a post's address: then the post has it, and is told.
    fn claim_pages(&mut self, drafts: &[Draft], paths: &[UrlPath]) {
        let per_page = self.posts_per_page();
        for (draft, path) in drafts.iter().zip(paths) {
            for number in 2..=draft.pages(per_page) {
                let page = path.page(number);
                if !self.claims.take(&page) {
                    self.diagnostics.push(diagnostics::page_taken(&page));
                    self.taken_pages.insert(page);
                }
            }
        }
    }

    pub(super) fn discussions(&self, entries: &[Entry]) -> Discussions {
        let ids: HashMap<PostId, EntryId> = (0..)
            .zip(entries)
            .map(|(index, entry)| (self.export.posts[entry.record].id, EntryId::new(index)))
            .collect();
        Discussions::new(&self.export, &ids)
    }

    /// Gives feeds of comments their addresses. All pages have theirs already: a feed in the place of
    /// one is left out.
    pub(super) fn comment_feeds(
        &mut self,
        entries: &[Entry],
        discussions: &Discussions,
    ) -> HashMap<EntryId, UrlPath> {
        let posts_pages = self.posts_pages(entries);
        let mut feeds = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let id = EntryId::new(index);
            // Below the page in front stands the site's own feed; the page of posts is a list.
            let is_list = posts_pages.iter().any(|(page, _)| *page == id);
            if entry.path != UrlPath::root() && !is_list && !discussions.of(id).is_empty() {
                feeds.extend(self.claim_feed(&entry.path).map(|feed| (id, feed)));
            }
        }
        feeds
    }

    fn claim_feed(&mut self, of: &UrlPath) -> Option<UrlPath> {
        let path = of.join("feed");
        if self.claims.take(&path) {
            return Some(path);
        }
        self.diagnostics.push(diagnostics::feed_taken(&path));
        None
    }

    pub(super) fn posts_per_page(&self) -> usize {
        let told = self.config.settings.posts_per_page.or(self.export.site.posts_per_page);
        told.filter(|&count| count > 0).unwrap_or(10)
    }
}
