//! What pages use of the media library, and where it is published.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use anyhow::Context as _;

use crate::config::Uploads;
use crate::diagnostics::{Diagnostic, Location};
use crate::media::names::stem;
use crate::media::path_index::{Choice, Fit};
use crate::media::{LocalFile, broken};
use crate::model::Attachment;
use crate::output::Output;
use crate::render::destinations;
use crate::render::media_use::Noted;
use crate::render::shared::Shared;
use crate::site::links::standing::Owner;
use crate::site::redirects::Destination;
use crate::site::urls::UrlPath;

/// How many files that are not copied are named.
const TOLD: usize = 3;

impl Shared<'_> {
    /// Returns the path at which a file of the library is published, and notes that a page uses
    /// it. None if the file is not at hand.
    pub fn upload(&self, path: &str) -> Option<UrlPath> {
        let file = self.library.file(path)?;
        if self.library.is_at(path) {
            self.used[file.index].store(true, Ordering::Relaxed);
            self.notes.note_used(file.index);
        } else {
            self.spell(path);
            self.notes.note_spelled(path);
        }
        Some(self.site.links.old_site().file_path(path))
    }

    /// Returns the path at which a picture is published that stands for one that is not at hand, and
    /// notes that a page uses it.
    pub fn other_size(&self, path: &str) -> Option<(UrlPath, Fit)> {
        let other = self.library.other_size(path)?;
        Some((self.upload(other.path)?, other.fit))
    }

    /// Returns the path at which a file of the library is published, if it is, as far as pages have
    /// been made.
    pub fn published(&self, path: &str) -> Option<UrlPath> {
        let file = self.library.file(path)?;
        if !self.library.is_at(path) {
            let spelled = self.spelled.lock().unwrap_or_else(PoisonError::into_inner);
            return spelled.contains(path).then(|| self.site.links.old_site().file_path(path));
        }
        let is_copied = self.settings.uploads == Uploads::All && is_upload(self, path);
        let is_used = self.used[file.index].load(Ordering::Relaxed);
        (is_copied || is_used).then(|| self.site.links.old_site().file_path(path))
    }

    /// Notes that the files which the user leads old paths to are used.
    pub fn use_redirected_files(&self) {
        for redirect in &self.site.redirects {
            if let Destination::Upload(path) = &redirect.to {
                self.upload(path);
            }
        }
    }

    /// Notes that the files of attachments are used that belong to no post: their old addresses have
    /// nothing else to lead to. Those of which pages use a size lead there. Right only when all pages
    /// are made.
    pub fn use_lone_attachments(&self) {
        let links = &self.site.links;
        for attachment in self.library.attachments() {
            let is_lone = links.owner(attachment) == Owner::Nobody;
            if is_lone && destinations::attachment(self, attachment.id).is_none() {
                let _ = self.library.paths_of(attachment).iter().find_map(|it| self.upload(it));
            }
        }
    }

    /// Notes that a file stays on the old host.
    pub fn leave_behind(&self, old_url: &str) {
        let mut hasher = DefaultHasher::new();
        old_url.hash(&mut hasher);
        let address = hasher.finish();
        self.left_behind.lock().unwrap_or_else(PoisonError::into_inner).insert(address);
        self.notes.note_left_behind(address);
    }

    /// Takes over what a job used when it was last done.
    pub fn note_again(&self, noted: &Noted) {
        for &index in &noted.used {
            self.used[index].store(true, Ordering::Relaxed);
        }
        noted.spelled.iter().for_each(|path| self.spell(path));
        let mut left_behind = self.left_behind.lock().unwrap_or_else(PoisonError::into_inner);
        left_behind.extend(&noted.left_behind);
    }

    /// Notes that a page uses a file by a path that is not quite its own.
    fn spell(&self, path: &str) {
        self.spelled.lock().unwrap_or_else(PoisonError::into_inner).insert(path.into());
    }
}

