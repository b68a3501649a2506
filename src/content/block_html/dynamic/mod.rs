//! Blocks that WordPress makes on the server, from their attributes and from the site.

pub mod menu_colors;
pub mod query;
pub mod social;
pub mod words;

mod archives;
mod breadcrumbs;
mod comments;
pub mod dates;
mod excerpts;
pub mod latest;
pub mod names;
mod navigation;
mod page_list;
mod playlist;
mod post;
mod reusable;
mod search;
mod site;
mod terms;
mod theme_pieces;
pub mod wrapper;

#[cfg(test)]
mod test_site;
#[cfg(test)]
mod tests;

use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;

/// Prints a block with all it holds. Returns whether it is one of those made here.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) -> bool {
    let Some(name) = place.block.name.strip_prefix("core/") else { return false };
    if !names::is_made_on_the_server(name) && name != "comments" {
        return false;
    }
    type Print = fn(&mut Renderer<'_>, &Place<'_>, &Scope, &str) -> bool;
    let printers: [Print; 12] = [
        social::print,
        playlist::print,
        site::print,
        post::print,
        query::print,
        terms::print,
        archives::print,
        latest::print,
        comments::print,
        navigation::print,
        reusable::print,
        theme_pieces::print,
    ];
    printers.iter().any(|print| print(renderer, place, scope, name))
}

/// Returns whether a block's output depends on more of the site than the post it stands in.
pub fn asks_site(name: &str) -> bool {
    names::is_made_on_the_server(name) && !matches!(name, "social-link" | "footnotes")
}
