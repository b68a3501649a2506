//! Numbers for words: each distinct one once, in as little memory as that takes.

/// Words, numbered as they come.
#[derive(Debug, Default)]
pub struct Terms {
    /// Numbers plus one by hash, with 0 for a free place; a power of two of them.
    places: Vec<u32>,
    hashes: Vec<u32>,
    text: String,
    ends: Vec<u32>,
}

impl Terms {
    /// Returns the number of a word, whose [`hash`] this is.
    pub fn number(&mut self, term: &str, hash: u32) -> u32 {
        if self.hashes.len() * 2 >= self.places.len() {
            self.grow();
        }
        let mut place = self.first_place(hash);
        while self.places[place] != 0 {
            let number = self.places[place] - 1;
            if self.hashes[number as usize] == hash && self.text(number) == term {
                return number;
            }
            place = (place + 1) & (self.places.len() - 1);
        }
        let number = u32::try_from(self.hashes.len()).expect("there are few until they are let go");
        self.places[place] = number + 1;
        self.hashes.push(hash);
        self.text.push_str(term);
        self.ends.push(u32::try_from(self.text.len()).expect("words are short"));
        number
    }

    /// Returns a word by its number.
    pub fn text(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Lets go of all, and keeps the memory for more.
    pub fn clear(&mut self) {
        self.places.fill(0);
        self.hashes.clear();
        self.text.clear();
        self.ends.clear();
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(1024);
        self.places.clear();
        self.places.resize(size, 0);
        for (number, &hash) in (1..).zip(&self.hashes) {
            let mut place = hash as usize & (size - 1);
            while self.places[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.places[place] = number;
        }
    }

    fn first_place(&self, hash: u32) -> usize {
        hash as usize & (self.places.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fnv::{SEED, hash};

    #[test]
    fn each_word_has_one_number() {
        let mut terms = Terms::default();
        let words: Vec<String> = (0..5000).map(|number| format!("word {number}")).collect();
        for _ in 0..2 {
            for (number, word) in (0..).zip(&words) {
                assert_eq!(terms.number(word, hash(word, SEED)), number);
            }
        }
        assert_eq!(terms.len(), 5000);
        assert_eq!(terms.text(4999), "word 4999");
        terms.clear();
        assert_eq!(terms.number("other", 5), 0);
    }
}
