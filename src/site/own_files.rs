//! Files that a site has of its own accord, besides those of its records and the theme's assets.

use crate::config::{Host, Settings};
use crate::model::Export;
use crate::site::Entry;
use crate::site::urls::UrlPath;

/// A page or file that comes from no record. All but the home page, which is an archive or a page
/// like others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OwnFile {
    /// The search page.
    Search,
    /// The list of posts by number.
    OldAddresses,
    /// The feed of posts in RSS.
    Feed,
    /// The feed of posts in Atom.
    AtomFeed,
    /// The feed of posts in JSON.
    JsonFeed,
    /// The feed of all comments.
    CommentsFeed,
    /// The page for what is not found.
    NotFound,
    /// The sitemap, or the list of its parts.
    Sitemap,
    /// What tells robots where the sitemap is.
    Robots,
    /// Redirects as Netlify and Cloudflare Pages read them.
    HostRedirects,
    /// Redirects as nginx reads them.
    NginxRedirects,
    /// What keeps GitHub Pages from building the site itself.
    NoJekyll,
}

impl OwnFile {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::Search,
        Self::OldAddresses,
        Self::Feed,
        Self::AtomFeed,
        Self::JsonFeed,
        Self::CommentsFeed,
        Self::NotFound,
        Self::Sitemap,
        Self::Robots,
        Self::HostRedirects,
        Self::NginxRedirects,
        Self::NoJekyll,
    ];

    /// Returns the one at a path, with or without the final slash of a folder.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| {
            let own = own.path();
            own.as_str() == path || own.as_str().strip_suffix('/') == Some(path)
        })
    }

    /// Returns where it is. No record gets that address, even if this site does without the file.
    pub fn path(self) -> UrlPath {
        let file = |name: &str| UrlPath::root().file_in(name);
        match self {
            Self::Search => UrlPath::from_segments(["search"]),
            Self::OldAddresses => UrlPath::from_segments(["old-addresses"]),
            Self::Feed => UrlPath::from_segments(["feed"]),
            Self::AtomFeed => UrlPath::from_segments(["feed", "atom"]),
            Self::JsonFeed => file("feed.json"),
            Self::CommentsFeed => UrlPath::from_segments(["comments", "feed"]),
            Self::NotFound => file("404.html"),
            Self::Sitemap => file("sitemap.xml"),
            Self::Robots => file("robots.txt"),
            Self::HostRedirects => file("_redirects"),
            Self::NginxRedirects => file("redirects.nginx.conf"),
            Self::NoJekyll => file(".nojekyll"),
        }
    }

    /// Returns where WordPress answered with the same, too. Feed readers and search engines come there,
    /// and follow no script.
    pub fn copies(self) -> Vec<UrlPath> {
        let copies: &[&str] = match self {
            Self::Feed => &["/feed/rss2/", "/feed/rss/", "/feed/rdf/", "/rss2/", "/rss/", "/rdf/"],
            Self::AtomFeed => &["/atom/"],
            Self::CommentsFeed => &["/comments/feed/rss2/", "/comments/feed/atom/"],
            Self::Sitemap => &["/wp-sitemap.xml"],
            _ => &[],
        };
        copies.iter().map(|path| UrlPath::from_encoded(path)).collect()
    }

    /// Whether a site has it.
    pub fn is_written(self, settings: &Settings, export: &Export, entries: &[Entry]) -> bool {
        match self {
            Self::OldAddresses => had_numbers(export, entries),
            Self::HostRedirects => matches!(settings.host, Host::Netlify | Host::Cloudflare),
            Self::NginxRedirects => settings.host == Host::Nginx,
            _ => true,
        }
    }
}

/// Whether some address of the old site was a number, such as `/?p=12`.
pub fn had_numbers(export: &Export, entries: &[Entry]) -> bool {
    entries.iter().any(|entry| export.posts[entry.record].link.contains('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_found_at_their_paths() {
        for own in OwnFile::ALL {
            assert_eq!(OwnFile::at(own.path().as_str()), Some(own));
        }
        assert_eq!(OwnFile::at("/old-addresses"), Some(OwnFile::OldAddresses));
        for other in ["", "/", "/search/x/", "/robots.txt/"] {
            assert_eq!(OwnFile::at(other), None, "{other}");
        }
    }
}
