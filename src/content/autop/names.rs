//! What WordPress does around each element.

/// Returns whether the content of an element is not laid out.
pub fn is_kept(name: &str) -> bool {
    name == "script" || is_kept_block(name)
}

/// Returns whether an element is not laid out, and stands outside paragraphs.
pub fn is_kept_block(name: &str) -> bool {
    matches!(name, "pre" | "style")
}

/// Returns whether an element stands outside paragraphs. A caption of a figure does, too, but what
/// stands around it does not part from it.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "area"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
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
            | "legend"
            | "li"
            | "map"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "style"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Returns whether line breaks within an element are none to readers.
pub fn is_quiet(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// Returns whether a tag, as written, is treated like one of an element that stands outside paragraphs
/// once these have been made: WordPress looks only at how its name begins.
pub fn is_alike(tag: &str) -> bool {
    const BEGINNINGS: [&str; 39] = [
        "table",
        "thead",
        "tfoot",
        "caption",
        "col",
        "tbody",
        "tr",
        "td",
        "th",
        "div",
        "dl",
        "dd",
        "dt",
        "ul",
        "ol",
        "li",
        "form",
        "map",
        "area",
        "blockquote",
        "address",
        "style",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "fieldset",
        "legend",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "menu",
    ];
    begins(tag, &BEGINNINGS) || begins(tag, &["hgroup", "fig", "details", "summary"])
}

/// Returns whether the line break before a tag, as written, is none to readers.
pub fn takes_break(tag: &str) -> bool {
    begins(tag, &["p", "li", "div", "dl", "dd", "dt", "th", "td", "ul", "ol"])
}

fn begins(tag: &str, beginnings: &[&str]) -> bool {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    beginnings.iter().any(|beginning| name.starts_with(beginning))
}

/// Returns whether WordPress leaves the line break that stands before an end tag.
pub fn keeps_last_break(closed: &str) -> bool {
    !matches!(
        closed,
        "" | "p"
            | "li"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "th"
            | "pre"
            | "td"
            | "ul"
            | "ol"
            | "blockquote"
            | "figcaption"
    )
}
