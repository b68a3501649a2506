//! Gives posts and pages their order, their neighbours and their addresses.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use percent_encoding::percent_decode_str;

use crate::content;
use crate::model::{Digest, Export, Post, PostId, Script, TermId};
use crate::names::is_safe_path;
use crate::site::build::{Builder, pretty_path};
use crate::site::claims::Claimed;
use crate::site::diagnostics;
use crate::site::editions::EditionId;
use crate::site::languages::{self, tag_of_locale};
use crate::site::permalinks::Fields;
use crate::site::related::{self, Traits};
use crate::site::taxonomy::lineage;
use crate::site::time::age;
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};

/// How many pages stand above one another at most.
const MAX_DEPTH: usize = 50;

/// What records tell of an entry, before it has a place among the others.
struct Draft {
    record: usize,
    /// How many pages its text is cut into.
    pages: u16,
    language: Arc<str>,
    edition: Option<EditionId>,
    date: Option<DateTime<FixedOffset>>,
    modified: Option<DateTime<FixedOffset>>,
    terms: Box<[TermId]>,
    parent: Option<EntryId>,
}

/// The entries an entry leads to.
#[derive(Clone, Default)]
struct Neighbours {
    previous: Option<EntryId>,
    next: Option<EntryId>,
    related: Box<[EntryId]>,
}

/// Where an entry is.
struct Address {
    path: UrlPath,
    pages: u16,
}

