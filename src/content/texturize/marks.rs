//! Finds what each quote, hyphen and dot of a run of text stands for.
//!
//! What is decided is blotted out in a copy of the text, so that later rules see no mark there.

use memchr::memmem;

use crate::content::texturize::is_reference;
use crate::content::texturize::signs::{Sign, Signs};

/// Bytes of a text, and the sign that stands for them.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Of the first byte.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
    /// What stands for them.
    pub sign: Sign,
}

/// Stands where a mark was. No text that is printed holds it.
const BLOT: u8 = 1;

/// Words that start with an apostrophe.
const CLIPPED: [&[u8]; 11] = [
    b"'tain't", b"'twere", b"'twas", b"'tis", b"'twill", b"'til", b"'bout", b"'nuff", b"'round",
    b"'cause", b"'em",
];

/// Returns the marks of a run of text without tags, in order, in a language of which the signs are.
pub fn find(text: &str, signs: &Signs) -> Vec<Mark> {
    let mut run = Run { bytes: text.as_bytes().to_vec(), marks: Vec::new(), clipped: Vec::new() };
    run.words(signs.clipped());
    if run.has(b'\'') {
        run.single_quotes();
    }
    if run.has(b'"') {
        run.double_quotes();
    }
    if run.has(b'-') {
        run.dashes();
    }
    run.products();
    run.ampersands();
    run.marks.sort_unstable_by_key(|mark| mark.start);
    run.marks
}

struct Run {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
    /// Where words start that start with an apostrophe: to WordPress it closes a quotation, too.
    clipped: Vec<usize>,
}

/// A kind of quotation mark and what it may stand for.
#[derive(Clone, Copy)]
struct Quote {
    byte: u8,
    open: Sign,
    close: Sign,
    prime: Sign,
    /// The one that closes, where it is written out.
    reference: &'static [u8],
}

const SINGLE: Quote = Quote {
    byte: b'\'',
    open: Sign::OpenSingle,
    close: Sign::CloseSingle,
    prime: Sign::Prime,
    reference: b"&#8217;",
};
const DOUBLE: Quote = Quote {
    byte: b'"',
    open: Sign::OpenDouble,
    close: Sign::CloseDouble,
    prime: Sign::DoublePrime,
    reference: b"&#8221;",
};

/// Whether a quotation is open where quotes stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Quotation {
    Open,
    Closed,
}

impl Run {
    fn has(&self, byte: u8) -> bool {
        memchr::memchr(byte, &self.bytes).is_some()
    }

    fn mark(&mut self, start: usize, length: usize, sign: Sign) {
        self.bytes[start..start + length].fill(BLOT);
        self.marks.push(Mark { start, end: start + length, sign });
    }

    /// Returns the places of `byte` that are not decided yet.
    fn places(&self, byte: u8) -> Vec<usize> {
        memchr::memchr_iter(byte, &self.bytes).collect()
    }

    /// Marks what is always the same.
    fn words(&mut self, clipped: &[&str]) {
        if self.has(b'\'') {
            self.mark_all(b"''", |run, start| run.mark(start, 2, Sign::CloseDouble));
            for word in clipped {
                self.mark_all(word.as_bytes(), |run, start| run.mark(start, 1, Sign::Apostrophe));
            }
            for word in CLIPPED {
                self.mark_all(word, |run, start| {
                    run.mark(start, 1, Sign::Apostrophe);
                    run.clipped.push(start);
                    if word == CLIPPED[0] {
                        run.mark(start + 5, 1, Sign::Apostrophe);
                    }
                });
            }
        }
        self.mark_all(b"``", |run, start| run.mark(start, 2, Sign::OpenDouble));
        self.mark_all(b"...", |run, start| run.mark(start, 3, Sign::Ellipsis));
        self.mark_all(b" (tm)", |run, start| run.mark(start + 1, 4, Sign::TradeMark));
    }

    fn mark_all(&mut self, wanted: &[u8], mark: impl Fn(&mut Self, usize)) {
        let mut position = 0;
        while let Some(next) = memmem::find(&self.bytes[position..], wanted) {
            mark(self, position + next);
            position += next + wanted.len();
        }
    }

