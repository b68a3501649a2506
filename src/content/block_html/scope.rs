//! What the blocks around a block mean for it.

use std::rc::Rc;

use serde_json::Value;

use crate::content::block_html::attributes::Attributes;
use crate::content::block_html::dynamic::menu_colors::MenuColors;
use crate::content::block_html::dynamic::query::Query;
use crate::content::block_html::dynamic::social;
use crate::content::block_html::render::Renderer;
use crate::model::{CommentId, PostId, TermId};

/// What the blocks around a block mean for it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Whether a gallery is around it.
    pub is_in_gallery: bool,
    /// What the list of links to other sites says that is around it.
    pub social: Rc<social::Links>,
    /// The post of the loop around it.
    pub post: Option<PostId>,
    /// The loop around it.
    pub query: Option<Rc<Query>>,
    /// The attributes of the loop of terms around it.
    pub terms: Option<Rc<Attributes>>,
    /// The term of that loop.
    pub term: Option<TermId>,
    /// The comment of the loop around it.
    pub comment: Option<CommentId>,
    /// The arrow of the pagination around it, and whether that has words.
    pub pagination: Option<(Option<Rc<str>>, bool)>,
    /// The colours of the menu around it.
    pub menu: Option<Rc<MenuColors>>,
    /// Whether an entry of a menu is around it.
    pub is_in_submenu: bool,
    /// The texts and reusable blocks around it.
    pub holders: Rc<[PostId]>,
    /// The patterns and template parts around it, by name.
    pub pieces: Rc<[Box<str>]>,
    /// What the reusable block around it is told to show, by the names of its blocks.
    pub overrides: Option<Rc<Value>>,
}

impl Scope {
    /// Returns the post a block is about.
    pub fn post_or(&self, renderer: &Renderer<'_>) -> PostId {
        self.post.unwrap_or(renderer.context.setting.post)
    }

    /// Returns the scope of blocks about a post.
    pub fn for_post(&self, post: PostId) -> Self {
        Self { post: Some(post), ..self.clone() }
    }

    /// Returns the scope of blocks that lead from page to page.
    pub fn with_pagination(self, arrow: Option<&str>, shows_label: bool) -> Self {
        Self { pagination: Some((arrow.map(Into::into), shows_label)), ..self }
    }

    /// Returns the arrow of the pagination around a block, and whether that has words.
    pub fn pagination(&self) -> (Option<&str>, bool) {
        match &self.pagination {
            Some((arrow, shows_label)) => (arrow.as_deref(), *shows_label),
            None => (None, true),
        }
    }
}