impl Builder<'_> {
    /// Returns the entries, and the posts among them, newest first.
    pub(super) fn entries(&mut self, public: &[usize]) -> (Vec<Entry>, Vec<EntryId>) {
        let drafts = self.drafts(public);
        let (neighbours, newest_first) = self.order(&drafts);
        let addresses = self.claim_entries(&drafts);
        let languages = drafts.iter().map(|draft| (draft.record, &*draft.language));
        let translations = self.translations(&languages.collect::<Vec<_>>());
        let parts = drafts.into_iter().zip(neighbours).zip(addresses).zip(translations);
        let entries = parts.map(|(((draft, neighbours), address), translations)| {
            let post = &self.export.posts[draft.record];
            Entry {
                record: draft.record,
                path: address.path,
                pages: address.pages,
                language: draft.language,
                edition: draft.edition,
                translations,
                date: draft.date,
                modified: draft.modified,
                author: post.author,
                terms: draft.terms,
                format: Arc::clone(&post.format),
                parent: draft.parent,
                previous: neighbours.previous,
                next: neighbours.next,
                related: neighbours.related,
            }
        });
        (entries.collect(), newest_first)
    }

    fn drafts(&self, public: &[usize]) -> Vec<Draft> {
        let ids: HashMap<PostId, EntryId> = (0..)
            .zip(public)
            .map(|(index, &record)| (self.export.posts[record].id, EntryId::new(index)))
            .collect();
        let mut drafts: Vec<Draft> =
            public.iter().map(|&record| self.draft(record, &ids)).collect();
        cut_circles(&mut drafts);
        drafts
    }

    fn draft(&self, record: usize, ids: &HashMap<PostId, EntryId>) -> Draft {
        let post = &self.export.posts[record];
        let digest = post.body.as_ref().map(|body| &body.digest);
        let script = digest.map_or(Script::Other, |digest| digest.script);
        let script = match script {
            Script::Other => content::script_of(&post.title),
            known => known,
        };
        let edition = self.editions.of_posts.get(&post.id).copied();
        let told = edition.map(|id| Arc::clone(&self.editions.all[id.index()].tag));
        let told = told.or_else(|| told_tag(post.language.as_deref()?));
        let guessed = || self.languages.of(script).unwrap_or(self.languages.site());
        Draft {
            record,
            pages: digest.map_or(1, |digest| digest.pages.max(1)),
            language: told.unwrap_or_else(|| Arc::clone(guessed())),
            edition,
            date: self.zone.moment(post.date, post.date_gmt),
            modified: self.zone.moment(post.modified, post.modified_gmt),
            terms: post.terms.iter().copied().filter(|id| self.terms.contains_key(id)).collect(),
            parent: post.parent.and_then(|parent| ids.get(&parent)).copied(),
        }
    }

    /// Puts posts in order of time, each type on its own. Returns each entry's neighbours, and the
    /// posts, newest first.
    fn order(&self, drafts: &[Draft]) -> (Vec<Neighbours>, Vec<EntryId>) {
        let mut by_type: HashMap<Arc<str>, Vec<EntryId>> = HashMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            let post_type = &self.export.posts[draft.record].post_type;
            by_type.entry(Arc::clone(post_type)).or_default().push(EntryId::new(index));
        }
        by_type.remove("page");
        let mut neighbours = vec![Neighbours::default(); drafts.len()];
        for ids in by_type.values_mut() {
            ids.sort_unstable_by_key(|id| {
                let draft = &drafts[id.index()];
                age(draft.date, draft.record)
            });
            // Who reads one language is not led to another.
            let mut by_edition: BTreeMap<Option<EditionId>, Vec<EntryId>> = BTreeMap::new();
            for &id in &*ids {
                let post = &self.export.posts[drafts[id.index()].record];
                by_edition.entry(self.editions.apart(post.id)).or_default().push(id);
            }
            for ids in by_edition.values() {
                self.relate(drafts, ids, &mut neighbours);
            }
        }
        (neighbours, by_type.remove("post").unwrap_or_default())
    }

    /// Gives `ids`, which are in order of time, their neighbours.
    fn relate(&self, drafts: &[Draft], ids: &[EntryId], neighbours: &mut [Neighbours]) {
        for pair in ids.windows(2) {
            neighbours[pair[0].index()].previous = Some(pair[1]);
            neighbours[pair[1].index()].next = Some(pair[0]);
        }
        for (id, related) in ids.iter().zip(self.related(drafts, ids)) {
            neighbours[id.index()].related = related;
        }
    }

    /// Returns what is related to each of `ids`.
    fn related(&self, drafts: &[Draft], ids: &[EntryId]) -> Vec<Box<[EntryId]>> {
        static NO_DIGEST: std::sync::LazyLock<Digest> = std::sync::LazyLock::new(Digest::default);
        let traits: Vec<(EntryId, Traits<'_>)> = ids
            .iter()
            .map(|&id| {
                let draft = &drafts[id.index()];
                let body = self.export.posts[draft.record].body.as_ref();
                let topics = &body.map_or(&*NO_DIGEST, |body| &body.digest).topics;
                (id, Traits { terms: &draft.terms, topics })
            })
            .collect();
        related::related(&traits)
    }

    /// Gives every entry its address. Of two that want the same one, the lower id has it.
    fn claim_entries(&mut self, drafts: &[Draft]) -> Vec<Address> {
        if self.front.is_none() {
            self.claims.take(&UrlPath::root());
        }
        let paths: Vec<UrlPath> =
            (0..drafts.len()).map(|index| self.claim_path(index, drafts)).collect();
        let addresses = paths.into_iter().zip(drafts).map(|(path, draft)| {
            let mut numbers = 2..=draft.pages;
            let is_free = numbers.all(|number| self.claims.take(&path.join(&number.to_string())));
            // A page below a post in pages is called `2`: the post is shown in one piece.
            Address { path, pages: if is_free { draft.pages } else { 1 } }
        });
        addresses.collect()
    }

    fn claim_path(&mut self, index: usize, drafts: &[Draft]) -> UrlPath {
        let post = &self.export.posts[drafts[index].record];
        let wanted = match Some(post.id) == self.front {
            true => UrlPath::root(),
            false => self.wanted_path(index, drafts),
        };
        let granted = match self.claims.claim(wanted) {
            Claimed::Granted(path) => path,
            Claimed::Moved { wanted, granted } => {
                self.diagnostics.push(diagnostics::taken(&self.export, post, &wanted, &granted));
                granted
            }
        };
        if let Some(unsafe_part) = self.unsafe_part(post) {
            self.diagnostics.push(diagnostics::unsafe_slug(
                &self.export,
                post,
                &unsafe_part,
                &granted,
            ));
        }
        granted
    }

    fn wanted_path(&self, index: usize, drafts: &[Draft]) -> UrlPath {
        let draft = &drafts[index];
        let post = &self.export.posts[draft.record];
        if let Some(path) = pretty_path(&self.old, &post.link) {
            return path;
        }
        if let Some(home) = self.editions.home_of_front(post.id) {
            return home.clone();
        }
        if &*post.post_type == "post" {
            return self.rules.structure.path(&self.fields(post, &draft.terms, draft.date));
        }
        let line: Vec<&Draft> =
            std::iter::successors(Some(draft), |it| it.parent.map(|id| &drafts[id.index()]))
                .collect();
        let names: Vec<String> = line
            .iter()
            .rev()
            .map(|draft| &self.export.posts[draft.record])
            .map(|post| match post.slug.is_empty() {
                true => post.id.0.to_string(),
                false => post.slug.to_string(),
            })
            .collect();
        let base = (&*post.post_type != "page").then_some(&*post.post_type);
        UrlPath::from_segments(base.into_iter().chain(names.iter().map(String::as_str)))
    }

    /// Returns what of a post's old path or slug could not become the name of a folder.
    fn unsafe_part(&self, post: &Post) -> Option<String> {
        let local =
            self.old.local(&post.link).filter(|it| it.query.is_empty() && it.path.len() > 1);
        let text = match local.filter(|_| post.link.contains("://")) {
            Some(local) => percent_decode_str(local.path).decode_utf8_lossy().into_owned(),
            None => post.slug.to_string(),
        };
        let names = text.trim_matches('/').to_owned();
        (!names.is_empty() && !is_safe_path(&names)).then_some(text)
    }

    pub(super) fn fields<'b>(
        &'b self,
        post: &'b Post,
        terms: &[TermId],
        date: Option<DateTime<FixedOffset>>,
    ) -> Fields<'b> {
        let is_category =
            |id: &&TermId| self.terms.get(id).is_some_and(|term| &*term.taxonomy == "category");
        let first = terms.iter().filter(is_category).min();
        let line = first.map_or_else(Vec::new, |&id| lineage(&self.terms, id));
        Fields {
            id: post.id.0,
            slug: &post.slug,
            date: date.map(|date| date.naive_local()),
            category: line.iter().map(|term| &*term.slug).collect(),
            author: self.authors.get(&post.author).map_or("", |author| &author.slug),
        }
    }
}