/// Copies the files of the media library that pages use, or all of them, and tells of those that are
/// not what their names say. What pages call by another name is published under that, so that old
/// addresses find it.
///
/// # Errors
/// A file cannot be read or written.
pub fn copy(shared: &Shared<'_>, output: &Output) -> anyhow::Result<Vec<Diagnostic>> {
    let wants_all = shared.settings.uploads == Uploads::All;
    let is_wanted = |path: &str, file: &LocalFile| {
        (wants_all && is_upload(shared, path)) || shared.used[file.index].load(Ordering::Relaxed)
    };
    let all = shared.library.files();
    let (mut files, left): (Vec<_>, Vec<_>) = all.partition(|(path, file)| is_wanted(path, file));
    let spelled = shared.spelled.lock().unwrap_or_else(PoisonError::into_inner);
    let with_file = |path| Some((path, shared.library.file(path)?));
    files.extend(spelled.iter().filter_map(|path| with_file(&**path)));
    files.sort_unstable_by_key(|(path, _)| *path);
    let mut diagnostics = Vec::new();
    let mut looked_at = BTreeMap::new();
    for (path, file) in files {
        let file_path = shared.site.links.old_site().file_path(path).file();
        let looking = || format!("reading `{}`", file.file.path().display());
        let look = || broken::look(&file.file).with_context(looking);
        match output.copy(&file.file, &file_path) {
            Ok(()) if looked_at.insert(file.index, path).is_none() => diagnostics.extend(look()?),
            Ok(()) => (),
            Err(error) if is_damaged(&error) => diagnostics.push(damaged(file)),
            Err(error) => return Err(error),
        }
    }
    diagnostics.extend(spelled.iter().filter_map(|path| ambiguous(shared, path)));
    let left = left.into_iter().map(|(path, _)| path).filter(|path| !path.starts_with('/'));
    diagnostics.extend(match wants_all {
        true => kept_back(shared, left.collect()),
        false => unused(looked_at.values().copied(), left.filter(|path| is_upload(shared, path))),
    });
    Ok(diagnostics)
}

/// Returns whether a file is not what the archive says that it is in. No other is found to be damaged.
fn is_damaged(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

/// Tells that a file is left out, because the archive is damaged that holds it.
fn damaged(file: &LocalFile) -> Diagnostic {
    let location = Location::file(&file.file.path().display().to_string().into());
    let message = "a file is left out, because the archive is damaged that it is in";
    let help = "get the archive again, or unpack it with another program and build from what comes \
                out";
    Diagnostic::error("damaged-file", message, location).with_help(help)
}

/// Returns whether a file belongs to the media library as the public knew it.
pub fn is_upload(shared: &Shared<'_>, path: &str) -> bool {
    if path.starts_with('/') || !shared.library.is_offered(path) {
        return false;
    }
    let attachment = shared.library.attachment_at(path);
    attachment.is_none_or(|it| shared.site.links.owner(it) != Owner::Hidden)
}

/// Tells once which files of the uploads folder are not copied, if all were to be.
fn kept_back(shared: &Shared<'_>, left: Vec<&str>) -> Option<Diagnostic> {
    let (why, help) = match shared.library.is_listed() {
        true => (
            "of no attachment that readers could see",
            "if readers could see them, save the rest of `media` and the posts they belong to, or \
             link to them in a page",
        ),
        false => (
            "maybe not of the media library, which the export does not list",
            "save `media`, too, or link to them in a page",
        ),
    };
    let message = not_copied(left, why)?;
    let location = Location::file(&"the export".into());
    Some(Diagnostic::warning("unlisted-uploads", message, location).with_help(help))
}

/// Tells once which files of the uploads folder are not copied, because no page uses them or another
/// size of them: their own addresses may be known all the same, such as that of a programme sent by
/// mail.
fn unused<'p>(
    copied: impl Iterator<Item = &'p str>,
    left: impl Iterator<Item = &'p str>,
) -> Option<Diagnostic> {
    let copied: HashSet<&str> = copied.map(stem).collect();
    let mut left: Vec<&str> = left.filter(|path| !copied.contains(stem(path))).collect();
    // Of several sizes the original has the shortest name.
    left.sort_unstable_by_key(|path| (stem(path), path.len()));
    left.dedup_by_key(|path| stem(path));
    let message = not_copied(left, "on no page")?;
    let location = Location::file(&"the export".into());
    let help = "links to them from elsewhere find nothing; to publish them, too, write `uploads = \
                \"all\"` in stillpress.toml";
    Some(Diagnostic::warning("unused-uploads", message, location).with_help(help))
}

