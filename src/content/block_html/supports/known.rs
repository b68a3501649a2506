//! Which supports the blocks made on the server have, as WordPress 7.1 answers. An attribute of
//! another one may be left from an older version of a block: WordPress passes over it, and so do
//! we. Blocks that are not named here are taken to have what most have.

/// Something that some blocks may be given, and others not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Support {
    /// How it stands beside the text.
    Align,
    /// A colour behind it.
    Background,
    /// A picture behind it.
    BackgroundImage,
    /// Borders and round corners.
    Border,
    /// A line below or through its text.
    Decoration,
    /// A size of its text.
    FontSize,
    /// A gradient behind it.
    Gradient,
    /// A class for the colour of its links.
    LinkClass,
    /// Space around it.
    Margin,
    /// A least height.
    MinHeight,
    /// Space within it.
    Padding,
    /// The colour of its text.
    Text,
    /// The side its text stands on.
    TextAlign,
    /// Columns of its text.
    TextColumns,
    /// Fonts and how its text is set.
    Typography,
    /// Text that runs downwards.
    WritingMode,
}

impl Support {
    /// Returns whether the outermost tag of a block of WordPress has it. `block` is its name
    /// without the namespace. Some blocks put it on a tag within, on their own.
    pub fn is_of(self, block: &str) -> bool {
        match self {
            Self::Align => !is_never_aligned(block),
            Self::Background => has_colors(block) && block != "calendar",
            Self::BackgroundImage | Self::MinHeight => block == "post-content",
            Self::Border => {
                !is_of_a_list(block)
                    && !matches!(
                        block,
                        "icon" | "latest-comments" | "post-featured-image" | "search"
                    )
            }
            Self::Decoration => {
                Self::FontSize.is_of(block) && !matches!(block, "calendar" | "navigation")
            }
            Self::FontSize => Self::Typography.is_of(block) && block != "tag-cloud",
            Self::Gradient => {
                Self::Background.is_of(block)
                    && !matches!(
                        block,
                        "navigation-submenu" | "post-comments-link" | "post-navigation-link"
                    )
            }
            Self::LinkClass => has_link_class(block),
            Self::Margin => {
                !is_of_a_list(block)
                    && !matches!(block, "comment-content" | "term-count" | "term-name")
            }
            Self::Padding => !is_of_a_list(block) && block != "search",
            Self::Text => {
                Self::Background.is_of(block)
                    && !is_step(block)
                    && !matches!(block, "comment-reply-link" | "post-comments-link")
            }
            Self::TextAlign => has_text_align(block),
            Self::TextColumns => block == "post-excerpt",
            Self::Typography => !matches!(block, "icon" | "post-featured-image" | "search"),
            Self::WritingMode => {
                matches!(block, "post-navigation-link" | "site-tagline" | "site-title")
            }
        }
    }
}

fn has_colors(block: &str) -> bool {
    !matches!(
        block,
        "comment-template"
            | "home-link"
            | "icon"
            | "navigation"
            | "navigation-link"
            | "post-featured-image"
            | "search"
            | "tag-cloud"
    )
}

/// The blocks of menus and of what leads from page to page have no box of their own.
fn is_of_a_list(block: &str) -> bool {
    is_step(block)
        || matches!(
            block,
            "calendar"
                | "home-link"
                | "navigation"
                | "navigation-link"
                | "navigation-submenu"
                | "post-navigation-link"
                | "query-no-results"
                | "query-pagination"
        )
}

fn is_step(block: &str) -> bool {
    block.starts_with("query-pagination-")
}

fn is_never_aligned(block: &str) -> bool {
    is_step(block)
        || matches!(
            block,
            "comment-author-name"
                | "comment-content"
                | "comment-date"
                | "comment-edit-link"
                | "comment-reply-link"
                | "home-link"
                | "navigation-link"
                | "navigation-submenu"
                | "page-list"
                | "post-author"
                | "post-author-biography"
                | "post-author-name"
                | "post-comments-count"
                | "post-comments-link"
                | "post-date"
                | "post-excerpt"
                | "post-navigation-link"
                | "post-terms"
                | "post-time-to-read"
                | "read-more"
                | "term-count"
        )
}

fn has_link_class(block: &str) -> bool {
    matches!(
        block,
        "comment-author-name"
            | "comment-content"
            | "comment-date"
            | "comment-reply-link"
            | "latest-posts"
            | "post-author"
            | "post-author-name"
            | "post-comments-form"
            | "post-comments-link"
            | "post-date"
            | "post-excerpt"
            | "post-template"
            | "post-terms"
            | "post-title"
            | "query-no-results"
            | "query-pagination"
            | "site-title"
            | "term-name"
            | "term-template"
    )
}

fn has_text_align(block: &str) -> bool {
    matches!(
        block,
        "comment-author-name"
            | "comment-content"
            | "comment-date"
            | "comment-edit-link"
            | "comment-reply-link"
            | "comments-title"
            | "post-author"
            | "post-author-biography"
            | "post-author-name"
            | "post-comments-count"
            | "post-comments-form"
            | "post-comments-link"
            | "post-date"
            | "post-excerpt"
            | "post-navigation-link"
            | "post-terms"
            | "post-time-to-read"
            | "post-title"
            | "query-title"
            | "site-tagline"
            | "site-title"
            | "term-name"
    )
}

#[cfg(test)]
mod tests {
    use super::Support::{self, *};

    #[track_caller]
    fn check(block: &str, has: &[Support], lacks: &[Support]) {
        assert!(has.iter().all(|it| it.is_of(block)), "{block} lacks one of {has:?}");
        assert!(!lacks.iter().any(|it| it.is_of(block)), "{block} has one of {lacks:?}");
    }

    #[test]
    fn blocks_have_what_wordpress_gives_them() {
        check(
            "archives",
            &[Align, Background, Border, FontSize, Gradient, Margin, Padding, Text, Typography],
            &[BackgroundImage, LinkClass, MinHeight, TextAlign, TextColumns, WritingMode],
        );
        check("post-title", &[LinkClass, TextAlign, Align], &[WritingMode, MinHeight]);
        check("post-content", &[BackgroundImage, MinHeight], &[LinkClass, TextAlign]);
        check("home-link", &[Typography], &[Align, Border, Margin, Padding, Text, Background]);
        check("tag-cloud", &[Typography, Border], &[FontSize, Decoration, Text, Gradient]);
        check("query-pagination-next", &[Background, Gradient, FontSize], &[Text, Margin, Border]);
    }
}
