//! Blocks that are saved as HTML, to which WordPress adds classes and styles when it serves a page.

mod bound;
mod media;

use std::borrow::Cow;
use std::rc::Rc;

use memchr::memmem;

use crate::content::autop;
use crate::content::block_html::dynamic::query;
use crate::content::block_html::dynamic::social::Links;
use crate::content::block_html::opening::{self, Additions, Change, Reach};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::block_html::statics::bound::Bound;
use crate::content::block_html::supports::{self, background, elements, fluid, visibility};
use crate::content::block_html::{duotone, layout};
use crate::content::blocks::attributes::{self, Attributes};
use crate::content::html::tokens::{Kind, Tag, Token, tokenize};

/// What is done to the HTML a block was saved with.
#[derive(Debug, Default)]
pub struct Opened {
    additions: Additions,
    own: Own,
    /// What stands in the place of saved values.
    bound: Option<Bound>,
    /// The picture of the post, behind a cover.
    picture: String,
    /// A size of type as it was saved, and as it is shown.
    font_size: Option<(String, String)>,
    /// Stands after the block.
    pub after: Option<String>,
}

/// So many classes one tag takes over at most.
const MOST_INHERITED: usize = 40;

/// What only one kind of blocks has done.
#[derive(Debug, Default)]
enum Own {
    #[default]
    Nothing,
    /// The class that texts of this kind have, on such tags only.
    Class(&'static str, &'static [&'static str]),
    /// A picture in a gallery.
    Picture(String),
    /// A preview of a document has its name.
    Preview,
    /// A button without words is not shown.
    Button,
    /// A shortcode is a paragraph, as in classic text.
    Classic,
}

impl Opened {
    /// Returns the first piece of the block's HTML, which reaches so far.
    pub fn first_piece<'h>(&self, html: &'h str, reach: Reach) -> Cow<'h, str> {
        let bound = self.bound.as_ref().map(|bound| bound.apply(html).into_owned());
        if let Some(html) = bound {
            return Cow::Owned(self.changed(&html, reach).into_owned());
        }
        if !self.picture.is_empty() {
            let html = media::with_picture(html, &self.picture);
            return Cow::Owned(self.changed(&html, reach).into_owned());
        }
        self.changed(html, reach)
    }

    /// Takes over what the block around adds to a tag.
    pub fn inherit(&mut self, around: &Self) {
        let classes = &mut self.additions.outer.classes;
        for class in around.additions.outer.classes.iter().chain(&around.additions.inner) {
            // So many blocks without HTML of their own are never around one.
            if classes.len() < MOST_INHERITED && !classes.contains(class) {
                classes.push(class.clone());
            }
        }
    }

    fn changed<'h>(&self, html: &'h str, reach: Reach) -> Cow<'h, str> {
        let is_whole = reach == Reach::Whole;
        let html = match &self.own {
            Own::Nothing => self.additions.apply(html, reach),
            Own::Class(class, tags) if starts_with(html, tags) => {
                let mut additions = Additions {
                    outer: self.additions.outer.clone(),
                    inner: self.additions.inner.clone(),
                };
                additions.outer.classes.push((*class).to_owned());
                additions.apply(html, reach)
            }
            // WordPress looks for such a tag further on, too.
            Own::Class(class, tags) => {
                let html = self.additions.apply(html, reach);
                let is_one = |tag: Tag<'_>| tags.iter().any(|it| tag.name.eq_ignore_ascii_case(it));
                let html = opening::change(&html, is_one, |it| opening::add_class(it, class));
                Cow::Owned(html.into_owned())
            }
            Own::Picture(id) => {
                let html = self.additions.apply(html, reach);
                let is_picture = |tag: Tag<'_>| tag.name == "img";
                let html = opening::change(&html, is_picture, |it| {
                    it.set_if_missing("data-id", id.as_str());
                });
                Cow::Owned(html.into_owned())
            }
            Own::Classic => Cow::Owned(autop::to_html(html)),
            Own::Button if is_whole && is_silent(html) => Cow::Borrowed(""),
            Own::Button => self.additions.apply(html, reach),
            Own::Preview => {
                let html = self.additions.apply(html, reach);
                Cow::Owned(media::with_named_preview(&html).into_owned())
            }
        };
        match &self.font_size {
            Some((saved, shown)) => with_font_size(html, saved, shown),
            None => html,
        }
    }
}

