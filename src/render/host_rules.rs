//! Redirects as rules of the host, where it knows some: they answer what pages that lead on and the
//! script for old addresses answer on every host, but sooner and to machines, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

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
}

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
        Host::Nginx => write(&OwnFile::NginxRedirects.path(), nginx(&rules(shared)).as_bytes()),
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
        // The home page is there already, and a host that keeps the query would go round in circles.
        let Some(to) = to.filter(|to| *to != rules.home) else { continue };
        for query in queries(&question) {
            rules.queries.entry(query).or_insert_with(|| plain(&to));
        }
    }
    rules
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
    names.map(|&name| (name.to_owned(), value.clone())).collect()
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

/// Rules with `!` count before files, such as the home page or a page that leads on.
fn netlify(rules: &Rules) -> String {
    let mut text = String::new();
    for ((name, value), to) in &rules.queries {
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

/// A chain of maps: what one does not know, it leaves to the next. What asks for a later page or a
/// feed, too, is left to the script on the home page.
fn nginx(rules: &Rules) -> String {
    let mut names: Vec<&str> = rules.queries.keys().map(|(name, _)| &**name).collect();
    names.dedup();
    let mut text = nginx_head(rules);
    let next = |place: usize| {
        names.get(place).map_or_else(|| "\"\"".to_owned(), |name| format!("$stillpress_{name}"))
    };
    let _ = writeln!(text, "\nmap $uri $stillpress_to {{\n    default {};", next(0));
    let mut seen = BTreeSet::new();
    for (from, to) in rules.paths.iter().chain(&rules.shorter) {
        let path = percent_decode_str(from).decode_utf8_lossy();
        let is_new = seen.insert(path.to_ascii_lowercase());
        if is_new && !path.contains(['"', '\\', '$']) && !path.contains(char::is_control) {
            let _ = writeln!(text, "    \"{path}\" \"{to}\";");
        }
    }
    for (from, below) in &rules.below {
        let path = percent_decode_str(from).decode_utf8_lossy();
        let path = escape_regex(&path);
        let _ = match below {
            Below::One(to) => writeln!(text, "    \"~*^{path}\" \"{to}\";"),
            Below::Same(to) => writeln!(text, "    \"~*^{path}(?<rest>.*)$\" \"{to}$rest\";"),
        };
    }
    text.push_str("}\n");
    for (place, name) in names.iter().enumerate() {
        let asked = format!("$uri $arg_{name},$arg_paged$arg_page$arg_feed");
        let _ = writeln!(
            text,
            "\nmap \"{asked}\" $stillpress_{name} {{\n    default {};",
            next(place + 1)
        );
        for ((_, value), to) in rules.queries.iter().filter(|((other, _), _)| other == name) {
            let _ = writeln!(text, "    \"{} {value},\" \"{to}\";", rules.home);
        }
        text.push_str("}\n");
    }
    text
}

fn nginx_head(rules: &Rules) -> String {
    let count = (rules.paths.len() + rules.shorter.len()).max(rules.queries.len());
    let longest = rules
        .paths
        .keys()
        .chain(rules.shorter.keys())
        .map(String::len)
        .max()
        .unwrap_or_default()
        .max(200);
    format!(
        "# Where old addresses lead, for nginx. Include this file in `http`, and in the `server` of the\n\
         # site write: if ($stillpress_to) {{ return 301 $stillpress_to; }}\n\
         map_hash_max_size {};\n\
         map_hash_bucket_size {};\n",
        (count * 2).next_power_of_two().max(2048),
        (longest + 64).next_power_of_two(),
    )
}

fn escape_regex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !character.is_control()) {
        match character {
            // Nothing quotes these within a quoted text of nginx.
            '"' | '\\' | '$' => escaped.push('.'),
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '|' => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
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
            queries: [("cat", "5", "/news/"), ("p", "1", "/hi/"), ("p", "2", "/ho/")]
                .map(query)
                .into(),
        }
    }

    #[test]
    fn netlify_is_told_what_counts_before_files() {
        let expected = "\
/ cat=5 /news/ 301!
/ p=1 /hi/ 301!
/ p=2 /ho/ 301!
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
    fn nginx_asks_one_map_after_the_other() {
        let text = nginx(&rules());
        let maps = text.split_once("\n\n").unwrap().1;
        let expected = "\
map $uri $stillpress_to {
    default $stillpress_cat;
    \"/A/བ/\" \"/c/\";
    \"/child/\" \"/parent/child/\";
    \"~*^/one/\" \"/b/\";
    \"~*^/s\\.me/(?<rest>.*)$\" \"https://b.example/$rest\";
}

map \"$uri $arg_cat,$arg_paged$arg_page$arg_feed\" $stillpress_cat {
    default $stillpress_p;
    \"/ 5,\" \"/news/\";
}

map \"$uri $arg_p,$arg_paged$arg_page$arg_feed\" $stillpress_p {
    default \"\";
    \"/ 1,\" \"/hi/\";
    \"/ 2,\" \"/ho/\";
}
";
        assert_eq!(maps, expected);
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
        check("post:hello", &[]);
    }

    #[test]
    fn addresses_hold_nothing_that_rules_take_for_their_own() {
        assert_eq!(plain("/a b/$c;\n"), "/a%20b/%24c%3B");
    }
}
