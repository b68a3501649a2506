//! What of a body WordPress makes an excerpt from: its text, not its lists, pictures and widgets.

use crate::content::blocks::{Block, Document, Node, parse};

/// Returns the HTML of the blocks that an excerpt is made from.
pub fn source(markup: &str) -> String {
    let document = parse(markup);
    let mut html = String::new();
    let mut index = 0;
    while index < document.nodes.len() {
        match &document.nodes[index] {
            Node::Html(source) => html.push_str(source),
            // What it holds is looked at next.
            Node::Block(block) if is_wrapper(&block.name) => {}
            Node::Block(block) => {
                if is_text(&block.name) && holds_only_text(&document, index, block) {
                    let nodes = &document.nodes[index + 1..block.end];
                    html.extend(nodes.iter().filter_map(|node| match node {
                        Node::Html(source) => Some(*source),
                        Node::Block(_) => None,
                    }));
                }
                html.push('\n');
                index = block.end - 1;
            }
        }
        index += 1;
    }
    html
}

/// Returns whether all blocks within one are of text, and hold no others.
fn holds_only_text(document: &Document<'_>, index: usize, block: &Block<'_>) -> bool {
    document.nodes[index + 1..block.end].iter().all(|node| match node {
        Node::Html(_) => true,
        Node::Block(inner) => is_text(&inner.name),
    })
}

fn is_wrapper(name: &str) -> bool {
    matches!(name, "core/columns" | "core/column" | "core/group")
}

fn is_text(name: &str) -> bool {
    matches!(
        name,
        "core/freeform"
            | "core/heading"
            | "core/html"
            | "core/list"
            | "core/media-text"
            | "core/more"
            | "core/paragraph"
            | "core/preformatted"
            | "core/pullquote"
            | "core/quote"
            | "core/table"
            | "core/verse"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        assert_eq!(source(markup).trim(), expected);
    }

    #[test]
    fn text_blocks_count_and_others_do_not() {
        check(
            "<!-- wp:image --><figure>a</figure><!-- /wp:image --><!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->",
            "<p>b</p>",
        );
        check(
            "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item --></ul><!-- /wp:list -->b",
            "b",
        );
    }

    #[test]
    fn groups_are_looked_into() {
        check(
            "<!-- wp:group --><div><!-- wp:heading --><h2>a</h2><!-- /wp:heading --></div><!-- /wp:group -->",
            "<div><h2>a</h2>\n</div>",
        );
    }
}
