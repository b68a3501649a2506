//! Markup that HTML no longer has, as the same look in markup that it has.

use crate::content::html::clean::attributes::Attributes;

/// Returns what an obsolete element is called now, and gives it the look it had.
pub fn rename(name: &str, attributes: &mut Attributes<'_>) -> Option<&'static str> {
    let (new, style) = match name {
        "center" => ("div", "text-align:center"),
        // A page has one, and the body stands in it.
        "main" => ("div", ""),
        "tt" => ("span", "font-family:monospace"),
        "big" => ("span", "font-size:larger"),
        "strike" => ("s", ""),
        "acronym" => ("abbr", ""),
        "nobr" => ("span", "white-space:nowrap"),
        "blink" | "marquee" | "basefont" => ("span", ""),
        "dir" => ("ul", ""),
        "listing" | "xmp" | "plaintext" => ("pre", ""),
        "font" => ("span", ""),
        _ => return None,
    };
    if name == "font" {
        font(attributes);
    } else if name == "marquee" {
        attributes
            .retain(|name, _| matches!(name, "class" | "id" | "style" | "title" | "lang" | "dir"));
    }
    if !style.is_empty() {
        attributes.add_style(style);
    }
    attributes.mark_changed();
    Some(new)
}

fn font(attributes: &mut Attributes<'_>) {
    const SIZES: [&str; 7] =
        ["x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"];
    if let Some(color) = attributes.remove("color").filter(|color| is_plain(color)) {
        attributes.add_style(&format!("color:{}", color.trim()));
    }
    if let Some(face) =
        attributes.remove("face").filter(|face| !face.contains([';', '{', '}', '(', '\\']))
    {
        attributes.add_style(&format!("font-family:{}", face.trim()));
    }
    if let Some(size) = attributes.remove("size") {
        let size = size.trim();
        let number: i32 = size.parse().unwrap_or(3);
        let is_relative = size.starts_with(['+', '-']);
        let step = if is_relative { 3_i32.saturating_add(number) } else { number };
        let index = usize::try_from(step.clamp(1, 7) - 1).unwrap_or(2);
        attributes.add_style(&format!("font-size:{}", SIZES[index]));
    }
}

/// Turns obsolete attributes into style.
pub fn attributes(name: &str, attributes: &mut Attributes<'_>) {
    if !attributes.names().any(is_obsolete) {
        return;
    }
    dimensions(name, attributes);
    if is_aligned(name) {
        vertical_align(attributes);
        align(name, attributes);
    }
    match name {
        "img" | "object" | "iframe" => image(attributes),
        "table" => table(attributes),
        "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "col" | "colgroup" => {
            cell(name, attributes);
        }
        "br" => clear(attributes),
        "hr" => drop_all(attributes, &["noshade", "size", "color"]),
        "ul" | "ol" | "dl" | "li" => list(name, attributes),
        "a" => {
            drop_all(attributes, &["charset", "rev"]);
            if let Some(anchor) = attributes.remove("name") {
                attributes.set_if_missing("id", anchor);
            }
        }
        _ => {}
    }
}

/// Returns whether an attribute is obsolete on any element.
fn is_obsolete(name: &str) -> bool {
    matches!(
        name,
        "align"
            | "valign"
            | "border"
            | "bgcolor"
            | "frameborder"
            | "cellpadding"
            | "cellspacing"
            | "hspace"
            | "vspace"
            | "nowrap"
            | "noshade"
            | "clear"
            | "background"
            | "summary"
            | "color"
            | "size"
            | "compact"
            | "width"
            | "height"
            | "type"
            | "char"
            | "charoff"
            | "axis"
            | "abbr"
            | "rules"
            | "frame"
            | "longdesc"
            | "scope"
            | "name"
            | "charset"
            | "rev"
    )
}

fn drop_all(attributes: &mut Attributes<'_>, names: &[&str]) {
    for name in names {
        attributes.remove(name);
    }
}

fn clear(attributes: &mut Attributes<'_>) {
    let Some(clear) = attributes.remove("clear") else { return };
    let clear = clear.trim().to_ascii_lowercase();
    let side = if matches!(&*clear, "left" | "right") { &*clear } else { "both" };
    attributes.add_style(&format!("clear:{side}"));
}

fn list(name: &str, attributes: &mut Attributes<'_>) {
    attributes.remove("compact");
    // Numbered lists still have types.
    let Some(kind) = attributes.get("type").filter(|_| name != "ol") else { return };
    attributes.remove("type");
    let kind = kind.trim().to_ascii_lowercase();
    if matches!(&*kind, "disc" | "circle" | "square" | "none") {
        attributes.add_style(&format!("list-style-type:{kind}"));
    }
}

/// Returns whether `align` on an element is obsolete.
fn is_aligned(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "iframe"
            | "object"
            | "p"
            | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "caption"
            | "hr"
            | "col"
            | "colgroup"
            | "legend"
    )
}

fn vertical_align(attributes: &mut Attributes<'_>) {
    let Some(align) = attributes.remove("valign") else { return };
    let align = align.trim().to_ascii_lowercase();
    if matches!(&*align, "top" | "middle" | "bottom" | "baseline") {
        attributes.add_style(&format!("vertical-align:{align}"));
    }
}

