//! Records that do not say what they are, because only some of their fields were asked for: other
//! records tell.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{
    AttachmentCopy, AuthorCopy, Context, Copies, PostCopy, Rank, TermCopy, UnknownCopy,
};
use crate::export::json::Record;
use crate::export::posts;
use crate::export::reader::{self, Reader};
use crate::model::{AuthorId, ExportFile, FileId, PostId, TermId};

/// How many keys of a record are shown where nobody knows what it is.
const SHOWN_KEYS: usize = 6;

/// What the named records of one file are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Term,
    Author,
    Unknown,
}

/// What the rest of the export knows by number.
#[derive(Default)]
struct Known {
    posts: HashSet<PostId>,
    attachments: HashSet<PostId>,
    authors: HashSet<AuthorId>,
    terms: HashSet<TermId>,
    slugs: HashSet<(TermId, Box<str>)>,
}

/// Keeps `record`, which may turn out to be part of one told elsewhere.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) {
    let name = reader::boxed(record, "name").ok().flatten();
    // What cannot be read as a post, or has no id, is told with the others.
    let post = if record.has("id") { posts::read_copy(reader, record).ok() } else { None };
    let post = post.unwrap_or_default();
    let file = reader.file;
    // One record is shown for all.
    let is_first = reader.copies.unknown.is_empty();
    let shown = record.fields().take(if is_first { SHOWN_KEYS } else { 0 });
    let keys = shown.map(|(key, _)| cut(key)).collect();
    reader.copies.unknown.push(UnknownCopy {
        post: PostCopy { file, ..post },
        name,
        description: reader::boxed(record, "description").ok().flatten(),
        is_like_term: record.has("count") || record.has("parent"),
        keys,
    });
}

/// Gives the unknown records in `all` to the records they belong to. Tells of those that belong
/// nowhere.
pub(super) fn settle(all: &mut Copies, files: &[ExportFile], told: &mut Vec<Diagnostic>) {
    let unknown = std::mem::take(&mut all.unknown);
    if unknown.is_empty() {
        return;
    }
    let known = Known::of(all);
    let mut by_file: BTreeMap<FileId, Vec<UnknownCopy>> = BTreeMap::new();
    for copy in unknown {
        by_file.entry(copy.post.file).or_default().push(copy);
    }
    for (file, copies) in by_file {
        // An answer holds records of one kind.
        let kind = tell_kind(&copies, &known);
        // Only the first has its keys, whether it is left or belongs somewhere.
        let keys = copies[0].keys.clone();
        let settled = copies.into_iter().map(|copy| settle_one(all, &known, kind, copy));
        let left = settled.flatten().count();
        if left > 0 {
            told.push(tell_left(&files[file.0 as usize], left, &keys));
        }
    }
}

/// Returns what belongs nowhere.
fn settle_one(
    all: &mut Copies,
    known: &Known,
    kind: Kind,
    copy: UnknownCopy,
) -> Option<UnknownCopy> {
    let id = copy.post.id;
    let is_named = copy.name.is_some() && copy.post.title.is_none();
    if id.0 == 0 {
        return Some(copy);
    } else if is_named && kind == Kind::Author {
        all.authors.push(author(copy));
    } else if is_named && kind == Kind::Term {
        all.terms.push(term(copy));
    } else if is_named {
        return Some(copy);
    } else if known.posts.contains(&id) {
        all.posts.push(copy.post);
    } else if known.attachments.contains(&id) {
        all.attachments.push(attachment(copy.post));
    } else {
        return Some(copy);
    }
    None
}

fn tell_kind(copies: &[UnknownCopy], known: &Known) -> Kind {
    let any = |test: &dyn Fn(&UnknownCopy) -> bool| copies.iter().any(test);
    let has_slug = |copy: &UnknownCopy| {
        let slug = copy.post.slug.clone().unwrap_or_default();
        known.slugs.contains(&(TermId(copy.post.id.0), slug))
    };
    if any(&|copy| copy.is_like_term) || any(&has_slug) {
        Kind::Term
    } else if any(&|copy| known.authors.contains(&AuthorId(copy.post.id.0))) {
        Kind::Author
    } else if any(&|copy| known.terms.contains(&TermId(copy.post.id.0))) {
        Kind::Term
    } else {
        Kind::Unknown
    }
}

impl Known {
    fn of(all: &Copies) -> Self {
        let hints = all.term_hints.iter().map(|(id, (_, slug))| (*id, slug.clone()));
        let slugs = all.terms.iter().filter_map(|term| Some((term.id, term.slug.clone()?)));
        let of_posts = all.posts.iter().flat_map(|post| &post.terms).flat_map(|of_one| &of_one.ids);
        Self {
            posts: all.posts.iter().map(|post| post.id).collect(),
            attachments: all.attachments.iter().map(|attachment| attachment.id).collect(),
            authors: (all.posts.iter().filter_map(|post| post.author))
                .chain(all.authors.iter().map(|author| author.id))
                .collect(),
            terms: of_posts.copied().chain(all.terms.iter().map(|term| term.id)).collect(),
            slugs: slugs.chain(hints).collect(),
        }
    }
}

fn author(copy: UnknownCopy) -> AuthorCopy {
    AuthorCopy {
        is_public: false,
        id: AuthorId(copy.post.id.0),
        rank: Rank { context: Context::Reduced, modified: None },
        name: copy.name,
        slug: copy.post.slug,
        description: copy.description,
        url: None,
        link: copy.post.link,
    }
}

fn term(copy: UnknownCopy) -> TermCopy {
    TermCopy {
        id: TermId(copy.post.id.0),
        rank: Rank { context: Context::Reduced, modified: None },
        taxonomy: None,
        name: copy.name,
        slug: copy.post.slug,
        description: copy.description,
        link: copy.post.link,
        parent: copy.post.parent.map(|parent| TermId(parent.0)),
        ..TermCopy::default()
    }
}

fn attachment(post: PostCopy) -> AttachmentCopy {
    let PostCopy { id, rank, slug, link, title, file, .. } = post;
    AttachmentCopy { id, rank, slug, link, title, file, ..AttachmentCopy::default() }
}

fn tell_left(file: &ExportFile, count: usize, keys: &[Box<str>]) -> Diagnostic {
    let records = match count {
        1 => "a record of unknown kind, with".to_owned(),
        _ => format!("{count} records of unknown kind, the first with"),
    };
    let fields = if keys.len() == 1 { "the field" } else { "the fields" };
    let message = format!("left out {records} {fields} `{}`", keys.join("`, `"));
    let help = "export them again without `_fields`, so that they say what they are";
    Diagnostic::warning("unknown-record", message, Location::file(&file.name)).with_help(help)
}

/// Keys are shown to people: not at any length.
fn cut(key: &str) -> Box<str> {
    key.chars().take(40).collect::<String>().into()
}
