//! What each page depends on, as hashes: a page whose hash is the same comes out the same.
//!
//! Too much in a hash costs time, too little shows readers an old page. So whatever places pages,
//! links them or stands on most of them is in one hash that goes into all the others, and what is
//! known of a post is in its own, whether or not a page shows it.

use std::hash::{Hash, Hasher};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use xxhash_rust::xxh3::Xxh3;

use crate::model::{BodyPlace, Export, Post};
use crate::render::shared::Shared;
use crate::render::theme::Theme;
use crate::render::work::Job;
use crate::site::{Entry, EntryId, Site};

/// The hashes of a site.
#[derive(Debug)]
pub struct Keys {
    /// Of what all pages depend on.
    common: u64,
    /// Of what pages show of a post that is not their own, by entry.
    faces: Vec<u64>,
    /// Of a post with its text and its comments, by entry: of all posts if its text asks the site
    /// about others.
    wholes: Vec<u64>,
    all_faces: u64,
    all_wholes: u64,
}

impl Keys {
    /// Looks at everything pages are made from.
    pub fn new(shared: &Shared<'_>, theme: &Theme) -> Self {
        let site = shared.site;
        let ids = || (0..site.entries.len()).map(EntryId::new);
        let faces: Vec<u64> = ids().map(|id| of(|state| face(site, id, state))).collect();
        let mut wholes: Vec<u64> =
            ids().map(|id| of(|state| (faces[id.index()], Whole(site, id)).hash(state))).collect();
        let all_wholes = of(|state| wholes.hash(state));
        // A text may show any other, and their comments.
        for id in ids().filter(|&id| asks_site(site, id)) {
            wholes[id.index()] = of(|state| (wholes[id.index()], all_wholes).hash(state));
        }
        Self {
            common: of(|state| common(shared, theme, state)),
            all_faces: of(|state| faces.hash(state)),
            all_wholes,
            faces,
            wholes,
        }
    }

    /// Returns the hash of all that the search index depends on.
    pub fn search(&self) -> u64 {
        of(|state| (self.common, self.all_wholes).hash(state))
    }

    /// Returns the hash of all that a job depends on. What is written last depends on which files
    /// the pages made before it use.
    pub fn of(&self, shared: &Shared<'_>, job: Job) -> u64 {
        let site = shared.site;
        let face = |id: EntryId| self.faces[id.index()];
        of(|state| {
            self.common.hash(state);
            match job {
                Job::Entry(id) => {
                    let entry = site.entry(id);
                    self.wholes[id.index()].hash(state);
                    let below = site.children.get(&id).map_or(&[][..], Vec::as_slice);
                    for others in [&site.ancestors(id), below, &entry.related] {
                        others.iter().map(|&id| face(id)).collect::<Vec<_>>().hash(state);
                    }
                    (entry.previous.map(face), entry.next.map(face)).hash(state);
                }
                // A newspaper's first page chooses from all posts.
                Job::List(id, 1) if site.archive(id).kind.is_home() => {
                    self.all_faces.hash(state);
                }
                Job::List(id, number) => {
                    let ids = site.archive(id).page(number, site.info.posts_per_page);
                    ids.into_iter().for_each(|id| face(id).hash(state));
                }
                Job::Feed(id) => {
                    let archive = site.archive(id);
                    let items = archive.entries[archive.leading..].iter();
                    let items = items.take(shared.settings.feeds.items);
                    items.for_each(|id| self.wholes[id.index()].hash(state));
                }
                Job::CommentFeed(Some(id)) => self.wholes[id.index()].hash(state),
                Job::CommentFeed(None)
                | Job::Numbers(_)
                | Job::Search
                | Job::NotFound
                | Job::Sitemap
                | Job::SearchItems(_)
                | Job::SearchPart(_) => {
                    self.all_wholes.hash(state);
                }
                Job::OldAddresses | Job::HostRules | Job::Redirect(_) => {
                    shared.used.iter().for_each(|used| used.load(Ordering::Relaxed).hash(state));
                    let spelled = shared.spelled.lock();
                    spelled.unwrap_or_else(PoisonError::into_inner).hash(state);
                }
            }
        })
    }
}

/// Hashes of different runs need not agree, so it does not matter which algorithm this is.
fn of(hash: impl FnOnce(&mut Xxh3)) -> u64 {
    let mut state = Xxh3::new();
    hash(&mut state);
    state.finish()
}

