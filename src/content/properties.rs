//! What holds for every body, however broken.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token as Theirs, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;

use crate::content::html::entities::{Place, decode};
use crate::content::html::markup::Markup;
use crate::content::html::tag::attributes;
use crate::content::html::tokens::{Kind, tokenize};
use crate::content::html::{names, repair};
use crate::content::testing::{Site, normalize_as};
use crate::content::{Excerpt, Writer, digest, plain_text, sanitize};
use crate::model::{Body, BodyFormat};

const FORMATS: [BodyFormat; 4] =
    [BodyFormat::Blocks, BodyFormat::Classic, BodyFormat::Rendered, BodyFormat::Markdown];

/// Far more than linear time takes, without optimization and on a busy machine; far less than any other.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Pieces that tag soup is made of.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "</?(p|div|b|i|a|li|ul|td|tr|table|h2|span|em|blockquote|svg|pre|button|select|option)( x=1)?/?>",
        "</?[a-zA-Z]{1,3}[^<>a-z]{0,4}>?",
        "<(a href=[\"']?[^>]{0,5}[\"']?|img src=x alt|br/|p\tid = 'a'class=b|x a=b/)>",
        "<!--[ -]{0,3}(>|a|--!>|-->|nextpage-->|more-->)?",
        "<(script|style|title|textarea|xmp)>[^<]{0,4}(</(script|style|title|textarea|xmp)>)?",
        "&(amp|lt|copy|notit|#65|#x41|#x|)?;?",
        "[ \n\ta-zཀ-ཥ་།é<>&\"'=/-]{1,6}",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// As [`soup`], but nothing in it is hidden, moved or made by the rewrite.
