//! Shortcodes of plugins: what they showed is not known. Forms, which nobody would answer and which may
//! name whom they are sent to, are left out.

use std::borrow::Cow;

use memchr::memmem;

use crate::content::Setting;
use crate::content::context::Found;
use crate::content::html::tokens::{self, tokenize};
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, How, Kind, Why};
use crate::wordpress;

/// What happens to shortcodes that no plugin is here to fill.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum PluginShortcodes {
    /// They stay, as text.
    #[default]
    Keep,
    /// They are left out; what stands between two of one name stays.
    Drop,
}

const DEAD: &str = "let a form service answer it, or write an address to write to into the post";
const HELP: &str = "write into the post what it showed; or leave all such shortcodes out: shortcodes = \"drop\" below [content] in stillpress.toml";

/// Shortcodes that show a form, and the fields in it: also those to subscribe and to pay.
const FORMS: [&str; 21] = [
    "blog_subscription_form",
    "caldera_form",
    "contact-field",
    "contact-form",
    "contact-form-7",
    "fluentform",
    "formidable",
    "forminator_form",
    "gravityform",
    "gravityforms",
    "jetpack_subscription_form",
    "mailchimp_subscriber_popup",
    "mailerlite_form",
    "mailpoet_form",
    "mc4wp_form",
    "newsletter_form",
    "ninja_form",
    "ninja_forms",
    "simple-payment",
    "subscribe2",
    "wpforms",
];

/// Shortcodes that show buttons to share and like, or posts that a server chooses for a reader.
const BUTTONS: [&str; 11] = [
    "Sassy_Social_Share",
    "addtoany",
    "easy-social-share",
    "jetpack-related-posts",
    "likebtn",
    "mashshare",
    "shareaholic",
    "sharethis-inline-buttons",
    "social_warfare",
    "ssba",
    "wp_ulike",
];

/// Tells of shortcodes that WordPress itself does not know, and leaves them out if that is asked for, or
/// if they are for nobody who reads.
pub fn settle<'t>(text: &'t str, setting: &Setting<'_>, found: &mut Found) -> Cow<'t, str> {
    if memchr::memchr(b'[', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let brackets = find(text);
    let mut told: Vec<&str> = Vec::new();
    for bracket in &brackets {
        let fate = fate(bracket.name, setting);
        if !told.contains(&bracket.name) && told.len() < MANY {
            told.push(bracket.name);
            found.diagnostics.push(tell(bracket.name, fate, setting));
        }
        if !text[bracket.start..].starts_with("[/") {
            found.tally.add(Kind::Shortcode, bracket.name, fate);
        }
    }
    let is_gone = |bracket: &&Bracket<'_>| matches!(fate(bracket.name, setting), Fate::Dropped(_));
    leave_out(text, brackets.iter().filter(is_gone))
}

/// Returns what becomes of a shortcode.
fn fate(name: &str, setting: &Setting<'_>) -> Fate {
    match setting.shortcodes {
        _ if FORMS.contains(&name) || BUTTONS.contains(&name) => Fate::Dropped(Why::Unanswered),
        PluginShortcodes::Keep => Fate::Degraded(How::AsText),
        PluginShortcodes::Drop => Fate::Dropped(Why::Settings),
    }
}

/// Returns a text without the shortcodes that WordPress itself does not know.
pub fn without(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'[', text.as_bytes()) {
        Some(_) => leave_out(text, find(text).iter()),
        None => Cow::Borrowed(text),
    }
}

fn leave_out<'t, 'b>(text: &'t str, gone: impl Iterator<Item = &'b Bracket<'t>>) -> Cow<'t, str>
where
    't: 'b,
{
    let mut gone = gone.peekable();
    if gone.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut copied = 0;
    for bracket in gone {
        kept.push_str(&text[copied..bracket.start]);
        copied = bracket.end;
    }
    kept.push_str(&text[copied..]);
    Cow::Owned(kept)
}

/// So many names are told of one text: a text may be made of nothing else.
const MANY: usize = 32;

fn tell(name: &str, fate: Fate, setting: &Setting<'_>) -> Diagnostic {
    let location = setting.location.clone();
    let told = match fate {
        Fate::Dropped(Why::Unanswered) if BUTTONS.contains(&name) => {
            let message = format!("left out what `[{name}]` showed, which nothing would answer");
            Diagnostic::warning("dead-part", message, location).with_help("nothing")
        }
        Fate::Dropped(Why::Unanswered) => {
            let message = format!("left out the form `[{name}]`, which nobody would answer");
            Diagnostic::warning("dead-form", message, location).with_help(DEAD)
        }
        Fate::Dropped(_) => {
            let message = format!(
                "a plugin filled the shortcode `[{name}]`, and is not here; it is left out, but not what a pair encloses"
            );
            Diagnostic::warning("unknown-shortcode", message, location).with_help(HELP)
        }
        _ => {
            let message = format!(
                "a plugin filled the shortcode `[{name}]`, and is not here; readers see it as text"
            );
            Diagnostic::warning("unknown-shortcode", message, location).with_help(HELP)
        }
    };
    told.about(name)
}

/// The opening or closing tag of a shortcode.
#[derive(Debug, Eq, PartialEq)]
struct Bracket<'t> {
    name: &'t str,
    start: usize,
    end: usize,
}

