//! Menus.

use std::fmt::Write;
use std::rc::Rc;

use crate::content::block_html::dynamic::menu_colors::MenuColors;
use crate::content::block_html::dynamic::page_list;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::blocks::{self, Node};
use crate::content::html::entities::push_attribute;
use crate::content::text::plain_text;
use crate::ledger::Why;
use crate::model::PostId;

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    match name {
        "navigation" => navigation(renderer, place, scope),
        "navigation-link" => link(renderer, place, scope),
        "navigation-submenu" => submenu(renderer, place, scope),
        "home-link" => home(renderer, &place.attributes(), scope),
        "page-list" => page_list::print(renderer, &place.attributes(), scope),
        "page-list-item" | "navigation-overlay-close" => {}
        _ => return false,
    }
    true
}

/// The menu itself, without the button that opens it over the page on phones by a script.
fn navigation(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let attributes = place.attributes();
    let surroundings = renderer.context.surroundings;
    let id = attributes.id(&["ref"]).map(PostId);
    let has_own = !place.is_empty();
    let saved = if has_own { None } else { surroundings.navigation(id) };
    let is_hidden = |id: &PostId| !has_own && surroundings.is_block_hidden(*id);
    if let Some(id) = id.filter(is_hidden) {
        let message = format!("the menu {} is not public; it is left out", id.0);
        let help = "nothing: WordPress did not show it, either; or publish the menu";
        renderer.fates.warn("dynamic-block", ("hidden menu", Why::Hidden), message, help);
        return;
    }
    if !has_own && saved.is_none() {
        let message = "the export does not have the menu that a block shows".to_owned();
        let help = "save `navigation`, too: it is among the answers of the REST API";
        renderer.fates.fail("dynamic-block", ("navigation", Why::NotInExport), message, help);
        return;
    }
    if id.is_some_and(|id| scope.holders.contains(&id)) {
        return;
    }
    let name = attributes.text(&["ariaLabel"]).or(saved.map(|(name, _)| name));
    let name = name.map(plain_text).filter(|name| !name.is_empty());
    let colors = MenuColors::of(&attributes);
    let list = Classes { names: classes(&attributes), attributes: &attributes };
    let mut wrapper = list.add_to(Wrapper::new("nav", "navigation").with(&colors.own));
    if let Some(name) = &name {
        wrapper = wrapper.attribute("aria-label", name);
    }
    wrapper.open(renderer, &attributes);
    let mut holders = scope.holders.to_vec();
    holders.extend(id);
    let menu = Some(Rc::new(colors));
    let inner = Scope { holders: holders.into(), menu, ..scope.clone() };
    match saved {
        Some((_, body)) => {
            let document = blocks::parse(&body.text);
            let all = 0..document.nodes.len();
            renderer.fates.enter();
            items(renderer, (&document, all), &inner, &list);
            renderer.fates.leave();
        }
        None => items(renderer, (place.document, place.inner()), &inner, &list),
    }
    renderer.html.push_str("</nav>");
}

/// Returns the classes that tell the theme how a menu is laid out.
fn classes(attributes: &Attributes) -> Vec<String> {
    let mut classes = Vec::new();
    if attributes.text(&["overlayMenu"]) != Some("never") {
        classes.push("is-responsive".to_owned());
    }
    if let Some(justify) = attributes.text(&["layout", "justifyContent"]) {
        classes.push(format!("items-justified-{justify}"));
    }
    match attributes.text(&["layout", "orientation"]) {
        Some("vertical") => classes.push("is-vertical".to_owned()),
        Some("horizontal") => classes.push("is-horizontal".to_owned()),
        _ => {}
    }
    if attributes.text(&["layout", "flexWrap"]) == Some("nowrap") {
        classes.push("no-wrap".to_owned());
    }
    if let Some(line) = attributes.text(&["style", "typography", "textDecoration"]) {
        classes.push(format!("has-text-decoration-{line}"));
    }
    classes
}

/// What the lists of a menu have in common with the menu.
struct Classes<'c> {
    names: Vec<String>,
    attributes: &'c Attributes,
}

impl Classes<'_> {
    fn add_to<'w>(&self, wrapper: Wrapper<'w>) -> Wrapper<'w> {
        self.names.iter().fold(wrapper, |wrapper, name| wrapper.class(name.as_str()))
    }
}

