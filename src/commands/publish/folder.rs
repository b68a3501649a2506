//! What is in the folder to publish, and whether a host can serve it.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::Context as _;
use walkdir::{DirEntry, WalkDir};

use crate::commands::check;
use crate::commands::host::limits::{self, LARGEST_FILE, LARGEST_SITE, megabytes};
use crate::commands::publish::branch::DOMAIN_FILE;
use crate::diagnostics::Severity;
use crate::names;
use crate::output::finished::Finished;

/// What systems put into folders without being asked.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many of many names are told.
const TOLD: usize = 5;

/// The files to publish.
#[derive(Debug)]
pub struct Contents {
    /// In the order of their paths.
    pub files: Vec<File>,
    /// What is wrong with them.
    pub concerns: Concerns,
}

/// A file to publish.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    /// In the site, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Where it is on the disk, if not at its path in the folder.
    pub elsewhere: Option<PathBuf>,
}

/// What is wrong with a folder.
#[derive(Debug, Default)]
pub struct Concerns {
    /// Nothing can be published before these are mended.
    pub obstacles: Vec<String>,
    /// Only GitHub minds these.
    pub limits: Vec<String>,
    /// It can be published, but the user should know.
    pub warnings: Vec<String>,
}

/// Looks at all that is in the folder of a site. What other checks find before publishing belongs
/// into its [`Concerns`], too.
///
/// # Errors
/// The folder cannot be read.
pub fn look(site: &Finished) -> anyhow::Result<Contents> {
    let mut contents = Contents { files: Vec::new(), concerns: Concerns::default() };
    let walk = WalkDir::new(&site.folder).min_depth(1).sort_by_file_name();
    let mut folded = HashMap::new();
    let (mut strange, mut clashes, mut encoded) = (Vec::new(), Vec::new(), Vec::new());
    for entry in walk.into_iter().filter_entry(is_of_the_site) {
        let entry = entry.with_context(|| format!("cannot read {}", site.folder.display()))?;
        let path = entry.path().strip_prefix(&site.folder).unwrap_or(entry.path());
        let Some(path) = servable(&path.to_string_lossy(), &entry) else {
            strange.push(path.to_string_lossy().escape_debug().to_string());
            continue;
        };
        if let Some(other) = folded.insert(names::fold(&path), path.clone()) {
            clashes.push(format!("`{other}` and `{path}`"));
        }
        if limits::is_encoded(entry.file_name().to_str().unwrap_or_default()) {
            encoded.push(format!("`{path}`"));
        }
        if entry.file_type().is_file() {
            let size = entry.metadata().with_context(|| format!("cannot look at {path}"))?.len();
            contents.files.push(File { path, size, elsewhere: None });
        }
    }
    contents.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let concerns = &mut contents.concerns;
    concerns.add_obstacles(site, &strange);
    concerns.add_limits(&contents.files);
    concerns.add_warnings(site, &contents.files, [&clashes, &encoded]);
    concerns.add_dead_ends(site)?;
    Ok(contents)
}

/// Returns whether an entry is published: what stillpress and the system keep there is not.
fn is_of_the_site(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_top = entry.depth() == 1;
    let is_kept = is_top && names::is_kept(&name);
    !is_kept && !LITTER.contains(&&*name)
}

/// Returns the path an entry has in the site, if git and every host can have such a file.
fn servable(path: &str, entry: &DirEntry) -> Option<String> {
    let name = entry.file_name().to_str()?;
    let is_plain = entry.file_type().is_file() || entry.file_type().is_dir();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    (is_plain && !limits::is_unservable(name)).then_some(path)
}

impl Concerns {
    fn add_obstacles(&mut self, site: &Finished, strange: &[String]) {
        if site.is_preview {
            self.obstacles.push(
                "the site is a preview: it was built with --drafts or --future, and shows what is \
                 not public; build it again without them"
                    .to_owned(),
            );
        }
        if !strange.is_empty() {
            self.obstacles.push(format!(
                "not every host can serve {}; only files and folders with plain names can be \
                 published: rename or remove what is in the way",
                list(strange)
            ));
        }
    }

    fn add_limits(&mut self, files: &[File]) {
        let total: u64 = files.iter().map(|file| file.size).sum();
        if total > LARGEST_SITE {
            self.limits.push(format!(
                "the site has {}, and GitHub Pages serves no more than 1 GB; publish fewer files \
                 of the media library, or choose another host",
                megabytes(total)
            ));
        }
        let large = files.iter().filter(|file| file.size > LARGEST_FILE);
        let large: Vec<String> =
            large.map(|file| format!("`{}` ({})", file.path, megabytes(file.size))).collect();
        if !large.is_empty() {
            self.limits.push(format!(
                "GitHub takes no file over 100 MB: {}; make it smaller, or link to it at another \
                 place",
                list(&large)
            ));
        }
    }

    fn add_warnings(&mut self, site: &Finished, files: &[File], names: [&[String]; 2]) {
        let [clashes, encoded] = names;
        if !site.is_complete {
            self.warnings.push(
                "the last build could not put every file in its place: something that stillpress \
                 did not write, or that was edited since, is there and is published instead; build \
                 again to be told what"
                    .to_owned(),
            );
        }
        if !clashes.is_empty() {
            self.warnings.push(format!(
                "these are one file on Windows and macOS, so that the site cannot be copied \
                 there: {}",
                list(clashes)
            ));
        }
        if !encoded.is_empty() {
            self.warnings.push(format!(
                "readers cannot reach {}: hosts take `%` and two digits in a name for another \
                 letter",
                list(encoded)
            ));
        }
        let is_added = |path: &str| !site.wrote(path) && path != DOMAIN_FILE;
        let added = files.iter().filter(|file| is_added(&file.path));
        let added: Vec<String> = added.map(|file| format!("`{}`", file.path)).collect();
        if !added.is_empty() {
            self.warnings.push(format!(
                "the folder also holds what stillpress did not make, and all of it is published: \
                 {}",
                list(&added)
            ));
        }
    }

    /// Adds what readers would find to lead nowhere.
    fn add_dead_ends(&mut self, site: &Finished) -> anyhow::Result<()> {
        let address = Some(&*site.address).filter(|address| !address.is_empty());
        let found = check::examine(&site.folder, address)?;
        let of_readers = found.into_iter().map(|finding| finding.diagnostic).filter(|it| {
            // What the host does not take has been told.
            it.severity == Severity::Error && !it.code.starts_with("host-")
        });
        let dead: Vec<String> = of_readers.map(|diagnostic| diagnostic.message).collect();
        if !dead.is_empty() {
            self.warnings.push(format!(
                "something leads nowhere: {}; `stillpress check` tells where each stands",
                list(&dead)
            ));
        }
        Ok(())
    }
}

/// Returns the first of many names, and how many more there are.
pub fn list(names: &[String]) -> String {
    let told = names.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(TOLD) {
        0 => told,
        rest => format!("{told} and {rest} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_github_does_not_take_is_told_with_its_size() {
        let file = |path: &str, size| File { path: path.into(), size, elsewhere: None };
        let mut concerns = Concerns::default();
        concerns.add_limits(&[file("a", LARGEST_FILE), file("b", 800_000_000)]);
        assert_eq!(concerns.limits.len(), 1);
        assert!(concerns.limits[0].contains("`b` (800 MB)"), "{}", concerns.limits[0]);
        concerns.add_limits(&[file("a", LARGEST_FILE), file("b", LARGEST_SITE)]);
        assert!(concerns.limits[1].starts_with("the site has 1105 MB"), "{}", concerns.limits[1]);
    }
}
