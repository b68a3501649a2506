//! What is added to the tags that open a block's saved HTML.

use std::borrow::Cow;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::tokens::{Kind, Tag, Token, tokenize};

/// What is added to a block's HTML.
#[derive(Debug, Default, PartialEq)]
pub struct Additions {
    /// For the first tag.
    pub outer: Change,
    /// For the tag that inner blocks stand in: mostly the first, too.
    pub inner: Vec<String>,
}

/// What is added to a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Classes.
    pub classes: Vec<String>,
    /// Declarations that come after those there are.
    pub style: String,
    /// Further attributes, in the place of those there are.
    pub attributes: Vec<(&'static str, String)>,
}

/// How much of the tags is looked at for the one that inner blocks stand in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reach {
    /// Blocks follow within the last tag with a class.
    Inner,
    /// No block follows: all is added to the first tag.
    Whole,
}

impl Change {
    /// Returns whether there is nothing to add.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty() && self.style.is_empty() && self.attributes.is_empty()
    }

    /// Makes the change.
    pub fn apply(&self, attributes: &mut Attributes<'_>) {
        add_classes(attributes, &self.classes);
        if !self.style.is_empty() {
            attributes.add_style(&self.style);
        }
        for (name, value) in &self.attributes {
            attributes.set(name, value.as_str());
        }
    }
}

impl Additions {
    /// Returns whether there is nothing to add.
    pub fn is_empty(&self) -> bool {
        self.outer.is_empty() && self.inner.is_empty()
    }

    /// Adds all to the tags of `html`, which opens a block.
    pub fn apply<'h>(&self, html: &'h str, reach: Reach) -> Cow<'h, str> {
        if self.is_empty() {
            return Cow::Borrowed(html);
        }
        let mut tags = tokenize(html).filter_map(|token| match token.kind {
            Kind::Start(tag) => Some((token, tag)),
            _ => None,
        });
        let Some(first) = tags.next() else { return Cow::Borrowed(html) };
        let has_class = |(_, tag): &(Token<'_>, Tag<'_>)| Attributes::read(*tag).has("class");
        let inner = match reach {
            Reach::Inner if !self.inner.is_empty() => tags.filter(has_class).last(),
            Reach::Inner | Reach::Whole => None,
        };
        let mut changed = String::with_capacity(html.len() + 100);
        let mut outer = self.outer.clone();
        if inner.is_none() {
            outer.classes.extend(self.inner.iter().cloned());
        }
        let mut copied = push(&mut changed, html, (0, first), |it| outer.apply(it));
        if let Some(inner) = inner {
            copied = push(&mut changed, html, (copied, inner), |it| add_classes(it, &self.inner));
        }
        changed.push_str(&html[copied..]);
        Cow::Owned(changed)
    }
}

/// Changes the first tag of `html` for which `is_wanted` holds.
pub fn change<'h>(
    html: &'h str,
    is_wanted: impl Fn(Tag<'_>) -> bool,
    change: impl FnOnce(&mut Attributes<'_>),
) -> Cow<'h, str> {
    let found = tokenize(html).find_map(|token| match token.kind {
        Kind::Start(tag) if is_wanted(tag) => Some((token, tag)),
        _ => None,
    });
    let Some(found) = found else { return Cow::Borrowed(html) };
    let mut changed = String::with_capacity(html.len() + 100);
    let copied = push(&mut changed, html, (0, found), change);
    changed.push_str(&html[copied..]);
    Cow::Owned(changed)
}

/// Copies what stands before a tag, and the tag as it is after the change. Returns where it ends.
fn push<'h>(
    changed: &mut String,
    html: &'h str,
    (copied, (token, tag)): (usize, (Token<'h>, Tag<'h>)),
    change: impl FnOnce(&mut Attributes<'h>),
) -> usize {
    let mut attributes = Attributes::read(tag);
    change(&mut attributes);
    changed.push_str(&html[copied..token.start]);
    changed.push('<');
    changed.push_str(tag.name);
    attributes.print(changed);
    changed.push_str(if tag.is_self_closing { "/>" } else { ">" });
    token.end
}

/// Adds a class to a tag that does not have it yet.
pub fn add_class(attributes: &mut Attributes<'_>, class: &str) {
    add_classes(attributes, &[class]);
}

fn add_classes(attributes: &mut Attributes<'_>, added: &[impl AsRef<str>]) {
    let known = attributes.get("class").unwrap_or_default().into_owned();
    let mut classes: Vec<&str> = known.split_ascii_whitespace().collect();
    let before = classes.len();
    for class in added {
        if !classes.contains(&class.as_ref()) {
            classes.push(class.as_ref());
        }
    }
    if classes.len() > before {
        let classes = classes.join(" ");
        attributes.set("class", classes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, reach: Reach, expected: &str) {
        let outer = Change { classes: vec!["o".to_owned()], ..Change::default() };
        let additions = Additions { outer, inner: vec!["i".to_owned()] };
        assert_eq!(additions.apply(html, reach), expected);
    }

    #[test]
    fn the_last_tag_with_a_class_holds_the_inner_blocks() {
        check(
            "\n<div class=\"a\"><span></span><div class=\"b\">",
            Reach::Inner,
            "\n<div class=\"a o\"><span></span><div class=\"b i\">",
        );
        check("<div>", Reach::Inner, "<div class=\"o i\">");
        check("<div class='a o'><p class=b>", Reach::Whole, "<div class=\"a o i\"><p class=b>");
        check("text", Reach::Whole, "text");
    }

    #[test]
    fn one_tag_is_changed() {
        let changed = change(
            "<a><img src=x/><img>",
            |tag| tag.name == "img",
            |attributes| attributes.set("alt", "b"),
        );
        assert_eq!(changed, "<a><img src=\"x/\" alt=\"b\"><img>");
    }
}
