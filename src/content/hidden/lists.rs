//! Lists that WordPress makes of posts, as they stand in rendered HTML.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem;

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::entities::{Place, decode};
use crate::content::html::markup::Markup;
use crate::content::html::tokens::Kind;

/// The classes of posts that are not for readers.
const STATUSES: [&str; 6] = [
    "status-private",
    "status-draft",
    "status-pending",
    "status-future",
    "status-auto-draft",
    "status-trash",
];

/// What the classes begin with of posts that need a password.
const PASSWORD: &str = "post-password-";

/// What WordPress puts before the title of a private post, in the languages of the default theme, if
/// its translation has other words.
const PRIVATE: [&str; 10] = [
    "Private: ",
    "Privat: ",
    "Privado: ",
    "Privé : ",
    "Privé: ",
    "خاص: ",
    "निजी: ",
    "私密：",
    "私密: ",
    "私密內容: ",
];

/// So many tokens and bytes of a link tell what its text begins with.
const OPENING: (usize, usize) = (32, 40);

/// So many bytes of a text hold that many, however they are written.
const SOURCE: usize = 512;

/// What all classes have in them that tell of a list of posts, or of what is for members.
const LISTS: [&str; 8] = [
    "-latest-",
    "widget_",
    "-navigation",
    "-page-list",
    "breadcrumbs",
    "nav-",
    "recentcomments",
    "-subscriber-view",
];

/// What all links begin with that are marked as [`PRIVATE`].
const MARKS: [&str; 4] = [">Priv", ">خاص", ">निजी", ">私密"];

/// Looks for any of them at once: every text is looked through.
static SEARCHER: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(LISTS.iter().chain(&MARKS).chain(&["status-"])));

/// What a text may have in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Lists that WordPress made, or what is not for readers, by their classes.
    pub(super) has_lists: bool,
    /// Links that begin as the title of a private post.
    pub(super) has_marks: bool,
}

impl Signs {
    pub(super) fn of(html: &str) -> Self {
        let Some(searcher) = &*SEARCHER else { return Self { has_lists: true, has_marks: true } };
        let Some(first) = searcher.find(html) else { return Self::default() };
        let rest = &html.as_bytes()[first.start()..];
        let has = |text: &&str| memmem::find(rest, text.as_bytes()).is_some();
        Self {
            has_lists: LISTS.iter().chain(&STATUSES).chain(&[PASSWORD]).any(has),
            has_marks: MARKS.iter().any(has),
        }
    }
}

/// A post as the classes of its element tell of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Classed {
    /// It is not for readers.
    Hidden,
    /// The post of this number needed a password.
    Protected(u64),
}

impl Classed {
    pub(super) fn of(attributes: &Attributes<'_>) -> Option<Self> {
        let classes = attributes.get("class")?;
        let mut classes = classes.split_ascii_whitespace();
        let number = classes.clone().find_map(|class| class.strip_prefix("post-")?.parse().ok())?;
        if classes.clone().any(|class| STATUSES.contains(&class)) {
            return Some(Self::Hidden);
        }
        classes.any(|class| class.starts_with(PASSWORD)).then_some(Self::Protected(number))
    }
}

/// What an element is to a list of posts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// Its items are posts.
    List,
    /// It leads to a post by its first link.
    Post,
    /// It names who wrote a comment, and leads to that by its last link.
    Comment,
    /// It is no list, but what only members saw.
    ForMembers,
}

impl Role {
    pub(super) fn of(attributes: &Attributes<'_>) -> Option<Self> {
        attributes.get("class")?.split_ascii_whitespace().find_map(|class| match class {
            "wp-block-latest-posts"
            | "wp-block-latest-posts__list"
            | "wp-block-page-list"
            | "wp-block-navigation"
            | "wp-block-breadcrumbs"
            | "widget_recent_entries"
            | "widget_pages"
            | "widget_nav_menu" => Some(Self::List),
            "wp-block-navigation-item"
            | "wp-block-post-navigation-link"
            | "nav-previous"
            | "nav-next" => Some(Self::Post),
            "wp-block-latest-comments__comment" | "recentcomments" => Some(Self::Comment),
            "wp-block-premium-content-subscriber-view" => Some(Self::ForMembers),
            _ => None,
        })
    }
}

/// The links of a text, in order.
#[derive(Debug)]
pub(super) struct Links(Vec<usize>);

impl Links {
    pub(super) fn of(markup: &Markup<'_>) -> Self {
        let is_link = |index: &usize| markup.start_tag(*index).is_some_and(|tag| tag.name == "a");
        Self((0..markup.tokens.len()).filter(is_link).collect())
    }

    /// Returns the first between two tokens.
    pub(super) fn first_in(&self, start: usize, end: usize) -> Option<usize> {
        let place = self.0.partition_point(|&link| link <= start);
        self.0.get(place).copied().filter(|&link| link < end)
    }

    /// Returns the last between two tokens.
    pub(super) fn last_in(&self, start: usize, end: usize) -> Option<usize> {
        let place = self.0.partition_point(|&link| link < end);
        self.0[..place].last().copied().filter(|&link| link > start)
    }
}

/// Returns the list that follows a link in its entry.
pub(super) fn list_in(markup: &Markup<'_>, link: usize, end: usize) -> Option<usize> {
    let is_list = |tag: &str| matches!(tag, "ul" | "ol");
    (link..end).find(|&index| markup.start_tag(index).is_some_and(|tag| is_list(tag.name)))
}

/// Returns whether the text of a link begins as WordPress begins the titles of private posts.
pub(super) fn is_marked_private(markup: &Markup<'_>, link: usize) -> bool {
    let (tokens, bytes) = OPENING;
    let mut text = String::new();
    for index in (link + 1..markup.end_of(link)).take(tokens) {
        if markup.tokens[index].kind == Kind::Text {
            // Many items may begin with the same link, and its text may be long.
            let source = markup.source(index);
            let source = if text.is_empty() { source.trim_start() } else { source };
            let end = (SOURCE..SOURCE + 4).find(|end| source.is_char_boundary(*end));
            let opening = end.and_then(|end| source.get(..end)).unwrap_or(source);
            text.push_str(&decode(opening, Place::Text).replace('\u{a0}', " "));
        }
        if text.len() > bytes {
            break;
        }
    }
    let text = text.trim();
    PRIVATE.iter().any(|mark| text.strip_prefix(mark).is_some_and(|title| !title.is_empty()))
}
