//! Themes: the default one, which is part of the program, and a user's folder over it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use walkdir::WalkDir;

use crate::config::Settings;
use crate::site::archives::ArchiveKind;
use crate::suggestions::nearest;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A theme's files, and its options as the site wants them.
#[derive(Debug)]
pub struct Theme {
    /// By name. Those of the default theme are called `default/NAME`; a user's have no prefix.
    pub templates: BTreeMap<String, String>,
    /// Files for the site's `assets` folder, by path within it.
    pub assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// Files of fixed words by language tag, the default theme's first.
    pub languages: BTreeMap<String, Vec<String>>,
    /// All options the theme has, each with the site's value or the theme's own.
    pub options: toml::Table,
    choices: BTreeMap<String, Vec<String>>,
    text_colors: Vec<String>,
    /// A hash of all files and options.
    pub fingerprint: String,
}

/// What `theme.toml` says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Manifest {
    /// For people.
    #[allow(dead_code, reason = "it is there for readers of the file")]
    name: String,
    /// Each option with its default.
    options: toml::Table,
    /// The values an option may have, where not all of its type will do.
    choices: BTreeMap<String, Vec<String>>,
    /// Options that are colours of text, written as `#rrggbb`, or empty.
    text_colors: Vec<String>,
}

/// How much text has to differ from white to be readable, by WCAG 2.2 (1.4.3).
const READABLE: f64 = 4.5;

impl Theme {
    /// Loads the default theme, and over it the folder that `settings` name.
    ///
    /// # Errors
    /// A file cannot be read, an option is not one the theme has, or has a value it cannot have.
    pub fn load(settings: &Settings) -> anyhow::Result<Self> {
        let mut files: Vec<(String, Cow<'static, [u8]>)> = Vec::new();
        collect_default(&DEFAULT, &mut files);
        let mut theme = Self {
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            languages: BTreeMap::new(),
            options: toml::Table::new(),
            choices: BTreeMap::new(),
            text_colors: Vec::new(),
            fingerprint: String::new(),
        };
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in files {
            theme.add("default/", &path, bytes, &mut hasher)?;
        }
        if let Some(folder) = &settings.theme.dir {
            let of_default: Vec<String> = theme.options.keys().cloned().collect();
            let doing = || format!("cannot use the theme {}", folder.display());
            for (path, bytes) in read_folder(folder)? {
                theme.add("", &path, bytes, &mut hasher).with_context(doing)?;
            }
            theme.check_options(&of_default).with_context(doing)?;
        }
        for (name, value) in &settings.theme.options {
            theme.set_option(name, value).map_err(|trouble| settings.at(name, &trouble))?;
        }
        hasher.update(theme.options.to_string().as_bytes());
        theme.fingerprint = hasher.finalize().to_hex().to_string();
        Ok(theme)
    }

    fn add(
        &mut self,
        prefix: &str,
        path: &str,
        bytes: Cow<'static, [u8]>,
        hasher: &mut blake3::Hasher,
    ) -> anyhow::Result<()> {
        hasher.update(path.as_bytes()).update(&bytes);
        if let Some(name) = path.strip_prefix("assets/") {
            self.assets.insert(name.to_owned(), bytes);
            return Ok(());
        }
        let text = || -> anyhow::Result<String> {
            let text = std::str::from_utf8(&bytes);
            Ok(text.with_context(|| format!("{path} is not UTF-8 text"))?.to_owned())
        };
        if let Some(name) = path.strip_prefix("templates/") {
            self.templates.insert(format!("{prefix}{name}"), text()?);
        } else if let Some(name) = path.strip_prefix("languages/") {
            let tag = name.trim_end_matches(".toml").to_owned();
            self.languages.entry(tag).or_default().push(text()?);
        } else if path == "theme.toml" {
            let manifest: Manifest =
                toml::from_str(&text()?).with_context(|| format!("{path} is not valid"))?;
            self.choices.extend(manifest.choices);
            self.text_colors.extend(manifest.text_colors);
            for (name, value) in manifest.options {
                if self.options.contains_key(&name) {
                    self.set_option(&name, &value).context(path.to_owned())?;
                } else {
                    self.options.insert(name, value);
                }
            }
        }
        Ok(())
    }

    /// Fails if a folder's `theme.toml` has an option that is nearly one of the default theme's. It
    /// may have options of its own, which its templates mention.
    fn check_options(&self, of_default: &[String]) -> anyhow::Result<()> {
        for name in self.options.keys().filter(|name| !of_default.contains(name)) {
            if let Some(near) = self.meant(name, of_default.iter().map(String::as_str)) {
                bail!("theme.toml: no template asks for `{name}`; did you mean `{near}`?");
            }
        }
        Ok(())
    }

    /// Returns the name in `known` that `name` was probably meant to be: none if a template mentions
    /// it.
    pub fn meant<'a>(&self, name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let is_asked_for = self.templates.values().any(|template| mentions(template, name));
        nearest(name, known).filter(|_| !is_asked_for)
    }

