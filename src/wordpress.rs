//! What WordPress itself calls its types of posts, its taxonomies and its shortcodes.

/// Types of posts that are shown elsewhere than on pages of their own: files, menus and blocks.
const TYPES_SHOWN_ELSEWHERE: [&str; 4] =
    ["attachment", "nav_menu_item", "wp_block", "wp_navigation"];

/// Types of posts that WordPress keeps for itself.
const INNER_TYPES: [&str; 13] = [
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "revision",
    "user_request",
    "wp_changeset",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_guideline",
    "wp_sync_storage",
    "wp_template",
    "wp_template_part",
];

/// Taxonomies that WordPress keeps for itself.
const INNER_TAXONOMIES: [&str; 7] = [
    "link_category",
    "nav_menu",
    "post_format",
    "wp_block_category",
    "wp_pattern_category",
    "wp_template_part_area",
    "wp_theme",
];

/// Whether WordPress keeps posts of a type for itself, so that nothing is made of them.
pub fn is_inner_type(name: &str) -> bool {
    INNER_TYPES.contains(&name)
}

/// Whether WordPress shows no post of a type on a page of its own, whatever a site is set to.
pub fn is_type_without_pages(name: &str) -> bool {
    is_inner_type(name) || TYPES_SHOWN_ELSEWHERE.contains(&name)
}

/// Whether WordPress shows no term of a taxonomy on a page of its own, whatever a site is set to.
pub fn is_inner_taxonomy(name: &str) -> bool {
    INNER_TAXONOMIES.contains(&name)
}

/// Whether a taxonomy is one of the two that posts of every site have.
pub fn is_category_or_tag(taxonomy: &str) -> bool {
    matches!(taxonomy, "category" | "post_tag")
}

/// Whether a type of posts is one of the two that every site has.
pub fn is_post_or_page(post_type: &str) -> bool {
    matches!(post_type, "post" | "page")
}

/// Returns the last part of the address at which the REST API has posts of a type, unless the type
/// says otherwise.
pub fn rest_base_of_type(name: &str) -> &str {
    match name {
        "post" => "posts",
        "page" => "pages",
        other => other,
    }
}

/// Returns the last part of the address at which the REST API has terms of a taxonomy, and the key
/// under which posts list them, unless the taxonomy says otherwise.
pub fn rest_base_of_taxonomy(name: &str) -> &str {
    match name {
        "category" => "categories",
        "post_tag" => "tags",
        other => other,
    }
}

/// Whether a shortcode is WordPress's own.
pub fn is_shortcode(name: &str) -> bool {
    matches!(name, "audio" | "caption" | "embed" | "gallery" | "playlist" | "video" | "wp_caption")
}
