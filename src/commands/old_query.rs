//! Queries and paths of old addresses, taken apart as browsers' scripts take them. Pure.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use url::form_urlencoded;

/// The parameters that choose something on a WordPress site.
const CHOOSING: [&str; 21] = [
    "p",
    "page_id",
    "attachment_id",
    "attachment",
    "pagename",
    "name",
    "cat",
    "author",
    "category_name",
    "tag",
    "author_name",
    "post_format",
    "taxonomy",
    "m",
    "year",
    "post_type",
    "paged",
    "page",
    "feed",
    "s",
    "monthnum",
];

/// The parameters of a query.
#[derive(Debug)]
pub struct Query {
    parameters: Vec<(String, String)>,
    written: String,
}

impl Query {
    /// Parses what follows the `?`.
    pub fn parse(query: &str) -> Self {
        let parameters = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { parameters, written: query.to_owned() }
    }

    /// Returns the first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// Returns what the first parameter gives of which `ask` makes something.
    pub fn find(&self, ask: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
        self.parameters.iter().find_map(|(name, value)| ask(name, value))
    }

    /// Returns the number of the page of a list that is asked for: 0 if it is none.
    pub fn page(&self) -> u64 {
        let told = |name| self.get(name).filter(|value| !value.is_empty());
        told("paged")
            .or_else(|| told("page"))
            .map_or(1, |value| integer(value).parse().unwrap_or(0))
    }

    /// Returns the digits of the date that is asked for.
    pub fn date(&self) -> Option<String> {
        let told = |name| self.get(name).filter(|value| !value.is_empty());
        if let Some(digits) = told("m") {
            let digits: String = digits.chars().filter(char::is_ascii_digit).take(8).collect();
            return Some(digits);
        }
        let two = |name| {
            let padded = told(name).map(|value| format!("0{value}")).unwrap_or_default();
            let start = padded.char_indices().rev().nth(1).map_or(0, |(start, _)| start);
            padded[start..].to_owned()
        };
        let day = if told("monthnum").is_some() { two("day") } else { String::new() };
        Some(format!("{}{}{day}", told("year")?, two("monthnum")))
    }

    /// Returns it as it stands in an address, with its `?`.
    pub fn written(&self) -> String {
        if self.written.is_empty() { String::new() } else { format!("?{}", self.written) }
    }
}

/// Returns the whole number at the start of a text, as browsers' scripts write it.
pub fn integer(value: &str) -> String {
    let value = value.trim_start();
    let (sign, digits) = match value.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", value.strip_prefix('+').unwrap_or(value)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    match (&digits[..end], digits[..end].trim_start_matches('0')) {
        ("", _) => "NaN".to_owned(),
        (_, "") => "0".to_owned(),
        (_, number) => format!("{sign}{number}"),
    }
}

/// Returns the last part of `parent/child`, in lower case.
pub fn last(value: &str) -> String {
    let value = value.trim_end_matches('/');
    value.rsplit('/').next().unwrap_or(value).to_lowercase()
}

/// Returns a path without what WordPress adds to those of pages. Feeds of older kinds are the one that is
/// there.
pub fn without_additions(path: &str) -> Cow<'_, str> {
    if let Some(rest) = path.strip_prefix("index.php") {
        return Cow::from(rest.strip_prefix('/').unwrap_or(rest));
    }
    let whole = path.strip_suffix('/').unwrap_or(path);
    let (above, name) = whole.rsplit_once('/').unwrap_or(("", whole));
    let before = above.rsplit('/').next().unwrap_or(above);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let without_both = || &path[..above.len() - before.len()];
    if matches!(name, "rss" | "rss2" | "atom" | "rdf") {
        let above =
            if before == "feed" { without_both() } else { &path[..whole.len() - name.len()] };
        return Cow::from(format!("{above}feed/"));
    }
    if before == "page" && is_number(name) {
        return Cow::from(without_both());
    }
    let is_one = matches!(name, "amp" | "embed" | "print" | "trackback" | "feed")
        || name.strip_prefix("comment-page-").is_some_and(is_number);
    Cow::from(if is_one { &path[..whole.len() - name.len()] } else { path })
}

/// Returns a path without the number of a page at its end. None if there is none.
pub fn without_number(path: &str) -> Option<&str> {
    let whole = path.strip_suffix('/').unwrap_or(path);
    let (above, number) = whole.rsplit_once('/')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = above.rsplit('/').next().unwrap_or(above);
    let is_named = name.contains(|c: char| !c.is_ascii_digit());
    (is_number && is_named).then(|| &path[..=above.len()])
}

/// Returns the digits of the date that a decoded path names, whose month and day may lack their zero.
pub fn date_in(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let is_number =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = parts.next().filter(|year| year.len() == 4 && is_number(year))?;
    let month = parts.next().filter(|month| month.len() <= 2 && is_number(month))?;
    let day = match parts.next() {
        Some(day) if day.len() <= 2 && is_number(&day) => format!("{day:0>2}"),
        Some(_) => return None,
        None => String::new(),
    };
    parts.next().is_none().then(|| format!("{year}{month:0>2}{day}"))
}

/// Returns a decoded path without what was written behind it, or the name of a kind of file. None if
/// nothing was.
pub fn without_end(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kept = match name.split_once('&') {
        Some((before, _)) => before,
        None => {
            let stem = name.strip_suffix(".html").or_else(|| name.strip_suffix(".htm"));
            stem.unwrap_or_else(|| name.trim_end_matches(is_behind))
        }
    };
    (kept != name).then(|| &path[..path.len() - name.len() + kept.len()])
}

/// Whether mails and messages take a character for the end of an address.
fn is_behind(character: char) -> bool {
    let is_of_block = |block: RangeInclusive<char>| block.contains(&character);
    character.is_whitespace()
        || "!\"'()*,.:;<>[]\\{}".contains(character)
        || is_of_block('\u{f0b}'..='\u{f0e}')
        || is_of_block('\u{2000}'..='\u{206f}')
        || is_of_block('\u{3000}'..='\u{303f}')
}

/// Returns whether a query chooses something on a WordPress site.
pub fn chooses(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| CHOOSING.contains(&&*name))
}

/// Returns whether an address has a query that chooses something on a WordPress site.
pub fn may_choose(address: &str) -> bool {
    address.split_once('?').is_some_and(|(_, query)| chooses(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_an_address_is_left_out() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(without_end(path), expected, "{path}");
        };
        check("2012/hi).", Some("2012/hi"));
        check("hi.html", Some("hi"));
        check("a.b/hi&utm_source=x", Some("a.b/hi"));
        check("བོད་ཡིག།", Some("བོད་ཡིག"));
        check("hi\u{201d}", Some("hi"));
        check("a/)", Some("a/"));
        check("2012/hi-ho", None);
        check("v1.2/hi", None);
    }

    #[test]
    fn queries_of_wordpress_are_known() {
        assert!(chooses("x=y&p=12") && !chooses("utm_source=p"));
        assert!(may_choose("/?p=12") && !may_choose("/p=12"));
    }
}
