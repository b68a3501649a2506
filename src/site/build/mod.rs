//! Builds the graph from the records, in one go.

mod bases;
mod candidates;
mod doubtful_languages;
mod editions;
mod entries;
mod home_pages;
mod language;
mod lists;
mod places;
mod redirects;
mod translations;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::config::Config;
use crate::content;
use crate::content::surroundings::Withheld;
use crate::diagnostics::{Diagnostic, Warned};
use crate::media::Library;
use crate::model::{AuthorId, Export, Post, PostId, TermId};
use crate::site::archives::{Archive, ArchiveId, ArchiveKind};
use crate::site::build::candidates::Clues;
use crate::site::build::editions::Editions;
use crate::site::build::entries::children;
use crate::site::claims::Claims;
use crate::site::comments::Discussions;
use crate::site::diagnostics;
use crate::site::languages::Languages;
use crate::site::links::Links;
use crate::site::menus;
use crate::site::old_site::{self, OldSite};
use crate::site::own_files::OwnFile;
use crate::site::taxonomy::{self, AuthorNode, TermNode};
use crate::site::time::Zone;
use crate::site::urls::{Base, UrlPath};
use crate::site::visibility::{Visibility, visibility};
use crate::site::{Entry, EntryId, Info, Rules, Site};

/// Builds the site that `export` holds.
pub fn build(
    mut export: Export,
    library: &Library,
    config: &Config,
    rules: &Rules,
) -> Warned<Site> {
    let public = public_posts(&export, config);
    let old = OldSite::of(&export, library.attachments(), &config.settings.old_hosts);
    doubtful_languages::forget(&mut export, &public, &old, &rules.languages);
    let mut builder = Builder::new((export, old), &public, config, rules);
    builder.tell_guessed_bases(&public);
    let (entries, newest_first) = builder.entries(&public);
    let archives = builder.archives(&entries, &newest_first);
    let discussions = builder.discussions(&entries);
    let comment_feeds = builder.comment_feeds(&entries, &discussions);
    builder.site(Pages { entries, newest_first, archives, discussions, comment_feeds }, library)
}

/// What has an address, before it is known where old addresses lead.
struct Pages {
    entries: Vec<Entry>,
    newest_first: Vec<EntryId>,
    archives: Vec<Archive>,
    discussions: Discussions,
    comment_feeds: HashMap<EntryId, UrlPath>,
}

