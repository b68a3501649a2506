//! What templates may see: the theme contract.
//!
//! Every template sees [`SiteView`] as `site`, the fixed words of the site's language as `t`, the
//! theme's options as `options`, a [`PageView`] as `page`, and as `site_lang` the attributes of
//! elements that hold the theme's own words. The rest depends on the kind of page and is listed in
//! `themes/README.md`. Fields called `…_html` are HTML, safe to print with `| safe`; all others are
//! plain text. An `href` is ready for a link on this site, a `url` is absolute.
//!
//! All views stand in this one file, long as it is: it is what `themes/README.md` promises.

use serde::Serialize;
use tera::Value;

use crate::render::words::Plural;

/// The site: the same for every page in one language.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// Its name: on pages of a language that has another, in that.
    pub title: String,
    /// Set if its name is in another language than the page.
    pub title_language: Option<String>,
    /// Its tagline. May be empty.
    pub description: String,
    /// Set if that is in another language than the page.
    pub description_language: Option<String>,
    /// A language tag such as `bo`: on pages that are made in another of the site's languages, of that.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The home page.
    pub href: String,
    /// The home page.
    pub url: String,
    /// The search page.
    pub search_href: String,
    /// Whether readers can search there.
    pub has_search: bool,
    /// The RSS feed of the home page.
    pub feed_href: String,
    /// The favicon, if the site has one.
    pub icon: Option<ImageView>,
    /// The logo, if the site has one.
    pub logo: Option<ImageView>,
    /// The main menu.
    pub menu: Vec<MenuItemView>,
    /// The second menu, for the footer. May be empty.
    pub footer_menu: Vec<MenuItemView>,
    /// Top-level categories that have posts, most posts first.
    pub categories: Vec<TermView>,
    /// Months that have posts, newest first, at most twelve.
    pub months: Vec<ArchiveLinkView>,
    /// All years that have posts, newest first.
    pub years: Vec<ArchiveLinkView>,
    /// The newest post's date: a static page cannot know today.
    pub updated: Option<DateView>,
    /// What made the site, with its version.
    pub generator: &'static str,
}

/// A menu entry.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItemView {
    /// Its words.
    pub title_html: String,
    /// Where it leads: on this site or elsewhere.
    pub href: String,
    /// Set if its words are in another language than the site.
    pub language: Option<String>,
    /// The entries below it.
    pub children: Vec<Self>,
}

/// The page being made, for its head and body.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// `home`, `post`, `page`, `archive`, `search`, `numbers`, `feed` or `404`.
    pub kind: &'static str,
    /// For the title element: the page's own title, without the site's. Empty on the home page.
    pub title: String,
    /// For search engines and cards. May be empty.
    pub description: String,
    /// The page's address; none on the 404 page.
    pub url: Option<String>,
    /// The page's address.
    pub href: String,
    /// WordPress's body classes.
    pub body_class: String,
    /// A language tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The picture for cards.
    pub image: Option<ImageView>,
    /// `website`, `article` or `profile`.
    pub og_type: &'static str,
    /// JSON-LD, ready to print inside its script element.
    pub json_ld_html: String,
    /// Style sheets that stood in the content, ready to print inside a style element.
    pub styles_html: String,
    /// The feeds to announce, besides the site's own.
    pub feeds: Vec<LinkView>,
    /// The same page in all its languages, this one among them. Empty if there is just one.
    pub translations: Vec<TranslationView>,
    /// The same for search engines: empty on later pages of a text or list.
    pub alternates: Vec<AlternateView>,
    /// The page before this one in a list of pages.
    pub previous_href: Option<String>,
    /// The page after this one in a list of pages.
    pub next_href: Option<String>,
    /// Search engines shall not list it.
    pub is_noindex: bool,
    /// Whether it carries blocks, and so needs their style sheet.
    pub has_blocks: bool,
    /// Whether its text has any Tibetan, and so needs its font.
    pub has_tibetan: bool,
    /// Set on the page at `/` and the 404 page: what is needed to answer to old addresses there.
    pub old_addresses: Option<OldAddressesView>,
}

/// A page in one of its languages.
#[derive(Clone, Debug, Serialize)]
pub struct TranslationView {
    /// What the language is called in itself.
    pub name: String,
    /// Its tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Where the page is.
    pub href: String,
    /// Where the page is.
    pub url: String,
    /// Whether it is the page at hand.
    pub is_current: bool,
}

/// A page in one of its languages, for search engines.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// A language tag, or `x-default`.
    pub language: String,
    /// Where it is.
    pub url: String,
}

