//! The site as it was: which addresses were its own, in whatever form they were written.

mod addresses;
mod first_names;
mod home;
pub mod language_hosts;
mod uploads_folders;

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::media;
use crate::model::{Attachment, Export};
use crate::site::old_site::addresses::{has_scheme, is_among, parts, path_of, without_www};
use crate::site::old_site::first_names::FILES;
use crate::site::old_site::home::first_link;
use crate::site::old_site::language_hosts::LanguageHosts;
use crate::site::old_site::uploads_folders::{Found, UploadsFolders};
use crate::site::urls::UrlPath;

pub use crate::site::old_site::addresses::host_of;
pub use crate::site::old_site::first_names::WORDPRESS_COM;
pub use crate::site::old_site::home::home_address;

/// The hosts and the path under which the old site answered.
#[derive(Clone, Debug, Default)]
pub struct OldSite {
    /// Lower case, with a port if there was one, without `www.`.
    hosts: BTreeSet<String>,
    /// Hosts that had nothing of it but files, in the same form.
    file_hosts: BTreeSet<String>,
    /// Where its files were.
    uploads: UploadsFolders,
    /// Those that had it in one of its languages alone.
    pub language_hosts: LanguageHosts,
    /// The address of its home page with a final slash, if anything tells it.
    home: Option<Url>,
    /// The path of its home page, without a final slash: empty for most.
    home_path: String,
}

/// An address of the old site, taken apart. All parts are as written, not decoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LocalAddress<'a> {
    /// Below the home page: starts with `/`, or is empty for a bare query or fragment.
    pub path: &'a str,
    /// Without its `?`.
    pub query: &'a str,
    /// Without its `#`.
    pub fragment: &'a str,
}

impl OldSite {
    /// Gathers what the export, its `attachments` and the settings say about where the site was.
    pub fn of(export: &Export, attachments: &[Attachment], more_hosts: &[String]) -> Self {
        let mut old = Self::default();
        let told = [&export.site.home, &export.site.url];
        for address in told.into_iter().flatten() {
            old.hosts.extend(host_of(address));
        }
        if let Some(home) = home_address(export, attachments) {
            let home = home.trim_end_matches('/');
            old.home_path = path_of(home).to_owned();
            old.hosts.extend(host_of(home));
            old.home = Url::parse(&format!("{home}/")).ok();
        }
        old.hosts.extend(more_hosts.iter().map(|host| without_www(&host.to_ascii_lowercase())));
        old.hosts.extend(first_link(export).and_then(host_of));
        old.hosts.extend(first_names::own(export, attachments));
        old.language_hosts = LanguageHosts::of(export);
        old.hosts.extend(old.language_hosts.all().cloned());
        old.add_file_hosts(export, attachments);
        old.add_uploads(attachments);
        old
    }

    /// The files of `garden.wordpress.com` are at `garden.files.wordpress.com`, also if the site has a
    /// domain of its own: then its first name stands in guids. Those of other sites are where
    /// attachments say.
    fn add_file_hosts(&mut self, export: &Export, attachments: &[Attachment]) {
        let guids = first_names::all(export);
        let names = self.hosts.iter().chain(&guids);
        let names = names.filter_map(|host| host.strip_suffix(WORDPRESS_COM));
        let mut file_hosts: BTreeSet<String> =
            names.map(|name| format!("{}{FILES}", name.trim_end_matches(".files"))).collect();
        let files = attachments.iter().map(|attachment| &*attachment.source_url);
        let files = files.filter(|address| media::names::path_of(address).is_some());
        let files = files.filter_map(|address| Some(parts(address)?.0.to_ascii_lowercase()));
        file_hosts.extend(files.map(|host| without_www(&host)));
        self.hosts.retain(|host| !host.ends_with(FILES));
        self.file_hosts =
            file_hosts.into_iter().filter(|host| !self.hosts.contains(host)).collect();
    }

