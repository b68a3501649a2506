//! What stands for each shortcode of a page builder.

use std::fmt::Write;

use crate::content::html::clean::plugins::footnotes::SHORTCODE_NOTE;
use crate::content::html::entities::push_attribute;
use crate::content::raw::{Context, Found};
use crate::content::shortcodes::builders::media::{film, gallery, picture, push_picture};
use crate::content::shortcodes::builders::roles::Role;
use crate::content::shortcodes::builders::{Tag, attributes, values};
use crate::content::shortcodes::grammar::Attributes;
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, How, Kind, Why};

/// What became of what stands between two tags.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Inner {
    /// It is still to come.
    ToCome,
    /// It has been shown.
    Used,
}

const TITLES: &[&str] = &["title", "heading", "tab_title", "h2", "title_front", "name", "author"];
const BELOW_TITLES: &[&str] = &[
    "subhead",
    "subtitle",
    "sub_title",
    "h4",
    "number",
    "percent",
    "value",
    "currency",
    "sum",
    "per",
    "position",
    "job_title",
    "company",
    "company_name",
    "description",
    "text_front",
    "title_back",
    "text_back",
];
/// Attributes that hold where a part leads.
pub const LINKS: &[&str] =
    &["link", "url", "href", "button_url", "button_link", "btn_link", "link_url"];
const LABELS: &[&str] = &["button_text", "btn_title", "button_one_text", "link_text"];
const PICTURES: &[&str] = &["image", "image_url", "src", "portrait_url", "photo", "picture"];
/// What parts blocks.
pub const APART: &str = "\n\n";

