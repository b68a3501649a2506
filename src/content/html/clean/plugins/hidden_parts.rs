//! Elements that a style hides until a script shows them: without it readers would never see them.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::plugins::tooltips;
use crate::content::html::clean::verdict::Element;
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Kind;
use crate::ledger::{Fate, How};

/// Words in the names of parts that readers open: panels of accordions and tabs, slides, the rest of
/// a text, and of tables and forms that are shown once they are set up.
const OPENED: [&str; 17] = [
    "accordion",
    "answer",
    "body",
    "carousel",
    "collaps",
    "content",
    "expand",
    "faq",
    "footnote",
    "form",
    "gallery",
    "more",
    "panel",
    "slide",
    "spoiler",
    "tab",
    "toggle",
];
/// Words in the names of parts that come over a page, or that only say that something is under way.
const FLEETING: [&str; 14] = [
    "consent",
    "cookie",
    "honeypot",
    "lightbox",
    "loader",
    "loading",
    "modal",
    "newsletter",
    "optin",
    "overlay",
    "popup",
    "response",
    "spinner",
    "tooltip",
];
const HIDDEN: &str = "take `display:none` off it in WordPress if readers could open it";

/// Shows what a style or `hidden` hides until readers open it, and tells of other texts that stay
/// hidden.
pub fn reveal(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &mut Attributes<'_>,
) {
    let is_beside = tooltips::is_beside(element, attributes);
    if element.start < page.hidden_end || is_inline(element.name) && !is_beside {
        return;
    }
    // A script would have laid them out, one over the other.
    if element.name.starts_with("rs-") {
        attributes.remove("style");
    }
    let style = attributes.get("style").unwrap_or_default();
    let hides = |declaration: &str| hiding(declaration).is_some();
    let is_hidden = attributes.has("hidden") && !attributes.is("hidden", "until-found");
    if !is_hidden && !style.split(';').any(hides) {
        return;
    }
    let is_removed = is_hidden || style.split(';').any(|it| hiding(it) == Some(Hiding::Removed));
    let names = [attributes.get("class"), attributes.get("id")].map(Option::unwrap_or_default);
    let names = names.join(" ").to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
    let is_over_page =
        declarations(&style).any(|(name, value)| name == "position" && value == "fixed");
    let is_fleeting = is_over_page || is_removed && has(&FLEETING);
    let is_panel = is_beside || element.start == page.panels.open && element.start > 0;
    let is_opened = is_panel || has(&OPENED) || attributes.is("role", "tabpanel");
    if is_fleeting && !is_panel || is_removed && !is_opened {
        page.hidden_end = element.end;
        tell(body, page, element, is_fleeting.then_some(Fleeting));
        return;
    }
    if is_removed && !shows_something(page.markup, element) {
        page.hidden_end = element.end;
        return;
    }
    if is_removed && !is_panel {
        counting::part(body, "hidden panels", Fate::Converted);
    }
    unhide(attributes, &style);
}

/// What would come over the page.
struct Fleeting;

fn tell(body: &mut Body<'_>, page: &Page<'_>, element: Element<'_>, fleeting: Option<Fleeting>) {
    let Some(words) = first_words(page.markup, element) else { return };
    let (part, name) = match fleeting {
        Some(Fleeting) => ("what would come over the page", "windows over the page"),
        None => ("a part of the text", "hidden parts"),
    };
    let message = format!("{part} is hidden by its style and stays so: “{words}”");
    body.findings.warn("hidden-part", message, HIDDEN);
    counting::part(body, name, Fate::Degraded(How::Hidden));
}

fn unhide(attributes: &mut Attributes<'_>, style: &str) {
    for name in ["hidden", "aria-hidden"] {
        attributes.remove(name);
    }
    let stays = |it: &&str| !it.trim().is_empty() && hiding(it).is_none();
    let kept: Vec<&str> = style.split(';').filter(stays).map(str::trim).collect();
    match kept.is_empty() {
        true => drop(attributes.remove("style")),
        false => attributes.set("style", kept.join(";")),
    }
}

/// Takes out of a style sheet what hides the panels of accordions and tabs.
pub fn sheet(css: &str) -> String {
    let mut shown = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(open) = rest.find('{') {
        let (head, after) = rest.split_at(open + 1);
        shown.push_str(head);
        let end = after.find(['{', '}']).unwrap_or(after.len());
        let is_rule = after[end..].starts_with('}');
        let selector = head.trim_end_matches('{');
        let selector = selector.rfind(['{', '}', ';']).map_or(selector, |at| &selector[at + 1..]);
        if is_rule && names_panels(selector) {
            let kept: Vec<&str> =
                after[..end].split(';').filter(|it| hiding(it).is_none()).collect();
            shown.push_str(&kept.join(";"));
        } else if is_rule {
            shown.push_str(&after[..end]);
        }
        rest = if is_rule { &after[end..] } else { after };
    }
    shown.push_str(rest);
    shown
}

/// Returns whether all that a list of selectors chooses are panels: not their signs, nor what is made
/// by the sheet.
fn names_panels(selectors: &str) -> bool {
    selectors.split(',').all(|selector| {
        let last = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
        let is_panel = [
            "-content",
            "-panel",
            "-body",
            "-answer",
            "_content",
            ":not(.active)",
            ":not(.e-active)",
        ]
        .iter()
        .any(|end| last.ends_with(end));
        is_panel && !last.contains("::") && !FLEETING.iter().any(|word| selector.contains(word))
    })
}

