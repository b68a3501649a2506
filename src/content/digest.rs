//! What the graph needs to know of a body. It is made for every post while the export is read, so
//! it looks at no more than it must.

use std::borrow::Cow;

use memchr::{memchr, memmem};
use xxhash_rust::xxh3::xxh3_64;

use crate::content::context::Found;
use crate::content::excerpt::{self, Cut};
use crate::content::html::pages;
use crate::content::script;
use crate::content::shortcodes::archives;
use crate::content::surroundings::Nowhere;
use crate::content::text::{self, Collapsed};
use crate::content::texturize::Signs;
use crate::content::{Excerpt, Setting, block_html, hidden, raw_excerpt, to_html};
use crate::diagnostics::Location;
use crate::model::{Body, BodyFormat, Digest, Script};

/// So much text tells the script and the topics, in bytes.
const SAMPLE: usize = 800;
/// So much text is more than any excerpt, in bytes.
const OPENING: usize = 6000;
/// How many topics are kept.
const TOPICS: usize = 24;

/// Returns what the graph needs to know of `body`. `title` is HTML; its words count as topics.
pub fn digest(body: &Body, title: &str, excerpt: Excerpt) -> Digest {
    let (html, shows_hidden) = match body.format {
        BodyFormat::Markdown => (converted(body), false),
        BodyFormat::Rendered => hidden::of_author(&body.text),
        _ => (Cow::Borrowed(&*body.text), false),
    };
    let sample = text_start(&html, SAMPLE);
    let title = text::plain_text(title);
    let script = script::of_text(&excerpt::without_shortcodes(&sample), &title);
    let excerpt = match (excerpt, body.format) {
        (Excerpt::Saved, _) => String::new(),
        (Excerpt::Cut, BodyFormat::Blocks | BodyFormat::Classic) => {
            opening(script, |length| raw_excerpt::beginning(body, length, &Signs::UNSET))
        }
        (Excerpt::Cut, _) => {
            let teaser = excerpt::teaser(&html);
            opening(script, |length| {
                excerpt::without_shortcodes(&text_start(teaser, length)).into_owned()
            })
        }
    };
    Digest {
        hash: hash_of_all(body),
        length: body.text.len() as u64,
        shows_hidden,
        pages: count_pages(body),
        words: count_words(&html, script),
        script,
        excerpt: excerpt.into(),
        citation: citation(&html).unwrap_or_default().into(),
        topics: topics(&title, &sample).into(),
        asks_site: asks_site(body),
        turns_pages: body.format == BodyFormat::Blocks && turns_pages(&body.text),
    }
}

/// Returns whether a raw text shows something of other posts.
fn asks_site(body: &Body) -> bool {
    let is_raw = matches!(body.format, BodyFormat::Blocks | BodyFormat::Classic);
    is_raw && (block_html::asks_site(&body.text) || archives::is_in(&body.text))
}

/// Returns a hash of all that a text says.
fn hash_of_all(body: &Body) -> u64 {
    let text = xxh3_64(body.text.as_bytes());
    body.embeds.iter().fold(text, |hash, embed| hash.rotate_left(1) ^ xxh3_64(embed.as_bytes()))
}

/// Returns whether raw text holds a query loop with links to its later pages.
fn turns_pages(text: &str) -> bool {
    memmem::find(text.as_bytes(), b"<!-- wp:query-pagination").is_some()
}

/// Counts pages just as the rewrite makes them.
fn count_pages(body: &Body) -> u16 {
    let has_breaks = memmem::find(body.text.as_bytes(), b"nextpage").is_some();
    if has_breaks { pages::count(&converted(body)) } else { 1 }
}

/// Returns a body as HTML. What there is to tell of it is told when its page is made.
fn converted(body: &Body) -> Cow<'_, str> {
    let location = Location::file(&"".into());
    let setting = Setting::aside(&location);
    to_html(body, &setting, &Nowhere, &mut Found::default())
}

/// Returns whom the first quotation is by.
fn citation(html: &str) -> Option<String> {
    let cite = &html[memmem::find(html.as_bytes(), b"<cite")?..];
    let end = memmem::find(cite.as_bytes(), b"</cite")?;
    // What is longer is no name.
    (end < SAMPLE).then(|| text::plain_text(&cite[..end]))
}

/// Returns an excerpt of the text whose first bytes `beginning` returns.
fn opening(script: Script, beginning: impl Fn(usize) -> String) -> String {
    // Mostly that is enough; more is read only of words that are very long.
    let length = if excerpt::has_no_spaces(script) { 3 * SAMPLE } else { SAMPLE };
    let short = beginning(length);
    if let Cut::Short(excerpt) = excerpt::cut(short.trim(), script) {
        return excerpt;
    }
    let long = beginning(OPENING);
    match excerpt::cut(long.trim(), script) {
        Cut::Short(excerpt) => excerpt,
        Cut::Whole => long.trim().to_owned(),
    }
}

