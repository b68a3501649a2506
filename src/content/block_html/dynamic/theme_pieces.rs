//! Blocks that show something of the theme or of WordPress by its name: patterns, template parts, icons.

use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::supports;
use crate::content::blocks::attributes::Attributes;
use crate::content::html::entities::push_attribute;
use crate::ledger::Why;
use crate::model::{PieceKind, ThemePiece};

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    let attributes = place.attributes();
    match name {
        "pattern" => pattern(renderer, &attributes, scope),
        "template-part" => template_part(renderer, &attributes, scope),
        "icon" => icon(renderer, &attributes),
        _ => return false,
    }
    true
}

fn pattern(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let Some(name) = attributes.text(&["slug"]) else { return };
    if let Some(piece) = find(renderer, PieceKind::Pattern, name, None) {
        blocks(renderer, piece, scope);
    }
}

fn template_part(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let Some(slug) = attributes.text(&["slug"]) else { return };
    let theme = attributes.text(&["theme"]);
    let Some(piece) = find(renderer, PieceKind::TemplatePart, slug, theme) else { return };
    let tag = match (attributes.text(&["tagName"]), &*piece.area) {
        (Some(tag), _) if tag.bytes().all(|byte| byte.is_ascii_alphanumeric()) => tag,
        (_, "header") => "header",
        (_, "footer") => "footer",
        _ => "div",
    };
    Wrapper::new(tag, "template-part").open(renderer, attributes);
    blocks(renderer, piece, scope);
    renderer.html.push_str(&format!("</{tag}>"));
}

/// WordPress puts what the block is given on the drawing.
fn icon(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let Some(name) = attributes.text(&["icon"]) else { return };
    let Some(piece) = find(renderer, PieceKind::Icon, name, None) else { return };
    let Some(drawing) = piece.body.text.trim().strip_prefix("<svg") else { return };
    let (colors, mut style) = (supports::colors_of(attributes), Vec::new());
    style.extend([colors.style(), supports::border_of(attributes).style()]);
    let width = attributes.written(&["style", "dimensions", "width"]);
    style.extend(width.map(|width| format!("width:{width}")));
    style.retain(|declarations| !declarations.is_empty());
    let classes = colors.classes.join(" ");
    Wrapper::new("div", "icon").open(renderer, attributes);
    let html = &mut renderer.html;
    html.push_str("<svg");
    for (name, value) in [("style", style.join(";")), ("class", classes)] {
        html.push_str(&attribute(name, Some(&*value).filter(|value| !value.is_empty())));
    }
    match attributes.text(&["ariaLabel"]) {
        Some(label) => {
            html.push_str(" aria-label=\"");
            push_attribute(html, label);
            html.push_str("\" role=\"img\"");
        }
        None => html.push_str(" aria-hidden=\"true\" focusable=\"false\""),
    }
    html.push_str(drawing);
    html.push_str("</div>");
}

/// Prints the blocks of a pattern or template part, unless it is around itself.
fn blocks(renderer: &mut Renderer<'_>, piece: &ThemePiece, scope: &Scope) {
    if scope.pieces.contains(&piece.name) {
        let message = format!("`{}` holds itself; it is shown once", piece.name);
        let kind = ("piece itself", Why::TooDeep);
        renderer.fates.fail("dynamic-block", kind, message, "take it out of itself");
        return;
    }
    let mut pieces = scope.pieces.to_vec();
    pieces.push(piece.name.clone());
    renderer.body(&piece.body, &Scope { pieces: pieces.into(), ..scope.clone() });
}

