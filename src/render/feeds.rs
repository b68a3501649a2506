//! Feeds of posts and of comments, and the sitemap.

use chrono::{DateTime, FixedOffset};

use crate::config::FeedContent;
use crate::content::{self, Writer};
use crate::media::names::path_of;
use crate::model::PostId;
use crate::render::shared::{Shared, escape, rfc2822, rfc3339};
use crate::render::surroundings::{Addresses, with_origin};
use crate::render::templates::Templates;
use crate::render::texts::Texts;
use crate::render::views::{EnclosureView, FeedItemView, FeedView, SitemapEntryView};
use crate::render::{enclosures, lists};
use crate::site::archives::{Archive, ArchiveId, ArchiveKind};
use crate::site::own_files::OwnFile;
use crate::site::urls::UrlPath;
use crate::site::{EntryId, Site};

/// How many addresses a sitemap may hold, by the protocol.
pub const SITEMAP_MAX: usize = 50_000;

/// Returns the feed of an archive: its newest posts.
///
/// # Errors
/// A body cannot be read any more, or a template of a block fails.
pub fn of_archive(
    shared: &Shared<'_>,
    templates: &Templates,
    texts: &Texts,
    list: ArchiveId,
) -> anyhow::Result<FeedView> {
    let archive = shared.site.archive(list);
    let info = &shared.site.info;
    let title = match archive.kind {
        ArchiveKind::Home => info.title.clone(),
        ArchiveKind::Edition(id) if shared.site.edition(id).title.is_some() => {
            shared.archive_title(list)
        }
        _ => format!("{} – {}", shared.archive_title(list), info.title),
    };
    let newest = items(shared, archive);
    let items = newest.clone().map(|id| item(shared, templates, texts, id));
    let items = items.collect::<anyhow::Result<Vec<_>>>()?;
    let updated = newest.filter_map(|id| shared.site.entry(id).modified).max();
    Ok(FeedView {
        title: clean(title),
        description: clean(info.description.clone()),
        url: shared.url(&archive.path),
        feed_url: archive
            .feed
            .as_ref()
            .map(|path| shared.url(&shared.feed_file(path)))
            .unwrap_or_default(),
        language: match archive.edition {
            Some(id) => shared.site.edition(id).tag.to_string(),
            None => info.language.clone(),
        },
        updated_rfc2822: updated.as_ref().map(rfc2822).unwrap_or_default(),
        updated_rfc3339: updated.as_ref().map(rfc3339).unwrap_or_default(),
        items,
    })
}

/// Returns the posts in the feed of an archive. Sticky ones lead the page, not the feed.
pub fn items(shared: &Shared<'_>, archive: &Archive) -> impl Iterator<Item = EntryId> + Clone {
    archive.entries[archive.leading..].iter().take(shared.settings.feeds.items).copied()
}

fn item(
    shared: &Shared<'_>,
    templates: &Templates,
    texts: &Texts,
    id: EntryId,
) -> anyhow::Result<FeedItemView> {
    let (entry, post) = (shared.site.entry(id), shared.site.post(id));
    let summary = shared.brief(id);
    let text = with_origin(&texts.get(shared, templates, id)?, shared.site.info.base.origin());
    let enclosures = enclosures::of_text(shared, &text);
    let content_html = match shared.settings.feeds.content {
        FeedContent::Full => text,
        FeedContent::Excerpt => format!("<p>{}</p>", escape(&summary.excerpt)),
    };
    Ok(FeedItemView {
        title: clean(summary.label),
        url: summary.url,
        guid: guid(shared, id),
        author: clean(summary.author.map(|author| author.name).unwrap_or_default()),
        published_rfc2822: entry.date.as_ref().map(rfc2822).unwrap_or_default(),
        published_rfc3339: entry.date.as_ref().map(rfc3339).unwrap_or_default(),
        modified_rfc3339: entry.modified.or(entry.date).as_ref().map(rfc3339).unwrap_or_default(),
        categories: shared.feed_terms(id).map(|name| clean(name.to_owned())).collect(),
        excerpt: clean(summary.excerpt),
        content_html: clean(content_html),
        language: summary.language,
        comment_count: summary.comment_count,
        enclosures,
        image: post.featured_media.and_then(|id| image(shared, id)),
    })
}

/// Returns the identifier WordPress's feed had: any other would show readers every post again.
fn guid(shared: &Shared<'_>, id: EntryId) -> String {
    let post = shared.site.post(id);
    if !post.guid.is_empty() {
        return content::plain_text(&post.guid);
    }
    let home = shared.site.export.site.home.as_deref();
    let home = home.map_or_else(|| shared.url(&UrlPath::root()), |home| format!("{home}/"));
    let key = if &*post.post_type == "page" { "page_id" } else { "p" };
    format!("{home}?{key}={}", post.id.0)
}

fn image(shared: &Shared<'_>, id: PostId) -> Option<EnclosureView> {
    let attachment = shared.library.attachment(id)?;
    let path = path_of(&attachment.source_url)?;
    let file = shared.library.file(&path)?;
    let published = shared.upload(&path)?;
    if attachment.mime_type.is_empty() {
        return None;
    }
    Some(EnclosureView {
        url: shared.url(&published),
        length: file.length,
        mime_type: attachment.mime_type.to_string(),
    })
}

