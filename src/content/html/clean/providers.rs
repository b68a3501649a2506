//! Sites that WordPress asks what to show for an address that stands alone.

use crate::content::html::clean::addresses::host;

/// Hosts whose addresses WordPress shows as a player or card.
const HOSTS: [&str; 44] = [
    "youtube.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "dai.ly",
    "flickr.com",
    "flic.kr",
    "smugmug.com",
    "scribd.com",
    "wordpress.tv",
    "crowdsignal.net",
    "polldaddy.com",
    "poll.fm",
    "survey.fm",
    "twitter.com",
    "x.com",
    "soundcloud.com",
    "spotify.com",
    "imgur.com",
    "meetup.com",
    "meetu.ps",
    "issuu.com",
    "mixcloud.com",
    "ted.com",
    "animoto.com",
    "video214.com",
    "tumblr.com",
    "kickstarter.com",
    "kck.st",
    "cloudup.com",
    "reverbnation.com",
    "videopress.com",
    "reddit.com",
    "speakerdeck.com",
    "screencast.com",
    "amazon.com",
    "amzn.to",
    "someecards.com",
    "tiktok.com",
    "pinterest.com",
    "wolframcloud.com",
    "pca.st",
    "bsky.app",
    "canva.com",
];

/// Returns whether an address is one WordPress asks a known site about.
pub fn is_provider(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    let host = host.to_ascii_lowercase();
    let is_at = |known: &str| {
        host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let has_path = address.split("//").nth(1).and_then(|rest| rest.split_once('/'));
    HOSTS.iter().any(|known| is_at(known)) && has_path.is_some_and(|(_, path)| !path.is_empty())
}
