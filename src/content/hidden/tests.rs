//! What goes from lists in rendered HTML, and what stays.

use super::*;
use crate::content::testing::Site;

/// The site has the post `/kept/`; `/hidden/` is private, and `/protected/` needs a password.
#[track_caller]
fn check(html: &str, expected: &str, (hidden, protected): (usize, usize)) {
    let left_out = LeftOut { hidden, protected, ..LeftOut::default() };
    assert_eq!(without(html, &Site), (Cow::Borrowed(expected), left_out));
}

fn link(path: &str, title: &str) -> String {
    format!("<a href=\"https://example.org/{path}\">{title}</a>")
}

#[test]
fn only_posts_that_are_not_public_go() {
    check(
        "<ul><li class=\"post-1 status-publish\">A</li><li class=\"wp-block-post post-2 post status-private\"><h2>B</h2> b</li></ul>c",
        "<ul><li class=\"post-1 status-publish\">A</li></ul>c",
        (1, 0),
    );
    check(
        "<div class=\"post-2 status-draft\"><p>B<div>b</div></div>c<li class='post-3 status-future'>d",
        "c",
        (2, 0),
    );
    for kept in ["<p class=\"status-private\">a</p>", "<p>post-1 status-private</p>", "<b>status-"]
    {
        check(kept, kept, (0, 0));
    }
}

#[test]
fn entries_that_lead_to_hidden_posts_go_from_every_list() {
    let (public, secret) = (link("kept/", "A"), link("hidden/", "B"));
    for (start, end) in [
        ("<ul class=\"wp-block-latest-posts__list wp-block-latest-posts\">", "</ul>"),
        ("<div class=\"widget widget_recent_entries\"><ul>", "</ul></div>"),
        ("<ul class=\"wp-block-page-list\">", "</ul>"),
        ("<nav class=\"is-responsive wp-block-navigation\"><ul>", "</ul></nav>"),
        ("<nav class=\"wp-block-breadcrumbs\"><ol>", "</ol></nav>"),
    ] {
        check(
            &format!("{start}<li>{public}</li><li>{secret}<p>b</p></li>{end}"),
            &format!("{start}<li>{public}</li>{end}"),
            (1, 0),
        );
    }
    let single = format!("<div class=\"wp-block-post-navigation-link\">Next: {secret}</div>");
    check(&format!("<div>{single}</div>"), "<div></div>", (1, 0));
}

#[test]
fn entries_of_menus_are_known_without_the_menu_around_them() {
    let (public, secret) = (link("kept/", "A"), link("hidden/", "B"));
    let item = |inner: &str| format!("<li class=\"wp-block-navigation-item\">{inner}</li>");
    check(
        &[item(&public), item(&secret), item(&public)].concat(),
        &[item(&public), item(&public)].concat(),
        (1, 0),
    );
    let below = format!("{secret}<ul>{}{}</ul>", item(&public), item(&secret));
    check(&item(&below), &item(&format!("<ul>{}</ul>", item(&public))), (2, 0));
}

#[test]
fn comments_on_hidden_posts_go() {
    let author = "<a href=\"https://dawa.example/\">Dawa</a>";
    let block = |path| {
        format!(
            "<ol class=\"wp-block-latest-comments\"><li class=\"wp-block-latest-comments__comment\">{author} on {}<p>c</p></li></ol>",
            link(path, "A")
        )
    };
    check(&block("hidden/#comment-5"), "<ol class=\"wp-block-latest-comments\"></ol>", (1, 0));
    check(&block("kept/"), &block("kept/"), (0, 0));
    let widget = |path| {
        format!("<ul><li class=\"recentcomments\">{author} on {}</li></ul>", link(path, "A"))
    };
    check(&widget("hidden/"), "<ul></ul>", (1, 0));
    check(&widget("kept/"), &widget("kept/"), (0, 0));
}

#[test]
fn posts_with_a_password_are_counted_apart() {
    let entry = link("protected/", "Protected: B");
    check(
        &format!("<ul class=\"wp-block-latest-posts\"><li>{entry}</li></ul>"),
        "<ul class=\"wp-block-latest-posts\"></ul>",
        (0, 1),
    );
}