/// Returns the first `length` bytes or so of the text.
fn text_start(html: &str, length: usize) -> String {
    let mut start = Collapsed::default();
    for piece in text::pieces(html) {
        let left = length - start.as_str().len();
        let end = (left..left + 4).find(|end| piece.is_char_boundary(*end)).unwrap_or(left);
        start.push(piece.get(..end).unwrap_or(&piece));
        if start.as_str().len() >= length {
            break;
        }
    }
    start.finish()
}

/// Counts words where there are spaces, syllables in Tibetan, and characters where there are
/// neither.
fn count_words(html: &str, script: Script) -> u32 {
    let mut count = 0;
    let mut in_word = false;
    let mut rest = html;
    while !rest.is_empty() {
        let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        count += match script {
            Script::Tibetan => syllables(&rest[..end]),
            _ if excerpt::has_no_spaces(script) => letters(&rest[..end]),
            _ => words(&rest.as_bytes()[..end], &mut in_word),
        };
        rest = after_markup(&rest[end..]);
    }
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Returns what follows the tag or comment that `html` starts with, and its content if that is not
/// shown.
fn after_markup(html: &str) -> &str {
    let after = |end: &str| {
        memmem::find(html.as_bytes(), end.as_bytes()).map_or("", |at| &html[at + end.len()..])
    };
    if html.starts_with("<!--") {
        after("-->")
    } else if html.starts_with("<script") {
        after("</script>")
    } else if html.starts_with("<style") {
        after("</style>")
    } else {
        memchr(b'>', html.as_bytes()).map_or("", |at| &html[at + 1..])
    }
}

/// Counts the words that start in `text`: a tag does not part words.
fn words(text: &[u8], in_word: &mut bool) -> usize {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return 0 };
    let mut count = usize::from(*first > b' ' && !*in_word);
    *in_word = *last > b' ';
    // Sums of bytes in short runs are what processors add fastest.
    for (before, after) in text.chunks(RUN).zip(text[1..].chunks(RUN)) {
        let starts = before
            .iter()
            .zip(after)
            .map(|(before, after)| u8::from(*before <= b' ') & u8::from(*after > b' '));
        count += usize::from(starts.fold(0_u8, u8::wrapping_add));
    }
    count
}

/// No longer than a byte can count.
const RUN: usize = 128;

/// Counts what stands before tshegs, shads, spaces and the end.
fn syllables(text: &str) -> usize {
    let mut count = 0;
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        // U+0F0B to U+0F14 are E0 BC 8B to E0 BC 94.
        let is_mark = (0x8b..=0x94).contains(&byte) && bytes[..at].ends_with(&[0xe0, 0xbc]);
        if is_mark || byte <= b' ' {
            let end = if is_mark { at - 2 } else { at };
            count += usize::from(end > start);
            start = at + 1;
        }
    }
    count + usize::from(bytes.len() > start)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Returns hashes of the most telling words: those of the title, then those the text has most
/// often, then those it has first.
fn topics(title: &str, sample: &str) -> Vec<u32> {
    let mut topics: Vec<u32> = terms(title);
    topics.sort_unstable();
    topics.dedup();
    topics.truncate(TOPICS / 2);
    let mut found: Vec<(u32, u32)> = terms(sample).into_iter().zip(0..).collect();
    found.sort_unstable();
    let mut counted: Vec<(usize, u32, u32)> = found
        .chunk_by(|one, other| one.0 == other.0)
        .map(|same| (usize::MAX - same.len(), same[0].1, same[0].0))
        .collect();
    // No more than these can be needed, even if the title has some of them.
    if counted.len() > TOPICS {
        counted.select_nth_unstable(TOPICS);
        counted.truncate(TOPICS);
    }
    counted.sort_unstable();
    for (_, _, hash) in counted {
        if topics.len() == TOPICS {
            break;
        }
        if !topics.contains(&hash) {
            topics.push(hash);
        }
    }
    topics.sort_unstable();
    topics
}

/// Returns hashes of the words of five letters and more, and of the pairs of syllables or
/// characters where words are not parted.
fn terms(text: &str) -> Vec<u32> {
    if text.is_ascii() {
        let words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
        return words.filter(|word| word.len() >= 5).map(hash_ascii).collect();
    }
    let mut terms = Vec::new();
    // Tibetan first: to ask of all characters is slow, and its vowels and stacks are no letters.
    let is_part = |c: char| ('\u{f00}'..='\u{fff}').contains(&c) || c.is_alphanumeric();
    for word in text.split(|c: char| !is_part(c)) {
        if word.is_ascii() {
            terms.extend((word.len() >= 5).then(|| hash_ascii(word.as_bytes())));
            continue;
        }
        match word.chars().next().map(script::script_of_letter) {
            None => {}
            Some(Script::Tibetan) => pairs(&mut terms, word.split(['་', '།', '༌', '༔'])),
            Some(script) if excerpt::has_no_spaces(script) => {
                let ends: Vec<usize> =
                    word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
                pairs(&mut terms, ends.windows(2).map(|pair| &word[pair[0]..pair[1]]));
            }
            Some(_) if word.len() >= 5 && word.chars().count() >= 5 => terms.push(hash(&[word])),
            Some(_) => {}
        }
    }
    terms
}

