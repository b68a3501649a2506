//! Tells what a record is by its keys: files have any names.

use crate::export::json::Record;
use crate::export::links;
use crate::wordpress;

/// What a record is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// A post, page or post of a custom type.
    Post,
    /// A file of the media library.
    Attachment,
    /// A category, tag or term of a custom taxonomy.
    Term,
    /// A user.
    Author,
    /// A comment.
    Comment,
    /// The root of the REST API.
    Index,
    /// The site's settings.
    Settings,
    /// A language of Polylang's list.
    Language,
    /// A kind of post.
    PostType,
    /// A way of sorting posts.
    Taxonomy,
    /// A classic menu.
    Menu,
    /// An entry of a classic menu.
    MenuItem,
    /// A place of the theme for a menu.
    MenuLocation,
    /// A pattern, a template part or an icon.
    ThemePiece,
    /// What stood beside the pages of a theme.
    Widget,
    /// An answer that tells of an error instead.
    Error,
    /// An answer wrapped with its status (`_envelope`).
    Envelope,
    /// A row of the database as wp-cli prints it: a post or what is kept among the posts.
    PostRow,
    /// A term as wp-cli prints it.
    TermRow,
    /// A user as wp-cli prints it.
    UserRow,
    /// A comment as wp-cli prints it.
    CommentRow,
    /// What WordPress.com says of a site.
    ComSite,
    /// A post of WordPress.com.
    ComPost,
    /// A file of the media library of WordPress.com.
    ComAttachment,
    /// A category or tag of WordPress.com.
    ComTerm,
    /// A comment of WordPress.com.
    ComComment,
    /// A record of WordPress that no page is made of.
    PassedOver,
    /// None of these.
    Unknown,
}

/// Keys of which any record holds one, but no envelope.
const RECORD_KEYS: [&str; 12] = [
    "id",
    "ID",
    "title",
    "content",
    "guid",
    "term_id",
    "comment_ID",
    "_links",
    "slug",
    "excerpt",
    "post_title",
    "taxonomy",
];

/// Keys of WordPress.com that look like columns of the database.
const COM_KEYS: [&str; 3] = ["post_thumbnail", "post_count", "post_ID"];

/// Returns whether no envelope has this key.
pub(super) fn is_record_key(key: &str) -> bool {
    RECORD_KEYS.contains(&key)
}

/// Returns what `record` is.
pub(super) fn tell(record: &Record<'_>) -> Shape {
    if record.has("id") {
        tell_numbered(record)
    } else if record.has("locale") && record.has("slug") && record.has("home_url") {
        Shape::Language
    } else if record.has("ID") || record.has("term_id") || record.has("comment_ID") {
        tell_foreign(record)
    } else {
        tell_unnumbered(record)
    }
}

fn tell_numbered(record: &Record<'_>) -> Shape {
    let has = |key| record.has(key);
    let kind = record.hint("type");
    let kind = kind.as_ref();

    if has("author_name") && (has("post") || has("author_url") || has("author_avatar_urls")) {
        return Shape::Comment;
    }
    if has("source_url") || has("media_type") || has("media_details") || kind == "attachment" {
        return Shape::Attachment;
    }
    if has("menus") || (has("object") && has("object_id")) || kind == "nav_menu_item" {
        return Shape::MenuItem;
    }
    if has("locations") && (has("auto_add") || has("name")) {
        return Shape::Menu;
    }
    if has("taxonomy") && (has("name") || has("slug")) {
        return Shape::Term;
    }
    if has("avatar_urls") || has("roles") || has("capabilities") || is_author_by_link(record) {
        return Shape::Author;
    }
    if kind == "wp_template_part" && has("content") && record.hint("id").contains("//") {
        return Shape::ThemePiece;
    }
    if has("id_base") && has("sidebar") {
        return Shape::Widget;
    }
    let is_inner = wordpress::is_inner_type(kind)
        || has("subtype")
        // Templates are numbered by theme and name.
        || record.hint("id").contains("//")
        || has("id_base")
        || has("before_widget")
        || has("is_multi")
        || (has("styles") && has("settings"))
        || is_revision(record);
    if is_inner {
        return Shape::PassedOver;
    }
    let is_post = has("content") || has("excerpt") || (!kind.is_empty() && has("title"));
    let has_posts_fields = has("status") || has("class_list") || has("sticky") || has("categories");
    if is_post || (has_posts_fields && (has("title") || has("slug") || has("type"))) {
        return Shape::Post;
    }
    tell_by_links(record)
}

