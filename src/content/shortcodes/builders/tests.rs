use proptest::prelude::*;

use crate::content::plain_text;
use crate::content::testing::normalize_as;
use crate::ledger::Kind;
use crate::model::BodyFormat;

/// Checks what becomes of a text, and how many shortcodes are counted.
#[track_caller]
fn check(text: &str, expected: &str, count: u32) {
    let content = normalize_as(BodyFormat::Classic, text);
    let html: String = content.pages[0].as_str().lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(html, expected);
    let counts = content.tally.iter().filter(|(kind, ..)| *kind == Kind::Shortcode);
    assert_eq!(counts.map(|(.., count)| count).sum::<u32>(), count);
}

#[test]
fn frames_are_taken_off() {
    check(
        "[vc_row css=\".x{a:b}\"][vc_column width=\"1/1\"][vc_column_text]One \"a\".\n\nTwo.[/vc_column_text][/vc_column][/vc_row]",
        "<p>One “a”.</p><p>Two.</p>",
        3,
    );
    check(
        "[et_pb_section fb_built=\"1\"][et_pb_row][et_pb_column type=\"4_4\"][et_pb_text _builder_version=\"4\"]<p>One</p>[/et_pb_text][/et_pb_column][/et_pb_row][/et_pb_section]",
        "<p>One</p>",
        4,
    );
}

#[test]
fn slides_of_a_presentation_stand_one_below_the_other() {
    check(
        "[presentation height=\"300px\"][slide]One[/slide][slide fade=\"on\"]Two[/slide][/presentation]",
        "<p>One</p><p>Two</p>",
        3,
    );
}

#[test]
fn columns_stand_side_by_side() {
    const ROW: &str = "<div class=\"wp-block-columns is-layout-flex\">";
    let column = |width: &str, text: &str| {
        format!("<div class=\"wp-block-column\" style=\"flex-basis:{width}%\"><p>{text}</p></div>")
    };
    let expected = format!("{ROW}{}{}</div>", column("66.66", "a"), column("33.33", "b"));
    check(
        "[vc_row][vc_column width=\"2/3\"]a[/vc_column][vc_column width=\"1/3\"]b[/vc_column][/vc_row]",
        &expected,
        3,
    );
    check("[two_third]a[/two_third]\n\n[one_third_last]b[/one_third_last]", &expected, 2);
    check(
        &format!(
            "[fusion_builder_row]{}[/fusion_builder_row]",
            "[fusion_builder_column type=\"1_2\"]c[/fusion_builder_column]".repeat(3)
        ),
        "<p>c</p><p>c</p><p>c</p>",
        4,
    );
    let half = column("50", "a");
    check(
        "[one_half]a[/one_half][one_half_last]a[/one_half_last] d [one_half]a[/one_half]",
        &format!("{ROW}{half}{half}</div><p>d</p>{ROW}{half}</div>"),
        3,
    );
}

#[test]
fn titles_in_attributes_are_shown() {
    check(
        "[et_pb_toggle title=\"Why %22so%22 &amp; not?\" open=\"on\"]a[/et_pb_toggle][su_spoiler title=\"B\"]b[/su_spoiler]",
        "<details class=\"wp-block-details\" open><summary>Why &quot;so&quot; &amp; not?</summary><p>a</p></details><details class=\"wp-block-details\"><summary>B</summary><p>b</p></details>",
        2,
    );
    check(
        "[vc_tta_tabs][vc_tta_section title=\"A\" tab_id=\"x\"][vc_column_text]a[/vc_column_text][/vc_tta_section][/vc_tta_tabs]",
        "<h3 id=\"a\">A</h3><p>a</p>",
        3,
    );
    check(
        "[vc_custom_heading text=\"A `{`b`}`\" font_container=\"tag:h4|text_align:left\" link=\"url:https%3A%2F%2Fexample.org%2Fkept%2F||\"]",
        "<h4 id=\"a-b\"><a href=\"/kept/\">A &#091;b&#093;</a></h4>",
        1,
    );
    check(
        "[et_pb_blurb title=\"A\" image=\"https://example.org/wp-content/uploads/b.png\"]<p>b</p>[/et_pb_blurb]",
        "<figure class=\"wp-block-image\"><img src=\"/media/b.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"></figure><h3 id=\"a\">A</h3><p>b</p>",
        1,
    );
}

