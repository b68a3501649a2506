//! `explain`: what is behind a page, and which addresses lead there.

use std::io::{self, Write as _};

use crate::commands::build::SiteArgs;
use crate::commands::map::Map;
use crate::commands::report::counted;
use crate::commands::{Outcome, report};
use crate::content;
use crate::diagnostics::plain_lines;
use crate::render::theme;
use crate::site::Entry;
use crate::site::archives::{Archive, ArchiveKind};
use crate::site::links::Resolution;
use crate::site::links::known::{Answer, Known};
use crate::site::own_files::OwnFile;
use crate::site::redirects::Destination;
use crate::site::urls::UrlPath;

/// What `explain` may be told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An address of the new site or the old one, such as /2024/05/lake/ or '/?p=12' (in quotation
    /// marks), or the number of a post
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// What the site is made from
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Runs `explain`. An address that leads nowhere makes it [`Outcome::Wanting`].
///
/// # Errors
/// The export or the settings cannot be read.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let map = Map::read(&args.address, &args.site)?;
    let address = map.asked(&args.address);
    let (told, outcome) = match map.answer(&address) {
        Ok(answer) => (explain(&map, &address, &answer), Outcome::Good),
        Err(why) => (vec![address.clone(), format!("  nothing answers: {why}")], Outcome::Wanting),
    };
    let mut out = io::stdout().lock();
    report::as_far_as_read(writeln!(out, "{}", plain_lines(&told.join("\n"))))?;
    Ok(outcome)
}

/// Returns lines about what an address leads to.
fn explain(map: &Map, address: &str, answer: &str) -> Vec<String> {
    let site = &map.site;
    let Resolution::Page(path) = site.links.resolve(address).0 else {
        return vec![format!("{address}\n  {answer}")];
    };
    let mut told = vec![format!("{}", site.info.base.url(&path))];
    let is_page_of = |entry: &&Entry| {
        let mut pages = (2..=entry.pages).map(|number| entry.path.join(&number.to_string()));
        entry.path == path || pages.any(|page| page == path)
    };
    let is_list = |archive: &&Archive| {
        path == archive.path || path.as_str().starts_with(&format!("{}page/", archive.path))
    };
    let whole = if let Some(entry) = site.entries.iter().find(is_page_of) {
        told.extend(of_entry(map, entry));
        &entry.path
    } else {
        let archive = site.archives.iter().find(is_list);
        told.push(format!("  {answer}"));
        told.extend(archive.map(of_archive));
        archive.map_or(&path, |archive| &archive.path)
    };
    told.push(format!("  file of the site: {}", path.file()));
    told.extend(old_addresses(map, whole));
    told
}

fn of_entry(map: &Map, entry: &Entry) -> Vec<String> {
    let site = &map.site;
    let post = &site.export.posts[entry.record];
    let title = content::plain_text(&post.title);
    let date = entry.date.map_or_else(
        || "without a date".to_owned(),
        |date| format!("of {}", date.format("%Y-%m-%d %H:%M")),
    );
    let mut told = vec![
        format!("  {} {} “{}”, {date}", post.post_type, post.id.0, title.trim()),
        format!("  record: {}", site.export.files[post.file.0 as usize].name),
        format!("  template: {}", theme::post_template(&post.post_type)),
    ];
    if entry.pages > 1 {
        told.push(format!("  in {} pages", entry.pages));
    }
    let others = entry.translations.iter().map(|&id| site.entry(id));
    let others = others.filter(|other| other.record != entry.record);
    let others: Vec<String> =
        others.map(|other| format!("{} ({})", other.path, other.language)).collect();
    if !others.is_empty() {
        told.push(format!("  in {}; translations: {}", entry.language, others.join(", ")));
    }
    if !post.guid.is_empty() {
        told.push(format!("  known to feed readers as: {}", post.guid));
    }
    told
}

fn of_archive(archive: &Archive) -> String {
    let template = theme::archive_template(&archive.kind);
    let posts = counted(archive.count(), "post", "posts");
    format!("  lists {posts}; template: {template}")
}

/// Returns lines with the old addresses that lead to a page.
fn old_addresses(map: &Map, path: &UrlPath) -> Vec<String> {
    let site = &map.site;
    let asked = site.links.known().filter_map(|Known { question, answer }| match answer {
        Answer::Page { path: there, .. } if there == path => query(&question),
        Answer::Page { feed: Some(feed), .. } if feed == path => {
            query(&question).map(|query| format!("{query}&feed=rss2"))
        }
        _ => None,
    });
    let moved = site.redirects.iter().filter_map(|redirect| match &redirect.to {
        Destination::Page(to) if to == path => Some(redirect.from.to_string()),
        _ => None,
    });
    let home = site.archives.iter().find(|archive| matches!(archive.kind, ArchiveKind::Home));
    let is_site_s = home.is_some_and(|home| home.feed.as_ref() == Some(path));
    let feeds = [(is_site_s, "rss2"), (*path == OwnFile::CommentsFeed.path(), "comments-rss2")];
    let feeds = feeds.into_iter().filter(|(leads_here, _)| *leads_here);
    let feeds = feeds.map(|(_, name)| format!("/?feed={name}"));
    let links = site.entries.iter().filter(|entry| entry.path == *path);
    let links = links.map(|entry| site.export.posts[entry.record].link.to_string());
    let mut addresses: Vec<String> =
        asked.chain(moved).chain(feeds).chain(links.filter(|link| !link.is_empty())).collect();
    addresses.sort();
    addresses.dedup();
    if addresses.is_empty() {
        return vec!["  no old address leads here".to_owned()];
    }
    let listed = addresses.into_iter().map(|address| format!("    {address}"));
    std::iter::once("  old addresses that lead here:".to_owned()).chain(listed).collect()
}

/// Returns the query that asks a question: see [`Known::question`].
fn query(question: &str) -> Option<String> {
    let (name, value) = question.split_once(':')?;
    let name = match name {
        "path" => "pagename",
        "post" => "name",
        "category" => "category_name",
        "post_tag" => "tag",
        // Pages have no such query.
        "page" => return None,
        name => name,
    };
    Some(format!("/?{name}={value}"))
}
