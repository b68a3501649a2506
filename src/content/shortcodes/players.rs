//! `[audio]` and `[video]`.

use std::fmt::Write;

use crate::content::context::Context;
use crate::content::html::entities::push_attribute;
use crate::content::shortcode_grammar::Attributes;
use crate::content::shortcodes::caption::leading_number;
use crate::content::shortcodes::{Progress, embed};

/// Endings of sound files, with their types.
const AUDIO: [(&str, &str); 6] = [
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("flac", "audio/flac"),
    ("m4a", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("wma", "audio/x-ms-wma"),
];

/// Endings of films, with their types.
const VIDEO: [(&str, &str); 5] = [
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("flv", "video/x-flv"),
];

/// Adds a player for sound.
pub fn audio(
    shown: &mut String,
    attributes: &Attributes<'_>,
    context: &Context<'_>,
    progress: &mut Progress,
) {
    let files = match files(attributes, &AUDIO[..]) {
        Files::Some(files) => files,
        Files::Other(address) => return link(shown, "wp-embedded-audio", &address),
        Files::None => match attached(context, "audio/") {
            Some(address) => vec![address],
            None => return progress.lacks("audio", None, context),
        },
    };
    progress.players += 1;
    let (post, number) = (context.setting.post.0, progress.players);
    shown.push_str("<audio class=\"");
    push_attribute(shown, attributes.get("class").unwrap_or("wp-audio-shortcode"));
    let _ = write!(shown, "\" id=\"audio-{post}-{number}\"");
    switches(shown, attributes);
    let _ = write!(shown, " preload=\"{}\" style=\"", preload(attributes, "none"));
    push_attribute(shown, attributes.filled("style").unwrap_or("width: 100%;"));
    shown.push_str("\" controls=\"controls\">");
    sources(shown, &files, &AUDIO[..], number);
    file_link(shown, &files[0]);
    shown.push_str("</audio>");
}

/// Adds a player for a film.
pub fn video(
    shown: &mut String,
    attributes: &Attributes<'_>,
    content: Option<&str>,
    (context, progress): (&Context<'_>, &mut Progress),
) {
    let films = match files(attributes, &VIDEO[..]) {
        Files::Some(files) => files,
        Files::Other(address) if is_platform(&address) => {
            return embed::frame(shown, &address);
        }
        Files::Other(address) => return link(shown, "wp-embedded-video", &address),
        Files::None => match attached(context, "video/") {
            Some(address) => vec![address],
            None => return progress.lacks("video", None, context),
        },
    };
    progress.players += 1;
    let (post, number) = (context.setting.post.0, progress.players);
    let size = |name: &str, usual: i64| match attributes.filled(name).map_or(0, leading_number) {
        0 => usual,
        told => told,
    };
    let (width, height) = (size("width", 640), size("height", 360));
    let _ = write!(shown, "<div style=\"width: {width}px;\" class=\"wp-video\"><video class=\"");
    push_attribute(shown, attributes.get("class").unwrap_or("wp-video-shortcode"));
    let _ = write!(shown, "\" id=\"video-{post}-{number}\" width=\"{width}\" height=\"{height}\"");
    if let Some(poster) = attributes.filled("poster") {
        shown.push_str(" poster=\"");
        push_attribute(shown, poster);
        shown.push('"');
    }
    switches(shown, attributes);
    let _ =
        write!(shown, " preload=\"{}\" controls=\"controls\">", preload(attributes, "metadata"));
    sources(shown, &films, &VIDEO[..], number);
    shown.push_str(&inside(content.unwrap_or_default()));
    file_link(shown, &films[0]);
    shown.push_str("</video></div>");
}

/// The files a player is told of.
enum Files {
    /// At least one.
    Some(Vec<String>),
    /// An address that is no file a player could play.
    Other(String),
    /// None at all.
    None,
}

fn files(attributes: &Attributes<'_>, kinds: &[(&str, &str)]) -> Files {
    let main = attributes.filled("src").map(str::to_owned);
    if let Some(address) = main {
        return match kind(&address, kinds) {
            Some(_) => {
                let own = std::iter::once(with_scheme(&address));
                Files::Some(own.chain(by_kind(attributes, kinds)).collect())
            }
            None => Files::Other(address),
        };
    }
    let files: Vec<String> = by_kind(attributes, kinds).collect();
    if files.is_empty() { Files::None } else { Files::Some(files) }
}

/// Returns the files that are named by their ending: `mp3="…"`.
fn by_kind(attributes: &Attributes<'_>, kinds: &[(&str, &str)]) -> impl Iterator<Item = String> {
    let named = kinds.iter().filter_map(|(ending, _)| attributes.filled(ending));
    named.map(with_scheme)
}

/// Returns the type of a file, by the ending of its address.
fn kind<'k>(address: &str, kinds: &'k [(&str, &'k str)]) -> Option<&'k str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    kinds.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// Returns the shortcode that plays a file, if a player could.
pub fn shortcode_for(address: &str) -> Option<&'static str> {
    if kind(address, &AUDIO[..]).is_some() {
        return Some("audio");
    }
    let is_film = kind(address, &VIDEO[..4]).is_some();
    is_film.then_some("video")
}

/// Returns the first file of a kind that was uploaded to the post.
fn attached(context: &Context<'_>, kind: &str) -> Option<String> {
    let attached = context.surroundings.attachments_of(context.setting.post);
    attached.into_iter().find(|file| file.mime_type.starts_with(kind)).map(|file| file.url)
}

fn is_platform(address: &str) -> bool {
    ["youtube.com/", "youtu.be/", "vimeo.com/"].iter().any(|host| address.contains(host))
}

/// Returns an address as browsers need it: WordPress takes one without a scheme for a host.
fn with_scheme(address: &str) -> String {
    let has_scheme = address.contains("://") || address.starts_with(['/', '#', '?']);
    if has_scheme { address.to_owned() } else { format!("http://{address}") }
}

fn switches(shown: &mut String, attributes: &Attributes<'_>) {
    for name in ["loop", "autoplay", "muted"] {
        let is_set = attributes
            .get(name)
            .is_some_and(|value| !matches!(value, "" | "0" | "false" | "off" | "no"));
        if is_set {
            let _ = write!(shown, " {name}=\"1\"");
        }
    }
}

fn preload<'a>(attributes: &'a Attributes<'_>, usual: &'a str) -> &'a str {
    let told = attributes.filled("preload");
    told.filter(|told| matches!(*told, "none" | "auto" | "metadata")).unwrap_or(usual)
}

fn sources(shown: &mut String, files: &[String], kinds: &[(&str, &str)], number: usize) {
    for file in files {
        let kind = kind(file, kinds).unwrap_or_default();
        let _ = write!(shown, "<source type=\"{kind}\" src=\"");
        push_attribute(shown, file);
        let sign = if file.contains('?') { '&' } else { '?' };
        let _ = write!(shown, "{}_={number}\" />", if sign == '&' { "&amp;" } else { "?" });
    }
}

fn link(shown: &mut String, class: &str, address: &str) {
    let _ = write!(shown, "<a class=\"{class}\" href=\"");
    push_attribute(shown, address);
    shown.push_str("\">");
    push_attribute(shown, address);
    shown.push_str("</a>");
}

fn file_link(shown: &mut String, address: &str) {
    shown.push_str("<a href=\"");
    push_attribute(shown, address);
    shown.push_str("\">");
    push_attribute(shown, address);
    shown.push_str("</a>");
}

/// Returns what stands in the shortcode, such as subtitles, without the breaks of paragraphs.
fn inside(content: &str) -> String {
    content.replace("<br />", "").replace("<p>", "").replace("</p>", "").trim().to_owned()
}
