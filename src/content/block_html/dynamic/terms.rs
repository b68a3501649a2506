//! Lists of categories, tags and other terms.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::term_address;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link, push_name};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_text;
use crate::content::surroundings::Surroundings;
use crate::content::surroundings::facts::TermFacts;
use crate::model::TermId;

/// No list holds more.
const MOST: usize = 10_000;

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    match name {
        "categories" => list(renderer, &place.attributes()),
        "tag-cloud" => cloud(renderer, &place.attributes()),
        "term-template" => template(renderer, place, scope),
        "term-name" => term_name(renderer, &place.attributes(), scope),
        "term-count" => {
            if let Some(term) = term_of(renderer.context.surroundings, scope) {
                count(renderer, &place.attributes(), &term);
            }
        }
        "term-description" => {
            let term = term_of(renderer.context.surroundings, scope);
            if let Some(term) = term.filter(|term| !term.description.is_empty()) {
                Wrapper::new("div", "term-description").open(renderer, &place.attributes());
                let _ = write!(renderer.html, "<p>{}</p></div>", term.description.trim());
            }
        }
        _ => return false,
    }
    true
}

fn term_of<'s>(surroundings: &'s dyn Surroundings, scope: &Scope) -> Option<TermFacts<'s>> {
    scope.term.and_then(|id| surroundings.term(id))
}

/// Returns the terms of a taxonomy by name.
fn by_name<'s>(surroundings: &'s dyn Surroundings, taxonomy: &str) -> Vec<TermFacts<'s>> {
    let ids = surroundings.terms(taxonomy).into_iter().take(MOST);
    let mut terms: Vec<_> = ids.filter_map(|id| surroundings.term(id)).collect();
    terms.sort_by_cached_key(|term| term.name.to_lowercase());
    terms
}

/// The terms of a list, by the term above them.
struct Tree<'t> {
    terms: Vec<TermFacts<'t>>,
    shape: Shape,
    counts: Counts,
}

/// Which numbers of posts stand behind terms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Counts {
    None,
    Own,
    /// With those of the terms that stand below.
    WithBelow,
}

/// How terms are listed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Shape {
    List,
    /// As a menu to choose from: WordPress sets the quotes in its names.
    Menu,
}

impl Tree<'_> {
    fn push(&self, html: &mut String, above: Option<TermId>, depth: usize) {
        for term in self.terms.iter().filter(|term| term.parent == above) {
            self.open(html, term);
            let has_below = self.terms.iter().any(|other| other.parent == Some(term.id));
            if has_below && depth < 10 {
                html.push_str("<ul class=\"children\">\n");
                self.push(html, Some(term.id), depth + 1);
                html.push_str("</ul>\n");
            }
            html.push_str("</li>\n");
        }
    }

    fn flat(&self, html: &mut String) {
        for term in &self.terms {
            self.open(html, term);
            html.push_str("</li>\n");
        }
    }

    fn open(&self, html: &mut String, term: &TermFacts<'_>) {
        let _ = write!(html, "<li class=\"cat-item cat-item-{}\">", term.id.0);
        push_link(html, &term_address(term), "");
        let space = match self.shape {
            Shape::List => {
                push_name(html, term.name);
                " "
            }
            Shape::Menu => {
                push_text(html, term.name);
                "&nbsp;&nbsp;"
            }
        };
        html.push_str("</a>");
        let count = match self.counts {
            Counts::None => None,
            Counts::Own => Some(term.count),
            Counts::WithBelow => Some(term.count_below),
        };
        if let Some(count) = count {
            let _ = write!(html, "{space}({count})");
        }
        html.push('\n');
    }
}

