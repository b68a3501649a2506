//! Blocks made on the server, on a small site.

use crate::content::block_html::dynamic::test_site::News;
use crate::content::testing::normalize_on;
use crate::model::BodyFormat;

/// Checks what becomes of blocks in post 5.
#[track_caller]
fn check(markup: &str, expected: &str, codes: &[&str]) {
    let content = normalize_on(&News, BodyFormat::Blocks, markup);
    let lines: Vec<&str> = content.pages[0].as_str().lines().map(str::trim).collect();
    assert_eq!(lines.concat(), expected);
    let found: Vec<_> = content.diagnostics.iter().map(|found| &*found.code).collect();
    assert_eq!(found, codes);
}

/// A loop over posts, and what it shows of each.
fn query(json: &str, template: &str) -> String {
    format!(
        "<!-- wp:query {{\"query\":{json}}} --><!-- wp:post-template -->{template}<!-- /wp:post-template --><!-- /wp:query -->"
    )
}

/// What a loop prints around posts.
fn posts(each: &[(u64, &str, &str)]) -> String {
    let items = each.iter().map(|(id, terms, inner)| {
        format!("<li class=\"wp-block-post post-{id} post type-post status-publish format-standard hentry{terms}\">{inner}</li>")
    });
    format!(
        "<ul class=\"wp-block-post-template is-layout-flow wp-block-post-template-is-layout-flow\">{}</ul>",
        items.collect::<String>()
    )
}

#[test]
fn the_latest_posts_are_listed() {
    check(
        "<!-- wp:latest-posts {\"postsToShow\":2,\"displayAuthor\":true,\"displayPostDate\":true} /-->",
        "<ul class=\"wp-block-latest-posts__list has-dates has-author wp-block-latest-posts is-layout-flow wp-block-latest-posts-is-layout-flow\"><li><a href=\"/?p=13\" class=\"wp-block-latest-posts__post-title\">(no title)</a><div class=\"wp-block-latest-posts__post-author\">by Ann O’Neill</div><time datetime=\"2026-02-01T10:00:00+01:00\" class=\"wp-block-latest-posts__post-date\">1 February 2026</time></li><li><a href=\"/?p=12\" class=\"wp-block-latest-posts__post-title\">An oar</a><div class=\"wp-block-latest-posts__post-author\">by Ann O’Neill</div><time datetime=\"2026-01-09T10:00:00+01:00\" class=\"wp-block-latest-posts__post-date\">9 January 2026</time></li></ul>",
        &[],
    );
}

#[test]
fn the_category_of_the_latest_posts_may_be_written_as_it_was_when_there_was_but_one() {
    check(
        "<!-- wp:latest-posts {\"categories\":\"3\"} /-->",
        "<ul class=\"wp-block-latest-posts__list wp-block-latest-posts is-layout-flow wp-block-latest-posts-is-layout-flow\"><li><a href=\"/?p=11\" class=\"wp-block-latest-posts__post-title\">Boats</a></li></ul>",
        &[],
    );
}

#[test]
fn an_excerpt_of_the_author_s_keeps_its_tags_among_the_latest_posts() {
    check(
        "<!-- wp:latest-posts {\"postsToShow\":1,\"displayPostContent\":true} /-->",
        "<ul class=\"wp-block-latest-posts__list wp-block-latest-posts is-layout-flow wp-block-latest-posts-is-layout-flow\"><li><a href=\"/?p=13\" class=\"wp-block-latest-posts__post-title\">(no title)</a><div class=\"wp-block-latest-posts__post-excerpt\">One <em>two</em>.</div></li></ul>",
        &[],
    );
}

#[test]
fn loops_choose_posts() {
    let title = "<!-- wp:post-title {\"isLink\":true} /-->";
    let shown = |id: u64, title: &str| {
        format!(
            "<h2 class=\"wp-block-post-title\" id=\"{}\"><a href=\"/?p={id}\" target=\"_self\">{title}</a></h2>",
            title.to_lowercase().replace(' ', "-")
        )
    };
    let [boats, oar] = [shown(11, "Boats"), shown(12, "An oar")];
    // The sticky post comes in addition to the others.
    check(
        &query("{\"perPage\":1,\"order\":\"asc\"}", title),
        &posts(&[(12, " category-slug", &oar), (11, " category-slug tag-slug", &boats)]),
        &[],
    );
    check(
        &query("{\"perPage\":5,\"taxQuery\":{\"post_tag\":[3]}}", title),
        &posts(&[(11, " category-slug tag-slug", &boats)]),
        &[],
    );
    // It does so unless posts are chosen by what they have.
    check(
        &query("{\"perPage\":1,\"offset\":1,\"taxQuery\":{\"exclude\":{\"category\":[1]}}}", title),
        &posts(&[(12, " category-slug", &oar)]),
        &[],
    );
    check(
        &query("{\"perPage\":5,\"sticky\":\"exclude\",\"exclude\":[13]}", title),
        &posts(&[(11, " category-slug tag-slug", &boats)]),
        &[],
    );
    check(&query("{\"perPage\":5,\"author\":\"9\",\"sticky\":\"ignore\"}", title), "", &[]);
}

