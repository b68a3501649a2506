//! Shortcodes of page builders, which hold what an author wrote: their frames are taken off, so that it
//! stands as an ordinary text, and what stands in their attributes is shown.
//!
//! ```text
//! text ─ tags: what opens and closes ─ pairs: which closes which ─▶ parts::open, parts::close ─▶ text
//! ```

mod media;
mod names;
mod parts;
mod roles;
mod values;

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::{memchr, memrchr2};

use crate::content::context::{Context, Found};
use crate::content::html::tokens::{self, tokenize};
use crate::content::shortcode_grammar;
use crate::content::shortcodes::builders::parts::{Inner, Part};
use crate::content::shortcodes::builders::roles::Role;
use crate::ledger::{Fate, Kind, Why};

/// Puts HTML in the place of page builders' shortcodes.
pub fn to_html<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    let mut tags = tags(text);
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    pair(&mut tags);
    tags.retain(|tag| tag.partner.is_some() || !tag.is_closing && is_meant(tag));
    // Their places have changed.
    tags.iter_mut().for_each(|tag| tag.partner = None);
    pair(&mut tags);
    group(text, &mut tags);
    let mut shown = String::with_capacity(text.len());
    let mut copied = 0;
    let mut index = 0;
    while let Some(tag) = tags.get(index) {
        shown.push_str(&text[copied..tag.start]);
        copied = tag.end;
        index += 1;
        if tag.is_closing {
            parts::close(&mut shown, &tags[tag.partner.unwrap_or_default()]);
            continue;
        }
        if values::is_hidden(tag) {
            let last = tag.partner.unwrap_or(index - 1);
            let held = tags[index - 1..=last].iter().filter(|tag| !tag.is_closing);
            let hidden = Fate::Dropped(Why::Hidden);
            held.for_each(|tag| found.tally.add(Kind::Shortcode, tag.name, hidden));
            copied = tags[last].end;
            index = last + 1;
            continue;
        }
        let content = tag.partner.map(|partner| &text[tag.end..tags[partner].start]);
        let part = Part { tag, attributes: attributes(tag), content, context };
        let inner = parts::open(&mut shown, &part, found);
        if let Some(partner) = tag.partner.filter(|_| inner == Inner::Used) {
            copied = tags[partner].end;
            index = partner + 1;
        }
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// The opening or closing tag of a shortcode.
#[derive(Debug)]
struct Tag<'t> {
    name: &'t str,
    role: Role,
    attributes: &'t str,
    start: usize,
    end: usize,
    is_closing: bool,
    /// The index of the tag that it opens or closes.
    partner: Option<usize>,
    /// What it is to the columns around.
    place: Place,
}

/// What a tag is to columns.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Place {
    /// Of a row: so many columns stand side by side in it.
    columns: usize,
    /// Of a column: it stands beside others.
    is_beside: bool,
    /// Of a column without a row: it is the first or last of its line.
    starts_line: bool,
    ends_line: bool,
}

/// Finds the tags of known shortcodes, in order, outside of code and of tags of HTML.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let bytes = text.as_bytes();
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut position = 0;
    let mut looked = 0;
    let mut is_in_tag = false;
    while let Some(start) = memchr(b'[', &bytes[position..]).map(|at| position + at) {
        position = start + 1;
        let Some((name, is_closing, role)) = name(&text[position..]) else { continue };
        if let Some(last) = memrchr2(b'<', b'>', &bytes[looked..start]) {
            is_in_tag = bytes[looked + last] == b'<';
        }
        looked = start;
        let after = start + 1 + usize::from(is_closing) + name.len();
        let Some(length) = memchr(b']', &bytes[after..]) else { break };
        let end = after + length + 1;
        let is_escaped = text[..start].ends_with('[');
        if is_in_tag || is_escaped {
            continue;
        }
        let attributes = &text[after..end - 1];
        tags.push(Tag {
            name,
            role,
            attributes,
            start,
            end,
            is_closing,
            partner: None,
            place: Place::default(),
        });
        position = end;
        looked = end;
    }
    if !tags.is_empty() {
        let code = code(text);
        let mut code = code.iter().peekable();
        tags.retain(|tag| {
            while code.next_if(|(_, end)| *end <= tag.start).is_some() {}
            code.peek().is_none_or(|(start, _)| tag.start < *start)
        });
    }
    tags
}

/// Reads the name of a known shortcode, and whether a slash stands before it.
fn name(text: &str) -> Option<(&str, bool, Role)> {
    let (text, is_closing) = text.strip_prefix('/').map_or((text, false), |text| (text, true));
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = text.bytes().take_while(|byte| is_part(byte)).count();
    let (name, rest) = text.split_at(length);
    let role = roles::of(name)?;
    let ends = rest.starts_with([']', ' ', '\n', '\t', '/', '\u{a0}'])
        || role == Role::Film && rest.starts_with('=');
    ends.then_some((name, is_closing, role))
}

