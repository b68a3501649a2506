//! Makes an [`Export`] of what all files say.

mod languages;
mod posts;
mod terms;
mod widespread;

use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::export::copies::{AttachmentCopy, AuthorCopy, CommentCopy, Copies};
use crate::export::{
    answers, counts, discussions, fields, menus, merge, named, orphans, passed_over, reader,
    theme_pieces, unknown, widgets,
};
use crate::model::{
    Attachment, Author, AuthorId, Comment, CommentKind, Export, ExportFile, Language, Post,
    PostType, SiteRecord, Status, Taxonomy,
};

/// Puts together what `copies` tells. Adds to `diagnostics` what only shows now.
pub(super) fn assemble(
    mut copies: Copies,
    files: Vec<ExportFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Export {
    // First, for these add copies of records to those that are put together below.
    unknown::settle(&mut copies, &files, diagnostics);
    named::resolve(&mut copies);
    passed_over::tell_without_front_matter(&copies.without_front_matter, &files, diagnostics);

    let fields = mem::take(&mut copies.fields);
    let widgets = mem::take(&mut copies.widgets);
    let export = put_together(copies, files, diagnostics);

    // Last, for these compare records of different kinds.
    orphans::tell(&export, diagnostics);
    answers::tell(&export, diagnostics);
    counts::tell(&export, diagnostics);
    fields::tell(&fields, diagnostics);
    widgets::tell(&widgets, diagnostics);
    export
}

/// Makes one record of all copies of it, kind by kind.
fn put_together(
    mut copies: Copies,
    files: Vec<ExportFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Export {
    let site = site(copies.sites);
    // Before the posts, which list their terms under keys of taxonomies.
    let mut taxonomies =
        unite_kinds(copies.taxonomies, |kind| Arc::clone(&kind.name), fill_taxonomy);
    // A list at hand says which there are.
    let of_types = copies.taxonomies_of_types.iter().filter(|_| taxonomies.is_empty());
    let stored = of_types.clone().chain(&copies.stored_taxonomies).cloned().collect();
    let mut unsure_taxonomies =
        terms::unsure_taxonomies(stored, &taxonomies, &copies.posts, &copies.terms);
    terms::name_lists(&mut copies.posts, &of_types.cloned().collect());
    let mut types = unite_kinds(copies.post_types, |kind| Arc::clone(&kind.name), fill_post_type);
    let sorted = posts::posts(copies.posts, &taxonomies, &files, diagnostics);
    let mut posts = sorted.posts;
    // After the posts: they name terms and authors that nothing else tells of, and stand below the
    // archives of their types.
    let mut terms = terms::terms(copies.terms, sorted.terms, copies.term_hints);
    diagnostics.extend(terms::leave_out_untold(&mut terms, &copies.untold_terms, &files));
    let mut languages = unite_languages(copies.languages);
    languages::take(&mut posts, &mut terms, &mut languages);
    let authors = authors(copies.authors, &posts);
    types.extend(widespread::types(&types, &posts));
    let home = site.home.as_deref().unwrap_or_default();
    let known = widespread::taxonomies(&mut unsure_taxonomies, &mut terms, &posts, home);
    taxonomies.extend(known);
    place_archives(&mut types, &posts, &site);

    Export {
        comments: comments(copies.comments, &files, diagnostics),
        attachments: merge::unite(copies.attachments).into_iter().map(attachment).collect(),
        menus: menus::assemble(copies.menus, copies.menu_items, copies.menu_locations),
        theme_pieces: theme_pieces::sort(copies.theme_pieces),
        navigations: sorted.navigations,
        reusable_blocks: sorted.reusable_blocks,
        hidden_blocks: sorted.hidden_blocks,
        featured_files: sorted.featured_files,
        statuses: sorted.statuses,
        languages,
        shown_types: sorted.shown_types,
        files,
        site,
        posts,
        terms,
        authors,
        post_types: types,
        taxonomies,
        unsure_taxonomies,
        // What is known of files alone.
        ..Export::default()
    }
}

/// Puts together what is said of the site itself.
fn site(records: Vec<SiteRecord>) -> SiteRecord {
    let mut site = SiteRecord::default();
    for other in records {
        merge::fill_site(&mut site, other);
    }
    site.home = site.home.or_else(|| site.url.clone());
    site
}

/// Returns each kind once, in the order they were first met.
fn unite_kinds<T>(all: Vec<T>, name: impl Fn(&T) -> Arc<str>, fill: impl Fn(&mut T, T)) -> Vec<T> {
    let mut places: HashMap<Arc<str>, usize> = HashMap::new();
    let mut united: Vec<T> = Vec::new();
    for kind in all {
        match places.get(&name(&kind)) {
            Some(place) => fill(&mut united[*place], kind),
            None => {
                places.insert(name(&kind), united.len());
                united.push(kind);
            }
        }
    }
    united
}

/// Returns each language once, in the order they were first met.
fn unite_languages(all: Vec<Language>) -> Vec<Language> {
    let mut seen = HashSet::new();
    all.into_iter().filter(|language| seen.insert(language.code.clone())).collect()
}

fn fill_taxonomy(taxonomy: &mut Taxonomy, other: Taxonomy) {
    taxonomy.is_hierarchical |= other.is_hierarchical;
    taxonomy.is_viewable = taxonomy.is_viewable.or(other.is_viewable);
    if taxonomy.label.is_empty() {
        taxonomy.label = other.label;
    }
}

fn fill_post_type(kind: &mut PostType, other: PostType) {
    kind.is_hierarchical |= other.is_hierarchical;
    kind.is_viewable = kind.is_viewable.or(other.is_viewable);
    kind.archive_slug = kind.archive_slug.take().or(other.archive_slug);
    if kind.label.is_empty() {
        kind.label = other.label;
    }
}

/// Finds where the archives of types are. REST says that a type has one, but not under which path if
/// that is not the type's name: its posts stand below it.
fn place_archives(types: &mut [PostType], posts: &[Post], site: &SiteRecord) {
    let home = site.home.as_deref().unwrap_or_default();
    for kind in types {
        if kind.archive_slug.as_deref() != Some(kind.name.as_ref()) {
            continue;
        }
        let own = posts.iter().filter(|post| {
            post.post_type == kind.name && post.parent.is_none() && post.status == Status::Publish
        });
        if let Some(folder) = own.filter_map(|post| folder(home, post)).next() {
            kind.archive_slug = Some(folder.into());
        }
    }
}

/// Returns the path of a post below `home`, without the post's own slug.
fn folder<'p>(home: &str, post: &'p Post) -> Option<&'p str> {
    let path = match post.link.strip_prefix(home) {
        Some(path) if !home.is_empty() => path,
        _ => post.link.split_once("://")?.1.split_once('/')?.1,
    };
    let (folder, slug) = path.trim_matches('/').rsplit_once('/')?;
    let is_own = reader::decode_slug(slug) == post.slug && !path.contains('?');
    (is_own && !folder.is_empty()).then_some(folder)
}

