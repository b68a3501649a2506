//! Where the old site had its media library, as the addresses of attachments show it.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::media::names::{path_of, site_folder};

/// Where it is unless attachments tell otherwise.
const USUAL: &str = "wp-content/uploads";

/// The folders that hold files. All are decoded, without slashes at their ends.
#[derive(Clone, Debug, Default)]
pub(super) struct UploadsFolders {
    /// As seen from the home page. Nothing if nobody tells.
    below_home: Option<String>,
    /// As seen from the root of the site's own hosts, where that is not below its home page: those of a
    /// site in a network.
    above: BTreeSet<String>,
}

/// What attachments tell, one after the other.
#[derive(Debug, Default)]
pub(super) struct Found {
    counts: BTreeMap<String, usize>,
    above: BTreeSet<String>,
}

impl UploadsFolders {
    /// Returns where files are, as seen from the home page.
    pub(super) fn below_home(&self) -> &str {
        self.below_home.as_deref().unwrap_or(USUAL)
    }

    /// Whether files of this site were below a path that is not below its home page.
    pub(super) fn is_above(&self, path: &str) -> bool {
        let below = |folder: &String| path.strip_prefix('/')?.strip_prefix(&**folder);
        self.above.iter().filter_map(below).any(|rest| rest.starts_with('/'))
    }
}

impl Found {
    /// Adds the encoded path of a file, as seen from the home page.
    pub(super) fn add_below_home(&mut self, path: &str) {
        self.count(split(path).map(|(folder, _)| folder));
    }

    /// Adds that of a file on an own host, but not below the home page.
    pub(super) fn add_above(&mut self, path: &str) {
        if let Some((folder, file)) = split(path) {
            // Other sites of a network have theirs beside it.
            let site = site_folder(&file).unwrap_or_default();
            self.above.insert(format!("{folder}/{site}").trim_matches('/').to_owned());
        }
        self.add_elsewhere();
    }

    /// Adds a file that is not below the home page, which is put where WordPress puts files.
    pub(super) fn add_elsewhere(&mut self) {
        self.count(Some(USUAL.to_owned()));
    }

    fn count(&mut self, folder: Option<String>) {
        if let Some(folder) = folder {
            *self.counts.entry(folder).or_default() += 1;
        }
    }

    /// Returns the folders: that below the home page is where most files are.
    pub(super) fn folders(self) -> UploadsFolders {
        let most = self.counts.into_iter().rev().max_by_key(|(_, count)| *count);
        UploadsFolders { below_home: most.map(|(folder, _)| folder), above: self.above }
    }
}

/// Cuts the encoded path of a file into that of the uploads folder and that below it.
fn split(encoded: &str) -> Option<(String, String)> {
    let encoded = encoded.split(['?', '#']).next()?;
    let file = path_of(encoded)?;
    let decoded = percent_decode_str(encoded).decode_utf8().ok()?;
    let folder = decoded.strip_suffix(&*file)?.trim_matches('/').to_owned();
    Some((folder, file))
}
