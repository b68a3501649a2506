//! The words for what the graph has to tell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::config::{ById, Config, Settings, TermSettings};
use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::model::{Export, Post, Term, TermId};
use crate::site::editions::Edition;
use crate::site::languages::Told;
use crate::site::old_site::{OldSite, host_of};
use crate::site::urls::UrlPath;
use crate::site::visibility::{Standing, Visibility, is_private_taxonomy, visibility};
use crate::wordpress;

/// How much of a strange slug is shown.
const LONGEST_SHOWN: usize = 80;

/// Tells of a post whose address another one has.
pub(super) fn taken(
    export: &Export,
    post: &Post,
    wanted: &UrlPath,
    granted: &UrlPath,
) -> Diagnostic {
    let message = format!("`{wanted}` is already another page's; this one is at `{granted}`");
    Diagnostic::warning("permalink-taken", message, location(export, post))
        .with_help("give one of them another slug in WordPress, or set permalinks.structure")
}

/// Tells that nothing says below which paths lists of some taxonomies were, by what those are called and the
/// base that is taken for theirs.
pub(super) fn guessed_bases(guessed: &[(&str, &str)]) -> Option<Diagnostic> {
    let (_, first) = guessed.first()?;
    let names: Vec<&str> = guessed.iter().map(|(what, _)| *what).collect();
    let paths: Vec<String> = guessed.iter().map(|(_, base)| format!("`/{base}/`")).collect();
    let message = format!(
        "the export does not tell below which path the lists of {} were; they are below {}, where \
         WordPress has them unless it is told otherwise",
        names.join(" and "),
        paths.join(" and ")
    );
    let help = format!(
        "if they were below another, such as `/topics/`, say so in stillpress.toml: {first}_base = \
         \"topics\" under [permalinks]"
    );
    let location = Location::file(&"the export".into());
    Some(Diagnostic::warning("guessed-base", message, location).with_help(help))
}

/// Tells of an archive whose address a page has.
pub(super) fn archive_taken(wanted: &UrlPath, granted: &UrlPath) -> Diagnostic {
    let location = Location::file(&"the export".into());
    let message = format!("`{wanted}` is already another page's; the archive is at `{granted}`");
    Diagnostic::warning("permalink-taken", message, location)
        .with_help("give the term another slug, or set permalinks.category_base or tag_base")
}

/// Tells of a redirect from where a page stands.
pub(super) fn unused_redirect(settings: &Settings, from: &str) -> Diagnostic {
    let message = format!("a page stands at `{from}`, so nothing leads on from there");
    Diagnostic::warning("unused-redirect", message, Location::file(&settings.file_name().into()))
        .with_help("take the path out of [redirects], or give the page another slug")
}

/// Tells of a redirect to where nothing is.
pub(super) fn dead_redirect(settings: &Settings, from: &str, to: &str) -> Diagnostic {
    let message = format!("`{from}` leads to `{to}`, where this site has no page; left out");
    Diagnostic::error("dead-redirect", message, Location::file(&settings.file_name().into()))
        .with_help("correct the address in [redirects]; `stillpress resolve` tells where one leads")
}

/// Tells of terms that get no page because there are too many without posts.
pub(super) fn many_empty_terms(count: usize) -> Diagnostic {
    let message = format!("{count} terms have no posts: so many empty pages are left out");
    Diagnostic::warning("empty-terms", message, Location::file(&"the export".into()))
}

/// Tells of a later page of a list whose address a post has.
pub(super) fn page_taken(page: &UrlPath) -> Diagnostic {
    let location = Location::file(&"the export".into());
    let message = format!("`{page}` is another page's; the posts listed there are in the archives");
    Diagnostic::warning("permalink-taken", message, location)
}

/// Tells of a feed whose address a page has.
pub(super) fn feed_taken(feed: &UrlPath) -> Diagnostic {
    let location = Location::file(&"the export".into());
    let message = format!("`{feed}` is another page's; the feed of that address is left out");
    Diagnostic::warning("permalink-taken", message, location)
        .with_help("give the page another slug in WordPress")
}

/// Tells of a post whose old path or slug, `text`, no folder can be called.
pub(super) fn unsafe_slug(export: &Export, post: &Post, text: &str, path: &UrlPath) -> Diagnostic {
    let visible = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let shown: String = visible.take(LONGEST_SHOWN).collect();
    let message = format!("no folder can be called `{shown}`; the page is at `{path}`");
    Diagnostic::warning("unsafe-slug", message, location(export, post))
        .with_help("give the post another slug in WordPress")
}

