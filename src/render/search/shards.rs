//! The words of a part as files of about one size. Where one file ends and the next begins depends
//! on the words around that place alone, so that a new post changes only the files of its words.

use crate::render::search::gather::CLASSES;
use crate::render::search::lists;
use crate::render::search::parts::{self, Run};
use crate::render::search::terms::{SEED, hash};

/// No file ends before, in bytes, if it is not the last of its part.
const SMALLEST: usize = 8 * 1024;

/// How much comes after that, mostly.
const USUAL: u64 = 12 * 1024;

/// A file ends here at the latest, if it holds more than one word.
const LARGEST: usize = 40 * 1024;

/// A file of words that follow each other, each with its lists of posts.
#[derive(Debug)]
pub struct Shard {
    /// The first word in it.
    pub first: String,
    /// Its content.
    pub json: Vec<u8>,
}

impl Shard {
    /// Returns the name of the file, as the script makes it from the first word.
    pub fn name(&self) -> String {
        let one = hash(&self.first, SEED);
        format!("{one:08x}{:08x}", hash(&self.first, one))
    }
}

/// Returns the files of a part, in the order of their words.
pub fn cut(runs: &[Vec<u8>]) -> Vec<Shard> {
    let mut words: Vec<Run<'_>> = runs.iter().flat_map(|run| parts::read(run)).collect();
    words.sort_unstable_by_key(|run| run.term);
    let mut shards: Vec<Shard> = Vec::new();
    let (mut postings, mut entry) = (Vec::new(), Vec::new());
    for same in words.chunk_by(|one, next| one.term == next.term) {
        postings.clear();
        same.iter().for_each(|run| run.postings(&mut postings));
        postings.sort_unstable();
        let term = String::from_utf8_lossy(same[0].term);
        entry.clear();
        write(&term, &postings, &mut entry);
        match shards.last_mut().filter(|shard| !ends(shard, &term, entry.len())) {
            Some(shard) => {
                shard.json.push(b',');
                shard.json.extend(&entry);
            }
            None => {
                if let Some(shard) = shards.last_mut() {
                    shard.json.push(b'}');
                }
                let json = [b"{", entry.as_slice()].concat();
                shards.push(Shard { first: term.into_owned(), json });
            }
        }
    }
    if let Some(shard) = shards.last_mut() {
        shard.json.push(b'}');
    }
    shards
}

/// Returns whether a file ends before a word.
fn ends(shard: &Shard, next: &str, length: usize) -> bool {
    let size = shard.json.len();
    let is_chosen = u64::from(hash(next, SEED)) * USUAL < (length as u64) << 32;
    (size >= SMALLEST && is_chosen) || size + length > LARGEST
}

/// Writes a word with a list of posts for each class: `"word":"in titles.often.else"`.
fn write(term: &str, postings: &[u32], out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, term).expect("a text is JSON");
    out.extend(b":\"");
    for class in 0..CLASSES {
        if class > 0 {
            out.push(b'.');
        }
        let own = postings.iter().filter(|posting| **posting % CLASSES == class);
        lists::write(own.map(|posting| posting / CLASSES), out);
    }
    out.push(b'"');
}
