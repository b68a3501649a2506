//! What the blocks of widespread plugins are saved as loses no text, whether they are known here or not.

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
        0,
    );
    check(
        "<!-- wp:jetpack/slideshow --><div class=\"wp-block-jetpack-slideshow\"><ul class=\"swiper-wrapper\"><li class=\"swiper-slide\"><figure><img src=\"https://example.org/wp-content/uploads/a.png\" alt=\"\"/><figcaption>First</figcaption></figure></li></ul><a class=\"swiper-button-prev\" role=\"button\"></a></div><!-- /wp:jetpack/slideshow -->\n<!-- wp:jetpack/markdown {\"source\":\"*x*\"} --><div class=\"wp-block-jetpack-markdown\"><p><em>x</em></p></div><!-- /wp:jetpack/markdown -->",
        "First x",
        0,
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

/// Checks what is made of blocks of Jetpack, and which findings it brings, by their codes.
#[track_caller]
fn check_made(markup: &str, expected: &str, codes: &[&str]) {
    let content = normalize_as(BodyFormat::Blocks, markup);
    assert_eq!(content.pages[0].as_str(), expected);
    let found: Vec<&str> = content.diagnostics.iter().map(|found| &*found.code).collect();
    assert_eq!(found, codes);
}

#[test]
fn blocks_of_other_sites_become_links() {
    let leads_to = |markup: &str, address: &str| {
        let content = normalize_as(BodyFormat::Blocks, markup);
        let html = content.pages[0].as_str();
        assert!(html.contains(&format!("class=\"embed-facade\" href=\"{address}\"")), "{html}");
        assert!(content.diagnostics.is_empty(), "{:?}", content.diagnostics);
    };
    leads_to(
        "<!-- wp:jetpack/pinterest {\"url\":\"https://www.pinterest.com/pin/1/\"} /-->",
        "https://www.pinterest.com/pin/1/",
    );
    leads_to(
        "<!-- wp:jetpack/gif {\"giphyUrl\":\"https://giphy.com/embed/abc\",\"caption\":\"A cat\"} /-->",
        "https://giphy.com/gifs/abc",
    );
    leads_to(
        "<!-- wp:jetpack/opentable {\"rid\":[\"17\"]} /-->",
        "https://www.opentable.com/restref/client/?rid=17",
    );
    leads_to(
        "<!-- wp:videopress/video {\"guid\":\"OO3\"} -->\n<!-- /wp:videopress/video -->",
        "https://videopress.com/v/OO3",
    );
    leads_to(
        "<!-- wp:jetpack/whatsapp-button {\"countryCode\":\"44\",\"phoneNumber\":\"7700 900\"} /-->",
        "https://wa.me/447700900",
    );
}

#[test]
fn addresses_that_are_none_are_told() {
    check_made(
        "<!-- wp:jetpack/calendly {\"url\":\"javascript:alert(1)\"} /--><!-- wp:jetpack/instagram-gallery {\"accessToken\":\"x\"} /-->",
        "",
        &["unknown-block", "unknown-block"],
    );
}

#[test]
fn blocks_that_need_a_server_are_left_out() {
    check_made(
        "a<!-- wp:jetpack/like /--><!-- wp:jetpack/sharing-buttons --><ul><!-- wp:jetpack/sharing-button {\"service\":\"x\"} /--></ul><!-- /wp:jetpack/sharing-buttons --><!-- wp:jetpack/top-posts /--><!-- wp:jetpack/subscriptions --><div>[jetpack_subscription_form]</div><!-- /wp:jetpack/subscriptions --><!-- wp:jetpack/donations --><h4>Give</h4><!-- /wp:jetpack/donations -->",
        "a",
        &["dead-form", "dead-part", "dead-part", "dead-form", "dead-form"],
    );
}

#[test]
fn of_a_form_what_stands_between_its_fields_stays() {
    check_made(
        "<!-- wp:jetpack/contact-form {\"to\":\"me@home.example\"} --><div class=\"wp-block-jetpack-contact-form\"><!-- wp:paragraph --><p>Write to us.</p><!-- /wp:paragraph --><!-- wp:jetpack/field-name {\"required\":true} --><div><!-- wp:jetpack/label {\"label\":\"Name\"} /--><!-- wp:jetpack/input /--></div><!-- /wp:jetpack/field-name --><!-- wp:button {\"tagName\":\"button\",\"type\":\"submit\"} --><div class=\"wp-block-button\"><button type=\"submit\" class=\"wp-block-button__link\">Send</button></div><!-- /wp:button --></div><!-- /wp:jetpack/contact-form -->",
        "<div class=\"wp-block-jetpack-contact-form\"><p class=\"wp-block-paragraph\">Write to us.</p></div>",
        &["dead-form"],
    );
    check_made("<!-- wp:jetpack/contact-form /-->", "", &["dead-form"]);
}

#[test]
fn buttons_that_send_something_are_left_out_in_forms_alone() {
    let button = "<!-- wp:button {\"tagName\":\"button\",\"type\":\"submit\"} --><div class=\"wp-block-button\"><button type=\"submit\">Send</button></div><!-- /wp:button -->";
    let shows =
        |text: &str| normalize_as(BodyFormat::Blocks, text).pages[0].as_str().contains("Send");
    assert!(shows(button));
    let form = format!(
        "<!-- wp:jetpack/contact-form --><div>{button}</div><!-- /wp:jetpack/contact-form -->"
    );
    assert!(!shows(&form) && shows(&format!("{form}{button}")));
}

#[test]
fn buttons_with_an_address_are_links() {
    check_made(
        "<!-- wp:jetpack/button {\"element\":\"a\",\"text\":\"Book\",\"url\":\"https://other.example/\"} /--><!-- wp:jetpack/button {\"element\":\"button\",\"text\":\"Join\"} /-->",
        "<div class=\"wp-block-button\"><a href=\"https://other.example/\" class=\"wp-block-button__link wp-element-button\">Book</a></div>",
        &["dead-form"],
    );
}

#[test]
fn stories_show_their_pictures() {
    let content = normalize_as(
        BodyFormat::Blocks,
        r#"<!-- wp:jetpack/story {"mediaFiles":[{"alt":"A bowl","id":7,"type":"image","caption":"Mine","url":"https://example.org/wp-content/uploads/a.png"},{"alt":"","type":"video","url":"https://example.org/wp-content/uploads/b.mp4"}]} /-->"#,
    );
    let html = content.pages[0].as_str();
    assert!(html.contains("alt=\"A bowl\"") && html.contains("/media/a.png"), "{html}");
    assert!(html.contains("<figcaption class=\"wp-element-caption\">Mine</figcaption>"), "{html}");
    assert!(html.contains("<video controls") && html.contains("/media/b.mp4"), "{html}");
    assert!(content.diagnostics.is_empty(), "{:?}", content.diagnostics);
}

#[test]
fn polls_show_what_was_asked() {
    check_made(
        r#"<!-- wp:crowdsignal-forms/poll {"pollId":"x","question":"Tea or \u003cb\u003e?","answers":[{"answerId":"1","text":"Tea"},{"answerId":"2"}]} /-->"#,
        "<p><strong>Tea or &lt;b&gt;?</strong></p><ul><li>Tea</li></ul>",
        &["dead-form"],
    );
}

#[test]
fn goods_show_what_they_cost_and_no_address_of_who_sells_them() {
    check_made(
        r#"<!-- wp:jetpack/simple-payments {"email":"me@home.example","formattedPrice":"€5.00","productId":77,"title":"Calendar"} -->[simple-payment id="77"]<!-- /wp:jetpack/simple-payments -->"#,
        "<p><strong>Calendar</strong><br>€5.00</p>",
        &["dead-form", "dead-form"],
    );
}

#[test]
fn texts_and_sites_that_are_only_attributes_are_shown() {
    check_made(
        r#"<!-- wp:jetpack/markdown {"source":"*x*"} /--><!-- wp:jetpack/blogroll-item {"name":"Rolf","url":"https://rolf.example/","description":"walks"} /-->"#,
        "<p><em>x</em></p>\n<p class=\"wp-block-jetpack-blogroll-item\"><a href=\"https://rolf.example/\">Rolf</a><br>walks</p>",
        &[],
    );
}

#[test]
fn parts_for_those_who_are_no_members_are_known() {
    check(
        "<!-- wp:premium-content/container --><div><!-- wp:premium-content/logged-out-view --><div><!-- wp:paragraph --><p>Subscribe.</p><!-- /wp:paragraph --></div><!-- /wp:premium-content/logged-out-view --></div><!-- /wp:premium-content/container -->",
        "Subscribe.",
        0,
    );
}