/// Records of which only some fields were asked for may still have their links.
fn tell_by_links(record: &Record<'_>) -> Shape {
    let own = links::target(record, "self").unwrap_or_default();
    match own.split('/').next().unwrap_or_default() {
        "posts" | "pages" => return Shape::Post,
        "media" => return Shape::Attachment,
        "users" => return Shape::Author,
        "comments" => return Shape::Comment,
        "menus" => return Shape::Menu,
        "menu-items" => return Shape::MenuItem,
        _ => (),
    }
    let about = links::target(record, "about").unwrap_or_default();
    match about.split('/').next().unwrap_or_default() {
        "types" => Shape::Post,
        "taxonomies" => Shape::Term,
        _ => Shape::Unknown,
    }
}

/// What does not come from WordPress's own REST API has ids under other names.
fn tell_foreign(record: &Record<'_>) -> Shape {
    let has = |key| record.has(key);
    if has("comment_ID") {
        return Shape::CommentRow;
    }
    if has("term_id") {
        return Shape::TermRow;
    }
    if has("user_login") || has("display_name") || has("user_nicename") {
        return Shape::UserRow;
    }
    let is_row =
        record.fields().any(|(key, _)| key.starts_with("post_") && !COM_KEYS.contains(&key));
    if is_row && !has("URL") {
        return Shape::PostRow;
    }
    if has("mime_type") && has("URL") {
        return Shape::ComAttachment;
    }
    if has("content") && has("post") && has("author") {
        return Shape::ComComment;
    }
    let is_site = has("jetpack") || has("is_private") || has("options") || has("subscribers_count");
    if is_site && has("URL") && has("name") && !has("title") && !has("content") {
        return Shape::ComSite;
    }
    if has("URL") || has("title") || has("content") {
        return Shape::ComPost;
    }
    if has("name") && has("slug") { Shape::ComTerm } else { Shape::Unknown }
}

fn tell_unnumbered(record: &Record<'_>) -> Shape {
    let has = |key| record.has(key);
    if has("namespaces") || (has("routes") && has("home")) {
        return Shape::Index;
    }
    if has("code") && has("message") && (has("data") || record.len() <= 3) {
        return Shape::Error;
    }
    if has("body") && has("status") && has("headers") {
        return Shape::Envelope;
    }
    let is_settings = has("posts_per_page") || has("default_category") || has("show_on_front");
    if is_settings && (has("title") || has("url")) {
        return Shape::Settings;
    }
    let has_names = has("slug") && has("name");
    if has_names && has("types") && has("hierarchical") {
        return Shape::Taxonomy;
    }
    if has_names && has("hierarchical") {
        return Shape::PostType;
    }
    if has("menu") && has("name") && has("description") {
        return Shape::MenuLocation;
    }
    // Those of one theme or plugin have its name before their own.
    if has("name") && has("content") && record.hint("name").contains('/') {
        return Shape::ThemePiece;
    }
    let is_known = (has_names && (has("queryable") || has("date_floating")))
        || (has("routes") && has("namespace"))
        || (has("api_version") && has("attributes"))
        || (has("version") && has("provider_name"))
        || has("is_dynamic")
        || has("stylesheet")
        || has("plugin")
        || has("block_types")
        || has("blockTypes")
        || (has("option_name") && has("option_value"));
    if is_known { Shape::PassedOver } else { Shape::Unknown }
}

/// Revisions name their post as parent and have no type.
fn is_revision(record: &Record<'_>) -> bool {
    if record.has("type") || !record.has("parent") {
        return false;
    }
    let slug = record.hint("slug");
    slug.contains("-revision-v1") || slug.contains("-autosave-v1")
}

fn is_author_by_link(record: &Record<'_>) -> bool {
    let is_post = ["title", "content", "type", "date"].iter().any(|key| record.has(key));
    if is_post || !record.has("name") || !record.has("slug") {
        return false;
    }
    let link = record.hint("link");
    link.contains("/author/") || link.contains("?author=")
}
