//! One file of an export, whatever it holds, as records.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rayon::prelude::*;
use tempfile::TempPath;
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostics::{Diagnostic, Location};
use crate::export::broken::{self, Broken};
use crate::export::copies::Copies;
use crate::export::documents::{self, Item};
use crate::export::files::{self, Kind, Named, Opened, Origin, Source};
use crate::export::passed_over::{self, Other};
use crate::export::reader::{Located, Reader};
use crate::export::{markdown, records, wxr};
use crate::model::{ExportFile, FileId, Reading};

/// Records that are read in one go: enough to share among threads, few enough to hold.
const BATCH: usize = 1024;

/// Records that one thread reads before it asks for more.
const CHUNK: usize = 64;

/// Files from this length on, in bytes, are shared among threads. Smaller ones are not, because a
/// thread that waits for others opens the next file meanwhile.
const SHARED: usize = 8 << 20;

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    pub(super) file: ExportFile,
    pub(super) copies: Copies,
    /// Of its bytes, decompressed.
    pub(super) hash: u128,
}

/// Reads the file that is counted as `number`.
pub(super) fn read(number: usize, source: &Source) -> anyhow::Result<Contents> {
    let name = &source.name;
    let id = FileId(u32::try_from(number).context("more files than can be counted")?);
    match source.kind {
        Kind::Other(other) => return Ok(left_out(source, other)),
        // In another, or among what the site kept for itself.
        Kind::Archive(_) => return Ok(left_out(source, Other::Archive)),
        Kind::Json | Kind::Text | Kind::Markdown | Kind::Wxr => (),
    }
    let opened = files::open(source).with_context(|| format!("cannot read {name}"))?;
    let hash = xxh3_128(&opened.bytes);
    // What is read from elsewhere than a file, or is called otherwise, was not looked into yet.
    let kind = match source.kind {
        Kind::Json | Kind::Text if passed_over::looks_like_wxr(&opened.bytes) => Kind::Wxr,
        kind => kind,
    };
    let is_optional = kind == Kind::Text && source.named == Named::ByFolder;
    if is_optional && !passed_over::looks_like_json(&opened.bytes) {
        let Opened { path, temporary, .. } = opened;
        let temporary = temporary.map(Arc::new);
        let file = ExportFile { name: Arc::clone(name), path, temporary, reading: Reading::Whole };
        return Ok(Contents { file, copies: Copies::default(), hash });
    }
    let mut told = Vec::new();
    let Decoded { text: whole, path, temporary } = decode(source, opened, &mut told)?;

    let text = whole.strip_prefix('\u{feff}').unwrap_or(&whole);
    let start = (whole.len() - text.len()) as u64;
    let copies = read_text(source, kind, Located { file: id, name, text, start }, told);
    let reading = match source.kind {
        Kind::Markdown => Reading::Whole,
        _ => reading(text, &copies),
    };
    let temporary = temporary.map(Arc::new);
    let file = ExportFile { name: Arc::clone(name), path, temporary, reading };
    Ok(Contents { file, copies, hash })
}

/// Returns what a file says that is not read: nothing, but that is told.
fn left_out(source: &Source, other: Other) -> Contents {
    let path = match &source.origin {
        Origin::File(file) => file.path(),
        Origin::StandardInput => PathBuf::new(),
    };
    let reading = Reading::PassedOver;
    let file = ExportFile { name: Arc::clone(&source.name), path, temporary: None, reading };
    let diagnostics = vec![other.tell(Location::file(&source.name))];
    Contents { file, copies: Copies { diagnostics, ..Copies::default() }, hash: 0 }
}

/// A file's text, and where it can be read again.
struct Decoded {
    text: String,
    path: PathBuf,
    temporary: Option<TempPath>,
}

/// Makes sure that the bytes are UTF-8, and tells what was wrong with them.
fn decode(source: &Source, opened: Opened, told: &mut Vec<Diagnostic>) -> anyhow::Result<Decoded> {
    let Opened { bytes, path, temporary, damage } = opened;
    let location = Location::file(&source.name);
    if let Some(damage) = damage {
        let message = format!("only a part of it can be decompressed: {damage}");
        let help = "the file is damaged or ends too early: copy it again";
        told.push(Diagnostic::error("damaged-file", message, location.clone()).with_help(help));
    }
    let error = match utf16(&bytes) {
        None => match String::from_utf8(bytes) {
            Ok(text) => return Ok(Decoded { text, path, temporary }),
            Err(error) => error,
        },
        Some(encoding) => {
            let (text, has_errors) = encoding.decode_with_bom_removal(&bytes);
            if has_errors {
                let message =
                    "some letters are not valid UTF-16; a replacement character stands for each";
                let help = "save the file again as UTF-8";
                told.push(Diagnostic::warning("not-utf8", message, location).with_help(help));
            }
            return keep(source, text.into_owned());
        }
    };
    let valid_up_to = error.utf8_error().valid_up_to();
    let position = Some(broken::position(error.as_bytes(), valid_up_to));
    let location = Location { position, ..location };
    let bytes = error.into_bytes();
    // Text in UTF-8 that was damaged still has letters of several bytes elsewhere.
    let is_damaged = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let (text, message, help) = if is_damaged {
        let message =
            "some bytes from here on are not UTF-8; a replacement character stands for each";
        (String::from_utf8_lossy(&bytes), message, "save the file again as UTF-8")
    } else {
        let message = "the file is not in UTF-8 from here on; it is read as Windows-1252";
        let help = "if letters with accents came out wrong, save the file again as UTF-8";
        (WINDOWS_1252.decode_without_bom_handling(&bytes).0, message, help)
    };
    told.push(Diagnostic::warning("not-utf8", message, location).with_help(help));
    keep(source, text.into_owned())
}

