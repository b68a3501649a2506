//! Decides what a build changes in the folder: what goes, what comes, and what is not ours to
//! touch. Looks at the disk, but changes nothing.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;

use anyhow::Context as _;
use walkdir::WalkDir;

use crate::diagnostics::Diagnostic;
use crate::names;
use crate::output::disk::{Disk, Found, doing, hash_file};
use crate::output::journal::{Journal, Move};
use crate::output::manifest::{Entry, Stamp, tree_order};
use crate::output::staging::Case;
use crate::output::standing::{Known, Standing};
use crate::output::{Force, Written, diagnostics};

/// A file of the site that is built.
#[derive(Debug)]
pub(super) struct Record {
    pub entry: Entry,
    pub held: Held,
}

/// Where a file is while the site is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Held {
    /// In its place, where the last build put it.
    AsBefore,
    /// In its place, in a folder that nobody sees yet.
    InPlace,
    /// In the staging folder, by this number.
    Waiting(u32),
}

/// What a build changes.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub journal: Journal,
    /// The files that are ours from now on.
    pub files: Vec<Entry>,
    /// Those of them that are no longer part of the site, and stay because somebody changed them.
    pub left: Vec<Box<str>>,
    /// In the order of the paths.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether all that the build wanted will be in place.
    pub is_complete: bool,
    pub written: Written,
}

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    pub disk: &'a Disk,
    pub known: &'a Known,
    pub case: Case,
    pub force: Force,
}

/// Plans how the folder becomes the site that `records` make.
pub(super) fn plan(scene: Scene<'_>, records: Vec<Record>) -> anyhow::Result<Plan> {
    let mut planner = Planner::new(scene);
    let records = planner.leave_out_collisions(records);
    planner.remove_what_is_gone(&records)?;
    for record in records {
        match record.held {
            Held::AsBefore => planner.keep(record.entry),
            Held::InPlace => planner.add(record.entry),
            Held::Waiting(number) => planner.place(record.entry, number)?,
        }
    }
    Ok(planner.finish())
}

/// A plan that is being made.
struct Planner<'a> {
    scene: Scene<'a>,
    plan: Plan,
    /// The files that will be removed, as [`Planner::name`] has them.
    removed: HashSet<String>,
    /// Folders that stand in a new file's way, and are empty once the removals are done.
    cleared: Vec<Box<str>>,
    /// What is known of the folders that new files need.
    folders: HashMap<Box<str>, Folder>,
}

/// What is where a new file needs a folder.
#[derive(Clone, Debug)]
enum Folder {
    /// Nothing, or what will be removed.
    Absent,
    /// A folder.
    Real,
    /// A file, at this path, that is not ours to remove.
    File(Box<str>),
    /// A link, at this path, that may lead anywhere.
    Link(Box<str>),
}

/// What is where a new file belongs.
enum Target {
    /// Nothing, or what will be removed.
    Free,
    /// A file that may be replaced.
    Replaceable,
    /// A file that has the very same bytes.
    Same(Stamp),
    /// Something that is not ours.
    Taken(Diagnostic),
}

impl<'a> Planner<'a> {
    fn new(scene: Scene<'a>) -> Self {
        Self {
            scene,
            plan: Plan { is_complete: true, ..Plan::default() },
            removed: HashSet::new(),
            cleared: Vec::new(),
            folders: HashMap::new(),
        }
    }