    fn set_option(&mut self, name: &str, value: &toml::Value) -> anyhow::Result<()> {
        let Some(option) = self.options.get_mut(name) else {
            let hint = nearest(name, self.options.keys().map(String::as_str));
            let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            bail!("the theme has no option `{name}`{hint}");
        };
        let text = value.as_str().unwrap_or_default();
        if let Some(choices) = self.choices.get(name)
            && !choices.iter().any(|choice| choice == text)
        {
            let choices = choices.join("\", \"");
            bail!("`{name}` must be one of \"{choices}\", and here it is {value}");
        }
        if option.type_str() != value.type_str() {
            bail!("`{name}` must be {}, and here it is {value}", article(option));
        }
        if self.text_colors.iter().any(|other| other == name) && !text.is_empty() {
            check_text_color(text).with_context(|| format!("`{name}` cannot be \"{text}\""))?;
        }
        *option = value.clone();
        Ok(())
    }
}

/// Returns a file of the default theme, by its path in it.
pub fn default_file(path: &str) -> Option<&'static str> {
    DEFAULT.get_file(path)?.contents_utf8()
}

/// Returns the template of the pages of a post.
pub fn post_template(post_type: &str) -> &'static str {
    if post_type == "page" { "page.html" } else { "post.html" }
}

/// Returns the template of the pages of an archive.
pub fn archive_template(kind: &ArchiveKind) -> &'static str {
    if kind.is_home() { "home.html" } else { "archive.html" }
}

/// Returns whether a template holds a name, not as a part of a longer one.
fn mentions(template: &str, name: &str) -> bool {
    let is_inner =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let text = template.as_bytes();
    template.match_indices(name).any(|(start, _)| {
        let before = start.checked_sub(1).and_then(|place| text.get(place));
        !is_inner(before) && !is_inner(text.get(start + name.len()))
    })
}

/// Returns what kind of value it is, in words.
fn article(value: &toml::Value) -> &'static str {
    match value {
        toml::Value::String(_) => "a text in quotation marks",
        toml::Value::Boolean(_) => "`true` or `false`",
        toml::Value::Integer(_) | toml::Value::Float(_) => "a number",
        toml::Value::Array(_) => "a list in square brackets",
        toml::Value::Table(_) => "a table",
        toml::Value::Datetime(_) => "a date",
    }
}

/// Fails if `color` is none, or text in it could not be read on white.
fn check_text_color(color: &str) -> anyhow::Result<()> {
    let digits = color.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let number = number.context("write a colour like \"#0b57d0\"")?;
    // Contrast as WCAG 2.2 defines it.
    let linear = |shift: u32| {
        let part = f64::from((number >> shift) & 0xff) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
    let contrast = 1.05 / (luminance + 0.05);
    ensure!(
        contrast >= READABLE,
        "it is too light to be read on white: its contrast is {contrast:.1}, and {READABLE} is needed"
    );
    Ok(())
}

fn collect_default(folder: &'static Dir<'_>, files: &mut Vec<(String, Cow<'static, [u8]>)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, Cow::Borrowed(file.contents())));
    }
    for inner in folder.dirs() {
        collect_default(inner, files);
    }
}

fn read_folder(folder: &Path) -> anyhow::Result<Vec<(String, Cow<'static, [u8]>)>> {
    let parts = ["templates", "assets", "languages", "theme.toml"];
    ensure!(folder.is_dir(), "there is no theme folder {}", folder.display());
    ensure!(
        parts.iter().any(|part| folder.join(part).exists()),
        "{} is no theme: it has none of {}{}",
        folder.display(),
        parts.join(", "),
        misnamed(folder, &parts)
    );
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the theme {}", folder.display()))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = fs::read(entry.path())
            .with_context(|| format!("cannot read {}", entry.path().display()))?;
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        files.push((path.to_string_lossy().replace('\\', "/"), Cow::Owned(bytes)));
    }
    Ok(files)
}

