//! Posts, pages and posts of custom types, each on its own page or pages.

use crate::config::{ScriptSettings, ShortcodeSettings, Switch};
use crate::content::{self, CodeColors, Content, PluginShortcodes, Scripts, Setting, Writer};
use crate::diagnostics::{Diagnostic, Location};
use crate::export::read_body;
use crate::media::names::{name, path_of};
use crate::media::path_index::Fit;
use crate::model::{ExcerptKind, PostId};
use crate::render::shared::{Shared, class_name};
use crate::render::surroundings::{Addresses, SiteSurroundings};
use crate::render::views::{CommentView, NumberView, PageView, PostView, TaxonomyView};
use crate::render::{head, json_ld, lists, translations};
use crate::site::comments::Thread;
use crate::site::languages::script_of;
use crate::site::urls::UrlPath;
use crate::site::{EntryId, Site};
use crate::wordpress;

/// How many numbers a post in very many pages shows before and after the current page: with all of
/// them on each page, the site would grow with their square.
const NEAR_PAGES: usize = 20;

/// Reads a body and normalizes it. `None`: the export has no text of the post.
///
/// # Errors
/// The file it stands in cannot be read any more, or the theme's template of a block in it asks for
/// what is not there.
pub fn content(
    shared: &Shared<'_>,
    id: EntryId,
    surroundings: &SiteSurroundings<'_>,
) -> anyhow::Result<Option<Content>> {
    let (entry, post) = (shared.site.entry(id), shared.site.post(id));
    let Some(place) = &post.body else { return Ok(None) };
    let body = read_body(&shared.site.export.files, place)?;
    let location = location(shared.site, id);
    let setting = Setting {
        post: post.id,
        location: &location,
        language: &entry.language,
        scripts: match shared.settings.content.scripts {
            ScriptSettings::Drop => Scripts::Drop,
            ScriptSettings::Keep => Scripts::Keep,
        },
        code: match shared.settings.content.highlight {
            Switch::On => CodeColors::Known,
            Switch::Off => CodeColors::None,
        },
        shortcodes: match shared.settings.content.shortcodes {
            ShortcodeSettings::Keep => PluginShortcodes::Keep,
            ShortcodeSettings::Drop => PluginShortcodes::Drop,
        },
    };
    let content = content::normalize(&body, &setting, surroundings);
    surroundings.check()?;
    Ok(Some(content))
}

/// Returns where diagnostics about an entry point.
pub fn location(site: &Site, id: EntryId) -> Location {
    let post = site.post(id);
    let file = &site.export.files[post.file.0 as usize].name;
    Location::record(file, post.id, &content::plain_text(&post.title))
}

/// Returns the text of each page of an entry: as many as the graph has addresses for.
pub fn pages(shared: &Shared<'_>, id: EntryId, content: &Content) -> Vec<String> {
    let pages: Vec<&str> = content.pages.iter().map(content::Html::as_str).collect();
    match usize::from(shared.site.entry(id).pages) {
        1 => vec![pages.concat()],
        wanted => {
            // The digest counted them before the text was repaired: what is more stands on the
            // last page.
            let (own, rest) = pages.split_at(pages.len().min(wanted - 1));
            let own = own.iter().map(|page| (*page).to_owned());
            own.chain(std::iter::once(rest.concat())).collect()
        }
    }
}

/// Returns an entry for its own page, without its text and what is related to it.
pub fn post(shared: &Shared<'_>, id: EntryId) -> PostView {
    let site = shared.site;
    let (entry, post) = (site.entry(id), site.post(id));
    let mut summary = shared.summary(id);
    summary.class.push_str(&shared.term_classes(id));
    let is_manual = post.excerpt_kind == ExcerptKind::Manual;
    let changed = entry.modified.zip(entry.date);
    let changed = changed.filter(|(modified, date)| (*modified - *date).num_days() >= 1);
    let comments = site.discussions.threads(&site.export, id);
    if &*post.post_type == "page" {
        summary.author = None;
    }
    PostView {
        content_html: String::new(),
        subtitle: if is_manual { summary.excerpt.clone() } else { String::new() },
        post_type: post.post_type.to_string(),
        modified: changed.map(|(modified, _)| shared.date(&modified)),
        tags: shared.terms(id, |taxonomy| taxonomy == "post_tag"),
        taxonomies: taxonomies(shared, id),
        pages: Vec::new(),
        comments: threads(shared, id, comments, 1),
        comments_open: post.comments_open,
        comments_feed_href: site
            .comment_feeds
            .get(&id)
            .map(|path| shared.href(&shared.feed_file(path))),
        previous: entry.previous.map(|other| shared.link(other)),
        next: entry.next.map(|other| shared.link(other)),
        related_html: Vec::new(),
        breadcrumbs: site.ancestors(id).into_iter().map(|above| shared.link(above)).collect(),
        children: site
            .children
            .get(&id)
            .map_or_else(Vec::new, |below| below.iter().map(|&id| shared.link(id)).collect()),
        summary,
    }
}

