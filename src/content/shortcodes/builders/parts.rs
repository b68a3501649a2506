//! What stands for each shortcode of a page builder.

use std::fmt::Write;

use crate::content::context::{Context, Found};
use crate::content::html::clean::plugins::footnotes::SHORTCODE_NOTE;
use crate::content::html::entities::push_attribute;
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::builders::roles::Role;
use crate::content::shortcodes::builders::{Tag, attributes, media, names, values};
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, How, Kind, Why};

/// A shortcode in whose place something is to stand.
pub struct Part<'p> {
    /// Its opening tag.
    pub tag: &'p Tag<'p>,
    /// Those of that tag.
    pub attributes: Attributes<'p>,
    /// What stands between its tags, if it has two.
    pub content: Option<&'p str>,
    /// What is known of the text and the site.
    pub context: &'p Context<'p>,
}

/// What became of a shortcode.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// What became of what stands between its tags.
    pub inner: Inner,
    /// As what it is counted. `None`: as the shortcode that stands in its place now.
    pub fate: Option<Fate>,
}

/// What became of what stands between two tags.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Inner {
    /// It is still to come.
    ToCome,
    /// It has been shown.
    Used,
}

impl Made {
    /// All of it is shown.
    pub const WHOLE: Self = Self { inner: Inner::Used, fate: Some(Fate::Converted) };
    /// It begins, and what it holds is still to come.
    pub const BEGUN: Self = Self { inner: Inner::ToCome, fate: Some(Fate::Converted) };
}

impl<'p> Part<'p> {
    /// Returns what stands between its tags, if that is something.
    pub fn written(&self) -> Option<&'p str> {
        self.content.map(str::trim).filter(|content| !content.is_empty())
    }
}

/// What parts blocks.
pub const APART: &str = "\n\n";
const COLUMNS: &str = "\n\n<div class=\"wp-block-columns is-layout-flex\">";

/// Adds what comes before what a shortcode holds, or all of it.
pub fn open(shown: &mut String, part: &Part<'_>, found: &mut Found) -> Inner {
    let made = match part.tag.role {
        Role::Picture => media::picture(shown, part, found),
        Role::Gallery => media::gallery(shown, part),
        Role::Film => media::film(shown, part),
        Role::Button => button(shown, part),
        Role::Note => note(shown, part, found),
        Role::Html => {
            let html = part.content.and_then(values::html);
            shown.extend([APART, &html.unwrap_or_default(), APART]);
            Made::WHOLE
        }
        Role::Row if part.tag.place.columns > 1 => begin(shown, COLUMNS),
        Role::Column | Role::SizedColumn if part.tag.place.is_beside => column(shown, part.tag),
        Role::Frame | Role::Tabs | Role::Row | Role::Column | Role::SizedColumn => {
            begin(shown, APART)
        }
        Role::Line | Role::Tip => Made::BEGUN,
        Role::Heading => heading(shown, part),
        Role::Fold => fold(shown, part),
        Role::Tab => tab(shown, part),
        Role::Box => boxed(shown, part, found),
        Role::Quote => begin(shown, "\n\n<blockquote>\n\n"),
        Role::List => begin(shown, "\n\n<ul>\n"),
        Role::Item => begin(shown, "<li>"),
        Role::Rule => begin(shown, "\n\n<hr>\n\n"),
        Role::Space => {
            shown.push_str(APART);
            Made { inner: Inner::ToCome, fate: Some(Fate::Dropped(Why::Empty)) }
        }
    };
    if let Some(fate) = made.fate {
        found.tally.add(Kind::Shortcode, part.tag.name, fate);
    }
    made.inner
}

