//! Which posts get a page.

use std::collections::HashSet;

use crate::config::{Config, Preview, Settings};
use crate::model::{Audience, BodyFormat, Evidence, Export, Post, Status, TermId};
use crate::wordpress;

/// Post types in which widespread plugins keep what is not for readers. None of them has an address
/// that is no query. `*` stands for any ending.
const PRIVATE_TYPES: [&str; 43] = [
    // Messages that readers wrote into forms, and the forms.
    "feedback",
    "flamingo_*",
    "nf_sub",
    "wpcf7_*",
    "wpforms*",
    "frm_*",
    "mc4wp-form",
    // Orders, vouchers, and who takes part.
    "shop_order*",
    "shop_coupon",
    "shop_subscription",
    "shop_webhook",
    "product_variation",
    "wc_booking",
    "wc_membership_plan",
    "wc_user_membership",
    "edd_payment",
    "edd_discount",
    "edd_log",
    "give_payment",
    "jp_pay_order",
    "jp_pay_product",
    "tribe_rsvp_attendees",
    "tribe_tpp_attendees",
    "tec_tc_order",
    "tec_tc_attendee",
    "job_application",
    // Of what plugins and themes make pages, and what they are set up by.
    "acf-*",
    "elementor_*",
    "elementor-hf",
    "fl-builder-template",
    "et_pb_layout",
    "et_template",
    "et_theme_builder",
    "ct_template",
    "fusion_template",
    "vc4_templates",
    "vc_grid_item",
    "tablepress_table",
    "custom-css-js",
    "_pods_*",
    "wp-types-group*",
    // Their memory.
    "scheduled-action",
    "jetpack_migration",
];

/// Taxonomies in which widespread plugins keep what readers never saw: kinds of products, which texts are
/// translations of which, who writes under which login.
const PRIVATE_TAXONOMIES: [&str; 12] = [
    "action-group",
    "author",
    "ef_usergroup",
    "elementor_library_category",
    "elementor_library_type",
    "following_users",
    "language",
    "post_translations",
    "product_type",
    "product_visibility",
    "term_language",
    "term_translations",
];

/// Whether a post gets a page, and if not, why.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Visibility {
    /// It gets one.
    Shown,
    /// It asks for a password.
    Protected,
    /// Only members could see it.
    Members,
    /// Only its author and editors could see it.
    Hidden(Status),
    /// Posts of its type have no pages, or may have none.
    OfType(Standing),
}

/// Why posts of a type get no pages.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Standing {
    /// They have none in WordPress, or the settings say so.
    WithoutPage,
    /// They are what a plugin keeps for itself.
    Private,
    /// The export lists the types that readers may ask for, and this is none of them.
    Unlisted,
    /// The export has only what editors see of them, and no list of types.
    Unknown,
}

/// Returns whether WordPress showed a post to everybody on a page of its own, or the user asks for
/// a preview of it.
pub fn visibility(export: &Export, post: &Post, config: &Config) -> Visibility {
    let Preview { drafts, future } = config.preview;
    let is_shown = match post.status {
        Status::Publish => true,
        Status::Future => future,
        Status::Draft => drafts,
        Status::Private | Status::Trash | Status::Unknown | Status::Untold => false,
    };
    match post.audience {
        Audience::Everyone => {}
        Audience::WithPassword => return Visibility::Protected,
        Audience::Members => return Visibility::Members,
    }
    if !is_shown {
        return Visibility::Hidden(post.status);
    }
    let is_own = post.body.as_ref().is_some_and(|body| body.format == BodyFormat::Markdown);
    match standing(export, &post.post_type, &config.settings) {
        // Whoever writes a page by hand wants to show it.
        Some(Standing::Private | Standing::Unlisted | Standing::Unknown) if is_own => {
            Visibility::Shown
        }
        Some(standing) => Visibility::OfType(standing),
        None => Visibility::Shown,
    }
}

/// Returns why posts of a type get no pages, if they get none.
fn standing(export: &Export, name: &str, settings: &Settings) -> Option<Standing> {
    if wordpress::is_type_without_pages(name) {
        return Some(Standing::WithoutPage);
    }
    if let Some(told) = settings.types.get(name) {
        return (!told.public).then_some(Standing::WithoutPage);
    }
    let listed = export.post_types.iter().find(|it| &*it.name == name);
    if listed.and_then(|it| it.is_viewable) == Some(false) {
        return Some(Standing::WithoutPage);
    }
    if wordpress::is_post_or_page(name) {
        return None;
    }
    let evidence = export.shown_types.get(name).copied();
    let is_viewable = listed.is_some_and(|it| it.is_viewable == Some(true));
    // Another plugin, or the site's own theme, may call something public the same.
    if is_private_type(name) && !is_viewable && evidence != Some(Evidence::Addressed) {
        return Some(Standing::Private);
    }
    // Every site lists these: without them, it is no list but a single answer.
    let has_list = export.post_types.iter().any(|it| wordpress::is_post_or_page(&it.name));
    match (listed, has_list, evidence) {
        (Some(_), _, _) | (None, false, Some(_)) => None,
        (None, true, _) => Some(Standing::Unlisted),
        (None, false, None) => Some(Standing::Unknown),
    }
}