fn attachment(copy: AttachmentCopy) -> Attachment {
    let (width, height) = copy.dimensions.unwrap_or_default();
    Attachment {
        id: copy.id,
        slug: copy.slug.unwrap_or_default(),
        link: copy.link.unwrap_or_default(),
        source_url: copy.source_url.unwrap_or_default(),
        title: copy.title.unwrap_or_default(),
        alt: copy.alt.unwrap_or_default(),
        caption: copy.caption.unwrap_or_default(),
        has_description: copy.has_description.unwrap_or(false),
        mime_type: copy.mime_type.unwrap_or_default(),
        width,
        height,
        sizes: copy.sizes.unwrap_or_default(),
        parent: copy.parent.filter(|id| id.0 > 0),
        status: copy.status.unwrap_or_default(),
        file: copy.file,
    }
}

/// Puts each comment together, and tells of those that are left out.
fn comments(
    copies: Vec<CommentCopy>,
    files: &[ExportFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Comment> {
    let copies = merge::unite(copies);
    discussions::tell(&copies, files, diagnostics);
    copies.into_iter().filter_map(comment).collect()
}

/// A comment under no post, or without its text, is nowhere shown.
fn comment(copy: CommentCopy) -> Option<Comment> {
    let kind = copy.kind.unwrap_or(CommentKind::Comment);
    Some(Comment {
        id: copy.id,
        post: copy.post?,
        parent: copy.parent.filter(|id| id.0 > 0),
        // Readers are given approved ones only; an editor may be given any.
        is_approved: copy.is_approved.unwrap_or(copy.is_answer) && kind != CommentKind::Internal,
        kind,
        author_name: copy.author_name.unwrap_or_default(),
        author_url: copy.author_url.unwrap_or_default(),
        user: copy.user.filter(|id| id.0 > 0),
        date: copy.date,
        date_gmt: copy.date_gmt,
        content: copy.content?,
        file: copy.file,
    })
}

/// Puts each author together. One whom only `posts` name has but a number.
fn authors(mut copies: Vec<AuthorCopy>, posts: &[Post]) -> Vec<Author> {
    let known: HashSet<AuthorId> = copies.iter().map(|copy| copy.id).collect();
    let named = posts.iter().map(|post| post.author).filter(|id| id.0 > 0);
    let missing: HashSet<AuthorId> = named.filter(|id| !known.contains(id)).collect();
    copies.extend(missing.into_iter().map(|id| AuthorCopy { id, ..AuthorCopy::default() }));
    let authors = merge::unite(copies).into_iter().map(|copy| Author {
        id: copy.id,
        is_public: copy.is_public,
        name: copy.name,
        slug: copy.slug,
        description: copy.description.unwrap_or_default(),
        url: copy.url.unwrap_or_default(),
        link: copy.link.unwrap_or_default(),
    });
    authors.collect()
}
