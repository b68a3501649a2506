//! What a build publishes of the media library. Only all pages together tell that: they are made, in
//! a folder that is thrown away.

use std::collections::HashMap;
use std::sync::PoisonError;

use anyhow::Context as _;
use indicatif::ProgressBar;

use crate::model::PostId;
use crate::output::{Force, Output};
use crate::render::media_use::Notes;
use crate::render::voices::{AllWords, Voices};
use crate::render::{Sources, destinations, front, jobs, uploads};

/// What a build publishes of the media library.
#[derive(Debug)]
pub struct Published {
    /// By their paths below the uploads folder.
    files: HashMap<String, Copied>,
    /// Where the pages of attachments lead.
    attachments: HashMap<PostId, String>,
}

/// Whether a file that is at hand is copied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Copied {
    /// It is.
    Yes,
    /// No page uses it: `uploads = "all"` would copy it.
    WithAll,
    /// No page uses it, and nothing says that it was public.
    Never,
}

impl Published {
    /// Makes all pages of a site to find out.
    ///
    /// # Errors
    /// The theme is not valid, a body cannot be read, or nothing can be written to the temporary folder.
    pub fn of(from: &Sources<'_>) -> anyhow::Result<Self> {
        let words = AllWords::load(from.theme, from.site)?;
        let voices = Voices::new(from, &words, front::plan(from).value, Notes::default())?;
        let shared = voices.own();
        shared.use_redirected_files();
        let place = tempfile::tempdir().context("making a temporary folder")?;
        let output = Output::open(&place.path().join("site"), Force::No)?.value;
        jobs::run(&voices, None, &output, &ProgressBar::hidden())?;
        let copied = |path: &str| match shared.published(path) {
            Some(_) => Copied::Yes,
            None if uploads::is_upload(shared, path) => Copied::WithAll,
            None => Copied::Never,
        };
        let all = from.library.files().map(|(path, _)| (path.to_owned(), copied(path)));
        let mut files: HashMap<String, Copied> = all.collect();
        let spelled = shared.spelled.lock().unwrap_or_else(PoisonError::into_inner);
        files.extend(spelled.iter().map(|path| (path.to_string(), Copied::Yes)));
        let leads = |id| Some((id, destinations::attachment(shared, id)?));
        let attachments = from.library.attachments().iter().filter_map(|it| leads(it.id)).collect();
        Ok(Self { files, attachments })
    }

    /// Returns whether the file is copied that is at hand for a path.
    pub fn file(&self, path: &str) -> Copied {
        self.files.get(path).copied().unwrap_or(Copied::Never)
    }

    /// Returns where the page of an attachment leads.
    pub fn attachment(&self, id: PostId) -> Option<&str> {
        self.attachments.get(&id).map(String::as_str)
    }
}
