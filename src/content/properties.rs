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
use crate::content::testing::normalize_as;
use crate::content::{Excerpt, digest, plain_text};
use crate::model::{Body, BodyFormat};

const FORMATS: [BodyFormat; 4] =
    [BodyFormat::Blocks, BodyFormat::Classic, BodyFormat::Rendered, BodyFormat::Markdown];

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
