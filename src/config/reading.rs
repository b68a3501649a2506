//! Reads the settings, and says in plain words where and why they are not valid.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::{FILE_NAME, Settings};
use crate::suggestions::nearest;

impl Settings {
    /// Says of what is wrong with the value of `key` where that stands.
    pub fn at(&self, key: &str, trouble: &anyhow::Error) -> anyhow::Error {
        let Some(file) = &self.file else { return anyhow::anyhow!("{trouble:#}") };
        let text = fs::read_to_string(file).unwrap_or_default();
        let quotes = ['"', '\''];
        let is_at = |line: &str| {
            let rest = line.trim_start().trim_start_matches(quotes).strip_prefix(key);
            rest.is_some_and(|it| it.trim_start_matches(quotes).trim_start().starts_with('='))
        };
        let line = text.lines().position(is_at).map(|line| format!("{}:1: ", line + 1));
        anyhow::anyhow!("{}:{}{trouble:#}", file.display(), line.unwrap_or_else(|| " ".to_owned()))
            .context("the configuration is not valid")
    }
}

/// Reads the settings: those of `file`, else of `./stillpress.toml`, else of the first folder in
/// `exports` that holds one, else none.
///
/// # Errors
/// The file cannot be read, or says something we do not know.
pub fn read(file: Option<&Path>, exports: &[PathBuf]) -> anyhow::Result<Settings> {
    let Some(file) = file.map(Path::to_owned).or_else(|| find(exports)) else {
        return Ok(Settings::default());
    };
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut settings = parse(&text).map_err(|trouble| {
        anyhow::anyhow!("{}:{trouble}", file.display()).context("the configuration is not valid")
    })?;
    let folder = file.parent().unwrap_or(Path::new(""));
    settings.theme.dir = settings.theme.dir.map(|dir| folder.join(dir));
    settings.file = Some(file);
    Ok(settings)
}

fn find(exports: &[PathBuf]) -> Option<PathBuf> {
    candidates(exports).next()
}

/// Returns the files that are read if none is named and those before are not there.
fn candidates(exports: &[PathBuf]) -> impl Iterator<Item = PathBuf> {
    let beside = exports.iter().map(|export| export.join(FILE_NAME));
    std::iter::once(PathBuf::from(FILE_NAME)).chain(beside).filter(|file| file.is_file())
}

/// Says which file `settings` were read from, and which others were not. None if there is no file.
pub fn origin(settings: &Settings, exports: &[PathBuf]) -> Option<String> {
    let file = settings.file.as_deref()?;
    let is_other = |other: &PathBuf| match (other.canonicalize(), file.canonicalize()) {
        (Ok(other), Ok(file)) => other != file,
        _ => other != file,
    };
    let others = candidates(exports).filter(is_other);
    let others: Vec<String> = others.map(|other| format!("`{}`", other.display())).collect();
    let passed_over = match others.len() {
        0 => String::new(),
        1 => format!("; {} is not read", others[0]),
        _ => format!("; {} are not read", others.join(", ")),
    };
    Some(format!("Settings are those of `{}`{passed_over}.", file.display()))
}

