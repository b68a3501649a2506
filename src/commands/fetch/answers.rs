//! What an answer of the API is. Pure.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// What an answer of the API is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// So many records.
    List(usize),
    /// A record, or a description of several things.
    Single,
    /// WordPress says why it does not answer, with its code for that.
    Refused(String),
    /// Nothing of WordPress: mostly a web page.
    Foreign,
}

/// Returns what `bytes` are.
pub fn tell(bytes: &[u8]) -> Answer {
    #[derive(Deserialize)]
    struct Refusal {
        code: String,
        #[serde(rename = "message")]
        _message: String,
    }
    // As programs put it there that were saved in another encoding.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(records) = serde_json::from_slice::<Vec<IgnoredAny>>(bytes) {
        return Answer::List(records.len());
    }
    if let Ok(Refusal { code, .. }) = serde_json::from_slice(bytes) {
        return Answer::Refused(code);
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let is_object = first == Some(&b'{') && serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
    if is_object { Answer::Single } else { Answer::Foreign }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_by_what_they_hold() {
        let check = |bytes: &str, expected: Answer| assert_eq!(tell(bytes.as_bytes()), expected);
        check("[]", Answer::List(0));
        check("\u{feff}[{\"id\":1},{\"id\":2}]", Answer::List(2));
        check(" {\"id\":1}", Answer::Single);
        let refused = Answer::Refused("rest_user_cannot_view".into());
        check("{\"code\":\"rest_user_cannot_view\",\"message\":\"Sorry\",\"data\":{}}", refused);
        for foreign in ["<!DOCTYPE html>", "", "1", "[{\"id\":1}", "{\"a\":"] {
            check(foreign, Answer::Foreign);
        }
    }
}