/// Adds what comes after what a shortcode holds.
pub fn close(shown: &mut String, tag: &Tag<'_>) {
    match tag.role {
        Role::Line | Role::Button => {}
        Role::Tip => {
            let attributes = attributes(tag);
            let words = names::TIPS.iter().filter_map(|name| values::words(&attributes, &[name]));
            let words: Vec<String> = words.collect();
            if !words.is_empty() {
                shown.extend([" <small>(", &words.join(": "), ")</small>"]);
            }
        }
        Role::Row if tag.place.columns > 1 => shown.push_str("\n\n</div>\n\n"),
        Role::Column if tag.place.is_beside => shown.push_str("\n\n</div>"),
        Role::SizedColumn if tag.place.is_beside => {
            let end = if tag.place.ends_line { "\n\n</div></div>\n\n" } else { "\n\n</div>" };
            shown.push_str(end);
        }
        Role::Fold if values::words(&attributes(tag), names::TITLES).is_some() => {
            shown.push_str("\n\n</details>\n\n");
        }
        Role::Quote => {
            if let Some(cite) = values::words(&attributes(tag), names::CITES) {
                shown.extend(["\n\n<cite>", &cite, "</cite>"]);
            }
            shown.push_str("\n\n</blockquote>\n\n");
        }
        Role::List => shown.push_str("</ul>\n\n"),
        Role::Item => shown.push_str("</li>\n"),
        _ => shown.push_str(APART),
    }
}

fn begin(shown: &mut String, html: &str) -> Made {
    shown.push_str(html);
    Made::BEGUN
}

/// Leaves a shortcode as it is written to those who look for unknown ones.
pub fn as_text(shown: &mut String, tag: &Tag<'_>) -> Made {
    shown.extend(["[", tag.name, tag.attributes, "]"]);
    Made { inner: Inner::ToCome, fate: None }
}

fn column(shown: &mut String, tag: &Tag<'_>) -> Made {
    if tag.place.starts_line {
        shown.push_str(COLUMNS);
    }
    shown.push_str("<div class=\"wp-block-column\"");
    let share = match tag.role {
        Role::SizedColumn => values::share_of_name(tag.name),
        _ => values::share(tag),
    };
    // Widths are cut, so that together they are never too wide.
    if let Some(share) = share.filter(|share| *share < 1.0) {
        let _ = write!(shown, " style=\"flex-basis:{}%\"", (share * 10_000.0).floor() / 100.0);
    }
    begin(shown, ">\n\n")
}

fn fold(shown: &mut String, part: &Part<'_>) -> Made {
    let Some(title) = values::words(&part.attributes, names::TITLES) else {
        return begin(shown, APART);
    };
    if part.content.is_none() {
        shown.extend(["\n\n<p><strong>", &title, "</strong></p>\n\n"]);
        return Made::BEGUN;
    }
    let is_open = part.attributes.get("open").is_some_and(values::is_yes);
    let state = if is_open { " open" } else { "" };
    shown.extend(["\n\n<details class=\"wp-block-details\"", state, "><summary>"]);
    shown.extend([&title, "</summary>\n\n"]);
    Made::BEGUN
}

fn tab(shown: &mut String, part: &Part<'_>) -> Made {
    if let Some(title) = values::words(&part.attributes, names::TITLES) {
        shown.extend(["\n\n<h3>", &title, "</h3>"]);
    }
    begin(shown, APART)
}

fn heading(shown: &mut String, part: &Part<'_>) -> Made {
    let attributes = &part.attributes;
    let own = values::words(attributes, names::HEADINGS);
    let Some(words) = own.as_deref().or(part.written()) else { return Made::WHOLE };
    let tag = attributes.get("font_container").and_then(|it| it.split("tag:").nth(1));
    let level = tag
        .or_else(|| names::LEVELS.iter().find_map(|it| attributes.get(it)))
        .and_then(|level| level.trim_start_matches('h').chars().next())
        .filter(|level| ('1'..='6').contains(level));
    // A paragraph may have been set as large as a heading.
    let name = match (level, tag) {
        (None, Some(tag)) if tag.starts_with("p|") || tag.starts_with("div|") => "p".to_owned(),
        (level, _) => format!("h{}", level.unwrap_or('2')),
    };
    shown.extend(["\n\n<", &name, ">"]);
    linked(shown, attributes, words);
    shown.extend(["</", &name, ">\n\n"]);
    Made::WHOLE
}

