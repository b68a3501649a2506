//! What content may ask of the site, answered from the graph and the media library.

mod targets;

use chrono::{DateTime, FixedOffset};
use memchr::memmem;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::content::surroundings::facts::{
    AuthorFacts, BlockFacts, CommentFacts, PostFacts, SiteFacts, TermFacts, ThreadFacts,
};
use crate::content::surroundings::{
    AttachmentFacts, DatePattern, ImageFacts, Surroundings, Target, Withheld,
};
use crate::media::names::{is_named_as, path_of, size_asked};
use crate::model::{AuthorId, Body, PieceKind, PostId, Script, TermId, ThemePiece};
use crate::render::blocks::BlockTemplates;
use crate::render::facts;
use crate::render::loops::{self, LoopPage};
use crate::render::shared::Shared;
use crate::render::templates::Templates;
use crate::site::EntryId;
use crate::site::editions::EditionId;
use crate::site::links::Resolution;
use crate::site::own_files::OwnFile;

/// The site as one kind of page sees it.
#[derive(Debug)]
pub struct SiteSurroundings<'a> {
    shared: &'a Shared<'a>,
    addresses: Addresses,
    /// Where the text stood on the old site, if it is that of a post.
    old_page: Option<&'a str>,
    /// The part of the site that the text is of: its blocks list nothing of the others.
    edition: Option<EditionId>,
    /// Which page of a loop is shown, unless it is the first of all of them.
    loop_page: Option<LoopPage>,
    /// The theme's templates of blocks, for texts that may hold some.
    blocks: Option<BlockTemplates<'a>>,
}

/// How addresses on this site are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Addresses {
    /// From the root of the host, for pages.
    RootRelative,
    /// In full, for feeds.
    Absolute,
    /// Below [`PLACEHOLDER`], for a text that is needed both ways.
    Placeholder,
}

/// Stands where the site's own origin may be put. The name is reserved: nobody's address has it.
const PLACEHOLDER: &str = "https://this-site.invalid";

/// Returns `text` with the site's own origin, or none, where [`PLACEHOLDER`] stands.
pub fn with_origin(text: &str, origin: &str) -> String {
    let mut full = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = memmem::find(rest.as_bytes(), PLACEHOLDER.as_bytes()) {
        full.push_str(&rest[..start]);
        full.push_str(origin);
        rest = &rest[start + PLACEHOLDER.len()..];
    }
    full.push_str(rest);
    full
}

impl<'a> SiteSurroundings<'a> {
    /// Returns the site as pages with such addresses see it.
    pub fn new(shared: &'a Shared<'a>, addresses: Addresses) -> Self {
        Self { shared, addresses, old_page: None, edition: None, loop_page: None, blocks: None }
    }

    /// Returns the site as the text of an entry on pages with such addresses sees it, whose blocks
    /// may have templates.
    pub fn for_text(
        shared: &'a Shared<'a>,
        templates: &'a Templates,
        id: EntryId,
        addresses: Addresses,
    ) -> Self {
        let blocks = templates.have_blocks().then(|| BlockTemplates::new(shared, templates));
        let old_page = Some(&*shared.site.post(id).link);
        let edition = shared.site.entry(id).edition.or(shared.site.root_edition());
        Self { old_page, edition, blocks, ..Self::new(shared, addresses) }
    }

    /// Fails if a template has.
    pub fn check(&self) -> anyhow::Result<()> {
        self.blocks.as_ref().map_or(Ok(()), BlockTemplates::check)
    }

    /// Returns the site as the page sees it that shows a page of a loop.
    pub fn at(self, loop_page: LoopPage) -> Self {
        Self { loop_page: Some(loop_page), ..self }
    }
}

