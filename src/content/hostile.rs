//! Bodies that are made to take long take no longer than others.

use crate::content::testing::{Site, normalize_as};
use crate::content::{Excerpt, Writer, comment_html, digest, plain_text, sanitize};
use crate::model::{Body, BodyFormat, CommentText};

/// Far more than linear time takes, without optimization and on a busy machine; far less than any other.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Each takes minutes, or overflows the stack, if anything is quadratic or recursive.
fn hostile() -> Vec<String> {
    vec![
        "<div>".repeat(20_000),
        "<b><p>".repeat(10_000),
        (0..4_000).map(|n| format!("<p><font color=c{n}>x")).collect(),
        "</p>".repeat(20_000),
        "<a".repeat(30_000),
        "<a href='".repeat(10_000),
        "<!--".repeat(20_000),
        "<!-- --".repeat(10_000),
        format!("<p {}>x</p>", (0..6_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        "<p id=x>y</p>".repeat(6_000),
        "<h2>same</h2>".repeat(6_000),
        "<!--nextpage-->x".repeat(10_000),
        "<!-- wp:group {\"layout\":{\"type\":\"grid\"}} --><div>".repeat(10_000),
        "<!-- wp:query --><!-- wp:post-template -->".repeat(5_000),
        "<!-- wp:group -->".repeat(10_000),
        "<!-- wp:image {\"style\":{\"border\":{\"width\":\"1px\"}}} --><figure>".repeat(5_000),
        "<style>a{b:\"//c\"</style>".repeat(3_000),
        format!("<style>{}</style>", "\"//c\" url(".repeat(5_000)),
        "&".repeat(50_000),
        "&a".repeat(30_000),
        "<script><!--<script>".repeat(5_000),
        "<svg><title><b>".repeat(5_000),
        "<table><td>".repeat(5_000),
        "[gallery [caption]".repeat(3_000),
        "[caption][gallery]".repeat(20_000),
        "http://".repeat(60_000),
        ">http://".repeat(40_000),
        "http://a.example/b\n".repeat(10_000),
        "a@".repeat(60_000),
        "www.a(".repeat(30_000),
        format!("{}@a.example", "a.".repeat(60_000)),
        "a:".repeat(60_000),
        "<!-- wp:a {".repeat(10_000),
        "a\n\n".repeat(20_000),
        "<br>".repeat(20_000),
        "a < b\n\n".repeat(20_000),
        "<textarea>\n\n".repeat(5_000),
        "<svg>\n\n<path>".repeat(5_000),
        "[gallery]<b c=d>".repeat(5_000),
        "<!-- /wp:group --><!-- wp:group -->a".repeat(5_000),
        "<iframe src=\"//x\"></iframe>".repeat(3_000),
        "<ul><li>".repeat(20_000),
        "<blockquote>".repeat(20_000),
        // Their end tags are no end of anything.
        "<div><object></div>".repeat(10_000),
        "<b><object></b>".repeat(10_000),
        "<p><object></p>".repeat(10_000),
        "<q><p></q>".repeat(20_000),
        "<span><div></span>".repeat(10_000),
        "<b><div></b>".repeat(10_000),
        "<form><div></form>".repeat(10_000),
        "<svg><div></svg>".repeat(10_000),
        "<ul><li><object></ul>".repeat(10_000),
        "<h1><div><h2></h1>".repeat(10_000),
        "<b><b><b><b><div></b></b></b></b></div>".repeat(5_000),
        "<option><span>".repeat(10_000),
        // Parts of plugins, which are looked into.
        "<div class=sharedaddy>a ".repeat(10_000),
        "<div class=\"is-loading\">".repeat(10_000),
        "<span role=button>".repeat(10_000),
        "<div hidden class=tab>".repeat(10_000),
        "<div hidden class=x>".repeat(10_000),
        "<div style=\"opacity:0\">".repeat(10_000),
        "<noscript>".repeat(10_000),
        "<img src=a data-src=b><noscript><img src=b>".repeat(5_000),
        "<div class=\"jp-relatedposts\"><a>".repeat(10_000),
        "<blockquote class=instagram-media>".repeat(10_000),
        "<div data-video-url=a data-settings=b>".repeat(10_000),
        "<ul class=\"wp-block-latest-posts\"><li><a href=a>".repeat(5_000),
        "[code lang=a][code]".repeat(10_000),
        "<div class=su-tabs><div class=su-tabs-nav><b>a</b></div><div class=su-tabs-pane>"
            .repeat(5_000),
        "<div class=su-tabs><div class=kt-tabs-wrap>".repeat(10_000),
        "<div class=su-tabs><div class=su-tabs-nav>".repeat(10_000),
        "<div class=su-spoiler><div class=su-spoiler-title>a</div><div class=su-spoiler-content>"
            .repeat(5_000),
        "<div class=su-spoiler><div class=su-spoiler-title>".repeat(10_000),
        "<div class=vc_tta-accordion>".repeat(10_000),
        "<div class=vc_tta-accordion></div>".repeat(10_000),
        "<span class=footnote_referrer><sup>".repeat(10_000),
        "<span class=footnote_tooltip id=a>".repeat(10_000),
        "<sup class=modern-footnotes-footnote><a>".repeat(10_000),
        "<div class=BorlabsCookie>".repeat(10_000),
        "<div class=embed-privacy-container><i class=embed-privacy-url>".repeat(5_000),
        "<span class=katex-mathml><span class=katex-html>".repeat(10_000),
        "<div role=tablist><a href=#a>".repeat(10_000),
        "<ul class=nav-tabs><li><a href=#a>a</ul><div id=a class=tab-pane>".repeat(5_000),
        "[vc_row][vc_column]".repeat(10_000),
        "[vc_row]".repeat(10_000) + &"[/vc_row]".repeat(10_000),
        "[one_half]a[/one_half]".repeat(10_000),
        "[vc_row disabled=on][vc_tta_tabs][vc_tta_section title=a]".repeat(5_000),
        "[button][/vc_row][youtube".repeat(10_000),
        "$latex [latex]a".repeat(10_000),
        format!("<svg>{}", "<tr>".repeat(30_000)),
        format!("<svg>{}", "<input>".repeat(30_000)),
    ]
}

#[test]
fn hostile_bodies_take_linear_time() {
    for text in hostile() {
        for format in [BodyFormat::Classic, BodyFormat::Rendered] {
            let start = std::time::Instant::now();
            let content = normalize_as(format, &text);
            let body = Body::new(format, text.clone());
            assert_eq!(usize::from(digest(&body, "", Excerpt::Cut).pages), content.pages.len());
            plain_text(&text);
            crate::content::excerpt_text(&text);
            let sample: String = text.chars().take(30).collect();
            assert!(start.elapsed() < PATIENCE, "{format:?} {sample}");
        }
    }
}

/// So do titles, captions and what else stands beside the bodies.
#[test]
fn hostile_comments_and_titles_take_linear_time() {
    for text in hostile() {
        let start = std::time::Instant::now();
        let comment = CommentText::Typed(text.as_str().into());
        sanitize(&comment_html(&comment, "en"), Writer::Commenter, &Site);
        let sample: String = text.chars().take(30).collect();
        assert!(start.elapsed() < PATIENCE, "{sample}");
    }
}
