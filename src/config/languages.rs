//! `languages`: a list of tags, or a table a language.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The languages that posts are written in besides the site's, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByLanguage(pub Vec<(String, LanguageSettings)>);

/// What the export does not say of a language, or says wrong.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageSettings {
    /// Plain text, in the language itself.
    pub name: Option<String>,
    /// The site's name in it: plain text.
    pub title: Option<String>,
    /// The path of its home page, such as `/en/`.
    pub path: Option<String>,
}

impl<'de> Deserialize<'de> for ByLanguage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Languages)
    }
}

struct Languages;

impl<'de> Visitor<'de> for Languages {
    type Value = ByLanguage;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ByLanguage, A::Error> {
        let mut all = Vec::new();
        while let Some(tag) = list.next_element::<String>()? {
            all.push((tag, LanguageSettings::default()));
        }
        Ok(ByLanguage(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<ByLanguage, A::Error> {
        let mut all = Vec::new();
        while let Some(language) = table.next_entry()? {
            all.push(language);
        }
        Ok(ByLanguage(all))
    }
}

#[cfg(test)]
mod tests {
    use crate::config;

    #[test]
    fn languages_are_listed_or_have_tables() {
        let settings = config::parse("languages = [\"en\", \"de\"]").unwrap();
        let tags: Vec<&str> = settings.languages.0.iter().map(|(tag, _)| &**tag).collect();
        assert_eq!(tags, ["en", "de"]);
        let settings =
            config::parse("[languages.en]\nname = \"English\"\npath = \"/en/\"").unwrap();
        let [(tag, english)] = &*settings.languages.0 else { panic!("{:?}", settings.languages) };
        assert_eq!((&**tag, english.name.as_deref()), ("en", Some("English")));
        let error = config::parse("[languages.en]\nnmae = \"x\"").unwrap_err();
        assert!(error.starts_with("2:1: unknown field `nmae`"), "{error}");
        let error = config::parse("languages = \"en\"").unwrap_err();
        assert!(error.contains("expected a list in square brackets"), "{error}");
    }
}
