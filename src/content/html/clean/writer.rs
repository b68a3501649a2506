//! Goes through the tokens of a page, and copies or replaces them.

use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::counting;
use crate::content::html::clean::element;
use crate::content::html::clean::lookahead::{is_more, may_hold_text};
use crate::content::html::clean::page::Page;
use crate::content::html::clean::plugins::footnotes;
use crate::content::html::clean::verdict::{Element, Verdict};
use crate::content::html::entities::push_text;
use crate::content::html::markup::Markup;
use crate::content::html::names::is_void;
use crate::content::html::tokens::{Kind, Tag};

const UNFINISHED: &str = "close the comment or tag in the text of the post";

/// Rewrites one page.
pub fn write(body: &mut Body<'_>, markup: &Markup<'_>) -> String {
    let mut writer = Writer {
        html: String::with_capacity(markup.html.len() + 64),
        copied: 0,
        ends: Vec::new(),
        page: Page::new(body, markup),
    };
    let mut index = 0;
    while index < markup.tokens.len() {
        index = writer.token(body, index);
    }
    writer.copy_to(markup.html.len());
    let Writer { mut html, page, .. } = writer;
    footnotes::push(&mut html, body, page.footnotes);
    html
}

struct Writer<'p> {
    html: String,
    /// Up to where the source has been copied or left out.
    copied: usize,
    /// The end tags that are not copied, innermost last: their index, and what stands for them.
    ends: Vec<(usize, &'p str)>,
    page: Page<'p>,
}

impl<'p> Writer<'p> {
    /// Prints the token at `index`, and returns the index of the next.
    fn token(&mut self, body: &mut Body<'_>, index: usize) -> usize {
        let source = self.page.markup.source(index);
        match self.page.markup.tokens[index].kind {
            Kind::Start(tag) => return self.start(body, index, tag),
            Kind::End(name) => self.end(index, name),
            Kind::Comment => self.comment(body, index),
            // A bracket that starts no tag.
            Kind::Text if memchr::memchr(b'<', source.as_bytes()).is_some() => {
                self.replace(index, index);
                self.html.push_str(&source.replace('<', "&lt;"));
            }
            Kind::Raw if self.ends.last().is_some_and(|(_, name)| *name == "pre") => {
                self.replace(index, index);
                push_text(&mut self.html, source);
            }
            Kind::Text | Kind::Raw | Kind::Cdata => {}
        }
        index + 1
    }

    fn start(&mut self, body: &mut Body<'_>, index: usize, tag: Tag<'p>) -> usize {
        if self.is_unseen(index, tag) {
            return index + 1;
        }
        let end = self.page.markup.end_of(index);
        let element = Element { name: tag.name, start: index, end };
        let mut attributes = Attributes::read(tag);
        match self.verdict(body, element, tag, &mut attributes) {
            Verdict::Keep if !attributes.is_changed() => {}
            Verdict::Keep => {
                self.replace(index, index);
                self.open(tag.name, element, tag, &attributes);
            }
            Verdict::BeginWith(html) => {
                self.replace(index, index);
                self.open(tag.name, element, tag, &attributes);
                self.html.push_str(&html);
            }
            Verdict::Wrap(outer) => {
                self.ends.extend([(end, outer), (end, tag.name)]);
                self.replace(index, index);
                self.html.extend(["<", outer, ">"]);
                self.open(tag.name, element, tag, &attributes);
            }
            Verdict::Rename(name) => {
                self.ends.push((end, name));
                self.replace(index, index);
                self.open(name, element, tag, &attributes);
            }
            Verdict::Unwrap => {
                self.replace(index, index);
                if end > index {
                    self.ends.push((end, ""));
                }
            }
            Verdict::Aside(id) => return self.aside(body, (index, end), id),
            Verdict::Refill(html) => {
                self.replace(index, end);
                self.html.extend(["<", tag.name]);
                attributes.print(&mut self.html);
                self.html.extend([">", &html, "</", tag.name, ">"]);
                return end + 1;
            }
            Verdict::Replace(html) => return self.put(body, element, &html),
        }
        index + 1
    }

