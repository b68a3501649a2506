//! Which words stand beside each other, for phrases in quotation marks. The pairs themselves would
//! take much room, and most stand in one post: of each only a hash is kept, in buckets that several
//! pairs share. A post that holds both words and is in the bucket of the pair nearly always holds
//! the pair.

use crate::render::search::gather::Cut;
use crate::render::search::lists;

/// How many parts there are at most.
const MAX_PARTS: usize = 128;

/// How many bytes a pair takes in the temporary file.
const PAIR: usize = 8;

/// How pairs are put into buckets, and buckets into files. All are powers of two.
#[derive(Clone, Copy, Debug)]
pub struct Buckets {
    count: usize,
    files: usize,
}

impl Buckets {
    /// Returns buckets for so many posts: a file holds a few kilobytes.
    pub fn new(posts: usize) -> Self {
        let files = (posts / 10).next_power_of_two().min(1 << 14);
        let count = (posts * 8).next_power_of_two().clamp(1 << 10, 1 << 19);
        Self { count, files }
    }

    /// Returns how many there are.
    pub fn count(self) -> usize {
        self.count
    }

    /// Returns how many files there are.
    pub fn files(self) -> usize {
        self.files
    }

    /// Returns how many parts there are, each made of whole files.
    pub fn parts(self) -> usize {
        self.files.min(MAX_PARTS)
    }

    fn in_part(self) -> usize {
        self.count / self.parts()
    }
}

/// Returns the hash of a pair of words with these hashes.
pub fn hash(one: u32, other: u32) -> u32 {
    let mixed = one.wrapping_mul(0x9e37_79b1) ^ other;
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b);
    mixed ^ (mixed >> 13)
}

/// Cuts pairs, each the hash and the number of a post, into parts.
pub fn cut(pairs: &[(u32, u32)], buckets: Buckets, cut: &mut Cut) {
    let bucket = |hash: u32| hash as usize & (buckets.count - 1);
    let mut counts = vec![0_u32; buckets.parts()];
    for &(hash, _) in pairs {
        counts[bucket(hash) / buckets.in_part()] += 1;
    }
    let mut end = 0;
    cut.ends.clear();
    cut.ends.extend(counts.iter().map(|count| {
        end += count * PAIR as u32;
        end
    }));
    let starts = cut.ends.iter().zip(&counts).map(|(end, count)| end - count * PAIR as u32);
    let mut places: Vec<u32> = starts.collect();
    cut.bytes.clear();
    cut.bytes.reserve_exact(end as usize);
    cut.bytes.resize(end as usize, 0);
    for &(hash, post) in pairs {
        let bucket = bucket(hash);
        let place = &mut places[bucket / buckets.in_part()];
        let in_part = (bucket & (buckets.in_part() - 1)) as u64;
        let pair = (in_part << 32 | u64::from(post)).to_le_bytes();
        cut.bytes[*place as usize..][..PAIR].copy_from_slice(&pair);
        *place += PAIR as u32;
    }
}

/// Returns the files of a part, each with its number: a list of posts for each of its buckets.
pub fn files(part: usize, runs: &[Vec<u8>], buckets: Buckets) -> Vec<(usize, Vec<u8>)> {
    let (mut posts, starts) = by_bucket(runs, buckets.in_part());
    let in_file = buckets.count / buckets.files;
    let first = part * buckets.in_part() / in_file;
    let files = (first..).zip((0..buckets.in_part()).step_by(in_file)).map(|(number, start)| {
        let mut json = b"[".to_vec();
        for bucket in start..start + in_file {
            let own = &mut posts[starts[bucket]..starts[bucket + 1]];
            // Mostly they are in order, which a stable sort finds out.
            own.sort();
            let mut last = None;
            let distinct = own.iter().copied().filter(|post| last.replace(*post) != Some(*post));
            json.extend(if bucket > start { b",\"".as_slice() } else { b"\"" });
            lists::write(distinct, &mut json);
            json.push(b'"');
        }
        json.push(b']');
        (number, json)
    });
    files.collect()
}

/// Returns the posts of pairs by their buckets, and where those of each begin.
fn by_bucket(runs: &[Vec<u8>], buckets: usize) -> (Vec<u32>, Vec<usize>) {
    let pairs = || {
        let pairs = runs.iter().flat_map(|run| run.as_chunks::<PAIR>().0);
        pairs.map(|bytes| u64::from_le_bytes(*bytes))
    };
    let mut starts = vec![0; buckets + 1];
    for pair in pairs() {
        starts[(pair >> 32) as usize + 1] += 1;
    }
    for bucket in 0..buckets {
        starts[bucket + 1] += starts[bucket];
    }
    let mut places = starts.clone();
    let mut posts = vec![0; starts[buckets]];
    for pair in pairs() {
        let place = &mut places[(pair >> 32) as usize];
        posts[*place] = pair as u32;
        *place += 1;
    }
    (posts, starts)
}
