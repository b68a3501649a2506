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
}