/// What the steps of [`build`] share.
struct Builder<'a> {
    export: Export,
    config: &'a Config,
    rules: &'a Rules,
    old: OldSite,
    /// The page shown at `/`.
    front: Option<PostId>,
    zone: Zone,
    languages: Languages,
    editions: Editions,
    terms: HashMap<TermId, TermNode>,
    authors: HashMap<AuthorId, AuthorNode>,
    claims: Claims,
    taken_pages: HashSet<UrlPath>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(
        (export, mut old): (Export, OldSite),
        public: &[usize],
        config: &'a Config,
        rules: &'a Rules,
    ) -> Self {
        let settings = &config.settings;
        let mut diagnostics = diagnostics::unused_settings(&export, settings);
        diagnostics.extend(diagnostics::types_without_pages(&export, config));
        diagnostics.extend(diagnostics::taxonomies_without_pages(&export, &config.settings));
        let zone = rules.zone.unwrap_or_else(|| Zone::of(&export.site));
        let public: Vec<&Post> = public.iter().map(|&record| &export.posts[record]).collect();
        let terms = taxonomy::terms(&export, settings, &public, &mut diagnostics);
        let authors = taxonomy::authors(&export, settings, &public, &mut diagnostics);
        let mut claims = Claims::default();
        for own in OwnFile::ALL {
            claims.take(&own.path());
        }
        let front = front_page(&export, &public, &old);
        let clues = Clues { export: &export, public: &public, old: &old, front };
        let (languages, editions, guess) = languages(&clues, rules);
        diagnostics.extend(guess);
        let told = &rules.languages;
        diagnostics.extend(diagnostics::unused_languages(told, &editions.all, settings));
        for (host, id) in &editions.hosts {
            old.language_hosts.place(host, &editions.all[id.index()].home);
        }
        Self {
            front,
            old,
            languages,
            editions,
            export,
            config,
            rules,
            zone,
            terms,
            authors,
            claims,
            taken_pages: HashSet::new(),
            diagnostics,
        }
    }

    fn site(mut self, pages: Pages, library: &Library) -> Warned<Site> {
        let info = self.info(&pages.archives, library);
        self.tell_site(&info);
        let mut links = self.links(&pages, library);
        let Pages { entries, newest_first, archives, discussions, comment_feeds } = pages;
        let posts_pages = self.posts_pages(&entries);
        let redirects = self.redirects(library, &entries, &archives, &mut links);
        let copies = self.copies();
        let editions = self.editions_at(&entries, &archives);
        let from = menus::Sources {
            editions: &editions,
            export: &self.export,
            settings: &self.config.settings,
            entries: &entries,
            archives: &archives,
            links: &links,
        };
        let Warned { value: (menus, edition_menus), diagnostics } = menus::menus(&from);
        self.diagnostics.extend(diagnostics);
        let value = Site {
            discussions,
            comment_feeds,
            editions,
            edition_menus,
            posts_pages,
            term_archives: archives_by(&archives, ArchiveKind::term),
            author_archives: archives_by(&archives, ArchiveKind::author),
            children: children(&self.export, &entries),
            export: self.export,
            info,
            zone: self.zone,
            languages: self.languages,
            entries,
            newest_first,
            archives,
            terms: self.terms,
            authors: self.authors,
            menu: menus.main,
            footer_menu: menus.footer,
            links,
            taken_pages: self.taken_pages,
            redirects,
            copies,
        };
        Warned { value, diagnostics: self.diagnostics }
    }

    /// Returns which of the site's own files stand at which other paths, too.
    fn copies(&mut self) -> Vec<(OwnFile, UrlPath)> {
        let copies = OwnFile::ALL
            .into_iter()
            .flat_map(|own| own.copies().into_iter().map(move |path| (own, path)));
        copies.filter(|(_, path)| self.claims.take(path)).collect()
    }

    /// Tells what seems wrong with the site as a whole.
    fn tell_site(&mut self, info: &Info) {
        let Self { export, config, old, .. } = &*self;
        let several = diagnostics::several_sites(export, &config.settings, old);
        let is_unnamed = config.settings.title.is_none() && export.site.name.is_none();
        self.diagnostics.extend(several);
        self.diagnostics.extend(is_unnamed.then(|| diagnostics::unnamed_site(&info.title)));
    }

    fn info(&self, archives: &[Archive], library: &Library) -> Info {
        let (settings, record) = (&self.config.settings, &self.export.site);
        let home = old_site::home_address(&self.export, library.attachments());
        let host = home.as_deref().and_then(old_site::host_of);
        let old = home.as_deref().and_then(|home| Base::parse(home).ok());
        let base = self.rules.base.clone().or(old);
        let base =
            base.unwrap_or_else(|| Base::parse("http://localhost").expect("a valid address"));
        let told = |own: &Option<String>, exported: &Option<String>| {
            own.clone().or(exported.as_deref().map(content::plain_text))
        };
        Info {
            title: told(&settings.title, &record.name)
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| host.unwrap_or_else(|| "localhost".to_owned())),
            description: told(&settings.description, &record.description).unwrap_or_default(),
            language: self.languages.site().to_string(),
            base,
            posts_per_page: self.posts_per_page(),
            icon: record.site_icon,
            logo: record.site_logo,
            home: archives[0].path.clone(),
        }
    }

    fn links(&self, pages: &Pages, library: &Library) -> Links {
        let Pages { entries, archives, comment_feeds, .. } = pages;
        let per_page = self.posts_per_page();
        let mut links = Links::new(self.old.clone());
        links.reserve(entries.len(), archives.len(), library.attachments().len());
        links.add_names(&self.export);
        for (index, entry) in entries.iter().enumerate() {
            let post = &self.export.posts[entry.record];
            let id = EntryId::new(index);
            links.add_entry(id, entry, post, comment_feeds.get(&id));
        }
        for (index, archive) in archives.iter().enumerate() {
            let link = match &archive.kind {
                ArchiveKind::Term(term) => &*term.link,
                ArchiveKind::Author(author) => &*author.link,
                _ => "",
            };
            let pages = archive.pages(per_page);
            links.add_archive(ArchiveId::new(index), archive, pages, link);
        }
        links.add_bases(self.named_below(entries, archives));
        let post_of = |id: EntryId| &self.export.posts[entries[id.index()].record];
        for (page, list) in self.posts_pages(entries) {
            links.add_posts_page(&entries[page.index()], post_of(page), list);
        }
        self.add_editions(entries, &mut links);
        let mut ids = (0..entries.len()).map(EntryId::new);
        if let Some(front) = ids.find(|&id| Some(post_of(id).id) == self.front) {
            links.add_front(front, &post_of(front).slug);
        }
        for post in &self.export.posts {
            match visibility(&self.export, post, self.config) {
                Visibility::Shown | Visibility::OfType(_) => {}
                Visibility::Protected => links.withhold(post, Withheld::Protected),
                Visibility::Members | Visibility::Hidden(_) => {
                    links.withhold(post, Withheld::Hidden);
                }
            }
        }
        library.others().for_each(|path| links.add_file(path));
        for attachment in library.attachments() {
            links.add_attachment(attachment.id, &attachment.slug, &attachment.link);
        }
        links
    }
}