/// Adds what comes before what a shortcode holds, or all of it.
pub fn open(
    shown: &mut String,
    tag: &Tag<'_>,
    content: Option<&str>,
    (context, found): (&Context<'_>, &mut Found),
) -> Inner {
    let attributes = attributes(tag);
    let made = match tag.role {
        Role::Picture => return picture(shown, tag, content, (context, found)),
        Role::Gallery => return gallery(shown, tag, &attributes, found),
        Role::Film => return film(shown, tag, content, found),
        Role::Button => return button(shown, tag, content, found),
        Role::Note => return note(shown, tag, content, found),
        Role::Html => {
            let html = content.and_then(values::html);
            shown.extend([APART, &html.unwrap_or_default(), APART]);
            Inner::Used
        }
        Role::Frame | Role::Tabs => frame(shown, APART),
        Role::Row if tag.place.columns > 1 => frame(shown, COLUMNS),
        Role::Column | Role::Part if tag.place.is_beside => column(shown, tag),
        Role::Row | Role::Column | Role::Part => frame(shown, APART),
        Role::Line | Role::Tip => Inner::ToCome,
        Role::Heading => heading(shown, &attributes, content),
        Role::Fold => fold(shown, &attributes, content),
        Role::Tab => tab(shown, &attributes),
        Role::Box => boxed(shown, tag, &attributes, context),
        Role::Quote => frame(shown, "\n\n<blockquote>\n\n"),
        Role::List => frame(shown, "\n\n<ul>\n"),
        Role::Item => frame(shown, "<li>"),
        Role::Rule => frame(shown, "\n\n<hr>\n\n"),
        Role::Space => frame(shown, APART),
    };
    let fate = match tag.role {
        Role::Box => Fate::Degraded(How::Plain),
        Role::Space => Fate::Dropped(Why::Empty),
        _ => Fate::Converted,
    };
    if tag.role == Role::Box {
        tell(tag.name, context, found);
    }
    found.tally.add(Kind::Shortcode, tag.name, fate);
    made
}

/// Adds what comes after what a shortcode holds.
pub fn close(shown: &mut String, tag: &Tag<'_>) {
    match tag.role {
        Role::Line | Role::Button => {}
        Role::Tip => {
            let attributes = attributes(tag);
            let words = ["title", "text", "content"];
            let words = words.iter().filter_map(|name| values::words(&attributes, &[name]));
            let words: Vec<String> = words.collect();
            if !words.is_empty() {
                shown.extend([" <small>(", &words.join(": "), ")</small>"]);
            }
        }
        Role::Row if tag.place.columns > 1 => shown.push_str("\n\n</div>\n\n"),
        Role::Column if tag.place.is_beside => shown.push_str("\n\n</div>"),
        Role::Part if tag.place.is_beside => {
            let end = if tag.place.ends_line { "\n\n</div></div>\n\n" } else { "\n\n</div>" };
            shown.push_str(end);
        }
        Role::Fold if has_title(tag) => shown.push_str("\n\n</details>\n\n"),
        Role::Quote => {
            if let Some(cite) = values::words(&attributes(tag), &["cite", "author"]) {
                shown.extend(["\n\n<cite>", &cite, "</cite>"]);
            }
            shown.push_str("\n\n</blockquote>\n\n");
        }
        Role::List => shown.push_str("</ul>\n\n"),
        Role::Item => shown.push_str("</li>\n"),
        _ => shown.push_str(APART),
    }
}

const COLUMNS: &str = "\n\n<div class=\"wp-block-columns is-layout-flex\">";

fn frame(shown: &mut String, html: &str) -> Inner {
    shown.push_str(html);
    Inner::ToCome
}

fn column(shown: &mut String, tag: &Tag<'_>) -> Inner {
    if tag.place.starts_line {
        shown.push_str(COLUMNS);
    }
    shown.push_str("<div class=\"wp-block-column\"");
    let share = match tag.role {
        Role::Part => values::share_of_name(tag.name),
        _ => values::share(tag),
    };
    // Widths are cut, so that together they are never too wide.
    if let Some(share) = share.filter(|share| *share < 1.0) {
        let _ = write!(shown, " style=\"flex-basis:{}%\"", (share * 10_000.0).floor() / 100.0);
    }
    shown.push_str(">\n\n");
    Inner::ToCome
}

fn has_title(tag: &Tag<'_>) -> bool {
    values::words(&attributes(tag), TITLES).is_some()
}

fn fold(shown: &mut String, attributes: &Attributes<'_>, content: Option<&str>) -> Inner {
    let Some(title) = values::words(attributes, TITLES) else { return frame(shown, APART) };
    if content.is_none() {
        shown.extend(["\n\n<p><strong>", &title, "</strong></p>\n\n"]);
        return Inner::ToCome;
    }
    let is_open = attributes.get("open").is_some_and(values::is_yes);
    let state = if is_open { " open" } else { "" };
    shown.extend(["\n\n<details class=\"wp-block-details\"", state, "><summary>"]);
    shown.extend([&title, "</summary>\n\n"]);
    Inner::ToCome
}

fn tab(shown: &mut String, attributes: &Attributes<'_>) -> Inner {
    if let Some(title) = values::words(attributes, TITLES) {
        shown.extend(["\n\n<h3>", &title, "</h3>"]);
    }
    frame(shown, APART)
}

fn heading(shown: &mut String, attributes: &Attributes<'_>, content: Option<&str>) -> Inner {
    let own = values::words(attributes, &["text", "title", "heading"]);
    let written = content.map(str::trim).filter(|content| !content.is_empty());
    let Some(words) = own.as_deref().or(written) else { return Inner::Used };
    let tag = attributes.get("font_container").and_then(|it| it.split("tag:").nth(1));
    let level = tag
        .or_else(|| ["title_level", "size", "tag"].iter().find_map(|it| attributes.get(it)))
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
    Inner::Used
}

/// Leaves a shortcode as it is written to those who look for unknown ones.
pub fn as_text(shown: &mut String, tag: &Tag<'_>) {
    shown.extend(["[", tag.name, tag.attributes, "]"]);
}

/// Adds HTML, within a link if a shortcode has one.
pub fn linked(shown: &mut String, attributes: &Attributes<'_>, html: &str) {
    match values::address(attributes, LINKS) {
        Some(address) => {
            shown.push_str("<a href=\"");
            push_attribute(shown, &address);
            shown.extend(["\">", html, "</a>"]);
        }
        None => shown.push_str(html),
    }
}

fn button(shown: &mut String, tag: &Tag<'_>, content: Option<&str>, found: &mut Found) -> Inner {
    let attributes = attributes(tag);
    let own = values::words(&attributes, &["button_text", "label", "text", "title"]);
    let written = content.map(str::trim).filter(|content| !content.is_empty());
    let Some(words) = written.map(str::to_owned).or(own) else {
        as_text(shown, tag);
        return Inner::ToCome;
    };
    let address = values::address(&attributes, &["button_url", "link", "url", "href"]);
    push_button(shown, &words, address.as_deref());
    found.tally.add(Kind::Shortcode, tag.name, Fate::Converted);
    Inner::Used
}

/// Puts the mark and the note where the shortcode stands: the note goes to the end of the page later.
fn note(shown: &mut String, tag: &Tag<'_>, content: Option<&str>, found: &mut Found) -> Inner {
    let Some(words) = content.map(str::trim).filter(|words| !words.is_empty()) else {
        as_text(shown, tag);
        return Inner::ToCome;
    };
    found.notes += 1;
    let id = format!("{SHORTCODE_NOTE}{}", found.notes);
    let number = found.notes;
    let _ = write!(
        shown,
        "<sup class=\"modern-footnotes-footnote\" data-mfn=\"{number}\"><a href=\"#{id}\" aria-describedby=\"{id}\">{number}</a></sup><span id=\"{id}\" class=\"modern-footnotes-footnote__note\">{words}</span>"
    );
    found.tally.add(Kind::Shortcode, tag.name, Fate::Converted);
    Inner::Used
}

fn push_button(shown: &mut String, words: &str, address: Option<&str>) {
    let Some(address) = address else { return shown.push_str(words) };
    shown.push_str("<a class=\"wp-block-button__link wp-element-button\" href=\"");
    push_attribute(shown, address);
    shown.extend(["\">", words, "</a>"]);
}

/// Shows what of a box there is: a picture, a title, lines below it. Its text is still to come, and a
/// link comes before that.
fn boxed(
    shown: &mut String,
    tag: &Tag<'_>,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
) -> Inner {
    shown.push_str(APART);
    if let Some(source) = PICTURES.iter().find_map(|name| attributes.filled(name)) {
        push_picture(shown, source, attributes, context);
    }
    let label = values::words(attributes, LABELS);
    let mut titles = TITLES.iter().filter_map(|name| values::words(attributes, &[name]));
    if let Some(title) = titles.next() {
        let name = if tag.name == "vc_text_separator" { "p" } else { "h3" };
        shown.extend(["<", name, ">"]);
        match label {
            Some(_) => shown.push_str(&title),
            None => linked(shown, attributes, &title),
        }
        shown.extend(["</", name, ">\n\n"]);
    }
    let below = BELOW_TITLES.iter().filter_map(|name| values::words(attributes, &[name]));
    for words in titles.chain(below) {
        shown.extend(["<p>", &words, "</p>\n\n"]);
    }
    if let Some(label) = label {
        shown.push_str("<p>");
        push_button(shown, &label, values::address(attributes, LINKS).as_deref());
        shown.push_str("</p>\n\n");
    }
    Inner::ToCome
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
