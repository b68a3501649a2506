//! Where a site is published: the repository, and the address readers will see.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use url::{Host, Url};

use crate::commands::publish::git::{self, Setting};

/// Settings of a user's repository about how to reach a host and who they are. All others are
/// about files and commits, which are ours.
const CARRIED: [&str; 8] =
    ["credential.", "http.", "https.", "protocol.", "ssh.", "url.", "user.", "core.sshcommand"];

/// Settings of a remote about how to reach it.
const CARRIED_OF_REMOTE: [&str; 5] =
    ["proxy", "proxyauthmethod", "receivepack", "uploadpack", "serveroption"];

/// A repository to publish to.
#[derive(Debug, Eq, PartialEq)]
pub struct Target {
    /// As git takes it.
    address: String,
    /// Where a relative address starts.
    pub place: PathBuf,
    /// What git needs to know to reach it.
    pub settings: Vec<Setting>,
}

impl Target {
    /// Finds what the user means by `told`: the name of a remote of the repository they stand in,
    /// a folder, or an address.
    ///
    /// # Errors
    /// Git is missing, or there is no such repository.
    pub fn find(told: Option<&str>, remote_name: &str) -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("cannot tell the folder you are in")?;
        let top = top_folder()?;
        let local = if top.is_some() { settings(&["--local", "--includes"])? } else { Vec::new() };
        let mut carried: Vec<Setting> =
            local.iter().filter(|(key, _)| is_carried(key)).cloned().collect();
        let name = told.unwrap_or("origin");
        let (address, place) = match (address_of_remote(&local, name), told, top) {
            (Some(address), _, Some(top)) => {
                carried.extend(of_remote(&local, name, remote_name));
                (address, top)
            }
            (_, Some(told), _) => (told.to_owned(), here),
            (_, None, Some(top)) => bail!(
                "the repository in {} has no remote called `origin`; name the one to publish to \
                 with --repository",
                top.display()
            ),
            (_, None, None) => bail!(
                "you are in no git repository, so it is not clear where to publish; name the \
                 repository with --repository, such as https://github.com/name/news.git"
            ),
        };
        ensure!(!address.starts_with('-'), "`{address}` is no address of a repository");
        carried.push((format!("remote.{remote_name}.url"), address.clone()));
        Ok(Self { address, place, settings: carried })
    }

    /// Returns the address without what signs in.
    pub fn shown(&self) -> String {
        match self.secret() {
            Some(secret) => self.address.replacen(&format!("{secret}@"), "", 1),
            None => self.address.clone(),
        }
    }

    /// Returns the part of the address that signs in: a name and a password, or a token.
    pub fn secret(&self) -> Option<String> {
        let (scheme, rest) = self.address.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        let (secret, _) = host.rsplit_once('@')?;
        // Over SSH it is a name that everybody knows, unless there is a password.
        (scheme != "ssh" || secret.contains(':')).then(|| secret.to_owned())
    }

    /// Returns the owner and the name of the repository, if it is on GitHub.
    pub fn github(&self) -> Option<(String, String)> {
        let lower = self.address.to_ascii_lowercase();
        let at = ["github.com/", "github.com:"].iter().find_map(|host| {
            let at = lower.find(host)?;
            let is_host = at == 0 || matches!(lower.as_bytes()[at - 1], b'/' | b'@');
            is_host.then_some(at + host.len())
        })?;
        let path = lower[at..].trim_matches('/');
        let (owner, name) = path.strip_suffix(".git").unwrap_or(path).split_once('/')?;
        (!owner.is_empty() && !name.contains('/')).then(|| (owner.to_owned(), name.to_owned()))
    }

    /// Returns the address, without its scheme, at which GitHub shows the site if it has no domain
    /// of its own.
    pub fn github_address(&self) -> Option<String> {
        let (owner, name) = self.github()?;
        let host = format!("{owner}.github.io");
        Some(if name == host { format!("{host}/") } else { format!("{host}/{name}/") })
    }
}

/// Returns `name`, as a host of the kind that a file `CNAME` holds.
///
/// # Errors
/// It is none.
pub fn domain(name: &str) -> anyhow::Result<String> {
    let host = Host::parse(name.trim().trim_end_matches('.'));
    match host {
        Ok(Host::Domain(domain)) if domain.contains('.') => Ok(domain),
        _ => {
            bail!("`{name}` is no domain; write it like news.example, without https:// or slashes")
        }
    }
}

