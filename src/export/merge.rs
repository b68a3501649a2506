//! Puts copies of the same record together: nothing doubled, and nothing lost to a copy that says
//! less.

use std::cmp::Reverse;

use crate::export::copies::{
    Access, AttachmentCopy, AuthorCopy, CommentCopy, Context, MenuCopy, PostCopy, PostTerms, Rank,
    TermCopy,
};
use crate::model::{
    AuthorId, BodyFormat, BodyPlace, CommentId, ExcerptKind, PostId, SiteRecord, Status, TermId,
};

/// How much of what one record lets guess of another is to be believed.
pub(super) const GUESSED: Rank = Rank { context: Context::Guessed, modified: None };

/// Returns each record once, by ascending id, with what all its copies say.
pub(super) fn unite<T: Merge>(copies: Vec<T>) -> Vec<T> {
    unite_with(copies, |first, other| first.fill(other))
}

/// Returns each post once, and those that are other posts under an id that is taken.
pub(super) fn unite_posts(copies: Vec<PostCopy>) -> (Vec<PostCopy>, Vec<PostCopy>) {
    let mut others = Vec::new();
    let posts = unite_with(copies, |first, other| match is_another(first, &other) {
        true => others.push(other),
        false => first.fill(other),
    });
    (posts, others)
}

/// A post keeps its guid for ever, if it does not move to another host with its whole site.
fn is_another(first: &PostCopy, other: &PostCopy) -> bool {
    fn differ<T: PartialEq>(first: Option<&T>, other: Option<&T>) -> bool {
        first.zip(other).is_some_and(|(first, other)| first != other)
    }
    differ(first.guid.as_ref(), other.guid.as_ref())
        && differ(first.slug.as_ref(), other.slug.as_ref())
        && differ(first.date.as_ref(), other.date.as_ref())
}

/// Gives all copies of a record but the first to `add`, which puts them to that.
fn unite_with<T: Merge>(mut copies: Vec<T>, mut add: impl FnMut(&mut T, T)) -> Vec<T> {
    // Sorts places before it moves records: there may be many, and each is large.
    copies.sort_by_cached_key(|copy| {
        let (id, rank) = copy.key();
        (id, Reverse(rank))
    });
    // In which order files are found must not matter.
    let are_tied = |copy: &T, other: &T| copy.key() == other.key();
    for tied in copies.chunk_by_mut(are_tied).filter(|copies| copies.len() > 1) {
        T::settle(tied);
    }
    copies.dedup_by(|other, first| {
        let is_same = first.key().0 == other.key().0;
        if is_same {
            add(first, std::mem::take(other));
        }
        is_same
    });
    copies
}

/// A record that may be met more than once.
pub(super) trait Merge: Default {
    /// What tells two records apart.
    type Id: Ord + Copy;

    /// Returns what tells the record apart from others, and how much it is to be believed.
    fn key(&self) -> (Self::Id, Rank);

    /// Puts copies of one record and rank in order: the one that is most surely public first.
    fn settle(_tied: &mut [Self]) {}

    /// Takes from `other`, which ranks no higher, what is missing.
    fn fill(&mut self, other: Self);
}

/// Takes from another copy what this one does not say, in each of the fields.
macro_rules! fill_gaps {
    ($own:ident, $other:ident: $($field:ident),+) => {
        $(fill(&mut $own.$field, $other.$field);)+
    };
}

impl Merge for PostCopy {
    type Id = PostId;

    fn key(&self) -> (PostId, Rank) {
        (self.id, self.rank)
    }

    fn settle(tied: &mut [Self]) {
        tied.sort_by_cached_key(|copy| {
            let body = copy.body.as_ref();
            let names = (copy.title.clone(), copy.slug.clone(), copy.link.clone());
            (copy.access, body.is_none(), body.map(fullness), names)
        });
    }

    fn fill(&mut self, mut other: Self) {
        fill_body(self, &mut other);
        // What was taken back since must not appear again because an older copy still shows it.
        // Of an editor's copy without a date nobody knows that it is older.
        let is_older = match (other.rank.modified, self.rank.modified) {
            (Some(other), modified) => modified.is_some_and(|modified| other < modified),
            (None, Some(_)) => other.access == Access::Anyone,
            (None, None) => false,
        };
        let is_shown = !self.status.is_some_and(is_hidden);
        let is_newer = other.rank.modified > self.rank.modified || is_shown && !is_older;
        if self.status.is_none() || is_newer && other.status.is_some_and(is_hidden) {
            self.status = other.status;
            self.status_name = other.status_name.take();
        }
        self.is_protected |= other.is_protected;
        self.is_for_members |= other.is_for_members;
        self.tells_protection |= other.tells_protection;
        self.access = self.access.max(other.access);
        self.is_answer |= other.is_answer;
        self.rank.modified = self.rank.modified.max(other.rank.modified);
        fill_excerpt(&mut self.excerpt, other.excerpt);
        fill_terms(&mut self.terms, other.terms);
        fill_gaps!(self, other:
            post_type, slug, link, guid, title, date, date_gmt, modified, modified_gmt,
            excerpt_html, meta_description, author, featured_media, featured_file, parent, menu_order, is_sticky, format, language,
            translations, comments_open, footnotes, old_slugs, text
        );
    }
}

impl Merge for AttachmentCopy {
    type Id = PostId;

    fn key(&self) -> (PostId, Rank) {
        (self.id, self.rank)
    }

    fn settle(tied: &mut [Self]) {
        tied.sort_by_cached_key(|copy| {
            let is_public = !copy.status.is_some_and(is_hidden);
            (is_public, copy.source_url.clone(), copy.title.clone())
        });
    }

