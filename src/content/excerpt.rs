//! Excerpts: cut from a text, or cleaned as they were saved.

use std::borrow::Cow;

use memchr::memmem;

use crate::content::html::pages;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::script::script_of;
use crate::content::text;
use crate::model::Script;
use crate::wordpress;

/// As many words as WordPress shows.
const WORDS: usize = 55;
const SYLLABLES: usize = 60;
const CHARACTERS: usize = 110;

/// Returns a saved excerpt as plain text, without the marks WordPress ends it with. One that is
/// twice as long as it should be is cut: WordPress counts spaces, of which some scripts have none.
pub fn excerpt_text(html: &str) -> String {
    let html = without_more_link(html);
    let text = text::plain_text(&html);
    let bare = text.trim_end();
    let ends = ["[…]", "[...]", "[&hellip;]"];
    let text = match ends.iter().find_map(|end| bare.strip_suffix(end)) {
        Some(bare) => {
            let bare = bare.trim_end().trim_end_matches('…').trim_end_matches("...");
            format!("{}…", bare.trim_end())
        }
        None => bare.to_owned(),
    };
    let bare = text.trim_end_matches('…');
    match shortened(bare, script_of(&text)) {
        Some(end) => ended(bare, end),
        None => text,
    }
}

/// Returns what of a text its author wants shown in lists: its first page, up to `<!--more-->` if
/// anything stands before that.
pub fn teaser(text: &str) -> &str {
    let first_page = text.split(pages::BREAK).next().unwrap_or_default();
    let Some(end) = memmem::find(first_page.as_bytes(), b"<!--more") else { return first_page };
    let (before, mark) = first_page.split_at(end);
    let is_mark = mark.contains("-->");
    if is_mark && text::runs(before).any(|run| !run.trim().is_empty()) {
        before
    } else {
        first_page
    }
}

/// Plain text, cut to the length of an excerpt.
#[derive(Debug, Eq, PartialEq)]
pub enum Cut {
    /// It is not longer than that.
    Whole,
    /// Its beginning, with `…` after it.
    Short(String),
}

/// Cuts plain text to the length of an excerpt: as WordPress does, at spaces, unless that leaves
/// more than twice what it should.
pub fn cut(text: &str, script: Script) -> Cut {
    let words = after_words(text, WORDS);
    let shown = &text[..words.unwrap_or(text.len())];
    match shortened(shown, script).or(words) {
        Some(end) => Cut::Short(ended(text, end)),
        None => Cut::Whole,
    }
}

/// Returns where an excerpt is to be cut that is twice as long as it should be.
fn shortened(text: &str, script: Script) -> Option<usize> {
    split(text, script, 2).and_then(|_| split(text, script, 1))
}

fn ended(text: &str, end: usize) -> String {
    format!("{}…", text[..end].trim_end())
}

