//! Which posts get a page.

use crate::config::Preview;
use crate::model::{Export, Post, Status};

/// Post types WordPress keeps for itself: no page ever showed them.
const INTERNAL_TYPES: [&str; 14] = [
    "attachment",
    "nav_menu_item",
    "wp_block",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_font_family",
    "wp_font_face",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
];

/// Whether a post gets a page, and if not, why.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Visibility {
    /// It gets one.
    Shown,
    /// It asks for a password.
    Protected,
    /// Only its author and editors could see it.
    Hidden(Status),
    /// Posts of its type have no pages.
    WithoutPage,
}

/// Returns whether WordPress showed a post to everybody on a page of its own, or the user asks for
/// a preview of it.
pub fn visibility(export: &Export, post: &Post, preview: Preview) -> Visibility {
    let is_shown = match post.status {
        Status::Publish => true,
        Status::Future => preview.future,
        Status::Draft => preview.drafts,
        Status::Private | Status::Trash | Status::Unknown | Status::Untold => false,
    };
    if post.is_protected {
        return Visibility::Protected;
    }
    if !is_shown {
        return Visibility::Hidden(post.status);
    }
    let post_type = export.post_types.iter().find(|it| it.name == post.post_type);
    let is_viewable = post_type.and_then(|it| it.is_viewable).unwrap_or(true);
    match is_viewable && !INTERNAL_TYPES.contains(&&*post.post_type) {
        true => Visibility::Shown,
        false => Visibility::WithoutPage,
    }
}
