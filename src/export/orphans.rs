//! Comments without a post to stand under.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Comment, Export, PostId, Status};

/// Tells once of approved comments on posts that the export does not have, and once of those on files
/// of the media library.
pub(super) fn tell(export: &Export, diagnostics: &mut Vec<Diagnostic>) {
    let known: HashSet<PostId> = export.posts.iter().map(|post| post.id).collect();
    let is_orphan = |comment: &&Comment| comment.is_approved && !known.contains(&comment.post);
    let orphans = export.comments.iter().filter(is_orphan);
    let attachment = |comment: &&Comment| {
        let place = export.attachments.binary_search_by_key(&comment.post, |it| it.id);
        place.ok().map(|place| &export.attachments[place])
    };
    let (on_files, orphans): (Vec<&Comment>, Vec<&Comment>) =
        orphans.partition(|comment| attachment(comment).is_some());
    // What only the author could see had no readers who are missed.
    let is_public = |comment: &&&Comment| {
        attachment(comment).is_some_and(|attachment| attachment.status == Status::Publish)
    };
    let on_files: Vec<&Comment> = on_files.iter().filter(is_public).copied().collect();
    diagnostics.extend(tell_on_files(export, &on_files));
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

fn tell_on_files(export: &Export, comments: &[&Comment]) -> Option<Diagnostic> {
    let first = comments.first()?;
    let message = match comments.len() {
        1 => format!(
            "a comment is on attachment {}, a file of the media library, which has no page on the \
             new site; it is left out",
            first.post.0
        ),
        count => format!(
            "{count} comments are on files of the media library, such as attachment {}, which have \
             no pages on the new site; they are left out",
            first.post.0
        ),
    };
    let location = Location::file(&export.files[first.file.0 as usize].name);
    let help = "write what matters of them into posts that show the files";
    Some(Diagnostic::warning("unshown-comments", message, location).with_help(help))
}
