//! Scripts, what only scripts can use, and what would run as one.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::plugins::hidden_parts;
use crate::content::html::clean::{counting, css};
use crate::ledger::{Fate, Why};

const SCRIPT: &str =
    "set `scripts = \"keep\"` if the pages need it, or put the script into the theme";
const UNSAFE: &str = "put a plain link in its place";
const STYLE: &str = "download the file into the theme";

/// Returns whether a script stays, and tells of it if not.
pub fn stays(body: &mut Body<'_>, attributes: &Attributes<'_>) -> bool {
    if body.keeps_scripts() {
        counting::script(body, attributes, Fate::Kept);
        return true;
    }
    counting::script(body, attributes, Fate::Dropped(Why::Settings));
    let what = match attributes.get("src") {
        Some(source) => format!("a script from {}", addresses::host(&source).unwrap_or(&source)),
        None if attributes.get("type").is_some_and(|kind| kind.contains("json")) => {
            "data for a script".to_owned()
        }
        None => "an inline script".to_owned(),
    };
    body.findings.warn("script-dropped", format!("left out {what}"), SCRIPT);
    false
}

/// Takes out attributes that run scripts or that only WordPress's scripts read.
pub fn common(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    let is_suspect = |name: &str| {
        let bytes = name.as_bytes();
        matches!(bytes[0] | 0x20, b'o' | b'd') || is_address(name)
    };
    if !attributes.names().any(is_suspect) {
        return;
    }
    let keeps_scripts = body.keeps_scripts();
    attributes.retain(|name, value| {
        let name = name.to_ascii_lowercase();
        if name.starts_with("data-wp-") || name == "data-secret" {
            return keeps_scripts;
        }
        let is_handler = name.starts_with("on") && name.len() > 2;
        let is_unsafe = is_address(&name)
            && addresses::kind(value) == Kind::Unsafe
            && !is_picture(&name, value);
        if (is_handler || is_unsafe) && !keeps_scripts {
            let message = format!("left out the attribute `{name}`, which runs a script");
            body.findings.warn("unsafe-markup", message, UNSAFE);
            return false;
        }
        true
    });
}

/// Returns whether an attribute holds an address.
fn is_address(name: &str) -> bool {
    let name = name.strip_prefix("xlink:").unwrap_or(name);
    matches!(
        name,
        "href"
            | "src"
            | "action"
            | "formaction"
            | "poster"
            | "data"
            | "cite"
            | "background"
            | "longdesc"
            | "lowsrc"
            | "dynsrc"
            | "from"
            | "to"
            | "values"
            | "srcdoc"
            | "code"
            | "codebase"
            | "usemap"
            | "HREF"
            | "SRC"
            | "ACTION"
    )
}

/// Returns whether an address is of a drawing in a picture, where its scripts do not run.
fn is_picture(name: &str, address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    matches!(name, "src" | "poster") && address.starts_with("data:image/svg")
}

/// Takes requests to other hosts out of a style attribute.
pub fn style(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    let Some(old) = attributes.get("style") else { return };
    let Some(new) = css::style(&old, body.surroundings) else { return };
    tell_foreign(body, &new.foreign);
    match new.text.trim().is_empty() {
        true => drop(attributes.remove("style")),
        false => attributes.set("style", new.text),
    }
}

/// Takes a style sheet out of the body, for the page's head.
pub fn sheet(body: &mut Body<'_>, text: &str) {
    let clean = css::sheet(text, body.surroundings);
    tell_foreign(body, &clean.foreign);
    let sheet = match body.keeps_scripts() {
        true => clean.text,
        false => hidden_parts::sheet(&clean.text),
    };
    let sheet = follow_ids(body, sheet.trim());
    if !sheet.is_empty() && !body.styles.contains(&sheet) {
        body.styles.push_str(&sheet);
        body.styles.push('\n');
    }
}