/// Adds HTML, within a link if a shortcode has one.
pub fn linked(shown: &mut String, attributes: &Attributes<'_>, html: &str) {
    match values::address(attributes, names::LINKS) {
        Some(address) => {
            shown.push_str("<a href=\"");
            push_attribute(shown, &address);
            shown.extend(["\">", html, "</a>"]);
        }
        None => shown.push_str(html),
    }
}

fn button(shown: &mut String, part: &Part<'_>) -> Made {
    let own = || values::words(&part.attributes, names::BUTTON_LABELS);
    let Some(words) = part.written().map(str::to_owned).or_else(own) else {
        return as_text(shown, part.tag);
    };
    let address = values::address(&part.attributes, names::BUTTON_LINKS);
    push_button(shown, &words, address.as_deref());
    Made::WHOLE
}

fn push_button(shown: &mut String, words: &str, address: Option<&str>) {
    let Some(address) = address else { return shown.push_str(words) };
    shown.push_str("<a class=\"wp-block-button__link wp-element-button\" href=\"");
    push_attribute(shown, address);
    shown.extend(["\">", words, "</a>"]);
}

/// Puts the mark and the note where the shortcode stands: the note goes to the end of the page later.
fn note(shown: &mut String, part: &Part<'_>, found: &mut Found) -> Made {
    let Some(words) = part.written() else { return as_text(shown, part.tag) };
    found.notes += 1;
    let number = found.notes;
    let id = format!("{SHORTCODE_NOTE}{number}");
    let _ = write!(
        shown,
        "<sup class=\"modern-footnotes-footnote\" data-mfn=\"{number}\"><a href=\"#{id}\" aria-describedby=\"{id}\">{number}</a></sup><span id=\"{id}\" class=\"modern-footnotes-footnote__note\">{words}</span>"
    );
    Made::WHOLE
}

/// Shows what of a box there is: a picture, a title, lines below it. Its text is still to come, and a
/// link comes before that.
fn boxed(shown: &mut String, part: &Part<'_>, found: &mut Found) -> Made {
    let attributes = &part.attributes;
    shown.push_str(APART);
    if let Some(source) = names::BOX_PICTURES.iter().find_map(|name| attributes.filled(name)) {
        media::push_picture(shown, source, attributes, part.context);
    }
    let label = values::words(attributes, names::LINK_LABELS);
    let mut titles = names::TITLES.iter().filter_map(|name| values::words(attributes, &[name]));
    if let Some(title) = titles.next() {
        let name = if part.tag.name == "vc_text_separator" { "p" } else { "h3" };
        shown.extend(["<", name, ">"]);
        match label {
            Some(_) => shown.push_str(&title),
            None => linked(shown, attributes, &title),
        }
        shown.extend(["</", name, ">\n\n"]);
    }
    let below = names::BELOW_TITLES.iter().filter_map(|name| values::words(attributes, &[name]));
    for words in titles.chain(below) {
        shown.extend(["<p>", &words, "</p>\n\n"]);
    }
    if let Some(label) = label {
        shown.push_str("<p>");
        push_button(shown, &label, values::address(attributes, names::LINKS).as_deref());
        shown.push_str("</p>\n\n");
    }
    tell(part.tag.name, part.context, found);
    Made { inner: Inner::ToCome, fate: Some(Fate::Degraded(How::Plain)) }
}

fn tell(name: &str, context: &Context<'_>, found: &mut Found) {
    let message =
        format!("the page builder of `[{name}]` is not here; its words stand there plainly");
    let help = "look whether the page reads well, or write it anew";
    let is_told = |told: &Diagnostic| told.about.as_deref() == Some(name);
    if !found.diagnostics.iter().rev().take(8).any(is_told) {
        let told =
            Diagnostic::warning("unknown-shortcode", message, context.setting.location.clone());
        found.diagnostics.push(told.about(name).with_help(help));
    }
}
