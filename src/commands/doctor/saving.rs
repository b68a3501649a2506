//! How to save what an export lacks: addresses, file names, commands. Pure.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::commands::api::{self, Api};
use crate::commands::doctor::requests::{MediaFile, Paging, Request};
use crate::names;

/// An answer of the old site to save.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Save {
    /// What to call it: no file of the export has that name. Counted up with the pages.
    pub file: String,
    /// Try them in this order: each gives the same.
    pub addresses: Vec<String>,
    /// Whether the addresses end with the number of a page, to be counted up until there is no
    /// more.
    pub paged: bool,
    /// What does the same in a shell.
    pub command: String,
    /// The address of the home page, as the export tells it, without a final slash.
    #[serde(skip)]
    pub home: String,
}

impl Save {
    /// Whether it is a file of the site, and no answer of its API, which has two addresses.
    pub fn is_file(&self) -> bool {
        self.addresses.len() == 1
    }

    /// Returns the same of a site that is at `home` now, wherever its records say it is.
    #[must_use]
    pub fn asked_at(self, home: &str) -> Self {
        let moved = |address: String| match address.strip_prefix(&*self.home) {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => {
                format!("{home}{rest}")
            }
            _ => address,
        };
        Self { addresses: self.addresses.into_iter().map(moved).collect(), ..self }
    }

    /// Returns the page that `file` and the addresses name, if there are pages.
    pub fn first_page(&self) -> Option<usize> {
        let (_, number) = self.file.strip_suffix(".json")?.rsplit_once('-')?;
        number.parse().ok().filter(|_| self.paged)
    }

    /// Returns what to call a page.
    pub fn file_of(&self, page: usize) -> String {
        let stem = self.file.trim_end_matches(".json");
        format!("{}{page}.json", without_number(stem))
    }

    /// Returns the addresses of a page.
    pub fn addresses_of(&self, page: usize) -> Vec<String> {
        self.addresses.iter().map(|it| format!("{}{page}", without_number(it))).collect()
    }
}

fn without_number(text: &str) -> &str {
    text.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

/// File names that are not free any more.
#[derive(Debug, Default)]
pub struct Names {
    /// The highest number after each beginning: `posts` of `posts-3.json`. Lower case.
    highest: HashMap<String, usize>,
    /// Whole names. Lower case.
    taken: HashSet<String>,
    /// How many alternatives to a beginning are known to be taken.
    tried: HashMap<String, usize>,
}

impl Names {
    /// Returns the names in use, given the paths of the export's files.
    pub fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        for path in paths {
            names.take(&names::stem(path));
        }
        names
    }

    fn take(&mut self, stem: &str) {
        self.taken.insert(stem.to_owned());
        if let Some((start, number)) = stem.rsplit_once('-')
            && let Ok(number) = number.parse::<usize>()
        {
            let highest = self.highest.entry(start.to_owned()).or_default();
            *highest = number.max(*highest);
        }
    }

    /// Returns a name like `stem` that nothing has.
    fn single(&mut self, stem: &str) -> String {
        let free = self.first_free(stem, |names, name| !names.taken.contains(name));
        self.take(&free);
        free
    }

    /// Returns a beginning like `stem` after which all numbers from `first` on are free.
    fn counted(&mut self, stem: &str, first: usize) -> String {
        let free = self.first_free(stem, |names, name| {
            names.highest.get(name).is_none_or(|highest| *highest < first)
        });
        self.highest.insert(free.clone(), usize::MAX);
        free
    }

    /// What was once found taken is not tried again, so that many alike cost no more than others.
    fn first_free(&mut self, stem: &str, is_free: impl Fn(&Self, &str) -> bool) -> String {
        let plain = plain(stem);
        let mut tried = self.tried.get(&plain).copied().unwrap_or(0);
        loop {
            let name = match tried {
                0 => plain.clone(),
                1 => format!("{plain}-more"),
                more => format!("{plain}-more{more}"),
            };
            if is_free(self, &name) {
                self.tried.insert(plain, tried);
                return name;
            }
            tried += 1;
        }
    }
}

/// Returns how to save the answers to `request`.
pub fn answers(request: &Request, api: &Api, names: &mut Names) -> Save {
    match request.paging {
        Paging::Once => {
            let file = format!("{}.json", names.single(&request.stem));
            let addresses = api.addresses(&request.route).to_vec();
            let command = format!("curl -fsSL -o {} {}", quoted(&file), quoted(&addresses[0]));
            Save { file, addresses, paged: false, command, home: api.home.clone() }
        }
        Paging::From(first) => {
            let stem = names.counted(&request.stem, first);
            let numbered = |number: &str| request.route.clone().with("page", number);
            let [begun, _] = api.addresses(&numbered(""));
            Save {
                file: format!("{stem}-{first}.json"),
                addresses: api.addresses(&numbered(&first.to_string())).to_vec(),
                paged: true,
                command: paging_loop(&stem, &begun, first),
                home: api.home.clone(),
            }
        }
    }
}

/// Returns how to save a file of the media library, if its address is one.
pub fn media_file(media: &MediaFile, api: &Api) -> Option<Save> {
    let file = match media.path.strip_prefix('/') {
        Some(path) => names::safe_path(path).into_owned(),
        None => format!("uploads/{}", names::safe_path(&media.path)),
    };
    let address = api::checked(&media.address)?.to_string();
    let (to, from) = (quoted(&file), quoted(&address));
    let command = format!("curl -fsSL --create-dirs -o {to} {from}");
    let home = api.home.clone();
    Some(Save { file, addresses: vec![address], paged: false, command, home })
}