/// What the script for old addresses has to know.
#[derive(Debug, Serialize)]
pub struct OldAddressesView {
    /// The home page.
    pub home: String,
    /// What stands before the number of its later pages: `page/`, or nothing.
    pub paging: &'static str,
    /// How many pages it has, itself among them.
    pub pages: usize,
    /// The folder of the lists of answers.
    pub lists: String,
    /// How many lists there are.
    pub count: usize,
    /// The names of custom post types and taxonomies, which addresses choose by.
    pub names: Vec<String>,
    /// What addresses call languages that have a home page. Left out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What they call the one whose home page this is, such as that at `/en/`. Left out elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The search page.
    pub search: String,
    /// What old paths that lead on begin with, decoded, in lower case, without a slash before it;
    /// where they lead; and whether what follows stands behind that, too.
    pub moved: Vec<(String, String, bool)>,
    /// Paths below which the last name tells what is meant, decoded, in lower case, without a slash
    /// before them; and of which taxonomy or post type that is.
    pub bases: Vec<(String, String)>,
    /// The list of all posts by number, for those who run no script.
    pub numbers: Option<String>,
}

/// Posts by their numbers in WordPress.
#[derive(Debug, Serialize)]
pub struct NumbersView {
    /// The pages of the list: all of them on the first, on others those near. Empty if there is
    /// just one.
    pub ranges: Vec<RangeView>,
    /// The posts on this page.
    pub posts: Vec<NumberedView>,
}

/// A page of a list of numbers.
#[derive(Debug, Serialize)]
pub struct RangeView {
    /// The first number and the last.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Whether it is the page at hand.
    pub is_current: bool,
}

/// A post by its number.
#[derive(Debug, Serialize)]
pub struct NumberedView {
    /// WordPress's id.
    pub number: u64,
    /// Where it is.
    pub post: LinkView,
}

/// What the script of the search page has to know.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// The folder of the index.
    pub index_href: String,
    /// The language tag of the theme's words, by whose rules results are counted.
    pub language: String,
    /// How many results there are, such as `{n} results`: by the plural forms of CLDR, `zero`, `one`,
    /// `two`, `few`, `many` and `other`, of which only the last is always there.
    pub results: Plural,
    /// The ten digits, from nought to nine.
    pub digits: String,
}

/// A page that stands at an old address and leads on.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Where it leads.
    pub href: String,
    /// The same in full.
    pub url: String,
}

/// What header, footer and the head's fixed part see as `page`: they are made once for all pages
/// that show the same.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct FrameView {
    /// `home`, `post`, `page`, `archive`, `search` or `404`.
    pub kind: &'static str,
    /// A language tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The page's address, if the menu has it; else empty.
    pub href: String,
    /// Whether it is the first page of a newspaper.
    pub is_newspaper: bool,
    /// Whether the site's title is the page's own heading.
    pub has_title_heading: bool,
    /// Whether it carries blocks, and so needs their style sheet.
    pub has_blocks: bool,
    /// In the head: whether its text, the header or the footer have any Tibetan, and so need its font.
    pub has_tibetan: bool,
}

/// A link and its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Plain text.
    pub title: String,
    /// HTML.
    pub title_html: String,
    /// Where it leads.
    pub href: String,
    /// Set if its words are in another language than the site.
    pub language: Option<String>,
}

/// A post in a list.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryView {
    /// WordPress's id.
    pub id: u64,
    /// WordPress's post classes: `post-7 post type-post …`.
    pub class: String,
    /// May be empty.
    pub title_html: String,
    /// The title as plain text; for a post without one its first words, else its date.
    pub label: String,
    /// The post's page.
    pub href: String,
    /// The post's page.
    pub url: String,
    /// A language tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// None if the export does not say.
    pub date: Option<DateView>,
    /// Who wrote it.
    pub author: Option<AuthorView>,
    /// Its categories.
    pub categories: Vec<TermView>,
    /// The featured image.
    pub image: Option<ImageView>,
    /// Plain text. May be empty.
    pub excerpt: String,
    /// Whom its first quotation is by: plain text, which the excerpt may hold, too. May be empty.
    pub citation: String,
    /// `standard`, `aside`, `quote` and so on.
    pub format: String,
    /// Leads the home page.
    pub is_sticky: bool,
    /// How many comments stand under it.
    pub comment_count: usize,
    /// At 200 words or 300 syllables a minute; 1 or more.
    pub reading_minutes: u32,
}

