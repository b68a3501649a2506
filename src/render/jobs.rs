//! One job a page or feed, shared among threads. Results are in the order of the jobs, whichever
//! thread did them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use indicatif::ProgressBar;
use serde::Serialize;
use tera::{Context, Value};

use crate::config::FeedIndex;
use crate::diagnostics::{Diagnostic, Warned};
use crate::output::{Hash, Output};
use crate::render::keys::Keys;
use crate::render::memory::{Before, Made, Memory, Searchable};
use crate::render::pieces::{self, Frames, Pieces, Shape};
use crate::render::search::{self, Gatherer, Index};
use crate::render::shared::Shared;
use crate::render::surroundings::{Addresses, with_origin};
use crate::render::templates::Templates;
use crate::render::texts::Texts;
use crate::render::theme::Theme;
use crate::render::views::{DayView, FeedView, PageView, RedirectView};
use crate::render::work::{self, Job};
use crate::render::{
    feeds, front, head, lists, numbers, old_addresses, posts, relative, whole_site,
};
use crate::site::EntryId;
use crate::site::archives::{ArchiveId, ArchiveKind};
use crate::site::redirects::{Destination, Redirect};
use crate::site::urls::UrlPath;

/// How many jobs a thread takes at once: enough that threads do not wait for each other.
const CHUNK: usize = 16;

/// Does all the work of a site.
///
/// # Errors
/// The first in the order of the jobs.
pub fn run(
    shared: &Shared<'_>,
    theme: &Theme,
    templates: &Templates,
    before: Option<Before<'_>>,
    output: &Output,
    progress: &ProgressBar,
) -> anyhow::Result<Warned<Memory>> {
    let before = before.map(|before| (before, Keys::new(shared, theme)));
    let kept = before.as_ref().and_then(|(before, keys)| before.search(keys.search(), output));
    if let Some(search) = kept {
        search.files.iter().for_each(|(path, _)| output.retain(path));
    }
    let kept = kept.cloned();
    let has_index = shared.has_search() && kept.is_none();
    let mut common = Common {
        shared,
        theme,
        templates,
        output,
        pieces: Pieces::new(shared.site.entries.len()),
        texts: Texts::new(shared),
        before,
        made: Mutex::default(),
        index: has_index.then(|| Index::new(shared.site)),
        search_files: Mutex::default(),
    };
    let (entries, rest) = (work::entries(shared), work::rest(shared, common.index.as_ref()));
    let last = work::last(shared, common.index.as_ref());
    progress.set_length((1 + entries.len() + rest.len() + last.len()) as u64);
    // The sitemap of a large site needs the memory that pieces of pages take up later.
    let mut diagnostics = common.share(&[Job::Sitemap], progress)?;
    // Feeds take up the texts of entries.
    diagnostics.extend(common.share(&entries, progress)?);
    diagnostics.extend(common.share(&rest, progress)?);
    // No list is made any more, and what is left needs the memory.
    common.pieces = Pieces::new(0);
    diagnostics.extend(common.share(&last, progress)?);
    let mut search_files = common.search_files.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(index) = &common.index {
        index.write_head(&mut |path, bytes| {
            let file = path.file();
            let hash = output.write(&file, bytes)?;
            search_files.push((file.into(), hash));
            Ok(())
        })?;
    }
    let made = common.made.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Some((_, keys)) = &common.before else {
        return Ok(Warned { value: Memory::default(), diagnostics });
    };
    let key = keys.search();
    let made_now = common.index.is_some().then_some(Searchable { key, files: search_files });
    Ok(Warned { value: Memory::new(made, made_now.or(kept), key), diagnostics })
}

/// What all workers use.
struct Common<'a> {
    shared: &'a Shared<'a>,
    theme: &'a Theme,
    templates: &'a Templates,
    output: &'a Output,
    pieces: Pieces,
    texts: Texts,
    /// What the last build made, and what this one has to make it from.
    before: Option<(Before<'a>, Keys)>,
    made: Mutex<Vec<(Job, Made)>>,
    /// None if readers cannot search, or the index is to stay as it is.
    index: Option<Index>,
    search_files: Mutex<Vec<(Box<str>, Hash)>>,
}