/// Prints the blocks of a menu: those that are entries in lists, others between them.
fn items(
    renderer: &mut Renderer<'_>,
    (document, range): (&blocks::Document<'_>, std::ops::Range<usize>),
    scope: &Scope,
    list: &Classes<'_>,
) {
    let mut is_open = false;
    let mut index = range.start;
    while index < range.end {
        let Node::Block(block) = &document.nodes[index] else {
            index += 1;
            continue;
        };
        let is_entry = matches!(
            &*block.name,
            "core/navigation-link"
                | "core/navigation-submenu"
                | "core/home-link"
                | "core/page-list"
                | "core/site-title"
                | "core/site-logo"
        );
        if is_entry && !is_open {
            let wrapper = Wrapper::new("ul", "navigation").within();
            let mut wrapper = list.add_to(wrapper.class("wp-block-navigation__container"));
            if let Some(menu) = &scope.menu {
                wrapper = wrapper.with(&menu.own);
            }
            wrapper.open(renderer, list.attributes);
        } else if !is_entry && is_open {
            renderer.html.push_str("</ul>");
        }
        is_open = is_entry;
        let is_bare = is_entry && matches!(&*block.name, "core/site-title" | "core/site-logo");
        renderer.html.push_str(if is_bare {
            "<li class=\"wp-block-navigation-item\">"
        } else {
            ""
        });
        renderer.nodes(document, index..block.end, scope);
        renderer.html.push_str(if is_bare { "</li>" } else { "" });
        index = block.end;
    }
    renderer.html.push_str(if is_open { "</ul>" } else { "" });
}

fn link(renderer: &mut Renderer<'_>, place: &Place<'_>, _: &Scope) {
    let attributes = place.attributes();
    let Some(label) = attributes.text(&["label"]) else { return };
    if leads_to_hidden(renderer, &attributes) {
        return;
    }
    open_entry(renderer, &attributes, label, entry("navigation-link"));
    renderer.html.push_str("</li>");
}

fn submenu(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let attributes = place.attributes();
    let Some(label) = attributes.text(&["label"]) else { return };
    if leads_to_hidden(renderer, &attributes) {
        return;
    }
    let has_inner =
        place.document.nodes[place.inner()].iter().any(|it| matches!(it, Node::Block(_)));
    let wrapper = entry("navigation-submenu");
    let wrapper = if has_inner { wrapper.class("has-child") } else { wrapper };
    open_entry(renderer, &attributes, label, wrapper);
    if has_inner {
        let mut wrapper = Wrapper::new("ul", "navigation-submenu").within();
        wrapper = wrapper.class("wp-block-navigation__submenu-container");
        if let Some(menu) = &scope.menu {
            wrapper = wrapper.with(&menu.overlay);
        }
        wrapper.open(renderer, &attributes);
        let scope = &Scope { is_in_submenu: true, ..scope.clone() };
        let mut index = place.inner().start;
        while index < place.block.end {
            match &place.document.nodes[index] {
                Node::Block(block) => {
                    renderer.nodes(place.document, index..block.end, scope);
                    index = block.end;
                }
                Node::Html(_) => index += 1,
            }
        }
        renderer.html.push_str("</ul>");
    }
    renderer.html.push_str("</li>");
}

/// Returns whether an entry is of a post that nobody sees, and tells that it is left out. WordPress
/// shows neither it nor what is below it, and its label may be a draft's title.
fn leads_to_hidden(renderer: &mut Renderer<'_>, attributes: &Attributes) -> bool {
    let is_post = attributes.text(&["kind"]) == Some("post-type")
        || matches!(attributes.text(&["type"]), Some("post" | "page"));
    let id = attributes.id(&["id"]).filter(|_| is_post).map(PostId);
    let Some(id) = id.filter(|id| renderer.context.surroundings.post(*id).is_none()) else {
        return false;
    };
    let message = format!(
        "an entry of a menu leads to post {}, which is not public, or not in the export; it is left out",
        id.0
    );
    let help =
        "nothing, if it was not public: WordPress did not show it, either; else save that post";
    renderer.fates.warn("dynamic-block", ("entry of a hidden post", Why::Hidden), message, help);
    true
}

fn entry(name: &str) -> Wrapper<'_> {
    Wrapper::new("li", name).class("wp-block-navigation-item")
}

