//! Blocks that stand elsewhere than in posts.

use crate::model::{Body, PostId};

/// A reusable block, also called a synced pattern.
#[derive(Clone, Debug, Hash)]
pub struct ReusableBlock {
    /// Shares the posts' numbers.
    pub id: PostId,
    /// HTML.
    pub title: Box<str>,
    /// Its blocks, raw if the export has them, else rendered.
    pub body: Body,
}

/// Something of the theme, a plugin or WordPress itself that blocks show by its name.
#[derive(Clone, Debug, Hash)]
pub struct ThemePiece {
    /// What it is.
    pub kind: PieceKind,
    /// Such as `acme/banner`; of a template part its slug.
    pub name: Box<str>,
    /// Of a template part, the folder of its theme.
    pub theme: Box<str>,
    /// Where on a page a template part stands, such as `footer`. Empty where it says nothing.
    pub area: Box<str>,
    /// Raw blocks; of an icon, its drawing.
    pub body: Body,
}

/// What a [`ThemePiece`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PieceKind {
    /// Blocks that are put into texts by their name.
    Pattern,
    /// A part of pages, such as their footer.
    TemplatePart,
    /// A drawing.
    Icon,
}
