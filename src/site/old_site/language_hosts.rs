//! Hosts that had the old site in one of its languages alone, as plugins can put them.

use std::collections::BTreeMap;

use crate::model::Export;
use crate::site::old_site::addresses::host_of;
use crate::site::urls::UrlPath;

/// Hosts without `www.`, in lower case, and the path below which is here what each had: without a final
/// slash, and empty until it is known.
#[derive(Clone, Debug, Default)]
pub struct LanguageHosts(BTreeMap<String, String>);

impl LanguageHosts {
    /// Finds the hosts on which home pages of languages were, or posts that tell their language.
    pub fn of(export: &Export) -> Self {
        let own = export.site.home.as_deref().and_then(host_of);
        let homes = export.languages.iter().map(|language| &*language.home);
        let told = export.posts.iter().filter(|post| post.language.is_some());
        let hosts = homes.chain(told.map(|post| &*post.link)).filter_map(host_of);
        let hosts = hosts.filter(|host| own.as_ref().is_some_and(|own| own != host));
        Self(hosts.map(|host| (host, String::new())).collect())
    }

    /// Returns all of them.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Says below which path is here what a host had.
    pub fn place(&mut self, host: &str, home: &UrlPath) {
        if let Some(folder) = self.0.get_mut(host) {
            *folder = home.as_str().trim_end_matches('/').to_owned();
        }
    }

    /// Returns the host of an address, if it is one of these.
    pub fn host(&self, address: &str) -> Option<&str> {
        Some(self.0.get_key_value(&self.known(address)?)?.0)
    }

    /// Returns the path below which is here what the host of an address had: mostly none, which is
    /// empty.
    pub fn folder(&self, address: &str) -> &str {
        self.known(address).and_then(|host| self.0.get(&host)).map_or("", String::as_str)
    }

    /// Most sites have none of them: then no address is taken apart.
    fn known(&self, address: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let address = address.trim();
        match address.strip_prefix("//") {
            Some(_) => host_of(&format!("https:{address}")),
            None => host_of(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Language, Post};

    #[test]
    fn hosts_of_languages_are_those_of_home_pages_and_posts_that_tell() {
        let language = Language { home: "https://en.news.example/".into(), ..Language::default() };
        let post = |link: &str, language: Option<&str>| Post {
            link: link.into(),
            language: language.map(Into::into),
            ..Post::default()
        };
        let mut export = Export { languages: vec![language], ..Export::default() };
        export.posts = vec![
            post("https://www.neues.example/a/", Some("de")),
            post("https://other.example/b/", None),
        ];
        export.site.home = Some("https://news.example".to_owned());
        let mut hosts = LanguageHosts::of(&export);
        hosts.place("en.news.example", &UrlPath::from_segments(["en"]));
        let check = |address: &str, host: Option<&str>, folder: &str| {
            assert_eq!((hosts.host(address), hosts.folder(address)), (host, folder), "{address}");
        };
        check("https://EN.news.example/a/", Some("en.news.example"), "/en");
        check("//en.news.example", Some("en.news.example"), "/en");
        check("https://neues.example/", Some("neues.example"), "");
        check("https://news.example/en/", None, "");
        check("https://other.example/b/", None, "");
        check("/a/", None, "");
    }
}
