//! What a rule decides about: an element, and what becomes of it.

/// An element that starts at a token.
#[derive(Clone, Copy, Debug)]
pub struct Element<'p> {
    /// Of the tag.
    pub name: &'p str,
    /// The index of its start tag.
    pub start: usize,
    /// The index of its end tag: of its start tag if it has none.
    pub end: usize,
}

/// What becomes of an element.
#[derive(Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It stays, with its attributes as they are now.
    Keep,
    /// It stays under another name.
    Rename(&'static str),
    /// It stays, within an element of this name.
    Wrap(&'static str),
    /// It stays, and this HTML comes first in it.
    BeginWith(String),
    /// It stays, and this HTML stands for what it holds.
    Refill(String),
    /// Its tags go, what it holds stays.
    Unwrap,
    /// It goes with all it holds, and this HTML stands for it.
    Replace(String),
    /// What it holds goes to the end of the page, as the note of this id.
    Aside(String),
}
