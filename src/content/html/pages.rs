//! Cuts a body into pages at `<!--nextpage-->`.

use memchr::memmem;

use crate::content::html::markup::Markup;
use crate::content::html::repair::repair;
use crate::content::html::tokens::Kind;

/// The comment that ends a page.
pub const BREAK: &str = "<!--nextpage-->";

/// Cuts a body into its pages. What is open at a break is closed before it, and opened again
/// after it.
pub fn split(markup: &Markup<'_>) -> Option<Vec<String>> {
    let breaks = breaks(markup);
    if breaks.is_empty() {
        return None;
    }
    let mut pages = Vec::new();
    let mut page = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut copied = 0;
    let mut index = 0;
    let mut breaks = breaks.into_iter().peekable();
    while index < markup.tokens.len() {
        let token = markup.tokens[index];
        if let Some((first, last)) = breaks.next_if(|(first, _)| *first == index) {
            page.push_str(&markup.html[copied..markup.tokens[first].start]);
            let names = || open.iter().filter_map(|&start| markup.start_tag(start));
            names().rev().for_each(|tag| page.extend(["</", tag.name, ">"]));
            pages.push(std::mem::take(&mut page));
            open.iter().for_each(|&start| page.push_str(markup.source(start)));
            copied = markup.tokens[last].end;
            index = last + 1;
            continue;
        }
        match token.kind {
            Kind::Start(_) if markup.end_of(index) > index => open.push(index),
            Kind::End(_) => drop(open.pop()),
            _ => {}
        }
        index += 1;
    }
    page.push_str(&markup.html[copied..]);
    pages.push(page);
    Some(pages)
}

/// Counts the pages of a body that is HTML.
pub fn count(html: &str) -> u16 {
    if memmem::find(html.as_bytes(), BREAK.as_bytes()).is_none() {
        return 1;
    }
    let repaired;
    let markup = match Markup::balanced(html) {
        Some(markup) => markup,
        None => {
            repaired = repair(html);
            Markup::printed(&repaired.html)
        }
    };
    u16::try_from(breaks(&markup).len() + 1).unwrap_or(u16::MAX)
}

/// Returns the tokens from the first to the last of each break: a comment, or the paragraph that
/// holds nothing else. As in WordPress, one that opens the body is none.
fn breaks(markup: &Markup<'_>) -> Vec<(usize, usize)> {
    let is_blank = |index: &usize| {
        markup.tokens[*index].kind == Kind::Text && markup.source(*index).trim_ascii().is_empty()
    };
    let mut breaks = Vec::new();
    for (index, token) in markup.tokens.iter().enumerate() {
        if token.kind != Kind::Comment || markup.source(index) != BREAK {
            continue;
        }
        let before = (0..index).rev().find(|index| !is_blank(index));
        let after = (index + 1..markup.tokens.len()).find(|index| !is_blank(index));
        let Some(before) = before else { continue };
        let is_paragraph = markup.start_tag(before).is_some_and(|tag| tag.name == "p");
        match after {
            Some(after) if is_paragraph && markup.end_of(before) == after => {
                breaks.push((before, after));
            }
            _ => breaks.push((index, index)),
        }
    }
    // Lines end with breaks in classic text, also before and after a page's end.
    let mut free = 0;
    for (first, last) in &mut breaks {
        let is_light = |index: usize| {
            is_blank(&index) || markup.start_tag(index).is_some_and(|tag| tag.name == "br")
        };
        while *first > free && is_light(*first - 1) {
            *first -= 1;
        }
        while *last + 1 < markup.tokens.len() && is_light(*last + 1) {
            *last += 1;
        }
        free = *last + 1;
    }
    breaks.truncate(usize::from(u16::MAX) - 1);
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let markup = Markup::balanced(html).unwrap();
        let pages = split(&markup).unwrap_or_else(|| vec![html.to_owned()]);
        assert_eq!(pages, expected);
        assert_eq!(usize::from(count(html)), pages.len());
    }

    #[test]
    fn pages_end_where_the_author_said() {
        check("<p>a</p>", &["<p>a</p>"]);
        check("<p>a</p>\n<!--nextpage-->\n<p>b</p>", &["<p>a</p>", "<p>b</p>"]);
        check("<p>a</p><p> <!--nextpage--> </p>b", &["<p>a</p>", "b"]);
    }

    #[test]
    fn line_breaks_at_the_ends_go() {
        check(
            "<p>a<br>\n<!--nextpage--><br> <!--nextpage-->b</p>",
            &["<p>a</p>", "<p></p>", "<p>b</p>"],
        );
    }

    #[test]
    fn what_is_open_goes_on() {
        check(
            "<div id=\"x\"><p>a<!--nextpage-->b</p></div>",
            &["<div id=\"x\"><p>a</p></div>", "<div id=\"x\"><p>b</p></div>"],
        );
    }

    #[test]
    fn a_break_before_everything_is_none() {
        check("\n<!--nextpage-->a", &["\n<!--nextpage-->a"]);
    }

    #[test]
    fn breaks_within_text_are_text() {
        check("<textarea><!--nextpage--></textarea>", &["<textarea><!--nextpage--></textarea>"]);
    }
}
