//! What one text has and another lacks, by words.

use std::collections::HashMap;
use std::ops::Range;

use crate::commands::check::texts::words::Words;

/// What two texts have not in common.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// How many words are only in the first.
    pub missing: usize,
    /// How many words are only in the second.
    pub more: usize,
    /// The first few places of each kind: what stands there in the text that has it, with words around
    /// it.
    pub places: Vec<Place>,
}

impl Difference {
    /// Returns the places of a kind in words: nothing if there are none.
    pub fn shown(&self, is_wanted: fn(&Place) -> Option<&String>) -> String {
        let texts: Vec<&str> =
            self.places.iter().filter_map(is_wanted).map(String::as_str).collect();
        if texts.is_empty() { String::new() } else { format!(": {}", texts.join("; ")) }
    }
}

/// A place at which two texts differ.
#[derive(Debug, Eq, PartialEq)]
pub enum Place {
    /// The second lacks what is in brackets.
    Missing(String),
    /// Only the second has what is in brackets.
    More(String),
}

/// After so many differences texts have nothing to do with each other.
const MOST: usize = 300;
/// So many places of a kind are shown.
const SHOWN: usize = 3;
/// So many words are shown before and after.
const AROUND: usize = 4;
/// So many words are shown of what differs.
const LONGEST: usize = 12;

/// Compares two texts. `None` if their words are the same.
pub fn between(first: &Words, second: &Words) -> Option<Difference> {
    let same_start = (0..first.len().min(second.len()))
        .find(|&index| first.get(index) != second.get(index))
        .unwrap_or(first.len().min(second.len()));
    let most = first.len().min(second.len()) - same_start;
    let (last, other) = (first.len(), second.len());
    let same_end = (0..most)
        .find(|&index| first.get(last - 1 - index) != second.get(other - 1 - index))
        .unwrap_or(most);
    let (old, new) = (same_start..last - same_end, same_start..other - same_end);
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let pair = Pair { first, second };
    Some(match pair.path(old.clone(), new.clone()) {
        Some(edits) => pair.tell(&edits),
        None => pair.sum_up(old, new),
    })
}

/// A run of words that only one text has.
#[derive(Debug)]
enum Edit {
    Missing(Range<usize>),
    More(Range<usize>),
}

struct Pair<'w> {
    first: &'w Words,
    second: &'w Words,
}

impl Pair<'_> {
    /// Finds the fewest words to take out and put in, as Myers does. `None` if they are too many.
    fn path(&self, old: Range<usize>, new: Range<usize>) -> Option<Vec<Edit>> {
        let most = (old.len() + new.len()).min(MOST);
        let width = 2 * most + 1;
        let mut furthest = vec![0; width];
        let mut history = Vec::new();
        for steps in 0..=most as isize {
            history.push(furthest.clone());
            for diagonal in (-steps..=steps).step_by(2) {
                let at = (diagonal + most as isize) as usize;
                let is_down =
                    diagonal == -steps || diagonal != steps && furthest[at - 1] < furthest[at + 1];
                let mut x = if steps == 0 {
                    0
                } else if is_down {
                    furthest[at + 1]
                } else {
                    furthest[at - 1] + 1
                };
                while self.is_same(&old, &new, (x, x as isize - diagonal)) {
                    x += 1;
                }
                furthest[at] = x;
                if x >= old.len() && x as isize - diagonal >= new.len() as isize {
                    return Some(trace(&history, (old, new), most));
                }
            }
        }
        None
    }

    fn is_same(&self, old: &Range<usize>, new: &Range<usize>, (x, y): (usize, isize)) -> bool {
        let Ok(y) = usize::try_from(y) else { return false };
        x < old.len()
            && y < new.len()
            && self.first.get(old.start + x) == self.second.get(new.start + y)
    }

    fn tell(&self, edits: &[Edit]) -> Difference {
        let mut difference = Difference::default();
        let mut shown_of = [0; 2];
        for edit in edits {
            let (kind, sum, count) = match edit {
                Edit::Missing(words) => (0, &mut difference.missing, words.len()),
                Edit::More(words) => (1, &mut difference.more, words.len()),
            };
            *sum += count;
            shown_of[kind] += 1;
            if shown_of[kind] <= SHOWN {
                difference.places.push(match edit {
                    Edit::Missing(words) => Place::Missing(shown(self.first, words)),
                    Edit::More(words) => Place::More(shown(self.second, words)),
                });
            }
        }
        difference
    }

    /// Counts words whatever their order, and shows where the texts part.
    fn sum_up(&self, old: Range<usize>, new: Range<usize>) -> Difference {
        let mut counts: HashMap<&str, isize> = HashMap::new();
        old.clone().for_each(|word| *counts.entry(self.first.get(word)).or_default() += 1);
        new.clone().for_each(|word| *counts.entry(self.second.get(word)).or_default() -= 1);
        let sum = |wanted: fn(isize) -> bool| {
            let wanted = counts.values().filter(|count| wanted(**count));
            wanted.map(|count| count.unsigned_abs()).sum::<usize>()
        };
        Difference {
            missing: sum(|count| count > 0),
            more: sum(|count| count < 0),
            places: vec![
                Place::Missing(shown(self.first, &old)),
                Place::More(shown(self.second, &new)),
            ],
        }
    }
}

