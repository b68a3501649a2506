//! What plugins that keep languages apart answer besides posts.

use std::collections::BTreeSet;

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::lacks::Certainty::{Known, Possible};
use crate::commands::doctor::lacks::{Kind, Lack, Paging, Request, gaps};
use crate::model::LanguagePlugin;

/// What WPML sorts by language: asked without one, it answers what is in the site's own.
const SORTED: [&str; 4] = ["posts", "pages", "categories", "tags"];

/// Polylang lists its languages to anybody, with their names and home pages. WPML answers with what
/// is in the site's own language, unless it is asked for all.
pub(super) fn languages(evidence: &Evidence<'_>) -> Option<Lack> {
    let export = evidence.export;
    match export.site.language_plugin? {
        LanguagePlugin::Polylang => {
            let stem = "languages".to_owned();
            if !export.languages.is_empty() || gaps::saved(evidence).contains(&stem) {
                return None;
            }
            let what = "the list of the site's languages".to_owned();
            let without = "Which post is in which language is seen from addresses alone, and home \
                           pages of languages may be missing.";
            let route = Route { path: "/pll/v1/languages".to_owned(), query: String::new() };
            let request = Request { route, paging: Paging::Once, stem };
            Some(Lack::new(Kind::Languages, Known, what, without).asking(vec![request]))
        }
        LanguagePlugin::Wpml => {
            let told: BTreeSet<&str> =
                export.posts.iter().filter_map(|post| post.language.as_deref()).collect();
            if told.len() > 1 {
                return None;
            }
            let what = "posts and pages in the site's other languages".to_owned();
            let without = "If the export has those of one language alone, the others are missing.";
            let requests = SORTED.map(|base| {
                let all = Request::collection(base, 1);
                Request { route: all.route.with("lang", "all"), ..all }
            });
            Some(Lack::new(Kind::Languages, Possible, what, without).asking(requests.into()))
        }
    }
}
