//! Related posts: those that share rare tags and telling words.

use std::collections::HashMap;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::model::TermId;
use crate::site::EntryId;

/// What makes posts related.
#[derive(Debug)]
pub struct Traits<'a> {
    /// Their terms.
    pub terms: &'a [TermId],
    /// Hashes of their telling words, sorted.
    pub topics: &'a [u32],
}

/// How many posts are named.
const NAMED: usize = 3;

/// A trait that more posts have tells little; of those, only the neighbours in time are looked at.
const NEIGHBOURS: usize = 12;

/// How much a shared word counts against a shared term.
const WORD_WEIGHT: f32 = 0.5;

/// Returns the most related posts of each of `posts`, which are in order of time.
pub fn related(posts: &[(EntryId, Traits<'_>)]) -> Vec<Box<[EntryId]>> {
    let terms = index(posts, |traits| traits.terms);
    let topics = index(posts, |traits| traits.topics);
    let of = |scores: &mut Scores, place: usize| {
        let (_, traits) = &posts[place];
        for term in traits.terms {
            score(scores, place, &terms[term], 1.0);
        }
        for topic in traits.topics {
            score(scores, place, &topics[topic], WORD_WEIGHT);
        }
        best(scores).into_iter().map(|place| posts[place as usize].0).collect()
    };
    let places = (0..posts.len()).into_par_iter().with_min_len(512);
    places.map_init(|| Scores::new(posts.len()), of).collect()
}

/// How related each post is to one of them. Hundreds of numbers are added for every post, so they
/// are found by their place.
#[derive(Debug)]
struct Scores {
    /// By place. Zero means that the post shares nothing.
    all: Vec<f32>,
    /// The places of those that are not zero.
    found: Vec<u32>,
}

impl Scores {
    fn new(posts: usize) -> Self {
        Self { all: vec![0.0; posts], found: Vec::new() }
    }

    fn add(&mut self, place: u32, score: f32) {
        let sum = &mut self.all[place as usize];
        if *sum == 0.0 {
            self.found.push(place);
        }
        *sum += score;
    }
}

/// Returns which posts have a trait, in order of time.
fn index<'a, T: Copy + Eq + std::hash::Hash + 'a>(
    posts: &'a [(EntryId, Traits<'a>)],
    traits: impl Fn(&'a Traits<'a>) -> &'a [T],
) -> HashMap<T, Vec<u32>> {
    let mut index: HashMap<T, Vec<u32>> = HashMap::new();
    for (place, (_, of)) in (0..).zip(posts) {
        for &it in traits(of) {
            index.entry(it).or_default().push(place);
        }
    }
    index
}

/// Adds to the scores of posts that share a trait. The rarer it is, the more it counts.
fn score(scores: &mut Scores, place: usize, having: &[u32], weight: f32) {
    let rarity = (scores.all.len() as f32 / having.len() as f32).ln();
    if having.len() < 2 || rarity <= 0.0 {
        return;
    }
    let own = having.partition_point(|&other| (other as usize) < place);
    let from = own.saturating_sub(NEIGHBOURS / 2);
    for &other in having.iter().skip(from).take(NEIGHBOURS + 1) {
        if other as usize != place {
            scores.add(other, rarity * weight);
        }
    }
}

/// Takes the places with the highest scores; of equals, the first. The scores are zero again then.
fn best(scores: &mut Scores) -> Vec<u32> {
    let mut ranked: Vec<(u32, f32)> = scores
        .found
        .drain(..)
        .map(|place| (place, std::mem::take(&mut scores.all[place as usize])))
        .collect();
    let compare = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if ranked.len() > NAMED {
        ranked.select_nth_unstable_by(NAMED, compare);
        ranked.truncate(NAMED);
    }
    ranked.sort_unstable_by(compare);
    ranked.into_iter().map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_tag_counts_more_than_a_common_one() {
        let (rare, common) = (TermId(1), TermId(2));
        let terms: [&[TermId]; 5] = [&[rare, common], &[common], &[common], &[rare], &[]];
        let posts: Vec<(EntryId, Traits<'_>)> = (0..)
            .zip(terms)
            .map(|(index, terms)| (EntryId::new(index), Traits { terms, topics: &[] }))
            .collect();

        let related = related(&posts);
        assert_eq!(related[0][0], EntryId::new(3));
        assert!(related[4].is_empty());
    }

    #[test]
    fn words_relate_posts_without_tags() {
        let topics: [&[u32]; 4] = [&[5, 9], &[7], &[5, 8], &[]];
        let posts: Vec<(EntryId, Traits<'_>)> = (0..)
            .zip(topics)
            .map(|(index, topics)| (EntryId::new(index), Traits { terms: &[], topics }))
            .collect();
        assert_eq!(*related(&posts)[0], [EntryId::new(2)]);
    }
}
