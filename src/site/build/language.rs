//! The language of a site that nobody tells: the one its texts seem to be in.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Export, Post, Script};
use crate::site::languages::{Languages, tag_of_locale};

/// A language that shares its script with others, and words that its sentences cannot do without and
/// the other languages do not have.
type Tongue = (&'static str, &'static str, [&'static str; 10]);

const TONGUES: [Tongue; 7] = [
    ("en", "English", ["the", "and", "of", "is", "with", "for", "that", "are", "from", "this"]),
    ("de", "German", ["der", "und", "ist", "nicht", "mit", "ein", "für", "auf", "sich", "wir"]),
    ("fr", "French", ["les", "et", "est", "une", "dans", "pour", "sur", "avec", "au", "nous"]),
    ("es", "Spanish", ["el", "los", "las", "y", "por", "del", "una", "con", "más", "está"]),
    ("it", "Italian", ["il", "di", "che", "per", "della", "non", "è", "sono", "gli", "nel"]),
    ("pt", "Portuguese", ["os", "não", "uma", "em", "da", "do", "são", "ao", "você", "mais"]),
    ("nl", "Dutch", ["het", "een", "van", "niet", "voor", "zijn", "op", "ik", "ook", "naar"]),
];

/// How many posts are looked at.
const ENOUGH: usize = 300;

/// How many words of a language have to be there before it is believed.
const FEW: usize = 12;

/// Returns the site's language, if it is told: by the user, by the export, or by a plugin that says
/// which of several is the site's own.
pub(super) fn told(export: &Export, told: Option<&str>) -> Option<String> {
    if let Some(tag) = told.filter(|tag| !tag.is_empty()) {
        return Some(tag.to_owned());
    }
    if let Some(locale) = export.site.language.as_deref().filter(|locale| !locale.is_empty()) {
        return Some(tag_of_locale(locale));
    }
    let listed = export.languages.iter().find(|language| language.is_default)?;
    Some(tag_of_locale(listed.locale.as_deref().unwrap_or(&listed.code)))
}

/// Returns the language that most public posts seem to be in. A guess that is no matter of course is
/// told.
pub(super) fn guess(public: &[&Post]) -> (String, Option<Diagnostic>) {
    let script = script_of(public);
    if script == Script::Latin
        && let Some((tag, name, _)) = tongue_of(public).filter(|(tag, ..)| *tag != "en")
    {
        let message = format!(
            "nothing says which language the site is in; its texts seem to be {name}, so its own \
             words and dates are"
        );
        let help = format!("say so in stillpress.toml: language = \"{tag}\"");
        let location = Location::file(&"the export".into());
        let told = Diagnostic::warning("unknown-language", message, location).with_help(help);
        return ((*tag).to_owned(), Some(told));
    }
    let tag = Languages::new("en", []).of(script).map_or("en", |tag| tag).to_owned();
    (tag, None)
}

/// Returns the script of most posts.
fn script_of(public: &[&Post]) -> Script {
    let mut counts: HashMap<Script, usize> = HashMap::new();
    for post in public {
        let script = post.body.as_ref().map_or(Script::Other, |body| body.digest.script);
        *counts.entry(script).or_default() += 1;
    }
    counts.remove(&Script::Other);
    let most = counts.into_iter().max_by_key(|&(script, count)| (count, Reverse(script)));
    most.map_or(Script::Latin, |(script, _)| script)
}

/// Returns the language of most titles and excerpts, if it is clear.
fn tongue_of(public: &[&Post]) -> Option<&'static Tongue> {
    let mut counts = [0_usize; TONGUES.len()];
    for post in public.iter().take(ENOUGH) {
        count_words(&content::plain_text(&post.title), &mut counts);
        let of_body = post.body.as_ref().map_or("", |body| &*body.digest.excerpt);
        let excerpt = if post.excerpt.is_empty() { of_body } else { &*post.excerpt };
        count_words(excerpt, &mut counts);
    }
    let mut best: Vec<(usize, &Tongue)> = counts.into_iter().zip(&TONGUES).collect();
    best.sort_by_key(|(count, _)| Reverse(*count));
    let ((first, tongue), (second, _)) = (best[0], best[1]);
    (first >= FEW && first >= 2 * second).then_some(tongue)
}

fn count_words(text: &str, counts: &mut [usize; TONGUES.len()]) {
    for word in text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        for (count, (_, _, words)) in counts.iter_mut().zip(&TONGUES) {
            *count += usize::from(words.contains(&&*word));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_their_language_if_there_are_enough_of_them() {
        let check = |excerpt: &str, expected: Option<&str>| {
            let post = Post { excerpt: excerpt.repeat(4).into(), ..Post::default() };
            assert_eq!(tongue_of(&[&post]).map(|(tag, ..)| *tag), expected, "{excerpt}");
        };
        check("The keeper of the bridge is ill, and that is bad. ", Some("en"));
        check("Der Brückenwart ist krank, und das ist für uns nicht gut. ", Some("de"));
        check("Les gens du pont et une vache sont dans la rue avec nous. ", Some("fr"));
        check("El puente está cerrado y los niños van por el río con una vaca. ", Some("es"));
        check("Il custode è malato, e non è bello per gli altri che sono nel paese. ", Some("it"));
        check("Os meninos não são da vila, mas do rio, e uma vaca em cima. ", Some("pt"));
        check("Het is niet goed voor een koe op de brug van het dorp. ", Some("nl"));
        check("Bergtour Zermatt 2023. ", None);
        check("Und ", None);
    }
}