/// Goes back from the end to the start, and joins single words to runs.
fn trace(
    history: &[Vec<usize>],
    (old, new): (Range<usize>, Range<usize>),
    most: usize,
) -> Vec<Edit> {
    let (mut x, mut y) = (old.len() as isize, new.len() as isize);
    let mut edits: Vec<Edit> = Vec::new();
    for steps in (1..history.len() as isize).rev() {
        let furthest = &history[steps as usize];
        let diagonal = x - y;
        let at = (diagonal + most as isize) as usize;
        let is_down =
            diagonal == -steps || diagonal != steps && furthest[at - 1] < furthest[at + 1];
        let before = if is_down { diagonal + 1 } else { diagonal - 1 };
        let from_x = furthest[(before + most as isize) as usize] as isize;
        let from_y = from_x - before;
        if is_down {
            let word = new.start + from_y as usize;
            match edits.last_mut() {
                Some(Edit::More(run)) if run.start == word + 1 => run.start = word,
                _ => edits.push(Edit::More(word..word + 1)),
            }
        } else {
            let word = old.start + from_x as usize;
            match edits.last_mut() {
                Some(Edit::Missing(run)) if run.start == word + 1 => run.start = word,
                _ => edits.push(Edit::Missing(word..word + 1)),
            }
        }
        (x, y) = (from_x, from_y);
    }
    edits.reverse();
    edits
}

/// Returns words in brackets, with those around them.
fn shown(words: &Words, run: &Range<usize>) -> String {
    let before = run.start.saturating_sub(AROUND)..run.start;
    let after = run.end..(run.end + AROUND).min(words.len());
    let inner = match run.len() {
        0..=LONGEST => words.excerpt(run.clone()),
        _ => format!("{} …", words.excerpt(run.start..run.start + LONGEST)),
    };
    let left = if before.start > 0 { "… " } else { "" };
    let right = if after.end < words.len() { " …" } else { "" };
    let parts = [words.excerpt(before), format!("[{inner}]"), words.excerpt(after)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{left}{}{right}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Words {
        Words::of_text(text).unwrap()
    }

    #[track_caller]
    fn check(first: &str, second: &str, missing: usize, more: usize, places: &[Place]) {
        let difference = between(&words(first), &words(second)).unwrap();
        assert_eq!((difference.missing, difference.more), (missing, more));
        assert_eq!(difference.places, places);
    }

    #[test]
    fn signs_and_tags_make_no_difference() {
        assert_eq!(between(&words("<p>“a” — b</p>"), &words("<h2>\"a\"</h2>b")), None);
        assert_eq!(between(&words(""), &words("")), None);
    }

    #[test]
    fn what_differs_is_shown_with_the_words_around_it() {
        let missing = |text: &str| Place::Missing(text.to_owned());
        let more = |text: &str| Place::More(text.to_owned());
        check("a b c, d e f g", "a b d e f g", 1, 0, &[missing("a b [c] d e f g")]);
        check(
            "1 2 3 4 5 6 x y 7 8 9 0 1",
            "1 2 3 4 5 6 7 8 9 0 1",
            2,
            0,
            &[missing("… 3 4 5 6 [x y] 7 8 9 0 …")],
        );
        check("a b", "a n b", 0, 1, &[more("a [n] b")]);
        check("a b c", "a x c", 1, 1, &[missing("a [b] c"), more("a [x] c")]);
        check("", "a b", 0, 2, &[more("[a b]")]);
        check("a b", "", 2, 0, &[missing("[a b]")]);
    }

    #[test]
    fn many_differences_of_one_kind_hide_none_of_the_other() {
        let (one, other) = (words("a b c d e f"), words("a n b n c n d n e"));
        let difference = between(&one, &other).unwrap();
        let missing = Place::Missing("… b c d e [f]".to_owned());
        assert_eq!((difference.missing, difference.more), (1, 4));
        assert_eq!(difference.places.len(), SHOWN + 1);
        assert!(difference.places.contains(&missing), "{:?}", difference.places);
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_summed_up() {
        let one: String = (0..900).map(|number| format!("a{number} ")).collect();
        let other: String = (0..900).map(|number| format!("b{number} ")).collect();
        let difference = between(&words(&one), &words(&other)).unwrap();
        assert_eq!((difference.missing, difference.more), (900, 900));
    }

    proptest! {
        #[test]
        fn what_is_taken_out_and_put_in_makes_one_of_the_other(
            first in proptest::collection::vec(0..5_u8, 0..24),
            second in proptest::collection::vec(0..5_u8, 0..24),
        ) {
            let text = |words: &[u8]| words.iter().map(|word| format!("w{word} ")).collect::<String>();
            let (one, other) = (words(&text(&first)), words(&text(&second)));
            let (old, new) = (0..one.len(), 0..other.len());
            let edits = Pair { first: &one, second: &other }.path(old, new).unwrap();
            let is_in = |wanted: &dyn Fn(&Edit) -> Option<Range<usize>>, word: usize| {
                edits.iter().filter_map(wanted).any(|run| run.contains(&word))
            };
            let missing = |edit: &Edit| if let Edit::Missing(run) = edit { Some(run.clone()) } else { None };
            let more = |edit: &Edit| if let Edit::More(run) = edit { Some(run.clone()) } else { None };
            let kept: Vec<u8> = (0..first.len()).filter(|word| !is_in(&missing, *word)).map(|word| first[word]).collect();
            let same: Vec<u8> = (0..second.len()).filter(|word| !is_in(&more, *word)).map(|word| second[word]).collect();
            prop_assert_eq!(kept, same);
        }
    }
}
