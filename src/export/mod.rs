//! Reads exports: the only stage that knows WordPress's file formats.

// Files, found and opened.
mod archives;
mod cache;
mod contents;
mod files;
mod packed;
mod uploads;

// Their JSON as records of known shapes.
mod broken;
mod documents;
mod json;
mod shapes;

// Records, one by one: what is kept of each, and what reads it.
mod copies;
mod reader;
mod records;

// Every kind of record, and what they share.
mod attachments;
mod comments;
mod counts;
mod dates;
mod embedded;
mod fields;
mod front_matter;
mod languages;
mod links;
mod markdown;
mod members;
mod menus;
mod php;
mod post_terms;
mod posts;
mod seo;
mod site;
mod terms;
mod text;
mod theme_pieces;
mod widgets;
mod wordpress_com;
mod wp_cli;
mod wxr;

// What all of them say, put together.
mod answers;
mod assemble;
mod discussions;
mod merge;
mod named;
mod orphans;
mod passed_over;
mod statuses;
mod unknown;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use anyhow::Context;
use rayon::prelude::*;

use crate::diagnostics::{self, Diagnostic, Warned};
use crate::export::cache::Looked;
use crate::export::contents::Contents;
use crate::export::copies::Copies;
use crate::export::files::{Found, Source};
use crate::export::reader::{WholeBody, Written};
use crate::model::{Body, BodyPlace, Export, ExportFile, MediaFiles};

pub use crate::export::answers::{MissingAnswers, missing_answers};
pub use crate::export::cache::Cache;
pub use crate::export::counts::missing_posts;

/// Reads all exports in `inputs`: files, folders, or `-` for standard input.
///
/// # Errors
///
/// A path does not exist or cannot be read, or there is nothing of use in any of them.
pub fn read(inputs: &[PathBuf]) -> anyhow::Result<Warned<Export>> {
    let Found { sources, uploads, told } = files::find(inputs)?;
    let numbered: Vec<(usize, Source)> = sources.into_iter().enumerate().collect();
    let read: Vec<anyhow::Result<Contents>> =
        numbered.into_par_iter().map(|(number, source)| contents::read(number, &source)).collect();
    put_together(inputs, read, (uploads, told))
}

/// Reads all exports in `inputs` as [`read`] does, but of files that have not changed since
/// `cache` was made takes what that remembers.
///
/// # Errors
///
/// As for [`read`].
pub fn read_again(inputs: &[PathBuf], cache: &mut Cache) -> anyhow::Result<Warned<Export>> {
    let Found { sources, uploads, told } = files::find(inputs)?;
    let numbered: Vec<(usize, Source)> = sources.into_iter().enumerate().collect();
    let looked: Vec<anyhow::Result<(usize, Source, Looked)>> = numbered
        .into_par_iter()
        .map(|(number, source)| cache.read(number, &source).map(|looked| (number, source, looked)))
        .collect();
    let looked: Vec<(usize, Source, Looked)> = looked.into_iter().collect::<anyhow::Result<_>>()?;
    let read = looked.iter().map(|(_, _, looked)| Ok(looked.contents.clone())).collect();
    cache.replace(looked.into_iter());
    put_together(inputs, read, (uploads, told))
}

fn put_together(
    inputs: &[PathBuf],
    read: Vec<anyhow::Result<Contents>>,
    (uploads, told): (MediaFiles, Vec<Diagnostic>),
) -> anyhow::Result<Warned<Export>> {
    let mut fingerprint = blake3::Hasher::new();
    let mut all = Copies { diagnostics: told, ..Copies::default() };
    let mut files = Vec::with_capacity(read.len());
    // A list that grows as it goes would take twice the memory.
    let each = || read.iter().flatten().map(|contents| &contents.copies);
    all.posts.reserve_exact(each().map(|copies| copies.posts.len()).sum());
    all.attachments.reserve_exact(each().map(|copies| copies.attachments.len()).sum());
    for contents in read {
        let Contents { file, copies, hash } = contents?;
        fingerprint.update(file.name.as_bytes());
        fingerprint.update(&hash.to_le_bytes());
        all.append(copies);
        files.push(file);
    }
    let mut diagnostics = std::mem::take(&mut all.diagnostics);
    let mut export = assemble::assemble(all, files, &mut diagnostics);
    if is_empty(&export) {
        return Err(tell_empty(inputs, &diagnostics));
    }
    export.uploads = uploads;
    export.fingerprint = fingerprint.finalize().to_hex().to_string();
    Ok(Warned { value: export, diagnostics })
}

/// Reads a body from its file, without what of it not every reader saw.
///
/// # Errors
///
/// The file cannot be read any more, or has changed since the export was read.
pub fn read_body(files: &[ExportFile], place: &BodyPlace) -> anyhow::Result<Body> {
    read_whole_body(files, place, |whole| reader::public_body(whole, place.format))
}

/// Reads what of a body not every reader saw. Mostly empty.
///
/// # Errors
///
/// As for [`read_body`].
pub fn read_restricted(files: &[ExportFile], place: &BodyPlace) -> anyhow::Result<String> {
    let parted = read_whole_body(files, place, |whole| reader::part(&whole.text, place.format))?;
    Ok(parted.unwrap_or_default().hidden)
}

fn read_whole_body<T>(
    files: &[ExportFile],
    place: &BodyPlace,
    take: impl FnOnce(WholeBody<'_>) -> T,
) -> anyhow::Result<T> {
    let file = files.get(place.file.0 as usize).context("no such file in the export")?;
    let bytes = read_range(file, place).with_context(|| format!("cannot read {}", file.name))?;
    let source = String::from_utf8(bytes).unwrap_or_default();
    let written = Written { source: &source, encoding: place.encoding };
    let whole = written.whole_body().filter(|_| source.len() as u64 == place.length);
    let whole = whole
        .with_context(|| format!("{} has changed since it was read; build again", file.name))?;
    Ok(take(whole))
}

fn is_empty(export: &Export) -> bool {
    let Export { posts, attachments, terms, authors, comments, menus, .. } = export;
    let is_named = export.site.name.is_some() || export.site.home.is_some();
    posts.is_empty()
        && attachments.is_empty()
        && terms.is_empty()
        && authors.is_empty()
        && comments.is_empty()
        && menus.is_empty()
        && export.navigations.is_empty()
        && export.reusable_blocks.is_empty()
        && !is_named
}

/// Without a site there is no report, so the error itself has to say what was found instead.
fn tell_empty(inputs: &[PathBuf], diagnostics: &[Diagnostic]) -> anyhow::Error {
    let names: Vec<String> = inputs.iter().map(|input| files::shown(input)).collect();
    let message = format!(
        "found nothing of WordPress in {}\n  help: name what holds the answers of its REST API (JSON), \
         or the file that it exports itself (XML); the README says how to save either",
        names.join(", ")
    );
    anyhow::Error::msg(diagnostics::with_first(message, diagnostics))
}

fn read_range(file: &ExportFile, place: &BodyPlace) -> anyhow::Result<Vec<u8>> {
    let mut opened = File::open(&file.path)?;
    opened.seek(SeekFrom::Start(place.start))?;
    let mut bytes = vec![0; usize::try_from(place.length)?];
    opened.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
