//! Formulas in raw texts: `$latex …$` and `[latex]…[/latex]`. They are no prose: their quotes, dashes and
//! brackets stay as they are.

use std::borrow::Cow;

use memchr::memmem;

use crate::content::context::{Context, Found};
use crate::content::html::clean::plugins::formulas;
use crate::content::html::entities::{Place, decode};
use crate::content::shortcodes::builders;
use crate::diagnostics::Diagnostic;
use crate::ledger::{Fate, How, Kind};

/// Longer ones are none: somebody has forgotten the end.
const LONGEST: usize = 4000;

/// How a formula begins and ends.
const WRITTEN: [(&str, &str, Kind, &str); 2] =
    [("$latex", "$", Kind::Part, "formulas"), ("[latex]", "[/latex]", Kind::Shortcode, "latex")];

/// Puts elements in the place of formulas.
pub fn to_elements<'t>(text: &'t str, context: &Context<'_>, found: &mut Found) -> Cow<'t, str> {
    if memmem::find(text.as_bytes(), b"latex").is_none() {
        return Cow::Borrowed(text);
    }
    let code = builders::code(text);
    let mut code = code.iter().peekable();
    let mut shown = String::new();
    let mut copied = 0;
    for at in memmem::find_iter(text.as_bytes(), b"latex") {
        while code.next_if(|(_, end)| *end <= at).is_some() {}
        let is_in_code = code.peek().is_some_and(|(start, _)| *start < at);
        let Some(start) = at.checked_sub(1).filter(|start| *start >= copied && !is_in_code) else {
            continue;
        };
        let Some((tex, end, kind, name)) = formula(text, start) else { continue };
        shown.push_str(&text[copied..start]);
        let mut html = String::new();
        formulas::push(&mut html, &decode(tex, Place::Text), formulas::Display::InLine);
        shown.push_str(&html.replace('[', "&#091;").replace(']', "&#093;"));
        found.tally.add(kind, name, Fate::Degraded(How::Plain));
        copied = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    let location = context.setting.location.clone();
    let told = Diagnostic::warning("dead-part", formulas::MESSAGE, location);
    found.diagnostics.push(told.with_help(formulas::HELP));
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// Returns the formula that starts at `start`, where it ends, and how it is counted.
fn formula(text: &str, start: usize) -> Option<(&str, usize, Kind, &'static str)> {
    if !text.is_char_boundary(start) {
        return None;
    }
    let rest = &text[start..];
    let (begins, ends, kind, name) = WRITTEN.iter().find(|written| rest.starts_with(written.0))?;
    let inner = &rest[begins.len()..];
    let is_word = *kind == Kind::Part && inner.starts_with(|next: char| next.is_alphanumeric());
    let is_escaped = *kind == Kind::Shortcode && text[..start].ends_with('[');
    if is_word || is_escaped {
        return None;
    }
    let mut longest = LONGEST.min(inner.len());
    while !inner.is_char_boundary(longest) {
        longest -= 1;
    }
    let near = &inner[..longest];
    let mut places = near.match_indices(ends);
    let end = places.find(|(at, _)| !near[..*at].ends_with('\\')).map(|(at, _)| at)?;
    let tex = &inner[..end];
    let is_one = !tex.contains("\n\n") && !tex.contains('<') && !tex.trim().is_empty();
    is_one.then_some((tex, start + begins.len() + end + ends.len(), *kind, *name))
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_classic as check;
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[test]
    fn formulas_stay_as_they_are_written() {
        check(
            "So $latex a_1 -- \"b\" [x] &lt; \\$ c$ and [latex]\\pi[/latex].",
            "<p>So <code class=\"tex-formula\">a_1 -- \"b\" &#091;x&#093; &lt; \\$ c</code> and <code class=\"tex-formula\">\\pi</code>.</p>",
        );
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        check("$latexes$ $latex a\n\nb$", "<p>$latexes$ $latex a</p>\n<p>b$</p>");
        check("<code>$latex a$</code> latex", "<p><code>$latex a$</code> latex</p>");
    }

    #[test]
    fn many_without_an_end_take_no_more_than_their_time() {
        normalize_as(BodyFormat::Classic, &"$latex a ".repeat(20_000));
    }
}
