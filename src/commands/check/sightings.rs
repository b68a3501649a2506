//! What was seen in the files of a site that is not as it should be, each kind of trouble with an
//! address once, with all places where it was seen.

use std::collections::{BTreeMap, HashMap};

use crate::commands::check::folder::FileId;
use crate::media;

/// A kind of trouble with an address.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// A link leads to no page.
    Link,
    /// A file that a page shows is not there.
    File,
    /// A page has no part of that name.
    Part,
    /// A feed or sitemap names what is not there.
    Entry,
    /// A file of the media library is shown, linked to or listed, but not there.
    Upload,
    /// It leads out of the site on its own host.
    Out,
    /// A page that leads on comes back to itself.
    Circle,
    /// A file that programs read does not parse; the address is what is wrong with it.
    Unreadable,
    /// A page loads files from a host; the address is that host.
    ThirdParty,
    /// Two elements of a page have one id; the address is that id.
    DoubleId,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// Counted from 1.
    pub line: u32,
    /// In bytes, counted from 1.
    pub column: u32,
}

/// Everything seen, in no order.
#[derive(Debug, Default)]
pub struct Sightings {
    seen: HashMap<(Kind, Box<str>), Vec<Spot>>,
}

/// Everything seen, by kind and address; places are in the order of files.
pub type Sorted = BTreeMap<(Kind, Box<str>), Vec<Spot>>;

impl Sightings {
    /// Adds one, if it is the first of its kind and address in the file.
    pub fn add(&mut self, kind: Kind, address: &str, file: FileId, spot: impl FnOnce() -> Spot) {
        let is_upload = matches!(kind, Kind::Link | Kind::File | Kind::Entry)
            && media::names::path_of(address).is_some();
        let kind = if is_upload { Kind::Upload } else { kind };
        let key = (kind, Box::from(address));
        let spots = self.seen.entry(key).or_default();
        if spots.last().is_none_or(|last| last.file != file) {
            spots.push(spot());
        }
    }

    /// Puts all together.
    pub fn sort(all: impl IntoIterator<Item = Self>) -> Sorted {
        let mut sorted = Sorted::new();
        for (key, spots) in all.into_iter().flat_map(|sightings| sightings.seen) {
            sorted.entry(key).or_default().extend(spots);
        }
        sorted.values_mut().for_each(|spots| spots.sort_unstable());
        sorted
    }
}

/// Tells lines and columns in a text that is read from its beginning to its end.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a [u8],
    /// Up to where lines were counted.
    counted: usize,
    line: u32,
    line_start: usize,
}

impl<'a> Lines<'a> {
    /// Starts at the beginning.
    pub fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), counted: 0, line: 1, line_start: 0 }
    }

    /// Returns the place of a byte.
    pub fn spot(&mut self, file: FileId, offset: usize) -> Spot {
        if offset < self.counted {
            (self.counted, self.line, self.line_start) = (0, 1, 0);
        }
        for newline in memchr::memchr_iter(b'\n', &self.text[self.counted..offset]) {
            self.line += 1;
            self.line_start = self.counted + newline + 1;
        }
        self.counted = offset;
        let column = u32::try_from(offset - self.line_start).unwrap_or(u32::MAX - 1) + 1;
        Spot { file, line: self.line, column }
    }
}
