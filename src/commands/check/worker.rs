//! Reads one file after the other, and follows what stands in it: what one processor does of a
//! survey.

use std::borrow::Cow;
use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash as _, Hasher as _};

use url::{Position, Url};

use crate::commands::check::addresses::{self, Ground, Target};
use crate::commands::check::css;
use crate::commands::check::folder::FileId;
use crate::commands::check::page::{self, Seen, Usage};
use crate::commands::check::sightings::{Kind, Lines, Sightings, Spot};
use crate::commands::check::xml::{self, Entry};
use crate::commands::old_query;

/// What a file is read as.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// HTML.
    Page,
    /// CSS.
    Sheet,
    /// A feed or sitemap.
    Listing,
    /// `robots.txt`.
    Robots,
}

impl Format {
    /// Returns what a file of this name is read as. None if it refers to nothing.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match &*ending.to_ascii_lowercase() {
            "html" | "htm" | "xhtml" => Some(Self::Page),
            "css" => Some(Self::Sheet),
            "xml" | "rss" | "atom" => Some(Self::Listing),
            "json" if name.contains("feed") => Some(Self::Listing),
            _ if name == "robots.txt" => Some(Self::Robots),
            _ => None,
        }
    }
}

/// Whether links to other sites are remembered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outside {
    /// Nobody will ask for them.
    PassOver,
    /// They are checked, too.
    Gather,
}

/// One processor's share.
#[derive(Debug)]
pub struct Worker<'g> {
    ground: &'g Ground,
    outside: Outside,
    /// Where addresses lead that lead there from everywhere.
    known: HashMap<Box<str>, Target>,
    /// What is not as it should be.
    pub sightings: Sightings,
    /// The pages that were read.
    pub pages: HashMap<FileId, Facts>,
    /// Parts of other pages that links lead to.
    pub wanted: Vec<Wanted>,
    /// Links to other sites.
    pub gathered: HashMap<Box<str>, Vec<Spot>>,
    /// Links with a query of WordPress's.
    pub with_query: HashMap<Box<str>, Vec<Spot>>,
    /// The entries of feeds.
    pub feeds: Vec<(FileId, Vec<Entry>)>,
    bytes: Vec<u8>,
}

/// What others must know of a page.
#[derive(Debug, Default)]
pub struct Facts {
    /// Hashes of the names of its parts, sorted.
    pub parts: Box<[u64]>,
    /// Where it leads on by itself.
    pub leads_on: Option<Target>,
}

/// A part of another page that a link leads to.
#[derive(Debug)]
pub struct Wanted {
    /// Where the link stands.
    pub from: Spot,
    /// Where it leads.
    pub page: FileId,
    /// The name of the part.
    pub part: Box<str>,
}

/// The page that is being read.
#[derive(Debug)]
struct Reading<'t> {
    file: FileId,
    /// What relative addresses start from.
    from: String,
    /// What the page says of that.
    base: Option<Start>,
    lines: Lines<'t>,
    ids: Vec<(u64, usize)>,
    names: Vec<u64>,
    /// Parts of itself that it leads to.
    wanted: Vec<(Box<str>, usize)>,
    leads_on: Option<Target>,
}

/// What a page says that relative addresses start from.
#[derive(Debug)]
enum Start {
    /// A path of the site.
    Here,
    /// Another site.
    At(Url),
}

impl Reading<'_> {
    /// Returns an address as a browser takes it.
    fn seen<'a>(&self, address: &'a str) -> Cow<'a, str> {
        match &self.base {
            Some(Start::At(base)) if !addresses::is_absolute(address) => {
                base.join(address).map_or(address.into(), |full| String::from(full).into())
            }
            _ => address.into(),
        }
    }
}

impl Facts {
    /// Returns whether the page has a part of that name.
    pub fn has_part(&self, name: &str) -> bool {
        has(&self.parts, name)
    }
}

