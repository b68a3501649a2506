//! What archives hold of an export, as if each had been unpacked where it lies.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::archives::{self, Form, Listing, Refusal};
use crate::export::files::{self, Found, Kind, Source};
use crate::export::uploads;
use crate::model::SiteFile;
use crate::names::MANIFEST;
use crate::stored::StoredFile;

/// An archive that is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lying<'a> {
    pub(super) path: &'a Path,
    pub(super) form: Form,
    /// The folder of the export that it was found in. None if the user named it.
    pub(super) folder: Option<&'a Path>,
}

/// The settings of a site, which are read from files of their own alone.
const SETTINGS: &str = "stillpress.toml";

/// Adds what is in an archive.
pub(super) fn add(found: &mut Found, lying: Lying<'_>) -> anyhow::Result<()> {
    let location = Location::file(&files::shown(lying.path).into());
    let listed = archives::list(lying.path, lying.form);
    let Listing { files, refused, damage } =
        listed.with_context(|| format!("cannot read {}", files::shown(lying.path)))?;
    let before = found.told.len();
    found.told.extend(damage.map(|damage| tell_damaged(&damage, location.clone())));
    found.told.extend(refused.iter().map(|(why, names)| tell_refused(*why, names, &location)));
    let files = placed(files, lying);
    if files.iter().any(|(name, _)| name == SETTINGS) {
        found.told.push(tell_settings(location.clone()));
    }
    let is_of_use = add_files(found, &files, lying);
    if !is_of_use && found.told.len() == before {
        let (message, help) = nothing_of_use(&files);
        found.told.push(Diagnostic::warning("unread-archive", message, location).with_help(help));
    }
    Ok(())
}

/// Says what an archive holds of which nothing is of an export, and what to do about it.
fn nothing_of_use(files: &[(String, StoredFile)]) -> (String, &'static str) {
    let message = "an archive is not read: nothing in it is of an export";
    match files.first() {
        None => (format!("{message}, it is empty"), "if it should hold something, get it again"),
        Some((name, _)) => (
            format!("{message}; it holds {}, such as `{name}`", counted(files.len())),
            "take it out of the export if it does not belong there; an export holds XML files or \
             answers in JSON, or pictures in folders of years",
        ),
    }
}

fn counted(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

/// Returns the files of an archive by where they would be: what lies in a folder of the export is
/// unpacked beside it, what the user named is the folder itself.
fn placed(files: BTreeMap<String, StoredFile>, lying: Lying<'_>) -> Vec<(String, StoredFile)> {
    let stem = stem(lying.path);
    let is_named_as_folder = uploads::is_uploads(&stem) || stem == uploads::CONTENT;
    let is_in = |folder: &str| files.keys().any(|name| is_below(name, folder));
    if is_named_as_folder && !is_in(&stem) {
        return files.into_iter().map(|(name, file)| (format!("{stem}/{name}"), file)).collect();
    }
    let around = wrapping(&files).filter(|_| lying.folder.is_none()).map(str::to_owned);
    let without = |name: String| match &around {
        Some(around) => name.get(around.len() + 1..).unwrap_or_default().to_owned(),
        None => name,
    };
    files.into_iter().map(|(name, file)| (without(name), file)).collect()
}

/// Returns the folder that all of an archive is in, if that has no meaning of its own.
fn wrapping(files: &BTreeMap<String, StoredFile>) -> Option<&str> {
    let (top, _) = files.keys().next()?.split_once('/')?;
    let means = uploads::is_uploads(top) || top == uploads::CONTENT || uploads::names_year(top);
    (!means && files.keys().all(|name| is_below(name, top))).then_some(top)
}

/// Adds files by where they would be. Returns whether one of them is of use.
fn add_files(found: &mut Found, files: &[(String, StoredFile)], lying: Lying<'_>) -> bool {
    let mut tree = Tree::new(files.iter().map(|(name, _)| &**name));
    let beside = match lying.folder {
        Some(folder) => lying.path.strip_prefix(folder).unwrap_or(lying.path).parent(),
        None => None,
    };
    let beside = beside.unwrap_or(Path::new(""));
    let mut is_of_use = false;
    for (name, file) in files {
        match tree.place(name) {
            Place::Nowhere => continue,
            Place::Uploads(path) => {
                is_of_use = true;
                found.uploads.packed.push(SiteFile { path, file: file.clone() });
            }
            Place::Beside => {
                if is_unpacked(name, lying) {
                    is_of_use = true;
                    continue;
                }
                let inner = beside.join(name);
                let media = uploads::site_path(Path::new(""), &inner);
                is_of_use |= media.is_some();
                let media = media.map(|path| SiteFile { path, file: file.clone() });
                found.uploads.others.extend(media);
                let Some(kind) = files::kind_of(&inner, file) else { continue };
                is_of_use |= kind != Kind::Text || files::is_json(file);
                found.sources.push(Source::by_folder(file.clone(), &inner, kind));
            }
        }
    }
    is_of_use
}

/// Returns whether a file lies unpacked beside its archive: then that one is the user's, who may have
/// changed it.
fn is_unpacked(name: &str, lying: Lying<'_>) -> bool {
    let Some(folder) = lying.folder.and(lying.path.parent()) else { return false };
    folder.join(name).is_file() || folder.join(stem(lying.path)).join(name).is_file()
}

/// Returns the name of an archive without what says that it is one.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lower = name.to_ascii_lowercase();
    let endings = [".zip", ".tar", ".tar.gz", ".tgz"];
    let ending = endings.iter().find(|ending| lower.ends_with(**ending));
    name[..name.len() - ending.map_or(0, |ending| ending.len())].to_owned()
}

