//! The site itself, and its languages.

use crate::model::PostId;

/// The site's own name and settings, from the root index and the settings.
#[derive(Clone, Debug, Default)]
pub struct SiteRecord {
    /// HTML, as titles are.
    pub name: Option<String>,
    /// The tagline.
    pub description: Option<String>,
    /// The public address, such as `https://example.org/blog`, without a final slash.
    pub home: Option<String>,
    /// Where WordPress itself was installed, if told.
    pub url: Option<String>,
    /// A locale such as `en_US` or `bo`.
    pub language: Option<String>,
    /// An IANA name such as `Asia/Kolkata`.
    pub timezone: Option<String>,
    /// Hours east of Greenwich, for sites without a time zone's name.
    pub gmt_offset: Option<f64>,
    /// Posts on a page of an archive.
    pub posts_per_page: Option<usize>,
    /// How dates are written, in the letters of PHP's `date`, such as `F j, Y`.
    pub date_format: Option<String>,
    /// Whether a plugin showed posts in another form at `…/amp/`.
    pub has_amp: Option<bool>,
    /// The plugin that keeps languages apart, if the site's index names one.
    pub language_plugin: Option<LanguagePlugin>,
    /// The page shown at `/`, when `show_on_front` is `page`. Number 0 if the user says that there is
    /// none.
    pub page_on_front: Option<PostId>,
    /// The page at whose address the posts are listed, when `show_on_front` is `page`.
    pub page_for_posts: Option<PostId>,
    /// The attachment used as favicon.
    pub site_icon: Option<PostId>,
    /// The attachment used as logo.
    pub site_logo: Option<PostId>,
}

/// A plugin that keeps languages apart, and tells of them to anybody who asks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names are their own")]
pub enum LanguagePlugin {
    Polylang,
    Wpml,
}

/// How many languages a site may have, and so how many translations a post: nobody writes in more.
pub const MOST_LANGUAGES: usize = 64;

/// A language of a site, as a plugin lists it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Language {
    /// What records and addresses call it, such as `en`.
    pub code: Box<str>,
    /// Such as `en_US`, if told.
    pub locale: Option<Box<str>>,
    /// In the language itself. May be empty.
    pub name: Box<str>,
    /// The full address of its home page, as the export holds it. Empty if it does not say.
    pub home: Box<str>,
    /// Whether it is the site's own.
    pub is_default: bool,
    /// The page that stands for its home page.
    pub page_on_front: Option<PostId>,
    /// The page at whose address its posts are listed.
    pub page_for_posts: Option<PostId>,
}
