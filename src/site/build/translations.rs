//! Which posts translate one another.

use std::collections::HashMap;

use crate::model::{MOST_LANGUAGES, PostId};
use crate::site::EntryId;
use crate::site::build::Builder;

impl Builder<'_> {
    /// Returns the translations of each entry, of which `entries` have the place among the records
    /// and the language: those that have a page, each in another language, the entry among them.
    /// One telling of another is enough for both.
    pub(super) fn translations(&self, entries: &[(usize, &str)]) -> Vec<Box<[EntryId]>> {
        let post_of = |index: usize| &self.export.posts[entries[index].0];
        if (0..entries.len()).all(|index| post_of(index).translations.is_empty()) {
            return vec![Box::default(); entries.len()];
        }
        let ids: HashMap<PostId, usize> =
            (0..entries.len()).map(|index| (post_of(index).id, index)).collect();
        let mut groups = Groups((0..entries.len()).collect());
        for index in 0..entries.len() {
            let others = post_of(index).translations.iter().filter_map(|id| ids.get(id));
            others.for_each(|&other| groups.join(index, other));
        }
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for index in 0..entries.len() {
            let group = members.entry(groups.of(index)).or_default();
            let is_new = !group.iter().any(|&other| entries[other].1 == entries[index].1);
            if is_new && group.len() < MOST_LANGUAGES {
                group.push(index);
            }
        }
        let order = |&index: &usize| {
            let edition = self.editions.of_posts.get(&post_of(index).id);
            (edition.is_none(), edition.copied(), index)
        };
        for group in members.values_mut() {
            group.sort_by_key(order);
        }
        let translations = (0..entries.len()).map(|index| {
            let group = &members[&groups.of(index)];
            // Of two in one language only one is named.
            let is_whole = group.len() > 1 && group.contains(&index);
            let named = group.iter().filter(|_| is_whole);
            named.map(|&index| EntryId::new(index)).collect()
        });
        translations.collect()
    }
}

/// Groups of numbers, as a forest: each number has one above it, or is the topmost of its group.
struct Groups(Vec<usize>);

impl Groups {
    fn of(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            // Halves the way for those that ask later.
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}