/// Tells that the site is called by its host.
pub(super) fn unnamed_site(name: &str) -> Diagnostic {
    let message = format!("the export does not say what the site is called; it is called `{name}`");
    Diagnostic::warning("unnamed-site", message, Location::file(&"the export".into()))
        .with_help("save the index of the site, or name it: title = \"…\" in stillpress.toml")
}

/// Tells of posts that had addresses on several hosts, none of which is told to be another name of
/// the site, or that of one of its languages: the numbers of their categories may mean something else
/// there.
pub(super) fn several_sites(
    export: &Export,
    settings: &Settings,
    old: &OldSite,
) -> Option<Diagnostic> {
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    let posts = export.posts.iter().filter(|post| old.language_hosts.folder(&post.link).is_empty());
    let links = posts.filter_map(|post| host_of(&post.link));
    for host in links.filter(|host| !settings.old_hosts.iter().any(|old| is_host(old, host))) {
        *hosts.entry(host).or_default() += 1;
    }
    let mut hosts: Vec<(String, usize)> = hosts.into_iter().collect();
    hosts.sort_by_key(|&(_, count)| Reverse(count));
    let (_, other) = hosts.split_first()?;
    let (host, count) = other.last()?;
    let message = format!(
        "posts are of {} sites: {count} of {host}, {} of {}",
        hosts.len(),
        hosts[0].1,
        hosts[0].0
    );
    let help = format!(
        "build each site from a folder of its own; if it is one that had two names, say so: \
         old_hosts = [\"{host}\"] in stillpress.toml"
    );
    let location = Location::file(&"the export".into());
    Some(Diagnostic::warning("several-sites", message, location).with_help(help))
}

/// Whether a host of the settings is that of an address, which has no `www.`.
fn is_host(told: &str, host: &str) -> bool {
    let told = told.to_ascii_lowercase();
    told.strip_prefix("www.").unwrap_or(&told) == host
}

/// Tells of settings about records that the export does not have.
pub(super) fn unused_settings(export: &Export, settings: &Settings) -> Vec<Diagnostic> {
    let terms = |taxonomy: &'static str| {
        let is_of = move |term: &&Term| match taxonomy {
            "" => !wordpress::is_category_or_tag(&term.taxonomy),
            name => &*term.taxonomy == name,
        };
        export.terms.iter().filter(is_of).map(|term| term.id.0).collect::<HashSet<u64>>()
    };
    let authors = export.authors.iter().map(|author| author.id.0).collect();
    let of_table = |table: &str, told: Vec<u64>, known: &HashSet<u64>| -> Vec<Diagnostic> {
        let unknown = told.into_iter().filter(|id| !known.contains(id));
        let tell = |id| {
            let message = format!("[{table}.{id}] has no effect: the export has no such id");
            unused(message, "correct the number, or take the table out", settings)
        };
        unknown.map(tell).collect()
    };
    let ids = |table: &ById<TermSettings>| table.0.keys().copied().collect::<Vec<u64>>();
    [
        of_table("categories", ids(&settings.categories), &terms("category")),
        of_table("tags", ids(&settings.tags), &terms("post_tag")),
        of_table("terms", ids(&settings.terms), &terms("")),
        of_table("authors", settings.authors.0.keys().copied().collect(), &authors),
        unused_kinds(export, settings),
        unused_fronts(export, settings),
    ]
    .concat()
}

/// Tells of settings about types and taxonomies that the export does not have.
fn unused_kinds(export: &Export, settings: &Settings) -> Vec<Diagnostic> {
    let types: HashSet<&str> = export.posts.iter().map(|post| &*post.post_type).collect();
    let taxonomies: HashSet<&str> = export.terms.iter().map(|term| &*term.taxonomy).collect();
    let mut told = Vec::new();
    for (table, settings_of, known, what) in [
        ("types", &settings.types, types, "posts"),
        ("taxonomies", &settings.taxonomies, taxonomies, "terms"),
    ] {
        for name in settings_of.keys().filter(|name| !known.contains(name.as_str())) {
            let message = format!("[{table}.{name}] has no effect: the export has no such {what}");
            let help = "correct the name, or take the table out";
            told.push(unused(message, help, settings));
        }
    }
    told
}

/// Tells of settings about languages that are not kept apart: no page shows what they say.
pub(super) fn unused_languages(
    told: &[Told],
    editions: &[Edition],
    settings: &Settings,
) -> Vec<Diagnostic> {
    let is_unused = |told: &&Told| {
        let says_more = told.name.is_some() || told.title.is_some() || told.home.is_some();
        says_more && !editions.iter().any(|edition| edition.is_called(&told.code))
    };
    let tell = |told: &Told| {
        let code = &told.code;
        let message = format!(
            "[languages.{code}] shows nowhere: nothing tells which posts are in that language"
        );
        let help = "say below which `path` its posts were, correct the code, or write \
                    `languages = [\"…\"]` if their script tells";
        unused(message, help, settings)
    };
    told.iter().filter(is_unused).map(tell).collect()
}