fn open_entry(
    renderer: &mut Renderer<'_>,
    attributes: &Attributes,
    label: &str,
    wrapper: Wrapper<'_>,
) {
    wrapper.open(renderer, attributes);
    let html = &mut renderer.html;
    html.push_str("<a class=\"wp-block-navigation-item__content\"");
    if let Some(url) = attributes.text(&["url"]) {
        html.push_str(" href=\"");
        push_attribute(html, url);
        html.push('"');
    }
    html.push_str(if attributes.is_on(&["opensInNewTab"]) { " target=\"_blank\"" } else { "" });
    html.push_str(&attribute("rel", attributes.text(&["rel"])));
    html.push_str(&attribute("title", attributes.text(&["title"])));
    let _ = write!(html, "><span class=\"wp-block-navigation-item__label\">{label}</span>");
    if let Some(description) = attributes.text(&["description"]) {
        let _ = write!(
            html,
            "<span class=\"wp-block-navigation-item__description\">{description}</span>"
        );
    }
    html.push_str("</a>");
}

fn home(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let surroundings = renderer.context.surroundings;
    let default = word(surroundings, "home");
    let home = surroundings.site().home;
    let mut wrapper = Wrapper::new("li", "home-link").class("wp-block-navigation-item");
    if let Some(menu) = scope.menu.as_ref().filter(|_| !scope.is_in_submenu) {
        wrapper = wrapper.with(&menu.home);
    }
    wrapper.open(renderer, attributes);
    let html = &mut renderer.html;
    html.push_str(
        "<a class=\"wp-block-home-link__content wp-block-navigation-item__content\" href=\"",
    );
    push_attribute(html, home);
    let opens_anew = attributes.is_on(&["opensInNewTab"]);
    html.push_str(if opens_anew {
        "\" rel=\"home\" target=\"_blank\">"
    } else {
        "\" rel=\"home\">"
    });
    push_attribute(html, attributes.text(&["label"]).unwrap_or(&default));
    html.push_str("</a></li>");
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    /// Checks the opening tags of a menu that is never a button.
    #[track_caller]
    fn check(json: &str, entry: &str, expected: &[&str]) {
        let markup = format!(
            "<!-- wp:navigation {{\"overlayMenu\":\"never\"{json}}} -->{entry}<!-- /wp:navigation -->"
        );
        let content = normalize_as(BodyFormat::Blocks, &markup);
        let html = content.pages[0].as_str();
        for tag in expected {
            assert!(html.contains(tag), "{tag} is not in {html}");
        }
    }

    const LINK: &str = r#"<!-- wp:navigation-link {"label":"A","url":"/a/","textColor":"b"} /-->"#;

    #[test]
    fn lists_and_some_entries_have_the_colors_of_their_menu() {
        check(
            r#","textColor":"a""#,
            LINK,
            &[
                "<nav class=\"has-text-color has-a-color wp-block-navigation is-layout-flex",
                "<ul class=\"wp-block-navigation__container has-text-color has-a-color wp-block-navigation\">",
                "<li class=\"wp-block-navigation-item wp-block-navigation-link\">",
            ],
        );
        let home = r#"<!-- wp:home-link {"label":"H"} /-->"#;
        check(
            r##","style":{"color":{"text":"#111"}}"##,
            home,
            &[
                "<nav class=\"wp-block-navigation is-layout-flex",
                "<li style=\"color:#111\" class=\"wp-block-navigation-item has-text-color wp-block-home-link\">",
            ],
        );
        let submenu = format!(
            r#"<!-- wp:navigation-submenu {{"label":"S","url":"/s/"}} -->{LINK}<!-- /wp:navigation-submenu -->"#
        );
        check(
            r#","overlayTextColor":"o""#,
            &submenu,
            &[
                "<ul class=\"wp-block-navigation__submenu-container has-text-color has-o-color wp-block-navigation-submenu\">",
            ],
        );
    }

    #[test]
    fn a_menu_says_how_its_text_is_set_in_classes() {
        check(
            r#","style":{"typography":{"textDecoration":"underline"}},"layout":{"type":"flex","flexWrap":"nowrap"}"#,
            LINK,
            &[
                "<ul class=\"wp-block-navigation__container no-wrap has-text-decoration-underline wp-block-navigation\">",
            ],
        );
    }

    #[test]
    fn an_entry_may_be_hidden_on_some_screens() {
        let link = r#"<!-- wp:navigation-link {"label":"A","url":"/a/","metadata":{"blockVisibility":{"viewport":{"mobile":false}}}} /-->"#;
        check("", link, &["wp-block-navigation-link wp-block-hidden-mobile\">"]);
    }
}
