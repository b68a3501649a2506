//! What became of the blocks, shortcodes, embeds, forms, scripts and parts of plugins that texts hold:
//! each is counted once. A text is counted in a [`Tally`]. The tallies of a site are entered in [`Books`],
//! which are closed to a [`Ledger`]: sums by kind, and by post what is not as WordPress showed it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::PostId;

/// What texts hold.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Of a raw text, by its name such as `core/quote`.
    Block,
    /// Of a raw text, by its name.
    Shortcode,
    /// A frame, player or object, by who shows it.
    Embed,
    /// By what it is for.
    Form,
    /// By the host it comes from, or how it stands in the text.
    Script,
    /// What a plugin left for its script or a server to answer, fill or open, by what it is. What stands
    /// within another is a part of that.
    Part,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(tag = "fate", content = "reason", rename_all = "kebab-case")]
pub enum Fate {
    /// It stands as it was saved.
    Kept,
    /// It is shown by other means.
    Converted,
    /// It is shown, but less well than WordPress did.
    Degraded(How),
    /// It is not shown.
    Dropped(Why),
}

/// How something is less than it was.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Nobody knows the block: its saved HTML stands.
    AsSaved,
    /// Nobody knows the shortcode: it stands as text.
    AsText,
    /// Its words stand there, without what was around them.
    Plain,
    /// The export lacks a part of what it shows.
    Incomplete,
    /// Nothing answers it any more.
    Unanswered,
    /// Its style hides it, which a script may have undone.
    Hidden,
    /// Blocks do not open and close in order: it is shown as WordPress shows that, as plain HTML or
    /// within another.
    InDisorder,
}

/// Why something is not shown.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Its author has hidden it, in WordPress, too.
    Hidden,
    /// Only members saw it: who subscribed, paid or logged in.
    Members,
    /// The settings in `[content]` say so.
    Settings,
    /// It is for accounts or comments, which need a server.
    NeedsServer,
    /// Another site would be asked for it.
    NotAsked,
    /// Only a script or a server would answer it.
    Unanswered,
    /// It holds nothing to show.
    Empty,
    /// No browser shows it: it is a copy for other programs.
    Unshown,
    /// WordPress made it when the page was asked for, from what the export does not have.
    MadeOnServer,
    /// The export does not have what it shows.
    NotInExport,
    /// Nobody knows the block, and it was saved without HTML.
    NothingSaved,
    /// It has no address.
    NoAddress,
    /// It stands too deep within others, or within itself.
    TooDeep,
}

impl Fate {
    /// Returns whether it is shown as well as WordPress showed it.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Kept | Self::Converted)
    }

    /// Returns whether something of the user's is missing.
    pub fn is_loss(self) -> bool {
        matches!(self, Self::Dropped(why) if !why.is_on_purpose())
    }
}

impl Why {
    /// Returns whether it is left out because it should be.
    pub fn is_on_purpose(self) -> bool {
        matches!(
            self,
            Self::Hidden
                | Self::Members
                | Self::Settings
                | Self::NeedsServer
                | Self::NotAsked
                | Self::Unanswered
                | Self::Empty
                | Self::Unshown
        )
    }
}

/// What became of all that one text holds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    counts: BTreeMap<(Kind, Fate), BTreeMap<Box<str>, u32>>,
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, kind: Kind, name: &str, fate: Fate) {
        self.add_many((kind, fate), name, 1);
    }

    /// Counts what another tally has counted.
    pub fn add_all(&mut self, other: &Self) {
        for (&key, names) in &other.counts {
            names.iter().for_each(|(name, count)| self.add_many(key, name, *count));
        }
    }

    /// Counts many of a name.
    pub fn add_many(&mut self, key: (Kind, Fate), name: &str, count: u32) {
        if count == 0 {
            return;
        }
        let names = self.counts.entry(key).or_default();
        match names.get_mut(name) {
            Some(known) => *known += count,
            None => drop(names.insert(name.into(), count)),
        }
    }

    /// Returns all counts, by kind, fate and name.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str, Fate, u32)> {
        self.counts.iter().flat_map(|(&(kind, fate), names)| {
            names.iter().map(move |(name, count)| (kind, &**name, fate, *count))
        })
    }
}

/// The tallies of a site, while they come in.
#[derive(Debug, Default)]
pub struct Books {
    index: BTreeMap<(Kind, Fate), BTreeMap<Box<str>, u32>>,
    lines: Vec<Line>,
    rows: Vec<Row>,
}

impl Books {
    /// Enters what became of all that the text of a post holds.
    pub fn enter(&mut self, post: PostId, tally: &Tally) {
        for (kind, name, fate, count) in tally.iter() {
            let line = self.line(kind, name, fate);
            let sum = &mut self.lines[line as usize];
            sum.count += u64::from(count);
            sum.posts += 1;
            if !fate.is_good() {
                self.rows.push(Row { post, line, count });
            }
        }
    }

