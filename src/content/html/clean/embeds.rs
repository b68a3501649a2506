//! Frames of other sites, as links that ask them for nothing before a click.

use crate::content::html::clean::addresses::{self, Kind, host};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::page::Page;
use crate::content::html::clean::verdict::Element;
use crate::content::html::clean::{frames, links};
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::surroundings::Target;

/// What a frame showed, and where a reader can see it.
#[derive(Debug, Eq, PartialEq)]
pub struct Embed {
    /// The page to open.
    pub address: String,
    /// Who shows it, such as `YouTube`.
    pub provider: String,
}

/// Returns the link that stands for a frame. Empty if there is nothing to link to.
pub fn frame(body: &mut Body<'_>, attributes: &Attributes<'_>, place: Place) -> String {
    let title = attributes.get("title").unwrap_or_default();
    link(body, &frames::source(attributes, "iframe"), &title, place)
}

/// Where a link would stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// Anywhere but in a link.
    Free,
    /// In a link, which can hold no other.
    InLink,
}

impl Place {
    /// Returns where a link would stand that is put in the place of an element.
    pub fn of(page: &Page<'_>, element: Element<'_>) -> Self {
        if element.start < page.link_end { Self::InLink } else { Self::Free }
    }
}

/// Returns the link that stands for a frame, object or the like that showed `source`.
pub fn link(body: &mut Body<'_>, source: &str, title: &str, place: Place) -> String {
    let source = source.trim();
    if !matches!(addresses::kind(source), Kind::Absolute | Kind::Relative) || source.is_empty() {
        return String::new();
    }
    let own = source.split(['#', '?']).next().unwrap_or_default();
    let page = own.strip_suffix("embed/").or_else(|| own.strip_suffix("embed")).unwrap_or(source);
    let is_own = body.surroundings.link(page) != Target::Elsewhere
        || addresses::kind(source) == Kind::Relative;
    if is_own {
        let address = links::resolve(body, page);
        return facade(&Embed { address, provider: String::new() }, None, title, place);
    }
    facade(&embed(source), Some(source), title, place)
}

/// Returns the link that stands for an address alone, if it is one.
pub fn bare(body: &mut Body<'_>, address: &str) -> Option<String> {
    let is_address = addresses::kind(address) == Kind::Absolute
        && !address.contains(|letter: char| letter.is_whitespace());
    if !is_address {
        return None;
    }
    if body.surroundings.link(address) != Target::Elsewhere {
        let own = Embed { address: links::resolve(body, address), provider: String::new() };
        return Some(facade(&own, None, address, Place::Free));
    }
    let provider = embed(address).provider;
    let embed = Embed { address: address.to_owned(), provider };
    Some(facade(&embed, None, address, Place::Free))
}

/// Prints a click-to-load link.
fn facade(embed: &Embed, source: Option<&str>, title: &str, place: Place) -> String {
    // Without a title, what a reader can tell it by is its provider and where it leads.
    let (title, below) = match title.trim() {
        "" if embed.provider.is_empty() => (&*embed.address, ""),
        "" => (&*embed.provider, short(&embed.address)),
        title => (title, &*embed.provider),
    };
    let mut html = String::from(match place {
        Place::Free => "<a class=\"embed-facade\" href=\"",
        Place::InLink => "<span class=\"embed-facade\" data-href=\"",
    });
    push_attribute(&mut html, &addresses::tidy(&embed.address));
    if let Some(source) = source {
        html.push_str("\" data-embed=\"");
        push_attribute(&mut html, &addresses::tidy(source));
        if place == Place::Free {
            html.push_str("\" rel=\"noopener");
        }
    }
    let sign = if plays(&embed.provider) { "play" } else { "open" };
    html.extend(["\"><span class=\"embed-facade__label\"><span class=\"embed-facade__", sign]);
    html.push_str("\" aria-hidden=\"true\"></span><span><span class=\"embed-facade__title\">");
    push_text(&mut html, title);
    html.push_str("</span>");
    if !below.is_empty() && below != title {
        html.push_str(" <small>");
        push_text(&mut html, below);
        html.push_str("</small>");
    }
    html.push_str("</span></span>");
    html.push_str(if place == Place::Free { "</a>" } else { "</span>" });
    html
}

