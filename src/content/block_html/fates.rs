//! What becomes of the blocks of a body, and what is told of them: each kind once.

use std::collections::HashMap;

use crate::content::block_html::dynamic::names;
use crate::content::block_html::plugins;
use crate::content::block_html::render::Place;
use crate::content::blocks::{Document, Node};
use crate::content::context::Found;
use crate::diagnostics::{Diagnostic, Location};
use crate::ledger::{Fate, How, Kind, Tally, Why};

const DYNAMIC: &str = "export the rendered content too, or write the block's content into the post";

/// What becomes of the blocks of a body.
#[derive(Debug)]
pub struct Fates<'l> {
    location: &'l Location,
    /// By the index of the node: those of the body itself, not of texts shown within it.
    own: Vec<Option<Fate>>,
    /// How many texts are around that are not the body itself.
    foreign: usize,
    /// What the block at hand has suffered.
    trouble: Option<Fate>,
    /// How often each kind was told, and where its finding stands: in the order of the body.
    told: HashMap<String, (usize, usize)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'l> Fates<'l> {
    /// Starts with nothing known of the nodes of a body.
    pub fn new(location: &'l Location, document: &Document<'_>) -> Self {
        Self {
            location,
            own: vec![None; document.nodes.len()],
            foreign: 0,
            trouble: None,
            told: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Until [`Self::leave`], blocks are those of another text.
    pub fn enter(&mut self) {
        self.foreign += 1;
    }

    /// Ends what [`Self::enter`] began.
    pub fn leave(&mut self) {
        self.foreign -= 1;
    }

    /// Settles the fate of a block alone. Where a loop shows it several times, the worst counts.
    pub fn settle(&mut self, place: &Place<'_>, fate: Fate) {
        if self.foreign == 0 {
            let known = &mut self.own[place.index];
            *known = (*known).max(Some(fate));
        }
    }

    /// Settles the fate of a block, and of those within it that have none.
    pub fn settle_all(&mut self, place: &Place<'_>, fate: Fate) {
        self.settle(place, fate);
        if self.foreign == 0 {
            let within = if fate.is_good() { Fate::Converted } else { fate };
            self.own[place.inner()].iter_mut().for_each(|known| {
                known.get_or_insert(within);
            });
        }
    }

    /// Forgets what has been suffered so far: the next block begins.
    pub fn begin(&mut self) {
        self.trouble = None;
    }

    /// Settles the fate of a block that was made here, by what was told since it began.
    pub fn settle_made(&mut self, place: &Place<'_>) {
        let fate = self.trouble.take().unwrap_or(Fate::Converted);
        self.settle_all(place, fate);
    }

    /// Settles the fate of a block whose saved HTML stands, and tells of it if WordPress showed it
    /// otherwise.
    pub fn settle_saved(&mut self, place: &Place<'_>) {
        let name = &*place.block.name;
        let fate = match name.strip_prefix("core/") {
            // What `core/embed` was called before WordPress 5.6.
            None if name.starts_with("core-embed/") => Fate::Kept,
            None if plugins::is_whole(place) => Fate::Kept,
            None => self.unknown(place),
            Some(core) if names::is_made_on_the_server(core) => {
                let message = format!(
                    "WordPress made the block `{name}` on the server; what it showed is missing"
                );
                self.fail("dynamic-block", (name, Why::MadeOnServer), message, DYNAMIC);
                Fate::Dropped(Why::MadeOnServer)
            }
            Some(_) => Fate::Kept,
        };
        self.settle(place, fate);
    }

    fn unknown(&mut self, place: &Place<'_>) -> Fate {
        let name = &*place.block.name;
        let template =
            format!("whoever writes HTML can add templates/blocks/{name}.html to the theme");
        let location = self.location.clone();
        let (found, fate) = if place.is_empty() {
            let message = format!(
                "the plugin's block `{name}` is not known here, and was saved without HTML; what it showed is missing"
            );
            let help = format!("write into the post what it showed; {template}");
            let found = Diagnostic::error("unknown-block", message, location).with_help(help);
            (found, Fate::Dropped(Why::NothingSaved))
        } else {
            let message = format!(
                "the plugin's block `{name}` is not known here; the HTML it was saved with is shown"
            );
            let help = format!(
                "look at the page: if something is missing there, write it into the post; {template}"
            );
            let found = Diagnostic::warning("unknown-block", message, location).with_help(help);
            (found, Fate::Degraded(How::AsSaved))
        };
        // The same kind may be saved both ways.
        let kind = if fate.is_loss() { format!("{name} ") } else { name.to_owned() };
        self.add(&kind, || found.about(name));
        fate
    }

    /// Tells once of what no block suffers from.
    pub fn note(&mut self, found: Diagnostic) {
        let kind = found.message.clone();
        self.add(&kind, || found);
    }

    /// Tells once a kind that a block is left out because it should be.
    pub fn warn(
        &mut self,
        code: &'static str,
        (kind, why): (&str, Why),
        message: String,
        help: &str,
    ) {
        let found = Diagnostic::warning(code, message, self.location.clone());
        self.lose(kind, why, found.with_help(help));
    }

    /// Tells once what a block was for that is left out because it should be, by its name.
    pub fn leave_out(&mut self, code: &'static str, about: &str, (message, help): (&str, &str)) {
        let found = Diagnostic::warning(code, message, self.location.clone());
        self.lose(message, Why::Unanswered, found.about(about).with_help(help));
    }

    /// Tells once a kind that something of the user's is missing.
    pub fn fail(
        &mut self,
        code: &'static str,
        (kind, why): (&str, Why),
        message: String,
        help: &str,
    ) {
        let found = Diagnostic::error(code, message, self.location.clone());
        self.lose(kind, why, found.with_help(help));
    }

    fn lose(&mut self, kind: &str, why: Why, found: Diagnostic) {
        self.trouble = self.trouble.max(Some(Fate::Dropped(why)));
        self.add(kind, || found);
    }

    fn add(&mut self, kind: &str, found: impl FnOnce() -> Diagnostic) {
        if let Some((_, count)) = self.told.get_mut(kind) {
            *count += 1;
            return;
        }
        self.told.insert(kind.to_owned(), (self.diagnostics.len(), 1));
        self.diagnostics.push(found());
    }

    /// Counts the blocks of the body, and tells each kind with its count. What was never come to
    /// stands too deep.
    pub fn finish(mut self, document: &Document<'_>, found: &mut Found) {
        for (node, fate) in document.nodes.iter().zip(&self.own) {
            if let Node::Block(block) = node {
                let fate = fate.unwrap_or(Fate::Dropped(Why::TooDeep));
                found.tally.add(Kind::Block, &block.name, fate);
            }
        }
        for (index, count) in self.told.into_values().filter(|(_, count)| *count > 1) {
            self.diagnostics[index].message.push_str(&format!(" ({count} times)"));
        }
        found.diagnostics.extend(self.diagnostics);
    }
}

/// Returns the fates of the blocks of a text that is read otherwise than it is written: those that were
/// made, as far as there are any of the name.
pub fn in_disorder(source: &Document<'_>, made: &Tally) -> Tally {
    let mut left: HashMap<&str, Vec<Fate>> = HashMap::new();
    for (_, name, fate, count) in made.iter().filter(|(kind, ..)| *kind == Kind::Block) {
        let fates = left.entry(name).or_default();
        fates.extend(std::iter::repeat_n(fate, count as usize));
    }
    let mut tally = Tally::default();
    for node in &source.nodes {
        if let Node::Block(block) = node {
            let fate = left.get_mut(&*block.name).and_then(Vec::pop);
            tally.add(Kind::Block, &block.name, fate.unwrap_or(Fate::Degraded(How::InDisorder)));
        }
    }
    tally
}
