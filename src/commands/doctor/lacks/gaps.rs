//! Collections that are missing as a whole.

use std::collections::HashSet;

use crate::commands::api::Route;
use crate::commands::doctor::evidence::Evidence;
use crate::commands::doctor::lacks::Certainty::Possible;
use crate::commands::doctor::lacks::{HANDFUL, Kind, Lack};
use crate::commands::doctor::requests::{Paging, Request, listing};
use crate::content;
use crate::names;
use crate::wordpress;

/// Collections most sites have, and of which the export has nothing. One that was saved and held
/// nothing is not wanted again.
pub(super) fn empty_collections(evidence: &Evidence<'_>) -> Vec<Lack> {
    let export = evidence.export;
    let saved = saved(evidence);
    let has_type = |name: &str| export.posts.iter().any(|post| &*post.post_type == name);
    let has_menu = !export.menus.is_empty()
        || !export.navigations.is_empty()
        || !evidence.settings.menus.is_empty();
    let nothing = "Without posts and pages there is nothing to show.";
    let without = |other: &str, only| if has_type(other) { only } else { nothing };
    let posts = ("posts: the export has none", without("page", "The site has nothing but pages."));
    let pages = (
        "pages, such as “About us”: the export has none",
        without("post", "The site has only posts."),
    );
    let comments = ("comments: the export has none", "What readers wrote is missing.");
    let menu = (
        "the site's menu: the export has none",
        "A menu is made from the pages and categories. If the answer is `[]`, the site has an \
         older theme: then you can write its menu into stillpress.toml.",
    );
    let wanted = [
        (Kind::Posts, has_type("post"), posts, Request::collection("posts", 1)),
        (Kind::Pages, has_type("page"), pages, Request::collection("pages", 1)),
        (Kind::Comments, !export.comments.is_empty(), comments, comments_request(evidence)),
        (Kind::Menus, has_menu, menu, Request::collection("navigation", 1)),
    ];
    let wanted = wanted
        .into_iter()
        .filter(|(_, has_some, _, request)| !has_some && !saved.contains(&request.stem));
    let mut lacks: Vec<Lack> = wanted
        .map(|(kind, _, (what, without), request)| {
            Lack::new(kind, Possible, what.to_owned(), without).asking(vec![request])
        })
        .collect();
    lacks.extend(types(evidence));
    lacks.extend(announced(evidence, &saved));
    lacks
}

/// Collections of the site's own that its descriptions announce, and of which the export has nothing.
fn announced(evidence: &Evidence<'_>, saved: &HashSet<String>) -> Vec<Lack> {
    let export = evidence.export;
    let has_posts = |name: &str| export.posts.iter().any(|post| &*post.post_type == name);
    let has_terms = |name: &str| export.terms.iter().any(|term| &*term.taxonomy == name);
    let types = export.post_types.iter().filter(|kind| {
        let is_own = !wordpress::is_post_or_page(&kind.name);
        is_own && evidence.kinds.has_pages(&kind.name) && !has_posts(&kind.name)
    });
    let taxonomies = export.taxonomies.iter().filter(|kind| {
        let is_own = !wordpress::is_category_or_tag(&kind.name);
        is_own && evidence.kinds.has_archives(&kind.name) && !has_terms(&kind.name)
    });
    let types = types.map(|kind| (&*kind.label, &*kind.rest_base));
    let taxonomies = taxonomies.map(|kind| (&*kind.label, &*kind.rest_base));
    let wanted = types.chain(taxonomies).filter(|(_, base)| !saved.contains(*base));
    let lack = |(label, base): (&str, &str)| {
        let label = content::plain_text(label);
        let what = format!("“{label}” (`{base}`), which the site has: the export has none");
        let without = "If there are some, they are missing.";
        Lack::new(Kind::Announced, Possible, what, without)
            .asking(vec![Request::collection(base, 1)])
    };
    wanted.map(lack).collect()
}

/// Returns the names of the export's files without their endings, with and without a number.
pub(super) fn saved(evidence: &Evidence<'_>) -> HashSet<String> {
    let stems = evidence.saved_files().map(names::stem);
    stems
        .flat_map(|stem| {
            let start = stem.rsplit_once('-').filter(|(_, end)| end.parse::<usize>().is_ok());
            let start = start.map(|(start, _)| start.to_owned());
            std::iter::once(stem).chain(start)
        })
        .collect()
}

/// Under a handful of posts only their own comments are wanted. Pages that never were in WordPress
/// have none.
fn comments_request(evidence: &Evidence<'_>) -> Request {
    let from_wordpress = evidence.shown().filter(|post| !post.link.is_empty());
    let ids: Vec<u64> = from_wordpress.take(HANDFUL + 1).map(|post| post.id.0).collect();
    let all = Request::collection("comments", 1);
    match ids.len() {
        1..=HANDFUL => {
            Request { route: listing(Route::collection("comments"), "post", &ids), ..all }
        }
        _ => all,
    }
}

/// Posts and terms of custom kinds that nothing describes.
fn types(evidence: &Evidence<'_>) -> Vec<Lack> {
    let export = evidence.export;
    let is_custom_type =
        |name: &str| !wordpress::is_post_or_page(name) && evidence.kinds.has_pages(name);
    let is_custom_taxonomy =
        |name: &str| !wordpress::is_category_or_tag(name) && evidence.kinds.has_archives(name);
    let mut bases = Vec::new();
    let mut types = export.posts.iter().map(|post| &*post.post_type);
    if export.post_types.is_empty() && types.any(is_custom_type) {
        bases.push("types");
    }
    let of_terms = export.terms.iter().map(|term| &*term.taxonomy);
    let mut taxonomies = of_terms.chain(export.unsure_taxonomies.iter().map(|name| &**name));
    if export.taxonomies.is_empty() && taxonomies.any(is_custom_taxonomy) {
        bases.push("taxonomies");
    }
    let lack = |base: &str| {
        let what = format!("the descriptions of the site's own {base}");
        let without = "Their archives may have another address or name than they had.";
        let route = Route::collection(base);
        let request = Request { route, paging: Paging::Once, stem: base.to_owned() };
        Lack::new(Kind::Types, Possible, what, without).asking(vec![request])
    };
    bases.into_iter().map(lack).collect()
}