/// Returns as much of an address as a reader can take in: no scheme, and no long query or path.
fn short(address: &str) -> &str {
    const LONGEST: usize = 60;
    let address = address.split_once("//").map_or(address, |(_, rest)| rest);
    let address = address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/');
    let parts = [&['#'][..], &['#', '?'], &['#', '?', '/']];
    let parts = parts.map(|ends| address.split(ends).next().unwrap_or_default());
    parts.into_iter().find(|part| part.len() <= LONGEST).unwrap_or_default()
}

/// Tells the page that a player's address belongs to, and its provider.
pub fn embed(source: &str) -> Embed {
    let host = host(source).unwrap_or_default().to_ascii_lowercase();
    let provider = provider(&host);
    let address = page_of(provider, &host, source).unwrap_or_else(|| {
        if source.starts_with("//") { format!("https:{source}") } else { source.to_owned() }
    });
    Embed { address, provider: if provider.is_empty() { host } else { provider.to_owned() } }
}

/// Returns whether an address is of a site that others show parts of.
pub fn is_known(address: &str) -> bool {
    host(address).is_some_and(|host| !provider(&host.to_ascii_lowercase()).is_empty())
}

/// Returns whether what a provider shows is to be heard or watched.
fn plays(provider: &str) -> bool {
    const PLAYERS: &[&str] = &[
        "YouTube",
        "Vimeo",
        "Dailymotion",
        "SoundCloud",
        "Spotify",
        "TED",
        "TikTok",
        "Mixcloud",
        "Bandcamp",
        "WordPress.tv",
        "VideoPress",
    ];
    PLAYERS.contains(&provider)
}

/// Returns the name of the provider at a host. Empty if it is none of these.
fn provider(host: &str) -> &'static str {
    const PROVIDERS: &[(&str, &str)] = &[
        ("youtube.com", "YouTube"),
        ("youtube-nocookie.com", "YouTube"),
        ("youtu.be", "YouTube"),
        ("vimeo.com", "Vimeo"),
        ("dailymotion.com", "Dailymotion"),
        ("soundcloud.com", "SoundCloud"),
        ("spotify.com", "Spotify"),
        ("ted.com", "TED"),
        ("facebook.com", "Facebook"),
        ("instagram.com", "Instagram"),
        ("tiktok.com", "TikTok"),
        ("twitter.com", "X"),
        ("x.com", "X"),
        ("google.com", "Google"),
        ("openstreetmap.org", "OpenStreetMap"),
        ("mixcloud.com", "Mixcloud"),
        ("bandcamp.com", "Bandcamp"),
        ("slideshare.net", "SlideShare"),
        ("scribd.com", "Scribd"),
        ("issuu.com", "Issuu"),
        ("reddit.com", "Reddit"),
        ("redditmedia.com", "Reddit"),
        ("wordpress.tv", "WordPress.tv"),
        ("videopress.com", "VideoPress"),
        ("bsky.app", "Bluesky"),
        ("apple.com", "Apple"),
        ("codepen.io", "CodePen"),
        ("archive.org", "Internet Archive"),
    ];
    let is_at = |domain: &str| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    PROVIDERS.iter().find(|(domain, _)| is_at(domain)).map_or("", |(_, name)| name)
}

