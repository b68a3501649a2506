//! Blocks that a template of the theme shows, plugins' and WordPress's own.

use crate::content::block_html::dynamic;
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::surroundings::facts::BlockFacts;

/// Prints a block with all it holds, if the theme has a template for it. Returns whether it has. So
/// deep within others that templates would double what they print too often, it has not.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) -> bool {
    let surroundings = renderer.context.surroundings;
    let name = &*place.block.name;
    if !surroundings.has_template(name) || !renderer.may_nest() {
        return false;
    }
    let start = renderer.html.len();
    let inner_html = match dynamic::print(renderer, place, scope) {
        true => String::new(),
        false => renderer.saved(place, scope),
    };
    let saved_html = renderer.html.split_off(start);
    let block = BlockFacts {
        name,
        attributes: &place.block.attributes(),
        inner_html: &inner_html,
        saved_html: &saved_html,
        post: scope.post_or(renderer),
    };
    let made = surroundings.fill(&block).unwrap_or(saved_html);
    renderer.html.push_str(&made);
    true
}

#[cfg(test)]
mod tests {
    use crate::content::surroundings::Surroundings;
    use crate::content::surroundings::facts::BlockFacts;
    use crate::content::testing::normalize_on;
    use crate::model::BodyFormat;

    /// Has templates for `acme/box` and `core/quote`, and one that fails.
    struct Theme;

    impl Surroundings for Theme {
        fn has_template(&self, block: &str) -> bool {
            matches!(block, "acme/box" | "acme/broken" | "core/quote" | "core/social-links")
        }

        fn fill(&self, block: &BlockFacts<'_>) -> Option<String> {
            let title = block.attributes.get("title").and_then(|title| title.as_str());
            let title = title.unwrap_or("-");
            let (inner, saved) = (block.inner_html, block.saved_html);
            match block.name {
                "acme/broken" => None,
                "acme/box" => Some(format!("<div>{title}|{inner}</div>")),
                _ => Some(format!("<aside>{saved}</aside>")),
            }
        }
    }

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        let content = normalize_on(&Theme, BodyFormat::Blocks, markup);
        assert_eq!(content.pages[0].as_str(), expected);
        assert!(content.diagnostics.is_empty(), "{:?}", content.diagnostics);
    }

    #[test]
    fn a_template_sees_what_the_block_says_and_holds() {
        check("<!-- wp:acme/box {\"title\":\"T\"} /-->", "<div>T|</div>");
        check(
            "<!-- wp:acme/box --><p>own</p><!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --> <!-- wp:acme/box --><!-- /wp:acme/box --><!-- /wp:acme/box -->",
            "<div>-|<p class=\"wp-block-paragraph\">a</p><div>-|</div></div>",
        );
    }

    #[test]
    fn a_template_stands_for_a_block_of_wordpress() {
        check(
            "<!-- wp:quote --><blockquote><!-- wp:html -->a<!-- /wp:html --></blockquote><!-- /wp:quote -->",
            "<aside><blockquote class=\"is-layout-flow wp-block-quote-is-layout-flow\">a</blockquote></aside>",
        );
        check(
            "<!-- wp:social-links --><ul class=\"wp-block-social-links\"></ul><!-- /wp:social-links -->",
            "<aside><ul class=\"wp-block-social-links is-layout-flex wp-block-social-links-is-layout-flex\"></ul></aside>",
        );
    }

    #[test]
    fn what_a_template_makes_is_cleaned() {
        check("<!-- wp:acme/box {\"title\":\"<b>a\"} /-->", "<div><b>a|</b></div>");
    }

    #[test]
    fn a_template_that_fails_loses_nothing() {
        check("<!-- wp:acme/broken -->a<!-- /wp:acme/broken -->", "a");
    }

    #[test]
    fn no_depth_of_templates_takes_for_ever() {
        let deep = "<!-- wp:acme/box -->".repeat(40) + "x" + &"<!-- /wp:acme/box -->".repeat(40);
        let content = normalize_on(&Theme, BodyFormat::Blocks, &deep);
        let html = content.pages[0].as_str();
        assert!(html.contains('x') && html.matches("<div>").count() < 20, "{html}");
    }
}