/// Tells of settings about pages at the front that the export does not have.
fn unused_fronts(export: &Export, settings: &Settings) -> Vec<Diagnostic> {
    let fronts =
        [("page_on_front", settings.page_on_front), ("page_for_posts", settings.page_for_posts)];
    let is_page = |id: u64| {
        let place = export.posts.binary_search_by_key(&id, |post| post.id.0);
        let post = place.ok().map(|place| &export.posts[place]);
        post.is_some_and(|post| &*post.post_type == "page" && post.is_public())
    };
    let lost = fronts.into_iter().filter(|(_, id)| id.is_some_and(|id| id > 0 && !is_page(id)));
    let told = lost.map(|(key, _)| {
        let message = format!("`{key}` has no effect: the export has no such public page");
        unused(message, "correct the number, or take the line out", settings)
    });
    told.collect()
}

fn unused(message: String, help: &str, settings: &Settings) -> Diagnostic {
    let location = Location::file(&settings.file_name().into());
    Diagnostic::warning("unused-setting", message, location).with_help(help)
}

/// Tells of types that are left out though the export does not say that nobody could see them, each
/// once.
pub(super) fn types_without_pages(export: &Export, config: &Config) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<&str, (Standing, usize)> = BTreeMap::new();
    for post in &export.posts {
        if let Visibility::OfType(standing) = visibility(export, post, config) {
            counts.entry(&post.post_type).or_insert((standing, 0)).1 += 1;
        }
    }
    let told = counts.into_iter().filter_map(|(name, (standing, count))| {
        let posts = if count == 1 { "post" } else { "posts" };
        let left = format!("left out {count} {posts} of type `{name}`");
        let public = format!("[types.{}] public = true", toml_key(name));
        let location = Location::file(&"the export".into());
        let told = match standing {
            Standing::WithoutPage => return None,
            Standing::Private => {
                let message = format!("{left}: a plugin keeps there what is not for readers");
                let help = format!(
                    "nothing; if readers could see them, say so in stillpress.toml: {public}"
                );
                Diagnostic::warning("private-type", message, location).with_help(help)
            }
            Standing::Unlisted => {
                let message = format!("{left}: the saved `types` do not list it");
                let help =
                    format!("if readers could see them, say so in stillpress.toml: {public}");
                Diagnostic::error("unlisted-type", message, location).with_help(help)
            }
            Standing::Unknown => {
                let message = format!(
                    "{left}: nothing says that readers could see such, and no answer that anybody \
                     gets holds any"
                );
                let help = format!("save `types`, too, or say so in stillpress.toml: {public}");
                Diagnostic::error("unlisted-type", message, location).with_help(help)
            }
        };
        Some(told.about(name))
    });
    told.collect()
}

/// Tells of taxonomies that are left out because nothing says whether readers saw their terms, each
/// once. Those that no post has are of no interest.
pub(super) fn taxonomies_without_pages(export: &Export, settings: &Settings) -> Vec<Diagnostic> {
    let named: HashSet<TermId> =
        export.posts.iter().flat_map(|post| post.terms.iter().copied()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for term in export.terms.iter().filter(|term| named.contains(&term.id)) {
        *counts.entry(&term.taxonomy).or_default() += 1;
    }
    let is_told = |name: &&Arc<str>| {
        !settings.taxonomies.contains_key(&***name) && !is_private_taxonomy(name)
    };
    let unsure = export.unsure_taxonomies.iter().filter(is_told);
    let told = unsure.filter_map(|name| {
        let count = counts.get(&**name)?;
        let terms = if *count == 1 { "term" } else { "terms" };
        let message = format!(
            "left out {count} {terms} of the taxonomy `{name}`: nothing says that readers could \
             see such"
        );
        let public = format!("[taxonomies.{}] public = true", toml_key(name));
        let help = format!("save `taxonomies`, too, or say so in stillpress.toml: {public}");
        let location = Location::file(&"the export".into());
        let told = Diagnostic::error("unlisted-taxonomy", message, location).about(name);
        Some(told.with_help(help))
    });
    told.collect()
}

/// Returns a name as TOML has it in the head of a table.
fn toml_key(name: &str) -> String {
    let is_bare = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if name.chars().all(is_bare) { name.to_owned() } else { format!("{name:?}") }
}

fn location(export: &Export, post: &Post) -> Location {
    let file = &export.files[post.file.0 as usize].name;
    Location::record(file, post.id, &content::plain_text(&post.title))
}
