//! A site that is asked where old addresses lead, without being written.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::commands::build::SiteArgs;
use crate::commands::graph;
use crate::commands::old_query::{
    chooses, date_in, without_additions, without_end, without_number,
};
use crate::config::Config;
use crate::content;
use crate::media::Library;
use crate::model::{Post, PostId, Status};
use crate::render::Sources;
use crate::render::published::{Copied, Published};
use crate::render::theme::Theme;
use crate::site::Site;
use crate::site::archives::ArchiveKind;
use crate::site::links::Resolution;
use crate::site::links::standing::Owner;
use crate::site::old_site::LocalAddress;
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;
use crate::site::visibility::{Standing, Visibility, visibility};

/// What to do about a file that is at hand and on no page.
const COPY: &str = "`uploads = \"all\"` in stillpress.toml copies such files, too";

/// A site, to be asked for addresses.
pub(super) struct Map {
    pub(super) site: Site,
    library: Library,
    config: Config,
    theme: Theme,
    /// Known only once it is asked for: all pages have to be made for it.
    published: OnceCell<Result<Published, String>>,
    /// What stands at a path.
    names: HashMap<String, String>,
}

impl Map {
    /// Reads the site that is asked for `address`.
    pub(super) fn read(address: &str, args: &SiteArgs) -> anyhow::Result<Self> {
        let is_missing = |export: &PathBuf| export.as_os_str() != "-" && !export.exists();
        let is_swapped = Path::new(address).exists() && args.exports.iter().any(is_missing);
        ensure!(!is_swapped, "`{address}` is no address: that comes first, and then the export");
        let config = args.config(Path::new(""))?;
        let (site, library) = graph::read(&config)?.value;
        let theme = Theme::load(&config.settings)?;
        let published = OnceCell::new();
        Ok(Self { names: names(&site), site, library, theme, published, config })
    }

