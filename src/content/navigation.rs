//! The links of a block menu (`wp_navigation`).

use crate::content::blocks::{self, Block, Node};
use crate::content::html::entities::{Place, decode};
use crate::content::html::tag::attributes;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::text;
use crate::model::{Body, BodyFormat, PostId};

/// An entry of a block menu.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NavigationItem {
    /// 0 for the first level.
    pub depth: usize,
    /// What it shows.
    pub kind: NavigationKind,
}

/// What an entry of a block menu shows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NavigationKind {
    /// A link: its address as written, and its words as plain text.
    Link {
        /// Empty for an entry that only opens the level below it.
        address: String,
        /// Plain text.
        title: String,
    },
    /// All pages, as the site has them.
    PageList,
}

/// A menu that a part of a theme shows, such as its header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Shown {
    /// A block menu of the site, by its number.
    Menu(PostId),
    /// Entries that stand in the part itself.
    Entries(Vec<NavigationItem>),
    /// Whatever menus a pattern shows, by its name.
    Pattern(String),
}

/// Returns the menus that raw blocks show, in order. A menu block that names no menu and holds no entries
/// tells nothing: WordPress shows some menu there.
pub fn shown(markup: &str) -> Vec<Shown> {
    let mut found = Vec::new();
    let mut end = 0;
    let nodes = blocks::parse(markup).nodes;
    for (index, node) in nodes.iter().enumerate() {
        let Node::Block(block) = node else { continue };
        match &*block.name {
            "core/navigation" if index >= end => {
                end = block.end;
                let number = block.attributes().get("ref").and_then(serde_json::Value::as_u64);
                let entries = || entries(&nodes[index + 1..block.end], index + 1);
                found.push(number.map_or_else(
                    || Shown::Entries(entries()),
                    |number| Shown::Menu(PostId(number)),
                ));
            }
            "core/pattern" => {
                let attributes = block.attributes();
                let name = attributes.get("slug").and_then(serde_json::Value::as_str);
                found.extend(name.map(|name| Shown::Pattern(name.to_owned())));
            }
            _ => {}
        }
    }
    found.retain(|it| !matches!(it, Shown::Entries(entries) if entries.is_empty()));
    found
}

/// Returns the entries of a block menu, in order.
pub fn navigation(body: &Body) -> Vec<NavigationItem> {
    match body.format {
        BodyFormat::Blocks => of_blocks(&body.text),
        _ => of_html(&body.text),
    }
}

fn of_blocks(markup: &str) -> Vec<NavigationItem> {
    entries(&blocks::parse(markup).nodes, 0)
}

