//! How a block sets the blocks within it: classes, and rules for the page's head where its
//! attributes ask for something of their own.

use std::fmt::Write;

use serde_json::Value;

use crate::content::block_html::sheet::{Sheet, is_rule_value};
use crate::content::block_html::supports::spacing::SIDES;
use crate::content::block_html::supports::values::{css, kebab_case};
use crate::content::blocks::attributes::{Attributes, written};

/// A way to set blocks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Below each other.
    Flow,
    /// Below each other, no wider than the text.
    Constrained,
    /// Beside each other.
    Flex,
    /// In rows and columns.
    Grid,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Constrained => "constrained",
            Self::Flex => "flex",
            Self::Grid => "grid",
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "default" | "flow" => Some(Self::Flow),
            "constrained" => Some(Self::Constrained),
            "flex" => Some(Self::Flex),
            "grid" => Some(Self::Grid),
            _ => None,
        }
    }
}

/// Returns how a block of WordPress sets what it holds, unless it says otherwise. `None`: it has
/// no say in that.
pub fn default_of(block: &str) -> Option<Kind> {
    match block.strip_prefix("core/")? {
        "accordion" | "accordion-item" | "accordion-panel" | "column" | "cover" | "details"
        | "group" | "latest-posts" | "query" | "quote" | "tab-panel" | "tabs" | "post-content"
        | "terms-query" => Some(Kind::Flow),
        "post-template" | "term-template" => Some(Kind::Flow),
        "buttons"
        | "columns"
        | "gallery"
        | "navigation"
        | "social-links"
        | "query-pagination"
        | "comments-pagination"
        | "tab-list" => Some(Kind::Flex),
        _ => None,
    }
}

/// Returns the classes of a block that sets others.
pub fn classes(block: &str, attributes: &Attributes, sheet: &mut Sheet) -> Vec<String> {
    let Some(default) = default_of(block) else { return Vec::new() };
    let kind = kind_of(attributes, default);
    let layout = |name| attributes.text(&["layout", name]);
    let mut classes = Vec::new();
    if kind == Kind::Constrained {
        classes.push("has-global-padding".to_owned());
    }
    if layout("orientation") == Some("vertical") {
        classes.push("is-vertical".to_owned());
    }
    if let Some(justification) = layout("justifyContent") {
        classes.push(format!("is-content-justification-{}", kebab_case(justification)));
    }
    if layout("flexWrap") == Some("nowrap") {
        classes.push("is-nowrap".to_owned());
    }
    classes.push(format!("is-layout-{}", kind.name()));
    let slug = block.trim_start_matches("core/");
    let rules = rules(kind, block, attributes);
    if !rules.is_empty() {
        classes.push(sheet.add(&format!("wp-container-core-{slug}-is-layout-"), &rules));
    }
    classes.push(format!("wp-block-{slug}-is-layout-{}", kind.name()));
    classes
}

/// Returns the class of a list that has so many columns at most, and as many as have room.
pub fn responsive_grid(attributes: &Attributes) -> Option<&'static str> {
    let has = |name| attributes.at(&["layout", name]).and_then(written).is_some();
    let is_grid = attributes.text(&["layout", "type"]) == Some("grid");
    let is_both = is_grid && has("columnCount") && has("minimumColumnWidth");
    is_both.then_some("has-native-responsive-grid")
}

/// Returns the class of a block that says how it stands in the layout around it.
pub fn own_class(attributes: &Attributes, sheet: &mut Sheet) -> Option<String> {
    let own = |name| attributes.written(&["style", "layout", name]);
    let mut rules = String::new();
    let size = own("flexSize").filter(|size| is_rule_value(size));
    match (own("selfStretch").as_deref(), size) {
        (Some("fixed" | "fixedNoShrink"), Some(size)) => {
            let _ = write!(rules, "flex-basis:{};box-sizing:border-box;", css(&size));
        }
        (Some("fill"), _) => rules.push_str("flex-grow:1;"),
        _ => {}
    }
    for (name, property) in [("column", "grid-column"), ("row", "grid-row")] {
        let count = |part: &str| attributes.count(&["style", "layout", &format!("{name}{part}")]);
        match (count("Start"), count("Span")) {
            (None, None) => {}
            (start, span) => {
                let start = start.map_or(String::new(), |start| format!("{start} / "));
                let _ = write!(rules, "{property}:{start}span {};", span.unwrap_or(1));
            }
        }
    }
    (!rules.is_empty()).then(|| sheet.add("wp-container-content-", &format!("&{{{rules}}}")))
}

/// Returns the classes of a block that stays in sight.
pub fn sticky(top: &str, sheet: &mut Sheet) -> Vec<String> {
    let top = if is_rule_value(top) { top } else { "0px" };
    let rules = format!("&{{position:sticky;top:{top};z-index:10;}}");
    vec![sheet.add("wp-container-", &rules), "is-position-sticky".to_owned()]
}

