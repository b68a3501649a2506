//! Every block, shortcode, embed, form, script and part of a plugin in a text is counted, and just once.

use proptest::prelude::*;

use crate::content::blocks::{self, Node};
use crate::content::surroundings::Nowhere;
use crate::content::testing::{normalize_as, normalize_on};
use crate::ledger::{Fate, Kind};
use crate::model::BodyFormat;

/// A piece of a raw text, and how many of each kind stand in it: blocks, shortcodes, embeds, forms,
/// scripts, parts of plugins.
type Piece = (&'static str, [u32; 6]);

const PIECES: [Piece; 34] = [
    ("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->", [1, 0, 0, 0, 0, 0]),
    (
        "<!-- wp:group --><div><!-- wp:quote --><blockquote>b</blockquote><!-- /wp:quote --></div><!-- /wp:group -->",
        [2, 0, 0, 0, 0, 0],
    ),
    (
        "<!-- wp:query {\"query\":{\"perPage\":3}} --><div><!-- wp:post-template --><!-- wp:post-title /--><!-- /wp:post-template --></div><!-- /wp:query -->",
        [3, 0, 0, 0, 0, 0],
    ),
    (
        "<!-- wp:group {\"metadata\":{\"blockVisibility\":false}} --><div><!-- wp:rss /--></div><!-- /wp:group -->",
        [2, 0, 0, 0, 0, 0],
    ),
    ("<!-- wp:rss /--><!-- wp:loginout /--><!-- wp:avatar /-->", [3, 0, 0, 0, 0, 0]),
    (
        "<!-- wp:acme/map /--><!-- wp:acme/box -->c<!-- wp:acme/map /--><!-- /wp:acme/box -->",
        [3, 0, 0, 0, 0, 0],
    ),
    ("<!-- wp:shortcode -->[gallery ids=\"1\"]<!-- /wp:shortcode -->", [1, 1, 0, 0, 0, 0]),
    ("<!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage -->", [1, 0, 0, 0, 0, 0]),
    ("<!-- wp:html --><script>x</script><!-- /wp:html -->", [1, 0, 0, 0, 1, 0]),
    ("<!-- wp:navigation {\"ref\":4} /--><!-- wp:block {\"ref\":4} /-->", [2, 0, 0, 0, 0, 0]),
    ("<p>[poll id=1] d [box_a]e[/box_a] [[audio]] [1]</p>", [0, 2, 0, 0, 0, 0]),
    (
        "[vc_row][vc_column width=\"1/2\"][vc_column_text]l[/vc_column_text][vc_empty_space][/vc_column][vc_column width=\"1/2\"]m[/vc_column][/vc_row]",
        [0, 5, 0, 0, 0, 0],
    ),
    (
        "[one_half]n[/one_half][one_half_last][su_note]o[/su_note][/one_half_last] [youtube id=\"abcdefghijk\"]",
        [0, 4, 1, 0, 0, 0],
    ),
    (
        "[vc_gallery images=\"1,2\"][vc_gmaps link=\"x\"][et_pb_tabs][et_pb_tab title=\"p\"]q[/et_pb_tab][/et_pb_tabs]",
        [0, 4, 0, 0, 0, 0],
    ),
    ("<p>$latex a$ [latex]b[/latex]</p>", [0, 1, 0, 0, 0, 1]),
    (
        "[vc_single_image image=\"1\"][vc_btn title=\"r\"][button url=\"/s/\"][youtube]",
        [0, 3, 0, 0, 0, 0],
    ),
    ("<p>[caption width=\"5\"]<img src=\"a.png\"> f[/caption]</p>[playlist]", [0, 2, 0, 0, 0, 0]),
    ("<p>[embed]https://www.youtube.com/watch?v=a[/embed]</p>", [0, 1, 1, 0, 0, 0]),
    ("\n<p>https://vimeo.com/1</p>\n", [0, 0, 1, 0, 0, 0]),
    (
        "<iframe src=\"https://www.youtube.com/embed/a\"></iframe><iframe></iframe>",
        [0, 0, 2, 0, 0, 0],
    ),
    (
        "<object data=\"https://a.example/b\"><embed src=\"https://a.example/b\"></object>",
        [0, 0, 2, 0, 0, 0],
    ),
    (
        "<form role=\"search\"><input name=\"s\"></form><form action=\"/x\"></form>",
        [0, 0, 0, 2, 0, 0],
    ),
    (
        "<div class=\"comment-respond\"><form action=\"/wp-comments-post.php\"></form></div><form id=\"loginform\"><script>y</script></form>",
        [0, 0, 0, 2, 1, 0],
    ),
    (
        "<script src=\"https://a.example/x.js\"></script><svg><script>z</script></svg>",
        [0, 0, 0, 0, 2, 0],
    ),
    (
        "<div class=\"sharedaddy sd-like\"><div class=\"a2a_kit\"><script>x</script></div></div><button class=\"x\">Open</button>",
        [0, 0, 0, 0, 1, 2],
    ),
    (
        "<div class=\"su-spoiler\"><div class=\"su-spoiler-title\">t</div><div class=\"su-spoiler-content\" style=\"display:none\">u</div></div><div class=\"su-tabs\"><div class=\"su-tabs-nav\"><span>v</span></div><div class=\"su-tabs-pane\" hidden>w</div></div>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<p>x<sup class=\"modern-footnotes-footnote\"><a href=\"javascript:x\">1</a></sup><span class=\"modern-footnotes-footnote__note\">y</span> z<span class=\"tooltiptext\">A</span></p>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<div class=\"embed-privacy-container\"><p>z</p><span class=\"embed-privacy-url\"><a href=\"https://www.youtube.com/watch?v=a\">Open</a></span><script>x</script></div>",
        [0, 0, 1, 0, 1, 1],
    ),
    (
        "<p><img src=\"https://s0.wp.com/latex.php?latex=a\"><script type=\"math/tex\">b</script></p>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<div style=\"display:none\">g<div style=\"display:none\">h</div></div><div class=\"popup\" style=\"display:none\">i</div>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<div class=\"tab-content\" hidden>j</div><span class=\"counter\" data-to=\"9\">0</span>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<iframe src=\"https://ads.doubleclick.net/x\"></iframe><iframe src=\"https://c.example/\" width=\"1\" height=\"1\"></iframe>",
        [0, 0, 2, 0, 0, 0],
    ),
    (
        "<p>k <img src=\"https://c.example/p.gif\" width=\"1\" height=\"1\"><span class=\"icon\">&#xe03b;</span></p>",
        [0, 0, 0, 0, 0, 2],
    ),
    (
        "<div id=\"map\" style=\"height:9px\"></div><blockquote data-instgrm-permalink=\"https://www.instagram.com/p/x/\"></blockquote>",
        [0, 0, 2, 0, 0, 0],
    ),
];

const KINDS: [Kind; 6] =
    [Kind::Block, Kind::Shortcode, Kind::Embed, Kind::Form, Kind::Script, Kind::Part];

/// Returns pieces as one text, and how many of each kind stand in it.
fn joined(pieces: &[Piece]) -> (String, [u32; 6]) {
    let text = pieces.iter().map(|(text, _)| format!("{text}\n\n")).collect();
    let sum = |kind: usize| pieces.iter().map(|(_, counts)| counts[kind]).sum();
    (text, std::array::from_fn(sum))
}

/// Returns how many of each kind were counted.
fn counted(format: BodyFormat, text: &str) -> [u32; 6] {
    let content = normalize_as(format, text);
    let sum = |wanted| {
        content.tally.iter().filter(|(kind, ..)| *kind == wanted).map(|(.., count)| count).sum()
    };
    KINDS.map(sum)
}

proptest! {
    #[test]
    fn the_sums_are_what_a_text_holds(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..12)) {
        let (text, expected) = joined(&pieces);
        prop_assert_eq!(counted(BodyFormat::Blocks, &text), expected, "{}", text);
    }

    #[test]
    fn rendered_texts_have_no_blocks_and_shortcodes_but_all_else(pieces in prop::collection::vec(prop::sample::select(&PIECES[19..]), 1..8)) {
        let (text, expected) = joined(&pieces);
        prop_assert_eq!(counted(BodyFormat::Rendered, &text), expected);
    }

    #[test]
    fn every_block_is_counted_however_broken_the_text(
        pieces in prop::collection::vec(r#"<!-- /?wp:(group|query|post-template|post-content|acme/map|nextpage|rss|block|p) (\{"ref":1\} )?/?-->|<!--nextpage-->|<div>|</div>|[a-z] "#, 0..16),
    ) {
        let text = pieces.concat();
        let document = blocks::parse(&text);
        let blocks = document.nodes.iter().filter(|node| matches!(node, Node::Block(_))).count();
        let tally = normalize_on(&Nowhere, BodyFormat::Blocks, &text).tally;
        let counts = tally.iter().filter(|(kind, ..)| *kind == Kind::Block);
        let sum: u32 = counts.map(|(.., count)| count).sum();
        prop_assert_eq!(sum as usize, blocks);
    }

    #[test]
    fn what_is_lost_is_told_as_an_error(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..6)) {
        let (text, _) = joined(&pieces);
        let content = normalize_as(BodyFormat::Blocks, &text);
        let has_losses = content.tally.iter().any(|(_, _, fate, _)| Fate::is_loss(fate));
        let has_errors = content.diagnostics.iter().any(|found| found.severity == crate::diagnostics::Severity::Error);
        prop_assert_eq!(has_losses, has_errors, "{}", text);
    }
}
