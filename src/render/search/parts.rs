//! The words that were gathered, in parts by their first letter: few enough in each to be sorted in
//! memory.

use crate::render::search::gather::Cut;
use crate::render::search::terms::Terms;

/// How many parts a large site has.
const MANY: usize = 90;

/// A site with fewer posts has one part: cut into more, its files would be tiny.
const FEW_POSTS: usize = 1000;

/// How many parts there are.
#[derive(Clone, Copy, Debug)]
pub struct Parts(usize);

impl Parts {
    /// Returns parts for so many posts.
    pub fn new(posts: usize) -> Self {
        Self(if posts < FEW_POSTS { 1 } else { MANY })
    }

    /// Returns how many there are.
    pub fn count(self) -> usize {
        self.0
    }

    fn of(self, term: &str) -> usize {
        if self.0 == 1 { 0 } else { part_of(term) }
    }
}

/// Returns the part of a word. Parts are in the order of their words.
fn part_of(term: &str) -> usize {
    let Some(first) = term.chars().next() else { return 0 };
    let code = first as usize;
    match code {
        0..0x61 => 0,
        0x61..=0x7a => code - 0x60,
        0x7b..0x3a0 => 27,
        0x3a0..0x600 => 28,
        0x600..0xe00 => 29,
        0xe00..0xf40 => 30,
        0xf40..=0xf6c => code - 0xf40 + 31,
        0xf6d..0x3040 => 76,
        0x3040..0x4e00 => 77,
        0x4e00..0x9e00 => (code - 0x4e00) / 0x800 + 78,
        0x9e00..0xac00 => 88,
        _ => 89,
    }
}

/// Cuts words with their postings, sorted, into parts. A posting is the number of the word and, in
/// its lower half, the post and class.
pub fn cut(parts: Parts, terms: &Terms, postings: &[u64], cut: &mut Cut) {
    cut.bytes.clear();
    cut.ends.clear();
    let (mut values, starts) = by_term(terms.len(), postings);
    for term in in_order(terms) {
        let text = terms.text(term);
        let own = &mut values[starts[term as usize]..starts[term as usize + 1]];
        own.sort_unstable();
        cut.ends.resize(parts.of(text), size(&cut.bytes));
        number(text.len(), &mut cut.bytes);
        cut.bytes.extend(text.as_bytes());
        number(own.len(), &mut cut.bytes);
        let mut last = 0;
        for value in own {
            number((*value - last) as usize, &mut cut.bytes);
            last = *value;
        }
    }
    cut.ends.resize(parts.count(), size(&cut.bytes));
}

/// Returns the lower halves of postings by their words, and where those of each begin.
fn by_term(terms: usize, postings: &[u64]) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; terms + 1];
    for posting in postings {
        starts[(posting >> 32) as usize + 1] += 1;
    }
    for term in 0..terms {
        starts[term + 1] += starts[term];
    }
    let mut places = starts.clone();
    let mut values = vec![0; postings.len()];
    for posting in postings {
        let place = &mut places[(posting >> 32) as usize];
        values[*place] = *posting as u32;
        *place += 1;
    }
    (values, starts)
}

/// Returns the numbers of words in the order of the words.
fn in_order(terms: &Terms) -> impl Iterator<Item = u32> {
    // Mostly the first letters tell already, and numbers are quickly compared.
    let first_letters = |text: &str| {
        let bytes = text.as_bytes();
        let mut first = [0; 8];
        let length = bytes.len().min(8);
        first[..length].copy_from_slice(&bytes[..length]);
        u64::from_be_bytes(first)
    };
    let numbers = (0..).take(terms.len());
    let mut order: Vec<(u64, u32)> =
        numbers.map(|number| (first_letters(terms.text(number)), number)).collect();
    order.sort_unstable_by(|one, other| {
        one.0.cmp(&other.0).then_with(|| terms.text(one.1).cmp(terms.text(other.1)))
    });
    order.into_iter().map(|(_, number)| number)
}

fn size(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a few megabytes at most are gathered at once")
}

/// Appends a number, seven bits to a byte.
fn number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 128 {
        out.push((value % 128 + 128) as u8);
        value /= 128;
    }
    out.push(value as u8);
}

/// A word and where its postings stand.
#[derive(Clone, Copy, Debug)]
pub struct Run<'r> {
    /// The word.
    pub term: &'r [u8],
    count: usize,
    postings: &'r [u8],
}

/// Returns the words of what [`cut`] wrote.
pub fn read(mut bytes: &[u8]) -> impl Iterator<Item = Run<'_>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let length = take(&mut bytes);
        let term = bytes.split_off(..length)?;
        let count = take(&mut bytes);
        let postings = bytes;
        (0..count).for_each(|_| {
            take(&mut bytes);
        });
        Some(Run { term, count, postings })
    })
}

impl Run<'_> {
    /// Appends the postings: the number of the post times the number of classes, plus the class.
    pub fn postings(&self, out: &mut Vec<u32>) {
        let mut bytes = self.postings;
        let mut value = 0;
        for _ in 0..self.count {
            value += take(&mut bytes) as u32;
            out.push(value);
        }
    }
}

fn take(bytes: &mut &[u8]) -> usize {
    let (mut value, mut shift) = (0, 0);
    while let Some(&byte) = bytes.split_off_first() {
        value |= usize::from(byte % 128) << shift;
        shift += 7;
        if byte < 128 {
            break;
        }
    }
    value
}