fn kind_of(attributes: &Attributes, default: Kind) -> Kind {
    let layout = |name| attributes.at(&["layout", name]);
    let is_constrained = attributes.is_on(&["layout", "inherit"])
        || layout("contentSize").and_then(written).is_some();
    if is_constrained {
        return Kind::Constrained;
    }
    match layout("type").and_then(Value::as_str) {
        Some(name) => Kind::named(name).unwrap_or(default),
        // Without a kind, what else it says is of blocks below each other.
        None if attributes.at(&["layout"]).is_some_and(Value::is_object) => Kind::Flow,
        None => default,
    }
}

fn rules(kind: Kind, block: &str, attributes: &Attributes) -> String {
    match kind {
        Kind::Flow => gap_between(attributes),
        Kind::Constrained => constrained(attributes),
        Kind::Flex => flex(block, attributes),
        Kind::Grid => grid(attributes),
    }
}

/// Returns a value that may stand in a rule.
fn value(attributes: &Attributes, path: &[&str]) -> Option<String> {
    let value = css(&attributes.written(path)?).into_owned();
    is_rule_value(&value).then_some(value)
}

/// Returns the space between blocks: between rows, and between columns.
fn gaps(attributes: &Attributes) -> Option<(String, String)> {
    const GAP: [&str; 3] = ["style", "spacing", "blockGap"];
    if !matches!(attributes.at(&GAP), Some(Value::Object(_))) {
        let gap = value(attributes, &GAP)?;
        return Some((gap.clone(), gap));
    }
    let side = |side| value(attributes, &["style", "spacing", "blockGap", side]);
    match (side("top"), side("left")) {
        (None, None) => None,
        (top, left) => {
            let or_default = |gap: Option<String>| gap.unwrap_or_else(|| "var(--gap)".to_owned());
            Some((or_default(top), or_default(left)))
        }
    }
}

fn gap_between(attributes: &Attributes) -> String {
    let Some((gap, _)) = gaps(attributes) else { return String::new() };
    format!("& > *{{margin-block:0}}& > * + *{{margin-block-start:{gap}}}")
}

fn constrained(attributes: &Attributes) -> String {
    let content = value(attributes, &["layout", "contentSize"]);
    let wide = value(attributes, &["layout", "wideSize"]);
    let justification = attributes.text(&["layout", "justifyContent"]);
    let [start, end] = match justification {
        Some("left") => ["0", "auto"],
        Some("right") => ["auto", "0"],
        _ => ["auto", "auto"],
    };
    let mut rules = String::new();
    let aside = ":where(:not(.alignleft, .alignright, .alignfull))";
    if let Some(size) = content.as_ref().or(wide.as_ref()) {
        let wide = wide.as_ref().unwrap_or(size);
        let _ = write!(
            rules,
            "& > {aside}{{max-width:{size};margin-left:{start} !important;margin-right:{end} !important}}& > .alignwide{{max-width:{wide}}}& > .alignfull{{max-width:none}}"
        );
    } else if justification == Some("left") || justification == Some("right") {
        let _ = write!(
            rules,
            "& > {aside}{{margin-left:{start} !important;margin-right:{end} !important}}"
        );
    }
    // What is as wide as the block reaches over its padding.
    for side in SIDES.iter().filter(|side| matches!(**side, "left" | "right")) {
        let padding = value(attributes, &["style", "spacing", "padding", side]);
        if let Some(padding) = padding {
            let padding = if padding == "0" { "0px".to_owned() } else { padding };
            let _ = write!(rules, "& > .alignfull{{margin-{side}:calc({padding} * -1)}}");
        }
    }
    rules + &gap_between(attributes)
}

fn flex(block: &str, attributes: &Attributes) -> String {
    let layout = |name| attributes.text(&["layout", name]);
    let mut own = String::new();
    let is_unwrapped = block == "core/columns" && attributes.at(&["layout", "flexWrap"]).is_none();
    if layout("flexWrap") == Some("nowrap") || is_unwrapped {
        own.push_str(if is_unwrapped { "" } else { "flex-wrap:nowrap;" });
    }
    if let Some((row, column)) = gaps(attributes) {
        let _ = write!(own, "gap:{row} {column};");
    }
    let along = |name| match name {
        "left" => Some("flex-start"),
        "right" => Some("flex-end"),
        "center" => Some("center"),
        "space-between" => Some("space-between"),
        "stretch" => Some("stretch"),
        _ => None,
    };
    let across = |name| match name {
        "top" => Some("flex-start"),
        "center" => Some("center"),
        "bottom" => Some("flex-end"),
        "stretch" => Some("stretch"),
        "space-between" => Some("space-between"),
        _ => None,
    };
    let justify = layout("justifyContent").and_then(along);
    let align = layout("verticalAlignment").and_then(across);
    if layout("orientation") == Some("vertical") {
        own.push_str("flex-direction:column;");
        let _ = write!(own, "align-items:{};", justify.unwrap_or("flex-start"));
        if let Some(align) = align {
            let _ = write!(own, "justify-content:{align};");
        }
    } else {
        if let Some(justify) = justify {
            let _ = write!(own, "justify-content:{justify};");
        }
        if let Some(align) = align {
            let _ = write!(own, "align-items:{align};");
        }
    }
    if own.is_empty() { own } else { format!("&{{{own}}}") }
}

