//! What was not public, and whether any file of the site holds it.

use std::sync::Arc;

use rayon::prelude::*;

use crate::commands::check::addresses::Ground;
use crate::commands::check::folder::FileId;
use crate::commands::check::telling::Finding;
use crate::commands::check::texts::shingles::{Hidden, Sighting};
use crate::commands::report::counted;
use crate::config::Config;
use crate::content;
use crate::diagnostics::{Diagnostic, Location};
use crate::export;
use crate::model::{Export, Post};
use crate::site::visibility::{Standing, Visibility, visibility};

const SECRET: &str = "do not publish this: build the site again into an empty folder";

/// What was not public.
pub(super) struct Secrets {
    pub(super) hidden: Hidden,
    /// Where each text stands in the export.
    places: Vec<Location>,
}

/// Returns whether readers could see a post. That is asked of the record itself, not of who decides what
/// gets a page, but for types that are not public.
fn is_public(export: &Export, post: &Post, config: &Config) -> bool {
    let is_of_public_type = !matches!(
        visibility(export, post, config),
        Visibility::OfType(Standing::Private | Standing::Unlisted | Standing::Unknown)
    );
    post.is_public() && is_of_public_type
}

impl Secrets {
    pub(super) fn of(export: &Export, config: &Config) -> anyhow::Result<Self> {
        let mut secrets = Self { hidden: Hidden::default(), places: Vec::new() };
        for post in &export.posts {
            let is_public = is_public(export, post, config);
            let Some(place) = &post.body else { continue };
            let mut text = export::read_restricted(&export.files, place)?;
            if !is_public {
                text.push_str(&export::read_body(&export.files, place)?.text);
            }
            if text.is_empty() {
                continue;
            }
            let file = &export.files[place.file.0 as usize].name;
            let title = content::plain_text(&post.title);
            secrets.add(Location::record(file, post.id, &title), &text);
        }
        for comment in export.comments.iter().filter(|comment| !comment.is_approved) {
            let file: Arc<str> = format!("comment {}", comment.id.0).into();
            secrets.add(
                Location::record(&file, comment.post, "a comment on it"),
                comment.content.as_written(),
            );
        }
        Ok(secrets)
    }

    fn add(&mut self, place: Location, text: &str) {
        self.hidden.add(self.places.len(), text);
        self.places.push(place);
    }

    /// Takes for public what readers see besides the texts of posts.
    pub(super) fn allow_what_is_public(&self, export: &Export, config: &Config) {
        export
            .comments
            .iter()
            .filter(|it| it.is_approved)
            .for_each(|it| self.hidden.allow(it.content.as_written()));
        export.terms.iter().for_each(|term| self.hidden.allow(&term.description));
        export.site.description.iter().for_each(|tagline| self.hidden.allow(tagline));
        export.reusable_blocks.iter().for_each(|block| self.hidden.allow(&block.body.text));
        export.theme_pieces.iter().for_each(|piece| self.hidden.allow(&piece.body.text));
        // Hidden texts link to public pages, too.
        export.terms.iter().for_each(|term| self.hidden.allow(&term.link));
        for post in &export.posts {
            if is_public(export, post, config) {
                for text in [&post.excerpt, &post.title, &post.link, &post.guid] {
                    self.hidden.allow(text);
                }
            }
        }
    }

    /// Looks into all files that hold text. Returns what was found, and how many were looked into.
    pub(super) fn look_for(&self, ground: &Ground) -> anyhow::Result<(Vec<Finding>, usize)> {
        if self.hidden.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let is_text = |name: &str| {
            let kinds = [".html", ".xml", ".json", ".txt", ".js", ".css", ".svg"];
            kinds.iter().any(|kind| name.ends_with(kind)) || !name.contains('.')
        };
        let files: Vec<FileId> = ground
            .folder
            .files()
            .filter(|(_, file)| is_text(&file.name))
            .map(|(id, _)| id)
            .collect();
        let found: Vec<anyhow::Result<Vec<Finding>>> = files
            .par_iter()
            .map(|&file| {
                let sightings = self.hidden.find(&ground.folder.text(file)?);
                let name = &ground.folder.file(file).name;
                Ok(sightings.iter().map(|sighting| self.tell(sighting, name)).collect())
            })
            .collect();
        let found = found.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        Ok((found.concat(), files.len()))
    }

    fn tell(&self, sighting: &Sighting, file: &Arc<str>) -> Finding {
        let place = &self.places[sighting.text];
        let whose = match &place.post {
            Some((id, _)) if place.file.starts_with("comment ") => {
                format!("{} on post {id}", place.file)
            }
            Some((id, title)) => format!("post {id} “{title}” in {}", place.file),
            None => place.file.to_string(),
        };
        let words = &sighting.words;
        let message = format!("words of {whose} are here, which was not public: “{words}”");
        let found = Diagnostic::error("hidden-text", message, Location::file(file));
        Finding::of(found.with_help(SECRET))
    }

    pub(super) fn summary(&self, files: usize) -> String {
        let all = self.places.len();
        let provable = self.hidden.provable().len();
        if all == 0 {
            return "No text in the export was hidden from readers.".to_owned();
        }
        let texts = counted(provable, "text that was", "texts that were");
        let files = counted(files, "file", "files");
        let rest = match all - provable {
            0 => String::new(),
            1 => "; 1 more is too short, or holds nothing that no public text has".to_owned(),
            more => format!("; {more} more are too short, or hold nothing that no public text has"),
        };
        format!("Looked for {texts} not public in {files}{rest}.")
    }
}
