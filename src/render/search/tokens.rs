//! Cuts text into what is searched for: words, syllables, characters.
//!
//! The script of the search page does the same with what readers type. Both must agree to the
//! letter: the tables that say what a character is stand in the index, so that there is one of
//! each, and `tests/search/tokens.json` holds cases for both. The script exports `tokensOf` to be checked
//! against them in a browser.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use serde::Serialize;

/// What each character is, as `FIRST-LAST KIND` in hexadecimal, by Unicode's numbers. What is not
/// named is a letter of a word. The kinds:
///
/// - `-` parts words, `.` parts syllables of one word
/// - `+` is left out: accents, points, what is not seen
/// - `~` goes with the letter before, `&` takes the next along, too
/// - `s` is part of a syllable, `h` is a word or half of one, `c` is a letter where words are not
///   parted
const KINDS: &str = "\
0-2f - 3a-40 - 5b-60 - 7b-a9 - ab-ac - ad + ae-b4 - b6-b9 - bb-bf - d7 - f7 - 300-36f + 37e - 387 - \
482 - 483-489 + 55a-55f - 589-58a - 591-5bd + 5be - 5bf + 5c0 - 5c1-5c2 + 5c3 - 5c4-5c5 + 5c6 - 5c7 + \
5f3-5f4 + 600-60f - 610-61a + 61b-61f - 640 + 64b-65f + 66a-66d - 670 + 6d4 - 6d6-6dc + 6dd-6de - \
6df-6e8 + 6e9 - 6ea-6ed + 700-70d - 70f + 711 + 730-74a + 7f7-7f9 - 830-83e - 85e - 8d3-8ff + \
964-965 - 970 - df4 - e01-e30 c e31 ~ e32 c e33-e3a ~ e3f - e40-e46 c e47-e4e ~ e4f - e5a-e5b - \
e81-eb0 c eb1 ~ eb2 c eb3-ebc ~ ebd-ec6 c ec8-ece ~ edc-edf c f00 s f01-f0a - f0b-f0c . f0d-f17 - \
f18-f19 + f1a-f1f - f34 - f35 + f36 - f37 + f38 - f39 s f3a-f3d - f3e-f3f + f40-f6c s f71-f84 s \
f85 - f86-f87 + f88-fbc s fbe-fc5 - fc6 + fc7-fda - 1000-102a c 102b-1038 ~ 1039 & 103a-103e ~ \
103f c 104a-104f - 1050-1055 c 1056-1059 ~ 105a-105d c 105e-1060 ~ 1061 c 1062-1064 ~ 1065-1066 c \
1067-106d ~ 106e-1070 c 1071-1074 ~ 1075-1081 c 1082-108d ~ 108e c 108f ~ 109a-109d ~ 109e-109f - \
10fb - 1360-1368 - 1390-1399 - 1400 - 166d-166e - 1680 - 169b-169c - 16eb-16ed - 1735-1736 - \
1780-17b3 c 17b4-17d1 ~ 17d2 & 17d3 ~ 17d4-17d6 - 17d7 ~ 17d8-17db - 17dc c 17dd ~ 1800-180a - \
180b-180e + 1944-1945 - 19e0-19ff - 1a1e-1a1f - 1aa0-1aad - 1ab0-1aff + 1b5a-1b60 - 1bfc-1bff - \
1c3b-1c3f - 1c7e-1c7f - 1cc0-1cc7 - 1dc0-1dff + 2000-200a - 200b-200f + 2010-2029 - 202a-202e + \
202f-205f - 2060-206f + 2070-20cf - 20d0-20ff + 2100-2bff - 2de0-2dff + 2e00-2e7f - 2e80-2fdf h \
2ff0-3004 - 3005-3007 h 3008-3020 - 3021-3029 h 302a-302f ~ 3030 - 3031-3035 c 3036-3037 - \
3038-303b h 303c-3040 - 3041-3096 c 3099-309a ~ 309b-309c - 309d-309f c 30a0 - 30a1-30fa c 30fb - \
30fc-30ff c 3105-312f c 3190-31ef - 31f0-31ff c 3200-33ff - 3400-4dbf h 4dc0-4dff - 4e00-9fff h \
a4fe-a4ff - a60d-a60f - a66f-a673 + a67c-a67e + a6f2-a6f7 - a700-a721 - a874-a877 - a8ce-a8cf - \
a92e-a92f - a9c1-a9cd - a9e0-a9e4 c a9e5 ~ a9e6-a9fe c aa5c-aa5f - aa60-aa7a c aa7b-aa7d ~ aa7e-aa7f c \
abeb - d800-f8ff - f900-faff h fb1e + fd3e-fd4f - fdfc-fdff - fe00-fe0f + fe10-fe1f - fe20-fe2f + \
fe30-fe6f - feff + ff00-ff0f - ff1a-ff20 - ff3b-ff40 - ff5b-ff65 - ff66-ff9d c ff9e-ff9f ~ ffe0-ffff - \
10100-1013f - 1d000-1d3ff - 1f000-1faff - 20000-3ffff h e0000-e0fff +";

