//! Whether a body shows the same to everyone.

use crate::content::blocks::{self, Node};
use crate::content::restricted::{self, Restriction::Members};
use crate::wordpress;

/// Returns whether WordPress renders `raw` alike for editors and for readers. What it makes when
/// asked, from posts, comments or plugins, may hold what only editors may see.
pub fn is_same_for_everyone(raw: &str) -> bool {
    let document = blocks::parse(raw);
    let is_fixed = |node: &Node<'_>| match node {
        Node::Html(_) => true,
        Node::Block(block) => {
            let is_for_all = restricted::of_block(&block.name, block.json) != Some(Members);
            let core = block.name.strip_prefix("core/");
            is_for_all && core.is_some_and(|name| !depends_on_reader(name))
        }
    };
    document.nodes.iter().all(is_fixed) && !has_foreign_shortcode(raw)
}

/// Returns whether the block `core/NAME` shows posts, comments or other blocks as the one who asks
/// may see them.
fn depends_on_reader(name: &str) -> bool {
    let first = name.split('-').next().unwrap_or(name);
    matches!(first, "comment" | "comments" | "post" | "query" | "term")
        || matches!(
            name,
            "block"
                | "calendar"
                | "freeform-widget"
                | "latest-comments"
                | "legacy-widget"
                | "loginout"
                | "pattern"
                | "read-more"
                | "template-part"
                | "widget-group"
        )
}

/// Returns whether anything in `text` looks like a shortcode that is not WordPress's own.
fn has_foreign_shortcode(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| {
        let rest = &text[at + 1..];
        let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let length = rest.chars().take_while(is_name).map(char::len_utf8).sum();
        let (name, after) = rest.split_at(length);
        let is_shortcode = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && after.starts_with([' ', ']', '/', '\n', '\u{a0}']);
        is_shortcode && !wordpress::is_shortcode(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_text_is_the_same_for_everyone() {
        for raw in [
            "<!-- wp:paragraph --><p>Hi [1] [gallery ids=\"1\"]</p><!-- /wp:paragraph -->",
            "Two lines\n\n[caption]x[/caption]",
        ] {
            assert!(is_same_for_everyone(raw), "{raw}");
        }
    }

    #[test]
    fn what_is_made_when_asked_may_not_be() {
        for raw in [
            "<!-- wp:latest-comments /-->",
            "<!-- wp:group --><div><!-- wp:query --><!-- /wp:query --></div><!-- /wp:group -->",
            "<!-- wp:acme/members --><p>Hi</p><!-- /wp:acme/members -->",
            "[members-only]secret[/members-only]",
            "<!-- wp:group {\"llms_visibility\":\"enrolled\"} --><div>Hi</div><!-- /wp:group -->",
        ] {
            assert!(!is_same_for_everyone(raw), "{raw}");
        }
    }
}
