//! Texts by their hashes, where many are looked up and none is read again: addresses and paths of a
//! large site take more memory than all else that is known of it.

use xxhash_rust::xxh3::xxh3_128;

/// The hash of a text: of so many bits that no two texts have the same.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TextHash([u64; 2]);

impl TextHash {
    /// Returns the hash of a text.
    pub fn of(text: &str) -> Self {
        let hash = xxh3_128(text.as_bytes());
        Self([(hash >> 64) as u64, hash as u64])
    }
}

/// Places in a list, by texts that may be those of several.
#[derive(Debug, Default)]
pub struct Places(Vec<(TextHash, u32)>);

impl Places {
    /// Makes it from places, each with its text.
    pub fn new(places: impl Iterator<Item = (TextHash, usize)>) -> Self {
        let numbered = |(hash, place)| (hash, u32::try_from(place).expect("lists are shorter"));
        let mut places: Vec<(TextHash, u32)> = places.map(numbered).collect();
        places.sort_unstable();
        places.shrink_to_fit();
        Self(places)
    }

    /// Returns the places of a text, the first in the list first.
    pub fn of(&self, text: &str) -> impl Iterator<Item = usize> + Clone {
        let hash = TextHash::of(text);
        let start = self.0.partition_point(|(other, _)| *other < hash);
        let alike = self.0[start..].iter().take_while(move |(other, _)| *other == hash);
        alike.map(|&(_, place)| place as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_places_in_the_order_of_the_list() {
        let texts = ["བོད", "lake", "བོད", "", "lake.jpg", "བོད"];
        let places = Places::new(texts.iter().map(|text| TextHash::of(text)).zip(0..));
        let check = |text: &str, expected: &[usize]| {
            assert_eq!(places.of(text).collect::<Vec<_>>(), expected, "{text}");
        };
        check("བོད", &[0, 2, 5]);
        check("lake", &[1]);
        check("", &[3]);
        check("lake.jp", &[]);
        assert_eq!(Places::default().of("lake").count(), 0);
    }
}
