//! What plugins that keep languages apart answer besides posts.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::lacks::Certainty::{Known, Possible};
use crate::commands::doctor::lacks::{Kind, Lack, gaps};
use crate::commands::doctor::requests::{Paging, Request};
use crate::model::{LanguagePlugin, PostId};

/// What WPML sorts by language: asked without one, it answers what is in the site's own.
const SORTED: [&str; 4] = ["posts", "pages", "categories", "tags"];

/// What tells of languages, and then the translations that posts name.
pub(super) fn languages(evidence: &Evidence<'_>) -> Option<Lack> {
    of_plugin(evidence).or_else(|| translations(evidence))
}

/// Polylang lists its languages to anybody, with their names and home pages. WPML answers with what
/// is in the site's own language, unless it is asked for all.
fn of_plugin(evidence: &Evidence<'_>) -> Option<Lack> {
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

/// Translations of public posts that the export lacks. They may be drafts: then the site does not show
/// them, and an answer that was saved holds none.
fn translations(evidence: &Evidence<'_>) -> Option<Lack> {
    let export = evidence.export;
    let known: HashSet<PostId> = export.posts.iter().map(|post| post.id).collect();
    let saved = gaps::saved(evidence);
    let mut missing: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for post in evidence.shown() {
        let base = evidence.kinds.type_base(&post.post_type);
        let named = post.translations.iter().filter(|id| !known.contains(id));
        missing.entry(base).or_default().extend(named.map(|id| id.0));
    }
    missing.retain(|base, ids| !ids.is_empty() && !saved.contains(&format!("{base}-by-id")));
    let ids: Vec<u64> = missing.values().flatten().copied().collect();
    if ids.is_empty() {
        return None;
    }
    let what = match ids.len() {
        1 => "a translation that a post names".to_owned(),
        count => format!("{count} translations that posts name"),
    };
    let without = "If they were public, they are missing.";
    let asked = missing
        .into_iter()
        .flat_map(|(base, ids)| Request::listed(base, &ids.into_iter().collect::<Vec<_>>()));
    // WPML finds posts of one language alone unless it is asked for all; others pass that over.
    let asked = asked.map(|it| Request { route: it.route.with("lang", "all"), ..it });
    let lack = Lack::new(Kind::Languages, Possible, what, without).of(ids);
    Some(lack.asking(asked.collect()))
}
