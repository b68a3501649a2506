//! FNV-1a, 32 bits: a hash short enough to be written again in a script.

/// What a [`hash`] begins with.
pub const SEED: u32 = 0x811c_9dc5;

/// Returns the hash of `text`.
pub fn hash(text: &str, seed: u32) -> u32 {
    text.bytes().fold(seed, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_browsers_make() {
        // The published test vectors of FNV-1a, 32 bits.
        assert_eq!(hash("", SEED), SEED);
        assert_eq!(hash("foobar", SEED), 0xbf9c_f968);
    }
}
