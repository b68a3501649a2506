//! What of a plugin's markup is left out on purpose, because only a script or a server answers it.

use html5ever::Attribute;

use crate::commands::check::texts::words::{attribute, children, has_class};
use crate::content::html::clean::plugins::{consent, dead_parts::kinds};
use crate::content::html::tree::{Id, NodeKind, Tree};

/// Longer texts are an author's.
const LONGEST: usize = 1000;

/// Returns whether an element is one. The names of plugins' parts are those the build knows; what
/// else counts is told here in its own way.
pub fn is_left_out(tree: &Tree, id: Id, name: &str, attributes: &[Attribute]) -> bool {
    let classes = || attribute(attributes, "class").split_ascii_whitespace();
    let text = || text(tree, id);
    let is_known = classes().any(kinds::is_known) && !has_class(attributes, "jp-relatedposts");
    if is_known || has_class(attributes, "jetpack-slideshow-noscript") {
        return text().len() <= LONGEST;
    }
    if classes().any(consent::is_around) {
        return true;
    }
    // Words of pictures that are not there, and what Crayon showed beside the code.
    // Formulas that stand for a picture or a script, and those that KaTeX drew once more.
    const BESIDE: [&str; 6] = [
        "picture-words",
        "crayon-toolbar",
        "crayon-plain-wrap",
        "crayon-nums",
        "tex-formula",
        "katex-html",
    ];
    if BESIDE.iter().any(|class| has_class(attributes, class)) {
        return true;
    }
    match name {
        "div" if has_class(attributes, "jp-relatedposts") => !holds(tree, id, "a"),
        "div" | "span" if classes().any(says_loading) => {
            text().trim().len() <= 24 && !holds(tree, id, "a")
        }
        "span" => {
            has_class(attributes, "percent-value")
                || has_class(attributes, "vc_pie_chart_value")
                || ["data-to-value", "data-value"]
                    .iter()
                    .any(|it| !attribute(attributes, it).is_empty())
                    && text().trim().bytes().all(|byte| byte.is_ascii_digit())
        }
        "a" => {
            let query = attribute(attributes, "href").split_once('?').unwrap_or_default().1;
            let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
            names.any(|name| matches!(name, "share" | "add-to-cart" | "add_to_wishlist"))
        }
        "button" => shown(tree, id).trim().is_empty(),
        "noscript" => text().to_ascii_lowercase().contains("javascript"),
        "blockquote" => !attribute(attributes, "data-instgrm-permalink").is_empty(),
        _ => false,
    }
}

/// Returns whether an element is a footnote that stands within a sentence, hidden until a script shows
/// it: it is to stand at the end of its page.
pub fn is_footnote(attributes: &[Attribute]) -> bool {
    ["modern-footnotes-footnote__note", "footnote_tooltip"]
        .iter()
        .any(|class| has_class(attributes, class))
}

/// Returns whether a text has a list of its footnotes beside those within sentences.
pub fn lists_footnotes(tree: &Tree) -> bool {
    tree.nodes.iter().any(|node| match &node.kind {
        NodeKind::Element { attributes, .. } => {
            ["modern-footnotes-list", "footnotes_reference_container"]
                .iter()
                .any(|class| has_class(attributes, class))
        }
        _ => false,
    })
}

fn says_loading(class: &str) -> bool {
    class.split(['-', '_']).any(|word| matches!(word, "loading" | "loader" | "spinner"))
}

fn holds(tree: &Tree, root: Id, wanted: &str) -> bool {
    below(tree, root, |_| false).iter().any(|id| match &tree.nodes[*id].kind {
        NodeKind::Element { name, .. } => &*name.local == wanted,
        _ => false,
    })
}

/// Returns the text below a node.
pub fn text(tree: &Tree, root: Id) -> String {
    text_of(tree, &below(tree, root, |_| false))
}

/// Returns the text without what is only read aloud, and signs.
fn shown(tree: &Tree, root: Id) -> String {
    let is_aside = |attributes: &[Attribute]| {
        attribute(attributes, "aria-hidden") == "true"
            || ["screen-reader-text", "sr-only", "elementor-screen-only"]
                .iter()
                .any(|class| has_class(attributes, class))
    };
    text_of(tree, &below(tree, root, is_aside))
}

fn text_of(tree: &Tree, ids: &[Id]) -> String {
    let texts = ids.iter().filter_map(|id| match &tree.nodes[*id].kind {
        NodeKind::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}

/// Returns the nodes below one, but for elements that are passed over.
fn below(tree: &Tree, root: Id, passes: impl Fn(&[Attribute]) -> bool) -> Vec<Id> {
    let mut found = Vec::new();
    let mut steps: Vec<Id> = children(tree, root).collect();
    while let Some(id) = steps.pop() {
        steps.extend(tree.nodes[id].next);
        if let NodeKind::Element { attributes, .. } = &tree.nodes[id].kind
            && passes(attributes)
        {
            continue;
        }
        found.push(id);
        steps.extend(children(tree, id));
    }
    found
}