/// Says how many files are not copied and why, and names the first.
fn not_copied(mut left: Vec<&str>, why: &str) -> Option<String> {
    left.sort_unstable();
    let first: Vec<String> = left.iter().take(TOLD).map(|path| format!("`{path}`")).collect();
    let more = left.len().checked_sub(TOLD + 1).map(|more| format!(" and {} more", more + 1));
    let files = match left.len() {
        0 => return None,
        1 => "1 file of the uploads folder is".to_owned(),
        count => format!("{count} files of the uploads folder are"),
    };
    let more = more.unwrap_or_default();
    Some(format!("{files} not copied, being {why}: {}{more}", first.join(", ")))
}

/// Tells that more than one file could be meant by a path.
fn ambiguous(shared: &Shared<'_>, path: &str) -> Option<Diagnostic> {
    let found = shared.library.spelled(path).filter(|found| found.choice == Choice::Any)?;
    let file = shared.library.file(path)?.file.path();
    let message =
        format!("pages use `{path}`, which could be more than one file; it is `{}`", found.path);
    let location = Location::file(&file.display().to_string().into());
    let help = "call the right one what pages call it";
    Some(Diagnostic::warning("ambiguous-media", message, location).with_help(help))
}

/// Tells once of what the pages of files said of them and the new site does not: a caption counts only
/// if the file is at hand and no page uses it. Right only when all pages are made.
pub fn descriptions(shared: &Shared<'_>) -> Option<Diagnostic> {
    let spelled = shared.spelled.lock().unwrap_or_else(PoisonError::into_inner);
    let is_used = |path: &str, file: &LocalFile| {
        shared.used[file.index].load(Ordering::Relaxed) || spelled.contains(path)
    };
    let has_lost_caption = |attachment: &Attachment| {
        if attachment.caption.trim().is_empty() {
            return false;
        }
        let paths = shared.library.paths_of(attachment);
        let files = || paths.iter().filter_map(|path| Some((path, shared.library.file(path)?)));
        files().next().is_some() && !files().any(|(path, file)| is_used(path, file))
    };
    let lost = shared.library.attachments().iter().filter(|attachment| {
        let is_public = shared.site.links.owner(attachment) != Owner::Hidden;
        is_public && (attachment.has_description || has_lost_caption(attachment))
    });
    let lost: Vec<&Attachment> = lost.collect();
    let first = lost.first()?;
    let message = match lost.len() {
        1 => {
            "a file of the media library has a text of its own, which stood only on its page".into()
        }
        count => format!(
            "{count} files of the media library have texts of their own, which stood only on their \
             pages"
        ),
    };
    let file = &shared.site.export.files[first.file.0 as usize].name;
    let location = Location::record(file, first.id, &first.title);
    let help = "write what matters of them into posts that show the files";
    Some(Diagnostic::warning("unshown-descriptions", message, location).with_help(help))
}

/// Tells once that no uploads folder is at hand, however many files that concerns.
pub fn left_behind(shared: &Shared<'_>) -> Option<Diagnostic> {
    let count = shared.left_behind.lock().unwrap_or_else(PoisonError::into_inner).len();
    if count == 0 {
        return None;
    }
    let files = match count {
        1 => "1 file stays".to_owned(),
        count => format!("{count} files stay"),
    };
    let message = format!("the export has no files of the media library: {files} on the old site");
    let location = Location::file(&"the export".into());
    Some(Diagnostic::warning("missing-uploads", message, location).with_help(
        "copy wp-content/uploads of the old site into the export folder, and build again",
    ))
}