/// Returns the entries among `nodes`, of which the first has the index `first` in its document.
fn entries(nodes: &[Node<'_>], first: usize) -> Vec<NavigationItem> {
    let mut items = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for (index, node) in (first..).zip(nodes) {
        while ends.last().is_some_and(|end| *end <= index) {
            ends.pop();
        }
        let Node::Block(block) = node else { continue };
        let depth = ends.len();
        match &*block.name {
            "core/navigation-link" => items.push(NavigationItem { depth, kind: link(block) }),
            "core/navigation-submenu" => {
                items.push(NavigationItem { depth, kind: link(block) });
                ends.push(block.end);
            }
            "core/home-link" => {
                let NavigationKind::Link { title, .. } = link(block) else { continue };
                let kind = NavigationKind::Link { address: "/".to_owned(), title };
                items.push(NavigationItem { depth, kind });
            }
            "core/page-list" => {
                items.push(NavigationItem { depth, kind: NavigationKind::PageList });
            }
            _ => {}
        }
    }
    items
}

fn link(block: &Block<'_>) -> NavigationKind {
    let attributes = block.attributes();
    let text = |name: &str| attributes.get(name).and_then(|value| value.as_str()).unwrap_or("");
    NavigationKind::Link { address: text("url").to_owned(), title: text::plain_text(text("label")) }
}

fn of_html(html: &str) -> Vec<NavigationItem> {
    let mut items: Vec<NavigationItem> = Vec::new();
    let mut lists: usize = 0;
    let mut open: Option<(String, usize)> = None;
    for token in tokenize(html) {
        match token.kind {
            Kind::Start(tag) if matches!(tag.name, "ul" | "ol") => lists += 1,
            Kind::End("ul" | "ol") => lists = lists.saturating_sub(1),
            Kind::Start(tag) if tag.name == "a" => {
                let href =
                    attributes(tag.attributes).find(|it| it.name.eq_ignore_ascii_case("href"));
                let address = href.and_then(|it| it.value).unwrap_or("");
                open = Some((decode(address, Place::Attribute).into_owned(), token.end));
            }
            Kind::End("a") => {
                let Some((address, start)) = open.take() else { continue };
                let title = text::plain_text(&html[start..token.start]);
                let kind = NavigationKind::Link { address, title };
                items.push(NavigationItem { depth: lists, kind });
            }
            _ => {}
        }
    }
    // A menu that stands in no list of its own has its first level where others have none.
    let highest = items.iter().map(|item| item.depth).min().unwrap_or(0);
    for item in &mut items {
        item.depth -= highest;
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: BodyFormat, text: &str, expected: &[(usize, &str, &str)]) {
        let items = navigation(&Body::new(format, text.to_owned()));
        let actual: Vec<(usize, &str, &str)> = items
            .iter()
            .map(|item| match &item.kind {
                NavigationKind::Link { address, title } => (item.depth, &**address, &**title),
                NavigationKind::PageList => (item.depth, "", "(pages)"),
            })
            .collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn a_header_shows_menus_of_its_own_of_the_site_and_of_patterns() {
        let markup = r#"<!-- wp:group --><!-- wp:navigation {"ref":7} /-->
            <!-- wp:navigation {"overlayMenu":"never"} /-->
            <!-- wp:navigation --><!-- wp:navigation-submenu {"label":"A","url":"/a/"} -->
            <!-- wp:navigation-link {"label":"B","url":"/b/"} /--><!-- /wp:navigation-submenu -->
            <!-- /wp:navigation --><!-- /wp:group --><!-- wp:pattern {"slug":"acme/end"} /-->"#;
        let link = |depth: usize, address: &str, title: &str| {
            let (address, title) = (address.to_owned(), title.to_owned());
            NavigationItem { depth, kind: NavigationKind::Link { address, title } }
        };
        let entries = vec![link(0, "/a/", "A"), link(1, "/b/", "B")];
        let pattern = Shown::Pattern("acme/end".to_owned());
        assert_eq!(shown(markup), [Shown::Menu(PostId(7)), Shown::Entries(entries), pattern]);
    }

    #[test]
    fn entries_of_blocks_are_nested() {
        let markup = r#"<!-- wp:home-link {"label":"Home"} /-->
            <!-- wp:navigation-submenu {"label":"News","url":"/?cat=1"} -->
            <!-- wp:navigation-link {"label":"Local &amp; far","url":"/?cat=2"} /-->
            <!-- /wp:navigation-submenu --><!-- wp:page-list /-->"#;
        check(
            BodyFormat::Blocks,
            markup,
            &[
                (0, "/", "Home"),
                (0, "/?cat=1", "News"),
                (1, "/?cat=2", "Local & far"),
                (0, "", "(pages)"),
            ],
        );
    }

    #[test]
    fn entries_of_rendered_menus_are_nested_like_their_lists() {
        let html = r#"<ul><li><a href="/?cat=1&amp;x=2"><span>News</span></a>
            <ul><li><a href="/a/">A</a></li></ul></li><li><a href="/b/">B</a></li></ul>"#;
        check(
            BodyFormat::Rendered,
            html,
            &[(0, "/?cat=1&x=2", "News"), (1, "/a/", "A"), (0, "/b/", "B")],
        );
    }

    #[test]
    fn the_first_level_needs_no_list_around_it() {
        let html = r#"<li><a href="/a/">A</a><ul><li><a href="/b/">B</a></li></ul></li>"#;
        check(BodyFormat::Rendered, html, &[(0, "/a/", "A"), (1, "/b/", "B")]);
    }

    #[test]
    fn bare_links_are_a_menu_too() {
        check(BodyFormat::Rendered, r#"<a href="/a/">A</a>"#, &[(0, "/a/", "A")]);
    }
}