    fn fill(&mut self, other: Self) {
        fill_gaps!(self, other:
            slug, link, source_url, title, alt, caption, has_description, mime_type, dimensions,
            sizes, parent, status
        );
    }
}

impl Merge for TermCopy {
    type Id = TermId;

    fn key(&self) -> (TermId, Rank) {
        (self.id, self.rank)
    }

    fn fill(&mut self, other: Self) {
        // Of answers at different times none is known to be the newest.
        self.count = self.count.max(other.count);
        fill_gaps!(self, other:
            taxonomy, name, slug, description, link, parent, language, translations
        );
    }
}

impl Merge for AuthorCopy {
    type Id = AuthorId;

    fn key(&self) -> (AuthorId, Rank) {
        (self.id, self.rank)
    }

    fn fill(&mut self, other: Self) {
        self.is_public |= other.is_public;
        fill_gaps!(self, other: name, slug, description, url, link);
    }
}

impl Merge for CommentCopy {
    type Id = CommentId;

    fn key(&self) -> (CommentId, Rank) {
        (self.id, self.rank)
    }

    fn settle(tied: &mut [Self]) {
        tied.sort_by_cached_key(|copy| {
            let is_approved = copy.is_approved != Some(false);
            (is_approved, copy.content.clone(), copy.author_name.clone())
        });
    }

    fn fill(&mut self, other: Self) {
        // Of comments nothing tells which copy is the newer one.
        self.is_approved = match (self.is_approved, other.is_approved) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (own, other) => own.or(other),
        };
        self.is_answer |= other.is_answer;
        fill_gaps!(self, other:
            post, parent, kind, type_name, author_name, author_url, user, date, date_gmt, content
        );
    }
}

impl Merge for MenuCopy {
    type Id = u64;

    fn key(&self) -> (u64, Rank) {
        (self.id, Rank::default())
    }

    fn fill(&mut self, other: Self) {
        if let Some(locations) = other.locations {
            self.locations.get_or_insert_default().extend(locations);
        }
        fill_gaps!(self, other: name, slug);
    }
}

/// Fills the gaps of what was said of the site before.
pub(super) fn fill_site(site: &mut SiteRecord, other: SiteRecord) {
    fill_gaps!(site, other:
        name, description, home, url, language, timezone, gmt_offset, posts_per_page, date_format,
        has_amp, language_plugin, page_on_front, page_for_posts, site_icon, site_logo
    );
}

fn fill<T>(field: &mut Option<T>, other: Option<T>) {
    if field.is_none() {
        *field = other;
    }
}

/// Keeps the body, but prefers what readers saw to the raw text, unless it is older. What they saw of
/// a query loop is its first page alone: the others are made from the same text, raw. Of two texts
/// that WordPress rendered of the same, the one with less in it is the one that readers saw.
fn fill_body(post: &mut PostCopy, other: &mut PostCopy) {
    let is_raw = |body: &BodyPlace| matches!(body.format, BodyFormat::Blocks | BodyFormat::Classic);
    // Of a text that may have been hidden later only what an answer shows is sure.
    let is_unsure = post.status.is_none() || !post.tells_protection;
    let is_seen = (other.rank.context == Context::View || other.is_answer)
        && other.body.as_ref().is_some_and(|body| body.format == BodyFormat::Rendered)
        && (other.rank.modified >= post.rank.modified || other.is_answer && is_unsure);
    let is_same_text = other.rank.modified.is_some() && other.rank.modified == post.rank.modified;
    let turns_pages = |post: &PostCopy| {
        is_same_text && post.body.as_ref().is_some_and(|body| body.digest.turns_pages)
    };
    if turns_pages(post) {
        return;
    }
    let is_raw_here = post.body.as_ref().is_some_and(is_raw);
    let has_less = other.rank.modified == post.rank.modified
        && other.body.as_ref().map(fullness) < post.body.as_ref().map(fullness);
    if is_seen && (is_raw_here || has_less) {
        post.body = other.body.take();
        // WordPress cut it from the text that it rendered for an editor.
        if let (Some((excerpt, ExcerptKind::Automatic)), Some((seen, _))) =
            (&mut post.excerpt, &other.excerpt)
        {
            excerpt.clone_from(seen);
        }
    } else if post.body.is_none() || turns_pages(other) {
        post.body = other.body.take();
    }
}

/// Returns how much is in a text, and for texts with as much in them what tells them apart: lists
/// that show what is not public count before all else.
fn fullness(body: &BodyPlace) -> impl Ord + use<> {
    (body.digest.shows_hidden, body.digest.length, body.digest.hash)
}

/// Keeps the excerpt, but learns from any copy who wrote it.
fn fill_excerpt(
    excerpt: &mut Option<(Box<str>, ExcerptKind)>,
    other: Option<(Box<str>, ExcerptKind)>,
) {
    match (excerpt, other) {
        (Some((_, kind)), Some((_, other))) if *kind == ExcerptKind::Unknown => *kind = other,
        (Some(_), _) => (),
        (excerpt, other) => *excerpt = other,
    }
}

fn fill_terms(terms: &mut Vec<PostTerms>, other: Vec<PostTerms>) {
    for other in other {
        match terms.iter_mut().find(|terms| terms.key == other.key) {
            Some(terms) => fill(&mut terms.taxonomy, other.taxonomy),
            None => terms.push(other),
        }
    }
}

fn is_hidden(status: Status) -> bool {
    status != Status::Publish
}