#[test]
fn pages_of_loops_are_linked() {
    let numbers = "<!-- wp:query-pagination-numbers /-->";
    let query = |inner: &str| {
        format!(
            "<!-- wp:query {{\"queryId\":7,\"query\":{{\"perPage\":1}}}} -->{inner}<!-- /wp:query -->"
        )
    };
    let shown = "<div class=\"wp-block-query-pagination-numbers\"><span aria-current=\"page\" class=\"page-numbers current\">1</span><a href=\"/?p=5&amp;query-7-page=2\" class=\"page-numbers\">2</a></div>";
    check(&query(numbers), shown, &[]);
    let within = format!("<!-- wp:post-template -->{numbers}<!-- /wp:post-template -->");
    check(&query(&query(&within)), &posts(&[(12, " category-slug", ""), (13, "", "")]), &[]);
}

#[test]
fn texts_in_loops_end_at_their_break() {
    check(
        &query("{\"perPage\":5,\"taxQuery\":{\"post_tag\":[3]}}", "<!-- wp:post-content /-->"),
        &posts(&[(
            11,
            " category-slug tag-slug",
            "<div class=\"entry-content wp-block-post-content is-layout-flow wp-block-post-content-is-layout-flow\"><p class=\"wp-block-paragraph\">One two three four.</p><a href=\"/?p=11#more-11\" class=\"more-link\"><span aria-label=\"Continue reading Boats\">(more&hellip;)</span></a></div>",
        )]),
        &[],
    );
}

#[test]
fn what_shows_itself_ends() {
    check("<!-- wp:block {\"ref\":30} /-->", "again", &["dynamic-block"]);
    check("<!-- wp:post-content /-->", "", &[]);
    let deep = "<!-- wp:query {\"query\":{\"perPage\":5}} --><!-- wp:post-template -->".repeat(40)
        + "a"
        + &"<!-- /wp:post-template --><!-- /wp:query -->".repeat(40);
    let content = normalize_on(&News, BodyFormat::Blocks, &deep);
    assert_eq!(content.diagnostics[0].code, "dynamic-block");
}

#[test]
fn reusable_blocks_are_told_what_to_show() {
    check(
        "<!-- wp:block {\"ref\":31,\"content\":{\"Head\":{\"content\":\"Other\"}}} /-->",
        "<h2 id=\"h\" class=\"wp-block-heading\">Other</h2>",
        &[],
    );
    check("<!-- wp:block {\"ref\":99} /-->", "", &["dynamic-block"]);
}

#[test]
fn groups_of_widgets_keep_what_they_hold() {
    check(
        "<!-- wp:widget-group {\"title\":\"A & b\"} --><!-- wp:paragraph --><p>c</p><!-- /wp:paragraph --><!-- /wp:widget-group -->",
        "<h2 class=\"widget-title\" id=\"a-b\">A &amp; b</h2><div class=\"wp-widget-group__inner-blocks\"><p class=\"wp-block-paragraph\">c</p></div>",
        &[],
    );
}

#[test]
fn terms_are_listed() {
    check(
        "<!-- wp:categories {\"showPostCounts\":true,\"showHierarchy\":true,\"showEmpty\":true} /-->",
        "<ul class=\"wp-block-categories-list wp-block-categories-taxonomy-category wp-block-categories\"><li class=\"cat-item cat-item-1\"><a href=\"/?cat=1\">Boats &amp; co</a> (3)<ul class=\"children\"><li class=\"cat-item cat-item-2\"><a href=\"/?cat=2\">Oars</a> (1)</li></ul></li></ul>",
        &[],
    );
    check(
        "<!-- wp:categories {\"showPostCounts\":true} /-->",
        "<ul class=\"wp-block-categories-list wp-block-categories-taxonomy-category wp-block-categories\"><li class=\"cat-item cat-item-1\"><a href=\"/?cat=1\">Boats &amp; co</a> (2)</li><li class=\"cat-item cat-item-2\"><a href=\"/?cat=2\">Oars</a> (1)</li></ul>",
        &[],
    );
    check(
        "<!-- wp:tag-cloud /-->",
        "<p class=\"wp-block-tag-cloud\"><a href=\"/?cat=3\" class=\"tag-cloud-link tag-link-3 tag-link-position-1\" style=\"font-size: 8pt;\" aria-label=\"Wood (1 item)\">Wood</a></p>",
        &[],
    );
}

