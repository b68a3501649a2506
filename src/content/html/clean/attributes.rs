//! The attributes of one tag, while it is rewritten.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::content::html::entities::{Place, decode, push_attribute};
use crate::content::html::tag::{self, Quote};
use crate::content::html::tokens::Tag;

/// The attributes of one tag, each name once.
#[derive(Debug, Default)]
pub struct Attributes<'a> {
    list: Vec<Attribute<'a>>,
    is_changed: bool,
}

#[derive(Debug)]
struct Attribute<'a> {
    name: Cow<'a, str>,
    value: Value<'a>,
}

#[derive(Debug)]
enum Value<'a> {
    /// Only the name is written.
    None,
    /// As written, with entities.
    Written(&'a str, Quote),
    /// Ours, without entities.
    Text(String),
}

/// Names beyond this many are looked up in a set: a tag may have a million attributes.
const FEW: usize = 24;

impl<'a> Attributes<'a> {
    /// Reads the attributes of `tag`.
    pub fn read(tag: Tag<'a>) -> Self {
        let mut attributes = Self::default();
        let mut seen = HashSet::new();
        for raw in tag::attributes(tag.attributes) {
            let is_known = if attributes.list.len() < FEW {
                attributes.position(raw.name).is_some()
            } else {
                if seen.is_empty() {
                    seen.extend(
                        attributes.list.iter().map(|known| known.name.to_ascii_lowercase()),
                    );
                }
                !seen.insert(raw.name.to_ascii_lowercase())
            };
            if is_known || raw.name.contains(['"', '\'', '<', '=']) {
                attributes.is_changed = true;
                continue;
            }
            attributes.is_changed |= raw.value.is_some() && raw.quote == Quote::None;
            let value = raw.value.map_or(Value::None, |value| Value::Written(value, raw.quote));
            attributes.list.push(Attribute { name: Cow::Borrowed(raw.name), value });
        }
        attributes
    }

    /// Returns whether the tag has to be printed anew.
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Asks for the tag to be printed anew.
    pub fn mark_changed(&mut self) {
        self.is_changed = true;
    }

    /// Returns whether there is one of this name.
    pub fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Returns a value, decoded. Empty if only the name is written.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        Some(match &self.list[self.position(name)?].value {
            Value::None => Cow::Borrowed(""),
            Value::Written(value, _) => decode(value, Place::Attribute),
            Value::Text(text) => Cow::Owned(text.clone()),
        })
    }

    /// Returns whether the value, as written, is `wanted`.
    pub fn is(&self, name: &str, wanted: &str) -> bool {
        self.get(name).is_some_and(|value| value == wanted)
    }

    /// Returns whether the class `wanted` is among the classes.
    pub fn has_class(&self, wanted: &str) -> bool {
        self.has_class_like(|class| class == wanted)
    }

    /// Returns whether a class for which `is_wanted` holds is among the classes.
    pub fn has_class_like(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(is_wanted))
    }

    /// Sets a value, or adds it after the others.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        match self.position(name) {
            Some(_) if self.is(name, &value) => return,
            Some(position) => self.list[position].value = Value::Text(value),
            None => self.list.push(Attribute { name: name.into(), value: Value::Text(value) }),
        }
        self.is_changed = true;
    }

    /// Adds a value unless there is one.
    pub fn set_if_missing(&mut self, name: &'static str, value: impl Into<String>) {
        if !self.has(name) {
            self.set(name, value);
        }
    }

    /// Takes an attribute out, and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let value = self.get(name)?;
        self.retain(|found, _| !found.eq_ignore_ascii_case(name));
        Some(value)
    }

    /// Takes out all for which `stays` does not hold. It is given names and decoded values.
    pub fn retain(&mut self, mut stays: impl FnMut(&str, &str) -> bool) {
        let before = self.list.len();
        self.list.retain(|attribute| match &attribute.value {
            Value::None => stays(&attribute.name, ""),
            Value::Written(value, _) => stays(&attribute.name, &decode(value, Place::Attribute)),
            Value::Text(text) => stays(&attribute.name, text),
        });
        self.is_changed |= self.list.len() < before;
    }

    /// Returns the names, as written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|attribute| &*attribute.name)
    }

    /// Adds a class after the others.
    pub fn add_class(&mut self, class: &str) {
        let classes = self.get("class").unwrap_or_default();
        self.set("class", format!("{classes} {class}").trim_start());
    }

    /// Adds declarations to the style.
    pub fn add_style(&mut self, declarations: &str) {
        let old = self.get("style").unwrap_or_default();
        let old = old.trim().trim_end_matches(';');
        let separator = if old.is_empty() { "" } else { ";" };
        self.set("style", format!("{old}{separator}{declarations}"));
    }

    /// Prints all, each after a space.
    pub fn print(&self, html: &mut String) {
        for attribute in &self.list {
            html.push(' ');
            html.push_str(&attribute.name);
            match &attribute.value {
                Value::None => {}
                Value::Text(text) => {
                    html.push_str("=\"");
                    push_attribute(html, text);
                    html.push('"');
                }
                Value::Written(value, Quote::Double) => html.extend(["=\"", value, "\""]),
                Value::Written(value, _) => {
                    html.extend(["=\"", &value.replace('"', "&quot;"), "\""]);
                }
            }
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::html::tokens::{Kind, tokenize};

    fn read(html: &str) -> Attributes<'_> {
        let Kind::Start(tag) = tokenize(html).next().unwrap().kind else { panic!("a tag") };
        Attributes::read(tag)
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut printed = String::new();
        read(html).print(&mut printed);
        assert_eq!(printed.trim_start(), expected);
    }

    #[test]
    fn values_are_quoted_and_names_are_unique() {
        check(
            "<a href=x title='a \"b\"' HREF=y checked>",
            r#"href="x" title="a &quot;b&quot;" checked"#,
        );
        check(r#"<a b"c d="1">"#, r#"d="1""#);
    }

    #[test]
    fn values_are_read_decoded_and_set_as_text() {
        let mut attributes = read("<a href='?a=1&amp;b=2' style='color:red;'>");
        assert_eq!(attributes.get("HREF").unwrap(), "?a=1&b=2");
        assert!(!attributes.is_changed());
        attributes.set("href", "<&");
        attributes.add_style("float:left");
        let mut printed = String::new();
        attributes.print(&mut printed);
        assert_eq!(printed, r#" href="&lt;&amp;" style="color:red;float:left""#);
    }
}
