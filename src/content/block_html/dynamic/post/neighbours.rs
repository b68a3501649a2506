//! The posts before and after one.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::facts::PostFacts;
use crate::model::{PostId, TermId};

/// Prints a link to the post before or after one.
pub fn neighbour(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    _: &Scope,
) {
    let side = match attributes.text(&["type"]) {
        Some("previous") => Side::Previous,
        _ => Side::Next,
    };
    let other = adjacent(renderer, attributes, post, side);
    let wrapper = Wrapper::new("div", "post-navigation-link");
    wrapper.class(format!("post-navigation-link-{}", side.name())).open(renderer, attributes);
    if let Some(other) = other {
        let label = match attributes.text(&["label"]) {
            Some(label) => label.to_owned(),
            None => word(renderer.context.surroundings, side.name()),
        };
        let sign = side.sign(attributes);
        let html = &mut renderer.html;
        html.push_str(if side == Side::Previous { &sign } else { "" });
        link(html, attributes, (side, &label), &other);
        html.push_str(if side == Side::Next { &sign } else { "" });
    }
    renderer.html.push_str("</div>");
}

/// Which post of two.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Side {
    Previous,
    Next,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::Next => "next",
        }
    }

    /// Returns the arrow the block asks for, as HTML. Empty if there is none.
    fn sign(self, attributes: &Attributes) -> String {
        let kind = attributes.text(&["arrow"]).unwrap_or_default();
        let sign = match (kind, self) {
            ("arrow", Self::Previous) => "←",
            ("arrow", Self::Next) => "→",
            ("chevron", Self::Previous) => "«",
            ("chevron", Self::Next) => "»",
            _ => return String::new(),
        };
        let name = self.name();
        format!(
            "<span class=\"wp-block-post-navigation-link__arrow-{name} is-arrow-{kind}\" aria-hidden=\"true\">{sign}</span>"
        )
    }
}

fn link(
    html: &mut String,
    attributes: &Attributes,
    (side, label): (Side, &str),
    other: &PostFacts<'_>,
) {
    let relation = if side == Side::Previous { "prev" } else { "next" };
    let mut open = String::new();
    push_link(&mut open, &address(other.id), &attribute("rel", Some(relation)));
    let title = other.title;
    let name = format!("<span class=\"post-navigation-link__label\">{label}</span>");
    let span = "<span class=\"post-navigation-link__title\">";
    let _ = match (attributes.is_on(&["showTitle"]), attributes.is_on(&["linkLabel"])) {
        (false, _) => write!(html, "{open}{label}</a>"),
        (true, true) => write!(html, "{open}{name} {span}{title}</span></a>"),
        (true, false) => write!(html, "{name} {span}{open}{title}</a></span>"),
    };
}

/// Returns the post before or after one, of the same terms if the block asks for that.
fn adjacent<'s>(
    renderer: &Renderer<'s>,
    attributes: &Attributes,
    post: &PostFacts<'_>,
    side: Side,
) -> Option<PostFacts<'s>> {
    let surroundings = renderer.context.surroundings;
    let Some(taxonomy) = attributes.text(&["taxonomy"]) else {
        let other = if side == Side::Previous { post.previous } else { post.next };
        return surroundings.post(other?);
    };
    let is_shared =
        |id: &&TermId| surroundings.term(**id).is_some_and(|term| term.taxonomy == taxonomy);
    let terms: Vec<_> = post.terms.iter().filter(is_shared).collect();
    let ids = surroundings.posts(post.post_type);
    let own = ids.iter().position(|id| *id == post.id)?;
    let find = |id: &PostId| {
        let other = surroundings.post(*id)?;
        other.terms.iter().any(|term| terms.contains(&term)).then_some(other)
    };
    match side {
        Side::Previous => ids[own + 1..].iter().find_map(find),
        Side::Next => ids[..own].iter().rev().find_map(find),
    }
}