impl<'g> Worker<'g> {
    /// Starts with nothing read.
    pub fn new(ground: &'g Ground, outside: Outside) -> Self {
        Self {
            ground,
            outside,
            known: HashMap::new(),
            sightings: Sightings::default(),
            pages: HashMap::new(),
            wanted: Vec::new(),
            gathered: HashMap::new(),
            with_query: HashMap::new(),
            feeds: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&mut self, file: FileId) -> anyhow::Result<()> {
        let mut bytes = std::mem::take(&mut self.bytes);
        self.ground.folder.read(file, &mut bytes)?;
        // Much faster than looking for the places that are no text, of which there are hardly any.
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(&bytes),
        };
        match Format::of(&self.ground.folder.file(file).name) {
            Some(Format::Page | Format::Listing) if xml::is_listing(&text) => {
                self.read_listing(file, &text);
            }
            Some(Format::Page) => self.read_page(file, &text),
            Some(Format::Sheet) => {
                let mut reading = self.start(file, &text);
                for (address, offset) in css::addresses(&text) {
                    self.refer(&mut reading, Usage::Load, &address, offset);
                }
            }
            Some(Format::Robots) => self.read_robots(file, &text),
            Some(Format::Listing) | None => {}
        }
        drop(text);
        self.bytes = bytes;
        Ok(())
    }

