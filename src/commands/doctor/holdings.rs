//! What an export holds, in numbers. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::commands::api::{Api, Permalinks, Source};
use crate::commands::doctor::evidence::Evidence;
use crate::commands::time_zone::{clock, from_utc};
use crate::media;
use crate::model::{Attachment, Audience, Author, Post, Script, Status, Term};

/// What an export holds.
#[derive(Debug, Serialize)]
pub struct Holdings {
    /// How many files were read.
    pub files: usize,
    /// The site's name as plain text.
    pub name: Option<String>,
    /// The address of the old home page.
    pub address: Option<String>,
    /// How the site's own links were written.
    pub permalinks: Permalinks,
    /// Whether the root index is there, or the settings, which say the same.
    pub root_index: bool,
    /// The time zone, by its name or as hours from UTC, and what says so. `None` if nothing does.
    pub time_zone: Option<String>,
    /// Whether the settings are there, which only an administrator can save.
    pub settings: bool,
    /// By type: posts first, then pages, then the others by name.
    pub posts: Vec<OfType>,
    /// The days of the first and the last public post.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// How many public posts are written in which script.
    pub scripts: Vec<(String, usize)>,
    /// Categories first, then tags, then the others by name.
    pub terms: Vec<OfTaxonomy>,
    /// Those who wrote.
    pub authors: Named,
    /// Under posts.
    pub comments: Comments,
    /// The media library.
    pub attachments: Attachments,
    /// Classic menus.
    pub menus: usize,
    /// Menus made of blocks.
    pub block_menus: usize,
}

/// The posts of a type by status. A post with a password or for members counts nowhere else.
#[derive(Debug, Default, Eq, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names are those of the statuses")]
pub struct OfType {
    /// `post`, `page`, or a custom type's name.
    pub post_type: String,
    pub published: usize,
    pub scheduled: usize,
    pub drafts: usize,
    pub private: usize,
    pub deleted: usize,
    /// Of a status that is none of WordPress's own, or that the export does not tell.
    pub of_unknown_status: usize,
    pub with_password: usize,
    pub for_members: usize,
}

/// The terms of a taxonomy.
#[derive(Debug, Default, Eq, PartialEq, Serialize)]
pub struct OfTaxonomy {
    /// `category`, `post_tag`, or a custom taxonomy's name.
    pub taxonomy: String,
    /// How many, and how many of them have a name.
    #[serde(flatten)]
    pub counts: Named,
}

/// How many records there are, and how many of them have a name.
#[derive(Debug, Default, Eq, PartialEq, Serialize)]
pub struct Named {
    /// All of them.
    pub total: usize,
    /// Those that have a name, if only in the settings.
    pub named: usize,
}

/// Comments by what readers saw of them.
#[derive(Debug, Default, Eq, PartialEq, Serialize)]
pub struct Comments {
    /// Shown.
    pub approved: usize,
    /// Never shown: they wait for somebody to approve them, or were spam.
    pub waiting: usize,
}

/// Attachments by whether their file is at hand.
#[derive(Debug, Default, Eq, PartialEq, Serialize)]
pub struct Attachments {
    /// In a folder of uploads.
    pub with_file: usize,
    /// Only described.
    pub without_file: usize,
}

