//! The lines of a text: where they end with a break, and which are empty.

/// What stands on either side of a text, on which its first and its last line break depend.
#[derive(Clone, Copy, Debug)]
pub struct Edges {
    /// Ends a line, or needs no break after it.
    pub before: bool,
    /// Needs no break before it.
    pub after: bool,
}

/// Prints text with a `<br />` at each line's end.
pub fn print_lines(html: &mut String, text: &str, edges: Edges) {
    let mut lines = text.split('\n').peekable();
    let mut line = lines.next().unwrap_or_default();
    let mut has_break = edges.before && line.trim_ascii().is_empty();
    while let Some(next) = lines.next() {
        let is_last = lines.peek().is_none() && next.trim_ascii().is_empty();
        has_break |= is_last && edges.after;
        html.push_str(if has_break { line } else { line.trim_ascii_end() });
        html.push_str(if has_break { "\n" } else { "<br />\n" });
        has_break = false;
        line = next;
    }
    html.push_str(line);
}

/// Cuts `text` in two around its first empty line.
pub fn split_at_empty_line(text: &str) -> Option<(&str, &str)> {
    let mut position = 0;
    while let Some(next) = memchr::memchr(b'\n', &text.as_bytes()[position..]) {
        let end = position + next;
        let after = text[end + 1..].trim_start_matches([' ', '\t', '\x0c']);
        if let Some(after) = after.strip_prefix('\n') {
            return Some((&text[..end], after));
        }
        position = text.len() - after.len();
    }
    None
}
