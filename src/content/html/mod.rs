//! HTML: tokens, repair, and the rewrite that makes it fit to print.

pub mod addresses;
pub mod balance;
pub mod base64;
pub mod entities;
pub mod markup;
pub mod names;
pub mod nesting;
pub mod pages;
pub mod repair;
pub mod tag;
pub mod tokens;
pub mod tree;

pub mod clean;