fn is_below(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The folders in an archive that have a meaning.
struct Tree<'a> {
    /// In order, so that those in a folder are together.
    names: Vec<&'a str>,
    /// Those of years, which hold media.
    years: HashSet<&'a str>,
    /// Those of sites that were built.
    sites: HashSet<&'a str>,
    /// Of each that is called `uploads` the one in it that holds the media.
    innermost: HashMap<&'a str, String>,
}

/// Where a file would be.
enum Place {
    /// In a folder of media, by the path below that.
    Uploads(String),
    /// Among all others.
    Beside,
    /// Where nothing is looked for.
    Nowhere,
}

impl<'a> Tree<'a> {
    fn new(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.collect();
        let years = names.iter().filter_map(|name| year(name)).collect();
        let sites = names.iter().filter_map(|name| name.strip_suffix(MANIFEST)?.strip_suffix('/'));
        Self { years, sites: sites.collect(), innermost: HashMap::new(), names }
    }

    fn place(&mut self, name: &'a str) -> Place {
        let (folders, last) = name.rsplit_once('/').unwrap_or(("", name));
        let ends = folders.match_indices('/').map(|(end, _)| end);
        let mut start = 0;
        for end in ends.chain((!folders.is_empty()).then_some(folders.len())) {
            let (folder, own) = (&name[..end], &name[start..end]);
            if uploads::is_uploads(own) {
                let root = self.innermost(folder).len();
                let is_hidden = last.starts_with('.') || name.len() <= root;
                return if is_hidden { Place::Nowhere } else { uploaded(name, root + 1) };
            }
            if self.years.contains(folder) {
                return if last.starts_with('.') { Place::Nowhere } else { uploaded(name, start) };
            }
            if own.starts_with('.') || own == "node_modules" || self.sites.contains(folder) {
                return Place::Nowhere;
            }
            start = end + 1;
        }
        if last.starts_with('.') { Place::Nowhere } else { Place::Beside }
    }

    /// An `uploads` that holds nothing but an `uploads` came so out of an archive.
    fn innermost(&mut self, folder: &'a str) -> &str {
        let names = &self.names;
        self.innermost.entry(folder).or_insert_with(|| {
            let mut root = folder.to_owned();
            loop {
                let start = format!("{root}/");
                let first = names.partition_point(|name| **name < *start);
                let below = names[first..].iter().map_while(|name| name.strip_prefix(&*start));
                let mut tops = below.filter(|name| !name.starts_with('.')).map(|name| {
                    name.split_once('/').map(|(top, _)| top).filter(|top| uploads::is_uploads(top))
                });
                let Some(Some(first)) = tops.next() else { return root };
                if !tops.all(|top| top == Some(first)) {
                    return root;
                }
                root = format!("{root}/{first}");
            }
        })
    }
}

fn uploaded(name: &str, start: usize) -> Place {
    Place::Uploads(name[start..].to_owned())
}

/// Returns the folder of a year that a file shows to be one: a picture or a recording in a folder of
/// a month.
fn year(name: &str) -> Option<&str> {
    let (month, file) = name.rsplit_once('/')?;
    let (year, month) = month.rsplit_once('/')?;
    let own = year.rsplit('/').next().unwrap_or(year);
    let is_media = uploads::names_media(file) && !file.starts_with('.');
    (is_media && uploads::names_month(month) && uploads::names_year(own)).then_some(year)
}

fn tell_damaged(damage: &str, location: Location) -> Diagnostic {
    let message = format!("not all of an archive can be read: {damage}");
    let help = "get it again, or unpack it with another program and build from what comes out";
    Diagnostic::error("damaged-file", message, location).with_help(help)
}

fn tell_settings(location: Location) -> Diagnostic {
    let message = format!("`{SETTINGS}` in an archive is not read");
    let help = "take it out, and name it with `--config`";
    Diagnostic::warning("unread-packed", message, location).with_help(help)
}

/// Tells of files in an archive that are not read.
fn tell_refused(why: Refusal, names: &[String], location: &Location) -> Diagnostic {
    let unpack = "unpack the archive with another program, and build from what comes out";
    let (why, help) = match why {
        Refusal::Locked => (
            "a password is needed",
            "unpack the archive with its password, and build from what comes out",
        ),
        Refusal::Rare => ("the way of compressing is not known", unpack),
        Refusal::Swollen => (
            "over 200 times as large when unpacked, as in an archive that is made to fill a disk",
            "if you know what it is, unpack the archive with another program, and build from what \
             comes out",
        ),
        Refusal::Outside => (
            "the name leads out of the folder that it is unpacked in, or is too long",
            "if it belongs to the site, unpack it into the folder of the export",
        ),
        Refusal::Link => ("a link is no file", unpack),
        Refusal::Damaged => (
            "the archive is damaged",
            "get it again, or unpack it with another program and build from what comes out",
        ),
    };
    let first = names.first().map(String::as_str).unwrap_or_default();
    let files = match names.len() {
        1 => format!("1 file in an archive is not read, `{first}`"),
        count => format!("{count} files in an archive are not read, the first of them `{first}`"),
    };
    let message = format!("{files}: {why}");
    Diagnostic::error("unread-packed", message, location.clone()).with_help(help)
}

/// Puts sources in the order in which they would be found unpacked.
pub(super) fn sort(sources: &mut [Source]) {
    sources.sort_by_cached_key(|source| PathBuf::from(&source.inner_name));
}