/// Returns text without the shortcodes of WordPress's own, which would show as they are written.
pub fn without_shortcodes(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let (before, from) = rest.split_at(start);
        // Of an escaped one WordPress leaves nothing either.
        if let Some(end) = escaped_end(from) {
            kept.push_str(before);
            rest = &from[end..];
            continue;
        }
        let name = from[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
        let known = name.filter(|name| wordpress::is_shortcode(name));
        let end = known.and_then(|known| shortcode_end(from, known));
        kept.push_str(before);
        match end {
            Some(end) => rest = &from[end..],
            None => {
                kept.push('[');
                rest = &from[1..];
            }
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Returns where `[[gallery]]` ends, if that is what stands there.
fn escaped_end(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[[")?;
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
    wordpress::is_shortcode(name).then_some(())?;
    Some(inner.find("]]")? + "[[]]".len())
}

/// Returns where a shortcode ends: at its closing tag, if it has one.
fn shortcode_end(text: &str, name: &str) -> Option<usize> {
    let end = text.find(']')? + 1;
    let closing = format!("[/{name}]");
    Some(text.find(&closing).map_or(end, |at| at + closing.len()))
}

/// Cuts plain text to at most `limit` characters, at a space or tsheg if there is one near, never
/// inside a letter's stack, and marks the cut with `…`.
pub fn cut_to(text: &str, limit: usize) -> String {
    let text = text.trim();
    let mut pause = None;
    let mut edge = 0;
    for (count, (at, character)) in text.char_indices().enumerate() {
        if !is_sign(character) {
            edge = at;
        }
        if count == limit {
            let end = pause.unwrap_or(edge);
            return format!("{}…", text[..end].trim_end());
        }
        if matches!(character, ' ' | '་' | '།') && count >= limit / 2 {
            pause = Some(at + character.len_utf8());
        }
    }
    text.to_owned()
}

/// Returns whether a script has no spaces between words.
pub fn has_no_spaces(script: Script) -> bool {
    matches!(
        script,
        Script::Tibetan
            | Script::Han
            | Script::Kana
            | Script::Thai
            | Script::Khmer
            | Script::Lao
            | Script::Myanmar
    )
}

/// Returns where `text` is to be cut, if it is longer than `times` an excerpt.
fn split(text: &str, script: Script, times: usize) -> Option<usize> {
    match script {
        Script::Tibetan => after_syllables(text, SYLLABLES * times),
        _ if has_no_spaces(script) => after_characters(text, CHARACTERS * times),
        _ => after_words(text, WORDS * times),
    }
}

fn after_words(text: &str, words: usize) -> Option<usize> {
    let mut spaces = text.match_indices(' ').skip(words - 1);
    spaces.next().map(|(at, _)| at)
}

/// Returns the end of the last sentence within the first `limit` syllables, if that leaves most of
/// them, else the end of the last syllable.
fn after_syllables(text: &str, limit: usize) -> Option<usize> {
    let mut syllables = 0;
    let mut sentence = None;
    let mut in_syllable = false;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        match character {
            '་' | '༌' if in_syllable => {
                syllables += 1;
                in_syllable = false;
                if syllables == limit && end < text.len() {
                    return Some(sentence.unwrap_or(end));
                }
            }
            '།'..='༔' | ' ' => {
                syllables += usize::from(in_syllable);
                in_syllable = false;
                if character != ' ' && syllables >= limit / 2 && syllables <= limit {
                    sentence = Some(end);
                }
                if syllables >= limit && end < text.len() {
                    return Some(sentence.unwrap_or(at));
                }
            }
            '་' | '༌' => {}
            _ => in_syllable = true,
        }
    }
    None
}

/// Returns the end of the last sentence or space within the first `limit` characters, if that
/// leaves most of them, else the last place where no sign is parted from its letter.
fn after_characters(text: &str, limit: usize) -> Option<usize> {
    let mut pause = None;
    for (count, (at, character)) in text.char_indices().enumerate() {
        if count >= limit && !is_sign(character) {
            return Some(pause.unwrap_or(at));
        }
        let is_pause =
            matches!(character, '。' | '！' | '？' | '，' | '、' | '；' | ' ' | '။' | '។');
        if is_pause && count >= limit / 2 {
            pause = Some(at + character.len_utf8());
        }
    }
    None
}

/// Returns whether a character belongs to the letter before it.
fn is_sign(character: char) -> bool {
    // All of most texts is below.
    character >= '\u{300}'
        && matches!(
            character as u32,
            0x300..=0x36f | 0xe30..=0xe3a | 0xe45..=0xe4e | 0xeb0..=0xebc | 0xec8..=0xecd | 0xf71..=0xfbc | 0x102b..=0x103e
                | 0x17b6..=0x17d3 | 0x3099..=0x309c | 0x200c..=0x200d | 0xfe00..=0xfe0f
        )
}

/// Leaves out the link to the whole post that themes add.
fn without_more_link(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut in_link = false;
    for token in tokenize(html) {
        match token.kind {
            Kind::Start(tag) if tag.name == "a" && tag.attributes.contains("more-link") => {
                in_link = true;
            }
            Kind::End("a") if in_link => in_link = false,
            _ if in_link => {}
            _ => kept.push_str(&html[token.start..token.end]),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(excerpt_text(html), expected);
    }

    #[test]
    fn saved_excerpts_lose_their_marks() {
        check("<p>One &amp; two [&hellip;]</p>\n", "One & two…");
        check("<p>One. Two. [&hellip;]</p>\n", "One. Two.…");
        check(
            "<p>One&#8230; <a class=\"more-link\" href=\"/x/\">Continue reading <b>x</b></a></p>",
            "One…",
        );
        check("<p>By hand.</p>", "By hand.");
        check("", "");
    }

    #[track_caller]
    fn check_cut(text: &str, script: Script, expected: &str) {
        assert_eq!(cut(text, script), Cut::Short(expected.to_owned()));
    }

    #[test]
    fn shortcodes_are_no_text() {
        assert_eq!(without_shortcodes("a[gallery ids=\"1\"]b[caption]c[/caption]d[x]"), "abd[x]");
        assert_eq!(without_shortcodes("[gallery"), "[gallery");
        assert_eq!(without_shortcodes("a [[gallery]] b [[x]]"), "a  b [[x]]");
    }

    #[test]
    fn texts_are_cut_at_words() {
        let expected = "word ".repeat(55).trim_end().to_owned() + "…";
        check_cut(&"word ".repeat(60), Script::Latin, &expected);
        assert_eq!(cut("few words", Script::Latin), Cut::Whole);
    }

    #[test]
    fn tibetan_is_cut_after_a_shad_or_a_tsheg() {
        let sentence = "ཀ་ཁ་ག་ང་ཅ་ཆ་ཇ་ཉ་ཏ་ཐ། ";
        let expected = sentence.repeat(6).trim_end().to_owned() + "…";
        check_cut(&sentence.repeat(13), Script::Tibetan, &expected);
        check_cut(&"བསྒྲུབས་".repeat(200), Script::Tibetan, &("བསྒྲུབས་".repeat(60) + "…"));
    }

    #[test]
    fn what_is_not_twice_as_long_stays_as_wordpress_cuts_it() {
        assert_eq!(cut(&"水很冷，".repeat(50), Script::Han), Cut::Whole);
        check_cut(&"水很冷，".repeat(60), Script::Han, &("水很冷，".repeat(27) + "…"));
        let expected = "ཀ་ཁ ".repeat(55).trim_end().to_owned() + "…";
        check_cut(&"ཀ་ཁ ".repeat(100), Script::Tibetan, &expected);
    }

    #[test]
    fn signs_stay_with_their_letters() {
        check_cut(&"กี่".repeat(200), Script::Thai, &("กี่".repeat(37) + "…"));
    }

    #[test]
    fn long_excerpts_are_cut() {
        let whole = "བསྒྲུབས་".repeat(300);
        check(&whole, &("བསྒྲུབས་".repeat(60) + "…"));
    }
}
