//! Where services have what shortcodes name.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::content::shortcodes::services::{Given, Shown};

/// An attribute that names what is shown, and the address at which the service has it: `{}` stands for
/// the id. The attribute without a name may stand between the tags. Whatever attribute it is, a whole
/// address leads where it says.
type Key = (&'static str, &'static str);

/// Shortcodes, by name. Without an address for ids, only a whole address counts.
const SERVICES: &[(&str, &[Key])] = &[
    ("8tracks", &[("url", "")]),
    ("bandcamp", &[]),
    ("carto", &[("url", "")]),
    ("cartodb", &[("url", "")]),
    ("crowdsignal", &[("poll", "https://poll.fm/{}"), ("survey", "https://polldaddy.com/s/{}")]),
    (
        "dailymotion",
        &[
            ("id", "https://www.dailymotion.com/video/{}"),
            ("video", "https://www.dailymotion.com/video/{}"),
            ("user", "https://www.dailymotion.com/{}"),
            ("", "https://www.dailymotion.com/video/{}"),
        ],
    ),
    ("eventbrite", &[("url", ""), ("id", "https://www.eventbrite.com/e/{}"), ("", "")]),
    ("facebook", &[("url", ""), ("", "")]),
    (
        "flickr",
        &[
            ("video", "https://www.flickr.com/photo.gne?id={}"),
            ("photo", "https://www.flickr.com/photo.gne?id={}"),
            ("", ""),
        ],
    ),
    ("getty", &[("src", "https://gty.im/{}"), ("ids", "https://gty.im/{}"), ("", "")]),
    ("gist", &[("id", "https://gist.github.com/{}"), ("", "https://gist.github.com/{}")]),
    ("goodreads", &[("user_id", "https://www.goodreads.com/user/show/{}")]),
    ("googleapps", &[]),
    ("googlemaps", &[]),
    ("houzz", &[("url", ""), ("", "")]),
    ("hulu", &[("id", "https://www.hulu.com/watch/{}"), ("", "https://www.hulu.com/watch/{}")]),
    ("instagram", &[("url", ""), ("", "")]),
    ("kickstarter", &[("url", ""), ("", "")]),
    ("medium", &[("url", ""), ("", "")]),
    ("mixcloud", &[("", "https://www.mixcloud.com/{}")]),
    ("office", &[("src", "")]),
    ("pinterest", &[("url", ""), ("", "")]),
    ("poll", &[]),
    ("polldaddy", &[("poll", "https://poll.fm/{}"), ("survey", "https://polldaddy.com/s/{}")]),
    ("protected-iframe", &[("info", "")]),
    ("quizlet", &[("", "")]),
    ("rss", &[("", "")]),
    (
        "scribd",
        &[("id", "https://www.scribd.com/document/{}"), ("", "https://www.scribd.com/document/{}")],
    ),
    ("slideshare", &[]),
    ("soundcloud", &[]),
    ("spotify", &[]),
    ("ted", &[("id", "https://www.ted.com/talks/{}"), ("", "https://www.ted.com/talks/{}")]),
    ("tweet", &[("tweet", "https://x.com/i/web/status/{}"), ("", "https://x.com/i/web/status/{}")]),
    (
        "twitter-timeline",
        &[("username", "https://x.com/{}"), ("screen_name", "https://x.com/{}"), ("", "")],
    ),
    ("upcoming-events", &[("url", "")]),
    (
        "ustream",
        &[
            ("recorded", "https://video.ibm.com/recorded/{}"),
            ("id", "https://video.ibm.com/channel/{}"),
        ],
    ),
    ("videopress", &[("", "https://videopress.com/v/{}")]),
    ("vine", &[("url", ""), ("", "")]),
    ("wpvideo", &[("", "https://videopress.com/v/{}")]),
    ("wufoo", &[]),
];

/// Returns whether a shortcode may be one of these.
pub fn is_known(name: &str) -> bool {
    SERVICES.binary_search_by(|(known, _)| (*known).cmp(name)).is_ok()
}

/// Returns where what a shortcode showed can be seen, if it says what that is.
pub fn of(name: &str, given: &Given<'_>) -> Option<Shown> {
    match name {
        "bandcamp" => bandcamp(given).map(Shown::Frame),
        "googleapps" => googleapps(given).map(Shown::Page),
        "googlemaps" => googlemaps(given),
        "poll" => poll(given).map(Shown::Page),
        "slideshare" => slideshare(given),
        "soundcloud" => soundcloud(given),
        "spotify" => spotify(given).map(Shown::Page),
        "wufoo" => wufoo(given).map(Shown::Page),
        _ => {
            let found = SERVICES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
            let (_, keys) = SERVICES[found];
            keys.iter().find_map(|key| by_key(given, key)).map(Shown::Page)
        }
    }
}

