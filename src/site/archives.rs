//! Lists of posts: home, terms, authors, dates, formats, post types.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::Datelike;

use crate::model::{AuthorId, TermId};
use crate::site::editions::EditionId;
use crate::site::taxonomy::{AuthorNode, TermNode, lineage};
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};
use crate::wordpress;

/// Counts a site's archives.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ArchiveId(u32);

/// A list of posts, on one page or more.
#[derive(Debug)]
pub struct Archive {
    /// What its posts have in common.
    pub kind: ArchiveKind,
    /// Of its first page.
    pub path: UrlPath,
    /// Where its feed is, if it has one of its own. The home page's is at `/feed/`, wherever its list
    /// stands.
    pub feed: Option<UrlPath>,
    /// Newest first. On the home page the sticky posts lead, and stand again at their date: WordPress
    /// shows them there on later pages.
    pub entries: Vec<EntryId>,
    /// How many of the entries lead the first page.
    pub leading: usize,
    /// The archive above it.
    pub parent: Option<ArchiveId>,
    /// The archives right below it.
    pub children: Vec<ArchiveId>,
    /// The part of the site it belongs to, if it belongs to one alone.
    pub edition: Option<EditionId>,
}

/// What the posts of an archive have in common.
#[derive(Debug)]
pub enum ArchiveKind {
    /// All posts, or all but those of the languages whose home pages stand elsewhere.
    Home,
    /// Posts of a language whose home page stands elsewhere.
    Edition(EditionId),
    /// Posts of a term and of the terms below it.
    Term(TermNode),
    /// Posts of an author.
    Author(AuthorNode),
    /// Posts of a year.
    Year(i32),
    /// Posts of a month, counted from 1.
    Month(i32, u32),
    /// Posts of a day.
    Day(i32, u32, u32),
    /// Posts of a format other than `standard`.
    Format(Arc<str>),
    /// Posts of a custom type: its name, and the label the admin shows.
    Type(Arc<str>, String),
}

impl ArchiveKind {
    /// Returns the term whose posts it has, if it is one.
    pub fn term(&self) -> Option<TermId> {
        match self {
            Self::Term(term) => Some(term.id),
            _ => None,
        }
    }

    /// Returns the author whose posts it has, if it is one.
    pub fn author(&self) -> Option<AuthorId> {
        match self {
            Self::Author(author) => Some(author.id),
            _ => None,
        }
    }
}

/// Where archives stand: WordPress's bases.
#[derive(Clone, Debug)]
pub struct Bases {
    /// What stands before all of them: mostly nothing.
    pub front: Vec<String>,
    /// `category`.
    pub category: String,
    /// `tag`.
    pub tag: String,
    /// `author`.
    pub author: String,
    /// What stands before years besides the front: `date` where a year could be a post's id, else
    /// nothing.
    pub date: Option<&'static str>,
}

/// An archive that is being gathered.
#[derive(Debug)]
pub struct Draft {
    /// What its posts have in common.
    pub kind: ArchiveKind,
    /// The path it should have.
    pub wanted: UrlPath,
    /// As the archive will hold them.
    pub entries: Vec<EntryId>,
    /// How many of the entries lead the first page.
    pub leading: usize,
    /// Index of the archive above it among the drafts.
    pub parent: Option<usize>,
}

impl ArchiveId {
    /// Returns the id of the archive at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a site has fewer than four billion archives"))
    }

    /// Returns the place in the site's list of archives.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Archive {
    /// Returns how many pages it has: 1 or more.
    pub fn pages(&self, per_page: usize) -> usize {
        pages(self.count(), per_page)
    }

    /// Returns the entries on page `number`, counted from 1. Those that lead the first page stand
    /// on it once.
    pub fn page(&self, number: usize, per_page: usize) -> Vec<EntryId> {
        let (leading, by_date) = self.entries.split_at(self.leading);
        let by_date = by_date.iter().copied().skip((number - 1) * per_page).take(per_page);
        if number > 1 {
            return by_date.collect();
        }
        let first: HashSet<EntryId> = leading.iter().copied().collect();
        let rest = by_date.filter(|id| !first.contains(id));
        leading.iter().copied().chain(rest).collect()
    }

    /// Returns how many posts it lists, each counted once.
    pub fn count(&self) -> usize {
        self.entries.len() - self.leading
    }
}

impl Draft {
    /// Returns how many pages the archive will have: 1 or more.
    pub fn pages(&self, per_page: usize) -> usize {
        pages(self.entries.len() - self.leading, per_page)
    }
}

