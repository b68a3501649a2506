//! HTML: read as browsers read it, repaired, cut into pages, and rewritten so that it is fit to print.

// Cuts HTML into pieces.
pub mod entities;
pub mod names;
pub mod tag;
pub mod tokens;

// Bodies whose tags do not balance become bodies whose tags do.
pub mod balance;
pub mod nesting;
pub mod repair;
pub mod tree;

// What is balanced, and its pages.
pub mod markup;
pub mod pages;

// The rewrite.
pub mod clean;

// What else is done with HTML.
pub mod addresses;
pub mod base64;