#[test]
fn posts_with_a_password_go_from_loops_if_the_export_has_them() {
    let post = |id| {
        format!(
            "<li class=\"wp-block-post post-{id} post type-post status-publish post-password-required hentry\">Protected: B</li>"
        )
    };
    check(&format!("<ul>{}</ul>", post(22)), "<ul></ul>", (0, 1));
    check(&post(23), &post(23), (0, 0));
    // Not the form that asks for it.
    let form = "<p class=\"post-22\">a</p><form class=\"post-password-form\">b</form>";
    check(form, form, (0, 0));
}

#[test]
fn private_posts_that_are_not_in_the_export_are_known_by_their_titles() {
    let list = |entry: &str| format!("<ul class=\"wp-block-latest-posts\">{entry}</ul>");
    for title in [
        "Private: B",
        "<em>Privat:</em> B",
        "Privé&nbsp;: B",
        "Privado: B",
        "خاص: B",
        "निजी: B",
        "私密：B",
    ] {
        let entry = format!("<li>{}</li>", link("gone/", title));
        check(&list(&entry), &list(""), (1, 0));
    }
    for (path, title) in [
        ("kept/", "Private: keep out"),
        ("gone/", "Private lessons"),
        ("gone/", "Private: "),
        ("gone/", "Protected: B"),
    ] {
        let entry = list(&format!("<li>{}</li>", link(path, title)));
        check(&entry, &entry, (0, 0));
    }
    let elsewhere = list("<li><a href=\"https://other.example/\">Private: B</a></li>");
    check(&elsewhere, &elsewhere, (0, 0));
}

#[test]
fn what_an_author_wrote_stays() {
    let own = format!("<ul><li>See {}</li></ul>", link("hidden/", "what I hide"));
    check(&own, &own, (0, 0));
    // A post's own words, in a list of whole posts.
    let post = format!("<li>{} a {}</li>", link("kept/", "A"), link("hidden/", "b"));
    let list = format!("<ul class=\"wp-block-latest-posts\">{post}</ul>");
    check(&list, &list, (0, 0));
}

#[test]
fn private_posts_that_the_export_has_go_from_lists_of_plugins_too() {
    let (public, secret) = (link("kept/", "A"), link("hidden/", "Privé&nbsp;: B"));
    check(
        &format!("<ol class=\"related\"><li>{public}</li><li>{secret}<p>b</p></li></ol>"),
        &format!("<ol class=\"related\"><li>{public}</li></ol>"),
        (1, 0),
    );
    check(&format!("<p>Home » {secret} » Here</p>"), "<p>Home »  » Here</p>", (1, 0));
    // Where it leads is not known to be private.
    let lost = format!("<ol><li>{}</li></ol>", link("gone/", "Private: B"));
    check(&lost, &lost, (0, 0));
}

#[test]
fn pages_below_a_hidden_one_stay() {
    let (secret, public) = (link("hidden/", "B"), link("kept/", "A"));
    check(
        &format!(
            "<ul class=\"wp-block-page-list\"><li class=\"x\">{secret}<ul><li>{public}</li></ul></li></ul>"
        ),
        &format!(
            "<ul class=\"wp-block-page-list\"><li class=\"x\"><ul><li>{public}</li></ul></li></ul>"
        ),
        (1, 0),
    );
}

#[test]
fn lists_are_no_words_of_the_author() {
    let html = "<p>a</p><ul class=\"wp-block-latest-posts\"><li>b</li></ul><div class=\"nav-previous\">c</div>d";
    assert_eq!(of_author(html), (Cow::Borrowed("<p>a</p>d"), false));
    let entry = link("anywhere/", "Private: B");
    assert!(is_suspicious(&format!("<div class=\"nav-previous\">{entry}</div>")));
    assert!(is_suspicious(&format!("<p>{entry}</p>")));
    assert!(!is_suspicious(html) && !is_suspicious(&link("anywhere/", "B")));
    assert_eq!(of_author(&format!("<p>Home » {entry}</p>a")).0, "<p>Home » </p>a");
}

#[test]
fn what_subscribers_saw_is_cut_out() {
    let html = "<p>a</p><div class=\"wp-block-premium-content-container\"><div class=\"wp-block-premium-content-subscriber-view entry-content\"><p>b</p></div></div><p>c</p>";
    let (shown, left_out) = without(html, &Site);
    assert_eq!(shown, "<p>a</p><div class=\"wp-block-premium-content-container\"></div><p>c</p>");
    assert_eq!(left_out, LeftOut { for_members: 1, ..LeftOut::default() });
}
