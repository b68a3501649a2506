//! An export together with what is known beside it: what findings are drawn from. Pure.

use crate::commands::doctor::kinds::Kinds;
use crate::commands::doctor::mentions::Mentions;
use crate::config::Settings;
use crate::media::Library;
use crate::model::{Author, Export, Post, Term};

/// What findings are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The records, without attachments.
    pub export: &'a Export,
    /// The attachments, and the files at hand.
    pub library: &'a Library,
    /// What the user has told.
    pub settings: &'a Settings,
    /// What the export says of its post types and taxonomies.
    pub kinds: &'a Kinds<'a>,
    /// The files that texts show or link to.
    pub mentions: &'a Mentions,
}

impl<'a> Evidence<'a> {
    /// Returns the posts readers could open: what others refer to is not missed.
    pub fn shown(&self) -> impl Iterator<Item = &'a Post> + Clone + use<'a> {
        let kinds = self.kinds;
        self.export.posts.iter().filter(move |post| kinds.is_shown(post))
    }

    /// Returns the names of the export's files that hold an answer, if an empty one or a part of one.
    /// What was saved in place of an answer is asked for again, under the same name.
    pub fn saved_files(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let files = self.export.files.iter().filter(|file| file.reading.is_answer());
        files.map(|file| &*file.name)
    }

    /// Returns whether the root index is there, or the settings, which say the same. WordPress's own
    /// export has the site's name and address, and no more.
    pub fn has_root_index(&self) -> bool {
        let site = &self.export.site;
        site.url.is_some() || site.timezone.is_some() || site.gmt_offset.is_some()
    }

    /// Returns whether a term has a name.
    pub fn is_term_named(&self, term: &Term) -> bool {
        let told = match &*term.taxonomy {
            "category" => &self.settings.categories,
            "post_tag" => &self.settings.tags,
            _ => &self.settings.terms,
        };
        term.name.is_some() || told.get(term.id.0).is_some_and(|told| told.name.is_some())
    }

    /// Returns whether an author has a name.
    pub fn is_author_named(&self, author: &Author) -> bool {
        let told = self.settings.authors.get(author.id.0);
        author.name.is_some() || told.is_some_and(|told| told.name.is_some())
    }

    /// Returns whether the address of an author's archive is known.
    pub fn is_author_addressed(&self, author: &Author) -> bool {
        let told = self.settings.authors.get(author.id.0);
        author.slug.is_some() || told.is_some_and(|told| told.slug.is_some())
    }
}
