//! Files of the media library that are not what their names say: what a host that no longer has a
//! file answers is easily saved in its place.

use std::io::{self, Read};

use crate::diagnostics::{Diagnostic, Location};
use crate::stored::StoredFile;

/// How much of a file shows what it is, in bytes.
const HEAD: u64 = 512;

/// What a file is instead of a picture, a recording or a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Broken {
    /// It has no bytes.
    Empty,
    /// Such as "not found".
    WebPage,
    /// An error of the REST API, or of a host for files.
    Answer,
}

/// Tells of a file that no browser can show as what its name says.
///
/// # Errors
/// The file cannot be read.
pub fn look(file: &StoredFile) -> io::Result<Option<Diagnostic>> {
    let mut head = Vec::new();
    file.open()?.take(HEAD).read_to_end(&mut head)?;
    let path = file.path();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(broken) = find(&name, &head) else { return Ok(None) };
    let what = match broken {
        Broken::Empty => "is empty",
        Broken::WebPage => "is a web page",
        Broken::Answer => "is an answer in JSON or XML",
    };
    let message = format!("`{name}` {what}: nothing is shown where pages use it");
    let location = Location::file(&path.display().to_string().into());
    let help = "save the file again from the old site or a backup; if it is lost, delete this one, \
                and pages name its old address";
    Ok(Some(Diagnostic::error("broken-media", message, location).with_help(help)))
}

/// Returns what a file is by its beginning, if its name says otherwise.
fn find(name: &str, head: &[u8]) -> Option<Broken> {
    if head.is_empty() {
        return Some(Broken::Empty);
    }
    let kind = mime_guess::from_path(name).first()?;
    let is_text = kind.type_() == mime_guess::mime::TEXT
        || kind.suffix().is_some_and(|suffix| suffix == mime_guess::mime::XML)
        || matches!(kind.subtype().as_str(), "xml" | "json" | "javascript");
    if is_text {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    if head.starts_with('<') && (head.contains("<!doctype html") || head.contains("<html")) {
        Some(Broken::WebPage)
    } else if head.starts_with("{\"") || head.starts_with("<?xml") {
        Some(Broken::Answer)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_what_its_name_says_is_known_by_its_beginning() {
        let check = |name: &str, head: &[u8], expected: Option<Broken>| {
            assert_eq!(find(name, head), expected, "{name}");
        };
        check("lake.jpg", b"\xff\xd8\xff\xe0", None);
        check("lake.jpg", b"", Some(Broken::Empty));
        check("lake.jpg", b"\n<!DOCTYPE html>\n<title>404", Some(Broken::WebPage));
        check("lake.jpg", b"\xef\xbb\xbf<!-- moved --><HTML>", Some(Broken::WebPage));
        check("paper.pdf", b"{\"code\":\"rest_forbidden\"", Some(Broken::Answer));
        check("talk.mp3", b"<?xml version=\"1.0\"?><Error>", Some(Broken::Answer));
        check("page.html", b"<!doctype html>", None);
        check("logo.svg", b"<?xml version=\"1.0\"?><svg>", None);
        check("data.json", b"{\"a\":1}", None);
        check("track.gpx", b"<?xml version=\"1.0\"?><gpx>", None);
        check("without-ending", b"<html>", None);
    }
}
