//! Redirects as rules of the host, where it knows some: they answer what pages that lead on and the
//! script for old addresses answer on every host, but sooner and to machines, too.

mod nginx;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::config::Host;
use crate::render::destinations;
use crate::render::shared::Shared;
use crate::site::links::MovedBelow;
use crate::site::links::below;
use crate::site::links::known::{Answer, Known};
use crate::site::own_files::OwnFile;
use crate::site::redirects::Reach;
use crate::site::urls::UrlPath;

/// How many rules Cloudflare takes: 2,000 for paths, and 100 for all below one. It ends the first
/// kind at the first of the second.
const CLOUDFLARE_PATHS: usize = 2000;
const CLOUDFLARE_BELOW: usize = 100;

/// The rules, each old address once. New ones are ready to print: nothing in them needs quoting.
#[derive(Debug, Default)]
struct Rules {
    /// The home page, at which queries are asked.
    home: String,
    /// Encoded paths.
    paths: BTreeMap<String, String>,
    /// The same for paths that leave out what stands above.
    shorter: BTreeMap<String, String>,
    /// By the beginning of a path.
    below: BTreeMap<String, Below>,
    /// By the name of a parameter and its value, encoded, in lower case.
    queries: BTreeMap<(String, String), String>,
    /// The feeds of what such parameters choose, in the same way.
    feeds: BTreeMap<(String, String), String>,
    /// The feeds of the whole site, by what `feed` asks for.
    own_feeds: BTreeMap<&'static str, String>,
}

/// The parameter that asks for the home page of a language.
const LANGUAGE: &str = "lang";

/// What `feed` asks for if it is a feed of what else is chosen.
const FEEDS: [&str; 2] = ["rss2", "atom"];

/// Where all paths lead that begin alike.
#[derive(Debug)]
enum Below {
    /// To one place.
    One(String),
    /// To what has the same rest there.
    Same(String),
}

