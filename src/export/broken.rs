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

/// Returns line and column of `offset`, in bytes.
pub(super) fn position(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset];
    (memchr::memchr_iter(b'\n', before).count() + 1, column(before))
}

/// Returns the column of what follows on `before`.
pub(super) fn column(before: &[u8]) -> usize {
    before.len() - memchr::memrchr(b'\n', before).map_or(0, |end| end + 1) + 1
}
