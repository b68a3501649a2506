//! Leaves out tags that nest too deep: browsers ignore them too, and parsers take quadratic time.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::content::html::balance::{DEPTH_LIMIT, breaks_out, ends_paragraph, is_special};
use crate::content::html::names::is_void;
use crate::content::html::tokens::{Kind, Tag, tokenize};

/// How many elements such as `b` may be open at once. A browser opens them again in every
/// paragraph until they are closed.
const STYLE_LIMIT: usize = 16;

/// How many elements such as `b` of one name a parser remembers.
const REMEMBERED: usize = 3;

/// Returns `html` without the tags that nest too deep, and their number. Text is kept.
pub fn limit(html: &str) -> (Cow<'_, str>, usize) {
    let mut shadow = Shadow::default();
    let mut kept = String::new();
    let mut left_out = 0;
    let mut copied = 0;
    for token in tokenize(html) {
        let stays = match token.kind {
            Kind::Start(tag) if shadow.is_empty(tag) => true,
            Kind::Start(tag) => shadow.start(tag.name),
            Kind::End(name) => shadow.end(name),
            _ => true,
        };
        if !stays {
            kept.push_str(&html[copied..token.start]);
            copied = token.end;
            left_out += 1;
        }
    }
    if left_out == 0 {
        return (Cow::Borrowed(html), 0);
    }
    kept.push_str(&html[copied..]);
    (Cow::Owned(kept), left_out)
}

/// Roughly the stack of open elements that a parser would have. It may be the higher one, but a text
/// that keeps it low must not make a parser's grow without end.
#[derive(Default)]
struct Shadow<'a> {
    open: Vec<&'a str>,
    /// How many of a name are open.
    counts: HashMap<&'a str, usize>,
    /// How many of a name were left out and wait for their end tags.
    left_out: HashMap<&'a str, usize>,
    /// Elements such as `b` that were opened and not closed by their own end tag.
    styles: HashMap<&'a str, usize>,
    styles_total: usize,
}

impl<'a> Shadow<'a> {
    /// Returns whether nothing can stand in an element. SVG has elements of its own by some of the
    /// names.
    fn is_empty(&self, tag: Tag<'_>) -> bool {
        let is_html = || !self.is_within_foreign() || tag.is_self_closing || breaks_out(tag.name);
        is_void(tag.name) && is_html()
    }

    fn is_within_foreign(&self) -> bool {
        self.is_open("svg") || self.is_open("math")
    }

