//! What WordPress looks for in a text as a whole before it makes paragraphs of it.

use memchr::memmem;

use crate::content::autop::names::is_block;
use crate::content::html::tokens::Kind;

/// What a text has anywhere, on which the treatment of its tags depends. WordPress knows tags in
/// small letters only.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    has_options: bool,
    has_sources: bool,
    has_objects: bool,
    has_captions: bool,
    /// Whether there is preformatted text, without which nothing tells of its ends.
    pub has_preformatted: bool,
    last_preformatted_end: usize,
    last_style_end: usize,
}

impl Shape {
    /// Looks through a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let has = |wanted: &str| memmem::find(bytes, wanted.as_bytes()).is_some();
        let last = |wanted: &str| memmem::rfind(bytes, wanted.as_bytes()).unwrap_or_default();
        Self {
            has_options: has("<option"),
            has_sources: has("<source") || has("<track"),
            has_objects: has("</object>"),
            has_captions: has("<figcaption"),
            has_preformatted: has("<pre"),
            last_preformatted_end: last("</pre>"),
            last_style_end: last("</style>"),
        }
    }

    /// Returns whether what stands in the element that starts at `position` is left as it is: it is
    /// not if nothing ends it.
    pub fn has_end(&self, name: &str, position: usize) -> bool {
        match name {
            "pre" => position < self.last_preformatted_end,
            "style" => position < self.last_style_end,
            _ => true,
        }
    }

    /// Returns whether an end tag parts from what stands after it. That of a figure's caption does
    /// where no caption begins.
    pub fn ends_block(&self, name: &str) -> bool {
        is_block(name) || name == "figcaption" && !self.has_captions
    }

    /// Returns whether white space goes that stands before a tag.
    pub fn takes_space_before(&self, kind: Kind<'_>) -> bool {
        match kind {
            Kind::Start(tag) => {
                self.is_within_player(tag.name)
                    || self.has_options && tag.name == "option"
                    || tag.name == "figcaption"
            }
            Kind::End(name) => {
                self.is_within_player(name)
                    || self.has_sources && matches!(name, "audio" | "video")
                    || self.has_objects && name == "object"
            }
            _ => false,
        }
    }

    /// Returns whether white space goes that stands after a tag.
    pub fn takes_space_after(&self, kind: Kind<'_>) -> bool {
        match kind {
            Kind::Start(tag) => {
                self.is_within_player(tag.name)
                    || self.has_sources && matches!(tag.name, "audio" | "video")
                    || self.has_objects && tag.name == "object"
            }
            Kind::End(name) => {
                self.is_within_player(name)
                    || self.has_options && name == "option"
                    || self.has_captions && name == "figcaption"
            }
            _ => false,
        }
    }

    fn is_within_player(&self, name: &str) -> bool {
        match name {
            "source" | "track" => self.has_sources,
            "param" | "embed" => self.has_objects,
            _ => false,
        }
    }
}

/// Returns whether a tag, as written, has its name in small letters.
pub fn is_small(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    !name[..end].bytes().any(|byte| byte.is_ascii_uppercase())
}
