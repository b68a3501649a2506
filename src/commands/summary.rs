//! What `build` says in the end: what it read, what of it is left out and why, and what it wrote.

use std::collections::BTreeMap;
use std::path::Path;

use crate::commands::report::{Detail, counted};
use crate::config::{self, Config};
use crate::media::Library;
use crate::model::{Audience, Comment, CommentKind, Export, Post, Status};
use crate::output::Written;
use crate::site::visibility::{Visibility, visibility};
use crate::wordpress;

/// How many pages that are gone are named.
const PAGES_NAMED: usize = 3;

/// Says what was read, by which settings, and what of it is left out and why.
pub fn read(export: &Export, library: &Library, config: &Config) -> String {
    let mut summary = format!("Read {}.", records(export, library));
    if let Some(origin) = config::origin(&config.settings, &config.exports) {
        summary.push_str(&format!("\n{origin}"));
    }
    let left_out = left_out(export, config);
    if !left_out.is_empty() {
        summary.push_str(&format!("\nLeft out, because not public: {left_out}."));
    }
    summary
}

/// Says what a build that took so many seconds changed in its folder.
pub fn written(written: &Written, folder: &Path, seconds: f64, detail: Detail) -> String {
    let folder = folder.display();
    let total = written.added + written.changed + written.unchanged;
    let mib = written.bytes as f64 / 1_048_576.0;
    let changes = list([
        some(written.added, "new", "new"),
        some(written.changed, "changed", "changed"),
        some(written.removed, "removed", "removed"),
    ]);
    let changes = if changes.is_empty() { "nothing changed".to_owned() } else { changes };
    let gone = gone(&written.removed_pages, detail);
    format!("{folder} holds {total} files, {mib:.1} MiB: {changes}. Took {seconds:.2} s.{gone}")
}

fn records(export: &Export, library: &Library) -> String {
    let count_type = |name: &str| export.posts.iter().filter(|it| &*it.post_type == name).count();
    let others = export.posts.iter().filter(|it| !wordpress::is_post_or_page(&it.post_type));
    list([
        some(count_type("post"), "post", "posts"),
        some(count_type("page"), "page", "pages"),
        some_of_each("of type", others.map(|post| &*post.post_type)),
        some(export.terms.len(), "term", "terms"),
        some(export.comments.len(), "comment", "comments"),
        some(library.attachments().len(), "attachment", "attachments"),
    ])
}

fn left_out(export: &Export, config: &Config) -> String {
    let posts = export.posts.iter().map(|post| (post, visibility(export, post, config)));
    let posts: Vec<(&Post, Visibility)> =
        posts.filter(|(_, visibility)| *visibility != Visibility::Shown).collect();
    let count = |wanted: Visibility| posts.iter().filter(|(_, it)| *it == wanted).count();
    let hidden = |status: Status| count(Visibility::Hidden(status));
    let of_types = posts.iter().filter(|(_, it)| matches!(it, Visibility::OfType(_)));
    let unknown = export.posts.iter().filter(|post| post.audience == Audience::Everyone);
    let unknown = unknown.filter_map(|post| export.statuses.get(&post.id));
    let internal = |it: &&Comment| it.kind == CommentKind::Internal;
    let internal = export.comments.iter().filter(internal).count();
    let waiting = export.comments.iter().filter(|it| !it.is_approved).count() - internal;
    list([
        some(hidden(Status::Draft), "draft", "drafts"),
        some(hidden(Status::Future), "scheduled post", "scheduled posts"),
        some(hidden(Status::Private), "private post", "private posts"),
        some(hidden(Status::Trash), "deleted post", "deleted posts"),
        some_of_each("of unknown status", unknown.map(|name| &**name)),
        some(
            hidden(Status::Untold),
            "post that does not say whether it was public",
            "posts that do not say whether they were public",
        ),
        some(count(Visibility::Protected), "post with a password", "posts with a password"),
        some(count(Visibility::Members), "post for members", "posts for members"),
        some_of_each("of type", of_types.map(|(post, _)| &*post.post_type)),
        some(internal, "comment that is not for readers", "comments that are not for readers"),
        some(waiting, "comment that was not approved", "comments that were not approved"),
    ])
}

/// Names pages that the site had and has no more: links to them end now. Lists of days and months come
/// last: they are gone because posts are.
fn gone(pages: &[String], detail: Detail) -> String {
    let is_of_date = |page: &str| page.bytes().all(|byte| byte == b'/' || byte.is_ascii_digit());
    let (dates, others): (Vec<_>, Vec<_>) = pages.iter().partition(|page| is_of_date(page));
    let shown = if detail == Detail::All { pages.len() } else { PAGES_NAMED };
    let named = others.into_iter().chain(dates).take(shown).map(|page| format!("`{page}`"));
    let named = named.collect::<Vec<_>>().join(", ");
    let (verb, them) = if pages.len() == 1 { ("is", "it") } else { ("are", "them") };
    match pages.len() {
        0 => String::new(),
        count if count > shown => {
            let more = count - shown;
            format!(
                "\n{named} and {more} more are gone (-v names all): to lead readers on, name them in \
                 [redirects]."
            )
        }
        _ => format!("\n{named} {verb} gone: to lead readers on, name {them} in [redirects]."),
    }
}

/// Counts posts by what they are, such as two of a type.
fn some_of_each<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let told = counts
        .into_iter()
        .map(|(name, count)| format!("{} {what} `{name}`", counted(count, "post", "posts")));
    let told = told.collect::<Vec<_>>().join(", ");
    (!told.is_empty()).then_some(told)
}

/// Counts what is worth a word only if there is any.
fn some(count: usize, one: &str, many: &str) -> Option<String> {
    (count > 0).then(|| counted(count, one, many))
}

fn list<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
