//! What the blocks of widespread plugins are saved as loses no text, though nobody here knows them.

use crate::content::plain_text;
use crate::content::testing::normalize_as;
use crate::model::BodyFormat;

/// Checks what readers see of blocks, and how many kinds are told as unknown.
#[track_caller]
fn check(markup: &str, text: &str, unknown: usize) {
    let content = normalize_as(BodyFormat::Blocks, markup);
    let html = content.pages[0].as_str();
    let words: Vec<String> =
        plain_text(&html.replace('<', " <")).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words.join(" "), text, "{html}");
    let codes = content.diagnostics.iter().map(|found| &*found.code);
    let codes: Vec<_> = codes.filter(|code| *code != "dead-part").collect();
    assert_eq!(codes, vec!["unknown-block"; unknown]);
}

#[test]
fn jetpack_blocks_lose_no_text() {
    check(
        "<!-- wp:jetpack/tiled-gallery {\"columnWidths\":[[\"50\",\"50\"]],\"ids\":[7]} -->\n<div class=\"wp-block-jetpack-tiled-gallery\"><div class=\"tiled-gallery__gallery\"><figure class=\"tiled-gallery__item\"><img alt=\"A lake\" src=\"https://example.org/wp-content/uploads/a.png\"/><figcaption>The lake</figcaption></figure></div></div>\n<!-- /wp:jetpack/tiled-gallery -->",
        "The lake",
        1,
    );
    check(
        "<!-- wp:jetpack/slideshow --><div class=\"wp-block-jetpack-slideshow\"><ul class=\"swiper-wrapper\"><li class=\"swiper-slide\"><figure><img src=\"https://example.org/wp-content/uploads/a.png\" alt=\"\"/><figcaption>First</figcaption></figure></li></ul><a class=\"swiper-button-prev\" role=\"button\"></a></div><!-- /wp:jetpack/slideshow -->\n<!-- wp:jetpack/markdown {\"source\":\"*x*\"} --><div class=\"wp-block-jetpack-markdown\"><p><em>x</em></p></div><!-- /wp:jetpack/markdown -->",
        "First x",
        2,
    );
}

#[test]
fn kadence_blocks_lose_no_text() {
    check(
        "<!-- wp:kadence/rowlayout {\"uniqueID\":\"1_a\",\"columns\":2} -->\n<!-- wp:kadence/column {\"uniqueID\":\"1_b\"} -->\n<div class=\"wp-block-kadence-column kadence-column1_b\"><div class=\"kt-inside-inner-col\"><!-- wp:kadence/advancedheading {\"level\":3} -->\n<h3 class=\"kt-adv-heading wp-block-kadence-advancedheading\">Tea</h3>\n<!-- /wp:kadence/advancedheading -->\n<!-- wp:paragraph -->\n<p>With butter.</p>\n<!-- /wp:paragraph --></div></div>\n<!-- /wp:kadence/column -->\n<!-- /wp:kadence/rowlayout -->",
        "Tea With butter.",
        3,
    );
    check(
        "<!-- wp:kadence/accordion --><div class=\"wp-block-kadence-accordion\"><div class=\"kt-accordion-inner-wrap\"><!-- wp:kadence/pane --><div class=\"kt-accordion-pane\"><div class=\"kt-accordion-header-wrap\"><button class=\"kt-blocks-accordion-header\" type=\"button\"><span class=\"kt-blocks-accordion-title\">When?</span></button></div><div class=\"kt-accordion-panel kt-accordion-panel-hidden\"><div class=\"kt-accordion-panel-inner\"><!-- wp:paragraph --><p>At noon.</p><!-- /wp:paragraph --></div></div></div><!-- /wp:kadence/pane --></div></div><!-- /wp:kadence/accordion -->",
        "When? At noon.",
        2,
    );
}

#[test]
fn generate_blocks_lose_no_text() {
    check(
        "<!-- wp:generateblocks/container {\"uniqueId\":\"c1\",\"isDynamic\":true} -->\n<!-- wp:generateblocks/headline {\"uniqueId\":\"h1\"} -->\n<h2 class=\"gb-headline gb-headline-h1 gb-headline-text\">Passes</h2>\n<!-- /wp:generateblocks/headline -->\n\n<!-- wp:generateblocks/button-container {\"isDynamic\":true} -->\n<!-- wp:generateblocks/button --><a class=\"gb-button\" href=\"https://example.org/kept/\"><span class=\"gb-button-text\">Open</span></a><!-- /wp:generateblocks/button -->\n<!-- /wp:generateblocks/button-container -->\n<!-- /wp:generateblocks/container -->",
        "Passes Open",
        4,
    );
    check(
        "<!-- wp:generateblocks/element {\"tagName\":\"section\"} -->\n<section class=\"gb-element\"><!-- wp:generateblocks/text {\"tagName\":\"p\"} -->\n<p class=\"gb-text\">Above the clouds.</p>\n<!-- /wp:generateblocks/text --></section>\n<!-- /wp:generateblocks/element -->",
        "Above the clouds.",
        2,
    );
}

