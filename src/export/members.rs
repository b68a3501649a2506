//! What plugins keep with a post that only members may read: who subscribed, paid or logged in.

use crate::export::json::{self, Record};

/// Returns whether `meta` of a record says so.
pub(super) fn is_told(record: &Record<'_>) -> bool {
    let Some(meta) = record.object("meta").ok().flatten() else { return false };
    let values = |value| json::elements(value).unwrap_or_else(|| vec![value]);
    meta.fields().any(|(name, value)| {
        values(value).into_iter().any(|value| {
            let text = value.get();
            let is_text = text.starts_with('"');
            is_for_members(name, &if is_text { json::string(text) } else { text.into() })
        })
    })
}

/// Returns whether a value in `wp_postmeta` keeps a post from who is no member.
pub(super) fn is_for_members(name: &str, value: &str) -> bool {
    let value = value.trim();
    match name {
        // Jetpack and WordPress.com.
        "_jetpack_newsletter_access" => !matches!(value, "" | "everybody" | "null"),
        // Members.
        "_members_access_role" => !matches!(value, "" | "null" | "[]" | "a:0:{}"),
        // Restrict Content, WP-Members.
        "_is_paid" | "_wpmem_block" => matches!(value, "1" | "true"),
        "rcp_subscription_level" => !matches!(value, "" | "null" | "[]" | "a:0:{}"),
        "rcp_access_level" => !matches!(value, "" | "0" | "null" | "None"),
        // LifterLMS.
        "_llms_is_restricted" => value == "yes",
        // Ultimate Member: its own rule, for who is logged in.
        "um_content_restriction" => {
            let is_own = ["b:1", "i:1", "s:1:\"1\""]
                .iter()
                .any(|one| value.contains(&format!("s:26:\"_um_custom_access_settings\";{one}")));
            is_own && value.contains("s:14:\"_um_accessible\";s:1:\"2\"")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_say_who_may_read() {
        for (name, value) in [
            ("_jetpack_newsletter_access", "paid_subscribers"),
            ("_members_access_role", "subscriber"),
            ("_is_paid", "1"),
            ("rcp_subscription_level", "any"),
            ("rcp_access_level", "3"),
            ("_llms_is_restricted", "yes"),
            (
                "um_content_restriction",
                "a:2:{s:26:\"_um_custom_access_settings\";b:1;s:14:\"_um_accessible\";s:1:\"2\";}",
            ),
        ] {
            assert!(is_for_members(name, value), "{name}");
        }
    }

    #[test]
    fn everybody_is_no_restriction() {
        for (name, value) in [
            ("_jetpack_newsletter_access", "everybody"),
            ("_members_access_role", ""),
            ("_is_paid", "0"),
            ("rcp_access_level", "None"),
            (
                "um_content_restriction",
                "a:2:{s:26:\"_um_custom_access_settings\";b:0;s:14:\"_um_accessible\";s:1:\"2\";}",
            ),
            ("footnotes", "1"),
        ] {
            assert!(!is_for_members(name, value), "{name}");
        }
    }

    #[test]
    fn a_record_may_say_so() {
        let is_told_in = |json: &str| {
            let raw: &serde_json::value::RawValue = serde_json::from_str(json).unwrap();
            is_told(&Record::parse(raw).unwrap())
        };
        assert!(is_told_in(r#"{"meta":{"_jetpack_newsletter_access":"subscribers"}}"#));
        assert!(is_told_in(r#"{"meta":{"_members_access_role":["author"]}}"#));
        assert!(!is_told_in(r#"{"meta":{"_jetpack_newsletter_access":""}}"#));
        assert!(!is_told_in(r#"{"meta":[]}"#));
    }
}