    fn start<'t>(&self, file: FileId, text: &'t str) -> Reading<'t> {
        Reading {
            file,
            from: self.ground.path(file),
            base: None,
            lines: Lines::new(text),
            ids: Vec::new(),
            names: Vec::new(),
            wanted: Vec::new(),
            leads_on: None,
        }
    }

    fn read_page(&mut self, file: FileId, html: &str) {
        let mut reading = self.start(file, html);
        page::read(html, |seen, offset| match seen {
            Seen::Address(usage, address) => self.refer(&mut reading, usage, &address, offset),
            Seen::Id(id) => reading.ids.push((hash(&id), offset)),
            Seen::Name(name) => reading.names.push(hash(&name)),
            Seen::Redirect(address) => {
                let address = addresses::parts(&address).address;
                let target = self.ground.target(&reading.from, &reading.seen(address));
                // A page may load itself again to show what is new.
                reading.leads_on = Some(target).filter(|it| *it != Target::File(file));
            }
            // Browsers take the first.
            Seen::Base(address) if reading.base.is_none() => {
                let base = base(&reading.from, &address);
                let is_here = self.ground.target("/", &address) != Target::Elsewhere;
                if let Some(base) = base.as_ref().filter(|_| is_here) {
                    reading.from = base.path().to_owned();
                }
                reading.base = base.map(|base| if is_here { Start::Here } else { Start::At(base) });
            }
            Seen::Base(_) => {}
            Seen::Canonical(_) => {}
        });
        self.finish(reading, html);
    }

    /// Follows what a page says of itself, now that all of it is known.
    fn finish(&mut self, mut reading: Reading<'_>, html: &str) {
        let file = reading.file;
        reading.ids.sort_unstable();
        let pairs = reading.ids.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let mut doubles: Vec<usize> = pairs.map(|pair| pair[1].1).collect();
        doubles.sort_unstable();
        for offset in doubles {
            let id = page::first_id(&html[offset..]).unwrap_or_default();
            self.sightings.add(Kind::DoubleId, &id, file, || reading.lines.spot(file, offset));
        }
        let mut parts = reading.names;
        parts.extend(reading.ids.iter().map(|(id, _)| id));
        parts.sort_unstable();
        parts.dedup();
        for (part, offset) in &reading.wanted {
            if !has(&parts, part) {
                let address = format!("{}#{part}", self.ground.path(file));
                self.sightings
                    .add(Kind::Part, &address, file, || reading.lines.spot(file, *offset));
            }
        }
        let facts = Facts { parts: parts.into(), leads_on: reading.leads_on };
        self.pages.insert(file, facts);
    }

    /// Follows an address.
    fn refer(&mut self, reading: &mut Reading<'_>, usage: Usage, raw: &str, offset: usize) {
        let file = reading.file;
        let addresses::Parts { address, fragment } = addresses::parts(raw);
        if address.is_empty()
            && (usage != Usage::Link || fragment.is_none())
            && !raw.starts_with('#')
        {
            return;
        }
        let seen = reading.seen(address);
        let address = &*seen;
        let target = match address.is_empty() {
            true => Target::File(file),
            false => self.target(&reading.from, address),
        };
        match (target, usage) {
            (Target::Elsewhere, Usage::Load | Usage::Contact) => {
                let host = addresses::host(address).unwrap_or_else(|| address.to_owned());
                let spot = || reading.lines.spot(file, offset);
                self.sightings.add(Kind::ThirdParty, &host, file, spot);
            }
            (Target::Elsewhere, Usage::Link) if self.outside == Outside::Gather => {
                note(&mut self.gathered, address, reading, offset);
            }
            (Target::Nothing | Target::Out, _) if usage != Usage::Contact => {
                let kind = match (target, usage) {
                    (Target::Out, _) => Kind::Out,
                    (_, Usage::Link) => Kind::Link,
                    _ => Kind::File,
                };
                let shown = shown(&reading.from, address);
                self.sightings.add(kind, &shown, file, || reading.lines.spot(file, offset));
            }
            (Target::File(page), Usage::Link | Usage::Load) => {
                if usage == Usage::Link && old_query::may_choose(address) {
                    note(&mut self.with_query, &shown(&reading.from, address), reading, offset);
                }
                let Some(part) = fragment.and_then(addresses::part_of_page) else { return };
                if page == file {
                    reading.wanted.push((part.into(), offset));
                } else if usage == Usage::Link {
                    let from = reading.lines.spot(file, offset);
                    self.wanted.push(Wanted { from, page, part: part.into() });
                }
            }
            _ => {}
        }
    }

    fn target(&mut self, from: &str, address: &str) -> Target {
        if !addresses::is_absolute(address) {
            return self.ground.target(from, address);
        }
        if let Some(&known) = self.known.get(address) {
            return known;
        }
        let target = self.ground.target(from, address);
        self.known.insert(address.into(), target);
        target
    }

    fn read_listing(&mut self, file: FileId, text: &str) {
        let contents = xml::read(text);
        let mut lines = Lines::new(text);
        let from = self.ground.path(file);
        for named in &contents.addresses {
            let address = addresses::parts(&named.address).address;
            if matches!(self.target(&from, address), Target::Nothing | Target::Out) {
                let spot = || lines.spot(file, named.offset);
                self.sightings.add(Kind::Entry, address, file, spot);
            }
        }
        if let Some((trouble, offset)) = contents.trouble {
            let offset = offset.min(text.len());
            self.sightings.add(Kind::Unreadable, &trouble, file, || lines.spot(file, offset));
        }
        if !contents.entries.is_empty() {
            self.feeds.push((file, contents.entries));
        }
    }

    fn read_robots(&mut self, file: FileId, text: &str) {
        let sitemaps = text.lines().filter_map(|line| {
            let (name, address) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("sitemap").then_some(address.trim())
        });
        let mut lines = Lines::new(text);
        for address in sitemaps {
            if matches!(self.target("/", address), Target::Nothing | Target::Out) {
                let offset = text.find(address).unwrap_or(0);
                self.sightings.add(Kind::Entry, address, file, || lines.spot(file, offset));
            }
        }
    }
}

/// Notes where an address stands, once a file.
fn note(
    noted: &mut HashMap<Box<str>, Vec<Spot>>,
    address: &str,
    reading: &mut Reading<'_>,
    offset: usize,
) {
    let spots = noted.entry(address.into()).or_default();
    if spots.last().is_none_or(|last| last.file != reading.file) {
        spots.push(reading.lines.spot(reading.file, offset));
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Returns whether a name is among the parts of a page.
fn has(parts: &[u64], name: &str) -> bool {
    parts.binary_search(&hash(name)).is_ok()
}

/// Returns what relative addresses start from on a page at `from` with a base address.
fn base(from: &str, base: &str) -> Option<Url> {
    Url::parse(&format!("https://host.invalid{from}")).ok()?.join(base).ok()
}

/// Returns an address as it is told: in a form that means the same on all pages.
fn shown<'a>(from: &str, address: &'a str) -> Cow<'a, str> {
    if addresses::is_absolute(address) {
        return address.into();
    }
    let page = Url::parse(&format!("https://host.invalid{from}")).ok();
    let full = page.and_then(|page| page.join(address).ok());
    full.map_or_else(|| address.into(), |full| full[Position::BeforePath..].to_owned().into())
}
