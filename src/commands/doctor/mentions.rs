//! Which files of the old site's media library the texts of an export show or link to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use url::Url;

use crate::commands::doctor::kinds::Kinds;
use crate::content::{self, Scripts, Setting, Unknown, surroundings};
use crate::diagnostics::Location;
use crate::export;
use crate::media;
use crate::model::{Export, Post, PostId, Script};
use crate::site::old_site::OldSite;

/// Full addresses of files, by their decoded path below the uploads folder.
pub type Mentions = BTreeMap<String, String>;

/// Listens to what a text asks of the site around it, as it does when its page is made: so nothing
/// is missed that the page will show, and nothing is found that it will not.
struct Listener<'a> {
    old: &'a OldSite,
    home: Option<&'a Url>,
    heard: Mutex<Mentions>,
}

/// Reads the texts of public posts.
///
/// # Errors
/// A file of the export cannot be read any more.
pub fn read(
    export: &Export,
    kinds: &Kinds<'_>,
    old: &OldSite,
    home: &str,
) -> anyhow::Result<Mentions> {
    let home = Url::parse(home).ok();
    let shown: Vec<&Post> = export.posts.iter().filter(|post| kinds.is_shown(post)).collect();
    let heard = shown.par_iter().map(|post| {
        let Some(place) = &post.body else { return Ok(Mentions::new()) };
        let body = export::read_body(&export.files, place)?;
        let listener = Listener { old, home: home.as_ref(), heard: Mutex::default() };
        let location = Location::file(&export.files[place.file.0 as usize].name);
        let scripts = Scripts::Drop;
        let shortcodes = Unknown::Drop;
        let setting =
            Setting { post: post.id, location: &location, language: "en", scripts, shortcodes };
        content::normalize(&body, &setting, &listener);
        Ok(listener.heard.into_inner().unwrap_or_else(PoisonError::into_inner))
    });
    let heard: Vec<anyhow::Result<Mentions>> = heard.collect();
    let mut all = Mentions::new();
    for mentions in heard {
        all.extend(mentions?);
    }
    Ok(all)
}

impl Listener<'_> {
    fn note(&self, address: &str) {
        let Some(local) = self.old.local(address) else { return };
        let Some(path) = media::path_of(local.path) else { return };
        let full = match self.home {
            Some(home) => home.join(address.trim()).ok(),
            None => Url::parse(address).ok(),
        };
        if let Some(full) = full {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.insert(path, full.into());
        }
    }
}

impl surroundings::Surroundings for Listener<'_> {
    fn link(&self, address: &str) -> surroundings::Target {
        self.note(address);
        surroundings::Target::Elsewhere
    }

    fn file(&self, address: &str) -> surroundings::Target {
        self.note(address);
        surroundings::Target::Elsewhere
    }

    fn image(&self, _: &str, _: Option<PostId>) -> Option<surroundings::ImageFacts> {
        None
    }

    fn language_of(&self, _: Script) -> Option<&str> {
        None
    }
}
