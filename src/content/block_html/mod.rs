//! Blocks to HTML, as WordPress renders them.

pub mod excerpt;

mod names;

use std::borrow::Cow;

use crate::content::blocks::{self, Block, Document, Node};
use crate::diagnostics::{Diagnostic, Location, Warned};

const UNCLOSED: &str = "add the closing comment to the text of the post";
const UNKNOWN: &str = "add a template for the block to your theme";
const DYNAMIC: &str = "export the rendered content too, or write the block's content into the post";

/// Returns raw block markup as HTML. `None` if it holds no block, and so is classic text.
pub fn to_html(markup: &str, location: &Location) -> Option<Warned<String>> {
    let document = blocks::parse(markup);
    if !document.nodes.iter().any(|node| matches!(node, Node::Block(_))) {
        return None;
    }
    let mut diagnostics = Vec::new();
    for unclosed in &document.unclosed {
        let message = format!(
            "the block `{}` has no closing comment; it ends with what holds it",
            unclosed.name
        );
        let location = Location { line: Some(unclosed.line), ..location.clone() };
        diagnostics
            .push(Diagnostic::warning("unclosed-block", message, location).with_help(UNCLOSED));
    }
    tell(&document, location, &mut diagnostics);
    Some(Warned { value: print(&document), diagnostics })
}

/// Prints the saved HTML of all blocks, with the classes WordPress adds.
fn print(document: &Document<'_>) -> String {
    let mut html = String::new();
    let mut fresh: Option<&str> = None;
    for node in &document.nodes {
        match node {
            Node::Block(block) => fresh = Some(&block.name),
            Node::Html(source) => {
                let class = fresh.take().and_then(class);
                html.push_str(
                    &class.map_or(Cow::Borrowed(*source), |class| with_class(source, class)),
                );
            }
        }
    }
    html
}

/// Adds a finding for each block that is not shown as WordPress showed it.
fn tell(document: &Document<'_>, location: &Location, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: Vec<&str> = Vec::new();
    for (index, node) in document.nodes.iter().enumerate() {
        let Node::Block(block) = node else { continue };
        if told.contains(&&*block.name) {
            continue;
        }
        if let Some(diagnostic) = finding(block, block.end == index + 1, location) {
            diagnostics.push(diagnostic);
            told.push(&block.name);
        }
    }
}

fn finding(block: &Block<'_>, is_empty: bool, location: &Location) -> Option<Diagnostic> {
    let name = &block.name;
    let location = location.clone();
    if let Some(core) = name.strip_prefix("core/") {
        let is_missing = names::is_made_on_the_server(core);
        let message =
            format!("WordPress made the block `{name}` on the server; what it showed is missing");
        return is_missing
            .then(|| Diagnostic::error("dynamic-block", message, location).with_help(DYNAMIC));
    }
    let found = if is_empty {
        let message = format!("no renderer for `{name}`, which was saved without HTML");
        Diagnostic::error("unknown-block", message, location)
    } else {
        let message = format!("no renderer for `{name}`; kept the HTML it was saved with");
        Diagnostic::warning("unknown-block", message, location)
    };
    Some(found.with_help(UNKNOWN))
}

/// A class that WordPress adds when it renders a block, and the tags it adds it to.
#[derive(Clone, Copy)]
struct Class {
    name: &'static str,
    tags: &'static [&'static str],
}

fn class(block: &str) -> Option<Class> {
    match block {
        "core/paragraph" => Some(Class { name: "wp-block-paragraph", tags: &["p"] }),
        "core/heading" => {
            Some(Class { name: "wp-block-heading", tags: &["h1", "h2", "h3", "h4", "h5", "h6"] })
        }
        "core/list" => Some(Class { name: "wp-block-list", tags: &["ul", "ol"] }),
        _ => None,
    }
}

/// Adds a class to the first tag of `html`, if it is one of the class's.
fn with_class(html: &str, class: Class) -> Cow<'_, str> {
    let start = html.len() - html.trim_ascii_start().len();
    let Some(tag) = html[start..].strip_prefix('<') else { return Cow::Borrowed(html) };
    let name_length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_meant = class.tags.iter().any(|name| tag[..name_length].eq_ignore_ascii_case(name));
    let Some(end) = tag.find('>').filter(|_| is_meant) else { return Cow::Borrowed(html) };
    let attributes = &tag[name_length..end];
    let at = start + 1 + name_length;
    for (opening, quote) in [(" class=\"", '"'), (" class='", '\'')] {
        let Some(found) = attributes.find(opening) else { continue };
        let value = &attributes[found + opening.len()..];
        let Some(length) = value.find(quote) else { return Cow::Borrowed(html) };
        if value[..length].split_ascii_whitespace().any(|known| known == class.name) {
            return Cow::Borrowed(html);
        }
        let (before, after) = html.split_at(at + found + opening.len() + length);
        let space = if length == 0 { "" } else { " " };
        return Cow::Owned([before, space, class.name, after].concat());
    }
    let (before, after) = html.split_at(at);
    Cow::Owned([before, " class=\"", class.name, "\"", after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn saved_html_without_delimiters() {
        check(
            "<!-- wp:quote --><blockquote><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --></blockquote><!-- /wp:quote -->",
            "<blockquote><p class=\"wp-block-paragraph\">a</p></blockquote>",
            &[],
        );
    }

    #[test]
    fn classes_are_added_once() {
        let class = class("core/list").unwrap();
        assert_eq!(with_class("\n<ul>", class), "\n<ul class=\"wp-block-list\">");
        assert_eq!(
            with_class("<OL start=\"2\" class=\"a\">", class),
            "<OL start=\"2\" class=\"a wp-block-list\">"
        );
        assert_eq!(
            with_class("<ul class='a wp-block-list'>", class),
            "<ul class='a wp-block-list'>"
        );
        assert_eq!(with_class("<div>", class), "<div>");
    }

    #[test]
    fn text_without_blocks_is_classic() {
        check("a\n\nb", "<p>a</p>\n<p>b</p>", &[]);
    }

    #[test]
    fn blocks_that_cannot_be_shown_are_told_once() {
        check("<!-- wp:latest-posts /--><!-- wp:latest-posts /-->", "", &["dynamic-block"]);
        check("<!-- wp:acme/map --><b>a</b><!-- /wp:acme/map -->", "<b>a</b>", &["unknown-block"]);
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
    fn a_million_blocks_within_each_other() {
        let deep = "<!-- wp:group --><div>".repeat(50_000)
            + "a"
            + &"</div><!-- /wp:group -->".repeat(50_000);
        assert!(normalize_as(BodyFormat::Blocks, &deep).pages[0].as_str().contains('a'));
    }
}
