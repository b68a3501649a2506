//! What the script does that leads readers of old addresses with a query on, without a browser. It
//! is that of the theme's `partials/old-addresses.html`, step by step. Pure.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use url::form_urlencoded;

use crate::commands::check::old_query::{
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
mod tests {
    use super::*;

    const PAGE: &str = r#"<script>(function () { var at = {"home":"/n/","paging":"page/","pages":3,"lists":"/n/assets/old-addresses/",
        "count":1,"names":["book"],"languages":["en"],"search":"/n/search/","numbers":null,"bases":[["category/","category"],["x/book/","book"]],"moved":[["old/","/n/new/",false],["x/y/","https://x.example/",true]]}, root; })</script>"#;

    #[track_caller]
    fn check(address: &str, status: Status, expected: &str) {
        let script = in_page(PAGE).unwrap();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let step = match script.step(path, query, status) {
            Step::Stay => "stay".to_owned(),
            Step::Go(address) => format!("go {address}"),
            Step::Ask(questions) => match &questions.shorter {
                Some(shorter) => format!("{}, or {shorter}", questions.asked.join(" ")),
                None => questions.asked.join(" "),
            },
        };
        assert_eq!(step, expected, "{address}");
    }

    #[test]
    fn queries_ask_for_one_post_or_for_many() {
        let found =
            |query: &str, expected: &str| check(&format!("/n/?{query}"), Status::Found, expected);
        found("p=012x", "p:12");
        found("p=x", "p:NaN");
        found("cat=5&page_id=7", "p:7");
        found("pagename=/About/team/", "path:about/team");
        found("attachment=Pic", "attachment:pic");
        found("name=Hi", "post:hi");
        found("name=hi&post_type=book", "book:hi");
        found("cat=5&paged=2", "cat:5");
        found("category_name=a/B/", "category:b");
        found("tag=x", "post_tag:x");
        found("author_name=Ann", "author_name:ann");
        found("post_format=post-format-aside", "post_format:aside");
        found("book=emma", "book:emma");
        found("taxonomy=genre&term=a/b", "genre:b");
        found("m=2026-08", "m:202608");
        found("year=2026&monthnum=8&day=1", "m:20260801");
        found("year=2026&day=1", "m:2026");
        found("post_type=book", "post_type:book");
        found("post_type=post", "stay");
        found("lang=EN", "lang:en");
        found("lang=en&cat=5", "cat:5");
        found("lang=xx", "stay");
        found("utm_source=x", "stay");
    }

    #[test]
    fn some_queries_need_no_list() {
        let found =
            |query: &str, expected: &str| check(&format!("/n/?{query}"), Status::Found, expected);
        found("s=a+b", "go /n/search/?q=a+b");
        found("paged=3", "go /n/page/3/");
        // As WordPress shows a page that stands in front.
        found("paged=4", "stay");
        found("feed=rss2", "go /n/feed/");
        found("feed=atom", "go /n/feed/atom/");
        found("feed=comments-rss2", "go /n/comments/feed/");
        found("paged=1", "stay");
    }

    #[test]
    fn home_pages_of_languages_have_pages_and_a_feed_of_their_own() {
        let page = PAGE.replace("\"search\"", "\"language\":\"en\",\"search\"");
        let script = in_page(&page).unwrap();
        for (query, expected) in [
            ("paged=2", Some("lang:en")),
            ("feed=rss2", Some("lang:en")),
            ("cat=5&paged=2", Some("cat:5")),
            ("feed=comments-rss2", None),
            ("utm_source=x", None),
        ] {
            let asked = script.chosen(&Query::parse(query));
            assert_eq!(asked.as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn paths_that_are_not_found_are_guessed() {
        let lost = |path: &str, expected: &str| check(path, Status::NotFound, expected);
        lost("/n/index.php/a/b", "go /n/a/b/");
        lost("/n/a/page/3/", "go /n/a/");
        lost("/n/a/feed/", "go /n/a/");
        lost("/n/a/feed/atom", "go /n/a/feed/");
        lost("/n/a/rss2/", "go /n/a/feed/");
        lost("/n/a/comment-page-2/?x=y", "go /n/a/?x=y");
        lost("/n/a/amp/", "go /n/a/");
        lost("/n/A/Hi", "path:a/hi post:hi page:hi");
        lost("/n/hi/2/", "path:hi/2 post:2 page:2, or /n/hi/");
        lost("/n/ག%20b).", "path:ག b). post:ག b). page:ག b)., or /n/%E0%BD%82%20b/");
        lost("/n/2026/2/", "path:2026/2 m:202602 post:2 page:2");
        lost("/n/2026/2/30", "path:2026/2/30 m:20260230 post:30 page:30");
        lost("/n/2026/2/hi", "path:2026/2/hi post:hi page:hi");
        lost("/n/index.php/feed/", "go /n/feed/");
        lost("/n/404.html", "path:404.html post:404.html page:404.html");
        lost("/n/%e0%bd%96/", "path:བ post:བ page:བ");
        lost("/n/category/a/B/", "path:category/a/b category:b post:b page:b");
        lost("/n/x/book/emma", "path:x/book/emma book:emma post:emma page:emma");
        lost("/n/old/z/", "go /n/new/");
        lost("/n/X/y/Z/", "go https://x.example/Z/");
        lost("/n/x/y/%e0%bd%96?u=1", "go https://x.example/%e0%bd%96?u=1");
        lost("/n/%ff/", "stay");
        lost("/other/", "stay");
        lost("/n/index.php/search/a%20b/page/2/", "go /n/search/?q=a%20b");
        lost("/n/gone/?p=12", "p:12");
    }

    #[test]
    fn answers_lead_to_pages_and_feeds() {
        let lead = |query: &str| {
            let script = in_page(PAGE).unwrap();
            let Step::Ask(questions) = script.step("/n/", query, Status::Found) else { panic!() };
            let answer = r#"["/n/news/",3,"page/","/n/news/feed/"]"#;
            questions.lead(&serde_json::from_str(answer).unwrap())
        };
        assert_eq!(lead("cat=5"), "/n/news/");
        assert_eq!(lead("cat=5&paged=3"), "/n/news/page/3/");
        assert_eq!(lead("cat=5&paged=4"), "/n/news/");
        assert_eq!(lead("cat=5&feed=rss2"), "/n/news/feed/");
        // The published test vector of FNV-1a, 32 bits.
        let script = Script { count: u32::MAX, ..in_page(PAGE).unwrap() };
        assert_eq!(
            script.list("foobar"),
            format!("/n/assets/old-addresses/{}.json", 0xbf9c_f968_u32)
        );
    }

    #[test]
    fn a_site_may_be_put_anywhere() {
        let page = PAGE.replace("\"/n/assets", "\"./assets").replace("\"/n/search", "\"./search");
        let script = in_page(&page).unwrap();
        assert_eq!(script.step("/n/", "s=a", Status::Found), Step::Go("/n/search/?q=a".to_owned()));
        assert_eq!(script.list("p:1"), "/n/assets/old-addresses/0.json");
        let on_home = Script { home: "./".to_owned(), ..script };
        assert_eq!(on_home.list("p:1"), "./assets/old-addresses/0.json");
    }

    #[test]
    fn it_is_the_script_of_the_theme() {
        let theme = include_str!("../../../themes/default/templates/partials/old-addresses.html");
        let theme = theme.replace("\r\n", "\n");
        let script = theme.split_once("<script>").unwrap().1;
        let hash = blake3::hash(script.as_bytes()).to_hex();
        assert_eq!(
            &hash[..16],
            "aad37589e0c33009",
            "carry over what was changed in the theme, then this"
        );
    }

    #[test]
    fn a_page_may_have_no_script() {
        assert!(in_page("<script>x = {\"a\":1}</script>").is_none());
    }
}
