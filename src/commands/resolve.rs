//! `resolve`: where old addresses lead on the new site, and why.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, ensure};

use crate::commands::Outcome;
use crate::commands::build::SiteArgs;
use crate::content;
use crate::diagnostics::Report;
use crate::export;
use crate::media::{self, Library};
use crate::model::{Post, PostId, Status};
use crate::site::archives::ArchiveKind;
use crate::site::links::Resolution;
use crate::site::old_site::OldSite;
use crate::site::urls::UrlPath;
use crate::site::visibility::{Visibility, visibility};
use crate::site::{self, Rules, Site};

/// What `resolve` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An old address, such as '/?p=12' (in quotation marks); or @FILE for all in a file: one a
    /// line, a saved sitemap, or a server's log
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// What the site is made from
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Runs `resolve`. An address that leads nowhere makes it [`Outcome::Wanting`].
///
/// # Errors
/// The export, the settings or the file of addresses cannot be read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let addresses = match args.address.strip_prefix('@') {
        Some(file) => read_addresses(Path::new(file))?,
        None => vec![args.address.clone()],
    };
    let map = Map::read(&args.site)?;
    let mut out = io::stdout().lock();
    let mut lost = 0;
    for address in &addresses {
        let answer = map.answer(address);
        lost += usize::from(answer.is_err());
        let told = answer.unwrap_or_else(|why| format!("nothing answers: {why}"));
        if let Err(error) = writeln!(out, "{address}\n  {told}") {
            // Somebody has read enough of it, such as `head`.
            ensure!(error.kind() == io::ErrorKind::BrokenPipe, error);
            return Ok(Outcome::Good);
        }
    }
    if addresses.len() > 1 {
        eprintln!("{} of {} addresses are answered.", addresses.len() - lost, addresses.len());
    }
    Ok(if lost > 0 { Outcome::Wanting } else { Outcome::Good })
}

fn read_addresses(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let addresses = addresses(&String::from_utf8_lossy(&text));
    ensure!(!addresses.is_empty(), "there is no address in {}", file.display());
    Ok(addresses)
}

/// Returns the addresses in a text, each once: those of a sitemap, those a server's log says were
/// asked for, or else its lines.
fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if text.contains("<loc>") {
        let parts = text.split("<loc>").skip(1).filter_map(|part| part.split_once("</loc>"));
        found.extend(parts.map(|(address, _)| content::plain_text(address.trim())));
    } else {
        let asked = |line: &str| {
            let (_, rest) = ["\"GET ", "\"HEAD "].iter().find_map(|verb| line.split_once(verb))?;
            Some(rest.split(' ').next().unwrap_or_default().to_owned())
        };
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        found.extend(lines().filter_map(asked));
        if found.is_empty() {
            found.extend(lines().map(ToOwned::to_owned));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|address| seen.insert(address.clone()));
    found
}

/// A site, to be asked for addresses.
struct Map {
    site: Site,
    library: Library,
    old: OldSite,
    rules: SiteArgs,
    /// What stands at a path.
    names: HashMap<String, String>,
}

impl Map {
    fn read(args: &SiteArgs) -> anyhow::Result<Self> {
        let mut report = Report::default();
        let config = args.config(Path::new(""))?;
        let rules = Rules::new(&config.settings)?;
        let mut export = report.collect(export::read(&config.exports)?);
        let attachments = std::mem::take(&mut export.attachments);
        let library =
            report.collect(media::localize(attachments, &export.uploads, &config.settings));
        let old = OldSite::of(&export, &config.settings.old_hosts);
        let site = report.collect(site::build(export, &library, &config, &rules));
        Ok(Self { names: names(&site), site, library, old, rules: args.clone() })
    }

    /// Says where an address leads, or why nothing answers to it.
    fn answer(&self, address: &str) -> Result<String, String> {
        let (resolution, fragment) = self.site.links.resolve(address);
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        let href = |path: &UrlPath| self.site.info.base.href(path);
        match resolution {
            Resolution::Page(path) => {
                let name = self.name(path.as_str());
                Ok(format!("{}{fragment}  ({name})", href(&path)))
            }
            Resolution::Attachment(id) => self.attachment(id),
            Resolution::Upload(path) => match self.library.file(&path) {
                Some(_) => Ok(format!("/wp-content/uploads/{path}  (a file, if a page uses it)")),
                None => Err("the export does not have the file".to_owned()),
            },
            Resolution::Search => {
                let search = href(&UrlPath::from_segments(["search"]));
                Ok(format!("{search}  (the page for searching)"))
            }
            Resolution::Moved(address) => Ok(format!("{address}  (as stillpress.toml says)")),
            Resolution::Elsewhere => Err("it is another site's".to_owned()),
            Resolution::Lost => Err(self.reason(address)),
        }
    }

