//! Who could see a post, where the export leaves that open.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::{Access, PostCopy};
use crate::model::{ExportFile, FileId, Post, PostId, Status};

/// Saves all of the database that a site needs, and who could see it.
const COMMAND: &str = "wp post list --post_type=post,page,attachment --post_status=publish,inherit \
    --format=json --fields=ID,post_type,post_status,post_password,post_name,post_title,post_content,\
    post_excerpt,post_date,post_date_gmt,post_modified,post_modified_gmt,post_author,post_parent,\
    menu_order,comment_status,guid,post_mime_type,url";

/// Posts of which the export holds what readers never saw, but not whether they were public.
#[derive(Debug, Default)]
pub(super) struct Unsure {
    /// By file and by who was given the record: how many, and which fields they lack.
    left: BTreeMap<(FileId, Access), Left>,
}

/// Posts of one file that are left out.
#[derive(Debug, Default)]
struct Left {
    count: usize,
    lacks_status: bool,
    lacks_password: bool,
}

/// Settles the status of a post that all copies are known of. What anybody was shown is public; of
/// what only an editor gets, that has to be told.
pub(super) fn settle(copy: &mut PostCopy, unsure: &mut Unsure) {
    let has_text = copy.body.is_some()
        || copy.excerpt.as_ref().is_some_and(|(excerpt, _)| !excerpt.is_empty());
    let lacks_status = copy.status.is_none();
    let lacks_password = has_text && !copy.tells_protection;
    let status = copy.status.unwrap_or_default();
    let is_sure = copy.access == Access::Anyone
        || copy.is_answer
        || copy.is_protected
        || !lacks_status && !lacks_password;
    copy.status = Some(if is_sure || status != Status::Publish { status } else { Status::Untold });
    if copy.status == Some(Status::Untold) {
        let left = unsure.left.entry((copy.file, copy.access)).or_default();
        left.count += 1;
        left.lacks_status |= lacks_status;
        left.lacks_password |= lacks_password;
    }
}

impl Unsure {
    /// Tells of what is left out, once for a file.
    pub(super) fn tell(&self, files: &[ExportFile], diagnostics: &mut Vec<Diagnostic>) {
        for ((file, access), left) in &self.left {
            let names = match access {
                Access::Database => ["post_status", "post_password"],
                Access::Anyone | Access::Editor => ["status", "password"],
            };
            let lacking: Vec<String> = [left.lacks_status, left.lacks_password]
                .into_iter()
                .zip(names)
                .filter(|(is_lacking, _)| *is_lacking)
                .map(|(_, name)| format!("`{name}`"))
                .collect();
            let lacking = lacking.join(" and ");
            let message = match left.count {
                1 => format!(
                    "left out a record: without {lacking} it does not say whether readers could \
                     see it"
                ),
                count => format!(
                    "left out {count} records: without {lacking} they do not say whether readers \
                     could see them"
                ),
            };
            let help = match access {
                Access::Database => format!("save them again, with all fields: {COMMAND}"),
                Access::Anyone | Access::Editor => {
                    "save them again without `_fields`, or add the public answers, saved without \
                     logging in"
                        .to_owned()
                }
            };
            let help = format!(
                "{help}; if you know that readers could see them all, untold = \"publish\" in \
                 stillpress.toml shows them"
            );
            let location = Location::file(&files[file.0 as usize].name);
            let told = Diagnostic::error("unsure-privacy", message, location);
            diagnostics.push(told.about(names[1]).with_help(help));
        }
    }
}

/// Tells of statuses that are none of WordPress's own, each once.
pub(super) fn tell_unknown(
    statuses: &BTreeMap<PostId, Box<str>>,
    posts: &[Post],
    files: &[ExportFile],
) -> Vec<Diagnostic> {
    let mut by_name: BTreeMap<&str, Vec<PostId>> = BTreeMap::new();
    for (id, name) in statuses {
        by_name.entry(name).or_default().push(*id);
    }
    let tell = |(name, ids): (&str, Vec<PostId>)| {
        let first = posts.iter().find(|post| post.id == ids[0])?;
        let posts = match ids.len() {
            1 => "a post is".to_owned(),
            count => format!("{count} posts are"),
        };
        let message = format!("{posts} of the unknown status `{name}`, and left out");
        let help = "if readers could see it, say so in the file: its status is `publish`";
        let location = Location::file(&files[first.file.0 as usize].name);
        let told = Diagnostic::warning("unknown-status", message, location).about(name);
        Some(told.with_help(help))
    };
    by_name.into_iter().filter_map(tell).collect()
}
