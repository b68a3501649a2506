//! Gathers the old paths that lead on: those the user names, old slugs, pages of attachments, what
//! old permalink structures and plugins made, first and last pages by number.

use crate::media::Library;
use crate::site::archives::Archive;
use crate::site::build::{Builder, pretty_path};
use crate::site::links::{Links, Resolution};
use crate::site::redirects::{Destination, Reach, Redirect, Rule};
use crate::site::urls::UrlPath;
use crate::site::{Entry, diagnostics};
use crate::wordpress;

impl Builder<'_> {
    /// Returns where old paths lead that have no page here, unless another has the path by now.
    pub(super) fn redirects(
        &mut self,
        library: &Library,
        entries: &[Entry],
        archives: &[Archive],
        links: &mut Links,
    ) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        let is_folder = |path: &UrlPath| *path != UrlPath::root() && path.as_str().ends_with('/');
        for redirect in self.told_redirects(entries, archives, links) {
            if self.claims.take(&redirect.from) {
                redirects.push(redirect);
            } else {
                self.diagnostics.push(diagnostics::unused_redirect(
                    &self.config.settings,
                    redirect.from.as_str(),
                ));
            }
        }
        let per_page = self.posts_per_page();
        let known = [
            self.old_homes(entries, archives),
            old_slugs(&self.export, entries),
            self.attachments(library),
            past_last(entries),
            self.old_structures(entries),
            self.amp(entries),
            first_by_number(archives, per_page),
            self.parts_of_archives(entries, archives),
        ];
        for redirect in known.into_iter().flatten() {
            if is_folder(&redirect.from) && self.claims.take(&redirect.from) {
                redirects.push(redirect);
            }
        }
        redirects.iter().for_each(|redirect| self.add_to_links(redirect, library, links));
        redirects
    }

    /// Lets links to an old path lead where it leads.
    fn add_to_links(&self, redirect: &Redirect, library: &Library, links: &mut Links) {
        let Redirect { from, to } = redirect;
        match to {
            Destination::Page(to) => links.add_moved(from, Resolution::Page(to.clone())),
            Destination::Address(to) => links.add_moved(from, Resolution::Moved(to.clone())),
            Destination::Upload(to) => links.add_moved(from, Resolution::Upload(to.clone())),
            // They have been added as what they are.
            Destination::Attachment(id) => {
                let link = library.attachment(*id).map(|attachment| &*attachment.link);
                if link.and_then(|link| pretty_path(&self.old, link)).as_ref() == Some(from) {
                    links.add_attachment_page(*id, from);
                }
            }
        }
    }

    /// Returns what the user says. A rule for all below a path is one redirect for each page that
    /// has the same rest, since a host of files knows no rules.
    fn told_redirects(
        &mut self,
        entries: &[Entry],
        archives: &[Archive],
        links: &mut Links,
    ) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        for rule in &self.rules.redirects {
            let Rule { from, reach, to } = rule;
            if *reach == Reach::BelowToSame {
                let paths = entries.iter().map(|entry| &entry.path);
                let count = redirects.len();
                for path in paths.chain(archives.iter().map(|archive| &archive.path)) {
                    let Some(rest) = path.as_str().strip_prefix(&**to) else { continue };
                    let from = UrlPath::from_encoded(&format!("{from}{rest}"));
                    redirects.push(Redirect { from, to: Destination::Page(path.clone()) });
                }
                if to.starts_with('/') && redirects.len() == count {
                    self.diagnostics.push(diagnostics::dead_redirect(
                        &self.config.settings,
                        from,
                        to,
                    ));
                }
            } else if let Some(destination) = destination(links, to) {
                if *reach == Reach::Path {
                    redirects.push(Redirect { from: UrlPath::from_encoded(from), to: destination });
                }
            } else {
                self.diagnostics.push(diagnostics::dead_redirect(&self.config.settings, from, to));
            }
            if *reach != Reach::Path {
                links.add_moved_below(from, *reach, to);
            }
        }
        redirects
    }

    fn attachments(&self, library: &Library) -> Vec<Redirect> {
        let pages = library.attachments().iter().filter_map(|attachment| {
            let from = pretty_path(&self.old, &attachment.link)?;
            Some(Redirect { from, to: Destination::Attachment(attachment.id) })
        });
        pages.collect()
    }

    /// Where a plugin showed posts and pages in another form, if the site had one. Plain addresses
    /// chose that by a query.
    fn amp(&self, entries: &[Entry]) -> Vec<Redirect> {
        if self.export.site.has_amp != Some(true) {
            return Vec::new();
        }
        let shown = entries.iter().filter(|entry| {
            let post = &self.export.posts[entry.record];
            wordpress::is_post_or_page(&post.post_type)
                && pretty_path(&self.old, &post.link).is_some()
        });
        let amp = shown.map(|entry| Redirect {
            from: entry.path.join("amp"),
            to: Destination::Page(entry.path.clone()),
        });
        amp.collect()
    }

    /// Where posts stood before the site's permalink structure was changed.
    fn old_structures(&self, entries: &[Entry]) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        for structure in &self.rules.old_structures {
            for entry in entries {
                let post = &self.export.posts[entry.record];
                if &*post.post_type == "post" {
                    let from = structure.path(&self.fields(post, &entry.terms, entry.date));
                    redirects.push(Redirect { from, to: Destination::Page(entry.path.clone()) });
                }
            }
        }
        redirects
    }
}

/// Returns where a rule leads: none if that is on this site, and nothing is there.
fn destination(links: &Links, to: &str) -> Option<Destination> {
    let (resolution, fragment) = links.resolve(to);
    match resolution {
        Resolution::Page(path) if fragment.is_empty() => Some(Destination::Page(path)),
        Resolution::Attachment(id) => Some(Destination::Attachment(id)),
        Resolution::Upload(path) => Some(Destination::Upload(path)),
        Resolution::Lost => None,
        _ => Some(Destination::Address(to.to_owned())),
    }
}

/// WordPress remembers the slugs a post had before, and leads from there to the post.
fn old_slugs(export: &crate::model::Export, entries: &[Entry]) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for entry in entries {
        let post = &export.posts[entry.record];
        for slug in &post.old_slugs {
            let from = entry.path.beside(slug);
            redirects.push(Redirect { from, to: Destination::Page(entry.path.clone()) });
        }
    }
    redirects
}

/// WordPress leads from pages past the last to the post, and counters linked to the next.
fn past_last(entries: &[Entry]) -> Vec<Redirect> {
    let in_pages = entries.iter().filter(|entry| entry.pages > 1);
    let past = in_pages.map(|entry| Redirect {
        from: entry.path.join(&(entry.pages + 1).to_string()),
        to: Destination::Page(entry.path.clone()),
    });
    past.collect()
}

/// Themes linked to the first page of a list by its number, too.
fn first_by_number(archives: &[Archive], per_page: usize) -> Vec<Redirect> {
    let in_pages = archives.iter().filter(|archive| archive.pages(per_page) > 1);
    let first = in_pages.map(|archive| Redirect {
        from: archive.path.join("page").join("1"),
        to: Destination::Page(archive.path.clone()),
    });
    first.collect()
}
