//! The Gutenberg block grammar: HTML with `<!-- wp:name {attributes} -->` comments.
//!
//! Parsing never fails. Like WordPress, it takes what is not a block delimiter for HTML, and
//! closes at the end what was left open.

pub(super) mod attributes;

use std::borrow::Cow;

use memchr::memmem;
use serde_json::{Map, Value};

/// A parsed body. It is flat, so that no depth of nesting can overflow the stack: what a block
/// holds follows it, up to its end.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// Blocks and the HTML within and between them, in the order of the text.
    pub nodes: Vec<Node<'a>>,
    /// Blocks that had no closing comment, in the order of the text.
    pub unclosed: Vec<Unclosed<'a>>,
}

/// A piece of a body.
#[derive(Debug, Eq, PartialEq)]
pub enum Node<'a> {
    /// HTML, outside any block or between the inner blocks of one.
    Html(&'a str),
    /// A block. What it holds follows it.
    Block(Block<'a>),
}

/// A block, such as `core/columns`.
#[derive(Debug, Eq, PartialEq)]
pub struct Block<'a> {
    /// With its namespace, which the markup leaves out for core blocks.
    pub name: Cow<'a, str>,
    /// The braces of the opening comment and what stands between them, mostly a JSON object. Empty
    /// if there are none.
    pub json: &'a str,
    /// Where what it holds ends: the index in [`Document::nodes`] of the first node after it.
    pub end: usize,
    /// Whether it was written as one comment, and so has no saved HTML.
    pub is_void: bool,
}

/// A block that had no closing comment.
#[derive(Debug, Eq, PartialEq)]
pub struct Unclosed<'a> {
    /// With its namespace.
    pub name: Cow<'a, str>,
    /// Of the opening comment, counted from 1.
    pub line: usize,
}

impl Block<'_> {
    /// Parses the attributes. Like WordPress, it takes none from what is not JSON.
    pub fn attributes(&self) -> Map<String, Value> {
        serde_json::from_str(self.json).unwrap_or_default()
    }
}

/// Parses a body.
pub fn parse(markup: &str) -> Document<'_> {
    let mut parser = Parser { markup, document: Document::default(), open: Vec::new() };
    let mut copied = 0;
    for delimiter in delimiters(markup) {
        if delimiter.kind == Kind::Closer && parser.open.is_empty() {
            continue;
        }
        parser.html(copied, delimiter.start);
        copied = delimiter.end;
        parser.apply(delimiter);
    }
    parser.html(copied, markup.len());
    parser.finish()
}

/// Returns the block delimiters of a body, in order.
pub fn delimiters(markup: &str) -> impl Iterator<Item = Delimiter<'_>> {
    let mut scanner = Scanner { markup, json_end: Some(0) };
    let comment = memmem::Finder::new("<!--");
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = position + comment.find(&markup.as_bytes()[position..])?;
            if let Some(delimiter) = scanner.delimiter(start) {
                position = delimiter.end;
                return Some(delimiter);
            }
            position = start + "<!--".len();
        }
    })
}

/// A comment that starts or ends a block, or is one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Delimiter<'a> {
    /// Which of them.
    pub kind: Kind,
    /// As written.
    pub name: &'a str,
    /// The braces and what stands between them. Empty if there are none.
    pub json: &'a str,
    /// Of its first byte.
    pub start: usize,
    /// After its last byte.
    pub end: usize,
}

/// What a delimiter does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Starts a block.
    Opener,
    /// Ends a block.
    Closer,
    /// Is a block.
    Void,
}

struct Scanner<'a> {
    markup: &'a str,
    /// Where the next `} -->` is known to stand. `None` if there is no more.
    json_end: Option<usize>,
}