    /// Returns `path` as the file system compares it.
    fn name<'p>(&self, path: &'p str) -> Cow<'p, str> {
        match self.scene.case {
            Case::Sensitive => Cow::Borrowed(path),
            Case::Insensitive => Cow::Owned(names::fold(path)),
        }
    }

    /// Puts the records in order, and leaves out those that cannot be together with one before
    /// them: the same file, or one that needs a folder where a file is.
    fn leave_out_collisions(&mut self, mut records: Vec<Record>) -> Vec<Record> {
        // The hash decides between two files of one path, so that the threads do not.
        records.sort_by(|a, b| {
            let by_name = tree_order(&self.name(&a.entry.path), &self.name(&b.entry.path));
            let by_path = || a.entry.path.cmp(&b.entry.path);
            by_name.then_with(by_path).then_with(|| a.entry.hash.cmp(&b.entry.hash))
        });
        let mut kept: Vec<Record> = Vec::with_capacity(records.len());
        for record in records {
            let in_the_way = kept.last().filter(|last| {
                let (name, last) = (self.name(&record.entry.path), self.name(&last.entry.path));
                let rest = name.strip_prefix(&*last);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            let Some(other) = in_the_way else {
                kept.push(record);
                continue;
            };
            self.tell(diagnostics::collision(&record.entry.path, &other.entry.path));
            if record.held == Held::InPlace {
                self.remove(&record.entry.path);
            }
        }
        kept
    }

    fn remove_what_is_gone(&mut self, records: &[Record]) -> anyhow::Result<()> {
        let stay: HashSet<&str> = records.iter().map(|record| &*record.entry.path).collect();
        for (entry, standing) in self.scene.known.iter() {
            if standing == Standing::Gone || stay.contains(&*entry.path) {
                continue;
            }
            let is_ours =
                matches!(standing, Standing::AsWritten(_)) || self.is_forced(&entry.path)?;
            let diagnostic = match self.parent(&entry.path)? {
                Folder::Link(link) => diagnostics::behind_link(&entry.path, &link),
                _ if !is_ours => {
                    self.plan.left.push(entry.path.clone());
                    diagnostics::edited_and_gone(&entry.path)
                }
                _ => {
                    self.remove(&entry.path);
                    self.plan.written.removed += 1;
                    self.plan.written.removed_pages.extend(page(&entry.path));
                    continue;
                }
            };
            self.tell(diagnostic);
            self.plan.files.push(entry.clone());
        }
        // What was found on the way may be about to change.
        self.folders.clear();
        Ok(())
    }

    /// Returns whether the user wants a file gone that somebody changed.
    fn is_forced(&self, path: &str) -> anyhow::Result<bool> {
        Ok(self.scene.force == Force::Yes && self.scene.disk.look(path)? != Found::Folder)
    }

    fn keep(&mut self, entry: Entry) {
        self.plan.written.unchanged += 1;
        self.own(entry);
    }

    fn add(&mut self, entry: Entry) {
        self.plan.written.added += 1;
        self.own(entry);
    }

    fn own(&mut self, entry: Entry) {
        self.plan.written.bytes += entry.stamp.size;
        self.plan.files.push(entry);
    }

    fn place(&mut self, entry: Entry, number: u32) -> anyhow::Result<()> {
        let known = self.scene.known.get(&entry.path);
        let target = match self.parent(&entry.path)? {
            Folder::File(file) => Target::Taken(diagnostics::needs_folder(&entry.path, &file)),
            Folder::Link(link) => Target::Taken(diagnostics::behind_link(&entry.path, &link)),
            Folder::Absent => Target::Free,
            Folder::Real if matches!(known, Some((_, Standing::AsWritten(_)))) => {
                Target::Replaceable
            }
            Folder::Real => {
                let tell = if known.is_some() { diagnostics::edited } else { diagnostics::foreign };
                self.target(&entry, tell)?
            }
        };
        match target {
            Target::Free => self.plan.written.added += 1,
            Target::Replaceable => self.plan.written.changed += 1,
            Target::Same(stamp) if known.is_some() || self.scene.force == Force::Yes => {
                self.keep(Entry { stamp, ..entry });
                return Ok(());
            }
            Target::Same(stamp) => {
                // The user's own file does as well as ours. It stays theirs.
                self.plan.written.unchanged += 1;
                self.plan.written.bytes += stamp.size;
                return Ok(());
            }
            Target::Taken(diagnostic) => {
                self.tell(diagnostic);
                self.plan.files.extend(known.map(|(entry, _)| entry.clone()));
                return Ok(());
            }
        }
        self.plan.journal.moves.push(Move { number, to: entry.path.clone(), hash: entry.hash });
        self.own(entry);
        Ok(())
    }

    /// Looks at what is where `entry` belongs.
    /// Decides about a file whose folder is there. `tell` says that another file has its place.
    fn target(&mut self, entry: &Entry, tell: fn(&str) -> Diagnostic) -> anyhow::Result<Target> {
        let path = &entry.path;
        let found = self.scene.disk.look(path)?;
        if self.removed.contains(&*self.name(path)) && found != Found::Folder {
            return Ok(Target::Free);
        }
        Ok(match found {
            Found::Nothing => Target::Free,
            Found::Folder if self.clear(path)? => Target::Free,
            Found::Folder => Target::Taken(diagnostics::folder_in_the_way(path)),
            Found::File(stamp) if self.is_same(entry, stamp)? => Target::Same(stamp),
            _ if self.scene.force == Force::Yes => Target::Replaceable,
            _ => Target::Taken(tell(path)),
        })
    }

    fn is_same(&self, entry: &Entry, stamp: Stamp) -> anyhow::Result<bool> {
        if stamp.size != entry.stamp.size {
            return Ok(false);
        }
        let path = self.scene.disk.at(&entry.path);
        let hash = File::open(&path).and_then(|mut file| hash_file(&mut file));
        let (hash, _) = hash.with_context(|| doing("reading", &path))?;
        Ok(hash == entry.hash)
    }

    /// Returns whether the folder `path` holds nothing but files that will be removed; if so, it
    /// goes with them.
    fn clear(&mut self, path: &str) -> anyhow::Result<bool> {
        let full = self.scene.disk.at(path);
        let mut folders = Vec::new();
        for entry in WalkDir::new(&full) {
            let entry = entry.with_context(|| doing("reading", &full))?;
            let below = entry.path().strip_prefix(&full).unwrap_or(entry.path());
            let Some(below) = below.to_str() else { return Ok(false) };
            let below = format!("{path}/{}", below.replace('\\', "/"));
            if entry.file_type().is_dir() {
                folders.push(below.trim_end_matches('/').into());
            } else if !self.removed.contains(&*self.name(&below)) {
                return Ok(false);
            }
        }
        self.cleared.append(&mut folders);
        Ok(true)
    }

    fn remove(&mut self, path: &str) {
        self.removed.insert(self.name(path).into_owned());
        self.plan.journal.removals.push(path.into());
    }

    /// Looks at what is where the folder of `path` is or should be.
    fn parent(&mut self, path: &str) -> anyhow::Result<Folder> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(Folder::Real) };
        if let Some(known) = self.folders.get(folder) {
            return Ok(known.clone());
        }
        let found = match self.parent(folder)? {
            Folder::Real => self.folder(folder)?,
            above => above,
        };
        self.folders.insert(folder.into(), found.clone());
        Ok(found)
    }

    fn folder(&mut self, path: &str) -> anyhow::Result<Folder> {
        let found = self.scene.disk.look(path)?;
        let is_removed = self.removed.contains(&*self.name(path));
        Ok(match found {
            Found::Folder => Folder::Real,
            Found::Nothing => Folder::Absent,
            _ if is_removed => Folder::Absent,
            Found::File(_) if self.scene.force == Force::Yes => {
                self.remove(path);
                Folder::Absent
            }
            Found::File(_) => Folder::File(path.into()),
            Found::Other => Folder::Link(path.into()),
        })
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.plan.is_complete = false;
        self.plan.diagnostics.push(diagnostic);
    }

    fn finish(self) -> Plan {
        let Self { mut plan, cleared, .. } = self;
        let above = plan.journal.removals.iter().flat_map(|path| folders_above(path));
        let folders: BTreeSet<&str> = above.chain(cleared.iter().map(|path| &**path)).collect();
        // A folder comes after those in it.
        plan.journal.folders = folders.into_iter().rev().map(Box::from).collect();
        plan.diagnostics.sort_by(|a, b| tree_order(&a.location.file, &b.location.file));
        plan
    }
}

/// Returns the folders that `path` is in, the innermost first.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end])
}

/// Returns the path of the page in a file, if it is one that readers may have a link to. Feeds and the
/// later pages of lists come and go with others.
fn page(file: &str) -> Option<String> {
    let path = file.strip_suffix("index.html")?;
    let is_part = path.split('/').any(|name| matches!(name, "feed" | "page"));
    (!is_part).then(|| format!("/{path}"))
}
