//! Names of attributes in which page builders write the same thing: another builder's are a word more.
//! Of several that are filled in the first counts.

/// The title of a part, which is the name of what opens.
pub const TITLES: &[&str] =
    &["title", "heading", "tab_title", "h2", "title_front", "name", "author"];
/// Lines below the title of a box.
pub const BELOW_TITLES: &[&str] = &[
    "subhead",
    "subtitle",
    "sub_title",
    "h4",
    "number",
    "percent",
    "value",
    "currency",
    "sum",
    "per",
    "position",
    "job_title",
    "company",
    "company_name",
    "description",
    "text_front",
    "title_back",
    "text_back",
];
/// The words of a heading, where they do not stand between its tags.
pub const HEADINGS: &[&str] = &["text", "title", "heading"];
/// The level of a heading.
pub const LEVELS: &[&str] = &["title_level", "size", "tag"];
/// Where a part leads.
pub const LINKS: &[&str] =
    &["link", "url", "href", "button_url", "button_link", "btn_link", "link_url"];
/// The words of the link in a box.
pub const LINK_LABELS: &[&str] = &["button_text", "btn_title", "button_one_text", "link_text"];
/// Where a button leads.
pub const BUTTON_LINKS: &[&str] = &["button_url", "link", "url", "href"];
/// The words of a button, where they do not stand between its tags.
pub const BUTTON_LABELS: &[&str] = &["button_text", "label", "text", "title"];
/// What words in a line are explained by: all that are filled in.
pub const TIPS: &[&str] = &["title", "text", "content"];
/// Whom a quotation is by.
pub const CITES: &[&str] = &["cite", "author"];
/// A picture: its address, or its id.
pub const PICTURES: &[&str] = &["image", "src", "custom_src", "image_id", "attachment", "id"];
/// The picture in a box.
pub const BOX_PICTURES: &[&str] =
    &["image", "image_url", "src", "portrait_url", "photo", "picture"];
/// What a picture shows, for those who do not see it.
pub const ALTS: &[&str] = &["alt", "title_text"];
/// The pictures of a gallery, by their ids.
pub const GALLERIES: &[&str] = &["images", "gallery_ids", "include", "image_ids"];
/// A film: its address, or its id with its provider.
pub const FILMS: &[&str] = &["url", "link", "src", "audio", "id", "video_id", "clip_id", "v"];
/// How much of its row a column takes, such as `1/3` or `1_3`.
pub const SHARES: &[&str] = &["width", "type", "size", "layout"];
