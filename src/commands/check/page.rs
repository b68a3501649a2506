//! What a page refers to, what can be referred to in it, and where it leads on. Pure.

use std::borrow::Cow;

use crate::commands::check::{css, srcset};
use crate::content::html::entities::{self, Place};
use crate::content::html::tag::attributes;
use crate::content::html::tokens::{Kind, Tag, tokenize};

/// Something in a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Seen<'a> {
    /// An address, decoded.
    Address(Usage, Cow<'a, str>),
    /// An element's id.
    Id(Cow<'a, str>),
    /// The name of a link, which is as good as an id to those who lead to it.
    Name(Cow<'a, str>),
    /// The address a browser goes on to by itself.
    Redirect(Cow<'a, str>),
    /// The address the page says it has.
    Canonical(Cow<'a, str>),
    /// The address that relative ones start from, after this.
    Base(Cow<'a, str>),
}

/// What an address is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Usage {
    /// Readers may follow it.
    Link,
    /// The browser loads it with the page.
    Load,
    /// Other sites show it beside a link to the page.
    Preview,
    /// The browser only gets ready to ask its host.
    Contact,
}

/// Reads a page, and hands on what is in it, with where that starts.
pub fn read<'a>(html: &'a str, mut see: impl FnMut(Seen<'a>, usize)) {
    let mut templates = 0_usize;
    let mut is_style = false;
    for token in tokenize(html) {
        let is_in_style = std::mem::take(&mut is_style);
        match token.kind {
            Kind::Start(tag) if tag.name == "template" => templates += 1,
            Kind::End("template") => templates = templates.saturating_sub(1),
            _ if templates > 0 => {}
            Kind::Start(tag) => {
                is_style = tag.name == "style";
                if !tag.attributes.is_empty() {
                    read_tag(tag, &mut |seen| see(seen, token.start));
                }
            }
            Kind::Raw if is_in_style => {
                for (address, start) in css::addresses(&html[token.start..token.end]) {
                    see(Seen::Address(Usage::Load, address), token.start + start);
                }
            }
            _ => {}
        }
    }
}

/// Returns the id of the element whose tag `html` starts with.
pub fn first_id(html: &str) -> Option<Cow<'_, str>> {
    match tokenize(html).next()?.kind {
        Kind::Start(tag) => value(tag, "id"),
        _ => None,
    }
}

fn read_tag<'a>(tag: Tag<'a>, see: &mut impl FnMut(Seen<'a>)) {
    for attribute in attributes(tag.attributes) {
        let Some(raw) = attribute.value else { continue };
        let name = match attribute.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(attribute.name.to_ascii_lowercase()),
            false => Cow::Borrowed(attribute.name),
        };
        let decoded = || entities::decode(raw, Place::Attribute);
        match &*name {
            "id" if !raw.is_empty() => see(Seen::Id(decoded())),
            "name" if tag.name == "a" => see(Seen::Name(decoded())),
            "style" if raw.contains('(') => {
                let style = decoded();
                for (address, _) in css::addresses(&style) {
                    see(Seen::Address(Usage::Load, Cow::Owned(address.into_owned())));
                }
            }
            "srcset" | "imagesrcset" => {
                let set = decoded();
                for address in srcset::addresses(&set) {
                    see(Seen::Address(Usage::Load, Cow::Owned(address.to_owned())));
                }
            }
            "href" if tag.name == "base" => see(Seen::Base(decoded())),
            "href" if tag.name == "link" => see_link(tag, decoded(), see),
            "content" if tag.name == "meta" => see_meta(tag, decoded(), see),
            attribute => {
                if let Some(usage) = usage(tag, attribute) {
                    see(Seen::Address(usage, decoded()));
                }
            }
        }
    }
}

/// Returns what the address in an attribute is for.
fn usage(tag: Tag<'_>, attribute: &str) -> Option<Usage> {
    match (attribute, tag.name) {
        ("href", "a" | "area") | ("action", "form") | ("formaction", _) => Some(Usage::Link),
        (
            "src",
            "img" | "script" | "iframe" | "frame" | "embed" | "video" | "audio" | "source"
            | "track",
        ) => Some(Usage::Load),
        ("src", "input") => {
            let is_image =
                value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("image"));
            is_image.then_some(Usage::Load)
        }
        ("poster", "video") | ("data", "object") | ("background", "body" | "table" | "td") => {
            Some(Usage::Load)
        }
        // The elements of SVG.
        ("href" | "xlink:href", "image" | "use" | "feImage") => Some(Usage::Load),
        ("xlink:href", "a") => Some(Usage::Link),
        _ => None,
    }
}

fn see_link<'a>(tag: Tag<'a>, address: Cow<'a, str>, see: &mut impl FnMut(Seen<'a>)) {
    let Some(relation) = value(tag, "rel") else { return };
    let relation = relation.to_ascii_lowercase();
    let is = |wanted: &[&str]| relation.split_ascii_whitespace().any(|it| wanted.contains(&it));
    if is(&["preconnect", "dns-prefetch"]) {
        see(Seen::Address(Usage::Contact, address));
    } else if is(&["canonical"]) {
        see(Seen::Canonical(address.clone()));
        see(Seen::Address(Usage::Link, address));
    } else if is(&[
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
    ]) {
        see(Seen::Address(Usage::Load, address));
    } else if is(&["alternate", "author", "help", "license", "next", "prev", "search", "up"]) {
        see(Seen::Address(Usage::Link, address));
    }
}