/// Tells of what `link`, `meta` or `base` would do to the page. They never stay.
pub fn tell_head(body: &mut Body<'_>, name: &str, attributes: &Attributes<'_>) {
    let is = |attribute: &str, value: &str| {
        attributes.get(attribute).is_some_and(|found| found.to_ascii_lowercase().contains(value))
    };
    if name == "link" && is("rel", "stylesheet") {
        tell_foreign(body, &[attributes.get("href").unwrap_or_default().into_owned()]);
    } else if name == "base" || name == "meta" && is("http-equiv", "refresh") {
        let message = format!("left out `<{name}>`, which would lead readers elsewhere");
        body.findings.warn("unsafe-markup", message, UNSAFE);
    }
}

fn tell_foreign(body: &mut Body<'_>, addresses: &[String]) {
    for address in addresses {
        let message =
            format!("left out the style `{address}`, which another site would be asked for");
        body.findings.warn("remote-style", message, STYLE);
    }
}

/// Follows ids that are written otherwise now.
fn follow_ids(body: &Body<'_>, sheet: &str) -> String {
    if !body.ids.are_renamed() {
        return sheet.to_owned();
    }
    let mut new = String::with_capacity(sheet.len());
    let mut parts = sheet.split('#');
    new.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let end = part.find(|c| !is_name(c)).unwrap_or(part.len());
        new.push('#');
        new.push_str(body.ids.renamed(&part[..end]).unwrap_or(&part[..end]));
        new.push_str(&part[end..]);
    }
    new
}

/// Shows what WordPress hides until its scripts have run.
pub fn reveal(attributes: &mut Attributes<'_>) {
    if !["hidden", "inert", "aria-hidden", "aria-expanded"].iter().any(|name| attributes.has(name))
    {
        return;
    }
    let is_bound =
        attributes.has("data-wp-bind--hidden") || attributes.has("data-wp-bind--aria-expanded");
    let is_panel = attributes.is("role", "tabpanel")
        || attributes.has_class_like(|class| {
            class == "wp-block-accordion-panel"
                || class == "wp-block-accordion-heading__toggle"
                || class == "wp-block-tab"
                || class.starts_with("wp-block-tab-")
        });
    if is_bound || is_panel {
        for name in ["hidden", "inert", "aria-hidden", "aria-expanded"] {
            attributes.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::testing::{check_rendered as check, normalize_as};
    use crate::model::BodyFormat;

    #[test]
    fn scripts_go_and_are_told() {
        check("a<script>x</script>b", "ab", &["script-dropped"]);
        check(
            "<p>a</p><script async src=\"https://www.other.example/x.js\"></script>",
            "<p>a</p>",
            &["script-dropped"],
        );
    }

    #[test]
    fn handlers_and_script_addresses_go() {
        check(
            "<a onclick=\"x()\" href=\"JavaScript:x()\">a</a>",
            "<a>a</a>",
            &["unsafe-markup", "unsafe-markup"],
        );
        check("<svg onload=\"x()\"></svg>", "<svg></svg>", &["unsafe-markup"]);
    }

    #[test]
    fn what_only_scripts_read_goes() {
        check(
            "<figure data-wp-context=\"{}\" class=\"a\"><button class=\"lightbox-trigger\">x</button></figure>",
            "<figure class=\"a\"></figure>",
            &[],
        );
    }

    #[test]
    fn panels_are_shown() {
        check(
            "<section hidden inert role=\"tabpanel\">a</section><p hidden>b</p>",
            "<section role=\"tabpanel\">a</section><p hidden>b</p>",
            &[],
        );
    }

    #[test]
    fn style_sheets_move_to_the_head() {
        let html = "<style>#gallery-3{margin:0} @import 'https://other.example/x.css';</style><div id=gallery-3>a</div>";
        let content = normalize_as(BodyFormat::Rendered, html);
        assert_eq!(content.styles, "#gallery-1{margin:0}\n");
        assert_eq!(content.pages[0].as_str(), "<div id=\"gallery-1\">a</div>");
        assert_eq!(content.diagnostics.len(), 1);
    }

    #[test]
    fn what_belongs_in_a_head_goes() {
        check(
            "<base href=\"/x/\"><link rel=\"stylesheet\" href=\"/x.css\"><meta charset=\"x\">a",
            "a",
            &["unsafe-markup", "remote-style"],
        );
    }
}
