//! Gives posts and pages their order, their neighbours and their addresses.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::content;
use crate::model::{Digest, Export, Post, PostId, Script, TermId};
use crate::names::is_safe_path;
use crate::site::build::{Builder, pretty_path};
use crate::site::claims::Claimed;
use crate::site::permalinks::Fields;
use crate::site::related::{self, Traits};
use crate::site::taxonomy::lineage;
use crate::site::told;
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};

/// How many pages stand above one another at most.
const MAX_DEPTH: usize = 50;

impl Builder<'_> {
    pub(super) fn entries(&mut self, public: &[usize]) -> Vec<Entry> {
        let ids: HashMap<PostId, EntryId> = (0..)
            .zip(public)
            .map(|(index, &record)| (self.export.posts[record].id, EntryId::new(index)))
            .collect();
        let mut entries: Vec<Entry> =
            public.iter().map(|&record| self.entry(record, &ids)).collect();
        cut_circles(&mut entries);
        entries
    }

    /// The path is not claimed yet: a page's needs its parents'.
    fn entry(&self, record: usize, ids: &HashMap<PostId, EntryId>) -> Entry {
        let post = &self.export.posts[record];
        let digest = post.body.as_ref().map(|body| &body.digest);
        let script = digest.map_or(Script::Other, |digest| digest.script);
        let script = match script {
            Script::Other => content::script_of(&post.title),
            known => known,
        };
        let language = self.languages.of(script).unwrap_or(self.languages.site());
        Entry {
            record,
            path: UrlPath::root(),
            pages: digest.map_or(1, |digest| digest.pages.max(1)),
            comment_feed: None,
            language: Arc::clone(language),
            date: self.zone.moment(post.date, post.date_gmt),
            modified: self.zone.moment(post.modified, post.modified_gmt),
            author: post.author,
            terms: post.terms.iter().copied().filter(|id| self.terms.contains_key(id)).collect(),
            format: Arc::clone(&post.format),
            parent: post.parent.and_then(|parent| ids.get(&parent)).copied(),
            previous: None,
            next: None,
            related: Box::default(),
        }
    }

    /// Puts posts in order of time, each type on its own, and returns the posts, newest first.
    pub(super) fn order(&self, entries: &mut [Entry]) -> Vec<EntryId> {
        let mut by_type: HashMap<Arc<str>, Vec<EntryId>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let post_type = &self.export.posts[entry.record].post_type;
            by_type.entry(Arc::clone(post_type)).or_default().push(EntryId::new(index));
        }
        by_type.remove("page");
        for ids in by_type.values_mut() {
            ids.sort_unstable_by_key(|id| age(&entries[id.index()]));
            for pair in ids.windows(2) {
                entries[pair[0].index()].previous = Some(pair[1]);
                entries[pair[1].index()].next = Some(pair[0]);
            }
            self.relate(entries, ids);
        }
        by_type.remove("post").unwrap_or_default()
    }

    fn relate(&self, entries: &mut [Entry], ids: &[EntryId]) {
        static NO_DIGEST: std::sync::LazyLock<Digest> = std::sync::LazyLock::new(Digest::default);
        let traits: Vec<(EntryId, Traits<'_>)> = ids
            .iter()
            .map(|&id| {
                let entry = &entries[id.index()];
                let body = self.export.posts[entry.record].body.as_ref();
                let topics = &body.map_or(&*NO_DIGEST, |body| &body.digest).topics;
                (id, Traits { terms: &entry.terms, topics })
            })
            .collect();
        let related = related::related(&traits);
        for (&id, related) in ids.iter().zip(related) {
            entries[id.index()].related = related;
        }
    }

    /// Gives every entry its address. Of two that want the same one, the lower id has it.
    pub(super) fn claim_entries(&mut self, entries: &mut [Entry]) {
        let front = self.front;
        if front.is_none() {
            self.claims.take(&UrlPath::root());
        }
        for index in 0..entries.len() {
            let post = &self.export.posts[entries[index].record];
            let wanted = match Some(post.id) == front {
                true => UrlPath::root(),
                false => self.wanted_path(index, entries),
            };
            let granted = match self.claims.claim(wanted) {
                Claimed::Granted(path) => path,
                Claimed::Moved { wanted, granted } => {
                    self.diagnostics.push(told::taken(&self.export, post, &wanted, &granted));
                    granted
                }
            };
            if let Some(unsafe_part) = self.unsafe_part(post) {
                self.diagnostics.push(told::unsafe_slug(
                    &self.export,
                    post,
                    &unsafe_part,
                    &granted,
                ));
            }
            entries[index].path = granted;
        }
        for entry in &mut *entries {
            let mut numbers = 2..=entry.pages;
            if !numbers.all(|number| self.claims.take(&entry.path.join(&number.to_string()))) {
                // A page below a post in pages is called `2`: the post is shown in one piece.
                entry.pages = 1;
            }
        }
    }

    fn wanted_path(&self, index: usize, entries: &[Entry]) -> UrlPath {
        let entry = &entries[index];
        let post = &self.export.posts[entry.record];
        if let Some(path) = pretty_path(&self.old, &post.link) {
            return path;
        }
        if &*post.post_type == "post" {
            return self.rules.structure.path(&self.fields(entry, post));
        }
        let line: Vec<&Entry> =
            std::iter::successors(Some(entry), |it| it.parent.map(|id| &entries[id.index()]))
                .collect();
        let names: Vec<String> = line
            .iter()
            .rev()
            .map(|entry| &self.export.posts[entry.record])
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

    pub(super) fn fields<'b>(&'b self, entry: &'b Entry, post: &'b Post) -> Fields<'b> {
        let is_category =
            |id: &&TermId| self.terms.get(id).is_some_and(|term| &*term.taxonomy == "category");
        let first = entry.terms.iter().filter(is_category).min();
        let line = first.map_or_else(Vec::new, |&id| lineage(&self.terms, id));
        Fields {
            id: post.id.0,
            slug: &post.slug,
            date: entry.date.map(|date| date.naive_local()),
            category: line.iter().map(|term| &*term.slug).collect(),
            author: self.authors.get(&post.author).map_or("", |author| &author.slug),
        }
    }
}