#[test]
fn coblocks_lose_no_text() {
    check(
        "<!-- wp:coblocks/accordion -->\n<div class=\"wp-block-coblocks-accordion\"><!-- wp:coblocks/accordion-item {\"title\":\"Dogs\"} -->\n<div class=\"wp-block-coblocks-accordion-item\"><details><summary class=\"wp-block-coblocks-accordion-item__title\">Dogs</summary><div class=\"wp-block-coblocks-accordion-item__content\"><!-- wp:paragraph --><p>They bark.</p><!-- /wp:paragraph --></div></details></div>\n<!-- /wp:coblocks/accordion-item --></div>\n<!-- /wp:coblocks/accordion -->",
        "Dogs They bark.",
        2,
    );
    check(
        "<!-- wp:coblocks/click-to-tweet {\"url\":\"https://example.org/kept/\"} --><blockquote class=\"wp-block-coblocks-click-to-tweet\"><p class=\"wp-block-coblocks-click-to-tweet__text\">Said once.</p><a class=\"wp-block-coblocks-click-to-tweet__twitter-btn\" href=\"https://x.com/intent/post?text=a\" target=\"_blank\">Post</a></blockquote><!-- /wp:coblocks/click-to-tweet -->",
        "Said once. Post",
        1,
    );
}

#[test]
fn yoast_blocks_lose_no_text() {
    check(
        "<!-- wp:yoast/faq-block {\"questions\":[{\"id\":\"faq-1\",\"question\":[\"How high?\"],\"answer\":[\"Five thousand.\"],\"jsonQuestion\":\"How high?\"}]} -->\n<div class=\"schema-faq wp-block-yoast-faq-block\"><div class=\"schema-faq-section\" id=\"faq-1\"><strong class=\"schema-faq-question\">How high?</strong> <p class=\"schema-faq-answer\">Five thousand.</p> </div> </div>\n<!-- /wp:yoast/faq-block -->",
        "How high? Five thousand.",
        1,
    );
    check(
        "<!-- wp:yoast/how-to-block {\"steps\":[{\"id\":\"how-to-step-1\",\"name\":[\"Boil\"],\"text\":[\"Wait.\"]}]} -->\n<div class=\"schema-how-to wp-block-yoast-how-to-block\"><p class=\"schema-how-to-total-time\"><span class=\"schema-how-to-duration-time-text\">Time needed:</span> 5 minutes</p><p class=\"schema-how-to-description\">Tea.</p> <ol class=\"schema-how-to-steps\"><li class=\"schema-how-to-step\" id=\"how-to-step-1\"><strong class=\"schema-how-to-step-name\">Boil</strong> <p class=\"schema-how-to-step-text\">Wait.</p> </li></ol></div>\n<!-- /wp:yoast/how-to-block -->",
        "Time needed: 5 minutes Tea. Boil Wait.",
        1,
    );
}

#[test]
fn spectra_blocks_lose_no_text() {
    check(
        "<!-- wp:uagb/container {\"block_id\":\"s1\"} -->\n<div class=\"wp-block-uagb-container uagb-block-s1\"><!-- wp:uagb/info-box {\"block_id\":\"s2\"} -->\n<div class=\"wp-block-uagb-info-box uagb-block-s2\"><div class=\"uagb-ifb-content\"><div class=\"uagb-ifb-title-wrap\"><h3 class=\"uagb-ifb-title\">Yaks</h3></div><p class=\"uagb-ifb-desc\">Warm.</p></div></div>\n<!-- /wp:uagb/info-box --></div>\n<!-- /wp:uagb/container -->",
        "Yaks Warm.",
        2,
    );
    check(
        "<!-- wp:uagb/faq {\"block_id\":\"f\"} --><div class=\"wp-block-uagb-faq\"><div class=\"uagb-faq__wrap\"><!-- wp:uagb/faq-child {\"question\":\"Where?\",\"answer\":\"Here.\"} --><div class=\"wp-block-uagb-faq-child uagb-faq-child__outer-wrap\"><div class=\"uagb-faq-questions-button\"><span class=\"uagb-question\">Where?</span></div><div class=\"uagb-faq-content\"><p>Here.</p></div></div><!-- /wp:uagb/faq-child --></div></div><!-- /wp:uagb/faq -->",
        "Where? Here.",
        2,
    );
}
