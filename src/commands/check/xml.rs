//! The addresses in feeds and sitemaps, and the entries of feeds. Pure.

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;

use crate::content::html::entities::{self, Place};

/// An address that a feed or sitemap names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Named {
    /// As a program reads it.
    pub address: String,
    /// Where the element starts that holds it.
    pub offset: usize,
}

/// An entry of a feed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Entry {
    /// By which feed readers know it again. Empty if it has none.
    pub guid: String,
    /// Its page.
    pub link: String,
    /// As plain text, if it is no HTML in disguise.
    pub title: String,
    /// As written, in the form of its kind of feed.
    pub date: String,
}

/// What is in a feed or sitemap.
#[derive(Debug, Default)]
pub struct Contents {
    /// In its order.
    pub addresses: Vec<Named>,
    /// In its order; none in a sitemap.
    pub entries: Vec<Entry>,
    /// Why programs cannot read it, and where that is.
    pub trouble: Option<(String, usize)>,
}

/// The elements that the root of a feed or sitemap may be.
const ROOTS: [&str; 5] = ["rss", "feed", "RDF", "urlset", "sitemapindex"];

/// Returns whether `text` is a feed or sitemap, as far as its beginning tells.
pub fn is_listing(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(markup) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if markup.starts_with("--") { "-->" } else { ">" };
        let Some((_, after)) = markup.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let Some(rest) = rest.strip_prefix('<') else { return is_json_feed(rest) };
    let name = rest.split(|c: char| c.is_ascii_whitespace() || c == '>').next().unwrap_or(rest);
    ROOTS.contains(&local(name))
}

fn is_json_feed(text: &str) -> bool {
    let mut end = text.len().min(300);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.starts_with('{') && text[..end].contains("jsonfeed.org/version")
}

/// Reads a feed or sitemap.
pub fn read(text: &str) -> Contents {
    if text.trim_start().starts_with('{') {
        return read_json(text);
    }
    let mut state = State::default();
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => state.start(&tag, offset),
            Ok(Event::End(_)) => state.end(),
            Ok(Event::Text(text)) => state.text(&text),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(name)) => {
                state.text(&entities::decode(&format!("&{};", &*name), Place::Text));
            }
            Ok(Event::Eof) if state.open.is_empty() => return state.contents,
            Ok(Event::Eof) => {
                state.contents.trouble = Some(("it ends in the middle".to_owned(), offset));
                return state.contents;
            }
            Ok(_) => {}
            Err(error) => {
                state.contents.trouble = Some((error.to_string(), offset));
                return state.contents;
            }
        }
    }
}

/// Where a reader is.
#[derive(Debug, Default)]
struct State {
    /// The names of the elements that are open.
    open: Vec<String>,
    text: String,
    offset: usize,
    entry: Option<Entry>,
    /// Whether the guid is the entry's address.
    is_link: bool,
    contents: Contents,
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>, offset: usize) {
        let name = tag.name().as_ref().to_owned();
        let attribute = |wanted: &str| {
            let found = tag.attributes().flatten().find(|it| it.key.as_ref() == wanted);
            let value = found?;
            Some(entities::decode(&value.value, Place::Attribute).into_owned())
        };
        match &*name {
            "item" | "entry" => self.entry = Some(Entry::default()),
            "link" | "atom:link" => {
                let relation = attribute("rel").unwrap_or_else(|| "alternate".to_owned());
                let is_own =
                    matches!(&*relation, "alternate" | "self" | "enclosure" | "next" | "previous");
                if let Some(address) = attribute("href").filter(|_| is_own) {
                    if let Some(entry) = &mut self.entry
                        && relation == "alternate"
                    {
                        entry.link.clone_from(&address);
                    }
                    self.contents.addresses.push(Named { address, offset });
                }
            }
            "enclosure" | "media:content" | "media:thumbnail" => {
                let address = attribute("url");
                self.contents.addresses.extend(address.map(|address| Named { address, offset }));
            }
            "guid" => {
                self.is_link = attribute("isPermaLink").is_none_or(|value| value != "false");
            }
            _ => {}
        }
        self.open.push(name);
        self.text.clear();
        self.offset = offset;
    }

    fn text(&mut self, text: &str) {
        // The texts of posts are long, and of no interest here.
        let is_wanted = self.open.last().is_some_and(|name| {
            matches!(
                &**name,
                "link"
                    | "guid"
                    | "id"
                    | "title"
                    | "loc"
                    | "image:loc"
                    | "url"
                    | "pubDate"
                    | "published"
                    | "updated"
                    | "dc:date"
            )
        });
        if is_wanted {
            self.text.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let value = std::mem::take(&mut self.text).trim().to_owned();
        let parent = self.open.last().map_or("", |name| name);
        let is_of_entry = matches!(parent, "item" | "entry");
        match (&*name, &mut self.entry) {
            ("item" | "entry", _) => {
                if let Some(mut entry) = self.entry.take() {
                    if entry.link.is_empty() && self.is_link {
                        entry.link.clone_from(&entry.guid);
                    }
                    self.contents.entries.push(entry);
                }
                return;
            }
            ("guid" | "id", Some(entry)) if is_of_entry => entry.guid = value.clone(),
            ("title", Some(entry)) if is_of_entry => entry.title = value.clone(),
            ("pubDate" | "published" | "dc:date", Some(entry)) if is_of_entry => {
                entry.date = value.clone();
            }
            ("updated", Some(entry)) if is_of_entry && entry.date.is_empty() => {
                entry.date = value.clone();
            }
            ("link", Some(entry)) if is_of_entry && !value.is_empty() => entry.link = value.clone(),
            _ => {}
        }
        if matches!(&*name, "link" | "loc" | "image:loc" | "url") && !value.is_empty() {
            self.contents.addresses.push(Named { address: value, offset: self.offset });
        }
    }
}

