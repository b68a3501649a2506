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

/// Cuts words with their postings, sorted, into parts.
pub fn cut(parts: Parts, terms: &Terms, postings: &mut [u64], cut: &mut Cut) {
    cut.bytes.clear();
    cut.ends.clear();
    postings.sort_unstable();
    let mut runs: Vec<&[u64]> = postings.chunk_by(|one, next| one >> 32 == next >> 32).collect();
    let term = |run: &[u64]| terms.text((run[0] >> 32) as u32);
    runs.sort_unstable_by_key(|run| term(run));
    for run in runs {
        let term = term(run);
        cut.ends.resize(parts.of(term), size(&cut.bytes));
        number(term.len(), &mut cut.bytes);
        cut.bytes.extend(term.as_bytes());
        number(run.len(), &mut cut.bytes);
        let mut last = 0;
        for posting in run {
            let value = *posting as u32;
            number((value - last) as usize, &mut cut.bytes);
            last = value;
        }
    }
    cut.ends.resize(parts.count(), size(&cut.bytes));
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
