//! Editions: the parts of a site that a plugin, such as Polylang or WPML, keeps apart by language.
//!
//! Each has a home page of its own, `/en/` or `/?lang=en` in WordPress, with the list of its posts,
//! and a post of one may be translated by posts of others. Which edition a post belongs to is told,
//! in this order of trust:
//!
//! 1. by the post itself: a field or a term of the plugin, or `lang` in front matter;
//! 2. by its old address, which stands below the home page of an edition, says `lang=en`, or is on a
//!    host that had one language alone: what was there is below the edition's home page here.
//!
//! A post of which neither is told is shown where WordPress shows what has no language: at `/`. What
//! it is written in is guessed by its script, as on every site. A language that is told is believed
//! before any script: of two languages in Latin letters nothing else tells one from the other.
//!
//! One edition may stand at `/`: plugins can hide the code of the site's own language in addresses.
//! The list at `/` then holds what is not of another edition; without such an edition it holds all.
//! A site of one language has no editions, and nothing of this concerns it.

use std::sync::Arc;

use crate::site::urls::UrlPath;

/// Counts a site's editions.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EditionId(u8);

/// A part of a site in one language.
#[derive(Clone, Debug, Hash)]
pub struct Edition {
    /// What records and old addresses call it, in lower case: the code first, such as `en`.
    pub names: Vec<String>,
    /// A language tag.
    pub tag: Arc<str>,
    /// In the language itself: plain text. Empty if nobody says.
    pub name: String,
    /// The site's name in it, if it has another: plain text.
    pub title: Option<String>,
    /// Where its home page is: the list of its posts, or a page that stands for it.
    pub home: UrlPath,
}

impl EditionId {
    /// Returns the edition at `index`.
    pub fn new(index: usize) -> Self {
        Self(u8::try_from(index).expect("there are fewer editions"))
    }

    /// Returns the place in the site's list of editions.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl Edition {
    /// Whether it is the one at `/`.
    pub fn is_at_root(&self) -> bool {
        self.home == UrlPath::root()
    }

    /// Whether a record or an old address that says `code` means this one.
    pub fn is_called(&self, code: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(code))
    }
}
