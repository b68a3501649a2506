//! The root index, which says what site it is. Pure.

use serde_json::Value;

/// Whether an answer is the root index of a WordPress, or what WordPress.com has instead.
pub fn is_one(bytes: &[u8]) -> bool {
    let Ok(index) = serde_json::from_slice::<Value>(bytes) else { return false };
    let has = |key| index.get(key).is_some();
    has("namespaces") || has("routes") || has("ID") && has("URL")
}

/// Whether two indexes are surely of different sites.
pub fn differ(one: &[u8], other: &[u8]) -> bool {
    let homes = [one, other].map(home);
    matches!(&homes, [Some(one), Some(other)] if one != other)
}

/// Returns the address of the home page, without what may change with how it is asked for.
fn home(bytes: &[u8]) -> Option<String> {
    let index: Value = serde_json::from_slice(bytes).ok()?;
    let home = ["home", "url", "URL"].iter().find_map(|key| index.get(key)?.as_str())?;
    let home = home.split_once("://").map_or(home, |(_, rest)| rest);
    Some(home.trim_end_matches('/').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_what_wordpress_answers_to() {
        for (text, expected) in [
            (r#"{"name":"The Pass","namespaces":["wp/v2"]}"#, true),
            (r#"{"ID":7,"URL":"https://a.wordpress.com"}"#, true),
            (r#"{"error":"quota exceeded"}"#, false),
            ("[]", false),
            ("<p>", false),
        ] {
            assert_eq!(is_one(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn sites_are_told_apart_by_their_homes() {
        let check = |one: &str, other: &str, expected: bool| {
            let [one, other] = [one, other].map(|home| format!(r#"{{"home":"{home}"}}"#));
            assert_eq!(differ(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        };
        check("https://a.example", "http://a.example/", false);
        check("https://a.example", "https://b.example", true);
        check("https://a.example/blog", "https://a.example", true);
        assert!(!differ(b"{}", br#"{"home":"https://a.example"}"#));
    }
}