/// Tells what the export does not have.
fn find<'r>(
    renderer: &mut Renderer<'r>,
    kind: PieceKind,
    name: &str,
    theme: Option<&str>,
) -> Option<&'r ThemePiece> {
    let mut pieces = renderer.context.surroundings.theme_pieces(kind, name).iter();
    let found = pieces.find(|piece| theme.is_none_or(|theme| &*piece.theme == theme));
    if found.is_none() {
        let (what, saved) = match kind {
            PieceKind::Pattern => ("pattern", "block-patterns/patterns"),
            PieceKind::TemplatePart => ("template part", "template-parts"),
            PieceKind::Icon => ("icon", "icons"),
        };
        let message = format!("the export does not have the {what} `{name}`");
        let help =
            format!("if you can still log in to WordPress, save `{saved}`, too; see the README");
        renderer.fates.fail("dynamic-block", (what, Why::NotInExport), message, &help);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::content::surroundings::Surroundings;
    use crate::content::testing::normalize_on;
    use crate::model::{Body, BodyFormat};

    /// A theme with a pattern, one that holds itself, a footer and a drawing.
    struct Theme;

    static PIECES: LazyLock<[ThemePiece; 4]> = LazyLock::new(|| {
        [
            (PieceKind::Pattern, "acme/a", "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->"),
            (PieceKind::Pattern, "acme/round", "<!-- wp:pattern {\"slug\":\"acme/round\"} /-->b"),
            (PieceKind::TemplatePart, "end", "<!-- wp:pattern {\"slug\":\"acme/a\"} /-->"),
            (PieceKind::Icon, "core/dot", "<svg viewBox=\"0 0 2 2\"><circle r=\"1\"/></svg>\n"),
        ]
        .map(|(kind, name, text)| ThemePiece {
            kind,
            name: name.into(),
            theme: "acme".into(),
            area: "footer".into(),
            body: Body::new(BodyFormat::Blocks, text.to_owned()),
        })
    });

    impl Surroundings for Theme {
        fn theme_pieces(&self, kind: PieceKind, name: &str) -> &[ThemePiece] {
            let place = PIECES.iter().position(|it| it.kind == kind && &*it.name == name);
            place.map_or(&[], |place| &PIECES[place..=place])
        }
    }

    #[track_caller]
    fn check(blocks: &str, expected: &str, codes: &[&str]) {
        let content = normalize_on(&Theme, BodyFormat::Blocks, blocks);
        let told: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
        assert_eq!((content.pages[0].as_str(), &*told), (expected, codes));
    }

    #[test]
    fn patterns_and_template_parts_are_put_in_their_place() {
        let paragraph = "<p class=\"wp-block-paragraph\">a</p>";
        check("<!-- wp:pattern {\"slug\":\"acme/a\"} /-->", paragraph, &[]);
        check(
            "<!-- wp:template-part {\"slug\":\"end\",\"theme\":\"acme\",\"className\":\"x\"} /-->",
            &format!("<footer class=\"x wp-block-template-part\">{paragraph}</footer>"),
            &[],
        );
        check(
            "<!-- wp:template-part {\"slug\":\"end\",\"theme\":\"acme\",\"tagName\":\"section\"} /-->",
            &format!("<section class=\"wp-block-template-part\">{paragraph}</section>"),
            &[],
        );
    }

    #[test]
    fn a_pattern_that_holds_itself_ends() {
        check("<!-- wp:pattern {\"slug\":\"acme/round\"} /-->", "b", &["dynamic-block"]);
    }

    #[test]
    fn drawings_have_what_their_blocks_are_given() {
        check(
            "<!-- wp:icon {\"icon\":\"core/dot\",\"style\":{\"border\":{\"width\":\"4px\"},\"dimensions\":{\"width\":\"2em\"}}} /-->",
            "<div class=\"wp-block-icon\"><svg style=\"border-width:4px;width:2em\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 2 2\"><circle r=\"1\"/></svg></div>",
            &[],
        );
        check(
            "<!-- wp:icon {\"icon\":\"core/dot\",\"ariaLabel\":\"A dot\",\"textColor\":\"base\"} /-->",
            "<div class=\"wp-block-icon\"><svg class=\"has-text-color has-base-color\" aria-label=\"A dot\" role=\"img\" viewBox=\"0 0 2 2\"><circle r=\"1\"/></svg></div>",
            &[],
        );
    }

    #[test]
    fn what_the_export_lacks_is_told() {
        check("<!-- wp:pattern {\"slug\":\"acme/b\"} /-->", "", &["dynamic-block"]);
        check("<!-- wp:template-part {\"slug\":\"top\"} /-->", "", &["dynamic-block"]);
        check(
            "<!-- wp:template-part {\"slug\":\"end\",\"theme\":\"b\"} /-->",
            "",
            &["dynamic-block"],
        );
        check("<!-- wp:icon {\"icon\":\"core/line\"} /-->", "", &["dynamic-block"]);
    }
}
