//! Blocks that WordPress makes on the server, from their attributes and from the site.

pub mod social;

use super::render::{Place, Renderer, Scope};

/// Prints a block with all it holds. Returns whether it is one of those made here.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) -> bool {
    let Some(name) = place.block.name.strip_prefix("core/") else { return false };
    match name {
        "social-link" => social::link(renderer, place, scope),
        _ => return false,
    }
    true
}