/// Returns the page for people of what a player's address shows.
fn page_of(provider: &str, host: &str, source: &str) -> Option<String> {
    let path_start = source.find("//").map_or(0, |start| start + 2);
    let path = source[path_start..].split_once('/')?.1;
    let (path, query) = path.split('#').next()?.split_once('?').unwrap_or((path, ""));
    let path = path.split('#').next()?;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parameter = |name: &str| parameter(query, name);
    let decoded = |name| {
        let value = percent_encoding::percent_decode_str(parameter(name)?).decode_utf8();
        value.ok().map(std::borrow::Cow::into_owned)
    };
    match (provider, &*parts) {
        ("YouTube", ["embed", "videoseries"]) => {
            Some(format!("https://www.youtube.com/playlist?list={}", parameter("list")?))
        }
        ("YouTube", ["embed" | "v" | "shorts", id]) => {
            let start = parameter("start").map(|start| format!("&t={start}s")).unwrap_or_default();
            Some(format!("https://www.youtube.com/watch?v={id}{start}"))
        }
        ("Vimeo", ["video", id]) => Some(match parameter("h") {
            Some(hash) => format!("https://vimeo.com/{id}/{hash}"),
            None => format!("https://vimeo.com/{id}"),
        }),
        ("Dailymotion", ["embed", "video", id]) => {
            Some(format!("https://www.dailymotion.com/video/{id}"))
        }
        ("Dailymotion", _) if host.starts_with("geo.") => {
            Some(format!("https://www.dailymotion.com/video/{}", parameter("video")?))
        }
        // The page of a sound that is named only by its number is not known.
        ("SoundCloud", ["player", ..]) => {
            decoded("url").filter(|sound| !sound.contains("api.soundcloud.com"))
        }
        ("Spotify", ["embed", rest @ ..]) => {
            Some(format!("https://open.spotify.com/{}", rest.join("/")))
        }
        ("TED", ["talks", ..]) => Some(format!("https://www.ted.com/{path}")),
        ("Instagram", ["p" | "reel" | "tv", id, ..]) => {
            Some(format!("https://www.instagram.com/p/{id}/"))
        }
        ("TikTok", ["embed", "v2" | "v3", id]) => {
            Some(format!("https://www.tiktok.com/@/video/{id}"))
        }
        ("Facebook", ["plugins", ..]) => decoded("href"),
        ("OpenStreetMap", ["export", "embed.html"]) => map(parameter("bbox")?),
        _ => None,
    }
    .filter(|address| addresses::kind(address) == Kind::Absolute)
}

/// Returns a value of a query, as written.
fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
}