impl Common<'_> {
    /// Shares jobs among all threads.
    fn share(&self, jobs: &[Job], progress: &ProgressBar) -> anyhow::Result<Vec<Diagnostic>> {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        rayon::broadcast(|_| {
            // Values that threads share contend for their counts: each worker has its own.
            let mut worker = Worker::new(self);
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                let Some(chunk) = jobs.get(start..jobs.len().min(start + CHUNK)) else { break };
                if chunk.is_empty() {
                    break;
                }
                let done = worker.do_all(chunk);
                progress.inc(chunk.len() as u64);
                if done.as_ref().map_or(true, |found| !found.is_empty()) {
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((start, done));
                }
            }
            if let Err(trouble) = worker.finish() {
                let last = (usize::MAX, Err(trouble));
                results.lock().unwrap_or_else(PoisonError::into_inner).push(last);
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|&(start, _)| start);
        let mut diagnostics = Vec::new();
        for (_, done) in results {
            diagnostics.extend(done?);
        }
        Ok(diagnostics)
    }
}

/// What a thread needs to do jobs.
struct Worker<'a> {
    shared: &'a Shared<'a>,
    common: &'a Common<'a>,
    templates: Templates,
    frames: Frames<'a>,
    is_newspaper: bool,
    gatherer: Gatherer,
    buffer: Vec<u8>,
    files: Vec<(Box<str>, Hash)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Worker<'a> {
    fn new(common: &'a Common<'a>) -> Self {
        let (shared, theme) = (common.shared, common.theme);
        let mut templates = common.templates.clone();
        let site = whole_site::site(shared);
        templates.set_global("site", &site);
        templates.set_global("t", &shared.words.words);
        templates.set_global("options", &theme.options);
        Self {
            shared,
            common,
            templates,
            frames: Frames::new(shared, &site),
            is_newspaper: front::is_newspaper(shared, theme),
            gatherer: Gatherer::default(),
            buffer: Vec::new(),
            files: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn do_all(&mut self, jobs: &[Job]) -> anyhow::Result<Vec<Diagnostic>> {
        let Some((before, keys)) = &self.common.before else {
            for &job in jobs {
                self.do_one(job)?;
            }
            return Ok(std::mem::take(&mut self.diagnostics));
        };
        let mut told = Vec::new();
        for &job in jobs {
            if matches!(job, Job::SearchItems(_) | Job::SearchPart(_)) {
                self.files.clear();
                self.do_one(job)?;
                let files = std::mem::take(&mut self.files);
                let all = self.common.search_files.lock();
                all.unwrap_or_else(PoisonError::into_inner).extend(files);
                continue;
            }
            let made = self.remember_one(job, before.memory, keys)?;
            told.extend_from_slice(&made.diagnostics);
            self.common.made.lock().unwrap_or_else(PoisonError::into_inner).push((job, made));
        }
        Ok(told)
    }

    /// Does a job, unless what it did the last time is what it would do now.
    fn remember_one(&mut self, job: Job, before: &Memory, keys: &Keys) -> anyhow::Result<Made> {
        let key = keys.of(self.shared, job);
        if let Some(made) = before.of(job, key, self.common.output) {
            made.files.iter().for_each(|(path, _)| self.common.output.retain(path));
            self.shared.note_again(&made.noted);
            if let (Job::Entry(id), Some(_)) = (job, &self.common.index) {
                self.gather(id)?;
            }
            return Ok(made.clone());
        }
        self.shared.notes.take();
        self.files.clear();
        self.do_one(job)?;
        Ok(Made {
            key,
            files: std::mem::take(&mut self.files),
            diagnostics: std::mem::take(&mut self.diagnostics),
            noted: self.shared.notes.take(),
        })
    }

    /// Gathers the words of an entry whose page need not be made.
    fn gather(&mut self, id: EntryId) -> anyhow::Result<()> {
        let content = posts::content(self.shared, id, Addresses::RootRelative)?;
        let texts = posts::pages(self.shared, id, &content.unwrap_or_default());
        let Some(index) = &self.common.index else { return Ok(()) };
        index.add(self.shared, id, &texts, &mut self.gatherer)
    }

    /// Hands in what was gathered from several jobs.
    fn finish(&mut self) -> anyhow::Result<()> {
        let index = self.common.index.as_ref();
        index.map_or(Ok(()), |index| index.finish(&mut self.gatherer))
    }

    fn do_one(&mut self, job: Job) -> anyhow::Result<()> {
        match job {
            Job::Entry(id) => self.entry(id),
            Job::List(id, number) => self.list(id, number),
            Job::Feed(id) => self.feed(id),
            Job::CommentFeed(entry) => self.comment_feed(entry),
            Job::Numbers(number) => self.numbers(number),
            Job::Search => self.search(),
            Job::NotFound => self.not_found(),
            Job::Sitemap => self.sitemap(),
            Job::OldAddresses => {
                old_addresses::write(self.shared, |path, bytes| self.write(path, bytes))
            }
            Job::Redirect(index) => self.redirect(index),
            Job::SearchItems(number) => self.search_items(number),
            Job::SearchPart(part) => self.search_part(part),
        }
    }

    fn entry(&mut self, id: EntryId) -> anyhow::Result<()> {
        let shared = self.shared;
        self.diagnostics.extend(posts::missing(shared, id));
        let is_in_feed = self.common.texts.wants(id);
        let addresses = if is_in_feed { Addresses::Placeholder } else { Addresses::RootRelative };
        let content = posts::content(shared, id, addresses)?.unwrap_or_default();
        let mut texts = posts::pages(shared, id, &content);
        if let Some(index) = &self.common.index {
            index.add(shared, id, &texts, &mut self.gatherer)?;
        }
        if is_in_feed {
            self.common.texts.keep(id, &texts.concat())?;
            for text in &mut texts {
                *text = with_origin(text, "");
            }
        }
        self.diagnostics.extend(content.diagnostics);
        let mut post = posts::post(shared, id);
        let related = shared.site.entry(id).related.iter();
        post.related_html =
            related.map(|&id| self.piece(Shape::Related, id)).collect::<anyhow::Result<_>>()?;
        let template = if post.post_type == "page" { "page.html" } else { "post.html" };
        for (number, text) in (1..).zip(texts) {
            let path = posts::page_path(&shared.site.entry(id).path, number);
            post.content_html = text;
            post.pages = posts::page_numbers(shared, id, number);
            let mut page = posts::head(shared, id, &post, number);
            page.styles_html = with_origin(&content.styles, "");
            let mut context = Context::new();
            context.insert_value("post", post.to_value());
            self.page(template, &page, context, &path)?;
        }
        Ok(())
    }

    fn list(&mut self, id: ArchiveId, number: usize) -> anyhow::Result<()> {
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
        if matches!(archive.kind, ArchiveKind::Home) {
            let has_front = self.is_newspaper && number == 1;
            context.insert("front", &has_front.then(|| front::front(shared, archive)));
        }
        self.page(list.template, &list.page, context, &archive.path.page(number))
    }

    /// The first picture of a page should not wait for the reader to scroll: that item is made for
    /// its place.
    fn items(&self, ids: &[EntryId]) -> anyhow::Result<Vec<Value>> {
        let items = ids.iter().map(|&id| self.piece(Shape::Item, id));
        let mut items: Vec<Value> = items.collect::<anyhow::Result<_>>()?;
        if let Some(first) = items.first_mut() {
            *first = pieces::hurry(first);
        }
        Ok(items)
    }

    fn days(&self, ids: &[EntryId]) -> anyhow::Result<Vec<DayView>> {
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

    fn piece(&self, shape: Shape, id: EntryId) -> anyhow::Result<Value> {
        self.common.pieces.get(self.shared, &self.templates, shape, id)
    }

    fn feed(&mut self, id: ArchiveId) -> anyhow::Result<()> {
        let archive = self.shared.site.archive(id);
        let mut feed = feeds::of_archive(self.shared, &self.common.texts, id)?;
        let Some(path) = &archive.feed else { return Ok(()) };
        self.feed_page(&feed, path)?;
        self.fill_one("feed.rss.xml", "feed", &feed, &self.shared.feed_file(path))?;
        if matches!(archive.kind, ArchiveKind::Home) {
            for (template, path) in [
                ("feed.atom.xml", path.join("atom")),
                ("feed.json", UrlPath::root().file_in("feed.json")),
            ] {
                feed.feed_url = self.shared.url(&path);
                self.fill_one(template, "feed", &feed, &path)?;
            }
        }
        Ok(())
    }

    fn comment_feed(&mut self, entry: Option<EntryId>) -> anyhow::Result<()> {
        let feed = feeds::of_comments(self.shared, entry);
        let of_site = UrlPath::from_segments(["comments", "feed"]);
        let own = entry.and_then(|id| self.shared.site.entry(id).comment_feed.as_ref());
        let path = own.unwrap_or(&of_site);
        self.feed_page(&feed, path)?;
        self.fill_one("comments.rss.xml", "feed", &feed, &self.shared.feed_file(path))
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

    fn numbers(&mut self, number: usize) -> anyhow::Result<()> {
        let path = numbers::path(number);
        let mut page = head::page(self.shared, "numbers", &path);
        page.title = self.word("by_number");
        page.is_noindex = true;
        let mut context = Context::new();
        context.insert("numbers", &numbers::view(self.shared, number));
        self.page("numbers.html", &page, context, &path)
    }

    fn search(&mut self) -> anyhow::Result<()> {
        let path = UrlPath::from_segments(["search"]);
        let mut page = head::page(self.shared, "search", &path);
        page.title = self.word("search");
        page.body_class = "search".to_owned();
        page.is_noindex = true;
        let mut context = Context::new();
        let view = self.shared.has_search().then(|| search::view(self.shared));
        context.insert("search", &view);
        self.page("search.html", &page, context, &path)
    }

    fn not_found(&mut self) -> anyhow::Result<()> {
        let path = UrlPath::root().file_in("404.html");
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

    fn sitemap(&mut self) -> anyhow::Result<()> {
        let entries = feeds::sitemap(self.shared);
        let root = UrlPath::root();
        let main = root.file_in("sitemap.xml");
        if entries.len() <= feeds::SITEMAP_MAX {
            self.fill_one("sitemap.xml", "entries", &entries, &main)?;
        } else {
            let mut addresses = Vec::new();
            for (number, part) in (1..).zip(entries.chunks(feeds::SITEMAP_MAX)) {
                let path = root.file_in(&format!("sitemap-{number}.xml"));
                self.fill_one("sitemap.xml", "entries", &part, &path)?;
                addresses.push(self.shared.url(&path));
            }
            self.fill_one("sitemap-index.xml", "sitemaps", &addresses, &main)?;
        }
        let url = self.shared.url(&main);
        self.fill_one("robots.txt", "sitemap_url", &url, &root.file_in("robots.txt"))
    }

    fn redirect(&mut self, index: usize) -> anyhow::Result<()> {
        let Redirect { from, to } = &self.shared.site.redirects[index];
        let href = match to {
            Destination::Page(path) => Some(self.shared.href(path)),
            Destination::Attachment(id) => old_addresses::attachment(self.shared, *id),
            Destination::Address(address) if address.starts_with('/') => {
                Some(format!("{}{address}", self.shared.site.info.base.path()))
            }
            Destination::Address(address) => Some(address.clone()),
        };
        let Some(href) = href else { return Ok(()) };
        let is_here = href.starts_with('/');
        let origin = if is_here { self.shared.site.info.base.origin() } else { "" };
        let redirect = RedirectView { url: format!("{origin}{href}"), href };
        self.fill_one("redirect.html", "redirect", &redirect, from)
    }

    fn search_items(&mut self, number: usize) -> anyhow::Result<()> {
        let Some(index) = &self.common.index else { return Ok(()) };
        let ids = index.items().nth(number).unwrap_or_default();
        let items = ids.iter().map(|&id| self.piece(Shape::Item, id));
        let mut items: Vec<Value> = items.collect::<anyhow::Result<_>>()?;
        if self.shared.settings.relative {
            let page = UrlPath::from_segments(["search"]);
            let base = &self.shared.site.info.base;
            for item in &mut items {
                let html = item.as_str().unwrap_or_default();
                *item = Value::safe_string(&relative::seen_from(&page, base, html));
            }
        }
        index.write_items(number, &items, &mut |path, bytes| self.write(path, bytes))
    }

    fn search_part(&mut self, part: search::Part) -> anyhow::Result<()> {
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
        context.insert_value("header_html", frame.header.clone());
        context.insert_value("footer_html", frame.footer.clone());
        self.fill(template, &context, path)
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

    fn write(&mut self, path: &UrlPath, bytes: &[u8]) -> anyhow::Result<()> {
        let file = path.file();
        let hash = self.common.output.write(&file, bytes)?;
        if self.common.before.is_some() {
            self.files.push((file.into(), hash));
        }
        Ok(())
    }
}