    /// Returns whether a start tag is copied without a look at it.
    fn is_unseen(&self, index: usize, tag: Tag<'_>) -> bool {
        let is_foreign = index < self.page.foreign_end;
        let is_in_code = index < self.page.code.end;
        let is_in_name = index < self.page.panels.accordions.name_end;
        !is_foreign
            && !is_in_code
            && !is_in_name
            && self.page.languages.is_none()
            && element::is_plain(self.page.markup, index, tag)
    }

    fn verdict(
        &mut self,
        body: &mut Body<'_>,
        element: Element<'_>,
        tag: Tag<'_>,
        attributes: &mut Attributes<'_>,
    ) -> Verdict {
        if element.start < self.page.foreign_end {
            return element::foreign(body, &self.page, element, attributes);
        }
        if tag.is_self_closing && element.end > element.start {
            attributes.mark_changed();
        }
        element::html(body, &mut self.page, element, attributes)
    }

    /// Prints the start tag of an element, under a name that may be new.
    fn open(
        &mut self,
        name: &str,
        element: Element<'_>,
        tag: Tag<'_>,
        attributes: &Attributes<'_>,
    ) {
        self.html.extend(["<", name]);
        attributes.print(&mut self.html);
        let is_whole =
            tag.is_self_closing && element.end == element.start && !is_void(element.name);
        self.html.push_str(if is_whole { "/>" } else { ">" });
    }

    /// Prints HTML in the place of an element and all it holds, and returns the index after it.
    fn put(&mut self, body: &mut Body<'_>, element: Element<'_>, html: &str) -> usize {
        if element.end > element.start + 1 {
            counting::within(body, self.page.markup, element, html);
        }
        self.replace(element.start, element.end);
        self.html.push_str(html);
        element.end + 1
    }

    /// Puts aside what stands between two tags, rewritten.
    fn aside(&mut self, body: &mut Body<'_>, (start, end): (usize, usize), id: String) -> usize {
        self.replace(start, start);
        let before = std::mem::take(&mut self.html);
        let mut index = start + 1;
        while index < end {
            index = self.token(body, index);
        }
        self.replace(end, end);
        let note = std::mem::replace(&mut self.html, before);
        footnotes::put_aside(&mut self.page.footnotes, id, note);
        end + 1
    }

    fn end(&mut self, index: usize, name: &str) {
        self.page.marked.pop_if(|(end, _)| *end == index);
        if let Some((_, name)) = self.ends.pop_if(|(end, _)| *end == index) {
            self.replace(index, index);
            if !name.is_empty() {
                self.html.extend(["</", name, ">"]);
            }
            // What is around it ends with it.
            while let Some((_, name)) = self.ends.pop_if(|(end, _)| *end == index) {
                self.html.extend(["</", name, ">"]);
            }
        } else if self.page.markup.source(index).len() != name.len() + "</>".len() {
            self.replace(index, index);
            self.html.extend(["</", name, ">"]);
        }
    }

    fn comment(&mut self, body: &mut Body<'_>, index: usize) {
        self.replace(index, index);
        let source = self.page.markup.source(index);
        let is_last = index + 1 == self.page.markup.tokens.len();
        if is_more(source) && !body.has_more && may_hold_text(self.page.markup, index) {
            body.has_more = true;
            let id = format!("more-{}", body.setting.post.0);
            if let Some(id) = body.ids.print(&id) {
                self.html.extend(["<span id=\"", &id, "\"></span>"]);
            }
        } else if is_last && !source.ends_with('>') && source.len() > "<!---->".len() {
            let message = "a comment or tag has no end; browsers show nothing of what follows it";
            body.findings.warn("unfinished-markup", message, UNFINISHED);
        }
    }

    /// Copies what comes before the token `first`, and leaves out all tokens up to `last`.
    fn replace(&mut self, first: usize, last: usize) {
        self.copy_to(self.page.markup.tokens[first].start);
        self.copied = self.page.markup.tokens[last].end;
    }

    fn copy_to(&mut self, position: usize) {
        self.html.push_str(&self.page.markup.html[self.copied..position]);
        self.copied = position;
    }
}
