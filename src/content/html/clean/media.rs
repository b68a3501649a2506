//! Pictures, video and sound.

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::surroundings::Target;
use crate::model::PostId;

const MISSING: &str = "add the file to the uploads folder of the export";
/// What is told of pictures of people that are left out.
pub const PORTRAITS: &str =
    "left out the pictures of people, which another site would be asked for";
/// What can be done about what another site would be asked for.
pub const NOT_ASKED: &str = "nothing: no other site is asked for anything";
const REMOTE: &str = "download the pictures into the media library to be independent of other sites; if the host was \
     this site's own, name it in `old_hosts`";

/// Where lazy-loading plugins keep the address of a picture, which stands for a placeholder.
const LAZY_SOURCES: &[&str] =
    &["data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazyload", "data-ezsrc"];
const LAZY_SETS: &[&str] = &["data-srcset", "data-lazy-srcset", "data-orig-srcset"];
const LAZY_SIZES: &[&str] = &["data-sizes", "data-lazy-sizes"];

/// Rewrites an `img`.
pub fn image(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    undo_lazy_loading(attributes);
    let source = attributes.get("src").unwrap_or_default().into_owned();
    let file = match stand_in(body, attributes, &source) {
        Some(new) => {
            attributes.set("src", new);
            // They are sizes of what is not here.
            attributes.remove("srcset");
            File::Here
        }
        None => file(body, attributes, "src"),
    };
    if file == File::Remote {
        let host = addresses::host(&source).unwrap_or_default();
        body.findings.warn_once(
            "remote-image",
            format!("pictures are loaded from {host} and maybe others"),
            REMOTE,
        );
    }
    set(body, attributes, file);
    if !attributes.has("width")
        && !attributes.has("height")
        && let Some(facts) = body.surroundings.image(&source, attachment(attributes))
    {
        attributes.set("width", facts.width.to_string());
        attributes.set("height", facts.height.to_string());
    }
    // A picture that the author gave no words is read by its name, as it was on the old site.
    if body.origin == Origin::Rendered {
        attributes.set_if_missing("alt", "");
    }
    attributes.set_if_missing("loading", "lazy");
    attributes.set_if_missing("decoding", "async");
    attributes.remove("fetchpriority");
    if !attributes.has("srcset") {
        attributes.remove("sizes");
    }
}

/// Returns the address of the attachment that a picture's class names, if its own leads to no file.
fn stand_in(body: &Body<'_>, attributes: &Attributes<'_>, source: &str) -> Option<String> {
    let id = attachment(attributes)?;
    let is_here = matches!(body.surroundings.file(source.trim()), Target::Here(_));
    if is_here { None } else { body.surroundings.stand_in(source, id) }
}

/// Returns whether a picture is from Gravatar, whose addresses tell it who comments and who reads.
pub fn is_portrait(attributes: &Attributes<'_>) -> bool {
    let host = attributes.get("src").and_then(|source| addresses::host(&source).map(str::to_owned));
    host.is_some_and(|host| host == "gravatar.com" || host.ends_with(".gravatar.com"))
}

/// Tells that a picture is left out.
pub fn tell_portrait(body: &mut Body<'_>) {
    body.findings.warn("remote-image", PORTRAITS, NOT_ASKED);
}

/// Rewrites a `source`, `track` or `embed` of our own.
pub fn source(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    drop_counter(body, attributes);
    let file = file(body, attributes, "src");
    set(body, attributes, file);
}

/// Rewrites a `video` or `audio`. `sources` are the addresses of the `source` elements in it.
pub fn player(body: &mut Body<'_>, attributes: &mut Attributes<'_>, sources: &[String]) {
    drop_counter(body, attributes);
    let own = file(body, attributes, "src");
    file(body, attributes, "poster");
    let is_remote = |address: &String| is_remote(body, address);
    if own == File::Remote || sources.iter().any(is_remote) {
        attributes.set("preload", "none");
        attributes.remove("autoplay");
    }
}

/// Where the file of an attribute is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum File {
    /// With us.
    Here,
    /// Nowhere.
    Lost,
    /// On another host.
    Remote,
    /// There is no address, or one that asks no host.
    None,
}

/// Rewrites the address of a file.
pub fn file(body: &mut Body<'_>, attributes: &mut Attributes<'_>, name: &'static str) -> File {
    let Some(address) = attributes.get(name).filter(|address| !address.trim().is_empty()) else {
        return File::None;
    };
    let (file, new) = locate(body, &address);
    attributes.set(name, new);
    file
}

/// Returns whether an address is on another host.
pub fn is_remote(body: &Body<'_>, address: &str) -> bool {
    addresses::kind(address) == Kind::Absolute
        && body.surroundings.file(address.trim()) == Target::Elsewhere
        && body.surroundings.link(address.trim()) == Target::Elsewhere
}

