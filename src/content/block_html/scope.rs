//! What the blocks around a block mean for it.

use std::rc::Rc;

use serde_json::Value;

use crate::content::block_html::dynamic::menu_colors::MenuColors;
use crate::content::block_html::dynamic::query::Query;
use crate::content::block_html::dynamic::social;
use crate::content::block_html::render::Renderer;
use crate::content::blocks::attributes::Attributes;
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
    /// How the pagination around it is written.
    pub pagination: Pagination,
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

/// How the links of a pagination are written.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// The name of the arrow beside their words, if there is one.
    pub arrow: Option<Rc<str>>,
    /// Whether their words are shown, and not only read aloud.
    pub shows_label: bool,
}

impl Default for Pagination {
    fn default() -> Self {
        Self { arrow: None, shows_label: true }
    }
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
}
