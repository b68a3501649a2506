//! What the script does that leads readers of old addresses with a query on, without a browser. It
//! is that of the theme's `partials/old-addresses.html`, step by step. Pure.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use url::form_urlencoded;

use crate::commands::old_query::{
    Query, date_in, integer, last, without_additions, without_end, without_number,
};
use crate::render::fnv;

/// What a page tells its script.
#[derive(Clone, Debug, Deserialize)]
pub struct Script {
    home: String,
    #[serde(default)]
    paging: String,
    /// How many pages the home page has: older scripts do not ask.
    #[serde(default = "any_number")]
    pages: u64,
    lists: String,
    count: u32,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    languages: Vec<String>,
    /// The language whose home page the script is on.
    #[serde(default)]
    language: Option<String>,
    search: String,
    #[serde(default)]
    moved: Vec<(String, String, bool)>,
    #[serde(default)]
    bases: Vec<(String, String)>,
}

/// What a host answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Status {
    /// A page.
    Found,
    /// The page for what is not found.
    NotFound,
}

/// What the script does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// It leaves the reader where they are.
    Stay,
    /// It leads them there.
    Go(String),
    /// It looks for the answer to the first question that has one.
    Ask(Questions),
}

/// What the script looks for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Questions {
    /// In the order in which they are asked.
    pub asked: Vec<String>,
    /// The number of the page that is wanted.
    page: u64,
    wants_feed: bool,
    /// Where to go if none is answered.
    pub shorter: Option<String>,
}

/// An answer in a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// An address.
    Alone(String),
    /// An address, how many pages follow it, what stands before their number, and its feed.
    WithParts(String, u64, String, String),
}

/// Returns what the script in a page is told, if the page has it.
pub fn in_page(html: &str) -> Option<Script> {
    let lists = html.find("\"lists\":\"")?;
    let start = html[..lists].rfind('{')?;
    serde_json::Deserializer::from_str(&html[start..]).into_iter().next()?.ok()
}

impl Script {
    /// Returns what it does on a page at a path with a query.
    pub fn step(&self, path: &str, query: &str, status: Status) -> Step {
        let query = Query::parse(query);
        if let Some(words) = query.get("s") {
            let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
            return self.go(&format!("{}?q={words}", self.search));
        }
        let mut questions = Questions {
            asked: Vec::from_iter(self.chosen(&query)),
            page: query.page(),
            wants_feed: query.get("feed").is_some_and(|feed| !feed.is_empty()),
            shorter: None,
        };
        if questions.asked.is_empty() && status == Status::NotFound {
            match self.guess(path, &query, &mut questions) {
                Some(address) => return self.go(&address),
                None if questions.asked.is_empty() => return Step::Stay,
                None => {}
            }
        }
        if !questions.asked.is_empty() {
            return Step::Ask(questions);
        }
        match query.get("feed").filter(|feed| !feed.is_empty()) {
            Some(feed) if feed.starts_with("comments") => self.below_home("comments/feed/"),
            Some(feed) if feed.ends_with("atom") => self.below_home("feed/atom/"),
            Some(_) => self.below_home("feed/"),
            None if (2..=self.pages).contains(&questions.page) => {
                self.below_home(&format!("{}{}/", self.paging, questions.page))
            }
            None => Step::Stay,
        }
    }

    /// Returns the list that holds the answer to a question.
    pub fn list(&self, question: &str) -> String {
        let hash = fnv::hash(question, fnv::SEED);
        self.whole(&format!("{}{}.json", self.lists, hash % self.count.max(1)))
    }

    fn below_home(&self, path: &str) -> Step {
        self.go(&format!("{}{path}", self.home))
    }

    fn go(&self, address: &str) -> Step {
        Step::Go(self.whole(address))
    }

    /// Returns an address as the page can follow it: what starts with a dot is seen from the home
    /// page.
    pub fn whole(&self, address: &str) -> String {
        match address.strip_prefix("./") {
            Some(rest) => format!("{}{rest}", self.home),
            None => address.to_owned(),
        }
    }

