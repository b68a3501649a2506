//! What stands in a page's head: the same facts for search engines, cards and feed readers.

use memchr::memchr2;
use serde::Serialize;

use crate::render::old_addresses;
use crate::render::shared::Shared;
use crate::render::views::{ArchiveView, ImageView, LinkView, PageView, PostView};
use crate::site::languages::direction_of;
use crate::site::urls::UrlPath;

/// Returns a page with what every page has.
pub fn page(shared: &Shared<'_>, kind: &'static str, path: &UrlPath) -> PageView {
    let language = shared.site.info.language.clone();
    PageView {
        kind,
        title: String::new(),
        description: String::new(),
        url: Some(shared.url(path)),
        href: shared.href(path),
        body_class: String::new(),
        direction: direction_of(&language),
        language,
        image: None,
        og_type: "website",
        json_ld_html: String::new(),
        styles_html: String::new(),
        feeds: Vec::new(),
        previous_href: None,
        next_href: None,
        is_noindex: false,
        has_blocks: false,
        old_addresses: (*path == UrlPath::root() || kind == "404")
            .then(|| old_addresses::view(shared, kind)),
    }
}

/// Returns a link to a feed.
pub fn feed_link(title: String, href: String) -> LinkView {
    LinkView { title_html: String::new(), title, href, language: None }
}

/// Returns JSON-LD for the home page.
pub fn website(shared: &Shared<'_>) -> String {
    let info = &shared.site.info;
    print(&Thing {
        context: CONTEXT,
        kind: "WebSite",
        name: Some(&info.title),
        description: Some(&info.description),
        url: Some(&shared.url(&UrlPath::root())),
        language: Some(&info.language),
        action: (shared.has_search()).then(|| search_action(shared)),
        ..Thing::default()
    })
}

fn search_action(shared: &Shared<'_>) -> Action {
    let page = shared.url(&UrlPath::from_segments(["search"]));
    Action {
        kind: "SearchAction",
        target: Target { kind: "EntryPoint", address: format!("{page}?q={{search_term_string}}") },
        input: "required name=search_term_string",
    }
}

/// Returns JSON-LD for a post.
pub fn article(shared: &Shared<'_>, post: &PostView, description: &str) -> String {
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
    print(&Thing {
        context: CONTEXT,
        kind: if is_page { "WebPage" } else { "Article" },
        headline: Some(&summary.label),
        description: Some(description).filter(|description| !description.is_empty()),
        main_page: Some(&summary.url),
        language: Some(&summary.language),
        published: summary.date.as_ref().map(|date| &*date.datetime),
        modified: post.modified.as_ref().map(|date| &*date.datetime),
        image: summary.image.as_ref().map(|image| Box::new(image_object(image))),
        author: author.map(Box::new),
        publisher: Some(Box::new(publisher)),
        ..Thing::default()
    })
}

/// Returns JSON-LD for a list of posts.
pub fn collection(shared: &Shared<'_>, archive: &ArchiveView, page: &PageView) -> String {
    let home = shared.url(&UrlPath::root());
    let site = Thing { kind: "WebSite", url: Some(&home), ..Thing::default() };
    print(&Thing {
        context: CONTEXT,
        kind: "CollectionPage",
        name: Some(&archive.title),
        url: page.url.as_deref(),
        language: Some(&page.language),
        part_of: Some(Box::new(site)),
        ..Thing::default()
    })
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
    #[serde(rename = "potentialAction", skip_serializing_if = "Option::is_none")]
    action: Option<Action>,
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
fn print(thing: &Thing<'_>) -> String {
    let json = serde_json::to_string(thing).expect("texts and numbers are JSON");
    if memchr2(b'<', b'>', json.as_bytes()).is_none() {
        return json;
    }
    json.replace('<', "\\u003c").replace("-->", "--\\u003e")
}
