//! Parts of pages that stand on many pages: made once, then copied.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use anyhow::Context as _;
use tera::{Context, Value};

use crate::content::has_tibetan;
use crate::render::shared::Shared;
use crate::render::spool::{Place, Spool};
use crate::render::templates::Templates;
use crate::render::views::{FrameView, PageView, SiteView};
use crate::site::EntryId;

/// What a post looks like on a page that is not its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// In a list, with summary and picture.
    Item,
    /// Under its day.
    Line,
    /// Below a post it is related to.
    Related,
}

/// The shapes of all posts, as far as they have been made. Shared by all workers.
#[derive(Debug)]
pub struct Pieces {
    made: Vec<OnceLock<Made>>,
    html: Spool,
}

/// A post in all its shapes, one after the other: many small strings take more memory.
#[derive(Clone, Copy, Debug)]
struct Made {
    place: Place,
    /// Where the item ends, the line, and what is shown of it as related.
    ends: [usize; 3],
}

/// What is held in memory at most, in bytes: it must not grow with the number of posts.
const MAX_IN_MEMORY: usize = 512 * 1024;

/// The posts that a worker used lately, in all their shapes. Pages that are made one after the other
/// are of about the same time, and so show the same posts.
#[derive(Debug, Default)]
pub struct Lately {
    /// By their numbers, as far as there is room.
    posts: Vec<(Option<EntryId>, String)>,
}

/// How many posts that are.
const LATELY: usize = 256;

impl Pieces {
    /// Starts with none made.
    pub fn new(entries: usize) -> Self {
        let made = (0..entries).map(|_| OnceLock::new()).collect();
        Self { made, html: Spool::new(MAX_IN_MEMORY) }
    }

    /// Returns a post in a shape, as a value for templates to print.
    ///
    /// # Errors
    /// The theme's template asks for what is not there; a temporary file cannot be written.
    pub fn get(
        &self,
        shared: &Shared<'_>,
        templates: &Templates,
        (shape, id): (Shape, EntryId),
        lately: &mut Lately,
    ) -> anyhow::Result<Value> {
        let place = &self.made[id.index()];
        if place.get().is_none() {
            let made = self.make(shared, templates, id)?;
            // Another worker may have been faster: it made the same.
            let _ = place.set(made);
        }
        let made = place.get().expect("it was set above");
        lately.posts.resize_with(LATELY, Default::default);
        let (held, html) = &mut lately.posts[id.index() % LATELY];
        if held.replace(id) != Some(id) {
            *html = self.html.text(made.place)?;
        }
        Ok(Value::safe_string(&html[made.range(shape)]))
    }

    /// Makes a post in all shapes: they are needed sooner or later, and what they show is gathered
    /// just once.
    fn make(
        &self,
        shared: &Shared<'_>,
        templates: &Templates,
        id: EntryId,
    ) -> anyhow::Result<Made> {
        let summary = Value::from_serializable(&shared.summary(id));
        let mut html = Vec::with_capacity(4096);
        let mut ends = [0; 3];
        for (shape, end) in [Shape::Item, Shape::Line, Shape::Related].into_iter().zip(&mut ends) {
            fill(shared, templates, (shape, &summary), &mut html)?;
            *end = html.len();
        }
        let html = String::from_utf8(html).context("a theme's template gives no text")?;
        Ok(Made { place: self.html.put(html.as_bytes())?, ends })
    }
}

impl Made {
    fn range(&self, shape: Shape) -> Range<usize> {
        let [item, line, related] = self.ends;
        match shape {
            Shape::Item => 0..item,
            Shape::Line => item..line,
            Shape::Related => line..related,
        }
    }
}

/// Makes the first picture in an item load at once: the first of a page should not wait for the
/// reader to scroll.
pub fn hurry(item: &Value) -> Value {
    let html = item.as_str().unwrap_or_default();
    Value::safe_string(&html.replacen(" loading=\"lazy\"", " fetchpriority=\"high\"", 1))
}

fn fill(
    shared: &Shared<'_>,
    templates: &Templates,
    (shape, summary): (Shape, &Value),
    out: &mut Vec<u8>,
) -> anyhow::Result<()> {
    let template = match shape {
        Shape::Item => "item.html",
        Shape::Line => "line.html",
        Shape::Related => "related.html",
    };
    // Lists are in the language of their page. What is related stands on pages in any language, and so
    // always tells its own.
    let language = if shape == Shape::Related { "" } else { shared.language };
    let mut context = Context::new();
    context.insert("page", &BTreeMap::from([("language", language)]));
    context.insert_value("site_lang", shared.site_lang(language));
    context.insert_value("post", summary.clone());
    templates.render(template, &context, out)
}

/// What frames pages, by what it depends on.
#[derive(Debug)]
pub struct Frames<'a> {
    shared: &'a Shared<'a>,
    made: HashMap<FrameView, Frame>,
    /// The addresses that the menu marks as the current one.
    in_menu: HashSet<String>,
}

/// What stands around a page's own part.
#[derive(Debug)]
pub struct Frame {
    /// The part of the head that many pages share.
    pub head: Value,
    /// The header.
    pub header: Value,
    /// The footer.
    pub footer: Value,
}

impl<'a> Frames<'a> {
    /// Starts with none made.
    pub fn new(shared: &'a Shared<'a>, site: &SiteView) -> Self {
        let mut in_menu = HashSet::from([site.href.clone()]);
        in_menu.extend(site.categories.iter().map(|term| term.href.clone()));
        let mut waiting: Vec<_> = site.menu.iter().chain(&site.footer_menu).collect();
        while let Some(item) = waiting.pop() {
            in_menu.insert(item.href.clone());
            waiting.extend(&item.children);
        }
        Self { shared, made: HashMap::new(), in_menu }
    }

    /// Returns the frame of a page.
    ///
    /// # Errors
    /// The theme's template asks for what is not there.
    pub fn of(
        &mut self,
        page: &PageView,
        is_newspaper: bool,
        templates: &Templates,
    ) -> anyhow::Result<&Frame> {
        let frame = FrameView {
            kind: page.kind,
            language: page.language.clone(),
            direction: page.direction,
            href: self.in_menu.get(&page.href).cloned().unwrap_or_default(),
            is_newspaper,
            has_title_heading: page.kind == "home" && page.title.is_empty(),
            has_blocks: page.has_blocks,
            has_tibetan: page.has_tibetan,
        };
        if !self.made.contains_key(&frame) {
            let mut context = Context::new();
            context.insert("page", &frame);
            context.insert_value("site_lang", self.shared.site_lang(&frame.language));
            let part = |template: &str, context: &Context| -> anyhow::Result<String> {
                let mut made = Vec::new();
                templates.render(template, context, &mut made)?;
                Ok(String::from_utf8_lossy(&made).into_owned())
            };
            let header = part("partials/header.html", &context)?;
            let footer = part("partials/footer.html", &context)?;
            let has_tibetan =
                frame.has_tibetan || [&header, &footer].into_iter().any(|it| has_tibetan(it));
            context.insert("page", &FrameView { has_tibetan, ..frame.clone() });
            let head = part("partials/site-head.html", &context)?;
            let [head, header, footer] = [head, header, footer].map(|it| Value::safe_string(&it));
            self.made.insert(frame.clone(), Frame { head, header, footer });
        }
        Ok(&self.made[&frame])
    }
}
