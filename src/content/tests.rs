//! Whole bodies, from what the export holds to what is printed.

use super::*;
use crate::content::testing::{Site, check_rendered, normalize_as};

#[test]
fn comments_go_and_the_first_more_is_a_target() {
    check_rendered(
        "<p>a<!-- x --></p>\n<p><!--more Read on--></p>\n<!--noteaser--><p>b</p><!--more-->",
        "<p>a</p>\n<span id=\"more-5\"></span>\n<p>b</p>",
        &[],
    );
}

#[test]
fn empty_paragraphs_go() {
    check_rendered("<p class=\"a\"> \n</p><p>&nbsp;</p><p></p>a", "<p>&nbsp;</p>a", &[]);
}

#[test]
fn empty_paragraphs_that_part_text_stay() {
    check_rendered("<div>a<p></p>b</div>", "<div>a<p></p>b</div>", &[]);
    check_rendered("<div>a <p></p></div>", "<div>a </div>", &[]);
}

#[test]
fn broken_bodies_are_read_as_browsers_read_them() {
    check_rendered("<p>a<div>b</div></p>", "<p>a</p><div>b</div>", &[]);
    check_rendered("a <b>b <i>c</b> d", "a <b>b <i>c</i></b><i> d</i>", &[]);
    check_rendered("1 < 2 & <!-- no end", "1 &lt; 2 & ", &["unfinished-markup"]);
}

#[test]
fn deep_nesting_is_told() {
    let deep = format!("{}text", "<div>".repeat(1000));
    let content = normalize_as(BodyFormat::Rendered, &deep);
    assert!(content.pages[0].as_str().contains("<div>text</div>"));
    assert_eq!(content.diagnostics[0].code, "deep-nesting");
}

#[test]
fn tables_and_code_can_be_scrolled() {
    check_rendered(
        "<figure class=\"wp-block-table\"><table></table></figure><table></table><pre>a</pre>",
        "<figure class=\"wp-block-table\" tabindex=\"0\"><table></table></figure><table tabindex=\"0\"></table><pre tabindex=\"0\">a</pre>",
        &[],
    );
}

#[test]
fn headings_can_be_linked() {
    check_rendered(
        "<h2>One <em>two</em></h2><h2 id=\"one-two-2\">x</h2><h3>One two</h3>",
        "<h2 id=\"one-two\">One <em>two</em></h2><h2 id=\"one-two-2\">x</h2><h3 id=\"one-two-3\">One two</h3>",
        &[],
    );
}

#[test]
fn scripts_stay_if_asked_for() {
    let location = Location::file(&"posts.json".into());
    let setting = Setting {
        post: PostId(5),
        location: &location,
        language: "en",
        scripts: Scripts::Keep,
        shortcodes: PluginShortcodes::Keep,
        code: CodeColors::Known,
    };
    let text = "<p onclick=\"x()\">a</p><script>if (1 < 2) y()</script>".to_owned();
    let content = normalize(&Body::new(BodyFormat::Rendered, text.clone()), &setting, &Site);
    assert_eq!(content.pages[0].as_str(), text);
    assert!(content.diagnostics.is_empty());
}

#[test]
fn plain_text_is_typeset() {
    assert_eq!(typeset("a \"b\" -- <c> & 'd'...", "en"), "a “b” — <c> & ‘d’…");
    assert_eq!(typeset("\"b\"", "de"), "„b“");
}

#[test]
fn forbidden_characters_go() {
    check_rendered("a\u{b}\0b", "ab", &[]);
}