fn align(name: &str, attributes: &mut Attributes<'_>) {
    let Some(align) = attributes.remove("align") else { return };
    let align = align.trim().to_ascii_lowercase();
    let floats = matches!(name, "img" | "iframe" | "object" | "table");
    match (&*align, floats) {
        ("left" | "right", true) => attributes.add_style(&format!("float:{align}")),
        ("center" | "middle", true) if name == "table" => {
            attributes.add_style("margin-left:auto;margin-right:auto");
        }
        ("top" | "middle" | "bottom" | "baseline", true) => {
            attributes.add_style(&format!("vertical-align:{align}"));
        }
        ("top" | "bottom", false) if name == "caption" => {
            attributes.add_style(&format!("caption-side:{align}"));
        }
        ("left" | "right" | "center" | "justify", false) => {
            attributes.add_style(&format!("text-align:{align}"));
        }
        _ => {}
    }
}

fn image(attributes: &mut Attributes<'_>) {
    if let Some(border) = length(attributes.remove("border")) {
        attributes.add_style(&format!("border:{border} solid"));
    }
    if let Some(space) = length(attributes.remove("hspace")) {
        attributes.add_style(&format!("margin-left:{space};margin-right:{space}"));
    }
    if let Some(space) = length(attributes.remove("vspace")) {
        attributes.add_style(&format!("margin-top:{space};margin-bottom:{space}"));
    }
    attributes.remove("frameborder");
    attributes.remove("longdesc");
    attributes.remove("name");
}

fn table(attributes: &mut Attributes<'_>) {
    drop_all(attributes, &["cellpadding", "summary", "rules", "frame"]);
    if let Some(border) = length(attributes.remove("border")) {
        attributes.add_style(&format!("border:{border} solid"));
    }
    if let Some(space) = length(attributes.remove("cellspacing")) {
        let collapse =
            if space == "0" { "border-collapse:collapse" } else { "border-collapse:separate" };
        attributes.add_style(&format!("{collapse};border-spacing:{space}"));
    }
    background(attributes);
}

fn cell(name: &str, attributes: &mut Attributes<'_>) {
    drop_all(attributes, &["char", "charoff", "axis", "background"]);
    if name != "th" {
        attributes.remove("abbr");
        attributes.remove("scope");
    }
    if attributes.remove("nowrap").is_some() {
        attributes.add_style("white-space:nowrap");
    }
    background(attributes);
}

fn background(attributes: &mut Attributes<'_>) {
    attributes.remove("background");
    if let Some(color) = attributes.remove("bgcolor").filter(|color| is_plain(color)) {
        attributes.add_style(&format!("background-color:{}", color.trim()));
    }
}

fn dimensions(name: &str, attributes: &mut Attributes<'_>) {
    let styled = matches!(
        name,
        "table"
            | "tr"
            | "td"
            | "th"
            | "col"
            | "colgroup"
            | "hr"
            | "pre"
            | "p"
            | "div"
            | "li"
            | "span"
    );
    if !styled {
        return;
    }
    for dimension in ["width", "height"] {
        if let Some(length) = length(attributes.remove(dimension)) {
            attributes.add_style(&format!("{dimension}:{length}"));
        }
    }
}

/// Reads a length as HTML had it: pixels, or a percentage.
fn length(value: Option<std::borrow::Cow<'_, str>>) -> Option<String> {
    let value = value?;
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    match (&value[..digits], &value[digits..]) {
        ("", _) => None,
        ("0", _) => Some("0".to_owned()),
        (number, rest) if rest.starts_with('%') => Some(format!("{number}%")),
        (number, _) => Some(format!("{number}px")),
    }
}

fn is_plain(color: &str) -> bool {
    let color = color.trim();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    !color.is_empty() && color.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        check_rendered(html, expected, &[]);
    }

    #[test]
    fn obsolete_elements_get_new_names() {
        check("<center>a</center>", "<div style=\"text-align:center\">a</div>");
        check(
            "<font color=red size=+1>a</font>",
            "<span style=\"color:red;font-size:large\">a</span>",
        );
        check(
            "<strike>a</strike><acronym title=\"x\">b</acronym>",
            "<s>a</s><abbr title=\"x\">b</abbr>",
        );
        check(
            "<p>a</p><xmp><b>&amp;</xmp>",
            "<p>a</p><pre tabindex=\"0\">&lt;b&gt;&amp;amp;</pre>",
        );
    }

    #[test]
    fn obsolete_attributes_become_styles() {
        check("<p align=\"center\">a</p>", "<p style=\"text-align:center\">a</p>");
        check("<p><br clear=\"all\">a</p>", "<p><br style=\"clear:both\">a</p>");
        check(
            "<table border=\"1\" width=\"50%\"><tbody><tr valign=top><td nowrap>a</td></tr></tbody></table>",
            "<table style=\"width:50%;border:1px solid\" tabindex=\"0\"><tbody><tr style=\"vertical-align:top\"><td style=\"white-space:nowrap\">a</td></tr></tbody></table>",
        );
        check("<a name=\"x\">a</a>", "<a id=\"x\">a</a>");
    }
}