/// Looks at a block before its HTML passes. `inner` is what it means for the blocks within it.
pub fn open(
    renderer: &mut Renderer<'_>,
    place: &Place<'_>,
    scope: &Scope,
    inner: &mut Scope,
) -> Opened {
    let Some(name) = place.block.name.strip_prefix("core/") else { return Opened::default() };
    let mut opened = Opened { own: own(name), ..Opened::default() };
    let sets = layout::default_of(&place.block.name).is_some();
    let attributes = if needs_attributes(place.block.json) || sets || scope.is_in_gallery {
        place.attributes()
    } else {
        Attributes::default()
    };
    inner.is_in_gallery = name == "gallery" || scope.is_in_gallery && name != "group";
    match name {
        "image" => {
            if attributes.is_on(&["lightbox", "enabled"]) && attributes.id(&["id"]).is_some() {
                media::lightbox(&attributes, &mut opened.additions);
            }
            if let Some(id) = attributes.id(&["id"]).filter(|_| scope.is_in_gallery) {
                opened.own = Own::Picture(id.to_string());
            }
        }
        "button" => button(&attributes, &mut opened.additions),
        "query" => {
            let attributes = place.attributes();
            inner.query = Some(query::scope_of(&attributes));
        }
        "terms-query" => inner.terms = Some(Rc::new(place.attributes())),
        "social-links" => inner.social = Rc::new(Links::of(&attributes)),
        "cover" => {
            media::cover(&attributes, &mut opened.additions);
            opened.picture = bound::cover_picture(renderer, &attributes, scope);
        }
        _ => {}
    }
    opened.bound = Bound::of(renderer, &attributes, scope);
    common(renderer, place, &attributes, &mut opened);
    opened
}

/// What WordPress adds to all kinds of blocks.
fn common(
    renderer: &mut Renderer<'_>,
    place: &Place<'_>,
    attributes: &Attributes,
    opened: &mut Opened,
) {
    let additions = &mut opened.additions;
    let name = &*place.block.name;
    if has_elements(name) {
        additions.outer.classes.extend(elements::class(attributes, &mut renderer.sheet));
    }
    let pictures = match name {
        "core/image" => Some("& img"),
        "core/cover" => Some("& > .wp-block-cover__image-background,& > video"),
        _ => None,
    };
    let duotone = pictures.and_then(|it| duotone::class(attributes, it, &mut renderer.sheet));
    additions.outer.classes.extend(duotone);
    additions.outer.classes.extend(layout::own_class(attributes, &mut renderer.sheet));
    if name != "core/freeform" {
        additions.outer.classes.extend(visibility::classes(place.block.json));
    }
    if name == "core/group" && attributes.text(&["style", "position", "type"]) == Some("sticky") {
        let top = attributes.text(&["style", "position", "top"]).unwrap_or("0px");
        additions.outer.classes.extend(layout::sticky(top, &mut renderer.sheet));
    }
    additions.inner = layout::classes(name, attributes, &mut renderer.sheet);
    if has_background(name)
        && let Some(background) = background::of(attributes)
    {
        add(&mut additions.outer, background);
    }
    let size = attributes.at(&["style", "typography", "fontSize"]);
    if let Some(saved) = size.and_then(attributes::written) {
        opened.font_size = size.and_then(fluid::size).map(|shown| (saved, shown));
    }
}

fn add(change: &mut Change, supports: supports::Supports) {
    let added = Change::from(supports);
    change.classes.extend(added.classes);
    if !change.style.is_empty() && !added.style.is_empty() {
        change.style.push(';');
    }
    change.style.push_str(&added.style);
}

/// Most blocks say nothing that matters here.
fn needs_attributes(json: &str) -> bool {
    let has = |name: &[u8]| memmem::find(json.as_bytes(), name).is_some();
    has(b"\"style\"")
        || has(b"\"bindings\"")
        || has(b"\"lightbox\"")
        || has(b"\"minHeight\"")
        || has(b"\"width\"")
}

fn own(name: &str) -> Own {
    match name {
        "paragraph" => Own::Class("wp-block-paragraph", &["p"]),
        "heading" => Own::Class("wp-block-heading", &["h1", "h2", "h3", "h4", "h5", "h6"]),
        "list" => Own::Class("wp-block-list", &["ul", "ol"]),
        "file" => Own::Preview,
        "button" => Own::Button,
        "shortcode" => Own::Classic,
        _ => Own::Nothing,
    }
}

fn has_elements(name: &str) -> bool {
    !matches!(name, "core/table" | "core/button")
}

fn has_background(name: &str) -> bool {
    matches!(
        name,
        "core/group" | "core/quote" | "core/pullquote" | "core/verse" | "core/post-content"
    )
}

/// A button may be as wide as a part of what holds it.
fn button(attributes: &Attributes, additions: &mut Additions) {
    let width = attributes.text(&["style", "dimensions", "width"]);
    let Some(percent) = width.and_then(|width| width.strip_suffix('%')) else { return };
    let Ok(number) = percent.parse::<f64>() else { return };
    let classes = &mut additions.outer.classes;
    classes.push("has-custom-width".to_owned());
    classes.push("wp-block-button__width".to_owned());
    classes.push(format!("wp-block-button__width-{}", number.round()));
    additions.outer.style = format!("--wp--block-button--width:{number}");
}

fn is_silent(html: &str) -> bool {
    let shows = |token: Token<'_>| match token.kind {
        Kind::Text => !html[token.start..token.end].trim().is_empty(),
        Kind::Start(tag) => matches!(tag.name, "img" | "svg" | "input"),
        _ => false,
    };
    !tokenize(html).any(shows)
}

