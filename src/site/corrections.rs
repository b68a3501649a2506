//! What the user says of an export, over what it says itself.

use crate::config::{Settings, Untold};
use crate::diagnostics::Warned;
use crate::model::{Export, PostId, Status};

/// Puts what `settings` say of the export as a whole into it. What they say of single records is asked
/// where those are used.
pub fn correct(mut read: Warned<Export>, settings: &Settings) -> Warned<Export> {
    if settings.untold == Untold::Publish {
        trust(&mut read);
    }
    let site = &mut read.value.site;
    for (told, field) in [
        (settings.page_on_front, &mut site.page_on_front),
        (settings.page_for_posts, &mut site.page_for_posts),
    ] {
        if let Some(id) = told {
            *field = Some(PostId(id));
        }
    }
    read
}

/// Takes posts for public that do not say whether they were.
fn trust(read: &mut Warned<Export>) {
    for post in read.value.posts.iter_mut().filter(|post| post.status == Status::Untold) {
        post.status = Status::Publish;
    }
    // What is told of comments is about other fields, and stays.
    read.diagnostics.retain(|told| {
        let is_of_posts = matches!(told.about.as_deref(), Some("post_password" | "password"));
        told.code != "unsure-privacy" || !is_of_posts
    });
}