/// A post or page on its own page.
#[derive(Debug, Serialize)]
pub struct PostView {
    /// What lists show of it, too. Its fields are fields of the post.
    #[serde(flatten)]
    pub summary: SummaryView,
    /// `post`, `page`, or a custom type.
    pub post_type: String,
    /// The page of it that is shown, as HTML.
    pub content_html: String,
    /// The excerpt, if its author wrote it by hand. Else empty.
    pub subtitle: String,
    /// When it was changed, if that was more than a day after it was published.
    pub modified: Option<DateView>,
    /// Its tags.
    pub tags: Vec<TermView>,
    /// Its terms in other taxonomies.
    pub taxonomies: Vec<TaxonomyView>,
    /// The pages of a post in pages; empty if it has just one.
    pub pages: Vec<NumberView>,
    /// The approved comments, as threads.
    pub comments: Vec<CommentView>,
    /// Whether readers could still comment.
    pub comments_open: bool,
    /// The feed of its comments, if it has some.
    pub comments_feed_href: Option<String>,
    /// The post before it in time.
    pub previous: Option<LinkView>,
    /// The post after it in time.
    pub next: Option<LinkView>,
    /// Posts with shared terms and words, most related first, each made from `related.html`.
    pub related_html: Vec<Value>,
    /// The pages above a page, from the top.
    pub breadcrumbs: Vec<LinkView>,
    /// The pages right below a page.
    pub children: Vec<LinkView>,
}

/// A block of a raw text.
#[derive(Debug, Serialize)]
pub struct BlockView {
    /// With its namespace: `acme/map`, `core/quote`.
    pub name: String,
    /// What its comment says: an object. What a block does not say is not there.
    pub attributes: Value,
    /// What the blocks within it show.
    pub inner_html: String,
    /// The HTML it was saved with, around what the blocks within it show: what would be shown
    /// without the template. Of a block that WordPress made on the server, what it shows.
    pub saved_html: String,
}

/// The terms of a post in one custom taxonomy.
#[derive(Debug, Serialize)]
pub struct TaxonomyView {
    /// Such as `genre`.
    pub name: String,
    /// Such as `Genres`.
    pub label: String,
    /// Its terms.
    pub terms: Vec<TermView>,
}

/// A category, tag or term.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// WordPress's id.
    pub id: u64,
    /// Plain text.
    pub name: String,
    /// The last part of its address, decoded.
    pub slug: String,
    /// Its archive.
    pub href: String,
    /// How many posts its archive lists.
    pub count: usize,
    /// Set if its name is in another language than the site.
    pub language: Option<String>,
}

/// Who wrote a post.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorView {
    /// Plain text.
    pub name: String,
    /// The author's archive.
    pub href: String,
    /// About the author. May be empty.
    pub bio_html: String,
    /// Set if that is in another language than the site.
    pub bio_language: Option<String>,
    /// The author's own site. May be empty.
    pub website: String,
    /// Set if the name is in another language than the site.
    pub language: Option<String>,
}

/// A moment, in the site's time zone and language.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// For `datetime` attributes: RFC 3339 with the offset.
    pub datetime: String,
    /// The date in words.
    pub text: String,
    /// The time of day, such as `09:30`.
    pub time: String,
    /// Such as `2026-06-05`.
    pub day: String,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// For `src`.
    pub src: String,
    /// The same, absolute.
    pub url: String,
    /// For `srcset`. May be empty.
    pub srcset: String,
    /// In pixels; 0 if unknown.
    pub width: u32,
    /// In pixels; 0 if unknown.
    pub height: u32,
    /// May be empty.
    pub alt: String,
    /// May be empty.
    pub caption_html: String,
}

/// A comment and its answers.
#[derive(Debug, Serialize)]
pub struct CommentView {
    /// WordPress's id.
    pub id: u64,
    /// Plain text.
    pub author: String,
    /// Set if the name is in another language than the site.
    pub author_language: Option<String>,
    /// The writer's own site. May be empty.
    pub author_url: String,
    /// None if the export does not say.
    pub date: Option<DateView>,
    /// What was written.
    pub content_html: String,
    /// `comment`, or `ping` for a link from another site.
    pub kind: &'static str,
    /// A language tag, if other than the page's.
    pub language: Option<String>,
    /// 1 for a comment that answers none.
    pub depth: usize,
    /// The page and anchor of the comment.
    pub href: String,
    /// Answers, oldest first.
    pub children: Vec<Self>,
}

