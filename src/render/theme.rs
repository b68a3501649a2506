//! Themes: the default one, which is part of the program, and a user's folder over it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use walkdir::WalkDir;

use crate::config::{ThemeSettings, nearest};

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
}

impl Theme {
    /// Loads the default theme, and over it the folder that `settings` name.
    ///
    /// # Errors
    /// A file cannot be read, or an option is not one the theme has.
    pub fn load(settings: &ThemeSettings) -> anyhow::Result<Self> {
        let mut files: Vec<(String, Cow<'static, [u8]>)> = Vec::new();
        collect_default(&DEFAULT, &mut files);
        let mut theme = Self {
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            languages: BTreeMap::new(),
            options: toml::Table::new(),
            fingerprint: String::new(),
        };
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in files {
            theme.add("default/", &path, bytes, &mut hasher)?;
        }
        if let Some(folder) = &settings.dir {
            for (path, bytes) in read_folder(folder)? {
                theme
                    .add("", &path, bytes, &mut hasher)
                    .with_context(|| format!("cannot use the theme {}", folder.display()))?;
            }
        }
        theme.set_options(&settings.options)?;
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
            self.options.extend(manifest.options);
        }
        Ok(())
    }

    fn set_options(&mut self, told: &toml::Table) -> anyhow::Result<()> {
        for (name, value) in told {
            let Some(option) = self.options.get_mut(name) else {
                let hint = nearest(name, self.options.keys().map(String::as_str));
                let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
                bail!("[theme]: the theme has no option `{name}`{hint}");
            };
            if option.type_str() != value.type_str() {
                let (wanted, got) = (option.type_str(), value.type_str());
                bail!("[theme]: the option `{name}` is a {wanted}, not a {got}");
            }
            *option = value.clone();
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn load(options: &str) -> anyhow::Result<Theme> {
        let options = toml::from_str(options).unwrap();
        Theme::load(&ThemeSettings { dir: None, options })
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
        let error = load("frnt = \"blog\"").unwrap_err().to_string();
        assert_eq!(error, "[theme]: the theme has no option `frnt`; did you mean `front`?");
        let error = load("front = 3").unwrap_err().to_string();
        assert_eq!(error, "[theme]: the option `front` is a string, not a integer");
    }
}