#[test]
fn months_with_posts_are_listed() {
    check(
        "<!-- wp:archives {\"showPostCounts\":true} /-->",
        "<ul class=\"wp-block-archives-list wp-block-archives\"><li><a href=\"/?m=202602\">February 2026</a>&nbsp;(1)</li><li><a href=\"/?m=202601\">January 2026</a>&nbsp;(2)</li></ul>",
        &[],
    );
}

#[test]
fn menus_open_as_lists() {
    check(
        "<!-- wp:archives {\"displayAsDropdown\":true,\"type\":\"yearly\",\"showLabel\":false} /-->",
        "<div class=\"wp-block-archives-dropdown wp-block-archives\"><span class=\"wp-block-archives__label screen-reader-text\">Archives</span><details><summary>Select Year</summary><ul><li><a href=\"/?m=2026\">2026</a></li></ul></details></div>",
        &[],
    );
    check(
        "<!-- wp:categories {\"displayAsDropdown\":true,\"taxonomy\":\"post_tag\",\"showPostCounts\":true} /-->",
        "<div class=\"wp-block-categories-dropdown wp-block-categories-taxonomy-post_tag wp-block-categories\"><span class=\"wp-block-categories__label\">Categories</span><details><summary>Select Tag</summary><ul><li class=\"cat-item cat-item-3\"><a href=\"/?cat=3\">Wood</a>&nbsp;&nbsp;(1)</li></ul></details></div>",
        &[],
    );
}

#[test]
fn weeks_with_posts_lead_to_their_years() {
    check(
        "<!-- wp:archives {\"type\":\"weekly\",\"showPostCounts\":true} /-->",
        "<ul class=\"wp-block-archives-list wp-block-archives\"><li><a href=\"/?m=2026&amp;w=5\">26 January 2026–1 February 2026</a>&nbsp;(1)</li><li><a href=\"/?m=2026&amp;w=2\">5 January 2026–11 January 2026</a>&nbsp;(2)</li></ul>",
        &[],
    );
}

