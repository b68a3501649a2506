//! The media library: which old address is which local file, and how large pictures are.

pub mod broken;
pub mod names;
pub mod path_index;

mod corrections;
mod files;
mod network;
mod offered;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use std::time::SystemTime;

use crate::config::Settings;
use crate::diagnostics::Warned;
use crate::media::names::{converted_from, ending, path_of, site_folder, size_in_name, stem};
use crate::media::offered::Offered;
use crate::media::path_index::{Fit, OtherSize, PathIndex, Spelled};
use crate::model::{Attachment, Export, ImageSize, PostId, ShownFile, Status};
use crate::stored::StoredFile;
use crate::text_hash::{Places, TextHash};

/// The files of `wp-content/uploads/`, and the attachments they belong to.
#[derive(Debug, Default)]
pub struct Library {
    /// What the export and the settings know of the files.
    attachments: Vec<Attachment>,
    /// Places in `attachments`, sorted by the post they were uploaded to.
    by_parent: Vec<(PostId, usize)>,
    /// Places in `attachments`, by their path below the uploads folder.
    by_path: Places,
    /// Places in `attachments`, by their path without size and ending: `lake.jpg` and `lake.png`
    /// may be two of them.
    by_stem: Places,
    /// The files at hand, by path below the uploads folder; what lies elsewhere by that from the
    /// home page on, which begins with `/`.
    files: HashMap<Box<str>, LocalFile>,
    /// The folder that a network of sites had for this one below its uploads folder, such as `sites/7/`:
    /// empty for most.
    site_folder: String,
    /// How many of them are in the uploads folder.
    uploads: usize,
    /// What is alike in the paths of `files`, once one is asked for that is none of them.
    path_index: OnceLock<PathIndex>,
    /// The paths of files that belong to attachments nobody could see.
    hidden: HashSet<Box<str>>,
    /// Whether the export has any of the media library.
    is_listed: bool,
    /// What the media library holds, once that is asked.
    offered: OnceLock<Offered>,
}

/// A file at hand.
#[derive(Clone, Debug)]
pub struct LocalFile {
    /// Counts the files at hand.
    pub index: usize,
    /// Where it is.
    pub file: StoredFile,
    /// In bytes.
    pub length: u64,
    /// When it was last changed.
    pub modified: Option<SystemTime>,
}

/// How many attachments of one stem are told apart.
const MAX_ALIKE: usize = 8;

/// A picture in one size.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Picture {
    /// Its decoded path below the uploads folder, or its full address if it never was there.
    pub path: String,
    /// In pixels; 0 if unknown.
    pub width: u32,
    /// In pixels; 0 if unknown.
    pub height: u32,
}

/// Takes the attachments out of an export, and finds their files and all others that pages may use.
pub fn localize(export: &mut Export, settings: &Settings) -> Warned<Library> {
    let attachments = std::mem::take(&mut export.attachments);
    let media = std::mem::take(&mut export.uploads);
    let shown = std::mem::take(&mut export.featured_files);
    let known: Vec<PostId> = attachments.iter().map(|attachment| attachment.id).collect();
    let is_listed = !attachments.is_empty();
    let is_public = |attachment: &Attachment| attachment.status == Status::Publish;
    let (attachments, hidden): (Vec<_>, Vec<_>) = attachments.into_iter().partition(is_public);
    let hidden = hidden.iter().flat_map(paths_of).collect();
    let mut library = Library { attachments, hidden, is_listed, ..Library::default() };
    let is_known = |id: PostId| known.binary_search(&id).is_ok();
    let unknown = shown.into_iter().filter(|(id, _)| !is_known(*id));
    library.attachments.extend(unknown.map(|(id, shown)| {
        let ShownFile { address: source_url, width, height } = shown;
        Attachment { id, source_url, width, height, ..Attachment::default() }
    }));
    corrections::add(&mut library.attachments, settings);
    for attachment in library.attachments.iter_mut().filter(|it| it.mime_type.is_empty()) {
        attachment.mime_type = type_of(&attachment.source_url).into();
    }
    // The settings may have added some.
    library.attachments.sort_by_key(|attachment| attachment.id);
    let places = || library.attachments.iter().zip(0..);
    let with_parent = |(attachment, place): (&Attachment, usize)| Some((attachment.parent?, place));
    library.by_parent = places().filter_map(with_parent).collect();
    library.by_parent.sort_unstable();
    let with_path =
        |(attachment, place): (&Attachment, usize)| Some((path_of(&attachment.source_url)?, place));
    let paths = || places().filter_map(with_path);
    library.by_path = Places::new(paths().map(|(path, place)| (TextHash::of(&path), place)));
    library.by_stem = Places::new(paths().map(|(path, place)| (TextHash::of(stem(&path)), place)));
    let mut diagnostics = Vec::new();
    for folder in &media.folders {
        files::add_folder(&mut library.files, folder, &mut diagnostics);
    }
    for packed in &media.packed {
        files::add(&mut library.files, &packed.path, &packed.file, &mut diagnostics);
    }
    library.site_folder = network::own_folder(&library.attachments);
    network::put_into(&library.site_folder, &mut library.files);
    library.uploads = library.files.len();
    for other in &media.others {
        let path = format!("/{}", other.path);
        files::add(&mut library.files, &path, &other.file, &mut diagnostics);
    }
    Warned { value: library, diagnostics }
}

