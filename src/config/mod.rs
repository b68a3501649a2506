//! `stillpress.toml` and flags, resolved to one [`Config`].

mod languages;
mod reading;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer};

pub use crate::config::languages::{ByLanguage, LanguageSettings};
pub use crate::config::reading::{origin, parse, read};

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
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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
    /// What will serve the site.
    pub host: Host,
    /// A language tag such as `bo` or `en-GB`.
    pub language: Option<String>,
    /// Languages posts are written in, besides the site's: `["en"]` on a Tibetan site makes posts
    /// in Latin script English. A table says more of one.
    pub languages: ByLanguage,
    /// An IANA name such as `Asia/Kolkata`.
    pub timezone: Option<String>,
    /// Posts on a page of an archive.
    pub posts_per_page: Option<usize>,
    /// The id of the page shown at `/`. 0: none, the posts are.
    pub page_on_front: Option<u64>,
    /// The id of the page at whose address the posts are listed then.
    pub page_for_posts: Option<u64>,
    /// Other hosts the site had: links to them are links to this site.
    pub old_hosts: Vec<String>,
    /// Which files of the media library are copied.
    pub uploads: Uploads,
    /// What becomes of posts that do not say whether readers could see them.
    pub untold: Untold,
    /// How addresses are made that the export does not tell, or has only as `?p=ID`.
    pub permalinks: Permalinks,
    /// Old paths, and where they lead. A `*` at the end stands for everything below.
    pub redirects: BTreeMap<String, String>,
    /// By WordPress's id.
    pub categories: ById<TermSettings>,
    /// By WordPress's id.
    pub tags: ById<TermSettings>,
    /// Terms of custom taxonomies, by WordPress's id.
    pub terms: ById<TermSettings>,
    /// By the name of the type.
    pub types: BTreeMap<String, KindSettings>,
    /// By the name of the taxonomy.
    pub taxonomies: BTreeMap<String, KindSettings>,
    /// By WordPress's id.
    pub authors: ById<AuthorSettings>,
    /// Files of the media library the export lacks, by WordPress's id.
    pub media: ById<MediaSettings>,
    /// `main` and `footer`, over the export's own.
    pub menus: BTreeMap<MenuPlace, Vec<MenuEntry>>,
    /// Archives with fewer posts are not for search engines: 0, none, unless told.
    pub noindex_below: usize,
    /// Whether readers can search.
    pub search: Switch,
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

impl Settings {
    /// Returns the name of the file they were read from, or of the one they would be read from.
    pub fn file_name(&self) -> String {
        let file = self.file.as_deref().map(|file| file.to_string_lossy().into_owned());
        file.unwrap_or_else(|| FILE_NAME.to_owned())
    }
}

/// Whether there is something that a site has unless it is told not to: `true` or `false`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(from = "bool")]
pub enum Switch {
    /// There is.
    #[default]
    On,
    /// There is not.
    Off,
}

impl From<bool> for Switch {
    fn from(is_on: bool) -> Self {
        if is_on { Self::On } else { Self::Off }
    }
}

/// What will serve the site: some hosts take rules for old addresses. Pages that lead on and the
/// script of the home page answer without.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// Any host of files, such as GitHub Pages.
    #[default]
    Files,
    /// Takes a file `_redirects`, with queries.
    Netlify,
    /// Takes a file `_redirects`, of paths only.
    Cloudflare,
    /// Takes maps among its settings.
    Nginx,
}

/// Which files of the media library are copied.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Uploads {
    /// Those that pages use.
    #[default]
    Used,
    /// All of them.
    All,
}

/// What becomes of posts that do not say whether readers could see them.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Untold {
    /// They may have been secret.
    #[default]
    LeaveOut,
    /// The user knows that they were not.
    Publish,
}

/// How addresses are made where the export has only `?p=ID`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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

/// What the export does not say of a type of posts, or of a taxonomy.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct KindSettings {
    /// Whether readers could see its posts, or the archives of its terms.
    pub public: bool,
}

/// What the export does not say of an author, or says wrong.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "lowercase")]
pub enum MenuPlace {
    /// In the header.
    Main,
    /// In the footer.
    Footer,
}

/// An entry of a menu.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
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
#[derive(Clone, Debug, Deserialize, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum FeedIndex {
    /// The feed: feed readers do not mind what it is called.
    #[default]
    Rss,
    /// A page for people; the feed is `rss.xml` beside it.
    Page,
}

/// How much of a post a feed holds.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum FeedContent {
    /// The whole text.
    #[default]
    Full,
    /// The excerpt.
    Excerpt,
}

/// How posts' texts are treated.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct ContentSettings {
    /// What happens to scripts in posts.
    pub scripts: ScriptSettings,
    /// What happens to shortcodes of plugins in raw texts.
    pub shortcodes: ShortcodeSettings,
    /// Whether code in a language that its author named has colours.
    pub highlight: Switch,
    /// Where links to the pages of attachments lead.
    pub attachment_links: AttachmentLinks,
}

/// Where links to the pages of attachments lead.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum AttachmentLinks {
    /// To the page, as in WordPress; what stands there leads on to the file.
    #[default]
    Page,
    /// To the file itself.
    File,
}

/// What happens to shortcodes of plugins in raw texts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum ShortcodeSettings {
    /// They stay as they are written.
    #[default]
    Keep,
    /// They are left out.
    Drop,
}

/// What happens to scripts in posts.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum ScriptSettings {
    /// They are left out and told.
    #[default]
    Drop,
    /// They stay as they are.
    Keep,
}

/// Which theme, and its options.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
pub struct ThemeSettings {
    /// A folder whose templates and assets replace the default theme's.
    pub dir: Option<PathBuf>,
    /// Checked against the theme's own list.
    #[serde(flatten)]
    pub options: toml::Table,
}

/// Settings by WordPress's id: tables such as `[categories.5]`.
#[derive(Clone, Debug, PartialEq)]
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
