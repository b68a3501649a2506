//! Proves that feed readers know the entries of an old feed again.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, FixedOffset};

use crate::commands::check::addresses::{self, Ground, Target};
use crate::commands::check::answers::{Answers, Fate};
use crate::commands::check::folder::FileId;
use crate::commands::check::old_urls::Proof;
use crate::commands::check::survey::Survey;
use crate::commands::check::telling::Finding;
use crate::commands::check::xml::{self, Entry};
use crate::diagnostics::{Diagnostic, Location};

/// A page and a part of it, which is what an entry of a feed is about.
type Subject = (FileId, String);

/// The entries of all new feeds.
#[derive(Debug)]
struct NewFeeds<'s> {
    guids: HashSet<&'s str>,
    by_subject: HashMap<Subject, &'s Entry>,
    /// None where two different entries have the title.
    by_title: HashMap<&'s str, Option<&'s Entry>>,
}

/// Looks for all entries of the old feed in `file`.
///
/// # Errors
/// It cannot be read or is no feed, or a file of the site cannot be read.
pub fn prove(
    answers: &mut Answers<'_>,
    (ground, survey): (&Ground, &Survey),
    file: &Path,
) -> anyhow::Result<Proof> {
    let old = read(file)?;
    let new = NewFeeds::of(ground, survey);
    let since = oldest_of_heir(survey, &old);
    let place = Location::file(&file.display().to_string().into());
    let mut findings = Vec::new();
    let (mut kept, mut older, mut nameless) = (0, 0, 0);
    for entry in &old {
        if !entry.guid.is_empty() && new.guids.contains(&*entry.guid) {
            kept += 1;
            continue;
        }
        let fate = answers.follow(&entry.link)?;
        let told = match (new.same_as(entry, &fate), fate.trouble()) {
            (_, None) if entry.guid.is_empty() => {
                nameless += 1;
                continue;
            }
            (Some(now), _) => tell_changed(entry, now, &place),
            (None, Some(why)) => tell_lost(entry, &why, &place),
            (None, _) if is_after(entry, since) => tell_unlisted(entry, &place),
            (None, _) => {
                older += 1;
                continue;
            }
        };
        findings.push(Finding::of(told).about(&entry.guid));
    }
    let mut summary =
        format!("{kept} of {} entries of the old feed are the same in the new", old.len());
    if older > 0 {
        summary.push_str(&format!(
            "; {older} are older than what a new feed holds, and have their page"
        ));
    }
    if nameless > 0 {
        summary.push_str(&format!("; {nameless} have no id in that kind of feed, but their page"));
    }
    Ok(Proof { findings, summary: summary + "." })
}

fn read(file: &Path) -> anyhow::Result<Vec<Entry>> {
    let shown = file.display();
    let text = fs::read(file).with_context(|| format!("cannot read {shown}"))?;
    let text = String::from_utf8_lossy(&text);
    ensure!(xml::is_listing(&text), "{shown} is no feed; save what the old site's /feed/ shows");
    let contents = xml::read(&text);
    if let Some((trouble, _)) = contents.trouble {
        anyhow::bail!("cannot read {shown}: {trouble}; save the old feed again, as it is");
    }
    ensure!(!contents.entries.is_empty(), "no entry is in {shown}; save the old site's /feed/");
    Ok(contents.entries)
}

impl<'s> NewFeeds<'s> {
    fn of(ground: &Ground, survey: &'s Survey) -> Self {
        let mut new =
            Self { guids: HashSet::new(), by_subject: HashMap::new(), by_title: HashMap::new() };
        for entry in survey.feeds.iter().flat_map(|(_, entries)| entries) {
            new.guids.insert(&entry.guid);
            let parts = addresses::parts(&entry.link);
            if let Target::File(page) = ground.target("/", parts.address)
                && let Some(Target::File(page)) = survey.end_of(page)
            {
                let part = parts.fragment.unwrap_or_default().to_owned();
                new.by_subject.entry((page, part)).or_insert(entry);
            }
            let title = new.by_title.entry(entry.title.trim()).or_insert(Some(entry));
            if title.is_some_and(|other| other.guid != entry.guid) {
                *title = None;
            }
        }
        new
    }

    /// Returns what an old entry has become, by its page or, if that is not known, by its title.
    fn same_as(&self, old: &Entry, fate: &Fate) -> Option<&'s Entry> {
        if let Fate::File(page) = fate {
            let part = addresses::parts(&old.link).fragment.unwrap_or_default().to_owned();
            if let Some(entry) = self.by_subject.get(&(*page, part)) {
                return Some(entry);
            }
        }
        let title = old.title.trim();
        let found = *self.by_title.get(title).filter(|_| !title.is_empty())?;
        found.filter(|_| fate.trouble().is_some())
    }
}

/// Returns the date of the oldest entry in the new feed that has most of the old one's entries: that
/// feed has its place now.
fn oldest_of_heir(survey: &Survey, old: &[Entry]) -> Option<DateTime<FixedOffset>> {
    let guids: HashSet<&str> = old.iter().map(|entry| &*entry.guid).collect();
    let shared = |entries: &[Entry]| entries.iter().filter(|it| guids.contains(&*it.guid)).count();
    let feeds = survey.feeds.iter().map(|(_, entries)| (shared(entries), entries));
    // Of those with as many, the first counts.
    let best = feeds.rev().max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0)?;
    best.1.iter().filter_map(|entry| date(&entry.date)).min()
}

fn is_after(entry: &Entry, since: Option<DateTime<FixedOffset>>) -> bool {
    let (Some(date), Some(since)) = (date(&entry.date), since) else { return false };
    date > since
}

fn date(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    DateTime::parse_from_rfc2822(text).or_else(|_| DateTime::parse_from_rfc3339(text)).ok()
}

/// Returns what an entry is called in messages.
fn name(entry: &Entry) -> String {
    match entry.title.trim() {
        "" => format!("`{}`", entry.link),
        title => format!("“{title}”"),
    }
}

fn tell_changed(old: &Entry, now: &Entry, place: &Location) -> Diagnostic {
    let name = name(old);
    let message = format!(
        "the id of {name} was `{}` and is `{}` now: feed readers show it as new",
        old.guid, now.guid
    );
    Diagnostic::error("changed-guid", message, place.clone())
        .with_help("save the post again, with its `guid`, and build the site from that")
}

fn tell_lost(old: &Entry, why: &str, place: &Location) -> Diagnostic {
    let message = format!("{}, at `{}`, is not on the new site: {why}", name(old), old.link);
    Diagnostic::error("lost-entry", message, place.clone())
        .with_help("if readers could see it, add it to the export")
}

fn tell_unlisted(old: &Entry, place: &Location) -> Diagnostic {
    let message = format!("{}, at `{}`, has its page, but is in no new feed", name(old), old.link);
    Diagnostic::error("unlisted-entry", message, place.clone()).with_help(
        "it is newer than others that are: save the post again, with its date and its type",
    )
}