/// As much of a JSON Feed as is of interest.
#[derive(Debug, Deserialize)]
struct JsonFeed<'a> {
    #[serde(borrow, default)]
    home_page_url: Cow<'a, str>,
    #[serde(borrow, default)]
    feed_url: Cow<'a, str>,
    #[serde(borrow, default)]
    next_url: Cow<'a, str>,
    #[serde(borrow, default)]
    items: Vec<JsonItem<'a>>,
}

#[derive(Debug, Deserialize)]
struct JsonItem<'a> {
    #[serde(default)]
    id: JsonId,
    #[serde(borrow, default)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    title: Cow<'a, str>,
    #[serde(borrow, default)]
    image: Cow<'a, str>,
    #[serde(borrow, default)]
    date_published: Cow<'a, str>,
}

/// The format wants a text, and readers to take a number for one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum JsonId {
    Text(String),
    Number(serde_json::Number),
}

impl Default for JsonId {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl fmt::Display for JsonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

fn read_json(text: &str) -> Contents {
    let feed: JsonFeed<'_> = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(error) => {
            let trouble = Some((error.to_string(), 0));
            return Contents { trouble, ..Contents::default() };
        }
    };
    let of_items = feed.items.iter().flat_map(|item| [&item.url, &item.image]);
    let all = [&feed.home_page_url, &feed.feed_url, &feed.next_url].into_iter().chain(of_items);
    let named = |address: &Cow<'_, str>| Named { address: address.to_string(), offset: 0 };
    let addresses = all.filter(|address| !address.is_empty()).map(named).collect();
    let entry = |item: &JsonItem<'_>| Entry {
        guid: item.id.to_string(),
        link: item.url.to_string(),
        title: item.title.to_string(),
        date: item.date_published.to_string(),
    };
    Contents { addresses, entries: feed.items.iter().map(entry).collect(), trouble: None }
}

/// Returns a name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, addresses: &[&str], entries: &[[&str; 4]], trouble: &str) {
        assert!(is_listing(text), "{text}");
        let found = read(text);
        let named: Vec<&str> = found.addresses.iter().map(|named| &*named.address).collect();
        assert_eq!(named, addresses, "{text}");
        let of = |entry: &Entry| {
            [entry.guid.clone(), entry.link.clone(), entry.title.clone(), entry.date.clone()]
        };
        assert_eq!(found.entries.iter().map(of).collect::<Vec<_>>(), entries, "{text}");
        let told = found.trouble.map(|(told, _)| told).unwrap_or_default();
        assert!(told.contains(trouble) && told.is_empty() == trouble.is_empty(), "{told}");
    }

    #[test]
    fn rss_feeds_are_read() {
        check(
            "<?xml version=\"1.0\"?>\n<!-- x --><rss xmlns:atom='a'><channel><title>T</title><link>https://a.example/</link>\
             <atom:link href='/feed/?a=1&amp;b=2' rel='self'/><item><title>One &amp; <![CDATA[two]]></title><link>/1/</link>\
             <guid isPermaLink=\"false\">https://a.example/?p=1</guid><pubDate>D</pubDate><enclosure url='/x.mp3'/>\
             <description><![CDATA[<a href='/no/'>]]></description></item></channel></rss>",
            &["https://a.example/", "/feed/?a=1&b=2", "/1/", "/x.mp3"],
            &[["https://a.example/?p=1", "/1/", "One & two", "D"]],
            "",
        );
        check("<rss><item><guid>/2/</guid></item></rss>", &[], &[["/2/", "/2/", "", ""]], "");
    }

    #[test]
    fn atom_and_json_feeds_are_read() {
        check(
            "<feed><link href='/' rel='alternate'/><link href='/r' rel='replies'/><entry><id>1</id>\
             <link href='/1/'/><title>One</title><updated>U</updated></entry></feed>",
            &["/", "/1/"],
            &[["1", "/1/", "One", "U"]],
            "",
        );
        check(
            r#"{"version":"https://jsonfeed.org/version/1.1","home_page_url":"/","items":[{"id":"1","url":"/1/","title":"One","image":"/i.png"}]}"#,
            &["/", "/1/", "/i.png"],
            &[["1", "/1/", "One", ""]],
            "",
        );
    }

    #[test]
    fn sitemaps_are_read() {
        check(
            "<urlset><url><loc> /1/ </loc><image:image><image:loc>/i.png</image:loc></image:image></url></urlset>",
            &["/1/", "/i.png"],
            &[],
            "",
        );
        check(
            "<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>",
            &["/s.xml"],
            &[],
            "",
        );
    }

    #[test]
    fn what_does_not_parse_is_told() {
        check("<rss><channel></rss>", &[], &[], "channel");
        check("<urlset><url><loc>/1/</loc>", &["/1/"], &[], "it ends in the middle");
        check(r#"{"version":"https://jsonfeed.org/version/1","items":[}"#, &[], &[], "line 1");
    }

    #[test]
    fn other_files_are_no_feeds() {
        for text in ["<?xml version='1.0'?><svg></svg>", "<html>", "{}", "", "<", "<!--", "rss"] {
            assert!(!is_listing(text), "{text}");
        }
    }
}
