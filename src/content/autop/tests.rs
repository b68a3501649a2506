//! Classic text as WordPress lays it out.

use super::to_html;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(to_html(text).trim_end(), expected);
}

#[test]
fn empty_lines_part_paragraphs() {
    check("a\n\nb\n \nc", "<p>a</p>\n<p>b</p>\n<p>c</p>");
    check("", "");
}

#[test]
fn lines_end_with_breaks() {
    check("a\nb<br>\nc", "<p>a<br />\nb<br>\nc</p>");
    check("a<br><br />b", "<p>a</p>\n<p>b</p>");
    check("a\n<br>\n\n<br>b", "<p>a</p>\n<p>b</p>");
}

#[test]
fn blocks_stand_outside_paragraphs() {
    check("a\n<div>b</div>\nc", "<p>a</p>\n<div>b</div>\n<p>c</p>");
    check("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>");
    check("a<hr />b", "<p>a</p>\n<hr />\n<p>b</p>");
}

#[test]
fn text_in_blocks_has_paragraphs() {
    check("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>");
    check("<td>a\n\nb</td>", "<td>a\n<p>b</p></td>");
    check("<p>a\n\nb</p>", "<p>a</p>\n<p>b</p>");
}

#[test]
fn preformatted_text_is_left_alone() {
    check("a\n<pre>b\n\n\nc</pre>\nd", "<p>a</p>\n<pre>b\n\n\nc</pre>\n<p>d</p>");
    check("<script>a\n\nb</script>", "<p><script>a\n\nb</script></p>");
}

#[test]
fn preformatted_text_ends_at_the_first_end_tag_or_is_none() {
    check("<pre>a<pre>b</pre>c</pre>d", "<pre>a<pre>b</pre>\n<p>cd</p>");
    check("a\n<pre>b\n\nc", "<p>a</p>\n<pre>b\n<p>c</p>");
    check("a</pre>\nb", "<p>a</p></pre>\n<p>b</p>");
    check("</style>a", "</style>\n<p>a</p>");
}

#[test]
fn tags_in_capitals_are_like_any_others() {
    check("a\n<P>b</P>\nc", "<p>a<br />\n<P>b</P><br />\nc</p>");
}

#[test]
fn captions_do_not_part_from_what_stands_around_them() {
    check(
        "<figure>\n<img>\n\n<figcaption>a\nb</figcaption>\n</figure>",
        "<figure><img><figcaption>a<br />\nb</figcaption></figure>",
    );
    check("<figcaption>a</figcaption>\n<b>c</b>", "<figcaption>a</figcaption><b>c</b>");
    check("a</figcaption>\nb", "<p>a</p></figcaption>\n<p>b</p>");
}

#[test]
fn players_are_left_in_their_line() {
    check(
        "<video>\n<source src=\"a\">\n\nb\n</video>",
        "<p><video><source src=\"a\">b</video></p>",
    );
    check("<video>\na\nb</video>", "<p><video><br />\na<br />\nb</video></p>");
    check("<object>\n<param>\na\n</object>", "<p><object><param>a</object></p>");
    check("<select>\n<option>a</option>\n</select>", "<p><select><option>a</option></select></p>");
}

#[test]
fn a_break_at_the_start_of_a_block_is_none() {
    check("<div><br>a</div>", "<div>a</div>");
    check("a\n\n<br />b", "<p>a</p>\n<p>b</p>");
    check("<div>\n<br />\na</div>", "<div><br />\na</div>");
    check("<h2>a<br /></h2>", "<h2>a<br /></h2>");
    check("<div\nid=\"a\">\nb</div>", "<div\nid=\"a\"><br />\nb</div>");
}

#[test]
fn an_item_without_an_end_ends_with_a_break() {
    check("<ul><li>a\n<h2>b</h2></ul>", "<ul>\n<li>a<br />\n<h2>b</h2>\n</ul>");
    check("<ul><li>a\n<li>b</ul>", "<ul>\n<li>a\n<li>b</ul>");
}

#[test]
fn breaks_at_the_end_of_a_paragraph_go() {
    check("a<br>\n\nb", "<p>a</p>\n<p>b</p>");
    check("<details>a\n</details>", "<details>a<br />\n</details>");
    check("a\n<br>", "<p>a<br /></p>");
    check("<address>\n\na\nb\n</address>", "<address>\n<p>a<br />\nb</p></address>");
}

#[test]
fn fields_hold_what_is_made_of_their_text() {
    check(
        "<form><textarea>a\n\nb\nc</textarea></form>",
        "<form><textarea>a</p>\n<p>b<br />\nc</textarea></p></form>",
    );
}

#[test]
fn drawings_are_parted_at_empty_lines_alone() {
    check("<svg>\n<g>\n</g></svg>", "<p><svg>\n<g>\n</g></svg></p>");
    check("<svg>\n\n<path/>\n\na</svg>", "<p><svg></p>\n<path/>\n<p>a</svg></p>");
}

#[test]
fn tags_that_begin_like_those_of_blocks_stand_in_no_paragraph() {
    check("<picture><img></picture>", "<picture><img></picture>");
    check("a\n<picture>\n<img></picture>\nb", "<p>a\n<picture>\n<img></picture>\nb</p>");
    check("a <picture><img></picture>\n\nb", "<p>a <picture><img></picture>\n<p>b</p>");
}

#[test]
fn what_stands_between_angle_brackets_is_a_tag() {
    check("a < b\n\nc > d\ne", "<p>a < b\n\nc > d<br />\ne</p>");
    check("a <b\n\nc", "<p>a <b\n\nc</p>");
}

#[test]
fn comments_stay() {
    check("a\n\n<!--more-->\n\nb", "<p>a</p>\n<p><!--more--></p>\n<p>b</p>");
}