fn locate(body: &mut Body<'_>, address: &str) -> (File, String) {
    let kind = addresses::kind(address);
    let tidy = addresses::tidy(address).into_owned();
    if !matches!(kind, Kind::Absolute | Kind::Relative) {
        return (File::None, tidy);
    }
    match body.surroundings.file(address.trim()) {
        Target::Here(new) => (File::Here, new),
        Target::Elsewhere if kind == Kind::Absolute => (File::Remote, tidy),
        Target::Elsewhere => (File::None, tidy),
        Target::Lost(old) => {
            let message = format!("the export does not have the file `{}`", address.trim());
            body.findings.warn("missing-media", message, MISSING);
            let stays = body.origin == Origin::Raw && addresses::is_beside(address);
            (File::Lost, if stays { tidy } else { addresses::tidy(&old).into_owned() })
        }
    }
}

/// Rewrites a `srcset` and its `sizes`.
fn set(body: &mut Body<'_>, attributes: &mut Attributes<'_>, main: File) {
    if let Some(sizes) = attributes.get("sizes") {
        let rest = sizes.trim_start();
        let rest =
            rest.strip_prefix("auto").map_or(rest, |rest| rest.trim_start_matches([',', ' ']));
        match rest {
            "" => drop(attributes.remove("sizes")),
            _ => attributes.set("sizes", rest),
        }
    }
    let Some(old) = attributes.get("srcset") else { return };
    let mut here = Vec::new();
    let mut others = Vec::new();
    for (address, descriptor) in candidates(&old) {
        match body.surroundings.file(address) {
            Target::Here(new) => add_size(&mut here, new, descriptor),
            // The picture itself is told if it is lost; of its sizes one is enough.
            Target::Lost(_) if main == File::Here => {}
            Target::Lost(old) => others.push((addresses::tidy(&old).into_owned(), descriptor)),
            Target::Elsewhere => others.push((addresses::tidy(address).into_owned(), descriptor)),
        }
    }
    let source = attributes.get("src").unwrap_or_default().into_owned();
    let is_source = |(address, _): &(String, &str)| *address == source;
    let has_sizes = candidates(&old).len() > 1 && here.iter().all(is_source);
    here.iter_mut().for_each(|(new, _)| *new = new.replace(' ', "%20").replace(',', "%2C"));
    let new = match here.is_empty() {
        true => others,
        // A set of nothing but the picture itself says nothing.
        false if has_sizes => Vec::new(),
        false => here,
    };
    let written = |(address, descriptor): &(String, &str)| match *descriptor {
        "" => address.clone(),
        descriptor => format!("{address} {descriptor}"),
    };
    match new.is_empty() {
        true => drop(attributes.remove("srcset")),
        false => {
            let written: Vec<String> = new.iter().map(written).collect();
            attributes.set("srcset", written.join(", "));
        }
    }
}

/// Adds a size of a picture to a set. Where one file stands for several, which services made of it as
/// they were asked for, it is as wide as the widest.
fn add_size<'a>(sizes: &mut Vec<(String, &'a str)>, address: String, descriptor: &'a str) {
    let width = |descriptor: &str| descriptor.strip_suffix('w')?.parse::<u64>().ok();
    match sizes.iter_mut().find(|(other, _)| *other == address) {
        Some((_, known)) if width(known) < width(descriptor) => *known = descriptor,
        Some(_) => {}
        None => sizes.push((address, descriptor)),
    }
}

/// Cuts a `srcset` into addresses and descriptors. Addresses may hold commas, but not end with one.
fn candidates(set: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if address.is_empty() {
            return found;
        }
        if address.ends_with(',') {
            found.push((address.trim_end_matches(','), ""));
            rest = after;
            continue;
        }
        let end = after.find(',').unwrap_or(after.len());
        found.push((address, after[..end].trim()));
        rest = &after[end..];
    }
}

/// Takes WordPress's count of players out of an address. It differs from answer to answer; what we count
/// ourselves in a raw text does not, and other hosts are asked as WordPress asked them.
fn drop_counter(body: &Body<'_>, attributes: &mut Attributes<'_>) {
    let Some(address) = attributes.get("src") else { return };
    let counter = address.rfind("?_=").or_else(|| address.rfind("&_="));
    let Some((path, query)) = counter.and_then(|at| address.split_at_checked(at)) else { return };
    let is_counter = query["?_=".len()..].bytes().all(|byte| byte.is_ascii_digit());
    let is_ours = body.origin == Origin::Raw && is_remote(body, path);
    if is_counter && !is_ours {
        attributes.set("src", path);
    }
}

/// Returns the attachment that a class such as `wp-image-12` names.
fn attachment(attributes: &Attributes<'_>) -> Option<PostId> {
    let classes = attributes.get("class")?;
    let mut ids =
        classes.split_ascii_whitespace().filter_map(|class| class.strip_prefix("wp-image-"));
    ids.find_map(|id| id.parse().ok()).map(PostId)
}