fn grid(attributes: &Attributes) -> String {
    let mut own = String::new();
    let columns = attributes.count(&["layout", "columnCount"]).filter(|count| *count > 0);
    let least = value(attributes, &["layout", "minimumColumnWidth"]);
    // With fewer columns where these would be too narrow, as on a phone.
    let least = match (columns, least) {
        (Some(_), None) => Some("9rem".to_owned()),
        (_, least) => least,
    };
    match (columns, least) {
        (None, Some(least)) => {
            let _ = write!(
                own,
                "grid-template-columns:repeat(auto-fill, minmax(min({least}, 100%), 1fr));"
            );
        }
        (Some(columns), Some(least)) => {
            let _ = write!(
                own,
                "grid-template-columns:repeat(auto-fill, minmax(max(min({least}, 100%), calc((100% - {} * 2.5rem) / {columns})), 1fr));",
                columns - 1
            );
        }
        (_, None) => {}
    }
    if let Some(rows) = attributes.count(&["layout", "rowCount"]).filter(|count| *count > 0) {
        let _ = write!(own, "grid-template-rows:repeat({rows}, minmax(1rem, auto));");
    }
    if let Some((row, column)) = gaps(attributes) {
        let _ = write!(own, "gap:{row} {column};");
    }
    if own.is_empty() { own } else { format!("&{{{own}}}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(block: &str, json: &str, expected: &str, css: &str) {
        let mut sheet = Sheet::default();
        let classes = classes(&format!("core/{block}"), &Attributes::read(json), &mut sheet);
        let is_named = |class: &&String| !class.starts_with("wp-container-");
        let named: Vec<&str> = classes.iter().filter(is_named).map(String::as_str).collect();
        assert_eq!(named.join(" "), expected);
        let mut rules = sheet.element();
        if let Some(class) = classes.iter().find(|class| !is_named(class)) {
            rules = rules.replace(&format!(".{class}"), "&");
        }
        assert_eq!(rules.trim_start_matches("<style>").trim_end_matches("</style>"), css);
    }

    #[test]
    fn blocks_set_what_they_hold() {
        check("group", "", "is-layout-flow wp-block-group-is-layout-flow", "");
        check("columns", "", "is-layout-flex wp-block-columns-is-layout-flex", "");
        check("paragraph", "", "", "");
        check(
            "group",
            r#"{"layout":{"type":"constrained","contentSize":"30rem"}}"#,
            "has-global-padding is-layout-constrained wp-block-group-is-layout-constrained",
            "& > :where(:not(.alignleft, .alignright, .alignfull)){max-width:30rem;margin-left:auto !important;margin-right:auto !important}& > .alignwide{max-width:30rem}& > .alignfull{max-width:none}",
        );
    }

    #[test]
    fn rows_and_stacks_are_flexible() {
        check(
            "group",
            r#"{"layout":{"type":"flex","flexWrap":"nowrap","justifyContent":"right"},"style":{"spacing":{"blockGap":"var:preset|spacing|20"}}}"#,
            "is-content-justification-right is-nowrap is-layout-flex wp-block-group-is-layout-flex",
            "&{flex-wrap:nowrap;gap:var(--wp--preset--spacing--20) var(--wp--preset--spacing--20);justify-content:flex-end;}",
        );
        check(
            "buttons",
            r#"{"layout":{"type":"flex","orientation":"vertical","justifyContent":"center"}}"#,
            "is-vertical is-content-justification-center is-layout-flex wp-block-buttons-is-layout-flex",
            "&{flex-direction:column;align-items:center;}",
        );
    }

    #[test]
    fn grids_have_columns() {
        check(
            "group",
            r#"{"layout":{"type":"grid","minimumColumnWidth":"9rem"}}"#,
            "is-layout-grid wp-block-group-is-layout-grid",
            "&{grid-template-columns:repeat(auto-fill, minmax(min(9rem, 100%), 1fr));}",
        );
        check(
            "group",
            r#"{"layout":{"type":"grid","columnCount":3}}"#,
            "is-layout-grid wp-block-group-is-layout-grid",
            "&{grid-template-columns:repeat(auto-fill, minmax(max(min(9rem, 100%), calc((100% - 2 * 2.5rem) / 3)), 1fr));}",
        );
    }

    #[test]
    fn blocks_stand_in_a_layout() {
        let mut sheet = Sheet::default();
        let attributes = Attributes::read(r#"{"style":{"layout":{"columnSpan":2}}}"#);
        let class = own_class(&attributes, &mut sheet).unwrap();
        assert_eq!(sheet.element(), format!("<style>.{class}{{grid-column:span 2;}}</style>"));
    }
}
