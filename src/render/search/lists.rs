//! How lists of posts are written: the gaps between their numbers, in letters.

/// The digits, which need no escaping in JSON: those from the 33rd on say that more follow.
pub const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends ascending numbers to `out`. The first stands as its gap to -1, so that there is no gap
/// of 0: it is written as one less.
pub fn write(numbers: impl Iterator<Item = u32>, out: &mut Vec<u8>) {
    let mut next = 0;
    for number in numbers {
        let mut gap = number - next;
        next = number + 1;
        while gap >= 32 {
            out.push(DIGITS[(32 + gap % 32) as usize]);
            gap /= 32;
        }
        out.push(DIGITS[gap as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_gaps_take_one_letter() {
        let mut out = Vec::new();
        write([0, 1, 3, 35, 68, 10_000].into_iter(), &mut out);
        assert_eq!(out, b"AABfgBr2J");
    }
}
