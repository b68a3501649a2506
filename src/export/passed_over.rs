//! Files beside those of an export that are not read, though they may hold something of the site.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::archives::Form;
use crate::model::{ExportFile, FileId};
use crate::stored::StoredFile;

/// How much of a file shows what it is, in bytes.
const HEAD: u64 = 4096;

/// What is not read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Other {
    /// Of a form that is not read, or where none is.
    Archive,
    /// Such as a saved feed.
    Xml,
    /// A page of the site, or of something else.
    WebPage,
    /// A copy of the database as commands in SQL.
    Database,
}

/// What a file is by its beginning, whatever it is called.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Looks {
    /// JSON, as far as its beginning tells.
    Json,
    /// What WordPress exports itself, in XML.
    Wxr,
    /// It holds other files.
    Archive(Form),
    /// What is not read, but may hold something of the site.
    Other(Other),
}

impl Other {
    /// Tells that a file was left out.
    pub(super) fn tell(self, location: Location) -> Diagnostic {
        match self {
            Self::Archive => {
                let message = "an archive is not read: it is none of zip and tar, or lies in another \
                               archive or in `wp-content`";
                let help = "if it holds saved answers, unpack it into the folder of the export";
                Diagnostic::warning("unread-archive", message, location).with_help(help)
            }
            Self::Xml => {
                let message = "an XML file is not read that is not WordPress's own export";
                let help = "if it is a saved feed, the answers of the REST API hold more: the \
                            README says how to save them";
                Diagnostic::warning("unread-xml", message, location).with_help(help)
            }
            Self::Database => {
                let help = "it holds all there is: put it into a WordPress again, on any machine, \
                            and save the answers of its REST API";
                Diagnostic::warning(
                    "unread-database",
                    "a copy of the database is not read",
                    location,
                )
                .with_help(help)
            }
            Self::WebPage => {
                let help = "if it was meant to be an answer of the REST API, save that again";
                Diagnostic::warning("unread-page", "a web page is not read", location)
                    .with_help(help)
            }
        }
    }
}

/// Tells once of Markdown files that are not read because they do not begin as pages do.
pub(super) fn tell_without_front_matter(
    without: &[FileId],
    files: &[ExportFile],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(first) = without.first() else { return };
    let message = match without.len() {
        1 => "a Markdown file without front matter is not read".to_owned(),
        count => format!("{count} Markdown files without front matter are not read"),
    };
    let help = "to make a page of one, begin it with lines of `---`, `title: …`, `---`";
    let location = Location::file(&files[first.0 as usize].name);
    diagnostics.push(Diagnostic::warning("unread-markdown", message, location).with_help(help));
}

/// Returns what a file looks like, if that is of use or may have been meant to be.
pub(super) fn look(file: &StoredFile) -> io::Result<Option<Looks>> {
    let mut head = Vec::new();
    file.open()?.take(HEAD).read_to_end(&mut head)?;
    if !head.starts_with(&[0x1f, 0x8b]) {
        return Ok(looks(&head));
    }
    let mut plain = Vec::new();
    // What is cut off in the middle is no trouble here.
    let _ = MultiGzDecoder::new(&*head).take(HEAD).read_to_end(&mut plain);
    Ok(Some(match looks(&plain) {
        Some(inner @ (Looks::Json | Looks::Wxr)) => inner,
        Some(Looks::Archive(Form::Tar)) => Looks::Archive(Form::TarGz),
        _ => Looks::Other(Other::Archive),
    }))
}