/// Parses settings.
///
/// # Errors
/// `LINE:COLUMN: what is wrong`, with the nearest known key if a key is unknown.
pub fn parse(text: &str) -> Result<Settings, String> {
    let settings: Settings = toml::from_str(text).map_err(|err| {
        let offset = err.span().map_or(0, |span| span.start);
        let message = err.message().trim();
        let hint = nearest_key(message).map(|key| format!("; did you mean `{key}`?"));
        let line = text.get(offset..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let hint = hint.or_else(|| {
            let is_curly = |letter: char| "“”„‘’«»".contains(letter);
            let hint = "; a text stands in straight quotation marks: \"like this\"";
            line.contains(is_curly).then(|| hint.to_owned())
        });
        let place = line_and_column(text, offset);
        format!("{place}: {}{}", in_plain_words(message), hint.unwrap_or_default())
    })?;
    let counts =
        [("posts_per_page", settings.posts_per_page), ("items", Some(settings.feeds.items))];
    if let Some((key, _)) = counts.into_iter().find(|(_, count)| *count == Some(0)) {
        let line = text.lines().position(|line| line.trim_start().starts_with(key));
        return Err(format!("{}:1: `{key}` must be 1 or more", line.unwrap_or(0) + 1));
    }
    Ok(settings)
}

/// Says what serde says without words of Rust.
fn in_plain_words(message: &str) -> String {
    let mut plain = message.replace("unknown variant", "unknown value");
    for (rust, word) in [
        ("expected usize", "expected a whole number"),
        ("expected u64", "expected a whole number"),
        ("expected a sequence", "expected a list in square brackets"),
        ("expected a map", "expected a table"),
        ("expected a string", "expected a text in quotation marks"),
        ("invalid type: string", "not fitting: the text"),
        ("invalid type: integer", "not fitting: the number"),
        ("invalid type: boolean", "not fitting:"),
        ("invalid type: ", "not fitting: "),
    ] {
        plain = plain.replace(rust, word);
    }
    plain
}

fn line_and_column(text: &str, offset: usize) -> String {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{line}:{column}")
}

/// Returns the known key nearest to the one that serde's message says is unknown.
fn nearest_key(message: &str) -> Option<&str> {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (unknown, known) = names.split_first().filter(|_| message.starts_with("unknown"))?;
    nearest(unknown, known.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Switch;

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let message = parse(text).unwrap_err();
        assert!(message.starts_with(expected), "{message}");
    }

    #[test]
    fn the_file_that_is_read_is_named_and_those_that_are_not() {
        let place = tempfile::tempdir().unwrap();
        let exports = ["a", "b"].map(|name| place.path().join(name));
        for export in &exports {
            fs::create_dir(export).unwrap();
            fs::write(export.join(FILE_NAME), "title = \"News\"").unwrap();
        }
        let [a, b] = exports.each_ref().map(|export| export.join(FILE_NAME).display().to_string());
        let check = |file: Option<&Path>, expected: Option<String>| {
            let settings = read(file, &exports).unwrap();
            assert_eq!(origin(&settings, &exports), expected);
        };
        check(None, Some(format!("Settings are those of `{a}`; `{b}` is not read.")));
        check(
            Some(Path::new(&b)),
            Some(format!("Settings are those of `{b}`; `{a}` is not read.")),
        );
        assert_eq!(origin(&Settings::default(), &exports), None);
    }

    #[test]
    fn what_a_site_has_can_be_switched_off() {
        let check = |text: &str, expected: Switch| {
            let settings = parse(text).unwrap();
            assert_eq!((settings.search, settings.content.highlight), (expected, expected));
        };
        check("", Switch::On);
        check("search = true\n[content]\nhighlight = true", Switch::On);
        check("search = false\n[content]\nhighlight = false", Switch::Off);
        assert_eq!(Settings::default().search, Switch::On);
    }

    #[test]
    fn tables_are_named_by_id() {
        let settings = parse("[categories.5]\nname = \"News\"\n").unwrap();
        assert_eq!(settings.categories.get(5).unwrap().name.as_deref(), Some("News"));
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_place_and_the_nearest_key() {
        check_error("titel = \"News\"", "1:1: unknown field `titel`, expected one of");
        assert!(parse("titel = \"News\"").unwrap_err().ends_with("did you mean `title`?"));
        check_error("\n[feeds]\nitms = 3", "3:1: unknown field `itms`");
    }

    #[test]
    fn a_bad_value_is_an_error_with_its_place() {
        check_error(
            "posts_per_page = \"ten\"",
            "1:18: not fitting: the text \"ten\", expected a whole number",
        );
        check_error("search = \"no\"", "1:10: not fitting: the text \"no\", expected a boolean");
        check_error("title = \"a\"\nposts_per_page = 0", "2:1: `posts_per_page` must be 1 or more");
        check_error("[authors.bob]\nname = \"Bob\"", "1:2: `bob` is not an id");
    }
}
