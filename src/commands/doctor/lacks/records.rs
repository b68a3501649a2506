//! What the records of an export refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::holdings;
use crate::commands::doctor::lacks::Certainty::Known;
use crate::commands::doctor::lacks::{HANDFUL, Kind, Lack};
use crate::commands::doctor::requests::{MediaFile, Paging, Request};
use crate::commands::doctor::words::{by_id, of_each};
use crate::commands::report::counted;
use crate::commands::time_zone::clock;
use crate::diagnostics::plain;
use crate::media::Picture;
use crate::media::names::path_of;
use crate::media::path_index::Fit;
use crate::model::{Attachment, Author, AuthorId, PostId, Term, TermId};

/// The root index tells the site's name and address.
pub(super) fn root_index(evidence: &Evidence<'_>) -> Option<Lack> {
    if evidence.has_root_index() || evidence.settings.title.is_some() {
        return None;
    }
    let is_zone_known = evidence.settings.timezone.is_some() || clock(evidence.export).is_some();
    let (what, without) = match (&evidence.export.site.name, is_zone_known) {
        (Some(_), true) => (
            "the site's front page (the root index)",
            "The home page lists the posts. Instead you may write `page_on_front = …` in \
             stillpress.toml.",
        ),
        (Some(_), false) => (
            "the site's time zone and front page (the root index)",
            "The home page lists the posts. Instead you may write `timezone = \"…\"` and \
             `page_on_front = …` in stillpress.toml.",
        ),
        (None, is_zone_known) => (
            match is_zone_known {
                true => "the site's name, tagline and front page (the root index)",
                false => "the site's name, tagline, time zone and front page (the root index)",
            },
            "The site is called by its address. Instead you may write `title = \"…\"` in \
             stillpress.toml.",
        ),
    };
    let what = what.to_owned();
    let request = Request { route: Route::index(), paging: Paging::Once, stem: "index".into() };
    Some(Lack::new(Kind::RootIndex, Known, what, without).asking(vec![request]))
}

/// Terms of which public posts tell no more than the id, and the terms above them.
pub(super) fn term_names(evidence: &Evidence<'_>) -> Vec<Lack> {
    let terms: HashMap<TermId, &Term> =
        evidence.export.terms.iter().map(|term| (term.id, term)).collect();
    let mut seen: HashSet<TermId> = HashSet::new();
    let mut unnamed: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for &used in evidence.shown().flat_map(|post| &post.terms) {
        let mut taxonomy = "";
        let mut next = Some(used);
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let term = terms.get(&id);
            taxonomy = term.map_or(taxonomy, |term| &term.taxonomy);
            let is_named = term.is_some_and(|term| evidence.is_term_named(term));
            let is_public = !taxonomy.is_empty() && evidence.kinds.has_archives(taxonomy);
            if !is_named && is_public {
                unnamed.entry(taxonomy).or_default().insert(id.0);
            }
            next = term.and_then(|term| term.parent);
        }
    }
    let named = evidence.export.terms.iter().filter(|term| evidence.is_term_named(term));
    let named: HashSet<&str> = named.map(|term| &*term.taxonomy).collect();
    let lack = |(taxonomy, missing): (&str, BTreeSet<u64>)| {
        let missing: Vec<u64> = missing.into_iter().collect();
        let one = format!("term of “{}”", plain(taxonomy));
        let many = format!("terms of “{}”", plain(taxonomy));
        let (one, many) = match taxonomy {
            "category" => ("category", "categories"),
            "post_tag" => ("tag", "tags"),
            _ => (&*one, &*many),
        };
        let what = of_each(["the name", "the names"], &missing, one, many);
        let without = "A name is made up from its address, or from the number.";
        let base = evidence.kinds.taxonomy_base(taxonomy);
        let requests = ask(evidence, base, &missing, AtHand::of(named.contains(taxonomy)));
        Lack::new(Kind::TermNames, Known, what, without).of(missing).asking(requests)
    };
    unnamed.into_iter().map(lack).collect()
}

