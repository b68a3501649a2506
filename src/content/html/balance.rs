//! Whether the tags of a source balance, and the tree a browser makes of it is the one they say.

use crate::content::html::names::is_void;
use crate::content::html::tokens::{Kind, Tag, Token};

/// How deep elements may nest: as deep as in browsers.
pub const DEPTH_LIMIT: usize = 512;

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Open<'a> {
    name: &'a str,
    index: usize,
    within: Within,
}

/// What an element stands in, as far as it decides what may start there.
#[derive(Clone, Copy, Debug, Default)]
struct Within {
    /// A start tag of a block would end this paragraph.
    paragraph: bool,
    /// A start tag of a list item would end this one.
    item: bool,
    /// As `item`, for `dt` and `dd`.
    definition: bool,
    link: bool,
    nobr: bool,
    button: bool,
    form: bool,
    foreign: bool,
}

/// Returns the partners of `tokens` as in [`super::markup::Markup`]. `None` if a browser would make another
/// tree of them than the tags say, or one that is too deep.
pub fn check(html: &str, tokens: &[Token<'_>]) -> Option<Vec<u32>> {
    let mut partners: Vec<u32> = (0..u32::try_from(tokens.len()).ok()?).collect();
    let mut open: Vec<Open<'_>> = Vec::with_capacity(32);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Start(tag) => {
                let within = enter(tag, open.last())?;
                let is_whole = if within.foreign { tag.is_self_closing } else { is_void(tag.name) };
                if !is_whole {
                    if open.len() == DEPTH_LIMIT {
                        return None;
                    }
                    open.push(Open { name: tag.name, index, within });
                }
            }
            Kind::End(name) => {
                let last = open.pop().filter(|last| last.name == name)?;
                partners[last.index] = u32::try_from(index).ok()?;
            }
            Kind::Text => {
                let is_blank = || html[token.start..token.end].trim_ascii().is_empty();
                let takes_no_text = open.last().is_some_and(|last| takes_no_text(last.name));
                if takes_no_text && !is_blank() {
                    return None;
                }
            }
            Kind::Raw | Kind::Cdata | Kind::Comment => {}
        }
    }
    open.is_empty().then_some(partners)
}

/// Returns the partners of `tokens`, which were printed from a tree and so balance.
pub fn pair(tokens: &[Token<'_>]) -> Vec<u32> {
    let mut partners: Vec<u32> = (0..).take(tokens.len()).collect();
    let mut open: Vec<(&str, u32)> = Vec::new();
    let mut foreign = 0_usize;
    for (index, token) in (0..).zip(tokens) {
        match token.kind {
            Kind::Start(tag) => {
                let is_foreign = matches!(tag.name, "svg" | "math");
                let is_whole =
                    if foreign > 0 || is_foreign { tag.is_self_closing } else { is_void(tag.name) };
                if !is_whole {
                    open.push((tag.name, index));
                    foreign += usize::from(is_foreign);
                }
            }
            Kind::End(name) => {
                // HTML may stand within SVG again, and its void elements have no end there either.
                while open.pop_if(|(last, _)| *last != name && is_void(last)).is_some() {}
                if let Some((name, start)) = open.pop_if(|(last, _)| *last == name) {
                    partners[start as usize] = index;
                    foreign -= usize::from(matches!(name, "svg" | "math"));
                }
            }
            _ => {}
        }
    }
    partners
}

/// Returns what stands within the element `tag` opens below `parent`. `None` if a browser would
/// put it elsewhere, or close something first.
fn enter(tag: Tag<'_>, parent: Option<&Open<'_>>) -> Option<Within> {
    let name = tag.name;
    let outer = parent.map(|parent| parent.within).unwrap_or_default();
    if outer.foreign {
        // HTML in SVG and the other way about is for a real parser to judge.
        return (!breaks_out(name)).then_some(outer);
    }
    let parent = parent.map_or("", |parent| parent.name);
    if !may_hold(parent, name) {
        return None;
    }
    if outer.paragraph && ends_paragraph(name) {
        return None;
    }
    let is_heading = |name| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let would_close = match name {
        "li" => outer.item,
        "dt" | "dd" => outer.definition,
        "a" => outer.link,
        "nobr" => outer.nobr,
        "button" => outer.button,
        "form" => outer.form,
        "option" | "optgroup" => parent == "option",
        "rb" | "rt" | "rp" | "rtc" => matches!(parent, "rb" | "rt" | "rp"),
        // Tags that are renamed, ignored or swallow what follows.
        "image" | "html" | "head" | "body" | "frameset" | "frame" | "template" => true,
        _ => is_heading(name) && is_heading(parent),
    };
    (!would_close).then(|| inside(name, outer))
}

fn inside(name: &str, outer: Within) -> Within {
    match name {
        "p" => Within { paragraph: true, ..outer },
        "li" => Within { item: true, definition: false, ..outer },
        "dt" | "dd" => Within { definition: true, item: false, ..outer },
        "a" => Within { link: true, ..outer },
        "nobr" => Within { nobr: true, ..outer },
        "form" => Within { form: true, ..outer },
        "button" => {
            Within { button: true, paragraph: false, item: false, definition: false, ..outer }
        }
        "svg" | "math" => Within { foreign: true, ..outer },
        "td" | "th" | "caption" | "object" | "applet" | "marquee" | "table" => {
            Within { form: outer.form, ..Within::default() }
        }
        "address" | "div" => outer,
        _ if is_special(name) => Within { item: false, definition: false, ..outer },
        _ => outer,
    }
}

/// Returns whether `parent` may hold `child` without the parser adding or moving anything. Outside
/// tables and selects, it may.
fn may_hold(parent: &str, child: &str) -> bool {
    let is_part = matches!(
        child,
        "caption" | "colgroup" | "col" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"
    );
    match parent {
        "table" => matches!(
            child,
            "caption" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr" | "style" | "script"
        ),
        "thead" | "tbody" | "tfoot" => matches!(child, "tr" | "style" | "script"),
        "tr" => matches!(child, "td" | "th" | "style" | "script"),
        "colgroup" => child == "col",
        "select" => matches!(child, "option" | "optgroup" | "hr" | "script"),
        "optgroup" => matches!(child, "option" | "script"),
        "option" => false,
        _ => !is_part,
    }
}

fn takes_no_text(parent: &str) -> bool {
    matches!(parent, "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup")
}

/// Returns whether a start tag `name` ends the paragraph around it.
pub fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}

/// Returns whether list items beyond the element `name` are out of reach of an inner one.
pub fn is_special(name: &str) -> bool {
    (ends_paragraph(name) && name != "p")
        || matches!(
            name,
            "noscript"
                | "select"
                | "iframe"
                | "noembed"
                | "noframes"
                | "script"
                | "style"
                | "textarea"
                | "title"
                | "colgroup"
                | "tbody"
                | "thead"
                | "tfoot"
                | "tr"
        )
}

/// Returns whether an HTML element `name` would end the SVG around it, or may hold HTML.
pub fn breaks_out(name: &str) -> bool {
    ends_paragraph(name)
        || matches!(
            name,
            "b" | "big"
                | "body"
                | "br"
                | "code"
                | "em"
                | "embed"
                | "font"
                | "head"
                | "i"
                | "img"
                | "meta"
                | "nobr"
                | "ruby"
                | "s"
                | "small"
                | "span"
                | "strong"
                | "strike"
                | "sub"
                | "sup"
                | "tt"
                | "u"
                | "var"
                | "svg"
                | "math"
                | "annotation-xml"
                | "desc"
                | "foreignObject"
                | "foreignobject"
        )
}