    /// Notes where attachments have their files.
    fn add_uploads(&mut self, attachments: &[Attachment]) {
        let mut found = Found::default();
        for attachment in attachments {
            let address = &*attachment.source_url;
            match (self.local(address), parts(address)) {
                (Some(local), _) => found.add_below_home(local.path),
                (None, Some((host, path))) if is_among(host, &self.hosts) => found.add_above(path),
                (None, _) => found.add_elsewhere(),
            }
        }
        self.uploads = found.folders();
    }

    /// Returns where a file of the media library is published, by its path below the uploads folder, or
    /// from the home page on if that begins with `/`: where it was.
    pub fn file_path(&self, path: &str) -> UrlPath {
        UrlPath::of_file(self.uploads.below_home(), path)
    }

    /// Takes `address` apart if it was on this site. Relative ones are: bodies stand below it.
    pub fn local<'a>(&self, address: &'a str) -> Option<LocalAddress<'a>> {
        let address = address.trim();
        let Some((host, path)) = parts(address) else {
            let is_relative = !address.starts_with("//") && !has_scheme(address);
            return is_relative.then(|| self.below_home(address)).flatten();
        };
        is_among(host, &self.hosts).then(|| self.below_home(path)).flatten()
    }

    /// Returns the decoded path below the uploads folder of an address, if it was that of a file of
    /// this site, on whatever host.
    pub fn upload(&self, address: &str) -> Option<String> {
        let address = address.trim();
        match self.local(address) {
            Some(local) => media::names::path_of(local.path),
            None => {
                let is_file = match parts(address) {
                    Some((host, path)) => {
                        is_among(host, &self.file_hosts)
                            || is_among(host, &self.hosts) && self.uploads.is_above(path)
                    }
                    None => self.uploads.is_above(address),
                };
                is_file.then(|| media::names::path_of(address)).flatten()
            }
        }
    }

    /// Whether `address` is the home page's, in full.
    pub fn is_home(&self, address: &str) -> bool {
        let local = self.local(address).filter(|_| address.contains("://"));
        let local = local.filter(|_| self.language_hosts.host(address).is_none());
        local.is_some_and(|local| local.path.trim_matches('/').is_empty() && local.query.is_empty())
    }

    fn below_home<'a>(&self, address: &'a str) -> Option<LocalAddress<'a>> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if !path.starts_with('/') {
            // A path relative to the page it stands on: WordPress has none of those, but people
            // write `about/` and mean it from the home page, or nothing but a query.
            return Some(LocalAddress { path, query, fragment });
        }
        let below = path.strip_prefix(&*self.home_path)?;
        let is_below = below.is_empty() || below.starts_with('/');
        is_below.then_some(LocalAddress { path: below, query, fragment })
    }

    /// Returns a relative address in full, as seen from the home page: none if nothing tells where
    /// that was.
    pub fn full(&self, address: &str) -> Option<String> {
        self.home.as_ref()?.join(address).ok().map(String::from)
    }
}

/// Returns a path that is relative to the page at `page` in full: none if `address` is no such path, or
/// the page's address no whole one.
pub fn seen_from(page: &str, address: &str) -> Option<String> {
    let address = address.trim();
    let is_relative = !address.is_empty()
        && !address.starts_with(['/', '\\', '?', '#', '[', '{'])
        && !has_scheme(address);
    let full = || Url::parse(page).ok()?.join(address).ok();
    is_relative.then(full).flatten().map(String::from)
}

impl LocalAddress<'_> {
    /// Returns the decoded value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.parameters().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns the decoded query parameters.
    pub fn parameters(&self) -> impl Iterator<Item = (String, String)> {
        self.query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            // Old text often holds `&#038;` or `&amp;` once too often escaped.
            let pair = pair.trim_start_matches("#038;").trim_start_matches("amp;");
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |text: &str| {
                percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
            };
            (decode(key), decode(value))
        })
    }
}

#[cfg(test)]
mod tests;