    /// An attachment is as public as the post it belongs to.
    fn attachment(&self, id: PostId) -> Result<String, String> {
        let attachment = self.library.attachment(id).ok_or("the export does not have it")?;
        if let Some(parent) = attachment.parent {
            self.answer(&format!("/?p={}", parent.0))
                .map_err(|why| format!("it belongs to a post that is not here: {why}"))?;
        }
        Ok(format!("the file of attachment {}, or the post it belongs to", id.0))
    }

    /// Returns what stands at a path, or at the page it is a part of.
    fn name(&self, path: &str) -> String {
        if let Some(name) = self.names.get(path) {
            return name.clone();
        }
        let above = path.trim_end_matches('/').rsplit_once('/').map_or("/", |(above, _)| above);
        match self.names.get(&format!("{above}/")) {
            Some(name) => format!("part of {name}"),
            None => {
                let above = above.strip_suffix("/page").unwrap_or(above);
                let name = self.names.get(&format!("{above}/"));
                name.map_or_else(|| "a page".to_owned(), |name| format!("part of {name}"))
            }
        }
    }

    /// Says why an address leads nowhere.
    fn reason(&self, address: &str) -> String {
        let asked = self.old.local(address).and_then(|local| {
            let ids = local
                .parameters()
                .filter(|(name, _)| matches!(name.as_str(), "p" | "page_id" | "attachment_id"));
            ids.filter_map(|(_, id)| id.parse().ok()).next()
        });
        let hidden =
            asked.and_then(|id| self.site.export.posts.iter().find(|post| post.id == PostId(id)));
        match hidden {
            Some(post) => self.hidden(post),
            None => "the export does not have it".to_owned(),
        }
    }

    fn hidden(&self, post: &Post) -> String {
        let preview =
            crate::config::Preview { drafts: self.rules.drafts, future: self.rules.future };
        let why = match visibility(&self.site.export, post, preview) {
            Visibility::Protected => "asks for a password",
            Visibility::Hidden(Status::Draft) => "is a draft",
            Visibility::Hidden(Status::Future) => "is scheduled",
            Visibility::Hidden(Status::Private) => "is private",
            Visibility::Hidden(_) => "was deleted",
            Visibility::WithoutPage => "is of a type without pages",
            Visibility::Shown => "has no page",
        };
        format!("post {} {why}", post.id.0)
    }
}

fn names(site: &Site) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for archive in &site.archives {
        let name = match &archive.kind {
            ArchiveKind::Home => "the list of posts".to_owned(),
            ArchiveKind::Term(term) => format!("the posts of {} “{}”", term.taxonomy, term.name),
            ArchiveKind::Author(author) => format!("the posts of author “{}”", author.name),
            ArchiveKind::Year(year) => format!("the posts of {year}"),
            ArchiveKind::Month(year, month) => format!("the posts of {year}-{month:02}"),
            ArchiveKind::Day(year, month, day) => {
                format!("the posts of {year}-{month:02}-{day:02}")
            }
            ArchiveKind::Format(format) => format!("the posts of format {format}"),
            ArchiveKind::Type(name, _) => format!("the posts of type {name}"),
        };
        if let Some(feed) = &archive.feed {
            names.insert(feed.as_str().to_owned(), format!("the feed of {name}"));
        }
        names.insert(archive.path.as_str().to_owned(), name);
    }
    for entry in &site.entries {
        let post = &site.export.posts[entry.record];
        let title = content::plain_text(&post.title);
        let name = match title.trim() {
            "" => format!("{} {}", post.post_type, post.id.0),
            title => format!("{} {} “{title}”", post.post_type, post.id.0),
        };
        names.insert(entry.path.as_str().to_owned(), name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_lists_sitemaps_and_logs() {
        assert_eq!(addresses("/?p=1\n\n /about/ \n/?p=1\n"), ["/?p=1", "/about/"]);
        let sitemap = "<urlset><url><loc>https://a.example/?p=1&amp;b</loc></url><url><loc> /x/ </loc></url></urlset>";
        assert_eq!(addresses(sitemap), ["https://a.example/?p=1&b", "/x/"]);
        let log = "192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /?p=12 HTTP/1.1\" 200 5 \"-\" \"x\"\n\
            192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"POST /wp-login.php HTTP/1.1\" 200 5\n";
        assert_eq!(addresses(log), ["/?p=12"]);
    }
}
