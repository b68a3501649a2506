//! The home pages of editions: the lists of their posts, and the pages that stand in their place.

use std::collections::BTreeSet;

use crate::model::PostId;
use crate::site::archives::{Archive, ArchiveId, ArchiveKind, Bases, Draft, Listed};
use crate::site::build::Builder;
use crate::site::editions::{Edition, EditionId};
use crate::site::links::Links;
use crate::site::own_files::OwnFile;
use crate::site::redirects::{Destination, Redirect};
use crate::site::taxonomy::{TermNode, lineage};
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};

impl Builder<'_> {
    /// Lists the posts of an edition whose home page is not `/`.
    pub(super) fn of_edition(&self, id: EditionId, listed: &Listed<'_>) -> Draft {
        let home = &self.editions.all[id.index()].home;
        let wanted = match self.posts_page(Some(id), listed.entries) {
            Some(page) => listed.entries[page.index()].path.clone(),
            None if self.editions.fronts.contains_key(&id) => home.join("blog"),
            None => home.clone(),
        };
        let is_here = |post| self.editions.apart(post) == Some(id);
        self.list((ArchiveKind::Edition(id), wanted), listed, is_here)
    }

    /// Returns the page whose place the list of posts takes: of an edition, or that of the site.
    pub(super) fn posts_page(
        &self,
        edition: Option<EditionId>,
        entries: &[Entry],
    ) -> Option<EntryId> {
        let id = match edition {
            Some(id) => {
                self.editions.fronts.get(&id)?;
                *self.editions.posts_pages.get(&id)?
            }
            None => {
                self.front?;
                self.export.site.page_for_posts?
            }
        };
        self.entry_of(id, entries)
    }

    /// Returns the pages whose place a list of posts takes, and the list: that of the site is the
    /// first, and those of its editions follow.
    pub(super) fn posts_pages(&self, entries: &[Entry]) -> Vec<(EntryId, ArchiveId)> {
        let apart = self.editions.all_apart().map(|(id, _)| Some(id));
        let lists = std::iter::once(None).chain(apart).zip((0..).map(ArchiveId::new));
        lists.filter_map(|(id, list)| Some((self.posts_page(id, entries)?, list))).collect()
    }

    /// Returns the edition that an archive belongs to alone: that of a term is told like that of a post.
    pub(super) fn edition_of(&self, kind: &ArchiveKind) -> Option<EditionId> {
        match kind {
            ArchiveKind::Home => self.editions.root_id(),
            ArchiveKind::Edition(id) => Some(*id),
            ArchiveKind::Term(term) => {
                self.editions.told(term.language.as_deref(), &term.link, &self.old)
            }
            _ => None,
        }
    }

    /// Returns where the archive of a term stood whose address the export does not have, if that was
    /// below the home page of its language.
    pub(super) fn below_home(&self, term: &TermNode, bases: &Bases) -> Option<UrlPath> {
        let told = self.editions.told(term.language.as_deref(), &term.link, &self.old)?;
        let folder = self.editions.folder(told)?.as_str().trim_matches('/');
        let path = bases.term(&lineage(&self.terms, term.id));
        Some(UrlPath::from_encoded(&format!("/{folder}{}", path.as_str())))
    }

    /// Where archives of authors and dates, and their feeds, stood with the posts of one language: they
    /// hold all here.
    pub(super) fn parts_of_archives(
        &self,
        entries: &[Entry],
        archives: &[Archive],
    ) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        for archive in archives {
            if !(archive.kind.is_date() || matches!(archive.kind, ArchiveKind::Author(_))) {
                continue;
            }
            let held = archive.entries.iter().filter_map(|id| entries[id.index()].edition);
            let held: BTreeSet<EditionId> = held.collect();
            for folder in held.into_iter().filter_map(|id| self.editions.folder(id)) {
                let moved = |to: &UrlPath| {
                    let path = self.editions.below_home(to);
                    let path = path.as_str().trim_start_matches('/');
                    let from = UrlPath::from_encoded(&format!("{}{path}", folder.as_str()));
                    Redirect { from, to: Destination::Page(to.clone()) }
                };
                redirects.extend(std::iter::once(&archive.path).chain(&archive.feed).map(moved));
            }
        }
        redirects
    }

    /// Returns the editions with the addresses that their home pages have.
    pub(super) fn editions_at(&self, entries: &[Entry], archives: &[Archive]) -> Vec<Edition> {
        let all = (0..).map(EditionId::new).zip(&self.editions.all);
        let placed = all.map(|(id, edition)| {
            let home = match self.home_of(id, entries) {
                Some(Home::Page(page)) => entries[page.index()].path.clone(),
                Some(Home::List(list)) => archives[list.index()].path.clone(),
                None => edition.home.clone(),
            };
            Edition { home, ..edition.clone() }
        });
        placed.collect()
    }

    /// Adds what queries such as `?lang=en` lead to.
    pub(super) fn add_editions(&self, entries: &[Entry], links: &mut Links) {
        for (id, edition) in (0..).map(EditionId::new).zip(&self.editions.all) {
            match self.home_of(id, entries) {
                Some(Home::Page(page)) => links.add_edition(&edition.names, page.into()),
                Some(Home::List(list)) => links.add_edition(&edition.names, list.into()),
                None => {}
            }
        }
    }

    /// Where home pages of editions stood and nothing stands: plugins lead from there to the page that
    /// stands for it, and from the code of the language at `/` to that.
    pub(super) fn old_homes(&self, entries: &[Entry], archives: &[Archive]) -> Vec<Redirect> {
        let placed = self.editions_at(entries, archives);
        let mut redirects = Vec::new();
        for (edition, placed) in self.editions.all.iter().zip(placed) {
            let home = Destination::Page(placed.home.clone());
            let from = match edition.is_at_root() {
                true => UrlPath::from_segments(
                    edition.names.iter().map(|it| &**it).min_by_key(|it| it.len()),
                ),
                false => edition.home.clone(),
            };
            redirects.push(Redirect { from, to: home });
            if !edition.is_at_root() {
                // There is one feed of comments, for all languages.
                let from = edition.home.join("comments").join("feed");
                let to = Destination::Page(OwnFile::CommentsFeed.path());
                redirects.push(Redirect { from, to });
            }
        }
        redirects
    }

    /// Returns what stands at the home page of an edition: nothing if that is a page which has none.
    fn home_of(&self, id: EditionId, entries: &[Entry]) -> Option<Home> {
        let is_at_root = self.editions.all[id.index()].is_at_root();
        let front = self.editions.fronts.get(&id).copied();
        let front = if is_at_root { self.front } else { front };
        if let Some(front) = front {
            return self.entry_of(front, entries).map(Home::Page);
        }
        let apart = self.editions.all_apart().position(|(other, _)| other == id);
        Some(Home::List(ArchiveId::new(apart.map_or(0, |place| place + 1))))
    }

    fn entry_of(&self, post: PostId, entries: &[Entry]) -> Option<EntryId> {
        let mut records = entries.iter().map(|entry| self.export.posts[entry.record].id);
        records.position(|id| id == post).map(EntryId::new)
    }
}

/// What stands at the home page of an edition.
enum Home {
    Page(EntryId),
    List(ArchiveId),
}
