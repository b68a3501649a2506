//! Turns a body, whatever it was written in, into clean HTML. Pure: what it must know of the site
//! it asks its [`Surroundings`].
//!
//! ```text
//! Blocks, Classic ─ raw ──────┐
//! Markdown ─ markdown ────────┼▶ HTML ─ html::repair ─▶ balanced ─ html::pages ─▶ pages ─ html::clean ─▶ Content
//! Rendered ─ hidden::without ─┘
//! ```
//!
//! [`normalize`] is this picture as code; `raw` has the steps that WordPress takes with raw texts. Other
//! stages use the functions of this file, and the few public modules below.

// What is asked of the site around a text.
pub mod surroundings;

// How raw texts are written, and what the steps that make HTML of them share.
mod answers;
pub mod blocks;
mod context;
mod pictures;
mod shortcode_grammar;
mod spelling;

// Raw texts to HTML, in the steps of `raw`.
mod autop;
mod block_html;
mod raw;
mod shortcodes;
mod smilies;
mod texturize;

// The other kinds of texts to HTML.
mod hidden;
mod markdown;

// HTML to clean HTML.
pub mod html;

// Texts beside bodies.
mod comments;
pub mod navigation;
mod sanitizer;

// What else is to be known of a text.
mod audience;
mod digest;
mod excerpt;
mod raw_excerpt;
mod restricted;
mod script;
mod text;

#[cfg(test)]
mod counted;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::content::answers::Answers;
use crate::content::context::{Context, Found};
use crate::content::html::clean::body::Origin;
use crate::content::html::entities::{Place, decode, push_text};
use crate::content::html::markup::Markup;
use crate::content::html::{clean, pages, repair};
use crate::content::surroundings::Surroundings;
use crate::content::texturize::Signs;
use crate::diagnostics::{Diagnostic, Location};
use crate::ledger::Tally;
use crate::model::{Body, BodyFormat, CommentText, Digest, PostId, Script, ShownFile};

pub use crate::content::restricted::Parted;
pub use crate::content::sanitizer::Writer;
pub use crate::content::shortcodes::unknown::PluginShortcodes;

/// A body made ready to print.
#[derive(Debug, Default)]
pub struct Content {
    /// Its pages, as `<!--nextpage-->` cuts them: one or more, each balanced HTML.
    pub pages: Vec<Html>,
    /// The style sheets that stood in the body, for the page's head. Hold no request to another
    /// host.
    pub styles: String,
    /// In the order of the body.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the blocks, shortcodes, embeds, forms, scripts and parts of plugins in it.
    pub tally: Tally,
}

/// HTML that is normalized: balanced, without scripts, safe to print inside a page.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Html(String);

/// What a body is normalized for.
#[derive(Debug)]
pub struct Setting<'a> {
    /// The post the body belongs to.
    pub post: PostId,
    /// Where diagnostics point.
    pub location: &'a Location,
    /// The language tag of the post, such as `bo`: blocks in other scripts are marked with theirs.
    pub language: &'a str,
    /// Whether scripts stay.
    pub scripts: Scripts,
    /// Whether shortcodes of plugins stay in raw texts.
    pub shortcodes: PluginShortcodes,
    /// Whether code has colours.
    pub code: CodeColors,
}

impl<'a> Setting<'a> {
    /// Returns the setting for a text that is only looked at: of no post, and in no language.
    pub fn aside(location: &'a Location) -> Self {
        Self {
            post: PostId(0),
            location,
            language: "",
            scripts: Scripts::Drop,
            shortcodes: PluginShortcodes::Keep,
            code: CodeColors::None,
        }
    }
}

/// Whether code in a language that its author named has colours.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum CodeColors {
    /// It has, in the languages that are known.
    #[default]
    Known,
    /// It has none.
    None,
}

/// What happens to scripts in content.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Scripts {
    /// They are left out and told.
    #[default]
    Drop,
    /// They stay as they are.
    Keep,
}

impl Html {
    /// Returns the HTML as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Normalizes `body`.
pub fn normalize(body: &Body, setting: &Setting<'_>, surroundings: &dyn Surroundings) -> Content {
    let mut found = Found::default();
    let html = to_html(body, setting, surroundings, &mut found);
    let repaired;
    let markup = match Markup::balanced(&html) {
        Some(markup) => markup,
        None => {
            repaired = repair::repair(&html);
            found.diagnostics.extend(tell_depth(repaired.left_out, setting));
            Markup::printed(&repaired.html)
        }
    };
    let cut = pages::split(&markup);
    let origin = match body.format {
        BodyFormat::Blocks | BodyFormat::Classic => Origin::Raw,
        BodyFormat::Rendered | BodyFormat::Markdown => Origin::Rendered,
    };
    let pages = match &cut {
        Some(pages) => pages.iter().map(|page| Markup::printed(page)).collect(),
        None => vec![markup],
    };
    let cleaned = clean::clean(&pages, setting, surroundings, origin);
    found.diagnostics.extend(cleaned.diagnostics);
    found.tally.add_all(&cleaned.tally);
    let pages = cleaned.pages.into_iter().map(Html).collect();
    let Found { diagnostics, tally, .. } = found;
    Content { pages, styles: cleaned.styles, diagnostics, tally }
}

/// Returns a body as HTML that is not clean yet.
fn to_html<'b>(
    body: &'b Body,
    setting: &Setting<'_>,
    surroundings: &dyn Surroundings,
    found: &mut Found,
) -> Cow<'b, str> {
    let text = repair::without_controls(&body.text);
    match body.format {
        BodyFormat::Blocks | BodyFormat::Classic => {
            let context = Context { setting, surroundings, answers: Answers::new(&body.embeds) };
            raw::to_html(&text, &context, found).into()
        }
        BodyFormat::Rendered => {
            let (shown, left_out) = match text {
                Cow::Borrowed(text) => hidden::without(text, surroundings),
                Cow::Owned(text) => {
                    let (shown, left_out) = hidden::without(&text, surroundings);
                    (Cow::Owned(shown.into_owned()), left_out)
                }
            };
            found.diagnostics.extend(hidden::tell(left_out, setting));
            shown
        }
        BodyFormat::Markdown => markdown::to_html(&text).into(),
    }
}