/// The order of lists: newest first; of the same second, WordPress shows the higher id first. No
/// date: last.
pub(super) fn age(entry: &Entry) -> std::cmp::Reverse<(Option<chrono::NaiveDateTime>, usize)> {
    std::cmp::Reverse((entry.date.map(|date| date.naive_local()), entry.record))
}

/// Takes parents away from pages that stand above themselves.
fn cut_circles(entries: &mut [Entry]) {
    let mut is_rooted = vec![false; entries.len()];
    for index in 0..entries.len() {
        let mut path = vec![index];
        let mut is_on_path = HashSet::from([index]);
        while let Some(parent) = entries[path[path.len() - 1]].parent.map(EntryId::index) {
            if is_rooted[parent] {
                break;
            }
            if !is_on_path.insert(parent) {
                entries[path[path.len() - 1]].parent = None;
                break;
            }
            path.push(parent);
        }
        for place in path {
            is_rooted[place] = true;
        }
    }
    cut_depth(entries);
}

/// Takes parents away from pages that stand deeper than anybody files them: each page tells of all
/// above it, so that a site would grow with the square of the depth.
fn cut_depth(entries: &mut [Entry]) {
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut level = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match entry.parent {
            Some(parent) => children.entry(parent.index()).or_default().push(index),
            None => level.push(index),
        }
    }
    let mut depth = 1;
    while !level.is_empty() {
        level = level.iter().flat_map(|index| children.remove(index).unwrap_or_default()).collect();
        depth += 1;
        if depth > MAX_DEPTH {
            level.iter().for_each(|&index| entries[index].parent = None);
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
