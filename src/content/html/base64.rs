//! Base 64, in which plugins keep HTML that nothing is to change.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// As plugins write it: with what fills up its end, or without.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads base 64, in the letters of addresses, too. `None` if it is none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let letters = letters.map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    });
    let bytes = ENGINE.decode(letters.collect::<Vec<u8>>()).ok()?;
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