    /// Returns what somebody asks for as an address to be resolved: the number of a post as that
    /// post's, an address of the new site as one below its home page.
    pub(super) fn asked(&self, typed: &str) -> String {
        if !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return format!("/?p={typed}");
        }
        let is_lost = |address: &str| {
            matches!(self.site.links.resolve(address).0, Resolution::Lost | Resolution::Elsewhere)
        };
        let inner = self.inner(typed).filter(|_| is_lost(typed));
        // Below the old home page, because that is where addresses are resolved.
        let below = inner.map(|inner| {
            let below = inner.trim_start_matches('/');
            self.site.links.old_site().full(below).unwrap_or_else(|| format!("/{below}"))
        });
        below.unwrap_or_else(|| typed.to_owned())
    }

    /// Returns what follows the new home page in `address`.
    fn inner<'a>(&self, address: &'a str) -> Option<&'a str> {
        let base = &self.site.info.base;
        let path = address.strip_prefix(base.origin()).unwrap_or(address);
        let inner = path.strip_prefix(base.path())?;
        let is_below = inner.is_empty() || inner.starts_with(['/', '?', '#']);
        (is_below && (path.len() < address.len() || path.starts_with('/'))).then_some(inner)
    }

    fn local<'a>(&self, address: &'a str) -> Option<LocalAddress<'a>> {
        self.site.links.old_site().local(address)
    }

    /// Says where an address leads, or why nothing answers to it.
    pub(super) fn answer(&self, address: &str) -> Result<String, String> {
        let (resolution, fragment) = self.site.links.resolve(address);
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        let href = |path: &UrlPath| self.site.info.base.href(path);
        match resolution {
            Resolution::Page(path) => {
                let name = self.name(path.as_str());
                Ok(format!("{}{fragment}  ({name})", href(&path)))
            }
            Resolution::Attachment(id) => self.attachment(id),
            Resolution::Upload(path) => self.upload(&path),
            Resolution::Search(_) => {
                let search = href(&OwnFile::Search.path());
                Ok(format!("{search}  (the page for searching)"))
            }
            Resolution::Moved(address) => Ok(format!("{address}  (as stillpress.toml says)")),
            Resolution::Elsewhere => Err("it is another site's".to_owned()),
            Resolution::Lost => match self.local(address).filter(|it| self.is_written(it.path)) {
                Some(local) => {
                    let path = UrlPath::from_encoded(local.path);
                    Ok(format!("{}  (a file that stillpress writes for the site)", href(&path)))
                }
                None => self.guess(address).ok_or_else(|| self.reason(address)),
            },
        }
    }

    /// Says what the page for what is not found guesses of a path, as WordPress did: its script leads to
    /// the post or page whose slug comes last.
    fn guess(&self, address: &str) -> Option<String> {
        let local = self.local(address).filter(|local| !chooses(local.query))?;
        let mut rest = local.path.trim_matches('/').to_owned();
        while !rest.is_empty() {
            let plain = without_additions(&rest).trim_end_matches('/').to_owned();
            if plain != rest {
                rest = plain;
                continue;
            }
            let path = percent_decode_str(&rest).decode_utf8().ok()?.to_lowercase();
            let slug = path.rsplit('/').next().unwrap_or(&path);
            let slug = utf8_percent_encode(slug, NON_ALPHANUMERIC);
            // As queries, which any site answers.
            let bases = self.site.links.bases().iter();
            let below = bases.filter(|base| path.starts_with(&*base.path));
            let types = below.map(|base| &*base.name).chain(["post", "page"]);
            let named = types.map(|name| format!("?post_type={name}&name={slug}"));
            let date = date_in(&path).map(|date| format!("?m={date}"));
            let mut asked = std::iter::once(rest.clone()).chain(date).chain(named);
            let found = asked.find_map(|asked| match self.site.links.resolve(&asked).0 {
                Resolution::Page(path) => Some(path),
                _ => None,
            });
            if let Some(path) = found {
                let name = self.name(path.as_str());
                let path = self.site.info.base.href(&path);
                return Some(format!(
                    "{path}  ({name}, as the page for what is not found guesses)"
                ));
            }
            let shorter = without_number(&rest).or_else(|| without_end(&path))?;
            rest = shorter.trim_end_matches('/').to_owned();
        }
        None
    }

    /// Says where a file is published.
    fn upload(&self, path: &str) -> Result<String, String> {
        if self.library.file(path).is_none() {
            return Err("the export does not have the file".to_owned());
        }
        match self.published()?.file(path) {
            Copied::Yes => Ok(format!(
                "{}  (a file)",
                self.site.info.base.href(&self.site.links.old_site().file_path(path))
            )),
            Copied::WithAll => Err(format!("no page uses the file, so it is not copied: {COPY}")),
            Copied::Never => {
                Err("no page uses the file, and nothing says that it was public; it is not copied"
                    .to_owned())
            }
        }
    }

    fn attachment(&self, id: PostId) -> Result<String, String> {
        let attachment = self.library.attachment(id).ok_or("the export does not have it")?;
        let owner = self.site.links.owner(attachment);
        if let (Owner::Hidden, Some(parent)) = (owner, attachment.parent) {
            let why = self.reason(&format!("/?p={}", parent.0));
            return Err(format!("it belongs to a post that is not here: {why}"));
        }
        let Some(address) = self.published()?.attachment(id) else {
            return Err(format!("the export does not have the file of attachment {}", id.0));
        };
        let is_post =
            matches!(owner, Owner::Page(path) if self.site.info.base.href(path) == address);
        if !is_post {
            return Ok(format!("{address}  (the file of attachment {})", id.0));
        }
        let is_at_hand = |path: &String| self.library.file(path).is_some();
        let why = match self.library.paths_of(attachment).iter().any(is_at_hand) {
            true => format!("no page uses its file; {COPY}"),
            false => "the export does not have its file".to_owned(),
        };
        Ok(format!("{address}  (the post that attachment {} belongs to: {why})", id.0))
    }

    /// Returns what is published of the media library.
    fn published(&self) -> Result<&Published, String> {
        let find_out = || {
            let Self { site, library, theme, config, .. } = self;
            let sources = Sources { site, library, theme, settings: &config.settings };
            Published::of(&sources).map_err(|trouble| format!("{trouble:#}"))
        };
        self.published.get_or_init(find_out).as_ref().map_err(Clone::clone)
    }

    /// Whether a path is one of the files that the site has besides its pages.
    fn is_written(&self, path: &str) -> bool {
        let Site { export, entries, .. } = &self.site;
        let is_written = |own: OwnFile| own.is_written(&self.config.settings, export, entries);
        let asset = path.strip_prefix("/assets/");
        OwnFile::at(path).is_some_and(is_written)
            || self.site.copies.iter().any(|(_, copy)| copy.as_str() == path)
            || asset.is_some_and(|name| self.theme.assets.keys().any(|asset| asset == name))
    }

    /// Returns what stands at a path, or at the page it is a part of.
    fn name(&self, path: &str) -> String {
        if let Some(name) = self.names.get(path) {
            return name.clone();
        }
        let above = path.trim_end_matches('/').rsplit_once('/').map_or("/", |(above, _)| above);
        match self.names.get(&format!("{above}/")) {
            Some(name) => format!("part of {name}"),
            None => {
                let above = above.strip_suffix("/page").unwrap_or(above);
                let name = self.names.get(&format!("{above}/"));
                name.map_or_else(|| "a page".to_owned(), |name| format!("part of {name}"))
            }
        }
    }

    /// Says why an address leads nowhere.
    fn reason(&self, address: &str) -> String {
        let asked = self.local(address).and_then(|local| {
            let ids = local
                .parameters()
                .filter(|(name, _)| matches!(name.as_str(), "p" | "page_id" | "attachment_id"));
            ids.filter_map(|(_, id)| id.parse().ok()).next()
        });
        let hidden =
            asked.and_then(|id| self.site.export.posts.iter().find(|post| post.id == PostId(id)));
        match hidden {
            Some(post) => self.hidden(post),
            None => "the export does not have it".to_owned(),
        }
    }

    fn hidden(&self, post: &Post) -> String {
        let why = match visibility(&self.site.export, post, &self.config) {
            Visibility::Protected => "asks for a password".to_owned(),
            Visibility::Members => "was for members only".to_owned(),
            Visibility::Hidden(Status::Draft) => "is a draft".to_owned(),
            Visibility::Hidden(Status::Future) => "is scheduled".to_owned(),
            Visibility::Hidden(Status::Private) => "is private".to_owned(),
            Visibility::Hidden(Status::Unknown) => {
                let name = self.site.export.statuses.get(&post.id).map_or("", |name| name);
                format!("is of the unknown status `{name}`")
            }
            Visibility::Hidden(Status::Untold) => {
                "does not say in the export whether it was public".to_owned()
            }
            Visibility::Hidden(Status::Trash | Status::Publish) => "was deleted".to_owned(),
            Visibility::OfType(Standing::WithoutPage) => "is of a type without pages".to_owned(),
            Visibility::OfType(_) => {
                format!("is of the type `{}`, which may not be public", post.post_type)
            }
            Visibility::Shown => "has no page".to_owned(),
        };
        format!("post {} {why}", post.id.0)
    }
}