/// Returns the head of page `number` of an entry.
pub fn head(shared: &Shared<'_>, id: EntryId, post: &PostView, number: usize) -> PageView {
    let entry = shared.site.entry(id);
    let path = page_path(&entry.path, number);
    let is_page = post.post_type == "page";
    let mut page = head::page(shared, if is_page { "page" } else { "post" }, &path);
    let summary = &post.summary;
    page.title = lists::numbered(shared, &summary.label, number);
    let written = shared.site.post(id).meta_description.as_deref();
    page.description =
        written.map_or_else(|| content::first_words(&summary.excerpt), ToOwned::to_owned);
    page.language.clone_from(&summary.language);
    page.direction = summary.direction;
    page.image.clone_from(&summary.image);
    page.og_type = if is_page { "website" } else { "article" };
    page.body_class = body_class(post, number);
    if entry.path == UrlPath::root() {
        page.body_class.insert_str(0, "home ");
    }
    page.has_blocks = true;
    page.has_tibetan = content::has_tibetan(&post.content_html);
    page.json_ld_html = json_ld::article(shared, id, post);
    translations::add_of_entry(shared, id, number, &mut page);
    let last = usize::from(entry.pages);
    let sibling = |number: usize| shared.href(&page_path(&entry.path, number));
    page.previous_href = (number > 1).then(|| sibling(number - 1));
    page.next_href = (number < last).then(|| sibling(number + 1));
    if let Some(href) = &post.comments_feed_href {
        page.feeds.push(head::feed_link(summary.label.clone(), href.clone()));
    }
    page
}

/// Returns the path of page `number` of a post in pages.
pub fn page_path(path: &UrlPath, number: usize) -> UrlPath {
    if number == 1 { path.clone() } else { path.join(&number.to_string()) }
}

/// Returns the numbers of a post in pages: the first, the last and those near the current one; none
/// if it has just one page.
pub fn page_numbers(shared: &Shared<'_>, id: EntryId, current: usize) -> Vec<NumberView> {
    let entry = shared.site.entry(id);
    let numbers = numbers_near(current, usize::from(entry.pages)).map(|number| NumberView {
        number,
        href: shared.href(&page_path(&entry.path, number)),
        is_current: number == current,
    });
    numbers.collect()
}

/// Returns the numbers to show on a page, in order. Every page asks, so it must not go through all.
fn numbers_near(current: usize, total: usize) -> impl Iterator<Item = usize> {
    let near = current.saturating_sub(NEAR_PAGES).max(2)..=(current + NEAR_PAGES).min(total);
    let near = near.filter(move |number| *number < total);
    let ends = if total > 1 { [Some(1), Some(total)] } else { [None, None] };
    let [first, last] = ends.map(Option::into_iter);
    first.chain(near).chain(last)
}

/// Tells what a page lacks: its text, its featured image.
pub fn missing(shared: &Shared<'_>, id: EntryId) -> Vec<Diagnostic> {
    let post = shared.site.post(id);
    let mut found = Vec::new();
    if post.body.is_none() {
        let message = "the export has no text of this post; its page holds only the title";
        let help = "save the post again: its answer must have `content`";
        found.push(
            Diagnostic::error("missing-text", message, location(shared.site, id)).with_help(help),
        );
    }
    found.extend(post.featured_media.and_then(|image| missing_image(shared, id, image)));
    found
}

/// Tells of a featured image that is not in the export, or whose file is not in its uploads.
fn missing_image(shared: &Shared<'_>, id: EntryId, image: PostId) -> Option<Diagnostic> {
    let location = location(shared.site, id);
    let Some(attachment) = shared.library.attachment(image) else {
        let image = image.0;
        let message =
            format!("the featured image, attachment {image}, is not in the export; left out");
        let help = format!(
            "save it, or name its file: [media.{image}] file = \"2026/06/name.jpg\" in stillpress.toml"
        );
        return Some(Diagnostic::error("missing-attachment", message, location).with_help(help));
    };
    let path = path_of(&attachment.source_url)?;
    let pictures = shared.library.pictures(attachment);
    let is_at_hand = pictures.iter().any(|it| shared.library.file(&it.path).is_some());
    if is_at_hand || shared.library.is_empty() {
        return None;
    }
    let message = format!("the export does not have the file `{}`", attachment.source_url);
    let help = format!("add the file to the uploads folder of the export: `{path}`");
    let told = match pictures.last().and_then(|it| shared.library.other_size(&it.path)) {
        Some(other) if other.fit == Fit::Enough => return None,
        Some(other) => {
            let message = format!("{message}; a smaller size is shown, `{}`", name(other.path));
            Diagnostic::warning("smaller-media", message, location)
        }
        None => Diagnostic::warning("missing-media", message, location),
    };
    Some(told.with_help(help))
}

