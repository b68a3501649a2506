//! XML cut into elements, each of them a piece of the file.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};

use crate::content::html::entities::{self, Place};
use crate::export::broken::Broken;

/// How a part begins in which nothing is markup.
const CDATA: &str = "<![CDATA[";

/// How such a part ends.
const CDATA_END: &str = "]]>";

/// An element: what it is called, and what stands in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Element<'a> {
    /// Such as `wp:post_id`.
    pub(super) name: &'a str,
    /// The start tag without its brackets.
    tag: &'a str,
    /// Between the tags, as written in the file.
    pub(super) inner: &'a str,
}

/// The elements that stand in another one, by name.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    all: Vec<Element<'a>>,
    /// Where the rest could not be read.
    pub(super) broken: Option<Broken>,
}

impl<'a> Element<'a> {
    /// Returns the attribute `wanted`, decoded. Empty if there is none.
    pub(super) fn attribute(&self, wanted: &str) -> Cow<'a, str> {
        let tag = BytesStart::from_content(self.tag, self.name.len());
        let found = tag.attributes().flatten().find(|it| it.key.as_ref() == wanted);
        let value = found.map(|it| entities::decode(&it.value, Place::Attribute).into_owned());
        Cow::Owned(value.unwrap_or_default())
    }

    /// Returns the text in it.
    pub(super) fn text(&self) -> Cow<'a, str> {
        text(self.inner)
    }
}

impl<'a> Fields<'a> {
    /// Returns what stands in `xml`, as far as that is XML.
    pub(super) fn of(xml: &'a str) -> Self {
        let mut all = Vec::new();
        let broken = children(xml, &[], &mut |element| all.push(element)).err();
        Self { all, broken }
    }

    /// Adds an element behind the others.
    pub(super) fn push(&mut self, element: Element<'a>) {
        self.all.push(element);
    }

    /// Returns all elements.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Element<'a>> {
        self.all.iter()
    }

    /// Returns the first element called `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Element<'a>> {
        self.all.iter().find(|element| element.name == name)
    }

    /// Returns all elements called `name`.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Element<'a>> {
        self.all.iter().filter(move |element| element.name == name)
    }

    /// Returns the text of the first element called `name`.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name).map(Element::text)
    }

    /// Returns the text of the first element called `name`, if it holds any.
    pub(super) fn filled(&self, name: &str) -> Option<Cow<'a, str>> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// Returns the number in the first element called `name`.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    /// Returns the id in the first element called `name`. Zero is none.
    pub(super) fn id(&self, name: &str) -> Option<u64> {
        self.number(name).and_then(|id| u64::try_from(id).ok()).filter(|id| *id > 0)
    }
}

/// Gives every element in `xml` to `sink`, and in place of those called as one of `open` what
/// stands in them.
///
/// # Errors
/// From some place on the text is not XML. What stands before is given.
pub(super) fn children<'a>(
    xml: &'a str,
    open: &[&str],
    sink: &mut dyn FnMut(Element<'a>),
) -> Result<(), Broken> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    // Exports are put together from pieces by programs that do not always fit.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    // Programs that split exports write elements without a text so.
    config.expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        let start = position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) if open.contains(&tag.name().as_ref()) => depth += 1,
            Ok(Event::Start(tag)) => {
                let written = &xml[start..position(&reader)];
                let name = tag.name();
                let span = match reader.read_to_end(name) {
                    Ok(span) => span,
                    Err(error) => return Err(broken(&reader, start, &error)),
                };
                let inner = piece(xml, span.start, span.end);
                let tag =
                    written.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
                sink(Element { name: &tag[..name.as_ref().len()], tag, inner });
            }
            Ok(Event::End(tag)) if open.contains(&tag.name().as_ref()) => {
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => {
                let message = "the file ends".to_owned();
                return Err(Broken { offset: xml.len(), message, is_cut: true });
            }
            Ok(_) => (),
            Err(error) => return Err(broken(&reader, start, &error)),
        }
    }
}

/// Returns where the next `<item>` from `start` on stands that is in no text.
pub(super) fn next_item(xml: &str, start: usize) -> Option<usize> {
    let mut position = start;
    loop {
        let rest = xml.get(position..)?;
        let item = position + rest.find("<item>")?;
        // A text without an end goes on to the end of the file.
        match rest.find(CDATA) {
            Some(text) if position + text < item => {
                let end = rest[text..].find(CDATA_END)?;
                position += text + end + CDATA_END.len();
            }
            _ => return Some(item),
        }
    }
}