    /// Returns the question that a query asks. What names one post counts before what lists many.
    fn chosen(&self, query: &Query) -> Option<String> {
        let one = || {
            query.find(|name, value| match name {
                "p" | "page_id" | "attachment_id" => ask("p", &integer(value)),
                "attachment" => ask(name, &last(value)),
                "pagename" => ask("path", &value.trim_matches('/').to_lowercase()),
                _ => None,
            })
        };
        let by_name = || {
            let kind = query.get("post_type").filter(|kind| !kind.is_empty()).unwrap_or("post");
            ask(kind, &last(query.get("name")?))
        };
        let many = || {
            query.find(|name, value| match name {
                "cat" | "author" => ask(name, &integer(value)),
                "category_name" => ask("category", &last(value)),
                "tag" => ask("post_tag", &last(value)),
                "author_name" => ask(name, &value.to_lowercase()),
                "post_format" => ask(name, value.strip_prefix("post-format-").unwrap_or(value)),
                _ if self.names.iter().any(|custom| custom == name) => ask(name, &last(value)),
                _ => None,
            })
        };
        let by_term = || {
            let term = last(query.get("term").filter(|term| !term.is_empty())?);
            ask(query.get("taxonomy")?, term.strip_prefix("post-format-").unwrap_or(&term))
        };
        let by_date = || ask("m", &query.date()?);
        let by_type = || {
            query.get("post_type").filter(|&it| it != "post").and_then(|it| ask("post_type", it))
        };
        let by_language = || {
            let code = query.get("lang")?.to_lowercase();
            ask("lang", &code).filter(|_| self.languages.contains(&code))
        };
        let by_place = || {
            let is_feed =
                query.get("feed").is_some_and(|it| !it.is_empty() && !it.starts_with("comments"));
            ask("lang", self.language.as_deref()?).filter(|_| is_feed || query.page() > 1)
        };
        let one = one().or_else(by_name).or_else(many).or_else(by_term);
        let all = one.or_else(by_date).or_else(by_type).or_else(by_language);
        all.or_else(by_place)
    }

    /// Tries what WordPress would have guessed from a path to which nothing answers. Returns where
    /// that leads at once.
    fn guess(&self, path: &str, query: &Query, questions: &mut Questions) -> Option<String> {
        let rest = path.strip_prefix(&*self.home)?;
        let below = |path: &str| {
            let path = path.trim_start_matches('/');
            let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
            format!("{}{path}{slash}{}", self.home, query.written())
        };
        let whole = rest.strip_prefix("index.php/").unwrap_or(rest);
        let words = whole.strip_prefix("search/").and_then(|words| words.split('/').next());
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            return Some(format!("{}?q={words}", self.search));
        }
        let plain = without_additions(rest);
        if plain != rest {
            return Some(below(&plain));
        }
        questions.shorter = without_number(rest).map(below);
        let decoded = percent_encoding::percent_decode_str(rest).decode_utf8().ok()?;
        let path = decoded.trim_matches('/').to_lowercase();
        let whole = format!("{path}/");
        if let Some((from, to, keeps_rest)) = self.moved.iter().find(|it| whole.starts_with(&*it.0))
        {
            let parts = rest.trim_start_matches('/').split('/').skip(from.matches('/').count());
            let kept = parts.collect::<Vec<_>>().join("/");
            let whole = format!("{to}{kept}{}", query.written());
            return Some(if *keeps_rest { whole } else { to.clone() });
        }
        let clean = || {
            let clean = without_end(&path).filter(|_| path != "404.html")?;
            Some(below(&encoded(clean)))
        };
        questions.shorter = questions.shorter.take().or_else(clean);
        let below = self.bases.iter().filter(|(base, _)| path.starts_with(&**base));
        let names = below.map(|(_, name)| &**name).chain(["post", "page"]);
        questions.asked.extend(ask("path", &path));
        questions.asked.extend(date_in(&path).and_then(|date| ask("m", &date)));
        questions.asked.extend(names.filter_map(|name| ask(name, &last(&path))));
        None
    }
}

impl Questions {
    /// Returns where an answer leads.
    pub fn lead(&self, answer: &Answer) -> String {
        match answer {
            Answer::Alone(address) => address.clone(),
            Answer::WithParts(_, _, _, feed) if self.wants_feed && !feed.is_empty() => feed.clone(),
            Answer::WithParts(address, pages, before, _) if (2..=*pages).contains(&self.page) => {
                format!("{address}{before}{}/", self.page)
            }
            Answer::WithParts(address, ..) => address.clone(),
        }
    }
}

fn any_number() -> u64 {
    u64::MAX
}

/// What `encodeURIComponent` encodes.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Returns a path as browsers' scripts encode each of its parts.
fn encoded(path: &str) -> String {
    let parts = path.split('/').map(|part| utf8_percent_encode(part, PART).to_string());
    parts.collect::<Vec<_>>().join("/")
}

fn ask(name: &str, value: &str) -> Option<String> {
    (!name.is_empty() && !value.is_empty()).then(|| format!("{name}:{value}"))
}

#[cfg(test)]
mod tests;