/// What all pages depend on: everything but what only the posts themselves say.
fn common(shared: &Shared<'_>, theme: &Theme, state: &mut Xxh3) {
    let (site, library) = (shared.site, shared.library);
    format!("{:?}", shared.settings).hash(state);
    (shared.front.is_newspaper, &theme.fingerprint, library.fingerprint(), library.attachments())
        .hash(state);
    records(&site.export, state);
    // Derived from the records, but in part from what only posts say.
    format!("{:?} {:?} {:?}", site.info, site.menu, site.footer_menu).hash(state);
    for (id, entry) in (0..).map(EntryId::new).zip(&site.entries) {
        (&entry.path, entry.pages, site.comment_feeds.get(&id), &entry.language).hash(state);
    }
    for (page, list) in &site.posts_pages {
        (of(|state| face(site, *page, state)), list).hash(state);
    }
    site.editions.hash(state);
    (site.newest_first.as_slice(), site.redirects.as_slice()).hash(state);
    for archive in &site.archives {
        (&archive.path, &archive.feed, archive.leading, archive.parent).hash(state);
        (archive.entries.as_slice(), archive.children.as_slice()).hash(state);
    }
}

fn records(export: &Export, state: &mut Xxh3) {
    let Export {
        files,
        site,
        posts,
        attachments,
        terms,
        authors,
        // In the hashes of their posts.
        comments: _,
        post_types,
        // They decide what gets a page, and that is hashed.
        shown_types: _,
        languages,
        taxonomies,
        unsure_taxonomies,
        menus,
        navigations,
        reusable_blocks,
        theme_pieces,
        hidden_blocks,
        statuses: _,
        // What they hold is in the media library.
        featured_files: _,
        uploads: _,
        // Of all files, whatever they hold.
        fingerprint: _,
    } = export;
    files.iter().for_each(|file| file.name.hash(state));
    format!("{site:?}").hash(state);
    (attachments, terms, authors, post_types, taxonomies, unsure_taxonomies).hash(state);
    languages.hash(state);
    (menus, navigations, reusable_blocks, hidden_blocks, theme_pieces).hash(state);
    // What decides of addresses, archives and links, of hidden posts, too.
    for post in posts {
        (post.id, &post.post_type, post.status, post.audience).hash(state);
        (&post.slug, &post.link, post.parent, post.menu_order, post.is_sticky).hash(state);
        (post.date, post.date_gmt, &post.format, post.author, &post.terms).hash(state);
        (&post.language, &post.translations).hash(state);
    }
}

/// All that is known of a post but its text. Destructured, so that no field is forgotten.
fn face(site: &Site, id: EntryId, state: &mut Xxh3) {
    let Post {
        id: number,
        post_type,
        status,
        audience,
        slug,
        link,
        guid,
        title,
        date,
        date_gmt,
        modified,
        modified_gmt,
        excerpt,
        excerpt_html,
        excerpt_kind,
        meta_description,
        author,
        featured_media,
        parent,
        menu_order,
        is_sticky,
        format,
        terms,
        // In the hash of all records.
        language: _,
        translations: _,
        comments_open,
        footnotes,
        old_slugs,
        body,
        file,
    } = site.post(id);
    (number, post_type, status, audience, slug, link, guid, title).hash(state);
    (date, date_gmt, modified, modified_gmt, excerpt, excerpt_html, excerpt_kind).hash(state);
    meta_description.hash(state);
    (author, featured_media, parent, menu_order, is_sticky, format, terms).hash(state);
    (comments_open, footnotes, old_slugs, file, site.discussions.of(id).len()).hash(state);
    // Where in its file a text stands changes whenever one before it does.
    if let Some(BodyPlace { file, start: _, length: _, encoding: _, format, digest }) = body {
        // Of the text the digest is what others show.
        let digest = crate::model::Digest { hash: 0, length: 0, ..digest.clone() };
        (file, format, digest).hash(state);
    }
    let Entry { record: _, path, pages, language, date, modified, .. } = site.entry(id);
    (path, pages, site.comment_feeds.get(&id), language, date, modified).hash(state);
}

fn asks_site(site: &Site, id: EntryId) -> bool {
    site.post(id).body.as_ref().is_some_and(|body| body.digest.asks_site)
}

/// A post's text and comments.
struct Whole<'a>(&'a Site, EntryId);

impl Hash for Whole<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self(site, id) = *self;
        site.post(id).body.as_ref().map(|body| body.digest.hash).hash(state);
        for &comment in site.discussions.of(id) {
            site.export.comments[comment as usize].hash(state);
        }
    }
}
