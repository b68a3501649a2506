//! Numbers for words: each distinct one once, in as little memory as that takes.

use crate::render::fnv::{self, SEED};

/// Words, numbered as they come.
#[derive(Debug, Default)]
pub struct Terms {
    /// Numbers plus one by key, with 0 for a free place; a power of two of them.
    places: Vec<u32>,
    words: Vec<Word>,
    text: String,
}

/// What is known of a word. It stands together, as all of it is asked for at once.
#[derive(Debug)]
struct Word {
    key: Key,
    hash: u32,
    /// Where its text ends.
    end: u32,
    count: u32,
}

/// The bytes of a short word, and a mixture of those of a long one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Key([u64; 2]);

impl Terms {
    /// Returns the number of a word, which holds no NUL.
    pub fn number(&mut self, term: &str) -> u32 {
        if self.words.len() * 2 >= self.places.len() {
            self.grow();
        }
        let key = Key::of(term.as_bytes());
        let mut place = self.first_place(key);
        while let Some(number) = self.places[place].checked_sub(1) {
            let is_same_key = self.words[number as usize].key == key;
            if is_same_key && (key.is_whole() || self.text(number) == term) {
                return number;
            }
            place = (place + 1) & (self.places.len() - 1);
        }
        let number = u32::try_from(self.words.len()).expect("there are few until they are let go");
        self.places[place] = number + 1;
        self.text.push_str(term);
        let end = u32::try_from(self.text.len()).expect("words are short");
        self.words.push(Word { key, hash: fnv::hash(term, SEED), end, count: 0 });
        number
    }

    /// Returns a word by its number.
    pub fn text(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.words[before].end);
        &self.text[start as usize..self.words[number].end as usize]
    }

    /// Returns the [`fnv::hash`] of a word by its number.
    pub fn hash(&self, number: u32) -> u32 {
        self.words[number as usize].hash
    }

    /// Returns what is counted of a word: 0 at first.
    pub fn count(&mut self, number: u32) -> &mut u32 {
        &mut self.words[number as usize].count
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Lets go of all, and keeps the memory for more.
    pub fn clear(&mut self) {
        self.places.fill(0);
        self.words.clear();
        self.text.clear();
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1024);
        self.places.clear();
        self.places.resize(size, 0);
        for number in (0..).take(self.words.len()) {
            let mut place = self.first_place(self.words[number as usize].key);
            while self.places[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.places[place] = number + 1;
        }
    }

    fn first_place(&self, Key([start, end]): Key) -> usize {
        let mixed = (start ^ end.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The upper bits of a product depend on all bits of its factors.
        (mixed >> 32) as usize & (self.places.len() - 1)
    }
}

impl Key {
    /// Set in the key of a long word, and in that of no other.
    const MIXED: u64 = 1 << 63;

    fn of(term: &[u8]) -> Self {
        let (Some(first), Some(last)) = (term.first_chunk(), term.last_chunk()) else {
            return Self([number(term), 0]);
        };
        let [first, last] = [*first, *last].map(u64::from_le_bytes);
        if term.len() < 16 {
            return Self([first, number(&term[8..])]);
        }
        let rest = &term[8..term.len() - 8];
        let mixed = rest.chunks(8).fold(last, |mixed, part| {
            (mixed ^ number(part)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)
        });
        Self([first, mixed | Self::MIXED])
    }

    /// Returns whether no other word has this key.
    fn is_whole(self) -> bool {
        self.0[1] & Self::MIXED == 0
    }
}

/// Returns at most eight bytes as a number.
fn number(bytes: &[u8]) -> u64 {
    let mut all = [0; 8];
    let halves = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>());
    if let (Some(first), Some(last)) = halves {
        let [first, last] = [*first, *last].map(|half| u64::from(u32::from_le_bytes(half)));
        // Where the halves share bytes, those are the same.
        return first | last << (8 * (bytes.len() - 4));
    }
    all[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_one_number() {
        let mut terms = Terms::default();
        let words: Vec<String> = (0..5000).map(|number| format!("word {number}")).collect();
        for _ in 0..2 {
            for (number, word) in (0..).zip(&words) {
                assert_eq!(terms.number(word), number);
            }
        }
        assert_eq!(terms.len(), 5000);
        assert_eq!(terms.text(4999), "word 4999");
        assert_eq!(terms.hash(4999), fnv::hash("word 4999", SEED));
        *terms.count(7) += 1;
        terms.clear();
        assert_eq!(terms.number("other"), 0);
        assert_eq!(*terms.count(0), 0);
    }

    #[test]
    fn words_of_any_length_are_told_apart() {
        let mut terms = Terms::default();
        let letters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        let mut words: Vec<String> = (0..=40).map(|length| letters[..length].to_owned()).collect();
        for place in 0..40 {
            let mut other = letters[..40].to_owned();
            other.replace_range(place..=place, "!");
            words.push(other);
        }
        for _ in 0..2 {
            for (number, word) in (0..).zip(&words) {
                assert_eq!(terms.number(word), number, "{word}");
            }
        }
    }
}