/// Returns the paths of an attachment's files, below the uploads folder.
fn paths_of(attachment: &Attachment) -> Vec<Box<str>> {
    let Some(path) = path_of(&attachment.source_url) else { return Vec::new() };
    let sizes = attachment.sizes.iter().map(|size| beside(&path, &size.file_name).into());
    sizes.chain([path.clone().into()]).collect()
}

/// Returns the path of the file `name` in the folder of the one at `path`, which may be in none.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// Returns the type of a file of which only the name is known. Empty if that does not tell.
fn type_of(address: &str) -> &'static str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    mime_guess::from_path(path).first_raw().unwrap_or_default()
}

impl Library {
    /// Returns all attachments, with or without a file at hand.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// Returns the file at hand for a decoded path below the uploads folder, whose name may be
    /// written in another way.
    pub fn file(&self, path: &str) -> Option<&LocalFile> {
        self.files.get(path).or_else(|| self.files.get(self.spelled(path)?.path))
    }

    /// Returns whether the file for a path has that very name.
    pub fn is_at(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns the path of the file at hand for one that none has.
    pub fn spelled(&self, path: &str) -> Option<Spelled<'_>> {
        let path_index = self.path_index()?;
        // Networks that were set up long ago had no folder for each site in the addresses of files.
        let in_own = || {
            let is_outside = !self.site_folder.is_empty() && site_folder(path).is_none();
            let own = || format!("{}{path}", self.site_folder);
            is_outside.then(own).and_then(|path| path_index.spelled(&path))
        };
        path_index.spelled(path).or_else(in_own)
    }

