//! Who may have which address: two files cannot have one name, nor a file that of a folder.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use crate::site::urls::{LeadsTo, UrlPath, has_page_extension, without_extension};
use crate::text_hash::TextHash;

/// Which files of the output folder are spoken for.
#[derive(Debug, Default)]
pub struct Claims {
    /// Each file, and the number after which those who want it, too, find a free one.
    taken: HashMap<TextHash, usize>,
    /// The folders above them that are called like a file.
    folders: HashSet<TextHash>,
}

impl Claims {
    /// Claims `path`, or the nearest free one: `/hi/`, `/hi-2/`, `/hi-3/` …
    pub fn claim(&mut self, wanted: UrlPath) -> Claimed {
        if self.take(&wanted) {
            return Claimed::Granted(wanted);
        }
        let path = self.beside_files(&wanted);
        if path != wanted && self.take(&path) {
            return Claimed::Moved { wanted, granted: path };
        }
        let stem = path.as_str().trim_end_matches('/').to_owned();
        let file = TextHash::of(&path.file());
        for number in self.taken.get(&file).map_or(2, |last| last + 1).. {
            let other = UrlPath::from_encoded(&match stem.rsplit_once('.') {
                Some((stem, extension)) if path.leads_to == LeadsTo::File => {
                    format!("{stem}-{number}.{extension}")
                }
                _ => format!("{stem}-{number}/"),
            });
            if self.take(&other) {
                self.taken.insert(file, number);
                return Claimed::Moved { wanted, granted: other };
            }
        }
        unreachable!("there are more numbers than paths")
    }

    /// Claims `path` if it is free: no file may stand where a folder does.
    pub fn take(&mut self, path: &UrlPath) -> bool {
        let file = path.file();
        if self.folders.contains(&TextHash::of(&file))
            || folders_like_files(&file).any(|it| self.is_file(it))
        {
            return false;
        }
        self.folders.extend(folders_like_files(&file).map(TextHash::of));
        match self.taken.entry(TextHash::of(&file)) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(1);
                true
            }
        }
    }

    /// Every folder may have an `index.html` yet.
    fn is_file(&self, path: &str) -> bool {
        self.taken.contains_key(&TextHash::of(path))
            || path == "index.html"
            || path.ends_with("/index.html")
    }

    /// Returns the path with other folders above it where those are files' names.
    fn beside_files(&self, path: &UrlPath) -> UrlPath {
        let whole = path.as_str().trim_end_matches('/');
        let Some((folders, name)) = whole.rsplit_once('/') else { return path.clone() };
        let mut beside = String::new();
        for segment in folders.split('/').filter(|segment| !segment.is_empty()) {
            let mut segment = segment.to_owned();
            let file = |name: &str| {
                percent_decode_str(&format!("{}/{name}", beside.trim_start_matches('/')))
                    .decode_utf8_lossy()
                    .trim_start_matches('/')
                    .to_owned()
            };
            while has_page_extension(&segment) && self.is_file(&file(&segment)) {
                segment = without_extension(&segment);
            }
            beside.push('/');
            beside.push_str(&segment);
        }
        let end = &path.as_str()[whole.len()..];
        UrlPath::from_encoded(&format!("{beside}/{name}{end}"))
    }
}

/// Returns the folders above a file whose names could be a file's.
fn folders_like_files(file: &str) -> impl Iterator<Item = &str> {
    let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
    folders.filter(|folder| has_page_extension(folder))
}

/// The answer to a claim.
#[derive(Debug)]
pub enum Claimed {
    /// The path was free.
    Granted(UrlPath),
    /// It was not.
    Moved {
        /// The path that was taken.
        wanted: UrlPath,
        /// The path to use instead.
        granted: UrlPath,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_stands_where_a_folder_does() {
        let mut claims = Claims::default();
        let mut granted = |path: &str| match claims.claim(UrlPath::from_encoded(path)) {
            Claimed::Granted(path) => path.to_string(),
            Claimed::Moved { granted, .. } => granted.to_string(),
        };
        assert_eq!(granted("/a.html"), "/a.html");
        assert_eq!(granted("/a.html/b/"), "/a/b/");
        assert_eq!(granted("/a.html/b/"), "/a/b-2/");
        assert_eq!(granted("/c.html/d/"), "/c.html/d/");
        assert_eq!(granted("/c.html"), "/c-2.html");
        assert_eq!(granted("/index.html/e/"), "/index/e/");
        assert_eq!(granted("/v1.2/f"), "/v1.2/f");
        assert_eq!(granted("/v1.2/f"), "/v1.2/f-2/");
    }

    #[test]
    fn two_claims_for_one_path_get_two_paths() {
        let mut claims = Claims::default();
        let path = UrlPath::from_encoded("/hi/");
        assert!(matches!(claims.claim(path.clone()), Claimed::Granted(_)));
        let Claimed::Moved { granted, .. } = claims.claim(path) else { panic!("granted twice") };
        assert_eq!(granted.as_str(), "/hi-2/");
        let Claimed::Moved { granted, .. } = claims.claim(UrlPath::from_encoded("/hi/")) else {
            panic!("granted three times")
        };
        assert_eq!(granted.as_str(), "/hi-3/");
        let index = UrlPath::from_encoded("/index.html/");
        let Claimed::Moved { granted, .. } = claims.claim(index) else {
            panic!("a folder of that name stands where the home page does")
        };
        assert_eq!(granted.as_str(), "/index.html-2/");
    }
}
