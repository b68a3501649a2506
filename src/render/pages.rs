//! Makes what a job asks for: a page, a feed, a file of the search index.

use std::collections::BTreeSet;

use anyhow::Context as _;
use serde::Serialize;
use tera::{Context, Value};

use crate::config::FeedIndex;
use crate::render::jobs::Worker;
use crate::render::loops::{self, LoopPage};
use crate::render::pieces::{self, Shape};
use crate::render::surroundings::{Addresses, SiteSurroundings, with_origin};
use crate::render::views::{DayView, FeedView, PageView, PostView, RedirectView};
use crate::render::work::Job;
use crate::render::{
    destinations, feeds, front, head, host_rules, lists, numbers, old_addresses, posts, relative,
    search, theme,
};
use crate::site::EntryId;
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::own_files::OwnFile;
use crate::site::redirects::Redirect;
use crate::site::urls::UrlPath;

impl Worker<'_> {
    pub(super) fn entry(&mut self, id: EntryId) -> anyhow::Result<()> {
        let shared = self.shared;
        self.diagnostics.extend(posts::missing(shared, id));
        let is_in_feed = self.common.texts.wants(id);
        let addresses = if is_in_feed { Addresses::Placeholder } else { Addresses::RootRelative };
        let surroundings = SiteSurroundings::for_text(shared, &self.templates, id, addresses);
        let content = posts::content(shared, id, &surroundings)?.unwrap_or_default();
        let mut texts = posts::pages(shared, id, &content);
        if is_in_feed {
            self.common.texts.keep(id, &texts.concat())?;
            for text in &mut texts {
                *text = with_origin(text, "");
            }
        }
        if let Some(index) = &self.common.index {
            index.add(shared, id, &texts, &mut self.gatherer)?;
        }
        self.diagnostics.extend(content.diagnostics);
        self.tally = content.tally;
        let mut post = posts::post(shared, id);
        let related = shared.site.entry(id).related.iter();
        post.related_html =
            related.map(|&id| self.piece(Shape::Related, id)).collect::<anyhow::Result<_>>()?;
        let entry = shared.site.entry(id);
        let base = shared.href(&entry.path);
        let mut waiting: Vec<LoopPage> =
            texts.iter().flat_map(|text| loops::linked(text, &base)).collect();
        for (number, text) in (1..).zip(texts) {
            let path = posts::page_path(&entry.path, number);
            post.content_html = text;
            post.pages = posts::page_numbers(shared, id, number);
            let mut page = posts::head(shared, id, &post, number);
            page.styles_html = with_origin(&content.styles, "");
            self.post_page(&post, &page, &path)?;
        }
        let mut made = BTreeSet::new();
        while let Some(loop_page) = waiting.pop() {
            if made.insert(loop_page.clone()) {
                let text = self.loop_page(id, &mut post, loop_page)?;
                waiting.extend(loops::linked(&text, &base));
            }
        }
        Ok(())
    }

    /// Makes a post's page with a later page of a loop in its text. Returns the text.
    fn loop_page(
        &mut self,
        id: EntryId,
        post: &mut PostView,
        loop_page: LoopPage,
    ) -> anyhow::Result<String> {
        let shared = self.shared;
        let path = loop_page.path(&shared.site.entry(id).path);
        let surroundings =
            SiteSurroundings::for_text(shared, &self.templates, id, Addresses::RootRelative)
                .at(loop_page);
        let content = posts::content(shared, id, &surroundings)?.unwrap_or_default();
        post.content_html = posts::pages(shared, id, &content).concat();
        let mut page = posts::head(shared, id, post, 1);
        page.styles_html = content.styles;
        self.post_page(post, &page, &path)?;
        Ok(std::mem::take(&mut post.content_html))
    }

    fn post_page(
        &mut self,
        post: &PostView,
        page: &PageView,
        path: &UrlPath,
    ) -> anyhow::Result<()> {
        let mut context = Context::new();
        context.insert("post", post);
        self.page(theme::post_template(&post.post_type), page, context, path)
    }

    pub(super) fn list(&mut self, id: ArchiveId, number: usize) -> anyhow::Result<()> {
        let shared = self.shared;
        let list = lists::list_page(shared, id, number);
        let archive = shared.site.archive(id);
        let mut context = Context::new();
        context.insert("archive", &list.archive);
        context.insert("pager", &list.pager);
        let ids = archive.page(number, shared.site.info.posts_per_page);
        let is_date = archive.kind.is_date();
        context.insert("days", &if is_date { self.days(&ids)? } else { Vec::new() });
        let items = if is_date { Vec::new() } else { self.items(&ids)? };
        context.insert_value("items_html", Value::from(items));
        if archive.kind.is_home() {
            let has_front = shared.front.is_newspaper && number == 1;
            context.insert("front", &has_front.then(|| front::front(shared, archive)));
        }
        let template = theme::archive_template(&archive.kind);
        self.page(template, &list.page, context, &archive.path.page(number))
    }

    /// The first picture of a page should not wait for the reader to scroll: that item is made for
    /// its place.
    fn items(&mut self, ids: &[EntryId]) -> anyhow::Result<Vec<Value>> {
        let items = ids.iter().map(|&id| self.piece(Shape::Item, id));
        let mut items: Vec<Value> = items.collect::<anyhow::Result<_>>()?;
        if let Some(first) = items.first_mut() {
            *first = pieces::hurry(first);
        }
        Ok(items)
    }

    fn days(&mut self, ids: &[EntryId]) -> anyhow::Result<Vec<DayView>> {
        let mut days: Vec<DayView> = Vec::new();
        for &id in ids {
            let date = self.shared.site.entry(id).date;
            let title = date.map(|date| self.shared.words.date(&date, "long")).unwrap_or_default();
            let item = self.piece(Shape::Line, id)?;
            match days.last_mut().filter(|day| day.title == title) {
                Some(day) => day.items_html.push(item),
                None => days.push(DayView { title, items_html: vec![item] }),
            }
        }
        Ok(days)
    }

    fn piece(&mut self, shape: Shape, id: EntryId) -> anyhow::Result<Value> {
        let pieces = &self.common.pieces[self.voice];
        pieces.get(self.shared, &self.templates, (shape, id), &mut self.lately)
    }

    pub(super) fn feed(&mut self, id: ArchiveId) -> anyhow::Result<()> {
        let archive = self.shared.site.archive(id);
        for id in feeds::items(self.shared, archive) {
            self.keep_text(id)?;
        }
        let mut feed = feeds::of_archive(self.shared, &self.templates, &self.common.texts, id)?;
        let Some(path) = &archive.feed else { return Ok(()) };
        self.feed_page(&feed, path)?;
        self.fill_one("feed.rss.xml", "feed", &feed, &self.shared.feed_file(path))?;
        if !matches!(archive.kind, ArchiveKind::Home) {
            return Ok(());
        }
        self.copies(OwnFile::Feed)?;
        for (template, own) in
            [("feed.atom.xml", OwnFile::AtomFeed), ("feed.json", OwnFile::JsonFeed)]
        {
            feed.feed_url = self.shared.url(&own.path());
            self.fill_one(template, "feed", &feed, &own.path())?;
            self.copies(own)?;
        }
        Ok(())
    }

    /// Makes the text of a post in the language of its own page, if that did not have to be made.
    fn keep_text(&mut self, id: EntryId) -> anyhow::Result<()> {
        let texts = &self.common.texts;
        if texts.has(id) {
            return Ok(());
        }
        let voice = self.voice;
        self.speak(self.common.voices.of(Job::Entry(id)));
        let made = texts.get(self.shared, &self.templates, id);
        self.speak(voice);
        made.map(|_| ())
    }

    pub(super) fn comment_feed(&mut self, entry: Option<EntryId>) -> anyhow::Result<()> {
        let feed = feeds::of_comments(self.shared, entry);
        let of_site = OwnFile::CommentsFeed.path();
        let own = entry.and_then(|id| self.shared.site.comment_feeds.get(&id));
        let path = own.unwrap_or(&of_site);
        self.feed_page(&feed, path)?;
        self.fill_one("comments.rss.xml", "feed", &feed, &self.shared.feed_file(path))?;
        if entry.is_some() { Ok(()) } else { self.copies(OwnFile::CommentsFeed) }
    }

    /// Writes what was filled last wherever WordPress had it, too.
    fn copies(&mut self, own: OwnFile) -> anyhow::Result<()> {
        let shared = self.shared;
        let bytes = std::mem::take(&mut self.buffer);
        for (_, path) in shared.site.copies.iter().filter(|(it, _)| *it == own) {
            self.write(path, &bytes)?;
        }
        self.buffer = bytes;
        Ok(())
    }

    /// Writes the page where WordPress had a feed, if the feed itself is to stand beside it.
    fn feed_page(&mut self, feed: &FeedView, path: &UrlPath) -> anyhow::Result<()> {
        if self.shared.settings.feeds.index == FeedIndex::Rss {
            return Ok(());
        }
        let mut page = head::page(self.shared, "feed", path);
        page.title.clone_from(&feed.title);
        page.is_noindex = true;
        let file = self.shared.feed_file(path);
        page.feeds.push(head::feed_link(feed.title.clone(), self.shared.href(&file)));
        self.page("feed.html", &page, Context::new(), path)
    }

    pub(super) fn numbers(&mut self, number: usize) -> anyhow::Result<()> {
        let path = numbers::path(number);
        let mut page = head::page(self.shared, "numbers", &path);
        page.title = self.word("by_number");
        page.is_noindex = true;
        let mut context = Context::new();
        context.insert("numbers", &numbers::view(self.shared, number));
        self.page("numbers.html", &page, context, &path)
    }

    pub(super) fn search(&mut self) -> anyhow::Result<()> {
        let path = OwnFile::Search.path();
        let mut page = head::page(self.shared, "search", &path);
        page.title = self.word("search");
        page.body_class = "search".to_owned();
        page.is_noindex = true;
        let mut context = Context::new();
        let view = self.shared.has_search().then(|| search::view(self.shared));
        context.insert("search", &view);
        self.page("search.html", &page, context, &path)
    }

    pub(super) fn not_found(&mut self) -> anyhow::Result<()> {
        let path = OwnFile::NotFound.path();
        let mut page = head::page(self.shared, "404", &path);
        page.title = self.word("not_found");
        page.url = None;
        page.body_class = "error404".to_owned();
        page.is_noindex = true;
        let latest = self.shared.site.newest_first.iter().take(4);
        let latest: Vec<_> = latest.map(|&id| self.shared.summary(id)).collect();
        let mut context = Context::new();
        context.insert("posts", &latest);
        self.page("404.html", &page, context, &path)
    }

    pub(super) fn sitemap(&mut self) -> anyhow::Result<()> {
        let shared = self.shared;
        let mut entries = feeds::sitemap(shared).peekable();
        let root = UrlPath::root();
        let main = OwnFile::Sitemap.path();
        let mut addresses = Vec::new();
        loop {
            // Values from the start: a large site has no room for its addresses twice.
            let part = entries.by_ref().take(feeds::SITEMAP_MAX);
            let part: Vec<Value> = part.map(|entry| Value::from_serializable(&entry)).collect();
            let (is_first, is_last) = (addresses.is_empty(), entries.peek().is_none());
            let path = match is_first && is_last {
                true => main.clone(),
                false => root.file_in(&format!("sitemap-{}.xml", addresses.len() + 1)),
            };
            let mut context = Context::new();
            context.insert_value("entries", Value::from(part));
            self.fill("sitemap.xml", &context, &path)?;
            addresses.push(shared.url(&path));
            if is_last {
                break;
            }
        }
        if addresses.len() > 1 {
            self.fill_one("sitemap-index.xml", "sitemaps", &addresses, &main)?;
        }
        self.copies(OwnFile::Sitemap)?;
        let url = self.shared.url(&main);
        self.fill_one("robots.txt", "sitemap_url", &url, &OwnFile::Robots.path())
    }

    pub(super) fn redirect(&mut self, index: usize) -> anyhow::Result<()> {
        let Redirect { from, to } = &self.shared.site.redirects[index];
        let href = destinations::redirect(self.shared, to);
        let Some(href) = href else { return Ok(()) };
        let is_here = href.starts_with('/');
        let origin = if is_here { self.shared.site.info.base.origin() } else { "" };
        let redirect = RedirectView { url: format!("{origin}{href}"), href };
        self.fill_one("redirect.html", "redirect", &redirect, from)
    }

    pub(super) fn host_rules(&mut self) -> anyhow::Result<()> {
        host_rules::write(self.shared, |path, bytes| self.write(path, bytes))
    }

    pub(super) fn search_items(&mut self, number: usize) -> anyhow::Result<()> {
        let Some(index) = &self.common.index else { return Ok(()) };
        let ids = index.items().nth(number).unwrap_or_default();
        let items = ids.iter().map(|&id| self.piece(Shape::Item, id));
        let mut items: Vec<Value> = items.collect::<anyhow::Result<_>>()?;
        if self.shared.settings.relative {
            let page = OwnFile::Search.path();
            let base = &self.shared.site.info.base;
            for item in &mut items {
                let html = item.as_str().unwrap_or_default();
                *item = Value::safe_string(&relative::seen_from(&page, base, html));
            }
        }
        index.write_items(number, &items, &mut |path, bytes| self.write(path, bytes))
    }

    pub(super) fn search_part(&mut self, part: search::Part) -> anyhow::Result<()> {
        let Some(index) = &self.common.index else { return Ok(()) };
        index.write_part(part, &mut |path, bytes| self.write(path, bytes))
    }

    fn word(&self, key: &str) -> String {
        self.shared.words.words.get(key).cloned().unwrap_or_default()
    }

    /// Fills the template of a page for readers.
    fn page(
        &mut self,
        template: &str,
        page: &PageView,
        mut context: Context,
        path: &UrlPath,
    ) -> anyhow::Result<()> {
        let is_newspaper = context.get("front").is_some_and(|front| !front.is_none());
        let frame = self.frames.of(page, is_newspaper, &self.templates)?;
        context.insert("page", page);
        context.insert_value("site_lang", self.shared.site_lang(&page.language));
        context.insert_value("head_html", frame.head.clone());
        context.insert_value("header_html", frame.header.clone());
        context.insert_value("footer_html", frame.footer.clone());
        self.fill(template, &context, path)?;
        if page.old_addresses.is_some() && !old_addresses::is_asked(&self.buffer) {
            self.diagnostics.push(old_addresses::unasked(template));
        }
        Ok(())
    }

    fn fill_one(
        &mut self,
        template: &str,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        path: &UrlPath,
    ) -> anyhow::Result<()> {
        let mut context = Context::new();
        context.insert(name, value);
        self.fill(template, &context, path)
    }

    fn fill(&mut self, template: &str, context: &Context, path: &UrlPath) -> anyhow::Result<()> {
        self.buffer.clear();
        self.templates
            .render(template, context, &mut self.buffer)
            .with_context(|| format!("cannot make the page {path} from the template {template}"))?;
        let mut bytes = std::mem::take(&mut self.buffer);
        // Nobody knows from where the page for what is not found will be seen.
        if self.shared.settings.relative && template.ends_with(".html") && template != "404.html" {
            let page = String::from_utf8_lossy(&bytes);
            bytes = relative::seen_from(path, &self.shared.site.info.base, &page).into_bytes();
        }
        self.write(path, &bytes)?;
        self.buffer = bytes;
        Ok(())
    }

    pub(super) fn write(&mut self, path: &UrlPath, bytes: &[u8]) -> anyhow::Result<()> {
        let file = path.file();
        let hash = self.common.output.write(&file, bytes)?;
        if self.common.before.is_some() {
            self.files.push((file.into(), hash));
        }
        Ok(())
    }
}