/// Gives a picture its own address back, where a plugin put a placeholder.
pub fn undo_lazy_loading(attributes: &mut Attributes<'_>) {
    if !attributes.names().any(|name| name.starts_with("data-")) {
        return;
    }
    let source = attributes.get("src").unwrap_or_default();
    let is_placeholder = source.trim().is_empty()
        || source.starts_with("data:")
        || ["placeholder", "blank.gif", "spacer", "1x1", "lazy", "transparent", "grey.gif"]
            .iter()
            .any(|word| source.to_ascii_lowercase().contains(word));
    for (names, target) in [(LAZY_SOURCES, "src"), (LAZY_SETS, "srcset"), (LAZY_SIZES, "sizes")] {
        let Some(name) = names.iter().find(|name| attributes.has(name)) else { continue };
        let is_needed = if target == "src" {
            is_placeholder
        } else {
            !attributes.has(target) || is_placeholder
        };
        let Some(value) =
            attributes.get(name).filter(|value| is_needed && !value.trim().is_empty())
        else {
            continue;
        };
        attributes.remove(name);
        attributes.set(target, value.into_owned());
    }
}

/// Returns whether a lazy-loading plugin has changed a picture.
pub fn is_lazy(attributes: &Attributes<'_>) -> bool {
    LAZY_SOURCES.iter().chain(LAZY_SETS).any(|name| attributes.has(name))
}

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const REST: &str = "loading=\"lazy\" decoding=\"async\"";
    const FILES: &str = "https://example.org/wp-content/uploads";

    #[test]
    fn pictures_of_the_site() {
        check(
            &format!("<img src=\"{FILES}/a.png\" alt=\"A\" fetchpriority=\"high\">"),
            &format!("<img src=\"/media/a.png\" alt=\"A\" width=\"640\" height=\"480\" {REST}>"),
            &[],
        );
    }

    #[test]
    fn sizes_that_are_lost_go_quietly() {
        check(
            &format!(
                "<img src=\"{FILES}/b.png\" alt=\"\" {REST} srcset=\"{FILES}/b-2.png 2x, {FILES}/lost.png 3x\" sizes=\"auto, 100vw\">"
            ),
            &format!(
                "<img src=\"/media/b.png\" alt=\"\" {REST} srcset=\"/media/b-2.png 2x\" sizes=\"100vw\">"
            ),
            &[],
        );
    }

    #[test]
    fn a_file_that_stands_for_several_sizes_is_named_once() {
        let set = format!("srcset=\"{FILES}/b.png?w=300 300w, {FILES}/b.png?w=900 900w\"");
        let asked = "?w=300";
        check(
            &format!("<img src=\"{FILES}/b.png{asked}\" alt=\"\" {REST} {set}>"),
            &format!("<img src=\"/media/b.png\" alt=\"\" {REST}>"),
            &[],
        );
        check(
            &format!("<picture><source {set}></picture>"),
            "<picture><source srcset=\"/media/b.png 900w\"></picture>",
            &[],
        );
    }

    #[test]
    fn lost_pictures_are_told() {
        check(
            &format!("<img src=\"{FILES}/lost.png\">"),
            &format!("<img src=\"{FILES}/lost.png\" alt=\"\" {REST}>"),
            &["missing-media"],
        );
    }

    #[test]
    fn pictures_of_other_sites_stay_and_are_told() {
        check(
            &format!("<img src=\"https://other.example/a.jpg\" alt=\"\" {REST}>"),
            &format!("<img src=\"https://other.example/a.jpg\" alt=\"\" {REST}>"),
            &["remote-image"],
        );
    }

    #[test]
    fn pictures_that_tell_who_reads_go() {
        let source = "https://secure.gravatar.com/avatar/0123?s=48";
        check(
            &format!(
                "<p>a<img alt=\"b\" src=\"{source}\"></p><a href=\"#c\"><img alt=\"d\" src=\"{source}\"></a>"
            ),
            "<p>a</p><a href=\"#c\">d</a>",
            &["remote-image"],
        );
    }

    #[test]
    fn lazy_pictures_are_shown() {
        check(
            &format!(
                "<img src=\"data:image/gif;base64,R0\" data-src=\"{FILES}/b.png\" alt=\"\" {REST}><noscript><img src=\"{FILES}/b.png\"></noscript>"
            ),
            &format!("<img src=\"/media/b.png\" alt=\"\" {REST}>"),
            &[],
        );
    }

    #[test]
    fn players() {
        check(
            &format!("<audio controls src=\"{FILES}/a.mp3?_=3\"></audio>"),
            "<audio controls src=\"/media/a.mp3\"></audio>",
            &[],
        );
        check(
            "<audio controls src=\"https://other.example/a.mp3?_=3\"></audio>",
            "<audio controls src=\"https://other.example/a.mp3\" preload=\"none\"></audio>",
            &[],
        );
        check(
            "<video autoplay controls><source src=\"https://other.example/a.mp4\"></video>",
            "<video controls preload=\"none\"><source src=\"https://other.example/a.mp4\"></video>",
            &[],
        );
    }
}