/// Returns the text in a piece of XML, without its markup of texts.
pub(super) fn text(inner: &str) -> Cow<'_, str> {
    let trimmed = inner.trim();
    let Some(first) = trimmed.find(CDATA) else { return entities::decode(trimmed, Place::Text) };
    // Nearly always it is one part, and all there is.
    if first == 0
        && let Some(end) = trimmed.find(CDATA_END)
        && end + CDATA_END.len() == trimmed.len()
    {
        return Cow::Borrowed(&trimmed[CDATA.len()..end]);
    }
    let mut all = String::with_capacity(trimmed.len());
    let mut rest = trimmed;
    while let Some(start) = rest.find(CDATA) {
        push_between(&mut all, &rest[..start]);
        rest = &rest[start + CDATA.len()..];
        let end = rest.find(CDATA_END).unwrap_or(rest.len());
        all.push_str(&rest[..end]);
        rest = rest.get(end + CDATA_END.len()..).unwrap_or_default();
    }
    push_between(&mut all, rest);
    Cow::Owned(all)
}

/// Adds what stands between parts. White space there is no text.
fn push_between(all: &mut String, between: &str) {
    if !between.trim().is_empty() {
        all.push_str(&entities::decode(between, Place::Text));
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn piece(xml: &str, start: u64, end: u64) -> &str {
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range.and_then(|(start, end)| xml.get(start..end)).unwrap_or_default()
}

/// Tells what is wrong in what starts at `start`. Where an element has no end, the place to mend is where
/// it starts.
fn broken(reader: &Reader<&[u8]>, start: usize, error: &Error) -> Broken {
    let (place, is_cut) = match error {
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => (None, true),
        // Nothing else is wrong but that something has no end.
        Error::Syntax(_) => (usize::try_from(reader.error_position()).ok(), true),
        _ => (usize::try_from(reader.error_position()).ok(), false),
    };
    Broken { offset: place.unwrap_or(start).max(start), message: error.to_string(), is_cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_its_markup_says() {
        let check = |inner: &str, expected: &str| assert_eq!(text(inner), expected, "{inner}");
        check("", "");
        check("  plain &amp; simple\n", "plain & simple");
        check("<![CDATA[ <p>as it is &amp; so on</p>\n]]>", " <p>as it is &amp; so on</p>\n");
        check("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b");
        check("\n<![CDATA[a]]>\n<![CDATA[b]]>\n", "ab");
        check("a &lt; <![CDATA[b]]> c", "a < b c");
        check("<![CDATA[never closed", "never closed");
        check("<![CDATA[]]>", "");
    }

    #[test]
    fn elements_are_pieces_of_the_text() {
        let check = |xml: &str, expected: &[(&str, &str)]| {
            let mut found = Vec::new();
            let told =
                children(xml, &["rss", "channel"], &mut |it| found.push((it.name, it.inner)));
            assert_eq!(found, expected, "{xml}");
            told.err().map(|broken| broken.is_cut)
        };
        let items = [("item", "<a>1</a>"), ("wp:tag", "")];
        let whole = "<?xml version='1.0'?><rss v=\"2\">\n<channel><item><a>1</a></item> text\
                     <wp:tag ></wp:tag></channel></rss>";
        assert_eq!(check(whole, &items), None);
        assert_eq!(check(&whole[..whole.len() - 12], &items), Some(true));
        // What stands in a text is none.
        let tricky = "<item><![CDATA[</item><item>]]></item>";
        assert_eq!(check(tricky, &[("item", "<![CDATA[</item><item>]]>")]), None);
        // An ampersand or an end too much breaks nothing.
        assert_eq!(check("<item>R & D</b></item></p>", &[("item", "R & D</b>")]), None);
        assert_eq!(check("<item>1</item><item>2", &[("item", "1")]), Some(true));
        assert_eq!(check("<item>1</item><item><![CDATA[2</item>", &[("item", "1")]), Some(true));
    }

    #[test]
    fn an_item_that_a_text_quotes_is_none() {
        let check = |xml: &str, start: usize, expected: Option<&str>| {
            let found = next_item(xml, start).map(|place| &xml[place..]);
            assert_eq!(found, expected, "{xml}");
        };
        check("a<item>b", 0, Some("<item>b"));
        check("<![CDATA[<item>x]]><item>b", 0, Some("<item>b"));
        check("<![CDATA[<item>x]]>", 0, None);
        check("<![CDATA[<item>never closed", 0, None);
        check("<item>", 1, None);
    }

    #[test]
    fn what_is_empty_may_be_written_in_one_tag() {
        let fields = Fields::of("<wp:post_password /><category nicename='a'/><a/>");
        assert_eq!(fields.text("wp:post_password").as_deref(), Some(""));
        assert_eq!(fields.get("category").unwrap().attribute("nicename"), "a");
        assert!(fields.get("a").is_some() && fields.broken.is_none());
    }

    #[test]
    fn attributes_are_decoded() {
        let fields = Fields::of("<category domain='genre' nicename=\"a&amp;b\">B</category>");
        let category = fields.get("category").unwrap();
        assert_eq!(category.attribute("domain"), "genre");
        assert_eq!(category.attribute("nicename"), "a&b");
        assert_eq!(category.attribute("other"), "");
    }
}