/// Writes the file of rules, once all pages are made.
///
/// # Errors
/// It cannot be written.
pub fn write(
    shared: &Shared<'_>,
    mut write: impl FnMut(&UrlPath, &[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match shared.settings.host {
        Host::Files => Ok(()),
        Host::Netlify => write(&OwnFile::HostRedirects.path(), netlify(&rules(shared)).as_bytes()),
        Host::Cloudflare => {
            write(&OwnFile::HostRedirects.path(), cloudflare(&rules(shared)).as_bytes())
        }
        Host::Nginx => {
            write(&OwnFile::NginxRedirects.path(), nginx::print(&rules(shared)).as_bytes())
        }
    }
}

fn rules(shared: &Shared<'_>) -> Rules {
    let site = shared.site;
    let mut rules = Rules { home: shared.href(&UrlPath::root()), ..Rules::default() };
    for redirect in &site.redirects {
        let Some(to) = destinations::redirect(shared, &redirect.to) else { continue };
        rules.paths.entry(shared.href(&redirect.from)).or_insert_with(|| plain(&to));
    }
    for (from, to) in below::shorter(site) {
        let from = shared.href(&from);
        if !rules.paths.contains_key(&from) {
            rules.shorter.entry(from).or_insert_with(|| plain(&shared.href(&to)));
        }
    }
    for MovedBelow { from, reach, to } in site.links.moved_below() {
        // Pages that lead on stand at each path that leads to a page.
        let is_told = *reach == Reach::BelowToSame && to.starts_with('/');
        if is_told {
            continue;
        }
        let segments = from.split('/').filter(|segment| !segment.is_empty());
        let to = match to.strip_prefix('/') {
            Some(path) => format!("{}{path}", rules.home),
            None => to.clone(),
        };
        let below = match reach {
            Reach::BelowToSame => Below::Same(plain(&to)),
            Reach::Path | Reach::BelowToOne => Below::One(plain(&to)),
        };
        rules.below.entry(shared.href(&UrlPath::from_segments(segments))).or_insert(below);
    }
    for Known { question, answer } in site.links.known() {
        let to = match answer {
            Answer::Page { path, .. } => Some(shared.href(path)),
            Answer::Attachment(id) => destinations::attachment(shared, id),
        };
        if let Answer::Page { feed: Some(feed), .. } = answer {
            let feed = plain(&shared.href(&shared.feed_file(feed)));
            for query in queries(&question) {
                rules.feeds.entry(query).or_insert_with(|| feed.clone());
            }
        }
        // The home page is there already, and a host that keeps the query would go round in circles.
        let Some(to) = to.filter(|to| *to != rules.home) else { continue };
        for query in queries(&question) {
            rules.queries.entry(query).or_insert_with(|| plain(&to));
        }
    }
    rules.own_feeds = own_feeds(shared);
    rules
}

/// Returns the feeds of the whole site. Programs that read them run no script: without a rule of the
/// host they get the home page.
fn own_feeds(shared: &Shared<'_>) -> BTreeMap<&'static str, String> {
    let feeds = [
        ("feed", OwnFile::Feed),
        ("rss", OwnFile::Feed),
        ("rss2", OwnFile::Feed),
        ("rdf", OwnFile::Feed),
        ("atom", OwnFile::AtomFeed),
        ("comments-rss2", OwnFile::CommentsFeed),
        ("comments-atom", OwnFile::CommentsFeed),
    ];
    let href = |file: OwnFile| plain(&shared.href(&shared.feed_file(&file.path())));
    feeds.into_iter().map(|(name, file)| (name, href(file))).collect()
}

/// Returns the parameters that ask a question. Slugs of posts are left to the script on the home
/// page: WordPress links by number.
fn queries(question: &str) -> Vec<(String, String)> {
    let Some((kind, value)) = question.split_once(':') else { return Vec::new() };
    let names: &[&str] = match kind {
        "p" => &["p", "page_id", "attachment_id"],
        "category" => &["category_name"],
        "post_tag" => &["tag"],
        "cat" | "author" | "author_name" | "m" | "post_format" | "post_type" => &[kind],
        "post" | "page" | "attachment" | "path" => &[],
        taxonomy => &[taxonomy],
    };
    let path = UrlPath::from_segments([value]);
    let value = path.as_str().trim_matches('/').to_ascii_lowercase();
    let is_safe = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    let names = names.iter().filter(|name| is_safe(name));
    let queries = names.map(|&name| (name.to_owned(), value.clone()));
    // Links to feeds of formats call them by the slug of their term.
    let slug = (kind == "post_format").then(|| format!("post-format-{value}"));
    queries.chain(slug.map(|slug| (kind.to_owned(), slug))).collect()
}

/// Returns an address without what rules might take for their own.
fn plain(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            ' ' | '"' | '$' | '\\' | '{' | '}' | ';' => {
                let _ = write!(plain, "%{:02X}", u32::from(character));
            }
            character if character.is_control() => {}
            character => plain.push(character),
        }
    }
    plain
}

/// Rules with `!` count before files, such as the home page or a page that leads on. The first that
/// fits counts.
fn netlify(rules: &Rules) -> String {
    let mut text = String::new();
    for ((name, value), to) in &rules.feeds {
        for feed in FEEDS {
            let _ = writeln!(text, "{} {name}={value} feed={feed} {to} 301!", rules.home);
        }
    }
    for (feed, to) in &rules.own_feeds {
        let _ = writeln!(text, "{} feed={feed} {to} 301!", rules.home);
    }
    // A language stands beside what else is asked for.
    let is_language = |((name, _), _): &(&(String, String), &String)| name == LANGUAGE;
    let (languages, others): (Vec<_>, Vec<_>) = rules.queries.iter().partition(is_language);
    for ((name, value), to) in others.into_iter().chain(languages) {
        let _ = writeln!(text, "{} {name}={value} {to} 301!", rules.home);
    }
    for (from, to) in rules.paths.iter().chain(&rules.shorter) {
        let _ = writeln!(text, "{from} {to} 301!");
    }
    for (from, below) in &rules.below {
        let _ = match below {
            Below::One(to) => writeln!(text, "{from}* {to} 301!"),
            Below::Same(to) => writeln!(text, "{from}* {to}:splat 301!"),
        };
    }
    text
}

/// Knows no queries: the script on the home page answers them. What is too much for it, the pages
/// that lead on.
fn cloudflare(rules: &Rules) -> String {
    let mut text = String::new();
    for (from, to) in rules.paths.iter().chain(&rules.shorter).take(CLOUDFLARE_PATHS) {
        let _ = writeln!(text, "{from} {to} 301");
    }
    for (from, below) in rules.below.iter().take(CLOUDFLARE_BELOW) {
        let _ = match below {
            Below::One(to) => writeln!(text, "{from}* {to} 301"),
            Below::Same(to) => writeln!(text, "{from}* {to}:splat 301"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn rules() -> Rules {
        let text = |(from, to): (&str, &str)| (from.to_owned(), to.to_owned());
        let query = |(name, value, to): (&str, &str, &str)| {
            ((name.to_owned(), value.to_owned()), to.to_owned())
        };
        Rules {
            home: "/".to_owned(),
            paths: [("/a/%e0%bd%96/", "/b/"), ("/A/%E0%BD%96/", "/c/")].map(text).into(),
            shorter: [("/child/", "/parent/child/")].map(text).into(),
            below: BTreeMap::from([
                ("/one/".to_owned(), Below::One("/b/".to_owned())),
                ("/s.me/".to_owned(), Below::Same("https://b.example/".to_owned())),
            ]),
            queries: [
                ("cat", "5", "/news/"),
                ("lang", "en", "/en/"),
                ("p", "1", "/hi/"),
                ("p", "2", "/ho/"),
            ]
            .map(query)
            .into(),
            feeds: [("cat", "5", "/news/feed/")].map(query).into(),
            own_feeds: [("rss2", "/feed/".to_owned())].into(),
        }
    }

    #[test]
    fn netlify_is_told_what_counts_before_files() {
        let expected = "\
/ cat=5 feed=rss2 /news/feed/ 301!
/ cat=5 feed=atom /news/feed/ 301!
/ feed=rss2 /feed/ 301!
/ cat=5 /news/ 301!
/ p=1 /hi/ 301!
/ p=2 /ho/ 301!
/ lang=en /en/ 301!
/A/%E0%BD%96/ /c/ 301!
/a/%e0%bd%96/ /b/ 301!
/child/ /parent/child/ 301!
/one/* /b/ 301!
/s.me/* https://b.example/:splat 301!
";
        assert_eq!(netlify(&rules()), expected);
    }

    #[test]
    fn cloudflare_is_told_as_much_as_it_takes() {
        let expected = "\
/A/%E0%BD%96/ /c/ 301
/a/%e0%bd%96/ /b/ 301
/child/ /parent/child/ 301
/one/* /b/ 301
/s.me/* https://b.example/:splat 301
";
        assert_eq!(cloudflare(&rules()), expected);
        let paths = (0..3000).map(|number| (format!("/{number}/"), "/b/".to_owned())).collect();
        let many = Rules { paths, ..Rules::default() };
        assert_eq!(cloudflare(&many).lines().count(), 2000);
    }

    #[test]
    fn questions_are_asked_by_the_names_wordpress_gives_them() {
        let names = |question: &str| {
            queries(question).into_iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let check = |question: &str, expected: &[&str]| {
            let names: Vec<String> = names(question);
            assert_eq!(names, expected, "{question}");
        };
        check("p:5", &["p=5", "page_id=5", "attachment_id=5"]);
        check("post_tag:བོད", &["tag=%e0%bd%96%e0%bd%bc%e0%bd%91"]);
        check("genre:jazz", &["genre=jazz"]);
        check("post_format:audio", &["post_format=audio", "post_format=post-format-audio"]);
        check("post:hello", &[]);
    }

    #[test]
    fn addresses_hold_nothing_that_rules_take_for_their_own() {
        assert_eq!(plain("/a b/$c;\n"), "/a%20b/%24c%3B");
    }
}
