//! Finds out below which paths WordPress put its archives.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::model::Term;
use crate::site::archives::{Archive, ArchiveKind, Bases};
use crate::site::build::{Builder, pretty_path};
use crate::site::diagnostics;
use crate::site::editions::EditionId;
use crate::site::links::below::Base;
use crate::site::taxonomy::{TermNode, lineage};
use crate::site::urls::UrlPath;
use crate::site::{Entry, EntryId};

impl Builder<'_> {
    /// What the user says, else what pretty addresses of terms show, else WordPress's own.
    pub(super) fn bases(&self, entries: &[Entry], newest_first: &[EntryId]) -> Bases {
        let told = &self.config.settings.permalinks;
        let (category, tag) = (self.seen_base("category"), self.seen_base("post_tag"));
        let structure = self.rules.structure.front().into_iter().map(str::to_owned).collect();
        let front = category.as_ref().or(tag.as_ref()).map(|(front, _)| front.clone());
        let base = |told: &Option<String>, seen: Option<(Vec<String>, String)>, usual: &str| {
            told.clone().or(seen.map(|(_, base)| base)).unwrap_or_else(|| usual.to_owned())
        };
        Bases {
            front: front.unwrap_or(structure),
            category: base(&told.category_base, category, "category"),
            tag: base(&told.tag_base, tag, "tag"),
            author: base(&told.author_base, None, "author"),
            date: self.has_id_like_date(entries, newest_first).then_some("date"),
        }
    }

    /// Returns the base of a taxonomy and what stands before it, as the first pretty address of a term shows.
    fn seen_base(&self, taxonomy: &str) -> Option<(Vec<String>, String)> {
        let of_taxonomy = self.terms.values().filter(|term| &*term.taxonomy == taxonomy);
        let mut terms: Vec<&TermNode> = of_taxonomy.collect();
        terms.sort_by_key(|term| term.id);
        terms.into_iter().find_map(|term| {
            let path = self.editions.below_home(&pretty_path(&self.old, &term.link)?);
            let line = lineage(&self.terms, term.id).len();
            let segments: Vec<&str> = path.as_str().trim_matches('/').split('/').collect();
            let base = segments.get(..segments.len().checked_sub(line)?)?;
            let (last, front) = base.split_last()?;
            Some((front.iter().map(|&part| part.to_owned()).collect(), (*last).to_owned()))
        })
    }

    /// Tells once that the bases of categories and tags are guesses, which only matters where they had
    /// pretty addresses.
    pub(super) fn tell_guessed_bases(&mut self, public: &[usize]) {
        let is_pretty =
            |&post: &usize| pretty_path(&self.old, &self.export.posts[post].link).is_some();
        if !public.iter().any(is_pretty) {
            return;
        }
        let told = &self.config.settings.permalinks;
        let taxonomies = [
            ("category", "categories", "category", &told.category_base),
            ("post_tag", "tags", "tag", &told.tag_base),
        ];
        // Of terms that only posts name, others tell that their records are to be saved.
        let is_saved = |term: &Term, name: &str| &*term.taxonomy == name && term.name.is_some();
        let has_terms = |name: &str| self.export.terms.iter().any(|term| is_saved(term, name));
        let guessed = taxonomies.into_iter().filter(|(name, _, _, told)| {
            told.is_none() && has_terms(name) && self.seen_base(name).is_none()
        });
        let guessed: Vec<(&str, &str)> = guessed.map(|(_, what, base, _)| (what, base)).collect();
        self.diagnostics.extend(diagnostics::guessed_bases(&guessed));
    }

    /// Returns below which paths the last name tells which term of a hierarchical taxonomy is meant, or
    /// which post of a custom type.
    pub(super) fn named_below(&self, entries: &[Entry], archives: &[Archive]) -> Vec<Base> {
        // Those of each language may be below its home page.
        let mut found: BTreeMap<(Arc<str>, Option<EditionId>), String> = BTreeMap::new();
        let is_told = |name: &str| {
            let mut told = self.export.taxonomies.iter();
            name == "category" || told.any(|it| &*it.name == name && it.is_hierarchical)
        };
        for archive in archives {
            let ArchiveKind::Term(term) = &archive.kind else { continue };
            let is_wanted = term.parent.is_some() || is_told(&term.taxonomy);
            let key = (Arc::clone(&term.taxonomy), archive.edition);
            if is_wanted && !found.contains_key(&key) {
                let line = lineage(&self.terms, term.id).len();
                found.extend(base_of(&archive.path, line).map(|base| (key, base)));
            }
        }
        for entry in entries {
            let name = &self.export.posts[entry.record].post_type;
            let key = (Arc::clone(name), entry.edition);
            if matches!(&**name, "post" | "page") || found.contains_key(&key) {
                continue;
            }
            let above = std::iter::successors(Some(entry), |it| {
                it.parent.map(|parent| &entries[parent.index()])
            });
            let base = base_of(&entry.path, above.count());
            found.extend(base.map(|base| (key, base)));
        }
        let mut seen = HashSet::new();
        let is_new = |base: &Base| seen.insert(base.clone());
        let bases = found.into_iter().map(|((name, _), path)| Base { path, name });
        bases.filter(is_new).collect()
    }

    /// Whether posts have their id where archives of dates have the year: as the newest post with a
    /// pretty address shows, else as the structure says.
    fn has_id_like_date(&self, entries: &[Entry], newest_first: &[EntryId]) -> bool {
        let seen = newest_first.iter().find_map(|id| {
            let post = &self.export.posts[entries[id.index()].record];
            let path = pretty_path(&self.old, &post.link)?;
            let id = post.id.0.to_string();
            let is_slug = *post.slug == *id;
            let mut segments = path.as_str().trim_matches('/').split('/');
            // A day and its year and month stand before an id that is not taken for a year.
            let place = segments.position(|segment| segment == id);
            Some(!is_slug && place.is_some_and(|place| place < 3))
        });
        seen.unwrap_or_else(|| self.rules.structure.has_id_like_date())
    }
}

/// Returns what stands before so many names at the end of a path: none if nothing does.
fn base_of(path: &UrlPath, names: usize) -> Option<String> {
    let decoded = percent_decode_str(path.as_str().trim_matches('/')).decode_utf8_lossy();
    let segments: Vec<&str> = decoded.split('/').collect();
    let base = segments.get(..segments.len().checked_sub(names)?)?;
    (!base.is_empty()).then(|| format!("{}/", base.join("/").to_lowercase()))
}
