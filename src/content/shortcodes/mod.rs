//! Shortcodes to HTML. Those of plugins have steps of their own before the blocks of a text are shown;
//! WordPress's own, which are put in their place here, come after them.

// Plugins' own, and addresses that stand alone.
pub mod archives;
pub mod builders;
pub mod code;
pub mod embed;
pub mod members;
pub mod services;
pub mod tex;
pub mod unknown;

// WordPress's own.
mod caption;
mod gallery;
mod library;
mod players;
mod playlist;

use std::borrow::Cow;

use crate::content::context::{Context, Found};
use crate::content::shortcode_grammar::{self, Finder, Shortcode};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ledger::{Fate, How, Kind, Tally, Why};
use crate::model::PostId;
use crate::wordpress;

/// How far the shortcodes of a body have come: ids need a number of their own.
#[derive(Debug, Default)]
pub struct Progress {
    galleries: usize,
    players: usize,
    playlists: usize,
    diagnostics: Vec<Diagnostic>,
    tally: Tally,
}

/// Puts what WordPress's own shortcodes show in their place.
pub fn to_html<'h>(html: &'h str, context: &Context<'_>, found: &mut Found) -> Cow<'h, str> {
    if memchr::memchr(b'[', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut progress = Progress::default();
    let shown = replace(html, context, &mut progress);
    found.diagnostics.extend(progress.diagnostics);
    found.tally.add_all(&progress.tally);
    shown
}

impl Progress {
    /// Tells that the export lacks what a shortcode shows: an attachment, or all that was uploaded
    /// to the post.
    fn lacks(&mut self, name: &str, attachment: Option<PostId>, context: &Context<'_>) {
        let location = context.setting.location.clone();
        if attachment.is_none() && context.surroundings.site().has_library {
            let message = format!(
                "`[{name}]` shows what was uploaded to a post, and the saved media have nothing of it for everybody"
            );
            let help = "nothing, if none was; else save the rest of the media";
            let told = Diagnostic::warning("empty-gallery", message, location).with_help(help);
            return self.diagnostics.push(told);
        }
        let (message, help) = match attachment {
            Some(PostId(id)) => (
                format!(
                    "`[{name}]` shows attachment {id}, which the export does not have, or not for everybody; left out"
                ),
                format!(
                    "save it, or name its file: [media.{id}] file = \"2026/06/name.jpg\" in stillpress.toml"
                ),
            ),
            None => (
                format!(
                    "`[{name}]` shows what was uploaded to a post, of which the export has nothing for everybody"
                ),
                "save the media of the site, too".to_owned(),
            ),
        };
        self.diagnostics
            .push(Diagnostic::error("missing-attachment", message, location).with_help(help));
    }
}

fn replace<'h>(html: &'h str, context: &Context<'_>, progress: &mut Progress) -> Cow<'h, str> {
    let mut finder = Finder::new(html, wordpress::is_shortcode);
    let mut shown = String::new();
    let mut copied = 0;
    let mut position = 0;
    let mut tags = Tags::default();
    while let Some(shortcode) = finder.next_from(position) {
        let is_in_tag = tags.is_open_at(html, shortcode.start);
        let paragraph = Paragraph::around(html, &shortcode);
        if is_in_tag || tags.opens_within(shortcode.attributes) {
            position = shortcode.start + 1;
            // It stays, but it stands in no paragraph, either.
            if !is_in_tag && paragraph.end > shortcode.end && paragraph.start >= copied {
                shown.push_str(&html[copied..paragraph.start]);
                shown.push_str(&html[shortcode.start..shortcode.end]);
                copied = paragraph.end;
                position = copied;
            }
            continue;
        }
        position = shortcode.end;
        shown.push_str(&html[copied..paragraph.start.max(copied)]);
        one(&shortcode, html, (context, progress), &mut shown);
        copied = paragraph.end;
        position = position.max(copied);
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    shown.push_str(&html[copied..]);
    Cow::Owned(shown)
}

fn one(
    shortcode: &Shortcode<'_>,
    html: &str,
    (context, progress): (&Context<'_>, &mut Progress),
    shown: &mut String,
) {
    if shortcode.is_escaped() {
        shown.push_str(&html[shortcode.start + 1..shortcode.end - 1]);
        return;
    }
    let attributes = shortcode_grammar::attributes(shortcode.attributes);
    if shortcode.is_doubled_before {
        shown.push('[');
    }
    let before = (progress.diagnostics.len(), shown.len());
    match shortcode.name {
        "gallery" => gallery::push(shown, &attributes, context, progress),
        "audio" => players::audio(shown, &attributes, context, progress),
        "video" => players::video(shown, &attributes, shortcode.content, (context, progress)),
        "playlist" => playlist::push(shown, &attributes, context, progress),
        "embed" => embed::push(shown, &attributes, shortcode.content, context),
        _ => {
            let content = shortcode.content.unwrap_or_default();
            let caption = caption::Caption::of(&attributes, content);
            let picture = replace(caption.picture, context, progress);
            caption.push(shown, &attributes, &picture);
        }
    }
    let mut told = progress.diagnostics[before.0..].iter();
    let lacks = told.any(|told| told.severity == Severity::Error) && shortcode.name != "caption";
    let fate = match (lacks, shown.len() > before.1) {
        (false, _) => Fate::Converted,
        (true, true) => Fate::Degraded(How::Incomplete),
        (true, false) => Fate::Dropped(Why::NotInExport),
    };
    progress.tally.add(Kind::Shortcode, shortcode.name, fate);
    if shortcode.is_doubled_after {
        shown.push(']');
    }
}

/// Whether a tag is open: what stands in attributes stays. Any `<` opens one here, even one that is
/// text to a browser.
#[derive(Debug, Default)]
struct Tags {
    is_open: bool,
    position: usize,
}

impl Tags {
    /// Returns whether a tag is open at `position`, which only grows.
    fn is_open_at(&mut self, html: &str, position: usize) -> bool {
        let from = self.position.min(position);
        if let Some(last) = memchr::memrchr2(b'<', b'>', &html.as_bytes()[from..position]) {
            self.is_open = html.as_bytes()[from + last] == b'<';
        }
        self.position = position;
        self.is_open
    }

    /// Returns whether a tag opens within attributes, and does not end there.
    fn opens_within(&self, attributes: &str) -> bool {
        let last = memchr::memrchr2(b'<', b'>', attributes.as_bytes());
        last.is_some_and(|last| attributes.as_bytes()[last] == b'<')
    }
}

/// The bytes a shortcode takes: those of the paragraph around it, if it stands alone in one.
struct Paragraph {
    start: usize,
    end: usize,
}

impl Paragraph {
    fn around(html: &str, shortcode: &Shortcode<'_>) -> Self {
        let before = without_space_after(&html[..shortcode.start]);
        let after = without_space_before(&html[shortcode.end..]);
        let is_alone = !shortcode.is_escaped()
            && !shortcode.is_doubled_before
            && !shortcode.is_doubled_after
            && before.ends_with("<p>")
            && after.starts_with("</p>");
        match is_alone {
            true => Self {
                start: before.len() - "<p>".len(),
                end: html.len() - after.len() + "</p>".len(),
            },
            false => Self { start: shortcode.start, end: shortcode.end },
        }
    }
}

/// Spaces that part no words count, too.
const SPACES: [&str; 2] = ["\u{a0}", "&nbsp;"];

fn without_space_after(html: &str) -> &str {
    let mut trimmed = html.trim_ascii_end();
    while let Some(rest) = SPACES.iter().find_map(|space| trimmed.strip_suffix(space)) {
        trimmed = rest.trim_ascii_end();
    }
    trimmed
}

fn without_space_before(html: &str) -> &str {
    let mut trimmed = html.trim_ascii_start();
    while let Some(rest) = SPACES.iter().find_map(|space| trimmed.strip_prefix(space)) {
        trimmed = rest.trim_ascii_start();
    }
    trimmed
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_classic as check;
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[test]
    fn what_stays_as_it_is_written_stands_in_no_paragraph_either() {
        check("[gallery title=\"a < b\"]", "[gallery title=”a &lt; b\"]");
        check("a [gallery title=\"a < b\"]", "<p>a [gallery title=”a &lt; b\"]</p>");
    }

    #[test]
    fn spaces_that_part_no_words_do_not_make_a_paragraph() {
        let caption = "[caption width=\"3\"]<img src=\"/a.png\"> b[/caption]";
        let alone = normalize_as(BodyFormat::Classic, caption);
        check(&format!("{caption}&nbsp;"), alone.pages[0].as_str().trim());
        check(&format!("\u{a0} {caption} &nbsp;&nbsp;"), alone.pages[0].as_str().trim());
    }
}
