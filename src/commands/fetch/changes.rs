//! What a site changed between two exports of it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::content;
use crate::export;
use crate::model::{Post, PostId};

/// What a site changed.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Changes {
    pub(super) new: usize,
    pub(super) changed: usize,
    /// Number and title, or whatever there is.
    pub(super) gone: Vec<String>,
}

/// Compares what is public in `before` and `now`, two folders with saved answers.
///
/// # Errors
/// One of them cannot be read.
pub fn between(before: &Path, now: &Path) -> anyhow::Result<Changes> {
    let [before, now] = [before, now].map(|dir| export::read(&[dir.to_owned()]));
    let (before, now) = (before?.value.posts, now?.value.posts);
    let (before, now) = (public(&before), public(&now));
    let is_changed = |post: &Post| {
        let earlier = before.get(&post.id);
        earlier.is_some_and(|earlier| earlier.modified_gmt != post.modified_gmt)
    };
    Ok(Changes {
        new: now.keys().filter(|id| !before.contains_key(id)).count(),
        changed: now.values().filter(|post| is_changed(post)).count(),
        gone: before
            .values()
            .filter(|post| !now.contains_key(&post.id))
            .map(|it| name(it))
            .collect(),
    })
}

fn public(posts: &[Post]) -> BTreeMap<PostId, &Post> {
    let public = posts.iter().filter(|post| post.is_public());
    public.map(|post| (post.id, post)).collect()
}

fn name(post: &Post) -> String {
    let title = content::plain_text(&post.title);
    match title.is_empty() {
        true => post.id.0.to_string(),
        false => format!("{} “{title}”", post.id.0),
    }
}
