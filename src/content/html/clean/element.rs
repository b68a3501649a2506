//! What becomes of each element.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::forms::{self, Answered, Purpose};
use crate::content::html::clean::language::{self, is_markable};
use crate::content::html::clean::lookahead::{Filling, filling, inner, parts_text, text, written};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::panels::{self, HEADINGS};
use crate::content::html::clean::plugins::{self, formulas, lazy, tooltips};
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::clean::{
    addresses, code, counting, dropdowns, frames, links, media, obsolete, per_request, scripts,
    signs,
};
use crate::content::html::entities::push_text;
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Tag;
use crate::ledger::{Fate, Why};

/// Returns whether a start tag can be copied unseen. Most of a body's tags can.
pub fn is_plain(markup: &Markup<'_>, start: usize, tag: Tag<'_>) -> bool {
    match (tag.name, tag.attributes) {
        ("p", "" | "class=\"wp-block-paragraph\"") => {
            !tag.is_self_closing && filling(markup, start) == Filling::Something
        }
        ("ul" | "ol", "class=\"wp-block-list\"") => true,
        (name, "") => matches!(
            name,
            "em" | "strong"
                | "br"
                | "li"
                | "b"
                | "i"
                | "a"
                | "ul"
                | "ol"
                | "code"
                | "span"
                | "div"
                | "figure"
                | "figcaption"
                | "sup"
                | "sub"
                | "tr"
                | "td"
                | "th"
                | "tbody"
                | "thead"
                | "cite"
                | "blockquote"
        ),
        _ => false,
    }
}

