//! Links and the other addresses a reader may follow.

use percent_encoding::percent_decode_str;

use crate::content::html::clean::addresses::{self, Kind};
use crate::content::html::clean::attributes::Attributes;
use crate::content::html::clean::body::Body;
use crate::content::html::clean::media;
use crate::content::surroundings::Target;

const DEAD_LINK: &str = "if readers could see that page, save it, too; otherwise mend the link";

/// Rewrites the `href` of a link.
pub fn link(body: &mut Body<'_>, attributes: &mut Attributes<'_>) {
    let Some(address) = attributes.get("href") else {
        // Without an address these say nothing, and are not allowed. WordPress leaves the two that
        // its buttons have, and styles may ask for them.
        for name in ["download", "hreflang", "ping", "type", "referrerpolicy"] {
            attributes.remove(name);
        }
        return;
    };
    if addresses::kind(&address) == Kind::Fragment {
        fragment(body, attributes, &address);
    } else {
        let new = resolve(body, &address);
        attributes.set("href", new);
    }
}

/// Returns where an address leads now, and tells if it leads nowhere.
pub fn resolve(body: &mut Body<'_>, address: &str) -> String {
    match body.surroundings.link(address.trim()) {
        Target::Here(new) => new,
        Target::Smaller(new) => {
            media::tell_smaller(body, address, &new);
            new
        }
        Target::Elsewhere => addresses::tidy(address).into_owned(),
        Target::Lost(old) => {
            let message =
                format!("a link leads to `{}`, which is not on the new site", address.trim());
            let help = media::remedy(&old);
            body.findings.warn("dead-link", message, help.as_deref().unwrap_or(DEAD_LINK));
            addresses::tidy(&old).into_owned()
        }
    }
}

/// Follows an id within the page that is written otherwise now.
fn fragment(body: &mut Body<'_>, attributes: &mut Attributes<'_>, address: &str) {
    let id = address.trim().trim_start_matches('#');
    let decoded = percent_decode_str(id).decode_utf8_lossy();
    match body.ids.renamed(id).or_else(|| body.ids.renamed(&decoded)) {
        Some(renamed) => attributes.set("href", format!("#{renamed}")),
        None => attributes.set("href", addresses::tidy(address)),
    }
}

#[cfg(test)]
mod tests {
    use crate::content::html::clean::media;
    use crate::content::testing::check_rendered as check;

    #[test]
    fn links_lead_to_where_things_are_now() {
        check("<a href=\"https://example.org/kept/\">a</a>", "<a href=\"/kept/\">a</a>", &[]);
        check("<a href='/?p=12'>a</a>", "<a href=\"/kept/\">a</a>", &[]);
        check(
            "<a href=\"https://other.example/?a=1&b\">a</a>",
            "<a href=\"https://other.example/?a=1&b\">a</a>",
            &[],
        );
    }

    #[test]
    fn lost_links_are_told_once() {
        let html = "<a href=\"https://example.org/gone/\">a</a>".repeat(2);
        check(&html, &html, &["dead-link"]);
    }

    #[test]
    fn what_can_be_done_for_a_lost_file_is_told_with_its_place() {
        let remedy = |address: &str| media::remedy(address).unwrap_or_default();
        let uploads = remedy("https://a.example/wp-content/uploads/2024/%E0%BD%80.pdf?x");
        assert!(uploads.ends_with("uploads folder of the export: `2024/ཀ.pdf`"), "{uploads}");
        let elsewhere = remedy("https://a.example/news/wp-content/gallery/b.jpg");
        assert!(
            elsewhere.ends_with("folder of the export: `wp-content/gallery/b.jpg`"),
            "{elsewhere}"
        );
        assert_eq!(remedy("https://a.example/gone/"), "");
        assert_eq!(remedy("https://a.example/wp-content/uploads/"), "");
    }

    #[test]
    fn addresses_are_valid() {
        check(
            "<a href=\"/a b\">a</a><a href=\"\">b</a><a>c</a>",
            "<a href=\"/a%20b\">a</a><a href=\"\">b</a><a>c</a>",
            &[],
        );
    }

    #[test]
    fn new_windows_are_left_to_browsers() {
        // They keep other sites from reaching back by themselves.
        let link = "<a href=\"https://other.example/\" target=\"_blank\" rel=\"nofollow\">a</a>";
        check(link, link, &[]);
    }

    #[test]
    fn without_an_address_only_what_buttons_have_stays() {
        check(
            "<a target=\"_blank\" rel=\"noopener\" download ping=\"/x\">a</a>",
            "<a target=\"_blank\" rel=\"noopener\">a</a>",
            &[],
        );
    }

    #[test]
    fn fragments_follow_renamed_ids() {
        check(
            "<a href=\"#gallery-4\">a</a><div id=\"gallery-4\">b</div>",
            "<a href=\"#gallery-1\">a</a><div id=\"gallery-1\">b</div>",
            &[],
        );
    }
}
