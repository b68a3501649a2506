//! Walks through the blocks of a body and prints them, each as WordPress does.
//!
//! What a block adds to the HTML it was saved with is added to the pieces of that HTML as they
//! pass, so that no depth of nesting takes more than linear time.

use std::ops::Range;
use std::rc::Rc;

use crate::content::blocks::{Block, Document, Node};
use crate::content::raw::Context;

use super::attributes::Attributes;
use super::dynamic::{self, social};
use super::ledger::Ledger;
use super::sheet::Sheet;
use super::statics::{self, Opened};

/// Prints blocks.
pub struct Renderer<'r> {
    /// The post, and the site around it.
    pub context: &'r Context<'r>,
    /// What has been printed.
    pub html: String,
    /// The rules for the page's head.
    pub sheet: Sheet,
    /// What is told of the blocks.
    pub ledger: Ledger<'r>,
}

/// What the blocks around a block mean for it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Whether a gallery is around it.
    pub is_in_gallery: bool,
    /// What the list of links to other sites says that is around it.
    pub social: Rc<social::Links>,
}

/// A block whose saved HTML passes.
struct Frame {
    /// The index of the first node after it.
    end: usize,
    opened: Opened,
    scope: Scope,
    /// Whether a piece of its HTML has passed.
    has_begun: bool,
}

/// A block among the nodes of a body.
#[derive(Clone, Copy)]
pub struct Place<'d> {
    /// The nodes.
    pub document: &'d Document<'d>,
    /// The index of the block.
    pub index: usize,
    /// The block.
    pub block: &'d Block<'d>,
}

impl<'d> Place<'d> {
    /// Returns the nodes within the block.
    pub fn inner(&self) -> Range<usize> {
        self.index + 1..self.block.end
    }

    /// Reads the block's attributes.
    pub fn attributes(&self) -> Attributes {
        Attributes::read(self.block.json)
    }

    /// Returns whether the block holds nothing at all.
    pub fn is_empty(&self) -> bool {
        self.inner().is_empty()
    }
}

impl<'r> Renderer<'r> {
    /// Starts with nothing printed.
    pub fn new(context: &'r Context<'r>) -> Self {
        let ledger = Ledger::new(context.setting.location);
        Self { context, html: String::new(), sheet: Sheet::default(), ledger }
    }

    /// Prints a range of nodes.
    pub fn nodes(&mut self, document: &Document<'_>, range: Range<usize>, scope: &Scope) {
        let mut open: Vec<Frame> = Vec::new();
        let mut index = range.start;
        while index < range.end {
            while open.last().is_some_and(|frame| frame.end <= index) {
                self.close(open.pop());
            }
            match &document.nodes[index] {
                Node::Html(source) => self.piece(source, open.last_mut(), index + 1),
                Node::Block(block) => {
                    let scope = open.last().map_or(scope, |frame| &frame.scope);
                    let place = Place { document, index, block };
                    if dynamic::print(self, &place, scope) {
                        index = block.end;
                        continue;
                    }
                    let frame = self.block(&place, scope);
                    open.push(frame);
                }
            }
            index += 1;
        }
        while let Some(frame) = open.pop() {
            self.close(Some(frame));
        }
    }

    fn block(&mut self, place: &Place<'_>, scope: &Scope) -> Frame {
        self.ledger.tell(place);
        let mut inner = scope.clone();
        let opened = statics::open(self, place, scope, &mut inner);
        Frame { end: place.block.end, opened, scope: inner, has_begun: false }
    }

    /// Prints a piece of HTML, which may be a block's own. `next` is the index of the node after it.
    fn piece(&mut self, source: &str, frame: Option<&mut Frame>, next: usize) {
        match frame {
            Some(frame) if !frame.has_begun => {
                frame.has_begun = true;
                let is_whole = next >= frame.end;
                let html = frame.opened.first_piece(source, is_whole);
                self.html.push_str(&html);
            }
            _ => self.html.push_str(source),
        }
    }

    fn close(&mut self, frame: Option<Frame>) {
        if let Some(end) = frame.and_then(|frame| frame.opened.after) {
            self.html.push_str(&end);
        }
    }
}
