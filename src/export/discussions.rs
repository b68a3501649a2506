//! Comments that are left out because nothing says that readers could see them.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::copies::CommentCopy;
use crate::model::{CommentKind, ExportFile};

/// Saves all of the approved comments that a site needs.
const COMMAND: &str = "wp comment list --status=approve --format=json --fields=comment_ID,\
    comment_post_ID,comment_parent,comment_author,comment_author_url,comment_date,\
    comment_date_gmt,comment_content,comment_approved,comment_type";

/// Tells once of comments that are not for readers, and once of those that do not say whether they
/// were approved.
pub(super) fn tell(
    copies: &[CommentCopy],
    files: &[ExportFile],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let location = |copy: &CommentCopy| Location::file(&files[copy.file.0 as usize].name);
    let is_internal = |copy: &&CommentCopy| copy.kind == Some(CommentKind::Internal);
    let internal: Vec<&CommentCopy> = copies.iter().filter(is_internal).collect();
    if let Some(first) = internal.first() {
        let types: BTreeSet<&str> =
            internal.iter().filter_map(|copy| copy.type_name.as_deref()).collect();
        let types: Vec<String> = types.into_iter().map(|name| format!("`{name}`")).collect();
        let comments = if internal.len() == 1 { "comment" } else { "comments" };
        let message = format!(
            "left out {} {comments} of {}: such are not for readers",
            internal.len(),
            types.join(", ")
        );
        let told = Diagnostic::warning("internal-comments", message, location(first));
        diagnostics.push(told);
    }
    let is_unsure = |copy: &&CommentCopy| {
        copy.is_approved.is_none() && !copy.is_answer && copy.content.is_some()
    };
    let unsure: Vec<&CommentCopy> =
        copies.iter().filter(is_unsure).filter(|copy| !is_internal(copy)).collect();
    if let Some(first) = unsure.first() {
        let comments = if unsure.len() == 1 { "comment" } else { "comments" };
        let (they, them) = if unsure.len() == 1 { ("it does", "it") } else { ("they do", "them") };
        let message = format!(
            "left out {} {comments}: {they} not say in `comment_approved` or `status` whether \
             readers could see {them}",
            unsure.len()
        );
        let help = format!("save them again, with all fields: {COMMAND}");
        let told = Diagnostic::error("unsure-privacy", message, location(first));
        diagnostics.push(told.about("comment_approved").with_help(help));
    }
}