/// A list of posts.
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    /// `home`, `language`, `category`, `tag`, `taxonomy`, `author`, `year`, `month`, `day`, `format` or `type`.
    pub kind: &'static str,
    /// Plain text.
    pub title: String,
    /// About the term or author. May be empty.
    pub description_html: String,
    /// Set if that is in another language than the site.
    pub description_language: Option<String>,
    /// How many posts it has on all its pages.
    pub count: usize,
    /// Set if its title is in another language than the site.
    pub language: Option<String>,
    /// The archives above it, from the top.
    pub breadcrumbs: Vec<LinkView>,
    /// The archives right below it: child categories, or the months of a year.
    pub children: Vec<ArchiveLinkView>,
    /// Its feed, if it has one.
    pub feed_href: Option<String>,
    /// The author, on an author's archive.
    pub author: Option<AuthorView>,
}

/// A day in the archive of a date.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// The date in words. Empty for posts without a date.
    pub title: String,
    /// The posts of the day, newest first, each made from `line.html`.
    pub items_html: Vec<Value>,
}

/// A link to an archive.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveLinkView {
    /// Plain text.
    pub name: String,
    /// Its first page.
    pub href: String,
    /// How many posts it has.
    pub count: usize,
    /// Set if its name is in another language than the site.
    pub language: Option<String>,
}

/// Where a list page stands among its siblings.
#[derive(Debug, Serialize)]
pub struct PagerView {
    /// Counted from 1.
    pub number: usize,
    /// How many pages there are.
    pub total: usize,
    /// The page with newer posts.
    pub newer_href: Option<String>,
    /// The page with older posts.
    pub older_href: Option<String>,
    /// First, last, neighbours, and gaps between them.
    pub numbers: Vec<NumberView>,
}

/// A page number.
#[derive(Debug, Serialize)]
pub struct NumberView {
    /// 0 for a gap.
    pub number: usize,
    /// Empty for a gap.
    pub href: String,
    /// Whether it is the page being shown.
    pub is_current: bool,
}

/// The first page of a newspaper's home page.
#[derive(Debug, Serialize)]
pub struct FrontView {
    /// The story that leads.
    pub lead: Option<SummaryView>,
    /// Three stories beside it.
    pub stack: Vec<SummaryView>,
    /// Four stories below.
    pub strip: Vec<SummaryView>,
    /// Some categories with their newest stories. A story stands on the page once.
    pub sections: Vec<SectionView>,
    /// The rest of the newest.
    pub river: Vec<SummaryView>,
}

/// A category on a newspaper's home page.
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// The category.
    pub term: TermView,
    /// Its newest story that stands nowhere above.
    pub lead: SummaryView,
    /// The three after it.
    pub stack: Vec<SummaryView>,
}

/// A feed, for the feed templates.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub description: String,
    /// The page the feed is of.
    pub url: String,
    /// The feed itself.
    pub feed_url: String,
    /// A language tag.
    pub language: String,
    /// RFC 2822, of the newest item.
    pub updated_rfc2822: String,
    /// RFC 3339, of the newest item.
    pub updated_rfc3339: String,
    /// Newest first.
    pub items: Vec<FeedItemView>,
}

/// An item of a feed.
#[derive(Debug, Serialize)]
pub struct FeedItemView {
    /// Plain text.
    pub title: String,
    /// The post's page, or the comment's anchor.
    pub url: String,
    /// Exactly as in WordPress's feed.
    pub guid: String,
    /// Who wrote it.
    pub author: String,
    /// RFC 2822 in GMT. Empty if unknown.
    pub published_rfc2822: String,
    /// RFC 3339 in GMT. Empty if unknown.
    pub published_rfc3339: String,
    /// RFC 3339 in GMT. Empty if unknown.
    pub modified_rfc3339: String,
    /// Names of categories and tags.
    pub categories: Vec<String>,
    /// Plain text.
    pub excerpt: String,
    /// With absolute addresses, and no characters that XML forbids.
    pub content_html: String,
    /// A language tag.
    pub language: String,
    /// How many comments stand under it.
    pub comment_count: usize,
    /// The recordings and films that its text plays or links to.
    pub enclosures: Vec<EnclosureView>,
    /// The featured image.
    pub image: Option<EnclosureView>,
}

/// A file that belongs to a feed item.
#[derive(Debug, Serialize)]
pub struct EnclosureView {
    /// Absolute.
    pub url: String,
    /// In bytes; 0 if unknown.
    pub length: u64,
    /// Such as `image/jpeg`.
    pub mime_type: String,
}

/// A page in the sitemap.
#[derive(Debug, Serialize)]
pub struct SitemapEntryView {
    /// Absolute.
    pub url: String,
    /// RFC 3339. Empty if unknown.
    pub modified: String,
    /// The absolute address of its picture. Empty if it has none.
    pub image: String,
}