/// Returns whether bytes begin as JSON does, in whatever encoding.
pub(super) fn looks_like_json(bytes: &[u8]) -> bool {
    first(bytes).is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// Returns whether bytes begin as WordPress's own export does, in whatever encoding.
pub(super) fn looks_like_wxr(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    first(head) == Some(b'<') && looks(head) == Some(Looks::Wxr)
}

fn looks(head: &[u8]) -> Option<Looks> {
    // The last is that of one which holds nothing.
    const ZIPS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
    // The last is that of All-in-One WP Migration, which begins with the name of its first file.
    const ARCHIVES: [&[u8]; 7] = [
        b"7z\xbc\xaf",
        b"Rar!",
        b"BZh",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"PK\x07\x08",
        b"package.json\0",
    ];
    if ZIPS.iter().any(|start| head.starts_with(start)) {
        return Some(Looks::Archive(Form::Zip));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Looks::Archive(Form::Tar));
    }
    if ARCHIVES.iter().any(|start| head.starts_with(start)) {
        return Some(Looks::Other(Other::Archive));
    }
    if holds_records(head) {
        return Some(Looks::Json);
    }
    // Letters of two bytes are of interest only as far as they are those of English.
    let text = String::from_utf8_lossy(head).replace('\0', "").to_lowercase();
    if is_saved_page(&text) {
        return Some(Looks::Other(Other::WebPage));
    }
    if is_database(&text) {
        return Some(Looks::Other(Other::Database));
    }
    if first(head) != Some(b'<') {
        return None;
    }
    if text.contains("wordpress extended rss") || text.contains("://wordpress.org/export/") {
        Some(Looks::Wxr)
    } else if text.contains("<rss") {
        Some(Looks::Other(Other::Xml))
    } else if text.contains("<!doctype html") || text.contains("<html") {
        Some(Looks::Other(Other::WebPage))
    } else {
        None
    }
}

/// Returns whether a file begins as those do in which browsers keep a page with its pictures.
fn is_saved_page(head: &str) -> bool {
    let is_mail = head.starts_with("from: <saved by") || head.starts_with("mime-version:");
    is_mail && head.contains("multipart/related")
        || head.starts_with("bplist00") && head.contains("webmainresource")
}

/// Returns whether a file begins as those do that programs write to keep a database.
fn is_database(head: &str) -> bool {
    let is_remark = head.starts_with("--") || head.starts_with("/*");
    is_remark
        && ["sql dump", "mysqldump", "mysql dump", "mariadb dump"]
            .iter()
            .any(|it| head.contains(it))
        || head.starts_with("create table")
        || head.starts_with("drop table if exists")
}

/// Returns whether bytes begin as JSON with records does: files of settings begin with brackets, too.
fn holds_records(bytes: &[u8]) -> bool {
    let mut marks = bytes.iter().filter(|byte| !is_before(byte));
    match (marks.next(), marks.next()) {
        (Some(b'{'), Some(next)) => matches!(next, b'"' | b'}'),
        (Some(b'['), Some(next)) => matches!(next, b'{' | b'[' | b']'),
        _ => false,
    }
}

/// Returns the first byte that is no white space and no mark of an encoding.
fn first(bytes: &[u8]) -> Option<u8> {
    bytes.iter().find(|byte| !is_before(byte)).copied()
}

fn is_before(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || b"\0\xef\xbb\xbf\xff\xfe".contains(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_beginning() {
        let check = |head: &[u8], expected: Option<Looks>| assert_eq!(looks(head), expected);
        let page = Looks::Other(Other::WebPage);
        let tar = [[b'a'; 257].as_slice(), b"ustar\x0000", &[0; 100]].concat();
        check(b"\xef\xbb\xbf [{\"id\":1}]", Some(Looks::Json));
        check(b"\xff\xfe{\0\"\0", Some(Looks::Json));
        check(b"PK\x03\x04", Some(Looks::Archive(Form::Zip)));
        check(&tar, Some(Looks::Archive(Form::Tar)));
        check(b"Rar!\x1a\x07", Some(Looks::Other(Other::Archive)));
        check(b"package.json\0\0\0", Some(Looks::Other(Other::Archive)));
        check(b"\n<!DOCTYPE HTML><p>", Some(Looks::Other(Other::WebPage)));
        check(b"<?xml version=\"1.0\"?>\n<rss>", Some(Looks::Other(Other::Xml)));
        check(b"<?xml version=\"1.0\"?>\n<svg>", None);
        check(b"From: <Saved by Blink>\r\nContent-Type: multipart/related;", Some(page));
        check(b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource", Some(page));
        check(b"From: a@b.example\nSubject: multipart", None);
        check(b"-- MySQL dump 10.13\n", Some(Looks::Other(Other::Database)));
        check(b"-- phpMyAdmin SQL Dump\n", Some(Looks::Other(Other::Database)));
        check(
            b"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19",
            Some(Looks::Other(Other::Database)),
        );
        check(b"-- a remark in Lua", None);
        check(b"<?php", None);
        check(b"[redirects]\n", None);
        check(b"{{ page.title }}", None);
        check(b"\x89PNG", None);
        check(b"", None);
    }
}
