//! Approved comments, by the entry they stand under, as threads.

use std::collections::HashMap;

use crate::model::{Comment, CommentId, Export, PostId};
use crate::site::EntryId;

/// The approved comments of each entry.
#[derive(Debug, Default)]
pub struct Discussions {
    /// Places in [`Export::comments`], oldest first.
    by_entry: HashMap<EntryId, Vec<u32>>,
}

/// A comment and its answers.
#[derive(Debug)]
pub struct Thread {
    /// Its place in [`Export::comments`].
    pub comment: usize,
    /// Oldest first.
    pub answers: Vec<Self>,
}

/// How deep answers are nested. Deeper ones are drawn at this level.
const MAX_DEPTH: usize = 10;

impl Discussions {
    /// Gathers the approved comments of public entries.
    pub fn new(export: &Export, entries: &HashMap<PostId, EntryId>) -> Self {
        let mut by_entry: HashMap<EntryId, Vec<u32>> = HashMap::new();
        for (index, comment) in (0..).zip(&export.comments) {
            if let (true, Some(&entry)) = (comment.is_approved, entries.get(&comment.post)) {
                by_entry.entry(entry).or_default().push(index);
            }
        }
        for comments in by_entry.values_mut() {
            comments.sort_by_key(|&index| age(&export.comments[index as usize]));
        }
        Self { by_entry }
    }

    /// Returns the comments under an entry, oldest first, as places in [`Export::comments`].
    pub fn of(&self, entry: EntryId) -> &[u32] {
        self.by_entry.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// Returns all comments, newest first, each with its entry.
    pub fn newest(&self, export: &Export, count: usize) -> Vec<(usize, EntryId)> {
        let pairs = self.by_entry.iter().flat_map(|(&entry, comments)| {
            comments.iter().map(move |&index| (index as usize, entry))
        });
        let mut all: Vec<(usize, EntryId)> = pairs.collect();
        all.sort_by_key(|&(index, _)| std::cmp::Reverse(age(&export.comments[index])));
        all.truncate(count);
        all
    }

    /// Returns the comments under an entry as threads. A comment whose parent is not shown, or is
    /// below it, starts a thread of its own.
    pub fn threads(&self, export: &Export, entry: EntryId) -> Vec<Thread> {
        let comments = self.of(entry);
        let places: HashMap<CommentId, usize> =
            (0..).zip(comments).map(|(at, &it)| (export.comments[it as usize].id, at)).collect();
        let parents = parents(export, comments, &places);
        let mut answers: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
        let mut roots = Vec::new();
        for (place, parent) in parents.iter().enumerate() {
            match parent {
                Some(parent) => answers[*parent].push(place),
                None => roots.push(place),
            }
        }
        roots.into_iter().map(|root| thread(root, comments, &answers)).collect()
    }
}

fn age(comment: &Comment) -> (Option<chrono::NaiveDateTime>, CommentId) {
    (comment.date_gmt.or(comment.date), comment.id)
}

/// Returns the parent of each comment, by place: always an older one, so that there are no circles,
/// and never deeper than we nest.
fn parents(
    export: &Export,
    comments: &[u32],
    places: &HashMap<CommentId, usize>,
) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(comments.len());
    let mut depths: Vec<usize> = Vec::with_capacity(comments.len());
    for (place, &index) in comments.iter().enumerate() {
        let told = export.comments[index as usize].parent;
        let parent = told.and_then(|parent| places.get(&parent)).filter(|&&parent| parent < place);
        let parent = parent.map(|&parent| match depths[parent] {
            MAX_DEPTH => parents[parent].unwrap_or(parent),
            _ => parent,
        });
        depths.push(parent.map_or(1, |parent| depths[parent] + 1));
        parents.push(parent);
    }
    parents
}

fn thread(place: usize, comments: &[u32], answers: &[Vec<usize>]) -> Thread {
    let below = answers[place].iter().map(|&answer| thread(answer, comments, answers));
    Thread { comment: comments[place] as usize, answers: below.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CommentKind, CommentText, FileId};

    fn comment(id: u64, parent: Option<u64>) -> Comment {
        Comment {
            id: CommentId(id),
            post: PostId(1),
            parent: parent.map(CommentId),
            is_approved: id != 99_999,
            kind: CommentKind::Comment,
            author_name: "".into(),
            author_url: "".into(),
            user: None,
            date: None,
            date_gmt: None,
            content: CommentText::Rendered("".into()),
            file: FileId(0),
        }
    }

    /// Checks threads written as `1(2(3) 4)`, by id.
    #[track_caller]
    fn check(comments: Vec<Comment>, expected: &str) {
        let export = Export { comments, ..Export::default() };
        let entry = EntryId::new(0);
        let discussions = Discussions::new(&export, &HashMap::from([(PostId(1), entry)]));
        assert_eq!(outline(&export, &discussions.threads(&export, entry)), expected);
    }

    fn outline(export: &Export, threads: &[Thread]) -> String {
        let texts = threads.iter().map(|thread| {
            let id = export.comments[thread.comment].id.0;
            match outline(export, &thread.answers) {
                answers if answers.is_empty() => id.to_string(),
                answers => format!("{id}({answers})"),
            }
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        check(
            vec![comment(1, None), comment(2, Some(1)), comment(3, Some(2)), comment(4, Some(1))],
            "1(2(3) 4)",
        );
    }

    #[test]
    fn answers_to_what_is_not_shown_start_a_thread() {
        check(
            vec![comment(1, Some(99_999)), comment(99_999, None), comment(10, Some(99_999))],
            "1 10",
        );
    }

    #[test]
    fn a_circle_of_answers_loses_none() {
        check(vec![comment(1, Some(2)), comment(2, Some(1))], "1(2)");
    }

    #[test]
    fn deep_threads_are_drawn_at_the_deepest_level() {
        let comments = (1..=5000).map(|id| comment(id, id.checked_sub(1).filter(|id| *id > 0)));
        let export = Export { comments: comments.collect(), ..Export::default() };
        let entry = EntryId::new(0);
        let discussions = Discussions::new(&export, &HashMap::from([(PostId(1), entry)]));
        let mut threads = discussions.threads(&export, entry);
        let mut depth = 0;
        while let Some(thread) = threads.into_iter().next() {
            threads = thread.answers;
            depth += 1;
        }
        assert_eq!(depth, MAX_DEPTH);
    }
}
