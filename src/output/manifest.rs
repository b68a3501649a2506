//! The manifest: what a build wrote, by which the next one tells what is ours and what is new.

use std::cmp::Ordering;
use std::fmt;
use std::fs::Metadata;
use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{anyhow, bail, ensure};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::diagnostics::Diagnostic;
use crate::ledger::Ledger;
use crate::names;
use crate::stored::About;

/// The manifest's file name in the output folder. No page can have it: see [`names`].
pub(super) const FILE: &str = names::MANIFEST;

/// Of the format; a manifest of another version is not read.
const VERSION: u32 = 2;

/// What a build wrote.
#[derive(Debug, Default, Deserialize, Eq, PartialEq)]
pub(super) struct Manifest {
    version: u32,
    /// Of all that the build was made from.
    pub fingerprint: String,
    /// Whether everything is in place as the build wanted it. Where it is not, the next build
    /// has to try again, and to tell again.
    pub complete: bool,
    /// Where the site will be. Empty if that is not known.
    #[serde(default)]
    pub address: String,
    /// Whether the site shows what is not public.
    #[serde(default)]
    pub is_preview: bool,
    /// Files that are no longer part of the site, and stay because somebody changed them.
    #[serde(default)]
    pub left: Vec<Box<str>>,
    /// What the build had to tell.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of all that texts hold.
    #[serde(default)]
    pub ledger: Ledger,
    /// In tree order.
    pub files: Vec<Entry>,
}

/// A file that a build wrote.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "Line")]
pub(super) struct Entry {
    /// Relative, with `/`.
    pub path: Box<str>,
    /// Of the file as it was written.
    pub stamp: Stamp,
    /// Of its bytes.
    pub hash: Hash,
    /// Of the file it was copied from.
    pub source: Option<Stamp>,
}

/// An entry as the manifest holds it.
type Line = (Box<str>, Stamp, Hash, Option<Stamp>);

/// What the file system tells of a file without reading it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(from = "(u64, i64)", into = "(u64, i64)")]
pub(super) struct Stamp {
    /// In bytes.
    pub size: u64,
    /// In nanoseconds since 1970.
    pub modified: i64,
}

/// An XXH3 hash: long enough that no two files share one by chance.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub struct Hash([u8; 16]);

impl Manifest {
    /// Returns the manifest of a build. Puts `files` in order.
    pub fn new(fingerprint: String, diagnostics: Vec<Diagnostic>, mut files: Vec<Entry>) -> Self {
        files.sort_unstable_by(|a, b| tree_order(&a.path, &b.path));
        let (address, is_preview) = (String::new(), false);
        Self {
            version: VERSION,
            fingerprint,
            complete: true,
            address,
            is_preview,
            left: Vec::new(),
            diagnostics,
            ledger: Ledger::default(),
            files,
        }
    }

    /// Reads what [`Manifest::print`] wrote. Nothing it names can lie outside the output folder,
    /// whoever wrote it.
    pub fn parse(text: &[u8]) -> anyhow::Result<Self> {
        let manifest: Self = match serde_json::from_slice(text) {
            Ok(manifest) => manifest,
            Err(error) => return Err(other_version(text).unwrap_or_else(|| error.into())),
        };
        ensure!(manifest.version == VERSION, "it is of version {}", manifest.version);
        if let Some(entry) = manifest.files.iter().find(|entry| !names::is_safe_path(&entry.path)) {
            bail!("`{}` is no path stillpress writes", entry.path);
        }
        let in_order = manifest.files.is_sorted_by(|a, b| tree_order(&a.path, &b.path).is_lt());
        ensure!(in_order, "its files are not in order");
        Ok(manifest)
    }

    /// Writes the manifest as JSON, one file a line.
    pub fn print(&self, out: &mut impl Write) -> anyhow::Result<()> {
        write!(out, "{{\"version\":{},\n\"fingerprint\":", self.version)?;
        serde_json::to_writer(&mut *out, &self.fingerprint)?;
        write!(out, ",\n\"complete\":{}", self.complete)?;
        if !self.address.is_empty() {
            out.write_all(b",\n\"address\":")?;
            serde_json::to_writer(&mut *out, &self.address)?;
        }
        if self.is_preview {
            out.write_all(b",\n\"is_preview\":true")?;
        }
        if !self.left.is_empty() {
            out.write_all(b",\n\"left\":")?;
            serde_json::to_writer(&mut *out, &self.left)?;
        }
        out.write_all(b",\n\"diagnostics\":[")?;
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, diagnostic)?;
        }
        out.write_all(b"],\n")?;
        if self.ledger != Ledger::default() {
            out.write_all(b"\"ledger\":")?;
            serde_json::to_writer(&mut *out, &self.ledger)?;
            out.write_all(b",\n")?;
        }
        out.write_all(b"\"files\":[")?;
        for (index, file) in self.files.iter().enumerate() {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &(&file.path, file.stamp, file.hash, file.source))?;
        }
        out.write_all(b"]}\n")?;
        Ok(())
    }

    /// Returns where in [`Manifest::files`] the file at `path` is.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|entry| tree_order(&entry.path, path)).ok()
    }
}