/// How a declaration hides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hiding {
    /// The place is kept, as for what is to fade in.
    Faded,
    /// Nothing is to be seen of it.
    Removed,
}

fn hiding(declaration: &str) -> Option<Hiding> {
    let (name, value) = declarations(declaration).next()?;
    match (&*name, &*value) {
        ("display", "none") => Some(Hiding::Removed),
        ("visibility", "hidden") => Some(Hiding::Faded),
        ("opacity", value) if value.parse() == Ok(0.0) => Some(Hiding::Faded),
        ("transform", "scale(0)") => Some(Hiding::Faded),
        _ => None,
    }
}

fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        Some((name.trim().to_ascii_lowercase(), value.to_ascii_lowercase()))
    })
}

/// Words within a line are hidden to keep its place, and labels because they are read aloud.
fn is_inline(name: &str) -> bool {
    const BLOCKS: [&str; 24] = [
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "figure",
        "form",
        "table",
        "ul",
        "ol",
        "dl",
        "li",
        "tr",
        "tbody",
        "img",
        "blockquote",
        "details",
        "fieldset",
        "h2",
        "h3",
        "picture",
    ];
    !BLOCKS.contains(&name) && !name.contains('-')
}

/// Returns whether text or a picture is in an element, and not only fields that no reader fills in.
fn shows_something(markup: &Markup<'_>, element: Element<'_>) -> bool {
    let mut shows = matches!(element.name, "img" | "picture");
    for index in element.start + 1..element.end {
        match markup.tokens[index].kind {
            Kind::Text => shows |= !markup.source(index).trim_ascii().is_empty(),
            Kind::Start(tag) if tag.name == "form" => return true,
            Kind::Start(tag) if matches!(tag.name, "input" | "textarea" | "select") => {
                return element.name == "form";
            }
            Kind::Start(tag) => shows |= matches!(tag.name, "img" | "iframe" | "video" | "audio"),
            _ => {}
        }
    }
    shows
}

fn first_words(markup: &Markup<'_>, element: Element<'_>) -> Option<String> {
    const MANY: usize = 8;
    if !shows_something(markup, element) {
        return None;
    }
    let texts =
        (element.start + 1..element.end).filter(|index| markup.tokens[*index].kind == Kind::Text);
    let words: Vec<&str> =
        texts.flat_map(|index| markup.source(index).split_ascii_whitespace()).take(MANY).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::sheet;
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    #[test]
    fn what_readers_would_open_is_shown() {
        check(
            "<div class=\"tab-content\" style=\"display: none;\"><p>a</p></div>",
            "<div class=\"tab-content\"><p>a</p></div>",
            &[],
        );
        check(
            "<div class=\"c-accordion__content\" hidden=\"hidden\" aria-hidden=\"true\">a</div>",
            "<div class=\"c-accordion__content\">a</div>",
            &[],
        );
    }

    #[test]
    fn what_would_fade_in_is_shown() {
        check(
            "<section style=\"opacity: 0; color:red; visibility:hidden !important\">a</section>",
            "<section style=\"color:red\">a</section>",
            &[],
        );
        check(
            "<div class=\"x-lightbox\" style=\"visibility:hidden\"><div style=\"transform: scale(0)\">a</div></div>",
            "<div class=\"x-lightbox\"><div>a</div></div>",
            &[],
        );
        check("<rs-slide style=\"position: absolute\">a</rs-slide>", "<rs-slide>a</rs-slide>", &[]);
        let gap = "<p>a<span style=\"visibility:hidden\">b</span></p>";
        check(gap, gap, &[]);
    }

    #[test]
    fn other_hidden_texts_stay_hidden_and_are_told() {
        let html = "<div style=\"display:none\"><div class=\"tab\" style=\"display:none\">a &amp; b</div></div>";
        check(html, html, &["hidden-part"]);
        let empty = "<div style=\"display:none\"><input type=\"text\"></div>";
        check(empty, empty, &[]);
    }

    #[test]
    fn what_comes_over_the_page_stays_away() {
        for html in [
            "<div class=\"popup-content\" style=\"display:none\">a</div>",
            "<div style=\"position: fixed;opacity: 0\">a</div>",
        ] {
            check(html, html, &["hidden-part"]);
        }
        let wheel = "<div class=\"modal-overlay\" style=\"display:none\"><div></div></div>";
        check(wheel, wheel, &[]);
    }

    #[test]
    fn fields_against_robots_stay_hidden() {
        let field = "<div class=\"form-field\" style=\"display:none\"><label>Leave empty</label><input type=\"text\" name=\"a\"></div>";
        check(field, field, &[]);
    }

    #[test]
    fn sheets_do_not_hide_panels() {
        let css = ".x .e-tab-content{display:none;margin:0}.y-icon{display:none}@media (x){.z-panel{visibility:hidden}}";
        let shown = ".x .e-tab-content{margin:0}.y-icon{display:none}@media (x){.z-panel{}}";
        assert_eq!(sheet(css), shown);
        let content = normalize_as(BodyFormat::Rendered, &format!("<style>{css}</style>a"));
        assert_eq!(content.styles.trim(), shown);
        for same in
            [".a-content::before{display:none}", ".popup-content{display:none}", "a{b", "a{{}"]
        {
            assert_eq!(sheet(same), same);
        }
    }
}