/// Letters that are written otherwise without their language's keyboard, and small letters that a
/// word may end in or not.
const LETTERS: [(char, &str); 15] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('þ', "th"),
    ('ς', "σ"),
    ('ى', "ي"),
    ('ی', "ي"),
    ('ک', "ك"),
];

/// The noughts of scripts with digits of their own.
const NOUGHTS: [u32; 9] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0];

/// No word is longer, in characters: what is longer is told apart no further.
const LONGEST: usize = 32;

/// What a character is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Break,
    Tsheg,
    Mark,
    Sign,
    Joiner,
    Syllable,
    Han,
    Character,
    Word,
}

/// What is searched for as one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Between spaces.
    Word,
    /// Between tshegs.
    Syllable,
    /// A Chinese character.
    Han,
    /// A letter of a script that does not part words, with its signs.
    Character,
}

/// A piece of text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Token<'t> {
    /// What it is.
    pub unit: Unit,
    /// Itself, with case and accents folded.
    pub text: &'t str,
    /// Whether it makes a word together with the one before it.
    pub is_joined: bool,
}

/// The tables, for the script of the search page.
#[derive(Debug, Serialize)]
pub struct Tables {
    kinds: &'static str,
    letters: BTreeMap<char, &'static str>,
    noughts: [u32; 9],
    longest: usize,
}

/// Returns the tables.
pub fn tables() -> Tables {
    Tables { kinds: KINDS, letters: LETTERS.into(), noughts: NOUGHTS, longest: LONGEST }
}

/// The kinds of characters.
struct Table {
    /// Of those below U+10000.
    low: Vec<Kind>,
    /// Of the ranges above: the first, the last, the kind.
    high: Vec<(u32, u32, Kind)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut low = vec![Kind::Word; 0x1_0000];
    let mut high = Vec::new();
    let mut words = KINDS.split(' ');
    while let (Some(range), Some(sign)) = (words.next(), words.next()) {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let code = |digits| u32::from_str_radix(digits, 16).expect("the table holds numbers");
        let (first, last, kind) = (code(first), code(last), Kind::of_sign(sign));
        match low.get_mut(first as usize..=last as usize) {
            Some(codes) => codes.fill(kind),
            None => high.push((first, last, kind)),
        }
    }
    Table { low, high }
});

impl Kind {
    fn of_sign(sign: &str) -> Self {
        match sign {
            "-" => Self::Break,
            "." => Self::Tsheg,
            "+" => Self::Mark,
            "~" => Self::Sign,
            "&" => Self::Joiner,
            "s" => Self::Syllable,
            "h" => Self::Han,
            "c" => Self::Character,
            _ => Self::Word,
        }
    }

    fn of(character: char) -> Self {
        let code = character as u32;
        let Table { low, high } = &*TABLE;
        let among = || high.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
        let rare = || among().map_or(Self::Word, |(_, _, kind)| *kind);
        low.get(code as usize).copied().unwrap_or_else(rare)
    }

    /// Returns what begins with a character of this kind. `None`: nothing does.
    fn unit(self) -> Option<Unit> {
        match self {
            Self::Word => Some(Unit::Word),
            Self::Syllable => Some(Unit::Syllable),
            Self::Han => Some(Unit::Han),
            Self::Character => Some(Unit::Character),
            Self::Break | Self::Tsheg | Self::Mark | Self::Sign | Self::Joiner => None,
        }
    }
}