/// Authors of public posts who have no name, or of whose archive the address is not known.
pub(super) fn author_names(evidence: &Evidence<'_>) -> Option<Lack> {
    let writing: HashSet<AuthorId> = evidence.shown().map(|post| post.author).collect();
    let authors = || evidence.export.authors.iter();
    let of_those = |is_known: &dyn Fn(&Author) -> bool| -> Vec<u64> {
        let unknown = authors().filter(|author| writing.contains(&author.id) && !is_known(author));
        unknown.map(|author| author.id.0).collect()
    };
    let unnamed = of_those(&|author| evidence.is_author_named(author));
    let unaddressed =
        of_those(&|author| author.name.is_none() || evidence.is_author_addressed(author));
    let (missing, things, without) = match unnamed.is_empty() {
        false => (unnamed, ["the name", "the names"], "A name is made up from the number."),
        true => (
            unaddressed,
            ["the address", "the addresses"],
            "The addresses that their archives had are not answered.",
        ),
    };
    if missing.is_empty() {
        return None;
    }
    let what = of_each(things, &missing, "author", "authors");
    let has_some = authors().any(|author| evidence.is_author_named(author));
    let requests = ask(evidence, "users", &missing, AtHand::of(has_some));
    Some(Lack::new(Kind::AuthorNames, Known, what, without).of(missing).asking(requests))
}

/// Featured images, the icon and the logo, as far as the media library lacks them.
pub(super) fn attachments(evidence: &Evidence<'_>) -> Option<Lack> {
    let is_missing = |id: &PostId| evidence.library.attachment(*id).is_none();
    let site = &evidence.export.site;
    let own = site.site_icon.into_iter().chain(site.site_logo).filter(is_missing);
    let featured = evidence.shown().filter_map(|post| post.featured_media).filter(is_missing);
    let has_own = own.clone().next().is_some();
    let missing: BTreeSet<u64> = featured.chain(own).map(|id| id.0).collect();
    if missing.is_empty() {
        return None;
    }
    let missing: Vec<u64> = missing.into_iter().collect();
    let pictures = by_id(&missing, "picture", "pictures");
    let (what, without) = match has_own {
        true => (
            format!("{pictures}, shown at the head of posts or as the site's logo or icon"),
            "Posts, lists and the site's head stand without them.",
        ),
        false => (
            format!("{pictures}, shown at the head of posts"),
            "Posts and lists stand without a picture.",
        ),
    };
    let has_some = !evidence.library.attachments().is_empty();
    let requests = ask(evidence, "media", &missing, AtHand::of(has_some));
    Some(Lack::new(Kind::Attachments, Known, what, without).of(missing).asking(requests))
}

/// The pages above public ones, and those at the front.
pub(super) fn parents(evidence: &Evidence<'_>) -> Vec<Lack> {
    let export = evidence.export;
    let known: HashSet<PostId> = export.posts.iter().map(|post| post.id).collect();
    let above = evidence.shown().filter_map(|post| Some((&*post.post_type, post.parent?)));
    let front = [export.site.page_on_front, export.site.page_for_posts];
    let named = above.chain(front.into_iter().flatten().map(|id| ("page", id)));
    let mut missing: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (post_type, id) in named.filter(|(_, id)| !known.contains(id)) {
        missing.entry(post_type).or_default().insert(id.0);
    }
    let lack = |(post_type, missing): (&str, BTreeSet<u64>)| {
        let missing: Vec<u64> = missing.into_iter().collect();
        let what = by_id(&missing, "page", "pages");
        let what = format!("{what}, which other pages stand below, or which is the front page");
        let without = "The pages below it stay, but nothing leads up from them. If it was never \
                       published, it cannot be saved.";
        let requests = Request::records(evidence.kinds.type_base(post_type), &missing);
        Lack::new(Kind::ParentPages, Known, what, without).of(missing).asking(requests)
    };
    missing.into_iter().map(lack).collect()
}

/// What readers commented, and so must have been public: posts, pages or attachments.
pub(super) fn commented(evidence: &Evidence<'_>) -> Option<Lack> {
    let export = evidence.export;
    let known: HashSet<PostId> = export.posts.iter().map(|post| post.id).collect();
    let approved = export.comments.iter().filter(|comment| comment.is_approved);
    let commented: BTreeSet<PostId> = approved.map(|comment| comment.post).collect();
    let missing: Vec<u64> = commented
        .into_iter()
        .filter(|id| !known.contains(id) && evidence.library.attachment(*id).is_none())
        .map(|id| id.0)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let what = by_id(&missing, "post, page or file", "posts, pages or files");
    let what = format!("{what} that readers commented");
    let without = "The comments have no place to stand.";
    let bases = ["posts", "pages", "media"];
    let requests = bases.iter().flat_map(|base| Request::listed(base, &missing)).collect();
    Some(Lack::new(Kind::CommentedPosts, Known, what, without).of(missing).asking(requests))
}

