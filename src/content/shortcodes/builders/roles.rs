//! What the shortcodes of page builders are, by their names.

/// What a shortcode is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// A frame around other things.
    Frame,
    /// A frame around a text, or around tabs.
    Tabs,
    /// Columns stand in it.
    Row,
    /// It stands in a row.
    Column,
    /// A column that stands in no row, with its width in its name.
    SizedColumn,
    /// Words in a line that look otherwise.
    Line,
    /// Words in a line that others explain, in its attributes.
    Tip,
    Heading,
    /// What opens below a name.
    Fold,
    /// What stands below a name, as one of several.
    Tab,
    /// Words in its attributes, a text, a picture, a link: what of it there is.
    Box,
    Quote,
    List,
    Item,
    Button,
    Picture,
    Gallery,
    Film,
    Rule,
    Space,
    /// HTML that is written so that no editor changes it.
    Html,
    /// A footnote, where its mark stands.
    Note,
}

/// Returns what the shortcode of a name is. `None` if it is not known.
pub fn of(name: &str) -> Option<Role> {
    let (builder, rest) = match name.split_once('_') {
        Some((builder @ ("vc" | "su" | "fusion" | "av" | "ux" | "cs"), rest)) => (builder, rest),
        Some(("et", rest)) => ("et", rest.strip_prefix("pb_")?),
        _ => ("", name),
    };
    match builder {
        "vc" => of_wpbakery(rest),
        "et" => of_divi(rest),
        "fusion" => of_avada(rest),
        "su" => of_shortcodes_ultimate(rest),
        "av" => of_enfold(rest),
        "ux" => of_flatsome(rest),
        "cs" => of_cornerstone(rest),
        _ => of_themes(rest),
    }
}

fn of_wpbakery(name: &str) -> Option<Role> {
    Some(match name {
        "section" | "column_text" | "tta_accordion" | "accordion" => Role::Frame,
        "tta_tabs" | "tta_tour" | "tta_pageable" | "tabs" | "tour" => Role::Tabs,
        "row" | "row_inner" => Role::Row,
        "column" | "column_inner" => Role::Column,
        "custom_heading" => Role::Heading,
        "tta_section" | "accordion_tab" | "toggle" => Role::Fold,
        "tab" => Role::Tab,
        "message" | "cta" | "cta_button" | "cta_button2" | "hoverbox" => Role::Box,
        "btn" | "button" | "button2" => Role::Button,
        "single_image" => Role::Picture,
        "gallery" | "images_carousel" | "media_grid" | "masonry_media_grid" => Role::Gallery,
        "video" => Role::Film,
        "separator" => Role::Rule,
        "text_separator" => Role::Box,
        "empty_space" => Role::Space,
        "raw_html" | "raw_js" => Role::Html,
        _ => return None,
    })
}

fn of_divi(name: &str) -> Option<Role> {
    Some(match name {
        "section"
        | "text"
        | "code"
        | "accordion"
        | "column_empty"
        | "counters"
        | "slider"
        | "fullwidth_slider"
        | "social_media_follow"
        | "pricing_tables"
        | "video_slider"
        | "fullwidth_code" => Role::Frame,
        "tabs" => Role::Tabs,
        "row" | "row_inner" => Role::Row,
        "column" | "column_inner" => Role::Column,
        "heading" => Role::Heading,
        "toggle" | "accordion_item" => Role::Fold,
        "tab" => Role::Tab,
        "blurb" | "cta" | "testimonial" | "slide" | "fullwidth_header" | "number_counter"
        | "circle_counter" | "counter" | "team_member" | "pricing_table" => Role::Box,
        "button" => Role::Button,
        "image" | "fullwidth_image" => Role::Picture,
        "gallery" => Role::Gallery,
        "video" | "video_slider_item" | "audio" => Role::Film,
        "divider" => Role::Space,
        _ => return None,
    })
}

