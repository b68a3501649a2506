//! Blocks of Jetpack, WordPress.com and plugins from the same house: some hold all they show, others only
//! attributes, and some are nothing without a server.

pub mod names;

mod left_out;
mod links;
mod lists;
mod pictures;
mod places;
mod posts;

#[cfg(test)]
mod tests;

use crate::content::block_html::plugins::names::Role;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::Node;
use crate::ledger::{Fate, How};

/// What became of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Made {
    /// It is shown.
    Shown,
    /// It is shown, but nothing answers it any more.
    Unanswered,
    /// Its saved HTML stands, if it has any.
    Saved,
}

impl Made {
    fn if_shown(is_shown: bool) -> Self {
        if is_shown { Self::Shown } else { Self::Saved }
    }
}

/// Prints a block with all it holds, or leaves it out, if it is one of those that do not stand as they were
/// saved. Returns whether it is.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) -> bool {
    let Some(role) = names::role(place) else { return false };
    let made = match role {
        Role::Saved => Made::Saved,
        Role::LeftOut(dead) => {
            left_out::leave(renderer, place, dead);
            return true;
        }
        Role::Form if is_blank(place) => {
            left_out::leave(renderer, place, left_out::Dead::Form);
            return true;
        }
        Role::Form => Made::Saved,
        Role::Button => return links::button(renderer, place),
        Role::Frame => Made::if_shown(links::print(renderer, place)),
        Role::Link if is_blank(place) => Made::if_shown(links::print(renderer, place)),
        Role::Link => Made::Saved,
        Role::Pictures if is_blank(place) => Made::if_shown(pictures::print(renderer, place)),
        Role::Pictures => Made::Saved,
        Role::Map => Made::if_shown(places::map(renderer, place)),
        Role::Countdown => Made::if_shown(places::countdown(renderer, place)),
        Role::Hours => Made::if_shown(places::hours(renderer, place)),
        Role::Entry if is_blank(place) => Made::if_shown(lists::entry(renderer, place)),
        Role::Entry => Made::Saved,
        Role::Source if is_blank(place) => Made::if_shown(lists::source(renderer, place)),
        Role::Source => Made::Saved,
        Role::Poll => lists::poll(renderer, place),
        Role::Product => lists::product(renderer, place),
        Role::Posts => Made::if_shown(posts::print(renderer, place, scope)),
    };
    match made {
        Made::Shown => renderer.fates.settle_all(place, Fate::Converted),
        Made::Unanswered => renderer.fates.settle_all(place, Fate::Degraded(How::Unanswered)),
        Made::Saved => return false,
    }
    true
}

/// Returns whether the HTML that a block was saved with is all there is to it.
pub fn is_whole(place: &Place<'_>) -> bool {
    names::role(place).is_some() && !is_blank(place)
}

/// Returns whether a block shows other posts.
pub fn asks_site(name: &str) -> bool {
    names::of(name) == Some(Role::Posts)
}

/// Returns whether a block holds nothing, or nothing but space.
fn is_blank(place: &Place<'_>) -> bool {
    place.document.nodes[place.inner()].iter().all(|node| match node {
        Node::Html(html) => html.trim().is_empty(),
        Node::Block(_) => false,
    })
}