    fn single_quotes(&mut self) {
        self.years();
        self.quoted_numbers(SINGLE);
        for at in self.places(b'\'') {
            let follows = |byte: u8| matches!(byte, b'(' | b'[' | b'{' | b'"' | b'-');
            if at == 0
                || follows(self.bytes[at - 1])
                || self.is_after_space(at)
                || self.is_after(at, b"&lt;")
            {
                self.mark(at, 1, Sign::OpenSingle);
            }
        }
        for at in self.places(b'\'') {
            let next = self.bytes.get(at + 1).copied();
            let ends_word = next.is_none_or(|next| {
                matches!(
                    next,
                    b'.' | b','
                        | b':'
                        | b';'
                        | b'!'
                        | b'?'
                        | b'"'
                        | b'\''
                        | b'('
                        | b')'
                        | b'{'
                        | b'}'
                        | b'['
                        | b']'
                        | b'-'
                )
            });
            let rest = &self.bytes[at + 1..];
            let is_bracket = rest.starts_with(b"&lt;") || rest.starts_with(b"&gt;");
            if !ends_word && !is_bracket && !starts_with_space(rest) && !self.is_after_space(at) {
                self.mark(at, 1, Sign::Apostrophe);
            }
        }
        self.close(SINGLE);
    }

    /// Marks `'99` as a year, and `'99'` or `'99"` as a year at the end of a quotation.
    fn years(&mut self) {
        for at in self.places(b'\'') {
            let rest = &self.bytes[at + 1..];
            if self.bytes[at] == BLOT
                || !rest.get(..2).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
            {
                continue;
            }
            let closes = matches!(rest.get(2), Some(b'\'' | b'"')) && ends_quotation(&rest[3..]);
            if closes {
                let sign = if rest[2] == b'\'' { Sign::CloseSingle } else { Sign::CloseDouble };
                self.mark(at, 1, Sign::Apostrophe);
                self.mark(at + 3, 1, sign);
                continue;
            }
            let goes_on = match rest.get(2) {
                Some(b'%' | b'0'..=b'9') => true,
                Some(b'.' | b',') => rest.get(3).is_some_and(u8::is_ascii_digit),
                _ => false,
            };
            if !goes_on {
                self.mark(at, 1, Sign::Apostrophe);
            }
        }
    }

    /// Marks the quotes of `"0.42"`.
    fn quoted_numbers(&mut self, quote: Quote) {
        for at in self.places(quote.byte) {
            if self.bytes[at] != quote.byte || at > 0 && !self.is_after_space(at) {
                continue;
            }
            let rest = &self.bytes[at + 1..];
            let is_part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
            let length = rest.iter().take_while(is_part).count();
            let is_number = rest.first().is_some_and(u8::is_ascii_digit);
            if is_number && rest.get(length) == Some(&quote.byte) {
                self.mark(at, 1, quote.open);
                self.mark(at + 1 + length, 1, quote.close);
            }
        }
    }

    fn double_quotes(&mut self) {
        self.quoted_numbers(DOUBLE);
        for at in self.places(b'"') {
            let follows = |byte: u8| matches!(byte, b'(' | b'[' | b'{' | b'-');
            let is_first = at == 0
                || follows(self.bytes[at - 1])
                || self.is_after_space(at)
                || self.is_after(at, b"&lt;");
            if is_first && !starts_with_space(&self.bytes[at + 1..]) {
                self.mark(at, 1, Sign::OpenDouble);
            }
        }
        self.close(DOUBLE);
        for at in self.places(b'"') {
            self.mark(at, 1, Sign::CloseDouble);
        }
    }

    /// Decides between quotes that close and primes, from one opening quote to the next.
    fn close(&mut self, quote: Quote) {
        if !self.has(quote.byte) {
            return;
        }
        // What is always an opening quote is none here.
        let opens = |mark: &&Mark| mark.sign == quote.open && mark.end - mark.start == 1;
        let mut opens: Vec<usize> = self.marks.iter().filter(opens).map(|mark| mark.end).collect();
        opens.sort_unstable();
        let closes = self.marks.iter().filter(|mark| mark.sign == quote.close);
        let mut closed: Vec<usize> = closes.map(|mark| mark.start).collect();
        if quote.byte == b'\'' {
            closed.extend(&self.clipped);
        }
        closed.extend(memmem::find_iter(&self.bytes, quote.reference));
        closed.sort_unstable();
        let places = self.places(quote.byte);
        let starts = std::iter::once(0).chain(opens.iter().copied());
        let ends = opens.iter().copied().chain([self.bytes.len()]);
        let (mut next, mut next_closed) = (0, 0);
        for (index, (start, end)) in starts.zip(ends).enumerate() {
            let count = places[next..].iter().take_while(|at| **at < end).count();
            let within = &places[next..next + count];
            next += count;
            let count = closed[next_closed..].iter().take_while(|at| **at < end).count();
            next_closed += count;
            debug_assert!(within.iter().all(|at| *at >= start));
            let quotation = match index > 0 && count == 0 {
                true => Quotation::Open,
                false => Quotation::Closed,
            };
            self.close_sentence(quote, within, quotation);
        }
    }