fn pages(posts: usize, per_page: usize) -> usize {
    posts.div_ceil(per_page).max(1)
}

impl ArchiveKind {
    /// Whether it lists posts whatever they have in common, but for their language.
    pub fn is_home(&self) -> bool {
        matches!(self, Self::Home | Self::Edition(_))
    }

    /// Whether it is a year, a month or a day.
    pub fn is_date(&self) -> bool {
        matches!(self, Self::Year(_) | Self::Month(..) | Self::Day(..))
    }
}

impl Bases {
    fn path<'a>(&'a self, rest: impl IntoIterator<Item = &'a str>) -> UrlPath {
        UrlPath::from_segments(self.front.iter().map(String::as_str).chain(rest))
    }

    /// Returns the path of a term's archive.
    pub fn term(&self, line: &[&TermNode]) -> UrlPath {
        let base = match line.last().map(|term| &*term.taxonomy) {
            Some("category") => &self.category,
            Some("post_tag") => &self.tag,
            Some(taxonomy) => taxonomy,
            None => "",
        };
        let slugs = line.iter().map(|term| &*term.slug);
        self.path(base.split('/').filter(|part| !part.is_empty()).chain(slugs))
    }
}

/// What archives are made from.
#[derive(Debug)]
pub struct Listed<'a> {
    /// Entries of all types, by id.
    pub entries: &'a [Entry],
    /// The posts among them, newest first: what most archives hold.
    pub posts: &'a [EntryId],
    /// All of them, newest first: what archives of custom taxonomies and types hold.
    pub all: Vec<EntryId>,
    /// Where archives stand.
    pub bases: Bases,
}

