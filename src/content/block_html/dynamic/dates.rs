//! Dates as blocks write them: by a pattern in the letters of PHP's `date`.

use std::fmt::Write;

use chrono::{DateTime, FixedOffset, SecondsFormat};

use crate::content::block_html::render::Renderer;
use crate::content::html::entities::push_attribute;
use crate::content::surroundings::DatePattern;

/// Returns a moment in words: by `format`, else as the site writes dates.
pub fn written(renderer: &Renderer<'_>, moment: &DateTime<FixedOffset>, format: &str) -> String {
    let surroundings = renderer.context.surroundings;
    let format = if format.is_empty() { surroundings.site().date_format } else { format };
    match format {
        "" => surroundings.date(moment, DatePattern::Site),
        format => surroundings.date(moment, DatePattern::Written(&pattern(format))),
    }
}

/// Returns a moment as machines read it.
pub fn machine(moment: &DateTime<FixedOffset>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Adds a moment as a `time` element, with the attributes in `more`.
pub fn push(html: &mut String, moment: &DateTime<FixedOffset>, words: &str, more: &str) {
    let _ = write!(html, "<time datetime=\"{}\"{more}>", machine(moment));
    push_attribute(html, words);
    html.push_str("</time>");
}

/// Returns a pattern of PHP's `date` as one of `strftime`. Letters that have no equal are left out.
fn pattern(php: &str) -> String {
    let mut pattern = String::with_capacity(php.len() * 2);
    let mut letters = php.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // What follows is meant as it is written.
            '\\' => match letters.next() {
                Some('%') => pattern.push_str("%%"),
                Some(letter) => pattern.push(letter),
                None => {}
            },
            letter => match part(letter) {
                Some(part) => pattern.push_str(part),
                None => pattern.push(letter),
            },
        }
    }
    pattern
}

/// Returns what stands for a letter of PHP's `date`. `None`: it stands for itself.
fn part(letter: char) -> Option<&'static str> {
    Some(match letter {
        'd' => "%d",
        'j' => "%-d",
        'D' => "%a",
        'l' => "%A",
        'N' => "%u",
        'w' => "%w",
        'z' => "%j",
        'W' => "%V",
        'F' => "%B",
        'M' => "%b",
        'm' => "%m",
        'n' => "%-m",
        'Y' => "%Y",
        'o' => "%G",
        'y' => "%y",
        'a' => "%P",
        'A' => "%p",
        'g' => "%-I",
        'G' => "%-H",
        'h' => "%I",
        'H' => "%H",
        'i' => "%M",
        's' => "%S",
        'T' | 'e' | 'P' => "%:z",
        'O' => "%z",
        'U' => "%s",
        'c' => "%Y-%m-%dT%H:%M:%S%:z",
        'r' => "%a, %d %b %Y %H:%M:%S %z",
        'S' | 'L' | 'B' | 'u' | 'v' | 't' | 'I' | 'Z' => "",
        '%' => "%%",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_php_are_understood() {
        let moment = DateTime::parse_from_rfc3339("2026-02-03T14:05:06+01:00").unwrap();
        let check = |php: &str, expected: &str| {
            assert_eq!(moment.format(&pattern(php)).to_string(), expected);
        };
        check("F j, Y", "February 3, 2026");
        check("j. F Y", "3. February 2026");
        check("D, d M y g:i a", "Tue, 03 Feb 26 2:05 pm");
        check("\\a\\t H:i 100%", "at 14:05 100%");
        check("jS", "3");
    }
}