    fn close_sentence(&mut self, quote: Quote, within: &[usize], quotation: Quotation) {
        let is_open = quotation == Quotation::Open;
        let after_digit = |run: &Self, at: usize| at > 0 && run.bytes[at - 1].is_ascii_digit();
        let ends = |run: &Self, at: usize| ends_quotation(&run.bytes[at + 1..]);
        let candidates: Vec<usize> =
            within.iter().copied().filter(|&at| is_open && ends(self, at)).collect();
        if candidates.len() > 1 {
            let surest = |at: &&usize| self.bytes.get(**at + 1) == Some(&b'.');
            let certain: Vec<usize> =
                candidates.iter().copied().filter(|&at| !after_digit(self, at)).collect();
            // Which of several is the end is hard to tell: one that a full stop follows, else the
            // last.
            let chosen = match certain.is_empty() {
                false => certain,
                true => candidates
                    .iter()
                    .rev()
                    .find(surest)
                    .or(candidates.last())
                    .copied()
                    .into_iter()
                    .collect(),
            };
            chosen.iter().for_each(|&at| self.mark(at, 1, quote.close));
        } else if let &[only] = &*candidates {
            self.mark(only, 1, quote.close);
        }
        for &at in within {
            if self.bytes[at] != quote.byte {
                continue;
            }
            if after_digit(self, at) {
                self.mark(at, 1, quote.prime);
            } else if !is_open && ends(self, at) {
                self.mark(at, 1, quote.close);
            }
        }
    }

    fn dashes(&mut self) {
        self.mark_all(b"---", |run, start| run.mark(start, 3, Sign::EmDash));
        self.mark_all(b"--", |run, start| {
            let rest = &run.bytes[start + 2..];
            let is_after_space = start == 0 || run.is_after_space(start);
            if is_after_space && (rest.is_empty() || starts_with_space(rest)) {
                run.mark(start, 2, Sign::EmDash);
            } else if !run.is_after(start, b"xn") {
                run.mark(start, 2, Sign::EnDash);
            }
        });
        for at in self.places(b'-') {
            let rest = &self.bytes[at + 1..];
            let is_free = rest.is_empty() || starts_with_space(rest);
            if is_free && (at == 0 || self.is_after_space(at)) {
                self.mark(at, 1, Sign::EnDash);
            }
        }
    }

    /// Marks the `x` of `3x4`, but not that of `0x1f`.
    fn products(&mut self) {
        for at in self.places(b'x') {
            let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            let before = self.bytes[..at].iter().rev().take_while(|byte| is_part(byte)).count();
            let factor = (at - before..at).find(|&start| {
                let is_number = self.bytes[start].is_ascii_digit();
                let is_octal = self.bytes[start] == b'0' && start + 1 == at;
                is_number && !is_octal && (start == 0 || !is_word(self.bytes[start - 1]))
            });
            let rest = &self.bytes[at + 1..];
            let length = rest.iter().take_while(|byte| is_part(byte)).count();
            let ends = |end: &usize| {
                rest[end - 1].is_ascii_digit() && !rest.get(*end).is_some_and(|next| is_word(*next))
            };
            let is_number = rest.first().is_some_and(u8::is_ascii_digit);
            if factor.is_some() && is_number && (1..=length).any(|end| ends(&end)) {
                self.mark(at, 1, Sign::Times);
            }
        }
    }

    fn ampersands(&mut self) {
        for at in self.places(b'&') {
            if !is_reference(&self.bytes[at..]) {
                self.mark(at, 1, Sign::Ampersand);
            }
        }
    }

    fn is_after(&self, at: usize, wanted: &[u8]) -> bool {
        self.bytes[..at].ends_with(wanted)
    }

    fn is_after_space(&self, at: usize) -> bool {
        let before = &self.bytes[..at];
        matches!(before.last(), Some(b'\r' | b'\n' | b'\t' | b' '))
            || before.ends_with(b"\xc2\xa0")
            || before.ends_with(b"&nbsp;")
    }
}

fn starts_with_space(rest: &[u8]) -> bool {
    matches!(rest.first(), Some(b'\r' | b'\n' | b'\t' | b' '))
        || rest.starts_with(b"\xc2\xa0")
        || rest.starts_with(b"&nbsp;")
}

/// Returns whether a quotation may end before `rest`.
fn ends_quotation(rest: &[u8]) -> bool {
    let Some(first) = rest.first() else { return true };
    matches!(first, b'.' | b',' | b':' | b';' | b'!' | b'?' | b')' | b'}' | b'-' | b']')
        || rest.starts_with(b"&gt;")
        || starts_with_space(rest)
}
