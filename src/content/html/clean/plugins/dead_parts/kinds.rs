//! The kinds of dead parts, what is told of them, and the classes by which widespread plugins name them.

use crate::ledger::{Fate, How, Why};

/// What a part would do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// Buttons to share a page.
    Sharing,
    /// Buttons to like or rate a page.
    Liking,
    /// Links that put something into a cart.
    Buying,
    /// A place for an advertisement.
    Advertisement,
    /// A sign that something is loading.
    Loading,
    /// What opens, closes or turns.
    Toggle,
    /// The heading of posts that a script would have listed.
    Related,
    /// A button with words, which stay.
    Button,
    /// A sign of a font that is not here.
    Sign,
    /// What is shown already.
    Copy,
    /// A request for consent to what is not loaded.
    Consent,
}

/// What is told of a part.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// What was done about it.
    pub message: &'static str,
    /// What it is called where parts are counted.
    pub name: &'static str,
    /// What became of it.
    pub fate: Fate,
}

impl Part {
    /// Returns what is told of it.
    pub fn told(self) -> Told {
        let (message, name) = match self {
            Self::Sharing => ("left out buttons to share a page", "buttons to share"),
            Self::Liking => ("left out buttons to like or rate a page", "buttons to like"),
            Self::Buying => ("left out links that put something into a cart", "links into a cart"),
            Self::Advertisement => {
                ("left out places for advertisements", "places for advertisements")
            }
            Self::Loading => (
                "left out signs that something is loading, which nothing loads",
                "signs of loading",
            ),
            Self::Toggle => ("left out switches that only a script turns", "switches"),
            Self::Related => (
                "left out the heading of related posts, which a script would have listed",
                "headings of related posts",
            ),
            Self::Button => ("buttons that only a script answers are plain text", "buttons"),
            Self::Sign => ("left out signs of fonts that are not here", "signs of fonts"),
            Self::Copy => ("left out copies of what is shown already", "copies"),
            Self::Consent => (
                "left out requests for consent, for nothing is loaded that needs it",
                "requests for consent",
            ),
        };
        let fate = match self {
            Self::Button => Fate::Degraded(How::Unanswered),
            Self::Sign | Self::Copy => Fate::Dropped(Why::Unshown),
            _ => Fate::Dropped(Why::Unanswered),
        };
        Told { message, name, fate }
    }
}

/// Returns whether a class is the name of such a part in widespread plugins.
pub fn is_known(class: &str) -> bool {
    known(class).is_some()
}

/// Tells what a class of widespread plugins stands for.
pub fn known(class: &str) -> Option<Part> {
    let (part, _) = CLASSES.iter().find(|(_, classes)| classes.contains(&class))?;
    Some(*part)
}

/// Classes of widespread plugins.
const CLASSES: &[(Part, &[&str])] = &[
    (
        Part::Liking,
        &[
            "sd-like",
            "jetpack-likes-widget-wrapper",
            "wp-block-jetpack-like",
            "wpulike",
            "kksr-stars",
        ],
    ),
    (
        Part::Sharing,
        &[
            "sharedaddy",
            "jetpack-sharing-buttons__services-list",
            "wp-block-jetpack-sharing-buttons",
            "addtoany_share_save_container",
            "addtoany_content",
            "addtoany_shortcode",
            "a2a_kit",
            "sharethis-inline-share-buttons",
            "addthis_toolbox",
            "addthis_inline_share_toolbox",
            "at-below-post",
            "at-above-post",
            "swp_social_panel",
            "heateor_sss_sharing_container",
            "the_champ_sharing_container",
            "essb_links",
            "ssba",
            "ssbp-wrap",
            "mashsb-container",
            "shareaholic-canvas",
            "dpsp-content-wrapper",
            "sfsi_responsive_icons",
            "sfsiaftrpstwpr",
            "et_social_inline",
            "novashare-buttons",
            "scriptlesssocialsharing",
            "simplesocialbuttons",
            "juiz_sps_links",
            "supsystic-social-sharing",
            "twitter-share-button",
            "fb-like",
            "fb-share-button",
            "fb-send",
            "g-plusone",
        ],
    ),
    (
        Part::Advertisement,
        &["adsbygoogle", "google-auto-placed", "ezoic-ad", "adthrive-ad", "mv-ad-box"],
    ),
    (
        Part::Toggle,
        &[
            "ez-toc-title-toggle",
            "ez-toc-cssicon-toggle-label",
            "ez-toc-toggle",
            "toc_toggle",
            "lwptoc_toggle",
            "footnote_reference_container_collapse_button",
        ],
    ),
    (Part::Related, &["jp-relatedposts"]),
    (
        Part::Consent,
        &[
            "cmplz-blocked-content-notice",
            "cookieconsent-optout-marketing",
            "cookieconsent-optout-statistics",
            "cookieconsent-optout-preferences",
            "rcb-content-blocker",
            "video-placeholder-normal",
            "video-placeholder-youtube",
            "wt-cli-inner-text",
        ],
    ),
];