fn taxonomies(shared: &Shared<'_>, id: EntryId) -> Vec<TaxonomyView> {
    let site = shared.site;
    let mut names: Vec<&str> = Vec::new();
    for term in site.entry(id).terms.iter().filter_map(|id| site.terms.get(id)) {
        let is_own = wordpress::is_category_or_tag(&term.taxonomy);
        if !is_own && !names.contains(&&*term.taxonomy) {
            names.push(&term.taxonomy);
        }
    }
    let views = names.into_iter().map(|name| {
        let known = site.export.taxonomies.iter().find(|taxonomy| &*taxonomy.name == name);
        let label = known.map_or(name, |taxonomy| &taxonomy.label);
        TaxonomyView {
            name: name.to_owned(),
            label: content::plain_text(label),
            terms: shared.terms(id, |taxonomy| taxonomy == name),
        }
    });
    views.collect()
}

fn threads(
    shared: &Shared<'_>,
    id: EntryId,
    threads: Vec<Thread>,
    depth: usize,
) -> Vec<CommentView> {
    threads.into_iter().map(|thread| comment(shared, id, thread, depth)).collect()
}

fn comment(shared: &Shared<'_>, id: EntryId, thread: Thread, depth: usize) -> CommentView {
    let site = shared.site;
    let (entry, record) = (site.entry(id), &site.export.comments[thread.comment]);
    let date = site.comment_moment(record);
    let html = shared.comment_html(record);
    let content_html = shared.sanitized(&html, Writer::Commenter, Addresses::RootRelative);
    let script = content::script_of(&content::plain_text(&content_html));
    let is_same = script == script_of(&entry.language);
    let language = site.languages.of(script).filter(|tag| **tag != entry.language && !is_same);
    let author = content::plain_text(shared.commenter(record));
    CommentView {
        id: record.id.0,
        author_language: shared.other_language(&author),
        author,
        author_url: shared.website(&record.author_url),
        date: date.map(|date| shared.date(&date)),
        content_html,
        kind: match record.kind {
            crate::model::CommentKind::Comment => "comment",
            crate::model::CommentKind::Ping => "ping",
            crate::model::CommentKind::Internal => "internal",
        },
        language: language.map(|tag| tag.to_string()),
        depth,
        href: format!("{}#comment-{}", shared.href(&entry.path), record.id.0),
        children: threads(shared, id, thread.answers, depth + 1),
    }
}

/// Returns WordPress's body classes.
fn body_class(post: &PostView, number: usize) -> String {
    let summary = &post.summary;
    let id = summary.id;
    let mut class = match post.post_type.as_str() {
        "page" => format!("page page-id-{id}"),
        "post" => format!("single single-post postid-{id} single-format-{}", summary.format),
        other => format!("single single-{} postid-{id}", class_name(other).unwrap_or("custom")),
    };
    if number > 1 {
        class.push_str(&format!(" paged paged-{number}"));
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(current: usize, total: usize, expected: &[usize]) {
        assert_eq!(numbers_near(current, total).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn pages_lead_to_the_first_the_last_and_those_near() {
        let near = |from: usize, to: usize| (from..=to).collect::<Vec<_>>();
        check(1, 1, &[]);
        check(1, 2, &[1, 2]);
        check(2, 3, &[1, 2, 3]);
        check(1, 100, &[near(1, 21), vec![100]].concat());
        check(50, 100, &[vec![1], near(30, 70), vec![100]].concat());
        check(100, 100, &[vec![1], near(80, 100)].concat());
    }

    #[test]
    fn the_last_of_many_pages_is_as_quick_as_the_first() {
        let many = usize::MAX / 2;
        assert_eq!(numbers_near(many, many).count(), 2 + NEAR_PAGES);
        assert_eq!(numbers_near(many / 2, many).count(), 3 + 2 * NEAR_PAGES);
    }
}
