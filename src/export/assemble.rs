//! Makes an [`Export`] of what all files say.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Access, AttachmentCopy, CommentCopy, Part, PostCopy, TermCopy};
use crate::export::statuses::Unsure;
use crate::export::{
    counts, discussions, fields, menus, merge, named, orphans, passed_over, reader, statuses,
    theme_pieces, unknown, widgets,
};
use crate::model::{
    Attachment, Author, AuthorId, Comment, CommentKind, Evidence, Export, ExportFile, FileId,
    Navigation, Post, PostType, ReusableBlock, SiteRecord, Status, Taxonomy, Term, TermId,
};

/// Puts together what `part` tells. Adds to `diagnostics` what only shows now.
pub(super) fn assemble(
    mut part: Part,
    files: Vec<ExportFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Export {
    unknown::settle(&mut part, &files, diagnostics);
    passed_over::tell_without_front_matter(&part.without_front_matter, &files, diagnostics);
    named::resolve(&mut part);
    let menus = menus::assemble(&mut part);
    let taxonomies =
        unite_kinds(part.taxonomies, |taxonomy| Arc::clone(&taxonomy.name), fill_taxonomy);
    let post_types = unite_kinds(part.post_types, |kind| Arc::clone(&kind.name), fill_post_type);
    let mut site = SiteRecord::default();
    for other in part.sites {
        merge::fill_site(&mut site, other);
    }
    site.home = site.home.or_else(|| site.url.clone());

    let bases: HashMap<&str, &Arc<str>> =
        taxonomies.iter().map(|taxonomy| (taxonomy.rest_base.as_ref(), &taxonomy.name)).collect();
    let theme_pieces = theme_pieces::sort(part.theme_pieces);
    let mut export = Export { files, site, menus, theme_pieces, ..Export::default() };
    let mut terms = part.terms;
    let mut guessed = BTreeMap::new();
    let (posts, others) = merge::unite_posts(part.posts);
    diagnostics.extend(others.iter().map(|other| left_out(other, &export.files)));
    export.posts.reserve_exact(posts.len());
    let mut unsure = Unsure::default();
    for mut copy in posts {
        statuses::settle(&mut copy, &mut unsure);
        sort_post(copy, &bases, &mut guessed, &mut export);
    }
    unsure.tell(&export.files, diagnostics);
    statuses::tell_unknown(&export, diagnostics);
    for (id, taxonomy) in guessed {
        let (rank, taxonomy) = (merge::GUESSED, Some(taxonomy));
        terms.push(TermCopy { id, rank, taxonomy, ..TermCopy::default() });
    }
    for (id, (taxonomy, slug)) in part.term_hints {
        let rank = merge::GUESSED;
        terms.push(TermCopy {
            id,
            rank,
            taxonomy: Some(taxonomy),
            slug: Some(slug),
            ..TermCopy::default()
        });
    }
    export.terms = merge::unite(terms).into_iter().map(term).collect();
    leave_out_untold(&part.untold_terms, &mut export, diagnostics);
    export.attachments = merge::unite(part.attachments).into_iter().map(attachment).collect();
    let comments = merge::unite(part.comments);
    discussions::tell(&comments, &export.files, diagnostics);
    export.comments = comments.into_iter().filter_map(comment).collect();
    orphans::tell(&export, diagnostics);
    counts::tell(&export, diagnostics);
    fields::tell(&part.fields, diagnostics);
    widgets::tell(&part.widgets, diagnostics);
    export.authors = merge::unite(part.authors)
        .into_iter()
        .map(|copy| Author {
            id: copy.id,
            is_public: copy.is_public,
            name: copy.name,
            slug: copy.slug,
            description: copy.description.unwrap_or_default(),
            url: copy.url.unwrap_or_default(),
            link: copy.link.unwrap_or_default(),
        })
        .collect();
    add_missing_authors(&mut export);
    export.taxonomies = taxonomies;
    export.post_types = post_types;
    place_archives(&mut export);
    export
}

/// Tells of a post whose id is another's.
fn left_out(other: &PostCopy, files: &[ExportFile]) -> Diagnostic {
    let address = other.link.as_deref().or(other.guid.as_deref()).unwrap_or_default();
    let message =
        format!("another post has the same id as the one at `{address}`; that is left out");
    let file = Location::file(&files[other.file.0 as usize].name);
    let title = other.title.as_deref().unwrap_or_default().to_owned();
    let location = Location { post: Some((other.id.0, title)), ..file };
    let help = "two sites, or one that was set up anew, lie in one folder: build each from a folder \
                of its own";
    Diagnostic::error("id-taken", message, location).with_help(help)
}

/// The taxonomy of each term that a post names.
type Guessed = BTreeMap<TermId, Arc<str>>;

/// Puts a post where it belongs: what looks like a post to WordPress may be a menu or a block.
fn sort_post(
    mut copy: PostCopy,
    bases: &HashMap<&str, &Arc<str>>,
    guessed: &mut Guessed,
    export: &mut Export,
) {
    let is_public = copy.status == Some(Status::Publish) && !copy.is_protected;
    let title = copy.title.take().unwrap_or_default();
    let post_type = copy.post_type.take().unwrap_or_else(|| "post".into());
    match (post_type.as_ref(), copy.text.take()) {
        ("wp_navigation", Some(body)) if is_public => {
            export.navigations.push(Navigation { id: copy.id, title, body });
        }
        ("wp_block", Some(body)) if is_public => {
            export.reusable_blocks.push(ReusableBlock { id: copy.id, title, body });
        }
        ("wp_navigation" | "wp_block", _) => export.hidden_blocks.push(copy.id),
        _ => {
            if let Some(name) = copy.status_name.take() {
                export.statuses.insert(copy.id, name);
            }
            if is_public {
                add_evidence(&copy, &post_type, export);
            }
            copy.title = Some(title);
            copy.post_type = Some(post_type);
            export.posts.push(post(copy, bases, guessed));
        }
    }
}

/// Notes that anybody was shown a post of a custom type, if so.
fn add_evidence(copy: &PostCopy, post_type: &Arc<str>, export: &mut Export) {
    let is_shown = copy.is_answer || copy.access == Access::Anyone;
    if matches!(&**post_type, "post" | "page") || !is_shown {
        return;
    }
    let link = copy.link.as_deref().unwrap_or_default();
    let is_addressed = link.contains("://") && !link.contains('?');
    let evidence = if is_addressed { Evidence::Addressed } else { Evidence::Answered };
    let known = export.shown_types.entry(Arc::clone(post_type)).or_insert(evidence);
    *known = (*known).max(evidence);
}

fn post(copy: PostCopy, bases: &HashMap<&str, &Arc<str>>, guessed: &mut Guessed) -> Post {
    let (excerpt, excerpt_kind) = copy.excerpt.unwrap_or_default();
    let mut ids = Vec::new();
    for of_one in copy.terms {
        let told = bases.get(of_one.key.as_ref()).map(|name| Arc::clone(name));
        let Some(taxonomy) = told.or(of_one.taxonomy) else { continue };
        for id in of_one.ids {
            guessed.entry(id).or_insert_with(|| Arc::clone(&taxonomy));
            ids.push(id);
        }
    }
    Post {
        id: copy.id,
        post_type: copy.post_type.unwrap_or_default(),
        status: copy.status.unwrap_or_default(),
        is_protected: copy.is_protected,
        slug: copy.slug.unwrap_or_default(),
        link: copy.link.unwrap_or_default(),
        guid: copy.guid.unwrap_or_default(),
        title: copy.title.unwrap_or_default(),
        date: copy.date,
        date_gmt: copy.date_gmt,
        modified: copy.modified,
        modified_gmt: copy.modified_gmt,
        excerpt,
        excerpt_html: copy.excerpt_html,
        excerpt_kind,
        author: copy.author.unwrap_or_default(),
        featured_media: copy.featured_media.filter(|id| id.0 > 0),
        parent: copy.parent.filter(|id| id.0 > 0),
        menu_order: copy.menu_order.unwrap_or(0),
        is_sticky: copy.is_sticky.unwrap_or(false),
        format: copy.format.unwrap_or_default(),
        terms: distinct(ids),
        comments_open: copy.comments_open.unwrap_or(false),
        footnotes: copy.footnotes.unwrap_or_default(),
        old_slugs: copy.old_slugs.unwrap_or_default(),
        body: copy.body,
        file: copy.file,
    }
}

/// Keeps the first of each id.
fn distinct(ids: Vec<TermId>) -> Box<[TermId]> {
    let mut seen = HashSet::with_capacity(ids.len());
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

fn term(copy: TermCopy) -> Term {
    Term {
        id: copy.id,
        taxonomy: copy.taxonomy.unwrap_or_default(),
        name: copy.name,
        slug: copy.slug,
        description: copy.description.unwrap_or_default(),
        link: copy.link.unwrap_or_default(),
        parent: copy.parent.filter(|id| id.0 > 0),
        count: copy.count,
    }
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

/// A term that neither says nor is told of which taxonomy it is has no page.
fn leave_out_untold(
    untold: &[(FileId, TermId)],
    export: &mut Export,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_told = |term: &Term| !term.taxonomy.is_empty();
    let left: HashSet<TermId> =
        export.terms.iter().filter(|term| !is_told(term)).map(|term| term.id).collect();
    export.terms.retain(is_told);
    let mut counts: BTreeMap<FileId, usize> = BTreeMap::new();
    for (file, _) in untold.iter().filter(|(_, id)| left.contains(id)) {
        *counts.entry(*file).or_default() += 1;
    }
    for (file, count) in counts {
        let message = format!("left out {count} terms that do not say of which taxonomy they are");
        let help = "export them again with the field `taxonomy`";
        let location = Location::file(&export.files[file.0 as usize].name);
        diagnostics.push(Diagnostic::warning("unknown-record", message, location).with_help(help));
    }
}

/// REST says that a type has an archive, but not under which path if the type's own is not its
/// name: its posts stand below it.
fn place_archives(export: &mut Export) {
    let home = export.site.home.clone().unwrap_or_default();
    for kind in &mut export.post_types {
        if kind.archive_slug.as_deref() != Some(kind.name.as_ref()) {
            continue;
        }
        let own = export.posts.iter().filter(|post| {
            post.post_type == kind.name && post.parent.is_none() && post.status == Status::Publish
        });
        if let Some(folder) = own.filter_map(|post| folder(&home, post)).next() {
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

fn add_missing_authors(export: &mut Export) {
    let known: HashSet<AuthorId> = export.authors.iter().map(|author| author.id).collect();
    let named = export.posts.iter().map(|post| post.author).filter(|id| id.0 > 0);
    let missing: HashSet<AuthorId> = named.filter(|id| !known.contains(id)).collect();
    export.authors.extend(missing.into_iter().map(|id| Author {
        id,
        is_public: false,
        name: None,
        slug: None,
        description: Box::default(),
        url: Box::default(),
        link: Box::default(),
    }));
    export.authors.sort_by_key(|author| author.id);
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
