//! The site's language in the theme: fixed words, plural forms, dates.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, FixedOffset, Locale};
use serde::Deserialize;

use crate::render::theme::Theme;

/// Fixed words and patterns in one language, with English for what it lacks.
#[derive(Clone, Debug)]
pub struct Words {
    /// The words templates see as `t`.
    pub words: BTreeMap<String, String>,
    plurals: BTreeMap<String, Plural>,
    dates: BTreeMap<String, String>,
    locale: Locale,
    digits: Digits,
    language: String,
}

/// A file of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    #[allow(dead_code, reason = "it is there for readers of the file")]
    name: String,
    words: BTreeMap<String, String>,
    plurals: BTreeMap<String, Plural>,
    dates: BTreeMap<String, String>,
}

/// A phrase with a number in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Plural {
    one: Option<String>,
    other: String,
}

/// The signs numbers are written with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Digits {
    Western,
    Tibetan,
}

impl Words {
    /// Gathers the words for `language` from a theme: English, under those of the language, under
    /// those of its region.
    ///
    /// # Errors
    /// A file is not valid, or holds a pattern or locale that does not exist.
    pub fn load(theme: &Theme, language: &str) -> anyhow::Result<Self> {
        let primary = language.split('-').next().unwrap_or(language).to_owned();
        let mut tags = vec!["en".to_owned(), primary, language.to_owned()];
        tags.dedup();
        let mut file = File::default();
        for tag in &tags {
            for text in theme.languages.get(tag).into_iter().flatten() {
                let over: File = toml::from_str(text)
                    .with_context(|| format!("languages/{tag}.toml is not valid"))?;
                file.words.extend(over.words);
                file.plurals.extend(over.plurals);
                file.dates.extend(over.dates);
            }
        }
        let locale = file.dates.remove("locale").unwrap_or_else(|| "POSIX".to_owned());
        let digits = file.dates.remove("digits").unwrap_or_default();
        for (name, pattern) in &file.dates {
            if StrftimeItems::new(pattern).any(|item| item == Item::Error) {
                anyhow::bail!("languages/{language}.toml: `{pattern}` is not a pattern for {name}");
            }
        }
        Ok(Self {
            words: file.words,
            plurals: file.plurals,
            locale: Locale::try_from(&*locale).map_err(|_| {
                anyhow::anyhow!("languages/{language}.toml: there is no locale `{locale}`")
            })?,
            dates: file.dates,
            digits: if digits == "tibetan" { Digits::Tibetan } else { Digits::Western },
            language: language.to_owned(),
        })
    }

    /// Returns a phrase with `count` in it, in the form the language has for that number.
    pub fn plural(&self, word: &str, count: u64) -> Option<String> {
        let plural = self.plurals.get(word)?;
        let is_one = match self.language.split('-').next() {
            Some("fr" | "pt") => count < 2,
            _ => count == 1,
        };
        let form = plural.one.as_ref().filter(|_| is_one).unwrap_or(&plural.other);
        Some(form.replace("{n}", &self.digits(&count.to_string())))
    }

    /// Returns the forms of a phrase that counts, with `{n}` in them: for one, and for others.
    pub fn forms(&self, word: &str) -> (String, String) {
        let plural = self.plurals.get(word).cloned().unwrap_or_default();
        (plural.one.unwrap_or_else(|| plural.other.clone()), plural.other)
    }

    /// Writes a date by one of the language's patterns: `long`, `month`, `time` and so on.
    pub fn date(&self, date: &DateTime<FixedOffset>, pattern: &str) -> String {
        let pattern = self.dates.get(pattern).map_or("%Y-%m-%d", String::as_str);
        self.digits(&date.format_localized(pattern, self.locale).to_string())
    }

    /// Returns a text with its digits as the language writes them.
    pub fn digits(&self, text: &str) -> String {
        match self.digits {
            Digits::Western => text.to_owned(),
            Digits::Tibetan => text.chars().map(tibetan_digit).collect(),
        }
    }
}

fn tibetan_digit(digit: char) -> char {
    match digit {
        '0'..='9' => char::from_u32('༠' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn words(language: &str) -> Words {
        Words::load(&Theme::load(&Settings::default()).unwrap(), language).unwrap()
    }

    #[test]
    fn every_language_of_the_default_theme_is_valid() {
        let theme = Theme::load(&Settings::default()).unwrap();
        let english: Vec<String> = words("en").words.into_keys().collect();
        for tag in theme.languages.keys() {
            let words = Words::load(&theme, tag).unwrap();
            let known: Vec<String> = words.words.into_keys().collect();
            assert_eq!(known, english, "{tag} has a word that English lacks");
        }
    }

    #[test]
    fn dates_and_numbers_are_in_the_language() {
        let date = DateTime::parse_from_rfc3339("2026-06-05T08:39:53+05:30").unwrap();
        assert_eq!(words("en-US").date(&date, "long"), "5 June 2026");
        assert_eq!(words("de").date(&date, "month"), "Juni 2026");
        assert_eq!(words("en").plural("comments", 1).unwrap(), "1 comment");
        assert_eq!(words("en").plural("comments", 0).unwrap(), "0 comments");
    }
}