#[test]
fn forms_for_searching_say_what_they_search() {
    let content = normalize_on(
        &News,
        BodyFormat::Blocks,
        "<!-- wp:search {\"showLabel\":false,\"fontSize\":\"large\",\"style\":{\"typography\":{\"textDecoration\":\"underline\"}},\"query\":{\"post_type\":\"post\"}} /-->",
    );
    let html = content.pages[0].as_str();
    for part in [
        "class=\"wp-block-search__label screen-reader-text\"",
        "<input class=\"wp-block-search__input has-large-font-size\" id",
        "<input type=\"hidden\" name=\"post_type\" value=\"post\">",
        "<button aria-label=\"Search\" class=\"wp-block-search__button wp-element-button has-large-font-size\" style=\"text-decoration:underline\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn menus_and_pages_are_listed() {
    check(
        "<!-- wp:navigation --><!-- wp:navigation-submenu {\"label\":\"Sub\",\"url\":\"/s/\"} --><!-- wp:navigation-link {\"label\":\"Link\",\"url\":\"/l/\"} /--><!-- /wp:navigation-submenu --><!-- /wp:navigation -->",
        "<nav class=\"is-responsive wp-block-navigation is-layout-flex wp-block-navigation-is-layout-flex\"><ul class=\"wp-block-navigation__container is-responsive wp-block-navigation\"><li class=\"wp-block-navigation-item has-child wp-block-navigation-submenu\"><a class=\"wp-block-navigation-item__content\" href=\"/s/\"><span class=\"wp-block-navigation-item__label\">Sub</span></a><ul class=\"wp-block-navigation__submenu-container wp-block-navigation-submenu\"><li class=\"wp-block-navigation-item wp-block-navigation-link\"><a class=\"wp-block-navigation-item__content\" href=\"/l/\"><span class=\"wp-block-navigation-item__label\">Link</span></a></li></ul></li></ul></nav>",
        &[],
    );
    check(
        "<!-- wp:page-list /-->",
        "<ul class=\"wp-block-page-list\"><li class=\"wp-block-pages-list__item has-child\"><a href=\"/?p=20\" class=\"wp-block-pages-list__item__link\">About</a><ul class=\"wp-block-navigation__submenu-container\"><li class=\"wp-block-pages-list__item\"><a href=\"/?p=21\" class=\"wp-block-pages-list__item__link\">Team</a></li></ul></li></ul>",
        &[],
    );
    check(
        "<!-- wp:navigation {\"overlayMenu\":\"never\"} --><!-- wp:page-list {\"parentPageID\":20} /--><!-- /wp:navigation -->",
        "<nav class=\"wp-block-navigation is-layout-flex wp-block-navigation-is-layout-flex\"><ul class=\"wp-block-navigation__container wp-block-navigation\"><li class=\"wp-block-pages-list__item wp-block-navigation-item\"><a href=\"/?p=21\" class=\"wp-block-pages-list__item__link wp-block-navigation-item__content\">Team</a></li></ul></nav>",
        &[],
    );
}

#[test]
fn blocks_show_the_post_itself() {
    check(
        "<!-- wp:post-date {\"format\":\"Y\"} /--><!-- wp:post-time-to-read /--><!-- wp:post-time-to-read {\"displayMode\":\"words\"} /-->",
        "<div class=\"wp-block-post-date\"><time datetime=\"2026-03-01T10:00:00+01:00\">2026</time></div><div class=\"wp-block-post-time-to-read\">2–3 minutes</div><div class=\"wp-block-post-time-to-read\">400 words</div>",
        &[],
    );
    check(
        "<!-- wp:footnotes /-->",
        "<ol class=\"wp-block-footnotes\"><li id=\"a-b\">A <em>note</em>. <a href=\"#a-b-link\" aria-label=\"Jump to footnote reference 1\">↩\u{fe0e}</a></li></ol>",
        &[],
    );
}

#[test]
fn comments_are_clean() {
    check(
        "<!-- wp:latest-comments {\"displayAvatar\":false,\"displayDate\":false} /-->",
        "<ol class=\"has-excerpts wp-block-latest-comments\"><li class=\"wp-block-latest-comments__comment\"><article><footer class=\"wp-block-latest-comments__comment-meta\"><a href=\"/?author=7\" class=\"wp-block-latest-comments__comment-author\">Bob &amp; co – news</a> on <a href=\"/?p=11#comment-7\" class=\"wp-block-latest-comments__comment-link\">Boats</a></footer><div class=\"wp-block-latest-comments__comment-excerpt\"><p>Well done.</p></div></article></li></ol>",
        &[],
    );
}

#[test]
fn what_needs_a_server_is_left_out_and_told() {
    check("<!-- wp:loginout /-->", "", &["form-dropped"]);
    check("<!-- wp:avatar /-->", "", &["remote-image"]);
    check("<!-- wp:rss {\"feedURL\":\"https://example.com/feed\"} /-->", "", &["dynamic-block"]);
    check("<!-- wp:pattern {\"slug\":\"a/b\"} /-->", "", &["dynamic-block"]);
}

#[test]
fn lists_on_front_pages_show_each_post_once() {
    let list = |id: u64, title: &str| {
        format!(
            "<ul class=\"wp-block-latest-posts__list wp-block-latest-posts is-layout-flow wp-block-latest-posts-is-layout-flow\"><li><a href=\"/?p={id}\" class=\"wp-block-latest-posts__post-title\">{title}</a></li></ul>"
        )
    };
    let bare = "\"showImage\":false,\"showExcerpt\":false,\"showDate\":false,\"showAuthor\":false";
    check(
        &format!(
            "<!-- wp:newspack-blocks/homepage-articles {{\"postsToShow\":1,\"sectionHeader\":\"New\",{bare}}} /--><!-- wp:a8c/blog-posts {{\"postsToShow\":1,{bare}}} /--><!-- wp:a8c/blog-posts {{\"specificMode\":true,\"specificPosts\":[\"13\"],{bare}}} /-->"
        ),
        &format!(
            "<h2 class=\"article-section-title\" id=\"new\">New</h2>{}{}{}",
            list(13, "(no title)"),
            list(12, "An oar"),
            list(13, "(no title)")
        ),
        &[],
    );
}
