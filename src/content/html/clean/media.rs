//! Pictures, video and sound.

use percent_encoding::percent_decode_str;

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::{Body, Origin};
use crate::content::html::clean::sets;
use crate::content::surroundings::Target;
use crate::media_types::is_media;
use crate::model::PostId;

const MISSING: &str = "add the file to the uploads folder of the export";
/// What is told of pictures of people that are left out.
pub const PORTRAITS: &str =
    "left out the pictures of people, which another site would be asked for";
const BUTTONS: &str =
    "buttons are shown without their pictures, which another site would be asked for";
/// What can be done about what another site would be asked for.
pub const NOT_ASKED: &str = "nothing: no other site is asked for anything";
const REMOTE: &str = "download the pictures into the media library to be independent of other sites; if the host was \
     this site's own, name it in `old_hosts`";

/// Rewrites an `img`.
pub fn image(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
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
    sets::set(body, attributes, file);
    if !attributes.has("width")
        && !attributes.has("height")
        && let Some(facts) = body.surroundings.image(&source, attachment(attributes))
    {
        attributes.set("width", facts.width.to_string());
        attributes.set("height", facts.height.to_string());
    }
    if file == File::Here && !attributes.has("srcset") {
        sets::make(body, attributes, &source);
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
    let target = body.surroundings.file(source.trim());
    let is_here = matches!(target, Target::Here(_) | Target::Smaller(_));
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

/// Rewrites a button that is a picture: one of another site is read by its words.
pub fn button(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    let is_picture = attributes.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image"));
    if !is_picture || file(body, attributes, "src") != File::Remote {
        return;
    }
    body.findings.warn("remote-image", BUTTONS, NOT_ASKED);
    attributes.set("type", "submit");
    match attributes.remove("alt") {
        Some(words) if !words.trim().is_empty() => attributes.set("value", words.into_owned()),
        _ => {}
    }
    for name in ["src", "border", "width", "height"] {
        attributes.remove(name);
    }
}

/// Rewrites a `source`, `track` or `embed` of our own.
pub fn source(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    drop_counter(body, attributes);
    let file = file(body, attributes, "src");
    sets::set(body, attributes, file);
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
        Target::Smaller(new) => {
            tell_smaller(body, address, &new);
            (File::Here, new)
        }
        Target::Elsewhere if kind == Kind::Absolute => (File::Remote, tidy),
        Target::Elsewhere => (File::None, tidy),
        Target::Lost(old) => {
            let message = format!("the export does not have the file `{}`", address.trim());
            let help = remedy(&old);
            body.findings.warn("missing-media", message, help.as_deref().unwrap_or(MISSING));
            let stays = body.origin == Origin::Raw && addresses::is_beside(address);
            (File::Lost, if stays { tidy } else { addresses::tidy(&old).into_owned() })
        }
    }
}

/// Says what can be done for a file to be found that stood at an address in full. `None`: no file has
/// such an address.
pub fn remedy(address: &str) -> Option<String> {
    let elsewhere =
        |place| format!("put the file where it was, into the folder of the export: `{place}`");
    place(address).map(elsewhere).or_else(|| Some(format!("{MISSING}: `{}`", upload(address)?)))
}

/// Returns the path of a file below the folder of uploads.
fn upload(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let below = ["wp-content/uploads/", ".files.wordpress.com/"];
    let (_, path) = below.into_iter().find_map(|it| path.split_once(it))?;
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    is_file.then(|| percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Returns where in the folder of the export a file belongs that stood at an address in full, if it
/// was in no folder of uploads.
fn place(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest).split_once('/')?.1;
    let path = path.find("wp-content/").map_or(path, |start| &path[start..]);
    // Nothing hidden is taken, and what was on the host for files at WordPress.com is an upload.
    let is_elsewhere = is_media(path)
        && !path.starts_with("wp-content/uploads/")
        && !path.split('/').any(|part| part.starts_with('.'))
        && !address.contains(".files.wordpress.com/");
    is_elsewhere.then(|| percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Tells that a smaller picture stands at `new` for the one at `address`.
pub fn tell_smaller(body: &mut Body<'_>, address: &str, new: &str) {
    let name = new.rsplit('/').next().unwrap_or(new);
    let message = format!(
        "the export does not have the file `{}`; a smaller size is shown, `{name}`",
        address.trim()
    );
    body.findings.warn("smaller-media", message, MISSING);
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

#[cfg(test)]
mod tests {
    use crate::content::testing::check_rendered as check;

    const REST: &str = "loading=\"lazy\" decoding=\"async\"";
    const FILES: &str = "https://example.org/wp-content/uploads";

    #[test]
    fn pictures_of_the_site_are_local() {
        check(
            &format!("<img src=\"{FILES}/a.png\" alt=\"A\" fetchpriority=\"high\">"),
            &format!("<img src=\"/media/a.png\" alt=\"A\" width=\"640\" height=\"480\" {REST}>"),
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
    fn buttons_ask_no_other_site() {
        check(
            "<form action=\"https://other.example/\"><input type=\"image\" src=\"https://other.example/a.gif\" alt=\"Give\" name=\"b\"></form>",
            "<form action=\"https://other.example/\"><input type=\"submit\" name=\"b\" value=\"Give\"></form>",
            &["remote-image"],
        );
        check(
            &format!(
                "<form action=\"https://other.example/\"><input type=\"image\" src=\"{FILES}/a.png\"></form>"
            ),
            "<form action=\"https://other.example/\"><input type=\"image\" src=\"/media/a.png\"></form>",
            &[],
        );
    }

    #[test]
    fn players_lose_the_count_of_wordpress() {
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