#[test]
fn all_words_of_a_box_are_shown() {
    check(
        "[su_testimonial name=\"Tashi\" title=\"Baker\" company=\"Tea &amp; Co\"]Good.[/su_testimonial]",
        "<h3 id=\"baker\">Baker</h3><p>Tashi</p><p>Tea &amp; Co</p><p>Good.</p>",
        1,
    );
    check(
        "A [su_tooltip text=\"deep water\"]lake[/su_tooltip].",
        "<p>A lake <small>(deep water)</small>.</p>",
        1,
    );
    check(
        "[et_pb_cta title=\"A\" button_text=\"Go\" button_url=\"https://example.org/kept/\"]b[/et_pb_cta]",
        "<h3 id=\"a\">A</h3><p><a class=\"wp-block-button__link wp-element-button\" href=\"/kept/\">Go</a></p><p>b</p>",
        1,
    );
}

#[test]
fn buttons_are_links() {
    const BUTTON: &str =
        "<a class=\"wp-block-button__link wp-element-button\" href=\"/kept/\">Go</a>";
    for text in [
        "[button url=\"https://example.org/kept/\" color=\"red\"]Go[/button]",
        "[et_pb_button button_text=\"Go\" button_url=\"https://example.org/kept/\"][/et_pb_button]",
        "[vc_btn title=\"Go\" link=\"url:https%3A%2F%2Fexample.org%2Fkept%2F|title:x|\"]",
        "[fusion_button link=\"https://example.org/kept/\"]Go[/fusion_button]",
    ] {
        check(text, &format!("<p>{BUTTON}</p>"), 1);
    }
}