fn by_key(given: &Given<'_>, (key, page): &Key) -> Option<String> {
    let value = given.value(key)?;
    if let Some(address) = address(&value) {
        return Some(address);
    }
    let id = value.trim_matches('/');
    (!page.is_empty() && is_id(id)).then(|| page.replace("{}", id))
}

/// Returns a whole address, also one that was written without a scheme.
fn address(value: &str) -> Option<String> {
    if value.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    let rest = ["https://", "http://", "//"].iter().find_map(|it| lower.strip_prefix(it));
    match rest {
        Some(_) if value.starts_with("//") => Some(format!("https:{value}")),
        Some(_) => Some(value.to_owned()),
        None if lower.starts_with("www.") => Some(format!("https://{value}")),
        None => None,
    }
}

/// Returns whether a value can be a part of an address as it is: some ids are paths.
fn is_id(value: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    !value.is_empty() && value.chars().all(is_part) && !value.contains("..")
}

fn number(given: &Given<'_>, key: &str) -> Option<String> {
    let value = given.value(key)?;
    let length = value.bytes().take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| value[..length].to_owned())
}

/// Its pages have names, which the numbers do not tell.
fn bandcamp(given: &Given<'_>) -> Option<String> {
    let parts = ["album", "track", "video"];
    let parts = parts.iter().filter_map(|key| Some(format!("{key}={}/", number(given, key)?)));
    let parts: String = parts.collect();
    let player = format!("https://bandcamp.com/EmbeddedPlayer/{parts}");
    (!parts.is_empty()).then_some(player).or_else(|| address(&given.value("url")?))
}

fn googleapps(given: &Given<'_>) -> Option<String> {
    let domain = given.value("domain").unwrap_or(Cow::Borrowed("docs"));
    let path = given.value("dir")?;
    let is_name = domain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    (is_name && is_id(&path)).then(|| format!("https://{domain}.google.com/{path}"))
}

/// The size of the map stands in its address. A map that is made for frames can be seen in one only.
fn googlemaps(given: &Given<'_>) -> Option<Shown> {
    let map = address(&given.value("")?)?;
    let (path, query) = map.split_once('?').unwrap_or((&map, ""));
    let is_of_frame =
        |pair: &&str| matches!(pair.split('=').next(), Some("w" | "h")) || *pair == "output=embed";
    let query: Vec<&str> = query.split('&').filter(|pair| !is_of_frame(pair)).collect();
    let query = query.join("&");
    let map = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    Some(if path.ends_with("/embed") { Shown::Frame(map) } else { Shown::Page(map) })
}

/// The polls of a site's own plugins have small numbers.
fn poll(given: &Given<'_>) -> Option<String> {
    let id = number(given, "id").or_else(|| number(given, "poll"))?;
    (id.len() >= 7).then(|| format!("https://poll.fm/{id}"))
}

fn slideshare(given: &Given<'_>) -> Option<Shown> {
    if let Some(page) = given.value("").and_then(|value| address(&value)) {
        return Some(Shown::Page(page));
    }
    let id = number(given, "id")?;
    Some(Shown::Frame(format!("https://www.slideshare.net/slideshow/embed_code/{id}")))
}

/// Where only the number of a sound is known, its player is all there is.
fn soundcloud(given: &Given<'_>) -> Option<Shown> {
    let named = given.value("url").or_else(|| given.value(""));
    let named = named.and_then(|value| address(&value));
    let sound = match named {
        Some(sound) => sound,
        None => format!("https://api.soundcloud.com/tracks/{}", number(given, "id")?),
    };
    if !sound.contains("//api.soundcloud.com/") {
        return Some(Shown::Page(sound));
    }
    let sound = utf8_percent_encode(&sound, NON_ALPHANUMERIC);
    Some(Shown::Frame(format!("https://w.soundcloud.com/player/?url={sound}")))
}

/// Spotify writes `spotify:track:ID`.
fn spotify(given: &Given<'_>) -> Option<String> {
    let keys = ["track", "album", "playlist", "artist", "episode", "show", ""];
    let (key, value) = keys.iter().find_map(|key| Some((*key, given.value(key)?)))?;
    if let Some(page) = address(&value) {
        return Some(page);
    }
    let path = match value.strip_prefix("spotify:") {
        Some(path) => path.replace(':', "/"),
        None if key.is_empty() => return None,
        None => format!("{key}/{value}"),
    };
    is_id(&path).then(|| format!("https://open.spotify.com/{path}"))
}

