//! What an export in XML says of the site as a whole: its name, who writes, and its terms.

use std::collections::HashMap;
use std::sync::Arc;

use crate::content::html::entities::escape;
use crate::export::copies::{AttachmentCopy, AuthorCopy, Context, MenuCopy, Rank, TermCopy};
use crate::export::named;
use crate::export::reader::{self, Reader};
use crate::export::text;
use crate::export::wxr::xml::{Element, Fields};
use crate::model::{AuthorId, PostId, SiteRecord, TermId};
use crate::wordpress;

/// How sure the records of an export in XML are: as they stand in the database.
pub(super) const STORED: Rank = Rank { context: Context::Stored, modified: None };

/// Whom and what the items mean by their names.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By the name used for logging in, which is told nowhere.
    authors: HashMap<String, AuthorId>,
    /// By taxonomy and slug.
    terms: HashMap<(Arc<str>, Box<str>), TermId>,
}

impl Known {
    pub(super) fn author(&self, login: &str) -> Option<AuthorId> {
        self.authors.get(login).copied()
    }

    pub(super) fn term(&self, taxonomy: &Arc<str>, slug: &str) -> Option<TermId> {
        self.terms.get(&(Arc::clone(taxonomy), slug.into())).copied()
    }
}

/// Reads what stands before the items.
pub(super) fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Known {
    let mut known = Known::default();
    reader.copies.sites.push(site(fields));
    for author in fields.all("wp:author") {
        read_author(reader, &Fields::of(author.inner), &mut known);
    }
    let terms: Vec<Term> = fields.iter().filter_map(|element| term(reader, element)).collect();
    for term in &terms {
        let key = (Arc::clone(&term.taxonomy), term.slug.clone());
        known.terms.entry(key).or_insert(term.id);
    }
    for term in terms {
        add_term(reader, term, &known);
    }
    known
}

/// Returns the file of the site's icon, or of a smaller size of it, among `attachments`.
pub(super) fn site_icon(fields: &Fields<'_>, attachments: &[AttachmentCopy]) -> Option<PostId> {
    let image = Fields::of(fields.get("image")?.inner);
    let url = image.filled("url")?;
    let (folder, name) = url.trim().rsplit_once('/')?;
    let found = attachments.iter().find(|attachment| {
        let source = attachment.source_url.as_deref().unwrap_or_default();
        let Some((own_folder, own_name)) = source.rsplit_once('/') else { return false };
        let mut sizes = attachment.sizes.iter().flatten();
        own_folder == folder && (own_name == name || sizes.any(|size| &*size.file_name == name))
    });
    found.map(|attachment| attachment.id)
}

fn site(fields: &Fields<'_>) -> SiteRecord {
    let filled = |name| fields.filled(name).map(|text| text.trim().to_owned());
    let home = filled("wp:base_blog_url").or_else(|| filled("link"));
    SiteRecord {
        // As in every feed, these are plain text.
        name: filled("title").map(|name| escape(&name)),
        description: filled("description").map(|tagline| escape(&tagline)),
        home: home.map(|home| home.trim_end_matches('/').to_owned()),
        language: filled("language").map(|language| language.replace('-', "_")),
        ..SiteRecord::default()
    }
}

/// Reads who writes. The name used for logging in is not public: it is the author's slug only where
/// the name that readers see makes the same.
fn read_author(reader: &mut Reader<'_>, fields: &Fields<'_>, known: &mut Known) {
    reader.copies.understood += 1;
    let Some(login) = fields.filled("wp:author_login") else { return };
    let name = fields.filled("wp:author_display_name");
    // Early exports had no numbers. One that is made stands in addresses: the login is not to be
    // guessed from it.
    let made = || name.as_deref().map(named::made_id);
    let Some(id) = fields.id("wp:author_id").or_else(made) else { return };
    known.authors.insert(login.to_string(), AuthorId(id));
    let slug = name.as_deref().map(text::slugify).filter(|slug| *slug == text::slugify(&login));
    reader.copies.authors.push(AuthorCopy {
        id: AuthorId(id),
        rank: STORED,
        name: name.map(Into::into),
        slug: slug.map(Into::into),
        ..AuthorCopy::default()
    });
}

/// A term as it is told, with its parent by slug.
struct Term {
    id: TermId,
    taxonomy: Arc<str>,
    slug: Box<str>,
    name: Option<Box<str>>,
    description: Option<Box<str>>,
    parent: Box<str>,
}

fn term(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Term> {
    // Categories and tags have names of their own for everything.
    let [slug, parent, name, description] = match element.name {
        "wp:category" => {
            ["category_nicename", "category_parent", "cat_name", "category_description"]
        }
        "wp:tag" => ["tag_slug", "", "tag_name", "tag_description"],
        "wp:term" => ["term_slug", "term_parent", "term_name", "term_description"],
        _ => return None,
    };
    reader.copies.understood += 1;
    let fields = Fields::of(element.inner);
    let text = |name: &str| fields.filled(&format!("wp:{name}"));
    let taxonomy = match element.name {
        "wp:category" => "category".into(),
        "wp:tag" => "post_tag".into(),
        _ => text("term_taxonomy")?,
    };
    let slug = reader::decode_slug(&text(slug)?);
    let id = fields.id("wp:term_id").unwrap_or_else(|| named::made_term_id(&taxonomy, &slug));
    Some(Term {
        id: TermId(id),
        taxonomy: reader.shared(&taxonomy),
        name: text(name).map(Into::into),
        description: text(description).map(Into::into),
        parent: text(parent).map(|slug| reader::decode_slug(&slug)).unwrap_or_default(),
        slug,
    })
}

fn add_term(reader: &mut Reader<'_>, term: Term, known: &Known) {
    let Term { id, taxonomy, slug, name, description, parent } = term;
    if &*taxonomy == "nav_menu" {
        let name = name.map(|name| text::plain(&name));
        let menu = MenuCopy { id: id.0, name, slug: Some(slug.into()), locations: None };
        reader.copies.menus.push(menu);
        return;
    }
    if wordpress::is_inner_taxonomy(&taxonomy) {
        return;
    }
    reader.copies.stored_taxonomies.insert(Arc::clone(&taxonomy));
    reader.copies.terms.push(TermCopy {
        id,
        rank: STORED,
        parent: known.term(&taxonomy, &parent),
        taxonomy: Some(taxonomy),
        name,
        slug: Some(slug),
        description,
        ..TermCopy::default()
    });
}