/// Public posts that were saved without their text.
pub(super) fn texts(evidence: &Evidence<'_>) -> Vec<Lack> {
    let mut missing: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for post in evidence.shown().filter(|post| post.body.is_none()) {
        missing.entry(&post.post_type).or_default().push(post.id.0);
    }
    let lack = |(post_type, missing): (&str, Vec<u64>)| {
        let what = of_each(["the text", "the texts"], &missing, "post", "posts");
        let without = "There is nothing but a title to show.";
        let requests = Request::records(evidence.kinds.type_base(post_type), &missing);
        Lack::new(Kind::Texts, Known, what, without).of(missing).asking(requests)
    };
    missing.into_iter().map(lack).collect()
}

/// Files that attachments describe or texts show, and that are in no folder of uploads.
pub(super) fn media_files(evidence: &Evidence<'_>) -> Option<Lack> {
    let attachments = evidence.library.attachments().iter();
    let described = attachments.filter(|attachment| !holdings::has_file(evidence, attachment));
    let leading = leading_pictures(evidence);
    let described = described.flat_map(|attachment| {
        let is_whole = attachment.source_url.contains("://");
        let path = path_of(&attachment.source_url).filter(|_| is_whole);
        let whole = path.map(|path| (path, attachment.source_url.to_string()));
        let is_leading = leading.contains(&attachment.id) && whole.is_some();
        let sizes = is_leading.then(|| sizes(evidence, attachment));
        whole.into_iter().chain(sizes.into_iter().flatten())
    });
    let shown = evidence.mentions.iter();
    let is_shown = |path: &str| {
        let other = || evidence.library.other_size(path);
        evidence.library.file(path).is_some() || other().is_some_and(|it| it.fit == Fit::Enough)
    };
    let shown = shown.filter(|(path, _)| !is_shown(path));
    let mut lost: BTreeMap<String, String> = described.collect();
    lost.extend(shown.map(|(path, address)| (path.clone(), address.clone())));
    if lost.is_empty() {
        return None;
    }
    let elsewhere = lost.keys().filter(|path| path.starts_with('/')).count();
    let files = counted(lost.len() - elsewhere, "file", "files");
    let (what, without) = match evidence.library.is_empty() {
        true => (
            format!("the folder of uploads, with at least {files}"),
            "Pictures are shown from the old site, and vanish together with it.",
        ),
        false => (
            format!("{files} of the folder of uploads"),
            "They are shown from the old site, and vanish together with it.",
        ),
    };
    let what = match counted(elsewhere, "file", "files") {
        _ if elsewhere == 0 => what,
        others if elsewhere == lost.len() => format!("{others} from outside the folder of uploads"),
        others => format!("{what}, and {others} from elsewhere"),
    };
    let media = lost.into_iter().map(|(path, address)| MediaFile { path, address }).collect();
    Some(Lack { media, ..Lack::new(Kind::MediaFiles, Known, what, without) })
}

/// Returns the featured images of public posts, and the site's own pictures: pages show them in the
/// size that fits.
fn leading_pictures(evidence: &Evidence<'_>) -> HashSet<PostId> {
    let site = &evidence.export.site;
    let own = site.site_icon.into_iter().chain(site.site_logo);
    evidence.shown().filter_map(|post| post.featured_media).chain(own).collect()
}

/// Returns the smaller pictures of an attachment, with their full addresses.
fn sizes(evidence: &Evidence<'_>, attachment: &Attachment) -> Vec<(String, String)> {
    let (folder, _) = attachment.source_url.rsplit_once('/').unwrap_or_default();
    let address = |path: &str| format!("{folder}/{}", path.rsplit('/').next().unwrap_or(path));
    let mut pictures = evidence.library.pictures(attachment);
    // The original.
    pictures.pop();
    let with_address = |it: Picture| (it.path.clone(), address(&it.path));
    pictures.into_iter().map(with_address).collect()
}

/// Whether an export holds anything of a collection.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum AtHand {
    Some,
    None,
}

impl AtHand {
    fn of(has_some: bool) -> Self {
        if has_some { Self::Some } else { Self::None }
    }
}

/// Asks for single records where the rest of the collection is there or is not wanted, and else
/// for all of it.
fn ask(evidence: &Evidence<'_>, base: &str, ids: &[u64], at_hand: AtHand) -> Vec<Request> {
    let is_handful = evidence.export.posts.len() <= HANDFUL;
    match at_hand == AtHand::Some || is_handful {
        true => Request::records(base, ids),
        false => vec![Request::collection(base, 1)],
    }
}