/// Returns the map of an area that is given by its edges.
fn map(area: &str) -> Option<String> {
    let area = percent_encoding::percent_decode_str(area).decode_utf8().ok()?;
    let edges: Vec<f64> = area.split(',').filter_map(|edge| edge.parse().ok()).collect();
    let [west, south, east, north] = *edges else { return None };
    let (latitude, longitude) = ((south + north) / 2.0, (west + east) / 2.0);
    Some(format!("https://www.openstreetmap.org/#map=13/{latitude:.5}/{longitude:.5}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::testing::check_rendered;
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    #[track_caller]
    fn check(source: &str, address: &str, provider: &str) {
        let expected = Embed { address: address.to_owned(), provider: provider.to_owned() };
        assert_eq!(embed(source), expected);
    }

    #[test]
    fn players_become_pages() {
        check(
            "https://www.youtube.com/embed/abc?feature=oembed&start=42",
            "https://www.youtube.com/watch?v=abc&t=42s",
            "YouTube",
        );
        check("//player.vimeo.com/video/123?dnt=1", "https://vimeo.com/123", "Vimeo");
        check(
            "https://www.dailymotion.com/embed/video/x1",
            "https://www.dailymotion.com/video/x1",
            "Dailymotion",
        );
        check(
            "https://open.spotify.com/embed/track/1?x=2",
            "https://open.spotify.com/track/1",
            "Spotify",
        );
        check(
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb&x",
            "https://soundcloud.com/a/b",
            "SoundCloud",
        );
        check("https://embed.ted.com/talks/a_b", "https://www.ted.com/talks/a_b", "TED");
        check(
            "https://www.google.com/maps/embed?pb=1",
            "https://www.google.com/maps/embed?pb=1",
            "Google",
        );
        check("//maps.example/x", "https://maps.example/x", "maps.example");
    }

    #[test]
    fn a_script_cannot_hide_in_a_player() {
        check(
            "https://w.soundcloud.com/player/?url=javascript%3Aalert(1)",
            "https://w.soundcloud.com/player/?url=javascript%3Aalert(1)",
            "SoundCloud",
        );
    }

    #[test]
    fn frames_become_links() {
        check_rendered(
            "<iframe title=\"A &amp; B\" src=\"https://player.vimeo.com/video/1\" width=\"500\"></iframe>",
            "<a class=\"embed-facade\" href=\"https://vimeo.com/1\" data-embed=\"https://player.vimeo.com/video/1\" rel=\"noopener\">\
             <span class=\"embed-facade__label\"><span class=\"embed-facade__play\" aria-hidden=\"true\"></span><span>\
             <span class=\"embed-facade__title\">A &amp; B</span> <small>Vimeo</small></span></span></a>",
            &[],
        );
    }

    #[test]
    fn a_frame_without_a_title_says_where_it_leads() {
        let small = |source: &str| {
            let html = facade(&embed(source), Some(source), " ", Place::Free);
            let (_, rest) = html.split_once("title\">").unwrap();
            rest.replace("</span> <small>", "|").split("</").next().unwrap().to_owned()
        };
        assert_eq!(small("https://www.youtube.com/embed/abc"), "YouTube|youtube.com/watch?v=abc");
        let long = format!("https://maps.example/view?{}", "a=b&".repeat(30));
        assert_eq!(small(&long), "maps.example|maps.example/view");
        assert_eq!(small("https://maps.example/"), "maps.example");
    }

    #[test]
    fn an_address_without_a_player_is_a_link() {
        check_rendered(
            "<div class=\"wp-block-embed__wrapper\">\nhttps://www.instagram.com/p/x/\n</div>",
            "<div class=\"wp-block-embed__wrapper\"><a class=\"embed-facade\" href=\"https://www.instagram.com/p/x/\">\
             <span class=\"embed-facade__label\"><span class=\"embed-facade__open\" aria-hidden=\"true\"></span><span>\
             <span class=\"embed-facade__title\">https://www.instagram.com/p/x/</span> <small>Instagram</small></span></span></a></div>",
            &[],
        );
        let words = "<div class=\"wp-block-embed__wrapper\">Not found</div>";
        check_rendered(words, words, &[]);
    }

    #[test]
    fn frames_of_the_site_itself_are_plain_links() {
        check_rendered(
            "<iframe src=\"https://example.org/kept/embed/#?secret=x\"></iframe>",
            "<a class=\"embed-facade\" href=\"/kept/\">\
             <span class=\"embed-facade__label\"><span class=\"embed-facade__open\" aria-hidden=\"true\"></span><span>\
             <span class=\"embed-facade__title\">/kept/</span></span></span></a>",
            &[],
        );
    }

    #[test]
    fn no_frame_stays_whatever_its_class() {
        for frame in [
            "<iframe class=\"embedded-address\" srcdoc=\"<script>x</script>\"></iframe>",
            "<iframe class=\"embedded-address\" src=\"https://evil.example/ x\"></iframe>",
            "<iframe class=\"embedded-address\" src=\"/own/\"></iframe>",
            "<a href=\"/x/\"><iframe class=\"embedded-address\" src=\"https://a.example/b\"></iframe></a>",
        ] {
            for format in [BodyFormat::Rendered, BodyFormat::Classic] {
                let content = normalize_as(format, frame);
                let html: String = content.pages.iter().map(crate::content::Html::as_str).collect();
                assert!(!html.contains("iframe") && html.matches("<a ").count() < 2, "{html}");
            }
        }
    }

    #[test]
    fn playlists_list_their_tracks_to_everybody() {
        check_rendered(
            "<div class=\"wp-playlist\"><audio controls=\"controls\"></audio>\
             <noscript><ol><li><a href=\"/x.mp3\">X</a></li></ol></noscript></div><noscript>y</noscript>",
            "<div class=\"wp-playlist\"><ol><li><a href=\"/x.mp3\">X</a></li></ol></div><noscript>y</noscript>",
            &[],
        );
    }
}