/// Returns the tags of unknown shortcodes outside of code, in order.
fn find(text: &str) -> Vec<Bracket<'_>> {
    let mut found: Vec<Bracket<'_>> = Vec::new();
    let mut verbatim: Option<&str> = None;
    let closed = Closed::of(text);
    for token in tokenize(text) {
        match token.kind {
            tokens::Kind::Start(tag) if matches!(tag.name, "code" | "pre" | "kbd" | "svg") => {
                verbatim = verbatim.or(Some(tag.name));
            }
            tokens::Kind::End(name) if verbatim == Some(name) => verbatim = None,
            tokens::Kind::Text if verbatim.is_none() => {
                let source = &text[token.start..token.end];
                for at in memchr::memchr_iter(b'[', source.as_bytes()) {
                    found.extend(bracket(text, token.start + at, token.end, &closed));
                }
            }
            _ => {}
        }
    }
    found
}

/// The names that have a closing tag in a text.
struct Closed<'t> {
    names: std::collections::HashSet<&'t str>,
}

impl<'t> Closed<'t> {
    fn of(text: &'t str) -> Self {
        let names = memmem::find_iter(text.as_bytes(), b"[/").filter_map(|at| {
            let (name, rest) = name(&text[at + 2..])?;
            rest.starts_with(']').then_some(name)
        });
        Self { names: names.collect() }
    }
}

fn bracket<'t>(
    text: &'t str,
    start: usize,
    end: usize,
    closed: &Closed<'t>,
) -> Option<Bracket<'t>> {
    let rest = &text[start + 1..end];
    let (rest, is_closing) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let (name, rest) = name(rest)?;
    let is_doubled = text[..start].ends_with('[');
    if wordpress::is_shortcode(name) || is_doubled {
        return None;
    }
    let length = rest.find(['[', ']']).filter(|at| rest.as_bytes()[*at] == b']')?;
    let attributes = &rest[..length];
    let starts_well = attributes.is_empty() || attributes.starts_with([' ', '\n', '\u{a0}', '/']);
    let is_meant = closed.names.contains(name)
        || name.contains(['_', '-'])
        || name == "subscribe2"
        || BUTTONS.contains(&name)
        || attributes.ends_with('/')
        || attributes.contains('=');
    let end = end - rest.len() + length + 1;
    let is_one = starts_well && is_meant && (!is_closing || attributes.is_empty());
    is_one.then_some(Bracket { name, start, end })
}

/// Cuts a shortcode's name off the start of `text`.
fn name(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let (name, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    name.starts_with(|first: char| first.is_ascii_alphabetic()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let names: Vec<&str> = find(text).iter().map(|bracket| bracket.name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn shortcodes_of_plugins_are_found() {
        check("[contact-form-7 id=\"1\"] [poll id=3]", &["contact-form-7", "poll"]);
        check("[row]a[/row] [map /]", &["row", "row", "map"]);
    }

    #[test]
    fn words_in_brackets_are_none() {
        check("[sic] [1] [see below] [gallery] [[my_code]] [a", &[]);
        check("<code>list[some_name]</code> <a title=\"[x_y]\">b</a>", &[]);
    }

    #[track_caller]
    fn check_shown(raw: &str, expected: &str, codes: &[&str]) {
        let content = normalize_as(BodyFormat::Classic, raw);
        assert_eq!(content.pages[0].as_str().trim(), expected);
        let found: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn forms_are_left_out_with_the_address_they_name() {
        check_shown(
            "a [contact-form to=\"me@home.example\"][contact-field label=\"Name\"/][/contact-form] b",
            "<p>a  b</p>",
            &["dead-form", "dead-form"],
        );
        check_shown(
            "a [subscribe2] [jetpack_subscription_form title=\"b\"] [simple-payment id=\"7\"]",
            "<p>a</p>",
            &["dead-form", "dead-form", "dead-form"],
        );
    }

    #[test]
    fn buttons_are_left_out() {
        check_shown(
            "a [addtoany] [jetpack-related-posts]",
            "<p>a</p>",
            &["dead-part", "dead-part"],
        );
    }
}
