//! Walks through the blocks of a body and prints them, each as WordPress does.
//!
//! What a block adds to the HTML it was saved with is added to the pieces of that HTML as they
//! pass, so that no depth of nesting takes more than linear time.

use std::collections::HashSet;
use std::ops::Range;

use crate::content::block_html::dynamic::words;
use crate::content::block_html::fates::Fates;
use crate::content::block_html::opening::{Additions, Change, Reach};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::sheet::Sheet;
use crate::content::block_html::statics::{self, Opened};
use crate::content::block_html::supports::visibility;
use crate::content::block_html::{dynamic, plugins, templated};
use crate::content::blocks::attributes::Attributes;
use crate::content::blocks::{self, Block, Document, Node};
use crate::content::context::Context;
use crate::content::html::pages;
use crate::content::restricted::{self, Restriction};
use crate::content::{hidden, markdown};
use crate::ledger::{Fate, Why};
use crate::model::{Body, BodyFormat, PostId};

/// Prints blocks.
pub struct Renderer<'r> {
    /// The post, and the site around it.
    pub context: &'r Context<'r>,
    /// What has been printed.
    pub html: String,
    /// The rules for the page's head.
    pub sheet: Sheet,
    /// What becomes of the blocks, and what is told of them.
    pub fates: Fates<'r>,
    /// The posts that lists of plugins' blocks show, of which each is in one only.
    pub listed: HashSet<PostId>,
    /// How many texts are within each other.
    depth: usize,
    /// How many nodes have been printed again, in loops and texts within texts.
    repeated: usize,
    /// Ids need a number of their own.
    numbers: usize,
    /// The loops whose later pages are linked.
    paged_loops: Vec<String>,
}

/// So deep may texts and loops be within each other.
const DEEPEST: usize = 12;
/// So many nodes may be printed again, or a loop of loops of loops would never end.
const MOST_REPEATED: usize = 100_000;

/// So many loops of a text have pages.
const MOST_PAGED: usize = 8;

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

/// Returns whether a block for a picture has none: WordPress shows nothing of it.
fn lacks_picture(place: &Place<'_>) -> bool {
    place.block.name == "core/image"
        && match &place.document.nodes[place.inner()] {
            [] => true,
            [Node::Html(html)] => !html.contains("<img"),
            _ => false,
        }
}

impl<'r> Renderer<'r> {
    /// Starts with nothing printed of a body.
    pub fn new(context: &'r Context<'r>, document: &Document<'_>) -> Self {
        let fates = Fates::new(context.setting.location, document);
        Self {
            context,
            html: String::new(),
            sheet: Sheet::default(),
            fates,
            listed: HashSet::new(),
            depth: 0,
            repeated: 0,
            numbers: 0,
            paged_loops: Vec::new(),
        }
    }

    /// Returns a number that no other block has.
    pub fn next_number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// Returns whether the later pages of a loop may be linked: each shows the whole text again, so
    /// that of very many loops only the first have some.
    pub fn may_page(&mut self, name: &str) -> bool {
        let is_known = self.paged_loops.iter().any(|known| known == name);
        let may = is_known || self.paged_loops.len() < MOST_PAGED;
        if may && !is_known {
            self.paged_loops.push(name.to_owned());
        }
        may
    }

    /// Returns whether a block may be printed once more, and tells if it may not.
    pub fn may_repeat(&mut self, place: &Place<'_>) -> bool {
        self.repeated += place.inner().len() + 1;
        self.is_bounded()
    }

    /// Returns whether a template can be filled here with what blocks within it show.
    pub fn may_nest(&self) -> bool {
        self.depth + 1 < DEEPEST
    }

    fn is_bounded(&mut self) -> bool {
        let is_bounded = self.repeated <= MOST_REPEATED && self.depth < DEEPEST;
        if !is_bounded {
            let message = "left out what stands in loops and texts too deep within each other";
            let help = "take blocks out of each other that show each other";
            let kind = ("depth", Why::TooDeep);
            self.fates.fail("dynamic-block", kind, message.to_owned(), help);
        }
        is_bounded
    }

    /// Returns the text of a post as HTML, for another text. `None` if it is not at hand, or would
    /// stand within itself.
    pub fn text_of(&mut self, post: PostId, scope: &Scope) -> Option<String> {
        let is_own = post == self.context.setting.post;
        if is_own || scope.holders.contains(&post) {
            return None;
        }
        let body = self.context.surroundings.body(post)?;
        let mut holders = scope.holders.to_vec();
        holders.push(post);
        let inner = Scope { holders: holders.into(), ..scope.clone() };
        let start = self.html.len();
        self.body(&body, &inner);
        let made = self.html.split_off(start);
        // The text around it has pages of its own.
        Some(made.replace(pages::BREAK, ""))
    }

