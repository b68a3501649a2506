//! Shows what a file of a built site says, without what the theme puts around it.

use std::borrow::Cow;

/// What a page shows unless told otherwise.
const PARTS: [&str; 3] = ["page-title", "entry-title", "entry-content"];

/// Returns whether `html` is the page of one post or page.
pub(crate) fn is_singular(html: &str) -> bool {
    article(html).is_some()
}

/// Returns where the article of a page begins: those of lists are no entry of their own.
fn article(html: &str) -> Option<usize> {
    let mut articles = html.match_indices("<article id=\"post-").map(|(start, _)| start);
    articles.find(|start| has_class(tag(&html[*start..]), "h-entry"))
}

/// Returns what the file at `path` says: of a page the elements of `classes`, of a feed its items.
pub(crate) fn extract(path: &str, text: &str, classes: &[&str]) -> String {
    let parts = match path {
        _ if text.contains("<rss") => feed(text),
        _ if path.ends_with(".html") && classes.is_empty() => page(text),
        _ if path.ends_with(".html") => elements(text, classes).map(str::to_owned).collect(),
        _ => vec![text.to_owned()],
    };
    let lines = parts.iter().flat_map(|part| part.lines()).map(str::trim_end);
    let lines = lines.filter(|line| !line.is_empty()).map(|line| format!("{line}\n"));
    format!("== {path}\n{}", lines.collect::<String>())
}

fn page(html: &str) -> Vec<String> {
    if let Some((_, rest)) = html.split_once("http-equiv=\"refresh\" content=\"") {
        let target = rest.split('"').next().unwrap_or_default();
        return vec![format!("redirect: {target}")];
    }
    let main = match article(html) {
        Some(start) => element(html, start),
        None => html,
    };
    elements(main, &PARTS).map(title_or_content).collect()
}

/// Titles are shown by their text and what they link to, for themes dress them differently.
fn title_or_content(element: &str) -> String {
    if has_class(tag(element), "entry-content") {
        return inner(element).trim().to_owned();
    }
    let text = without_tags(inner(element));
    let target = element.split_once("<a href=\"").and_then(|(_, rest)| rest.split('"').next());
    let language = attribute(tag(element), "lang").map(|it| format!(" [{it}]")).unwrap_or_default();
    match target {
        Some(target) => format!("- {} → {target}{language}", text.trim()),
        None => format!("# {}{language}", text.trim()),
    }
}

fn feed(xml: &str) -> Vec<String> {
    let between = |text: &str, start: &str, end: &str| {
        let rest = text.split_once(start)?.1;
        Some(rest.split_once(end)?.0.to_owned())
    };
    let items = xml.split("<item>").skip(1).map(|item| {
        let title = between(item, "<title>", "</title>").unwrap_or_default();
        let link = between(item, "<link>", "</link>").unwrap_or_default();
        let guid = between(item, "<guid", "</guid>").unwrap_or_default();
        let date = between(item, "<pubDate>", "</pubDate>").unwrap_or_default();
        let files = item.split("<enclosure ").skip(1).filter_map(|it| it.split_once("/>"));
        let files: String = files.map(|(file, _)| format!("\n  enclosure {file}")).collect();
        format!("- {title}\n  {link}\n  guid{guid}\n  {date}{files}")
    });
    items.collect()
}

/// Returns the outermost elements with one of `classes`.
fn elements<'a>(html: &'a str, classes: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = position + html[position..].find('<')?;
            let tag = tag(&html[start..]);
            position = start + 1;
            if classes.iter().any(|class| has_class(tag, class)) {
                let found = element(html, start);
                position = start + found.len();
                return Some(found);
            }
        }
    })
}

/// Returns the element whose tag stands at `start`.
fn element(html: &str, start: usize) -> &str {
    let html = &html[start..];
    let name: String = html[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut position) = (0, 0);
    while let Some(next) = html[position..].find(['<']).map(|found| position + found) {
        position = next + 1;
        if html[next..].starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return &html[..next + close.len()];
            }
        } else if html[next..].starts_with(&open) {
            let after = html[next + open.len()..].chars().next();
            depth += usize::from(!after.is_some_and(char::is_alphanumeric));
        }
    }
    html
}

fn inner(element: &str) -> &str {
    let end = element.rfind("</").unwrap_or(element.len());
    &element[tag(element).len()..end]
}

/// Returns the tag at the beginning of `html`.
fn tag(html: &str) -> &str {
    let end = html.find('>').map_or(html.len(), |end| end + 1);
    &html[..end]
}

fn has_class(tag: &str, class: &str) -> bool {
    attribute(tag, "class").is_some_and(|all| all.split_ascii_whitespace().any(|it| it == class))
}

/// Returns an attribute of a tag as our templates write it, in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next()
}

fn without_tags(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return Cow::Borrowed(html);
    }
    let texts = html.split('<').enumerate().map(|(number, piece)| match number {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    Cow::Owned(texts.collect())
}
