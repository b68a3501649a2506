//! Turns a saved WordPress export into a static site.
//!
//! The pipeline, one folder a stage:
//!
//! ```text
//! files ─ export ─▶ Export ─ site ─▶ Site ─ render ─▶ (body ─ content ─▶ HTML ─ template ─▶ file) ─ output ─▶ folder
//!         records only;      addresses,       in parallel, a body in memory only
//!         bodies stay in     archives,        while its page is made
//!         their files        relations
//!
//! uploads folder ─ media ─▶ Library: which old address is which local file
//! ```
//!
//! [`commands::build::build`] is this picture as code. To read on from there: [`model`] holds
//! the records every stage speaks of, [`config`] what the user says, [`diagnostics`] what the user
//! is told. The modules below stand in reading order, and a module uses only those above it;
//! `tests/architecture.rs` holds them to that.
//!
//! What holds everywhere:
//!
//! - `content` and `site` do no I/O and cannot fail: they return their result together with the
//!   [`diagnostics`] met on the way.
//! - Only `export` knows WordPress's file formats.
//! - Only `render::views` is visible to themes.
//! - Only `output` writes to the output folder.
//! - The same input gives the same bytes, with any number of threads.
//! - Only what was public in WordPress reaches a page.
//! - What becomes of every block, shortcode, embed, form, script and part of a plugin in a text is counted:
//!   see [`ledger`].
//! - However hostile the input, nothing panics, and nothing takes more than linear time.

// The words every stage uses.
pub mod stored;

pub mod model;
pub mod wordpress;

// What is known of names and texts alone.
pub mod media_types;
pub mod names;
pub mod suggestions;
pub mod text_hash;

// What the user says, and is told.
pub mod config;
pub mod ledger;

pub mod diagnostics;

// Bodies, on their own: `export` asks for their digests, `render` for their HTML.
pub mod content;

// The stages, in the order they run.
pub mod export;
pub mod media;
pub mod site;

// The last two run at once: pages are written as they are made.
pub mod output;
pub mod render;

// What a user can ask for.
pub mod commands;
