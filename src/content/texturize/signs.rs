//! The signs each language sets for straight quotes and hyphens.

/// What a mark in plain text stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sign {
    /// The first of a pair of double quotes.
    OpenDouble,
    /// The last of a pair of double quotes.
    CloseDouble,
    /// The first of a pair of single quotes.
    OpenSingle,
    /// The last of a pair of single quotes.
    CloseSingle,
    /// Letters are left out.
    Apostrophe,
    /// Feet or minutes.
    Prime,
    /// Inches or seconds.
    DoublePrime,
    /// Between numbers, or hyphens between spaces.
    EnDash,
    /// Between parts of a sentence.
    EmDash,
    /// Three dots.
    Ellipsis,
    /// `(tm)`.
    TradeMark,
    /// `x` between numbers.
    Times,
    /// `&` that starts no character reference.
    Ampersand,
}

/// The signs of one language.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    double: [&'static str; 2],
    single: [&'static str; 2],
    apostrophe: &'static str,
    /// Words that start with an apostrophe, besides those of English.
    clipped: &'static [&'static str],
}

/// As WordPress's translations have them, by language tag. Others have the English ones.
const LANGUAGES: &[(&str, Signs)] = &[
    ("bg", signs(["„", "“"], ["‚", "‘"])),
    ("cs", signs(["„", "“"], ["‚", "‘"])),
    ("da", signs(["“", "”"], ["‘", "’"])),
    ("de", Signs { clipped: &["'s"], ..signs(["„", "“"], ["‚", "‘"]) }),
    ("de-ch", signs(["«", "»"], ["‹", "›"])),
    ("es", signs(["«", "»"], ["‘", "’"])),
    ("fi", signs(["”", "”"], ["’", "’"])),
    ("fr", signs(["«\u{a0}", "\u{a0}»"], ["‘", "’"])),
    ("hu", signs(["„", "”"], ["»", "«"])),
    ("it", signs(["“", "”"], ["‘", "’"])),
    ("ja", signs(["「", "」"], ["‘", "’"])),
    ("nb", signs(["«", "»"], ["‘", "’"])),
    ("nn", signs(["«", "»"], ["‘", "’"])),
    ("pl", signs(["„", "”"], ["‚", "’"])),
    ("ru", signs(["«", "»"], ["‘", "’"])),
    ("sk", signs(["„", "“"], ["‚", "‘"])),
    ("sl", signs(["„", "“"], ["‚", "‘"])),
    ("sv", signs(["”", "”"], ["’", "’"])),
    ("uk", signs(["«", "»"], ["‘", "’"])),
];

const fn signs(double: [&'static str; 2], single: [&'static str; 2]) -> Signs {
    Signs { double, single, apostrophe: "’", clipped: &[] }
}

impl Signs {
    /// Stand for those of a language that is not known yet: see [`Signs::set`].
    pub const UNSET: Self = Self {
        double: ["\u{fdd0}", "\u{fdd1}"],
        single: ["\u{fdd2}", "\u{fdd3}"],
        apostrophe: "\u{fdd4}",
        clipped: &[],
    };

    /// Returns plain text in which signs are [unset](Self::UNSET) with these in their place.
    pub fn set(&self, text: &str) -> String {
        let mut set = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '\u{fdd0}' => set.push_str(self.double[0]),
                '\u{fdd1}' => set.push_str(self.double[1]),
                '\u{fdd2}' => set.push_str(self.single[0]),
                '\u{fdd3}' => set.push_str(self.single[1]),
                '\u{fdd4}' => set.push_str(self.apostrophe),
                other => set.push(other),
            }
        }
        set
    }

    /// Returns the signs of a language tag such as `fr` or `fr-CA`.
    pub fn of_language(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let language = tag.split('-').next().unwrap_or_default();
        let known = |wanted: &str| LANGUAGES.iter().find(|(known, _)| *known == wanted);
        known(&tag)
            .or_else(|| known(language))
            .map_or(signs(["“", "”"], ["‘", "’"]), |it| it.1)
    }

    /// Returns the words that start with an apostrophe, besides those of English.
    pub fn clipped(&self) -> &'static [&'static str] {
        self.clipped
    }

    /// Returns a sign as HTML.
    pub fn of(&self, sign: Sign) -> &'static str {
        match sign {
            Sign::OpenDouble => self.double[0],
            Sign::CloseDouble => self.double[1],
            Sign::OpenSingle => self.single[0],
            Sign::CloseSingle => self.single[1],
            Sign::Apostrophe => self.apostrophe,
            Sign::Prime => "′",
            Sign::DoublePrime => "″",
            Sign::EnDash => "–",
            Sign::EmDash => "—",
            Sign::Ellipsis => "…",
            Sign::TradeMark => "™",
            Sign::Times => "×",
            Sign::Ampersand => "&#038;",
        }
    }
}
