//! Leaves out tags that nest too deep: browsers ignore them too, and parsers take quadratic time.

use std::borrow::Cow;
use std::collections::HashMap;

use super::balance::DEPTH_LIMIT;
use super::names::is_void;
use super::tokens::{Kind, tokenize};

/// How many elements such as `b` may be open at once. A browser opens them again in every
/// paragraph until they are closed.
const STYLE_LIMIT: usize = 16;

/// Returns `html` without the tags that nest too deep, and their number. Text is kept.
pub fn limit(html: &str) -> (Cow<'_, str>, usize) {
    let mut shadow = Shadow::default();
    let mut kept = String::new();
    let mut left_out = 0;
    let mut copied = 0;
    for token in tokenize(html) {
        let stays = match token.kind {
            Kind::Start(tag) if is_void(tag.name) => true,
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

/// Roughly the stack of open elements that a parser would have.
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
    /// Opens an element, and returns whether it is kept.
    fn start(&mut self, name: &'a str) -> bool {
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
            self.close(name);
        }
        true
    }

    /// Closes the element that a start tag of the same kind ends, if it is the innermost block.
    fn close_sibling(&mut self, name: &'a str) {
        let mut reach = self.open.iter().rev();
        let sibling =
            reach.find(|open| !is_style(open) && !matches!(**open, "span" | "td" | "th" | "p"));
        let is_open = self.counts.get(name).is_some_and(|count| *count > 0);
        let innermost = self.open.last().copied();
        if is_open && (innermost == Some(name) || sibling == Some(&name)) {
            self.close(name);
        }
    }

    fn close(&mut self, name: &str) {
        while let Some(last) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(last) {
                *count -= 1;
            }
            if last == name {
                break;
            }
        }
    }
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
    use super::*;

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