/// Counts what the export holds.
pub fn count(evidence: &Evidence<'_>, api: &Api) -> Holdings {
    let export = evidence.export;
    let name = evidence.settings.title.clone().or_else(|| {
        export.site.name.as_deref().map(crate::content::plain_text).filter(|name| !name.is_empty())
    });
    let address = (api.source == Source::Export).then(|| api.home.clone());
    let public = || evidence.shown();
    let days = || public().filter_map(|post| post.date.or(post.date_gmt)).map(|date| date.date());
    let attachments = evidence.library.attachments();
    let with_file = attachments.iter().filter(|it| has_file(evidence, it)).count();
    let approved = export.comments.iter().filter(|comment| comment.is_approved).count();
    Holdings {
        files: export.files.len(),
        name,
        address,
        permalinks: api.permalinks,
        root_index: evidence.has_root_index(),
        time_zone: time_zone(evidence),
        settings: export.site.posts_per_page.is_some(),
        posts: count_posts(&export.posts),
        dates: days().min().zip(days().max()),
        scripts: count_scripts(public()),
        terms: count_terms(evidence),
        authors: Named::count(&export.authors, |author: &Author| evidence.is_author_named(author)),
        comments: Comments { approved, waiting: export.comments.len() - approved },
        attachments: Attachments { with_file, without_file: attachments.len() - with_file },
        menus: export.menus.len(),
        block_menus: export.navigations.len(),
    }
}

fn time_zone(evidence: &Evidence<'_>) -> Option<String> {
    let site = &evidence.export.site;
    let named = evidence.settings.timezone.clone().or_else(|| site.timezone.clone());
    let fixed = || site.gmt_offset.map(|hours| from_utc((hours * 60.0) as i64));
    let of_dates =
        || Some(format!("{}, as the dates of posts say", clock(evidence.export)?.told()));
    named.or_else(fixed).or_else(of_dates)
}

/// Returns whether the file of `attachment` is in a folder of uploads.
pub fn has_file(evidence: &Evidence<'_>, attachment: &Attachment) -> bool {
    let path = media::names::path_of(&attachment.source_url);
    path.is_some_and(|path| evidence.library.file(&path).is_some())
}

impl Named {
    fn count<'a, T: 'a>(
        records: impl IntoIterator<Item = &'a T>,
        is_named: impl Fn(&T) -> bool,
    ) -> Self {
        records.into_iter().fold(Self::default(), |counts, record| Self {
            total: counts.total + 1,
            named: counts.named + usize::from(is_named(record)),
        })
    }
}

fn count_posts(posts: &[Post]) -> Vec<OfType> {
    let mut types: BTreeMap<(u8, &str), OfType> = BTreeMap::new();
    for post in posts {
        let name = &*post.post_type;
        let rank = ["post", "page"].iter().position(|known| *known == name).unwrap_or(2);
        let counts = types.entry((rank as u8, name)).or_default();
        let count = match post.status {
            _ if post.audience == Audience::WithPassword => &mut counts.with_password,
            _ if post.audience == Audience::Members => &mut counts.for_members,
            Status::Publish => &mut counts.published,
            Status::Future => &mut counts.scheduled,
            Status::Draft => &mut counts.drafts,
            Status::Private => &mut counts.private,
            Status::Trash => &mut counts.deleted,
            Status::Unknown | Status::Untold => &mut counts.of_unknown_status,
        };
        *count += 1;
    }
    let named =
        |((_, name), counts): ((u8, &str), OfType)| OfType { post_type: name.into(), ..counts };
    types.into_iter().map(named).collect()
}

/// Most first. A post without letters counts in no script.
fn count_scripts<'a>(posts: impl Iterator<Item = &'a Post>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for body in posts.filter_map(|post| post.body.as_ref()) {
        if body.digest.script != Script::Other {
            *counts.entry(format!("{:?}", body.digest.script)).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn count_terms(evidence: &Evidence<'_>) -> Vec<OfTaxonomy> {
    let mut taxonomies: BTreeMap<(u8, &str), Vec<&Term>> = BTreeMap::new();
    for term in &evidence.export.terms {
        let name = &*term.taxonomy;
        let rank = ["category", "post_tag"].iter().position(|known| *known == name).unwrap_or(2);
        taxonomies.entry((rank as u8, name)).or_default().push(term);
    }
    let counted = |((_, name), terms): ((u8, &str), Vec<&Term>)| OfTaxonomy {
        taxonomy: name.to_owned(),
        counts: Named::count(terms, |term| evidence.is_term_named(term)),
    };
    taxonomies.into_iter().map(counted).collect()
}
