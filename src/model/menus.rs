//! Menus, classic ones and those of blocks.

use crate::model::{Body, PostId, TermId};

/// A classic menu.
#[derive(Clone, Debug, Default, Hash)]
pub struct Menu {
    /// As the admin shows it.
    pub name: String,
    /// For finding it by name.
    pub slug: String,
    /// The theme's places it was assigned to, such as `primary`. `None` if the export does not say.
    pub locations: Option<Vec<String>>,
    /// In the order WordPress shows them.
    pub items: Vec<MenuItem>,
}

/// An entry of a classic menu.
#[derive(Clone, Debug, Hash)]
pub struct MenuItem {
    /// For finding parents.
    pub id: u64,
    /// The entry above this one.
    pub parent: Option<u64>,
    /// HTML. Empty means: the title of what it leads to.
    pub title: String,
    /// Where it led in WordPress.
    pub url: String,
    /// What it leads to, if not just an address.
    pub object: MenuObject,
}

/// What a menu entry leads to.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum MenuObject {
    /// Just its address.
    Address,
    /// A post, page or post of a custom type.
    Post(PostId),
    /// A term.
    Term(TermId),
}

/// A block menu.
#[derive(Clone, Debug, Hash)]
pub struct Navigation {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// HTML.
    pub title: Box<str>,
    /// Its blocks, raw if the export has them, else rendered.
    pub body: Body,
}
