//! Posts, and what WordPress keeps like posts: block menus and reusable blocks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Access, PostCopy};
use crate::export::merge;
use crate::export::statuses::{self, Unsure};
use crate::model::{
    Audience, BodyFormat, BodyPlace, Evidence, ExportFile, Navigation, Post, PostId, ReusableBlock,
    ShownFile, Status, Taxonomy, TermId,
};
use crate::wordpress;

/// What stands in an export as posts, told apart.
#[derive(Debug, Default)]
pub(super) struct Posts {
    pub(super) posts: Vec<Post>,
    pub(super) navigations: Vec<Navigation>,
    pub(super) reusable_blocks: Vec<ReusableBlock>,
    pub(super) hidden_blocks: Vec<PostId>,
    /// What the export calls the status of posts whose status is none that is known here.
    pub(super) statuses: BTreeMap<PostId, Box<str>>,
    pub(super) shown_types: BTreeMap<Arc<str>, Evidence>,
    /// The featured images of public posts whose texts show them, and how.
    pub(super) featured_files: BTreeMap<PostId, ShownFile>,
    /// The terms that posts name, and of which taxonomy they must be.
    pub(super) terms: BTreeMap<TermId, Arc<str>>,
}

/// The name of each taxonomy, by the key under which posts list its terms.
type Bases<'a> = HashMap<&'a str, &'a Arc<str>>;

/// Puts each post together from its copies, settles who could see it, and sorts it.
pub(super) fn posts(
    copies: Vec<PostCopy>,
    taxonomies: &[Taxonomy],
    files: &[ExportFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Posts {
    let bases: Bases<'_> =
        taxonomies.iter().map(|taxonomy| (&*taxonomy.rest_base, &taxonomy.name)).collect();
    let (copies, others) = merge::unite_posts(copies);
    diagnostics.extend(others.iter().map(|other| left_out(other, files)));
    let mut posts = Posts::default();
    posts.posts.reserve_exact(copies.len());
    let mut unsure = Unsure::default();
    for mut copy in copies {
        // Not before its copies are one: any of them may tell who could see it.
        statuses::settle(&mut copy, &mut unsure);
        posts.add(copy, &bases);
    }
    unsure.tell(files, diagnostics);
    diagnostics.extend(statuses::tell_unknown(&posts.statuses, &posts.posts, files));
    posts
}

impl Posts {
    /// Puts a post where it belongs: what looks like a post to WordPress may be a menu or a block.
    fn add(&mut self, mut copy: PostCopy, bases: &Bases<'_>) {
        let is_public =
            copy.status == Some(Status::Publish) && audience(&copy) == Audience::Everyone;
        let title = copy.title.take().unwrap_or_default();
        let post_type = copy.post_type.take().unwrap_or_else(|| "post".into());
        match (post_type.as_ref(), copy.text.take()) {
            ("wp_navigation", Some(body)) if is_public => {
                self.navigations.push(Navigation { id: copy.id, title, body });
            }
            ("wp_block", Some(body)) if is_public => {
                self.reusable_blocks.push(ReusableBlock { id: copy.id, title, body });
            }
            ("wp_navigation" | "wp_block", _) => self.hidden_blocks.push(copy.id),
            _ => {
                if let Some(name) = copy.status_name.take() {
                    self.statuses.insert(copy.id, name);
                }
                if is_public {
                    self.add_evidence(&copy, &post_type);
                    let featured = copy.featured_file.take();
                    self.featured_files
                        .extend(featured.filter(|(id, _)| copy.featured_media == Some(*id)));
                }
                copy.title = Some(title);
                copy.post_type = Some(post_type);
                let post = self.post(copy, bases);
                self.posts.push(post);
            }
        }
    }

    /// Notes that anybody was shown a post of a custom type, if so.
    fn add_evidence(&mut self, copy: &PostCopy, post_type: &Arc<str>) {
        let is_shown = copy.is_answer || copy.access == Access::Anyone;
        if wordpress::is_post_or_page(post_type) || !is_shown {
            return;
        }
        let link = copy.link.as_deref().unwrap_or_default();
        let is_addressed = link.contains("://") && !link.contains('?');
        let evidence = if is_addressed { Evidence::Addressed } else { Evidence::Answered };
        let known = self.shown_types.entry(Arc::clone(post_type)).or_insert(evidence);
        *known = (*known).max(evidence);
    }

    /// Makes a post, and notes which terms it names.
    fn post(&mut self, copy: PostCopy, bases: &Bases<'_>) -> Post {
        let audience = audience(&copy);
        let (excerpt, excerpt_kind) = copy.excerpt.unwrap_or_default();
        let mut ids = Vec::new();
        for of_one in copy.terms {
            let told = bases.get(of_one.key.as_ref()).map(|name| Arc::clone(name));
            let Some(taxonomy) = told.or(of_one.taxonomy) else { continue };
            for id in of_one.ids {
                self.terms.entry(id).or_insert_with(|| Arc::clone(&taxonomy));
                ids.push(id);
            }
        }
        Post {
            id: copy.id,
            post_type: copy.post_type.unwrap_or_default(),
            status: copy.status.unwrap_or_default(),
            audience,
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
            meta_description: copy.meta_description,
            author: copy.author.unwrap_or_default(),
            featured_media: copy.featured_media.filter(|id| id.0 > 0),
            parent: copy.parent.filter(|id| id.0 > 0),
            menu_order: copy.menu_order.unwrap_or(0),
            is_sticky: copy.is_sticky.unwrap_or(false),
            format: copy.format.unwrap_or_default(),
            terms: distinct(ids),
            language: copy.language,
            translations: copy.translations.unwrap_or_default(),
            comments_open: copy.comments_open.unwrap_or(false),
            footnotes: copy.footnotes.unwrap_or_default(),
            old_slugs: copy.old_slugs.unwrap_or_default(),
            body: copy.body,
            file: copy.file,
        }
    }
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

/// Keeps the first of each id.
fn distinct(ids: Vec<TermId>) -> Box<[TermId]> {
    let mut seen = HashSet::with_capacity(ids.len());
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

/// Returns who could see a post. What anybody was shown of one for members, such as its beginning, is public.
fn audience(copy: &PostCopy) -> Audience {
    let is_rendered = |body: &BodyPlace| body.format == BodyFormat::Rendered;
    let is_seen = copy.is_answer && copy.body.as_ref().is_some_and(is_rendered);
    match (copy.is_protected, copy.is_for_members) {
        (true, _) => Audience::WithPassword,
        (false, true) if !is_seen => Audience::Members,
        (false, _) => Audience::Everyone,
    }
}