impl<'a> Scanner<'a> {
    /// Reads the block delimiter that starts at `start`, where a comment does.
    fn delimiter(&mut self, start: usize) -> Option<Delimiter<'a>> {
        let text = &self.markup[start + "<!--".len()..];
        let rest = trim_some(text)?;
        let (rest, is_closer) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let rest = rest.strip_prefix("wp:")?;
        let name = &rest[..name_length(rest)?];
        let rest = trim_some(&rest[name.len()..])?;
        let (json, rest) = if rest.starts_with('{') { self.json(rest)? } else { ("", rest) };
        let (rest, is_void) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let rest = rest.strip_prefix("-->")?;
        let kind = match (is_void, is_closer) {
            (true, _) => Kind::Void,
            (false, true) => Kind::Closer,
            (false, false) => Kind::Opener,
        };
        Some(Delimiter { kind, name, json, start, end: self.markup.len() - rest.len() })
    }

    /// Cuts the JSON object off the start of `text`. It ends at the first `}` that the end of the
    /// comment follows, wherever that stands.
    fn json(&mut self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let start = self.markup.len() - text.len();
        // Many comments may look for the same end: remember it, or this takes quadratic time.
        if self.json_end? < start {
            self.json_end = json_end(self.markup, start);
        }
        let (json, rest) = text.split_at(self.json_end? - start);
        Some((json, rest.trim_ascii_start()))
    }
}

struct Parser<'a> {
    markup: &'a str,
    document: Document<'a>,
    /// The blocks that are open, outermost first: their index, and where they opened.
    open: Vec<(usize, usize)>,
}

impl<'a> Parser<'a> {
    fn html(&mut self, start: usize, end: usize) {
        if start < end {
            self.document.nodes.push(Node::Html(&self.markup[start..end]));
        }
    }

    fn apply(&mut self, delimiter: Delimiter<'a>) {
        let index = self.document.nodes.len();
        if delimiter.kind == Kind::Closer {
            if let Some((open, _)) = self.open.pop()
                && let Node::Block(block) = &mut self.document.nodes[open]
            {
                block.end = index;
            }
            return;
        }
        let name = match delimiter.name.contains('/') {
            true => Cow::Borrowed(delimiter.name),
            false => Cow::Owned(format!("core/{}", delimiter.name)),
        };
        let is_void = delimiter.kind == Kind::Void;
        self.document.nodes.push(Node::Block(Block {
            name,
            json: delimiter.json,
            end: index + 1,
            is_void,
        }));
        if !is_void {
            self.open.push((index, delimiter.start));
        }
    }

    fn finish(mut self) -> Document<'a> {
        let end = self.document.nodes.len();
        let mut line = 1;
        let mut counted = 0;
        for (index, start) in self.open {
            line += memchr::memchr_iter(b'\n', &self.markup.as_bytes()[counted..start]).count();
            counted = start;
            if let Node::Block(block) = &mut self.document.nodes[index] {
                block.end = end;
                self.document.unclosed.push(Unclosed { name: block.name.clone(), line });
            }
        }
        self.document
    }
}

/// Returns where the first `}` at or after `start` ends that the end of a comment follows.
fn json_end(markup: &str, start: usize) -> Option<usize> {
    let mut position = start;
    while let Some(next) = memmem::find(&markup.as_bytes()[position..], b"-->") {
        let before = &markup[start..position + next];
        let before = before.strip_suffix('/').unwrap_or(before);
        let json = before.trim_ascii_end();
        if json.len() < before.len() && json.ends_with('}') {
            return Some(start + json.len());
        }
        position += next + "-->".len();
    }
    None
}

/// Returns the length of the block name that `text` starts with.
fn name_length(text: &str) -> Option<usize> {
    let part = |text: &str| {
        let is_part = |byte: &u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
        };
        let starts_well = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        starts_well.then(|| text.bytes().take_while(is_part).count())
    };
    let first = part(text)?;
    let Some(rest) = text[first..].strip_prefix('/') else { return Some(first) };
    Some(first + 1 + part(rest)?)
}