/// Returns a hint at what in `folder` is nearly called as a part of a theme.
fn misnamed(folder: &Path, parts: &[&str]) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let hint = names.iter().find_map(|name| {
        let part = nearest(name, parts.iter().copied())?;
        Some(format!("; is `{name}` meant to be `{part}`?"))
    });
    hint.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeSettings;

    fn load(options: &str) -> anyhow::Result<Theme> {
        let theme = ThemeSettings { dir: None, options: toml::from_str(options).unwrap() };
        Theme::load(&Settings { theme, ..Settings::default() })
    }

    #[track_caller]
    fn check_error(options: &str, expected: &str) {
        assert_eq!(format!("{:#}", load(options).unwrap_err()), expected);
    }

    #[test]
    fn the_default_theme_is_part_of_the_program() {
        let theme = load("").unwrap();
        assert!(theme.templates.contains_key("default/post.html"));
        assert!(theme.assets.contains_key("style.css"));
        assert!(theme.languages.contains_key("en"));
    }

    #[test]
    fn an_option_the_theme_does_not_have_is_an_error_with_the_nearest_one() {
        check_error("frnt = 'blog'", "the theme has no option `frnt`; did you mean `front`?");
    }

    #[test]
    fn a_folder_that_is_no_theme_is_told_what_is_nearly_a_part_of_one() {
        let folder = tempfile::tempdir().unwrap();
        let told = || read_folder(folder.path()).unwrap_err().to_string();
        assert!(told().ends_with("templates, assets, languages, theme.toml"), "{}", told());
        fs::create_dir(folder.path().join("template")).unwrap();
        assert!(told().ends_with("; is `template` meant to be `templates`?"), "{}", told());
    }

    #[test]
    fn a_folder_has_options_of_its_own_if_its_templates_ask_for_them() {
        let folder = tempfile::tempdir().unwrap();
        let load = |options: &str, template: &str| {
            fs::create_dir_all(folder.path().join("templates")).unwrap();
            fs::write(folder.path().join("templates/post.html"), template).unwrap();
            let options = format!("[options]\n{options} = '#123456'\n");
            fs::write(folder.path().join("theme.toml"), options).unwrap();
            let dir = Some(folder.path().to_owned());
            let theme = ThemeSettings { dir, ..ThemeSettings::default() };
            Theme::load(&Settings { theme, ..Settings::default() })
        };
        assert!(load("accent", "").is_ok());
        let told = format!("{:#}", load("front", "").unwrap_err());
        assert!(told.contains("theme.toml: `front` must be one of \"auto\""), "{told}");
        let told = format!("{:#}", load("extra_cs", "").unwrap_err());
        assert!(told.ends_with("did you mean `extra_css`?"), "{told}");
        assert!(load("acent", "{{ options.acent }}").is_ok());
        assert!(load("zzz", "").is_ok());
        let told = format!("{:#}", load("acent", "").unwrap_err());
        assert!(told.ends_with("no template asks for `acent`; did you mean `accent`?"), "{told}");
    }

    #[test]
    fn an_option_has_a_value_that_means_something() {
        check_error(
            "footer_text = 3",
            "`footer_text` must be a text in quotation marks, and here it is 3",
        );
        check_error(
            "sections = 'news'",
            "`sections` must be a list in square brackets, and here it is \"news\"",
        );
        check_error(
            "images = true",
            "`images` must be one of \"all\", \"lead\", \"none\", and here it is true",
        );
        check_error(
            "width = 'huge'",
            "`width` must be one of \"normal\", \"narrow\", and here it is \"huge\"",
        );
    }

    #[test]
    fn an_accent_can_be_read() {
        assert!(load("accent = '#0b57d0'").is_ok() && load("accent = ''").is_ok());
        check_error(
            "accent = 'redd'",
            "`accent` cannot be \"redd\": write a colour like \"#0b57d0\"",
        );
        check_error(
            "accent = '#ffff00'",
            "`accent` cannot be \"#ffff00\": it is too light to be read on white: its contrast is 1.1, and 4.5 is needed",
        );
    }
}
