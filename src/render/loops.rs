//! The pages of query loops: WordPress shows the second of a loop at `?query-5-page=2` after the
//! address of the post it stands in, here it stands below that.

use crate::site::urls::UrlPath;

/// A page of a loop.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LoopPage {
    /// Of the loop, as in addresses: `query-5`.
    pub name: String,
    /// 2 or more.
    pub number: usize,
}

/// So many pages of a loop are made: each shows the whole text around it again.
pub const MOST: usize = 100;

impl LoopPage {
    /// Returns the path of the page of a loop that stands in the post at `post`.
    pub fn path(&self, post: &UrlPath) -> UrlPath {
        post.join(&format!("{}-page-{}", self.name, self.number))
    }

    /// Reads the address of a page as the blocks of a loop print it: that of the post before it, and
    /// which page it is.
    pub fn read(address: &str) -> Option<(&str, Self)> {
        let (post, query) = address.strip_prefix("/?p=").and_then(|rest| rest.split_once('&'))?;
        let (name, number) = query.split_once("-page=")?;
        let page = Self::new(name, number)?;
        Some((&address[.."/?p=".len() + post.len()], page))
    }

    fn new(name: &str, number: &str) -> Option<Self> {
        let id = name.strip_prefix("query")?;
        let id = id.strip_prefix('-').unwrap_or(id);
        let is_name = id.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|number| (2..=MOST).contains(number));
        number.filter(|_| is_name).map(|number| Self { name: name.to_owned(), number })
    }
}

/// Returns the pages of loops that a text links to which stands in the post at `post`.
pub fn linked(html: &str, post: &str) -> Vec<LoopPage> {
    let start = format!("href=\"{post}query");
    let starts = memchr::memmem::find_iter(html.as_bytes(), &start);
    let pages = starts.filter_map(|at| {
        let name = &html[at + start.len() - "query".len()..];
        let name = &name[..name.find(['"', '#'])?];
        let (name, number) = name.strip_suffix('/')?.split_once("-page-")?;
        LoopPage::new(name, number)
    });
    pages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, number: usize) -> LoopPage {
        LoopPage { name: name.to_owned(), number }
    }

    #[track_caller]
    fn check(address: &str, expected: Option<(&str, LoopPage)>) {
        assert_eq!(LoopPage::read(address), expected);
    }

    #[test]
    fn addresses_of_pages_are_read() {
        check("/?p=7&query-5-page=2", Some(("/?p=7", page("query-5", 2))));
        check("/?p=7&query-page=3", Some(("/?p=7", page("query", 3))));
        for address in
            ["/?p=7", "/?p=7&query-5-page=1", "/?p=7&query-x-page=2", "/a/?query-5-page=2"]
        {
            check(address, None);
        }
    }

    #[test]
    fn links_to_pages_are_found() {
        let html = "<a href=\"/a/query-5-page-2/\">2</a><a href=\"/b/query-5-page-3/\">3</a>\
                    <a href=\"/a/query-5-page-x/\">x</a><a href=\"/a/query";
        assert_eq!(linked(html, "/a/"), [page("query-5", 2)]);
        assert_eq!(page("query-5", 2).path(&UrlPath::root()).as_str(), "/query-5-page-2/");
    }
}
