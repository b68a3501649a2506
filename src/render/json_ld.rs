//! What a page says of itself to search engines, in the words of schema.org: JSON-LD.

use memchr::memchr2;
use serde::Serialize;

use crate::render::shared::Shared;
use crate::render::views::{ArchiveView, ImageView, PageView, PostView};
use crate::site::EntryId;
use crate::site::archives::ArchiveId;
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;

/// Returns JSON-LD for the home page.
pub fn website(shared: &Shared<'_>) -> String {
    let info = &shared.site.info;
    print(&[Thing {
        context: CONTEXT,
        kind: "WebSite",
        name: Some(&info.title),
        description: Some(&*info.description).filter(|description| !description.is_empty()),
        url: Some(&shared.url(&UrlPath::root())),
        language: Some(&info.language),
        action: (shared.has_search()).then(|| search_action(shared)),
        ..Thing::default()
    }])
}

fn search_action(shared: &Shared<'_>) -> Action {
    let page = shared.url(&OwnFile::Search.path());
    Action {
        kind: "SearchAction",
        target: Target { kind: "EntryPoint", address: format!("{page}?q={{search_term_string}}") },
        input: "required name=search_term_string",
    }
}

/// Returns JSON-LD for an entry.
pub fn article(shared: &Shared<'_>, id: EntryId, post: &PostView) -> String {
    let summary = &post.summary;
    let is_page = post.post_type == "page";
    let author = summary.author.as_ref().filter(|_| !is_page);
    let author_url =
        author.map(|author| format!("{}{}", shared.site.info.base.origin(), author.href));
    let author = author.map(|author| Thing {
        kind: "Person",
        name: Some(&author.name),
        url: author_url.as_deref(),
        ..Thing::default()
    });
    let publisher =
        Thing { kind: "Organization", name: Some(&shared.site.info.title), ..Thing::default() };
    let article = Thing {
        context: CONTEXT,
        kind: match (is_page, shared.front.is_newspaper) {
            (true, _) => "WebPage",
            (false, true) => "NewsArticle",
            (false, false) => "BlogPosting",
        },
        headline: Some(&summary.label),
        main_page: Some(&summary.url),
        language: Some(&summary.language),
        published: summary.date.as_ref().map(|date| &*date.datetime),
        modified: post.modified.as_ref().map(|date| &*date.datetime),
        image: summary.image.as_ref().map(|image| Box::new(image_object(image))),
        author: author.map(Box::new),
        publisher: Some(Box::new(publisher)),
        ..Thing::default()
    };
    let mut line = Line::new(shared);
    for above in shared.site.ancestors(id) {
        let entry = shared.site.entry(above);
        line.push(shared.link(above).title, shared.url(&entry.path));
    }
    if let Some(archive) = first_category(shared, id) {
        line.push_archives(shared, archive);
    }
    line.print_with(article, &summary.label)
}

/// A post with several categories is below the one that pages name first.
fn first_category(shared: &Shared<'_>, id: EntryId) -> Option<ArchiveId> {
    let site = shared.site;
    let mut terms = site.entry(id).terms.iter().filter_map(|id| site.terms.get(id));
    let category = terms.find(|term| &*term.taxonomy == "category")?;
    site.term_archives.get(&category.id).copied()
}

/// Returns JSON-LD for a page of an archive.
pub fn collection(
    shared: &Shared<'_>,
    id: ArchiveId,
    archive: &ArchiveView,
    page: &PageView,
) -> String {
    let home = shared.url(&UrlPath::root());
    let site = Thing { kind: "WebSite", url: Some(&home), ..Thing::default() };
    let collection = Thing {
        context: CONTEXT,
        kind: "CollectionPage",
        name: Some(&archive.title),
        url: page.url.as_deref(),
        language: Some(&page.language),
        part_of: Some(Box::new(site)),
        ..Thing::default()
    };
    let mut line = Line::new(shared);
    if let Some(parent) = shared.site.archive(id).parent {
        line.push_archives(shared, parent);
    }
    line.print_with(collection, &archive.title)
}

/// What is above a page, from the top: names and full addresses.
struct Line(Vec<(String, String)>);

impl Line {
    fn new(shared: &Shared<'_>) -> Self {
        let home = shared.words.words.get("home").cloned().unwrap_or_default();
        Self(vec![(home, shared.url(&shared.home()))])
    }

    fn push(&mut self, name: String, url: String) {
        self.0.push((name, url));
    }

    /// Adds an archive, and what is above it.
    fn push_archives(&mut self, shared: &Shared<'_>, last: ArchiveId) {
        let site = shared.site;
        let start = self.0.len();
        let above = std::iter::successors(Some(last), |&id| site.archive(id).parent);
        self.0
            .extend(above.map(|id| (shared.archive_title(id), shared.url(&site.archive(id).path))));
        self.0[start..].reverse();
    }

    /// Prints what a page is, and the line that it ends.
    fn print_with(&self, thing: Thing<'_>, name: &str) -> String {
        let above = self.0.iter().map(|(name, url)| (&**name, Some(&**url)));
        let items = (1..).zip(above.chain([(name, None)]));
        let items =
            items.map(|(position, (name, item))| Item { kind: "ListItem", position, name, item });
        let line = Thing {
            context: CONTEXT,
            kind: "BreadcrumbList",
            items: items.collect(),
            ..Thing::default()
        };
        print(&[thing, line])
    }
}

fn image_object(image: &ImageView) -> Thing<'_> {
    let size = |pixels: u32| (image.width > 0).then_some(pixels);
    Thing {
        kind: "ImageObject",
        url: Some(&image.url),
        width: size(image.width),
        height: size(image.height),
        ..Thing::default()
    }
}

/// The vocabulary that the names of [`Thing`] are from.
const CONTEXT: &str = "https://schema.org";

/// Something of schema.org, with what we say of such things.
#[derive(Default, Serialize)]
struct Thing<'a> {
    #[serde(rename = "@context", skip_serializing_if = "str::is_empty")]
    context: &'a str,
    #[serde(rename = "@type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "mainEntityOfPage", skip_serializing_if = "Option::is_none")]
    main_page: Option<&'a str>,
    #[serde(rename = "inLanguage", skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Box<Self>>,
    #[serde(rename = "isPartOf", skip_serializing_if = "Option::is_none")]
    part_of: Option<Box<Self>>,
    #[serde(rename = "itemListElement", skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item<'a>>,
    #[serde(rename = "potentialAction", skip_serializing_if = "Option::is_none")]
    action: Option<Action>,
}

/// A place in a line of pages, counted from 1. The page at hand needs no address.
#[derive(Serialize)]
struct Item<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
}

/// What can be done on a site.
#[derive(Serialize)]
struct Action {
    #[serde(rename = "@type")]
    kind: &'static str,
    target: Target,
    #[serde(rename = "query-input")]
    input: &'static str,
}

/// Where it is done.
#[derive(Serialize)]
struct Target {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "urlTemplate")]
    address: String,
}

/// Escapes `<` and `-->`, so that no text can end the script element around it.
fn print(things: &[Thing<'_>]) -> String {
    let json = match things {
        [thing] => serde_json::to_string(thing),
        things => serde_json::to_string(things),
    };
    let json = json.expect("texts and numbers are JSON");
    if memchr2(b'<', b'>', json.as_bytes()).is_none() {
        return json;
    }
    json.replace('<', "\\u003c").replace("-->", "--\\u003e")
}