fn wufoo(given: &Given<'_>) -> Option<String> {
    let (user, form) = (given.value("username")?, given.value("formhash")?);
    let is_name = |name: &str| is_id(name) && !name.contains(['/', '.']);
    (is_name(&user) && is_name(&form)).then(|| format!("https://{user}.wufoo.com/forms/{form}/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::shortcode_grammar::Finder;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let shortcode = Finder::new(text, is_known).next_from(0).unwrap();
        let (given, _) = Given::of(text, &shortcode);
        let place = of(shortcode.name, &given).map(|shown| match shown {
            Shown::Page(address) => address,
            Shown::Frame(address) => format!("frame {address}"),
        });
        assert_eq!(place.as_deref(), expected, "{text}");
    }

    #[test]
    fn names_stand_in_order() {
        assert!(SERVICES.is_sorted_by(|(one, _), (other, _)| one < other));
    }

    #[test]
    fn addresses_lead_where_they_say() {
        check("[instagram url=https://instagram.com/p/B/ ]", Some("https://instagram.com/p/B/"));
        check(
            "[flickr video=www.flickr.com/photos/a/4]",
            Some("https://www.flickr.com/photos/a/4"),
        );
        check("[houzz=http://www.houzz.com/a]", Some("http://www.houzz.com/a"));
        check(
            "[protected-iframe id=\"a-1\" info=\"//maps.example/e\"]",
            Some("https://maps.example/e"),
        );
        check("[facebook url=\"a b\"]", None);
        check("[medium url=\"data:text/html,a\"]", None);
    }

    #[test]
    fn ids_have_a_page() {
        check("[wpvideo OO3eRLuH w=640]", Some("https://videopress.com/v/OO3eRLuH"));
        check("[polldaddy poll=7012345]", Some("https://poll.fm/7012345"));
        check("[polldaddy survey=\"6A1B\" type=\"iframe\"]", Some("https://polldaddy.com/s/6A1B"));
        check("[scribd id=39 key=key-3k mode=list]", Some("https://www.scribd.com/document/39"));
        check("[flickr photo=4]", Some("https://www.flickr.com/photo.gne?id=4"));
        check("[mixcloud A/b-c/ width=640]", Some("https://www.mixcloud.com/A/b-c"));
        check("[ted id=\"../x\"]", None);
        check("[polldaddy rating=\"1\"]", None);
    }

    #[test]
    fn what_has_no_page_has_a_player() {
        check(
            "[bandcamp width=350 album=21 size=large]",
            Some("frame https://bandcamp.com/EmbeddedPlayer/album=21/"),
        );
        check(
            "[soundcloud url=\"https://api.soundcloud.com/tracks/15\" params=\"color=ff\" /]",
            Some(
                "frame https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi%2Esoundcloud%2Ecom%2Ftracks%2F15",
            ),
        );
        check("[soundcloud https://soundcloud.com/a/b]", Some("https://soundcloud.com/a/b"));
        check(
            "[slideshare id=53&doc=a-1&type=d]",
            Some("frame https://www.slideshare.net/slideshow/embed_code/53"),
        );
    }

    #[test]
    fn maps_are_seen_without_their_size() {
        check(
            "[googlemaps http://maps.google.com/maps?q=W&amp;output=embed&w=425&h=350]",
            Some("http://maps.google.com/maps?q=W"),
        );
        check(
            "[googlemaps https://www.google.com/maps/embed?pb=!1m18&w=600&h=450]",
            Some("frame https://www.google.com/maps/embed?pb=!1m18"),
        );
    }

    #[test]
    fn some_are_named_in_their_own_way() {
        check("[spotify track=\"spotify:track:6r\"]", Some("https://open.spotify.com/track/6r"));
        check(
            "[spotify spotify:user:a:playlist:3]",
            Some("https://open.spotify.com/user/a/playlist/3"),
        );
        check(
            "[googleapps domain=\"docs\" dir=\"document/d/1abc/pub\" query=\"embedded=true\"]",
            Some("https://docs.google.com/document/d/1abc/pub"),
        );
        check(
            "[wufoo username=\"jane\" formhash=\"z1\"]",
            Some("https://jane.wufoo.com/forms/z1/"),
        );
        check("[poll id=\"7012345\"]", Some("https://poll.fm/7012345"));
        check("[poll id=\"3\"]", None);
    }
}
