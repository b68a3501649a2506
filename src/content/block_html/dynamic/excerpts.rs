//! What lists show of a post's text.

use crate::content::block_html::render::Renderer;
use crate::content::surroundings::facts::PostFacts;
use crate::content::{excerpt as cutting, has_syllables, hidden, raw_excerpt, script_of, text};
use crate::model::BodyFormat;

/// So much text is more than an excerpt may hold, in bytes.
const LONGEST: usize = 12_000;

/// The beginning of a post.
#[derive(Debug, Default, PartialEq)]
pub struct Beginning {
    /// Plain text.
    pub text: String,
    /// Whether there is more of it.
    pub is_cut: bool,
}

/// Returns the excerpt of a post in at most so many words.
pub fn of(renderer: &Renderer<'_>, post: &PostFacts<'_>, words: usize) -> Beginning {
    let signs = renderer.context.signs();
    let saved = signs.set(post.excerpt);
    let is_cut = saved.ends_with('…');
    if post.has_own_excerpt || has_syllables(script_of(&saved)) {
        return Beginning { text: saved, is_cut };
    }
    let whole = saved.trim_end_matches(['…', ' ']);
    let has_enough = !is_cut || whole.split_ascii_whitespace().count() >= words;
    let body = || renderer.context.surroundings.body(post.id);
    let Some(body) = Some(()).filter(|()| !has_enough).and_then(|()| body()) else {
        let beginning = first_words(whole, words);
        return Beginning { is_cut: is_cut || beginning.is_cut, ..beginning };
    };
    if matches!(body.format, BodyFormat::Blocks | BodyFormat::Classic) {
        return first_words(&raw_excerpt::beginning(&body, LONGEST, &signs), words);
    }
    let teaser = cutting::teaser(&body.text);
    first_words(
        &cutting::without_shortcodes(&text::plain_text(&hidden::of_author(teaser).0)),
        words,
    )
}

/// Returns the first words of a text.
pub fn first_words(text: &str, count: usize) -> Beginning {
    let mut words = text.split_ascii_whitespace();
    let first: Vec<&str> = words.by_ref().take(count).collect();
    Beginning { text: first.join(" "), is_cut: words.next().is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        assert_eq!(first_words("a  b c", 2), Beginning { text: "a b".to_owned(), is_cut: true });
        assert_eq!(first_words("a b", 2), Beginning { text: "a b".to_owned(), is_cut: false });
    }
}