#[test]
fn films_are_links() {
    for (text, address) in [
        ("[youtube id=\"abcdefghijk\"]", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("[youtube https://youtu.be/abc]", "https://youtu.be/abc"),
        ("[youtube]abcdefghijk[/youtube]", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("[youtube=https://youtu.be/abc]", "https://youtu.be/abc"),
        ("[vimeo 12345678]", "https://vimeo.com/12345678"),
        ("[vc_video link=\"https://vimeo.com/1\"]", "https://vimeo.com/1"),
        ("[et_pb_video src=\"https://youtu.be/abc\"][/et_pb_video]", "https://youtu.be/abc"),
    ] {
        let content = normalize_as(BodyFormat::Classic, text);
        let html = content.pages[0].as_str();
        assert!(html.contains(&format!("class=\"embed-facade\" href=\"{address}\"")), "{html}");
    }
    check(
        "[youtube] press the [button] [dropcap]",
        "<p>[youtube] press the [button] [dropcap]</p>",
        0,
    );
    check("[vc_video el_width=\"50\"]", "<p>[vc_video el_width=”50″]</p>", 1);
}

#[test]
fn what_its_author_has_hidden_stays_away() {
    check(
        "a[vc_row disable_element=\"yes\"][vc_column]b[/vc_column][/vc_row][et_pb_text disabled_on=\"on|on|on\"]c[/et_pb_text][et_pb_text disabled_on=\"on|off|off\"]d[/et_pb_text]",
        "<p>a</p><p>d</p>",
        4,
    );
    check("[fusion_builder_container status=\"draft\"]a[/fusion_builder_container]", "", 1);
}

#[test]
fn footnotes_stand_at_the_end() {
    check(
        "One[mfn]A <em>note</em>.[/mfn] two[efn_note]B[/efn_note]. Press [ref].",
        "<p>One<sup class=\"modern-footnotes-footnote fn\" data-mfn=\"1\"><a href=\"#shortcode-note-1\" id=\"shortcode-note-1-link\">1</a></sup> two<sup class=\"modern-footnotes-footnote fn\" data-mfn=\"2\"><a href=\"#shortcode-note-2\" id=\"shortcode-note-2-link\">2</a></sup>. Press [ref].</p><ol class=\"wp-block-footnotes\"><li id=\"shortcode-note-1\">A <em>note</em>. <a href=\"#shortcode-note-1-link\" aria-label=\"Jump to footnote reference 1\">↩\u{fe0e}</a></li><li id=\"shortcode-note-2\">B <a href=\"#shortcode-note-2-link\" aria-label=\"Jump to footnote reference 2\">↩\u{fe0e}</a></li></ol>",
        2,
    );
}

#[test]
fn names_of_other_themes_are_known() {
    const ROW: &str = "<div class=\"wp-block-columns is-layout-flex\">";
    const HALF: &str = "<div class=\"wp-block-column\" style=\"flex-basis:50%\"><p>a</p></div>";
    check(
        "[av_one_half first][av_textblock]a[/av_textblock][/av_one_half][av_one_half]a[/av_one_half][av_one_half first]a[/av_one_half]",
        &format!("{ROW}{HALF}{HALF}</div>{ROW}{HALF}</div>"),
        4,
    );
    check(
        "[row][col span=\"6\" span__sm=\"12\"]a[/col][col span=\"6\"]a[/col][/row]",
        &format!("{ROW}{HALF}{HALF}</div>"),
        3,
    );
    check(
        "[av_heading heading='A' tag='h3'][/av_heading][av_button label='Go' link='manually,https://example.org/kept/']",
        "<h3 id=\"a\">A</h3><p><a class=\"wp-block-button__link wp-element-button\" href=\"/kept/\">Go</a></p>",
        2,
    );
    check(
        "[tabs][tab title=\"A\"]a[/tab][/tabs] [tab] key",
        "<h3 id=\"a\">A</h3><p>a</p><p>[tab] key</p>",
        2,
    );
}

#[test]
fn html_that_no_editor_should_change_is_read() {
    // `<b>a</b>`, percent-encoded.
    check("[vc_raw_html]JTNDYiUzRWElM0MlMkZiJTNF[/vc_raw_html]", "<p><b>a</b></p>", 1);
}

#[test]
fn what_only_looks_like_one_stays() {
    check("<pre>[vc_row]a[/vc_row]</pre>", "<pre tabindex=\"0\">[vc_row]a[/vc_row]</pre>", 0);
    check(
        "[[button]] <a title=\"[button]\">a</a>",
        "<p>[[button]] <a title=\"[button]\">a</a></p>",
        0,
    );
    check(
        "See [section 5], [row 3] and [tab key].",
        "<p>See [section 5], [row 3] and [tab key].</p>",
        0,
    );
    check("a [/vc_row] b", "<p>a [/vc_row] b</p>", 0);
}

#[test]
fn many_tags_take_no_more_than_their_time() {
    for text in
        ["[vc_row][vc_column]", "[one_half]", "[vc_row][/vc_column]", "[/one_half][one_half]a"]
    {
        normalize_as(BodyFormat::Classic, &text.repeat(20_000));
    }
}

proptest! {
    #[test]
    fn no_word_is_lost_however_tags_are_mixed(pieces in prop::collection::vec(prop_oneof![
        r#"\[(vc_row|vc_column|vc_column_text|vc_tta_tabs|vc_tta_section title="t"|et_pb_toggle title="t"|et_pb_blurb title="t"|fusion_text|su_quote|su_highlight|one_half|one_third_last|fusion_checklist|fusion_li_item|vc_separator|vc_empty_space)\]"#,
        r"\[/(vc_row|vc_column|vc_column_text|vc_tta_tabs|vc_tta_section|et_pb_toggle|et_pb_blurb|fusion_text|su_quote|su_highlight|one_half|one_third_last|fusion_checklist|fusion_li_item)\]",
        "</?(p|div|b|ul|li)>",
        "[a-z]{5} ",
        "\n\n",
    ], 0..20)) {
        let text = pieces.concat();
        for format in [BodyFormat::Classic, BodyFormat::Blocks] {
            let content = normalize_as(format, &text);
            let shown = plain_text(&content.pages[0].as_str().replace('<', " <").replace(['[', ']'], " "));
            let mut shown = shown.split_whitespace();
            let written = pieces.iter().filter(|piece| piece.ends_with(' '));
            for word in written.map(|word| word.trim()) {
                prop_assert!(shown.any(|other| other == word), "{} in {}", word, content.pages[0].as_str());
            }
        }
    }
}
