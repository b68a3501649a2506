//! Repairs bodies whose tags do not balance, as browsers do, and prints the result.

use std::borrow::Cow;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};

use crate::content::html::entities::{push_attribute, push_text};
use crate::content::html::markup::Markup;
use crate::content::html::names::is_void;
use crate::content::html::nesting;
use crate::content::html::tokens::ends_script;
use crate::content::html::tree::{Id, NodeKind, Sink, Tree};

/// A repaired body.
#[derive(Debug)]
pub struct Repaired {
    /// Its tags balance.
    pub html: String,
    /// How many tags were left out because they nested too deep.
    pub left_out: usize,
}

/// How often a body is repaired. Some trees are read differently once they are printed.
const PASSES: usize = 3;

/// Makes of `html` the tree that browsers make of it, and prints it.
pub fn repair(html: &str) -> Repaired {
    let (html, left_out) = nesting::limit(html);
    let mut html = print(&parse(&html));
    for _ in 1..PASSES {
        if Markup::balanced(&html).is_some() {
            break;
        }
        html = print(&parse(&html));
    }
    Repaired { html, left_out }
}

/// Parses a fragment as the content of a `div`.
pub fn parse(html: &str) -> Tree {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    parse_fragment(Sink::default(), options, context, Vec::new(), false).one(html)
}

/// Prints a fragment. Void elements have no end tag, attributes are quoted.
fn print(tree: &Tree) -> String {
    let mut html = String::new();
    let mut foreign = 0_usize;
    // The root is the `html` element that html5ever puts around a fragment.
    let root = tree.nodes[0].first.and_then(|root| tree.nodes[root].first);
    let mut stack: Vec<Step> = root.map(Step::Enter).into_iter().collect();
    while let Some(step) = stack.pop() {
        let id = match step {
            Step::Leave(id) => {
                foreign -= usize::from(is_foreign_root(tree, id));
                print_end(&mut html, tree, id);
                continue;
            }
            Step::Enter(id) => id,
        };
        let node = &tree.nodes[id];
        stack.extend(node.next.map(Step::Enter));
        match &node.kind {
            NodeKind::Element { name, .. }
                if foreign > 0 && name.ns == ns!(html) && is_unsound(&name.local) => {}
            NodeKind::Element { template, .. } => {
                print_start(&mut html, tree, id);
                foreign += usize::from(is_foreign_root(tree, id));
                stack.push(Step::Leave(id));
                let first = template.map_or(node.first, |template| tree.nodes[template].first);
                stack.extend(first.map(Step::Enter));
            }
            NodeKind::Text(text) => print_text(&mut html, tree, id, text),
            NodeKind::Comment(text) => html.extend(["<!--", text, "-->"]),
            NodeKind::Fragment => {}
        }
    }
    html
}

fn is_foreign_root(tree: &Tree, id: Id) -> bool {
    let NodeKind::Element { name, .. } = &tree.nodes[id].kind else { return false };
    matches!(&*name.local, "svg" | "math") && name.ns != ns!(html)
}

/// Returns whether what an element of HTML holds is read differently within SVG. It shows nothing.
fn is_unsound(name: &str) -> bool {
    matches!(name, "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext")
}

enum Step {
    Enter(Id),
    Leave(Id),
}

fn print_start(html: &mut String, tree: &Tree, id: Id) {
    let NodeKind::Element { name, attributes, .. } = &tree.nodes[id].kind else { return };
    html.push('<');
    html.push_str(printed_name(&name.local));
    for attribute in attributes {
        html.push(' ');
        if let Some(prefix) = &attribute.name.prefix {
            html.extend([&**prefix, ":"]);
        }
        html.push_str(&attribute.name.local);
        html.push_str("=\"");
        push_attribute(html, &attribute.value);
        html.push('"');
    }
    html.push('>');
    // The parser takes the first line break in these for layout.
    let first = tree.nodes[id].first.map(|first| &tree.nodes[first].kind);
    if let (Some(NodeKind::Text(text)), "pre" | "textarea" | "listing") = (first, &*name.local)
        && text.starts_with('\n')
    {
        html.push('\n');
    }
}

fn print_end(html: &mut String, tree: &Tree, id: Id) {
    let NodeKind::Element { name, .. } = &tree.nodes[id].kind else { return };
    if name.ns == ns!(html) && is_void(&name.local) {
        return;
    }
    html.extend(["</", printed_name(&name.local), ">"]);
}

/// Nothing could end a `plaintext` element once it is printed.
fn printed_name(name: &str) -> &str {
    if name == "plaintext" { "pre" } else { name }
}

fn print_text(html: &mut String, tree: &Tree, id: Id, text: &str) {
    match tree.raw_parent(id) {
        Some("textarea" | "title" | "plaintext") | None => push_text(html, text),
        // Cut off within a comment, it would take its end tag for a part of that.
        Some("script") if !ends_script(text) => html.push_str(&text.replace("<!--", "<\\!--")),
        Some(_) => html.push_str(text),
    }
}

/// Returns `html` without the characters that HTML forbids, such as U+000B.
pub fn without_controls(html: &str) -> Cow<'_, str> {
    let is_forbidden =
        |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c') || byte == 0x7f;
    // Almost no text has any, so it is not asked after each byte.
    let has_forbidden =
        |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_forbidden(*byte));
    if !html.as_bytes().chunks(256).any(has_forbidden) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(html.chars().filter(|c| !c.is_ascii() || !is_forbidden(*c as u8)).collect())
}