/// Returns the error for a manifest that cannot be read because it is of another version.
fn other_version(text: &[u8]) -> Option<anyhow::Error> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    let Head { version } = serde_json::from_slice(text).ok()?;
    (version != VERSION).then(|| anyhow!("it is of version {version}"))
}

/// Orders paths as a walk through the folders does: what is in `a` comes right after `a`, before
/// `a-b`.
pub(super) fn tree_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let rank = |byte: &u8| if *byte == b'/' { 0 } else { *byte };
    match a.iter().zip(b).position(|(a, b)| a != b) {
        Some(at) => rank(&a[at]).cmp(&rank(&b[at])),
        None => a.len().cmp(&b.len()),
    }
}

impl Stamp {
    /// Returns the stamp of a file.
    pub fn of(metadata: &Metadata) -> Self {
        Self::of_stored(&About { length: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Returns the stamp of a user's file.
    pub fn of_stored(about: &About) -> Self {
        // Where the file system knows no times, all files seem new and are compared by content.
        let modified = about.modified.unwrap_or_else(SystemTime::now);
        let nanoseconds = match modified.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos)
            }
        };
        Self { size: about.length, modified: nanoseconds }
    }
}

impl Hash {
    /// Returns the hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes).to_be_bytes())
    }

    /// Returns the hash of what was given to a hasher part by part.
    pub(super) fn of_all(hasher: &Xxh3) -> Self {
        Self(hasher.digest128().to_be_bytes())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        serializer.serialize_str(std::str::from_utf8(&digits).expect("digits are ASCII"))
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = <&str>::deserialize(deserializer)?;
        let is_hash = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = is_hash.then(|| u128::from_str_radix(digits, 16).ok()).flatten();
        let number = number.ok_or_else(|| D::Error::custom("a hash has 32 hexadecimal digits"))?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl From<Line> for Entry {
    fn from((path, stamp, hash, source): Line) -> Self {
        Self { path, stamp, hash, source }
    }
}

impl From<(u64, i64)> for Stamp {
    fn from((size, modified): (u64, i64)) -> Self {
        Self { size, modified }
    }
}

impl From<Stamp> for (u64, i64) {
    fn from(stamp: Stamp) -> Self {
        (stamp.size, stamp.modified)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    use super::*;

    fn print(manifest: &Manifest) -> Vec<u8> {
        let mut text = Vec::new();
        manifest.print(&mut text).unwrap();
        text
    }

    #[test]
    fn is_written_one_file_a_line() {
        let stamp = Stamp { size: 5, modified: 17 };
        let entry = |path: &str, source| Entry {
            path: path.into(),
            stamp,
            hash: Hash::of(b"hello"),
            source,
        };
        let source = Some(Stamp { size: 5, modified: -1 });
        let files = vec![entry("a-b", None), entry("a/“b”", source)];
        let mut manifest = Manifest::new("f".into(), Vec::new(), files);
        manifest.address = "https://news.example".into();
        manifest.is_preview = true;
        manifest.left = vec!["a-b".into()];
        let text = print(&manifest);
        let expected = r#"{"version":2,
"fingerprint":"f",
"complete":true,
"address":"https://news.example",
"is_preview":true,
"left":["a-b"],
"diagnostics":[],
"files":[
["a/“b”",[5,17],"b5e9c1ad071b3e7fc779cfaa5e523818",[5,-1]],
["a-b",[5,17],"b5e9c1ad071b3e7fc779cfaa5e523818",null]]}
"#;
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn one_of_another_version_is_named_as_such() {
        for text in ["{\"version\":1,\"files\":{}}", "{\"version\":0}"] {
            let error = Manifest::parse(text.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("version"), "{error}");
        }
    }

    #[test]
    fn a_folders_files_come_right_after_its_name() {
        let mut paths = ["b", "a.html", "a/b", "a-b/c", "a", "a/b/c", "a/b-c"];
        paths.sort_by(|a, b| tree_order(a, b));
        assert_eq!(paths, ["a", "a/b", "a/b/c", "a/b-c", "a-b/c", "a.html", "b"]);
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(
            names in prop::collection::btree_set("[a-c/\"\\PC]{1,9}", 0..9),
            fingerprint in any::<String>(),
            numbers in any::<(u64, i64)>(),
        ) {
            let entry = |name: &String| {
                let path: Box<str> = names::safe_path(name).into();
                let hash = Hash::of(name.as_bytes());
                Entry { path, stamp: numbers.into(), hash, source: Some(numbers.into()) }
            };
            let mut files: Vec<Entry> = names.iter().map(entry).collect();
            files.retain(|entry| !entry.path.is_empty());
            files.sort_by(|a, b| a.path.cmp(&b.path));
            files.dedup_by(|a, b| a.path == b.path);
            let manifest = Manifest::new(fingerprint, Vec::new(), files);
            prop_assert_eq!(Manifest::parse(&print(&manifest)).unwrap(), manifest);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = Manifest::parse(&bytes);
        }
    }
}
