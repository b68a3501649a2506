//! Formulas that another site drew, or a script: they stand there as they were written, in TeX.

use percent_encoding::percent_decode_str;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::lookahead::written;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::entities::{Place, decode, push_text};
use crate::content::surroundings::Target;
use crate::ledger::{Fate, How, Why};

/// What is told of formulas.
pub const MESSAGE: &str =
    "formulas that another site or a script drew stand there as they were written, in TeX";
/// What can be done about them.
pub const HELP: &str = "put a picture or MathML in their place if readers cannot read TeX";

/// The class of an element that holds TeX.
pub const CLASS: &str = "tex-formula";

/// How a formula stands in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Display {
    /// Among words.
    InLine,
    /// On its own.
    Block,
}

/// Puts TeX in the place of its picture or script.
pub fn shown(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    let (tex, display) = match element.name {
        "img" => (drawn(body, attributes)?, Display::InLine),
        "script" if !body.keeps_scripts() => {
            let kind = attributes.get("type")?;
            let mode = kind.strip_prefix("math/tex")?;
            let tex = written(page.markup, element.start);
            let display = if mode.contains("display") { Display::Block } else { Display::InLine };
            (decode(without_marks(&tex), Place::Text).into_owned(), display)
        }
        "span" => return copy(body, page, element, attributes),
        _ => return None,
    };
    if tex.trim().is_empty() {
        return None;
    }
    body.findings.warn("dead-part", MESSAGE, HELP);
    counting::part(body, "formulas", Fate::Degraded(How::Plain));
    let mut html = String::new();
    push(&mut html, &tex, display);
    Some(Verdict::Replace(html))
}

/// Adds TeX for people to read.
pub fn push(html: &mut String, tex: &str, display: Display) {
    let more = if display == Display::Block { " is-display" } else { "" };
    html.extend(["<code class=\"", CLASS, more, "\">"]);
    push_text(html, tex.trim());
    html.push_str("</code>");
}

/// Returns the TeX of a picture of a formula that is not in the media library.
fn drawn(body: &Body<'_>, attributes: &Attributes<'_>) -> Option<String> {
    let source = attributes.get("src")?;
    let alt = || attributes.get("alt").unwrap_or_default().into_owned();
    if let Some((_, query)) = source.split_once("/latex.php?") {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let written = pairs.find(|(name, _)| *name == "latex").map(|(_, value)| value);
        let written = written.map(|value| value.replace('+', " "));
        let decoded = written
            .and_then(|value| Some(percent_decode_str(&value).decode_utf8().ok()?.into_owned()));
        return Some(decoded.filter(|tex| !tex.trim().is_empty()).unwrap_or_else(alt));
    }
    let is_of_plugin = attributes.has_class_like(|class| class.starts_with("ql-img-"));
    let is_lost = || matches!(body.surroundings.file(source.trim()), Target::Lost(_));
    (is_of_plugin && is_lost()).then(alt)
}

/// Some write comments around it, which are none to TeX.
fn without_marks(tex: &str) -> &str {
    let tex = tex.trim();
    let inner = tex.strip_prefix("% <![CDATA[").and_then(|rest| rest.strip_suffix("%]]>"));
    inner.unwrap_or(tex).trim().trim_end_matches('%')
}

/// Takes out what `KaTeX` drew beside `MathML`, which browsers show themselves.
fn copy(
    body: &mut Body<'_>,
    page: &mut Page<'_>,
    element: Element<'_>,
    attributes: &Attributes<'_>,
) -> Option<Verdict> {
    if attributes.has_class("katex-mathml") {
        page.drawn_again = element.end + 1;
    }
    let is_again = element.start > 0 && element.start == page.drawn_again;
    let is_copy = is_again && attributes.has_class("katex-html");
    if !is_copy || body.keeps_scripts() {
        return None;
    }
    counting::part(body, "copies", Fate::Dropped(Why::Unshown));
    Some(Verdict::Replace(String::new()))
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    #[test]
    fn pictures_of_other_sites_are_read() {
        check(
            "<p>a <img src=\"https://s0.wp.com/latex.php?latex=x+%3C+%5Cfrac%7B1%7D%7B2%7D&#038;bg=ffffff&#038;fg=000\" alt=\"x\" class=\"latex\" /></p>",
            "<p>a <code class=\"tex-formula\">x &lt; \\frac{1}{2}</code></p>",
            &["dead-part"],
        );
        check(
            "<img class=\"ql-img-inline-formula\" src=\"https://example.org/wp-content/ql-cache/lost.png\" alt=\"&#92;pi\">",
            "<code class=\"tex-formula\">\\pi</code>",
            &["dead-part"],
        );
    }

    #[test]
    fn scripts_that_hold_formulas_are_read() {
        check(
            "a <script type=\"math/tex\">x < y &gt; z</script><script type=\"math/tex; mode=display\">% <![CDATA[\n\\sum x %]]></script>",
            "a <code class=\"tex-formula\">x &lt; y &gt; z</code><code class=\"tex-formula is-display\">\\sum x</code>",
            &["dead-part"],
        );
    }

    #[test]
    fn formulas_that_browsers_show_stand_once() {
        check(
            "<span class=\"katex\"><span class=\"katex-mathml\"><math><mi>x</mi></math></span><span class=\"katex-html\" aria-hidden=\"true\"><span>x</span></span></span>",
            "<span class=\"katex\"><span class=\"katex-mathml\"><math><mi>x</mi></math></span></span>",
            &[],
        );
        let alone = "<span class=\"katex-html\">x</span>";
        check(alone, alone, &[]);
    }
}
