//! Which writing system a text is in.

use crate::model::Script;

/// How many scripts are told apart.
pub const COUNT: usize = Script::Thai as usize + 1;

/// How many letters of each script a text has, by [`Script`].
pub type Letters = [u32; COUNT];

const ALL: [Script; COUNT] = [
    Script::Other,
    Script::Latin,
    Script::Tibetan,
    Script::Arabic,
    Script::Armenian,
    Script::Bengali,
    Script::Cyrillic,
    Script::Devanagari,
    Script::Georgian,
    Script::Greek,
    Script::Han,
    Script::Hangul,
    Script::Hebrew,
    Script::Kana,
    Script::Khmer,
    Script::Lao,
    Script::Myanmar,
    Script::Sinhala,
    Script::Tamil,
    Script::Thai,
];

/// A text is short if it has no more, in bytes.
const SHORT: usize = 200;

/// Returns the script most letters of `text` are in.
pub fn script_of(text: &str) -> Script {
    let mut letters = Letters::default();
    count(text, &mut letters);
    majority(&letters)
}

/// Returns the script of a text that begins as `sample`, or of its title if it has no letters. In a short
/// one, such as how to reach somebody, addresses tell nothing: they are in Latin script everywhere.
pub fn of_text(sample: &str, title: &str) -> Script {
    let script = if sample.len() > SHORT { of_long(sample) } else { of_short(sample) };
    if script == Script::Other { script_of(title) } else { script }
}

fn of_long(sample: &str) -> Script {
    let has_latin = || sample.bytes().any(|byte| byte.is_ascii_alphabetic());
    if sample.is_ascii() && has_latin() { Script::Latin } else { script_of(sample) }
}

fn of_short(text: &str) -> Script {
    let is_address = |word: &&str| {
        word.trim_matches(|c: char| !c.is_alphanumeric()).contains(['@', '/', '.', '_'])
    };
    let mut letters = Letters::default();
    for word in text.split_whitespace().filter(|word| !is_address(word)) {
        count(word, &mut letters);
    }
    majority(&letters)
}

/// Adds the letters of `text`.
pub fn count(text: &str, letters: &mut Letters) {
    for character in text.chars() {
        letters[script_of_letter(character) as usize] += 1;
    }
}

/// Returns whether `text` has a letter of another script than `own`.
pub fn has_other(text: &str, own: Script) -> bool {
    let mut rest = text;
    loop {
        if own == Script::Latin {
            rest = &rest[ascii_start(rest)..];
        }
        let Some(letter) = rest.chars().next() else { return false };
        let script = script_of_letter(letter);
        if script != own && script != Script::Other {
            return true;
        }
        rest = &rest[letter.len_utf8()..];
    }
}

/// Returns whether `text` has any Tibetan, if only a shad.
pub fn has_tibetan(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xe0, bytes).any(|at| matches!(bytes.get(at + 1), Some(0xbc..=0xbf)))
}

