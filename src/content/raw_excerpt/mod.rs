//! What WordPress cuts the excerpt of a raw text from: the text as readers see it, of which only the
//! letters are left. Tags part no words, only white space does.

mod text_blocks;

use crate::content::answers::Answers;
use crate::content::context::{Context, Found};
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::raw_excerpt::text_blocks::source;
use crate::content::shortcodes::{archives, builders, embed, services, unknown};
use crate::content::spelling::{unix_lines, with_capital_p};
use crate::content::surroundings::Nowhere;
use crate::content::texturize::{self, Signs};
use crate::content::{Setting, autop, excerpt, smilies, text};
use crate::diagnostics::Location;
use crate::model::{Body, BodyFormat};

/// Returns the first `length` bytes or so of the plain text that an excerpt is cut from.
pub fn beginning(body: &Body, length: usize, signs: &Signs) -> String {
    let teaser = unix_lines(excerpt::teaser(&body.text));
    let html = match body.format {
        BodyFormat::Blocks => source(&teaser).into(),
        _ => teaser,
    };
    let location = Location::file(&"".into());
    let setting = Setting::aside(&location);
    let context =
        Context { setting: &setting, surroundings: &Nowhere, answers: Answers::new(&body.embeds) };
    let html = builders::to_html(&html, &context, &mut Found::default());
    let html = start(&html, length);
    // Where a plugin filled a shortcode, WordPress left it out of excerpts.
    let html = services::without(html);
    let html = archives::without(&html);
    let known = unknown::without(&html);
    let html = excerpt::without_shortcodes(&known);
    let html = embed::addresses(&html, &context, &mut Found::default());
    let html = texturize::texturize(&html, signs);
    let html = with_capital_p(autop::to_html(&html).into());
    letters(&smilies::to_pictures(&html))
}

/// Returns the start of `html` that holds so many bytes of text.
fn start(html: &str, length: usize) -> &str {
    let mut seen = 0;
    for token in tokenize(html).filter(|token| token.kind == Kind::Text) {
        seen += token.end - token.start;
        if seen >= length {
            let mut end = token.end - (seen - length);
            while !html.is_char_boundary(end) {
                end += 1;
            }
            return &html[..end];
        }
    }
    html
}

/// Returns the text of `html`, one space for all white space between two words.
fn letters(html: &str) -> String {
    let mut letters = String::with_capacity(html.len());
    for piece in text::runs(html) {
        for character in piece.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | '\x0c' => {
                    if !letters.is_empty() && !letters.ends_with(' ') {
                        letters.push(' ');
                    }
                }
                _ => letters.push(character),
            }
        }
    }
    letters.truncate(letters.trim_end().len());
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: BodyFormat, text: &str, expected: &str) {
        let body = Body::new(format, text.to_owned());
        assert_eq!(beginning(&body, 1000, &Signs::of_language("en")), expected);
    }

    #[test]
    fn what_other_sites_and_lists_show_is_no_words() {
        check(
            BodyFormat::Classic,
            "one [tweet 20] [gist]29[/gist] [wpvideo OO3 w=640]\n\n[archives]\n\ntwo",
            "one two",
        );
    }

    #[test]
    fn frames_of_page_builders_are_no_words() {
        check(
            BodyFormat::Classic,
            "[vc_row][vc_column_text]one[/vc_column_text][vc_raw_html]JTNDYiUzRWElM0MlMkZiJTNF[/vc_raw_html][youtube]abcdefghijk[/youtube][su_spoiler title=\"two\"]three[/su_spoiler][/vc_row]",
            "one a two three",
        );
    }

    #[test]
    fn tags_part_no_words() {
        check(
            BodyFormat::Classic,
            "one<br>two\nthree <b>f</b>our\n\nfive",
            "onetwo three four five",
        );
        check(
            BodyFormat::Blocks,
            "<!-- wp:paragraph --><p>one<br>two</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>three</p><!-- /wp:paragraph -->",
            "onetwo three",
        );
    }

    #[test]
    fn quotes_are_set_where_a_text_has_them() {
        check(BodyFormat::Classic, "\"a\" <code>\"b\"</code> c -- d", "“a” \"b\" c — d");
    }

    #[test]
    fn faces_and_wordpress_s_name_are_written_as_in_the_text() {
        check(BodyFormat::Classic, "a Wordpress :-) <code>:-)</code>", "a WordPress 🙂 :-)");
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check(
            BodyFormat::Classic,
            "[gallery]\n\nhttps://vimeo.com/1\n\na<sup data-fn=\"x\">1</sup><script>b</script>[form id=\"1\"]c",
            "ac",
        );
        check(
            BodyFormat::Blocks,
            "<!-- wp:image --><figure>a</figure><!-- /wp:image --><!-- wp:heading --><h2>b</h2><!-- /wp:heading -->",
            "b",
        );
    }

    #[test]
    fn only_the_first_page_counts() {
        check(BodyFormat::Classic, "a\n<!--nextpage-->\nb", "a");
    }

    #[test]
    fn what_stands_after_more_does_not_count() {
        check(BodyFormat::Classic, "a\n\n<!--more Go on-->\n\nb", "a");
        check(
            BodyFormat::Blocks,
            "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:paragraph --><p>b</p><!-- /wp:paragraph -->",
            "a",
        );
        check(BodyFormat::Classic, "<!--more-->\n\nb", "b");
        check(BodyFormat::Classic, "a <!--more", "a");
    }

    #[test]
    fn a_long_text_is_read_no_further_than_needed() {
        let body = Body::new(BodyFormat::Classic, "ཀ་ ".repeat(10_000));
        let text = beginning(&body, 100, &Signs::of_language("en"));
        assert!((90..=110).contains(&text.len()), "{}", text.len());
    }
}