/// Returns rendered HTML without the posts in its lists that are not public.
pub fn for_readers<'h>(html: &'h str, surroundings: &dyn Surroundings) -> Cow<'h, str> {
    hidden::without(html, surroundings).0
}

/// Returns whether a list in rendered HTML shows what looks like a post that is not public.
pub fn is_suspicious(html: &str) -> bool {
    hidden::is_suspicious(html)
}

fn tell_depth(left_out: usize, setting: &Setting<'_>) -> Option<Diagnostic> {
    let message = format!(
        "left out {left_out} tags that nest deeper than browsers follow; their text is kept"
    );
    let help = "close the tags in the text of the post";
    let told =
        || Diagnostic::warning("deep-nesting", message, setting.location.clone()).with_help(help);
    (left_out > 0).then(told)
}

/// Returns what the graph needs to know of `body`. `title` is HTML; its words count as topics.
pub fn digest(body: &Body, title: &str, excerpt: Excerpt) -> Digest {
    digest::digest(body, title, excerpt)
}

/// Returns a saved excerpt as plain text, without the marks WordPress ends it with. One that is twice
/// as long as it should be is cut.
pub fn excerpt_text(html: &str) -> String {
    excerpt::excerpt_text(html)
}

/// Returns plain text with the quotes, dashes and dots of a language, as WordPress sets raw texts.
pub fn typeset(text: &str, language: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    let set = texturize::texturize(&html, &Signs::of_language(language));
    decode(&set, Place::Text).into_owned()
}

/// Returns an excerpt that was cut from a raw text with the quotes of a language: those of its
/// [`Digest`] have none yet.
pub fn with_signs(excerpt: &str, language: &str) -> String {
    Signs::of_language(language).set(excerpt)
}

/// Returns the keys of what blocks say, for languages that say it otherwise.
#[cfg(test)]
pub fn block_words() -> impl Iterator<Item = &'static str> {
    block_html::dynamic::words::keys()
}

/// Returns what a reader sees of `html`, for titles and names.
pub fn plain_text(html: &str) -> String {
    text::plain_text(html)
}

/// Appends what a reader sees of `html`, with white space as it is.
pub fn visible_text(html: &str, out: &mut String) {
    text::pieces(html).for_each(|piece| out.push_str(&piece));
}

/// Returns whether words of a script are counted by syllables or characters, not by spaces.
pub fn has_syllables(script: Script) -> bool {
    script == Script::Tibetan || excerpt::has_no_spaces(script)
}

/// Returns the script most letters of `text` are in.
pub fn script_of(text: &str) -> Script {
    script::script_of(text)
}

/// Returns whether `text` has any Tibetan, if only a shad.
pub fn has_tibetan(text: &str) -> bool {
    script::has_tibetan(text)
}

/// Returns the addresses that elements of a finished text lead to or show, in order.
pub fn addresses(html: &str) -> Vec<String> {
    html::addresses::of(html)
}

/// Returns how a text shows an attachment, if it does.
pub fn shown_file(html: &str, id: PostId) -> Option<ShownFile> {
    html::addresses::of_attachment(html, id)
}

/// Returns a finished page with `new` in place of each address that it has an answer for.
pub fn replace_addresses(html: &str, new: &dyn Fn(&str) -> Option<String>) -> String {
    html::addresses::replace(html, new)
}

/// Returns HTML that stands beside the texts, such as a comment or a title, safe to print: no pictures,
/// and links of commenters vouch for nothing.
pub fn sanitize(html: &str, writer: Writer, surroundings: &dyn Surroundings) -> Html {
    sanitizer::sanitize(html, writer, surroundings)
}

/// Returns the HTML of a comment, not yet made safe, with the quotes of a language if it has none yet.
pub fn comment_html<'t>(text: &'t CommentText, language: &str) -> Cow<'t, str> {
    comments::html(text, language)
}

/// Whether a digest has to cut an excerpt from the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Excerpt {
    /// The post has a saved one.
    Saved,
    /// It has none.
    Cut,
}

/// Returns whether WordPress renders `raw` alike for editors and for readers.
pub fn is_same_for_everyone(raw: &str) -> bool {
    audience::is_same_for_everyone(raw)
}

/// Takes a raw text apart: what every reader saw, and what was for members or hidden. `None` if every
/// reader saw all of it.
pub fn part(raw: &str) -> Option<Parted> {
    restricted::part(raw)
}

/// Returns whether a raw text has, or had before it was cut, parts that not every reader saw.
pub fn has_restricted_parts(raw: &str) -> bool {
    restricted::is_in(raw)
}

/// Returns the beginning of plain text, for descriptions: at most 160 characters, cut where an
/// excerpt would be.
pub fn first_words(text: &str) -> String {
    excerpt::cut_to(text, 160)
}