    /// Enters what other books hold.
    pub fn enter_all(&mut self, other: Self) {
        let mut places = Vec::with_capacity(other.lines.len());
        for Line { kind, name, fate, count, posts } in other.lines {
            let line = self.line(kind, &name, fate);
            let sum = &mut self.lines[line as usize];
            sum.count += count;
            sum.posts += posts;
            places.push(line);
        }
        let moved =
            other.rows.into_iter().map(|row| Row { line: places[row.line as usize], ..row });
        self.rows.extend(moved);
    }

    fn line(&mut self, kind: Kind, name: &str, fate: Fate) -> u32 {
        let names = self.index.entry((kind, fate)).or_default();
        if let Some(line) = names.get(name) {
            return *line;
        }
        let line = self.lines.len() as u32;
        names.insert(name.into(), line);
        self.lines.push(Line { kind, name: name.into(), fate, count: 0, posts: 0 });
        line
    }

    /// Puts all in order, whoever came first.
    pub fn close(self) -> Ledger {
        let Self { index: _, mut lines, mut rows } = self;
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by(|&a, &b| lines[a].key().cmp(&lines[b].key()));
        let mut places = vec![0; lines.len()];
        for (place, &line) in order.iter().enumerate() {
            places[line] = place as u32;
        }
        rows.iter_mut().for_each(|row| row.line = places[row.line as usize]);
        rows.sort_unstable_by_key(|row| (row.post, row.line));
        lines.sort_by(|a, b| a.key().cmp(&b.key()));
        Ledger { lines, rows }
    }
}

/// What became of all that the texts of a site hold.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Ledger {
    /// By kind, name and fate.
    pub lines: Vec<Line>,
    /// What is degraded or dropped, by post.
    pub rows: Vec<Row>,
}

/// How much of one kind and name had one fate.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Which of its kind.
    pub name: Box<str>,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
    /// How often.
    pub count: u64,
    /// In how many posts.
    pub posts: u64,
}

/// How much of a line stands in one post.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Row {
    /// The post.
    pub post: PostId,
    /// Its index in [`Ledger::lines`].
    pub line: u32,
    /// How often.
    pub count: u32,
}

/// Sums by fate.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Sums {
    /// Stands as it was saved.
    pub kept: u64,
    /// Is shown by other means.
    pub converted: u64,
    /// Is shown, but less well.
    pub degraded: u64,
    /// Is left out because it should be.
    pub left_out: u64,
    /// Is missing.
    pub missing: u64,
}

impl Line {
    fn key(&self) -> (Kind, &str, Fate) {
        (self.kind, &self.name, self.fate)
    }
}

impl Ledger {
    /// Returns how much there is of a kind.
    pub fn count(&self, kind: Kind) -> u64 {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.count).sum()
    }

    /// Returns the sums of all kinds.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for line in &self.lines {
            let sum = match line.fate {
                Fate::Kept => &mut sums.kept,
                Fate::Converted => &mut sums.converted,
                Fate::Degraded(_) => &mut sums.degraded,
                Fate::Dropped(why) if why.is_on_purpose() => &mut sums.left_out,
                Fate::Dropped(_) => &mut sums.missing,
            };
            *sum += line.count;
        }
        sums
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept => "kept",
            Self::Converted => "converted",
            Self::Degraded(How::AsSaved) => {
                "degraded: nobody knows it; the HTML it was saved with stands"
            }
            Self::Degraded(How::AsText) => "degraded: nobody knows it; it stands as text",
            Self::Degraded(How::Plain) => {
                "degraded: its words stand there, without what was around them"
            }
            Self::Degraded(How::Incomplete) => "degraded: the export lacks a part of it",
            Self::Degraded(How::InDisorder) => "degraded: blocks do not open and close in order",
            Self::Degraded(How::Unanswered) => "degraded: nothing answers it any more",
            Self::Degraded(How::Hidden) => {
                "degraded: its style hides it, which a script may have undone"
            }
            Self::Dropped(Why::Hidden) => "left out: its author has hidden it",
            Self::Dropped(Why::Members) => "left out: only members saw it",
            Self::Dropped(Why::Settings) => "left out: the settings in [content] say so",
            Self::Dropped(Why::NeedsServer) => "left out: it needs a server",
            Self::Dropped(Why::NotAsked) => "left out: another site would be asked for it",
            Self::Dropped(Why::Unanswered) => "left out: nothing would answer it",
            Self::Dropped(Why::Empty) => "left out: it holds nothing to show",
            Self::Dropped(Why::Unshown) => "left out: no browser shows it",
            Self::Dropped(Why::MadeOnServer) => "missing: only WordPress could make it",
            Self::Dropped(Why::NotInExport) => "missing: the export does not have what it shows",
            Self::Dropped(Why::NothingSaved) => {
                "missing: nobody knows it, and it was saved without HTML"
            }
            Self::Dropped(Why::NoAddress) => "missing: it has no address",
            Self::Dropped(Why::TooDeep) => "missing: it stands too deep within others",
        })
    }
}