/// Returns the feed of the newest comments: of one entry, or of all.
pub fn of_comments(shared: &Shared<'_>, entry: Option<EntryId>) -> FeedView {
    let site = shared.site;
    let count = shared.settings.feeds.items;
    let comments: Vec<(usize, EntryId)> = match entry {
        None => site.discussions.newest(&site.export, count),
        Some(id) => {
            let newest = site.discussions.of(id).iter().rev().take(count);
            newest.map(|&comment| (comment as usize, id)).collect()
        }
    };
    let items: Vec<FeedItemView> =
        comments.iter().map(|&(comment, id)| comment_item(shared, comment, id)).collect();
    let newest = comments.first().and_then(|&(index, _)| moment(site, index));
    let home = UrlPath::root();
    let (path, feed, title) = match entry {
        None => (&home, OwnFile::CommentsFeed.path(), site.info.title.clone()),
        Some(id) => {
            let entry = site.entry(id);
            let own = site.comment_feeds.get(&id).cloned();
            let feed = own.unwrap_or_else(|| entry.path.join("feed"));
            (&entry.path, feed, shared.link(id).title)
        }
    };
    let words = shared.words.words.get("comments_feed_title");
    let words = words.map_or("Comments: {title}", String::as_str);
    FeedView {
        title: clean(words.replace("{title}", &title)),
        description: clean(site.info.description.clone()),
        url: shared.url(path),
        feed_url: shared.url(&shared.feed_file(&feed)),
        language: shared.language.to_owned(),
        updated_rfc2822: newest.as_ref().map(rfc2822).unwrap_or_default(),
        updated_rfc3339: newest.as_ref().map(rfc3339).unwrap_or_default(),
        items,
    }
}

fn comment_item(shared: &Shared<'_>, index: usize, id: EntryId) -> FeedItemView {
    let site = shared.site;
    let (entry, comment) = (site.entry(id), &site.export.comments[index]);
    let author = clean(content::plain_text(shared.commenter(comment)));
    let html = shared.comment_html(comment);
    let content_html = shared.sanitized(&html, Writer::Commenter, Addresses::Absolute);
    let url = format!("{}#comment-{}", shared.url(&entry.path), comment.id.0);
    let date = moment(site, index);
    FeedItemView {
        title: clean(format!("{author}: {}", shared.link(id).title)),
        guid: format!("{}#comment-{}", guid(shared, id), comment.id.0),
        url,
        author,
        published_rfc2822: date.as_ref().map(rfc2822).unwrap_or_default(),
        published_rfc3339: date.as_ref().map(rfc3339).unwrap_or_default(),
        modified_rfc3339: String::new(),
        categories: Vec::new(),
        excerpt: clean(content::plain_text(&content_html)),
        content_html: clean(content_html),
        language: entry.language.to_string(),
        comment_count: 0,
        enclosures: Vec::new(),
        image: None,
    }
}

fn moment(site: &Site, index: usize) -> Option<DateTime<FixedOffset>> {
    site.comment_moment(&site.export.comments[index])
}

/// Returns the pages a search engine should know: posts first, then archives that list posts.
pub fn sitemap<'a>(shared: &'a Shared<'_>) -> impl Iterator<Item = SitemapEntryView> + 'a {
    let site = shared.site;
    let home = site.archives.first().filter(|archive| archive.path == UrlPath::root());
    let home = home.map(|_| SitemapEntryView {
        url: shared.url(&UrlPath::root()),
        modified: String::new(),
        image: String::new(),
    });
    // In the place of the page for posts stands the list of posts, among the archives.
    let entries = site.entries.iter().zip((0..).map(EntryId::new));
    let entries = entries.filter(move |&(_, id)| !site.is_posts_page(id));
    let entries = entries.map(move |(entry, id)| SitemapEntryView {
        url: shared.url(&entry.path),
        modified: entry.modified.or(entry.date).as_ref().map(rfc3339).unwrap_or_default(),
        image: shared.featured_image(id).map(|image| image.url).unwrap_or_default(),
    });
    let is_listed =
        move |archive: &&Archive| archive.count() > 0 && !lists::is_thin(shared, archive);
    let archives = site.archives.iter().filter(is_listed);
    let archives = archives.filter(|archive| archive.path != UrlPath::root()).map(move |archive| {
        SitemapEntryView {
            url: shared.url(&archive.path),
            modified: String::new(),
            image: String::new(),
        }
    });
    home.into_iter().chain(entries).chain(archives)
}

/// Takes out the characters that XML forbids even when escaped.
fn clean(text: String) -> String {
    // Nearly no text holds any, and to look at all bytes of a run is faster than to stop early.
    let is_suspect =
        |byte: u8| (byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r')) | (byte == 0xef);
    let has_suspects = |run: &[u8]| run.iter().fold(false, |found, &byte| found | is_suspect(byte));
    if !text.as_bytes().chunks(256).any(has_suspects) {
        return text;
    }
    let is_allowed = |&c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..) && c != '\u{fffe}'
    };
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out() {
        assert_eq!(clean("a\u{0}\u{b}b\u{fffe}\u{ffff}\tབོད😀".to_owned()), "ab\tབོད😀");
    }
}