fn list(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let taxonomy = attributes.text(&["taxonomy"]).unwrap_or("category");
    let mut terms = by_name(surroundings, taxonomy);
    if !attributes.is_on(&["showEmpty"]) {
        keep_filled(&mut terms);
    }
    let is_top_alone = attributes.is_on(&["showOnlyTopLevel"]);
    if is_top_alone {
        terms.retain(|term| term.parent.is_none());
    }
    let is_tree = attributes.is_on(&["showHierarchy"]);
    let counts = match attributes.is_on(&["showPostCounts"]) {
        true if is_tree && !is_top_alone => Counts::WithBelow,
        true => Counts::Own,
        false => Counts::None,
    };
    let is_menu = attributes.is_on(&["displayAsDropdown"]);
    let shape = if is_menu { Shape::Menu } else { Shape::List };
    let tree = Tree { terms, shape, counts };
    let mut items = String::new();
    match is_tree {
        true => tree.push(&mut items, None, 1),
        false => tree.flat(&mut items),
    }
    if items.is_empty() {
        let none = word(surroundings, "no_categories");
        let _ = writeln!(items, "<li class=\"cat-item-none\">{none}</li>");
    }
    let (tag, kind) = if is_menu { ("div", "dropdown") } else { ("ul", "list") };
    Wrapper::new(tag, "categories")
        .class(format!("wp-block-categories-{kind}"))
        .class(format!("wp-block-categories-taxonomy-{taxonomy}"))
        .open(renderer, attributes);
    let html = &mut renderer.html;
    if is_menu {
        let default = surroundings.taxonomy_label(taxonomy).map(str::to_owned);
        let default = default.unwrap_or_else(|| word(surroundings, "categories"));
        let label = attributes.text(&["label"]).unwrap_or(&default);
        let key = if taxonomy == "post_tag" { "select_tag" } else { "select_category" };
        let choose = word(surroundings, key);
        let label = menu_label("categories", label, attributes);
        push_menu(html, &label, &choose, &items);
        html.push_str("</div>");
    } else {
        html.push_str(&items);
        html.push_str("</ul>");
    }
}

/// A list that opens on a click: a menu that leads somewhere by a script would lead nowhere here.
pub fn push_menu(html: &mut String, label: &str, choose: &str, items: &str) {
    let _ = write!(html, "{label}<details><summary>{choose}</summary><ul>{items}</ul></details>");
}

/// Returns the name of a menu as HTML, which may be for those alone who do not see the page.
pub fn menu_label(block: &str, label: &str, attributes: &Attributes) -> String {
    let is_shown = attributes.is_not_off(&["showLabel"]);
    let hidden = if is_shown { "" } else { " screen-reader-text" };
    format!("<span class=\"wp-block-{block}__label{hidden}\">{label}</span>")
}

/// Keeps terms that have posts, and those above them.
fn keep_filled(terms: &mut Vec<TermFacts<'_>>) {
    let mut kept: std::collections::HashSet<TermId> =
        terms.iter().filter(|term| term.count > 0).map(|term| term.id).collect();
    let parents: std::collections::HashMap<TermId, Option<TermId>> =
        terms.iter().map(|term| (term.id, term.parent)).collect();
    for term in terms.iter().filter(|term| term.count > 0) {
        let mut above = term.parent;
        while let Some(id) = above {
            if !kept.insert(id) {
                break;
            }
            above = parents.get(&id).copied().flatten();
        }
    }
    terms.retain(|term| kept.contains(&term.id));
}

fn cloud(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let taxonomy = attributes.text(&["taxonomy"]).unwrap_or("post_tag");
    let mut terms = by_name(surroundings, taxonomy);
    terms.retain(|term| term.count > 0);
    // Of terms with as many posts, the newest.
    terms.sort_by_key(|term| std::cmp::Reverse((term.count, term.id)));
    terms.truncate(attributes.count(&["numberOfTags"]).unwrap_or(45).max(1));
    terms.sort_by_cached_key(|term| term.name.to_lowercase());
    if terms.is_empty() {
        return;
    }
    let size = |name, default| {
        let written = attributes.text(&[name]).unwrap_or(default);
        let at =
            written.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(written.len());
        (written[..at].parse::<f64>().unwrap_or(8.0), written[at..].to_owned())
    };
    let ((smallest, unit), (largest, _)) =
        (size("smallestFontSize", "8pt"), size("largestFontSize", "22pt"));
    // Twice as many posts are not twice as much to a reader.
    let weight = |term: &TermFacts<'_>| ((term.count as f64 + 1.0).log10() * 100.0).round();
    let least = terms.iter().map(weight).fold(f64::INFINITY, f64::min);
    let most = terms.iter().map(weight).fold(0.0, f64::max);
    let spread = (most - least).max(1.0);
    let range = if largest > smallest { largest - smallest } else { 1.0 };
    let step = range / spread;
    Wrapper::new("p", "tag-cloud").open(renderer, attributes);
    let html = &mut renderer.html;
    for (index, term) in terms.iter().enumerate() {
        html.push_str(if index == 0 { "" } else { "\n" });
        let key = if term.count == 1 { "item_one" } else { "item_many" };
        let count = word(surroundings, key).replace("{n}", &term.count.to_string());
        let size = smallest + (weight(term) - least) * step;
        let class =
            format!("tag-cloud-link tag-link-{} tag-link-position-{}", term.id.0, index + 1);
        let more = attribute("class", Some(&class))
            + &attribute("style", Some(&format!("font-size: {}{unit};", significant(size))))
            + &attribute("aria-label", Some(&format!("{} {count}", term.name)));
        push_link(html, &term_address(term), &more);
        push_name(html, term.name);
        if attributes.is_on(&["showTagCounts"]) {
            let _ = write!(html, "<span class=\"tag-link-count\"> ({})</span>", term.count);
        }
        html.push_str("</a>");
    }
    html.push_str("</p>");
}

