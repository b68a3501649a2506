//! What there is to tell of types of posts that get no pages.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::Export;
use crate::site::visibility::{Standing, Visibility, visibility};

/// Tells of types that are left out though the export does not say that nobody could see them, each
/// once.
pub(super) fn hidden(export: &Export, config: &Config) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<&str, (Standing, usize)> = BTreeMap::new();
    for post in &export.posts {
        if let Visibility::OfType(standing) = visibility(export, post, config) {
            counts.entry(&post.post_type).or_insert((standing, 0)).1 += 1;
        }
    }
    let told = counts.into_iter().filter_map(|(name, (standing, count))| {
        let posts = if count == 1 { "post" } else { "posts" };
        let left = format!("left out {count} {posts} of type `{name}`");
        let public = format!("[types.{}] public = true", key(name));
        let location = Location::file(&"the export".into());
        let told = match standing {
            Standing::WithoutPage => return None,
            Standing::Private => {
                let message = format!("{left}: a plugin keeps there what is not for readers");
                let help = format!(
                    "nothing; if readers could see them, say so in stillpress.toml: {public}"
                );
                Diagnostic::warning("private-type", message, location).with_help(help)
            }
            Standing::Unlisted => {
                let message = format!("{left}: the saved `types` do not list it");
                let help =
                    format!("if readers could see them, say so in stillpress.toml: {public}");
                Diagnostic::error("unlisted-type", message, location).with_help(help)
            }
            Standing::Unknown => {
                let message = format!(
                    "{left}: nothing says that readers could see such, and no answer that anybody \
                     gets holds any"
                );
                let help = format!("save `types`, too, or say so in stillpress.toml: {public}");
                Diagnostic::error("unlisted-type", message, location).with_help(help)
            }
        };
        Some(told.about(name))
    });
    told.collect()
}

/// Returns a name as TOML has it in the head of a table.
fn key(name: &str) -> String {
    let is_bare = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if name.chars().all(is_bare) { name.to_owned() } else { format!("{name:?}") }
}
