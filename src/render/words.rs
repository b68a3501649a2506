//! The site's language in the theme: fixed words, plural forms, dates.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Context;
use chrono::format::{DelayedFormat, Item, StrftimeItems};
use chrono::{DateTime, FixedOffset};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};

use crate::render::theme::Theme;

/// Fixed words and patterns in one language, with English for what it lacks.
#[derive(Clone, Debug)]
pub struct Words {
    /// The words templates see as `t`.
    pub words: BTreeMap<String, String>,
    plurals: BTreeMap<String, Plural>,
    dates: BTreeMap<String, String>,
    blocks: BTreeMap<String, String>,
    locale: chrono::Locale,
    digits: Digits,
    /// Of the words, which may be English on a site in another.
    pub language: String,
}

/// A file of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Of the language, in itself.
    name: String,
    words: BTreeMap<String, String>,
    plurals: BTreeMap<String, Plural>,
    dates: BTreeMap<String, String>,
    /// What blocks say: in English that is built in.
    blocks: BTreeMap<String, String>,
}

/// A phrase with a number in it, in the forms of CLDR that its language has.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plural {
    #[serde(skip_serializing_if = "Option::is_none")]
    zero: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    two: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    few: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    many: Option<String>,
    other: String,
}

/// The signs numbers are written with.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Digits {
    #[default]
    Western,
    Arabic,
    Devanagari,
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
        let mut spoken = "en";
        for tag in &tags {
            if theme.languages.contains_key(tag) {
                spoken = tag;
            }
            for text in theme.languages.get(tag).into_iter().flatten() {
                let over: File = toml::from_str(text)
                    .with_context(|| format!("languages/{tag}.toml is not valid"))?;
                check_words(theme, &over, &file)
                    .with_context(|| format!("languages/{tag}.toml"))?;
                file.words.extend(over.words);
                file.plurals.extend(over.plurals);
                file.dates.extend(over.dates);
                file.blocks.extend(over.blocks);
            }
        }
        let locale = file.dates.remove("locale").unwrap_or_else(|| "POSIX".to_owned());
        let digits = match file.dates.remove("digits") {
            Some(digits) => Digits::deserialize(digits.clone().into_deserializer()).map_err(
                |error: serde::de::value::Error| {
                    anyhow::anyhow!("languages/{language}.toml: digits = \"{digits}\": {error}")
                },
            )?,
            None => Digits::default(),
        };
        for (name, pattern) in &file.dates {
            if StrftimeItems::new(pattern).any(|item| item == Item::Error) {
                anyhow::bail!("languages/{language}.toml: `{pattern}` is not a pattern for {name}");
            }
        }
        Ok(Self {
            words: file.words,
            plurals: file.plurals,
            locale: chrono::Locale::try_from(&*locale).map_err(|_| {
                anyhow::anyhow!("languages/{language}.toml: there is no locale `{locale}`")
            })?,
            dates: file.dates,
            blocks: file.blocks,
            digits,
            language: spoken.to_owned(),
        })
    }

    /// Returns a phrase with `count` in it, in the form the language has for that number.
    pub fn plural(&self, word: &str, count: u64) -> Option<String> {
        let plural = self.plurals.get(word)?;
        let form = match category(&self.language, count) {
            PluralCategory::Zero => &plural.zero,
            PluralCategory::One => &plural.one,
            PluralCategory::Two => &plural.two,
            PluralCategory::Few => &plural.few,
            PluralCategory::Many => &plural.many,
            PluralCategory::Other => &None,
        };
        let form = form.as_ref().unwrap_or(&plural.other);
        Some(form.replace("{n}", &self.digits(&count.to_string())))
    }

    /// Returns the forms of a phrase that counts, with `{n}` in them.
    pub fn forms(&self, word: &str) -> Plural {
        self.plurals.get(word).cloned().unwrap_or_default()
    }

    /// Writes a date by one of the language's patterns: `long`, `month`, `time` and so on.
    pub fn date(&self, date: &DateTime<FixedOffset>, pattern: &str) -> String {
        self.date_as(date, self.dates.get(pattern).map_or("%Y-%m-%d", String::as_str))
    }

    /// Writes a date by a pattern of `strftime`, which is known to be valid.
    pub fn date_as(&self, date: &DateTime<FixedOffset>, pattern: &str) -> String {
        let mut text = String::with_capacity(32);
        // To find out how far it is from UTC takes as long as all the rest.
        let written = if pattern.contains(['z', 'Z', '+', 'c', 's']) {
            write!(text, "{}", date.format_localized(pattern, self.locale))
        } else {
            let (day, time) = (date.date_naive(), date.naive_local().time());
            let items = StrftimeItems::new_with_locale(pattern, self.locale);
            let format = DelayedFormat::new_with_locale(Some(day), Some(time), items, self.locale);
            write!(text, "{format}")
        };
        written.expect("the pattern is valid");
        self.digits(&text)
    }

    /// Returns a word or phrase of blocks, if the language has one of its own.
    pub fn of_blocks(&self, key: &str) -> Option<&str> {
        self.blocks.get(key).map(String::as_str)
    }

    /// Returns a text with its digits as the language writes them.
    pub fn digits(&self, text: &str) -> String {
        let nought = match self.digits {
            Digits::Western => return text.to_owned(),
            Digits::Arabic => '٠',
            Digits::Devanagari => '०',
            Digits::Tibetan => '༠',
        };
        let own = |digit: char| match digit.to_digit(10) {
            Some(value) => char::from_u32(nought as u32 + value).unwrap_or(digit),
            None => digit,
        };
        text.chars().map(own).collect()
    }
}