/// Returns the tag of a language that a post tells, if it is one.
fn told_tag(code: &str) -> Option<Arc<str>> {
    languages::parse(code).ok().map(|_| tag_of_locale(code).into())
}

/// Takes parents away from pages that stand above themselves.
fn cut_circles(drafts: &mut [Draft]) {
    let mut is_rooted = vec![false; drafts.len()];
    for index in 0..drafts.len() {
        let mut path = vec![index];
        let mut is_on_path = HashSet::from([index]);
        while let Some(parent) = drafts[path[path.len() - 1]].parent.map(EntryId::index) {
            if is_rooted[parent] {
                break;
            }
            if !is_on_path.insert(parent) {
                drafts[path[path.len() - 1]].parent = None;
                break;
            }
            path.push(parent);
        }
        for place in path {
            is_rooted[place] = true;
        }
    }
    cut_depth(drafts);
}

/// Takes parents away from pages that stand deeper than anybody files them: each page tells of all
/// above it, so that a site would grow with the square of the depth.
fn cut_depth(drafts: &mut [Draft]) {
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut level = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        match draft.parent {
            Some(parent) => children.entry(parent.index()).or_default().push(index),
            None => level.push(index),
        }
    }
    let mut depth = 1;
    while !level.is_empty() {
        level = level.iter().flat_map(|index| children.remove(index).unwrap_or_default()).collect();
        depth += 1;
        if depth > MAX_DEPTH {
            level.iter().for_each(|&index| drafts[index].parent = None);
            depth = 1;
        }
    }
}

/// Returns the pages below each page, in the order WordPress shows them.
pub(super) fn children(export: &Export, entries: &[Entry]) -> HashMap<EntryId, Vec<EntryId>> {
    let mut children: HashMap<EntryId, Vec<EntryId>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(parent) = entry.parent {
            children.entry(parent).or_default().push(EntryId::new(index));
        }
    }
    for below in children.values_mut() {
        below.sort_by_key(|id| {
            let post = &export.posts[entries[id.index()].record];
            (post.menu_order, post.title.clone())
        });
    }
    children
}