fn is_private_type(name: &str) -> bool {
    PRIVATE_TYPES.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

/// Returns whether widespread plugins keep in a taxonomy what readers never saw.
pub fn is_private_taxonomy(name: &str) -> bool {
    PRIVATE_TAXONOMIES.contains(&name)
}

/// Returns the terms that only posts name which nobody saw, such as drafts, as far as the export has
/// these: WordPress's own export tells of all terms.
pub fn secret_terms(export: &Export, public_posts: &[&Post]) -> HashSet<TermId> {
    let is_open = |post: &&Post| post.status == Status::Publish;
    let (open, hidden): (Vec<&Post>, Vec<&Post>) = export.posts.iter().partition(is_open);
    let open = open.into_iter().chain(public_posts.iter().copied());
    let counted = export.terms.iter().filter(|term| term.count.is_some_and(|count| count > 0));
    let seen = open.flat_map(|post| post.terms.iter().copied());
    let seen: HashSet<TermId> = seen.chain(counted.map(|term| term.id)).collect();
    let named = hidden.into_iter().flat_map(|post| post.terms.iter().copied());
    named.filter(|id| !seen.contains(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KindSettings;
    use crate::model::PostType;

    /// Returns an export that lists `types`, and of which `shown` is known.
    fn export(types: &[(&str, Option<bool>)], shown: &[(&str, Evidence)]) -> Export {
        let post_type = |&(name, is_viewable): &(&str, Option<bool>)| PostType {
            name: name.into(),
            label: name.into(),
            is_hierarchical: false,
            archive_slug: None,
            rest_base: name.into(),
            is_viewable,
        };
        Export {
            post_types: types.iter().map(post_type).collect(),
            shown_types: shown.iter().map(|&(name, it)| (name.into(), it)).collect(),
            ..Export::default()
        }
    }

    #[test]
    fn types_are_public_if_something_says_so() {
        use Evidence::{Addressed, Answered};
        let check = |export: &Export, name: &str, expected: Option<Standing>| {
            assert_eq!(standing(export, name, &Settings::default()), expected, "{name}");
        };
        let nothing = export(&[], &[]);
        check(&nothing, "post", None);
        check(&nothing, "recipe", Some(Standing::Unknown));
        check(&nothing, "feedback", Some(Standing::Private));
        check(&nothing, "jp_pay_product", Some(Standing::Private));
        check(&nothing, "flamingo_inbound", Some(Standing::Private));
        check(&nothing, "revision", Some(Standing::WithoutPage));
        let answers = export(&[], &[("recipe", Answered), ("feedback", Answered)]);
        check(&answers, "recipe", None);
        check(&answers, "feedback", Some(Standing::Private));
        check(&export(&[], &[("feedback", Addressed)]), "feedback", None);
        let list = [
            ("post", None),
            ("recipe", None),
            ("note", Some(false)),
            ("acf-field", None),
            ("nf_sub", Some(true)),
        ];
        let listed = export(&list, &[("event", Addressed)]);
        check(&listed, "recipe", None);
        check(&listed, "event", Some(Standing::Unlisted));
        check(&listed, "note", Some(Standing::WithoutPage));
        check(&listed, "acf-field", Some(Standing::Private));
        check(&listed, "nf_sub", None);
        // One type alone is no list.
        let single = export(&[("recipe", None)], &[("event", Answered)]);
        check(&single, "event", None);
    }

    #[test]
    fn the_settings_decide_but_not_of_what_wordpress_keeps() {
        let told = [("feedback", true), ("recipe", false), ("revision", true), ("page", false)];
        let types = told.map(|(name, public)| (name.to_owned(), KindSettings { public }));
        let settings = Settings { types: types.into(), ..Settings::default() };
        let check = |name: &str, expected: Option<Standing>| {
            assert_eq!(standing(&export(&[], &[]), name, &settings), expected, "{name}");
        };
        check("feedback", None);
        check("recipe", Some(Standing::WithoutPage));
        check("revision", Some(Standing::WithoutPage));
        check("page", Some(Standing::WithoutPage));
    }

    #[test]
    fn terms_that_only_drafts_name_are_secret() {
        let post = |status, terms: &[u64]| Post {
            status,
            terms: terms.iter().copied().map(TermId).collect(),
            ..Post::default()
        };
        let posts = vec![
            post(Status::Publish, &[1]),
            post(Status::Draft, &[1, 2]),
            post(Status::Private, &[3, 4]),
        ];
        let export = Export { posts, ..Export::default() };
        let secret = |public: &[&Post]| {
            let mut ids: Vec<u64> =
                secret_terms(&export, public).into_iter().map(|id| id.0).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(secret(&[&export.posts[0]]), [2, 3, 4]);
        assert_eq!(secret(&[&export.posts[0], &export.posts[1]]), [3, 4]);
    }
}
