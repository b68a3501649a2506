//! The sample site, shown by `stillpress serve`.

use std::path::{Path, PathBuf};

use crate::preview::Preview;

/// Returns the export.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export")
}

/// Shows it below `base`, a path that begins and ends with a slash.
pub(crate) fn serve(base: &str) -> Preview {
    Preview::start(&folder(), &["--no-watch", "--base-path", base])
}