    /// Prints another text within this one.
    pub fn body(&mut self, body: &Body, scope: &Scope) {
        if !self.is_bounded() {
            return;
        }
        match body.format {
            BodyFormat::Blocks => {
                let document = blocks::parse(&body.text);
                self.repeated += document.nodes.len();
                if self.is_bounded() {
                    self.depth += 1;
                    self.fates.enter();
                    self.nodes(&document, 0..document.nodes.len(), scope);
                    self.fates.leave();
                    self.depth -= 1;
                }
            }
            // WordPress makes no paragraphs of it, either, while it prints blocks.
            BodyFormat::Classic => self.html.push_str(&body.text),
            BodyFormat::Rendered => {
                let Context { setting, surroundings, .. } = self.context;
                let (shown, left_out) = hidden::without(&body.text, *surroundings);
                hidden::tell(left_out, setting).for_each(|found| self.fates.note(found));
                self.html.push_str(&shown);
            }
            BodyFormat::Markdown => self.html.push_str(&markdown::to_html(&body.text)),
        }
    }

    /// Prints a range of nodes.
    pub fn nodes(&mut self, document: &Document<'_>, range: Range<usize>, scope: &Scope) {
        self.depth += 1;
        if self.depth <= DEEPEST || self.is_bounded() {
            self.walk(document, range, scope);
        }
        self.depth -= 1;
    }

    fn walk(&mut self, document: &Document<'_>, range: Range<usize>, scope: &Scope) {
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
                    if self.is_made(&place, scope) {
                        index = block.end;
                        continue;
                    }
                    self.fates.settle_saved(&place);
                    let mut frame = self.block(&place, scope);
                    // A block without HTML of its own has what it adds on the first tag within.
                    if let Some(around) = open.last_mut().filter(|around| !around.has_begun) {
                        around.has_begun = true;
                        frame.opened.inherit(&around.opened);
                    }
                    open.push(frame);
                }
            }
            index += 1;
        }
        while let Some(frame) = open.pop() {
            self.close(Some(frame));
        }
    }

    /// Prints a block with all it holds, if it is not its saved HTML that stands.
    fn is_made(&mut self, place: &Place<'_>, scope: &Scope) -> bool {
        if self.is_withheld(place) {
            return true;
        }
        if templated::print(self, place, scope) {
            self.fates.settle_all(place, Fate::Converted);
            return true;
        }
        if lacks_picture(place) {
            self.fates.settle_all(place, Fate::Dropped(Why::Empty));
            return true;
        }
        self.fates.begin();
        let start = self.html.len();
        if plugins::print(self, place, scope) {
            self.hide_on_screens(place.block, start);
            return true;
        }
        let is_dynamic = dynamic::print(self, place, scope);
        if is_dynamic {
            self.hide_on_screens(place.block, start);
            self.fates.settle_made(place);
        }
        is_dynamic
    }

    /// Leaves out a block that not every reader saw, and says where readers could go no further. Returns
    /// whether it is one.
    fn is_withheld(&mut self, place: &Place<'_>) -> bool {
        let name = &*place.block.name;
        let why = match restricted::of_block(name, place.block.json) {
            Some(Restriction::Hidden) => Why::Hidden,
            Some(Restriction::Members) => Why::Members,
            None if name == restricted::PAYWALL => Why::Members,
            None => return false,
        };
        if why == Why::Members {
            let message = format!("left out what only members saw, in or after the block `{name}`");
            self.fates.warn("members-only", (name, why), message, restricted::HELP);
        }
        if name == restricted::PAYWALL {
            let rest = words::word(self.context.surroundings, "members_only");
            self.html.push_str(&format!("<p class=\"wp-block-jetpack-paywall\">{rest}</p>"));
        }
        self.fates.settle_all(place, Fate::Dropped(why));
        true
    }

    /// Gives what was printed since `start` the classes that hide the block on screens of some width.
    fn hide_on_screens(&mut self, block: &Block<'_>, start: usize) {
        let classes = visibility::classes(block.json);
        if !classes.is_empty() {
            let made = self.html.split_off(start);
            let outer = Change { classes, ..Change::default() };
            let additions = Additions { outer, ..Additions::default() };
            self.html.push_str(&additions.apply(&made, Reach::Whole));
        }
    }

    /// Prints a block as it was saved, and returns what the blocks within it show.
    pub fn saved(&mut self, place: &Place<'_>, scope: &Scope) -> String {
        let mut frame = self.block(place, scope);
        let scope = frame.scope.clone();
        let mut inner = String::new();
        let mut index = place.index + 1;
        while index < frame.end {
            match &place.document.nodes[index] {
                Node::Html(source) => {
                    index += 1;
                    self.piece(source, Some(&mut frame), index);
                }
                Node::Block(block) => {
                    frame.has_begun = true;
                    let start = self.html.len();
                    self.nodes(place.document, index..block.end, &scope);
                    inner.push_str(&self.html[start..]);
                    index = block.end;
                }
            }
        }
        self.close(Some(frame));
        inner
    }

    fn block(&mut self, place: &Place<'_>, scope: &Scope) -> Frame {
        let mut inner = scope.clone();
        let opened = statics::open(self, place, scope, &mut inner);
        Frame { end: place.block.end, opened, scope: inner, has_begun: false }
    }

    /// Prints a piece of HTML, which may be a block's own. `next` is the index of the node after it.
    fn piece(&mut self, source: &str, frame: Option<&mut Frame>, next: usize) {
        match frame {
            Some(frame) if !frame.has_begun => {
                frame.has_begun = true;
                let reach = if next >= frame.end { Reach::Whole } else { Reach::Inner };
                let html = frame.opened.first_piece(source, reach);
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