impl<'a> Listed<'a> {
    /// Returns the posts, newest first.
    fn newest_first(&self) -> impl Iterator<Item = (EntryId, &'a Entry)> + use<'a> {
        let entries = self.entries;
        self.posts.iter().map(|&id| (id, &entries[id.index()]))
    }
}

/// Whether WordPress lists nothing but posts under the terms of a taxonomy.
fn is_of_posts(taxonomy: &str) -> bool {
    wordpress::is_category_or_tag(taxonomy)
}

/// A term without posts has a page, too, as in WordPress: unless there are more of them than
/// anybody made by hand.
const MAX_EMPTY_TERMS: usize = 20_000;

/// Returns drafts of the archives of terms, parents before their children, and how many terms
/// without posts are left out.
pub fn of_terms(
    terms: &HashMap<TermId, TermNode>,
    listed: &Listed<'_>,
    path_of: impl Fn(&TermNode) -> Option<UrlPath>,
) -> (Vec<Draft>, usize) {
    let mut lines: Vec<Vec<&TermNode>> = terms.keys().map(|&id| lineage(terms, id)).collect();
    lines.sort_by_key(|line| {
        let last = line[line.len() - 1];
        (Arc::clone(&last.taxonomy), line.len(), last.id)
    });
    let mut places = HashMap::new();
    let mut drafts = Vec::with_capacity(lines.len());
    for line in lines {
        let term = line[line.len() - 1];
        places.insert(term.id, drafts.len());
        drafts.push(Draft {
            kind: ArchiveKind::Term(term.clone()),
            wanted: path_of(term).unwrap_or_else(|| listed.bases.term(&line)),
            entries: Vec::new(),
            leading: 0,
            parent: term.parent.and_then(|parent| places.get(&parent).copied()),
        });
    }
    let mut list = |ids: &[EntryId], is_wanted: &dyn Fn(&str) -> bool| {
        for &id in ids {
            let all = listed.entries[id.index()].terms.iter();
            let wanted = all.filter(|id| terms.get(id).is_some_and(|it| is_wanted(&it.taxonomy)));
            for term in wanted {
                let mut place = places.get(term).copied();
                while let Some(index) = place {
                    // A post may be in a category and in its parent: it is listed once.
                    if drafts[index].entries.last() != Some(&id) {
                        drafts[index].entries.push(id);
                    }
                    place = drafts[index].parent;
                }
            }
        }
    };
    list(listed.posts, &|taxonomy| is_of_posts(taxonomy));
    list(&listed.all, &|taxonomy| !is_of_posts(taxonomy));
    without_many_empty(drafts)
}

fn without_many_empty(drafts: Vec<Draft>) -> (Vec<Draft>, usize) {
    let empty = drafts.iter().filter(|draft| draft.entries.is_empty()).count();
    if empty <= MAX_EMPTY_TERMS {
        return (drafts, 0);
    }
    // A term above one with posts has posts itself: no parent is lost.
    let mut places = vec![None; drafts.len()];
    let mut kept: Vec<Draft> = Vec::new();
    for (index, draft) in drafts.into_iter().enumerate() {
        if !draft.entries.is_empty() {
            places[index] = Some(kept.len());
            let parent = draft.parent.and_then(|parent| places[parent]);
            kept.push(Draft { parent, ..draft });
        }
    }
    (kept, empty)
}

/// Returns drafts of the archives of authors who have published anything, as far as we or
/// WordPress know.
pub fn of_authors(
    authors: &HashMap<AuthorId, AuthorNode>,
    listed: &Listed<'_>,
    path_of: impl Fn(&AuthorNode) -> Option<UrlPath>,
) -> Vec<Draft> {
    let mut by_author: BTreeMap<AuthorId, Vec<EntryId>> = BTreeMap::new();
    let published = listed.entries.iter().map(|entry| entry.author);
    let public = authors.values().filter(|author| author.is_public).map(|author| author.id);
    for id in published.chain(public) {
        by_author.entry(id).or_default();
    }
    for (id, entry) in listed.newest_first() {
        by_author.entry(entry.author).or_default().push(id);
    }
    let known = by_author.into_iter().filter_map(|(id, posts)| Some((authors.get(&id)?, posts)));
    known
        .map(|(author, posts)| Draft {
            wanted: path_of(author).unwrap_or_else(|| {
                let bases = &listed.bases;
                bases.path([&*bases.author, &author.slug])
            }),
            kind: ArchiveKind::Author(author.clone()),
            entries: posts,
            leading: 0,
            parent: None,
        })
        .collect()
}

/// Returns drafts of the archives of years, months and days that have posts, newest first.
pub fn of_dates(listed: &Listed<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut places: HashMap<(i32, u32, u32), usize> = HashMap::new();
    for (id, entry) in listed.newest_first() {
        let Some(date) = entry.date else { continue };
        let (year, month, day) = (date.year(), date.month(), date.day());
        let mut parent = None;
        for key in [(year, 0, 0), (year, month, 0), (year, month, day)] {
            let index = *places.entry(key).or_insert_with(|| {
                drafts.push(date_draft(key, parent, &listed.bases));
                drafts.len() - 1
            });
            drafts[index].entries.push(id);
            parent = Some(index);
        }
    }
    drafts
}

fn date_draft((year, month, day): (i32, u32, u32), parent: Option<usize>, bases: &Bases) -> Draft {
    let texts = [format!("{year:04}"), format!("{month:02}"), format!("{day:02}")];
    let (kind, depth) = match (month, day) {
        (0, _) => (ArchiveKind::Year(year), 1),
        (_, 0) => (ArchiveKind::Month(year, month), 2),
        _ => (ArchiveKind::Day(year, month, day), 3),
    };
    let dates = texts.iter().take(depth).map(String::as_str);
    let wanted = bases.path(bases.date.into_iter().chain(dates));
    Draft { kind, wanted, entries: Vec::new(), leading: 0, parent }
}

/// Returns drafts of the archives of post formats other than `standard`.
pub fn of_formats(listed: &Listed<'_>) -> Vec<Draft> {
    let mut by_format: BTreeMap<Arc<str>, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in listed.newest_first() {
        if !matches!(&*entry.format, "" | "standard") {
            by_format.entry(Arc::clone(&entry.format)).or_default().push(id);
        }
    }
    let drafts = by_format.into_iter().map(|(format, posts)| Draft {
        wanted: listed.bases.path(["type", &*format]),
        kind: ArchiveKind::Format(format),
        entries: posts,
        leading: 0,
        parent: None,
    });
    drafts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticky_posts_lead_the_first_page_and_stand_on_it_once() {
        let ids = |range: std::ops::Range<usize>| range.map(EntryId::new).collect::<Vec<_>>();
        let mut entries = vec![EntryId::new(7), EntryId::new(11)];
        entries.extend(ids(0..12));
        let home = Archive {
            kind: ArchiveKind::Home,
            path: UrlPath::root(),
            feed: None,
            entries,
            leading: 2,
            parent: None,
            children: Vec::new(),
            edition: None,
        };
        assert_eq!(home.pages(10), 2);
        let first = [7, 11, 0, 1, 2, 3, 4, 5, 6, 8, 9].map(EntryId::new);
        assert_eq!(home.page(1, 10), first);
        assert_eq!(home.page(2, 10), ids(10..12));
        assert_eq!(home.count(), 12);
    }
}
