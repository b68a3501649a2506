//! Comments without a post.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Comment, Export, PostId};

/// Tells once of approved comments on posts that the export does not have.
pub(super) fn tell(export: &Export, diagnostics: &mut Vec<Diagnostic>) {
    let known: HashSet<PostId> = export.posts.iter().map(|post| post.id).collect();
    let is_orphan = |comment: &&Comment| comment.is_approved && !known.contains(&comment.post);
    let orphans: Vec<&Comment> = export.comments.iter().filter(is_orphan).collect();
    let Some(first) = orphans.first() else { return };
    let message = match orphans.len() {
        1 => format!("a comment is on post {}, which the export does not have", first.post.0),
        count => format!(
            "{count} comments are on posts that the export does not have, such as {}",
            first.post.0
        ),
    };
    let location = Location::file(&export.files[first.file.0 as usize].name);
    let help = "save those posts, too: until then the comments are left out";
    diagnostics.push(Diagnostic::error("orphan-comments", message, location).with_help(help));
}