/// Writes a number with 14 digits that count, as PHP does.
fn significant(number: f64) -> String {
    let whole = (number.abs().log10().floor() as i32 + 1).max(1);
    let places = usize::try_from(14 - whole).unwrap_or(0);
    let written = format!("{number:.places$}");
    match written.contains('.') {
        true => written.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => written,
    }
}

fn template(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let Some(query) = &scope.terms else { return };
    let surroundings = renderer.context.surroundings;
    let at = |name| query.text(&["termQuery", name]);
    let mut terms = by_name(surroundings, at("taxonomy").unwrap_or("category"));
    if query.is_not_off(&["termQuery", "hideEmpty"]) {
        keep_filled(&mut terms);
        terms.retain(|term| term.count > 0);
    }
    let (include, exclude) =
        (query.ids(&["termQuery", "include"]), query.ids(&["termQuery", "exclude"]));
    terms.retain(|term| include.is_empty() || include.contains(&term.id.0));
    terms.retain(|term| !exclude.contains(&term.id.0));
    if scope.term.is_some() {
        terms.retain(|term| term.parent == scope.term);
    } else if !query.is_on(&["termQuery", "showNested"]) && include.is_empty() {
        terms.retain(|term| term.parent.is_none());
    }
    let is_down = at("order") == Some("desc");
    match at("orderBy") {
        Some("count") if is_down => terms.sort_by_key(|term| std::cmp::Reverse(term.count)),
        Some("count") => terms.sort_by_key(|term| term.count),
        Some("id") => terms.sort_by_key(|term| term.id),
        Some("slug") => terms.sort_by_cached_key(|term| term.slug.to_owned()),
        _ => {}
    }
    if is_down && at("orderBy") != Some("count") {
        terms.reverse();
    }
    terms
        .truncate(query.count(&["termQuery", "perPage"]).filter(|count| *count > 0).unwrap_or(100));
    if terms.is_empty() {
        return;
    }
    let ids: Vec<TermId> = terms.iter().map(|term| term.id).collect();
    Wrapper::new("ul", "term-template").open(renderer, &place.attributes());
    for id in ids {
        if !renderer.may_repeat(place) {
            break;
        }
        let taxonomy = at("taxonomy").unwrap_or("category");
        let classes = format!("wp-block-term term-{} {taxonomy} taxonomy-{taxonomy}", id.0);
        let _ = write!(renderer.html, "<li{}>", attribute("class", Some(&classes)));
        let inner = Scope { term: Some(id), ..scope.clone() };
        renderer.nodes(place.document, place.inner(), &inner);
        renderer.html.push_str("</li>");
    }
    renderer.html.push_str("</ul>");
}

fn term_name(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let Some(term) = term_of(renderer.context.surroundings, scope) else { return };
    let level = attributes.count(&["level"]).unwrap_or(0).min(6);
    let tag = if level == 0 { "p".to_owned() } else { format!("h{level}") };
    Wrapper::new(&tag, "term-name").open(renderer, attributes);
    let html = &mut renderer.html;
    let is_link = attributes.is_on(&["isLink"]);
    if is_link {
        push_link(
            html,
            &term_address(&term),
            &attribute("target", attributes.text(&["linkTarget"])),
        );
    }
    push_text(html, term.name);
    html.push_str(if is_link { "</a>" } else { "" });
    let _ = write!(html, "</{tag}>");
}

fn count(renderer: &mut Renderer<'_>, attributes: &Attributes, term: &TermFacts<'_>) {
    let [open, close] = match attributes.text(&["bracketType"]).unwrap_or("round") {
        "none" => ["", ""],
        "square" => ["[", "]"],
        "curly" => ["{", "}"],
        "angle" => ["&lt;", "&gt;"],
        _ => ["(", ")"],
    };
    Wrapper::new("div", "term-count").open(renderer, attributes);
    let _ = write!(renderer.html, "{open}{}{close}</div>", term.count);
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn numbers_have_fourteen_digits() {
        assert_eq!(significant(8.0), "8");
        assert_eq!(significant(18.266666666666666), "18.266666666667");
        assert_eq!(significant(8.7333333333333), "8.7333333333333");
    }
}