fn names(site: &Site) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for archive in &site.archives {
        let name = match &archive.kind {
            ArchiveKind::Home => "the list of posts".to_owned(),
            ArchiveKind::Edition(id) => format!("the posts in `{}`", site.edition(*id).tag),
            ArchiveKind::Term(term) => format!("the posts of {} “{}”", term.taxonomy, term.name),
            ArchiveKind::Author(author) => format!("the posts of author “{}”", author.name),
            ArchiveKind::Year(year) => format!("the posts of {year}"),
            ArchiveKind::Month(year, month) => format!("the posts of {year}-{month:02}"),
            ArchiveKind::Day(year, month, day) => {
                format!("the posts of {year}-{month:02}-{day:02}")
            }
            ArchiveKind::Format(format) => format!("the posts of format {format}"),
            ArchiveKind::Type(name, _) => format!("the posts of type {name}"),
        };
        if let Some(feed) = &archive.feed {
            names.insert(feed.as_str().to_owned(), format!("the feed of {name}"));
        }
        names.insert(archive.path.as_str().to_owned(), name);
    }
    for entry in &site.entries {
        let post = &site.export.posts[entry.record];
        let title = content::plain_text(&post.title);
        let name = match title.trim() {
            "" => format!("{} {}", post.post_type, post.id.0),
            title => format!("{} {} “{title}”", post.post_type, post.id.0),
        };
        names.insert(entry.path.as_str().to_owned(), name);
    }
    names
}
