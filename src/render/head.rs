//! What stands in a page's head: the same facts for search engines, cards and feed readers.

use serde_json::{Value, json};

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
        has_tibetan: false,
    }
}

/// Returns a link to a feed.
pub fn feed_link(title: String, href: String) -> LinkView {
    LinkView { title_html: String::new(), title, href, language: None }
}

/// Returns JSON-LD for the home page.
pub fn website(shared: &Shared<'_>) -> String {
    let info = &shared.site.info;
    print(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": info.title,
        "description": info.description,
        "url": shared.url(&UrlPath::root()),
        "inLanguage": info.language,
    }))
}

/// Returns JSON-LD for a post.
pub fn article(shared: &Shared<'_>, post: &PostView, description: &str) -> String {
    let summary = &post.summary;
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": if post.post_type == "page" { "WebPage" } else { "Article" },
        "headline": summary.label,
        "inLanguage": summary.language,
        "mainEntityOfPage": summary.url,
        "publisher": { "@type": "Organization", "name": shared.site.info.title },
    });
    if !description.is_empty() {
        article["description"] = json!(description);
    }
    if let Some(date) = &summary.date {
        article["datePublished"] = json!(date.datetime);
    }
    if let Some(date) = &post.modified {
        article["dateModified"] = json!(date.datetime);
    }
    if let Some(image) = &summary.image {
        article["image"] = image_object(image);
    }
    if let (Some(author), true) = (&summary.author, post.post_type != "page") {
        let url = format!("{}{}", shared.site.info.base.origin(), author.href);
        article["author"] = json!({ "@type": "Person", "name": author.name, "url": url });
    }
    print(&article)
}

/// Returns JSON-LD for a list of posts.
pub fn collection(shared: &Shared<'_>, archive: &ArchiveView, page: &PageView) -> String {
    print(&json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": archive.title,
        "url": page.url,
        "inLanguage": page.language,
        "isPartOf": { "@type": "WebSite", "url": shared.url(&UrlPath::root()) },
    }))
}

fn image_object(image: &ImageView) -> Value {
    match image.width {
        0 => json!({ "@type": "ImageObject", "url": image.url }),
        _ => json!({
            "@type": "ImageObject",
            "url": image.url,
            "width": image.width,
            "height": image.height,
        }),
    }
}

/// Escapes `<`, so that no text can end the script element around it.
fn print(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace("-->", "--\\u003e")
}
