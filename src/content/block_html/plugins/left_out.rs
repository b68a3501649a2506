//! Blocks that are nothing without a server: they go, and are told by what they were for.

use crate::content::block_html::render::{Place, Renderer};
use crate::ledger::{Fate, Why};

/// What a block was for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dead {
    /// To write, to choose or to subscribe.
    Form,
    /// To pay.
    Payment,
    /// To share, to like, to log in, to see how many did.
    Buttons,
    /// To show posts that a server chose for the reader.
    Choice,
    /// To show what others paid for.
    Advertisement,
}

/// Leaves out a block with all it holds.
pub fn leave(renderer: &mut Renderer<'_>, place: &Place<'_>, dead: Dead) {
    tell(renderer, dead);
    renderer.fates.settle_all(place, Fate::Dropped(Why::Unanswered));
}

/// Tells what is left out.
pub fn tell(renderer: &mut Renderer<'_>, dead: Dead) {
    let (code, about, told) = match dead {
        Dead::Form => (
            "dead-form",
            "forms",
            (
                "left out blocks of forms, which nobody would answer",
                "let a form service answer it, or write an address to write to into the post",
            ),
        ),
        Dead::Payment => (
            "dead-form",
            "payments",
            (
                "left out blocks to pay or donate with, which nobody would answer",
                "put a link in their place that leads to where readers can pay, or say how",
            ),
        ),
        Dead::Buttons => (
            "dead-part",
            "buttons",
            (
                "left out blocks to share, like or log in, and numbers that a server counts",
                "nothing",
            ),
        ),
        Dead::Choice => (
            "dead-part",
            "chosen posts",
            (
                "left out lists of posts that a server would choose for each reader",
                "nothing, or put links to posts in their place",
            ),
        ),
        Dead::Advertisement => {
            ("dead-part", "advertisements", ("left out places for advertisements", "nothing"))
        }
    };
    renderer.fates.leave_out(code, about, told);
}