/// Returns what the theme calls a language, in the language itself.
pub fn name_of(theme: &Theme, tag: &str) -> Option<String> {
    let files = theme.languages.get(tag)?.iter();
    let mut names =
        files.filter_map(|text| toml::from_str::<File>(text).ok()).map(|file| file.name);
    names.rfind(|name| !name.is_empty())
}

/// Returns the form a language has for a number: the last resort, if it is not known. The rules are
/// looked up anew each time, because threads cannot share them.
fn category(language: &str, count: u64) -> PluralCategory {
    let locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let rules = PluralRules::try_new_cardinal(locale.into());
    rules.map_or(PluralCategory::Other, |rules| rules.category_for(count))
}

/// Fails if a word in `over` is nearly one of those known so far. A theme may have words of its own,
/// which its templates mention.
fn check_words(theme: &Theme, over: &File, known: &File) -> anyhow::Result<()> {
    for name in over.words.keys().filter(|name| !known.words.contains_key(*name)) {
        if let Some(near) = theme.meant(name, known.words.keys().map(String::as_str)) {
            anyhow::bail!("no template asks for `{name}`; did you mean `{near}`?");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
            let of_blocks: BTreeSet<&str> = words.blocks.keys().map(String::as_str).collect();
            let all: BTreeSet<&str> = crate::content::block_words().collect();
            assert!(tag == "en" || of_blocks == all, "{tag}: {of_blocks:?}");
        }
    }

    #[test]
    fn a_word_that_is_nearly_one_of_the_theme_s_is_meant_to_be_that() {
        let load = |word: &str, template: &str| {
            let mut theme = Theme::load(&Settings::default()).unwrap();
            let file = format!("[words]\n{word} = \"x\"\n");
            theme.languages.entry("bo".to_owned()).or_default().push(file);
            theme.templates.insert("post.html".to_owned(), template.to_owned());
            Words::load(&theme, "bo").map(|words| words.words[word].clone())
        };
        assert_eq!(load("archive", "").unwrap(), "x");
        assert_eq!(load("archvie", "{{ t.archvie }}").unwrap(), "x");
        let told = format!("{:#}", load("archvie", "").unwrap_err());
        let expected = "languages/bo.toml: no template asks for `archvie`; did you mean `archive`?";
        assert_eq!(told, expected);
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let arabic = words("ar");
        let counted = [0, 1, 2, 3, 11, 100].map(|count| arabic.plural("posts", count).unwrap());
        let expected = ["لا مقالات", "مقالة واحدة", "مقالتان", "3 مقالات", "11 مقالة", "100 مقالة"];
        assert_eq!(counted, expected);
    }

    #[test]
    fn dates_and_numbers_are_in_the_language() {
        let date = DateTime::parse_from_rfc3339("2026-06-05T08:39:53+05:30").unwrap();
        assert_eq!(words("en-US").date(&date, "long"), "5 June 2026");
        assert_eq!(words("de").date(&date, "month"), "Juni 2026");
        assert_eq!(words("en").plural("comments", 1).unwrap(), "1 comment");
        assert_eq!(words("en").plural("comments", 0).unwrap(), "0 comments");
        assert_eq!(words("fr").plural("comments", 0).unwrap(), "0 commentaire");
        assert_eq!(words("ne").date(&date, "long"), "५ जुन २०२६");
        assert_eq!(words("zh-TW").date(&date, "long"), "2026年6月5日");
        // The words are English, and so are the forms.
        assert_eq!(words("xx").plural("comments", 1).unwrap(), "1 comment");
    }
}