/// Hands all tokens of `text` to `take`, in their order.
pub fn each(text: &str, mut take: impl FnMut(Token<'_>)) {
    let mut folded = String::new();
    let mut rest = text;
    // What stood between the last token and here.
    let mut last: Option<Unit> = None;
    let mut between = Kind::Mark;
    while let Some(&byte) = rest.as_bytes().first() {
        // Most of most texts is ASCII, of which just letters and digits are part of words.
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            (rest, between) = (&rest[1..], Kind::Break);
            continue;
        }
        if let Some((end, case)) = ascii_word(rest) {
            let (word, after) = rest.split_at(end);
            rest = after;
            let text = if case == Case::Lower && end <= LONGEST {
                word
            } else {
                fold(word, &mut folded);
                &folded
            };
            take(Token { unit: Unit::Word, text, is_joined: last == Some(Unit::Word) });
            (last, between) = (Some(Unit::Word), Kind::Mark);
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        let kind = Kind::of(first);
        let Some(unit) = kind.unit() else {
            let parts = matches!(kind, Kind::Break | Kind::Tsheg);
            between = if parts && between != Kind::Break { kind } else { between };
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let (token, after) = rest.split_at(end(rest, unit));
        rest = after;
        fold(token, &mut folded);
        let is_joined = joins(last, between, unit);
        let text =
            if unit == Unit::Syllable { without_particle(&folded) } else { (&*folded).into() };
        if !text.is_empty() {
            take(Token { unit, text: &text, is_joined });
            (last, between) = (Some(unit), Kind::Mark);
        }
    }
}

/// Returns whether a unit belongs to the one before it, by what stands between them.
fn joins(last: Option<Unit>, between: Kind, unit: Unit) -> bool {
    match unit {
        Unit::Word => last == Some(Unit::Word),
        Unit::Syllable => last == Some(Unit::Syllable) && between == Kind::Tsheg,
        Unit::Han | Unit::Character => {
            matches!(last, Some(Unit::Han | Unit::Character)) && between == Kind::Mark
        }
    }
}

/// Whether a word has capital letters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Case {
    Lower,
    Mixed,
}

/// For each byte, how it is written if it is an ASCII letter or digit: a table is faster than
/// comparisons, and all words come by here.
static CASES: [Option<Case>; 256] = {
    let mut cases = [None; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        cases[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => Some(Case::Lower),
            b'A'..=b'Z' => Some(Case::Mixed),
            _ => None,
        };
        byte += 1;
    }
    cases
};

/// Returns where the word ends that `text` begins with, if it is all ASCII.
fn ascii_word(text: &str) -> Option<(usize, Case)> {
    let bytes = text.as_bytes();
    let (mut end, mut case) = (0, Case::Lower);
    while let Some(own) = bytes.get(end).and_then(|byte| CASES[usize::from(*byte)]) {
        if own == Case::Mixed {
            case = own;
        }
        end += 1;
    }
    // Another letter or an accent may follow, which is part of the word.
    let is_whole = end > 0 && bytes.get(end).is_none_or(u8::is_ascii);
    is_whole.then_some((end, case))
}

/// Returns where the token ends that `text` begins with.
fn end(text: &str, unit: Unit) -> usize {
    let mut takes_next = false;
    let rest = text.char_indices().skip(1);
    for (at, character) in rest {
        let kind = Kind::of(character);
        let is_part = match kind {
            Kind::Mark => true,
            Kind::Sign | Kind::Joiner => unit != Unit::Syllable,
            Kind::Word => unit == Unit::Word,
            Kind::Syllable => unit == Unit::Syllable,
            Kind::Han | Kind::Character => takes_next,
            Kind::Break | Kind::Tsheg => false,
        };
        if !is_part {
            return at;
        }
        takes_next = kind == Kind::Joiner && unit == Unit::Character;
    }
    text.len()
}

/// Puts `text` into `folded` as it is searched for: without case and accents.
fn fold(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else if is_plain(text) {
        folded.push_str(text);
    } else {
        let parts = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
        let without_marks: String =
            parts.chars().filter(|part| Kind::of(*part) != Kind::Mark).collect();
        let mut written = String::with_capacity(text.len());
        for letter in without_marks.to_lowercase().chars() {
            match LETTERS.iter().find(|(known, _)| *known == letter) {
                Some((_, instead)) => written.push_str(instead),
                None => written.push(digit(letter).unwrap_or(letter)),
            }
        }
        folded.push_str(&ComposingNormalizerBorrowed::new_nfc().normalize(&written));
    }
    if folded.len() > LONGEST
        && let Some((end, _)) = folded.char_indices().nth(LONGEST)
    {
        folded.truncate(end);
    }
}

fn digit(letter: char) -> Option<char> {
    let of = |nought: &u32| (letter as u32).checked_sub(*nought).filter(|value| *value < 10);
    NOUGHTS.iter().find_map(of).and_then(|value| char::from_digit(value, 10))
}

/// Returns whether folding leaves `text` as it is, for the many letters of which that is known.
fn is_plain(text: &str) -> bool {
    let mut has_vowel = false;
    text.chars().all(|letter| match letter {
        // These are written as two by some, or move when several vowels stand together.
        '\u{f43}' | '\u{f4d}' | '\u{f52}' | '\u{f57}' | '\u{f5c}' | '\u{f69}' | '\u{f93}'
        | '\u{f9d}' | '\u{fa2}' | '\u{fa7}' | '\u{fac}' | '\u{fb9}' => false,
        '\u{f72}' | '\u{f74}' | '\u{f7a}'..='\u{f7d}' => !std::mem::replace(&mut has_vowel, true),
        '\u{f40}'..='\u{f6c}' | '\u{f90}'..='\u{fbc}' | '\u{4e00}'..='\u{9fff}' => true,
        _ => false,
    })
}

/// Returns a Tibetan syllable without a particle that is written as its part: the `འི` of `ལྷ་སའི`
/// is no part of the name.
fn without_particle(syllable: &str) -> Cow<'_, str> {
    let ends = ["འིས", "འི", "འོ", "འང", "འམ"];
    let stem = ends.iter().find_map(|end| syllable.strip_suffix(end));
    let Some(stem) = stem.filter(|stem| !stem.is_empty()) else { return syllable.into() };
    let mut letters = stem.chars();
    // Without its vowel, `དགའ` is written with an `འ` that the particle took the place of.
    match (letters.next(), letters.next(), letters.next()) {
        (Some('ག' | 'ད' | 'བ' | 'མ' | 'འ'), Some('\u{f40}'..='\u{f6c}'), None) => {
            format!("{stem}འ").into()
        }
        _ => stem.into(),
    }
}