/// Returns whether a site built for `address` works at `expected`, which has no scheme.
pub fn is_at(address: &str, expected: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let built =
        format!("{}{}/", url.host_str().unwrap_or_default(), url.path().trim_end_matches('/'));
    let plain = |address: &str| address.strip_prefix("www.").unwrap_or(address).to_lowercase();
    plain(&built) == plain(expected)
}

/// Returns the top of the repository the user is in.
fn top_folder() -> anyhow::Result<Option<PathBuf>> {
    let mut command = git::plain_command();
    let output = command.args(["rev-parse", "--show-toplevel"]).output();
    let output = output.map_err(|error| git::missing(&error))?;
    let top = String::from_utf8_lossy(&output.stdout);
    let top = top.trim_end_matches(['\r', '\n']);
    // In a bare repository there is no work tree: relative addresses start where the user is.
    let is_inside = output.status.success() && !top.is_empty();
    Ok(is_inside.then(|| Path::new(top).to_owned()))
}

/// Returns the settings of the repository the user is in.
fn settings(scope: &[&str]) -> anyhow::Result<Vec<Setting>> {
    let mut command = git::plain_command();
    let output = command.args(["config", "--list", "-z"]).args(scope).output();
    let output = output.map_err(|error| git::missing(&error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.split('\0').filter(|line| !line.is_empty());
    let pair = |line: &str| match line.split_once('\n') {
        Some((key, value)) => (key.to_owned(), value.to_owned()),
        // A name alone means yes.
        None => (line.to_owned(), "true".to_owned()),
    };
    Ok(lines.map(pair).collect())
}

fn is_carried(key: &str) -> bool {
    CARRIED.iter().any(|start| key.starts_with(start))
}

/// Returns the address that `git push` would take for a remote.
fn address_of_remote(settings: &[Setting], name: &str) -> Option<String> {
    let get = |part: &str| {
        let key = format!("remote.{name}.{part}");
        settings.iter().find(|(other, _)| *other == key).map(|(_, value)| value.clone())
    };
    get("pushurl").or_else(|| get("url"))
}

/// Returns how to reach the remote `name`, as settings of one called `new_name`.
fn of_remote(settings: &[Setting], name: &str, new_name: &str) -> Vec<Setting> {
    let renamed = settings.iter().filter_map(|(key, value)| {
        let part = key.strip_prefix(&format!("remote.{name}."))?;
        let is_carried = CARRIED_OF_REMOTE.contains(&part);
        is_carried.then(|| (format!("remote.{new_name}.{part}"), value.clone()))
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(address: &str) -> Target {
        Target { address: address.to_owned(), place: PathBuf::new(), settings: Vec::new() }
    }

    #[test]
    fn an_address_is_shown_without_what_signs_in() {
        for (address, shown) in [
            ("https://ann:s3cret@h.example/x.git", "https://h.example/x.git"),
            ("https://ghp_token@github.com/a/b", "https://github.com/a/b"),
            ("https://h.example/a@b.git", "https://h.example/a@b.git"),
            ("ssh://git@h.example/x.git", "ssh://git@h.example/x.git"),
            ("git@github.com:a/b.git", "git@github.com:a/b.git"),
            ("../x.git", "../x.git"),
        ] {
            assert_eq!(target(address).shown(), shown);
        }
    }

    #[test]
    fn the_address_of_a_github_page_is_known_from_its_repository() {
        for (address, page) in [
            ("https://github.com/Name/News.git", Some("name.github.io/news/")),
            ("https://t0ken@github.com/name/news/", Some("name.github.io/news/")),
            ("git@github.com:name/name.github.io.git", Some("name.github.io/")),
            ("ssh://git@github.com/name/news", Some("name.github.io/news/")),
            ("https://notgithub.com/name/news", None),
            ("https://codeberg.org/name/news", None),
        ] {
            assert_eq!(target(address).github_address().as_deref(), page, "{address}");
        }
    }

    #[test]
    fn a_site_works_only_where_it_was_built_for() {
        assert!(is_at("https://name.github.io/news/", "name.github.io/news/"));
        assert!(is_at("http://www.news.example/", "news.example/"));
        assert!(!is_at("https://old.example/", "name.github.io/news/"));
        assert!(!is_at("https://name.github.io/", "name.github.io/news/"));
    }

    #[test]
    fn a_domain_has_no_scheme_and_no_path() {
        assert_eq!(domain("News.Example").unwrap(), "news.example");
        assert_eq!(domain("bücher.example").unwrap(), "xn--bcher-kva.example");
        for wrong in ["https://news.example", "news.example/x", "localhost", "127.0.0.1", ""] {
            assert!(domain(wrong).is_err(), "{wrong}");
        }
    }
}
