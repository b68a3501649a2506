//! The links of a block menu (`wp_navigation`).

use crate::content::blocks::{self, Block, Node};
use crate::content::html::entities::{Place, decode};
use crate::content::html::tag::attributes;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::text;
use crate::model::{Body, BodyFormat};

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

/// Returns the entries of a block menu, in order.
pub fn navigation(body: &Body) -> Vec<NavigationItem> {
    match body.format {
        BodyFormat::Blocks => of_blocks(&body.text),
        _ => of_html(&body.text),
    }
}

fn of_blocks(markup: &str) -> Vec<NavigationItem> {
    let mut items = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for (index, node) in blocks::parse(markup).nodes.iter().enumerate() {
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
