//! A small site for the tests of this stage.

use std::sync::Arc;

use crate::content::surroundings::{ImageFacts, Surroundings, Target, Withheld};
use crate::content::{CodeColors, Content, PluginShortcodes, Scripts, Setting, normalize};
use crate::diagnostics::Location;
use crate::model::{Body, BodyFormat, PostId, Script};

/// `https://example.org`, which has the pages `/kept/` and `/?p=12`, and the file `a.png`; it hides
/// `/hidden/`, `/protected/` and `/?p=22`.
pub struct Site;

impl Surroundings for Site {
    fn link(&self, address: &str) -> Target {
        match address {
            "https://example.org/kept/" | "/?p=12" => Target::Here("/kept/".to_owned()),
            "https://example.org/?s=" | "/?s=" => Target::Here("/search/".to_owned()),
            _ if address.starts_with("https://example.org/wp-content/") => self.file(address),
            _ if address.starts_with("https://example.org/") => Target::Lost(address.to_owned()),
            _ => Target::Elsewhere,
        }
    }

    fn withholds_posts(&self) -> bool {
        true
    }

    fn withheld(&self, address: &str) -> Option<Withheld> {
        if address == "/?p=22" {
            return Some(Withheld::Protected);
        }
        match address.strip_prefix("https://example.org/")?.split('#').next()? {
            "hidden/" => Some(Withheld::Hidden),
            "protected/" => Some(Withheld::Protected),
            _ => None,
        }
    }

    fn file(&self, address: &str) -> Target {
        let path = address.split('?').next().unwrap_or_default();
        match path.strip_prefix("https://example.org/wp-content/uploads/") {
            Some(name) if !name.contains("lost") => Target::Here(format!("/media/{name}")),
            Some(_) => Target::Lost(address.to_owned()),
            None if address.starts_with("https://example.org/") => Target::Lost(address.to_owned()),
            None => Target::Elsewhere,
        }
    }

    fn image(&self, address: &str, id: Option<PostId>) -> Option<ImageFacts> {
        let is_known = id == Some(PostId(7)) || address.ends_with("/a.png");
        is_known.then_some(ImageFacts { width: 640, height: 480 })
    }

    fn sizes(&self, address: &str) -> Vec<(String, u32)> {
        match address.ends_with("/wide.png") {
            true => vec![("/media/wide-300.png".into(), 300), ("/media/wide.png".into(), 640)],
            false => Vec::new(),
        }
    }

    fn language_of(&self, script: Script) -> Option<&str> {
        match script {
            Script::Tibetan => Some("bo"),
            Script::Latin => Some("en"),
            Script::Arabic => Some("ar"),
            _ => None,
        }
    }
}

/// Normalizes `text` as post 5 of the [`Site`], which is in English.
pub fn normalize_as(format: BodyFormat, text: &str) -> Content {
    normalize_on(&Site, format, text)
}

/// Normalizes `text` as post 5 of a site, which is in English.
pub fn normalize_on(site: &dyn Surroundings, format: BodyFormat, text: &str) -> Content {
    let file: Arc<str> = "posts.json".into();
    let location = Location::record(&file, PostId(5), "A post");
    let setting = Setting {
        post: PostId(5),
        location: &location,
        language: "en",
        scripts: Scripts::Drop,
        shortcodes: PluginShortcodes::Keep,
        code: CodeColors::Known,
    };
    normalize(&Body::new(format, text.to_owned()), &setting, site)
}

/// Checks what becomes of a classic text on its first page.
#[track_caller]
pub fn check_classic(text: &str, expected: &str) {
    let content = normalize_as(BodyFormat::Classic, text);
    assert_eq!(content.pages[0].as_str().trim(), expected);
}

/// Checks what becomes of rendered HTML, and which findings it brings, by their codes.
#[track_caller]
pub fn check_rendered(html: &str, expected: &str, codes: &[&str]) {
    let content = normalize_as(BodyFormat::Rendered, html);
    let pages: Vec<_> = content.pages.iter().map(|page| page.as_str()).collect();
    assert_eq!(pages.join("\n=====\n"), expected);
    let found: Vec<_> = content.diagnostics.iter().map(|found| &*found.code).collect();
    assert_eq!(found, codes, "{:?}", content.diagnostics);
}
