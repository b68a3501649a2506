//! The sample site, built, or shown by `stillpress serve`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::preview::Preview;

/// Returns the export.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export")
}

/// Shows it below `base`, a path that begins and ends with a slash.
pub(crate) fn serve(base: &str) -> Preview {
    Preview::start(&folder(), &["--no-watch", "--base-path", base])
}

/// Builds it into a new folder in `place`, and returns that.
pub(crate) fn build(place: &Path) -> PathBuf {
    let site = place.join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
    let command = command.arg("build").arg(folder()).arg("--quiet").arg("-o").arg(&site);
    assert!(command.status().unwrap().success());
    site
}