fn of_avada(name: &str) -> Option<Role> {
    Some(match name {
        "builder_container" | "text" | "accordion" | "content_boxes" | "testimonials"
        | "counters_box" | "flip_boxes" | "images" | "global" => Role::Frame,
        "tabs" => Role::Tabs,
        "builder_row" | "builder_row_inner" => Role::Row,
        "builder_column" | "builder_column_inner" => Role::Column,
        "highlight" | "dropcap" => Role::Line,
        "title" => Role::Heading,
        "toggle" => Role::Fold,
        "tab" => Role::Tab,
        "alert" | "content_box" | "testimonial" | "person" | "tagline_box" | "counter_box"
        | "flip_box" => Role::Box,
        "checklist" => Role::List,
        "li_item" => Role::Item,
        "button" => Role::Button,
        "imageframe" | "image" => Role::Picture,
        "gallery" => Role::Gallery,
        "youtube" | "vimeo" => Role::Film,
        "separator" => Role::Space,
        "code" => Role::Html,
        _ => return None,
    })
}

fn of_shortcodes_ultimate(name: &str) -> Option<Role> {
    Some(match name {
        "accordion" | "list" | "frame" | "animate" | "expand" | "lightbox_content" => Role::Frame,
        "tabs" => Role::Tabs,
        "row" => Role::Row,
        "column" => Role::Column,
        "highlight" | "label" | "dropcap" => Role::Line,
        "heading" => Role::Heading,
        "spoiler" => Role::Fold,
        "tab" => Role::Tab,
        "box" | "note" | "service" | "testimonial" => Role::Box,
        "tooltip" => Role::Tip,
        "quote" | "pullquote" => Role::Quote,
        "button" => Role::Button,
        "youtube" | "youtube_advanced" | "vimeo" | "dailymotion" | "video" | "audio" => Role::Film,
        "divider" => Role::Rule,
        "spacer" => Role::Space,
        _ => return None,
    })
}

fn of_enfold(name: &str) -> Option<Role> {
    Some(match name {
        "section" | "textblock" | "one_full" | "toggle_container" | "codeblock" | "iconlist"
        | "icon_grid" | "testimonials" | "layout_row" | "promobox" => Role::Frame,
        "tab_container" => Role::Tabs,
        "heading" => Role::Heading,
        "toggle" => Role::Fold,
        "tab" => Role::Tab,
        "notification" | "iconlist_item" | "icon_box" | "icon_grid_item" | "team_member"
        | "testimonial_single" => Role::Box,
        "button" => Role::Button,
        "image" => Role::Picture,
        "gallery" | "masonry_gallery" | "horizontal_gallery" => Role::Gallery,
        "video" => Role::Film,
        "hr" => Role::Rule,
        name => return sized_column(name).map(|_| Role::SizedColumn),
    })
}

fn of_flatsome(name: &str) -> Option<Role> {
    Some(match name {
        "text" | "banner" | "slider" | "stack" | "text_box" => Role::Frame,
        "image" => Role::Picture,
        "gallery" => Role::Gallery,
        "video" => Role::Film,
        "image_box" => Role::Box,
        _ => return None,
    })
}

fn of_cornerstone(name: &str) -> Option<Role> {
    Some(match name {
        "content" | "section" | "text" => Role::Frame,
        "row" => Role::Row,
        "column" => Role::Column,
        _ => return None,
    })
}

/// Returns the name of a column that says how wide it is.
fn sized_column(name: &str) -> Option<&str> {
    let name = name.strip_suffix("_last").unwrap_or(name);
    const COLUMNS: [&str; 14] = [
        "one_half",
        "one_third",
        "two_third",
        "two_thirds",
        "one_fourth",
        "two_fourth",
        "three_fourth",
        "three_fourths",
        "one_fifth",
        "two_fifth",
        "three_fifth",
        "four_fifth",
        "one_sixth",
        "five_sixth",
    ];
    COLUMNS.contains(&name).then_some(name)
}

/// Names that many themes and plugins share.
fn of_themes(name: &str) -> Option<Role> {
    Some(match name {
        "section" | "columns" | "accordion" | "accordions" | "accordian" | "toggles"
        | "text_box" | "textblock" | "presentation" | "slide" => Role::Frame,
        "tabs" | "tabgroup" => Role::Tabs,
        "row" | "row_inner" => Role::Row,
        "column" | "col" | "col_inner" => Role::Column,
        "toggle" | "spoiler" | "accordion-item" => Role::Fold,
        "tab" => Role::Tab,
        "button" => Role::Button,
        "youtube" | "vimeo" => Role::Film,
        "dropcap" | "highlight" => Role::Line,
        "efn_note" | "footnote" | "mfn" | "ref" => Role::Note,
        name => return sized_column(name).map(|_| Role::SizedColumn),
    })
}