    /// Returns the picture at hand that may stand for one that is not, which is another size of it.
    /// Of an attachment that nobody could see there is none.
    pub fn other_size(&self, path: &str) -> Option<OtherSize<'_>> {
        let is_allowed = |path: &str| !self.is_hidden(path);
        let made_of = converted_from(path).and_then(|path| self.files.get_key_value(path));
        if let Some((path, _)) = made_of.filter(|(path, _)| is_allowed(path)) {
            return Some(OtherSize { path, fit: Fit::Enough });
        }
        let path = converted_from(path).unwrap_or(path);
        self.path_index()?.other_size(path, |path| self.dimensions(path), is_allowed)
    }

    fn path_index(&self) -> Option<&PathIndex> {
        let paths = || self.files.keys().map(|path| &**path);
        (!self.files.is_empty()).then(|| self.path_index.get_or_init(|| PathIndex::new(paths())))
    }

    /// Returns the paths of files that are in no folder of uploads, in no order.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|path| &**path).filter(|path| path.starts_with('/'))
    }

    /// Returns all files at hand with their paths, in no order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &LocalFile)> {
        self.files.iter().map(|(path, file)| (&**path, file))
    }

    /// Returns whether a file belongs to an attachment that nobody could see. A public page that uses
    /// the file shows it all the same.
    pub fn is_hidden(&self, path: &str) -> bool {
        self.hidden.contains(path)
    }

    /// Returns whether the export has any of the media library.
    pub fn is_listed(&self) -> bool {
        self.is_listed
    }

    /// Returns whether a file belongs to the media library, as far as the export tells, and to an
    /// attachment that everybody could see. Plugins keep other files beside those.
    pub fn is_offered(&self, path: &str) -> bool {
        let offered = || self.offered.get_or_init(|| Offered::new(&self.attachments));
        let is_of_library = match self.is_listed {
            true => offered().holds(path),
            false => offered::is_likely(path),
        };
        is_of_library && !self.is_hidden(path)
    }

    /// Returns a hash of names, lengths and times of the files at hand.
    pub fn fingerprint(&self) -> String {
        let mut files: Vec<(&str, &LocalFile)> = self.files().collect();
        files.sort_by_key(|(path, _)| *path);
        let mut hasher = blake3::Hasher::new();
        for (path, file) in files {
            hasher.update(format!("{path}\0{}\0{:?}\n", file.length, file.modified).as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Returns how many files are at hand.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether no file of the uploads folder is at hand.
    pub fn is_empty(&self) -> bool {
        self.uploads == 0
    }

    /// Returns an attachment.
    pub fn attachment(&self, id: PostId) -> Option<&Attachment> {
        let place = self.attachments.binary_search_by_key(&id, |attachment| attachment.id).ok()?;
        Some(&self.attachments[place])
    }

    /// Returns the attachments that were uploaded to a post, by ascending id.
    pub fn attached_to(&self, post: PostId) -> impl Iterator<Item = &Attachment> {
        let start = self.by_parent.partition_point(|(parent, _)| *parent < post);
        let own = self.by_parent[start..].iter().take_while(move |(parent, _)| *parent == post);
        own.map(|&(_, place)| &self.attachments[place])
    }

    /// Returns the attachment that a path below the uploads folder belongs to: the original, or
    /// one of its smaller sizes.
    pub fn attachment_at(&self, path: &str) -> Option<&Attachment> {
        if let Some(place) = self.by_path.of(path).next() {
            return Some(&self.attachments[place]);
        }
        let alike = self.by_stem.of(stem(path)).take(MAX_ALIKE);
        let name = path.rsplit('/').next().unwrap_or(path);
        let has_size =
            |attachment: &&Attachment| attachment.sizes.iter().any(|size| &*size.file_name == name);
        let has_ending = |attachment: &&Attachment| {
            path_of(&attachment.source_url).is_some_and(|other| ending(&other) == ending(path))
        };
        let alike = || alike.clone().map(|place| &self.attachments[place]);
        alike().find(has_size).or_else(|| alike().find(has_ending)).or_else(|| alike().next())
    }

    /// Returns the paths by which the file of an attachment may be at hand: its own, that of its
    /// largest size, and so on.
    pub fn paths_of(&self, attachment: &Attachment) -> Vec<String> {
        let Some(own) = path_of(&attachment.source_url) else { return Vec::new() };
        let known = self.pictures(attachment).into_iter().rev().map(|picture| picture.path);
        let mut paths: Vec<String> = known.collect();
        if !paths.iter().any(|path| self.file(path).is_some()) {
            paths.extend(self.other_size(&own).map(|other| other.path.to_owned()));
        }
        paths
    }

    /// Returns an attachment's picture in all its sizes, smallest first, the original last. A size
    /// of another shape than the original is a cut-out, and left out.
    pub fn pictures(&self, attachment: &Attachment) -> Vec<Picture> {
        let original = path_of(&attachment.source_url);
        let path = original.unwrap_or_else(|| attachment.source_url.to_string());
        let has_shape = |size: &&ImageSize| {
            let (width, height) = (f64::from(size.width), f64::from(size.height));
            let ratio = f64::from(attachment.height) / f64::from(attachment.width);
            attachment.width > size.width && (height - width * ratio).abs() <= 1.5
        };
        let sizes = attachment.sizes.iter().filter(has_shape).map(|size| Picture {
            path: beside(&path, &size.file_name),
            width: size.width,
            height: size.height,
        });
        let mut pictures: Vec<Picture> = sizes.collect();
        pictures.dedup_by_key(|picture| picture.width);
        pictures.push(Picture { path, width: attachment.width, height: attachment.height });
        pictures
    }

    /// Returns width and height of the picture at a path below the uploads folder, in pixels.
    pub fn dimensions(&self, path: &str) -> Option<(u32, u32)> {
        let attachment = self.attachment_at(path)?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let size = attachment.sizes.iter().find(|size| &*size.file_name == name);
        let (width, height) = size
            .map(|size| (size.width, size.height))
            .or_else(|| size_in_name(name))
            .unwrap_or((attachment.width, attachment.height));
        (width > 0 && height > 0).then_some((width, height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_one_name_and_two_endings_are_told_apart() {
        let attachment = |id, name: &str, width, size: &str| Attachment {
            id: PostId(id),
            source_url: format!("/wp-content/uploads/2026/06/{name}").into(),
            width,
            height: width,
            sizes: [ImageSize {
                name: "small".into(),
                file_name: size.into(),
                width: 150,
                height: width,
            }]
            .into(),
            ..Attachment::default()
        };
        let attachments = vec![
            attachment(1, "lake.jpg", 900, "lake-150x900.jpg"),
            attachment(2, "lake.png", 700, "lake-small.png"),
        ];
        let mut export = Export { attachments, ..Export::default() };
        let library = localize(&mut export, &Settings::default()).value;
        let check = |name: &str, id: u64| {
            let found = library.attachment_at(&format!("2026/06/{name}")).map(|it| it.id.0);
            assert_eq!(found, Some(id), "{name}");
        };
        check("lake.jpg", 1);
        check("lake.png", 2);
        check("lake-150x900.jpg", 1);
        check("lake-150x150.png", 2);
        check("lake-150x150.webp", 1);
        assert_eq!(library.dimensions("2026/06/lake.png"), Some((700, 700)));
    }

    #[test]
    fn sizes_lie_beside_their_original_with_or_without_a_folder() {
        let paths = |path: &str| {
            let size =
                ImageSize { name: "t".into(), file_name: "t-b.jpg".into(), width: 1, height: 1 };
            let source_url = format!("/wp-content/uploads/{path}").into();
            paths_of(&Attachment { source_url, sizes: [size].into(), ..Attachment::default() })
        };
        assert_eq!(paths("lake.jpg"), ["t-b.jpg".into(), Box::from("lake.jpg")]);
        assert_eq!(
            paths("2026/06/lake.jpg"),
            ["2026/06/t-b.jpg".into(), Box::from("2026/06/lake.jpg")]
        );
    }
}