#[deny(
    clippy::missing_trait_methods,
    reason = "what the site does not answer would not be known to its texts"
)]
impl Surroundings for SiteSurroundings<'_> {
    fn link(&self, address: &str) -> Target {
        if let Some(page) = self.loop_address(address) {
            return page;
        }
        let address = &*self.seen_from_old_page(address);
        let (resolution, fragment) = self.shared.site.links.resolve(address);
        match resolution {
            Resolution::Elsewhere => Target::Elsewhere,
            Resolution::Lost => {
                self.today(address).unwrap_or_else(|| Target::Lost(self.shared.old_url(address)))
            }
            Resolution::Upload(path) => self.upload(&path, address),
            Resolution::Attachment(id) => self.attachment_page(id, address),
            Resolution::Moved(address) => self.moved(&address),
            Resolution::Search(words) => {
                let page = self.address(&OwnFile::Search.path());
                Target::Here(format!("{page}{}", query_of(&words)))
            }
            Resolution::Page(path) if fragment.is_empty() => Target::Here(self.address(&path)),
            Resolution::Page(path) => Target::Here(format!("{}#{fragment}", self.address(&path))),
        }
    }

    fn withholds_posts(&self) -> bool {
        self.shared.site.links.withholds_posts()
    }

    fn withheld(&self, address: &str) -> Option<Withheld> {
        self.shared.site.links.withheld(&self.seen_from_old_page(address))
    }

    fn file(&self, address: &str) -> Target {
        let address = &*self.seen_from_old_page(address);
        match self.shared.site.links.resolve(address).0 {
            Resolution::Elsewhere => Target::Elsewhere,
            Resolution::Upload(path) => self.upload(&path, address),
            Resolution::Attachment(id) => self.attachment_file(id, address),
            Resolution::Page(path) => Target::Here(self.address(&path)),
            Resolution::Moved(address) => self.moved(&address),
            Resolution::Search(_) | Resolution::Lost => {
                self.today(address).unwrap_or_else(|| Target::Lost(self.shared.old_url(address)))
            }
        }
    }

    fn image(&self, address: &str, id: Option<PostId>) -> Option<ImageFacts> {
        let address = &*self.seen_from_old_page(address);
        let library = self.shared.library;
        let by_path = match self.shared.site.links.resolve(address).0 {
            Resolution::Upload(path) => library.dimensions(&path),
            _ => None,
        };
        let by_id = || {
            let attachment = library.attachment(id?)?;
            let name = address.rsplit('/').next().unwrap_or(address);
            let is_original = attachment.source_url.ends_with(name);
            let is_known = attachment.width > 0 && attachment.height > 0;
            (is_original && is_known).then_some((attachment.width, attachment.height))
        };
        let size = by_path.or_else(by_id)?;
        let (width, height) = size_asked(address, size).unwrap_or(size);
        Some(ImageFacts { width, height })
    }

    fn sizes(&self, address: &str) -> Vec<(String, u32)> {
        let address = &self.seen_from_old_page(address);
        let Resolution::Upload(path) = self.shared.site.links.resolve(address).0 else {
            return Vec::new();
        };
        let sizes = self.shared.sizes(&path).into_iter();
        sizes.map(|(width, path)| (self.address(&path), width)).collect()
    }

    fn stand_in(&self, address: &str, id: PostId) -> Option<String> {
        let is_told = self.shared.settings.media.0.contains_key(&id.0);
        let attachment = self.shared.library.attachment(id)?;
        let path = path_of(&attachment.source_url)?;
        // Texts that came from another site may name attachments of that one.
        let is_its = is_told || is_named_as(address, &path);
        let published = if is_its { self.shared.upload(&path) } else { None };
        published.map(|path| self.address(&path))
    }

    fn attachment(&self, id: PostId) -> Option<AttachmentFacts> {
        self.shared.library.attachment(id).map(AttachmentFacts::from)
    }

    fn attachments_of(&self, post: PostId) -> Vec<AttachmentFacts> {
        if self.shared.site.links.post(post).is_none() {
            return Vec::new();
        }
        self.shared.library.attached_to(post).map(AttachmentFacts::from).collect()
    }

    fn loop_page(&self, name: &str) -> usize {
        let shown = self.loop_page.as_ref().filter(|page| page.name == name);
        shown.map_or(1, |page| page.number)
    }

    fn most_loop_pages(&self, post: PostId) -> usize {
        // A post in pages has its later ones below itself already.
        let is_whole = self.shared.site.links.pages_of(post) == Some(1);
        if is_whole { loops::MOST } else { 1 }
    }

    fn locale(&self) -> &str {
        &self.shared.site.info.language
    }

    fn language_of(&self, script: Script) -> Option<&str> {
        self.shared.site.languages.of(script).map(|tag| &**tag)
    }

    fn site(&self) -> SiteFacts<'_> {
        facts::site(self.shared)
    }

    fn posts(&self, post_type: &str) -> Vec<PostId> {
        facts::posts(self.shared, post_type, self.edition)
    }

    fn post(&self, id: PostId) -> Option<PostFacts<'_>> {
        facts::post(self.shared, id)
    }

    fn body(&self, id: PostId) -> Option<Body> {
        facts::body(self.shared, id)
    }

    fn terms(&self, taxonomy: &str) -> Vec<TermId> {
        facts::terms(self.shared, taxonomy, self.edition)
    }

    fn term(&self, id: TermId) -> Option<TermFacts<'_>> {
        facts::term(self.shared, id)
    }

    fn taxonomy_label(&self, taxonomy: &str) -> Option<&str> {
        facts::taxonomy_label(self.shared, taxonomy)
    }

    fn author(&self, id: AuthorId) -> Option<AuthorFacts<'_>> {
        facts::author(self.shared, id)
    }

    fn comments_of(&self, post: PostId) -> Vec<ThreadFacts<'_>> {
        facts::comments_of(self.shared, post)
    }

    fn newest_comments(&self, count: usize) -> Vec<CommentFacts<'_>> {
        facts::newest_comments(self.shared, count)
    }

    fn reusable_block(&self, id: PostId) -> Option<&Body> {
        let blocks = &self.shared.site.export.reusable_blocks;
        blocks.iter().find(|block| block.id == id).map(|block| &block.body)
    }

    fn is_block_hidden(&self, id: PostId) -> bool {
        self.shared.site.export.hidden_blocks.binary_search(&id).is_ok()
    }

    fn theme_pieces(&self, kind: PieceKind, name: &str) -> &[ThemePiece] {
        let all = &self.shared.site.export.theme_pieces;
        let key = |piece: &ThemePiece| (piece.kind, &*piece.name).cmp(&(kind, name));
        let start = all.partition_point(|piece| key(piece).is_lt());
        let count = all[start..].partition_point(|piece| key(piece).is_eq());
        &all[start..start + count]
    }

    fn navigation(&self, id: Option<PostId>) -> Option<(&str, &Body)> {
        let menus = &self.shared.site.export.navigations;
        let menu = match id {
            Some(id) => menus.iter().find(|menu| menu.id == id),
            // WordPress takes the newest.
            None => menus.last(),
        };
        menu.map(|menu| (&*menu.title, &menu.body))
    }

    fn date(&self, moment: &DateTime<FixedOffset>, pattern: DatePattern<'_>) -> String {
        match pattern {
            DatePattern::Site => self.shared.words.date(moment, "long"),
            DatePattern::Written(pattern) => self.shared.words.date_as(moment, pattern),
        }
    }

    fn has_template(&self, block: &str) -> bool {
        self.blocks.as_ref().is_some_and(|blocks| blocks.templates.have_block(block))
    }

    fn fill(&self, block: &BlockFacts<'_>) -> Option<String> {
        self.blocks.as_ref()?.fill(block)
    }

    fn word(&self, key: &str) -> Option<&str> {
        self.shared.words.of_blocks(key)
    }
}

/// Returns the query that asks the page for searching for words: nothing if there are none.
fn query_of(words: &str) -> String {
    match words.trim() {
        "" => String::new(),
        words => format!("?q={}", utf8_percent_encode(words, NON_ALPHANUMERIC)),
    }
}
