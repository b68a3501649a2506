//! Base 64, in which plugins keep HTML that nothing is to change.

/// Reads base 64. `None` if it is none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    let text = text.trim_ascii_end().trim_end_matches('=');
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        assert_eq!(decode(written).as_deref(), expected.map(str::as_bytes));
    }

    #[test]
    fn texts_are_read() {
        check("YQ==", Some("a"));
        check("YWI=\n", Some("ab"));
        check("YW\nJj", Some("abc"));
        check("PGI-", Some("<b>"));
    }

    #[test]
    fn what_is_none_is_not() {
        check("", None);
        check("<b>", None);
    }
}