fn see_meta<'a>(tag: Tag<'a>, content: Cow<'a, str>, see: &mut impl FnMut(Seen<'a>)) {
    if let Some(name) = value(tag, "http-equiv") {
        if name.eq_ignore_ascii_case("refresh")
            && let Some(address) = refresh(&content)
        {
            see(Seen::Redirect(Cow::Owned(address.to_owned())));
            see(Seen::Address(Usage::Link, Cow::Owned(address.to_owned())));
        }
        return;
    }
    let name = value(tag, "property").or_else(|| value(tag, "name"));
    if matches!(name.as_deref(), Some("og:image" | "og:image:url" | "twitter:image")) {
        see(Seen::Address(Usage::Preview, content));
    }
}

/// Returns the address in `0; url=/there/`. None if the page only loads itself again.
fn refresh(content: &str) -> Option<&str> {
    let after = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ';' || c == ',');
    let address = match after.get(..3) {
        Some(url) if url.eq_ignore_ascii_case("url") => {
            let rest = after[3..].trim_start();
            rest.strip_prefix('=').map_or(after, str::trim_start)
        }
        _ => after,
    };
    let quoted = ['"', '\''].iter().find_map(|&quote| address.strip_prefix(quote));
    let address = quoted.map_or(address, |rest| rest.split(['"', '\'']).next().unwrap_or(rest));
    let address = address.trim();
    (!address.is_empty()).then_some(address)
}

fn value<'a>(tag: Tag<'a>, name: &str) -> Option<Cow<'a, str>> {
    let found = attributes(tag.attributes).find(|it| it.name.eq_ignore_ascii_case(name))?;
    found.value.map(|value| entities::decode(value, Place::Attribute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let mut found = Vec::new();
        read(html, |seen, _| {
            found.push(match seen {
                Seen::Address(usage, address) => format!("{usage:?} {address}"),
                Seen::Id(id) => format!("Id {id}"),
                Seen::Name(name) => format!("Name {name}"),
                Seen::Redirect(address) => format!("Redirect {address}"),
                Seen::Canonical(address) => format!("Canonical {address}"),
                Seen::Base(address) => format!("Base {address}"),
            });
        });
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn links_and_what_they_lead_to() {
        check(
            "<a href=/a/?b&amp;c id='x'>y</a><AREA HREF=' b '><a name=z>",
            &["Link /a/?b&c", "Id x", "Link  b ", "Name z"],
        );
        check("<form action=\"/search/\"><button formaction='/b'>", &["Link /search/", "Link /b"]);
        check("<noscript><a href=/n>n</a></noscript>", &["Link /n"]);
        check("<a title=\"<a href='/no/'>\" data-href=/no><!-- <a href=/no> --></a>", &[]);
    }

    #[test]
    fn what_a_browser_loads() {
        check(
            "<img src=a.png srcset='b.png 1x, c.png 2x' data-src=d.png><input type=image src=e.png><input src=no>",
            &["Load a.png", "Load b.png", "Load c.png", "Load e.png"],
        );
        check(
            "<video src=v poster=p><source src=s><track src=t></video><object data=o></object>\
             <embed src=e><iframe src=f></iframe><audio src=u></audio><script src=j></script>",
            &[
                "Load v", "Load p", "Load s", "Load t", "Load o", "Load e", "Load f", "Load u",
                "Load j",
            ],
        );
        check("<svg><image href=i /><use xlink:href='#s'/></svg>", &["Load i", "Load #s"]);
        check("<p style='background:url(&quot;b.png&quot;)'>", &["Load b.png"]);
        check("<style>a{b:url(c.png)}</style><p>url(no)</p>", &["Load c.png"]);
    }

    #[test]
    fn what_a_head_says() {
        check(
            "<link rel=stylesheet href=s><link rel='shortcut icon' href=i><link rel=alternate href=f>\
             <link rel=preconnect href=//h><link rel=EditURI href=no><link rel=canonical href=c>",
            &["Load s", "Load i", "Link f", "Contact //h", "Canonical c", "Link c"],
        );
        check("<meta property=og:image content=i><meta name=x content=no>", &["Preview i"]);
    }

    #[test]
    fn pages_that_lead_on() {
        check("<meta http-equiv=Refresh content='0; url=/a/'>", &["Redirect /a/", "Link /a/"]);
        check(
            "<meta http-equiv=refresh content=\"0;URL='/a b/'\">",
            &["Redirect /a b/", "Link /a b/"],
        );
        check("<meta http-equiv=refresh content='30'>", &[]);
    }

    #[test]
    fn templates_show_nothing() {
        check("<template><a href=no><template></template><p id=no></template><p id=x>", &["Id x"]);
    }

    #[test]
    fn a_page_may_have_another_base() {
        check("<BASE target=_top><base href='/x/'><a href=y>", &["Base /x/", "Link y"]);
    }
}
