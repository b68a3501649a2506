//! The words for what a build could not do in the output folder.

use std::io;

use crate::diagnostics::{Diagnostic, Location};
use crate::output::manifest::FILE;

/// Two files of the site that cannot be in one folder.
pub(super) fn collision(path: &str, other: &str) -> Diagnostic {
    let message = if path.starts_with(&format!("{other}/")) {
        format!("`{path}` needs a folder where `{other}` is a file; left it out")
    } else if path == other {
        format!("`{path}` was made twice; kept one of them")
    } else {
        format!("`{path}` and `{other}` are one file on this file system; left out the first")
    };
    error("output-collision", path, message).with_help("give one of them another slug")
}

/// A file that we wrote, somebody changed, and we would write anew.
pub(super) fn edited(path: &str) -> Diagnostic {
    let message = format!("`{path}` was changed since stillpress wrote it; kept it as it is");
    warning("output-edited", path, message)
        .with_help("delete it or use --force to have it written anew")
}

/// A file that we wrote, somebody changed, and we would remove.
pub(super) fn edited_and_gone(path: &str) -> Diagnostic {
    let message = format!(
        "`{path}` is no longer part of the site, but was changed since stillpress wrote it, and is \
         kept: it may show what is not public any more"
    );
    error("output-left", path, message)
        .with_help("delete it or use --force; until then `stillpress publish` publishes nothing")
}

/// Somebody's file where one of ours belongs.
pub(super) fn foreign(path: &str) -> Diagnostic {
    let message =
        format!("`{path}` was not written by stillpress; kept as it is, so the page is missing");
    error("output-foreign", path, message).with_help("move it away, or use --force to overwrite it")
}

/// Somebody's file where one of ours needs a folder.
pub(super) fn needs_folder(path: &str, file: &str) -> Diagnostic {
    let message = format!(
        "`{file}` is a file that is not stillpress's to remove; kept as it is, so `{path}` is missing"
    );
    error("output-foreign", path, message).with_help("move it away, or use --force to overwrite it")
}

/// A folder with somebody's files where a file of ours belongs.
pub(super) fn folder_in_the_way(path: &str) -> Diagnostic {
    let message = format!(
        "`{path}` is a folder with files stillpress did not write; kept as it is, so the file is \
         missing"
    );
    error("output-foreign", path, message).with_help("move it away")
}

/// A file of ours that could be reached only through a link.
pub(super) fn behind_link(path: &str, link: &str) -> Diagnostic {
    let message = format!("`{link}` is a link; did not follow it, so `{path}` stays as it is");
    error("output-foreign", path, message).with_help("replace the link by a folder")
}

/// A manifest that cannot be read, when the user said to go on.
pub(super) fn damaged_manifest(reason: &anyhow::Error) -> Diagnostic {
    let message = format!(
        "the list of the files stillpress wrote cannot be read ({reason:#}); overwrote the site's \
         files and removed none"
    );
    warning("output-manifest", FILE, message)
        .with_help("remove by hand what is not wanted any more")
}

/// A file that the file system would not take.
pub(super) fn unplaced(path: &str, reason: &io::Error) -> Diagnostic {
    let message = format!("the file system cannot hold `{path}` ({reason}); left it out");
    error("output-name", path, message).with_help("give it a shorter slug")
}

fn error(code: &'static str, path: &str, message: String) -> Diagnostic {
    Diagnostic::error(code, message, Location::file(&path.into()))
}

fn warning(code: &'static str, path: &str, message: String) -> Diagnostic {
    Diagnostic::warning(code, message, Location::file(&path.into()))
}