    fn is_open(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Returns whether an element is a part of a table where there is none: parsers pass over its tags.
    fn is_passed_over(&self, name: &str) -> bool {
        let is_part = matches!(
            name,
            "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"
        );
        is_part && !self.is_open("table") && !self.is_open("template") && !self.is_within_foreign()
    }

    /// Opens an element, and returns whether it is kept.
    fn start(&mut self, name: &'a str) -> bool {
        if self.is_passed_over(name) {
            return true;
        }
        if matches!(name, "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "option") {
            self.close_sibling(name);
        }
        let is_style = is_style(name);
        if self.open.len() >= DEPTH_LIMIT - STYLE_LIMIT
            || is_style && self.styles_total >= STYLE_LIMIT
        {
            *self.left_out.entry(name).or_default() += 1;
            return false;
        }
        self.open.push(name);
        *self.counts.entry(name).or_default() += 1;
        if is_style {
            *self.styles.entry(name).or_default() += 1;
            self.styles_total += 1;
        }
        true
    }

    /// Closes an element, and returns whether the tag is kept.
    fn end(&mut self, name: &'a str) -> bool {
        if let Some(waiting) = self.left_out.get_mut(name).filter(|waiting| **waiting > 0) {
            *waiting -= 1;
            return false;
        }
        if let Some(styles) = self.styles.get_mut(name).filter(|styles| **styles > 0) {
            *styles -= 1;
            self.styles_total -= 1;
        }
        if self.counts.get(name).is_some_and(|count| *count > 0) {
            self.end_open(name);
        }
        true
    }

    /// Closes the element that an end tag ends, if there is one within reach.
    fn end_open(&mut self, name: &'a str) {
        let mut holds_special = false;
        for place in (0..self.open.len()).rev() {
            let open = self.open[place];
            let is_meant = open == name || is_heading(open) && is_heading(name);
            if is_meant && holds_special && is_style(name) {
                // What it holds goes on without it. Of those of one name, parsers remember three.
                if self.counts.get(name).is_some_and(|count| *count <= REMEMBERED) {
                    self.remove(place);
                }
                return;
            }
            if is_meant && holds_special && name == "form" {
                return self.remove(place);
            }
            if is_meant {
                return self.truncate(place);
            }
            if is_boundary(open, name) {
                return;
            }
            holds_special |= is_special(open) || matches!(open, "p" | "button");
        }
    }

    /// Closes the element that a start tag of the same kind ends, if it is the innermost block.
    fn close_sibling(&mut self, name: &'a str) {
        if matches!(name, "td" | "th" | "tr" | "option") && self.is_within_foreign() {
            return;
        }
        let innermost = self.open.last().copied();
        if innermost == Some(name) {
            return self.truncate(self.open.len() - 1);
        }
        let is_passed = |open: &str| is_style(open) || matches!(open, "span" | "td" | "th" | "p");
        let sibling = self.open.iter().rposition(|open| !is_passed(open));
        if let Some(place) = sibling.filter(|place| self.open[*place] == name && name != "option") {
            self.truncate(place);
        }
    }

    fn truncate(&mut self, length: usize) {
        while self.open.len() > length {
            self.remove(self.open.len() - 1);
        }
    }

    fn remove(&mut self, place: usize) {
        if let Some(count) = self.counts.get_mut(self.open.remove(place)) {
            *count -= 1;
        }
    }
}

/// Returns whether an end tag `name` ends nothing that is around the element `open`.
fn is_boundary(open: &str, name: &str) -> bool {
    let is_part = matches!(
        name,
        "table" | "caption" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"
    );
    let is_scope = match open {
        "table" | "template" => true,
        "applet" | "caption" | "marquee" | "object" | "td" | "th" => !is_part,
        // In MathML and SVG, they hold HTML.
        "mi" | "mo" | "mn" | "ms" | "mtext" | "annotation-xml" => true,
        "foreignobject" | "foreignObject" | "desc" | "title" => true,
        _ => false,
    };
    let is_own = match name {
        "p" => open == "button",
        "li" => matches!(open, "ul" | "ol"),
        "button" | "select" | "applet" | "marquee" | "object" | "template" => false,
        _ if is_part || is_style(name) || ends_paragraph(name) => false,
        _ => is_special(open) || matches!(open, "p" | "button"),
    };
    is_scope || is_own
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Returns whether a browser opens the element again after a block has ended within it.
fn is_style(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::html::repair::parse;
    use crate::content::html::tree::Tree;

    /// Returns how deep the elements of a tree nest.
    fn depth(tree: &Tree) -> usize {
        let (mut deepest, mut open) = (0, vec![(0, 0)]);
        while let Some((id, depth)) = open.pop() {
            deepest = deepest.max(depth);
            let node = &tree.nodes[id];
            open.extend(node.next.map(|next| (next, depth)));
            open.extend(node.first.map(|first| (first, depth + 1)));
        }
        deepest
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_soup_makes_a_tree_grow_without_end(
            pieces in prop::collection::vec(
                "</?(a|b|b|code|p|p|div|div|ul|li|dl|dd|dt|q|span|h1|h2|form|button|object|table|tr|td|th|caption|svg|svg|math|mi|foreignObject|desc|input|option|select|ruby|rt|template|marquee)>x?",
                1..9,
            ),
        ) {
            let soup = pieces.concat().repeat(6_000 / pieces.len());
            let depth = depth(&parse(&limit(&soup).0));
            prop_assert!(depth <= 4 * DEPTH_LIMIT, "{depth} deep");
        }
    }

    #[test]
    fn parts_of_tables_end_nothing_where_there_is_no_table() {
        let soup = "<td><option><dl></td>".repeat(1500);
        let depth = depth(&parse(&limit(&soup).0));
        assert!(depth <= DEPTH_LIMIT, "{depth} deep");
    }

    #[test]
    fn ordinary_bodies_stay() {
        let html = "<ul><li>a<li>b</ul><p>c<p>d".repeat(1000);
        assert_eq!(limit(&html), (Cow::Borrowed(&*html), 0));
    }

    #[test]
    fn deep_tags_go_and_text_stays() {
        let html = format!("{}text{}", "<div>".repeat(5000), "</div>".repeat(5000));
        let (kept, left_out) = limit(&html);
        assert_eq!(left_out, 2 * (5000 - (DEPTH_LIMIT - STYLE_LIMIT)));
        assert!(kept.contains("<div>text</div>"));
    }
}
