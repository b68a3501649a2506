//! Whole exports, from files to records.

mod access;
mod archives;
mod envelopes;
mod foreign;
mod hostile;
mod languages;
mod locations;
mod markdown;
mod merging;
mod notes;
mod records;
mod structure;
mod trouble;
mod wxr;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use crate::diagnostics::Warned;
use crate::export::{read, read_body};
use crate::model::{Export, Post, PostId};

/// A folder of files to be read.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("export").join(name)
    }

    fn read(&self) -> Warned<Export> {
        read(&[self.path("")]).unwrap()
    }
}

/// Reads one file of JSON. The export keeps the file.
fn read_json(json: &str) -> Warned<Export> {
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), json).unwrap();
    let mut read = read(&[file.path().to_path_buf()]).unwrap();
    read.value.files[0].temporary = Some(Arc::new(file.into_temp_path()));
    read
}

/// Reads one file of JSON of which nothing is to be told.
fn read_quietly(json: &str) -> Export {
    let read = read_json(json);
    assert_eq!(read.diagnostics, [], "{json}");
    read.value
}

fn ids(export: &Export) -> Vec<u64> {
    export.posts.iter().map(|post| post.id.0).collect()
}

fn post(export: &Export, id: u64) -> &Post {
    export.posts.iter().find(|post| post.id == PostId(id)).unwrap()
}

/// Returns the text of a post's body.
fn text(export: &Export, id: u64) -> String {
    let place = post(export, id).body.as_ref().unwrap();
    read_body(&export.files, place).unwrap().text
}

fn codes(read: &Warned<Export>) -> Vec<&str> {
    read.diagnostics.iter().map(|found| found.code.as_ref()).collect()
}

/// Returns a post with the fields every post has, and `fields`.
fn post_json(id: u64, fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"id":{id},"date":"2026-06-05T03:09:53","status":"publish","type":"post","slug":"p{id}",
        "title":{{"rendered":"Post {id}"}},"content":{{"rendered":"<p>Text {id}</p>","protected":false}}{comma}{fields}}}"#
    )
}
