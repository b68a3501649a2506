//! Rules as nginx reads them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use crate::render::host_rules::{Below, FEEDS, LANGUAGE, Rules};

/// What the map of the feeds of the whole site is called.
const OWN_FEEDS: &str = "of_all";

/// A chain of maps: what one does not know, it leaves to the next. What asks for a later page is left
/// to the script on the home page.
pub fn print(rules: &Rules) -> String {
    let names: BTreeSet<&str> =
        rules.queries.keys().chain(rules.feeds.keys()).map(|(name, _)| &**name).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    // A language stands beside what else is asked for.
    names.sort_by_key(|name| *name == LANGUAGE);
    let mut text = head(rules);
    let next = |place: usize| {
        let name = names.get(place).copied().unwrap_or(OWN_FEEDS);
        format!("$stillpress_{name}")
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
        push_parameter(&mut text, rules, name, &next(place + 1));
    }
    // Of nothing that else is asked for.
    let _ = writeln!(text, "\nmap \"$uri $args\" $stillpress_{OWN_FEEDS} {{\n    default \"\";");
    for (feed, to) in &rules.own_feeds {
        let _ = writeln!(text, "    \"{} feed={feed}\" \"{to}\";", rules.home);
    }
    text.push_str("}\n");
    text
}

/// Adds the map of what a parameter of queries chooses.
fn push_parameter(text: &mut String, rules: &Rules, name: &str, next: &str) {
    let asked = format!("$uri $arg_{name},$arg_paged$arg_page$arg_feed");
    let _ = writeln!(text, "\nmap \"{asked}\" $stillpress_{name} {{\n    default {next};");
    for ((_, value), to) in rules.queries.iter().filter(|((other, _), _)| &**other == name) {
        let _ = writeln!(text, "    \"{} {value},\" \"{to}\";", rules.home);
    }
    for ((_, value), to) in rules.feeds.iter().filter(|((other, _), _)| &**other == name) {
        for feed in FEEDS {
            let _ = writeln!(text, "    \"{} {value},{feed}\" \"{to}\";", rules.home);
        }
    }
    text.push_str("}\n");
}

fn head(rules: &Rules) -> String {
    let count = (rules.paths.len() + rules.shorter.len())
        .max(rules.queries.len() + rules.feeds.len() * FEEDS.len());
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
    use crate::render::host_rules::tests::rules;

    #[test]
    fn nginx_asks_one_map_after_the_other() {
        let text = print(&rules());
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
    \"/ 5,rss2\" \"/news/feed/\";
    \"/ 5,atom\" \"/news/feed/\";
}

map \"$uri $arg_p,$arg_paged$arg_page$arg_feed\" $stillpress_p {
    default $stillpress_lang;
    \"/ 1,\" \"/hi/\";
    \"/ 2,\" \"/ho/\";
}

map \"$uri $arg_lang,$arg_paged$arg_page$arg_feed\" $stillpress_lang {
    default $stillpress_of_all;
    \"/ en,\" \"/en/\";
}

map \"$uri $args\" $stillpress_of_all {
    default \"\";
    \"/ feed=rss2\" \"/feed/\";
}
";
        assert_eq!(maps, expected);
    }
}
