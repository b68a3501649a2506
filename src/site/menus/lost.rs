//! Menu entries that lead nowhere.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Location};
use crate::model::Export;

/// Finds out whether an entry that leads nowhere is worth telling.
pub(super) struct Lost<'a> {
    /// What WordPress left out of menus, too, and nobody may hear of.
    hidden: HashSet<&'a str>,
    /// What was told.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Lost<'a> {
    /// Starts with nothing told.
    pub(super) fn new(export: &'a Export) -> Self {
        let names = export.posts.iter().filter(|post| !post.is_public());
        let names = names.flat_map(|post| [last_part(&post.link), &*post.slug]);
        let hidden = names.filter(|name| !name.is_empty()).collect();
        Self { hidden, diagnostics: Vec::new() }
    }

    /// Tells of an entry that leads to `address`, unless nobody may hear of that.
    pub(super) fn tell(&mut self, address: &str, file: &str, help: &str) {
        if self.hidden.contains(last_part(address)) {
            return;
        }
        let message = format!("a menu leads to `{address}`, which is not on the new site");
        let location = Location::file(&file.into());
        self.diagnostics.push(Diagnostic::warning("dead-link", message, location).with_help(help));
    }
}

/// Returns what tells an address from others of its site: its slug, or its query.
fn last_part(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or(address);
    address.trim_end_matches('/').rsplit('/').next().unwrap_or(address)
}
