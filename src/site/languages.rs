//! Which language a text is in, as far as its script tells.

use std::sync::Arc;

use anyhow::ensure;

use crate::config::ByLanguage;
use crate::model::Script;
use crate::site::urls::UrlPath;

/// The languages of a site.
#[derive(Debug)]
pub struct Languages {
    /// The site's own first, then the others told, then one for each script they do not cover.
    by_script: Vec<(Script, Arc<str>)>,
}

impl Languages {
    /// Returns the languages of a site: its own, and the others its posts are written in.
    pub fn new<'a>(site: &'a str, others: impl IntoIterator<Item = &'a str>) -> Self {
        let told = std::iter::once(site).chain(others);
        let told = told.map(|tag| (script_of(tag), Arc::from(tag)));
        let usual = USUAL.iter().map(|&(script, tag)| (script, Arc::from(tag)));
        Self { by_script: told.chain(usual).collect() }
    }

    /// Returns the language tag for text in `script`.
    pub fn of(&self, script: Script) -> Option<&Arc<str>> {
        self.by_script.iter().find(|(other, _)| *other == script).map(|(_, tag)| tag)
    }

    /// Returns the site's own language tag.
    pub fn site(&self) -> &Arc<str> {
        &self.by_script[0].1
    }
}

/// The language most often written in a script.
const USUAL: [(Script, &str); 19] = [
    (Script::Latin, "en"),
    (Script::Tibetan, "bo"),
    (Script::Arabic, "ar"),
    (Script::Armenian, "hy"),
    (Script::Bengali, "bn"),
    (Script::Cyrillic, "ru"),
    (Script::Devanagari, "hi"),
    (Script::Georgian, "ka"),
    (Script::Greek, "el"),
    (Script::Han, "zh"),
    (Script::Hangul, "ko"),
    (Script::Hebrew, "he"),
    (Script::Kana, "ja"),
    (Script::Khmer, "km"),
    (Script::Lao, "lo"),
    (Script::Myanmar, "my"),
    (Script::Sinhala, "si"),
    (Script::Tamil, "ta"),
    (Script::Thai, "th"),
];

/// A language as the user tells of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// As in the settings.
    pub code: String,
    /// A language tag.
    pub tag: String,
    /// In the language itself.
    pub name: Option<String>,
    /// The site's name in it.
    pub title: Option<String>,
    /// Where its home page was.
    pub home: Option<UrlPath>,
}

/// Checks what the user tells of languages.
///
/// # Errors
/// The key that is not right, and why: a language has no tag, or a home page at what is no path.
pub fn told(all: &ByLanguage) -> Result<Vec<Told>, (&'static str, anyhow::Error)> {
    let checked = all.0.iter().map(|(code, settings)| {
        let home = settings.path.as_deref().map(home).transpose();
        Ok(Told {
            code: code.clone(),
            tag: parse(code).map_err(|it| ("languages", it))?,
            name: settings.name.clone(),
            title: settings.title.clone(),
            home: home.map_err(|it| ("path", it))?,
        })
    });
    checked.collect()
}

fn home(path: &str) -> anyhow::Result<UrlPath> {
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.contains(['?', '#']);
    ensure!(is_path, "`{path}` is no path: write one like \"/en/\"");
    Ok(UrlPath::from_segments(path.split('/').filter(|part| !part.is_empty())))
}

/// Returns what a language tag or locale begins with: the language alone.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Returns the script a language is written in.
pub fn script_of(tag: &str) -> Script {
    match &*primary(tag).to_ascii_lowercase() {
        "bo" | "dz" => Script::Tibetan,
        "ar" | "ckb" | "fa" | "ps" | "sd" | "ug" | "ur" => Script::Arabic,
        "be" | "bg" | "kk" | "ky" | "mk" | "mn" | "ru" | "sr" | "tg" | "tt" | "uk" => {
            Script::Cyrillic
        }
        "hi" | "mr" | "ne" | "sa" => Script::Devanagari,
        "he" | "yi" => Script::Hebrew,
        other => {
            let usual = USUAL.iter().find(|(_, tag)| *tag == other);
            usual.map_or(Script::Latin, |(script, _)| *script)
        }
    }
}

/// Returns `rtl` for languages written from right to left, else `ltr`.
pub fn direction_of(tag: &str) -> &'static str {
    match script_of(tag) {
        Script::Arabic | Script::Hebrew => "rtl",
        _ => "ltr",
    }
}

/// Returns the language tag in `told`, which may be written as WordPress does.
///
/// # Errors
/// It is no tag: the name of a language, say.
pub fn parse(told: &str) -> anyhow::Result<String> {
    let language = primary(told);
    let is_tag =
        matches!(language.len(), 2 | 3) && language.bytes().all(|it| it.is_ascii_alphabetic());
    ensure!(is_tag, "`{told}` is no language tag; write one like \"bo\", \"en\" or \"de-AT\"");
    Ok(if told.contains('_') { tag_of_locale(told) } else { told.to_owned() })
}

/// Turns a locale such as `en_US`, `de_DE_formal` or `zh_Hant_TW` into a language tag.
pub fn tag_of_locale(locale: &str) -> String {
    let mut parts = locale.split(['_', '-']).filter(|part| !part.is_empty());
    let language = parts.next().unwrap_or("en").to_ascii_lowercase();
    let mut parts = parts.peekable();
    let is_script =
        |part: &&str| part.len() == 4 && part.bytes().all(|it| it.is_ascii_alphabetic());
    let script = parts.next_if(is_script);
    let script = script
        .map(|it| format!("-{}{}", it[..1].to_ascii_uppercase(), it[1..].to_ascii_lowercase()));
    let region = parts.next().filter(|part| part.len() == 2);
    let region = region.map(|it| format!("-{}", it.to_ascii_uppercase()));
    format!("{language}{}{}", script.unwrap_or_default(), region.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_own_language_wins_for_its_script() {
        let languages = Languages::new("de-AT", ["ne"]);
        let tags = [Script::Latin, Script::Devanagari, Script::Tibetan].map(|it| languages.of(it));
        assert_eq!(tags.map(|tag| &**tag.unwrap()), ["de-AT", "ne", "bo"]);
        assert_eq!(languages.of(Script::Other), None);
    }

    #[test]
    fn locales_become_tags() {
        assert_eq!(tag_of_locale("en_US"), "en-US");
        assert_eq!(tag_of_locale("de_DE_formal"), "de-DE");
        assert_eq!(tag_of_locale("bo"), "bo");
        assert_eq!(tag_of_locale("zh-Hant"), "zh-Hant");
        assert_eq!(tag_of_locale("sr_latn_RS"), "sr-Latn-RS");
        assert_eq!(direction_of("fa-IR"), "rtl");
    }

    #[test]
    fn a_told_language_is_a_tag() {
        assert_eq!(parse("bo_CN").unwrap(), "bo-CN");
        assert_eq!(parse("de-AT").unwrap(), "de-AT");
        let error = parse("tibetan").unwrap_err().to_string();
        assert!(error.starts_with("`tibetan` is no language tag"), "{error}");
    }
}
