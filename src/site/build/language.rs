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

/// How many times as many posts have to be in one script as in the next for its language to be a matter of
/// course.
const MOST_TIMES: usize = 4;

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
    let scripts = scripts_of(public);
    let (script, most) = scripts.first().copied().unwrap_or((Script::Latin, 0));
    let usual = Languages::new("en", []);
    let tag_of = |script| usual.of(script).map_or("en", |tag| tag).to_owned();
    let tongue = (script == Script::Latin).then(|| tongue_of(public)).flatten();
    let tag = tongue.map_or_else(|| tag_of(script), |(tag, ..)| (*tag).to_owned());
    let unknown = |message: &str, help: &str| {
        let message = format!("nothing says which language the site is in; {message}");
        let location = Location::file(&"the export".into());
        Diagnostic::warning("unknown-language", message, location).with_help(help)
    };
    let told = match (scripts.get(1), tongue) {
        (Some(&(other, count)), _) if count * MOST_TIMES >= most => {
            let other = tag_of(other);
            Some(unknown(
                &format!(
                    "its posts seem to be in `{tag}` ({most}) and `{other}` ({count}), so its own words \
                     and dates are in `{tag}`"
                ),
                &format!(
                    "say so in stillpress.toml: language = \"{tag}\", or language = \"{other}\""
                ),
            ))
        }
        (_, Some((tag, name, _))) if *tag != "en" => Some(unknown(
            &format!("its texts seem to be {name}, so its own words and dates are"),
            &format!("say so in stillpress.toml: language = \"{tag}\""),
        )),
        _ => None,
    };
    (tag, told)
}

/// Returns how many posts are in each script: most first.
fn scripts_of(public: &[&Post]) -> Vec<(Script, usize)> {
    let mut counts: HashMap<Script, usize> = HashMap::new();
    for post in public {
        let script = post.body.as_ref().map_or(Script::Other, |body| body.digest.script);
        *counts.entry(script).or_default() += 1;
    }
    counts.remove(&Script::Other);
    let mut counts: Vec<(Script, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(script, count)| (Reverse(count), script));
    counts
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
