//! Markdown to HTML.

use pulldown_cmark::{Options, Parser, html};

/// Returns Markdown as HTML: `CommonMark` with tables, footnotes, strikethrough and task lists.
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut printed = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut printed, Parser::new_ext(markdown, options));
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(to_html(markdown).trim_end(), expected);
    }

    #[test]
    fn the_usual_extensions_are_known() {
        check("~~a~~", "<p><del>a</del></p>");
        check("## A {#b}", "<h2 id=\"b\">A</h2>");
        check(
            "- [x] a",
            "<ul>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\na</li>\n</ul>",
        );
    }

    #[test]
    fn page_breaks_stay() {
        check("a\n\n<!--nextpage-->\n\nb", "<p>a</p>\n<!--nextpage-->\n<p>b</p>");
    }
}