/// Returns how many bytes stand before the first that is not ASCII. Latin text is mostly ASCII,
/// which is passed over in long steps.
fn ascii_start(text: &str) -> usize {
    const STEP: usize = 32;
    let bytes = text.as_bytes();
    let steps = bytes.chunks_exact(STEP).take_while(|step| step.is_ascii()).count();
    let rest = &bytes[steps * STEP..];
    steps * STEP + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// Returns the script of most letters. Japanese is written in Kana with many Han.
pub fn majority(letters: &Letters) -> Script {
    let mut letters = *letters;
    letters[Script::Other as usize] = 0;
    let kana = letters[Script::Kana as usize];
    let han = letters[Script::Han as usize];
    if kana > 0 && kana >= han / 8 {
        letters[Script::Kana as usize] += std::mem::take(&mut letters[Script::Han as usize]);
    }
    let mut best = Script::Other;
    for script in ALL {
        if letters[script as usize] > letters[best as usize] {
            best = script;
        }
    }
    best
}

/// Returns the script of a letter: [`Script::Other`] for what is no letter.
pub fn script_of_letter(character: char) -> Script {
    // Every letter of every body is asked for.
    match LOW.get(character as usize) {
        Some(script) => *script,
        None => script_of_code(character as u32),
    }
}

/// The scripts of the characters that come first in Unicode: all but those of East Asia.
static LOW: [Script; 0x2000] = {
    let mut scripts = [Script::Other; 0x2000];
    let mut code = 0;
    while code < scripts.len() {
        scripts[code] = script_of_code(code as u32);
        code += 1;
    }
    scripts
};

const fn script_of_code(code: u32) -> Script {
    match code {
        0x41..=0x5a | 0x61..=0x7a => Script::Latin,
        0..=0xa9 | 0xab..=0xb9 | 0xbb..=0xbf | 0xd7 | 0xf7 => Script::Other,
        0xaa..=0x24f | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xfb00..=0xfb06 => {
            Script::Latin
        }
        0xff21..=0xff3a | 0xff41..=0xff5a => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => Script::Cyrillic,
        0x531..=0x588 | 0xfb13..=0xfb17 => Script::Armenian,
        0x5d0..=0x5f4 | 0xfb1d..=0xfb4f => Script::Hebrew,
        0x620..=0x64a | 0x66e..=0x6d3 | 0x6fa..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8c9 => {
            Script::Arabic
        }
        0xfb50..=0xfdff | 0xfe70..=0xfefc => Script::Arabic,
        0x900..=0x963 | 0x970..=0x97f => Script::Devanagari,
        0x980..=0x9e3 => Script::Bengali,
        0xb82..=0xbd7 => Script::Tamil,
        0xd81..=0xddf => Script::Sinhala,
        0xe01..=0xe3a | 0xe40..=0xe4e => Script::Thai,
        0xe81..=0xec6 | 0xedc..=0xedf => Script::Lao,
        // Syllables, with their vowels and stacks; not digits or shads.
        0xf00 | 0xf35..=0xf39 | 0xf40..=0xf84 | 0xf88..=0xfbc => Script::Tibetan,
        0x1000..=0x103f | 0x1050..=0x109d | 0xa9e0..=0xa9fe | 0xaa60..=0xaa7f => Script::Myanmar,
        0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2d => Script::Georgian,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7a3 => Script::Hangul,
        0x1780..=0x17d3 => Script::Khmer,
        0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff | 0x31f0..=0x31ff => {
            Script::Kana
        }
        0x3005..=0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff => Script::Han,
        0x20000..=0x3ffff => Script::Han,
        _ => Script::Other,
    }
}

/// Returns the script that the language of a tag such as `bo` or `sr-Latn` is written in.
pub fn script_of_language(tag: &str) -> Script {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let named =
        parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    match named.map(str::to_ascii_lowercase).as_deref() {
        Some("latn") => return Script::Latin,
        Some("cyrl") => return Script::Cyrillic,
        Some("arab") => return Script::Arabic,
        Some("tibt") => return Script::Tibetan,
        Some("deva") => return Script::Devanagari,
        _ => {}
    }
    match &*language {
        "bo" | "dz" | "bod" | "tib" | "dzo" | "lbj" | "adx" | "khg" => Script::Tibetan,
        "ar" | "fa" | "ur" | "ps" | "ug" | "ckb" | "sd" | "haz" | "azb" | "ary" | "arq" => {
            Script::Arabic
        }
        "he" | "yi" | "iw" => Script::Hebrew,
        "hy" => Script::Armenian,
        "bn" | "as" => Script::Bengali,
        "ru" | "uk" | "be" | "bg" | "mk" | "sr" | "kk" | "ky" | "mn" | "tg" | "tt" | "ba"
        | "sah" => Script::Cyrillic,
        "hi" | "mr" | "ne" | "sa" | "bho" | "mai" => Script::Devanagari,
        "ka" => Script::Georgian,
        "el" => Script::Greek,
        "zh" | "yue" | "wuu" | "cmn" => Script::Han,
        "ko" => Script::Hangul,
        "ja" => Script::Kana,
        "km" => Script::Khmer,
        "lo" => Script::Lao,
        "my" => Script::Myanmar,
        "si" => Script::Sinhala,
        "ta" => Script::Tamil,
        "th" => Script::Thai,
        _ => Script::Latin,
    }
}

/// Returns whether text in `script` may be in the language whose own script is `own`.
pub fn is_own(script: Script, own: Script) -> bool {
    script == own || script == Script::Other || (own == Script::Kana && script == Script::Han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Script) {
        assert_eq!(script_of(text), expected, "{text}");
    }

    #[test]
    fn letters_of_other_scripts_are_found() {
        assert!(!has_other("It’s “naïve”, 1 – 2", Script::Latin));
        assert!(has_other("It’s ཀ", Script::Latin));
        assert!(!has_other("ཀ་ཁ། 12", Script::Tibetan));
        assert!(has_other("ཀ་ཁ། a", Script::Tibetan));
    }

    #[test]
    fn addresses_do_not_decide_the_script_of_a_short_text() {
        let check = |sample: &str, title: &str, expected: Script| {
            assert_eq!(of_text(sample, title), expected, "{sample}");
        };
        check("البريد: club@nadi-aljabal.example", "اتصل بنا", Script::Arabic);
        check("གློག་འཕྲིན། editor@paper.example", "Contact", Script::Tibetan);
        check("https://video.example/watch", "བོད།", Script::Tibetan);
        check("Write to club@a.example.", "བོད།", Script::Latin);
        check("", "བོད།", Script::Tibetan);
        check(&"1 2 ".repeat(SHORT), "བོད།", Script::Tibetan);
        check(&"See www.a.example. ".repeat(SHORT), "བོད།", Script::Latin);
    }

    #[test]
    fn any_tibetan_is_found() {
        for text in ["ཀ", "It’s ཀ", "12 ༢", "a།", "\u{fff}"] {
            assert!(has_tibetan(text), "{text}");
        }
        for text in ["", "It’s “naïve”", "กขค", "हिन्दी", "\u{eff}\u{1000}"]
        {
            assert!(!has_tibetan(text), "{text}");
        }
    }

    #[test]
    fn the_majority_of_letters_decides() {
        check("Hello, བོད།", Script::Latin);
        check("བོད་ཀྱི་དོན། PDF 2024", Script::Tibetan);
        check("1 + 2 = 3 …", Script::Other);
        check("", Script::Other);
        check("Größe", Script::Latin);
        check("Привет", Script::Cyrillic);
        check("שלום", Script::Hebrew);
        check("سلام", Script::Arabic);
    }

    #[test]
    fn japanese_is_told_from_chinese() {
        check("東京都の天気", Script::Kana);
        check("北京天气", Script::Han);
    }

    #[test]
    fn languages_have_their_own_script() {
        assert_eq!(script_of_language("bo-CN"), Script::Tibetan);
        assert_eq!(script_of_language("sr-Latn-RS"), Script::Latin);
        assert_eq!(script_of_language("en"), Script::Latin);
        assert!(is_own(Script::Han, script_of_language("ja")));
    }
}