fn readable() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "</?(p|div|b|i|a|li|ul|h2|span|em|blockquote|pre|td|font)>",
        "<!-- [a-z] -->",
        "&(amp|lt|copy|nbsp|#65);",
        "[ \na-zཀ-ཥ་།é>]{1,6}",
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// Raw block markup with comments in any order, of blocks of every kind, and words between them.
fn raw_blocks() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        r#"<!-- wp:(group|columns|column|cover|quote|buttons|gallery|image|list|query|post-template|acme/map) (\{"(layout|style|align|query|lightbox|metadata)":(1|"x"|\{"(type|spacing|elements|perPage|bindings)":("grid"|3|\{\})\})\} )?-->"#,
        r"<!-- /wp:(group|columns|column|cover|quote|buttons|gallery|image|list|query|post-template|acme/map) -->",
        r"<!-- wp:(latest-posts|post-title|post-content|block|navigation|footnotes|nextpage|more) (\{\} )?/-->",
        "</?(div|figure|ul|li|span)( class=\"[a-z]\")?>",
        "<!--nextpage-->",
        "[a-z]{3} ",
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Blocks that hold text, each whole: their words in order, and the markup.
fn whole_blocks() -> impl Strategy<Value = (Vec<String>, String)> {
    let leaf =
        ("[a-z]{4}", prop::sample::select(&["paragraph", "heading", "acme/note", "html"][..]))
            .prop_map(|(word, name)| {
                let html = format!("<!-- wp:{name} --><div>{word}</div><!-- /wp:{name} -->");
                (vec![word], html)
            });
    leaf.prop_recursive(6, 24, 4, |inner| {
        let name = prop::sample::select(&["group", "columns", "cover", "quote", "acme/box", "details"][..]);
        let json = prop::sample::select(
            &["", r#"{"layout":{"type":"grid"}} "#, r##"{"style":{"color":{"text":"#fff"},"elements":{"link":{"color":{"text":"red"}}}}} "##][..],
        );
        (proptest::collection::vec(inner, 1..4), name, json).prop_map(|(parts, name, json)| {
            let (words, html): (Vec<Vec<String>>, Vec<String>) = parts.into_iter().unzip();
            let html = html.concat();
            (words.concat(), format!("<!-- wp:{name} {json}--><div class=\"a\">{html}</div><!-- /wp:{name} -->"))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn blocks_in_any_order_balance(text in raw_blocks()) {
        let content = normalize_as(BodyFormat::Blocks, &text);
        content.pages.iter().for_each(|page| assert_balanced(page.as_str()));
        let body = Body::new(BodyFormat::Blocks, text);
        prop_assert_eq!(usize::from(digest(&body, "", Excerpt::Cut).pages), content.pages.len());
    }

    #[test]
    fn no_word_of_a_block_is_lost((words, markup) in whole_blocks()) {
        let content = normalize_as(BodyFormat::Blocks, &markup);
        let text = plain_text(content.pages[0].as_str());
        let shown: Vec<&str> = text.split_whitespace().collect();
        prop_assert_eq!(shown, words);
    }

    #[test]
    fn no_body_panics_and_all_pages_balance(text in soup()) {
        for format in FORMATS {
            let content = normalize_as(format, &text);
            for page in &content.pages {
                assert_balanced(page.as_str());
            }
            let body = Body::new(format, text.clone());
            let digest = digest(&body, &text, Excerpt::Cut);
            prop_assert_eq!(usize::from(digest.pages), content.pages.len());
        }
    }

    #[test]
    fn visible_text_stays(text in readable()) {
        let before = visible(&text);
        let content = normalize_as(BodyFormat::Rendered, &text);
        prop_assert_eq!(visible(content.pages[0].as_str()), before);
    }

    #[test]
    fn a_clean_page_stays_as_it_is(text in readable()) {
        let once = normalize_as(BodyFormat::Rendered, &text);
        let twice = normalize_as(BodyFormat::Rendered, once.pages[0].as_str());
        prop_assert_eq!(twice.pages[0].as_str(), once.pages[0].as_str());
    }

    #[test]
    fn pages_hold_nothing_that_runs(text in soup()) {
        let content = normalize_as(BodyFormat::Rendered, &text);
        for page in &content.pages {
            for token in tokenize(page.as_str()) {
                if let Kind::Start(tag) = token.kind {
                    prop_assert!(!matches!(tag.name, "script" | "iframe" | "style" | "base"));
                }
            }
        }
    }

    #[test]
    fn tokens_are_those_of_html5ever(text in soup()) {
        // These are changed before ours sees them.
        let text = text.replace(['\0', '\r'], "");
        prop_assert_eq!(ours(&text), theirs(&text));
    }

    #[test]
    fn tokens_cover_the_source(text in soup()) {
        let whole: String = tokenize(&text).map(|token| &text[token.start..token.end]).collect();
        prop_assert_eq!(whole, text);
    }
}

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
        sanitize(&text, Writer::Commenter, &Site);
        let sample: String = text.chars().take(30).collect();
        assert!(start.elapsed() < PATIENCE, "{sample}");
    }
}

/// What a browser shows: the text of the tree it makes.
fn visible(html: &str) -> String {
    plain_text(&repair::repair(html).html).split_whitespace().collect()
}

#[track_caller]
fn assert_balanced(page: &str) {
    let markup = Markup::printed(page);
    for (index, token) in markup.tokens.iter().enumerate() {
        match token.kind {
            Kind::End(_) => {
                let start = markup.partners.iter().position(|partner| *partner as usize == index);
                assert!(start.is_some_and(|start| start < index), "{page}");
            }
            Kind::Comment => panic!("a comment in {page}"),
            _ => {}
        }
    }
}

/// Tokens as both tokenizers can say them, one a line.
fn ours(html: &str) -> Vec<String> {
    let mut lines = Lines::default();
    for token in tokenize(html) {
        let source = &html[token.start..token.end];
        match token.kind {
            Kind::Text => lines.text(&decode(source, Place::Text)),
            Kind::Raw if lines.is_decoded() => lines.text(&decode(source, Place::Text)),
            Kind::Raw => lines.text(source),
            Kind::Start(tag) => {
                let mut seen: Vec<String> = Vec::new();
                let mut line = format!("<{}", tag.name.to_ascii_lowercase());
                for attribute in attributes(tag.attributes) {
                    let name = attribute.name.to_ascii_lowercase();
                    if !seen.contains(&name) {
                        let value = decode(attribute.value.unwrap_or_default(), Place::Attribute);
                        line += &format!(" {name}={value}");
                        seen.push(name);
                    }
                }
                lines.0.push(line + if tag.is_self_closing { "/>" } else { ">" });
            }
            Kind::End(name) => lines.0.push(format!("</{}>", name.to_ascii_lowercase())),
            Kind::Cdata | Kind::Comment => lines.mark(),
        }
    }
    lines.finish()
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.starts_with('"') => last.push_str(text),
            _ => self.0.push(format!("\"{text}")),
        }
    }

    /// Notes a comment: text before it and after it stay apart.
    fn mark(&mut self) {
        self.0.push(String::new());
    }

    fn is_decoded(&self) -> bool {
        self.0
            .last()
            .is_some_and(|line| line.starts_with("<textarea") || line.starts_with("<title"))
    }

    fn finish(self) -> Vec<String> {
        // Comments are left out by both, and some markup that shows nothing is none to html5ever.
        let mut joined = Lines::default();
        for line in self.0.into_iter().filter(|line| !line.is_empty()) {
            match line.strip_prefix('"') {
                Some(text) => joined.text(text),
                None => joined.0.push(line),
            }
        }
        joined.0
    }
}

#[derive(Default)]
struct Sink {
    lines: RefCell<Lines>,
    foreign: RefCell<usize>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Theirs, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.lines.borrow_mut();
        match token {
            Theirs::CharacterTokens(text) => lines.text(&text),
            Theirs::NullCharacterToken => lines.text("\0"),
            Theirs::TagToken(tag) => {
                let name = tag.name.to_string();
                let mut foreign = self.foreign.borrow_mut();
                let is_foreign = matches!(&*name, "svg" | "math");
                if tag.kind == TagKind::EndTag {
                    *foreign = foreign.saturating_sub(usize::from(is_foreign));
                    lines.0.push(format!("</{name}>"));
                    return TokenSinkResult::Continue;
                }
                let mut line = format!("<{name}");
                for attribute in &tag.attrs {
                    line += &format!(" {}={}", attribute.name.local, attribute.value);
                }
                lines.0.push(line + if tag.self_closing { "/>" } else { ">" });
                if is_foreign && !tag.self_closing {
                    *foreign += 1;
                } else if *foreign == 0 && names::is_raw(&name) {
                    return match &*name {
                        "plaintext" => TokenSinkResult::Plaintext,
                        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => TokenSinkResult::RawData(RawKind::Rawtext),
                    };
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn theirs(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.lines.take().finish()
}
