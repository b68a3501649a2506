//! The words that a raw text holds as its author wrote them, for a proof that needs nothing of what
//! makes pages. It takes out what WordPress never shows as it is written.

use std::borrow::Cow;

use crate::commands::check::texts::words::Words;

/// Returns the words of a raw text. `None` if nobody can tell them from the text alone.
pub fn words(raw: &str) -> Option<Words> {
    // What is saved for the case that nothing is found is mostly not shown, and parts that their author
    // has hidden are not.
    const MARKS: [&str; 6] = [
        "wp:query",
        "\"blockVisibility\"",
        " disable_element=\"",
        " disabled=\"on",
        " disabled_on=\"",
        " status=\"draft\"",
    ];
    if MARKS.iter().any(|mark| raw.contains(mark)) {
        return None;
    }
    Words::of_text(&as_shown(&notes_last(raw)))
}

/// Returns a raw text with its footnotes at the end of each page, where they are shown, and numbers in
/// their place.
fn notes_last(raw: &str) -> Cow<'_, str> {
    const NAMES: [&str; 4] = ["efn_note", "footnote", "mfn", "ref"];
    if !NAMES.iter().any(|name| raw.contains(&format!("[/{name}]"))) {
        return Cow::Borrowed(raw);
    }
    let mut number = 0;
    let pages = raw.split("<!--nextpage-->").map(|page| {
        let (mut text, mut notes) = (page.to_owned(), String::new());
        let mut from = 0;
        let first = |text: &str, from: usize| {
            let places = NAMES.iter().filter_map(|name| {
                let start = from + text[from..].find(&format!("[{name}]"))?;
                let end = start + text[start..].find(&format!("[/{name}]"))?;
                Some((start, end, *name))
            });
            places.min()
        };
        while let Some((start, end, name)) = first(&text, from) {
            notes.push(' ');
            notes.push_str(&text[start + name.len() + "[]".len()..end]);
            number += 1;
            let mark = number.to_string();
            text.replace_range(start..end + name.len() + "[/]".len(), &mark);
            from = start + mark.len();
        }
        text + "\n\n" + &notes + "\n"
    });
    pages.collect::<Vec<_>>().join("<!--nextpage-->").into()
}

/// Returns a raw text without shortcodes, addresses and faces.
fn as_shown(raw: &str) -> String {
    let mut shown = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['[', 'h', ':', ';', '(', '8', '$']) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let length = shortcode(from)
            .or_else(|| address(from))
            .or_else(|| formula(from))
            .or_else(|| face(from))
            .or_else(|| cool(&shown, from))
            .or_else(|| from.starts_with("(tm)").then_some("(tm)".len()));
        let taken = length.unwrap_or(1);
        shown.push_str(if length.is_some() { " " } else { &from[..taken] });
        rest = &from[taken..];
    }
    shown.push_str(rest);
    shown.replace("Wordpress", "WordPress")
}

/// Returns the length of the tag of a shortcode: of all of it if what it holds are no words.
fn shortcode(text: &str) -> Option<usize> {
    const WITHOUT_WORDS: [&str; 9] = [
        "fusion_code",
        "fusion_imageframe",
        "fusion_youtube",
        "latex",
        "su_youtube",
        "vc_raw_html",
        "vc_raw_js",
        "vimeo",
        "youtube",
    ];
    let name = text.strip_prefix('[')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let end = text[1..].find(['[', ']'])? + 1;
    let after = text[end..].strip_prefix(']')?;
    let is_one = |known: &&str| {
        text[1..].strip_prefix(*known).is_some_and(|rest| rest.starts_with([']', ' ', '=']))
    };
    let closed = WITHOUT_WORDS.iter().find(|known| is_one(known)).and_then(|known| {
        let closing = format!("[/{known}]");
        Some(end + 1 + after.find(&closing)? + closing.len())
    });
    Some(closed.unwrap_or(end + 1))
}

/// Returns the length of an address: alone in a line it becomes a player or a link.
fn address(text: &str) -> Option<usize> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '"' | '\'' | '[');
    Some(text.find(ends).unwrap_or(text.len()))
}

/// Returns the length of a formula, which is shown as it is written.
fn formula(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("$latex")?;
    let mut places = inner.match_indices('$');
    let end = places.find(|(at, _)| !inner[..*at].ends_with('\\'))?.0;
    (!inner[..end].contains("\n\n")).then_some("$latex$".len() + end)
}

/// Returns the length of a face such as `:D` or `:lol:`, for which a picture stands.
fn face(text: &str) -> Option<usize> {
    if !text.starts_with([':', ';']) {
        return None;
    }
    let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 && text[1 + letters..].starts_with(':') {
        return Some(letters + 2);
    }
    let nose = usize::from(text[1..].starts_with('-'));
    let mouth = text[1 + nose..].chars().next().filter(char::is_ascii_alphabetic)?;
    let length = 1 + nose + mouth.len_utf8();
    is_end(&text[length..]).then_some(length)
}

/// Returns the length of a face with glasses, such as `8-)`, if it stands alone.
fn cool(before: &str, text: &str) -> Option<usize> {
    let is_free = before.is_empty() || before.ends_with("&nbsp;");
    if !is_free && !before.ends_with(|last: char| last.is_whitespace() || last == '>') {
        return None;
    }
    let faces = ["8-)", "8-O", "8)", "8O"];
    let found = faces.iter().find(|face| text.strip_prefix(**face).is_some_and(is_end));
    found.map(|face| face.len())
}

/// Returns whether a face may end before `text`.
fn is_end(text: &str) -> bool {
    text.starts_with("&nbsp;")
        || text.chars().next().is_none_or(|next| next.is_whitespace() || next == '<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &[&str]) {
        let words = words(raw).unwrap();
        let found: Vec<&str> = (0..words.len()).map(|index| words.get(index)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_an_author_wrote_is_there() {
        check(
            "<!-- wp:heading --><h2>A</h2><!-- /wp:heading -->\n\nb: c; (d) [1]",
            &["A", "b", "c", "d", "1"],
        );
        check("<a href=\"https://a.example/x\">here</a> his house", &["here", "his", "house"]);
    }

    #[test]
    fn what_wordpress_shows_otherwise_is_not() {
        check("a [gallery ids=\"1\"] b[/box] https://a.example/c d", &["a", "b", "d"]);
        check("a [vc_raw_html]JTND[/vc_raw_html] b [youtube] c [vimeo]1[/vimeo]", &["a", "b", "c"]);
        check("a $latex b \\$ c$ d [latex]e_[g][/latex] f $5", &["a", "d", "f", "5"]);
        check("a[mfn]b[/mfn] c<!--nextpage-->d[ref]e[/ref]", &["a1", "c", "b", "d2", "e"]);
        check("3x4 Wordpress :D :lol: e (tm)", &["3", "4", "WordPress", "e"]);
        check("a 8-) b :mrgreen:c<b>8O</b>&nbsp;8-O :P&nbsp;8)\n8)", &["a", "b", "c"]);
        check("18) (8) 8a 8-)b 3 8", &["18", "8", "8a", "8", "b", "3", "8"]);
        assert!(words("<!-- wp:query --><!-- /wp:query -->").is_none());
    }
}
