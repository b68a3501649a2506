//! In which language a record is, and what translates it, as plugins tell: Polylang, WPML, and the
//! small plugins that show in REST what those keep.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::export::copies::PostCopy;
use crate::export::json::{self, Record, Unreadable};
use crate::export::reader::{self, Reader};
use crate::model::{Language, MOST_LANGUAGES, PostId};

/// Fields that name the language, by a code such as `en` or a locale such as `en_US`.
const LANGUAGES: [&str; 2] = ["lang", "wpml_current_locale"];

/// Fields that name the translations.
const TRANSLATIONS: [&str; 3] = ["translations", "wpml_translations", "polylang_translations"];

/// The taxonomy whose terms hold posts that translate one another: Polylang's, and what others tell in
/// the same way.
pub(super) const TRANSLATED: &str = "post_translations";

/// What a record tells of its language.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) language: Option<Arc<str>>,
    /// May hold the record itself.
    pub(super) translations: Option<Box<[u64]>>,
}

/// Returns what `record` tells of its language.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Told {
    let codes = LANGUAGES.into_iter().map(|key| record.hint(key));
    let code = codes.into_iter().find(|code| is_code(code));
    let told = TRANSLATIONS.into_iter().filter_map(|key| record.get(key));
    let translations: Vec<u64> = told.flat_map(ids).take(MOST_LANGUAGES).collect();
    Told {
        language: code.map(|code| reader.shared(&code)),
        translations: (!translations.is_empty()).then(|| translations.into()),
    }
}

/// Fills in what `record` tells of the language of `post`.
pub(super) fn read_of_post(reader: &mut Reader<'_>, record: &Record<'_>, post: &mut PostCopy) {
    let Told { language, translations } = read(reader, record);
    post.language = language;
    post.translations = translations.map(|ids| ids.into_iter().map(PostId).collect());
}

/// Returns the ids in a list or object of them, or of objects that have one each.
fn ids(value: &RawValue) -> Vec<u64> {
    let values = match value.get().as_bytes().first() {
        Some(b'[') => json::elements(value).unwrap_or_default(),
        Some(b'{') => Record::parse(value)
            .map(|record| record.fields().map(|(_, value)| value).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let id = |value: &RawValue| match value.get().starts_with('{') {
        true => Record::parse(value)?.id("id").ok()?,
        false => value.get().trim_matches('"').parse().ok().filter(|id| *id > 0),
    };
    values.into_iter().take(MOST_LANGUAGES).filter_map(id).collect()
}

/// Whether a text may be what a plugin calls a language: `en`, `pt-br`, `zh_Hant`.
pub(super) fn is_code(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (2..=32).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(is_letter)
}

/// Reads a language of Polylang's list (`/pll/v1/languages`).
pub(super) fn read_one(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let Some(code) = record.text("slug")?.filter(|code| is_code(code)) else {
        return Err(Unreadable::field("slug", "the code of a language"));
    };
    let page = |key| Ok(record.id(key)?.map(PostId));
    let is_default =
        ["is_default", "is_default_lang"].into_iter().filter_map(|key| record.flag(key));
    reader.copies.languages.push(Language {
        code: code.into(),
        locale: reader::boxed(record, "locale")?.filter(|locale| is_code(locale)),
        name: reader::boxed(record, "name")?.unwrap_or_default(),
        home: reader::boxed(record, "home_url")?.unwrap_or_default(),
        is_default: is_default.max().unwrap_or(false),
        page_on_front: page("page_on_front")?,
        page_for_posts: page("page_for_posts")?,
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_are_told_in_many_forms() {
        let check = |json: &str, expected: &[u64]| {
            let value: Box<RawValue> = serde_json::from_str(json).unwrap();
            assert_eq!(ids(&value), expected, "{json}");
        };
        check(r#"{"bo":4,"en":"7"}"#, &[4, 7]);
        check(r#"[{"locale":"en_US","id":7,"href":"https://news.example/en/a/"}]"#, &[7]);
        check(r#"{"0":{"id":7},"1":{"id":null},"2":{}}"#, &[7]);
        check("[4,0,-1,null,\"x\"]", &[4]);
        check("[]", &[]);
        check("false", &[]);
        check("\"7\"", &[]);
    }

    #[test]
    fn what_is_no_code_names_no_language() {
        for (text, expected) in [
            ("en", true),
            ("pt-br", true),
            ("zh_Hant_TW", true),
            ("", false),
            ("e", false),
            ("བོད", false),
            ("7b", false),
            ("in English", false),
            ("../../etc", false),
        ] {
            assert_eq!(is_code(text), expected, "{text}");
        }
    }
}
