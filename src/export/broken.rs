//! Where a file of an export cannot be read on.

/// Where a text stops being JSON, or XML.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Broken {
    /// Of the place, in bytes.
    pub(super) offset: usize,
    /// Such as `expected value`.
    pub(super) message: String,
    /// Whether the text ended too early.
    pub(super) is_cut: bool,
}