/// Takes white space off the start of `text`. `None` if there is none.
fn trim_some(text: &str) -> Option<&str> {
    let trimmed = text.trim_ascii_start();
    (trimmed.len() < text.len()).then_some(trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks `markup` against an outline: one line a node, indented by depth.
    #[track_caller]
    fn check(markup: &str, outline: &str) {
        let document = parse(markup);
        let mut actual = String::new();
        let mut ends: Vec<usize> = Vec::new();
        for (index, node) in document.nodes.iter().enumerate() {
            ends.retain(|end| *end > index);
            actual.push_str(&"  ".repeat(ends.len()));
            match node {
                Node::Html(html) => actual.push_str(&format!("{html:?}\n")),
                Node::Block(block) => {
                    actual.push_str(&format!(
                        "{} {}\n",
                        block.name,
                        Value::Object(block.attributes())
                    ));
                    ends.push(block.end);
                }
            }
        }
        assert_eq!(actual.trim(), outline.trim());
    }

    #[test]
    fn blocks_nest() {
        check(
            r#"<!-- wp:group --><div><!-- wp:heading {"level":3} --><h3>Hi</h3><!-- /wp:heading --></div><!-- /wp:group -->"#,
            r#"
core/group {}
  "<div>"
  core/heading {"level":3}
    "<h3>Hi</h3>"
  "</div>"
"#,
        );
    }

    #[test]
    fn a_void_block_may_have_a_namespace() {
        check(r#"<!-- wp:acme/map {"zoom":4} /-->"#, r#"acme/map {"zoom":4}"#);
    }

    #[test]
    fn attributes_may_hold_the_end_of_a_comment() {
        check(r#"<!-- wp:a {"b":"--> c"} /-->"#, r#"core/a {"b":"--> c"}"#);
    }

    #[test]
    fn other_comments_are_html() {
        check("a<!-- note -->b", "\"a<!-- note -->b\"");
        check("<!-- wp:Big /-->", "\"<!-- wp:Big /-->\"");
        check("<!-- wp:a/b/c /-->", "\"<!-- wp:a/b/c /-->\"");
        check("<!-- wp:a {1 /-->", "\"<!-- wp:a {1 /-->\"");
        check("<!-- wp:a [1] /-->", "\"<!-- wp:a [1] /-->\"");
    }

    #[test]
    fn braces_that_hold_no_json_are_no_attributes() {
        check("<!-- wp:a {b} /-->", "core/a {}");
    }

    #[test]
    fn a_stray_end_is_html() {
        check("a<!-- /wp:x -->b", "\"a<!-- /wp:x -->b\"");
    }

    #[test]
    fn an_unclosed_block_ends_with_its_parent() {
        check(
            "<!-- wp:a -->b<!-- wp:c -->d<!-- /wp:a -->e",
            "core/a {}\n  \"b\"\n  core/c {}\n    \"d\"\n  \"e\"",
        );
        let document = parse("\n<!-- wp:quote --><p>Hi</p>");
        assert_eq!(document.unclosed, [Unclosed { name: "core/quote".into(), line: 2 }]);
    }

    #[test]
    fn hostile_bodies_take_linear_time() {
        assert_eq!(parse(&"<!-- wp:a /-->".repeat(1_000_000)).nodes.len(), 1_000_000);
        assert_eq!(parse(&"<!-- wp:a -->".repeat(100_000)).unclosed.len(), 100_000);
        assert_eq!(parse(&"<!-- wp:a {".repeat(200_000)).nodes.len(), 1);
        assert_eq!(parse(&("<!-- wp:a {".repeat(200_000) + "} -->")).unclosed.len(), 1);
    }

    proptest! {
        #[test]
        fn no_text_panics(markup in "(<!-- /?wp:[a-z/]{1,3} (\\{\"a\":1\\} )?/?-->|[<!>\\-{} a]){0,12}") {
            parse(&markup);
        }
    }
}
