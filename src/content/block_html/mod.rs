//! Blocks to HTML, as WordPress renders them.
//!
//! [`dynamic`] has the blocks that are made from the site; all others keep the HTML they were saved with,
//! to which `statics`, `supports` and `layout` add what WordPress adds when it serves a page.

// Walks through the blocks of a body.
mod disorder;
mod fates;
mod render;
mod scope;
mod sheet;

// What is made of each, or added to it.
mod duotone;
pub mod dynamic;
mod layout;
mod opening;
pub mod plugins;
mod statics;
mod supports;
mod templated;

use memchr::memmem;

use crate::content::block_html::render::Renderer;
use crate::content::block_html::scope::Scope;
use crate::content::blocks::{self, Document, Node};
use crate::content::context::{Context, Found};
use crate::diagnostics::{Diagnostic, Location};

const UNCLOSED: &str = "add the closing comment to the text of the post";

/// Returns raw block markup as HTML. `None` if it holds no comment of a block, and so is classic
/// text.
pub fn to_html(markup: &str, context: &Context<'_>, found: &mut Found) -> Option<String> {
    let document = blocks::parse(markup);
    let holds = |comment: &[u8]| memmem::find(markup.as_bytes(), comment).is_some();
    let is_block = |node: &Node<'_>| matches!(node, Node::Block(_));
    if !document.nodes.iter().any(is_block) && !holds(b"<!-- wp:") && !holds(b"<!-- /wp:") {
        return None;
    }
    found.diagnostics.extend(unclosed(&document, context.setting.location));
    let Some(reading) = disorder::read(markup) else {
        return Some(print(&document, context, found));
    };
    found.diagnostics.push(in_disorder(context.setting.location));
    let mut made = Found::default();
    let html = print(&blocks::parse(&reading.blocks), context, &mut made);
    found.diagnostics.extend(made.diagnostics);
    found.tally.add_all(&fates::in_disorder(&document, &made.tally));
    Some(html + &reading.rest)
}

fn print(document: &Document<'_>, context: &Context<'_>, found: &mut Found) -> String {
    let mut renderer = Renderer::new(context, document);
    renderer.nodes(document, 0..document.nodes.len(), &Scope::default());
    renderer.fates.finish(document, found);
    renderer.html + &renderer.sheet.element()
}

/// Returns whether a text holds blocks that are made from other posts, terms or comments.
pub fn asks_site(markup: &str) -> bool {
    let names = memmem::find_iter(markup.as_bytes(), b"wp:");
    names.into_iter().any(|at| {
        let (before, name) = (&markup[..at], &markup[at + "wp:".len()..]);
        let is_part = |byte: &u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/')
        };
        let length = name.bytes().take_while(is_part).count();
        let name = &name[..length];
        let own = name.strip_prefix("core/").unwrap_or(name);
        before.trim_ascii_end().ends_with("<!--")
            && (dynamic::asks_site(own) || plugins::asks_site(name))
    })
}

fn in_disorder(location: &Location) -> Diagnostic {
    let message = "blocks do not open and close in order; WordPress shows some of them twice, others as plain HTML, and so does this page";
    Diagnostic::warning("unclosed-block", message, location.clone()).with_help(UNCLOSED)
}

fn unclosed(document: &Document<'_>, location: &Location) -> Vec<Diagnostic> {
    let told = document.unclosed.iter().map(|unclosed| {
        let message = format!(
            "the block `{}` has no closing comment; it ends with what holds it",
            unclosed.name
        );
        let location = Location { line: Some(unclosed.line), ..location.clone() };
        Diagnostic::warning("unclosed-block", message, location).with_help(UNCLOSED)
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(markup: &str, expected: &str, codes: &[&str]) {
        let content = normalize_as(BodyFormat::Blocks, markup);
        assert_eq!(content.pages[0].as_str().trim(), expected);
        let found: Vec<_> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn saved_html_stands_without_delimiters() {
        check(
            "<!-- wp:separator --><hr><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- /wp:separator -->",
            "<hr><p class=\"wp-block-paragraph\">a</p>",
            &[],
        );
    }

    #[test]
    fn pictures_without_a_picture_show_nothing() {
        check("<!-- wp:image -->a<!-- /wp:image -->b<!-- wp:image /-->", "b", &[]);
    }

    #[test]
    fn text_without_blocks_is_classic() {
        check("a\n\nb", "<p>a</p>\n<p>b</p>", &[]);
    }

    #[test]
    fn blocks_that_cannot_be_shown_are_told_once() {
        check("<!-- wp:rss /--><!-- wp:rss /-->", "", &["dynamic-block"]);
        check("<!-- wp:acme/map --><b>a</b><!-- /wp:acme/map -->", "<b>a</b>", &["unknown-block"]);
    }

    #[test]
    fn what_members_saw_is_told_and_ends_with_a_word() {
        check(
            "<!-- wp:premium-content/subscriber-view --><!-- /wp:premium-content/subscriber-view -->a",
            "a",
            &["members-only"],
        );
        check(
            "a<!-- wp:jetpack/paywall /-->",
            "a<p class=\"wp-block-jetpack-paywall\">The rest was for members only.</p>",
            &["members-only"],
        );
        check(
            "<!-- wp:group {\"blockVisibility\":{\"hideBlock\":true}} --><!-- /wp:group -->a",
            "a",
            &[],
        );
    }

    #[test]
    fn embeds_of_old_names_are_known() {
        let html = "<figure><div class=\"wp-block-embed__wrapper\">a</div></figure>";
        check(&format!("<!-- wp:core-embed/x -->{html}<!-- /wp:core-embed/x -->"), html, &[]);
    }

    #[test]
    fn blocks_without_an_end_are_told() {
        check(
            "<!-- wp:paragraph --><p>a</p>",
            "<p class=\"wp-block-paragraph\">a</p>",
            &["unclosed-block"],
        );
    }

    #[test]
    fn blocks_in_disorder_are_told() {
        check(
            "a<!-- /wp:group --><!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->",
            "a<p>b</p>",
            &["unclosed-block"],
        );
    }

    #[test]
    fn blocks_nest_as_deep_as_they_are_written() {
        let deep = "<!-- wp:group --><div>".repeat(50_000)
            + "a"
            + &"</div><!-- /wp:group -->".repeat(50_000);
        assert!(normalize_as(BodyFormat::Blocks, &deep).pages[0].as_str().contains('a'));
    }
}