/// Returns whether a tag that nothing closes is one: words in brackets are none.
fn is_meant(tag: &Tag<'_>) -> bool {
    let is_of_builder =
        tag.name.contains('_') && !matches!(tag.role, Role::SizedColumn | Role::Note);
    is_of_builder
        || tag.attributes.contains('=')
        || tag.role == Role::Film && !tag.attributes.trim().is_empty()
}

/// Returns where code stands, in which shortcodes are shown as they are.
pub fn code(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for token in tokenize(text) {
        match token.kind {
            tokens::Kind::Start(tag) if matches!(tag.name, "code" | "pre" | "kbd") => {
                open = open.or(Some((tag.name, token.start)));
            }
            tokens::Kind::End(name) if open.is_some_and(|(opened, _)| opened == name) => {
                found.extend(open.take().map(|(_, start)| (start, token.end)));
            }
            _ => {}
        }
    }
    found.extend(open.map(|(_, start)| (start, text.len())));
    found
}

/// Finds out which tag closes which. What is not closed holds nothing.
fn pair(tags: &mut [Tag<'_>]) {
    let mut open: Vec<usize> = Vec::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for index in 0..tags.len() {
        let Tag { name, is_closing, .. } = tags[index];
        if !is_closing {
            if !tags[index].attributes.ends_with('/') {
                open.push(index);
                *names.entry(name).or_default() += 1;
            }
            continue;
        }
        if names.get(name).copied().unwrap_or_default() == 0 {
            continue;
        }
        while let Some(opener) = open.pop() {
            if let Some(count) = names.get_mut(tags[opener].name) {
                *count -= 1;
            }
            if tags[opener].name == name {
                tags[opener].partner = Some(index);
                tags[index].partner = Some(opener);
                break;
            }
        }
    }
}

/// Finds out which columns stand side by side: those of a row, and those in a line.
fn group(text: &str, tags: &mut [Tag<'_>]) {
    let mut around: Vec<(usize, Vec<usize>)> = Vec::new();
    // The last column of the line so far, at each depth.
    let mut last: Vec<Option<usize>> = vec![None];
    for index in 0..tags.len() {
        if tags[index].is_closing {
            let Some((row, columns)) = around.pop() else { continue };
            last.pop();
            let widths = columns.iter().filter_map(|column| values::share(&tags[*column]));
            let fits = widths.sum::<f64>() <= 1.02;
            if tags[row].role == Role::Row && columns.len() > 1 && fits {
                tags[row].place.columns = columns.len();
                columns.into_iter().for_each(|column| tags[column].place.is_beside = true);
            }
            continue;
        }
        if tags[index].partner.is_none() {
            continue;
        }
        let is_in_tabs = around.last().is_some_and(|(outer, _)| tags[*outer].role == Role::Tabs);
        match tags[index].role {
            Role::Fold if is_in_tabs => tags[index].role = Role::Tab,
            Role::Column => {
                if let Some((_, columns)) = around.last_mut() {
                    columns.push(index);
                }
            }
            Role::SizedColumn => in_line(text, tags, index, &mut last),
            _ => {}
        }
        around.push((index, Vec::new()));
        last.push(None);
    }
    // A line may end because nothing follows in it.
    for index in 0..tags.len() {
        let is_open = tags[index].role == Role::SizedColumn && tags[index].place.is_beside;
        let partner = tags[index].partner.filter(|_| is_open && !tags[index].is_closing);
        let Some(partner) = partner else { continue };
        let follows = tags.get(partner + 1).is_some_and(|next| {
            next.role == Role::SizedColumn
                && next.place.is_beside
                && !next.place.starts_line
                && !next.is_closing
        });
        tags[index].place.ends_line = !follows;
    }
}

/// Puts a column that names its own width into a line with the one before it.
fn in_line(text: &str, tags: &mut [Tag<'_>], index: usize, last: &mut [Option<usize>]) {
    let Some(before) = last.last_mut() else { return };
    let follows = before.is_some_and(|before| {
        let end = tags[before].partner.map_or(0, |partner| tags[partner].end);
        values::is_blank(&text[end..tags[index].start])
            && !values::is_last(&tags[before])
            && !values::is_first(&tags[index])
    });
    tags[index].place.is_beside = true;
    tags[index].place.starts_line = !follows;
    *before = Some(index);
}

/// Returns the attributes of a tag.
fn attributes<'t>(tag: &Tag<'t>) -> shortcode_grammar::Attributes<'t> {
    shortcode_grammar::attributes(tag.attributes.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
