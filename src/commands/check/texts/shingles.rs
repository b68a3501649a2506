//! Proves that what was not public is on no page: not its words in a row, wherever they may stand.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use crate::commands::check::texts::words;

/// How long runs are: in words, in syllables of Tibetan, and in letters of scripts without spaces.
type Lengths = [usize; 3];

/// So many in a row are no chance.
const LONG: Lengths = [8, 16, 24];

/// So many are none in a text that has no more.
const SHORT: Lengths = [4, 8, 12];

/// What was not public: runs of words that follow each other and cover all of it, so that nearly
/// twice as many in a row hold one for certain.
#[derive(Debug, Default)]
pub struct Hidden {
    /// By the hash of a run.
    runs: HashMap<u64, Run>,
    has_short: bool,
}

#[derive(Debug)]
struct Run {
    /// The first text that has it.
    text: usize,
    /// Whether something public has it, too.
    is_public: AtomicBool,
}

/// Words of something hidden.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sighting {
    /// Of the text, as it was counted when it was added.
    pub text: usize,
    /// The words.
    pub words: String,
}

impl Hidden {
    /// Adds all of a text that was not public. `text` counts them.
    pub fn add(&mut self, text: usize, source: &str) {
        if !self.add_runs(text, source, LONG) {
            self.has_short |= self.add_runs(text, source, SHORT);
        }
    }

    /// Returns whether the text has any runs that long.
    fn add_runs(&mut self, text: usize, source: &str, lengths: Lengths) -> bool {
        let mut next = [0; 3];
        let mut has_some = false;
        windows(source, lengths, &mut |kind, end, words| {
            // Runs that follow each other cover all, and a page is looked at word by word.
            if end < next[kind] {
                return;
            }
            next[kind] = end + words.len();
            has_some = true;
            let run = Run { text, is_public: AtomicBool::new(false) };
            self.runs.entry(hash(words)).or_insert(run);
        });
        has_some
    }

    /// Calls `each` with the runs of a source that are those of something hidden.
    fn each_run(&self, source: &str, each: &mut dyn FnMut(&Run, &VecDeque<Word<'_>>)) {
        let mut look = |lengths| {
            windows(source, lengths, &mut |_, _, words| {
                if let Some(run) = self.runs.get(&hash(words)) {
                    each(run, words);
                }
            });
        };
        look(LONG);
        if self.has_short {
            look(SHORT);
        }
    }

    /// Returns whether nothing was hidden.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Takes for public what a public text has, too: a draft is often the copy of a post.
    pub fn allow(&self, source: &str) {
        self.each_run(source, &mut |run, _| run.is_public.store(true, Ordering::Relaxed));
    }

    /// Returns which texts have words that nothing public has.
    pub fn provable(&self) -> Vec<usize> {
        let own = self.runs.values().filter(|run| !run.is_public.load(Ordering::Relaxed));
        let mut texts: Vec<usize> = own.map(|run| run.text).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// Looks for hidden words in a file. Returns the first of each text.
    pub fn find(&self, file: &str) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        self.each_run(file, &mut |run, words| {
            let is_public = run.is_public.load(Ordering::Relaxed);
            if !is_public && found.iter().all(|sighting| sighting.text != run.text) {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                found.push(Sighting { text: run.text, words: words.join(" ") });
            }
        });
        found
    }
}

/// A word and its hash.
type Word<'s> = (&'s str, u64);

