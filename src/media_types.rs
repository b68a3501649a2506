//! What files are, by their names. Pure.

/// Returns whether a name is that of a file which sites show or offer to readers: a picture, a
/// recording, a document. No program is, and nothing that may hold an export or a backup.
pub fn is_media(name: &str) -> bool {
    let Some(kind) = mime_guess::from_path(name).first() else { return false };
    let (kind, form) = (kind.type_().as_str(), kind.subtype().as_str());
    let is_document = ["pdf", "epub+zip", "msword", "rtf"].contains(&form)
        || ["vnd.ms-", "vnd.openxmlformats-", "vnd.oasis."].iter().any(|it| form.starts_with(it));
    matches!(kind, "image" | "audio" | "video" | "font") || kind == "application" && is_document
}

/// Endings of the recordings and films that WordPress takes for such: others share theirs with what is
/// none, as `ts` does.
const RECORDINGS: [&str; 22] = [
    "mp3", "m4a", "m4b", "aac", "wav", "ogg", "oga", "opus", "flac", "wma", "mka", "mp4", "m4v",
    "mov", "webm", "ogv", "mpg", "mpeg", "avi", "wmv", "mkv", "3gp",
];

/// The length of the longest of [`RECORDINGS`], in bytes.
const LONGEST_ENDING: usize = 4;

/// Returns the media type of a name, if it is that of a recording or a film.
pub fn recording(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    // Most addresses are those of pages: what follows their last dot is long.
    if ending.len() > LONGEST_ENDING || !RECORDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it))
    {
        return None;
    }
    match mime_guess::from_path(name).first_raw()? {
        // Programs for podcasts know no other name for it.
        "audio/m4a" => Some("audio/x-m4a"),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sites_show_is_known_by_its_ending() {
        for name in ["a.JPG", "b.svg", "c.mp3", "d.mp4", "e.pdf", "f.docx", "g.odt", "h.woff2"] {
            assert!(is_media(name), "{name}");
        }
        for name in ["a.php", "b.json", "c.js", "d.zip", "e.sql", "f.md", "g.html", "h", "i.exe"] {
            assert!(!is_media(name), "{name}");
        }
    }

    #[test]
    fn recordings_are_known_by_their_ending() {
        for (name, expected) in [
            ("https://a.example/b.c/d.MP3", Some("audio/mpeg")),
            ("a.m4a", Some("audio/x-m4a")),
            ("a.wav", Some("audio/wav")),
            ("a.mp4", Some("video/mp4")),
            ("a.ts", None),
            ("a.jpg", None),
            ("https://a.example/mp3", None),
        ] {
            assert_eq!(recording(name), expected, "{name}");
        }
    }
}