fn pairs<'t>(terms: &mut Vec<u32>, parts: impl Iterator<Item = &'t str>) {
    let mut last = "";
    for part in parts.filter(|part| !part.is_empty()) {
        if !last.is_empty() {
            terms.push(hash(&[last, part]));
        }
        last = part;
    }
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a over lower case: the same on every machine.
fn hash(parts: &[&str]) -> u32 {
    let mut hash = SEED;
    for part in parts {
        hash = if has_plain_case(part) {
            part.bytes().fold(hash, |hash, byte| add(hash, byte.to_ascii_lowercase()))
        } else {
            let lower = part.chars().flat_map(char::to_lowercase);
            lower.fold(hash, |hash, it| it.encode_utf8(&mut [0; 4]).bytes().fold(hash, add))
        };
        hash = add(hash, 0);
    }
    hash
}

/// Returns whether `text` has no capital letters but those of ASCII. From U+0600 to U+0FFF there
/// are none, and to ask for the small one of each letter is slow.
fn has_plain_case(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_ascii() || ('\u{600}'..='\u{fff}').contains(&character))
}

/// Returns the [`hash`] of one word in ASCII.
fn hash_ascii(word: &[u8]) -> u32 {
    add(word.iter().fold(SEED, |hash, byte| add(hash, byte.to_ascii_lowercase())), 0)
}

fn add(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Digest {
        let body = Body::new(BodyFormat::Rendered, text.to_owned());
        digest(&body, "A title", Excerpt::Cut)
    }

    #[test]
    fn words_are_counted_as_each_script_has_them() {
        assert_eq!(of("<p class=\"a b\">one <b>t</b>wo\nthree</p><!-- four -->").words, 3);
        assert_eq!(of("<p>བོད་ཡིག་གི་དོན།</p>").words, 4);
        assert_eq!(of("<p>北京天气。</p>").words, 4);
        assert_eq!(of("").words, 0);
    }

    #[test]
    fn the_first_quotation_says_whom_it_is_by() {
        let quotation =
            "<blockquote><p>a</p><cite><a href=\"/b/\">B &amp; C</a></cite></blockquote>";
        assert_eq!(&*of(&format!("{quotation}<cite>d</cite>")).citation, "B & C");
        assert_eq!(&*of("<blockquote>a</blockquote>").citation, "");
        assert_eq!(&*of("<cite>not closed").citation, "");
    }

    #[test]
    fn pages_are_counted() {
        assert_eq!(of("<p>a</p><!--nextpage-->b<p><!--nextpage--></p>c").pages, 3);
        assert_eq!(of("a").pages, 1);
    }

    #[test]
    fn blocks_made_from_other_posts_are_noted() {
        let asks = |text: &str| {
            let body = Body::new(BodyFormat::Blocks, text.to_owned());
            digest(&body, "", Excerpt::Cut).asks_site
        };
        assert!(asks("<!-- wp:group --><!--  wp:core/latest-posts {} /--><!-- /wp:group -->"));
        assert!(asks("<!-- wp:block {\"ref\":7} /-->"));
        assert!(asks("<!-- wp:a8c/blog-posts /-->"));
        assert!(!asks("<!-- wp:paragraph --><p>wp:latest-posts</p><!-- /wp:paragraph -->"));
        assert!(!asks("<!-- wp:social-link /--><!-- wp:acme/query /-->"));
        let classic = Body::new(BodyFormat::Classic, "[archives limit=3]".to_owned());
        assert!(digest(&classic, "", Excerpt::Cut).asks_site);
    }

    #[test]
    fn the_script_is_told() {
        assert_eq!(of("<p>བོད་ཡིག</p>").script, Script::Tibetan);
        assert_eq!(of("<p>123</p>").script, Script::Latin);
    }

    #[test]
    fn capitals_are_no_other_topic() {
        assert_eq!(hash(&["ÉCOLE"]), hash(&["école"]));
        assert_eq!(hash(&["WORDS"]), hash_ascii(b"words"));
        let caseless = '\u{600}'..='\u{fff}';
        assert!(caseless.into_iter().all(|letter| letter.to_lowercase().eq([letter])));
    }

    #[test]
    fn related_texts_share_topics() {
        let share = |one: &Digest, other: &Digest| {
            one.topics.iter().filter(|topic| other.topics.contains(topic)).count()
        };
        let rivers = of("<p>The rivers of Tibet carry water to many countries.</p>");
        let water = of("<p>Water for all countries: the rivers are drying.</p>");
        let music = of("<p>A concert of chamber music by candlelight.</p>");
        assert!(share(&rivers, &water) > share(&rivers, &music));
        let long = of(&(0..500).map(|n| format!("wordnumber{n} ")).collect::<String>());
        assert_eq!(long.topics.len(), TOPICS);
        assert!(long.topics.is_sorted());
    }
}