/// Rewrites an element within SVG or `MathML`.
pub fn foreign(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Verdict {
    if element.name.eq_ignore_ascii_case("script") && !scripts::stays(body, attributes) {
        return Verdict::Replace(String::new());
    }
    if element.name == "style" {
        // It counts for the whole page here too.
        scripts::sheet(body, &text(page.markup, element.start));
        return Verdict::Replace(String::new());
    }
    scripts::common(body, attributes);
    scripts::style(body, attributes);
    body.ids.rewrite(attributes);
    Verdict::Keep
}

/// Rewrites an element of HTML.
pub fn html(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Verdict {
    if let Some(verdict) = replaced(body, page, element, attributes) {
        return verdict;
    }
    let panel = panels::part(body, page, element, attributes);
    if let Some(Verdict::Replace(list)) = panel {
        return Verdict::Replace(list);
    }
    scripts::reveal(attributes);
    plugins::reveal(body, page, element, attributes);
    scripts::common(body, attributes);
    scripts::style(body, attributes);
    if let Some(verdict) = special(body, page, element, attributes) {
        return verdict;
    }
    obsolete::attributes(element.name, attributes);
    let renamed = match panel {
        Some(Verdict::Rename(name)) => Some(name),
        _ => plugins::rename(body, page, element, attributes)
            .or_else(|| obsolete::rename(element.name, attributes)),
    };
    let name = renamed.unwrap_or(element.name);
    body.ids.rewrite(attributes);
    counted_classes(attributes);
    if HEADINGS.contains(&name) && !attributes.has("id") {
        let id = body.ids.for_heading(&text(page.markup, element.start));
        attributes.set("id", id);
    }
    scroll(page, element, name, attributes);
    if let Some(colored) = code::colored(body, page, element, attributes) {
        return Verdict::Refill(colored);
    }
    if let Some(verdict) = dropdowns::listed(body, page, element, attributes) {
        return verdict;
    }
    mark_language(body, page, element, attributes);
    panel
        .or_else(|| tooltips::parted(body, element, attributes))
        .unwrap_or_else(|| renamed.map_or(Verdict::Keep, Verdict::Rename))
}

/// Decides about what does not stay as an element of its own.
fn replaced(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    dropdowns::legacy(body, page, element, attributes)
        .or_else(|| formulas::shown(body, page, element, attributes))
        .or_else(|| dropped(body, page, element, attributes))
        .or_else(|| per_request::dropped(body, page, element, attributes))
        .or_else(|| plugins::replaced(body, page, element, attributes))
}

/// Decides about what does not stay in a body.
fn dropped(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    let nothing = || Some(Verdict::Replace(String::new()));
    match element.name {
        "img" => lazy::picture(page, attributes),
        "input" => media::button(body, attributes),
        _ => {}
    }
    match element.name {
        "html" | "head" | "body" | "frameset" => Some(Verdict::Unwrap),
        "frame" | "title" | "noframes" | "noembed" | "bgsound" | "keygen" => nothing(),
        "script" if scripts::stays(body, attributes) => None,
        "script" => {
            page.has_script = true;
            nothing()
        }
        "style" => {
            scripts::sheet(body, &written(page.markup, element.start));
            nothing()
        }
        "link" | "meta" if attributes.has("itemprop") => None,
        "link" | "meta" | "base" => {
            scripts::tell_head(body, element.name, attributes);
            nothing()
        }
        "p" => paragraph(page, element),
        "img" if media::is_portrait(attributes) => Some(portrait(body, page, element, attributes)),
        "noscript" if std::mem::take(&mut page.has_lazy_picture) => nothing(),
        // WordPress's script plays the tracks, which are listed for those who run none.
        "noscript" if element.start < page.playlist_end => Some(Verdict::Unwrap),
        "noscript" => lazy::noscript(body, page, element),
        "img" => signs::words(body, attributes).map(Verdict::Replace),
        "audio" | "video" if element.start < page.playlist_end && !attributes.has("src") => {
            nothing()
        }
        "button" if attributes.has_class("lightbox-trigger") => nothing(),
        "div" if attributes.has_class("comment-respond") => {
            forms::tell_dropped(body);
            nothing()
        }
        _ => None,
    }
}

/// Decides about a paragraph that shows nothing.
fn paragraph(page: &Page<'_>, element: Element<'_>) -> Option<Verdict> {
    match filling(page.markup, element.start) {
        Filling::Something => None,
        Filling::Nothing | Filling::Hidden if parts_text(page.markup, element.start) => None,
        Filling::Nothing => Some(Verdict::Replace(String::new())),
        Filling::Hidden => Some(Verdict::Unwrap),
    }
}

/// Leaves out a picture that another site has of who wrote something. A link around it has to hold
/// something.
fn portrait(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Verdict {
    media::tell_portrait(body);
    counting::part(body, "portraits", Fate::Dropped(Why::NotAsked));
    let alt = attributes.get("alt").filter(|_| element.start < page.link_end);
    let mut words = String::new();
    push_text(&mut words, &alt.unwrap_or_default());
    Verdict::Replace(words)
}

/// Rewrites elements that hold addresses, and remembers where those end that others ask for.
fn special(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    match element.name {
        "a" | "area" => {
            page.link_end = page.link_end.max(element.end);
            links::link(body, attributes);
        }
        "img" => {
            lazy::remember(page, &attributes.get("src").unwrap_or_default());
            media::image(body, attributes);
        }
        "source" | "track" => media::source(body, attributes),
        "video" => player(body, page, element, attributes),
        "audio" => {
            player(body, page, element, attributes);
            // Sound has no size.
            attributes.remove("width");
            attributes.remove("height");
        }
        "iframe" | "object" | "embed" | "applet" => {
            return frames::frame(body, page, element, attributes);
        }
        "div" if attributes.has_class("wp-block-embed__wrapper") => {
            return frames::bare_address(body, page, element);
        }
        "form" => return form(body, page, element, attributes),
        // What readers write must not be sent to where it is lost.
        "button" | "input"
            if element.start < page.dead_form_end && forms::sends(attributes, element.name) =>
        {
            attributes.set("disabled", "");
        }
        "blockquote" if attributes.has_class("wp-embedded-content") => {
            page.has_embedded_quote = true;
        }
        "blockquote" | "q" | "ins" | "del" if attributes.has("cite") => {
            let cite = attributes.get("cite").unwrap_or_default().into_owned();
            attributes.set("cite", addresses::tidy(&cite));
        }
        "svg" | "math" => page.foreign_end = element.end,
        "figure" if attributes.has_class("wp-block-table") => page.figure_end = element.end,
        "div" if attributes.has_class("wp-playlist") => page.playlist_end = element.end,
        _ => {}
    }
    None
}

fn player(
    body: &mut Body<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) {
    let sources = inner(page.markup, element.start, "source", "src");
    media::player(body, attributes, &sources);
}

fn form(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) -> Option<Verdict> {
    page.form_end = page.form_end.max(element.end);
    let fields = inner(page.markup, element.start, "input", "name");
    let purpose = forms::purpose(attributes, &fields);
    if purpose == Purpose::WordPress {
        forms::tell_dropped(body);
        counting::form(body, purpose, Fate::Dropped(Why::NeedsServer));
        return Some(Verdict::Replace(String::new()));
    }
    if forms::action(body, attributes, purpose) == Answered::ByNobody {
        page.dead_form_end = element.end;
    }
    None
}

/// Takes out classes in which WordPress counts: they differ from answer to answer.
fn counted_classes(attributes: &mut Attributes<'_>) {
    let is_counted = |class: &str| {
        let number = class.strip_prefix("wp-block-gallery-").or_else(|| {
            class.strip_prefix("is-style-").and_then(|style| Some(style.rsplit_once("--")?.1))
        });
        number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    if attributes.has_class_like(is_counted) {
        let classes = attributes.get("class").unwrap_or_default();
        let kept: Vec<_> =
            classes.split_ascii_whitespace().filter(|class| !is_counted(class)).collect();
        attributes.set("class", kept.join(" "));
    }
}

/// Lets readers without a mouse scroll what is wider than the page.
fn scroll(page: &Page<'_>, element: Element<'_>, name: &str, attributes: &mut Attributes<'_>) {
    let scrolls = match name {
        "pre" => true,
        "table" => element.start >= page.figure_end,
        "figure" => page.figure_end == element.end,
        _ => false,
    };
    if scrolls {
        attributes.set_if_missing("tabindex", "0");
    }
}

fn mark_language(
    body: &Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) {
    let Some(languages) = &page.languages else { return };
    let holds_text = element.end > element.start;
    if let Some(language) = attributes.get("lang").filter(|_| holds_text) {
        page.marked.push((element.end, language.into_owned()));
        return;
    }
    if !is_markable(element.name) {
        return;
    }
    let current = page.marked.last().map_or(body.setting.language, |(_, language)| language);
    let script = languages.script(element.start);
    if let Some(tag) = language::tag_for(script, current, body.surroundings) {
        attributes.set("lang", tag);
        if language::is_right_to_left(script) {
            attributes.set_if_missing("dir", "rtl");
        }
        page.marked.push((element.end, tag.to_owned()));
    }
}
