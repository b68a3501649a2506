//! Which files of the old site's media library the texts of an export show or link to.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use url::Url;

use crate::commands::doctor::kinds::Kinds;
use crate::content::surroundings::{AttachmentFacts, Surroundings, Target};
use crate::content::{self, CodeColors, PluginShortcodes, Scripts, Setting};
use crate::diagnostics::Location;
use crate::export;
use crate::media::{Library, names::plain_path};
use crate::media_types::is_media;
use crate::model::{Export, Post, PostId};
use crate::site::old_site::OldSite;

/// Full addresses of files, by their decoded path below the uploads folder, or if they were not there
/// by that from the home page on, which begins with `/`.
pub type Mentions = BTreeMap<String, String>;

/// Listens to what a text asks of the site around it, as it does when its page is made: so nothing
/// is missed that the page will show, and nothing is found that it will not.
struct Listener<'a> {
    library: &'a Library,
    shown: &'a HashSet<PostId>,
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
    library: &Library,
    old: &OldSite,
    home: &str,
) -> anyhow::Result<Mentions> {
    let home = Url::parse(home).ok();
    let kinds = Kinds::of(export);
    let posts: Vec<&Post> = export.posts.iter().filter(|post| kinds.is_shown(post)).collect();
    let shown: HashSet<PostId> = posts.iter().map(|post| post.id).collect();
    let heard = posts.par_iter().map(|post| {
        let Some(place) = &post.body else { return Ok(Mentions::new()) };
        let body = export::read_body(&export.files, place)?;
        let heard = Mutex::default();
        let listener = Listener { library, shown: &shown, old, home: home.as_ref(), heard };
        let location = Location::file(&export.files[place.file.0 as usize].name);
        let scripts = Scripts::Drop;
        let shortcodes = PluginShortcodes::Drop;
        let code = CodeColors::None;
        let setting = Setting {
            post: post.id,
            location: &location,
            language: "en",
            scripts,
            shortcodes,
            code,
        };
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
    /// Returns the path of a file that was in no folder of uploads, from the home page on.
    fn other(&self, address: &str) -> Option<String> {
        let local = self.old.local(address)?;
        let path = plain_path(local.path.trim_start_matches('/'))?;
        is_media(&path).then(|| format!("/{path}"))
    }

    fn note(&self, address: &str) {
        let Some(path) = self.old.upload(address).or_else(|| self.other(address)) else { return };
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

impl Surroundings for Listener<'_> {
    fn link(&self, address: &str) -> Target {
        self.note(address);
        Target::Elsewhere
    }

    fn file(&self, address: &str) -> Target {
        self.note(address);
        Target::Elsewhere
    }

    fn attachment(&self, id: PostId) -> Option<AttachmentFacts> {
        self.library.attachment(id).map(AttachmentFacts::from)
    }

    fn attachments_of(&self, post: PostId) -> Vec<AttachmentFacts> {
        let is_shown = self.shown.contains(&post);
        let attached = self.library.attached_to(post).filter(|_| is_shown);
        attached.map(AttachmentFacts::from).collect()
    }
}