fn hash(words: &VecDeque<Word<'_>>) -> u64 {
    words.iter().fold(words.len() as u64, |sum, (_, hash)| {
        (sum.rotate_left(7) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// Calls `each` with all runs of words of a source: its kind, the number of its last word, and the
/// words. What stands in tags is a text of its own: descriptions and titles do.
fn windows<'s>(
    source: &'s str,
    lengths: Lengths,
    each: &mut dyn FnMut(usize, usize, &VecDeque<Word<'s>>),
) {
    let mut shown = Stream { lengths, ..Stream::default() };
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        shown.push(&rest[..at], each);
        let tag = &rest[at + 1..];
        let is_tag =
            tag.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first));
        let length = if is_tag { memchr::memchr(b'>', tag.as_bytes()) } else { None };
        let Some(length) = length else {
            rest = tag;
            continue;
        };
        for value in tag[..length].split(['"', '\'']) {
            let mut stream = Stream { lengths, count: shown.count, ..Stream::default() };
            stream.push(value, each);
            shown.count = stream.count;
        }
        rest = &tag[length + 1..];
    }
    shown.push(rest, each);
}

/// The last words that have passed.
#[derive(Default)]
struct Stream<'s> {
    lengths: Lengths,
    /// By kind, as [`Lengths`].
    last: [VecDeque<Word<'s>>; 3],
    count: usize,
}

impl<'s> Stream<'s> {
    fn push(&mut self, text: &'s str, each: &mut dyn FnMut(usize, usize, &VecDeque<Word<'s>>)) {
        let mut rest = text;
        while let Some(start) = rest.find(is_start) {
            rest = &rest[start..];
            let first = rest.chars().next().unwrap_or_default();
            if matches!(first, '&' | '\\') {
                rest = after_escape(rest);
                continue;
            }
            let is_letter = words::stands_alone(first);
            let length = match is_letter {
                true => first.len_utf8(),
                false => rest.find(ends_word).unwrap_or(rest.len()),
            };
            let (word, after) = rest.split_at(length);
            rest = after;
            self.count += 1;
            let kind = match first {
                _ if is_letter => 2,
                '\u{f00}'..='\u{fff}' => 1,
                _ => 0,
            };
            let (last, longest) = (&mut self.last[kind], self.lengths[kind]);
            if last.len() == longest {
                last.pop_front();
            }
            last.push_back((word, xxh3_64(word.as_bytes())));
            if last.len() == longest {
                each(kind, self.count, last);
            }
        }
    }
}

fn is_start(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '&' | '\\')
}

fn ends_word(letter: char) -> bool {
    !letter.is_alphanumeric() || words::stands_alone(letter)
}

/// Passes over `&amp;`, and over `\n` and `\u201c` in JSON: signs, not letters.
fn after_escape(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('&') {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let length = rest.bytes().take_while(is_name).count();
        return match rest[length..].strip_prefix(';') {
            Some(after) if length > 0 => after,
            _ => rest,
        };
    }
    let rest = &text[1..];
    match rest.strip_prefix('u') {
        Some(digits) if digits.bytes().take(4).filter(u8::is_ascii_hexdigit).count() == 4 => {
            &digits[4..]
        }
        _ => rest.char_indices().nth(1).map_or("", |(second, _)| &rest[second..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str =
        "<p>the council met in the old mill &amp; chose a new name for the party in exile</p>";

    /// Checks which hidden texts a file shows.
    #[track_caller]
    fn check(public: &str, file: &str, expected: &[usize]) {
        let mut hidden = Hidden::default();
        hidden.add(0, SECRET);
        hidden.add(1, "བོད་ཡིག་གི་གསར་འགྱུར་ཞིག་ཡིན་ནོ། དེ་རིང་ལྷ་ས་ནས་སླེབས་པའི་མི་ཞིག་གིས་བཤད།");
        hidden.add(2, "密码保护的文章内容不应该出现在任何页面上因为它从来没有公开过");
        hidden.allow(public);
        let found: Vec<usize> =
            hidden.find(file).into_iter().map(|sighting| sighting.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_in_a_row_are_found_wherever_they_stand() {
        check("", "<p>a b c</p><h2>The</h2> the council met in the old mill &#38; chose", &[0]);
        check("", "{\"text\":\"so\\nchose a new\\u0020name for the <b>party in exile</b>\"}", &[0]);
        check(
            "",
            "<meta content=\"met in the old mill &quot;chose&quot; a new name for the party in exile\">",
            &[0],
        );
        check("", "<p>a བོད་ཡིག་གི་<b>གསར་འགྱུར</b>་ཞིག་ཡིན་ནོ། དེ་རིང་ལྷ་ས་ནས་སླེབས་པའི་མི་ཞིག</p>", &[1]);
        check("", "<p>如密码保护的文章内容不应该出现在任何页面上因为它从来没有公开过</p>", &[2]);
    }

    #[test]
    fn few_words_in_a_row_are_chance() {
        check("", "<p>in the old mill</p><p>chose a new name</p>", &[]);
        check("", "<a title=\"the council met in\">the old mill</a>", &[]);
    }

    #[test]
    fn a_short_text_is_found_whole() {
        let mut hidden = Hidden::default();
        hidden.add(0, "Meet at the bridge.");
        assert_eq!(hidden.find("<p>They meet at the bridge</p>"), []);
        assert_eq!(hidden.find("<p>a Meet at <b>the bridge</b></p>").len(), 1);
    }

    #[test]
    fn what_is_public_too_is_no_secret() {
        check(SECRET, SECRET, &[]);
    }
}