/// Some collections end with an error, others with an empty list. A host where WordPress is gone may
/// answer everything with a web page, so only what begins as a list of records does leads on; there
/// may be a mark of UTF-8 or a line's end before it.
fn paging_loop(stem: &str, begun: &str, first: usize) -> String {
    let file = format!("{}\"$page\".json", quoted(&format!("{stem}-")));
    let address = format!("{}\"$page\"", quoted(begun));
    format!(
        "page={first}\n\
         while curl -fsSL -o {file} {address} &&\n\
         \x20   head -c 9 {file} | grep -qF '[{{'; do page=$((page + 1)); done"
    )
}

/// Returns `text` as a word of the shell that means nothing but itself.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns `stem` with nothing in it but what any name may hold.
fn plain(stem: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let plain = stem.to_ascii_lowercase().replace(|letter| !is_plain(letter), "-");
    match plain.trim_matches('-') {
        "" => "records".to_owned(),
        plain => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::api::{Permalinks, Route, Source};

    fn plain_api() -> Api {
        Api {
            home: "https://news.example".into(),
            source: Source::Export,
            permalinks: Permalinks::Plain,
        }
    }

    #[track_caller]
    fn check(stem: &str, paging: Paging, taken: &[&str], expected: &str) {
        let mut names = Names::of(taken.iter().copied());
        let request = Request { route: Route::collection("posts"), paging, stem: stem.into() };
        assert_eq!(answers(&request, &plain_api(), &mut names).file, expected);
    }

    #[test]
    fn names_do_not_collide_with_those_of_the_export() {
        check("media-7", Paging::Once, &[], "media-7.json");
        check("media-7", Paging::Once, &["export/Media-7.json.gz"], "media-7-more.json");
        check("index", Paging::Once, &["index.json", "a/index-more.json"], "index-more2.json");
        check("posts", Paging::From(1), &["posts-1.json"], "posts-more-1.json");
        check("posts", Paging::From(3), &["posts-1.json", "posts-2.json"], "posts-3.json");
        check(
            "posts",
            Paging::From(1),
            &["posts-1.json", "posts-more-9.json"],
            "posts-more2-1.json",
        );
        check("../a'b$(c)", Paging::Once, &[], "a-b--c.json");
    }

    #[test]
    fn one_answer_is_one_command() {
        let route = Route::record("media", 7);
        let request = Request { route, paging: Paging::Once, stem: "media-7".into() };
        let save = answers(&request, &plain_api(), &mut Names::default());
        let expected =
            "curl -fsSL -o 'media-7.json' 'https://news.example/?rest_route=/wp/v2/media/7'";
        assert_eq!(save.command, expected);
    }

    #[test]
    fn pages_are_counted_up_until_there_are_no_more() {
        let route = Route::collection("tags").with("per_page", "100");
        let request = Request { route, paging: Paging::From(2), stem: "tags".into() };
        let save = answers(&request, &plain_api(), &mut Names::default());
        let address = "https://news.example/?rest_route=/wp/v2/tags&per_page=100&page=";
        assert_eq!(save.addresses[0], format!("{address}2"));
        let expected = format!(
            "page=2\nwhile curl -fsSL -o 'tags-'\"$page\".json '{address}'\"$page\" &&\n    \
             head -c 9 'tags-'\"$page\".json | grep -qF '[{{'; do page=$((page + 1)); done"
        );
        assert_eq!(save.command, expected);
    }

    #[test]
    fn each_page_has_a_name_and_addresses() {
        let route = Route::collection("tags").with("per_page", "100");
        let request = Request { route, paging: Paging::From(2), stem: "tags".into() };
        let save = answers(&request, &plain_api(), &mut Names::default());
        assert_eq!(save.first_page(), Some(2));
        assert_eq!(save.file_of(12), "tags-12.json");
        let plain = "https://news.example/?rest_route=/wp/v2/tags&per_page=100&page=12";
        let pretty = "https://news.example/wp-json/wp/v2/tags?per_page=100&page=12";
        assert_eq!(save.addresses_of(12), [plain, pretty]);
        let request = Request { paging: Paging::Once, ..request };
        let save = answers(&request, &plain_api(), &mut Names::default());
        assert_eq!((save.first_page(), save.is_file()), (None, false));
    }

    #[test]
    fn nothing_in_an_address_is_a_command() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
        let media = |address: &str| {
            let path = "2026/06/it's; rm -rf.jpg".to_owned();
            media_file(&MediaFile { path, address: address.to_owned() }, &plain_api())
        };
        let save = media("https://news.example/it's$(id)\n.jpg").unwrap();
        let expected = r"curl -fsSL --create-dirs -o 'uploads/2026/06/it'\''s; rm -rf.jpg' 'https://news.example/it'\''s$(id).jpg'";
        assert_eq!(save.command, expected);
        assert_eq!(media("file:///etc/passwd"), None);
        let path = "/wp-content/gallery/a.jpg".to_owned();
        let address = "https://news.example/wp-content/gallery/a.jpg".to_owned();
        let save = media_file(&MediaFile { path, address }, &plain_api());
        assert_eq!(save.unwrap().file, "wp-content/gallery/a.jpg");
    }
}