/// Returns the languages of a site, and which of them it keeps apart. A guess that is no matter of
/// course is told.
fn languages(clues: &Clues<'_>, rules: &Rules) -> (Languages, Editions, Option<Diagnostic>) {
    let told = language::told(clues.export, rules.language.as_deref());
    let (guessed, guess) = match told {
        Some(_) => (String::new(), None),
        None => language::guess(clues.public),
    };
    let language = told.as_deref().unwrap_or(&guessed);
    let mut editions = Editions::of(clues, language, &rules.languages);
    let root = editions.root().map(|root| root.tag.to_string());
    let guess = guess.filter(|_| root.is_none());
    let language = told.or(root).unwrap_or(guessed);
    editions.settle_root(&language);
    let others = rules.languages.iter().map(|told| &*told.tag);
    let others = others.chain(editions.all.iter().map(|edition| &*edition.tag));
    (Languages::new(&language, others), editions, guess)
}

/// Returns the places of the posts that get a page.
fn public_posts(export: &Export, config: &Config) -> Vec<usize> {
    let posts = export.posts.iter().enumerate();
    posts
        .filter(|(_, post)| visibility(export, post, config) == Visibility::Shown)
        .map(|(index, _)| index)
        .collect()
}

/// Returns the public page that WordPress showed at `/`. Before 6.8 it told so only by the page's
/// address.
fn front_page(export: &Export, public: &[&Post], old: &OldSite) -> Option<PostId> {
    let told = export.site.page_on_front;
    if told == Some(PostId(0)) {
        return None;
    }
    let is_told = |post: &&&Post| Some(post.id) == told;
    let is_at_home = |post: &&&Post| old.is_home(&post.link);
    let pages = public.iter().filter(|post| &*post.post_type == "page");
    let front = pages.clone().find(is_told).or_else(|| pages.clone().find(is_at_home));
    front.map(|post| post.id)
}

/// Returns the archives of one kind by the ids of what they are of.
fn archives_by<K: Eq + Hash>(
    archives: &[Archive],
    id_of: impl Fn(&ArchiveKind) -> Option<K>,
) -> HashMap<K, ArchiveId> {
    let archives = (0..).map(ArchiveId::new).zip(archives);
    archives.filter_map(|(id, archive)| Some((id_of(&archive.kind)?, id))).collect()
}

/// Returns the path of an old address that chose its page by path, not by query.
fn pretty_path(old: &OldSite, link: &str) -> Option<UrlPath> {
    if !link.contains("://") {
        return None;
    }
    let local = old.local(link)?;
    let is_pretty = local.query.is_empty() && local.path.len() > 1;
    let folder = old.language_hosts.folder(link);
    is_pretty.then(|| match folder {
        "" => UrlPath::from_encoded(local.path),
        _ => UrlPath::from_encoded(&format!("{folder}{}", local.path)),
    })
}
