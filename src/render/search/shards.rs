//! The words of a part as files of about one size. Where one file ends and the next begins depends
//! on the words around that place alone, so that a new post changes only the files of its words.

use crate::render::fnv::{SEED, hash};
use crate::render::search::gather::CLASSES;
use crate::render::search::lists;
use crate::render::search::parts::{self, Run};

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
        // A stable sort finds out that each run is in order.
        postings.sort();
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
    let mut classes = [const { Vec::new() }; CLASSES as usize];
    for posting in postings {
        classes[(posting % CLASSES) as usize].push(posting / CLASSES);
    }
    for (class, posts) in classes.into_iter().enumerate() {
        if class > 0 {
            out.push(b'.');
        }
        lists::write(posts.into_iter(), out);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::search::gather::Cut;
    use crate::render::search::parts::Parts;
    use crate::render::search::terms::Terms;

    /// Cuts the words that `has` gives to posts.
    fn cut_words(has: impl Fn(u32, u32) -> bool) -> Vec<Shard> {
        let mut terms = Terms::default();
        let mut postings = Vec::new();
        for word in 0..4000 {
            let term = format!("word{word}");
            let number = terms.number(&term);
            let posts = (0..40).filter(|post| has(word, *post));
            postings.extend(posts.map(|post| u64::from(number) << 32 | u64::from(post * CLASSES)));
        }
        let mut all = Cut::default();
        parts::cut(Parts::new(1), &terms, &postings, &mut all);
        cut(&[all.bytes])
    }

    #[test]
    fn words_stand_in_order_in_files_of_about_one_size() {
        let shards = cut_words(|_, _| true);
        assert!(shards.len() > 5, "{}", shards.len());
        assert!(shards.is_sorted_by_key(|shard| shard.first.clone()));
        let (_, full) = shards.split_last().unwrap();
        assert!(full.iter().all(|shard| (SMALLEST..=LARGEST).contains(&shard.json.len())));
        let read = |shard: &Shard| {
            serde_json::from_slice::<std::collections::BTreeMap<String, String>>(&shard.json)
        };
        assert_eq!(shards.iter().map(|shard| read(shard).unwrap().len()).sum::<usize>(), 4000);
    }

    #[test]
    fn a_new_word_changes_the_file_it_stands_in_and_no_other() {
        let before = cut_words(|word, post| word != 2000 || post > 0);
        let after = cut_words(|_, _| true);
        let contents: Vec<&[u8]> = before.iter().map(|shard| &*shard.json).collect();
        let changed = after.iter().filter(|shard| !contents.contains(&&*shard.json));
        assert_eq!(changed.count(), 1);
    }
}