fn starts_with(html: &str, tags: &[&str]) -> bool {
    let Some(tag) = html.trim_ascii_start().strip_prefix('<') else { return false };
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    tags.iter().any(|name| tag[..length].eq_ignore_ascii_case(name))
}

/// Puts a size of type in the place of the one that was saved.
fn with_font_size<'h>(html: Cow<'h, str>, saved: &str, shown: &str) -> Cow<'h, str> {
    if saved == shown || shown.contains(['"', '<']) {
        return html;
    }
    let Some(at) = memmem::find(html.as_bytes(), b"font-size:") else { return html };
    let start = at + "font-size:".len();
    let rest = &html[start..];
    let value = rest.trim_start();
    let Some(after) = value.strip_prefix(saved) else { return html };
    // A number alone is saved in pixels.
    let after = after.strip_prefix("px").unwrap_or(after);
    Cow::Owned([&html[..start], shown, after].concat())
}

#[cfg(test)]
mod tests {
    use crate::content::testing::normalize_as;
    use crate::model::BodyFormat;

    /// Checks what becomes of a block called `name` that was saved as `html`.
    #[track_caller]
    fn check(name: &str, json: &str, html: &str, expected: &str) {
        let markup = format!("<!-- wp:{name} {json} -->{html}<!-- /wp:{name} -->");
        let content = normalize_as(BodyFormat::Blocks, &markup);
        assert_eq!(content.pages[0].as_str(), expected);
        assert!(content.diagnostics.is_empty());
    }

    #[test]
    fn texts_have_a_class_of_their_kind() {
        check("paragraph", "", "<p>a</p>", "<p class=\"wp-block-paragraph\">a</p>");
        check("paragraph", "", "<div>a</div>", "<div>a</div>");
        check(
            "paragraph",
            "",
            "a<div><p>b</p><p>c</p></div>",
            "a<div><p class=\"wp-block-paragraph\">b</p><p>c</p></div>",
        );
        check(
            "paragraph",
            r#"{"metadata":{"blockVisibility":{"viewport":{"mobile":false}}}}"#,
            "<p>a</p>",
            "<p class=\"wp-block-hidden-mobile wp-block-paragraph\">a</p>",
        );
        check(
            "list",
            "",
            "\n<ol class=\"a wp-block-list\"><li>a</li></ol>",
            "\n<ol class=\"a wp-block-list\"><li>a</li></ol>",
        );
    }

    #[test]
    fn what_blocks_stand_in_sets_them() {
        check(
            "group",
            "",
            "<div class=a>b</div>",
            "<div class=\"a is-layout-flow wp-block-group-is-layout-flow\">b</div>",
        );
        check(
            "cover",
            r#"{"minHeight":300}"#,
            "<div class=\"wp-block-cover\" style=\"min-height:300px\"><div class=\"inner\"><!-- wp:html -->a<!-- /wp:html --></div></div>",
            "<div class=\"wp-block-cover\" style=\"min-height:300px;aspect-ratio:unset\"><div class=\"inner is-layout-flow wp-block-cover-is-layout-flow\">a</div></div>",
        );
    }

    #[test]
    fn buttons_without_words_are_not_shown() {
        check("button", "", "<div class=\"wp-block-button\"><a> </a></div>", "");
        check(
            "button",
            r#"{"style":{"dimensions":{"width":"50%"}}}"#,
            "<div class=\"wp-block-button\"><a>b</a></div>",
            "<div class=\"wp-block-button has-custom-width wp-block-button__width wp-block-button__width-50\" style=\"--wp--block-button--width:50\"><a>b</a></div>",
        );
    }

    #[test]
    fn large_type_shrinks_on_small_screens() {
        check(
            "heading",
            r#"{"style":{"typography":{"fontSize":"40px"}}}"#,
            "<h2 id=\"a\" style=\"font-size:40px\">a</h2>",
            "<h2 id=\"a\" style=\"font-size:clamp(24.034px, 1.502rem + ((1vw - 3.2px) * 1.565), 40px)\" class=\"wp-block-heading\">a</h2>",
        );
    }

    #[test]
    fn pictures_in_galleries_tell_their_number() {
        check(
            "gallery",
            "",
            "<figure class=\"wp-block-gallery\"><!-- wp:image {\"id\":7} --><figure><img src=\"https://example.org/wp-content/uploads/a.png\" alt=\"\"></figure><!-- /wp:image --></figure>",
            "<figure class=\"wp-block-gallery is-layout-flex wp-block-gallery-is-layout-flex\"><figure><img src=\"/media/a.png\" alt=\"\" data-id=\"7\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"></figure></figure>",
        );
    }

    #[test]
    fn colors_of_links_stand_in_the_head() {
        let markup = r##"<!-- wp:group {"style":{"elements":{"link":{"color":{"text":"#123"}}}}} --><div>a</div><!-- /wp:group -->"##;
        let content = normalize_as(BodyFormat::Blocks, markup);
        assert!(content.styles.contains(" a:where(:not(.wp-element-button)){color:#123;}"));
        assert!(!content.pages[0].as_str().contains("style"));
    }
}
