//! `stillpress.toml` and flags, resolved to one [`Config`].

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Deserializer, Serialize};

/// The file a user writes settings in.
pub const FILE_NAME: &str = "stillpress.toml";

/// Everything a build depends on besides the export and the theme.
#[derive(Clone, Debug)]
pub struct Config {
    /// Files and folders to read; `-` is standard input.
    pub exports: Vec<PathBuf>,
    /// The folder to write.
    pub output: PathBuf,
    /// What is not public is shown, too.
    pub preview: Preview,
    /// What `stillpress.toml` says.
    pub settings: Settings,
}

/// What a preview shows that the site does not.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Preview {
    /// Drafts and pending posts.
    pub drafts: bool,
    /// Scheduled posts.
    pub future: bool,
}

/// What `stillpress.toml` may say. All of it is optional: the export says most of it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The site's name.
    pub title: Option<String>,
    /// The tagline.
    pub description: Option<String>,
    /// Where the new site will be, such as `https://name.github.io/news/`.
    pub base_url: Option<String>,
    /// Whether links within the site are as seen from each page, so that its folder can be put
    /// anywhere.
    pub relative: bool,
    /// A language tag such as `bo` or `en-GB`.
    pub language: Option<String>,
    /// Languages posts are written in, besides the site's: `["en"]` on a Tibetan site makes posts
    /// in Latin script English.
    pub languages: Vec<String>,
    /// An IANA name such as `Asia/Kolkata`.
    pub timezone: Option<String>,
    /// Posts on a page of an archive.
    pub posts_per_page: Option<usize>,
    /// Other hosts the site had: links to them are links to this site.
    pub old_hosts: Vec<String>,
    /// Which files of the media library are copied.
    pub uploads: Uploads,
    /// How addresses are made where the export has only `?p=ID`.
    pub permalinks: Permalinks,
    /// Old paths, and where they lead. A `*` at the end stands for everything below.
    pub redirects: BTreeMap<String, String>,
    /// By WordPress's id.
    pub categories: ById<TermSettings>,
    /// By WordPress's id.
    pub tags: ById<TermSettings>,
    /// Terms of custom taxonomies, by WordPress's id.
    pub terms: ById<TermSettings>,
    /// By WordPress's id.
    pub authors: ById<AuthorSettings>,
    /// Files of the media library the export lacks, by WordPress's id.
    pub media: ById<MediaSettings>,
    /// `main` and `footer`, over the export's own.
    pub menus: BTreeMap<MenuPlace, Vec<MenuEntry>>,
    /// Whether readers can search: they can unless told.
    pub search: Option<bool>,
    /// What feeds hold.
    pub feeds: Feeds,
    /// How posts' texts are treated.
    pub content: ContentSettings,
    /// Which theme, and its options.
    pub theme: ThemeSettings,
    /// The file they were read from.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// Which files of the media library are copied.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Uploads {
    /// Those that pages use.
    #[default]
    Used,
    /// All of them.
    All,
}

/// How addresses are made where the export has only `?p=ID`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Permalinks {
    /// As in WordPress's settings, such as `/%year%/%monthnum%/%postname%/`.
    pub structure: Option<String>,
    /// Those the site had before: posts' addresses in them lead on.
    pub old_structures: Vec<String>,
    /// `category` unless told.
    pub category_base: Option<String>,
    /// `tag` unless told.
    pub tag_base: Option<String>,
    /// `author` unless told.
    pub author_base: Option<String>,
}

/// What the export does not say of a term, or says wrong.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TermSettings {
    /// Plain text.
    pub name: Option<String>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// HTML.
    pub description: Option<String>,
    /// The id of the term above it.
    pub parent: Option<u64>,
}

/// What the export does not say of an author, or says wrong.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuthorSettings {
    /// Plain text.
    pub name: Option<String>,
    /// The last part of the archive's address.
    pub slug: Option<String>,
    /// HTML.
    pub description: Option<String>,
    /// The author's own site.
    pub url: Option<String>,
}

/// A file of the media library that the export lacks.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MediaSettings {
    /// Its path below `wp-content/uploads/`, such as `2026/06/lake.jpg`, or its full address.
    pub file: String,
    /// What it shows, in words.
    #[serde(default)]
    pub alt: Option<String>,
    /// HTML.
    #[serde(default)]
    pub caption: Option<String>,
}

/// A place for a menu.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MenuPlace {
    /// In the header.
    Main,
    /// In the footer.
    Footer,
}

/// An entry of a menu.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// Plain text.
    pub title: String,
    /// A full address, one on this site such as `/about/`, or an old one such as `/?p=7`.
    pub url: String,
    /// The entries below it.
    #[serde(default)]
    pub children: Vec<Self>,
}

/// What feeds hold.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feeds {
    /// How many posts.
    pub items: usize,
    /// How much of each.
    pub content: FeedContent,
    /// What stands at the addresses WordPress's feeds had.
    pub index: FeedIndex,
}

/// What stands at the address a feed had in WordPress, such as `/feed/`: most hosts call it a web
/// page, whatever it is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedIndex {
    /// The feed: feed readers do not mind what it is called.
    #[default]
    Rss,
    /// A page for people; the feed is `rss.xml` beside it.
    Page,
}

/// How much of a post a feed holds.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedContent {
    /// The whole text.
    #[default]
    Full,
    /// The excerpt.
    Excerpt,
}

/// How posts' texts are treated.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContentSettings {
    /// What happens to scripts in posts.
    pub scripts: ScriptSettings,
    /// What happens to shortcodes of plugins in raw texts.
    pub shortcodes: ShortcodeSettings,
}

/// What happens to shortcodes of plugins in raw texts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ShortcodeSettings {
    /// They stay as they are written.
    #[default]
    Keep,
    /// They are left out.
    Drop,
}

/// What happens to scripts in posts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ScriptSettings {
    /// They are left out and told.
    #[default]
    Drop,
    /// They stay as they are.
    Keep,
}

/// Which theme, and its options.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct ThemeSettings {
    /// A folder whose templates and assets replace the default theme's.
    pub dir: Option<PathBuf>,
    /// Checked against the theme's own list.
    #[serde(flatten)]
    pub options: toml::Table,
}

/// Settings by WordPress's id: tables such as `[categories.5]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ById<T>(pub BTreeMap<u64, T>);

impl Default for Feeds {
    fn default() -> Self {
        Self { items: 10, content: FeedContent::Full, index: FeedIndex::Rss }
    }
}

impl<T> Default for ById<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ById<T> {
    /// Returns the settings for `id`.
    pub fn get(&self, id: u64) -> Option<&T> {
        self.0.get(&id)
    }
}

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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = BTreeMap::<String, T>::deserialize(deserializer)?;
        let mut by_id = BTreeMap::new();
        for (name, value) in named {
            let Ok(id) = name.parse() else {
                let message = format!("`{name}` is not an id: WordPress's ids are numbers");
                return Err(serde::de::Error::custom(message));
            };
            by_id.insert(id, value);
        }
        Ok(Self(by_id))
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
    let beside = exports.iter().map(|export| export.join(FILE_NAME));
    std::iter::once(PathBuf::from(FILE_NAME)).chain(beside).find(|file| file.is_file())
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

/// Returns the name in `known` that `name` was probably meant to be.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score > 0.75).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let message = parse(text).unwrap_err();
        assert!(message.starts_with(expected), "{message}");
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
        check_error("title = \"a\"\nposts_per_page = 0", "2:1: `posts_per_page` must be 1 or more");
        check_error("[authors.bob]\nname = \"Bob\"", "1:2: `bob` is not an id");
    }
}
