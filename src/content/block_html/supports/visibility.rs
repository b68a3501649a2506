//! Blocks that are not shown on screens of some width.

use memchr::memmem;

use crate::content::blocks::attributes::Attributes;

/// The kinds of screens, in the order of the classes WordPress writes for them.
const SCREENS: [&str; 3] = ["desktop", "mobile", "tablet"];

/// Returns the classes of a block for the screens on which it is hidden. The theme hides them.
/// `json` are its attributes as they are saved.
pub fn classes(json: &str) -> Vec<String> {
    if memmem::find(json.as_bytes(), b"\"viewport\"").is_none() {
        return Vec::new();
    }
    let attributes = Attributes::read(json);
    let is_hidden = |screen: &&&str| {
        let path = ["metadata", "blockVisibility", "viewport", screen];
        attributes.at(&path).is_some_and(|value| value == false)
    };
    SCREENS.iter().filter(is_hidden).map(|screen| format!("wp-block-hidden-{screen}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(viewport: &str, expected: &[&str]) {
        let json = format!(r#"{{"metadata":{{"blockVisibility":{{"viewport":{viewport}}}}}}}"#);
        assert_eq!(classes(&json), expected);
    }

    #[test]
    fn blocks_may_be_hidden_on_some_screens() {
        check(r#"{"mobile":false}"#, &["wp-block-hidden-mobile"]);
        check(
            r#"{"tablet":false,"desktop":false}"#,
            &["wp-block-hidden-desktop", "wp-block-hidden-tablet"],
        );
        check(r#"{"mobile":true,"tablet":null}"#, &[]);
    }
}