/// Bodies are read again from their files: a text that stands in none so is copied.
fn keep(source: &Source, text: String) -> anyhow::Result<Decoded> {
    let copy = files::copy(text.as_bytes());
    let copy = copy.with_context(|| format!("cannot copy {}", source.name))?;
    Ok(Decoded { text, path: copy.to_path_buf(), temporary: Some(copy) })
}

/// Returns how a text of which `copies` was read could be. Text that could not be decoded may be an
/// answer all the same.
fn reading(text: &str, copies: &Copies) -> Reading {
    let told = |code: &str| copies.diagnostics.iter().filter(|told| told.code == code).count();
    let holds_none = copies.understood == 0 && copies.unknown.is_empty();
    let is_answer = !holds_none || passed_over::looks_like_json(text.as_bytes());
    let is_refusal = copies.unknown.is_empty() && copies.understood == told("error-answer");
    match text.trim_start().chars().next() {
        _ if told("damaged-file") + told("invalid-xml") > 0 => Reading::Damaged,
        _ if told("invalid-json") == 0 && !holds_none && is_refusal => Reading::Refused,
        _ if told("invalid-json") == 0 => Reading::Whole,
        _ if is_answer => Reading::Damaged,
        None => Reading::Empty,
        Some('<') => Reading::WebPage,
        Some(_) => Reading::Foreign,
    }
}

/// Returns how text is encoded in which letters have two bytes: its mark tells, or how JSON begins.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] | [b'{' | b'[', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn read_text(source: &Source, kind: Kind, located: Located<'_>, told: Vec<Diagnostic>) -> Copies {
    let is_lost = !told.is_empty() && located.text.is_empty();
    let mut copies = match kind {
        _ if is_lost => Copies::default(),
        Kind::Markdown => markdown::read(source, located),
        Kind::Wxr => wxr::read(located),
        Kind::Json | Kind::Text => read_json(located),
        // Told without being opened.
        Kind::Archive(_) | Kind::Other(_) => Copies::default(),
    };
    copies.diagnostics.splice(0..0, told);
    copies
}

fn read_json(located: Located<'_>) -> Copies {
    if located.text.trim().is_empty() {
        let location = Location::file(located.name);
        let told = Diagnostic::error("invalid-json", "the file is empty", location)
            .with_help("save the answer again");
        return Copies { diagnostics: vec![told], ..Copies::default() };
    }
    let mut all = Copies::default();
    let mut batch = Vec::new();
    let mut is_empty = true;
    let broken = documents::walk(located.text, &mut |item| {
        is_empty &= item.record.len() == 0;
        batch.push(item);
        if batch.len() == BATCH {
            all.append(read_batch(located, std::mem::take(&mut batch)));
        }
    });
    all.append(read_batch(located, batch));
    tell_broken(located, &broken, &mut all);
    if !is_empty && all.understood == 0 && all.unknown.is_empty() && all.diagnostics.is_empty() {
        let message = "found no record of WordPress in it";
        let help = "take it out of the export if it does not belong there";
        let location = Location::file(located.name);
        let told = Diagnostic::warning("unknown-record", message, location).with_help(help);
        all.diagnostics.push(told);
    }
    all
}

fn read_batch(located: Located<'_>, batch: Vec<Item<'_>>) -> Copies {
    let read_chunk = |chunk: &[Item<'_>]| {
        let mut reader = Reader::new(located);
        chunk.iter().for_each(|item| records::read(&mut reader, item));
        reader.copies
    };
    if located.text.len() < SHARED {
        return read_chunk(&batch);
    }
    let chunks: Vec<Copies> = batch.par_chunks(CHUNK).map(read_chunk).collect();
    chunks.into_iter().fold(Copies::default(), |mut all, copies| {
        all.append(copies);
        all
    })
}

fn tell_broken(located: Located<'_>, all: &[Broken], copies: &mut Copies) {
    let bytes = located.text.as_bytes();
    let has_records = copies.understood > 0 || !copies.unknown.is_empty();
    let kept = if has_records { "; kept the records before" } else { "" };
    // Lines are counted from one break to the next: there may be many.
    let (mut counted, mut lines) = (0, 0);
    for broken in all {
        let offset = broken.offset.min(bytes.len());
        lines += memchr::memchr_iter(b'\n', &bytes[counted..offset.max(counted)]).count();
        counted = offset.max(counted);
        let position = Some((lines + 1, broken::column(&bytes[..offset])));
        let location = Location { position, ..Location::file(located.name) };
        let message = format!("not JSON from here on: {}{kept}", broken.message);
        let is_page = located.text.trim_start().starts_with('<');
        let help = if is_page && has_records {
            "a web page stands around the answer: save the answer alone, as raw data"
        } else if is_page {
            "this is a web page or XML: save the answer of the REST API instead"
        } else if broken.is_cut {
            "the file ends too early: save the answer again"
        } else {
            "save the answer again, or correct the file"
        };
        let told = Diagnostic::error("invalid-json", message, location);
        copies.diagnostics.push(told.with_help(help));
    }
}
